// Bundles the command line and the two library entries into dist/, and writes the libraries' type declarations.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts', grub: 'src/grub/index.ts', cmdline: 'src/cmdline/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunks/[name]-[hash]',
  // CommonJS packages inside the bundle call require().
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  logLevel: 'warning',
});

const typescript = `${root}node_modules/typescript/bin/tsc`;
if (existsSync(typescript)) {
  execFileSync(process.execPath, [typescript, '--project', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}
