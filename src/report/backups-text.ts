import type { Report } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';

/** The changes that were made here, with what each did and whether it is undone. */
export function renderBackups({ backups = [], outcome }: Report, { say }: TextOptions): string {
  if (outcome !== undefined) return '';
  if (backups.length === 0) return `${say('backup.none')}\n`;
  const lines = backups.map(({ id, createdAt, kind, undoneBy, files, trial }) => {
    const tried = trial === undefined ? '' : `  ${say(`backup.trial.${trial}`)}`;
    const undone = undoneBy === undefined ? '' : `  ${say('backup.undone', { by: undoneBy })}`;
    return `${visibleText(id)}  ${visibleText(createdAt)}  ${say(`backup.${kind}`)}  ${files.map(visibleText).join(' ')}${tried}${undone}\n`;
  });
  return lines.join('');
}
