import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Operation } from './operations.ts';

/** What lies on a disk: directories, and names that lead to files; two names can lead to one file. */
export interface Disk {
  readonly directories: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
  /** File id to content. */
  readonly contents: ReadonlyMap<string, Buffer>;
}

const BLOCK_BYTES = 512;

/** Reads a real tree. */
export function readDisk(root: string): Disk {
  const directories = new Set(['/']);
  const names = new Map<string, string>();
  const contents = new Map<string, Buffer>();
  const visit = (below: string) => {
    for (const name of readdirSync(join(root, below))) {
      const path = `${below}/${name}`;
      const status = statSync(join(root, path));
      if (status.isDirectory()) {
        directories.add(path);
        visit(path);
      } else {
        const id = `inode ${status.ino}`;
        names.set(path, id);
        contents.set(id, readFileSync(join(root, path)));
      }
    }
  };
  visit('');
  return { directories, names, contents };
}

/** Makes a real tree of it in a new directory. */
export function materialise(disk: Disk, parent: string): string {
  const root = mkdtempSync(join(parent, 'crash-'));
  for (const directory of [...disk.directories].sort()) mkdirSync(join(root, directory), { recursive: true });
  const written = new Map<string, string>();
  for (const [path, id] of disk.names) {
    const first = written.get(id);
    if (first !== undefined) {
      linkSync(join(root, first), join(root, path));
      continue;
    }
    writeFileSync(join(root, path), disk.contents.get(id) ?? Buffer.alloc(0));
    written.set(id, path);
  }
  return root;
}

/** A text that is equal for equal disks. */
export function fingerprint(disk: Disk): string {
  const order = new Map<string, number>();
  const lines = [...disk.directories].sort();
  for (const [path, id] of [...disk.names].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const number = order.get(id) ?? order.size;
    order.set(id, number);
    lines.push(`${path} ${number} ${disk.contents.get(id)?.toString('latin1')}`);
  }
  return lines.join('\n');
}

/**
 * Disks that a power cut can leave behind after these operations.
 *
 * What was fsynced is there. Of what was not: names may be there in any subset (a file system without a log, such as
 * vfat), and content may be missing, whole, torn at a 512-byte border or present in size only. Where there are more
 * subsets than `limit`, all prefixes, all with one missing and all with one alone are taken, then some at random.
 *
 * @param random a number from 0 to below 1
 */
export function* crashStates(
  start: Disk,
  operations: readonly Operation[],
  limit: number,
  random: () => number,
): Generator<Disk> {
  const pendingNames = operations.flatMap((operation, index) =>
    isNameChange(operation) && !isNameDurable(operations, index) ? [index] : [],
  );
  for (const subset of subsets(pendingNames.length, limit, random)) {
    const lost = new Set(pendingNames.filter((_, position) => !subset[position]));
    for (const loss of ['whole', 'missing', 'torn', 'size-only'] as const) {
      yield replay(start, operations, lost, loss, random);
    }
  }
}

type Loss = 'whole' | 'missing' | 'torn' | 'size-only';

function replay(
  start: Disk,
  operations: readonly Operation[],
  lost: ReadonlySet<number>,
  loss: Loss,
  random: () => number,
): Disk {
  const directories = new Set(start.directories);
  const names = new Map(start.names);
  const contents = new Map(start.contents);
  for (const [index, operation] of operations.entries()) {
    if (lost.has(index)) continue;
    if (isNameChange(operation)) changeNames(directories, names, operation);
    if (operation.kind === 'create') {
      contents.set(`new ${operation.file}`, writtenContent(operations, operation.file, loss, random));
    }
  }
  return { directories, names, contents };
}

function changeNames(directories: Set<string>, names: Map<string, string>, operation: Operation): void {
  if (!('directory' in operation) || !directories.has(operation.directory)) return;
  const at = (name: string) => `${operation.directory === '/' ? '' : operation.directory}/${name}`;
  switch (operation.kind) {
    case 'create':
      names.set(at(operation.name), `new ${operation.file}`);
      break;
    case 'link':
    case 'rename': {
      const file = names.get(at(operation.from));
      if (file === undefined) break;
      names.set(at(operation.to), file);
      const isSameFile = operation.kind === 'link';
      if (!isSameFile) names.delete(at(operation.from));
      break;
    }
    case 'unlink':
      names.delete(at(operation.name));
      break;
    case 'make-directory':
      directories.add(at(operation.name));
      break;
    case 'remove-directory': {
      // The system found it empty: names that the disk still has in it cannot be reached any more.
      directories.delete(at(operation.name));
      for (const path of names.keys()) if (path.startsWith(`${at(operation.name)}/`)) names.delete(path);
      break;
    }
    default:
  }
}

function writtenContent(
  operations: readonly Operation[],
  file: number,
  loss: Loss,
  random: () => number,
): Buffer {
  const lastSync = operations.findLastIndex(
    (operation) => operation.kind === 'sync-file' && operation.file === file,
  );
  const durable: Buffer[] = [];
  const pending: Buffer[] = [];
  for (const [index, operation] of operations.entries()) {
    if (operation.kind !== 'write' || operation.file !== file) continue;
    (index < lastSync ? durable : pending).push(operation.bytes);
  }
  const unsynced = Buffer.concat(pending);
  return Buffer.concat([...durable, damage(unsynced, loss, random)]);
}

function damage(bytes: Buffer, loss: Loss, random: () => number): Buffer {
  switch (loss) {
    case 'whole':
      return bytes;
    case 'missing':
      return Buffer.alloc(0);
    case 'torn':
      return bytes.subarray(0, Math.floor(random() * Math.ceil(bytes.length / BLOCK_BYTES)) * BLOCK_BYTES);
    case 'size-only':
      return Buffer.alloc(bytes.length);
  }
}

function isNameChange(operation: Operation): boolean {
  return 'directory' in operation && operation.kind !== 'sync-directory';
}

function isNameDurable(operations: readonly Operation[], index: number): boolean {
  const operation = operations[index];
  if (operation === undefined || !('directory' in operation)) return true;
  return operations.some(
    (later, at) => at > index && later.kind === 'sync-directory' && later.directory === operation.directory,
  );
}

function* subsets(size: number, limit: number, random: () => number): Generator<readonly boolean[]> {
  if (2 ** size <= limit) {
    for (let bits = 0; bits < 2 ** size; bits += 1) {
      yield Array.from({ length: size }, (_, index) => (bits & (1 << index)) !== 0);
    }
    return;
  }
  for (let kept = 0; kept <= size; kept += 1) yield Array.from({ length: size }, (_, index) => index < kept);
  for (let one = 0; one < size; one += 1) {
    yield Array.from({ length: size }, (_, index) => index === one);
    yield Array.from({ length: size }, (_, index) => index !== one);
  }
  for (let extra = 0; extra < limit / 4; extra += 1) yield Array.from({ length: size }, () => random() < 0.5);
}
