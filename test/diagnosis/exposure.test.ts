import { expect, test } from 'vitest';
import { exposureOf } from '../../src/diagnosis/exposure.ts';
import { lookUpSupport } from '../../src/kernel/support-table.ts';

const CENTOS = { id: 'centos', idLike: ['rhel', 'fedora'], versionId: '7' };
const DEBIAN = { id: 'debian', idLike: [], versionId: '12' };
const config = (...options: readonly string[]) => new Map(options.map((name) => [name, 'y']));

test.each([
  {
    rule: '7.3 keeps dead caches',
    release: '3.10.0-514.el7.x86_64',
    distribution: CENTOS,
    verdict: 'exposed',
    code: 'exposure.leak-not-fixed',
  },
  {
    rule: '7.7 before the erratum is partly fixed',
    release: '3.10.0-1062.el7.x86_64',
    distribution: CENTOS,
    verdict: 'exposed',
    code: 'exposure.leak-partly-fixed',
  },
  {
    rule: '7.9 is fixed',
    release: '3.10.0-1160.el7.x86_64',
    distribution: CENTOS,
    verdict: 'not-exposed',
    code: 'exposure.leak-fixed',
  },
  {
    rule: 'Debian 12 is fixed',
    release: '6.1.0-40-amd64',
    distribution: DEBIAN,
    verdict: 'not-exposed',
    code: 'exposure.leak-fixed',
  },
  {
    rule: 'openEuler accounts only where a word asks for it',
    release: '4.19.90-2102.2.0.0057.oe1.x86_64',
    distribution: undefined,
    verdict: 'not-exposed',
    code: 'exposure.off-unless-token',
  },
  {
    rule: 'Ubuntu 4.4 is partly fixed',
    release: '4.4.0-142-generic',
    distribution: undefined,
    verdict: 'exposed',
    code: 'exposure.leak-partly-fixed',
  },
  {
    rule: 'what the table does not know stays unknown',
    release: '3.9.1.acme',
    distribution: undefined,
    verdict: 'unknown',
    code: 'exposure.no-row',
  },
])('exposure: $rule', ({ release, distribution, verdict, code }) => {
  const exposure = exposureOf(release, lookUpSupport(release, distribution), undefined);
  expect(exposure.verdict).toBe(verdict);
  expect(exposure.because[0]?.code).toBe(code);
});

test.each([
  {
    rule: 'without the memory controller nothing leaks',
    options: ['CONFIG_CGROUPS'],
    verdict: 'not-exposed',
  },
  {
    rule: 'without kernel-memory accounting nothing leaks',
    options: ['CONFIG_MEMCG'],
    verdict: 'not-exposed',
  },
  { rule: 'with both the table decides', options: ['CONFIG_MEMCG', 'CONFIG_MEMCG_KMEM'], verdict: 'exposed' },
])('the kernel’s own config: $rule', ({ options, verdict }) => {
  const release = '3.10.0-514.el7.x86_64';
  expect(exposureOf(release, lookUpSupport(release, CENTOS), config(...options)).verdict).toBe(verdict);
});

test('where the word asks for it, openEuler’s 4.19 leaks as its base does', () => {
  const release = '4.19.90-2102.2.0.0057.oe1.x86_64';
  const { verdict, because } = exposureOf(release, lookUpSupport(release, undefined), undefined, true);
  expect(verdict).toBe('exposed');
  expect(because.map(({ code }) => code)).toEqual(['exposure.leak-partly-fixed', 'exposure.on-by-token']);
});
