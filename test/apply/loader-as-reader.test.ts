import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { checkpoint } from '../../src/apply/checkpoint.ts';
import type { ChangeableHost } from '../../src/apply/problem.ts';
import { recover } from '../../src/apply/recover.ts';
import { recordReadings } from '../../src/host/readings.ts';
import { openHost } from '../../src/host/root-host.ts';
import { interceptOperations, type Operation } from '../fault/operations.ts';
import { canMount, isRoot, mount, unmount } from '../host/mounted.ts';
import { applyUntil, isFirstCleanup } from './cut-short.ts';
import { makeTree, plainOptions, planOf, removeTree } from './tree.ts';

const CONFIG = '/boot/grub2/grub.cfg';
const DEFAULTS = '/etc/default/grub';
const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** Both files, and which boot it is. */
const files = { [CONFIG]: 'old\n', [DEFAULTS]: 'old\n', [BOOT_ID]: 'first\n' };
const change = (before: string, after: string) =>
  planOf([
    { path: DEFAULTS, before, after, decides: 'later-kernels' },
    { path: CONFIG, before, after },
  ]);

let root = '';
let host: ChangeableHost;
beforeEach(async () => {
  root = makeTree(files);
  host = await openHost(root);
});
afterEach(() => {
  host.close();
  removeTree(root);
});

/** The tree as a running machine, with what becomes of a flush. */
function running(
  flushed: 'frozen' | 'synced' | 'in-journal',
  say: (step: string) => void = () => undefined,
): ChangeableHost {
  const watched = interceptOperations(host, (operation) => say(stepOf(operation)));
  return {
    ...watched,
    isRunningSystem: true,
    isBootedFrom: () => true,
    openDirectory: async (path) => {
      const opened = await watched.openDirectory(path);
      if (!opened.ok) return opened;
      const flushFileSystem = async () => {
        say(`flush ${opened.directory.realPath}`);
        return flushed;
      };
      return { ...opened, directory: { ...opened.directory, flushFileSystem } };
    },
  };
}

function stepOf(operation: Operation): string {
  if (operation.kind === 'rename') return `rename ${operation.to}`;
  return operation.kind === 'unlink' ? `unlink ${operation.name.replace(/.*\./, '.')}` : operation.kind;
}

/** A descriptor of the listing itself is closed by then. */
function readLinkIfThere(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

const originals = () => readdirSync(join(root, '/boot/grub2')).filter((name) => name.endsWith('.old'));
const inTree = (path: string) => readFileSync(join(root, path), 'latin1');

test('what was prepared is at its place before the first rename, and what was written before an original goes', async () => {
  const steps: string[] = [];
  await applyPlan(
    running('frozen', (step) => steps.push(step)),
    change('old\n', 'new\n'),
    plainOptions,
  );
  const told = steps.filter((step) => /^(?:flush|rename gr|unlink \.old)/.test(step));
  expect(told).toEqual([
    'flush /boot/grub2',
    'rename grub',
    'rename grub.cfg',
    'flush /boot/grub2',
    'unlink .old',
    'unlink .old',
  ]);
});

test('taking back is flushed before what was new loses its blocks', async () => {
  const steps: string[] = [];
  const verify = async () => ({ path: CONFIG, detail: 'x' });
  const watched = running('frozen', (step) => steps.push(step));
  const outcome = await applyPlan(watched, change('old\n', 'new\n'), { ...plainOptions, verify });
  expect(outcome.kind).toBe('failed-restored');
  expect(steps.filter((step) => /^(?:flush|rename gr)/.test(step))).toEqual([
    'flush /boot/grub2',
    'rename grub',
    'rename grub.cfg',
    'rename grub.cfg',
    'rename grub',
    'flush /boot/grub2',
  ]);
});

test('a renamed file is written out by itself, with the entry that vfat keeps it by, before its directory', async () => {
  const steps: string[] = [];
  await applyPlan(
    running('frozen', (step) => steps.push(step)),
    change('old\n', 'new\n'),
    plainOptions,
  );
  for (const name of ['grub', 'grub.cfg']) {
    const renamed = steps.indexOf(`rename ${name}`);
    expect(steps.slice(renamed, renamed + 3)).toEqual([`rename ${name}`, 'sync-entry', 'sync-directory']);
  }
});

test('that a change is being taken back is on the disk before the first file is', async () => {
  const steps: string[] = [];
  const verify = async () => ({ path: CONFIG, detail: 'x' });
  const watched = interceptOperations(host, (operation) => steps.push(stepOf(operation)));
  await applyPlan(watched, change('old\n', 'new\n'), { ...plainOptions, verify });
  const marked = steps.indexOf('rename journal-undo.json');
  expect(steps.slice(marked, marked + 3)).toEqual([
    'rename journal-undo.json',
    'sync-directory',
    'rename grub.cfg',
  ]);
});

test('what was new keeps its blocks until the taking back is flushed', async () => {
  const held: string[][] = [];
  const watched = running('frozen', (step) => {
    if (!step.startsWith('flush')) return;
    const open = readdirSync('/proc/self/fd').flatMap((name) => {
      const link = readLinkIfThere(`/proc/self/fd/${name}`);
      return link.startsWith(root) && link.endsWith(' (deleted)') ? [basename(link)] : [];
    });
    held.push(open.sort());
  });
  const verify = async () => ({ path: CONFIG, detail: 'x' });
  await applyPlan(watched, change('old\n', 'new\n'), { ...plainOptions, verify });
  expect(held).toEqual([[], ['grub (deleted)', 'grub.cfg (deleted)']]);
});

test('a power cut after somebody wrote to an original in place: recovery puts their text back', async () => {
  await applyUntil(host, change('old\n', 'new\n'), isFirstCleanup);
  writeFileSync(join(root, '/boot/grub2', originals()[0] ?? ''), 'theirs\n');
  expect(await recover(host)).toMatchObject({ settlement: { direction: 'back' } });
  expect([inTree(CONFIG), inTree(DEFAULTS)]).toEqual(['theirs\n', 'old\n']);
});

test('an original is not removed while no other copy of it is whole', async () => {
  await applyUntil(host, change('old\n', 'new\n'), isFirstCleanup);
  const [id = ''] = readdirSync(join(root, 'var/lib/bootmend/backups'));
  for (const index of [0, 1]) {
    writeFileSync(join(root, `var/lib/bootmend/backups/${id}/${index}.before`), 'damaged\n');
  }
  expect(await recover(host)).toMatchObject({ settlement: { direction: 'forward' } });
  expect(originals()).toHaveLength(1);
  expect(readFileSync(join(root, '/boot/grub2', originals()[0] ?? ''), 'latin1')).toBe('old\n');
});

describe.runIf(canMount)('a file system that holds our state', () => {
  const places: string[] = [];
  const mountAt = (path: string, args: readonly string[]) => {
    mkdirSync(join(root, path), { recursive: true });
    mount([...args, join(root, path)]);
    places.push(join(root, path));
  };
  afterEach(() => {
    for (const place of places.splice(0).reverse()) unmount(place);
  });

  /** What `checkpoint` says of the file system of /boot/grub2. */
  const isNeeded = async (neededDevices: readonly bigint[] = []) => {
    let told: boolean | undefined;
    const watched: ChangeableHost = {
      ...host,
      neededDevices,
      isBootedFrom: () => true,
      openDirectory: async (path) => {
        const opened = await host.openDirectory(path);
        if (!opened.ok) return opened;
        const flushFileSystem = async (needed: boolean) => {
          told = needed;
          return 'frozen' as const;
        };
        return { ...opened, directory: { ...opened.directory, flushFileSystem } };
      },
    };
    await checkpoint(watched, [CONFIG]);
    return told;
  };

  test('is frozen only by what needs nothing of it', async () => {
    expect(await isNeeded()).toBe(true);
    mountAt('/boot/grub2', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs']);
    expect(await isNeeded()).toBe(false);
    mountAt('/var/lib/bootmend', ['--bind', join(root, '/boot/grub2')]);
    expect(await isNeeded()).toBe(true);
  });

  test('as one that our output goes to or programs come from', async () => {
    mountAt('/boot/grub2', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs']);
    const found = await host.status('/boot/grub2');
    expect(await isNeeded(found.ok ? [found.status.device] : [])).toBe(true);
  });
});

describe('where the journal cannot be emptied', () => {
  test('the original keeps its blocks until the next boot, and the note names what GRUB reads only', async () => {
    const outcome = await applyPlan(running('in-journal'), change('old\n', 'new\n'), plainOptions);
    expect(outcome).toMatchObject({
      kind: 'applied',
      notes: [{ code: 'reboot-cleanly', data: { path: '/boot/grub2' } }],
    });
    expect(originals()).toHaveLength(1);
    expect(readdirSync(join(root, '/etc/default'))).toEqual(['grub']);
  });

  test('the next change of the same boot leaves it, the first one after a reboot removes it', async () => {
    await applyPlan(running('in-journal'), change('old\n', 'new\n'), plainOptions);
    await applyPlan(running('in-journal'), change('new\n', 'newer\n'), plainOptions);
    expect(originals()).toHaveLength(2);
    writeFileSync(join(root, BOOT_ID), 'second\n');
    const outcome = await applyPlan(running('frozen'), change('newer\n', 'newest\n'), plainOptions);
    expect(outcome).toMatchObject({ kind: 'applied', notes: [] });
    expect(originals()).toEqual([]);
    expect(existsSync(join(root, '/var/lib/bootmend/kept-originals.json'))).toBe(false);
  });

  test('a record that is damaged removes nothing', async () => {
    await applyPlan(running('in-journal'), change('old\n', 'new\n'), plainOptions);
    writeFileSync(join(root, '/var/lib/bootmend/kept-originals.json'), '{"version":1,"setIds":["../x"]}');
    writeFileSync(join(root, BOOT_ID), 'second\n');
    await applyPlan(running('frozen'), change('new\n', 'newer\n'), plainOptions);
    expect(originals()).toHaveLength(1);
  });
});

test.runIf(isRoot)('a record that others may have written removes nothing', async () => {
  await applyPlan(running('in-journal'), change('old\n', 'new\n'), plainOptions);
  chmodSync(join(root, '/var/lib/bootmend/kept-originals.json'), 0o666);
  writeFileSync(join(root, BOOT_ID), 'second\n');
  await applyPlan(running('frozen'), change('new\n', 'newer\n'), plainOptions);
  expect(originals()).toHaveLength(1);
});

describe('a file that somebody writes to in place', () => {
  const theirs = () => writeFileSync(join(root, CONFIG), 'theirs\n');

  /** Acts once, at a step; vfat has no hard links. */
  const meanwhile = (at: string, act: () => void, isVfat = false) => {
    let isDone = false;
    return interceptOperations(host, (operation) => {
      if (isVfat && operation.kind === 'link') {
        throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'link' });
      }
      if (stepOf(operation) !== at || isDone) return;
      isDone = true;
      act();
    });
  };

  test.each([false, true])('between the last look and the rename gets it back: vfat %s', async (isVfat) => {
    const busy = meanwhile('rename grub.cfg', theirs, isVfat);
    const outcome = await applyPlan(busy, change('old\n', 'new\n'), plainOptions);
    expect(outcome).toMatchObject({
      kind: 'failed-restored',
      problem: { code: 'changed', data: { path: CONFIG } },
    });
    expect([inTree(CONFIG), inTree(DEFAULTS)]).toEqual(['theirs\n', 'old\n']);
    expect(originals()).toEqual([]);
  });

  test('by its old inode after the rename gets it back, too', async () => {
    const verify = async () => {
      const [original] = originals();
      writeFileSync(join(root, '/boot/grub2', original ?? ''), 'theirs\n');
      return undefined;
    };
    const outcome = await applyPlan(host, change('old\n', 'new\n'), { ...plainOptions, verify });
    expect(outcome).toMatchObject({ kind: 'failed-restored', problem: { code: 'changed' } });
    expect([inTree(CONFIG), inTree(DEFAULTS)]).toEqual(['theirs\n', 'old\n']);
  });
});

describe('what the plan was made from without writing it', () => {
  const SCRIPT = '/etc/default/grub.d/50-cloud.cfg';

  test.each([
    ['changed while the question waited', () => put('other\n'), 'refused'],
    ['made meanwhile', () => put('new file\n', '/etc/default/grub.d/60-more.cfg'), 'refused'],
  ])('is compared before the first rename: %s', async (_, act, kind) => {
    const madeFrom = await readings();
    act();
    const outcome = await applyPlan(host, change('old\n', 'new\n'), { ...plainOptions, madeFrom });
    expect(outcome).toMatchObject({ kind, problem: { code: 'changed' } });
    expect([inTree(CONFIG), inTree(DEFAULTS)]).toEqual(['old\n', 'old\n']);
  });

  test('is compared after the last rename', async () => {
    const madeFrom = await readings();
    const verify = async () => {
      put('other\n');
      return undefined;
    };
    const outcome = await applyPlan(host, change('old\n', 'new\n'), { ...plainOptions, madeFrom, verify });
    expect(outcome).toMatchObject({
      kind: 'failed-restored',
      problem: { code: 'changed', data: { path: SCRIPT } },
    });
    expect([inTree(CONFIG), inTree(DEFAULTS)]).toEqual(['old\n', 'old\n']);
  });

  test('may be what the plan itself writes, makes or removes', async () => {
    put('same\n');
    const madeFrom = await readings();
    const plan = planOf([
      { path: CONFIG, before: 'old\n', after: 'new\n' },
      { path: SCRIPT, before: 'same\n', after: undefined },
      { path: '/etc/kernel/cmdline', before: undefined, after: 'ro\n' },
    ]);
    const outcome = await applyPlan(host, plan, { ...plainOptions, madeFrom });
    expect(outcome.kind).toBe('applied');
  });

  const put = (text: string, path = SCRIPT) => {
    mkdirSync(join(root, '/etc/default/grub.d'), { recursive: true });
    writeFileSync(join(root, path), text);
  };

  async function readings() {
    if (!existsSync(join(root, SCRIPT))) put('first\n');
    const recorded = recordReadings(host);
    for (const path of [CONFIG, DEFAULTS, SCRIPT, '/etc/kernel/cmdline']) await recorded.host.read(path);
    for (const path of ['/etc/default/grub.d', '/etc/kernel', '/boot/grub2']) await recorded.host.list(path);
    return recorded.readings();
  }
});
