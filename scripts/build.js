// Bundles the command line and the library entries into dist/, with the library's declarations and the notices of what is
// bundled (docs/decisions/0007-one-bundle-from-a-code-cache.md).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const root = fileURLToPath(new URL('..', import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });

/** What other programs can import: an entry of its own where it holds more than the room. */
const LIBRARY = { cmdline: 'cmdline/index', grub: 'library/grub', kernel: 'kernel/index' };

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  metafile: true,
  minify: true,
  // An error that nothing catches shows the line that it came from.
  lineLimit: 160,
  legalComments: 'none',
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

/**
 * Kinds of questions that inquirer brings and that none of ours is; the editor's tables of encodings alone are 400 kB. The one that
 * stands for them has all that is imported of them.
 */
const UNASKED = Object.fromEntries(
  ['checkbox', 'confirm', 'editor', 'expand', 'number', 'password', 'rawlist', 'search'].map((kind) => [
    `@inquirer/${kind}`,
    '@inquirer/select',
  ]),
);

/** What yargs lays its help out with and execa its log of commands; neither is ever shown. */
const UNSHOWN = Object.fromEntries(
  ['cliui', 'string-width', 'figures', 'pretty-ms'].map((name) => [name, './scripts/nothing.cjs']),
);

const inputs = new Set();

// CommonJS, because Node has its loader of ES modules to start first: a seventh of the time that a bare start takes.
for (const [name, path] of late) {
  const { metafile } = await build({
    ...common,
    entryPoints: { [name]: path },
    outdir: 'dist/cli',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    sourcemap: 'external',
    // The launcher reads `main` as ASCII; Chinese takes half as many bytes in UTF-8.
    charset: name === 'main' ? 'ascii' : 'utf8',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl', 'import.meta.dirname': 'moduleFolder' },
    banner: {
      js: `const moduleUrl = ${name === 'main' ? '__filename' : "require('node:url').pathToFileURL(__filename).href"};
const moduleFolder = require('node:path').dirname(__filename);`,
    },
    alias: { ...UNASKED, ...UNSHOWN },
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
  entryPoints: Object.fromEntries(Object.entries(LIBRARY).map(([name, entry]) => [name, `src/${entry}.ts`])),
  outdir: 'dist',
  format: 'esm',
  sourcemap: 'external',
  splitting: true,
  chunkNames: 'shared/[hash]',
});

await writeDeclarations();

/** One file of declarations for each entry, with what the entry names and nothing else. */
async function writeDeclarations() {
  const folder = mkdtempSync(join(tmpdir(), 'bootmend-types-'));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--project', 'tsconfig.types.json', '--outDir', folder];
  execFileSync(process.execPath, [compiler, ...options], { cwd: root, stdio: 'inherit' });
  for (const [name, entry] of Object.entries(LIBRARY)) {
    const input = { [name]: join(folder, `${entry}.d.ts`) };
    const bundle = await rolldown({ input, plugins: [dts({ dtsInput: true, tsconfig: false })] });
    const { output } = await bundle.generate();
    writeFileSync(join(root, `dist/${name}.d.ts`), withEveryType(output[0].code));
  }
  rmSync(folder, { recursive: true });
}

/**
 * Declarations that export whatever type they need, since a type that a signature has is to have a name; the second of one name
 * has a number, unless its room gives it a better one.
 */
function withEveryType(code) {
  const types = [...code.matchAll(/^(?:interface|(?:declare )?type) ([\w$]+)/gm)].map(([, name]) => name);
  const exported = new Set(code.slice(code.lastIndexOf('export {')).match(/[\w$]+/g));
  const missing = types.filter((name) => !exported.has(name));
  return code.replace(
    /export \{(?=[^{]*$)/,
    `export {${missing.map((name) => ` type ${name}${name.includes('$') ? ` as ${name.replace('$', '')}` : ''},`).join('')}`,
  );
}

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
    const pages = COMMANDS.map(({ name }) => [name, helpText(name, say, 100)]);
    const ending = commonEnding(pages.map(([, page]) => page));
    const beginnings = pages.map(([name, page]) => [name, page.slice(0, page.length - ending.length)]);
    const help = {
      overview: helpText(undefined, say, 100),
      ending,
      commands: Object.fromEntries(beginnings),
    };
    writeFileSync(`${root}dist/cli/help-${language}.json`, JSON.stringify(help));
  }
}

/** What all pages end in: the options that every command takes. */
function commonEnding([first, ...rest]) {
  let length = 0;
  while (rest.every((page) => page.at(-1 - length) === first.at(-1 - length))) length += 1;
  return first.slice(first.length - length);
}

/** The licences of the bundled packages: every holder of rights by name, each text once. */
function notices(paths) {
  const folder = /^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/;
  const folders = new Set([...paths].flatMap((path) => folder.exec(path) ?? []));
  const licences = new Map();
  for (const name of [...folders].sort()) {
    const { licence, holders } = licenceOf(join(root, name));
    const key = licence.replaceAll(/\W+/g, ' ').toLowerCase();
    const same = licences.get(key) ?? { licence, holders: [] };
    licences.set(key, { ...same, holders: [...same.holders, holders] });
  }
  const parts = [...licences.values()].map(({ licence, holders }) => `${holders.join('\n')}\n\n${licence}\n`);
  return `bootmend's command line contains these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** The text of a package's licence, and the package with the lines that name who holds the rights. */
function licenceOf(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${folder} has no licence to ship`);
  const lines = readFileSync(join(folder, file), 'utf8')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const isHolder = (line) => /^Copyright (\(c\)|©|\d{4}|(?!License|Licence)[A-Z])/.test(line);
  const isTitle = (line) => /^(the )?(mit|isc) license( \(mit\))?$/i.test(line);
  return {
    licence: lines
      .filter((line) => !isHolder(line) && !isTitle(line))
      .join('\n')
      .trim()
      .replaceAll(/\n{3,}/g, '\n\n'),
    holders: [`${name} ${version}`, ...lines.filter(isHolder)].join('\n    '),
  };
}
