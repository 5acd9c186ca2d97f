// Processor time of the command on menus of 10, 1,000 and 10,000 entries, beside bare Node; and how it grows.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sizes = [10, 1000, 10_000];
const rounds = 3;
/** Seconds of processor time for 1,000 entries, and how much more than ten times as long 10,000 may take. */
const mostSeconds = 0.5;
const mostGrowth = 1.3;
const root = join(import.meta.dirname, '..');
const bootmend = join(root, 'bin/bootmend.js');

function entryFiles(tree, count) {
  const folder = join(tree, 'boot/loader/entries');
  const name = '9e17a3c64d0b4f2885c1f60de92b7a43-5.14.0-427.42.1.el9_4.x86_64.conf';
  const text = readFileSync(join(folder, name), 'latin1');
  for (let number = 0; number < count - 3; number += 1) {
    const release = `5.14.0-${1000 + number}`;
    const own = text
      .replace('(5.14.0-427', `(${release}`)
      .replace('version 5.14.0-427', `version ${release}`);
    writeFileSync(join(folder, name.replace('5.14.0-427', release)), own, 'latin1');
  }
}

function grubConfig(tree, count) {
  const path = join(tree, 'boot/grub/grub.cfg');
  const text = readFileSync(path, 'latin1');
  const [entry = ''] = /^\tmenuentry .*?^\t\}\n/ms.exec(text) ?? [];
  const own = Array.from({ length: count - 4 }, (_, number) =>
    entry.replaceAll('gnulinux-', `gnulinux-${number}-`),
  );
  writeFileSync(
    path,
    text.replace(entry, () => entry + own.join('')),
    'latin1',
  );
}

const HOOK = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>{
const{userCPUTime,systemCPUTime,maxRSS}=process.resourceUsage();
writeSync(2,'\\n'+JSON.stringify({seconds:(userCPUTime+systemCPUTime)/1e6,megabytes:maxRSS/1024}))})`;

/** The run of least processor time. */
function measure(args) {
  const runs = Array.from({ length: rounds }, () => {
    const { stderr } = spawnSync(process.execPath, ['--import', HOOK, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return JSON.parse(stderr.slice(stderr.lastIndexOf('\n')));
  });
  return runs.reduce((least, run) => (run.seconds < least.seconds ? run : least));
}

let failed = false;
function verdict(name, value, limit) {
  const within = value <= limit;
  failed ||= !within;
  console.log(`${within ? 'ok  ' : 'FAIL'} ${name}: ${value.toFixed(2)} (at most ${limit})`);
}

const menus = [
  { kind: 'entry files', fixture: 'rocky-9', fill: entryFiles },
  { kind: 'entries in grub.cfg', fixture: 'debian-12', fill: grubConfig },
];
const commands = [
  { name: 'status', words: ['status'] },
  { name: 'set', words: ['set', 'nosmt', '--dry-run', '--force'] },
  { name: 'set of what is there', words: ['set', 'ro', '--dry-run', '--force'] },
];

const folder = mkdtempSync(join(tmpdir(), 'bootmend-bench-'));
const node = measure(['-e', '0']).seconds;
console.log(`bare Node: ${node.toFixed(2)} s of processor time`);
try {
  for (const { kind, fixture, fill } of menus) {
    const trees = sizes.map((size) => {
      const tree = join(folder, `${fixture}-${size}`);
      cpSync(join(root, 'grub-fixtures', fixture), tree, { recursive: true, verbatimSymlinks: true });
      fill(tree, size);
      return { size, tree };
    });
    for (const { name, words } of commands) {
      const runs = trees.map(({ size, tree }) => ({
        size,
        ...measure([bootmend, ...words, '--root', tree]),
      }));
      const shown = runs.map(
        ({ size, seconds, megabytes }) =>
          `${size}: ${seconds.toFixed(2)} s, ${(seconds / node).toFixed(1)} times Node, ${megabytes.toFixed(0)} MB`,
      );
      console.log(`${name}, ${kind}: ${shown.join('; ')}`);
      const [few, many, most] = runs.map(({ seconds }) => seconds);
      verdict(`${name}, 1,000 ${kind}, seconds`, many, mostSeconds);
      verdict(`${name}, 10,000 beside 1,000 ${kind}`, (most - few) / (10 * (many - few)), mostGrowth);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (failed) process.exitCode = 1;
