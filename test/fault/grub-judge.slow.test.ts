import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { canMount } from '../host/mounted.ts';
import { hasProgram } from '../oracle/available.ts';
import { counted } from '../oracle/missing.ts';
import { judgeRecording } from './block-writes/judge-recording.ts';
import { recordMachine } from './block-writes/machine-recording.ts';
import {
  type Layout,
  noiseBeside,
  nothingBeside,
  type Recording,
  recordChanges,
} from './block-writes/recording.ts';
import { numbersFrom } from './crash-replay.ts';
import { buildDriver, type Driver } from './driver.ts';
import { fetchKernel, type Kernel } from './power-cut/machine.ts';

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

/** For vfat, which this machine's kernel may lack. */
const hasMachine =
  hasProgram('qemu-system-x86_64') &&
  hasProgram('grub-mkrescue') &&
  hasProgram('/bin/busybox', '--help') &&
  hasProgram('mcopy');

describe.runIf(canRun)('GRUB is the judge: it reads old or new from whatever a power cut leaves', () => {
  let work = '';
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'bootmend-blocks-'));
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const judge = (name: string, changes: number, recording: Recording) => {
    const verdict = judgeRecording(recording, SUBSETS, numbersFrom(7));
    console.log(
      `GRUB as judge: ${name}: ${changes} changes, ${recording.operations.length} block operations, ${verdict.borders} borders, ${verdict.subsets} subsets, ${verdict.violations.length} violations`,
    );
    return verdict;
  };

  test.each(layouts)('$fileSystem, in /: $isInRoot', { timeout: 900_000 }, async (layout) => {
    const { fileSystem, isInRoot } = layout;
    const recording = await recordChanges(work, layout, CHANGES, noiseBeside, (host) => host);
    const verdict = judge(`${fileSystem}${isInRoot ? ', in /' : ''}`, CHANGES, recording);
    expect(verdict.violations).toEqual([]);
    expect(verdict.subsets).toBeGreaterThanOrEqual(SUBSETS);
  });

  describe.runIf(hasMachine)('vfat, written by a virtual machine', () => {
    let driver: Driver;
    let kernel: Kernel;
    beforeAll(() => {
      driver = buildDriver();
      kernel = fetchKernel();
    }, 600_000);
    afterAll(() => driver.remove());

    test('every change', { timeout: 900_000 }, async () => {
      const verdict = judge('vfat', CHANGES, await recordMachine(work, kernel, driver, CHANGES));
      expect(verdict.violations).toEqual([]);
      expect(verdict.subsets).toBeGreaterThanOrEqual(SUBSETS);
    });

    test('the judge notices a change whose renames are not synced', { timeout: 900_000 }, async () => {
      const recording = await recordMachine(work, kernel, driver, CHANGES, 'flush-and-sync');
      expect(judge('vfat, broken', CHANGES, recording).violations.length).toBeGreaterThan(0);
    });
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
      const asHost = (host: ChangeableHost) => withoutFlush(host, which);
      const recording = await recordChanges(work, layout, 4, nothingBeside, asHost);
      const verdict = judge(`${fileSystem}, broken`, 4, recording);
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
