import { mkdirSync, mkdtempSync, openSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isStillThere } from '../../src/host/same-place.ts';

let base = '';
let root = -1;
let place = -1;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'bootmend-place-'));
  mkdirSync(join(base, 'root/boot/grub2'), { recursive: true });
  mkdirSync(join(base, 'outside'));
  root = openSync(join(base, 'root'), 'r');
  place = openSync(join(base, 'root/boot/grub2'), 'r');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const here = (realPath = '/boot/grub2') => isStillThere(root, { descriptor: place, realPath });

test('a directory is where it is, whatever text stands for it', () => {
  expect(here()).toBe(true);
  // As many names, other text.
  expect(here('/boot//grub2')).toBe(true);
});

test.each([
  ['out of the root', () => renameSync(join(base, 'root/boot/grub2'), join(base, 'outside/grub2'))],
  ['with the one above it', () => renameSync(join(base, 'root/boot'), join(base, 'outside/boot'))],
  ['inside the root', () => renameSync(join(base, 'root/boot'), join(base, 'root/other'))],
  [
    'and a link to it put in its place',
    () => {
      renameSync(join(base, 'root/boot'), join(base, 'root/other'));
      symlinkSync('other', join(base, 'root/boot'));
    },
  ],
  [
    'and another put in its place',
    () => {
      renameSync(join(base, 'root/boot'), join(base, 'root/other'));
      mkdirSync(join(base, 'root/boot/grub2'), { recursive: true });
    },
  ],
])('a directory that was moved %s is not there any more', (_, move) => {
  move();
  expect(here()).toBe(false);
});
