import { expect, test } from 'vitest';
import { expandOptions } from '../../../src/grub/loader-entry/expand-options.ts';

const variables = new Map([
  ['kernelopts', 'root=/dev/sda1 ro'],
  ['tuned_params', 'skew_tick=1'],
  ['empty', ''],
  ['x', 'one'],
]);

test.each([
  { name: 'text without variables', options: 'root=x ro', result: 'root=x ro' },
  { name: 'a variable and a blank', options: '$kernelopts', result: 'root=/dev/sda1 ro ' },
  {
    name: 'the blank behind it is swallowed',
    options: '$kernelopts quiet',
    result: 'root=/dev/sda1 ro quiet',
  },
  {
    name: 'only one of the blanks behind it',
    options: '$kernelopts  quiet',
    result: 'root=/dev/sda1 ro  quiet',
  },
  { name: 'two variables', options: '$kernelopts $tuned_params', result: 'root=/dev/sda1 ro skew_tick=1 ' },
  { name: 'a variable that is not set vanishes', options: 'root=x $other quiet', result: 'root=x quiet' },
  { name: 'an empty variable leaves its blank', options: 'ro $empty', result: 'ro  ' },
  {
    name: 'anything but a letter, digit or underscore ends a name',
    options: 'ro $kernelopts,b',
    result: 'ro root=/dev/sda1 ro ,b',
  },
  { name: 'braces are no part of a name', options: `ro \${kernelopts} x`, result: 'ro {kernelopts} x' },
  { name: 'quotes keep nothing', options: "ro '$tuned_params'", result: "ro 'skew_tick=1 " },
  { name: 'a dollar in a word', options: 'memmap=64M$0x1000', result: 'memmap=64M' },
  { name: 'one character counts as none', options: 'q', result: undefined },
  { name: 'nothing', options: '', result: undefined },
  {
    name: 'a last piece of one character behind a variable is lost',
    options: '$kernelopts q',
    result: 'root=/dev/sda1 ro ',
  },
  {
    name: 'a first piece of one character in front of a variable is lost',
    options: 'q$tuned_params',
    result: 'skew_tick=1 ',
  },
  { name: 'a last name of one character is lost', options: 'ro $x', result: 'ro ' },
  { name: 'the first of two joined variables not set', options: '$other$kernelopts ro', result: undefined },
  {
    name: 'the first of two separate variables not set',
    options: '$other $kernelopts',
    result: 'root=/dev/sda1 ro ',
  },
])('$name', ({ options, result }) => {
  expect(expandOptions(options, variables)).toBe(result);
});
