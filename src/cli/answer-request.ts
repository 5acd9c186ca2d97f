import description from '../../package.json' with { type: 'json' };
import { loadCatalogue } from '../report/messages/catalogue.ts';
import { writeReportDocument } from '../report/report-document.ts';
import { EXIT } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { reportHere } from './report-here.ts';
import { writeOutput } from './write-output.ts';

/** The option that stands for a whole command line, where bootmend is run by bootmend on another machine (`--host`). */
export const ANSWER = '--answer';

/** What is asked of the bootmend of the same version on another machine, as one line. */
export function writeRequest(invocation: Invocation): string {
  return JSON.stringify({ version: description.version, invocation });
}

/**
 * Run what another machine asks for and print the whole report, from which that machine makes its screens. Nobody is asked here.
 *
 * @param request as `writeRequest` makes it
 * @returns the exit code
 */
export async function answerRequest(request: string): Promise<number> {
  const { version, invocation }: { version: string; invocation: Invocation } = JSON.parse(request);
  if (version !== description.version) return EXIT.usage;
  const report = await reportHere(invocation, await loadCatalogue('en'), false, UNSEEN);
  writeOutput(writeReportDocument(report));
  return report.exitCode;
}

/** Nobody looks on, so that nothing is shown before the end. */
const UNSEEN = { show: () => undefined, reveal: () => undefined };
