# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

from __future__ import annotations

from ansible_collections.bootmend.bootmend.plugins.plugin_utils.bootmend_action import BootmendAction, failure_of


class ActionModule(BootmendAction):
    """`bootmend status`."""

    # A boot configuration that bootmend refuses to touch is something to know of a host, and no failing to read it.
    _REFUSED = 3

    def command(self, options):
        return ['status']

    def result_of(self, document):
        failure = {} if document['exitCode'] == self._REFUSED else failure_of(document)
        return {'changed': False, 'ansible_facts': {'bootmend': document}, **failure}
