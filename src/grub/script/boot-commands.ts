import type { BootCommand, BootLine, BootRole } from './boot-line.ts';
import { type Call, type Evaluation, isConditional, placeOf, type Status } from './evaluation.ts';
import { deviceInFront } from './root-device.ts';

const roles: Readonly<Record<BootCommand, BootRole | 'hypervisor' | 'module'>> = {
  linux: 'linux',
  linux16: 'linux',
  linuxefi: 'linux',
  initrd: 'other',
  initrd16: 'other',
  initrdefi: 'other',
  multiboot: 'hypervisor',
  multiboot2: 'hypervisor',
  module: 'module',
  module2: 'module',
  xen_hypervisor: 'xen',
  xen_module: 'module',
  chainloader: 'other',
};

function isBootCommand(name: string): name is BootCommand {
  return Object.hasOwn(roles, name);
}

/** The names of all commands that load something. */
export const bootCommands: readonly BootCommand[] = Object.keys(roles).filter(isBootCommand);

/** `multiboot` loads other kernels too; Xen's is told by its file name, as grub-mkconfig finds it (20_linux_xen). */
function isXenImage(path: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).startsWith('xen');
}

/** Trusted Boot measures what it starts: Linux, or Xen with Linux behind it. */
function isTrustedBoot(line: BootLine): boolean {
  const path = line.image?.text ?? '';
  return roles[line.command] === 'hypervisor' && /^tboot\b/.test(path.slice(path.lastIndexOf('/') + 1));
}

/**
 * The first module behind Xen is the Linux kernel (util/grub.d/20_linux_xen.in), the next its initrd; behind tboot it
 * is what tboot starts (tboot's 20_linux_tboot and 20_linux_xen_tboot).
 */
function moduleRole(image: string, before: readonly BootLine[]): BootRole {
  const line = before.findLast(({ role, command }) => role === 'xen' || roles[command] !== 'other');
  if (line?.role === 'xen') return 'linux-under-xen';
  if (line === undefined || !isTrustedBoot(line)) return 'other';
  return isXenImage(image) ? 'xen' : 'linux';
}

function roleOf(command: BootCommand, image: string, before: readonly BootLine[]): BootRole {
  const role = roles[command];
  if (role === 'module') return moduleRole(image, before);
  if (role === 'hypervisor') return isXenImage(image) ? 'xen' : 'other';
  return role;
}

/** Options that `module` and `multiboot` take in front of the file (grub-core/loader/multiboot.c). */
function isLoaderOption(command: BootCommand, word: string): boolean {
  const role = roles[command];
  if (role === 'module') return word === '--nounzip';
  return role === 'hypervisor' && word.startsWith('--quirk-');
}

/** Notes a command that loads something. */
export function takeBootLine(evaluation: Evaluation, call: Call): Status {
  const { name, words, command, file } = call;
  if (!isBootCommand(name)) return undefined;
  let first = 0;
  while (isLoaderOption(name, words[first]?.text ?? '')) first += 1;
  const image = words[first];
  evaluation.bootLines.push({
    command: name,
    role: roleOf(name, image?.text ?? '', evaluation.bootLines),
    place: placeOf(file, command.start),
    file,
    span: { start: command.start, end: command.end },
    device: evaluation.searched,
    namedDevice: deviceInFront(image?.text ?? '') ?? evaluation.namedRoot,
    image,
    words: words.slice(first + 1),
    sourceWords: command.words,
    conditional: isConditional(evaluation),
  });
  return undefined;
}
