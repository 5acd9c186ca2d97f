"""Writes what each task came to, one JSON document a line, to the file that $BOOTMEND_RESULTS names."""

from __future__ import annotations

import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: results
type: aggregate
short_description: results as JSON lines
description: For the tests.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'aggregate'
    CALLBACK_NAME = 'results'

    def _write(self, result, status):
        line = {'host': result._host.get_name(), 'task': result._task.get_name(), 'status': status}
        line['result'] = {key: value for key, value in result._result.items() if not key.startswith('_ansible')}
        with open(os.environ['BOOTMEND_RESULTS'], 'a', encoding='utf-8') as stream:
            stream.write(json.dumps(line) + '\n')

    def v2_runner_on_ok(self, result):
        self._write(result, 'changed' if result._result.get('changed') else 'ok')

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._write(result, 'failed')

    def v2_runner_on_unreachable(self, result):
        self._write(result, 'unreachable')

    def v2_runner_on_skipped(self, result):
        self._write(result, 'skipped')
