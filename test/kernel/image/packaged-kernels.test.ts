import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseElf } from '../../../src/kernel/image/elf.ts';
import { imageEvidence, tokenQuestions } from '../../../src/kernel/image/image-evidence.ts';
import { type ImageReading, readKernelImage } from '../../../src/kernel/image/image-reading.ts';
import { readImageRelease } from '../../../src/kernel/image/stated-release.ts';
import { unpackKernel } from '../../../src/kernel/image/unpack.ts';
import { parseBuiltinModinfo } from '../../../src/kernel/modules.ts';
import { type PackagedKernel, packagedKernels } from './packaged-kernels.ts';
import { resultTable } from './result-table.ts';
import { decompress } from './run-program.ts';

const kernels = packagedKernels();
const readings: { kernel: PackagedKernel; reading: ImageReading; sectionRecords: number | undefined }[] = [];

const typos = ['cgroup.memry=nokmem', 'cgroup_enable=memory'];
const unknown = ['no_such_word', 'no.such=word', 'rd.lvm.lv=a/b', 'systemd.unit=rescue.target', 'rhgb'];

describe.each(kernels)('$name', (kernel) => {
  let reading: ImageReading;
  let sectionRecords: number | undefined;
  const says = (word: string) => imageEvidence({ ok: true, reading }, word, kernel.path).says;

  beforeAll(async () => {
    const file = kernel.file();
    const questions = tokenQuestions('cgroup.memory=bogus');
    const result = await readKernelImage(file, decompress, questions, [...typos, ...unknown]);
    if (!result.ok) throw new Error(`${kernel.name}: ${result.reason}`);
    reading = result.reading;
    const unpacked = await unpackKernel(file, decompress);
    const section = unpacked.ok
      ? parseElf(unpacked.image)?.sections.find(({ name }) => name === '__param')
      : undefined;
    sectionRecords = section && section.sizeBytes / (reading.paramTable?.recordBytes ?? 1);
    readings.push({ kernel, reading, sectionRecords });
  }, 60_000);

  test('says its release, packed and unpacked', () => {
    expect(reading.release).toBe(kernel.release);
    expect([kernel.release, undefined]).toContain(readImageRelease(kernel.file()));
  });

  test('__param has as many records as its ELF section, where there is one', () => {
    const params = reading.parameters.filter(({ table }) => table === 'param');
    expect(params.length).toBe(sectionRecords ?? params.length);
    expect(params.length).toBeGreaterThan(50);
  });

  test.runIf(kernel.builtinModinfo)('__param has every parameter of modules.builtin.modinfo', () => {
    // By its last part only: MODULE_PARAM_PREFIX may give it another module's name.
    const known = new Set(
      reading.parameters.map(({ name }) => name.slice(name.indexOf('.') + 1).replaceAll('-', '_')),
    );
    const modules = parseBuiltinModinfo(kernel.builtinModinfo ?? '');
    const missing = modules.flatMap(({ parameters }) => parameters.filter((name) => !known.has(name)));
    // mm/secretmem.c describes `secretmem_enable` and registers `enable`.
    expect(missing.filter((name) => name !== 'secretmem_enable')).toEqual([]);
    expect(modules.length).toBeGreaterThan(10);
  });

  test('cgroup words are judged as its configuration has it', () => {
    const hasMemoryController = !/^# CONFIG_MEMCG is not set/m.test(kernel.config ?? '');
    const present = hasMemoryController ? 'present' : 'absent';
    const hasNobpf = hasMemoryController && isSince6_3(kernel.release);
    expect({
      nokmem: says('cgroup.memory=nokmem'),
      nosocket: says('cgroup.memory=nosocket'),
      nobpf: says('cgroup.memory=nobpf'),
      unknownToken: says('cgroup.memory=bogus'),
      disable: says('cgroup_disable=memory'),
      typo: says('cgroup.memry=nokmem'),
      enable: says('cgroup_enable=memory'),
    }).toEqual({
      nokmem: present,
      nosocket: present,
      nobpf: hasNobpf ? 'present' : 'absent',
      unknownToken: 'absent',
      disable: hasMemoryController ? 'present' : 'inconclusive',
      typo: 'absent',
      enable: 'absent',
    });
  });

  test('words that every kernel takes, and words that none does', () => {
    const known = ['init=/bin/sh', 'quiet', 'loglevel=7', 'console=tty0', 'printk.time=1', 'panic=10', 'ro'];
    expect(known.map(says)).toEqual(known.map(() => 'present'));
    const [made, alsoMade, ...ofUserSpace] = unknown.map(says);
    expect([made, alsoMade]).toEqual(['absent', 'absent']);
    // A short name may be among the bytes of the code by chance: then its absence is not proven.
    expect(['absent', 'inconclusive']).toEqual(expect.arrayContaining(ofUserSpace));
  });
});

afterAll(() => {
  const path = process.env['BOOTMEND_WRITE_TABLE'];
  if (path !== undefined && readings.length > 0) writeFileSync(path, resultTable(readings));
});

/** b6c1a8af5b1e, which adds `nobpf`, is in 6.3. */
function isSince6_3(release: string): boolean {
  const [major = 0, minor = 0] = release.split(/[.-]/).map(Number);
  return major > 6 || (major === 6 && minor >= 3);
}

test.skipIf(kernels.length > 0)('packaged kernels are not here', () => {
  expect(process.env['CI']).not.toBe('true');
});
