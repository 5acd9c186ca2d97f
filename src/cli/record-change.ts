import { closeSync, openSync, writeSync } from 'node:fs';
import type { Outcome } from '../apply/outcome.ts';
import type { ChangedWords } from '../plan/changed-words.ts';
import { warning } from '../report/message.ts';
import { redactText } from '../report/redact.ts';
import type { Message } from '../report/report.ts';
import { decodeText } from '../report/visible-text.ts';
import { asBytes } from './argument-bytes.ts';
import type { CommandContext } from './command-context.ts';

/** What was tried, for the system's log and for `--log FILE`. */
export interface ChangeRecord {
  readonly planId: string;
  readonly words: readonly ChangedWords[];
  readonly bootId: string | undefined;
}

/**
 * Tell the system's log of a change of the running system (logger(1), facility user), and append a JSON line to the file of `--log`, which
 * is made for its owner only. Values that can hold secrets are hidden in both, as anybody may read a log. What was written stays as it is
 * where this fails.
 *
 * @returns what went wrong
 */
export async function recordChange(
  { invocation, host }: CommandContext,
  { planId, words, bootId }: ChangeRecord,
  outcome: Outcome,
): Promise<readonly Message[]> {
  const { command, options } = invocation;
  const shown = (of: (one: ChangedWords) => readonly string[]) =>
    [...new Set(words.flatMap(of))].map((word) => redactText(decodeText(word)));
  const [set, unset] = [shown((one) => one.set), shown((one) => one.unset)];
  const backup = outcome.kind === 'applied' ? outcome.backup.id : undefined;
  if (host.isRunningSystem && outcome.kind === 'applied') {
    const change = [...unset.map((word) => `-${word}`), ...set.map((word) => `+${word}`)].join(' ');
    await host.run('logger', [
      '-t',
      'bootmend',
      '-p',
      'user.notice',
      '--',
      `${command}: ${change} (backup ${backup})`,
    ]);
  }
  if (options.log === undefined) return [];
  const at = new Date().toISOString();
  const line = {
    at,
    command,
    root: host.root,
    outcome: outcome.kind,
    plan: planId,
    backup,
    set,
    unset,
    bootId,
  };
  return appendLine(options.log, JSON.stringify(line));
}

function appendLine(path: string, line: string): readonly Message[] {
  try {
    const file = openSync(path, 'a', 0o600);
    try {
      writeSync(file, `${line}\n`);
    } finally {
      closeSync(file);
    }
    return [];
  } catch (failure) {
    const systemCode = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
    return [warning('warning.log-not-written', { path: asBytes(path), systemCode })];
  }
}
