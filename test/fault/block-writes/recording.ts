import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import type { ChangeableHost } from '../../../src/apply/problem.ts';
import { openHost } from '../../../src/host/root-host.ts';
import { plainOptions, planOf } from '../../apply/tree.ts';
import { loopDevice, mount, unmount } from '../../host/mounted.ts';
import { CONFIG, configText, DEFAULTS, defaultsText } from '../power-cut/turns.ts';

/** A file system that GRUB reads its configuration from, and whether the state and /etc are on it as well. */
export interface Layout {
  readonly fileSystem: 'ext4' | 'ext4 with journal_data' | 'xfs' | 'btrfs';
  readonly isInRoot: boolean;
}

/** What a block device was told, in order. */
export type BlockOperation =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'flush' }
  /** The change of this number was reported done. */
  | { readonly kind: 'mark'; readonly applied: number };

export interface Recording {
  /** The image before anything was written, sparse. */
  readonly imagePath: string;
  readonly operations: readonly BlockOperation[];
  /** Where GRUB finds the configuration in it. */
  readonly configPath: string;
}

/** As long as the configuration, so that the blocks of a file that was freed find takers. */
const NOISE_BYTES = configText(0).length;

/**
 * Applies changes of two files, one after the other, and records what becomes of the block device below them.
 *
 * @param beside what writes to the file system at the same time
 */
export async function recordChanges(
  work: string,
  layout: Layout,
  changes: number,
  beside: Beside,
  asHost: (host: ChangeableHost) => ChangeableHost,
): Promise<Recording> {
  const place = mkdtempSync(join(work, 'record-'));
  const at = (name: string) => join(place, name);
  const tree = at('tree');
  writeFiles(tree, { [CONFIG]: configText(0), [DEFAULTS]: defaultsText(0), '/var/lib/README': '' });
  const source = layout.isInRoot ? tree : join(tree, 'boot');
  makeImage(layout, source, at('image'));
  execFileSync('cp', ['--sparse=always', at('image'), at('start')]);
  mkdirSync(at('mnt'));
  if (!layout.isInRoot) {
    execFileSync('cp', ['-a', `${tree}/.`, at('mnt')]);
    rmSync(join(at('mnt'), 'boot'), { recursive: true });
    mkdirSync(join(at('mnt'), 'boot'));
  }
  const point = layout.isInRoot ? at('mnt') : join(at('mnt'), 'boot');
  const server = await serveImage(place);
  const loop = loopDevice(at('server/image'));
  const data = layout.fileSystem === 'ext4 with journal_data' ? ['-o', 'data=journal'] : [];
  mount([...data, loop.path, point]);
  const endBeside = beside(point);
  try {
    await toggle(at('mnt'), changes, asHost, (turn) =>
      appendFileSync(join(at('server'), 'mark'), String(turn)),
    );
  } finally {
    await endBeside();
    await unmountOnceFree(point);
    loop.detach();
    await server.end();
  }
  const operations = readLog(readFileSync(at('log')));
  return { imagePath: at('start'), operations, configPath: layout.isInRoot ? CONFIG : '/grub2/grub.cfg' };
}

function writeFiles(tree: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
}

function makeImage({ fileSystem }: Layout, source: string, image: string): void {
  const run = (program: string, args: readonly string[]) => execFileSync(program, args, { stdio: 'pipe' });
  if (fileSystem === 'btrfs') {
    run('truncate', ['-s', '128M', image]);
    run('mkfs.btrfs', ['-q', '-r', source, image]);
  } else if (fileSystem === 'xfs') {
    run('truncate', ['-s', '320M', image]);
    run('mkfs.xfs', ['-q', image]);
    const point = `${image}-filling`;
    mkdirSync(point);
    mount(['-o', 'loop', image, point]);
    run('cp', ['-a', `${source}/.`, point]);
    unmount(point);
  } else {
    // A small journal is written out to its places often, whatever bootmend does.
    run('truncate', ['-s', '32M', image]);
    run('mke2fs', ['-q', '-t', 'ext4', '-b', '1024', '-J', 'size=1', '-d', source, image]);
  }
}

/** Shows `image` as a file whose writes are recorded in `log`, beside `mark`, in `server`; all in one directory. */
export async function serveImage(place: string): Promise<{ readonly end: () => Promise<void> }> {
  const outfile = join(place, 'image-server.mjs');
  const entryPoints = [new URL('./image-server.ts', import.meta.url).pathname];
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  const point = join(place, 'server');
  mkdirSync(point);
  const args = [outfile, point, join(place, 'image'), join(place, 'log')];
  const server = spawn(process.execPath, args, { stdio: 'inherit' });
  for (let tries = 0; !existsSync(join(point, 'image')); tries += 1) {
    if (tries > 400) throw new Error('the recording file system is not there');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return {
    end: async () => {
      // A mount namespace that was made meanwhile has copies of our mounts, for as long as it lives.
      execFileSync('umount', ['--lazy', point]);
      server.kill('SIGKILL');
      await closed(server);
    },
  };
}

/** A program that was killed lets go of its directory a moment later. */
async function unmountOnceFree(point: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return unmount(point);
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Starts something at a mount point; what it returns ends it. */
export type Beside = (point: string) => () => Promise<void>;

/** The changes are alone with the file system: the kernel writes nothing to its place before they ask for it. */
export const nothingBeside: Beside = () => () => Promise.resolve();

/** Writes, syncs and removes files without end, in a process group of its own: what was freed a moment ago is what they get. */
export const noiseBeside: Beside = (point) => {
  const script = `cd "$1" && text=$(head -c ${NOISE_BYTES} /dev/zero | tr '\\0' N)
number=0
while :; do
  number=$((number + 1))
  echo "$text" >noise-$number
  sync noise-$number
  rm -f noise-$((number - 3))
done`;
  const noise = spawn('sh', ['-c', script, 'sh', point], { stdio: 'ignore', detached: true });
  return () => {
    if (noise.pid !== undefined) process.kill(-noise.pid, 'SIGKILL');
    return closed(noise);
  };
};

async function toggle(
  root: string,
  changes: number,
  asHost: (host: ChangeableHost) => ChangeableHost,
  applied: (turn: number) => void,
): Promise<void> {
  const host = await openHost(root);
  try {
    for (let turn = 0; turn < changes; turn += 1) {
      const plan = planOf([
        {
          path: DEFAULTS,
          before: defaultsText(turn),
          after: defaultsText(turn + 1),
          decides: 'later-kernels',
        },
        { path: CONFIG, before: configText(turn), after: configText(turn + 1) },
      ]);
      const outcome = await applyPlan(asHost(host), plan, { ...plainOptions, clock: () => new Date() });
      if (outcome.kind !== 'applied' || outcome.notes.length > 0) throw new Error(JSON.stringify(outcome));
      applied(turn + 1);
    }
  } finally {
    host.close();
  }
}

const HEADER_BYTES = 16;

/** What the server wrote down; a mark may be padded to a disk's block. */
export function readLog(log: Buffer): readonly BlockOperation[] {
  const operations: BlockOperation[] = [];
  for (let at = 0; at < log.length; ) {
    const kind = log.readUInt32LE(at);
    const length = log.readUInt32LE(at + 4);
    const offset = Number(log.readBigUInt64LE(at + 8));
    const bytes = log.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length);
    at += HEADER_BYTES + length;
    if (kind === 1) operations.push({ kind: 'write', offset, bytes });
    else if (kind === 2) operations.push({ kind: 'flush' });
    else operations.push({ kind: 'mark', applied: Number.parseInt(bytes.toString(), 10) });
  }
  return operations;
}

function closed(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('close', () => resolve()));
}
