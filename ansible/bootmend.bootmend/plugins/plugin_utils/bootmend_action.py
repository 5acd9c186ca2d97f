# Copyright (c) The bootmend developers
# MIT License (see LICENSE)
"""
What all actions of this collection share: bootmend runs on the target with the runtime that it brings, so that the target
needs a shell and no Python. Nothing here may call a module, copy or stat by Ansible's own means: they are Python there.
"""

from __future__ import annotations

import json
import os
import shlex
from abc import abstractmethod
from uuid import uuid4

from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.plugins.action import ActionBase

from .portable_file import ARCHITECTURES, PortableFile, file_name


class BootmendAction(ActionBase):
    """One command of bootmend, run on the target, as an action."""

    COMMON_OPTIONS = {
        'root': {'type': 'str', 'default': '/'},
        'portable_file': {'type': 'path'},
        'lang': {'type': 'str', 'choices': ['en', 'zh-CN'], 'default': 'en'},
        'redact': {'type': 'bool', 'default': False},
    }
    OPTIONS = {}
    # mutually_exclusive and the like, as ArgumentSpecValidator takes them.
    RULES = {}

    @abstractmethod
    def command(self, options):
        """The words of the command line that these options stand for, without those of COMMON_OPTIONS."""

    @abstractmethod
    def result_of(self, document):
        """What the document that bootmend printed means to Ansible: the keys of the task's result."""

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        _validation, options = self.validate_argument_spec(dict(self.COMMON_OPTIONS, **self.OPTIONS), **self.RULES)
        run = self._run_there(self._words(options), options['portable_file'])
        document = run.pop('document')
        if document is None:
            return dict(result, failed=True, msg=_why_no_document(run), **run)
        result.update(self.result_of(document))
        warnings = _texts(document, 'warning')
        if warnings:
            result['warnings'] = warnings
        return result

    def _words(self, options):
        command, *rest = self.command(options)
        words = [command, '--json', '--lang', options['lang']]
        if options['root'] != '/':
            words += ['--root', options['root']]
        if options['redact']:
            words += ['--redact']
        return words + rest

    def _run_there(self, words, given):
        """The command's exit code, output and document, the file being sent where it is not unpacked yet."""
        portable = self._find_portable(given, None)
        run = self._run_shell(['-s', '--', '--if-unpacked'] + words, portable.head)
        if run['rc'] != PortableFile.NOT_UNPACKED:
            return run
        machine = run['stdout'].partition('\n')[0].strip()
        if machine != portable.made_for:
            portable = self._find_portable(given, machine)
            run = self._run_shell(['-s', '--', '--if-unpacked'] + words, portable.head)
            if run['rc'] != PortableFile.NOT_UNPACKED:
                return run
        return self._run_shell([self._send(portable.path)] + words, b'\n')

    def _find_portable(self, given, machine):
        """
        The file for this kind of machine; where the kind is not known yet, the one for the most usual that there is.

        :arg given: the file, or a folder that has one for each kind; None for the places where Ansible looks for files
        """
        kinds = ARCHITECTURES if machine is None else {machine: ARCHITECTURES.get(machine)}
        for kind, architecture in kinds.items():
            path = architecture and self._path_of(given, file_name(architecture))
            if path:
                portable = PortableFile(path)
                if machine is None or portable.made_for == kind:
                    return portable
        raise AnsibleActionFail(_why_no_file(given, machine))

    def _path_of(self, given, name):
        try:
            path = self._find_needle('files', given or name)
        except AnsibleError:
            return None
        path = os.path.join(path, name) if os.path.isdir(path) else path
        return path if os.path.isfile(path) else None

    def _send(self, path):
        """:returns: where the file is on the target, until Ansible cleans up after the task"""
        folder = self._make_tmp_path()
        there = self._connection._shell.join_path(folder, 'bootmend.run')
        self._display.vv('sending %s (%d bytes)' % (path, os.path.getsize(path)), host=self._play_context.remote_addr)
        self._transfer_file(path, there)
        self._fixup_perms2((folder, there))
        return there

    def _run_shell(self, words, input_bytes):
        """
        What a login shell prints before and after is no part of the answer. With input, Ansible asks for no terminal, which
        would mix what is printed for people into it.
        """
        mark = uuid4().hex
        shell = ' '.join(shlex.quote(word) for word in ['sh'] + words)
        environment = self._compute_environment_string()
        command = 'echo %s; env %s %s' % (mark, environment, shell)
        run = self._low_level_execute_command(command, in_data=input_bytes)
        _before, found, stdout = run['stdout'].partition(mark)
        stdout = stdout.lstrip('\r\n') if found else run['stdout']
        return {'rc': run['rc'], 'stdout': stdout, 'stderr': run['stderr'], 'document': _document_in(stdout)}


def change_words(options, is_dry_run):
    """The options that all writing commands have."""
    words = ['--dry-run' if is_dry_run else '--yes']
    for hazard in options['accept']:
        words += ['--accept', hazard]
    if options['force']:
        words += ['--force']
    return words


def failure_of(document):
    """The keys that make a task fail, where the command did."""
    if document['exitCode'] == 0:
        return {}
    said = [_texts(document, level) for level in ('error', 'warning')]
    msg = '\n'.join(said[0] or said[1]) or 'bootmend ended with %d' % document['exitCode']
    return {'failed': True, 'msg': msg, 'bootmend': _why_of(document)}


def change_of(document, with_diff):
    """The keys of a command that writes."""
    result = {'changed': document['changed'], 'bootmend': document, **failure_of(document)}
    if with_diff:
        result['diff'] = [{'prepared': edit['diff']} for edit in document.get('plan', {}).get('edits', [])]
    return result


def _texts(document, level):
    return [message['text'] for message in document['messages'] if message['level'] == level]


def _why_of(document):
    """The keys of a document that say why a command failed: Ansible shows people all that a failed task returns."""
    bulky = ('layout', 'kernels', 'entries', 'laterLines', 'drift', 'plan', 'running')
    return {key: value for key, value in document.items() if key not in bulky}


def _document_in(text):
    try:
        document, _end = json.JSONDecoder().raw_decode(text)
    except ValueError:
        return None
    return document if isinstance(document, dict) and 'exitCode' in document else None


def _why_no_document(run):
    said = run['stderr'].strip() or run['stdout'].strip()
    return said or 'nothing was answered, and the shell ended with %d' % run['rc']


def _why_no_file(given, machine):
    if machine is not None and machine not in ARCHITECTURES:
        return 'bootmend runs on x86-64 and arm64 with Linux, and this machine is %s' % machine
    names = [file_name(ARCHITECTURES[kind]) for kind in ([machine] if machine else ARCHITECTURES)]
    place = given or 'the folders that Ansible searches for files'
    return '%s was not found in %s; "npm run portable" of bootmend makes it' % (' or '.join(names), place)
