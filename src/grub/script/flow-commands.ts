import { type Call, type CommandRule, type Evaluation, exitStatus, type Status } from './evaluation.ts';

function interruptLoop(kind: 'break' | 'continue'): CommandRule {
  return (evaluation, call) => {
    const wanted = call.words[0] === undefined ? 1 : Number.parseInt(call.words[0].text, 10);
    const levels = Math.min(Number.isNaN(wanted) ? 0 : wanted, evaluation.loops);
    if (levels > 0) evaluation.interruption = { kind, levels };
    return exitStatus.done;
  };
}

function returnFromFunction(evaluation: Evaluation, call: Call): Status {
  if (evaluation.parameters === undefined) return exitStatus.badArgument;
  evaluation.interruption = { kind: 'return' };
  const wanted = call.words[0];
  if (wanted === undefined) return evaluation.status ?? undefined;
  const status = Number.parseInt(wanted.text, 10);
  return wanted.known && !Number.isNaN(status) ? status : undefined;
}

function shift(evaluation: Evaluation, call: Call): Status {
  const { parameters } = evaluation;
  const by = call.words[0] === undefined ? 1 : Number.parseInt(call.words[0].text, 10);
  if (parameters === undefined) return exitStatus.done;
  if (Number.isNaN(by) || by > parameters.length) return exitStatus.badArgument;
  const counted = parameters.slice(0, by).every((parameter) => parameter.single);
  const rest = parameters.slice(by);
  evaluation.parameters = counted ? rest : rest.map((each) => ({ ...each, known: false, single: false }));
  return exitStatus.done;
}

function setParameters(evaluation: Evaluation, call: Call): Status {
  if (evaluation.parameters === undefined) return exitStatus.invalidCommand;
  evaluation.parameters = call.words;
  return exitStatus.done;
}

function leave(evaluation: Evaluation): Status {
  evaluation.interruption = { kind: 'exit' };
  return exitStatus.done;
}

/** The commands that decide what runs next, and with which parameters. */
export const flowRules: readonly (readonly [string, CommandRule])[] = [
  ['break', interruptLoop('break')],
  ['continue', interruptLoop('continue')],
  ['return', returnFromFunction],
  ['shift', shift],
  ['setparams', setParameters],
  ['exit', leave],
  ['normal_exit', leave],
  ['halt', leave],
  ['reboot', leave],
  ['boot', leave],
];
