import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAttribute, readAttributes, writeAttributes } from '../../src/host/file-attributes.ts';
import { hasProgram } from '../oracle/available.ts';

let folder = '';
let descriptor = 0;
const file = () => join(folder, 'file');
const other = () => join(folder, 'other');
const listing = (path: string) =>
  execFileSync('getfattr', ['--dump', '--encoding=hex', '--absolute-names', '--', path]).toString();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootmend-attributes-'));
  for (const path of [file(), other()]) writeFileSync(path, '');
  descriptor = openSync(file(), 'r+');
});
afterEach(() => {
  closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

const hasTools = hasProgram('getfattr') && hasProgram('setfattr');

describe.runIf(hasTools)('what is given comes back', () => {
  test.each([
    ['a text', '0x74657874'],
    ['no value', '0x'],
    ['every byte', `0x${Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('hex')}`],
    ['more than ext4 keeps inside of an inode', `0x${'ab'.repeat(3000)}`],
  ])('%s', async (_, value) => {
    expect(await writeAttributes(descriptor, { 'user.kept': value, 'user.x-y.z': '0x00' })).toEqual({
      ok: true,
    });
    expect(await readAttributes(descriptor)).toEqual({
      ok: true,
      attributes: { 'user.kept': value, 'user.x-y.z': '0x00' },
    });
    expect(await writeAttributes(descriptor, {})).toEqual({ ok: true });
    expect(await readAttributes(descriptor)).toEqual({ ok: true, attributes: {} });
  });
});

describe.runIf(hasTools)('a value that is none reaches no program', () => {
  const forged = (path: string): readonly Readonly<Record<string, string>>[] => [
    { 'user.a': `0x61\n# file: ${path}\nuser.forged=0x78` },
    { [`user.a=0x61\n# file: ${path}\nuser.forged`]: '0x78' },
    { 'user.a': '"text"' },
    { 'user.a': '0x6' },
    { 'user.a': '0sYQ==' },
    { '--restore=/etc/passwd': '0x61' },
    { 'user.': '0x61' },
    { 'other.a': '0x61' },
  ];
  test.each(forged('/dev/null').map((_, index) => index))('of form %i', async (index) => {
    const attributes = forged(other())[index] ?? {};
    expect(await writeAttributes(descriptor, attributes)).toMatchObject({ ok: false });
    expect([listing(file()), listing(other())]).toEqual(['', '']);
  });
});

test('the largest value that Linux takes is one', () => {
  expect(isAttribute('user.a', `0x${'00'.repeat(65536)}`)).toBe(true);
  expect(isAttribute('user.a', `0x${'00'.repeat(65537)}`)).toBe(false);
});

test.runIf(hasTools)('a file with a name that cannot be given is told, so that nothing is lost', async () => {
  execFileSync('setfattr', ['--name', 'user.line\nbreak', '--value', 'x', file()]);
  expect(await readAttributes(descriptor)).toMatchObject({ ok: false });
});
