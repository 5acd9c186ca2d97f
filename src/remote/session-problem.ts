/**
 * Why there is no answer from another machine. `detail` is the last line that ssh, sudo or the machine said, as latin1; what ends in
 * `-while-running` leaves it open what bootmend did there.
 */
export type SessionProblem =
  /** There is no OpenSSH client on this machine. */
  | { readonly code: 'ssh-missing'; readonly data: object }
  | { readonly code: 'not-connected'; readonly data: Detail }
  /** The login shell ended without running our command. */
  | { readonly code: 'no-shell'; readonly data: Detail }
  | { readonly code: 'sudo-refused'; readonly data: Detail }
  /** None here is for machines of this kind. */
  | { readonly code: 'no-artefact'; readonly data: { readonly platform: string } }
  | { readonly code: 'cut-off' | 'cut-off-while-running'; readonly data: Detail }
  | { readonly code: 'silent' | 'silent-while-running'; readonly data: { readonly seconds: number } }
  /** More than any answer can be. */
  | { readonly code: 'too-long' | 'too-long-while-running'; readonly data: { readonly megabytes: number } }
  | { readonly code: 'interrupted' | 'interrupted-while-running'; readonly data: object }
  /** The artefact could not be put there, or could not start. */
  | { readonly code: 'not-started'; readonly data: Detail }
  /** A signal ended bootmend there. */
  | { readonly code: 'no-answer'; readonly data: Detail & { readonly exitCode: number } }
  /** What came is no answer of the same bootmend. */
  | { readonly code: 'not-understood'; readonly data: object };

interface Detail {
  readonly detail: string;
}
