import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The driver, bundled once, so that plain node runs it. */
export interface Driver {
  readonly file: string;
  /** @param uid another user to run as */
  run(request: DriverRequest, uid?: number): Promise<DriverResult>;
  start(request: DriverRequest): ChildProcess;
  remove(): void;
}

/** What a process of its own is to do in a tree. */
export type DriverRequest =
  /** Applies a plan of `planCases` and is killed (SIGKILL) or signalled before the operation of this number. */
  | {
      readonly task: 'apply';
      readonly root: string;
      readonly planName: string;
      readonly at: number;
      readonly signal: 'SIGKILL' | 'SIGINT' | 'SIGTERM';
    }
  /** Adds a word to every line of a file that lacks it. */
  | {
      readonly task: 'add-word';
      readonly root: string;
      readonly path: string;
      readonly word: string;
      readonly lockWaitMs: number;
    }
  /** Flushes the file system of a directory, frozen for a moment. */
  | { readonly task: 'flush'; readonly root: string }
  /** In a machine whose power will be cut: recovers, says what it found, and changes the words without end. */
  | { readonly task: 'toggle'; readonly root: string; readonly omits?: Omission };

/** What a broken variant does not do: freeze and thaw file systems, or sync directories and renamed files either. */
export type Omission = 'flush' | 'flush-and-sync';

export interface DriverResult {
  readonly signal: string | null;
  /** What the driver printed: the outcome as JSON. */
  readonly output: string;
}

const COMMON_JS_BANNER =
  'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

export function buildDriver(): Driver {
  const directory = mkdtempSync(join(tmpdir(), 'bootmend-driver-'));
  chmodSync(directory, 0o755);
  const outfile = join(directory, 'driver.mjs');
  buildSync({
    entryPoints: [new URL('./driver-process.ts', import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: COMMON_JS_BANNER },
    logLevel: 'error',
  });
  return {
    file: outfile,
    run: (request, uid) => finish(start(outfile, request, uid)),
    start: (request) => start(outfile, request),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function start(file: string, request: DriverRequest, uid?: number): ChildProcess {
  return spawn(process.execPath, [file, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

function finish(child: ChildProcess): Promise<DriverResult> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (_, signal) => resolve({ signal, output }));
  });
}
