import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canMount } from '../../host/mounted.ts';
import { hasProgram } from '../../oracle/available.ts';
import { numbersFrom } from '../crash-replay.ts';
import { buildDriver, type Driver } from '../driver.ts';
import { type BootPlace, fetchKernel, type Kernel, makeDisks, powerOn, readAsGrub } from './machine.ts';
import { configText, defaultsText, turnOf } from './turns.ts';

/** For each place of /boot: CI takes a sample, `npm run test:fault` all that the figures say. */
const CUTS = process.env['BOOTMEND_WHOLE'] === undefined ? 6 : 12;

/** The power is cut at most so long after an operation of a change that is chosen by chance. */
const MOST_DELAY_MS = 40;

/** About as many as a change of two files takes. */
const OPERATIONS = 60;

const BOOT_MS = 180_000;

const places: readonly BootPlace[] = [
  { fileSystem: 'xfs', isInRoot: false },
  { fileSystem: 'ext4', isInRoot: false },
  { fileSystem: 'vfat', isInRoot: false },
  { fileSystem: 'xfs', isInRoot: true },
  { fileSystem: 'ext4', isInRoot: true },
];

const canRun =
  canMount &&
  hasProgram('qemu-system-x86_64') &&
  hasProgram('grub-mkrescue') &&
  hasProgram('grub-fstest') &&
  hasProgram('/bin/busybox', '--help') &&
  hasProgram('mkfs.xfs', '-V') &&
  hasProgram('mcopy');

describe.runIf(canRun)('the power is cut while files change; GRUB boots what is left', () => {
  let work = '';
  let driver: Driver;
  let kernel: Kernel;
  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'bootmend-power-cut-'));
    driver = buildDriver();
    kernel = fetchKernel();
  }, 600_000);
  afterAll(() => {
    driver.remove();
    rmSync(work, { recursive: true, force: true });
  });

  test.each(places)('$fileSystem, in /: $isInRoot', { timeout: 1_800_000 }, async (place) => {
    const { fileSystem, isInRoot } = place;
    const files = { config: configText(0), defaults: defaultsText(0) };
    const directory = mkdtempSync(join(work, `${fileSystem}-${isInRoot}-`));
    const request = { task: 'toggle', root: '/' } as const;
    const disks = makeDisks(directory, place, kernel, driver, request, files);
    const random = numbersFrom(fileSystem.length + (isInRoot ? 100 : 0));
    let lastApplied = 0;
    let applies = 0;
    const recoveries = new Map<string, number>();
    for (let cut = 0; cut < CUTS; cut += 1) {
      const machine = powerOn(disks);
      try {
        const booted = Number((await machine.line(/^booted (\S+)$/, BOOT_MS))[1]);
        const found = (await machine.line(/^found (.*)$/, BOOT_MS))[1];
        const recovered = await machine.line(/^recovered (\S+) (.*) (\d+) (\d+)$/, BOOT_MS);
        const [, direction = '', problem, defaults, config] = recovered;
        recoveries.set(direction, (recoveries.get(direction) ?? 0) + 1);
        const seen = { cut, booted, found, problem, defaults, config };
        // GRUB has read the last change that was reported done, or the one that was under way.
        expect([lastApplied, lastApplied + 1], JSON.stringify(seen)).toContain(booted);
        expect(found, JSON.stringify(seen)).not.toMatch(/undefined/);
        expect(problem, JSON.stringify(seen)).toBe('without problem');
        expect(defaults, JSON.stringify(seen)).toBe(config);
        await machine.line(/^applied (\d+) \S+$/, BOOT_MS);
        await machine.line(
          new RegExp(`^(?:at ${Math.floor(random() * OPERATIONS)}|applied \\d+ \\S+)$`),
          BOOT_MS,
        );
        await new Promise((resolve) => setTimeout(resolve, random() * MOST_DELAY_MS));
      } finally {
        await machine.cutPower();
      }
      const applied = [...machine.console().matchAll(/^applied (\d+) (\S+)\r?$/gm)];
      applies += applied.length;
      lastApplied = Number(applied.at(-1)?.[1]);
      expect(applied.map(([, , how]) => how)).not.toContain('in-journal');
      const left = turnOf(readAsGrub(disks.bootImage, disks.configPath), configText);
      expect([lastApplied, lastApplied + 1]).toContain(left);
    }
    console.log(
      `power cuts: ${fileSystem}${isInRoot ? ', in /' : ''}: ${CUTS} cuts, ${applies} changes, recoveries ${JSON.stringify([...recoveries])}`,
    );
    rmSync(directory, { recursive: true });
  });

  test('the judge notices a change that is not flushed: GRUB reads an older file', {
    timeout: 600_000,
  }, async () => {
    const files = { config: configText(0), defaults: defaultsText(0) };
    const directory = mkdtempSync(join(work, 'not-flushed-'));
    const request = { task: 'toggle', root: '/', omits: 'flush' } as const;
    const disks = makeDisks(
      directory,
      { fileSystem: 'ext4', isInRoot: false },
      kernel,
      driver,
      request,
      files,
    );
    const machine = powerOn(disks);
    let applied = 0;
    try {
      while (applied < 3) applied = Number((await machine.line(/^applied (\d+) in-journal$/, BOOT_MS))[1]);
    } finally {
      await machine.cutPower();
    }
    const left = turnOf(readAsGrub(disks.bootImage, disks.configPath), configText);
    expect(left ?? -1).toBeLessThan(applied);
  });
});
