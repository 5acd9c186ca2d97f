import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loaderCmdlineWithImage, overlongBy } from '../../src/grub/script/loader-cmdline.ts';
import { runCli } from '../cli/run-cli.ts';
import { lz4Kernel } from '../kernel/image/packaged-kernels.ts';
import { hasProgram } from '../oracle/available.ts';
import { LINE_CASE_FUNCTIONS, LINE_CASES, lineGroups } from './line-cases.ts';
import { makeWalkedTree, walkMenu } from './walk-menu.ts';

const canBoot =
  process.env['BOOTMEND_SLOW'] !== undefined &&
  ['qemu-system-x86_64', 'grub-mkrescue'].every((program) => hasProgram(program)) &&
  hasProgram('mke2fs', '-V') &&
  hasProgram('/bin/busybox', '--help');
const kernel = canBoot ? lz4Kernel() : undefined;

/** CI boots some lines, most cases among them first; BOOTMEND_LINE_CASES=all boots every one, in ten to twenty minutes. */
const all = lineGroups().toSorted((a, b) => b.names.length - a.names.length);
const groups = process.env['BOOTMEND_LINE_CASES'] === 'all' ? all : all.slice(0, 4);
const count = groups.flatMap(({ names }) => names).length;
const msPerBoot = 40_000;

/** Text of the report as the bytes that it stands for; one that is no UTF-8 is shown as `\xHH`, a backslash of the line as two. */
function bytesOf(shown: string): string {
  const bytes = Buffer.from(shown, 'utf8').toString('latin1');
  return bytes.replaceAll(/\\\\|\\x([0-9a-f]{2})/g, (match, hex?: string) =>
    hex === undefined ? match : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** What `status` says that the kernel gets, without blanks at its end, up to the first word that the loader has no room for. */
function predictedLines(root: string): readonly string[] {
  const { stdout, stderr, exitCode } = runCli(['status', '--json', '--root', root]);
  expect(exitCode, stderr).toBe(0);
  const { entries }: { entries: { words: { word: string }[]; cmdline: string }[] } = JSON.parse(stdout);
  return entries.map(({ words, cmdline }) => {
    const texts = words.map(({ word }) => Buffer.from(word, 'utf8').toString('latin1'));
    if (overlongBy('linux', '/vmlinuz', texts) === 0)
      return `BOOT_IMAGE=/vmlinuz ${bytesOf(cmdline)}`.trimEnd();
    const kept = texts.findIndex(
      (_, index) => overlongBy('linux', '/vmlinuz', texts.slice(0, index + 1)) > 0,
    );
    return loaderCmdlineWithImage('/vmlinuz', texts.slice(0, kept));
  });
}

test.runIf(kernel !== undefined)(
  `what the kernel gets is what status says: ${count} of ${LINE_CASES.length} cases`,
  { timeout: 120_000 + groups.length * msPerBoot },
  async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'bootmend-walk-'));
    try {
      const root = join(scratch, 'root');
      mkdirSync(root);
      const bodies = groups.map(({ before, words }) => `${before}linux /vmlinuz ${words}\n`);
      makeWalkedTree(root, kernel?.file() ?? Buffer.alloc(0), LINE_CASE_FUNCTIONS, bodies);
      const predicted = predictedLines(root);
      const booted = await walkMenu(root, scratch, groups.length, groups.length * msPerBoot);
      for (const [index, { names }] of groups.entries())
        expect.soft([names, booted[index]?.trimEnd()]).toEqual([names, predicted[index]]);
      console.log(`${count} cases in ${groups.length} boots`);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  },
);
