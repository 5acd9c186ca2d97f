# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

from __future__ import annotations

from ansible_collections.bootmend.bootmend.plugins.plugin_utils.bootmend_action import (
    BootmendAction,
    change_of,
    change_words,
)


class ActionModule(BootmendAction):
    """`bootmend rollback`."""

    OPTIONS = {
        'backup': {'type': 'str', 'default': 'latest'},
        'accept': {'type': 'list', 'elements': 'str', 'default': []},
        'words_only': {'type': 'bool', 'default': False},
        'force': {'type': 'bool', 'default': False},
    }

    def command(self, options):
        words = change_words(options, self._task.check_mode)
        if options['words_only']:
            words += ['--words-only']
        return ['rollback', *words, '--', options['backup']]

    def result_of(self, document):
        return change_of(document, self._task.diff)
