// `probe --image` beside the system's own decompressor on the same payload: CPU time beyond bare Node's start-up, the
// children's included, as a ratio; and peak memory beyond bare Node's, as a multiple of the unpacked kernel.
// Needs the kernels of test/kernel/image/fetch-kernels.sh in $BOOTMEND_KERNELS.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runs = Number(process.env.BENCH_RUNS ?? 7);
const launcher = join(import.meta.dirname, '../bin/bootmend.js');
const kernels = process.env.BOOTMEND_KERNELS;
const gigabyte = 1 << 30;

/** How the kernel's build packs with each program, how the program unpacks, and what is allowed beside it. */
const programs = {
  gzip: { pack: ['gzip', '-nc9'], unpack: 'gzip -dc', limit: 1.3 },
  xz: { unpack: 'xz -dc --single-stream', limit: 1.3 },
  lzma: { pack: ['xz', '--format=lzma', '-c1'], unpack: 'xz -dc --format=lzma', limit: 1.3 },
  bzip2: { pack: ['bzip2', '-c9'], unpack: 'bzip2 -dc', limit: 1.3 },
  lz4: { unpack: 'lz4 -dc', beside: 'lz4 -dc | sha256sum', limit: 3 },
  zstd: { unpack: 'zstd -dc', beside: 'zstd -dc | sha256sum', limit: 3 },
};
const rawLimit = 5;
const memoryLimit = 3;
const cachedLimit = 1.3;

if (kernels === undefined || !existsSync(kernels)) {
  console.log('skipped: set BOOTMEND_KERNELS and run test/kernel/image/fetch-kernels.sh small');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'bootmend-bench-'));
  try {
    bench(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function bench(folder) {
  const probe = (subject) => [
    launcher,
    ...['probe', '--root', join(folder, 'root'), '--image', subject.file, '--json'],
  ];
  mkdirSync(join(folder, 'root'));
  console.log(`least of ${runs} runs each`);
  const all = subjects(folder);
  for (const subject of all) {
    const { bare, peerMs, probed } = compare(folder, subject, probe(subject));
    const ratio = (probed.cpuMs - bare.cpuMs) / peerMs;
    const memory = (probed.peakBytes - bare.peakBytes) / subject.imageBytes;
    report(
      `${subject.name}: ${ratio.toFixed(2)} x ${subject.peer} (${peerMs.toFixed(0)} ms; allowed ${subject.limit}), ` +
        `memory ${memory.toFixed(2)} x ${megabytes(subject.imageBytes)} MB (allowed ${memoryLimit})`,
      ratio > subject.limit || memory > memoryLimit,
    );
  }
  const [first] = all;
  if (first === undefined) return;
  measure(folder, probe(first), 'kept');
  let [bareMs, cachedMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < runs; run += 1) {
    bareMs = Math.min(bareMs, measure(folder, ['-e', '0']).cpuMs);
    cachedMs = Math.min(cachedMs, measure(folder, probe(first), 'kept').cpuMs);
  }
  const ratio = cachedMs / bareMs;
  report(`second probe: ${ratio.toFixed(2)} x bare Node (allowed ${cachedLimit})`, ratio > cachedLimit);
}

function report(line, isOver) {
  console.log(isOver ? `${line}  OVER` : line);
  if (isOver) process.exitCode = 1;
}

/** The three by turns, so that what else the machine does falls on all alike. */
function compare(folder, subject, probe) {
  const least = {
    bare: { cpuMs: Number.POSITIVE_INFINITY, peakBytes: Number.POSITIVE_INFINITY },
    peerMs: Number.POSITIVE_INFINITY,
    probed: { cpuMs: Number.POSITIVE_INFINITY, peakBytes: Number.POSITIVE_INFINITY },
  };
  for (let run = 0; run < runs; run += 1) {
    least.bare = lesser(least.bare, measure(folder, ['-e', '0']));
    least.peerMs = Math.min(least.peerMs, shellCpuMs(subject.beside));
    least.probed = lesser(least.probed, measure(folder, probe, 'empty'));
  }
  return least;
}

function lesser(a, b) {
  return { cpuMs: Math.min(a.cpuMs, b.cpuMs), peakBytes: Math.min(a.peakBytes, b.peakBytes) };
}

/** The newest packaged kernel of each compression, and the first packed one packed anew with the others. */
function subjects(folder) {
  const newest = new Map();
  for (const name of readdirSync(kernels).sort()) {
    const file = join(kernels, name, 'vmlinuz');
    if (!existsSync(file) || !/_(amd64|arm64)$/.test(name)) continue;
    const compression = compressionOf(readFileSync(file));
    if (compression !== undefined) newest.set(compression, { name, file });
  }
  const list = Array.from(newest, ([compression, { name, file }]) => {
    const bytes = readFileSync(file);
    return compression === 'none'
      ? rawSubject(name, file, bytes)
      : packedSubject(folder, name, file, bytes, compression);
  });
  const [source] = [...newest].find(([compression]) => compression !== 'none') ?? [];
  if (source === undefined) return list;
  const bytes = readFileSync(newest.get(source).file);
  const kernel = unpack(folder, bytes, source);
  for (const [compression, { pack }] of Object.entries(programs)) {
    if (pack === undefined || newest.has(compression)) continue;
    const packed = repack(bytes, kernel, pack);
    const file = join(folder, `vmlinuz.${compression}`);
    writeFileSync(file, packed);
    list.push(packedSubject(folder, 'packed anew', file, packed, compression));
  }
  return list;
}

function rawSubject(name, file, bytes) {
  const beside = `sha256sum ${quote(file)}`;
  return {
    name: `${name}, unpacked`,
    file,
    peer: 'sha256sum',
    beside,
    limit: rawLimit,
    imageBytes: bytes.length,
  };
}

function packedSubject(folder, name, file, bytes, compression) {
  const { unpack: program, beside = program, limit } = programs[compression];
  const stream = join(folder, `stream.${compression}`);
  writeFileSync(stream, payload(bytes, compression));
  const [first, ...rest] = beside.split(' | ');
  const command = [`${first} < ${quote(stream)}`, ...rest].join(' | ');
  const imageBytes = bytes.readUInt32LE(payloadEnd(bytes) - 4);
  return { name: `${name}, ${compression}`, file, peer: beside, beside: command, limit, imageBytes };
}

/** CPU time and peak memory of one run of Node, with an empty cache or with the one that is kept. */
function measure(folder, args, cache = 'empty') {
  const peak = join(folder, 'peak');
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)))`,
  );
  const caches = join(folder, `${cache}-cache`);
  if (cache === 'empty') rmSync(caches, { recursive: true, force: true });
  const command = [process.execPath, '--require', hook, ...args].map(quote).join(' ');
  const cpuMs = shellCpuMs(command, { XDG_CACHE_HOME: caches });
  return { cpuMs, peakBytes: Number(readFileSync(peak, 'utf8')) * 1024 };
}

/** User and system time of a shell command and of all that it started; bash's `time` counts in milliseconds. */
function shellCpuMs(command, env = {}) {
  const script = `TIMEFORMAT='%3U %3S'; time { ${command}; } > /dev/null 2> /dev/null`;
  const options = { env: { ...process.env, LC_ALL: 'C', ...env }, encoding: 'utf8' };
  const [user = 0, system = 0] = spawnSync('bash', ['-c', script], options)
    .stderr.trim()
    .split(' ')
    .map(Number);
  return (user + system) * 1000;
}

function compressionOf(bytes) {
  if (bytes.toString('latin1', 0x38, 0x3c) === 'ARM\x64') return 'none';
  if (bytes.toString('latin1', 0x202, 0x206) !== 'HdrS') return undefined;
  const start = payloadStart(bytes);
  const magic = bytes.toString('hex', start, start + 4);
  return { fd377a58: 'xz', '02214c18': 'lz4', '28b52ffd': 'zstd' }[magic];
}

function payloadStart(bytes) {
  return (bytes[0x1f1] + 1) * 512 + bytes.readUInt32LE(0x248);
}

function payloadEnd(bytes) {
  return payloadStart(bytes) + bytes.readUInt32LE(0x24c);
}

/** The compressed stream without the size behind it. */
function payload(bytes, compression) {
  return bytes.subarray(payloadStart(bytes), payloadEnd(bytes) - (compression === 'gzip' ? 0 : 4));
}

function unpack(folder, bytes, compression) {
  const stream = join(folder, 'stream');
  writeFileSync(stream, payload(bytes, compression));
  return execFileSync('sh', ['-c', `${programs[compression].unpack} < ${quote(stream)}`], {
    maxBuffer: gigabyte,
  });
}

function repack(bzImage, kernel, [program, ...args]) {
  const stream = execFileSync(program, args, { input: kernel, maxBuffer: gigabyte });
  const size = Buffer.alloc(program === 'gzip' ? 0 : 4);
  if (size.length > 0) size.writeUInt32LE(kernel.length);
  const bytes = Buffer.concat([bzImage.subarray(0, payloadStart(bzImage)), stream, size]);
  bytes.writeUInt32LE(stream.length + size.length, 0x24c);
  return bytes;
}

function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}
