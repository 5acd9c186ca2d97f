import type { CommandName } from './command-table.ts';

/** One command line of ours, read and checked. */
export interface Invocation {
  readonly command: CommandName;
  readonly words: readonly string[];
  readonly options: InvocationOptions;
}

/** Absent options are false, undefined or empty. */
export interface InvocationOptions {
  readonly root: string | undefined;
  /** Other machines, as they were named. */
  readonly host: readonly string[];
  readonly 'ssh-config': string | undefined;
  readonly sudo: boolean;
  readonly forks: string | undefined;
  readonly json: boolean;
  readonly color: string | undefined;
  readonly 'no-color': boolean;
  readonly lang: string | undefined;
  readonly redact: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly 'dry-run': boolean;
  readonly check: boolean;
  readonly yes: boolean;
  readonly problem: string | undefined;
  readonly remedy: string | undefined;
  readonly entries: string | undefined;
  readonly unset: readonly string[];
  readonly accept: readonly string[];
  /** The only plan that may be applied. */
  readonly plan: string | undefined;
  readonly regenerate: boolean;
  /** A file of this machine. */
  readonly log: string | undefined;
  /** Boot the words once instead of keeping them. */
  readonly trial: boolean;
  /** Keep a trial's words once the next boot is up. */
  readonly 'at-boot': boolean;
  /** For sh; a trial's words are kept only where it succeeds. */
  readonly 'check-command': string | undefined;
  readonly force: boolean;
  readonly 'words-only': boolean;
  readonly all: boolean;
  readonly watch: boolean;
  readonly list: boolean;
  readonly kernel: string | undefined;
  readonly image: string | undefined;
  readonly 'system-map': string | undefined;
  readonly release: string | undefined;
}

const WRITING: readonly CommandName[] = ['fix', 'set', 'unset', 'confirm', 'rollback'];

/** Whether a command is there to change something, be it this time or not. */
export function isForWriting({ command }: Invocation): boolean {
  return WRITING.includes(command);
}

/** Whether a command line may end in a change: it is not for looking only, and leave is given or can be asked for. */
export function mayWrite(invocation: Invocation, canAsk: boolean): boolean {
  const { options } = invocation;
  return isForWriting(invocation) && !options['dry-run'] && (options.yes || canAsk);
}
