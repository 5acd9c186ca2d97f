import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SshHosts } from '../fleet/ssh-hosts.ts';
import { hasProgram } from '../oracle/available.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** The collection as it lies in the repository. */
export const collection = join(project, 'ansible/bootmend.bootmend');

export const hasAnsible = hasProgram('ansible-playbook');

/** What one task came to on one host. */
export interface TaskResult {
  readonly host: string;
  readonly task: string;
  readonly status: 'ok' | 'changed' | 'failed' | 'unreachable' | 'skipped';
  // biome-ignore lint/suspicious/noExplicitAny: what modules return has no type.
  readonly result: Readonly<Record<string, any>>;
}

export interface PlaybookRun {
  readonly exitCode: number | null;
  readonly output: string;
  readonly results: readonly TaskResult[];
}

/** A machine that runs ansible-playbook, with the collection built and installed as a stranger would, and nothing else. */
export interface Controller {
  readonly place: string;
  /** @param playbook a name of the collection's, or the text of one */
  readonly play: (
    playbook: string,
    words?: readonly string[],
    environment?: NodeJS.ProcessEnv,
  ) => Promise<PlaybookRun>;
  readonly remove: () => void;
}

/** @param variables of single hosts, `name=value`, by the host's name */
export function makeController(
  hosts: SshHosts,
  variables: Readonly<Record<string, string>> = {},
): Controller {
  const place = mkdtempSync(join(tmpdir(), 'bootmend-controller-'));
  const portable = join(place, 'portable');
  const build = [join(project, 'scripts/portable/portable.js'), '--gzip', '--directory', portable];
  execFileSync(process.execPath, build);
  installCollection(place);
  writeFileSync(
    join(place, 'inventory'),
    [
      ...hosts.hosts.map(({ name }) => `${name} ${variables[name] ?? ''}`),
      '[all:vars]',
      `ansible_ssh_common_args=-F ${hosts.configuration}`,
      'ansible_user=root',
      'ansible_remote_tmp=/tmp/.ansible',
      `bootmend_portable_file=${portable}`,
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(place, 'ansible.cfg'),
    `[defaults]
collections_path=${join(place, 'collections')}
callback_plugins=${join(import.meta.dirname, 'callback')}
callbacks_enabled=results
forks=10
nocolor=1
retry_files_enabled=False
localhost_warning=False
`,
  );
  return {
    place,
    play: (playbook, words = [], environment = {}) => play(place, playbook, words, environment),
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}

function installCollection(place: string): void {
  const options = { stdio: 'pipe', env: withHome(place) } as const;
  mkdirSync(join(place, 'built'));
  execFileSync(
    'ansible-galaxy',
    ['collection', 'build', collection, '--output-path', join(place, 'built')],
    options,
  );
  const built = join(place, 'built', `bootmend-bootmend-${versionOf(join(collection, 'galaxy.yml'))}.tar.gz`);
  const install = [
    'collection',
    'install',
    '--offline',
    '--collections-path',
    join(place, 'collections'),
    built,
  ];
  execFileSync('ansible-galaxy', install, options);
}

/** The version that a galaxy.yml names. */
export function versionOf(galaxy: string): string {
  return /^version: (\S+)$/m.exec(readFileSync(galaxy, 'utf8'))?.[1] ?? '';
}

/** An environment with nothing of the user's: no ~/.ansible, no ~/.ssh. */
export function withHome(place: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '', HOME: place, LC_ALL: 'C.UTF-8' };
}

let runs = 0;

/** Not synchronous: while it runs, machines may have to start anew. */
async function play(
  place: string,
  playbook: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<PlaybookRun> {
  runs += 1;
  const results = join(place, `results-${runs}`);
  const isNamed = /^[\w.]+$/.test(playbook);
  const path = isNamed ? playbook : join(place, `play-${runs}.yml`);
  if (!isNamed) writeFileSync(path, playbook);
  const child = spawn('ansible-playbook', ['--inventory', 'inventory', path, ...words], {
    cwd: place,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withHome(place), BOOTMEND_RESULTS: results, ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const lines = existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n') : [];
  return { exitCode, output, results: lines.map((line) => JSON.parse(line)) };
}
