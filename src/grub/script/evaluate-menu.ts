import { executeFile } from './config-files.ts';
import { assign, type Environment, exportedVariables, exportVariable, knownValue } from './environment.ts';
import {
  bodyPlace,
  type Evaluation,
  type MenuSources,
  type PendingBody,
  reportProblem,
} from './evaluation.ts';
import { executeList } from './execute.ts';
import type { GrubMenu } from './grub-menu.ts';
import type { ScriptFile } from './script-file.ts';

/** The configuration to evaluate, and what is known of the machine. */
export interface MenuInput extends ScriptFile, MenuSources {
  /**
   * What the environment holds before the script runs, such as `root` and `prefix`; `$name` stands for what is not known in a
   * value.
   */
  readonly variables: ReadonlyMap<string, string>;
  /** Whether an unquoted `\xHH` stays as it is, as in Red Hat's GRUB. */
  readonly keepsHexEscapes?: boolean;
}

/** More commands and words than a menu of 10,000 entries has, so that an endless loop comes to an end. */
const mostSteps = 1_000_000;

/** Set by normal mode before it reads the configuration (grub-core/normal/main.c `features`). */
const features = [
  'feature_chainloader_bpb',
  'feature_ntldr',
  'feature_platform_search_hint',
  'feature_default_font_path',
  'feature_all_video_module',
  'feature_menuentry_id',
  'feature_menuentry_options',
  'feature_200_final',
  'feature_nativedisk_cmd',
  'feature_timeout_style',
];

function firstEnvironment(variables: ReadonlyMap<string, string>): Environment {
  const environment: Environment = new Map();
  for (const name of features) environment.set(name, { ...knownValue('y', []), exported: true });
  for (const [name, text] of variables) {
    environment.set(name, { ...knownValue(text, []), known: !text.includes('$'), exported: true });
  }
  return environment;
}

function beginEvaluation(input: MenuInput): Evaluation {
  return {
    sources: input,
    keepsHexEscapes: input.keepsHexEscapes ?? false,
    functions: new Map(),
    problems: [],
    environment: firstEnvironment(input.variables),
    items: [],
    pending: [],
    bootLines: [],
    saves: [],
    searched: undefined,
    namedRoot: undefined,
    configFiles: undefined,
    inEntry: false,
    parameters: undefined,
    chosen: '',
    status: null,
    interruption: undefined,
    conditions: 0,
    mayHaveEnded: false,
    recursion: 0,
    loops: 0,
    stepsLeft: mostSteps,
  };
}

/** As many submenus as the parser takes inside one another; a function may make them without end. */
const deepestSubmenu = 500;

interface Chosen {
  readonly pending: PendingBody;
  readonly environment: Environment;
  /** How many submenus it stands in. */
  readonly depth: number;
}

/** Runs the body of an entry or submenu as if it were chosen, and gives the bodies that a submenu adds. */
function runChosen(evaluation: Evaluation, { pending, environment, depth }: Chosen): Chosen[] {
  evaluation.environment = pending.submenu ? exportedVariables(environment) : new Map(environment);
  assign(evaluation.environment, 'chosen', knownValue(pending.chosen, []));
  exportVariable(evaluation.environment, 'chosen');
  evaluation.chosen = pending.chosen;
  evaluation.items = pending.children;
  evaluation.pending = [];
  evaluation.bootLines = pending.bootLines;
  evaluation.saves = pending.saves;
  evaluation.searched = undefined;
  evaluation.namedRoot = undefined;
  evaluation.configFiles = pending.configFiles;
  evaluation.inEntry = !pending.submenu;
  evaluation.parameters = pending.parameters;
  evaluation.conditions = 0;
  evaluation.mayHaveEnded = false;
  evaluation.interruption = undefined;
  const { body, submenu } = pending;
  if (body === undefined) return [];
  if (depth > deepestSubmenu) {
    reportProblem(evaluation, 'recursion-too-deep', bodyPlace(body), '');
    return [];
  }
  executeList(evaluation, body);
  const added = submenu ? evaluation.pending : [];
  return added.map((inner) => ({
    pending: inner,
    environment: evaluation.environment,
    depth: depth + 1,
  }));
}

/**
 * The menu that a configuration makes, and for each of its entries what the loader gets.
 *
 * The configuration runs from its first command to its last as GRUB 2.06 runs it; a condition that depends on what
 * can't be known makes both its branches run, and what they decide is marked as conditional. Then each entry's body
 * runs as if that entry were chosen. Commands that load modules, draw or wait do nothing.
 *
 * Ends after 1,000,000 commands and words, and at GRUB's own depth of recursion.
 */
export function evaluateMenu(input: MenuInput): GrubMenu {
  const evaluation = beginEvaluation(input);
  const grubPath = input.variables.get('config_file') ?? input.path;
  const { path, text, script } = input;
  executeFile(evaluation, { path, text, script }, grubPath, (body) => executeList(evaluation, body));
  const { environment, items, bootLines, saves } = evaluation;
  const waiting: Chosen[] = evaluation.pending.map((pending) => ({ pending, environment, depth: 0 }));
  waiting.reverse();
  for (let chosen = waiting.pop(); chosen !== undefined; chosen = waiting.pop()) {
    waiting.push(...runChosen(evaluation, chosen).reverse());
  }
  return { items, bootLines, saves, variables: environment, problems: evaluation.problems };
}
