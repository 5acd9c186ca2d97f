import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bzImage } from '../kernel/image/build-container.ts';
import { buildElf, buildModule, defaultSetup } from '../kernel/image/build-kernel.ts';
import { packagedKernels } from '../kernel/image/packaged-kernels.ts';
import { runCli } from './run-cli.ts';

const RELEASE = '6.1.0-test-amd64';
let base = '';
let root = '';
let image = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'bootmend-probe-'));
  root = join(base, 'root');
  image = join(base, 'kernel');
  mkdirSync(join(root, 'boot'), { recursive: true });
  writeFileSync(image, buildElf().bytes);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function probe(...words: readonly string[]) {
  return runCli(['probe', '--root', root, ...words], { XDG_CACHE_HOME: join(base, 'cache') });
}

interface ProbeReport {
  readonly exitCode: number;
  readonly kernels: readonly {
    readonly release: string;
    readonly reading?: { readonly cached: boolean };
    readonly support: Readonly<
      Record<string, { readonly verdict: string; readonly evidence: readonly object[] }>
    >;
  }[];
  readonly parameters: readonly string[];
  readonly messages: readonly { readonly code: string }[];
}

function probeJson(...words: readonly string[]): ProbeReport {
  return JSON.parse(probe('--json', ...words).stdout);
}

const verdictsOf = (report: ProbeReport) =>
  report.kernels.map(({ release, support }) => [
    release,
    ...Object.entries(support).map(([parameter, { verdict }]) => `${parameter}: ${verdict}`),
  ]);

describe('--image', () => {
  test('each parameter as it was written has its verdict and its evidence', () => {
    const report = probeJson(
      '--image',
      image,
      'cgroup.memory=nokmem',
      'cgroup-disable=memory',
      'no.such',
      'quiet',
    );
    expect(verdictsOf(report)).toEqual([
      [
        RELEASE,
        'cgroup.memory=nokmem: supported',
        'cgroup-disable=memory: supported',
        'no.such: absent',
        'quiet: supported',
      ],
    ]);
    for (const { evidence } of Object.values(report.kernels[0]?.support ?? {})) {
      expect(evidence).toEqual([expect.objectContaining({ source: 'image', path: image })]);
    }
    expect(report.messages.map(({ code }) => code)).toContain('note.modules-not-read');
  });

  test('file names and parameters beyond ASCII are shown as they were written', () => {
    const named = join(base, 'é');
    cpSync(image, named);
    const { support = {} } = probeJson('--image', named, 'été=1').kernels[0] ?? {};
    expect(support).toEqual({
      'été=1': {
        verdict: 'absent',
        evidence: [
          {
            source: 'image',
            path: named,
            says: 'absent',
            code: 'image.parameter-missing',
            decides: true,
            detail: 'its parameter tables do not have été, and no code of it can compare with that name.',
          },
        ],
      },
    });
    expect(probe('--image', named, 'été=1', '-v').stdout.replaceAll(/\s+/g, ' ')).toContain(
      `kernel image ${named} (absent): `,
    );
    expect(probe('--image', `${named}é`).stderr).toContain(`${named}é `);
  });

  test('people get verdict and evidence of each parameter, and the cost once', () => {
    const { stdout, stderr, exitCode } = probe('--image', image, 'cgroup_disable=memory', 'no.such');
    expect(exitCode).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(RELEASE);
    expect(lines[1]).toMatch(/^ {2}cgroup_disable=memory +works +kernel image: /);
    expect(stdout).toMatch(/^ {2}no\.such +ignored +kernel image: its parameter tables do not/m);
    expect(stdout).toMatch(/^Cost of cgroup_disable=memory: no memory limit/m);
    expect(stderr).toContain('parameter of a loadable module');
  });

  test('the image decides, whatever is known of its release', () => {
    const deaf = buildElf({ setup: defaultSetup.filter(({ name }) => name !== 'cgroup.memory=') });
    writeFileSync(image, deaf.bytes);
    expect(verdictsOf(probeJson('--image', image, 'cgroup.memory=nokmem'))).toEqual([
      [RELEASE, 'cgroup.memory=nokmem: absent'],
    ]);
    writeFileSync(image, bzImage('none', Buffer.from('no kernel'), { headerRelease: RELEASE }));
    expect(verdictsOf(probeJson('--image', image, 'cgroup.memory=nokmem'))).toEqual([
      [RELEASE, 'cgroup.memory=nokmem: unknown'],
    ]);
  });

  test('a file that is no kernel leaves every verdict open, with the reason', () => {
    writeFileSync(image, 'no kernel');
    const { exitCode, stdout } = probe('--image', image);
    expect(exitCode).toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/cgroup\.memory=nokmem unknown .*it is no kernel image/);
  });

  test.each([
    { rule: 'a missing file', name: 'missing', says: 'ENOENT' },
    { rule: 'a directory', name: 'root', says: 'EISDIR' },
  ])('what the system refuses is said in its words, with exit code 2: $rule', ({ name, says }) => {
    const { exitCode, stderr } = probe('--image', join(base, name));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).toContain(join(base, name));
  });

  test('a second probe is answered from the cache, and nothing is made in the root', () => {
    expect(probeJson('--image', image).kernels[0]?.reading?.cached).toBe(false);
    expect(probeJson('--image', image).kernels[0]?.reading?.cached).toBe(true);
    expect(readdirSync(root)).toEqual(['boot']);
  });
});

describe('--list', () => {
  test('one accepted name a line, as the kernel has it, in its order, each once', () => {
    const twice = [...defaultSetup, { name: 'quiet' }];
    writeFileSync(image, buildElf({ setup: twice }).bytes);
    const { stdout, exitCode } = probe('--list', '--image', image);
    expect(exitCode).toBe(0);
    const names = stdout.trimEnd().split('\n');
    expect(names.slice(0, 4)).toEqual(['rdinit=', 'init=', 'loglevel', 'quiet']);
    expect(names.filter((name) => name === 'quiet')).toHaveLength(1);
    expect(names).toContain('printk.time');
    expect(probeJson('--list', '--image', image).parameters).toEqual(names);
  });

  test('what can not be listed is refused', () => {
    const { exitCode, stderr } = probe('--list', '--release', '3.10.0-514.el7.x86_64');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('3.10.0-514.el7.x86_64');
  });
});

describe('installed kernels', () => {
  const modules = `usr/lib/modules/${RELEASE}`;
  beforeEach(() => {
    const place = join(root, 'boot', `vmlinuz-${RELEASE}`);
    writeFileSync(place, bzImage('gzip', buildElf().bytes, { headerRelease: RELEASE }));
    writeFileSync(join(root, 'boot/vmlinuz-0-rescue-1234'), 'a copy');
    const other = buildElf({ release: '5.10.0-test-amd64' }).bytes;
    writeFileSync(join(root, 'boot/vmlinuz-5.10.0-test-amd64'), other);
    mkdirSync(join(root, modules, 'kernel'), { recursive: true });
    writeFileSync(join(root, modules, 'modules.dep'), 'kernel/xfs.ko:\n');
    const xfs = buildModule(['parmtype=level:int'], { wordBytes: 8, isLittleEndian: true });
    writeFileSync(join(root, modules, 'kernel/xfs.ko'), xfs);
  });

  test('are asked one by one, the newest first, modules included', () => {
    expect(verdictsOf(probeJson('xfs.level', 'xfs.other', 'frob.nicate'))).toEqual([
      [RELEASE, 'xfs.level: supported', 'xfs.other: absent', 'frob.nicate: absent'],
      ['5.10.0-test-amd64', 'xfs.level: unknown', 'xfs.other: unknown', 'frob.nicate: unknown'],
    ]);
  });

  test('the kernel with --kernel alone; one that is not there is refused', () => {
    expect(verdictsOf(probeJson('--kernel', RELEASE, 'quiet'))).toEqual([[RELEASE, 'quiet: supported']]);
    const { exitCode, stderr } = probe('--kernel', '1.2.3');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('1.2.3');
  });

  test('an image that calls itself otherwise than its name goes by its own, with a warning', () => {
    const name = join(root, 'boot/vmlinuz-4.0.0-renamed');
    writeFileSync(name, bzImage('gzip', buildElf({ release: '4.9.1' }).bytes, { headerRelease: '4.9.1' }));
    const report = probeJson('quiet');
    expect(report.kernels.map(({ release }) => release)).toContain('4.9.1');
    expect(report.messages.map(({ code }) => code)).toContain('warning.image-misnamed');
  });

  test('a tree without a kernel is refused', () => {
    rmSync(join(root, 'boot'), { recursive: true });
    expect(probe().exitCode).toBe(3);
  });
});

test('--release asks the version table, and this machine has no say in it', () => {
  expect(verdictsOf(probeJson('--release', '3.10.0-514.el7.x86_64'))).toEqual([
    ['3.10.0-514.el7.x86_64', 'cgroup.memory=nokmem: absent', 'cgroup_disable=memory: supported'],
  ]);
});

test('--system-map reads that map', () => {
  const fixture = join(import.meta.dirname, '../../grub-fixtures/centos-7.3/boot');
  const name = 'System.map-3.10.0-514.el7.x86_64';
  cpSync(join(fixture, name), join(base, name));
  const report = probeJson('--system-map', join(base, name));
  expect(verdictsOf(report)).toEqual([
    ['3.10.0-514.el7.x86_64', 'cgroup.memory=nokmem: absent', 'cgroup_disable=memory: supported'],
  ]);
  expect(report.kernels[0]?.support['cgroup.memory=nokmem']?.evidence[0]).toMatchObject({
    source: 'system-map',
    path: join(base, name),
  });
});

test('--kernel beside a file is wrong usage', () => {
  expect(probe('--kernel', RELEASE, '--image', image).exitCode).toBe(2);
});

test('packaged kernels: what the image says, and the same again from the cache', () => {
  for (const { path, release, debianArchitecture } of packagedKernels().slice(0, 4)) {
    const first = probeJson('--image', path, 'cgroup_disable=memory', 'console=ttyS0', 'no_such_word=1');
    const expected = debianArchitecture === 'armel' ? 'unknown' : 'supported';
    expect(verdictsOf(first)).toEqual([
      [release, `cgroup_disable=memory: ${expected}`, 'console=ttyS0: supported', 'no_such_word=1: absent'],
    ]);
    const second = probeJson('--image', path, 'cgroup_disable=memory', 'console=ttyS0', 'no_such_word=1');
    expect(second.kernels[0]?.reading?.cached).toBe(true);
    expect(second.kernels[0]?.support).toEqual(first.kernels[0]?.support);
    expect(existsSync(path) && readFileSync(path).length).toBeGreaterThan(1 << 20);
  }
});

test('a word that the kernel ignores by its own source is told, whatever the verdict on its name', () => {
  const { stdout } = runCli(['probe', 'elevator=noop', 'quiet', '--release', '6.1.0-40-amd64', '--json']);
  const said = JSON.parse(stdout).messages.map(
    ({ code, data }: { code: string; data: { word?: string } }) => [code, data.word],
  );
  expect(said).toEqual([['warning.value-does-nothing', 'elevator=noop']]);
});
