import { runProgram } from './run-program.ts';
import type { AttributesResult, FileAttributes } from './writable-host.ts';

/**
 * Extended attributes, ACLs (`system.posix_acl_access`) and SELinux labels (`security.selinux`) by getfattr(1) and
 * setfattr(1), since Node has no call for them. Where they are missing, the mark that ls(1) prints behind the mode
 * tells whether a label (`.`) or more (`+`) would be lost; a label alone is read and set by stat(1) and chcon(1).
 *
 * Programs inherit the descriptor, so they see the very file that is held open. Names and values are arguments, one
 * attribute a call, and pass a grammar before: what was read from our state or from a file is never a program's input,
 * where a line break would end one line and begin another.
 */
const LABEL = 'security.selinux';

const INHERITED = '/proc/self/fd/3';

/** A namespace of xattr(7) and a name in it; getfattr(1) escapes any other character. */
const NAME = /^(?:security|system|trusted|user)\.[!-<>-[\]-~]{1,240}$/;

/** As `getfattr --encoding=hex` prints it, XATTR_SIZE_MAX of linux/limits.h at most; nothing at all for no value. */
const VALUE = /^(?:|0x(?:[0-9a-f]{2}){0,65536})$/;

/** Whether both are texts that an attribute can have been read as. */
export function isAttribute(name: string, value: unknown): value is string {
  return NAME.test(name) && typeof value === 'string' && VALUE.test(value);
}

/** Counted by the kernel from the content whenever a file is written: security/integrity/{evm,ima} in Linux. */
const COUNTED_BY_KERNEL = /^(?:security\.evm=|security\.ima=0x0[14])/;

const NOT_SUPPORTED = 'Operation not supported';

/** The attributes of the file that a descriptor stands for. */
export async function readAttributes(
  descriptor: number,
): Promise<AttributesResult<{ attributes: FileAttributes }>> {
  const dump = await onDescriptor('getfattr', descriptor, [
    '--dump',
    '--match=-',
    '--encoding=hex',
    '--absolute-names',
  ]);
  if (dump.isMissing) return readVisibleAttributes(descriptor);
  if (dump.exitCode === 0) return parseDump(dump.stdout.toString('latin1'));
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
  const lacking = Object.entries(wanted).filter(([name, value]) => present.attributes[name] !== value);
  const extra = Object.keys(present.attributes).filter((name) => !(name in wanted) && name !== LABEL);
  for (const name of extra) {
    const removed = await onDescriptor('setfattr', descriptor, ['--remove', name]);
    if (removed.exitCode !== 0) return failure('setfattr', removed);
  }
  const isLabelOnly = lacking.length === 1 && lacking[0]?.[0] === LABEL;
  for (const [name, value] of lacking) {
    const given = await giveAttribute(descriptor, name, value, isLabelOnly);
    if (!given.ok) return given;
  }
  return { ok: true };
}

async function giveAttribute(
  descriptor: number,
  name: string,
  value: string,
  mayUseChcon: boolean,
): Promise<AttributesResult<object>> {
  if (!isAttribute(name, value)) return { ok: false, detail: JSON.stringify(name) };
  const bytes = Buffer.from(value.slice(2), 'hex');
  // Base64, since the largest value in hexadecimal is longer than an argument may be.
  const valueArgument = bytes.length === 0 ? [] : ['--value', `0s${bytes.toString('base64')}`];
  const given = await onDescriptor('setfattr', descriptor, ['--name', name, ...valueArgument]);
  if (given.exitCode === 0) return { ok: true };
  if (!given.isMissing || !mayUseChcon) return failure('setfattr', given);
  const labelled = await runProgram('chcon', ['--', labelText(value), INHERITED], { descriptor });
  return labelled.exitCode === 0 ? { ok: true } : failure('chcon', labelled);
}

async function readVisibleAttributes(
  descriptor: number,
): Promise<AttributesResult<{ attributes: FileAttributes }>> {
  const listing = await onDescriptor('ls', descriptor, ['-ldnL']);
  if (listing.exitCode !== 0) return failure('ls', listing);
  const mark = listing.stdout.toString('latin1').charAt(10);
  if (mark === ' ') return { ok: true, attributes: {} };
  if (mark !== '.') return { ok: false, missingProgram: 'getfattr', detail: '' };
  const label = await onDescriptor('stat', descriptor, ['-L', '-c', '%C']);
  if (label.exitCode !== 0) return failure('stat', label);
  return { ok: true, attributes: { [LABEL]: labelValue(label.stdout.toString('latin1').trim()) } };
}

/** An attribute whose name or value is of another form can't be kept. */
function parseDump(dump: string): AttributesResult<{ attributes: FileAttributes }> {
  const attributes: Record<string, string> = {};
  for (const line of dump.split('\n')) {
    if (line === '' || line.startsWith('# file: ') || COUNTED_BY_KERNEL.test(line)) continue;
    const equals = line.indexOf('=');
    const hasValue = equals !== -1;
    const name = hasValue ? line.slice(0, equals) : line;
    const value = hasValue ? line.slice(equals + 1) : '';
    if (!isAttribute(name, value)) return { ok: false, detail: JSON.stringify(name) };
    attributes[name] = value;
  }
  return { ok: true, attributes };
}

function onDescriptor(program: string, descriptor: number, options: readonly string[]) {
  return runProgram(program, [...options, '--', INHERITED], { descriptor });
}

/** The kernel keeps a label as C text with its final NUL. */
function labelValue(label: string): string {
  return `0x${Buffer.from(`${label}\0`, 'latin1').toString('hex')}`;
}

function labelText(value: string): string {
  return Buffer.from(value.slice(2), 'hex').toString('latin1').replace(/\0$/, '');
}

function failure(
  program: string,
  run: { readonly isMissing: boolean; readonly stderr: string },
): AttributesResult<never> {
  if (run.isMissing) return { ok: false, missingProgram: program, detail: '' };
  return { ok: false, detail: run.stderr.trim() };
}
