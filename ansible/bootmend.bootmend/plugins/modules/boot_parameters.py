#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

# This is documentation only: the work is done by the action plugin of the same name.

from __future__ import (absolute_import, division, print_function)

__metaclass__ = type

DOCUMENTATION = r'''
module: boot_parameters
short_description: Change kernel boot parameters, proven before the reboot
version_added: 0.1.0
description:
  - Makes words stand on the kernel command line, or takes them off, in every file that decides the next boot and the boots
    after the next kernel update.
  - With I(remedy) or I(problem) it finds out for each kernel which word cures it, and puts in the mildest one.
  - A word that a kernel is proven to ignore is refused. All files of a change are written, or none.
options:
  present:
    description:
      - Words (C(NAME) or C(NAME=VALUE)) that are to stand on the command line once, in this order.
      - Lists with commas are merged. Any other value of the name is replaced, but of parameters that may stand several times.
    type: list
    elements: str
  absent:
    description: Words that are to be taken off, C(NAME) with any value, C(NAME=VALUE) with this one.
    type: list
    elements: str
  remedy:
    description:
      - Which remedy of I(problem) to use. C(auto) takes the mildest one that is proven to work on the kernel.
    type: str
    choices: [auto, nokmem, disable, thp-madvise, thp-never]
  problem:
    description: Which known problem to cure; that of kernel memory where only I(remedy) is given.
    type: str
    choices: [kernel-memory-leak, huge-pages-for-all]
  entries:
    description: Which boot entries to change, C(normal), C(default), C(all), a title, an id or a kernel.
    type: str
    default: normal
  plan:
    description:
      - The id of the plan that may be applied, C(bootmend.plan.id) of a run in check mode; any other is refused.
    type: str
  trial:
    description: Whether the words are booted once only; the files that decide later boots stay as they are.
    type: bool
    default: false
  regenerate:
    description: Whether the target's own C(grub-mkconfig) makes the menu from the changed defaults file.
    type: bool
    default: false
extends_documentation_fragment:
  - bootmend.bootmend.bootmend
  - bootmend.bootmend.bootmend.change
seealso:
  - module: bootmend.bootmend.boot_rollback
  - module: bootmend.bootmend.boot_facts
author:
  - The bootmend developers (!UNKNOWN)
'''

EXAMPLES = r'''
- name: Stop the leak of kernel memory with the mildest remedy that works on each kernel
  bootmend.bootmend.boot_parameters:
    remedy: auto
  become: true

- name: Words of your own
  bootmend.bootmend.boot_parameters:
    present:
      - transparent_hugepage=never
      - console=ttyS0,115200
    absent:
      - quiet
  become: true

- name: The tree of an image that is mounted on the target
  bootmend.bootmend.boot_parameters:
    present: [net.ifnames=0]
    root: /srv/image
    portable_file: /srv/bootmend-0.1.0-linux-x64.run
  become: true

- name: On a host where no program may run in /var/cache
  bootmend.bootmend.boot_parameters:
    remedy: auto
  become: true
  environment:
    BOOTMEND_CACHE: /opt/bootmend
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
