# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

from __future__ import annotations

from ansible_collections.bootmend.bootmend.plugins.plugin_utils.bootmend_action import (
    BootmendAction,
    change_of,
    change_words,
)


class ActionModule(BootmendAction):
    """`bootmend set`, `unset` or `fix`."""

    OPTIONS = {
        'present': {'type': 'list', 'elements': 'str'},
        'absent': {'type': 'list', 'elements': 'str'},
        'remedy': {'type': 'str', 'choices': ['auto', 'nokmem', 'disable', 'thp-madvise', 'thp-never']},
        'problem': {'type': 'str', 'choices': ['kernel-memory-leak', 'huge-pages-for-all']},
        'entries': {'type': 'str', 'default': 'normal'},
        'accept': {'type': 'list', 'elements': 'str', 'default': []},
        'plan': {'type': 'str'},
        'trial': {'type': 'bool', 'default': False},
        'regenerate': {'type': 'bool', 'default': False},
        'force': {'type': 'bool', 'default': False},
    }
    RULES = {
        'required_one_of': [['present', 'absent', 'remedy', 'problem']],
        'mutually_exclusive': [[words, cure] for words in ('present', 'absent') for cure in ('remedy', 'problem')],
    }

    def command(self, options):
        words = change_words(options, self._task.check_mode)
        if options['entries'] != 'normal':
            words += ['--entries', options['entries']]
        if options['plan']:
            words += ['--plan', options['plan']]
        words += ['--' + name for name in ('trial', 'regenerate') if options[name]]
        if options['remedy'] or options['problem']:
            return ['fix', *words, *_named(options, 'remedy'), *_named(options, 'problem')]
        present, absent = options['present'] or [], options['absent'] or []
        if not present:
            return ['unset', *words, '--', *absent]
        unset = [word for name in absent for word in ('--unset', name)]
        return ['set', *words, *unset, '--', *present]

    def result_of(self, document):
        return change_of(document, self._task.diff)


def _named(options, name):
    return ['--' + name, options[name]] if options[name] else []
