# Copyright (c) The bootmend developers
# MIT License (see LICENSE)
"""The file that brings bootmend with its own runtime: docs/portable.md of bootmend."""

from __future__ import annotations

import re

from ansible.errors import AnsibleError
from ansible.module_utils.common.text.converters import to_bytes

VERSION = '0.1.0'

# By what `uname -s` and `uname -m` say, with a hyphen between: the last part of the file's name.
ARCHITECTURES = {'Linux-x86_64': 'x64', 'Linux-aarch64': 'arm64'}

# The head ends well before.
_MAXIMUM_HEAD_BYTES = 1 << 16


class PortableFile:
    """
    :ivar path: of the file, on the controller
    :ivar head: the shell script in front of the packed part, bytes; as input of `sh -s -- --if-unpacked` it runs what is
        unpacked, or prints the kind of the machine and ends with NOT_UNPACKED
    :ivar made_for: the kind of machine, as in ARCHITECTURES
    """

    NOT_UNPACKED = 69

    def __init__(self, path):
        with open(to_bytes(path), 'rb') as stream:
            start = stream.read(_MAXIMUM_HEAD_BYTES)
        offset = re.search(rb'^offset=(\d+)$', start, re.MULTILINE)
        made_for = re.search(rb'^made_for=(\S+)$', start, re.MULTILINE)
        if not start.startswith(b'#!/bin/sh\n# bootmend ') or offset is None or made_for is None:
            raise AnsibleError('%s is not what "npm run portable" of bootmend makes' % path)
        self.path = path
        self.head = start[:int(offset.group(1))]
        self.made_for = made_for.group(1).decode('ascii')


def file_name(architecture):
    """The name that `npm run portable` gives the file of this version of bootmend."""
    return 'bootmend-%s-linux-%s.run' % (VERSION, architecture)
