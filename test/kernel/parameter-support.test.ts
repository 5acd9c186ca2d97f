import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readKernelConfig } from '../../src/kernel/config.ts';
import { EVIDENCE_SOURCES, type Evidence } from '../../src/kernel/evidence.ts';
import { type KernelReadings, parameterSupport, supportOf } from '../../src/kernel/parameter-support.ts';
import { readSymbols } from '../../src/kernel/symbols.ts';
import { fixtureText } from './fixture.ts';

const NOKMEM = 'cgroup.memory=nokmem';
const DISABLE = 'cgroup_disable=memory';

function saying(source: Evidence['source'], says: Evidence['says']): Evidence {
  const strength = source === 'table' ? 'record' : 'observation';
  return { source, says, strength, code: 'table.no-row', data: { release: '' } };
}

describe('the weight of evidence', () => {
  // biome-ignore format: one row a line
  const cases = [
    { why: 'nothing at all', evidence: [], verdict: 'unknown', by: undefined },
    { why: 'nothing that decides', evidence: [saying('image', 'inconclusive'), saying('table', 'inconclusive')], verdict: 'unknown', by: undefined },
    { why: 'the image decides', evidence: [saying('image', 'present')], verdict: 'supported', by: 'image' },
    { why: 'where the image is silent, System.map decides', evidence: [saying('image', 'inconclusive'), saying('system-map', 'absent')], verdict: 'absent', by: 'system-map' },
    { why: 'the table decides alone', evidence: [saying('table', 'absent')], verdict: 'absent', by: 'table' },
    { why: 'the table never outvotes System.map', evidence: [saying('table', 'present'), saying('system-map', 'absent')], verdict: 'absent', by: 'system-map' },
    { why: 'the table never conflicts with the image', evidence: [saying('table', 'absent'), saying('image', 'present')], verdict: 'supported', by: 'image' },
    { why: 'the config rules out against the table', evidence: [saying('table', 'present'), saying('config', 'absent')], verdict: 'absent', by: 'config' },
    { why: 'the config yields to the image', evidence: [saying('config', 'absent'), saying('image', 'present')], verdict: 'supported', by: 'image' },
    { why: 'image and System.map contradict', evidence: [saying('image', 'absent'), saying('system-map', 'present')], verdict: 'conflicting', by: undefined },
    { why: 'System.map and kallsyms contradict', evidence: [saying('kallsyms', 'present'), saying('system-map', 'absent'), saying('table', 'present')], verdict: 'conflicting', by: undefined },
    { why: 'a module has what the image lacks', evidence: [saying('image', 'absent'), saying('modules', 'present')], verdict: 'supported', by: 'modules' },
    { why: 'modules that could not be read leave it open', evidence: [saying('image', 'absent'), saying('modules', 'inconclusive')], verdict: 'unknown', by: undefined },
    { why: 'neither image nor module has it', evidence: [saying('image', 'absent'), saying('modules', 'absent')], verdict: 'absent', by: 'image' },
  ] as const;
  test.each(cases)('$why', ({ evidence, verdict, by }) => {
    const support = parameterSupport(NOKMEM, evidence);
    expect(support.verdict).toBe(verdict);
    expect(support.decidedBy?.source).toBe(by);
  });

  test('a kernel that ignores the boot loader’s line takes nothing, whatever it has', () => {
    const fixed: Evidence = {
      source: 'config',
      says: 'absent',
      strength: 'observation',
      code: 'config.command-line-fixed',
      data: { option: 'CONFIG_CMDLINE_OVERRIDE' },
    };
    expect(parameterSupport(DISABLE, [saying('image', 'present'), fixed])).toMatchObject({
      verdict: 'absent',
      decidedBy: fixed,
    });
  });

  const anyEvidence = fc.array(
    fc
      .tuple(fc.constantFrom(...EVIDENCE_SOURCES), fc.constantFrom('present', 'absent', 'inconclusive'))
      .map(([source, says]) => saying(source, says)),
    { maxLength: 6 },
  );

  test('the order in which evidence comes changes nothing', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const once = new Map(evidence.map((one) => [one.source, one]));
        const forwards = parameterSupport(NOKMEM, [...once.values()]);
        expect(parameterSupport(NOKMEM, [...once.values()].reverse())).toEqual(forwards);
      }),
    );
  });

  test('no verdict without evidence that says so, and none is lost', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const { verdict, evidence: kept } = parameterSupport(NOKMEM, evidence);
        expect(kept).toHaveLength(evidence.length);
        if (verdict === 'supported') expect(evidence.some((one) => one.says === 'present')).toBe(true);
        if (verdict === 'absent') expect(evidence.some((one) => one.says === 'absent')).toBe(true);
      }),
    );
  });

  test('a table row changes no verdict that observations reach', () => {
    fc.assert(
      fc.property(anyEvidence, fc.constantFrom('present', 'absent'), (evidence, says) => {
        const observed = evidence.filter((one) => one.source !== 'table');
        const { verdict } = parameterSupport(NOKMEM, observed);
        const isOpen = verdict === 'unknown' && observed.every((one) => one.says === 'inconclusive');
        if (!isOpen)
          expect(parameterSupport(NOKMEM, [...observed, saying('table', says)]).verdict).toBe(verdict);
      }),
    );
  });
});

function fixtureKernel(tree: string, release: string, id: string): KernelReadings {
  const mapPath = `/boot/System.map-${release}`;
  const configPath = `/boot/config-${release}`;
  const config = readKernelConfig(fixtureText(`${tree}${configPath}`));
  if (config === undefined) throw new Error(`${tree}: not a whole config`);
  return {
    release,
    distribution: { id, idLike: [], versionId: '' },
    systemMap: { path: mapPath, reading: readSymbols(fixtureText(`${tree}${mapPath}`), 'system-map') },
    config: { path: configPath, config },
  };
}

const EL7 = fixtureKernel('centos-7.3', '3.10.0-514.el7.x86_64', 'centos');
const DEBIAN_9 = fixtureKernel('debian-9', '4.9.0-19-amd64', 'debian');
const DEBIAN_9_STUB = fixtureKernel('debian-9-stub-map', '4.9.0-19-amd64', 'debian');
const DEBIAN_12 = fixtureKernel('debian-12', '6.1.0-40-amd64', 'debian');

describe('kernels of the fixtures', () => {
  // biome-ignore format: one row a line
  const cases = [
    { of: 'CentOS 7.3', kernel: EL7, word: NOKMEM, verdict: 'absent', by: 'system-map' },
    { of: 'CentOS 7.3', kernel: EL7, word: DISABLE, verdict: 'supported', by: 'system-map' },
    { of: 'CentOS 7.3, no map', kernel: { ...EL7, systemMap: undefined }, word: NOKMEM, verdict: 'absent', by: 'table' },
    { of: 'CentOS 7.3, no map', kernel: { ...EL7, systemMap: undefined }, word: DISABLE, verdict: 'supported', by: 'table' },
    { of: 'CentOS 7.3, nothing but its release', kernel: { release: EL7.release, distribution: undefined }, word: DISABLE, verdict: 'supported', by: 'table' },
    { of: 'Debian 9', kernel: DEBIAN_9, word: NOKMEM, verdict: 'supported', by: 'system-map' },
    { of: 'Debian 9', kernel: DEBIAN_9, word: 'cgroup.memory=nokmem,nosocket', verdict: 'supported', by: 'system-map' },
    { of: 'Debian 9, stub map', kernel: DEBIAN_9_STUB, word: NOKMEM, verdict: 'supported', by: 'table' },
    { of: 'Debian 9, stub map', kernel: DEBIAN_9_STUB, word: DISABLE, verdict: 'supported', by: 'table' },
    { of: 'Debian 9', kernel: DEBIAN_9, word: 'cgroup.memory=nobpf', verdict: 'absent', by: 'system-map' },
    { of: 'Debian 9', kernel: DEBIAN_9, word: 'cgroup.memory=nokmem,nobpf', verdict: 'unknown', by: undefined },
    { of: 'Debian 12', kernel: DEBIAN_12, word: NOKMEM, verdict: 'supported', by: 'system-map' },
    { of: 'RHEL 7.6 z-stream', kernel: { release: '3.10.0-957.27.2.el7.x86_64', distribution: undefined }, word: NOKMEM, verdict: 'unknown', by: undefined },
    { of: 'an own build of 5.4', kernel: { release: '5.4.200', distribution: undefined }, word: DISABLE, verdict: 'unknown', by: undefined },
    { of: 'an own build of 5.4 with its config', kernel: { release: '5.4.200', distribution: undefined, config: DEBIAN_12.config }, word: DISABLE, verdict: 'supported', by: 'table' },
    { of: 'something that is no release', kernel: { release: 'vmlinuz', distribution: undefined }, word: NOKMEM, verdict: 'unknown', by: undefined },
  ] as const;
  test.each(cases)('$of: $word is $verdict', ({ kernel, word, verdict, by }) => {
    const support = supportOf(kernel, word);
    expect(support.parameter).toBe(word);
    expect(support.verdict).toBe(verdict);
    expect(support.decidedBy?.source).toBe(by);
  });

  test('an image is asked token by token, and first', () => {
    const asked: string[] = [];
    const imageEvidence = (word: string): Evidence => {
      asked.push(word);
      return saying('image', 'present');
    };
    const support = supportOf({ ...DEBIAN_9, imageEvidence }, 'cgroup.memory=nokmem,nosocket');
    expect(asked).toEqual(['cgroup.memory=nokmem', 'cgroup.memory=nosocket']);
    expect(support.decidedBy?.source).toBe('image');
  });

  test('modules are asked for dotted names that the kernel proper has no handler for', () => {
    const asked: string[] = [];
    const moduleEvidence = (word: string): Evidence => {
      asked.push(word);
      return saying('modules', 'present');
    };
    for (const word of [NOKMEM, 'quiet', 'printk.devkmsg=on', 'nf_conntrack.hashsize=65536']) {
      supportOf({ ...EL7, moduleEvidence }, word);
    }
    expect(asked).toEqual(['nf_conntrack.hashsize=65536']);
  });

  test('evidence is ordered strongest first', () => {
    const sources = supportOf(EL7, NOKMEM).evidence.map((one) => one.source);
    expect(sources).toEqual(['system-map', 'table']);
  });
});
