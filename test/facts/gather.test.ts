import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { gather } from '../../src/facts/gather.ts';
import * as evaluation from '../../src/grub/script/evaluate-menu.ts';
import * as parser from '../../src/grub/script/parser.ts';
import type { Host } from '../../src/host/host.ts';
import { openHost } from '../../src/host/root-host.ts';

vi.mock(import('../../src/grub/script/parser.ts'), { spy: true });
vi.mock(import('../../src/grub/script/evaluate-menu.ts'), { spy: true });

const fixtures = join(import.meta.dirname, '../../grub-fixtures');
const trees = readdirSync(fixtures).filter((name) => !name.startsWith('.') && !name.endsWith('.md'));

/** What reading a host asked of it, each file with how often it was read. */
async function readingsOf(host: Host): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const counted = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  await gather({
    ...host,
    read: (path, mostBytes) => {
      counted(path);
      return host.read(path, mostBytes);
    },
    readHead: (path, headBytes) => {
      counted(`head of ${path}`);
      return host.readHead(path, headBytes);
    },
  });
  return counts;
}

test.each(trees)(
  '%s: no file is read twice, no script parsed twice, the menu evaluated once',
  async (tree) => {
    vi.mocked(parser.parseGrubScript).mockClear();
    vi.mocked(evaluation.evaluateMenu).mockClear();
    const counts = await readingsOf(await openHost(join(fixtures, tree)));
    expect([...counts].filter(([, count]) => count > 1)).toEqual([]);
    const parsed = vi.mocked(parser.parseGrubScript).mock.calls.map(([text]) => text);
    expect(parsed).toEqual([...new Set(parsed)]);
    expect(vi.mocked(evaluation.evaluateMenu).mock.calls.length).toBeLessThanOrEqual(1);
  },
);
