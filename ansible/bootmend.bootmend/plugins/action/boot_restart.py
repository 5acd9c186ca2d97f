# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

from __future__ import annotations

import time

from ansible.errors import AnsibleActionFail, AnsibleConnectionFailure
from ansible.plugins.action import ActionBase

# Every boot makes one: random(4).
_BOOT_ID = 'cat /proc/sys/kernel/random/boot_id'


class ActionModule(ActionBase):
    """Restarts a host and waits for it, with a shell on it and nothing else."""

    OPTIONS = {
        'command': {'type': 'str', 'default': 'reboot'},
        'timeout': {'type': 'int', 'default': 600},
        'delay': {'type': 'int', 'default': 5},
    }

    def run(self, tmp=None, task_vars=None):
        result = super().run(tmp, task_vars)
        _validation, options = self.validate_argument_spec(self.OPTIONS)
        if self._connection.transport == 'local':
            raise AnsibleActionFail('this would restart the controller')
        if self._task.check_mode:
            return dict(result, changed=True, rebooted=False, elapsed=0)
        before = self._boot_id()
        if before is None:
            raise AnsibleActionFail('/proc/sys/kernel/random/boot_id of the target could not be read')
        started = time.monotonic()
        self._restart(options['command'])
        while self._boot_id() in (None, before):
            if time.monotonic() - started > options['timeout']:
                raise AnsibleActionFail('not restarted, or not reachable, within %d seconds' % options['timeout'])
            time.sleep(options['delay'])
        return dict(result, changed=True, rebooted=True, elapsed=int(time.monotonic() - started))

    def _restart(self, command):
        try:
            run = self._low_level_execute_command('PATH=$PATH:/usr/sbin:/sbin; %s' % command, in_data=b'\n')
        except AnsibleConnectionFailure:
            # The host went down before it answered.
            return
        if run['rc'] != 0:
            raise AnsibleActionFail('%s: %s' % (command, run['stderr'].strip() or run['stdout'].strip()))

    def _boot_id(self):
        """None where the host can't be reached or does not tell."""
        try:
            run = self._low_level_execute_command(_BOOT_ID, in_data=b'\n', sudoable=False)
        except AnsibleConnectionFailure:
            # What is left of the connection that the restart cut.
            self._connection.reset()
            return None
        lines = run['stdout'].split()
        return lines[-1] if run['rc'] == 0 and lines else None
