#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

# This is documentation only: the work is done by the action plugin of the same name.

from __future__ import (absolute_import, division, print_function)

__metaclass__ = type

DOCUMENTATION = r'''
module: boot_verify
short_description: Whether the running kernel obeys its boot parameters
version_added: 0.1.0
description:
  - Looks after a restart whether the words of the last change act, by what the kernel does.
  - It fails where one has no effect, where a restart is still to come, and where nothing is known of what runs.
options:
  all:
    description: Whether every word of the running line is looked after.
    type: bool
    default: false
extends_documentation_fragment:
  - bootmend.bootmend.bootmend
attributes:
  diff_mode:
    support: none
seealso:
  - module: bootmend.bootmend.boot_parameters
  - module: bootmend.bootmend.boot_restart
author:
  - The bootmend developers (!UNKNOWN)
'''

EXAMPLES = r'''
- name: After a restart
  bootmend.bootmend.boot_verify:
  become: true
'''

RETURN = r'''
verdict:
  description: What all of the words come to, C(in-effect), C(pending), C(without-effect) or C(unknown).
  returned: whenever bootmend ran
  type: str
  sample: in-effect
bootmend:
  description: The document that bootmend printed, as C(docs/schema/report.schema.json) of bootmend describes it.
  returned: whenever bootmend ran
  type: dict
  contains:
    verification:
      description: Each word, with what its effect is seen by.
      returned: where it is known what runs
      type: list
      elements: dict
'''
