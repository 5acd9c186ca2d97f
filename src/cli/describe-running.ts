import { auditLine } from '../diagnosis/audit.ts';
import type { EntryWord } from '../facts/boot-entry.ts';
import type { KernelFacts } from '../facts/kernels.ts';
import { CMDLINE_PATH, type RunningState } from '../facts/running/running-state.ts';
import type { RunningReport } from '../report/report.ts';

/** The line of the running kernel with what becomes of each of its words. */
export function auditRunningLine({ words }: RunningState, kernel: KernelFacts | undefined) {
  return auditLine(
    words.map((text): EntryWord => ({ text, from: CMDLINE_PATH })),
    kernel,
  );
}

/** The running kernel and its line as the report shows them. */
export function describeRunning(state: RunningState, kernel: KernelFacts | undefined): RunningReport {
  return { kernel: state.release, cmdline: state.cmdline, words: auditRunningLine(state, kernel).words };
}
