import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliResult, runCli, treeOf } from '../cli/run-cli.ts';
import { hasProgram } from '../oracle/available.ts';
import { giveProgram } from './busybox-root.ts';
import { canGiveSudo, giveSudo } from './give-sudo.ts';
import { makePortableFile, type PortableFile } from './portable-file.ts';
import { canServeSsh, type SshHostSpec, type SshHosts, startSshHosts } from './ssh-hosts.ts';

const hasFish = hasProgram('fish');
const hasTcsh = hasProgram('tcsh');
const USERS = ['free', 'asked', 'stranger'].map((name, at) => `${name}:x:${1000 + at}:1000::/tmp:/bin/sh`);

/** A tree's own program in the place of another one's. */
const shellOf = (text: string) => (root: string) =>
  writeFileSync(join(root, 'bin/strange'), `#!/bin/sh\n${text}\n`, { mode: 0o755 });

/** What stands where the artefact unpacks itself, and answers in its place. */
const answering = (text: string) => (root: string, folder: string) => {
  const place = join(root, 'var/cache/bootmend', folder);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  chmodSync(join(root, 'var/cache/bootmend'), 0o700);
  writeFileSync(join(place, 'bootmend'), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
};

interface Fault {
  readonly name: string;
  readonly spec: Partial<SshHostSpec>;
  readonly placed?: (root: string, folder: string) => void;
  readonly exitCode: number;
  readonly says: RegExp;
}

const onCache = (options: string) =>
  `mkdir -p /mnt/var/cache/bootmend; mount -t tmpfs -o mode=700,${options} tmpfs /mnt/var/cache/bootmend`;

const FAULTS: readonly Fault[] = [
  {
    name: 'noexec',
    spec: { mounts: onCache('noexec,size=200m') },
    exitCode: 1,
    says: /could not start there \(no program may run in .*noexec/,
  },
  {
    name: 'readonly',
    spec: { mounts: 'mount -o remount,bind,ro /mnt' },
    exitCode: 1,
    says: /could not start there \(.*Read-only file system\)/,
  },
  {
    name: 'fulltemporary',
    spec: { mounts: 'mount -t tmpfs -o size=5m tmpfs /mnt/tmp' },
    exitCode: 1,
    says: /could not start there \(.*No space left on device\)/,
  },
  {
    name: 'fullcache',
    spec: { mounts: onCache('size=20m') },
    exitCode: 1,
    says: /could not start there \(unpacking into .* failed; it needs \d+ MB of space\)/,
  },
  {
    name: 'nologin',
    spec: { shell: '/bin/strange', prepare: shellOf('echo "This account is closed." >&2; exit 1') },
    exitCode: 1,
    says: /login shell there does not run commands \(This account is closed\.\)/,
  },
  {
    name: 'endless',
    spec: { shell: '/bin/strange', prepare: shellOf('yes') },
    exitCode: 1,
    says: /More than \d MB came, and no answer among them\. Nothing was run there\./,
  },
  {
    name: 'hostile',
    spec: { shell: '/bin/strange', prepare: shellOf('printf "\\033]0;owned\\007\\033[2J" >&2; exit 1') },
    exitCode: 1,
    says: /\(\\x1b\]0;owned\\x07\\x1b\[2J\)/,
  },
  {
    name: 'gigabyte',
    spec: {},
    placed: answering('head -c 1073741824 /dev/zero'),
    exitCode: 1,
    says: /More than \d+ MB came, and no answer among them\. Nothing was to be written\./,
  },
  {
    name: 'lines',
    spec: {},
    placed: answering('yes'),
    exitCode: 1,
    says: /More than \d+ MB came/,
  },
  {
    name: 'nonsense',
    spec: {},
    placed: answering('echo hello'),
    exitCode: 1,
    says: /not an answer of this bootmend/,
  },
  {
    name: 'other',
    spec: {},
    placed: answering(`echo '{"version":"0.0.1","report":{}}'`),
    exitCode: 1,
    says: /not an answer of this bootmend/,
  },
  {
    name: 'killed',
    spec: {},
    placed: answering('kill -9 $$'),
    exitCode: 1,
    says: /was ended there without an answer \(exit status 137;/,
  },
];

const SOUND = ['plain', 'noisy', ...(hasFish ? ['fishy'] : []), ...(hasTcsh ? ['tcshy'] : [])];
const NOISE = `i=0; while [ $i -lt 3000 ]; do echo "Welcome to this machine"; i=$((i+1)); done`;

function specs(folder: string): readonly SshHostSpec[] {
  const fixture = 'debian-9';
  const sound: readonly SshHostSpec[] = [
    { name: 'plain', fixture },
    {
      name: 'noisy',
      fixture,
      configuration: ['Banner /etc/os-release'],
      shell: '/bin/strange',
      prepare: shellOf(`${NOISE}; ${NOISE} >&2; exec /bin/sh "$@"`),
    },
    ...(hasFish
      ? [
          {
            name: 'fishy',
            fixture,
            shell: '/usr/bin/fish',
            prepare: (root: string) => giveProgram(root, 'fish'),
          },
        ]
      : []),
    ...(hasTcsh
      ? [
          {
            name: 'tcshy',
            fixture,
            shell: '/usr/bin/tcsh',
            prepare: (root: string) => giveProgram(root, 'tcsh'),
          },
        ]
      : []),
  ];
  const faulty = FAULTS.map(({ name, spec, placed }): SshHostSpec => {
    const prepare = (root: string) => {
      spec.prepare?.(root);
      placed?.(root, folder);
    };
    return { name, fixture, ...spec, prepare };
  });
  const withSudo: SshHostSpec = {
    name: 'sudoer',
    fixture,
    users: USERS,
    prepare: (root) =>
      giveSudo(root, ['root ALL=(ALL) ALL', 'free ALL=(ALL) NOPASSWD: ALL', 'asked ALL=(ALL) ALL'], {
        asked: 'it is a secret',
        stranger: 'unknown',
      }),
  };
  return [...sound, ...faulty, ...(canGiveSudo ? [withSudo] : [])];
}

describe.runIf(canServeSsh)('--host, with real ssh', () => {
  const work = mkdtempSync(join(tmpdir(), 'bootmend-host-option-'));
  let portable: PortableFile;
  let machines: SshHosts;
  beforeAll(async () => {
    portable = makePortableFile();
    machines = await startSshHosts(specs(portable.folder));
  }, 300_000);
  afterAll(() => {
    machines?.stop();
    portable?.remove();
    rmSync(work, { recursive: true, force: true });
  });

  const bootmend = (
    words: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): CliResult =>
    runCli([...words, '--ssh-config', machines.configuration], {
      BOOTMEND_PORTABLE: portable.path,
      ...environment,
    });
  const rootOf = (name: string) => machines.hosts.find((host) => host.name === name)?.root ?? '';

  /** The files of /boot, but for the originals that are kept until the next boot. */
  const bootOf = (name: string) =>
    Object.fromEntries(
      Object.entries(treeOf(join(rootOf(name), 'boot'))).filter(([path]) => !path.endsWith('.old')),
    );

  test.each(SOUND)('%s: a change is made, found done, and taken back byte for byte', (name) => {
    const before = bootOf(name);
    const changed = bootmend(['fix', '--yes', '--host', name]);
    expect(changed).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Written, and read back as planned'),
    });
    expect(changed.stdout).toContain(` --host ${name} --ssh-config ${machines.configuration}`);
    expect(bootOf(name)).not.toEqual(before);
    const again = bootmend(['fix', '--yes', '--json', '--host', name]);
    expect(JSON.parse(again.stdout)).toMatchObject({ host: name, outcome: 'unchanged', changed: false });
    expect(bootmend(['rollback', '--yes', '--host', name]).exitCode).toBe(0);
    expect(bootOf(name)).toEqual(before);
    expect(readdirSync(join(rootOf(name), 'tmp'))).toEqual([]);
  });

  test("what a command says there is this terminal's: language, JSON, and nothing else on stdout", () => {
    expect(bootmend(['backups', '--host', 'noisy', '--lang', 'zh-CN']).stdout).toContain('改动');
    expect(bootmend(['status', '--host', 'noisy', '--json']).stdout).toMatch(/^\{.*\}\n$/);
  });

  test('only the plan that was agreed to is applied', () => {
    const planned = JSON.parse(bootmend(['fix', '--dry-run', '--json', '--host', 'plain']).stdout);
    const other = bootmend(['fix', '--yes', '--plan', '0123456789abcdef', '--host', 'plain']);
    expect(other).toMatchObject({ exitCode: 3 });
    expect(other.stderr).toContain(planned.plan.id);
  });

  test('a root there', () => {
    spawnSync('cp', [
      '-a',
      join(rootOf('plain'), 'boot'),
      join(rootOf('plain'), 'etc'),
      join(rootOf('plain'), 'mnt'),
    ]);
    const { stdout } = bootmend(['fix', '--dry-run', '--json', '--root', '/mnt', '--host', 'plain']);
    expect(JSON.parse(stdout)).toMatchObject({ root: '/mnt', host: 'plain' });
    expect(bootmend(['status', '--root', '/nowhere', '--host', 'plain'])).toMatchObject({ exitCode: 2 });
  });

  test('every fault is one line and its exit code, and the others go on', () => {
    const names = [...FAULTS.map(({ name }) => name), ...SOUND];
    const { exitCode, stdout, stderr } = bootmend([
      ...['status', '--json', '--forks', '6'],
      ...names.flatMap((name) => ['--host', name]),
    ]);
    const documents = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const byHost = new Map(documents.map((document) => [document.host, document]));
    expect([...byHost.keys()].sort()).toEqual([...names].sort());
    for (const { name, exitCode: expected, says } of FAULTS) {
      const { messages, ...document } = byHost.get(name);
      expect({ name, exitCode: document.exitCode, count: messages.length }).toEqual({
        name,
        exitCode: expected,
        count: 1,
      });
      expect(messages[0].text).toMatch(says);
    }
    for (const name of SOUND) expect(byHost.get(name)).toMatchObject({ exitCode: 0 });
    expect(stderr.trim().split('\n')).toHaveLength(FAULTS.length);
    expect(stderr).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
    expect(exitCode).toBe(1);
  }, 300_000);

  test('a machine with another key than the known one is not gone to', () => {
    const key = join(work, 'other-key');
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const { address = '' } = machines.hosts[0] ?? {};
    const known = join(work, 'known_hosts');
    writeFileSync(known, `[${address}]:${machines.port} ${readFileSync(`${key}.pub`, 'utf8')}`);
    const configuration = join(work, 'ssh_config');
    const theirs = readFileSync(machines.configuration, 'utf8');
    writeFileSync(configuration, theirs.replace(/UserKnownHostsFile .*/, `UserKnownHostsFile ${known}`));
    const result = runCli(['status', '--host', 'plain', '--ssh-config', configuration], {
      BOOTMEND_PORTABLE: portable.path,
    });
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.stderr).toBe(
      'error: No connection (Host key verification failed.). Nothing was run there.\n',
    );
  });

  test('a machine that is not there, and no portable file here', () => {
    expect(bootmend(['status', '--host', '127.0.1.250:1'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Connection refused'),
    });
    expect(
      bootmend(['status', '--host', 'plain'], { BOOTMEND_PORTABLE: '/nowhere', BOOTMEND_CACHE: work }),
    ).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('npm run portable'),
    });
  });

  test('a machine of another kind', () => {
    const other = join(work, 'other.run');
    const head = readFileSync(portable.path).subarray(0, 20_000).toString('latin1');
    writeFileSync(other, head.replace(/^made_for=.*$/m, 'made_for=Linux-riscv64'), 'latin1');
    const result = bootmend(['status', '--host', 'plain'], {
      BOOTMEND_PORTABLE: other,
      BOOTMEND_CACHE: work,
    });
    expect(result).toMatchObject({ exitCode: 3 });
    expect(result.stderr).toMatch(/The machine is Linux-x86_64, .*npm run portable/);
  });

  describe.runIf(canGiveSudo)('--sudo', () => {
    const askpass = (answer: string) => {
      const program = join(work, `askpass-${answer.length}`);
      writeFileSync(program, `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
      return { SUDO_ASKPASS: program };
    };
    const asRoot = (user: string, environment = {}) =>
      bootmend(['backups', '--sudo', '--host', `${user}@sudoer`], environment);

    test('without a password', () => {
      expect(asRoot('free')).toMatchObject({ exitCode: 0, stderr: '' });
      const changed = bootmend(['fix', '--yes', '--sudo', '--host', 'free@sudoer']);
      expect(changed.stdout).toContain('Written, and read back as planned');
      expect(changed.stdout).toMatch(/Undo .* --host free@sudoer .* --sudo$/m);
    });

    test('with the password of SUDO_ASKPASS', () => {
      expect(asRoot('asked', askpass('it is a secret'))).toMatchObject({ exitCode: 0, stderr: '' });
    });

    test.each([
      [
        'a password that nobody is asked for',
        'asked',
        {},
        /^error: sudo refused \(sudo: a password is required\)/,
      ],
      ['a user whom sudo does not know', 'stranger', {}, /^error: sudo refused \(/],
    ])('%s', (_rule, user, environment, says) => {
      const result = asRoot(user, environment);
      expect(result).toMatchObject({ exitCode: 3 });
      expect(result.stderr).toMatch(says);
      expect(result.stderr.trim().split('\n')).toHaveLength(1);
    });

    test('a wrong password is given once', () => {
      const result = asRoot('asked', askpass('wrong'));
      expect(result).toMatchObject({ exitCode: 3 });
      expect(result.stderr).toMatch(/^error: sudo refused \(sudo: 1 incorrect password attempt\)/);
    });

    test('a user who may not write is told so', () => {
      expect(bootmend(['fix', '--yes', '--host', 'free@sudoer']).exitCode).toBe(3);
    });
  });
});
