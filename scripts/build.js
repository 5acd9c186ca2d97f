// Bundles the command line and the two library entries into dist/, and writes the libraries' type declarations.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });
/**
 * Makes every module that is loaded when it is needed a bundle of its own, whole. A dozen small files that share no byte
 * take longer to load than two that share some.
 */
const late = new Map();
const bundleLateModules = {
  name: 'bundle-late-modules',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, kind, resolveDir, pluginData }) => {
      const isLate = kind === 'dynamic-import' && !isBuiltin(path) && pluginData !== bundleLateModules;
      if (!isLate) return undefined;
      const resolved = await resolve(path, { kind, resolveDir, pluginData: bundleLateModules });
      const name = basename(path, '.ts');
      late.set(name, resolved.path);
      return { path: `./${name}.js`, external: true };
    });
  },
};

const bundle = (entryPoints) =>
  build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // CommonJS packages inside the bundle call require().
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [bundleLateModules],
    logLevel: 'warning',
  });

await bundle({ grub: 'src/grub/index.ts', cmdline: 'src/cmdline/index.ts', main: 'src/cli/main.ts' });
const isBundled = new Set();
for (const [name, path] of late) {
  if (isBundled.has(name)) continue;
  isBundled.add(name);
  await bundle({ [name]: path });
}

const typescript = `${root}node_modules/typescript/bin/tsc`;
if (existsSync(typescript)) {
  execFileSync(process.execPath, [typescript, '--project', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}
