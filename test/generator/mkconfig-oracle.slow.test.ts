import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { HostFacts } from '../../src/facts/gather.ts';
import type { LaterLine } from '../../src/generator/later-line.ts';
import { laterLines } from '../../src/generator/later-lines.ts';
import { unknownInFiles } from '../../src/generator/line-name.ts';
import { grubWords } from '../../src/grub/word/grub-words.ts';
import { corpusFiles } from '../oracle/corpus.ts';
import {
  hasMkconfig,
  type MadeLines,
  type MkconfigSystem,
  mkconfigSystems,
  runMkconfig,
} from '../oracle/run-mkconfig.ts';
import { factsOf } from './facts-of.ts';

const fixtures = fileURLToPath(new URL('../../grub-fixtures', import.meta.url));

interface DefaultsFile {
  readonly name: string;
  readonly text: string;
}

/** Files of fixtures and of strangers, and what neither of them has. */
const WRITTEN: readonly DefaultsFile[] = [
  {
    name: 'a drop-in’s worth of Xen',
    text: 'GRUB_CMDLINE_LINUX="a=1"\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"\nGRUB_CMDLINE_LINUX_XEN_REPLACE="b=1"\nGRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT="c=1"\nGRUB_CMDLINE_XEN="dom0_mem=1G"\nGRUB_CMDLINE_XEN_DEFAULT="loglvl=all"\n',
  },
  {
    name: 'an empty replacement',
    text: 'GRUB_CMDLINE_LINUX_DEFAULT="quiet"\nGRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT=""\n',
  },
  {
    name: 'a blank replacement',
    text: 'GRUB_CMDLINE_LINUX_DEFAULT="quiet"\nGRUB_CMDLINE_LINUX_XEN_REPLACE_DEFAULT=" "\n',
  },
  {
    name: 'an end of the command',
    text: 'GRUB_CMDLINE_LINUX="ds=nocloud;s=http://x/"\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"\n',
  },
  { name: 'a comment', text: 'GRUB_CMDLINE_LINUX="a=1 # b=1"\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"\n' },
  {
    name: 'quotes for GRUB',
    text: `GRUB_CMDLINE_LINUX='ds="nocloud;s=x" dyndbg="file a +p"'\nGRUB_CMDLINE_LINUX_DEFAULT="memmap=1M\\\\\\$2M"\n`,
  },
  { name: 'no recovery', text: 'GRUB_DISABLE_RECOVERY=true\nGRUB_CMDLINE_LINUX_RECOVERY="x"\n' },
  {
    name: 'words for recovery',
    text: 'GRUB_CMDLINE_LINUX="a"\nGRUB_CMDLINE_LINUX_RECOVERY="emergency b=1"\n',
  },
  { name: 'nothing', text: '' },
  {
    name: 'a value that follows another',
    text: 'A=1\nGRUB_CMDLINE_LINUX="${A:+b=$A}"\nGRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX c"\n',
  },
  { name: 'a command', text: 'GRUB_CMDLINE_LINUX="a=$(echo 1) b"\n' },
  { name: 'a sourced file', text: 'GRUB_CMDLINE_LINUX="a"\n. /dev/null\n' },
];

function files(): readonly DefaultsFile[] {
  const own = readdirSync(fixtures).flatMap((name) => {
    const path = join(fixtures, name, 'etc/default/grub');
    return existsSync(path) ? [{ name, text: readFileSync(path, 'latin1') }] : [];
  });
  return [...WRITTEN, ...own, ...corpusFiles('default-grub')];
}

/** A system's scripts in the tree, so that they and not the family's rules are what is read. */
function scriptsOf({ root }: MkconfigSystem): Readonly<Record<string, string>> {
  const paths = ['10_linux', '20_linux_xen'].map((name) => `/etc/grub.d/${name}`);
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'latin1')]));
}

const KINDS = ['normal', 'recovery', 'dom0', 'dom0-recovery', 'hypervisor'] as const;

/** How a prediction misses what was made; undefined where it does not. */
function miss(line: LaterLine | undefined, made: string | undefined): string | undefined {
  const own = line === undefined ? [] : unknownInFiles(line);
  if (line === undefined) return made === undefined ? undefined : `not predicted: ${made}`;
  if (made === undefined) return own.length > 0 ? undefined : 'predicted, not made';
  const real = grubWords(made).words.map(({ text }) => text);
  const rest = [...real];
  for (const { kind, text } of line.words) {
    if (own.length > 0) {
      const at = kind === 'unknown' ? -1 : rest.indexOf(text);
      if (at === -1 && kind !== 'unknown') return `${text} is not in: ${made}`;
      rest.splice(0, at + 1);
      continue;
    }
    const next = rest.shift() ?? '';
    const isSame = kind === 'unknown' ? next.startsWith(text) : next === text;
    if (!isSame) return `${text} is not ${next} in: ${made}`;
  }
  return own.length > 0 || rest.length === 0 ? undefined : `more words: ${rest.join(' ')}`;
}

describe.runIf(hasMkconfig)("Debian's own grub-mkconfig", () => {
  test.each(mkconfigSystems)(
    '$name makes the lines that were predicted',
    { timeout: 600_000 },
    async (system) => {
      // The family's rules are those of the release that Debian 12 has.
      const trees = system.root === '' ? [scriptsOf(system), {}] : [scriptsOf(system)];
      const misses: string[] = [];
      const tally = { files: 0, lines: 0, unknown: 0 };
      let failing = 0;
      for (const { name, text } of files()) {
        const made: MadeLines = runMkconfig(system, { grub: text });
        tally.files += 1;
        // By its scripts, and by the rules of the family where the tree has none.
        for (const tree of trees) {
          const files = { ...tree, '/etc/default/grub.d': undefined, '/etc/default/grub': text };
          const facts: HostFacts = await factsOf('xen-debian', files);
          const lines = laterLines(facts).filter(({ by }) => by === 'grub-mkconfig');
          // A command in the file fails on this machine, which no reading can tell.
          const isSurprise = made.failsToSource && lines.every((line) => unknownInFiles(line).length === 0);
          if (isSurprise) failing += 1;
          for (const kind of isSurprise ? [] : KINDS) {
            const line = lines.find((one) => one.kind === kind);
            tally.lines += line === undefined ? 0 : 1;
            tally.unknown += line !== undefined && unknownInFiles(line).length > 0 ? 1 : 0;
            const missed = miss(line, made[kind]);
            if (missed !== undefined) misses.push(`${name}: ${kind}: ${missed}`);
          }
        }
      }
      console.log(`${tally.files} files, ${tally.lines} lines, ${tally.unknown} said to be unknown in part`);
      expect(misses).toEqual([]);
      expect(failing).toBeLessThanOrEqual(2);
      expect(tally.unknown).toBeLessThan(tally.lines / 4);
    },
  );
});
