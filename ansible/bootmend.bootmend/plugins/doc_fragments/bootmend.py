# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

from __future__ import (absolute_import, division, print_function)

__metaclass__ = type


class ModuleDocFragment(object):

    DOCUMENTATION = r'''
options:
  root:
    description:
      - The directory on the target that is worked on, as a mounted image has one; C(/) is the running system.
    type: str
    default: /
  portable_file:
    description:
      - The file on the controller that brings bootmend with a runtime of its own, as C(npm run portable) makes it,
        or a folder that has one for each architecture.
      - Without it, C(bootmend-VERSION-linux-x64.run) and C(bootmend-VERSION-linux-arm64.run) are looked for where Ansible
        looks for files (C(files/) beside the play or the role), VERSION being that of this collection.
      - It is sent to a target once. It unpacks itself there below C(/var/cache/bootmend) for root, and below the cache
        folder of any other user. The variable C(BOOTMEND_CACHE), given by C(environment) of the task, names another folder.
    type: path
  lang:
    description: The language of messages.
    type: str
    choices: [en, zh-CN]
    default: en
  redact:
    description: Whether the values of words that can hold secrets are left out of what is returned.
    type: bool
    default: false
requirements:
  - Linux 3.10 or newer on x86-64 or arm64 on the target, with a shell, C(tar), C(gzip) or C(xz), C(sha256sum) and C(flock)
  - The file of I(portable_file) on the controller
notes:
  - Nothing of Ansible's runs on the target but a shell, so that CentOS 7 is a target for every version of Ansible. Facts
    must not be gathered there (C(gather_facts=false)).
  - Changes need root; use C(become). A target whose sudo wants a terminal (C(requiretty)) is not supported, as with
    pipelining.
attributes:
  check_mode:
    support: full
    description: Can run in check_mode and return changed status prediction without modifying target.
  diff_mode:
    support: full
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
'''

    CHANGE = r'''
options:
  accept:
    description:
      - Hazards of the change that are accepted, by their ids; C(all) accepts every one.
      - A change with a hazard that is not accepted fails, and says its id.
    type: list
    elements: str
    default: []
  force:
    description: Whether to go on where bootmend would refuse for safety.
    type: bool
    default: false
'''
