import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRoot } from '../host/mounted.ts';
import { describeTree, hostileState, PLAIN, plantState, type Texts, violations } from './hostile-state.ts';
import { canTrace, traced, writesOutside } from './strace.ts';

const STATES = 60;
const FIXTURE = new URL('../../grub-fixtures/centos-7.3', import.meta.url).pathname;
const inFixture = (path: string) => readFileSync(`${FIXTURE}/${path}`, 'latin1');

/** Of a real tree, so that what is forged boots. */
const MENU = inFixture('boot/grub2/grub.cfg');
const TEXTS: Texts = [MENU, inFixture('etc/default/grub'), MENU.replaceAll(' rhgb', ''), '#!/bin/sh\n'];

const COMMANDS = [
  ['rollback', 'first', '--yes', '--force'],
  ['set', 'quiet', 'nosmt', '--yes'],
];

if (!canTrace()) console.warn('skipped here: forged state under strace');

describe.runIf(canTrace() && isRoot)('the command on forged state, under strace as root', () => {
  let base = '';
  beforeAll(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'bootmend-hostile-state-')));
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  const trace = (root: string, command: readonly string[]) => traced(join(base, 'trace'), root, command);

  test(`${STATES} states: no write outside the root, and none but to boot configuration`, {
    timeout: 1_800_000,
  }, () => {
    const endings = new Map<number | null, number>();
    const states = fc.sample(hostileState(TEXTS), STATES);
    for (const [number, state] of states.entries()) {
      const parent = join(base, `case-${number}`);
      const [root, outside] = [join(parent, 'root'), join(parent, 'outside')];
      mkdirSync(root, { recursive: true });
      mkdirSync(outside);
      plantState(outside, PLAIN, { owner: 0, files: {}, links: {} }, true);
      cpSync(FIXTURE, root, { recursive: true, verbatimSymlinks: true });
      plantState(root, TEXTS, state, true);
      const beside = describeTree(outside);
      for (const command of COMMANDS) {
        const before = describeTree(root);
        const run = trace(root, command);
        endings.set(run.status, (endings.get(run.status) ?? 0) + 1);
        const found = {
          outside: writesOutside(run.trace, root),
          violations: violations(before, describeTree(root), state),
          isKnownEnding: [0, 1, 3].includes(run.status ?? -1),
          unexpected: /This should not happen.*|^\s+at .*/m.exec(run.stderr)?.[0] ?? '',
        };
        expect({ state, command, ...found }).toEqual({
          state,
          command,
          outside: [],
          violations: [],
          isKnownEnding: true,
          unexpected: '',
        });
      }
      expect(describeTree(outside)).toEqual(beside);
      rmSync(parent, { recursive: true, force: true });
    }
    console.log(`hostile states under strace: ${STATES}, endings: ${JSON.stringify([...endings])}`);
  });
});
