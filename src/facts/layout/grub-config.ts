/** What a grub.cfg is for, told without parsing it: this also has to work on files that no parser accepts. */
export interface GrubConfigOutline {
  /** It has entries of its own, or commands that make entries or load a kernel. */
  readonly isFull: boolean;
  /** The file that it goes on in, as GRUB has it, without its device; only for one that is not full. */
  readonly continuesIn: string | undefined;
  /** The line that makes GRUB refuse unsigned files. */
  readonly signatureLine: string | undefined;
  /** The line by which snapd marks a file that it writes anew. */
  readonly snapdLine: string | undefined;
}

const entryCommands = new Set([
  ...['menuentry', 'submenu', 'blscfg', 'bls_import', 'uki'],
  ...['linux', 'linux16', 'linuxefi', 'multiboot', 'multiboot2', 'xen_hypervisor', 'chainloader'],
]);
const continuingCommands = new Set(['configfile', 'source', '.', 'normal']);
/** Their file's commands run as if they stood here: a stub only where they lead to another device. */
const includingCommands = new Set(['source', '.']);
const OWN_PATH = /^["']?(?:\$(?:prefix|config_directory|\{prefix\}|\{config_directory\}))?\//;

/**
 * Sources: grub-install's stub (util/grub-install.c), Red Hat's gen_grub_cfgstub, bootupd's static configuration;
 * GRUB manual, "Using digital signatures" for check_signatures; snapd's bootloader/assets for its mark.
 *
 * @param text latin1
 */
export function outlineGrubConfig(text: string): GrubConfigOutline {
  let isFull = false;
  let prefix = '';
  let continuesIn: string | undefined;
  let signatureLine: string | undefined;
  let snapdLine: string | undefined;
  // One after the other: a file of line ends alone would make millions of pieces.
  for (const [line] of text.matchAll(/[^\n;]+/g)) {
    const [command = '', argument = '', ...rest] = line.trim().split(/[ \t]+/);
    if (entryCommands.has(command)) isFull = true;
    if (line.startsWith('# Snapd-Boot-Config-Edition:')) snapdLine = line;
    const assignment = command === 'set' ? argument : command;
    if (assignment.startsWith('prefix=')) prefix = pathOnDevice(assignment.slice('prefix='.length));
    if (/^check_signatures=['"]?enforce/.test(assignment)) signatureLine = line.trim();
    const isOnOwnDevice = prefix === '' && OWN_PATH.test(argument);
    if (includingCommands.has(command) && isOnOwnDevice) isFull = true;
    if (continuingCommands.has(command) && argument !== '' && rest.length === 0) {
      continuesIn = pathOnDevice(argument).replace(/^\$(?:prefix|\{prefix\})/, prefix);
    }
  }
  return { isFull, continuesIn: isFull ? undefined : continuesIn, signatureLine, snapdLine };
}

/** `($root)'/boot/grub'` is `/boot/grub`. */
function pathOnDevice(word: string): string {
  return word.replaceAll(/['"]/g, '').replace(/^\([^)]*\)/, '');
}
