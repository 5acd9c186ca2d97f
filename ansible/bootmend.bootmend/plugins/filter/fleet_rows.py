# Copyright (c) The bootmend developers
# MIT License (see LICENSE)

from __future__ import annotations

# What asks for somebody comes first. All but two are states that `bootmend status` tells.
STATES = (
    'leaks',
    'without-effect',
    'reboot-pending',
    'not-known',
    'refused',
    'no-answer',
    'on-line',
    'in-effect',
    'not-exposed',
)


def fleet_rows(hosts, hostvars):
    """One row for each host, by what `boot_facts` told of it."""
    rows = [_row_of(host, hostvars[host].get('bootmend')) for host in hosts]
    return sorted(rows, key=lambda row: (STATES.index(row['state']), row['host']))


def _row_of(host, document):
    if document is None:
        return _row(host, 'no-answer')
    errors = [message['text'] for message in document['messages'] if message['level'] == 'error']
    if 'kernels' not in document:
        return _row(host, 'refused', note=' '.join(errors))
    situation = document.get('situation', {'state': 'not-known', 'words': [], 'pending': {'set': [], 'unset': []}})
    return _row(
        host,
        situation['state'],
        kernel=document.get('running', {}).get('kernel', ''),
        words=' '.join(situation['words']),
        needs=' '.join(document.get('choice', {}).get('words', [])),
        note=' '.join(errors),
    )


def _row(host, state, kernel='', words='', needs='', note=''):
    return {'host': host, 'state': state, 'kernel': kernel, 'words': words, 'needs': needs, 'note': note}


class FilterModule:
    """Filters of the fleet's report."""

    def filters(self):
        return {'fleet_rows': fleet_rows}
