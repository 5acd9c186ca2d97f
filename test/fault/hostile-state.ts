import {
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { sha256 } from '../../src/plan/sha256.ts';

/** State that was forged, as what is written where. Paths below the root; `owner` is whose our directory is. */
export interface HostileState {
  readonly owner: number;
  readonly files: Readonly<Record<string, string>>;
  /** By path, to a path below the root or outside of it. */
  readonly links: Readonly<Record<string, string>>;
}

const STATE = '/var/lib/bootmend';
const SET_IDS = ['20250101T000000Z-0a1b2c3d', '20250102T000000Z-0a1b2c3d', '20250103T000000Z-0a1b2c3d'];
const CONFIGURATION = ['/boot/grub2/grub.cfg', '/etc/default/grub', '/etc/kernel/cmdline'] as const;

/** What the files of a tree hold, in any combination: three texts of its own and one of the forger's. */
export type Texts = readonly [string, string, string, string];

export const PLAIN: Texts = ['text 0\n', 'text 1\n', 'text 2\n', '#!/bin/sh\n'];

/** The tree that the state is forged for; the second one beside it must stay as it is. */
export function treeOf([first, second]: Texts): Readonly<Record<string, string>> {
  return {
    '/boot/grub2/grub.cfg': first,
    '/boot/grub2/grubenv': 'block\n',
    '/boot/vmlinuz-1': 'kernel\n',
    '/etc/default/grub': second,
    '/etc/passwd': first,
    '/etc/cron.d/job': second,
    '/usr/bin/tool': first,
  };
}

/** The files that may be written, by their names alone. */
export function isConfiguration(path: string): boolean {
  const isDefaults = /^\/etc\/(?:default\/grub|default\/grub\.d\/\w[\w.-]*\.cfg|kernel\/cmdline)$/.test(path);
  return isDefaults || /^\/boot\/(?:[\w-]+\/)*(?:\w[\w.-]*\.(?:cfg|conf)|grubenv)$/.test(path);
}

/** What an attacker would like to see in a place of that kind. */
const hostilePath = fc.constantFrom(
  ...Object.keys(treeOf(PLAIN)),
  '/etc/cron.d/new',
  '/etc/default/../passwd',
  '/../outside/etc/passwd',
  '../etc/passwd',
  '/boot/grub2/a\nb.cfg',
  '/boot/grub2/.hidden.cfg',
  '/boot//grub2/grub.cfg',
  '/',
  '',
  '/boot/grub2/grub.cfg\0',
  `/boot/${'x'.repeat(5000)}.cfg`,
  '/var/lib/bootmend/lock',
  '/etc/default/grub.d/new.cfg',
  '/boot/out/passwd',
);
const hostileNumber = fc.constantFrom(
  0,
  -1,
  1.5,
  0o644,
  0o666,
  0o4755,
  0o7777,
  0o10000,
  4711,
  2 ** 32 - 1,
  2 ** 32,
  1e300,
);
const hostileAttributes = fc.constantFrom<unknown>(
  {},
  { 'user.a': '0x61' },
  { 'security.capability': '0x0100000200040000000000000000000000000000' },
  { 'user.a': '0x61\n# file: /etc/passwd\nsystem.posix_acl_access=0x02' },
  { 'user.a=0x61\n# file: /etc/passwd\nuser.b': '0x61' },
  { '--restore=/etc/passwd': '0x61' },
  { 'user.a': 7 },
  ['user.a'],
);
const hostileId = fc.constantFrom(
  ...SET_IDS,
  '20259999T000000Z-0a1b2c3d',
  '../../../etc',
  '',
  '99991231T235959Z-0a1b2c3d',
);
const anything = fc.oneof(
  hostilePath,
  hostileNumber,
  hostileAttributes,
  hostileId,
  fc.constantFrom<unknown>(null, true, [], {}, [[]], 'x'.repeat(1 << 16), { toString: 1 }),
  fc.jsonValue({ maxDepth: 2 }),
);

const ownership = fc.record({
  mode: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(0o600, 0o644, 0o4755, 0o2755) }, hostileNumber),
  uid: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(0, 4711) }, hostileNumber),
  gid: fc.constantFrom(0, 4711),
  attributes: fc.oneof({ weight: 12, arbitrary: fc.constant<unknown>({}) }, hostileAttributes),
});

const fileWith = (texts: Texts) =>
  fc
    .record({
      path: fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...CONFIGURATION) }, hostilePath),
      before: fc.option(fc.constantFrom(...texts), { freq: 5 }),
      after: fc.option(fc.constantFrom(...texts), { freq: 5 }),
      ownership,
      ownershipAfter: fc.option(ownership),
      decides: fc.constantFrom('next-boot', 'later-kernels', 'restore'),
    })
    .filter(({ before, after }) => before !== after);

const setWith = (texts: Texts) =>
  fc.record({
    name: fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...SET_IDS) }, hostileId),
    files: fc.uniqueArray(fileWith(texts), { minLength: 1, maxLength: 3, selector: ({ path }) => path }),
    kind: fc.constantFrom('apply', 'rollback'),
    undoes: fc.oneof(
      { weight: 5, arbitrary: fc.constant<string[]>([]) },
      fc.array(hostileId, { maxLength: 2 }),
    ),
    directories: fc.oneof(
      { weight: 9, arbitrary: fc.constant<string[]>([]) },
      fc.array(hostilePath, { maxLength: 1 }),
    ),
    hasTexts: fc.constantFrom(true, true, true, false),
    hasTemporaries: fc.boolean(),
  });

/** One place of a JSON text is made something else. */
const damage = fc.record({ at: fc.nat(), value: anything });

/** A part of what a writer of ours writes, a little of which is forged, up to bytes that are no JSON. */
export const hostileState = (texts: Texts): fc.Arbitrary<HostileState> =>
  fc
    .record({
      sets: fc.array(setWith(texts), { minLength: 1, maxLength: 3 }),
      journal: fc.constantFrom('none', 'journal.json', 'journal-undo.json', 'both'),
      damages: fc.oneof(
        { weight: 2, arbitrary: fc.constant<{ at: number; value: unknown }[]>([]) },
        fc.array(damage, { maxLength: 2 }),
      ),
      version: fc.oneof({ weight: 30, arbitrary: fc.constant<unknown>(1) }, anything),
      noise: fc.option(fc.string({ unit: 'binary', maxLength: 40 }), { freq: 12 }),
      lock: fc.constantFrom('', '4711\n', '-1', '\u001b[2J', 'x'.repeat(200)),
      owner: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 4711),
      link: fc.option(
        fc.record({
          from: fc.constantFrom(
            `${STATE}/backups`,
            `${STATE}/lock`,
            `${STATE}/journal.new`,
            '/boot/out',
            `${STATE}/kept-originals.json`,
          ),
          to: fc.constantFrom('/etc', '../outside/etc', '/../../outside/etc', '/etc/passwd'),
        }),
        { freq: 6 },
      ),
      kept: fc.option(fc.array(hostileId, { maxLength: 2 }), { nil: undefined }),
    })
    .map(({ sets, journal, damages, version, noise, lock, owner, link, kept }) => {
      const files: Record<string, string> = { [`${STATE}/lock`]: lock };
      for (const one of sets) Object.assign(files, filesOfSet(one, version));
      const [newest] = sets;
      if (newest !== undefined && journal !== 'none') {
        const record = JSON.stringify({
          version,
          setId: newest.name,
          planId: '0a1b2c3d4e5f',
          files: newest.files.map(hashed),
          directories: newest.directories,
        });
        const names = journal === 'both' ? ['journal.json', 'journal-undo.json'] : [journal];
        for (const name of names) files[`${STATE}/${name}`] = record;
      }
      if (kept !== undefined) {
        files[`${STATE}/kept-originals.json`] = JSON.stringify({ version, bootId: 'earlier', setIds: kept });
      }
      const records = Object.keys(files).filter((path) => path.endsWith('.json'));
      for (const { at, value } of damages) {
        const path = records[at % records.length] ?? '';
        files[path] = damaged(files[path] ?? '', at, value);
      }
      if (noise !== null && records[0] !== undefined) files[records[0]] = noise;
      return { owner, files, links: link === null ? {} : { [link.from]: link.to } };
    });

type SetShape = ReturnType<typeof setWith> extends fc.Arbitrary<infer Shape> ? Shape : never;

function hashed({ path, before, after }: SetShape['files'][number]) {
  return {
    path,
    beforeSha256: before === null ? null : sha256(before),
    afterSha256: after === null ? null : sha256(after),
  };
}

function filesOfSet(one: SetShape, version: unknown): Record<string, string> {
  const { name, kind, undoes, directories, hasTexts, hasTemporaries } = one;
  const directory = `${STATE}/backups/${name}`;
  const files: Record<string, string> = {};
  for (const [index, { path, before, after }] of one.files.entries()) {
    if (hasTexts && before !== null) files[`${directory}/${index}.before`] = before;
    if (hasTexts && after !== null) files[`${directory}/${index}.after`] = after;
    const stem = `${dirname(path)}/.bootmend-${name}-${index}`;
    if (hasTemporaries && before !== null) files[`${stem}.old`] = before;
    if (hasTemporaries && after !== null && index === 0) files[`${stem}.new`] = after;
  }
  files[`${directory}/manifest.json`] = JSON.stringify({
    version,
    id: name,
    createdAt: '2025-01-01T00:00:00.000Z',
    planId: '0a1b2c3d4e5f',
    kind,
    undoes: kind === 'apply' ? [] : undoes,
    directories,
    files: one.files.map((given) => ({
      ...hashed(given),
      ownership: given.before === null ? null : given.ownership,
      ownershipAfter: given.after === null ? null : given.ownershipAfter,
      decides: given.decides,
    })),
  });
  return files;
}

/** The text with the `at`-th of its JSON values replaced; as it is where it is none. */
function damaged(record: string, at: number, value: unknown): string {
  let places = 0;
  const count = (node: unknown): void => {
    places += 1;
    if (typeof node === 'object' && node !== null) for (const inner of Object.values(node)) count(inner);
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(record);
  } catch {
    return record;
  }
  count(parsed);
  let left = at % places;
  const replaced = (node: unknown): unknown => {
    if (left === 0) {
      left -= 1;
      return value;
    }
    left -= 1;
    if (Array.isArray(node)) return node.map(replaced);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, replaced(inner)]));
  };
  return JSON.stringify(replaced(parsed)) ?? '';
}

/** Writes the tree and the state that was forged for it; what can't be there together is left out. */
export function plantState(
  root: string,
  texts: Texts,
  { owner, files, links }: HostileState,
  isRoot: boolean,
): void {
  for (const [path, content] of Object.entries(treeOf(texts))) plant(root, path, content);
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  for (const [path, content] of Object.entries(files)) {
    // What would be written outside is the forger's own doing, not ours.
    const isInside =
      !path.includes('..') && !path.includes('\0') && path.length < 250 && !path.endsWith('//');
    const isThroughLink = Object.keys(links).some((link) => path === link || path.startsWith(`${link}/`));
    if (isInside && !isThroughLink) plant(root, path, content);
  }
  if (isRoot && owner !== 0) {
    for (const path of [STATE, `${STATE}/backups`]) {
      if (lstatSync(join(root, path), { throwIfNoEntry: false })?.isDirectory())
        chownSync(join(root, path), owner, owner);
    }
  }
}

function plant(root: string, path: string, content: string): void {
  try {
    mkdirSync(dirname(join(root, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(root, path), content, { mode: 0o600 });
  } catch {
    // Two of them may want one name for a file and for a directory.
  }
}

/** One file of a tree as a change would show: `kind mode uid gid text`. */
export function describeTree(
  root: string,
  below = '',
  seen: Map<string, string> = new Map(),
): Map<string, string> {
  for (const name of readdirSync(join(root, below))) {
    const path = `${below}/${name}`;
    if (path === STATE) continue;
    const status = lstatSync(join(root, path));
    const owner = `${(status.mode & 0o7777).toString(8)} ${status.uid} ${status.gid}`;
    if (status.isDirectory()) describeTree(root, path, seen);
    else if (status.isSymbolicLink()) seen.set(path, `link ${readlinkSync(join(root, path))}`);
    else
      seen.set(
        path,
        `${status.isFile() ? 'file' : 'other'} ${owner} ${readFileSync(join(root, path), 'latin1')}`,
      );
  }
  return seen;
}

/** What was done to a tree that no state may bring about, one line each. */
export function violations(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  recorded: HostileState,
): readonly string[] {
  const found: string[] = [];
  const owners = ownersIn(recorded);
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is || isTemporary(path)) continue;
    if (!isConfiguration(path)) found.push(`${JSON.stringify(path)} was changed: ${was} -> ${is}`);
    if (is === undefined) continue;
    const [kind, mode = '', uid, gid] = is.split(' ');
    if (kind !== 'file' || Number.parseInt(mode, 8) > 0o777) found.push(`${path} is ${is}`);
    const isAsBefore = was?.split(' ').slice(1, 4).join(' ') === `${mode} ${uid} ${gid}`;
    const isNew = mode === '644' && uid === '0' && gid === '0';
    // What was kept beside a file comes back as the file that it is.
    const isKept = mode === '600' && uid === '0' && gid === '0';
    if (!isAsBefore && !isNew && !isKept && !owners.has(`${mode} ${uid} ${gid}`)) {
      found.push(`${path} has an owner or a mode of no record: ${is}`);
    }
  }
  return found;
}

function isTemporary(path: string): boolean {
  return /\/\.bootmend-[^/]*\.(?:new|old)$/.test(path);
}

/** The owners and modes that stand in the manifests. */
function ownersIn({ files }: HostileState): ReadonlySet<string> {
  const owners = new Set<string>();
  for (const record of Object.values(files)) {
    for (const [, mode, uid, gid] of record.matchAll(/"mode":(\d+),"uid":(\d+),"gid":(\d+)/g)) {
      owners.add(`${(Number(mode) & 0o777).toString(8)} ${uid} ${gid}`);
    }
  }
  return owners;
}
