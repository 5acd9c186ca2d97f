// node scripts/mutate.js [COUNT] [SEED]: changes one thing at a time in src/apply, src/host and src/plan, in a copy of the
// project, and runs the fast tests that cover it. Prints every change that no test noticed, and how many were.
// MUTATE_SOURCE_ONLY=1 leaves out the tests of the built command.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [count, seed] = [Number(process.argv[2] ?? 100), Number(process.argv[3] ?? 1)];
const project = join(import.meta.dirname, '..');
const LONGEST_MS = 240_000;
const within = (folder, names) => names.split(' ').map((name) => join(folder, name));
const ROOMS = [
  { room: 'src/apply', tests: within('test', 'apply fault/system-errors fault/interruption') },
  {
    room: 'src/host',
    tests: within('test/host', 'root-host file-attributes mountinfo same-place flush run-in-root'),
  },
  { room: 'src/plan', tests: within('test', 'plan generator') },
];
const BUILT = process.env.MUTATE_SOURCE_ONLY ? [] : within('test/cli', 'set-unset rollback main-job');

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

function mutantsOf(file, text) {
  return text.split('\n').flatMap((line, at) =>
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

const copy = mkdtempSync(join(tmpdir(), 'bootmend-mutants-'));
const run = (command, args) => spawnSync(command, args, { cwd: copy, timeout: LONGEST_MS, stdio: 'ignore' });
const notice = (tests) => run('npx', ['vitest', 'run', '--bail', '1', ...tests]).status !== 0;
const noticeBuilt = () => run('node', ['scripts/build.js']).status !== 0 || notice(BUILT);
let survivors = 0;
try {
  for (const name of readdirSync(project).filter((entry) => !['.git', 'node_modules'].includes(entry)))
    cpSync(join(project, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  const rooms = ROOMS.map(({ room, tests }) => {
    if (notice(tests)) throw new Error(`these tests fail as they are: ${tests.join(' ')}`);
    const names = readdirSync(join(copy, room)).filter((name) => name.endsWith('.ts'));
    return {
      tests,
      mutants: names.flatMap((name) =>
        mutantsOf(join(room, name), readFileSync(join(copy, room, name), 'utf8')),
      ),
    };
  });
  for (let number = 0; number < count; number += 1) {
    const { tests, mutants } = rooms[number % rooms.length];
    const [{ file, at, line, changed }] = mutants.splice(Math.floor(random() * mutants.length), 1);
    const text = readFileSync(join(copy, file), 'utf8');
    const mutated = text.split('\n');
    mutated[at] = changed;
    writeFileSync(join(copy, file), mutated.join('\n'));
    const isNoticed = notice(tests) || (BUILT.length > 0 && noticeBuilt());
    writeFileSync(join(copy, file), text);
    if (!isNoticed) survivors += 1;
    console.log(
      `${isNoticed ? 'noticed' : 'SURVIVED'} ${file}:${at + 1}\n  - ${line.trim()}\n  + ${changed.trim()}`,
    );
  }
  console.log(`${count - survivors} of ${count} were noticed (seed ${seed})`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
