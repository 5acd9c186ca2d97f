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
    { release: '4.4.0-142-generic', on: UBUNTU, nokmem: 'n', kmem: 'off', leak: 'partial', trust: 'source-read' },
    { release: '4.4.0-21-generic', on: undefined, nokmem: 'n', kmem: 'off', leak: 'partial', trust: 'source-read' },
    { release: '4.4.0-1128-aws', on: UBUNTU, nokmem: 'n', kmem: 'off', leak: 'partial', trust: 'source-read' },
    { release: '4.15.0-213-generic', on: UBUNTU, nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'source-read' },
    { release: '5.4.0-1045-fips', on: UBUNTU, nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'source-read' },
    { release: '5.15.0-113-generic', on: UBUNTU, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'source-read' },
    { release: '4.19.90-2102.2.0.0057.oe1.x86_64', on: undefined, nokmem: 'y', kmem: 'off-unless-token', leak: 'partial', trust: 'source-read' },
    { release: '5.10.0-60.18.0.50.oe2203.x86_64', on: undefined, nokmem: 'y', kmem: 'off-unless-token', leak: 'y', trust: 'source-read' },
    { release: '6.1.19-7.0.0.17.oe2303.x86_64', on: undefined, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'changelog' },
    { release: '6.6.0-28.0.0.34.oe2403.x86_64', on: undefined, nokmem: 'y', kmem: 'off-unless-token', leak: 'y', trust: 'changelog' },
    { release: '6.6.71-amd64-deepin', on: undefined, nokmem: 'y', kmem: 'off-unless-token', leak: 'y', trust: 'changelog' },
    { release: '4.14.105-19-0012', on: host('tencentos', '2.4', 'rhel', 'fedora'), nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'source-read' },
    { release: '5.4.119-1-tlinux4-0010', on: undefined, nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'source-read' },
    { release: '5.4.119-20.0009.20', on: host('opencloudos', '8.6', 'rhel', 'fedora'), nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'source-read' },
    { release: '6.6.34-9.oc9.x86_64', on: undefined, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'changelog' },
    { release: '4.19.91-27.al7.x86_64', on: undefined, nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'changelog' },
    { release: '5.10.134-16.1.an8.x86_64', on: undefined, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'changelog' },
    { release: '4.4.302-2.ph1', on: undefined, nokmem: 'n', kmem: 'off', leak: 'partial', trust: 'source-read' },
    { release: '4.9.334-1.ph2', on: undefined, nokmem: 'y', kmem: 'on', leak: 'partial', trust: 'changelog' },
    { release: '5.10.175-1.ph4-esx', on: undefined, nokmem: 'y', kmem: 'none', leak: 'y', trust: 'source-read' },
    { release: '5.10.175-1.ph4', on: undefined, nokmem: 'y', kmem: 'on', leak: 'y', trust: 'changelog' },
    { release: '4.19.90-52.22.v2207.ky10.x86_64', on: undefined, nokmem: 'unknown', kmem: 'unknown', leak: 'unknown', trust: 'report' },
    { release: '4.19.90-2403.3.0.0270.87.uel20.x86_64', on: undefined, nokmem: 'unknown', kmem: 'unknown', leak: 'unknown', trust: 'report' },
    { release: '4.19.0-91.82.152.uelc20.x86_64', on: undefined, nokmem: 'unknown', kmem: 'unknown', leak: 'unknown', trust: 'report' },
    { release: '4.19.90-2102.2.0.0062.ctl2.x86_64', on: undefined, nokmem: 'unknown', kmem: 'unknown', leak: 'unknown', trust: 'report' },
    { release: '5.10.0-136.12.0.86.ctl3.x86_64', on: undefined, nokmem: 'unknown', kmem: 'unknown', leak: 'unknown', trust: 'report' },
    { release: '4.19.25-203.el7.bclinux.x86_64', on: undefined, nokmem: 'unknown', kmem: 'unknown', leak: 'unknown', trust: 'report' },
    { release: '4.19.90-vhulk2111.3.0.h963.eulerosv2r10.x86_64', on: undefined, nokmem: 'unknown', kmem: 'unknown', leak: 'unknown', trust: 'report' },
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
  { why: 'a rebuild of 3.10 by another builder', release: '3.10.0-957.el7.bclinux.x86_64', on: CENTOS },
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
