import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const BOOTMEND = new URL('../../bin/bootmend.js', import.meta.url).pathname;
const DEFAULTS = 'etc/default/grub';

/** A tree that is too much to read: what is put into it, and the fixture it is made of. */
interface LargeTree {
  readonly name: string;
  readonly fixture: string;
  readonly fill: (root: string) => void;
}

const ENTRY = 'boot/loader/entries/9e17a3c64d0b4f2885c1f60de92b7a43-5.14.0-427.42.1.el9_4.x86_64.conf';

function copies(root: string, path: string, count: number): void {
  const text = readFileSync(join(root, path), 'latin1');
  for (let number = 0; number < count; number += 1) {
    const name = path.replace('5.14.0-427', `5.14.0-${1000 + number}`);
    writeFileSync(join(root, name), text.replace('(5.14.0-427', `(5.14.0-${1000 + number}`), 'latin1');
  }
}

function withOptions(root: string, options: string): void {
  const text = readFileSync(join(root, ENTRY), 'latin1');
  writeFileSync(join(root, ENTRY), text.replace(/^options .*$/m, options), 'latin1');
}

function dropIns(root: string, count: number): void {
  mkdirSync(join(root, 'etc/default/grub.d'), { recursive: true });
  for (let number = 0; number < count; number += 1) {
    writeFileSync(
      join(root, `etc/default/grub.d/${number}.cfg`),
      'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX a"\n',
    );
  }
}

function grubEntries(root: string, count: number): void {
  const path = join(root, 'boot/grub/grub.cfg');
  const text = readFileSync(path, 'latin1');
  const [entry = ''] = /^\tmenuentry .*?^\t\}\n/ms.exec(text) ?? [];
  const more = Array.from({ length: count }, (_, number) =>
    entry.replaceAll('gnulinux-', `gnulinux-${number}-`),
  );
  writeFileSync(
    path,
    text.replace(entry, () => more.join('')),
    'latin1',
  );
}

const noise = (count: number, text: string) => text.repeat(Math.ceil(count / text.length));

/** Beyond what docs/limits.md allows: refused by name. */
const LARGE_TREES: readonly LargeTree[] = [
  {
    name: '11,000 entry files',
    fixture: 'rocky-9',
    fill: (root) => copies(root, ENTRY, 11_000),
  },
  { name: '50,000 drop-ins', fixture: 'debian-12', fill: (root) => dropIns(root, 50_000) },
  {
    name: 'options of a megabyte',
    fixture: 'rocky-9',
    fill: (root) => withOptions(root, `options ${noise(1 << 20, 'a=b ')}`),
  },
  {
    name: '900,000 lines of options',
    fixture: 'systemd-boot',
    fill: (root) =>
      writeFileSync(
        join(root, 'boot/loader/entries/large.conf'),
        `linux /v\n${noise(9_000_000, 'options a\n')}`,
      ),
  },
  {
    name: 'a grubenv of 60 MB',
    fixture: 'rocky-9',
    fill: (root) =>
      writeFileSync(
        join(root, 'boot/grub2/grubenv'),
        `# GRUB Environment Block\n${noise(60_000_000, 'a=b\n')}`,
      ),
  },
  {
    name: 'a defaults file of 15 MB of newlines',
    fixture: 'debian-12',
    fill: (root) => writeFileSync(join(root, DEFAULTS), noise(15_000_000, '\n')),
  },
  {
    name: 'a grub.cfg that runs without end',
    fixture: 'debian-12',
    fill: (root) => appendFileSync(join(root, 'boot/grub/grub.cfg'), 'while true; do set a="$a$a"; done\n'),
  },
  {
    name: 'a grub.cfg with 15 MB of newlines',
    fixture: 'debian-12',
    fill: (root) => appendFileSync(join(root, 'boot/grub/grub.cfg'), noise(15_000_000, '\n')),
  },
  {
    name: 'a custom.cfg with 3,000,000 commands',
    fixture: 'debian-12',
    fill: (root) => writeFileSync(join(root, 'boot/grub/custom.cfg'), noise(6_000_000, 'a;')),
  },
  {
    name: 'a custom.cfg of 20 MB',
    fixture: 'debian-12',
    fill: (root) => writeFileSync(join(root, 'boot/grub/custom.cfg'), noise(20_000_000, '# nothing\n')),
  },
];

/** Within the limits, and read. */
const LONG_TREES: readonly LargeTree[] = [
  { name: '1,000 drop-ins', fixture: 'debian-12', fill: (root) => dropIns(root, 1000) },
  {
    name: 'options of 60 KB',
    fixture: 'rocky-9',
    fill: (root) => withOptions(root, `options ${noise(60_000, 'a ')}`),
  },
  {
    name: '5,000 lines of options',
    fixture: 'systemd-boot',
    fill: (root) =>
      writeFileSync(
        join(root, 'boot/loader/entries/large.conf'),
        `linux /v\n${noise(50_000, 'options a\n')}`,
      ),
  },
  {
    name: 'a defaults file of 250,000 newlines',
    fixture: 'debian-12',
    fill: (root) => appendFileSync(join(root, DEFAULTS), noise(250_000, '\n')),
  },
  {
    name: 'a grub.cfg with 1,100,000 newlines',
    fixture: 'debian-12',
    fill: (root) => appendFileSync(join(root, 'boot/grub/grub.cfg'), noise(1_100_000, '\n')),
  },
  { name: '2,000 entry files', fixture: 'rocky-9', fill: (root) => copies(root, ENTRY, 2000) },
  { name: '2,000 entries in grub.cfg', fixture: 'debian-12', fill: (root) => grubEntries(root, 2000) },
];

function makeLargeTree(parent: string, { fixture, fill }: LargeTree): string {
  const root = join(parent, 'root');
  cpSync(new URL(`../../grub-fixtures/${fixture}`, import.meta.url).pathname, root, {
    recursive: true,
    verbatimSymlinks: true,
  });
  fill(root);
  return root;
}

/** Of processor time, and of memory in all. Whatever else runs on the machine, these count this process only. */
const MOST_SECONDS = 5;
const MOST_BYTES = 512 << 20;

function measured(tree: LargeTree, command: readonly string[]) {
  const parent = mkdtempSync(join(tmpdir(), 'bootmend-large-'));
  try {
    const root = makeLargeTree(parent, tree);
    const usage = join(parent, 'usage');
    const report = `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage())))`;
    const hook = join(parent, 'hook.cjs');
    writeFileSync(hook, report);
    const args = ['--require', hook, BOOTMEND, ...command, '--root', root, '--json'];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usage, 'utf8'));
    const { messages } = JSON.parse(stdout);
    const seconds = (userCPUTime + systemCPUTime) / 1e6;
    console.log(`large trees: ${tree.name}: ${seconds.toFixed(1)} s, ${Math.round(maxRSS / 1024)} MB`);
    return { status, seconds, bytes: maxRSS * 1024, messages };
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

test.each(LARGE_TREES)('refuses by name what no host has: $name', { timeout: 120_000 }, (tree) => {
  const { status, seconds, bytes, messages } = measured(tree, ['set', 'nosmt', '--dry-run', '--force']);
  expect([status, messages.at(-1).level]).toEqual([3, 'error']);
  expect(messages.at(-1).text).toContain('docs/limits.md');
  expect(seconds).toBeLessThan(MOST_SECONDS);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

test.each(LONG_TREES)('reads within bounds what is long: $name', { timeout: 120_000 }, (tree) => {
  const { status, seconds, bytes } = measured(tree, ['set', 'nosmt', '--dry-run', '--force']);
  expect([0, 3]).toContain(status);
  expect(seconds).toBeLessThan(MOST_SECONDS);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
