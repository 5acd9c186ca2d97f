import { findSymptoms } from '../diagnosis/symptoms.ts';
import type { HostFacts } from '../facts/gather.ts';
import { readKernelLog } from '../facts/running/kernel-log.ts';
import { readMemorySample } from '../facts/running/memory-sample.ts';
import type { SymptomReport } from '../report/report.ts';
import type { CommandContext } from './command-context.ts';

/** One sample of the memory of a host, and what it shows of a leak; undefined where it is not known what runs. */
export async function measure(
  host: CommandContext['host'],
  { running }: HostFacts,
): Promise<SymptomReport | undefined> {
  if (running === undefined) return undefined;
  const sample = await readMemorySample(host, await readKernelLog(host, running));
  return sample && { ...findSymptoms(sample), sample };
}
