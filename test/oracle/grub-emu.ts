import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGrub } from './run-grub.ts';

/**
 * What GRUB prints while it reads a configuration and boots from its menu, without the terminal's control sequences.
 *
 * @param config latin1; it should end in `exit`, or set `timeout` to 0
 * @param until GRUB is stopped once it has printed this; else when it exits, or after a minute
 */
export async function runGrubEmu(config: string, until?: RegExp): Promise<string> {
  const output = await runGrub('grub-emu', config, until);
  return output.replaceAll(/\x1b\[[0-9;?]*[A-Za-z]|\r/g, '');
}

/** A script and the arguments with which it calls `linux`, call by call. */
export interface CallCase {
  /** Commands; `linux` is a function here, so that it may be called with anything. */
  readonly script: string;
  /** undefined stands for an argument that is not compared. */
  readonly calls: readonly (readonly (string | undefined)[])[];
}

/** A literal that GRUB reads as exactly this text, in any column and with any line in it. */
function literal(text: string): string {
  const inQuotes = text.replaceAll("'", "'\\''").replaceAll('\n', "\n''");
  return `'${inQuotes}'`;
}

function comparison(call: readonly (string | undefined)[], index: number): string {
  const comparisons = call.map((argument, position) =>
    argument === undefined
      ? ''
      : `if [ "X\${${position + 1}}" = ${literal(`X${argument}`)} ]; then true; else set grub_ok=n; fi\n`,
  );
  const count = `if [ "$#" = "${call.length}" ]; then true; else set grub_ok=n; fi\n`;
  return `if [ "$grub_calls" = "${'x'.repeat(index + 1)}" ]; then\n${count}${comparisons.join('')}fi\n`;
}

/** One case; several share a GRUB, so a script that reads variables or calls functions must set them itself. */
function caseScript({ script, calls }: CallCase, index: number): string {
  const body = calls.map(comparison).join('');
  return `set grub_calls=
set grub_ok=y
function linux {
set grub_calls="\${grub_calls}x"
${body}true
}
${script}
if [ "$grub_ok$grub_calls" != "y${'x'.repeat(calls.length)}" ]; then echo "@FAIL ${index}@"; fi
`;
}

/**
 * Lets GRUB itself compare: runs all scripts in one grub-emu and gives the indices of those whose calls of `linux`
 * differed in number or in any argument.
 */
export async function differingCalls(cases: readonly CallCase[]): Promise<number[]> {
  const output = await runGrubEmu(`${cases.map(caseScript).join('')}echo "@DONE@"\nexit\n`);
  if (!output.includes('@DONE@')) throw new Error(`grub-emu stopped early:\n${output.slice(-2000)}`);
  return [...output.matchAll(/@FAIL ([0-9]+)@/g)].map((match) => Number(match[1]));
}

/** An entry of a configuration, chosen by its way through the menu, and what its loader is to get. */
export interface BootCase {
  /** latin1 */
  readonly config: string;
  /** Indices, from the outermost menu inwards. */
  readonly path: readonly number[];
  readonly command: string;
  /** The image first; undefined stands for an argument that is not compared. */
  readonly expected: readonly (string | undefined)[];
}

const bootEnd = '@END@';
const atBootEnd = new RegExp(bootEnd);

/** Lets GRUB boot an entry and compare what the first such command of it gets; undefined where it never ran. */
export async function bootsAsExpected({
  config,
  path,
  command,
  expected,
}: BootCase): Promise<boolean | undefined> {
  const comparisons = expected.map((argument, index) =>
    argument === undefined
      ? ''
      : `if [ "X\${${index + 1}}" = ${literal(`X${argument}`)} ]; then true; else set grub_ok=n; fi\n`,
  );
  const loader = `function ${command} {
set grub_ok=y
if [ "$#" = "${expected.length}" ]; then true; else set grub_ok=n; fi
${comparisons.join('')}echo "@BOOT $grub_ok ${bootEnd}"
exit
}
`;
  const choice = `set default='${path.join('>')}'\nset timeout=0\nset timeout_style=menu\n`;
  const plainMenu = 'unset superusers\nterminal_output console\n';
  const output = await runGrubEmu(`${loader}${config}\n${choice}${plainMenu}`, atBootEnd);
  const verdict = /@BOOT ([yn])/.exec(output)?.[1];
  return verdict === undefined ? undefined : verdict === 'y';
}

/**
 * Whether GRUB, reading each script from a file as at boot, finds its syntax right.
 *
 * @param scripts latin1; none may run for ever
 */
export async function bootedSyntax(scripts: readonly string[]): Promise<boolean[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bootmend-grub-emu-'));
  try {
    const config: string[] = [];
    for (const [index, script] of scripts.entries()) {
      await writeFile(join(folder, String(index)), script, 'latin1');
      config.push(`echo "@SCRIPT@"\nsource (host)${folder}/${index}\n`);
    }
    const output = await runGrubEmu(`${config.join('')}echo "${bootEnd}"\nexit\n`, atBootEnd);
    const outputs = output.split('@SCRIPT@').slice(1);
    if (outputs.length !== scripts.length) throw new Error('grub-emu stopped early');
    return outputs.map((text) => !text.includes('syntax error') && !text.includes('out of memory'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
