import { parseParameter } from '../cmdline/parameter.ts';
import type { Host } from '../host/host.ts';
import type { Evidence, EvidenceReason, EvidenceSays } from '../kernel/evidence.ts';
import { type Decompressed, decompressWith } from '../kernel/image/decompress.ts';
import { parseBuiltinModinfo, parseModule } from '../kernel/modules.ts';

/** What is known of one module. */
export type ModuleAnswer =
  /** Its own description was read: these are its parameters. */
  | {
      readonly kind: 'described';
      readonly path: string;
      readonly isBuiltIn: boolean;
      readonly parameters: readonly string[];
      /** What is not among them is no parameter of a loadable module. */
      readonly isComplete: boolean;
    }
  /** The name is no module's own, but one that the module loader follows to a module. */
  | { readonly kind: 'alias'; readonly path: string; readonly module: string }
  /** The kernel's list of modules has no such one. */
  | { readonly kind: 'not-installed'; readonly path: string }
  | { readonly kind: 'unreadable'; readonly path: string | undefined; readonly reason: EvidenceReason };

/** Answers by the module's name, `_` for `-`; only modules that were asked for have one. */
export type ModuleAnswers = ReadonlyMap<string, ModuleAnswer>;

const MAXIMUM_LIST_BYTES = 16 << 20;
const MAXIMUM_MODULE_BYTES = 64 << 20;

/** The module that a dotted word is for, `_` for `-`; undefined for a word without a dot. */
export function moduleOf(word: string): string | undefined {
  const { name } = parseParameter(word);
  const dot = name.indexOf('.');
  return dot === -1 ? undefined : withUnderscores(name.slice(0, dot));
}

/**
 * Ask a kernel's modules for their parameters.
 *
 * Sources: depmod(8) and modules.dep(5) for the lists, Documentation/kbuild/kbuild.rst for the built-in modules'.
 *
 * @param modules names with `_` for `-`
 */
export async function readModules(
  host: Host,
  release: string,
  modules: ReadonlySet<string>,
): Promise<ModuleAnswers> {
  const answers = new Map<string, ModuleAnswer>();
  if (modules.size === 0) return answers;
  const lists = await readLists(host, release);
  let aliases: Promise<readonly AliasList[]> | undefined;
  const aliasesOf = (folder: string) => {
    aliases ??= readAliases(host, folder);
    return aliases;
  };
  for (const module of modules) answers.set(module, await askModule(host, lists, module, aliasesOf));
  return answers;
}

interface ModuleLists {
  readonly folder: string;
  /** Paths of the loadable modules by name; undefined where the list is missing. */
  readonly loadable: ReadonlyMap<string, string> | undefined;
  readonly listPath: string;
  readonly builtIn: ReadonlyMap<string, readonly string[]>;
}

async function readLists(host: Host, release: string): Promise<ModuleLists | undefined> {
  for (const folder of [`/usr/lib/modules/${release}`, `/lib/modules/${release}`]) {
    const content = await host.list(folder);
    if (!content.ok) continue;
    const builtIn = await readBuiltIn(host, folder);
    for (const listPath of [`${folder}/modules.dep`, `${folder}/modules.order`]) {
      const list = await host.read(listPath, MAXIMUM_LIST_BYTES);
      if (list.ok) return { folder, loadable: pathsByModule(list.bytes, folder), listPath, builtIn };
    }
    const hasModules = content.names.some((name) => !NO_MODULES.test(name));
    return { folder, loadable: hasModules ? undefined : new Map(), listPath: folder, builtIn };
  }
  return undefined;
}

/** What distributions put beside a kernel's modules. */
const NO_MODULES = /^(?:modules\..*|\.?vmlinuz.*|config|System\.map|symvers\..*|build|source|vdso|pkgbase)$/;

async function readBuiltIn(host: Host, folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const file = await host.read(`${folder}/modules.builtin.modinfo`, MAXIMUM_LIST_BYTES);
  if (!file.ok) return new Map();
  const modules = parseBuiltinModinfo(file.bytes.toString('latin1'));
  return new Map(modules.map(({ module, parameters }) => [withUnderscores(module), parameters]));
}

/** modules.dep has `PATH: DEPENDENCIES` lines, modules.order has paths alone; both are relative to their folder. */
function pathsByModule(list: Buffer, folder: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const line of list.toString('latin1').split('\n')) {
    const [path = ''] = line.split(':', 1);
    const name = /([^/]+)\.ko(?:\.[a-z0-9]+)?$/.exec(path)?.[1];
    if (name !== undefined) {
      paths.set(withUnderscores(name), path.startsWith('/') ? path : `${folder}/${path}`);
    }
  }
  return paths;
}

async function askModule(
  host: Host,
  lists: ModuleLists | undefined,
  module: string,
  aliasesOf: (folder: string) => Promise<readonly AliasList[]>,
): Promise<ModuleAnswer> {
  if (lists === undefined) return { kind: 'unreadable', path: undefined, reason: 'no-modules' };
  const path = lists.loadable?.get(module);
  if (path !== undefined) return readModule(host, path);
  const parameters = lists.builtIn.get(module);
  if (parameters !== undefined) {
    const listPath = `${lists.folder}/modules.builtin.modinfo`;
    return { kind: 'described', path: listPath, isBuiltIn: true, parameters, isComplete: false };
  }
  const alias = findAlias(await aliasesOf(lists.folder), module);
  if (alias !== undefined) return alias;
  return lists.loadable === undefined
    ? { kind: 'unreadable', path: lists.folder, reason: 'no-module-list' }
    : { kind: 'not-installed', path: lists.listPath };
}

/**
 * An alias of this very name, or a dependency of it: the options of a word `NAME.parameter` count where the module is loaded by
 * that name.
 *
 * Sources: kmod_module_get_options() of libkmod, modprobe.d(5) for `alias` and `softdep`, depmod(8) for the lists.
 */
function findAlias(lists: readonly AliasList[], module: string): ModuleAnswer | undefined {
  for (const { path, text } of lists) {
    const target = aliasIn(text, module);
    if (target !== undefined) return { kind: 'alias', path, module: target };
  }
  return undefined;
}

interface AliasList {
  readonly path: string;
  readonly text: string;
}

async function readAliases(host: Host, folder: string): Promise<readonly AliasList[]> {
  const configured = await host.list('/etc/modprobe.d');
  const paths = [
    `${folder}/modules.alias`,
    `${folder}/modules.softdep`,
    ...(configured.ok ? configured.names.map((name) => `/etc/modprobe.d/${name}`) : []),
  ];
  const lists: AliasList[] = [];
  for (const path of paths) {
    const file = await host.read(path, MAXIMUM_LIST_BYTES);
    if (file.ok) lists.push({ path, text: file.bytes.toString('latin1') });
  }
  return lists;
}

function aliasIn(text: string, wanted: string): string | undefined {
  for (const [, kind, name = '', rest = ''] of text.matchAll(
    /^[ \t]*(alias|softdep)[ \t]+(\S+)[ \t]+(.*)$/gm,
  )) {
    if (kind === 'alias' && withUnderscores(name) === wanted) return rest.trim();
    if (kind === 'softdep' && rest.split(/\s+/).some((one) => withUnderscores(one) === wanted)) return name;
  }
  return undefined;
}

/** modules.order names a module without the suffix that it has if it is packed. */
const PACKED_SUFFIXES = ['', '.xz', '.zst', '.gz', '.bz2', '.lz4', '.lzma', '.lzo'];

async function readModule(host: Host, listed: string): Promise<ModuleAnswer> {
  const suffixes = listed.endsWith('.ko') ? PACKED_SUFFIXES : [''];
  let reason: EvidenceReason = 'missing';
  for (const suffix of suffixes) {
    const path = listed + suffix;
    const file = await host.read(path, MAXIMUM_MODULE_BYTES);
    if (!file.ok) {
      if (file.reason !== 'missing') reason = file.reason;
      continue;
    }
    const unpacked = await unpackModule(host, path, file.bytes);
    if (!unpacked.ok) return { kind: 'unreadable', path, reason: unpacked.reason };
    const described = parseModule(unpacked.bytes, path.slice(path.lastIndexOf('/') + 1));
    if (described === undefined) return { kind: 'unreadable', path, reason: 'not-a-module' };
    const { parameters, isComplete } = described;
    return { kind: 'described', path, isBuiltIn: false, parameters, isComplete };
  }
  return { kind: 'unreadable', path: listed, reason };
}

type Unpacked =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: EvidenceReason };

/** A part of a module would lack parameters that the whole has. */
async function unpackModule(host: Host, path: string, bytes: Buffer): Promise<Unpacked> {
  const unpacked = await decompressed(host, path, bytes);
  return unpacked.ok && !unpacked.isClean ? { ok: false, reason: 'damaged' } : unpacked;
}

async function decompressed(host: Host, path: string, bytes: Buffer): Promise<Decompressed> {
  if (path.endsWith('.gz')) return (await import('../kernel/image/gunzip.ts')).gunzip(bytes);
  const decompress = decompressWith(host.filter);
  if (path.endsWith('.xz')) return decompress('xz', bytes);
  if (path.endsWith('.zst')) return decompress('zstd', bytes);
  if (path.endsWith('.bz2')) return decompress('bzip2', bytes);
  if (path.endsWith('.lz4')) return decompress('lz4', bytes);
  if (path.endsWith('.lzma')) return decompress('lzma', bytes);
  if (path.endsWith('.lzo')) return decompress('lzo', bytes);
  return { ok: true, bytes, isClean: true };
}

/** Taken for every module by the module loader itself (unknown_module_param_cb() in kernel/module/main.c). */
const TAKEN_FOR_ANY_MODULE = ['async_probe', 'dyndbg'];

/**
 * What the modules say of a dotted word.
 *
 * Built-in code registers parameters under names that are no module's, which only the image shows: that a module isn't
 * there says something only where the image has no such parameter either.
 *
 * @param imageSays what the kernel's image says of the word; undefined without one
 */
export function moduleEvidence(
  answers: ModuleAnswers,
  word: string,
  imageSays: EvidenceSays | undefined,
): Evidence {
  const module = moduleOf(word) ?? '';
  const answer = answers.get(module);
  const path = answer?.path;
  const base = {
    source: 'modules',
    strength: 'observation',
    ...(path === undefined ? {} : { path }),
  } as const;
  const inconclusive = (reason: EvidenceReason): Evidence => {
    return { ...base, says: 'inconclusive', code: 'modules.inconclusive', data: { reason, module } };
  };
  if (answer === undefined) return inconclusive('not-read');
  if (answer.kind === 'unreadable') return inconclusive(answer.reason);
  if (answer.kind === 'alias') return inconclusive('module-alias');
  const parameter = parameterOf(word);
  if (answer.kind === 'described') {
    if (answer.parameters.some((known) => withUnderscores(known) === parameter)) {
      return { ...base, says: 'present', code: 'modules.parameter-listed', data: { module } };
    }
  }
  if (TAKEN_FOR_ANY_MODULE.includes(parameter)) return inconclusive('taken-for-any-module');
  const isLoadable = answer.kind === 'described' && !answer.isBuiltIn;
  if (isLoadable && !answer.isComplete) return inconclusive('param-table-unread');
  if (!isLoadable && imageSays !== 'absent') return inconclusive('image-decides');
  return { ...base, says: 'absent', code: 'modules.parameter-missing', data: { module } };
}

function parameterOf(word: string): string {
  const { name } = parseParameter(word);
  return withUnderscores(name.slice(name.indexOf('.') + 1));
}

function withUnderscores(name: string): string {
  return name.replaceAll('-', '_');
}
