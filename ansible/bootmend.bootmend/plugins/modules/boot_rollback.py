#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

# This is documentation only: the work is done by the action plugin of the same name.

from __future__ import (absolute_import, division, print_function)

__metaclass__ = type

DOCUMENTATION = r'''
module: boot_rollback
short_description: Restore the boot configuration as it was before a change
version_added: 0.1.0
description:
  - Restores the files that M(bootmend.bootmend.boot_parameters) wrote, byte for byte.
  - It fails where a file was changed by somebody else since, unless I(words_only) or I(force) says what to do.
  - C(latest) goes one change further back each time; C(first) is the same state each time.
options:
  backup:
    description:
      - The C(bootmend.backup.id) of a change, C(latest) for the last one that stands, or C(first) for the state before
        bootmend ever wrote.
    type: str
    default: latest
  words_only:
    description: Whether only the words of the change are taken out of a file that was changed since.
    type: bool
    default: false
extends_documentation_fragment:
  - bootmend.bootmend.bootmend
  - bootmend.bootmend.bootmend.change
seealso:
  - module: bootmend.bootmend.boot_parameters
author:
  - The bootmend developers (!UNKNOWN)
'''

EXAMPLES = r'''
- name: Undo the last change
  bootmend.bootmend.boot_rollback:
  become: true

- name: As it was before bootmend ever wrote
  bootmend.bootmend.boot_rollback:
    backup: first
  become: true
'''

RETURN = r'''
bootmend:
  description:
    - The document that bootmend printed, as C(docs/schema/report.schema.json) of bootmend describes it.
    - Where the task failed, only what says why; M(bootmend.bootmend.boot_facts) returns the rest.
  returned: whenever bootmend ran
  type: dict
  contains:
    outcome:
      description: What became of the change.
      returned: for commands that write
      type: str
      sample: applied
    exitCode:
      description: The exit code, C(0) for done or nothing to do, C(1) for a failure, C(3) where a person must decide.
      returned: always
      type: int
      sample: 0
    messages:
      description: Notes, warnings and errors, each with C(level), C(code), C(data) and C(text).
      returned: always
      type: list
      elements: dict
    plan:
      description: The change, with its id and a diff for each file.
      returned: where there is one
      type: dict
    backup:
      description: Under which id the originals are kept.
      returned: after a change
      type: dict
'''
