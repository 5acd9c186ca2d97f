import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Trial } from '../../apply/trials.ts';
import { exists, readTexts } from '../../facts/layout/read-text.ts';
import { readSurroundings } from '../../facts/surroundings.ts';
import type { Host } from '../../host/host.ts';
import { buildPlan } from '../../plan/build-plan.ts';
import { AT_BOOT_FILES, AT_BOOT_PATHS, atBootTexts } from '../../plan/trial/at-boot-unit.ts';
import type { TrialProgress } from '../../plan/trial/trial-progress.ts';
import { error } from '../../report/message.ts';
import type { Report } from '../../report/report.ts';
import { asBytes } from '../argument-bytes.ts';
import { carryOutPlan } from '../carry-out-plan.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';

/** Install the unit that confirms a trial once the next boot is up: a plan like any other. */
export async function installAtBoot(
  context: CommandContext,
  trial: Trial,
  progress: TrialProgress,
  report: Omit<Report, 'exitCode'>,
): Promise<Report> {
  const { host, invocation } = context;
  const obstacle = await findObstacle(host, progress);
  if (obstacle !== undefined) {
    const messages = [...report.messages, error(obstacle)];
    return { ...report, outcome: 'refused', exitCode: EXIT.refused, messages };
  }
  const check = invocation.options['check-command'];
  const words = ['confirm', '--yes', ...(check === undefined ? [] : ['--check-command', check])];
  const texts = atBootTexts([...(await ownCommand(host)), ...words].map(asBytes));
  const found = await readTexts(host, AT_BOOT_FILES);
  const changes = (['unit', 'wants'] as const).map((name) => {
    const path = AT_BOOT_PATHS[name];
    return { path, before: found.get(path), after: texts[name], decides: 'next-boot' as const };
  });
  const how = {
    kind: 'apply',
    trialStep: { of: trial.manifest.id, is: 'at-boot' },
    verify: async () => undefined,
  } as const;
  return carryOutPlan(context, buildPlan(changes), await readSurroundings(host), how, report);
}

type Obstacle = 'error.trial-at-boot-root' | 'error.trial-at-boot-no-systemd' | 'error.trial-at-boot-late';

/** The unit runs this very program on the running system, and is there for a boot that is still to come. */
async function findObstacle(host: Host, progress: TrialProgress): Promise<Obstacle | undefined> {
  if (!host.isRunningSystem) return 'error.trial-at-boot-root';
  // sd_booted(3)
  if (!(await exists(host, '/run/systemd/system'))) return 'error.trial-at-boot-no-systemd';
  return progress === 'pending' ? undefined : 'error.trial-at-boot-late';
}

/** How this program is started again: the portable one by its own launcher, which brings the C library. */
async function ownCommand(host: Host): Promise<readonly string[]> {
  const script = realpathSync(process.argv[1] ?? '');
  const folder = dirname(dirname(script));
  const isPortable = await exists(host, join(folder, 'runtime'));
  return isPortable ? [join(folder, 'bootmend')] : [process.execPath, script];
}
