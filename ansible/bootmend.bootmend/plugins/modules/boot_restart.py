#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

# This is documentation only: the work is done by the action plugin of the same name.

from __future__ import (absolute_import, division, print_function)

__metaclass__ = type


DOCUMENTATION = r'''
module: boot_restart
short_description: Restart a host that has no Python, and wait for it
version_added: 0.1.0
description:
  - As M(ansible.builtin.reboot), which needs Python on the target, this restarts a host and waits until it answers again.
  - That it was restarted is told by C(/proc/sys/kernel/random/boot_id), which every boot makes anew.
options:
  command:
    description: What restarts the host, a line of shell.
    type: str
    default: reboot
  timeout:
    description: Seconds after which a host that does not answer, or was not restarted, fails.
    type: int
    default: 600
  delay:
    description: Seconds between two tries to reach the host.
    type: int
    default: 5
notes:
  - The controller itself is never restarted; a local connection is refused.
attributes:
  check_mode:
    support: full
    description: Can run in check_mode and return changed status prediction without modifying target.
  diff_mode:
    support: none
    description: Will return details on what has changed (or possibly needs changing in check_mode), when in diff mode.
  action:
    support: full
    description: Indicates this has a corresponding action plugin so some parts of the options can be executed on the controller.
  async:
    support: none
    description: Supports being used with the C(async) keyword.
  platform:
    support: full
    platforms: linux
    description: Target OS/families that can be operated against.
seealso:
  - module: ansible.builtin.reboot
author:
  - The bootmend developers (!UNKNOWN)
'''

EXAMPLES = r'''
- name: Restart
  bootmend.bootmend.boot_restart:
  become: true
'''

RETURN = r'''
rebooted:
  description: Whether the host was restarted.
  returned: always
  type: bool
  sample: true
elapsed:
  description: Seconds from the command to the first answer.
  returned: always
  type: int
  sample: 42
'''
