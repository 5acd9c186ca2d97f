import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { canMakeDebianRoot, debianRoot, grubFiles, MAKING_MS, updateGrub } from './debian-root.ts';

describe.runIf(canMakeDebianRoot)("--regenerate with Debian's own grub-mkconfig", () => {
  let root = '';
  beforeAll(() => {
    root = debianRoot();
  }, MAKING_MS);

  function bootmend(...words: readonly string[]) {
    const { exitCode, stdout, stderr } = runCli([...words, '--json', '--root', root]);
    expect(exitCode, stderr + stdout).toBe(0);
    return JSON.parse(stdout);
  }

  const COMMANDS: readonly (readonly string[])[] = [
    ['set', 'nosmt'],
    ['set', 'dyndbg="file a.c +p"', '--force'],
    ['fix', '--remedy', 'disable', '--force'],
  ];

  test.each(COMMANDS)(
    '%s %s: writes what update-grub makes afterwards, with what was pending',
    (...command) => {
      const first = grubFiles(root);
      const defaults = join(root, 'etc/default/grub');
      const pending = first.defaults.replace('GRUB_TIMEOUT=5', 'GRUB_TIMEOUT=17');
      writeFileSync(defaults, pending, 'latin1');

      const { plan, messages } = bootmend(...command, '--regenerate', '--dry-run');
      expect(plan.edits.map(({ diff }: { diff: string }) => diff).join('')).toContain(
        '+    set timeout=17\n',
      );
      const codes = messages.map(({ code }: { code: string }) => code);
      expect(codes).toContain('warning.regenerate-more');
      expect(grubFiles(root)).toEqual({ menu: first.menu, defaults: pending });

      expect(bootmend(...command, '--regenerate', '--yes').outcome).toBe('applied');
      const made = grubFiles(root);
      updateGrub(root);
      expect(grubFiles(root)).toEqual(made);
      expect(bootmend(...command, '--regenerate', '--yes').outcome).toBe('unchanged');

      expect(bootmend('rollback', '--yes').outcome).toBe('applied');
      expect(grubFiles(root)).toEqual({ menu: first.menu, defaults: pending });
      writeFileSync(defaults, first.defaults, 'latin1');
    },
  );

  test('a word that a script of /etc/grub.d takes away is missed before anything is written', () => {
    const script = join(root, 'etc/grub.d/10_linux');
    const own = readFileSync(script, 'latin1');
    writeFileSync(script, own.replace('GRUB_CMDLINE_LINUX_DEFAULT}"', 'SOMETHING_ELSE}"'), 'latin1');
    const first = grubFiles(root);
    const { exitCode, stdout } = runCli(['set', 'nosmt', '--regenerate', '--yes', '--json', '--root', root]);
    writeFileSync(script, own, 'latin1');
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).messages.at(-1).code).toBe('error.regenerate-goal-missed');
    expect(grubFiles(root)).toEqual(first);
  });
});
