import { parseEntryOptions } from './entry-options.ts';
import {
  type Call,
  type Evaluation,
  exitStatus,
  isConditional,
  type PendingBody,
  placeOf,
  type Status,
} from './evaluation.ts';

function chosenId(outer: string, id: string): string {
  const escaped = id.replaceAll('>', '>>');
  return outer === '' ? escaped : `${outer}>${escaped}`;
}

/** `menuentry` and `submenu`: adds the item and leaves its body for when the configuration has run. */
export function addMenuItem(evaluation: Evaluation, call: Call): Status {
  const options = parseEntryOptions(call.words.map((word) => word.text));
  const { block } = call.command;
  const parameters = (options?.operands ?? []).flatMap((index) => call.words[index] ?? []);
  const title = parameters[0]?.text;
  if (
    options === undefined ||
    title === undefined ||
    (block === undefined) === (options.source === undefined)
  ) {
    return exitStatus.badArgument;
  }
  const id = options.id ?? title;
  const pending: PendingBody = {
    body: block === undefined ? undefined : { file: call.file, list: block },
    parameters,
    chosen: chosenId(evaluation.chosen, id),
    submenu: call.name === 'submenu',
    bootLines: [],
    saves: [],
    configFiles: [],
    children: [],
  };
  evaluation.pending.push(pending);
  const base = {
    title,
    id,
    classes: options.classes,
    users: options.users,
    unrestricted: options.unrestricted,
    place: placeOf(call.file, call.command.start),
    conditional: isConditional(evaluation),
    configFiles: pending.configFiles,
  };
  const { bootLines, saves, children } = pending;
  evaluation.items.push(
    call.name === 'submenu'
      ? { kind: 'submenu', ...base, children }
      : { kind: 'entry', ...base, bootLines, saves },
  );
  return exitStatus.done;
}
