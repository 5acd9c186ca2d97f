import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
let user = '';

/** The package as npm would deliver it, unpacked where no dependency can be found. */
beforeAll(() => {
  user = mkdtempSync(join(tmpdir(), 'bootmend-library-'));
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', user], {
      cwd: project,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  mkdirSync(join(user, 'node_modules/bootmend'), { recursive: true });
  execFileSync('tar', [
    '-xzf',
    join(user, packed.filename),
    '-C',
    join(user, 'node_modules/bootmend'),
    '--strip-components=1',
  ]);
  writeFileSync(join(user, 'package.json'), '{"type":"module"}');
});
afterAll(() => rmSync(user, { recursive: true, force: true }));

function runModule(source: string): unknown {
  writeFileSync(join(user, 'program.js'), source);
  return JSON.parse(execFileSync(process.execPath, ['program.js'], { cwd: user, encoding: 'utf8' }));
}

test('bootmend/grub parses, edits and prints without any dependency', () => {
  const result = runModule(`
    import { applyTextEdits, editBootLine, evaluateMenu, parseGrubScript, printGrubScript } from 'bootmend/grub';
    const text = "menuentry 'A' --id a {\\n  linux /vmlinuz ro # note\\n}\\n";
    const parsed = parseGrubScript(text);
    const menu = evaluateMenu({ path: 'grub.cfg', text, script: parsed.value, variables: new Map(),
      readScript: () => undefined, readEnvironment: () => undefined });
    const line = menu.items[0].bootLines[0];
    const edited = editBootLine(line, [{ kind: 'insert', index: 1, word: 'quiet' }]);
    console.log(JSON.stringify([printGrubScript(parsed.value) === text, applyTextEdits(text, edited.value)]));`);
  expect(result).toEqual([true, "menuentry 'A' --id a {\n  linux /vmlinuz ro quiet # note\n}\n"]);
});

test('bootmend/cmdline reads a command line as the kernel does', () => {
  const result = runModule(`
    import { cmdlineWords, isSameName } from 'bootmend/cmdline';
    console.log(JSON.stringify([cmdlineWords('a="b c" -- d'), isSameName('a-b', 'a_b')]));`);
  expect(result).toEqual([['a="b c"', '--', 'd'], true]);
});

test('the declarations type-check in a strict project that has nothing else', () => {
  writeFileSync(
    join(user, 'program.ts'),
    `import { parseGrubScript, type GrubScript } from 'bootmend/grub';
import { parseCmdline } from 'bootmend/cmdline';
const parsed = parseGrubScript('set a=b');
export const script: GrubScript | undefined = parsed.ok ? parsed.value : undefined;
export const gap: string | undefined = parseCmdline('a').parameters[0]?.gap;
`,
  );
  const compiler = join(project, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', ''];
  execFileSync(process.execPath, [compiler, ...options, 'program.ts'], { cwd: user });
});

test.each(['cmdline', 'grub', 'kernel'])(
  'every type that bootmend/%s declares has a name to import it by',
  (entry) => {
    const declarations = readFileSync(join(user, `node_modules/bootmend/dist/${entry}.d.ts`), 'utf8');
    const declared = [...declarations.matchAll(/^(?:declare )?(?:interface|type) ([\w$]+)/gm)].map(
      ([, name]) => name,
    );
    const list = declarations.slice(declarations.lastIndexOf('export {'));
    const exported = [...list.matchAll(/(?:type )?([\w$]+)(?: as (\w+))?[,\s]/g)];
    const nameOf = new Map(exported.map(([, name = '', alias]) => [name, alias ?? name]));
    expect(declared.length).toBeGreaterThan(3);
    expect(declared.filter((type = '') => !nameOf.has(type))).toEqual([]);
    expect([...nameOf.values()].filter((name) => name.includes('$'))).toEqual([]);
    expect(declarations).not.toMatch(/^import /m);
  },
);

test('the command runs from the package alone', () => {
  const version = execFileSync(
    process.execPath,
    [join(user, 'node_modules/bootmend/bin/bootmend.js'), '--version'],
    { encoding: 'utf8' },
  );
  expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each(['man/bootmend.8', 'docs/schema/report.schema.json'])('%s is in the package', (path) => {
  expect(existsSync(join(user, 'node_modules/bootmend', path))).toBe(true);
});
