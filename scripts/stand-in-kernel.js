// `npm run stand-in-kernel -- TREE RELEASE [PARAMETER...]`: a kernel for a fixture. Writes boot/vmlinuz-RELEASE, a bzImage of some
// 5 kB whose parameter tables bootmend reads as a real kernel's (those of the tests, and PARAMETERs such as `mitigations=`),
// and an empty boot/initrd.img-RELEASE. `bootmend probe --list --image FILE` shows what it accepts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [tree, release, ...parameters] = process.argv.slice(2);
if (tree === undefined || release === undefined) {
  console.error('usage: npm run stand-in-kernel -- TREE RELEASE [PARAMETER...]');
  process.exit(2);
}

const { outputFiles } = await build({
  stdin: {
    contents: `export { bzImage } from './test/kernel/image/build-container.ts';
      export { buildElf, defaultSetup } from './test/kernel/image/build-kernel.ts';`,
    resolveDir: fileURLToPath(new URL('..', import.meta.url)),
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
});
const source = Buffer.from(outputFiles[0].contents).toString('base64');
const { bzImage, buildElf, defaultSetup } = await import(`data:text/javascript;base64,${source}`);

const setup = [...defaultSetup, ...parameters.map((name) => ({ name }))];
const boot = join(tree, 'boot');
mkdirSync(boot, { recursive: true });
const { bytes } = buildElf({ release, setup });
const image = bzImage('gzip', bytes, { headerRelease: release });
// cmdline_size of the setup header (Documentation/arch/x86/boot.rst): the longest command line, as on every x86 kernel.
image.writeUInt32LE(2047, 0x238);
writeFileSync(join(boot, `vmlinuz-${release}`), image);
writeFileSync(join(boot, `initrd.img-${release}`), emptyArchive());
console.log(`${join(boot, `vmlinuz-${release}`)} and its initrd.img`);

/** A cpio archive (newc) that holds nothing but its end. */
function emptyArchive() {
  const name = 'TRAILER!!!\0';
  const fields = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([Buffer.from(header + name), Buffer.alloc(512 - header.length - name.length)]);
}
