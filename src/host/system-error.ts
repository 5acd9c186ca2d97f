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
  return typeof error.code === 'string' ? error.code : undefined;
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
