import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { imageEvidence } from '../../../src/kernel/image/image-evidence.ts';
import { readKernelImage } from '../../../src/kernel/image/image-reading.ts';
import { unpackKernel } from '../../../src/kernel/image/unpack.ts';
import { type PackagedKernel, packagedKernels } from './packaged-kernels.ts';
import { decompress } from './run-program.ts';

/**
 * Every name of the documentation of a kernel's own version, judged by its image: documented by fetch-parameter-names.sh.
 * A name is called absent only where a plain search of the unpacked kernel and of its file finds it nowhere.
 */
const kernels = process.env['BOOTMEND_SLOW']
  ? packagedKernels().filter((kernel) => documentationOf(kernel))
  : [];

function documentationOf({ path, release }: PackagedKernel): string | undefined {
  const version = /^\d+\.\d+/.exec(release)?.[0] ?? '';
  const place = join(dirname(path), '..', '.parameters', version, 'kernel-parameters.txt');
  return existsSync(place) ? readFileSync(place, 'latin1') : undefined;
}

/** The headings: one tab, the name as it is written on the command line, and what follows `=`. */
function documentedNames(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, name] of text.matchAll(/^\t([A-Za-z0-9][A-Za-z0-9_.-]*)(?:=|,| *\t|\[|$)/gm)) {
    if (name !== undefined && !name.endsWith('.')) names.add(name);
  }
  return [...names];
}

interface Count {
  readonly kernel: PackagedKernel;
  readonly names: number;
  readonly present: number;
  readonly unknown: number;
  readonly absent: number;
}
const counts: Count[] = [];

describe.each(kernels)('$name', (kernel) => {
  test('no documented name that stands in it is called absent', { timeout: 120_000 }, async () => {
    const file = kernel.file();
    const names = documentedNames(documentationOf(kernel) ?? '');
    const words = names.map((name) => `${name}=1`);
    const result = await readKernelImage(file, decompress, [], words);
    if (!result.ok) throw new Error(result.reason);
    const says = words.map((word) => imageEvidence(result, word, kernel.path).says);
    const absent = names.filter((_, index) => says[index] === 'absent');
    const unpacked = await unpackKernel(file, decompress);
    if (!unpacked.ok) throw new Error(unpacked.reason);
    const strings = stringsOf(withoutTypeInformation(unpacked.image));
    // What is packed with LZ4 stands in the file as it is, tables and all; what is not packed was searched.
    const isHidden = unpacked.compression !== 'lz4' && unpacked.compression !== 'none';
    for (const text of isHidden ? stringsOf(file) : []) strings.add(text);
    const inCode = absent.filter((name) => strings.has(name));
    expect(inCode).toEqual([]);
    const count = (wanted: string) => says.filter((one) => one === wanted).length;
    counts.push({
      kernel,
      names: names.length,
      present: count('present'),
      unknown: count('inconclusive'),
      absent: absent.length,
    });
    expect(count('present')).toBeGreaterThan(100);
    expect(absent.length).toBeGreaterThan(100);
  });
});

/** Everything between two NULs that is short enough to be a name. */
function stringsOf(bytes: Buffer): Set<string> {
  const strings = new Set<string>();
  let start = 0;
  for (let end = bytes.indexOf(0); end !== -1; end = bytes.indexOf(0, start)) {
    if (end - start > 3 && end - start < 64) strings.add(bytes.toString('latin1', start, end));
    start = end + 1;
  }
  return strings;
}

/** Members and functions of a name in the type information are no text of the code's. */
function withoutTypeInformation(image: Buffer): Buffer {
  const little = image.indexOf(Buffer.from([0x9f, 0xeb, 1, 0, 24, 0, 0, 0]));
  const start = little === -1 ? image.indexOf(Buffer.from([0xeb, 0x9f, 1, 0, 0, 0, 0, 24])) : little;
  if (start === -1) return image;
  const u32 = (at: number) =>
    little === -1 ? image.readUInt32BE(start + at) : image.readUInt32LE(start + at);
  return Buffer.concat([image.subarray(0, start), image.subarray(start + 24 + u32(16) + u32(20))]);
}

afterAll(() => {
  const path = process.env['BOOTMEND_WRITE_TABLE'];
  if (path === undefined || counts.length === 0) return;
  const rows = counts.map(
    ({ kernel, names, present, unknown, absent }) =>
      `| ${kernel.release} | ${kernel.debianArchitecture} | ${names} | ${present} | ${unknown} | ${absent} |`,
  );
  const lines = [
    '',
    '## The documented names',
    '',
    'Every name of `Documentation/admin-guide/kernel-parameters.txt` of the same version (out of Debian’s linux-source, which has all',
    'architectures’ names), judged by the image alone: **taken** is a record of its tables or early code with the name’s text; **unknown**',
    'has its text in the image, where code may compare with it; **absent** has no record, and its text is nowhere in the image or in what unpacks it.',
    '',
    '| release | architecture | documented | taken | unknown | absent |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ];
  appendFileSync(path, lines.join('\n'));
});

test.skipIf(kernels.length > 0)('documentation of packaged kernels is not here', () => {
  console.warn('SKIPPED: run test/kernel/image/fetch-parameter-names.sh for the documented names');
});
