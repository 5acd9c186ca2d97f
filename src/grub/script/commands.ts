import { bootCommands, takeBootLine } from './boot-commands.ts';
import { forgetVariables } from './environment.ts';
import {
  type Call,
  type CommandRule,
  callPlace,
  type Evaluation,
  exitStatus,
  isConditional,
  reportProblem,
  type Status,
} from './evaluation.ts';
import { flowRules } from './flow-commands.ts';
import { addMenuItem } from './menu-commands.ts';
import { withRootDevice } from './root-device.ts';
import { evaluateTest } from './test-expression.ts';
import { variableRules } from './variable-commands.ts';

/** `[` and `test`; the environment block counts as a file that is there where it can be read. */
function test(evaluation: Evaluation, call: Call): Status {
  const { testFile, readEnvironment } = evaluation.sources;
  const prefix = evaluation.environment.get('prefix')?.text ?? '';
  const holds = evaluateTest(call.words, (operator, given) => {
    const path = withRootDevice(evaluation.environment, given);
    const found = testFile?.(operator, path);
    if (found !== undefined || !path.endsWith('/grubenv')) return found;
    const block = readEnvironment(path === `${prefix}/grubenv` ? undefined : path);
    return block === 'unknown' ? undefined : block !== undefined && operator !== '-d';
  });
  return holds === undefined ? undefined : Number(!holds);
}

function loaderEntries(evaluation: Evaluation, call: Call): Status {
  evaluation.items.push({
    kind: 'loader-entries',
    command: call.name,
    words: call.words.map((word) => word.text),
    place: callPlace(call),
    conditional: isConditional(evaluation),
    variables: new Map(evaluation.environment),
  });
  return undefined;
}

function notEvaluated(evaluation: Evaluation, call: Call): Status {
  const { start, end } = call.command;
  reportProblem(evaluation, 'config-not-evaluated', callPlace(call), call.file.text.slice(start, end));
  forgetVariables(evaluation.environment, callPlace(call));
  return undefined;
}

/** Commands that read a configuration in another language, or in a way that is not followed. */
const unfollowed = [
  'eval',
  'legacy_source',
  'legacy_configfile',
  'syslinux_source',
  'syslinux_configfile',
  'extract_entries_source',
  'extract_entries_configfile',
  'extract_legacy_entries_source',
  'extract_legacy_entries_configfile',
  'extract_syslinux_entries_source',
  'extract_syslinux_entries_configfile',
];

function always(status: Status): CommandRule {
  return () => status;
}

function named(names: readonly string[], rule: CommandRule): [string, CommandRule][] {
  return names.map((name) => [name, rule]);
}

/**
 * The commands whose effect on the menu and its variables is known. Each is a command that GRUB looks up before a
 * function of the same name (grub-core/script/execute.c `grub_script_execute_cmdline`).
 */
export const commandRules: ReadonlyMap<string, CommandRule> = new Map([
  ...variableRules,
  ...flowRules,
  ...named(['true', 'echo', 'password', 'password_pbkdf2'], always(exitStatus.done)),
  ...named(['false'], always(exitStatus.testFailed)),
  ...named(['test', '['], test),
  ...named(['menuentry', 'submenu'], addMenuItem),
  ...named(['blscfg', 'bls_import', 'blsuki', 'uki'], loaderEntries),
  ...named(unfollowed, notEvaluated),
  ...named(bootCommands, takeBootLine),
]);
