import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A tree that tries to be read or written elsewhere. `outside` is a tree of the same form beside it. */
export interface HostileTree {
  readonly root: string;
  readonly outside: string;
  readonly tricks: readonly string[];
}

type Trick = (root: string, outside: string) => void;

const FIXTURE = new URL('../../grub-fixtures/centos-7.3', import.meta.url).pathname;
const CONFIG = 'boot/grub2/grub.cfg';
const DEFAULTS = 'etc/default/grub';
const STATE = 'var/lib/bootmend';
const SET_ID = '20200101T000000Z-00000000';

/** Puts a link where a path of the tree is. */
function linkInstead(root: string, path: string, target: string): void {
  rmSync(join(root, path), { recursive: true, force: true });
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(target, join(root, path));
}

const toOutside =
  (path: string): Trick =>
  (root, outside) =>
    linkInstead(root, path, join(outside, path));

const climbing =
  (path: string): Trick =>
  (root, outside) =>
    linkInstead(root, path, `${'../'.repeat(20)}${join(outside, path).slice(1)}`);

function plant(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const journalFor = (path: string) =>
  JSON.stringify({
    version: 1,
    setId: SET_ID,
    planId: 'x',
    files: [{ path, beforeSha256: 'a'.repeat(64), afterSha256: null }],
  });

const linked = [
  'boot',
  'boot/grub2',
  CONFIG,
  'boot/grub2/grubenv',
  'etc',
  'etc/default',
  DEFAULTS,
  'var',
  'var/lib',
  STATE,
  `${STATE}/backups`,
  `${STATE}/backups/${SET_ID}`,
  `${STATE}/lock`,
  `${STATE}/journal.json`,
  `${STATE}/journal.new`,
  `${STATE}/reserve`,
];

/** By name: what is put where. */
export const tricks: ReadonlyMap<string, Trick> = new Map<string, Trick>([
  ...linked.map((path): [string, Trick] => [`absolute link: ${path}`, toOutside(path)]),
  ...linked.map((path): [string, Trick] => [`climbing link: ${path}`, climbing(path)]),
  [
    'magic link: /proc/self/root',
    (root, outside) => linkInstead(root, CONFIG, `/proc/self/root${join(outside, CONFIG)}`),
  ],
  ['magic link: /proc/self/cwd', (root) => linkInstead(root, 'boot', '/proc/self/cwd/boot')],
  ['magic link: /proc/1/root', (root) => linkInstead(root, STATE, '/proc/1/root/tmp')],
  ['links in a circle', (root) => linkInstead(root, 'boot/grub2', '../boot/grub2')],
  ['a link to itself by another name', (root) => linkInstead(root, STATE, '../lib/bootmend')],
  [
    'a hard link to a file outside',
    (root, outside) => {
      rmSync(join(root, CONFIG));
      linkSync(join(outside, CONFIG), join(root, CONFIG));
    },
  ],
  ['a FIFO for grub.cfg', (root) => replaceBy(root, CONFIG, ['mkfifo'])],
  ['a FIFO for the lock', (root) => replaceBy(root, `${STATE}/lock`, ['mkfifo'])],
  ['a FIFO for the defaults file', (root) => replaceBy(root, DEFAULTS, ['mkfifo'])],
  ['a directory for grub.cfg', (root) => replaceBy(root, CONFIG, ['mkdir'])],
  ['a directory for the journal', (root) => replaceBy(root, `${STATE}/journal.json`, ['mkdir', '-p'])],
  ['a file for the state directory', (root) => plant(root, STATE, '')],
  ['a sparse terabyte for grub.cfg', (root) => truncateSync(join(root, CONFIG), 2 ** 40)],
  [
    'a sparse terabyte for the journal',
    (root) => {
      plant(root, `${STATE}/journal.json`, '');
      truncateSync(join(root, `${STATE}/journal.json`), 2 ** 40);
    },
  ],
  [
    'noise for grub.cfg',
    (root) => writeFileSync(join(root, CONFIG), Buffer.from([0, 255, 27, 91, 50, 74, 10])),
  ],
  [
    'a journal that climbs',
    (root, outside) =>
      plant(root, `${STATE}/journal.json`, journalFor(`/boot/${'../'.repeat(20)}${join(outside, CONFIG)}`)),
  ],
  [
    'a journal of this machine’s path',
    (root, outside) => plant(root, `${STATE}/journal.json`, journalFor(join(outside, CONFIG))),
  ],
  [
    'a journal with a forged set',
    (root, outside) => {
      plant(root, `${STATE}/journal-undo.json`, journalFor(`/${DEFAULTS}`));
      linkInstead(root, `${STATE}/backups/${SET_ID}`, join(outside, 'etc'));
    },
  ],
  ['a noisy journal', (root) => plant(root, `${STATE}/journal.json`, '\u0000')],
  [
    'a manifest that climbs',
    (root) =>
      plant(
        root,
        `${STATE}/backups/${SET_ID}/manifest.json`,
        `{"version":1,"id":"${SET_ID}","files":[{"path":"/../x"}]}`,
      ),
  ],
  [
    'names with newlines and escape sequences',
    (root) => {
      plant(root, 'boot/vmlinuz-\u001b]0;owned\u0007\n3.10', '');
      plant(root, 'etc/default/grub.d/\u001b[2J\n.cfg', 'A=b\n');
    },
  ],
  [
    'a name that is not UTF-8',
    (root) =>
      writeFileSync(Buffer.concat([Buffer.from(join(root, 'boot/vmlinuz-')), Buffer.from([255, 10])]), ''),
  ],
  ['an unreadable directory', (root) => chmodSync(join(root, 'boot/grub2'), 0)],
  [
    'a temporary name that is taken',
    (root, outside) =>
      linkInstead(root, 'boot/grub2/.bootmend-20260101T000000Z-00000000-0.old', join(outside, CONFIG)),
  ],
]);

function replaceBy(root: string, path: string, command: readonly [string, ...string[]]): void {
  rmSync(join(root, path), { recursive: true, force: true });
  mkdirSync(dirname(join(root, path)), { recursive: true });
  const [program, ...args] = command;
  execFileSync(program, [...args, join(root, path)]);
}

/** Makes a tree with these tricks and the one outside that it is after. */
export function makeHostileTree(parent: string, names: readonly string[]): HostileTree {
  const root = join(parent, 'root');
  const outside = join(parent, 'outside');
  for (const tree of [root, outside]) {
    cpSync(FIXTURE, tree, { recursive: true, verbatimSymlinks: true });
    mkdirSync(join(tree, 'var/lib'), { recursive: true });
  }
  for (const path of linked)
    if (!lstatIfThere(join(outside, path))) mkdirSync(join(outside, path), { recursive: true });
  const played: string[] = [];
  for (const name of names) {
    try {
      tricks.get(name)?.(root, outside);
      played.push(name);
    } catch {
      // One trick may have taken away what another needs.
    }
  }
  return { root, outside, tricks: played };
}

/** Everything about a tree that a write would change. */
export function stateOfTree(root: string, below = ''): string {
  const lines: string[] = [];
  for (const name of readdirSync(join(root, below)).sort()) {
    const path = join(below, name);
    const status = lstatSync(join(root, path), { bigint: true });
    lines.push(
      `${path} ${status.ino} ${status.mode} ${status.uid} ${status.size} ${status.mtimeNs} ${status.ctimeNs}`,
    );
    if (status.isDirectory()) lines.push(stateOfTree(root, path));
    else if (status.isSymbolicLink()) lines.push(readlinkSync(join(root, path)));
    else if (status.isFile() && status.size < 1 << 20) lines.push(readFileSync(join(root, path), 'latin1'));
  }
  return lines.join('\n');
}

function lstatIfThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
