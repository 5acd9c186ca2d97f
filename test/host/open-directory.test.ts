import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTree, removeTree } from '../apply/tree.ts';
import { buildDriver, type Driver } from '../fault/driver.ts';
import { canTrace } from '../fault/strace.ts';
import { counted } from '../oracle/missing.ts';

const CONFIG = '/boot/grub2/grub.cfg';

describe.runIf(counted(canTrace(), 'strace(1)'))(
  'a change syncs with fsync(2), in the system’s own words',
  () => {
    let driver: Driver;
    let root = '';
    let synced: readonly string[] = [];
    beforeAll(() => {
      driver = buildDriver();
      root = makeTree({ [CONFIG]: 'old\n' });
      const request = { task: 'add-word', root, path: CONFIG, word: 'nokmem', lockWaitMs: 1000 };
      const trace = join(root, 'trace');
      const command = [process.execPath, driver.file, JSON.stringify(request)];
      execFileSync('strace', ['-f', '-y', '-qq', '-e', 'trace=fsync', '-o', trace, '--', ...command]);
      synced = [...readFileSync(trace, 'latin1').matchAll(/fsync\(\d+<([^>]*)>\) += 0/g)].map(
        ([, path = '']) => path.replace(root, ''),
      );
    });
    afterAll(() => {
      driver.remove();
      removeTree(root);
    });

    test.each([
      ['the new file before it has its name', /^\/boot\/grub2\/\.bootmend-.*\.new$/],
      ['the file under its name', /^\/boot\/grub2\/grub\.cfg$/],
      ['its directory', /^\/boot\/grub2$/],
      ['the journal', /^\/var\/lib\/bootmend\/.*journal/],
      ['the directory of the state', /^\/var\/lib\/bootmend$/],
      ['each original that is kept', /^\/var\/lib\/bootmend\/backups\/[^/]+\/0\.before$/],
      ['the directory of its set', /^\/var\/lib\/bootmend\/backups\/[^/]+$/],
    ])('%s', (_, path) => {
      expect(synced.filter((one) => path.test(one))).not.toEqual([]);
    });
  },
);
