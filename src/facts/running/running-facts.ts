import type { Host } from '../../host/host.ts';
import { installedKernels } from '../installed-kernels.ts';
import { askKernels, gatherKernels, type KernelFacts } from '../kernels.ts';
import type { OsRelease } from '../os-release.ts';
import { type KernelLog, readKernelLog } from './kernel-log.ts';
import { type MemoryControl, readMemoryControl } from './memory-control.ts';
import type { RunningState } from './running-state.ts';
import { readVisibleSettings, type VisibleSetting } from './visible-settings.ts';

/** All that a host shows of the kernel that runs. */
export interface RunningFacts {
  readonly state: RunningState;
  /** The kernel's files; undefined where its release is not known. */
  readonly kernel: KernelFacts | undefined;
  readonly control: MemoryControl;
  /** undefined where the log of this start could not be read. */
  readonly log: KernelLog | undefined;
  /** By word. */
  readonly settings: ReadonlyMap<string, VisibleSetting>;
}

/**
 * Read what shows the effect of some words on the kernel that runs.
 *
 * @param kernels those that were read already
 * @param words beside those of the running line
 */
export async function readRunningFacts(
  host: Host,
  state: RunningState,
  osRelease: OsRelease | undefined,
  kernels: readonly KernelFacts[],
  words: readonly string[],
): Promise<RunningFacts> {
  const asked = [...new Set([...state.words, ...words])];
  return {
    state,
    kernel: await runningKernel(host, osRelease, kernels, state.release, asked),
    control: await readMemoryControl(host),
    log: await readKernelLog(host, state),
    settings: await readVisibleSettings(host, asked),
  };
}

/** The files of the kernel that runs, which may be one that no entry boots; undefined without a release. */
export async function runningKernel(
  host: Host,
  osRelease: OsRelease | undefined,
  kernels: readonly KernelFacts[],
  release: string | undefined,
  words: readonly string[],
): Promise<KernelFacts | undefined> {
  if (release === undefined) return undefined;
  const known = kernels.find((kernel) => kernel.release === release);
  if (known !== undefined) return (await askKernels(host, [known], words))[0];
  const installed = await installedKernels(host);
  const location = installed.find((kernel) => kernel.release === release);
  const locations = [location ?? { release, imagePath: undefined }];
  return (await gatherKernels(host, osRelease, locations, words))[0];
}
