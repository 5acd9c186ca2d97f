// Bundles the command line and the library entries into dist/, with the library's declarations and the notices of what is
// bundled (docs/decisions/0006-one-bundle.md).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  metafile: true,
};

/** What is loaded only when it is needed: other people's packages, another language's sentences, what is wrong about a command line. */
const isLate = (path) => !/^\.{0,2}\//.test(path) || /\/(zh-cn|explain-misuse)\.ts$/.test(path);

const late = new Map([['main', 'src/cli/main.ts']]);
const bundleLateModules = {
  name: 'bundle-late-modules',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, kind, resolveDir, pluginData }) => {
      const isOwn = kind === 'dynamic-import' && !isBuiltin(path) && pluginData !== bundleLateModules;
      if (!isOwn || !isLate(path)) return undefined;
      const resolved = await resolve(path, { kind, resolveDir, pluginData: bundleLateModules });
      const name = basename(path, '.ts');
      late.set(name, resolved.path);
      return { path: `./${name}.cjs`, external: true };
    });
  },
};

/** Modules of Node that an ordinary run can do without, and that take it as long to load as reading a grub.cfg does. */
const LAZY = ['node:child_process', 'node:crypto', 'node:os', 'node:tty', 'node:zlib'];
const loadNodeModulesWhenUsed = {
  name: 'load-node-modules-when-used',
  setup({ onResolve, onLoad }) {
    // yargs-parser asks for it, and needs it only to read configuration files.
    onResolve({ filter: /^(node:)?module$/ }, () => ({ path: 'module', namespace: 'lazy' }));
    onLoad({ filter: /^module$/, namespace: 'lazy' }, () => ({
      contents: 'exports.createRequire = () => require;',
    }));
    onResolve({ filter: /^node:/ }, ({ path, namespace }) =>
      LAZY.includes(path) && namespace !== 'lazy' ? { path, namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'lazy' }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => name !== 'default');
      const getters = names.map((name) => `get ${name}() { return require('${path}').${name}; }`);
      return { contents: `module.exports = {${getters.join(', ')}};` };
    });
  },
};

const inputs = new Set();

// CommonJS, because Node has its loader of ES modules to start first: a seventh of the time that a bare start takes.
for (const [name, path] of late) {
  const { metafile } = await build({
    ...common,
    entryPoints: { [name]: path },
    outdir: 'dist/cli',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: {
      js: `const moduleUrl = ${name === 'main' ? '__filename' : "require('node:url').pathToFileURL(__filename).href"};`,
    },
    // No question of ours opens an editor, and the tables of encodings behind that one are 400 kB.
    alias: { '@inquirer/editor': '@inquirer/confirm' },
    minify: true,
    lineLimit: 160,
    sourcemap: 'external',
    legalComments: 'none',
    plugins: name === 'main' ? [bundleLateModules, loadNodeModulesWhenUsed] : [bundleLateModules],
  });
  for (const input of Object.keys(metafile.inputs)) inputs.add(input);
}

const bundle = `${root}dist/cli/main.cjs`;
const hash = createHash('sha256').update(readFileSync(bundle)).digest('hex').slice(0, 20);
writeFileSync(bundle, `/*${hash}*/${readFileSync(bundle, 'utf8')}`);

await writeHelp();
writeFileSync(`${root}dist/THIRD-PARTY-NOTICES`, notices(inputs));

await build({
  ...common,
  entryPoints: { grub: 'src/grub/index.ts', cmdline: 'src/cmdline/index.ts' },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  chunkNames: 'shared/[name]',
});

/** Every page of the help at its widest, for the launcher. */
async function writeHelp() {
  const { outputFiles } = await build({
    ...common,
    stdin: {
      contents: `export { COMMANDS } from './src/cli/command-table.ts';
        export { helpText } from './src/cli/help-text.ts';
        export { loadCatalogue } from './src/report/messages/catalogue.ts';`,
      resolveDir: root,
    },
    format: 'esm',
    write: false,
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  const { COMMANDS, helpText, loadCatalogue } = await import(`data:text/javascript;base64,${source}`);
  for (const language of ['en', 'zh-CN']) {
    const say = await loadCatalogue(language);
    const pages = [undefined, ...COMMANDS.map(({ name }) => name)].map((topic) => [
      topic ?? '',
      helpText(topic, say, 100),
    ]);
    writeFileSync(`${root}dist/cli/help-${language}.json`, JSON.stringify(Object.fromEntries(pages)));
  }
}

/** The licences of the bundled packages, each text once. */
function notices(paths) {
  const folders = new Set(
    [...paths].flatMap((path) => /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
  );
  const packagesOfText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${folder} has no licence to ship`);
    const text = readFileSync(join(root, folder, file), 'utf8').trim();
    packagesOfText.set(text, [...(packagesOfText.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...packagesOfText].map(([text, packages]) => `${packages.join(', ')}\n\n${text}\n`);
  return `bootmend's command line contains these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n`)}`;
}
