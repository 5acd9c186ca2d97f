import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { imageEvidence } from '../../src/kernel/image/image-evidence.ts';
import { readKernelImage } from '../../src/kernel/image/image-reading.ts';
import { parseModule } from '../../src/kernel/modules.ts';
import { type PackagedKernel, packagedKernels } from '../kernel/image/packaged-kernels.ts';
import { decompress } from '../kernel/image/run-program.ts';
import { hasProgram } from '../oracle/available.ts';
import { bootScript } from './boot-kernel.ts';

/** Words of modules that leave no description, with what the module's own parameter shows of them. */
const MODULE_WORDS: readonly (readonly [word: string, shown: string])[] = [
  ['nf_conntrack.hashsize=8192', '8192'],
  ['lockd.nlm_tcpport=4045', '4045'],
  ['lockd.nlm_udpport=4046', '4046'],
  ['lockd.nlm_timeout=7', '7'],
  ['lockd.nlm_grace_period=11', '11'],
  ['sunrpc.pool_mode=percpu', 'percpu'],
  ['md_mod.start_ro=1', '1'],
  ['msr.allow_writes=on', 'on'],
];

const modulesOf = ({ path }: PackagedKernel): string => join(dirname(path), 'modules');
const canBoot =
  process.env['BOOTMEND_SLOW'] !== undefined &&
  hasProgram('qemu-system-x86_64') &&
  hasProgram('/bin/busybox', '--help');
const kernel = canBoot
  ? packagedKernels().find(
      (one) => one.debianArchitecture === 'amd64' && existsSync(join(modulesOf(one), 'nf_conntrack.ko')),
    )
  : undefined;

/** The names of early code, with what the machine shows where the word acts. */
const EARLY_WORDS: readonly (readonly [word: string, acts: (console: string) => boolean])[] = [
  ['edd=off', (console) => !console.includes('Probing EDD')],
  ['noxsave', (console) => !/^flags .* xsave /m.test(console)],
  ['clearcpuid=rdrand', (console) => !/^flags .* rdrand /m.test(console)],
  ['nopti', (console) => !console.includes('page tables isolation: enabled')],
  ['nospectre_v2', (console) => /^spectre_v2 Vulnerable/m.test(console)],
  ['nospec_store_bypass_disable', (console) => /^spec_store_bypass Vulnerable/m.test(console)],
];

const script = (words: readonly string[]): string => {
  const modules = [...new Set(words.map((word) => word.split('.', 1)[0] ?? ''))];
  const shown = words.map((word) => {
    const name = (word.split('=', 1)[0] ?? '').replace('.', '/parameters/');
    return `echo "value ${word.split('=', 1)[0]} $(busybox cat /sys/module/${name})"`;
  });
  return `#!/bin/busybox sh
busybox mount -t proc proc /proc
busybox mount -t sysfs sys /sys
busybox mount -t devtmpfs dev /dev
exec > /dev/ttyS0 2>&1
busybox mkdir -p /lib/modules/$(busybox uname -r)
busybox mv /lib/modules/*.ko /lib/modules/$(busybox uname -r)/
busybox depmod
for module in crc32c_generic ${modules.join(' ')} nf_nat_ftp; do busybox modprobe $module; done
echo
${shown.join('\n')}
busybox dmesg | busybox grep -E 'page tables isolation|only uses .ports.'
busybox grep -m1 '^flags' /proc/cpuinfo
for file in spectre_v2 spec_store_bypass; do echo "$file $(busybox cat /sys/devices/system/cpu/vulnerabilities/$file)"; done
echo finished
busybox poweroff -f
`;
};

async function boot(of: PackagedKernel, words: readonly string[]): Promise<string> {
  const folder = modulesOf(of);
  const files = new Map(
    readdirSync(folder).map((name) => [`lib/modules/${name}`, readFileSync(join(folder, name))] as const),
  );
  // What the real-mode part says is on the serial line only with this word.
  const all = ['earlyprintk=ttyS0,115200', ...words];
  const console = await bootScript(of.file(), all, script(MODULE_WORDS.map(([word]) => word)), files);
  if (!console.includes('finished')) throw new Error(`the machine did not come to its end:\n${console}`);
  return console.replaceAll('\r', '');
}

test.runIf(kernel !== undefined)(
  'words that no table and no description shows are seen to act, and are not called absent',
  { timeout: 400_000 },
  async () => {
    if (kernel === undefined) return;
    const early = EARLY_WORDS.map(([word]) => word);
    const words = [...MODULE_WORDS.map(([word]) => word), 'nf_nat_ftp.ports=21', ...early];
    const without = await boot(kernel, []);
    const beside = await boot(kernel, words);
    const acting = MODULE_WORDS.filter(([word, shown]) => {
      const line = `value ${word.split('=', 1)[0]} ${shown}`;
      return beside.includes(line) && !without.includes(line);
    }).map(([word]) => word);
    expect(acting).toEqual(MODULE_WORDS.map(([word]) => word));
    expect([without, beside].map((text) => text.includes('only uses'))).toEqual([false, true]);
    const seen = EARLY_WORDS.filter(([, acts]) => acts(beside) && !acts(without)).map(([word]) => word);
    console.log(`early words seen to act: ${seen.join(' ')}`);
    expect(seen).toContain('edd=off');
    expect(acting.length + 1 + seen.length).toBeGreaterThanOrEqual(11);

    const result = await readKernelImage(kernel.file(), decompress, [], early);
    for (const word of early) expect([word, imageEvidence(result, word, '').says]).toEqual([word, 'present']);
    for (const [word] of [...MODULE_WORDS, ['nf_nat_ftp.ports']] as const) {
      const [, module = '', name] = /^([^.]+)\.([^=]+)/.exec(word) ?? [];
      const file =
        readdirSync(modulesOf(kernel)).find((one) => one.replaceAll('-', '_') === `${module}.ko`) ?? '';
      expect(parseModule(readFileSync(join(modulesOf(kernel), file)), file)?.parameters).toContain(name);
    }
  },
);

test.skipIf(kernel !== undefined)('no packaged kernel with modules, or no machine to boot it', () => {
  console.warn('SKIPPED: fetch-kernels.sh brings the modules; QEMU and busybox are needed');
});
