import { spawnSync } from 'node:child_process';
import { writeOutput } from './write-output.ts';

/** One that leaves what fits on the screen, keeps colours, and does not clear (less(1): -F, -R, -X). */
const USUAL_PAGER = 'less -FRX';

/** Show text in the operator's pager, or as it is where none can be run. */
export function page(text: string): void {
  const pager = process.env['PAGER'] || USUAL_PAGER;
  const { status, error } = spawnSync('/bin/sh', ['-c', pager], {
    input: text,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  // A pager that is left early closes the pipe.
  const isShown =
    (error === undefined || ('code' in error && error.code === 'EPIPE')) && status !== NOT_FOUND;
  if (!isShown) writeOutput(text);
}

/** What sh exits with where it finds no such program. */
const NOT_FOUND = 127;
