// Bundles the command line and the two library entries into dist/, and writes the libraries' type declarations.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });

const common = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', logLevel: 'warning' };

await build({
  ...common,
  entryPoints: { grub: 'src/grub/index.ts', cmdline: 'src/cmdline/index.ts' },
  outdir: 'dist',
  format: 'esm',
});

/**
 * Makes every module that is loaded when it is needed a bundle of its own, whole. A dozen small files that share no byte
 * take longer to load than two that share some.
 */
const late = new Map([['main', 'src/cli/main.ts']]);
const bundleLateModules = {
  name: 'bundle-late-modules',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, kind, resolveDir, pluginData }) => {
      const isLate = kind === 'dynamic-import' && !isBuiltin(path) && pluginData !== bundleLateModules;
      if (!isLate) return undefined;
      const resolved = await resolve(path, { kind, resolveDir, pluginData: bundleLateModules });
      const name = basename(path, '.ts');
      late.set(name, resolved.path);
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

// CommonJS, because Node has its loader of ES modules to start first: a seventh of the time that a bare start takes.
for (const [name, path] of late) {
  await build({
    ...common,
    entryPoints: { [name]: path },
    outdir: 'dist/cli',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [bundleLateModules],
  });
}

const typescript = `${root}node_modules/typescript/bin/tsc`;
if (existsSync(typescript)) {
  execFileSync(process.execPath, [typescript, '--project', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}
