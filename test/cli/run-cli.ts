import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line as words for a process; BOOTMEND_COMMAND names another form of it, as an installed one. */
export function commandLine(words: readonly string[]): readonly [program: string, ...words: string[]] {
  const installed = process.env['BOOTMEND_COMMAND'];
  if (installed !== undefined) return [installed, ...words];
  return [process.execPath, join(project, 'bin/bootmend.js'), ...words];
}

/** Reading a list of certificates takes Node three times as long as it takes to start. */
function withoutCertificates(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...others } = process.env;
  return others;
}

/** Run the built command line as a user would, without a terminal. */
export function runCli(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): CliResult {
  const [program, ...rest] = commandLine(words);
  const { status, stdout, stderr } = spawnSync(program, rest, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutCertificates(), LC_ALL: 'C', ...environment },
  });
  return { exitCode: status, stdout, stderr };
}

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A copy of a fixture's tree that a test may change; removed after it. */
export function copyFixture(name: string): string {
  const root = mkdtempSync(join(tmpdir(), 'bootmend-test-'));
  made.push(root);
  cpSync(join(project, 'grub-fixtures', name), root, { recursive: true, verbatimSymlinks: true });
  return root;
}

const NOBODY = 65534;

/** A tree handed to an ordinary user, and our command line run as that user; as ourselves where we are not root. */
export function ownedByNobody(root: string) {
  const isRoot = process.getuid?.() === 0;
  const program = mkdtempSync(join(tmpdir(), 'bootmend-program-'));
  made.push(program);
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(project, part), join(program, part), { recursive: true });
  chmodSync(program, 0o755);
  if (isRoot) spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, root]);
  const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  return {
    run: (words: readonly string[], prepare: () => void = () => undefined): CliResult => {
      prepare();
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(program, 'bin/bootmend.js'), ...words],
        {
          ...identity,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'pipe'],
          cwd: '/',
          env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', HOME: '/nonexistent' },
        },
      );
      return { exitCode: status, stdout, stderr };
    },
  };
}

/** Every file of a tree but our own state, as path to bytes (latin1) or link target: two equal trees are equal. */
export function treeOf(root: string, below = ''): Readonly<Record<string, string>> {
  const tree: Record<string, string> = {};
  for (const name of readdirSync(join(root, below))) {
    const path = `${below}/${name}`;
    if (path === '/var/lib/bootmend' || path === '/var') continue;
    const status = lstatSync(join(root, path));
    if (status.isDirectory()) Object.assign(tree, treeOf(root, path));
    else if (status.isSymbolicLink()) tree[path] = `-> ${readlinkSync(join(root, path))}`;
    else if (status.isFile()) tree[path] = readFileSync(join(root, path), 'latin1');
  }
  return tree;
}

/** The lines of a file that differ between two trees, as `-old` and `+new`. */
export function changedLines(before: string | undefined, after: string | undefined): readonly string[] {
  const old = (before ?? '').split('\n');
  const now = (after ?? '').split('\n');
  return now.flatMap((line, index) => (line === old[index] ? [] : [`-${old[index]}`, `+${line}`]));
}
