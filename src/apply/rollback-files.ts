import { isEnvironmentBlock } from '../grub/environment-block.ts';
import { isPruned, readKeptText, type Side } from './backup-set.ts';
import type { Manifest } from './manifest.ts';
import { type FileOwnership, ownershipChanges } from './ownership.ts';
import type { ChangeableHost } from './problem.ts';
import type { BlockChange } from './variables-taken-back.ts';

/** One file that a rollback puts back. Latin1 texts; `undefined` means that the file is not there. */
export interface RollbackFile {
  readonly path: string;
  /** As it was before the first of the sets. */
  readonly original: string | undefined;
  /** Whose it was then; undefined where it was not there. */
  readonly ownership: FileOwnership | undefined;
  /** As the last of the sets left it. */
  readonly ours: string | undefined;
  readonly oursSha256: string | undefined;
  /** What the last of the sets made of it beside its content; undefined where that is not recorded. */
  readonly oursOwnership: FileOwnership | undefined;
  /** With an environment block of GRUB's: what each set changed, as far as its texts are kept. */
  readonly blockChanges: readonly BlockChange[];
  /** Whether each set found the file as the one before had left it, so that nobody else's change lies in between. */
  readonly isUnbroken: boolean;
}

/** What the sets did to one path: where its original is kept, and what was left in the end. */
interface Trail {
  readonly first: { readonly setId: string; readonly index: number };
  readonly original: Manifest['files'][number];
  oursSha256: string | undefined;
  oursOwnership: FileOwnership | undefined;
  isUnbroken: boolean;
}

/** The files of some sets, or the set of which a text is missing; `part` where it should be there. */
export type RollbackFilesReading =
  | { readonly ok: true; readonly files: readonly RollbackFile[] }
  | { readonly ok: false; readonly setId: string; readonly part: string | undefined };

/**
 * What it takes to put back every file that some sets changed.
 *
 * @param manifests of the sets, oldest first
 * @param all of every set: what one found is what another left, and may be kept there
 */
export async function readRollbackFiles(
  host: ChangeableHost,
  manifests: readonly Manifest[],
  all: readonly Manifest[],
): Promise<RollbackFilesReading> {
  const files: RollbackFile[] = [];
  for (const { first, original, oursSha256, oursOwnership, isUnbroken } of followPaths(manifests)) {
    const { path, beforeSha256, ownership } = original;
    const text = beforeSha256 === undefined ? undefined : await findKeptText(host, all, beforeSha256);
    if (text === undefined && beforeSha256 !== undefined) {
      const { setId, index } = first;
      const part = (await isPruned(host, setId)) ? undefined : `${index}.before`;
      return { ok: false, setId, part };
    }
    const ours = oursSha256 === undefined ? undefined : await findKeptText(host, all, oursSha256);
    const blockChanges = isBlock(text) && isBlock(ours) ? await changesOf(host, manifests, all, path) : [];
    files.push({
      path,
      original: text,
      ownership,
      ours,
      oursSha256,
      oursOwnership,
      blockChanges,
      isUnbroken,
    });
  }
  return { ok: true, files };
}

function isBlock(text: string | undefined): boolean {
  return text !== undefined && isEnvironmentBlock(text);
}

/** What the sets did to a block, oldest first; none where a text of it is kept no longer. */
async function changesOf(
  host: ChangeableHost,
  manifests: readonly Manifest[],
  all: readonly Manifest[],
  path: string,
): Promise<readonly BlockChange[]> {
  const changes: BlockChange[] = [];
  for (const { beforeSha256 = '', afterSha256 = '' } of manifests.flatMap(({ files }) =>
    files.filter((file) => file.path === path),
  )) {
    const before = await findKeptText(host, all, beforeSha256);
    const after = await findKeptText(host, all, afterSha256);
    if (before === undefined || after === undefined) return [];
    changes.push({ before, after });
  }
  return changes;
}

/** A text by its hash, wherever it is kept: what one set found is what another left, and one of them may be pruned. */
async function findKeptText(
  host: ChangeableHost,
  manifests: readonly Manifest[],
  hash: string,
): Promise<string | undefined> {
  for (const { id, files } of manifests) {
    for (const [index, { beforeSha256, afterSha256 }] of files.entries()) {
      const sides: [Side, string | undefined][] = [
        ['before', beforeSha256],
        ['after', afterSha256],
      ];
      for (const [side, kept] of sides) {
        const text = kept === hash ? await readKeptText(host, id, index, side, hash) : undefined;
        if (text !== undefined) return text;
      }
    }
  }
  return undefined;
}

/** The trail of every path, in the order in which a plan writes files: what decides later kernels first. */
function followPaths(manifests: readonly Manifest[]): readonly Trail[] {
  const trails = new Map<string, Trail>();
  for (const { id, files, trial } of manifests) {
    const indexed = [...files.entries()];
    // What names a trial's entry goes before the entry.
    for (const [index, file] of trial === undefined ? indexed : indexed.reverse()) {
      const trail = trails.get(file.path);
      const place = { setId: id, index };
      if (trail === undefined) {
        const { afterSha256: oursSha256, ownershipAfter: oursOwnership } = file;
        const start = { first: place, original: file, oursSha256, oursOwnership };
        trails.set(file.path, { ...start, isUnbroken: true });
        continue;
      }
      trail.isUnbroken &&= trail.oursSha256 === file.beforeSha256 && isSameOwnership(trail, file);
      trail.oursSha256 = file.afterSha256;
      trail.oursOwnership = file.ownershipAfter;
    }
  }
  const isEarly = ({ original }: Trail) => original.decides === 'later-kernels';
  const all = [...trails.values()];
  return [...all.filter(isEarly), ...all.filter((trail) => !isEarly(trail))];
}

/** Whether a set found the file's owner, mode and attributes as the one before had left them, as far as that is known. */
function isSameOwnership(trail: Trail, { ownership }: Manifest['files'][number]): boolean {
  const left = trail.oursOwnership;
  if (left === undefined || ownership === undefined) return true;
  return ownershipChanges(left, ownership).length === 0;
}
