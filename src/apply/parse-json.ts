/** What JSON text says, undefined where it is none. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

/** A hash in hexadecimal, or the null that stands for a file that is not there. */
export function isHashOrNull(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
}

/** Absolute paths without detours. */
export function isPathList(value: unknown): value is readonly string[] {
  return isTextList(value) && value.every(isFilePath);
}

/** A file's absolute path without detours. */
export function isFilePath(value: unknown): value is string {
  if (typeof value !== 'string' || !value.startsWith('/') || value.includes('\0')) return false;
  return value
    .slice(1)
    .split('/')
    .every((name) => name !== '' && name !== '.' && name !== '..');
}
