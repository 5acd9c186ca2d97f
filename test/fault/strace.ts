import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const BOOTMEND = new URL('../../bin/bootmend.js', import.meta.url).pathname;

/** The calls that make, change or remove a name or open a file; and what it takes to follow descriptors. */
const CALLS = [
  'open,openat,openat2,creat,close,dup,dup2,dup3,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink',
  'symlinkat,mkdir,mkdirat,rmdir,truncate,chmod,fchmodat,chown,lchown,fchownat,setxattr,lsetxattr,removexattr',
  'lremovexattr,utimensat,mknod,mknodat',
].join(',');

/** The arguments of strace(1) that `writesOutside` reads the output of. */
export function straceArguments(output: string, command: readonly string[]): readonly string[] {
  return [
    '-f',
    '-y',
    '-qq',
    '-s',
    '4096',
    '-e',
    `trace=${CALLS}`,
    '-e',
    'signal=none',
    '-o',
    output,
    '--',
    ...command,
  ];
}

/**
 * Our command on a root, traced. Without a home there is no place for the code cache, which would be a write outside.
 *
 * @param output where the trace is put meanwhile
 */
export function traced(output: string, root: string, command: readonly string[]) {
  const args = straceArguments(output, [process.execPath, BOOTMEND, ...command, '--root', root]);
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent' };
  const run = spawnSync('strace', args, { timeout: 60_000, env });
  return { status: run.status, stderr: run.stderr.toString(), trace: readFileSync(output, 'utf8') };
}

/** Whether strace(1) can trace here. */
export function canTrace(): boolean {
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', 'true'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

const CHANGES_NAMES =
  /^(?:rename|renameat|renameat2|unlink|unlinkat|link|linkat|symlink|symlinkat|mkdir|mkdirat|rmdir|truncate|chmod|fchmodat|chown|lchown|fchownat|setxattr|lsetxattr|removexattr|lremovexattr|utimensat|mknod|mknodat)\(/;
const OPENS = /^(?:open|openat|openat2|creat)\(/;
const OPENS_TO_WRITE = /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|^creat\(/;

/**
 * Successful calls of a trace that wrote, or could have written, outside a directory. Our own process does all its
 * writing in its first thread and names directories by its descriptors, which are followed through the trace.
 *
 * @param inside absolute, without links
 */
export function writesOutside(trace: string, inside: string): readonly string[] {
  const descriptors = new Map<string, string>();
  const found: string[] = [];
  let first: string | undefined;
  for (const line of trace.split('\n')) {
    const [, thread, call] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (thread === undefined || call === undefined) continue;
    first ??= thread;
    const opened = / = (\d+)<(.*)>$/.exec(call);
    if (opened !== null && OPENS.test(call)) {
      const [, number = '', path = ''] = opened;
      if (thread === first) descriptors.set(number, path);
      if (OPENS_TO_WRITE.test(call) && !isAllowed(path, inside)) found.push(line);
    } else if (CHANGES_NAMES.test(call) && !/ = -1 /.test(call)) {
      const paths = [...call.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path = '']) => path);
      for (const path of paths) if (!isAllowed(resolve(path, first, descriptors), inside)) found.push(line);
    }
  }
  return found;
}

function resolve(path: string, process: string, descriptors: ReadonlyMap<string, string>): string {
  const [, owner, number, rest = ''] = /^\/proc\/(self|\d+)\/fd\/(\d+)(.*)$/.exec(path) ?? [];
  if (owner === undefined || number === undefined) return path;
  const isOurs = owner === 'self' || owner === process;
  return isOurs ? `${descriptors.get(number) ?? `unknown descriptor ${number}`}${rest}` : path;
}

/** Terminals and /dev/null keep nothing. */
function isAllowed(path: string, inside: string): boolean {
  return path.startsWith(`${inside}/`) || /^\/dev\/(?:null|tty|pts\/\d+)(?:<char .*)?$/.test(path);
}
