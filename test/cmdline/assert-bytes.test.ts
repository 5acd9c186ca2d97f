import { describe, expect, test } from 'vitest';
import { parseCmdline } from '../../src/cmdline/index.ts';
import {
  parseDefaults,
  parseEnvironmentBlock,
  parseGrubScript,
  parseKernelCmdlineFile,
  parseLoaderEntry,
} from '../../src/grub/index.ts';

const parsers = {
  parseCmdline,
  parseDefaults,
  parseEnvironmentBlock,
  parseGrubScript,
  parseKernelCmdlineFile,
  parseLoaderEntry,
};

describe.each(Object.entries(parsers))('%s', (_name, parse) => {
  test.each([
    { text: 'ā', says: '1:1: ā (U+0101) is not a byte' },
    { text: 'a\nquiet 内核\n', says: '2:7: 内 (U+5185) is not a byte' },
    { text: 'a 😀', says: '1:3: 😀 (U+1F600) is not a byte' },
  ])('refuses $text by name', ({ text, says }) => {
    expect(() => parse(text)).toThrow(RangeError);
    expect(() => parse(text)).toThrow(says);
  });

  test('takes every byte', () => {
    const bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));
    expect(() => parse(bytes)).not.toThrow();
  });
});
