import { expect, test } from 'vitest';
import { applyTextEdits, type TextEdit } from '../../src/grub/text-edit.ts';

const insert = (offset: number, replacement: string): TextEdit => ({ offset, length: 0, replacement });
const replace = (offset: number, length: number, replacement: string): TextEdit => ({
  offset,
  length,
  replacement,
});

test.each([
  { rule: 'in any order', edits: [replace(4, 1, 'X'), replace(0, 1, 'Y')], text: 'Ybcd X'.replace(' ', '') },
  {
    rule: 'an insert given behind a replacement at its place',
    edits: [replace(1, 2, 'X'), insert(1, 'Y')],
    text: 'aYXde',
  },
  { rule: 'an insert given in front of it', edits: [insert(1, 'Y'), replace(1, 2, 'X')], text: 'aYXde' },
  { rule: 'inserts at one place, as given', edits: [insert(1, 'X'), insert(1, 'Y')], text: 'aXYbcde' },
  {
    rule: 'an insert right behind a replacement',
    edits: [insert(3, 'Y'), replace(1, 2, 'X')],
    text: 'aXYde',
  },
])('$rule', ({ edits, text }) => {
  expect(applyTextEdits('abcde', edits)).toBe(text);
});

test.each([
  { rule: 'two replacements of one place', edits: [replace(1, 1, 'X'), replace(1, 1, 'Y')] },
  { rule: 'one that begins in another', edits: [replace(2, 2, 'X'), replace(1, 2, 'Y')] },
  { rule: 'an insert in a replaced stretch', edits: [insert(2, 'X'), replace(1, 2, 'Y')] },
])('overlap: $rule', ({ edits }) => {
  expect(() => applyTextEdits('abcde', edits)).toThrow(RangeError);
});
