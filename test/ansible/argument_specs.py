"""Prints the options that each action of the installed collection takes, as JSON. Arguments: a folder of collections, names."""

from __future__ import annotations

import importlib
import json
import sys

from ansible.utils.collection_loader._collection_finder import _AnsibleCollectionFinder

folder, *names = sys.argv[1:]
_AnsibleCollectionFinder([folder])._install()


def options_of(name):
    module = importlib.import_module('ansible_collections.bootmend.bootmend.plugins.action.' + name)
    return dict(getattr(module.ActionModule, 'COMMON_OPTIONS', {}), **module.ActionModule.OPTIONS)


print(json.dumps({name: options_of(name) for name in names}))
