/** One file's text before and after, latin1 (one character a byte). `undefined` means that the file is not there. */
export interface FileEdit {
  /** As the host sees it, links resolved. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly beforeSha256: string | undefined;
  readonly afterSha256: string | undefined;
  /** What the file decides; `restore` is rollback's. Edits are applied in the order of the plan. */
  readonly decides: 'later-kernels' | 'next-boot' | 'restore';
}

/** File edits in the order in which they are applied; JSON-serialisable. */
export interface Plan {
  /** A hash of the edits: the same change has the same id. */
  readonly id: string;
  readonly edits: readonly FileEdit[];
}

/** The files of a plan as they will be, latin1; without those that go. */
export function textsAfter(edits: readonly FileEdit[]): ReadonlyMap<string, string> {
  return new Map(edits.flatMap(({ path, after }) => (after === undefined ? [] : [[path, after] as const])));
}
