// How long the command takes to start and to find that nothing is to be done, as a ratio to bare Node, beside augtool and Python
// with augeas that read and save the same host's /etc/default/grub unchanged. Processor time, in an environment that holds PATH
// and HOME only: a list of certificates makes bare Node three times slower and hides everything else.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = 20;
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'bootmend-bench-'));
const tree = join(folder, 'host');
const environment = { PATH: process.env.PATH, HOME: folder };

/** User and system time of one run in milliseconds; undefined where the program is missing or fails. */
function processorTime(command) {
  const script =
    'TIMEFORMAT="%3U %3S"; time "$@" </dev/null 2>/dev/null | cat >/dev/null; exit "${PIPESTATUS[0]}"';
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0) return undefined;
  const [user, system] = stderr.trim().split(/\s+/).map(Number);
  return (user + system) * 1000;
}

const lens = [
  'set /augeas/load/Shellvars/lens Shellvars.lns',
  'set /augeas/load/Shellvars/incl /etc/default/grub',
  'load',
  'get /files/etc/default/grub/GRUB_CMDLINE_LINUX',
  'save',
];
const python = `
import augeas
a = augeas.Augeas(root=${JSON.stringify(tree)}, flags=augeas.Augeas.NO_MODL_AUTOLOAD)
a.add_transform("Shellvars.lns", ["/etc/default/grub"])
a.load()
assert a.get("/files/etc/default/grub/GRUB_CMDLINE_LINUX")
a.save()
`;

try {
  cpSync(join(root, 'grub-fixtures/centos-7.3'), tree, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(folder, 'empty.js'), '');
  writeFileSync(join(folder, 'lens'), `${lens.join('\n')}\n`);
  writeFileSync(join(folder, 'same.py'), python);
  const launcher = [process.execPath, join(root, 'bin/bootmend.js')];
  const rows = [
    { name: 'bare Node', command: [process.execPath, join(folder, 'empty.js')] },
    { name: '--version', command: [...launcher, '--version'] },
    { name: '--help', command: [...launcher, '--help'], most: 1.25 },
    { name: 'fix, nothing to do', command: [...launcher, 'fix', '--yes', '--root', tree], most: 3 },
    { name: 'status', command: [...launcher, 'status', '--root', tree] },
    { name: 'augtool', command: ['augtool', '--noautoload', '--root', tree, '--file', join(folder, 'lens')] },
    { name: 'python3 + augeas', command: ['/usr/bin/python3', join(folder, 'same.py')] },
  ];
  for (const { command } of rows) processorTime(command);
  for (let round = 0; round < rounds; round += 1) {
    for (const row of rows) {
      row.time = Math.min(row.time ?? Number.POSITIVE_INFINITY, processorTime(row.command) ?? Number.NaN);
    }
  }
  const [bare] = rows;
  for (const { name, time, most } of rows) {
    const ratio = time / bare.time;
    const shown = Number.isNaN(time)
      ? 'not here'
      : `${time.toFixed(0).padStart(5)} ms  ${ratio.toFixed(2)} x bare Node`;
    const verdict =
      most === undefined ? '' : ratio <= most ? `  (at most ${most}: yes)` : `  (at most ${most}: NO)`;
    console.log(`${name.padEnd(20)} ${shown}${verdict}`);
    if (ratio > most) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
