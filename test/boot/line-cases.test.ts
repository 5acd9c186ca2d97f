import { expect, test } from 'vitest';
import { argumentsOf, bootLinesOf, menuOf } from '../grub/script/evaluated-text.ts';
import { hasProgram } from '../oracle/available.ts';
import { type CallCase, differingCalls } from '../oracle/grub-emu.ts';
import { LINE_CASE_FUNCTIONS, LINE_CASES, lineGroups } from './line-cases.ts';

/** What only an entry has: its own title among the parameters, and files of a machine. */
const needsEntry = /\$[#@*1]|chosen|setparams|-[fdes] \/|\$"/;
const comparable = LINE_CASES.filter(({ before, words }) => !needsEntry.test(before + words));

test('most of the table can be compared without a machine', () => {
  expect(LINE_CASES.length).toBeGreaterThan(240);
  expect(comparable.length).toBeGreaterThan(225);
});

test('the groups have every case once', () => {
  const names = lineGroups().flatMap((group) => group.names);
  expect(names.toSorted()).toEqual(LINE_CASES.map(({ name }) => name).toSorted());
});

test.runIf(hasProgram('grub-emu'))('GRUB hands on the words that are predicted', async () => {
  const calls = comparable.map(({ before, words }): CallCase => {
    const script = `${LINE_CASE_FUNCTIONS}set v=\nset w=\n${before}linux /vmlinuz ${words}\n`;
    return { script, calls: bootLinesOf(menuOf(script)).map(argumentsOf) };
  });
  const differing = await differingCalls(calls);
  expect(differing.map((index) => comparable[index]?.name)).toEqual([]);
});
