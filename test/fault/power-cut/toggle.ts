import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import type { ChangeableHost } from '../../../src/apply/problem.ts';
import { recover } from '../../../src/apply/recover.ts';
import { plainOptions, planOf } from '../../apply/tree.ts';
import type { Omission } from '../driver.ts';
import { interceptOperations } from '../operations.ts';
import { CONFIG, configText, DEFAULTS, defaultsText, turnOf } from './turns.ts';

/** Says on the console what the last power cut left and what recovery made of it, then goes on changing both files. */
export async function toggleWithoutEnd(host: ChangeableHost): Promise<never> {
  // On vfat the kernel keeps the name of the first look-up, in whatever case that is.
  await host.status('/boot/GRUB2');
  const booted = await textOf(host, '/proc/cmdline');
  say(`booted ${/turn=(\d+)/.exec(booted)?.[1]}`);
  say(`found ${await turns(host)}`);
  const { settlement, problem } = await recover(host);
  say(
    `recovered ${settlement?.direction ?? 'nothing'} ${problem?.code ?? 'without problem'} ${await turns(host)}`,
  );
  let turn = turnOf(await textOf(host, CONFIG), configText) ?? 0;
  for (;;) {
    const plan = planOf([
      { path: DEFAULTS, before: defaultsText(turn), after: defaultsText(turn + 1), decides: 'later-kernels' },
      { path: CONFIG, before: configText(turn), after: configText(turn + 1) },
    ]);
    let operations = 0;
    const talkative = interceptOperations(host, () => say(`at ${operations++}`));
    const outcome = await applyPlan(talkative, plan, { ...plainOptions, clock: () => new Date() });
    if (outcome.kind !== 'applied') throw new Error(JSON.stringify(outcome));
    turn += 1;
    const boot = outcome.notes.some(({ data }) => 'path' in data && data.path === '/boot/grub2')
      ? 'in-journal'
      : 'flushed';
    if (existsSync(MARK_DEVICE)) markApplied(turn);
    say(`applied ${turn} ${boot}`);
  }
}

/** The third disk, where the machine has one. */
const MARK_DEVICE = '/dev/vdc';

function markApplied(turn: number): void {
  const device = openSync(MARK_DEVICE, 'rs+');
  writeSync(device, String(turn).padEnd(4096));
  closeSync(device);
}

/** A host that only says it flushes: what a transaction that relies on fsync alone, or on nothing, would be. */
export function omitting(host: ChangeableHost, omits: Omission | undefined): ChangeableHost {
  if (omits === undefined) return host;
  return {
    ...host,
    openDirectory: async (path) => {
      const opened = await host.openDirectory(path);
      if (!opened.ok) return opened;
      const flushFileSystem = async () => 'in-journal' as const;
      const nothing = async () => undefined;
      const syncs = omits === 'flush' ? {} : { sync: nothing, syncFile: nothing };
      return { ...opened, directory: { ...opened.directory, flushFileSystem, ...syncs } };
    },
  };
}

async function turns(host: ChangeableHost): Promise<string> {
  const defaults = turnOf(await textOf(host, DEFAULTS), defaultsText);
  const config = turnOf(await textOf(host, CONFIG), configText);
  return `${defaults} ${config}`;
}

async function textOf(host: ChangeableHost, path: string): Promise<string> {
  const read = await host.read(path);
  return read.ok ? read.bytes.toString('latin1') : '';
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
