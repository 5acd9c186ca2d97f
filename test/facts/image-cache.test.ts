import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { namedFile } from '../../src/facts/image-file.ts';
import { readImage } from '../../src/facts/read-image.ts';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/root-host.ts';
import { buildElf, defaultSetup } from '../kernel/image/build-kernel.ts';

let base = '';
let image = '';
let host: Host;
const savedCacheHome = process.env['XDG_CACHE_HOME'];

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'bootmend-cache-'));
  mkdirSync(join(base, 'root'));
  image = join(base, 'vmlinuz');
  writeFileSync(image, buildElf().bytes);
  process.env['XDG_CACHE_HOME'] = join(base, 'cache');
  host = await openHost(join(base, 'root'));
});
afterEach(() => {
  if (savedCacheHome === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = savedCacheHome;
  rmSync(base, { recursive: true, force: true });
});

const folder = () => join(base, 'cache/bootmend');
const read = async (words: readonly string[] = []) => readImage(host, namedFile(image), words);
const keptFile = () => join(folder(), readdirSync(folder())[0] ?? '');

test('an unchanged image is answered from the first reading, without its bytes', async () => {
  const first = await read();
  expect(first.isCached).toBe(false);
  const second = await readImage(
    host,
    { ...namedFile(image), read: () => Promise.reject(new Error('read again')) },
    ['cgroup.memory=nokmem'],
  );
  expect(second.isCached).toBe(true);
  expect(second.outcome).toEqual(first.outcome);
});

test('an image that is no kernel is not kept', async () => {
  writeFileSync(image, 'no kernel');
  expect((await read()).outcome).toMatchObject({ ok: false, reason: 'no-kernel-image' });
  expect(() => readdirSync(folder())).toThrow('ENOENT');
});

describe('a reading is not used', () => {
  const other = buildElf({ setup: defaultSetup.filter(({ name }) => name !== 'cgroup.memory=') }).bytes;
  test.each([
    { rule: 'other bytes of the same size', change: () => writeFileSync(image, other) },
    { rule: 'another time', change: () => utimesSync(image, 1, 1) },
    {
      rule: 'another file in its place, with the same time',
      change: () => {
        utimesSync(image, 1, 1);
        rmSync(image);
        writeFileSync(`${image}-other`, '');
        writeFileSync(image, buildElf().bytes);
        utimesSync(image, 1, 1);
      },
    },
    { rule: 'a longer file', change: () => writeFileSync(image, Buffer.concat([buildElf().bytes, other])) },
    {
      rule: 'a reading cut short',
      change: () => writeFileSync(keptFile(), readFileSync(keptFile()).subarray(0, -9)),
    },
    {
      rule: 'a reading with one byte changed',
      change: () => {
        const bytes = readFileSync(keptFile());
        bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
        writeFileSync(keptFile(), bytes);
      },
    },
    {
      rule: 'a reading of another version of the tool',
      change: () => {
        const text = readFileSync(keptFile(), 'utf8');
        writeFileSync(keptFile(), text.replace(/"bootmend":"[^"]*"/, '"bootmend":"0.0.0"'));
      },
    },
    { rule: 'a folder that others may write to', change: () => chmodSync(folder(), 0o777) },
  ])('$rule', async ({ change }) => {
    await read();
    expect((await read()).isCached).toBe(true);
    change();
    expect((await read()).isCached).toBe(false);
  });

  test('an image overwritten in place behind its first bytes, with its old size and time', async () => {
    const bytes = Buffer.concat([buildElf().bytes, Buffer.alloc(1 << 17)]);
    const write = (last: number) => {
      bytes[bytes.length - 1] = last;
      writeFileSync(image, bytes);
      utimesSync(image, 1, 1);
    };
    write(0);
    await read();
    expect((await read()).isCached).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    write(1);
    expect((await read()).isCached).toBe(false);
  });

  test('a token that was not asked: the image is read again, and all answers are kept', async () => {
    await read(['cgroup.memory=first']);
    expect((await read(['cgroup.memory=second'])).isCached).toBe(false);
    expect((await read(['cgroup.memory=first', 'cgroup.memory=second'])).isCached).toBe(true);
  });
});

describe('the folder', () => {
  test('is made for this user alone', async () => {
    await read();
    expect(readdirSync(join(base, 'cache'))).toEqual(['bootmend']);
    expect(readdirSync(folder())).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.reading$/)]);
  });

  test('is never inside another root', async () => {
    process.env['XDG_CACHE_HOME'] = join(base, 'root/cache');
    await read();
    expect(readdirSync(join(base, 'root'))).toEqual([]);
    mkdirSync(join(base, 'root/real'));
    symlinkSync(join(base, 'root/real'), join(base, 'link'));
    process.env['XDG_CACHE_HOME'] = join(base, 'link');
    await read();
    expect(readdirSync(join(base, 'root/real'))).toEqual([]);
  });

  test('that can not be made is gone without, in silence', async () => {
    writeFileSync(join(base, 'cache'), 'a file in the way');
    expect((await read()).outcome.ok).toBe(true);
    expect((await read()).isCached).toBe(false);
  });

  test('a link in the place of a reading is not written through', async () => {
    await read();
    const kept = keptFile();
    rmSync(kept);
    writeFileSync(join(base, 'victim'), 'untouched');
    symlinkSync(join(base, 'victim'), kept);
    await read();
    expect(readFileSync(join(base, 'victim'), 'utf8')).toBe('untouched');
  });

  test('keeps the newest 64 readings', async () => {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    for (let index = 0; index < 70; index += 1) {
      const path = join(folder(), `${index}.reading`);
      writeFileSync(path, '');
      utimesSync(path, 1000 + index, 1000 + index);
    }
    await read();
    const names = readdirSync(folder());
    expect(names).toHaveLength(64);
    expect(names).not.toContain('6.reading');
    expect(names).toContain('7.reading');
    expect((await read()).isCached).toBe(true);
  });
});
