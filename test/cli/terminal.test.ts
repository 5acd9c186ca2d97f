import { expect, test } from 'vitest';
import { isColorWanted } from '../../src/cli/terminal.ts';

interface Case {
  readonly rule: string;
  readonly color?: string;
  readonly isRefused?: boolean;
  readonly environment?: NodeJS.ProcessEnv;
  readonly isTerminal?: boolean;
  readonly wanted: boolean;
}

test.each<Case>([
  { rule: 'a terminal has colour', isTerminal: true, wanted: true },
  { rule: 'a pipe has none', wanted: false },
  {
    rule: 'a terminal without colours has none',
    isTerminal: true,
    environment: { TERM: 'dumb' },
    wanted: false,
  },
  { rule: '--no-color', isTerminal: true, isRefused: true, wanted: false },
  {
    rule: '--color=never over what the environment forces',
    color: 'never',
    environment: { FORCE_COLOR: '1' },
    wanted: false,
  },
  {
    rule: '--color=always in a pipe, over NO_COLOR',
    color: 'always',
    environment: { NO_COLOR: '1' },
    wanted: true,
  },
  { rule: '--color=auto in a pipe', color: 'auto', wanted: false },
  { rule: 'NO_COLOR over FORCE_COLOR', environment: { NO_COLOR: '1', FORCE_COLOR: '1' }, wanted: false },
  { rule: 'an empty NO_COLOR says nothing', isTerminal: true, environment: { NO_COLOR: '' }, wanted: true },
  { rule: 'FORCE_COLOR in a pipe', environment: { FORCE_COLOR: '1' }, wanted: true },
  { rule: 'FORCE_COLOR=0 on a terminal', isTerminal: true, environment: { FORCE_COLOR: '0' }, wanted: false },
  { rule: 'CLICOLOR_FORCE in a pipe', environment: { CLICOLOR_FORCE: '1' }, wanted: true },
  { rule: 'CLICOLOR=0 on a terminal', isTerminal: true, environment: { CLICOLOR: '0' }, wanted: false },
  { rule: 'CLICOLOR=1 in a pipe', environment: { CLICOLOR: '1' }, wanted: false },
])('$rule: $wanted', ({ color, isRefused = false, environment = {}, isTerminal = false, wanted }) => {
  expect(isColorWanted({ color, 'no-color': isRefused }, environment, isTerminal)).toBe(wanted);
});
