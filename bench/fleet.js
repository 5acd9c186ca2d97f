// How long a look at many machines takes, beside `ssh HOST true` on the same ones with as many at a time, and how much memory it takes
// here. The machines are sshd on loopback with bootmend unpacked already (test/fleet/ssh-hosts.ts); the whole of them shares this
// machine's processors.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const FORKS = 10;
const ROUNDS = 3;
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'bootmend-bench-'));
const portable = join(folder, 'portable');

/** The tests' own machines; they find their files beside them. */
async function loadSshHosts() {
  const beside = join(root, 'test/fleet');
  await build({
    entryPoints: [join(beside, 'ssh-hosts.ts')],
    outfile: join(folder, 'ssh-hosts.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    define: {
      'import.meta.dirname': JSON.stringify(beside),
      'import.meta.url': JSON.stringify(pathToFileURL(join(beside, 'ssh-hosts.ts')).href),
    },
  });
  return import(pathToFileURL(join(folder, 'ssh-hosts.mjs')).href);
}

/** Wall time in milliseconds, and the most memory that the process itself held, in MB. */
async function measure(program, words, environment = {}) {
  const start = performance.now();
  const child = spawn(program, words, { stdio: 'ignore', env: { ...process.env, ...environment } });
  let peak = 0;
  const watch = setInterval(() => {
    try {
      peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? peak);
    } catch {
      // It ended.
    }
  }, 20);
  const status = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  return { status, milliseconds: performance.now() - start, megabytes: peak / 1024 };
}

async function compare({ hosts, configuration }, count) {
  const names = hosts.slice(0, count).map(({ name }) => name);
  const each = `printf '%s\\n' ${names.join(' ')} | xargs -P ${FORKS} -I{} ssh -F ${configuration} {} true`;
  const environment = {
    BOOTMEND_PORTABLE: join(
      portable,
      readdirSync(portable).find((name) => name.endsWith('.run')),
    ),
  };
  const words = ['status', '--json', '--forks', String(FORKS), '--ssh-config', configuration];
  const look = [join(root, 'bin/bootmend.js'), ...words, ...names.flatMap((name) => ['--host', name])];
  await measure(process.execPath, look, environment);
  const peer = [];
  const own = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    peer.push(await measure('sh', ['-c', each]));
    own.push(await measure(process.execPath, look, environment));
  }
  const best = (runs) => Math.min(...runs.map(({ milliseconds }) => milliseconds));
  const failed = own.find(({ status }) => status !== 0);
  if (failed !== undefined) throw new Error(`status ended with ${failed.status}`);
  const ratio = (best(own) / best(peer)).toFixed(2);
  const memory = Math.max(...own.map(({ megabytes }) => megabytes)).toFixed(0);
  console.log(
    `status of ${count} machines, ${FORKS} at a time: ${best(own).toFixed(0)} ms, ssh true ${best(peer).toFixed(0)} ms, ratio ${ratio}; ${memory} MB here`,
  );
}

async function run({ startSshHosts }) {
  const words = [join(root, 'scripts/portable/portable.js'), '--gzip', '--directory', portable];
  execFileSync(process.execPath, words);
  const count = Number(process.env.BOOTMEND_BENCH_HOSTS ?? 40);
  const machines = await startSshHosts(
    Array.from({ length: count }, (_, index) => ({ name: `host${index + 1}`, fixture: 'debian-9' })),
  );
  try {
    for (const some of [...new Set([1, Math.min(10, count), count])]) await compare(machines, some);
  } finally {
    machines.stop();
  }
}

try {
  const fleet = await loadSshHosts();
  if (fleet.canServeSsh) await run(fleet);
  else console.log('skipped: it needs root, mounts, sshd and busybox');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
