import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunOptions, runProgram } from '../../src/host/run-program.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bootmend-programs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sh = (script: string, options: RunOptions = {}) => runProgram('sh', ['-c', script], options);
const nothing = { exitCode: 0, stdout: Buffer.alloc(0), stderr: '', isMissing: false, timedOut: false };

describe('a program of the machine', () => {
  test.each([
    ['prints lines, blank ones too', 'echo; echo a; echo', { stdout: Buffer.from('\na\n\n') }],
    ['prints bytes that are no text', "printf '\\377'", { stdout: Buffer.from([0xff]) }],
    ['complains in latin1', "printf '\\351' >&2", { stderr: '\xe9' }],
    ['fails', 'exit 3', { exitCode: 3 }],
    ['is ended by a signal: not missing', 'kill -9 $$', { exitCode: undefined }],
    ['reads nothing', 'cat', {}],
    ['runs in /', 'pwd', { stdout: Buffer.from('/\n') }],
    ['speaks the C locale', 'echo $LC_ALL', { stdout: Buffer.from('C\n') }],
  ])('%s', async (_, script, result) => {
    expect(await sh(script)).toEqual({ ...nothing, ...result });
  });

  test('finds the system’s places behind the user’s on PATH', async () => {
    const { stdout } = await sh('echo $PATH');
    expect(stdout.toString()).toBe(`${process.env['PATH']}:/usr/sbin:/usr/bin:/sbin:/bin\n`);
  });

  test('is not there, or may not be run', async () => {
    const text = join(folder, 'text');
    writeFileSync(text, '', { mode: 0o644 });
    for (const program of ['no-such-program-of-ours', text])
      expect(await runProgram(program, [])).toEqual({ ...nothing, exitCode: undefined, isMissing: true });
  });

  test('is ended when its time is over', async () => {
    expect(await sh('exec sleep 60', { timeoutMs: 50 })).toEqual({
      ...nothing,
      exitCode: undefined,
      timedOut: true,
    });
  });

  test('is ended when the caller gives up', async () => {
    const signal = AbortSignal.timeout(50);
    expect(await sh('exec sleep 60', { signal })).toEqual({ ...nothing, exitCode: undefined });
  });

  test('speaks another language where it is to', async () => {
    const environment = { ...process.env, LC_ALL: 'theirs' };
    expect((await sh('echo $LC_ALL', { environment })).stdout.toString()).toBe('theirs\n');
  });

  test('is given a descriptor as its third', async () => {
    const path = join(folder, 'given');
    const descriptor = openSync(path, 'w');
    try {
      await sh('echo text >&3', { descriptor });
    } finally {
      closeSync(descriptor);
    }
    expect(readFileSync(path, 'latin1')).toBe('text\n');
  });
});
