import type { ChangedWords } from '../plan/changed-words.ts';
import type { FileEdit } from '../plan/plan.ts';
import { type FileOwnership, isOwnership } from './ownership.ts';
import { isSetId } from './set-id.ts';
import {
  damaged,
  isHash,
  isPath,
  isPlanId,
  isText,
  listOf,
  optional,
  orNull,
  type RecordReading,
  type Rule,
  readRecord,
  recordOf,
  that,
} from './state-record.ts';
import { isTrialRecord, isTrialStep, type TrialRecord, type TrialStep } from './trial-record.ts';

/** One file of a backup set. `undefined` hashes mean that the file was not there. */
export interface ManifestFile {
  /** As the host sees it, links resolved; latin1. */
  readonly path: string;
  readonly beforeSha256: string | undefined;
  readonly afterSha256: string | undefined;
  /** What it was before; undefined where it was not there. */
  readonly ownership: FileOwnership | undefined;
  /** What it was made; undefined where that was left to the system, or where it was removed. */
  readonly ownershipAfter: FileOwnership | undefined;
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
  /** Where the set is a trial's: what is tried. */
  readonly trial?: TrialRecord;
  /** Where the set goes on with an earlier one's trial. */
  readonly trialStep?: TrialStep;
  /** What it was made for; undefined in a set of an earlier build. */
  readonly purpose: Purpose | undefined;
}

/** What a change was made for, and when in the life of the machine. */
export interface Purpose {
  /** As it is typed: `fix`, `set` … */
  readonly command: string;
  /** What became of the lines; none with a rollback, which takes back what other sets did. Latin1. */
  readonly words: readonly ChangedWords[];
  /** Of the kernel that ran (/proc/sys/kernel/random/boot_id); undefined where that is not known. */
  readonly bootId: string | undefined;
}

const VERSION = 1;

const FILE: Rule = recordOf({
  path: isPath,
  beforeSha256: orNull(isHash),
  afterSha256: orNull(isHash),
  ownership: orNull(isOwnership),
  ownershipAfter: optional(orNull(isOwnership)),
  decides: that((value) => value === 'later-kernels' || value === 'next-boot' || value === 'restore'),
});

const PURPOSE: Rule = recordOf({
  command: that((value) => typeof value === 'string' && /^[a-z]{1,32}$/.test(value)),
  words: listOf(recordOf({ kernels: listOf(isText), set: listOf(isText), unset: listOf(isText) })),
  bootId: optional(that((value) => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value))),
});

const FIELDS: Readonly<Record<string, Rule>> = {
  id: that(isSetId),
  createdAt: that((value) => typeof value === 'string' && isTime(value)),
  planId: isPlanId,
  kind: that((value) => value === 'apply' || value === 'rollback'),
  undoes: listOf(that(isSetId)),
  files: listOf(FILE, 1),
  directories: optional(listOf(isPath)),
  trial: optional(isTrialRecord),
  trialStep: optional(isTrialStep),
  purpose: optional(PURPOSE),
};

/** The text of manifest.json. */
export function printManifest(manifest: Manifest): string {
  const files = manifest.files.map((file) => ({
    ...file,
    beforeSha256: file.beforeSha256 ?? null,
    afterSha256: file.afterSha256 ?? null,
    ownership: file.ownership ?? null,
    ownershipAfter: file.ownershipAfter ?? null,
  }));
  return `${JSON.stringify({ version: VERSION, ...manifest, files }, undefined, 2)}\n`;
}

/** The manifest of this id, or what is wrong with it. */
export function parseManifest(bytes: Buffer, id: string): RecordReading<Manifest> {
  const read = readRecord(bytes, VERSION, FIELDS);
  if (!read.ok) return read;
  // Every field keeps its rule.
  const { files, ...rest } = read.value as unknown as Manifest & { readonly version: number };
  if (rest.id !== id) return damaged('id');
  if (rest.kind === 'apply' && rest.undoes.length > 0) return damaged('undoes');
  if (rest.kind === 'rollback' && rest.trial !== undefined) return damaged('trial');
  if (rest.trialStep !== undefined && (rest.kind === 'rollback' || rest.trial !== undefined)) {
    return damaged('trialStep');
  }
  const { id: own, createdAt, planId, kind, undoes, directories = [], purpose } = rest;
  const whole: ManifestFile[] = [];
  for (const [index, file] of files.entries()) {
    const part = contradiction(file, files.slice(0, index));
    if (part !== undefined) return damaged(`files[${index}].${part}`);
    whole.push(withoutNulls(file));
  }
  const changed = { id: own, createdAt, planId, kind, undoes, files: whole, directories };
  const value = { ...changed, purpose, ...trialOf(rest) };
  return { ok: true, value };
}

function trialOf({ trial, trialStep }: Pick<Manifest, 'trial' | 'trialStep'>) {
  return {
    ...(trial === undefined ? {} : { trial }),
    ...(trialStep === undefined ? {} : { trialStep }),
  };
}

/** The field of a file that can't stand beside its others. */
function contradiction(file: ManifestFile, earlier: readonly ManifestFile[]): string | undefined {
  if (earlier.some(({ path }) => path === file.path)) return 'path';
  if (file.beforeSha256 === file.afterSha256) return 'afterSha256';
  if ((file.ownership === null) !== (file.beforeSha256 === null)) return 'ownership';
  const isLeft = (file.ownershipAfter ?? undefined) !== undefined;
  return isLeft && file.afterSha256 === null ? 'ownershipAfter' : undefined;
}

function withoutNulls(file: ManifestFile): ManifestFile {
  return {
    path: file.path,
    beforeSha256: file.beforeSha256 ?? undefined,
    afterSha256: file.afterSha256 ?? undefined,
    ownership: file.ownership ?? undefined,
    ownershipAfter: file.ownershipAfter ?? undefined,
    decides: file.decides,
  };
}

/** As Date.toISOString() prints it. */
function isTime(text: string): boolean {
  const milliseconds = Date.parse(text);
  return Number.isFinite(milliseconds) && new Date(milliseconds).toISOString() === text;
}
