import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNumbers, parseRelease } from '../../src/kernel/release.ts';
import { SUPPORT_ROWS } from '../../src/kernel/support-rows.ts';
import { type Distribution, lookUpSupport } from '../../src/kernel/support-table.ts';

function host(id: string, versionId = '', ...idLike: string[]): Distribution {
  return { id, idLike, versionId };
}

const CENTOS = host('centos', '7', 'rhel', 'fedora');
const DEBIAN = host('debian', '12');
const UBUNTU = host('ubuntu', '22.04', 'debian');
const SUSE = host('opensuse-leap', '15.5', 'suse', 'opensuse');

describe('the row decides', () => {
  // biome-ignore format: one row a line
  const cases = [
    { release: '3.10.0-514.el7.x86_64', on: CENTOS, nokmem: 'n', kmem: 'off', leak: 'n', trust: 'source-read' },
    { release: '3.10.0-514.2.2.el7.x86_64', on: CENTOS, nokmem: 'n', kmem: 'off', leak: 'n', trust: 'changelog' },
    { release: '3.10.0-514.26.2.el7.x86_64', on: CENTOS, nokmem: 'n', kmem: 'off', leak: 'n', trust: 'changelog' },
    { release: '3.10.0-327.36.3.el7.x86_64', on: CENTOS, nokmem: 'n', kmem: 'off', leak: 'n', trust: 'changelog' },
    { release: '3.10.0-693.el7.x86_64', on: CENTOS, nokmem: 'n', kmem: 'off', leak: 'n', trust: 'changelog' },
    { release: '3.10.0-1062.el7.x86_64', on: CENTOS, nokmem: 'y', kmem: 'off', leak: 'partial', trust: 'source-read' },
    { release: '3.10.0-1062.1.2.el7.x86_64', on: CENTOS, nokmem: 'y', kmem: 'off', leak: 'partial', trust: 'changelog' },
    { release: '3.10.0-1062.4.1.el7.x86_64', on: CENTOS, nokmem: 'y', kmem: 'off', leak: 'y', trust: 'changelog' },
    { release: '3.10.0-1160.119.1.el7.x86_64', on: CENTOS, nokmem: 'y', kmem: 'off', leak: 'y', trust: 'source-read' },
    { release: '4.18.0-553.el8_10.x86_64', on: CENTOS, nokmem: 'y', kmem: 'on', leak: 'unknown', trust: 'changelog' },
    { release: '5.14.0-427.13.1.el9_4.x86_64', on: CENTOS, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'changelog' },
    { release: '5.4.278-1.el7.elrepo.x86_64', on: CENTOS, nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'changelog' },
    { release: '4.4.302-1.el7.elrepo.x86_64', on: CENTOS, nokmem: 'n', kmem: 'off', leak: 'partial', trust: 'source-read' },
    { release: '5.4.17-2136.330.7.1.el7uek.x86_64', on: host('ol', '7.9', 'fedora'), nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'changelog' },
    { release: '4.14.336-257.562.amzn2.x86_64', on: host('amzn', '2'), nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'changelog' },
    { release: '4.9.0-19-amd64', on: DEBIAN, nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'changelog' },
    { release: '4.9.0-19-amd64', on: undefined, nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'changelog' },
    { release: '6.1.0-40-amd64', on: DEBIAN, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'source-read' },
    { release: '6.12.117+deb12-amd64', on: DEBIAN, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'source-read' },
    { release: '3.16.0-4-amd64', on: host('debian', '8'), nokmem: 'n', kmem: 'none', leak: 'y', trust: 'report' },
    { release: '5.15.0-113-generic', on: UBUNTU, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'changelog' },
    { release: '5.3.18-150300.59.93-default', on: SUSE, nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'changelog' },
    { release: '5.14.21-150500.55.65-default', on: SUSE, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'changelog' },
    { release: '6.9.7-200.fc40.x86_64', on: host('fedora', '40'), nokmem: 'y', kmem: 'on', leak: 'y', trust: 'source-read' },
    { release: '6.10.5-arch1-1', on: host('arch'), nokmem: 'y', kmem: 'on', leak: 'y', trust: 'source-read' },
    { release: '3.10.108', on: undefined, nokmem: 'n', kmem: 'off', leak: 'n', trust: 'changelog' },
    { release: '4.4.178', on: undefined, nokmem: 'n', kmem: 'off', leak: 'partial', trust: 'source-read' },
    { release: '7.3-rc7', on: undefined, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'source-read' },
  ];
  test.each(cases)('$release', ({ release, on, nokmem, kmem, leak, trust }) => {
    const row = lookUpSupport(release, on);
    expect(row).toMatchObject({ nokmem, kmemDefault: kmem, leakFixed: leak, confidence: trust });
  });
});

test.each([
  '3.10.0-514.36.1.el7.x86_64',
  '3.10.0-693.21.1.el7.x86_64',
  '3.10.0-862.14.4.el7.x86_64',
  '3.10.0-957.1.3.el7.x86_64',
  '3.10.0-957.27.2.el7.x86_64',
])('what is not settled of RHEL 7 is unknown: %s', (release) => {
  expect(lookUpSupport(release, CENTOS)).toMatchObject({ handler: 'unknown', nokmem: 'unknown' });
});

test('RHEL 7 carried back nokmem alone', () => {
  const row = lookUpSupport('3.10.0-1160.el7.x86_64', CENTOS);
  expect(row).toMatchObject({ handler: 'y', nokmem: 'y', nosocket: 'n', nobpf: 'n' });
});

test('4.5 has the token for cgroup v2 only', () => {
  expect(lookUpSupport('4.5.7', undefined)?.isNokmemV2Only).toBe(true);
  expect(lookUpSupport('4.6.0', undefined)?.isNokmemV2Only).toBe(false);
});

test.each([
  { why: 'an older kernel of an unknown builder', release: '3.10.0-1.acme.x86_64', on: CENTOS },
  { why: 'an older kernel of a known builder without a row', release: '2.6.32-754.el6.x86_64', on: CENTOS },
  { why: 'not a release', release: '0-rescue-6c1f5a3b8e0d4c7792ab41de58f03c96', on: CENTOS },
  { why: 'newer than anything read', release: '9.0.1', on: undefined },
])('no row: $why', ({ release, on }) => {
  expect(lookUpSupport(release, on)).toBeUndefined();
});

test.each([
  { why: 'a rebuild of a vendor kernel', release: '3.10.0-1160.119.1.el7.acme.els2.x86_64', on: CENTOS },
  { why: 'a builder that is not known', release: '5.4.0-acme7', on: UBUNTU },
  { why: 'a flavour on a distribution that does not have it', release: '5.15.0-113-generic', on: CENTOS },
])('confidence falls to report: $why', ({ release, on }) => {
  expect(lookUpSupport(release, on)?.confidence).toBe('report');
});

test('a real-time kernel and its debug build are the vendor’s own', () => {
  for (const release of ['3.10.0-1160.rt56.1131.el7.x86_64', '4.18.0-553.el8_10.x86_64+debug']) {
    expect(lookUpSupport(release, CENTOS)?.confidence).not.toBe('report');
  }
});

test('rows of a family are in order and do not overlap', () => {
  const numbers = (bound: string): number[] =>
    bound.split(/[.-]/).map((field) => (field === 'x' ? Number.POSITIVE_INFINITY : Number(field)));
  for (const [at, row] of SUPPORT_ROWS.entries()) {
    expect(numbers(row.from)).not.toContain(Number.NaN);
    expect(compareNumbers(numbers(row.from), numbers(row.to))).toBeLessThanOrEqual(0);
    const next = SUPPORT_ROWS[at + 1];
    if (next?.family !== row.family) continue;
    expect(compareNumbers(numbers(row.to), numbers(next.from)), `${row.family} ${row.to}`).toBe(-1);
  }
});

test('every row that says y or n names a source', () => {
  for (const row of SUPPORT_ROWS) expect(row.source).not.toBe('');
});

test('mainline: once the handler is there, no later version loses it', () => {
  const versions = fc.tuple(fc.integer({ min: 3, max: 7 }), fc.integer({ min: 0, max: 19 }));
  fc.assert(
    fc.property(versions, versions, (a, b) => {
      const [older, newer] = [a, b]
        .sort(compareNumbers)
        .map((version) => lookUpSupport(version.join('.'), undefined));
      if (older?.nokmem === 'y' && newer !== undefined) expect(newer.nokmem).toBe('y');
    }),
  );
});

test('any text at all: a row or none, never an exception', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const row = lookUpSupport(text, DEBIAN);
      if (parseRelease(text) === undefined) expect(row).toBeUndefined();
    }),
  );
});
