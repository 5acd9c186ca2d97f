/** What was seen of a word on the system that runs, and what it says: the word acts, it does not, or neither. */
export type Observation = Seen & {
  /** Where it was seen; empty where no single file says it. */
  readonly path: string;
  readonly shows: 'effect' | 'no-effect' | 'nothing';
};

interface NoData {
  readonly [name: string]: never;
}

/** What was seen, by code. */
type Seen =
  | {
      readonly code:
        | 'not-on-line'
        | 'unknown-to-kernel'
        | 'no-accounted-caches'
        | 'no-group-caches'
        | 'read-in-user-space'
        | 'not-known-whether-read';
      readonly data: NoData;
    }
  | {
      readonly code:
        | 'controller-off'
        | 'controller-on'
        | 'controller-not-listed'
        | 'controller-listed'
        | 'controller-mounted'
        | 'controller-said-off';
      readonly data: { readonly controller: string };
    }
  | { readonly code: 'accounted-caches'; readonly data: { readonly count: number } }
  | { readonly code: 'group-caches'; readonly data: { readonly count: number; readonly example: string } }
  | { readonly code: 'group-accounts'; readonly data: { readonly bytes: number } }
  | { readonly code: 'groups-account-nothing'; readonly data: { readonly count: number } }
  | { readonly code: 'setting'; readonly data: { readonly value: string } }
  | { readonly code: 'not-read' | 'read-by-kernel'; readonly data: { readonly release: string } };
