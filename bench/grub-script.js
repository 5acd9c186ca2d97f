// How fast and how small GRUB script is parsed and printed, beside grub-script-check on the same file.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const megabyte = 1_000_000;
const sizes = [1, 2, 5, 10];
const rounds = 7;
const root = join(import.meta.dirname, '..');

/** Run in a process of its own, so that its peak is that of one file. */
const program = `
import { readFileSync } from 'node:fs';
import { parseGrubScript, printGrubScript } from ${JSON.stringify(join(root, 'dist/grub.js'))};
const text = readFileSync(process.argv[1], 'latin1');
let best = Infinity;
let processor = Infinity;
for (let round = 0; round < Number(process.argv[2]); round += 1) {
  const start = performance.now();
  const used = process.cpuUsage();
  const parsed = parseGrubScript(text);
  if (!parsed.ok || printGrubScript(parsed.value) !== text) throw new Error('not read back');
  const { user, system } = process.cpuUsage(used);
  best = Math.min(best, performance.now() - start);
  processor = Math.min(processor, (user + system) / 1000);
}
console.log(JSON.stringify({ best, processor, peak: process.resourceUsage().maxRSS * 1024 }));
`;

function measure(file, times) {
  const args = ['--input-type=module', '--eval', program, file, String(times)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function checkerTime(file) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const { status, error } = spawnSync('grub-script-check', [file]);
    if (error !== undefined) return undefined;
    if (status !== 0) throw new Error('grub-script-check refused the file');
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Entries as grub-mkconfig writes them, over and over, up to a size. */
function bigFile(folder, size) {
  const piece = readFileSync(join(root, 'grub-fixtures/debian-12/boot/grub/grub.cfg'), 'latin1');
  const file = join(folder, `${size}.cfg`);
  writeFileSync(file, piece.repeat(Math.ceil((size * megabyte) / piece.length)), 'latin1');
  return file;
}

const folder = mkdtempSync(join(tmpdir(), 'bootmend-bench-'));
let failed = false;
function verdict(name, value, limit) {
  const within = value <= limit;
  failed ||= !within;
  console.log(`${within ? 'ok  ' : 'FAIL'} ${name}: ${value.toFixed(2)} (at most ${limit})`);
}

try {
  const perMegabyte = [];
  for (const size of sizes) {
    const file = bigFile(folder, size);
    const { best, processor } = measure(file, rounds);
    perMegabyte.push(processor / size);
    const checker = checkerTime(file);
    const beside =
      checker === undefined ? 'no grub-script-check here' : `grub-script-check ${checker.toFixed(0)} ms`;
    console.log(
      `${size} MB: parse + print ${best.toFixed(0)} ms, ${(processor / size).toFixed(1)} ms of processor time a MB; ${beside}`,
    );
    if (size !== sizes.at(-1)) continue;
    if (checker !== undefined) verdict('time beside grub-script-check', best / checker, 1);
    verdict('peak memory beside the file', measure(file, 1).peak / (size * megabyte), 40);
  }
  verdict(
    'slowest beside fastest processor time per MB',
    Math.max(...perMegabyte) / Math.min(...perMegabyte),
    2,
  );
} finally {
  rmSync(folder, { recursive: true });
}
if (failed) process.exitCode = 1;
