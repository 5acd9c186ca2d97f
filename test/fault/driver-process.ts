import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { Outcome } from '../../src/apply/outcome.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { openHost } from '../../src/host/root-host.ts';
import { plainOptions, planOf } from '../apply/tree.ts';
import type { DriverRequest } from './driver.ts';
import { interceptOperations } from './operations.ts';
import { planCases } from './plans.ts';
import { omitting, toggleWithoutEnd } from './power-cut/toggle.ts';

/** A process that applies a plan and prints the outcome; it is the test that chooses when it dies. */
const request: DriverRequest = JSON.parse(process.argv[2] ?? '{}');
const host = await openHost(request.root);
process.stdout.write(JSON.stringify(await perform(request)));

async function perform(wanted: DriverRequest): Promise<unknown> {
  if (wanted.task === 'apply') return applyCase(wanted);
  if (wanted.task === 'add-word') return addWord(wanted);
  if (wanted.task === 'toggle') return toggleWithoutEnd(omitting(host, wanted.omits));
  const opened = await host.openDirectory('/');
  return opened.ok ? opened.directory.flushFileSystem(false) : opened;
}

async function applyCase(wanted: DriverRequest & { readonly task: 'apply' }): Promise<Outcome> {
  const planCase = planCases.find(({ name }) => name === wanted.planName);
  if (planCase === undefined) throw new Error(`no such plan: ${wanted.planName}`);
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.abort());
  let index = 0;
  const mortal: ChangeableHost = interceptOperations(host, () => {
    if (index++ === wanted.at) process.kill(process.pid, wanted.signal);
  });
  return applyPlan(mortal, planCase.plan, { ...plainOptions, signal: interruption.signal });
}

async function addWord(wanted: DriverRequest & { readonly task: 'add-word' }): Promise<Outcome> {
  const read = await host.read(wanted.path);
  if (!read.ok) throw new Error(read.reason);
  const before = read.bytes.toString('latin1');
  const hasWord = before.includes(` ${wanted.word}`);
  const after = hasWord ? before : before.replace(/\n/g, ` ${wanted.word}\n`);
  const plan = planOf(hasWord ? [] : [{ path: wanted.path, before, after }]);
  return applyPlan(host, plan, { ...plainOptions, lockWaitMs: wanted.lockWaitMs, clock: () => new Date() });
}
