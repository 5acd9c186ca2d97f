import { isEnvironmentBlock } from '../grub/environment-block.ts';
import type { ChangedFile, OwnershipChange } from './report.ts';
import type { Paint, TextOptions } from './text-options.ts';
import { unifiedDiff } from './unified-diff.ts';
import { visibleText } from './visible-text.ts';

/** What a plan changes as unified diffs, and what it changes beside the texts. */
export function renderDiffs(files: readonly ChangedFile[], { paint }: TextOptions): string {
  return files
    .map(({ path, before, after, ownershipChanges = [] }) => {
      const beside = ownershipChanges.map((change) => `${ownershipLine(path, change)}\n`).join('');
      return (
        beside +
        (before === after
          ? ''
          : paintDiff(unifiedDiff(path, withoutFiller(before), withoutFiller(after)), paint))
      );
    })
    .join('');
}

/** An environment block without the `#` that fill it up. */
function withoutFiller(text: string | undefined): string | undefined {
  return text !== undefined && isEnvironmentBlock(text) ? text.replace(/#+$/, '') : text;
}

function ownershipLine(path: string, { what, before, after }: OwnershipChange): string {
  return visibleText(`${path}: ${what} ${before ?? '-'} -> ${after ?? '-'}`);
}

function paintDiff(diff: string, paint: Paint): string {
  const lines = diff.split('\n').map((line) => {
    const shown = line.split('\t').map(visibleText).join('\t');
    if (line.startsWith('---') || line.startsWith('+++')) return paint('bold', shown);
    if (line.startsWith('+')) return paint('green', shown);
    if (line.startsWith('-')) return paint('red', shown);
    return line.startsWith('@@') ? paint('cyan', shown) : shown;
  });
  return `${lines.join('\n')}`;
}
