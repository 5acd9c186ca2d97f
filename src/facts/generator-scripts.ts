import type { Host } from '../host/host.ts';
import { exists, namesIn, readText } from './layout/read-text.ts';

/** A program's text, latin1. */
export interface ScriptText {
  /** The name in its directory. */
  readonly name: string;
  /** Links resolved. */
  readonly path: string;
  readonly text: string;
}

/** What this system's own grub-mkconfig is made of: it counts before what its family usually has. */
export interface GeneratorScripts {
  /** grub-mkconfig itself; undefined where it is not in this tree. */
  readonly mkconfig: ScriptText | undefined;
  /** What it runs from /etc/grub.d, in its order; undefined where there is no such directory. */
  readonly scripts: readonly ScriptText[] | undefined;
  /** Debian's recovery menu, which gives recovery entries another word. */
  readonly hasRecoveryMenu: boolean;
}

const SCRIPT_DIRECTORY = '/etc/grub.d';
const MKCONFIG_PLACES = ['/usr/sbin', '/usr/bin', '/sbin'];
const RECOVERY_MENU = '/lib/recovery-mode/recovery-menu';
const EXECUTABLE = 0o111;

/** Names that are left out: grub_file_is_not_garbage() of util/grub-mkconfig_lib.in, and the loop of grub-mkconfig. */
const GARBAGE = /~$|^#.*#$|\.dpkg-|\.rpmsave$|\.rpmnew$|^README/;

/** @param programs the names of grub-mkconfig in this family, the likelier first */
export async function readGeneratorScripts(
  host: Host,
  programs: readonly string[],
): Promise<GeneratorScripts> {
  return {
    mkconfig: await readMkconfig(host, programs),
    scripts: await readScripts(host),
    hasRecoveryMenu: await exists(host, RECOVERY_MENU),
  };
}

async function readMkconfig(host: Host, programs: readonly string[]): Promise<ScriptText | undefined> {
  for (const name of programs.filter((program) => program.endsWith('mkconfig'))) {
    for (const directory of MKCONFIG_PLACES) {
      const file = await readText(host, `${directory}/${name}`);
      if (file.ok) return { name, path: file.realPath, text: file.text };
    }
  }
  return undefined;
}

async function readScripts(host: Host): Promise<readonly ScriptText[] | undefined> {
  if (!(await exists(host, SCRIPT_DIRECTORY))) return undefined;
  const scripts: ScriptText[] = [];
  for (const name of await namesIn(host, SCRIPT_DIRECTORY)) {
    const path = `${SCRIPT_DIRECTORY}/${name}`;
    const found = GARBAGE.test(name) ? undefined : await host.status(path);
    const runs = found?.ok === true && found.status.kind === 'file' && (found.status.mode & EXECUTABLE) !== 0;
    const file = runs ? await readText(host, path) : undefined;
    if (file?.ok === true) scripts.push({ name, path: file.realPath, text: file.text });
  }
  return scripts;
}
