import { parseElf } from './image/elf.ts';
import { moduleParamNames } from './module-param-table.ts';

/** The boot parameters of one module, as its own description has them. */
export interface ModuleParameters {
  /** The module's name, as in `lsmod`; `-` and `_` are the same in it. */
  readonly module: string;
  /** Names without the module's: on the command line each is written `module.name`. */
  readonly parameters: readonly string[];
  /** What is not among them is no parameter of the module: its own table was read, not only its descriptions. */
  readonly isComplete: boolean;
}

/**
 * Parameters of the built-in modules out of /lib/modules/RELEASE/modules.builtin.modinfo, in the order of the file.
 *
 * The module is named by its file. Built-in code may be given another prefix (MODULE_PARAM_PREFIX: `update.c` of RCU takes
 * `rcupdate.…`), so that an image's own __param table outranks this list.
 *
 * Source: Documentation/kbuild/kbuild.rst, `modules.builtin.modinfo`: `module.key=value` records, each ended by a NUL;
 * `parm` and `parmtype` values begin with the parameter's name and a colon (include/linux/moduleparam.h).
 *
 * @param text the file, latin1
 */
export function parseBuiltinModinfo(text: string): readonly ModuleParameters[] {
  const parametersByModule = new Map<string, Set<string>>();
  for (const record of text.split('\0')) {
    const [, module, name] = /^([^.=]+)\.parm(?:type)?=([^:]+):/.exec(record) ?? [];
    if (module === undefined || name === undefined) continue;
    const parameters = parametersByModule.get(module);
    if (parameters === undefined) parametersByModule.set(module, new Set([name]));
    else parameters.add(name);
  }
  return Array.from(parametersByModule, ([module, parameters]) => ({
    module,
    parameters: [...parameters],
    isComplete: false,
  }));
}

/**
 * Name and parameters of a loadable module, or undefined where the bytes are no module: those that it registers, or where its
 * table can't be read those that it describes.
 *
 * Source: section `.modinfo` (include/linux/module.h, MODULE_INFO): `key=value` records, each ended by a NUL; modpost adds
 * the `name` record (since 4.13; older modules are named by their file only).
 *
 * @param bytes the .ko file, unpacked
 * @param fileName names the module where it does not say so itself: `xfs.ko`, `snd-hda.ko.xz`
 */
export function parseModule(bytes: Buffer, fileName: string): ModuleParameters | undefined {
  const elf = parseElf(bytes);
  const section = elf?.sections.find(({ name }) => name === '.modinfo');
  if (elf === undefined || section === undefined || section.offset + section.sizeBytes > bytes.length)
    return undefined;
  const text = bytes.toString('latin1', section.offset, section.offset + section.sizeBytes);
  let module = moduleNameOf(fileName);
  const parameters = new Set<string>();
  for (const record of text.split('\0')) {
    const [, name] = /^parm(?:type)?=([^:]+):/.exec(record) ?? [];
    if (name !== undefined) parameters.add(name);
    if (record.startsWith('name=')) module = record.slice('name='.length);
  }
  const registered = moduleParamNames(bytes, elf);
  // What is described under a name that is not registered is no parameter (`cachefiles_debug` of cachefiles).
  const isRead = registered !== undefined && registered !== 'none';
  return { module, parameters: isRead ? registered : [...parameters], isComplete: registered !== undefined };
}

function moduleNameOf(fileName: string): string {
  return fileName.replace(/\.ko(\.[a-z0-9]+)?$/, '').replaceAll('-', '_');
}
