import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyFixture, runCli, treeOf } from './run-cli.ts';

const DEFAULTS = '/etc/default/grub';
const CMDLINE = '/etc/kernel/cmdline';
const ENTRIES = '/boot/loader/entries/*.conf';

/** How many lines of a file change, and how each of them begins. */
type Lines = readonly [count: number, beginning: string];

interface EditedTree {
  readonly name: string;
  /** The entry that boots by default. */
  readonly entry: string;
  /** Set where the kernels leak; else another word is set. */
  readonly remedy?: 'nokmem' | 'disable';
  readonly lines: Readonly<Record<string, Lines>>;
}

const linuxDefaults = (count = 1): Lines => [count, 'GRUB_CMDLINE_LINUX="'];
const normalDefaults: Lines = [1, 'GRUB_CMDLINE_LINUX_DEFAULT="'];

/** Where a word goes on each system: files, and lines in them. */
const edited: readonly EditedTree[] = [
  {
    name: 'centos-7.3',
    entry: 'gnulinux-3.10.0-514.6.1.el7.x86_64-advanced-b9d3c0e4-5f27-4a86-9c1d-70e2a64f8b15',
    remedy: 'disable',
    lines: { [DEFAULTS]: linuxDefaults(), '/boot/grub2/grub.cfg': [3, 'linux16 /vmlinuz-3.10.0-514.'] },
  },
  {
    name: 'centos-7.9',
    entry: 'gnulinux-3.10.0-1160.el7.x86_64-advanced-7a40c9d2-1be8-4f63-95d7-e03c86b12f9a',
    lines: {
      [DEFAULTS]: linuxDefaults(),
      '/boot/efi/EFI/centos/grub.cfg': [2, 'linuxefi /vmlinuz-3.10.0-1160.'],
    },
  },
  {
    name: 'mixed-kernels',
    entry: 'gnulinux-3.10.0-514.26.2.el7.x86_64-advanced-35f9e0b7-c8d1-46a2-b0e4-9d72c15a83f6',
    lines: { [DEFAULTS]: linuxDefaults(), '/boot/grub2/grub.cfg': [2, 'linux16 /vmlinuz-'] },
  },
  {
    name: 'amazon-2',
    entry: 'gnulinux-4.14.336-253.554.amzn2.x86_64-advanced-c4b28e1f-5d97-4036-ae82-19f5d7c60b3a',
    remedy: 'nokmem',
    lines: { [DEFAULTS]: linuxDefaults(), '/boot/grub2/grub.cfg': [2, 'linux16 /boot/vmlinuz-4.14.'] },
  },
  {
    name: 'rocky-8',
    entry: 'b2f6d908e1c3475aa0d47e95381bc76f-4.18.0-553.16.1.el8_10.x86_64',
    lines: { [DEFAULTS]: linuxDefaults(), '/boot/grub2/grubenv': [1, 'kernelopts=root='] },
  },
  {
    name: 'rocky-9',
    entry: '9e17a3c64d0b4f2885c1f60de92b7a43-5.14.0-427.42.1.el9_4.x86_64',
    lines: { [DEFAULTS]: linuxDefaults(), [CMDLINE]: [1, 'root='], [ENTRIES]: [2, 'options root='] },
  },
  {
    name: 'rocky-9-no-cmdline',
    entry: '83c9d1f0b64a4e72951e0d37c5a8f26b-5.14.0-70.22.1.el9_0.x86_64',
    lines: { [DEFAULTS]: linuxDefaults(), [CMDLINE]: [1, 'root='], [ENTRIES]: [2, 'options root='] },
  },
  {
    name: 'fedora',
    entry: '5cd07b91e3f84a26b8190e6d4ca5f738-6.12.7-200.fc41.x86_64',
    lines: { [DEFAULTS]: linuxDefaults(), [CMDLINE]: [1, 'root='], [ENTRIES]: [2, 'options root='] },
  },
  {
    name: 'amazon-2023',
    entry: 'ec20f7b4d91c4e38a6f25b7098c3de14-6.1.115-126.197.amzn2023.x86_64',
    lines: { [DEFAULTS]: linuxDefaults(), [CMDLINE]: [1, 'root='], [ENTRIES]: [2, 'options root='] },
  },
  {
    name: 'efi-stub',
    entry: '1d7e05bc94f24a6fb83c206e5a9f41d7-5.14.0-162.6.1.el9_1.x86_64',
    lines: { [DEFAULTS]: linuxDefaults(), [CMDLINE]: [1, 'root='], [ENTRIES]: [1, 'options root='] },
  },
  {
    name: 'debian-9',
    entry: 'gnulinux-simple-5c0a7de3-92b4-4f18-b6e5-0d3f9a81c7e2',
    remedy: 'nokmem',
    lines: { [DEFAULTS]: normalDefaults, '/boot/grub/grub.cfg': [3, 'linux\t/boot/vmlinuz-4.9.0-'] },
  },
  {
    name: 'debian-12',
    entry: 'gnulinux-simple-d83f1b6a-4e70-49c5-8b2d-f61c07a95e34',
    lines: { [DEFAULTS]: normalDefaults, '/boot/grub/grub.cfg': [3, 'linux\t/boot/vmlinuz-6.1.0-'] },
  },
  {
    name: 'ubuntu-22.04',
    entry: 'gnulinux-simple-8d2b7c40-f5a1-4963-be08-61c93d7a2f15',
    lines: {
      '/etc/default/grub.d/50-cloudimg-settings.cfg': normalDefaults,
      '/boot/grub/grub.cfg': [3, 'linux\t/boot/vmlinuz-5.15.0-'],
    },
  },
  {
    name: 'opensuse-leap',
    entry: 'gnulinux-simple-f4c18d09-72be-4a53-8e61-d09b37f2a6c5',
    remedy: 'nokmem',
    lines: { [DEFAULTS]: normalDefaults, '/boot/grub2/grub.cfg': [3, 'linuxefi /boot/vmlinuz-5.3.18-'] },
  },
  {
    name: 'arch',
    entry: 'gnulinux-simple-0b64e7d9-1f83-4c2a-95e0-a8d23b6f7c41',
    remedy: 'nokmem',
    lines: { [DEFAULTS]: normalDefaults, '/boot/grub/grub.cfg': [5, 'linux\t/boot/vmlinuz-linux'] },
  },
  {
    name: 'systemd-boot',
    entry: 'arch',
    remedy: 'nokmem',
    lines: { [ENTRIES]: [2, 'options'] },
  },
];

function wordOf(remedy: EditedTree['remedy']): string {
  if (remedy === undefined) return 'mitigations=off';
  return remedy === 'nokmem' ? 'cgroup.memory=nokmem' : 'cgroup_disable=memory';
}

/** The lines of a tree that are new or other than before, by file, without the padding of environment blocks. */
function newLines(before: Tree, after: Tree): Readonly<Record<string, readonly string[]>> {
  const lines: Record<string, string[]> = {};
  for (const [path, text] of Object.entries(after)) {
    if (text === before[path]) continue;
    const old = before[path]?.split('\n') ?? [];
    const key = path.replace(/(\/loader\/entries\/).*(\.conf)$/, '$1*$2');
    lines[key] ??= [];
    lines[key].push(...text.split('\n').filter((line) => !old.includes(line) && !/^#*$/.test(line)));
  }
  return lines;
}
type Tree = ReturnType<typeof treeOf>;

test.each(edited)(
  '$name: the word goes where it counts and nowhere else, once, and comes out again',
  ({ name, entry, remedy, lines }) => {
    const root = copyFixture(name);
    const before = treeOf(root);
    const status = JSON.parse(runCli(['status', '--json', '--root', root]).stdout);
    expect(status).toMatchObject({ exitCode: 0, layout: { default: { id: entry } } });
    const word = wordOf(remedy);
    const words = remedy === undefined ? ['set', word] : ['fix'];
    const change = () => runCli([...words, '--yes', '--json', '--root', root]).stdout;
    expect(JSON.parse(change()).outcome).toBe('applied');
    const after = treeOf(root);
    const found = newLines(before, after);
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(lines).toSorted());
    for (const [path, [count, beginning]] of Object.entries(lines)) {
      expect(found[path]).toHaveLength(count);
      for (const line of found[path] ?? []) {
        expect(line.trim().startsWith(beginning), line).toBe(true);
        expect(line.split(word)).toHaveLength(2);
        expect(line).not.toMatch(/rescue|recovery|single/);
      }
    }
    expect(JSON.parse(change()).outcome).toBe('unchanged');
    expect(runCli(['rollback', '--yes', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)).toEqual(before);
  },
  120_000,
);

test('under Xen the words of Linux go to the module line, behind the placeholder', () => {
  const root = copyFixture('xen-debian');
  const before = treeOf(root);
  runCli(['fix', '--yes', '--root', root]);
  const lines = newLines(before, treeOf(root));
  const commands = lines['/boot/grub/grub.cfg']?.map((line) => line.trim().split(/\s/)[0]);
  expect(commands).toEqual(['linux', 'linux', 'module2', 'module2']);
  for (const line of lines['/boot/grub/grub.cfg'] ?? []) expect(line).toMatch(/ cgroup\.memory=nokmem ?$/);
  expect(lines[DEFAULTS]).toEqual(['GRUB_CMDLINE_LINUX_DEFAULT="quiet cgroup.memory=nokmem"']);
});

test('/etc/kernel/cmdline ends newer than the defaults file', () => {
  for (const name of ['rocky-9', 'rocky-9-no-cmdline']) {
    const root = copyFixture(name);
    const ages = () =>
      [DEFAULTS, CMDLINE].map((path) => statSync(join(root, path), { bigint: true }).mtimeNs);
    runCli(['set', 'nosmt', '--yes', '--root', root]);
    const [defaults = 0n, cmdline = 0n] = ages();
    expect(cmdline).toBeGreaterThanOrEqual(defaults);
    if (name !== 'rocky-9') continue;
    runCli(['rollback', '--yes', '--root', root]);
    const [defaultsBack = 0n, cmdlineBack = 0n] = ages();
    expect(cmdlineBack).toBeGreaterThanOrEqual(defaultsBack);
  }
});

test('a line shared in grubenv that does not fit is refused before anything is written', () => {
  const root = copyFixture('rocky-8');
  const before = treeOf(root);
  const { exitCode, stderr } = runCli(['set', `x=${'y'.repeat(900)}`, '--yes', '--root', root]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('grubenv');
  expect(treeOf(root)).toEqual(before);
});

test('kernels of one menu each get the word that works on them', () => {
  const root = copyFixture('mixed-kernels');
  const { kernels } = JSON.parse(runCli(['fix', '--yes', '--json', '--root', root]).stdout);
  expect(kernels.map(({ remedy }: { remedy: string }) => remedy).toSorted()).toEqual(['disable', 'nokmem']);
  const lines =
    treeOf(root)
      ['/boot/grub2/grub.cfg']?.split('\n')
      .filter((line) => /linux16.*(5\.4|3\.10)\./.test(line) && !line.includes('rescue')) ?? [];
  for (const line of lines) {
    expect(line.includes('cgroup.memory=nokmem')).toBe(line.includes('vmlinuz-5.4'));
    expect(line.includes('cgroup_disable=memory')).toBe(line.includes('vmlinuz-3.10'));
  }
});

test.each([
  { name: 'ostree', says: /ostree.*rpm-ostree kargs/ },
  { name: 'legacy-grub', says: /legacy GRUB.*menu\.lst.*grubby/ },
  { name: 'petitboot', says: /petitboot.*grubby/ },
  { name: 'zipl', says: /zipl.*grubby/ },
  { name: 'uki', says: /UKI.*ukify/ },
  { name: 'extlinux', says: /extlinux\/syslinux.*update-extlinux/ },
  { name: 'u-boot', says: /U-Boot.*u-boot-update/ },
  { name: 'signed-grub', says: /signature.*gpg/ },
])('$name is recognised and refused, with the tool to use', ({ name, says }) => {
  const root = copyFixture(name);
  const before = treeOf(root);
  for (const words of [['fix', '--yes'], ['set', 'nosmt', '--yes'], ['status']]) {
    const { exitCode, stderr } = runCli([...words, '--root', root]);
    expect(stderr).toMatch(says);
    expect(exitCode).toBe(3);
  }
  expect(treeOf(root)).toEqual(before);
});

test.each(['nixos', 'guix', 'openwrt'])(
  '%s makes its boot configuration from a place of its own: read and judged, never edited',
  (id) => {
    const root = copyFixture('arch');
    writeFileSync(join(root, 'etc/os-release'), `ID=${id}\n`);
    expect(runCli(['audit', '--root', root]).exitCode).toBe(0);
    rmSync(join(root, 'etc/default'), { recursive: true });
    const { layout, laterLines, messages } = JSON.parse(runCli(['status', '--json', '--root', root]).stdout);
    expect({ laterLines, messages }, 'no file of others is missed').toEqual({ laterLines: [], messages: [] });
    const before = treeOf(root);
    const { exitCode, stderr } = runCli(['set', 'audit=1', '--yes', '--root', root]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(layout.keptBy.place);
    expect(stderr).toContain(layout.keptBy.command);
    expect(treeOf(root)).toEqual(before);
    expect(runCli(['set', 'quiet', '--yes', '--root', root]).exitCode, 'nothing to do').toBe(0);
  },
);

describe('the entry that boots next is never left out in silence', () => {
  const arch = 'boot/loader/entries/arch.conf';
  const makeRecovery = (root: string) => {
    const text = readFileSync(join(root, arch), 'latin1');
    writeFileSync(join(root, arch), text.replace(/^options .*$/m, '$& single'), 'latin1');
  };

  test('a default entry for recovery: refused with its name and the way on, also where it is the only one', () => {
    const root = copyFixture('systemd-boot');
    makeRecovery(root);
    const { exitCode, stderr } = runCli(['set', 'mitigations=off', '--yes', '--root', root]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/boots next, Arch Linux, is one for recovery.*--entries default/);
    rmSync(join(root, 'boot/loader/entries/arch-lts.conf'));
    expect(runCli(['unset', 'single', '--yes', '--root', root]).stderr).toMatch(/--entries all/);
    expect(runCli(['unset', 'single', '--yes', '--entries', 'default', '--root', root]).exitCode).toBe(0);
    expect(treeOf(root)[`/${arch}`]).not.toContain('single');
  });

  test('nothing is refused where the words are there already', () => {
    const root = copyFixture('systemd-boot');
    makeRecovery(root);
    expect(runCli(['set', 'single', '--entries', 'default', '--yes', '--root', root]).exitCode).toBe(0);
  });

  test('a default entry whose image can’t be read', () => {
    const root = copyFixture('arch');
    writeFileSync(join(root, 'boot/vmlinuz-linux-lts'), Buffer.alloc(512));
    const before = treeOf(root);
    const { exitCode, stderr } = runCli(['set', 'audit=1', '--yes', '--root', root]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/boots next.*\/boot\/vmlinuz-linux-lts/);
    expect(treeOf(root)).toEqual(before);
  });

  test('those left alone are named with the reason', () => {
    const root = copyFixture('centos-7.3');
    const { stderr } = runCli(['set', 'audit=1', '--dry-run', '--root', root]);
    expect(stderr).toMatch(/a rescue entry: CentOS Linux \(0-rescue-/);
  });

  test('--entries RELEASE means the normal entries of that kernel', () => {
    const root = copyFixture('debian-12');
    const release = '6.1.0-40-amd64';
    const { stdout } = runCli(['set', 'audit=1', '--dry-run', '--entries', release, '--root', root]);
    const added = stdout.split('\n').filter((line) => line.startsWith('+\t'));
    expect(added.length).toBeGreaterThan(0);
    for (const line of added) expect(line).not.toContain(' single');
  });
});
