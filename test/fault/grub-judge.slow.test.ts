import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { canMount } from '../host/mounted.ts';
import { hasProgram } from '../oracle/available.ts';
import { counted } from '../oracle/missing.ts';
import { judgeRecording } from './block-writes/judge-recording.ts';
import {
  type Beside,
  type Layout,
  noiseBeside,
  nothingBeside,
  recordChanges,
} from './block-writes/recording.ts';
import { numbersFrom } from './crash-replay.ts';

/** CI takes a sample; `npm run test:fault` sets this to see every layout with as many disks as the figures say. */
const IS_WHOLE = process.env['BOOTMEND_WHOLE'] !== undefined;
const CHANGES = IS_WHOLE ? 4 : 2;
const SUBSETS = IS_WHOLE ? 400 : 60;

const layouts = (['ext4', 'ext4 with journal_data', 'xfs', 'btrfs'] as const).flatMap((fileSystem) =>
  [false, true].map((isInRoot): Layout => ({ fileSystem, isInRoot })),
);

/** Where the block device's writes are seen. */
const hasFuse = counted(existsSync('/dev/fuse'), '/dev/fuse');

const canRun =
  canMount &&
  hasFuse &&
  hasProgram('grub-fstest') &&
  hasProgram('mkfs.xfs', '-V') &&
  hasProgram('mkfs.btrfs');

describe.runIf(canRun)('GRUB is the judge: it reads old or new from whatever a power cut leaves', () => {
  let work = '';
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'bootmend-blocks-'));
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const judge = async (
    layout: Layout,
    changes: number,
    beside: Beside,
    asHost: (host: ChangeableHost) => ChangeableHost,
  ) => {
    const recording = await recordChanges(work, layout, changes, beside, asHost);
    const verdict = judgeRecording(recording, SUBSETS, numbersFrom(7));
    const { fileSystem, isInRoot } = layout;
    console.log(
      `GRUB as judge: ${fileSystem}${isInRoot ? ', in /' : ''}: ${changes} changes, ${recording.operations.length} block operations, ${verdict.borders} borders, ${verdict.subsets} subsets, ${verdict.violations.length} violations`,
    );
    return verdict;
  };

  test.each(layouts)('$fileSystem, in /: $isInRoot', { timeout: 900_000 }, async (layout) => {
    const verdict = await judge(layout, CHANGES, noiseBeside, (host) => host);
    expect(verdict.violations).toEqual([]);
    expect(verdict.subsets).toBeGreaterThanOrEqual(SUBSETS);
  });

  test.each([
    ['before the first rename', 0, 'ext4'],
    ['after the last rename', 1, 'ext4'],
    ['after the last rename', 1, 'xfs'],
  ] as const)(
    'the judge notices a change that is not frozen and thawed %s (%i, %s)',
    { timeout: 900_000 },
    async (_, which, fileSystem) => {
      const layout = { fileSystem, isInRoot: false };
      const verdict = await judge(layout, 4, nothingBeside, (host) => withoutFlush(host, which));
      expect(verdict.violations.length).toBeGreaterThan(0);
    },
  );
});

/** A host that leaves one of the two flushes of each change out and says that it was done. */
function withoutFlush(host: ChangeableHost, left: 0 | 1): ChangeableHost {
  let flushes = 0;
  return {
    ...host,
    openDirectory: async (path) => {
      const opened = await host.openDirectory(path);
      if (!opened.ok) return opened;
      const { directory } = opened;
      const flushFileSystem = async (isNeeded: boolean) =>
        flushes++ % 2 === left ? 'frozen' : directory.flushFileSystem(isNeeded);
      return { ...opened, directory: { ...directory, flushFileSystem } };
    },
  };
}
