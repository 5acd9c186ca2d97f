import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canMount, mount, unmount } from '../host/mounted.ts';
import { hasProgram } from '../oracle/available.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'bootmend-portable-test-'));
const made = join(work, 'made');
const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
const file = join(made, `bootmend-${version}-linux-${process.arch}.run`);
const isRoot = process.getuid?.() === 0;
const canBuild = hasProgram('strip') && hasProgram('readelf');
const NOBODY = 65534;

function build(directory: string, ...words: string[]) {
  execFileSync(process.execPath, [
    join(project, 'scripts/portable/portable.js'),
    '--gzip',
    '--directory',
    directory,
    ...words,
  ]);
}

function run(path: string, words: readonly string[], environment: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync('sh', [path, ...words], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  return { exitCode: status, stdout, stderr };
}

const unpackedIn = (cache: string) => readdirSync(cache).filter((name) => name.startsWith('portable-'));

beforeAll(() => {
  if (canBuild) build(made);
}, 300_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.runIf(canBuild)('the file that brings its own Node', () => {
  const cache = join(work, 'cache');

  test('unpacks itself once, into a folder that only its owner may read, and runs', () => {
    expect(run(file, ['--version'], { BOOTMEND_CACHE: cache })).toEqual({
      exitCode: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
    const [name] = unpackedIn(cache);
    const program = join(cache, name ?? '', 'bootmend');
    utimesSync(program, 1000, 1000);
    expect(run(file, ['--version'], { BOOTMEND_CACHE: cache }).stdout).toBe(`${version}\n`);
    expect(
      execFileSync('stat', ['--format=%a %Y', join(cache, name ?? ''), program], { encoding: 'utf8' }),
    ).toMatch(/^700 \d+\n755 1000\n$/);
    expect(readdirSync(cache)).toEqual([name]);
  });

  test("exit codes and arguments are the program's own", () => {
    const { exitCode, stderr } = run(file, ['probe', '--kernel', 'a b', '--root', '/nonexistent dir'], {
      BOOTMEND_CACHE: cache,
    });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('/nonexistent dir');
  });

  test('four first starts at once all run, and one folder is left', async () => {
    const shared = join(work, 'race');
    const starts = [1, 2, 3, 4].map(
      () =>
        new Promise<number | null>((resolve) => {
          const child = spawn('sh', [file, '--version'], {
            stdio: 'ignore',
            env: { PATH: process.env['PATH'] ?? '', BOOTMEND_CACHE: shared },
          });
          child.on('exit', resolve);
        }),
    );
    expect(await Promise.all(starts)).toEqual([0, 0, 0, 0]);
    expect(readdirSync(shared)).toHaveLength(1);
    expect(readdirSync(join(shared, unpackedIn(shared)[0] ?? ''))).toEqual(
      readdirSync(join(cache, unpackedIn(cache)[0] ?? '')),
    );
  }, 300_000);

  test('a file that was cut off is refused in one line, and nothing is left behind', () => {
    const short = join(work, 'short.run');
    writeFileSync(short, readFileSync(file).subarray(0, -1000));
    const empty = join(work, 'empty');
    expect(run(short, ['status'], { BOOTMEND_CACHE: empty })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `bootmend: ${short} is not as it was made (cut off or changed); copy it again\n`,
    });
    expect(readdirSync(empty)).toEqual([]);
  });

  test('a changed byte is refused', () => {
    const changed = join(work, 'changed.run');
    copyFileSync(file, changed);
    appendFileSync(changed, '\0');
    expect(run(changed, ['status'], { BOOTMEND_CACHE: join(work, 'changed') }).exitCode).toBe(1);
  });

  test('a cache folder that others may write to is refused, and so is a link', () => {
    const open = join(work, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    const refused = run(file, ['--version'], { BOOTMEND_CACHE: open });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toBe(
      `bootmend: ${open} may be written to by others; set BOOTMEND_CACHE to a folder that may not\n`,
    );
    const link = join(work, 'link');
    symlinkSync(cache, link);
    expect(run(file, ['--version'], { BOOTMEND_CACHE: link }).exitCode).toBe(1);
  });

  test.runIf(isRoot)('an unpacked folder of another user is never run', () => {
    const foreign = join(work, 'foreign');
    cpSync(cache, foreign, { recursive: true });
    chownSync(join(foreign, unpackedIn(foreign)[0] ?? ''), NOBODY, NOBODY);
    const { exitCode, stderr } = run(file, ['--version'], { BOOTMEND_CACHE: foreign });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('is not a folder of this user');
  });

  test.runIf(canMount)('a cache that no program may run in is said to be one', () => {
    const place = join(work, 'noexec');
    mkdirSync(place);
    mount(['-t', 'tmpfs', '-o', 'noexec,mode=700,size=200m', 'tmpfs', place]);
    try {
      const { exitCode, stderr } = run(file, ['--version'], { BOOTMEND_CACHE: place });
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/^bootmend: no program may run in .* \(mounted noexec\?\); set BOOTMEND_CACHE/);
      expect(readdirSync(place)).toEqual([]);
    } finally {
      unmount(place);
    }
  });

  test.runIf(canMount)('a full disk is said with the space that is needed, and nothing is left', () => {
    const place = join(work, 'full');
    mkdirSync(place);
    mount(['-t', 'tmpfs', '-o', 'mode=700,size=20m', 'tmpfs', place]);
    try {
      const { exitCode, stderr } = run(file, ['--version'], { BOOTMEND_CACHE: place });
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/bootmend: unpacking into .* failed; it needs \d+ MB of space\n$/);
      expect(readdirSync(place)).toEqual([]);
    } finally {
      unmount(place);
    }
  });

  test('--extract unpacks into a new folder, and refuses one that is there', () => {
    const place = join(work, 'extracted');
    expect(run(file, ['--extract', place], {})).toEqual({
      exitCode: 0,
      stdout: `${place}/bootmend\n`,
      stderr: '',
    });
    expect(execFileSync(join(place, 'bootmend'), ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
    expect(run(file, ['--extract', place], {}).exitCode).toBe(1);
    for (const licence of ['node', 'glibc', 'gcc-runtime']) {
      expect(existsSync(join(place, 'licences', licence)), licence).toBe(true);
    }
  });

  test('folders of other versions go a day after they were made, not before', () => {
    const place = join(work, 'pruned');
    mkdirSync(join(place, 'portable-old'), { recursive: true });
    mkdirSync(join(place, 'portable-recent'));
    chmodSync(place, 0o700);
    const threeDaysAgo = Date.now() / 1000 - 3 * 86_400;
    utimesSync(join(place, 'portable-old'), threeDaysAgo, threeDaysAgo);
    expect(run(file, ['--version'], { BOOTMEND_CACHE: place }).exitCode).toBe(0);
    expect(unpackedIn(place).filter((name) => name.length < 20)).toEqual(['portable-recent']);
  });

  test('its head alone, from standard input, runs what is unpacked, or tells what machine it is', () => {
    const whole = readFileSync(file);
    const head = whole.subarray(0, Number(/^offset=(\d+)$/m.exec(whole.toString('latin1', 0, 4096))?.[1]));
    const runHead = (place: string) =>
      spawnSync('sh', ['-s', '--', '--if-unpacked', '--version'], {
        input: head,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '', BOOTMEND_CACHE: place },
      });
    expect(runHead(cache)).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
    const nowhere = join(work, 'nowhere');
    expect(runHead(nowhere)).toMatchObject({ status: 69, stderr: '' });
    expect(runHead(nowhere).stdout).toMatch(/^Linux-(?:x86_64|aarch64)\n$/);
    expect(existsSync(nowhere)).toBe(false);
  });

  test('a missing program is named', () => {
    const programs = join(work, 'programs');
    mkdirSync(programs);
    for (const name of ['sh', 'id', 'uname', 'ls', 'mkdir', 'mktemp', 'rm', 'tail', 'tar', 'sha256sum']) {
      symlinkSync(
        execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
        join(programs, name),
      );
    }
    const { exitCode, stderr } = run(file, ['--version'], {
      PATH: programs,
      BOOTMEND_CACHE: join(work, 'without-gzip'),
    });
    expect(exitCode).toBe(1);
    expect(stderr).toBe('bootmend: the program gzip is not installed, and unpacking needs it\n');
  });

  test('the same files make the same bytes', () => {
    const again = join(work, 'again');
    build(again);
    expect(readFileSync(join(again, file.slice(made.length + 1))).equals(readFileSync(file))).toBe(true);
  }, 300_000);

  test('the whole test of the main job passes through it', () => {
    const { status, stdout, stderr } = spawnSync('npx', ['vitest', 'run', 'test/cli/main-job.test.ts'], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, BOOTMEND_SLOW: '', BOOTMEND_COMMAND: join(work, 'extracted/bootmend') },
    });
    expect(status, stdout + stderr).toBe(0);
  }, 600_000);
});

describe.runIf(canBuild && canMount && hasProgram('busybox', '--help'))(
  'a host with busybox and nothing else',
  () => {
    const host = join(work, 'host');

    beforeAll(() => {
      for (const folder of ['bin', 'tmp', 'proc', 'dev']) mkdirSync(join(host, folder), { recursive: true });
      mount(['-t', 'proc', 'proc', join(host, 'proc')]);
      copyFileSync('/bin/busybox', join(host, 'bin/busybox'));
      execFileSync('/usr/sbin/chroot', [host, '/bin/busybox', '--install', '-s', '/bin']);
      copyFileSync(file, join(host, 'bootmend.run'));
      cpSync(join(project, 'grub-fixtures/centos-7.3-dead-word'), join(host, 'tree'), {
        recursive: true,
        verbatimSymlinks: true,
      });
    });

    afterAll(() => unmount(join(host, 'proc')));

    const onHost = (...words: string[]) =>
      spawnSync('/usr/sbin/chroot', [host, '/bin/sh', '/bootmend.run', ...words], {
        encoding: 'utf8',
        env: { PATH: '/bin', HOME: '/tmp' },
      });

    test('status and a dry run say there what they say here', () => {
      const there = JSON.parse(onHost('fix', '--dry-run', '--json', '--root', '/tree').stdout);
      expect(there).toMatchObject({ outcome: 'planned', choice: { remedy: 'disable' } });
      expect(onHost('status', '--root', '/tree').status).toBe(0);
      expect(readdirSync(join(host, 'var/cache/bootmend'))).toHaveLength(1);
    });

    test('a change needs flock, which is said before anything is written', () => {
      const { status, stderr } = onHost('fix', '--yes', '--root', '/tree');
      expect(status).toBe(3);
      expect(stderr).toContain('flock');
    });
  },
);

describe.runIf(canBuild && isRoot && hasProgram('rpmbuild') && hasProgram('dpkg-deb'))('packages', () => {
  const packages = join(work, 'packages');
  beforeAll(() => build(packages, '--rpm', '--deb'), 900_000);

  const roots = {
    rpm: (root: string, path: string) =>
      execFileSync('rpm', ['--root', root, '--install', '--nodeps', '--ignorearch', path]),
    deb: (root: string, path: string) => execFileSync('dpkg-deb', ['--extract', path, root]),
  };

  test.each(Object.entries(roots))(
    '%s: installed into an empty root, the command, the page and the completions are there',
    (kind, install) => {
      const root = join(work, `root-${kind}`);
      mkdirSync(root);
      const name = readdirSync(packages).find((entry) => entry.endsWith(`.${kind}`));
      install(root, join(packages, name ?? ''));
      expect(execFileSync(join(root, 'usr/lib/bootmend/bootmend'), ['--version'], { encoding: 'utf8' })).toBe(
        `${version}\n`,
      );
      for (const path of [
        'usr/bin/bootmend',
        'usr/share/man/man8/bootmend.8',
        'usr/share/man/zh_CN/man8/bootmend.8',
        'usr/share/bash-completion/completions/bootmend',
        'usr/share/zsh/site-functions/_bootmend',
        'usr/share/fish/vendor_completions.d/bootmend.fish',
      ]) {
        expect(existsSync(join(root, path)), path).toBe(true);
      }
    },
  );
});
