import { exportedVariables, forgetVariables, knownValue } from './environment.ts';
import {
  type Body,
  type Call,
  type Evaluation,
  inBoundary,
  isConditional,
  placeOf,
  reportProblem,
  type Status,
} from './evaluation.ts';
import { withRootDevice } from './root-device.ts';
import type { ScriptFile } from './script-file.ts';

/** Runs the commands of a body. */
export type RunBody = (body: Body) => Status;

/**
 * Runs a configuration file in the present context, in which `config_file` and `config_directory` name it meanwhile.
 *
 * Source: GRUB 2.06, grub-core/normal/main.c `read_config_file`.
 *
 * @param grubPath what GRUB calls the file
 */
export function executeFile(
  evaluation: Evaluation,
  file: ScriptFile,
  grubPath: string,
  run: RunBody,
): Status {
  const directory = grubPath.slice(0, Math.max(grubPath.lastIndexOf('/'), 0));
  const known = !grubPath.includes('$');
  const outer = new Map(evaluation.environment);
  for (const [name, text] of [
    ['config_file', grubPath],
    ['config_directory', directory],
  ] as const) {
    evaluation.environment.set(name, { ...knownValue(text, []), known, exported: true });
  }
  const status = inBoundary(evaluation, () => run({ file, list: file.script.statements }));
  for (const name of ['config_file', 'config_directory']) {
    const value = outer.get(name);
    if (value === undefined) evaluation.environment.delete(name);
    else evaluation.environment.set(name, value);
  }
  return status;
}

/** The file that the command's only argument names. */
function namedFile(evaluation: Evaluation, call: Call): ScriptFile | undefined {
  const path = call.words[0];
  if (path === undefined || call.words.length !== 1) return undefined;
  const file = evaluation.sources.readScript(withRootDevice(evaluation.environment, path.text));
  if (file !== undefined && file !== 'unknown') return file;
  const place = placeOf(call.file, call.command.start);
  reportProblem(evaluation, file === undefined ? 'config-unreadable' : 'config-unknown', place, path.text);
  if (file === 'unknown') forgetVariables(evaluation.environment, place);
  return undefined;
}

/** `source` and `.` */
export function runSource(evaluation: Evaluation, call: Call, run: RunBody): Status {
  const file = namedFile(evaluation, call);
  if (file === undefined) return undefined;
  executeFile(evaluation, file, call.words[0]?.text ?? '', run);
  return 0;
}

/**
 * `configfile` shows the menu of another file at once, in a new context: what follows it runs only when the user
 * leaves that menu. In an entry it is noted, not followed.
 *
 * Source: GRUB 2.06, grub-core/commands/configfile.c and grub-core/normal/main.c `grub_normal_execute`.
 */
export function runConfigFile(evaluation: Evaluation, call: Call, run: RunBody): Status {
  const path = call.words[0]?.text ?? '';
  if (evaluation.configFiles !== undefined) {
    evaluation.configFiles.push(path);
    return undefined;
  }
  const file = namedFile(evaluation, call);
  if (file === undefined) return undefined;
  const { environment, items, pending } = evaluation;
  evaluation.environment = exportedVariables(environment);
  evaluation.items = [];
  evaluation.pending = [];
  executeFile(evaluation, file, path, run);
  if (evaluation.items.length === 0) {
    evaluation.environment = environment;
    evaluation.items = items;
    evaluation.pending = pending;
    return 0;
  }
  if (isConditional(evaluation)) {
    evaluation.items = [...items, ...evaluation.items];
    evaluation.pending = [...pending, ...evaluation.pending];
  }
  evaluation.interruption = { kind: 'exit' };
  return 0;
}
