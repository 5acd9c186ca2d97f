import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type PackagedKernel, packagedKernels } from '../kernel/image/packaged-kernels.ts';
import { patchLz4Kernel } from '../kernel/image/patch-lz4.ts';
import { hasProgram } from '../oracle/available.ts';
import { inEffect } from '../verification/in-effect.ts';
import { RECORDED_BOOTS, type RecordedBoot, recordPath } from '../verification/recorded-boots.ts';
import { recordRunningState } from './running-state.ts';

const canBoot = hasProgram('qemu-system-x86_64') && hasProgram('/bin/busybox', '--help');
const kernels = canBoot ? packagedKernels() : [];
/** With BOOTMEND_RECORD=1 the records are made anew. */
const isRecording = process.env['BOOTMEND_RECORD'] === '1';

function imageOf({ file }: PackagedKernel, { image }: RecordedBoot): Buffer {
  if (image === 'shipped') return file();
  return patchLz4Kernel(file(), image === 'deaf' ? 'cgroup.memory=' : 'nokmem');
}

const bootable = RECORDED_BOOTS.flatMap((boot) => {
  const kernel = kernels.find(({ name }) => name === `${boot.release}_amd64`);
  return kernel === undefined ? [] : [{ boot, kernel, name: boot.name }];
});

test.runIf(bootable.length > 0).each(bootable)(
  'a fresh boot is judged as its record is: $name',
  { timeout: 150_000 },
  async ({ boot, kernel }) => {
    const made = mkdtempSync(join(tmpdir(), 'bootmend-record-'));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    const tree = isRecording ? recordPath(boot) : join(made, 'tree');
    rmSync(tree, { recursive: true, force: true });
    const words = boot.word === undefined ? [] : [boot.word];
    await recordRunningState(imageOf(kernel, boot), words, boot.hierarchy, tree);
    if (boot.word !== undefined) expect(await inEffect(tree, boot.word)).toBe(boot.inEffect);
  },
);
