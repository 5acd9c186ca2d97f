import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { reviseWords, type WordGoal } from '../../src/cmdline/revise-words.ts';
import { factsWithTexts } from '../../src/facts/facts-with-texts.ts';
import type { HostFacts } from '../../src/facts/gather.ts';
import type { LaterLine } from '../../src/generator/later-line.ts';
import { laterLines } from '../../src/generator/later-lines.ts';
import { unknownInFiles } from '../../src/generator/line-name.ts';
import { grubWords } from '../../src/grub/word/grub-words.ts';
import { planGoal } from '../../src/plan/plan-goal.ts';
import { counted } from '../oracle/missing.ts';
import { factsOf } from './facts-of.ts';

/** For each shell. */
const CASES = process.env['BOOTMEND_SLOW'] === '1' ? 600 : 25;
const DEFAULTS = '/etc/default/grub';
const VARIABLES = ['GRUB_CMDLINE_LINUX', 'GRUB_CMDLINE_LINUX_DEFAULT'];

const word = fc.constantFrom(
  'quiet',
  'nosmt',
  'a=1',
  'a=2',
  'console=tty0',
  'console=ttyS0,9600',
  'console=ttyS0',
  'x',
);
const words = fc.array(word, { maxLength: 4 }).map((list) => list.join(' '));
const variable = fc.constantFrom(...VARIABLES, 'SITE');
const value = fc.oneof(
  words.map((text) => `"${text}"`),
  words.map((text) => `'${text}'`),
  fc.tuple(words, variable).map(([text, name]) => `"$${name} ${text}"`),
  words.map((text) => `"${text}; b"`),
  words.map((text) => `"${text} # c"`),
  words.map((text) => `"\${NOWHERE:-${text}}"`),
  words.map((text) => `"$(echo ${text})"`),
);
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(variable, value).map(([name, text]) => `${name}=${text}`) },
  fc.tuple(variable, value).map(([name, text]) => `if [ -f /nowhere/at/all ]; then ${name}=${text}; fi`),
  fc.tuple(variable, value).map(([name, text]) => `[ "$SITE" = x ] && ${name}=${text} || :`),
  fc.tuple(variable, value).map(([name, text]) => `for i in 1 2; do ${name}=${text}; done`),
  fc.constantFrom(
    '# nothing',
    'export GRUB_CMDLINE_LINUX',
    'unset GRUB_CMDLINE_LINUX_DEFAULT',
    'GRUB_DISABLE_RECOVERY=true',
  ),
);
const file = fc.array(line, { maxLength: 6 }).map((lines) => `SITE=x\n${lines.join('\n')}\n`);
const goal: fc.Arbitrary<WordGoal> = fc.record({
  set: fc.uniqueArray(fc.constantFrom('quiet', 'a=1', 'z=1', 'console=ttyS0,9600'), { maxLength: 2 }),
  unset: fc.uniqueArray(fc.constantFrom('nosmt', 'x'), { maxLength: 1 }),
});

/** What a shell makes of the two variables of each file, as the line that mkconfig prints; undefined where it ends. */
function shellLines(shell: string, files: readonly string[]): readonly (string | undefined)[] {
  const place = mkdtempSync(join(tmpdir(), 'bootmend-defaults-'));
  try {
    for (const [index, text] of files.entries()) writeFileSync(join(place, String(index)), text, 'latin1');
    const script = `for i in $(seq 0 ${files.length - 1}); do
      if line=$(set -e; . "${place}/$i" >/dev/null 2>&1; printf '%s %s' "$GRUB_CMDLINE_LINUX" "$GRUB_CMDLINE_LINUX_DEFAULT"); then
        printf '+%s\\0' "$line"
      else printf -- '-\\0'; fi
    done`;
    const options = shell === 'bash' ? ['--norc', '--posix', '-c', script] : ['-c', script];
    const { stdout } = spawnSync(shell, options, {
      encoding: 'latin1',
      env: { PATH: process.env['PATH'] ?? '' },
    });
    const made = stdout.split('\0').slice(0, -1);
    return made.map((text) => (text.startsWith('+') ? text.slice(1) : undefined));
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The words of the configuration, without those of grub-mkconfig itself. */
const ownWords = ({ words: all }: LaterLine) =>
  all.filter(({ kind, from }) => kind !== 'fixed' && from.startsWith(DEFAULTS));

describe.each([
  ['dash', 'debian-12'],
  ['bash', 'arch'],
])('%s', (shell, fixture) => {
  let base: HostFacts;
  beforeAll(async () => {
    base = await factsOf(fixture, {});
  });

  test.runIf(counted(spawnSync(shell, ['-c', ':']).status === 0, shell))(
    'a goal is met in the predicted line where it is met in what the shell makes of the edited file',
    () => {
      const tally = { planned: 0, refused: 0, known: 0 };
      const cases = fc.sample(fc.tuple(file, goal), CASES).flatMap(([text, wanted]) => {
        const facts = factsWithTexts(base, new Map([[DEFAULTS, text]]));
        const perKernel = new Map(facts.kernels.map(({ release }) => [release, wanted]));
        const planned = planGoal(facts, { shared: wanted, perKernel }, 'normal', false);
        tally[planned.ok ? 'planned' : 'refused'] += 1;
        const edit = planned.ok ? planned.plan.edits.find(({ path }) => path === DEFAULTS) : undefined;
        return [
          { text, wanted, isPlanned: false },
          ...(planned.ok ? [{ text: edit?.after ?? text, wanted, isPlanned: true }] : []),
        ];
      });
      const made = shellLines(
        shell,
        cases.map(({ text }) => text),
      );
      expect(made.length).toBe(cases.length);
      for (const [index, { text, wanted, isPlanned }] of cases.entries()) {
        const line = made[index];
        const facts = factsWithTexts(base, new Map([[DEFAULTS, text]]));
        const predicted = laterLines(facts).find(({ kind }) => kind === 'normal');
        if (line === undefined || predicted === undefined) continue;
        const real = grubWords(line).words.map((one) => one.text);
        const own = ownWords(predicted);
        if (unknownInFiles(predicted).length === 0) {
          tally.known += 1;
          expect(
            own.map((one) => one.text),
            text,
          ).toEqual(real);
          const isMet =
            reviseWords(
              own.map((one) => one.text),
              wanted,
            ).length === 0;
          expect(reviseWords(real, wanted).length === 0, text).toBe(isMet);
          if (isPlanned) expect(isMet, text).toBe(true);
        } else if (isPlanned && grubWords(line).ending === 'text') {
          for (const one of wanted.set) expect(real, text).toContain(one);
        }
      }
      expect(tally.planned).toBeGreaterThan(CASES / 4);
      expect(tally.known).toBeGreaterThan(CASES / 3);
    },
  );
});
