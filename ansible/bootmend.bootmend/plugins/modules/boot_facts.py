#!/usr/bin/python
# -*- coding: utf-8 -*-
# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

# This is documentation only: the work is done by the action plugin of the same name.

from __future__ import (absolute_import, division, print_function)

__metaclass__ = type

DOCUMENTATION = r'''
module: boot_facts
short_description: What a host boots, what its kernels understand, and whether they leak
version_added: 0.1.0
description:
  - Reads the boot configuration and the kernels, and changes nothing.
  - A boot configuration that bootmend does not touch is no failure; C(ansible_facts.bootmend.exitCode) is C(3) then, and
    the messages say why.
extends_documentation_fragment:
  - bootmend.bootmend.bootmend
attributes:
  facts:
    support: full
    description: Action returns an C(ansible_facts) dictionary that will update existing host facts.
  diff_mode:
    support: none
seealso:
  - module: bootmend.bootmend.boot_parameters
author:
  - The bootmend developers (!UNKNOWN)
'''

EXAMPLES = r'''
- name: Read it
  bootmend.bootmend.boot_facts:
  become: true

- name: Show which word the default kernel needs
  ansible.builtin.debug:
    var: bootmend.choice.words
'''

RETURN = r'''
ansible_facts:
  description: Facts of the host.
  returned: success
  type: dict
  contains:
    bootmend:
      description: The document that bootmend printed, as C(docs/schema/report.schema.json) of bootmend describes it.
      returned: always
      type: dict
      contains:
        kernels:
          description: The kernels, with their exposure, the remedy, and the evidence for each word.
          returned: where the configuration was read
          type: list
          elements: dict
        entries:
          description: The entries of the menu with their words.
          returned: where the configuration was read
          type: list
          elements: dict
        situation:
          description: Where the running kernel is between leak and cure, its C(state) first of all.
          returned: where it is known what runs
          type: dict
        choice:
          description: The remedy of the default kernel.
          returned: where the configuration was read
          type: dict
        messages:
          description: Notes, warnings and errors.
          returned: always
          type: list
          elements: dict
'''
