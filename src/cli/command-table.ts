import { HAZARD_IDS } from '../diagnosis/hazard-id.ts';
import { PROBLEM_NAMES } from '../diagnosis/known-problem.ts';
import { REMEDY_NAMES } from '../diagnosis/remedy.ts';
import type { ValueList } from './completion-values.ts';

/**
 * Every command and option, once: the parser, the help, the completion and the manual page are made from it.
 * Descriptions stand in the catalogues as `command.NAME` and `option.NAME`.
 */
export interface OptionDefinition {
  readonly type: 'flag' | 'text' | 'list';
  readonly alias?: string;
  readonly choices?: readonly string[];
  /** What a shell offers for the value, beside its choices. */
  readonly completes?: Completed;
  /** What stands for the value in the help; without it, its choices. */
  readonly placeholder?: string;
  /** The option without which this one says nothing. */
  readonly needs?: string;
}

/** Files, or a list that `bootmend completion` prints. */
export type Completed = 'directories' | 'files' | ValueList;

/** A command as parser, help, completion and manual page know it. */
export interface CommandDefinition {
  readonly name: CommandName;
  /** The words after the command; `[X]` optional, `X..` one or more, as yargs writes them. */
  readonly positional?: string;
  /** All that those words can be; `completion` prints lists, too. */
  readonly choices?: readonly string[];
  /** What a shell offers for those words. */
  readonly completes?: Completed;
  readonly options: readonly OptionName[];
}

/** A shell that has a completion script. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** The shells of `completion`, in the order in which they are offered. */
export const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];

/** Every option of every command. */
export const OPTIONS = {
  root: { type: 'text', placeholder: 'DIR', completes: 'directories' },
  host: { type: 'list', placeholder: 'HOST' },
  'ssh-config': { type: 'text', placeholder: 'FILE', completes: 'files', needs: 'host' },
  sudo: { type: 'flag', needs: 'host' },
  forks: { type: 'text', placeholder: 'N', needs: 'host' },
  json: { type: 'flag' },
  color: { type: 'text', choices: ['auto', 'always', 'never'] },
  'no-color': { type: 'flag' },
  lang: { type: 'text', choices: ['en', 'zh-CN'] },
  redact: { type: 'flag' },
  quiet: { type: 'flag', alias: 'q' },
  verbose: { type: 'flag', alias: 'v' },
  'dry-run': { type: 'flag' },
  check: { type: 'flag', needs: 'dry-run' },
  yes: { type: 'flag', alias: 'y' },
  problem: { type: 'text', choices: PROBLEM_NAMES },
  remedy: { type: 'text', choices: ['auto', ...REMEDY_NAMES] },
  entries: { type: 'text', placeholder: 'WHICH', completes: 'entries' },
  unset: { type: 'list', placeholder: 'WORD', completes: 'words' },
  accept: { type: 'list', placeholder: 'HAZARD', choices: [...HAZARD_IDS, 'all'] },
  plan: { type: 'text', placeholder: 'ID' },
  regenerate: { type: 'flag' },
  log: { type: 'text', placeholder: 'FILE' },
  trial: { type: 'flag' },
  'at-boot': { type: 'flag' },
  'check-command': { type: 'text', placeholder: 'COMMAND' },
  force: { type: 'flag' },
  'words-only': { type: 'flag' },
  all: { type: 'flag' },
  watch: { type: 'flag' },
  list: { type: 'flag' },
  kernel: { type: 'text', placeholder: 'RELEASE', completes: 'kernels' },
  image: { type: 'text', placeholder: 'FILE', completes: 'files' },
  'system-map': { type: 'text', placeholder: 'FILE', completes: 'files' },
  release: { type: 'text', placeholder: 'STRING' },
} as const satisfies Record<string, OptionDefinition>;

/** An option's name without its dashes. */
export type OptionName = keyof typeof OPTIONS;

/** A command's name as it is typed. */
export type CommandName =
  | 'status'
  | 'fix'
  | 'set'
  | 'unset'
  | 'probe'
  | 'verify'
  | 'confirm'
  | 'audit'
  | 'backups'
  | 'rollback'
  | 'completion';

/** Options that every command takes. */
export const COMMON_OPTIONS: readonly OptionName[] = [
  'root',
  'host',
  'ssh-config',
  'sudo',
  'json',
  'color',
  'no-color',
  'lang',
  'redact',
  'quiet',
  'verbose',
];

const EDITING: readonly OptionName[] = [
  'dry-run',
  'check',
  'yes',
  'entries',
  'accept',
  'plan',
  'trial',
  'regenerate',
  'log',
  'force',
];

/** The commands in the order in which help shows them. */
export const COMMANDS: readonly CommandDefinition[] = [
  { name: 'status', positional: '[SECONDS]', options: ['watch', 'forks'] },
  { name: 'fix', options: [...EDITING, 'problem', 'remedy'] },
  { name: 'set', positional: '<WORD..>', completes: 'parameters', options: ['unset', ...EDITING] },
  { name: 'unset', positional: '<WORD..>', completes: 'words', options: EDITING },
  {
    name: 'probe',
    positional: '[PARAMETER..]',
    completes: 'parameters',
    options: ['list', 'kernel', 'image', 'system-map', 'release', 'forks'],
  },
  { name: 'verify', options: ['all', 'forks'] },
  {
    name: 'confirm',
    options: ['dry-run', 'yes', 'accept', 'plan', 'at-boot', 'check-command'],
  },
  { name: 'audit', options: ['forks'] },
  { name: 'backups', options: ['forks'] },
  {
    name: 'rollback',
    positional: '[ID]',
    completes: 'backups',
    options: ['dry-run', 'yes', 'accept', 'plan', 'words-only', 'log', 'force'],
  },
  { name: 'completion', positional: '<SHELL>', choices: SHELLS, options: [] },
];
