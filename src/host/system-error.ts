import { constants } from 'node:os';
import type { HostRefusal } from './host.ts';

const REFUSALS: Readonly<Record<string, HostRefusal>> = {
  ENOENT: 'missing',
  ENOTDIR: 'not-a-directory',
  ELOOP: 'symlink-loop',
  EACCES: 'permission',
  EPERM: 'permission',
};

/** The errno name of a system call's error, undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  if (typeof error.code !== 'string') return undefined;
  const isNamed = /^E[A-Z0-9]+$/.test(error.code);
  const number = 'errno' in error && typeof error.errno === 'number' ? -error.errno : undefined;
  return isNamed || number === undefined ? error.code : (nameOfErrno(number) ?? error.code);
}

/** Those that Node has no name for ("Unknown system error -122"), nor `os.constants.errno`. Source: asm-generic/errno.h. */
const MORE_NAMES: Readonly<Record<number, string>> = { 117: 'EUCLEAN', 121: 'EREMOTEIO', 123: 'ENOMEDIUM' };

function nameOfErrno(number: number): string | undefined {
  const found = Object.entries(constants.errno).find(([, value]) => value === number);
  return found?.[0] ?? MORE_NAMES[number];
}

/** An error of a system call as a value; any other error is a bug and is thrown on. */
export function refusal(error: unknown): {
  readonly ok: false;
  readonly reason: HostRefusal;
  readonly systemCode: string;
} {
  const code = systemCode(error);
  if (code === undefined) throw error;
  return { ok: false, reason: REFUSALS[code] ?? 'input-output', systemCode: code };
}

/** The error that the system would have given. */
export function systemError(code: string, syscall: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${syscall} '${path}'`), { code, syscall, path });
}
