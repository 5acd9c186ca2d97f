import { runProgram } from './run-program.ts';
import type { AttributesResult, FileAttributes } from './writable-host.ts';

/**
 * Extended attributes, ACLs (`system.posix_acl_access`) and SELinux labels (`security.selinux`) by getfattr(1) and
 * setfattr(1), since Node has no call for them. Where they are missing, the mark that ls(1) prints behind the mode
 * tells whether a label (`.`) or more (`+`) would be lost; a label alone is read and set by stat(1) and chcon(1).
 *
 * Programs get the path of a descriptor of this process, so they see the very file that is held open.
 */
const LABEL = 'security.selinux';

/** Counted by the kernel from the content whenever a file is written: security/integrity/{evm,ima} in Linux. */
const COUNTED_BY_KERNEL = /^(?:security\.evm=|security\.ima=0x0[14])/;

const NOT_SUPPORTED = 'Operation not supported';

/** The attributes of the file that a descriptor stands for. */
export async function readAttributes(
  descriptor: number,
): Promise<AttributesResult<{ attributes: FileAttributes }>> {
  const path = pathForPrograms(descriptor);
  const dump = await runProgram('getfattr', [
    '--dump',
    '--match=-',
    '--encoding=hex',
    '--absolute-names',
    '--',
    path,
  ]);
  if (dump.isMissing) return readVisibleAttributes(path);
  if (dump.exitCode === 0) return { ok: true, attributes: parseDump(dump.stdout.toString('latin1')) };
  if (dump.stderr.includes(NOT_SUPPORTED)) return { ok: true, attributes: {} };
  return { ok: false, detail: dump.stderr.trim() };
}

/** Makes the attributes of an open file exactly these; a label that a new file was born with stays where none is wanted. */
export async function writeAttributes(
  descriptor: number,
  wanted: FileAttributes,
): Promise<AttributesResult<object>> {
  const present = await readAttributes(descriptor);
  if (!present.ok) return present;
  const path = pathForPrograms(descriptor);
  const lacking = Object.entries(wanted).filter(([name, value]) => present.attributes[name] !== value);
  const extra = Object.keys(present.attributes).filter((name) => !(name in wanted) && name !== LABEL);
  for (const name of extra) {
    const removed = await runProgram('setfattr', ['--remove', name, '--', path]);
    if (removed.exitCode !== 0) return failure('setfattr', removed);
  }
  return lacking.length === 0 ? { ok: true } : setAttributes(path, lacking);
}

async function setAttributes(
  path: string,
  attributes: readonly (readonly [string, string])[],
): Promise<AttributesResult<object>> {
  const dump = [`# file: ${path}`, ...attributes.map(([name, value]) => `${name}=${value}`), ''].join('\n');
  const restored = await runProgram('setfattr', ['--restore=-'], { input: Buffer.from(dump, 'latin1') });
  if (restored.exitCode === 0) return { ok: true };
  const [first, ...others] = attributes;
  const isLabelOnly = first?.[0] === LABEL && others.length === 0;
  if (!restored.isMissing || !isLabelOnly) return failure('setfattr', restored);
  const labelled = await runProgram('chcon', ['--', labelText(first[1]), path]);
  return labelled.exitCode === 0 ? { ok: true } : failure('chcon', labelled);
}

async function readVisibleAttributes(
  path: string,
): Promise<AttributesResult<{ attributes: FileAttributes }>> {
  const listing = await runProgram('ls', ['-ldnL', '--', path]);
  if (listing.exitCode !== 0) return failure('ls', listing);
  const mark = listing.stdout.toString('latin1').charAt(10);
  if (mark === ' ') return { ok: true, attributes: {} };
  if (mark !== '.') return { ok: false, missingProgram: 'getfattr', detail: '' };
  const label = await runProgram('stat', ['-L', '-c', '%C', '--', path]);
  if (label.exitCode !== 0) return failure('stat', label);
  return { ok: true, attributes: { [LABEL]: labelValue(label.stdout.toString('latin1').trim()) } };
}

function parseDump(dump: string): FileAttributes {
  const attributes: Record<string, string> = {};
  for (const line of dump.split('\n')) {
    if (line === '' || line.startsWith('# file: ') || COUNTED_BY_KERNEL.test(line)) continue;
    const equals = line.indexOf('=');
    const hasValue = equals !== -1;
    attributes[hasValue ? line.slice(0, equals) : line] = hasValue ? line.slice(equals + 1) : '';
  }
  return attributes;
}

/** The kernel keeps a label as C text with its final NUL. */
function labelValue(label: string): string {
  return `0x${Buffer.from(`${label}\0`, 'latin1').toString('hex')}`;
}

function labelText(value: string): string {
  return Buffer.from(value.slice(2), 'hex').toString('latin1').replace(/\0$/, '');
}

function pathForPrograms(descriptor: number): string {
  return `/proc/${process.pid}/fd/${descriptor}`;
}

function failure(
  program: string,
  run: { readonly isMissing: boolean; readonly stderr: string },
): AttributesResult<never> {
  if (run.isMissing) return { ok: false, missingProgram: program, detail: '' };
  return { ok: false, detail: run.stderr.trim() };
}
