import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareFileVersions } from '../../../src/grub/menu/file-version.ts';
import { type OrderedEntry, sortLoaderEntries } from '../../../src/grub/menu/loader-entry-order.ts';
import { compareRpmVersions } from '../../../src/grub/menu/rpm-version.ts';
import { compareUapiVersions } from '../../../src/grub/menu/uapi-version.ts';
import { counted } from '../../oracle/missing.ts';
import { runGrub } from '../../oracle/run-grub.ts';

const machine = '4b7c0e11223344556677889900aabbcc';
const other = '5e7f0011223344556677889900aabbcc';

function named(...names: readonly string[]): readonly OrderedEntry[] {
  return names.map((name) => ({ fileName: `${name}.conf` }));
}

interface Case {
  readonly name: string;
  readonly entries: readonly OrderedEntry[];
  /** File names without `.conf`, top of the menu first. */
  readonly order: readonly string[];
}

/** Booted with GRUB 2.14's blscfg, one boot for each place in the menu. */
const grub214Cases: readonly Case[] = [
  {
    name: 'newest first, rescue last',
    entries: named(
      `${machine}-0-rescue`,
      `${machine}-5.14.0-70.el9.x86_64`,
      `${machine}-5.14.0-162.el9.x86_64`,
    ),
    order: [`${machine}-5.14.0-162.el9.x86_64`, `${machine}-5.14.0-70.el9.x86_64`, `${machine}-0-rescue`],
  },
  {
    name: 'a tilde is older than the end',
    entries: named('a', 'b', 'a~1', 'a-1'),
    order: ['b', 'a-1', 'a', 'a~1'],
  },
  {
    name: 'letter suffixes count last',
    entries: named('k-6.1', 'k-6.1.x86_64', 'k-6.1~rc1', 'k-6.1-1.fc44'),
    order: ['k-6.1.x86_64', 'k-6.1-1.fc44', 'k-6.1', 'k-6.1~rc1'],
  },
  {
    name: 'the machine id comes before the version',
    entries: named(`${machine}-6.12.0`, `${other}-6.1.0`),
    order: [`${other}-6.1.0`, `${machine}-6.12.0`],
  },
  {
    name: 'the version key is not read',
    entries: [
      { fileName: 'a.conf', version: '9' },
      { fileName: 'b.conf', version: '1' },
    ],
    order: ['b', 'a'],
  },
  {
    name: 'the sort key is not read',
    entries: [{ fileName: 'a.conf', sortKey: 'x' }, { fileName: 'b.conf' }],
    order: ['b', 'a'],
  },
  { name: 'hidden files come last', entries: named('.c', '.0', 'a'), order: ['a', '.0', '.c'] },
  {
    name: 'letters before other bytes, case counts',
    entries: named('k_1', 'k-1', 'kA1', 'ka1', 'k+1'),
    order: ['k_1', 'k-1', 'k+1', 'ka1', 'kA1'],
  },
];

/** Listed by `bootctl list` of systemd 252, which orders as systemd-boot does; boot counters by the source. */
const systemdBootCases: readonly Case[] = [
  {
    name: 'without keys, the newest file name first',
    entries: named('b-1', 'b-10', 'a-11'),
    order: ['b-10', 'b-1', 'a-11'],
  },
  {
    name: 'entries with a sort key come first',
    entries: [{ fileName: 'z.conf' }, { fileName: 'a.conf', sortKey: 'arch', version: '1' }],
    order: ['a', 'z'],
  },
  {
    name: 'sort keys from a to z',
    entries: [
      { fileName: 'a.conf', sortKey: 'fedora', version: '9' },
      { fileName: 'b.conf', sortKey: 'arch', version: '1' },
    ],
    order: ['b', 'a'],
  },
  {
    name: 'one sort key: machine ids from a to z, then the newest version',
    entries: [
      { fileName: '1.conf', sortKey: 'arch', machineId: other, version: '9' },
      { fileName: '2.conf', sortKey: 'arch', machineId: machine, version: '6.1.10' },
      { fileName: '3.conf', sortKey: 'arch', machineId: machine, version: '6.1.9' },
      { fileName: '4.conf', sortKey: 'arch', machineId: machine, version: '6.1.10~rc1' },
      { fileName: '5.conf', sortKey: 'arch', version: '1' },
    ],
    order: ['5', '2', '4', '3', '1'],
  },
  {
    name: 'the version key alone counts nothing',
    entries: [
      { fileName: 'a.conf', version: '9' },
      { fileName: 'b.conf', version: '1' },
    ],
    order: ['b', 'a'],
  },
  {
    name: 'a dash divides before a dot',
    entries: named('k-6.1', 'k-6-1', 'k-6'),
    order: ['k-6.1', 'k-6', 'k-6-1'],
  },
];

const countedCases: readonly Case[] = [
  { name: 'no tries left comes last', entries: named('c+0-3', 'b+2-1', 'a'), order: ['b+2-1', 'a', 'c+0-3'] },
  {
    name: 'more tries left first, then fewer done',
    entries: named('a+1', 'a+3-1', 'a+3'),
    order: ['a+3', 'a+3-1', 'a+1'],
  },
];

/** From the sources of rhboot/grub2, not run. */
const redHatCases: readonly (Case & { readonly rules: 'red-hat-2.02' | 'red-hat-2.06' })[] = [
  {
    name: 'newest first, rescue last',
    rules: 'red-hat-2.06',
    entries: named(
      `${machine}-0-rescue`,
      `${machine}-5.14.0-70.el9.x86_64`,
      `${machine}-5.14.0-162.el9.x86_64`,
    ),
    order: [`${machine}-5.14.0-162.el9.x86_64`, `${machine}-5.14.0-70.el9.x86_64`, `${machine}-0-rescue`],
  },
  {
    name: 'the machine id comes before the version',
    rules: 'red-hat-2.06',
    entries: named(`${machine}-6.12.0-1`, `${other}-6.1.0-1`),
    order: [`${other}-6.1.0-1`, `${machine}-6.12.0-1`],
  },
  {
    name: 'where every entry has a version, it comes before the file name',
    rules: 'red-hat-2.02',
    entries: [
      { fileName: `${machine}-6.12.0-1.conf`, version: '6.12.0-1' },
      { fileName: `${other}-6.1.0-1.conf`, version: '6.1.0-1' },
    ],
    order: [`${machine}-6.12.0-1`, `${other}-6.1.0-1`],
  },
  {
    name: 'one entry without a version: file names',
    rules: 'red-hat-2.02',
    entries: [
      { fileName: `${machine}-6.12.0-1.conf`, version: '6.12.0-1' },
      { fileName: `${other}-6.1.0-1.conf` },
    ],
    order: [`${other}-6.1.0-1`, `${machine}-6.12.0-1`],
  },
  {
    name: 'the last two dashes divide the name',
    rules: 'red-hat-2.06',
    entries: named('a-b-2-1', 'a-10-1', 'a-9-2'),
    order: ['a-b-2-1', 'a-10-1', 'a-9-2'],
  },
];

function sorted(entries: readonly OrderedEntry[], rules: Parameters<typeof sortLoaderEntries>[1]) {
  return sortLoaderEntries(entries, rules).map((entry) => entry.fileName.slice(0, -'.conf'.length));
}

describe('order of entry files', () => {
  test.each(grub214Cases)('GRUB 2.14: $name', ({ entries, order }) => {
    expect(sorted(entries, 'grub-2.14')).toEqual(order);
  });

  test.each([...systemdBootCases, ...countedCases])('systemd-boot: $name', ({ entries, order }) => {
    expect(sorted(entries, 'systemd-boot')).toEqual(order);
  });

  test.each(redHatCases)('$rules: $name', ({ entries, order, rules }) => {
    expect(sorted(entries, rules)).toEqual(order);
  });
});

const rpmCases: readonly (readonly [older: string, newer: string])[] = [
  ['4.18.0-80.el8.x86_64', '4.18.0-193.el8.x86_64'],
  ['3.10.0', '3.10.0.1'],
  ['1.0~rc1', '1.0'],
  ['1.0a', '1.0.1'],
  ['1.0a', '1.0b'],
  ['9', '10'],
  ['99999999999999999999', '100000000000000000000'],
];

test.each(rpmCases)('rpm: %s is older than %s', (older, newer) => {
  expect(compareRpmVersions(older, newer)).toBe(-1);
  expect(compareRpmVersions(newer, older)).toBe(1);
});

test.each([
  ['1.1', '1.01'],
  ['1.1', '1_1'],
  ['a-', 'a'],
])('rpm: %s and %s are equal', (a, b) => {
  expect(compareRpmVersions(a, b)).toBe(0);
});

const uapiCases: readonly (readonly [string, '<' | '==' | '>', string])[] = [
  ['1.1', '==', '1.01'],
  ['a~', '<', 'a'],
  ['1-1', '<', '1.1'],
  ['1^', '>', '1'],
  ['1.', '>', '1'],
  ['1', '==', '1_'],
  ['a', '>', 'A'],
  ['1~rc1', '<', '1'],
  ['1^git1', '<', '1.1'],
  ['1-0', '<', '1^0'],
  ['0', '>', 'a'],
  ['00123', '==', '123'],
  ['abc', '<', 'abcd'],
  ['1.a', '<', '1.1'],
  ['6.1.0-9-amd64', '<', '6.1.0-10-amd64'],
];

test.each(uapiCases)('UAPI version: %s %s %s', (a, sign, b) => {
  expect(Math.sign(compareUapiVersions(a, b))).toBe({ '<': -1, '==': 0, '>': 1 }[sign]);
});

const comparison = spawnSync('systemd-analyze', ['compare-versions', '1', '1']);
const hasSystemd = counted(comparison.status === 0, 'systemd-analyze compare-versions');

describe.runIf(hasSystemd)('what systemd-analyze compare-versions says', () => {
  test.each(uapiCases)('%s %s %s', (a, sign, b) => {
    const said = spawnSync('systemd-analyze', ['compare-versions', a, b], { encoding: 'utf8' }).stdout;
    expect(said).toBe(`${a} ${sign} ${b}\n`);
  });
});

test('GRUB 2.14 orders as sort -V does', () => {
  const name = fc.stringMatching(/^[0-9a-cA.~_+-]{1,10}$/);
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 20, maxLength: 60 }), (names) => {
      const { stdout } = spawnSync('sort', ['-V'], {
        input: `${names.join('\n')}\n`,
        encoding: 'latin1',
        env: { ...process.env, LC_ALL: 'C' },
      });
      const lines = stdout.trimEnd().split('\n');
      const ours = names.toSorted((a, b) => compareFileVersions(a, b) || (a < b ? -1 : 1));
      expect(ours).toEqual(lines);
    }),
    { numRuns: 40 },
  );
});

const grub214 = process.env['BOOTMEND_GRUB_EMU_2_14'] ?? '';
const hasGrub214 = counted(
  grub214 !== '',
  'GRUB 2.14: BOOTMEND_GRUB_EMU_2_14, as test/oracle/fetch-grub-2.14.sh prints it',
);

describe.runIf(hasGrub214)('what GRUB 2.14 boots', () => {
  test('BOOTMEND_GRUB_EMU_2_14 names it', () => {
    expect(grub214).not.toBe('');
    expect(spawnSync(grub214, ['--version'], { encoding: 'utf8' }).stdout).toContain(' 2.14');
  });

  test.each(grub214Cases)('$name', async ({ entries, order }) => {
    for (const [index, name] of order.entries()) {
      const script = `set timeout=0\nset default=${index}\nblscfg --path @DIR@/entries\n`;
      const output = await runGrub(grub214, script, /Booting `[^']*'/, (directory) =>
        writeEntries(directory, entries),
      );
      expect(/Booting `([^']*)'/.exec(output)?.[1]).toBe(name);
    }
  });
});

async function writeEntries(directory: string, entries: readonly OrderedEntry[]): Promise<void> {
  await mkdir(join(directory, 'entries'));
  for (const { fileName, version, sortKey } of entries) {
    let text = `title ${fileName.slice(0, -'.conf'.length)}\nlinux /vmlinuz\n`;
    if (version !== undefined) text += `version ${version}\n`;
    if (sortKey !== undefined) text += `sort-key ${sortKey}\n`;
    await writeFile(join(directory, 'entries', fileName), text);
  }
}
