import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { canLoop, canMount } from '../host/mounted.ts';
import { lz4Kernel } from '../kernel/image/packaged-kernels.ts';
import { patchLz4Kernel } from '../kernel/image/patch-lz4.ts';
import { hasProgram } from '../oracle/available.ts';
import {
  boot,
  change,
  cutInConfirm,
  makeTrialMachine,
  type TrialMachine,
  type TrialPlace,
} from './trial-machine.ts';

const canBoot =
  canMount &&
  canLoop &&
  hasProgram('qemu-system-x86_64') &&
  hasProgram('grub-mkrescue') &&
  hasProgram('grub-editenv') &&
  hasProgram('mkfs.xfs', '-V') &&
  hasProgram('/bin/busybox', '--help');
const kernel = canBoot ? lz4Kernel() : undefined;

const everywhere: readonly TrialPlace[] = [
  { firmware: 'BIOS', fileSystem: 'ext4' },
  { firmware: 'BIOS', fileSystem: 'xfs' },
  { firmware: 'BIOS', fileSystem: 'vfat' },
  { firmware: 'UEFI', fileSystem: 'ext4' },
  { firmware: 'UEFI', fileSystem: 'xfs' },
];
/** CI takes a sample. */
const places = process.env['BOOTMEND_WHOLE'] === undefined ? everywhere.slice(0, 1) : everywhere;
const isWhole = places.length > 1;

const OLD = ['root=/dev/ram0', 'ro', 'console=ttyS0'];
const WORD = 'example.word=1';

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

function machineAt(place: TrialPlace, patch?: 'cgroup.memory='): TrialMachine {
  const work = mkdtempSync(join(tmpdir(), 'bootmend-trial-'));
  made.push(work);
  const image = kernel?.file() ?? Buffer.alloc(0);
  const own = patch === undefined ? image : patchLz4Kernel(image, patch);
  return makeTrialMachine(work, place, own, kernel?.release ?? '');
}

const tried = (machine: TrialMachine, ...words: readonly string[]) => {
  const { exitCode, document } = change(machine, ['set', ...words, '--trial', '--force']);
  expect([exitCode, document.trial?.state]).toEqual([0, 'pending']);
};

describe.runIf(kernel !== undefined).each(places)('$firmware, /boot on $fileSystem', (place) => {
  test('a trial that is content is kept by confirm', { timeout: 600_000 }, async () => {
    const machine = machineAt(place);
    tried(machine, WORD);
    expect(await boot(machine)).toEqual({ words: [...OLD, WORD, 'panic=10'], end: 'off' });
    expect(change(machine, ['confirm'])).toMatchObject({ exitCode: 0, document: { outcome: 'applied' } });
    expect(await boot(machine)).toEqual({ words: [...OLD, WORD], end: 'off' });
    if (isWhole) {
      expect(change(machine, ['rollback']).exitCode).toBe(0);
      expect((await boot(machine)).words).toEqual(OLD);
    }
  });

  test('a word that makes the kernel panic is gone with the restart', { timeout: 600_000 }, async () => {
    const machine = machineAt(place);
    tried(machine, 'rdinit=/no/such', 'panic=2');
    expect((await boot(machine)).end).toBe('reset');
    expect(await boot(machine)).toEqual({ words: OLD, end: 'off' });
    expect(change(machine, ['confirm']).document).toMatchObject({ exitCode: 4, trial: { state: 'failed' } });
    expect(change(machine, ['rollback']).exitCode).toBe(0);
    if (isWhole) expect((await boot(machine)).words).toEqual(OLD);
  });

  test.runIf(isWhole)(
    'a machine that hangs boots the old words once its power is cut',
    { timeout: 600_000 },
    async () => {
      const machine = machineAt(place);
      tried(machine, 'example.hang');
      expect((await boot(machine)).end).toBe('cut');
      expect(await boot(machine)).toEqual({ words: OLD, end: 'off' });
      expect(change(machine, ['confirm']).exitCode).toBe(4);
    },
  );

  test.runIf(isWhole)('a power cut before confirm boots the old words', { timeout: 600_000 }, async () => {
    const machine = machineAt(place);
    tried(machine, WORD);
    expect((await boot(machine)).words).toContain(WORD);
    expect(await boot(machine)).toEqual({ words: OLD, end: 'off' });
    expect(await boot(machine)).toEqual({ words: OLD, end: 'off' });
  });

  test.runIf(isWhole)(
    'a power cut in confirm boots the old words or the proven ones',
    { timeout: 900_000 },
    async () => {
      const machine = machineAt(place);
      tried(machine, WORD);
      expect((await boot(machine)).words).toContain(WORD);
      const booted: string[] = [];
      for (const disk of await cutInConfirm(machine, [350, 450, 550, 700])) {
        const { words, end } = await boot(machine, disk);
        booted.push(end === 'off' ? words.join(' ') : end);
      }
      const proven = [OLD.join(' '), [...OLD, WORD].join(' ')];
      expect(booted.filter((line) => !proven.includes(line))).toEqual([]);
      expect((await boot(machine)).words).toEqual([...OLD, WORD]);
    },
  );

  test.runIf(isWhole)('a kernel that ignores the word is not confirmed', { timeout: 600_000 }, async () => {
    const machine = machineAt(place, 'cgroup.memory=');
    tried(machine, 'cgroup.memory=nokmem');
    expect((await boot(machine)).words).toContain('cgroup.memory=nokmem');
    const left = change(machine, ['confirm']);
    expect(left.document).toMatchObject({ exitCode: 4, messages: [{ code: 'error.trial-without-effect' }] });
    expect((await boot(machine)).words).toEqual(OLD);
  });
});

test.skipIf(kernel !== undefined)('no machine to boot a trial', () => {
  console.warn('SKIPPED: QEMU, GRUB, a packaged kernel and leave to mount are needed');
});
