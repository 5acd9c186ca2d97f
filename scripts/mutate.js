// node scripts/mutate.js [COUNT] [SEED] [FROM]: changes one thing at a time in src/apply, src/host and src/plan, in a copy of
// the project, and runs the fast tests that cover it: those of its room, then those of the built command and of the rooms
// that use it. Prints every change that no test noticed, and how many were. FROM goes on in the order of a seed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [count = 100, seed = 1, from = 0] = process.argv.slice(2).map(Number);
const project = join(import.meta.dirname, '..');
const LONGEST_SECONDS = '400';
const HUNG = 124;
const within = (folder, names) => names.split(' ').map((name) => join(folder, name));
const ROOMS = [
  {
    folder: 'src/apply',
    tests: within('test', 'apply fault/system-errors fault/interruption'),
    users: within(
      'test',
      'fault/crash-replay cli/rollback cli/settle-unfinished cli/state-trust cli/set-unset',
    ),
  },
  {
    folder: 'src/host',
    tests: ['test/host'],
    users: within('test', 'apply facts/mounts facts/gather facts/fixtures cli/regenerate cli/set-unset'),
  },
  {
    folder: 'src/plan',
    tests: within('test', 'plan generator'),
    users: within('test/cli', 'set-unset rollback main-job later-kernels layouts regenerate unseen-menu'),
  },
];

const INSIDE = '[^()]*(?:\\([^()]*\\)[^()]*)*';
/** Each pattern with what takes its place: another operator, the other answer, a condition or a call that goes. */
const MUTATIONS = [
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \?\? /g, ' && '],
  [/ < /g, ' <= '],
  [/ > /g, ' >= '],
  [/ \+ 1\b/g, ''],
  [/\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [new RegExp(`\\bif \\(${INSIDE}\\) `, 'g'), 'if (false) '],
  [/(?<=\(|&& |\|\| |return |= )!(?=[a-z])/g, ''],
  [/^ +(?:await )?[a-z]\w*(?:\.\w+)*\([^=]*\);$/g, ''],
  [new RegExp(`\\.(?:filter|toReversed|toSorted)\\(${INSIDE}\\)`, 'g'), ''],
  [/\bevery\(/g, 'some('],
  [/\bsome\(/g, 'every('],
];
const NO_CODE =
  /^\s*(?:\*|\/\*|\/\/|import|export type|export interface|interface|type|readonly|\|)|^\} from/;

function mutantsOf(file) {
  return readFileSync(join(copy, file), 'utf8')
    .split('\n')
    .flatMap((line, at) =>
      (NO_CODE.test(line) ? [] : MUTATIONS).flatMap(([pattern, replacement]) =>
        [...line.matchAll(pattern)].map(({ index, 0: found }) => {
          const changed = line.slice(0, index) + replacement + line.slice(index + found.length);
          return { file, at, line, changed };
        }),
      ),
    );
}

/** A linear congruential generator: the same mutants for the same seed. */
let state = seed;
function random() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

const env = { ...process.env, NO_COLOR: '1' };
const copy = mkdtempSync(join(tmpdir(), 'bootmend-mutants-'));
// timeout(1) ends what a change made endless, with everything that it started.
const run = (args) =>
  spawnSync('timeout', ['-k', '5', LONGEST_SECONDS, 'node', ...args], { cwd: copy, env, encoding: 'utf8' });
const test = (tests) =>
  run(['node_modules/vitest/vitest.mjs', 'run', '--bail', '1', '--testTimeout', '60000', ...tests]);
const verdictOf = ({ tests, users }) => {
  for (const step of [() => run(['scripts/build.js']), () => test(tests), () => test(users)]) {
    const { status, stdout, stderr } = step();
    const [, by = 'the build'] = /^ FAIL +(.*)/m.exec(stdout + stderr) ?? [];
    if (status !== 0) return `noticed by ${status === HUNG ? 'the clock' : by}`;
  }
  return 'SURVIVED';
};
let survivors = 0;
try {
  for (const name of readdirSync(project).filter((entry) => !['.git', 'node_modules'].includes(entry)))
    cpSync(join(project, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  const rooms = ROOMS.map((room) => {
    const verdict = from === 0 ? verdictOf(room) : 'SURVIVED';
    if (verdict !== 'SURVIVED') throw new Error(`${room.folder} as it is: ${verdict}`);
    const files = readdirSync(join(copy, room.folder), { recursive: true }).filter((name) =>
      name.endsWith('.ts'),
    );
    const mutants = files.map((name) => join(room.folder, name)).flatMap(mutantsOf);
    return { ...room, mutants };
  });
  for (let number = 0; number < from + count; number += 1) {
    const room = rooms[number % rooms.length];
    const { mutants } = room;
    const [{ file, at, line, changed }] = mutants.splice(Math.floor(random() * mutants.length), 1);
    if (number < from) continue;
    const text = readFileSync(join(copy, file), 'utf8');
    const mutated = text.split('\n');
    mutated[at] = changed;
    writeFileSync(join(copy, file), mutated.join('\n'));
    const verdict = verdictOf(room);
    writeFileSync(join(copy, file), text);
    if (verdict === 'SURVIVED') survivors += 1;
    console.log(`${verdict} ${file}:${at + 1}\n  - ${line.trim()}\n  + ${changed.trim()}`);
  }
  console.log(`${count - survivors} of ${count} were noticed (seed ${seed})`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
