# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

from __future__ import annotations

from ansible_collections.bootmend.bootmend.plugins.plugin_utils.bootmend_action import BootmendAction, failure_of


class ActionModule(BootmendAction):
    """`bootmend verify`."""

    OPTIONS = {'all': {'type': 'bool', 'default': False}}

    def command(self, options):
        return ['verify', '--all'] if options['all'] else ['verify']

    def result_of(self, document):
        verdict = document.get('verified', {}).get('verdict', 'unknown')
        return {'changed': False, 'verdict': verdict, 'bootmend': document, **failure_of(document)}
