import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMULATED_MACHINE } from './emulated-machine.ts';

/** What a booted kernel shows of itself. */
export interface BootedKernel {
  /** Slab caches for accounted objects, `kmalloc-cg-*`: none where kernel memory is not accounted. */
  readonly accountedCaches: number;
  /** The `enabled` column of controller memory in /proc/cgroups; undefined without such a row. */
  readonly memoryEnabled: string | undefined;
  readonly saysDisabling: boolean;
  /** Symbols of /proc/kallsyms that bound the parameter tables, with their addresses. */
  readonly symbols: ReadonlyMap<string, bigint>;
}

const init = `#!/bin/busybox sh
busybox mount -t proc proc /proc
busybox mount -t devtmpfs dev /dev
exec > /dev/ttyS0 2>&1
echo
echo "caches $(busybox grep -c '^kmalloc-cg-' /proc/slabinfo)"
busybox awk '$1 == "memory" { print "memory " $4 }' /proc/cgroups
busybox dmesg | busybox grep -q 'Disabling memory control group' && echo disabling
busybox grep -E ' (__setup_start|__setup_end|__start___param|__stop___param)$' /proc/kallsyms
echo finished
busybox poweroff -f
`;

const timeoutMs = 120_000;

/**
 * Boot an x86-64 kernel under QEMU with an initial RAM disk of busybox, and read what it shows.
 *
 * @param words of its command line
 * @throws Error with the console's text where it does not come to its end
 */
export async function bootKernel(kernel: Buffer, words: readonly string[]): Promise<BootedKernel> {
  const folder = mkdtempSync(join(tmpdir(), 'bootmend-boot-'));
  try {
    writeFileSync(join(folder, 'vmlinuz'), kernel);
    writeFileSync(join(folder, 'initrd'), initialRamDisk());
    const cmdline = ['console=ttyS0', 'nokaslr', 'panic=-1', ...words].join(' ');
    const boot = ['-kernel', join(folder, 'vmlinuz'), '-initrd', join(folder, 'initrd'), '-append', cmdline];
    return readConsole(await runMachine(boot));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Boot a disc image under QEMU, GRUB and all, whose menu starts a kernel with a serial console: what stands on it. */
export function discConsole(path: string): Promise<string> {
  return runMachine(['-cdrom', path, '-boot', 'd']);
}

function runMachine(boot: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('qemu-system-x86_64', [...EMULATED_MACHINE, '-m', '512', ...boot], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}

function readConsole(console: string): BootedKernel {
  const lines = console.split('\n').map((line) => line.trim());
  const shownValue = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
  const caches = shownValue('caches');
  if (!lines.includes('finished') || caches === undefined) {
    throw new Error(`the machine did not come to its end:\n${console}`);
  }
  const symbols = new Map<string, bigint>();
  for (const line of lines) {
    const [, address, symbol] = /^([0-9a-f]{16}) [A-Za-z] (\w+)$/.exec(line) ?? [];
    if (address !== undefined && symbol !== undefined) symbols.set(symbol, BigInt(`0x${address}`));
  }
  return {
    accountedCaches: Number(caches),
    memoryEnabled: shownValue('memory'),
    saysDisabling: lines.includes('disabling'),
    symbols,
  };
}

/**
 * Boot an x86-64 kernel with a script of one's own for init, and return what stands on the console.
 *
 * @param files beside busybox, by their path in the initial RAM disk
 */
export async function bootScript(
  kernel: Buffer,
  words: readonly string[],
  script: string,
  files: ReadonlyMap<string, Buffer>,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bootmend-boot-'));
  try {
    writeFileSync(join(folder, 'vmlinuz'), kernel);
    writeFileSync(join(folder, 'initrd'), initialRamDisk(script, files));
    const boot = ['-kernel', join(folder, 'vmlinuz'), '-initrd', join(folder, 'initrd')];
    return await runMachine([...boot, '-append', ['console=ttyS0', 'panic=-1', ...words].join(' ')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An archive with busybox and the script, as Documentation/driver-api/early-userspace/buffer-format.rst has it. */
export function initialRamDisk(script = init, files: ReadonlyMap<string, Buffer> = new Map()): Buffer {
  const directory = 0o040755;
  const program = 0o100755;
  return Buffer.concat([
    ...['bin', 'dev', 'proc', 'sys', 'lib', 'lib/modules'].map((name) =>
      archiveEntry(name, directory, Buffer.alloc(0)),
    ),
    archiveEntry('bin/busybox', program, readFileSync('/bin/busybox')),
    archiveEntry('init', program, Buffer.from(script)),
    ...Array.from(files, ([path, content]) => archiveEntry(path, program, content)),
    archiveEntry('TRAILER!!!', 0, Buffer.alloc(0)),
  ]);
}

function archiveEntry(name: string, mode: number, content: Buffer): Buffer {
  const fields = [0, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length + 1, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}${name}\0`;
  return Buffer.concat([padded(Buffer.from(header, 'latin1')), padded(content)]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
