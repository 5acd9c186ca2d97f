import type { BackupListing, Report } from './report.ts';
import type { TextOptions } from './text-options.ts';
import { visibleText } from './visible-text.ts';
import { padText } from './wrap-text.ts';

/** What was changed here, two lines a change: when, by what, which words; then its id, its files and what became of it. */
export function renderBackups({ backups = [], outcome }: Report, { say, paint }: TextOptions): string {
  if (outcome !== undefined) return '';
  if (backups.length === 0) return `${say('backup.none')}\n`;
  const commands = backups.map(({ command, kind }) => command ?? say(`backup.${kind}`));
  const width = Math.max(...commands.map((command) => command.length));
  const rows = backups.flatMap((backup, index) => {
    const { id, createdAt, set, unset, files } = backup;
    const words = [...unset.map((word) => `-${word}`), ...set.map((word) => `+${word}`)];
    const change = words.length === 0 ? say('backup.words-not-kept') : words.map(visibleText).join(' ');
    const when = createdAt.slice(0, 19).replace('T', ' ');
    return [
      `${visibleText(when)}  ${padText(commands[index] ?? '', width)}  ${change}`,
      `  ${visibleText(id)}  ${[...files.map(visibleText), ...fate(backup, say)].join('  ')}`,
    ];
  });
  return [paint('bold', say('backup.when')), ...rows].map((row) => `${row}\n`).join('');
}

function fate(
  { undoneBy, bootId, verified, trial }: BackupListing,
  say: TextOptions['say'],
): readonly string[] {
  return [
    ...(trial === undefined ? [] : [say(`backup.trial.${trial}`)]),
    ...(bootId === undefined ? [] : [say('backup.in-boot', { boot: bootId })]),
    ...(undoneBy === undefined ? [] : [say('backup.undone', { by: undoneBy })]),
    ...(verified === undefined
      ? []
      : [say(`backup.verified-${verified.verdict}`, { boot: verified.bootId ?? '' })]),
  ];
}
