import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { copyFixture, ownedByNobody, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'bootmend-exit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
chmodSync(folder, 0o755);
const missing = join(folder, 'missing');

describe('the same cause ends with the same exit code, whatever the command', () => {
  test.each([
    { words: ['status', '--root', missing] },
    { words: ['backups', '--root', missing] },
    { words: ['fix', '--yes', '--root', missing] },
    { words: ['probe', '--image', missing] },
    { words: ['probe', '--image', folder] },
    { words: ['probe', '--system-map', missing] },
  ])('2, a path on the command line that leads to nothing: $words', ({ words }) => {
    expect(runCli(words).exitCode).toBe(2);
  });

  test.each([
    { words: ['rollback', 'nosuch'] },
    { words: ['probe', '--kernel', 'nosuch'] },
    { words: ['set', 'quiet', '--entries', 'nosuch', '--yes'] },
    { words: ['fix', '--entries', 'nosuch', '--dry-run'] },
  ])('3, a name that this host does not have: $words', ({ words }) => {
    const root = copyFixture('centos-7.3');
    runCli(['fix', '--yes', '--root', root]);
    expect(runCli([...words, '--root', root]).exitCode).toBe(3);
  });

  test.each([
    { words: ['status'], close: 'boot/grub2/grub.cfg' },
    { words: ['audit'], close: 'boot/grub2/grub.cfg' },
    { words: ['set', 'a=b', '--yes'], close: 'boot/grub2/grub.cfg' },
    { words: ['backups'], close: 'var/lib/bootmend' },
    { words: ['rollback', '--yes'], close: 'var/lib/bootmend' },
    { words: ['probe', '--image', join(folder, 'closed')], close: 'boot/grub2/grub.cfg' },
  ])('3, a file that this user may not read: $words', ({ words, close }) => {
    const root = copyFixture('centos-7.3');
    mkdirSync(join(root, 'var/lib/bootmend'), { recursive: true });
    writeFileSync(join(folder, 'closed'), 'kernel', { mode: 0 });
    const user = ownedByNobody(root);
    chmodSync(join(root, close), 0);
    expect(user.run([...words, '--root', root]).exitCode).toBe(3);
  });

  test.each([{ words: ['backups'] }, { words: ['rollback', '--yes'] }, { words: ['set', 'a=b', '--yes'] }])(
    '1, a state directory that is none: $words',
    ({ words }) => {
      const root = copyFixture('centos-7.3');
      mkdirSync(join(root, 'var/lib'), { recursive: true });
      writeFileSync(join(root, 'var/lib/bootmend'), '');
      expect(runCli([...words, '--root', root]).exitCode).toBe(1);
    },
  );
});
