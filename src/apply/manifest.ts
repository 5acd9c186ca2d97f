import type { FileAttributes } from '../host/writable-host.ts';
import type { FileEdit } from '../plan/plan.ts';
import {
  isFilePath,
  isHashOrNull,
  isPathList,
  isRecord,
  isTextList,
  isTextRecord,
  parseJson,
} from './parse-json.ts';
import { isSetId } from './set-id.ts';

/** Whose a file was, and what stood beside its content. */
export interface FileOwnership {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly attributes: FileAttributes;
}

/** One file of a backup set. `undefined` hashes mean that the file was not there. */
export interface ManifestFile {
  /** As the host sees it, links resolved; latin1. */
  readonly path: string;
  readonly beforeSha256: string | undefined;
  readonly afterSha256: string | undefined;
  /** What it was before; undefined where it was not there. */
  readonly ownership: FileOwnership | undefined;
  readonly decides: FileEdit['decides'];
}

/** What a backup set says about itself, in `backups/ID/manifest.json`. */
export interface Manifest {
  readonly id: string;
  /** By the clock of the machine that wrote it, ISO 8601. */
  readonly createdAt: string;
  readonly planId: string;
  readonly kind: 'apply' | 'rollback';
  /** The sets that a rollback took back. */
  readonly undoes: readonly string[];
  readonly files: readonly ManifestFile[];
  /** As in the journal. */
  readonly directories: readonly string[];
}

const VERSION = 1;

/** The text of manifest.json. */
export function printManifest(manifest: Manifest): string {
  const files = manifest.files.map((file) => ({
    ...file,
    beforeSha256: file.beforeSha256 ?? null,
    afterSha256: file.afterSha256 ?? null,
    ownership: file.ownership ?? null,
  }));
  return `${JSON.stringify({ version: VERSION, ...manifest, files }, undefined, 2)}\n`;
}

/** undefined where the bytes are not a manifest of this id. */
export function parseManifest(bytes: Buffer, id: string): Manifest | undefined {
  const value = parseJson(bytes);
  if (!isRecord(value) || value['version'] !== VERSION || value['id'] !== id) return undefined;
  const { createdAt, planId, kind, undoes, files, directories = [] } = value;
  if (typeof createdAt !== 'string' || typeof planId !== 'string') return undefined;
  if (kind !== 'apply' && kind !== 'rollback') return undefined;
  if (!isTextList(undoes) || !undoes.every(isSetId) || !Array.isArray(files)) return undefined;
  if (!isPathList(directories)) return undefined;
  const parsed: ManifestFile[] = [];
  for (const entry of files) {
    const file = parseFile(entry);
    if (file === undefined) return undefined;
    parsed.push(file);
  }
  return { id, createdAt, planId, kind, undoes, files: parsed, directories };
}

function parseFile(value: unknown): ManifestFile | undefined {
  if (!isRecord(value) || !isFilePath(value['path'])) return undefined;
  const { path, beforeSha256, afterSha256, decides } = value;
  if (!isHashOrNull(beforeSha256) || !isHashOrNull(afterSha256)) return undefined;
  if (decides !== 'later-kernels' && decides !== 'next-boot' && decides !== 'restore') return undefined;
  const ownership = value['ownership'] === null ? undefined : parseOwnership(value['ownership']);
  if ((ownership === undefined) !== (beforeSha256 === null)) return undefined;
  return {
    path,
    beforeSha256: beforeSha256 ?? undefined,
    afterSha256: afterSha256 ?? undefined,
    ownership,
    decides,
  };
}

function parseOwnership(value: unknown): FileOwnership | undefined {
  if (!isRecord(value)) return undefined;
  const { mode, uid, gid, attributes } = value;
  if (!isCount(mode) || mode > 0o7777 || !isCount(uid) || !isCount(gid)) return undefined;
  return isTextRecord(attributes) ? { mode, uid, gid, attributes } : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
