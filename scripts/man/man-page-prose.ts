import type { EXIT } from '../../src/cli/exit-code.ts';
import type { Row } from '../../src/cli/help-text.ts';

/** What the manual page says beyond the command table and the catalogue, in English. `…` between backquotes is bold. */

/** The titles of the sections, and the words between. */
export const TITLES = {
  section: 'System Administration',
  name: 'NAME',
  synopsis: 'SYNOPSIS',
  description: 'DESCRIPTION',
  commands: 'COMMANDS',
  remedies: 'Remedies',
  options: 'OPTIONS',
  commonOptions: 'Options of every command',
  ownOptions: 'Options of single commands',
  exitStatus: 'EXIT STATUS',
  files: 'FILES',
  environment: 'ENVIRONMENT',
  examples: 'EXAMPLES',
  seeAlso: 'SEE ALSO',
  optionsOf: 'Options: ',
  stop: '.',
  /** Requests at the head of the page. */
  setup: '',
};

export const PURPOSE: string = 'change kernel boot parameters so that the change is known to work';

export const DESCRIPTION: readonly string[] = [
  'A kernel ignores a parameter that it has no handler for without a word. bootmend reads out of each installed kernel (its image, System.map, kallsyms, config, and a version table) which words it understands, and tells the evidence. Where that cannot be told, it says so.',
  'A change is planned for every file that decides the next boot, and for those that the boots after the next kernel update are made from. It is shown as a unified diff, and written after you said yes. Before that the originals are kept, so that `rollback` brings back every byte. A power cut or a kill in the middle leaves each file old or new; the next command that writes finishes the change or undoes it first.',
  'Rescue and recovery entries and those of other systems stay as they are. What is not understood is refused, with file, line and column and with what you can do; nothing is written then. A word that the kernel is proven to ignore, and words that find or unlock the root file system, are changed only with `--force`.',
  'Without a terminal nothing is asked, and nothing is written unless `--yes` is given.',
];

export const CHOICE: string =
  'What `fix` chooses between, and `--remedy` decides. A kernel that does not leak needs neither.';

export const REMEDIES: readonly Row[] = [
  {
    term: 'cgroup.memory=nokmem',
    description:
      'turns off only the accounting that leaks. It is chosen where the kernel is proven to understand it.',
  },
  {
    term: 'cgroup_disable=memory',
    description:
      'turns the whole memory controller off, and every memory limit with it. It is chosen where only this one is proven to work and no hazard stands against it, such as a kubelet or a container with a memory limit; `--accept` takes a hazard.',
  },
];

export const EXIT_STATUS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'Done, or nothing to do. A dry run, too, unless `--check` is given.',
  failed:
    'The system refused (no space, a read-only file system, an I/O error), or bootmend failed. Every file is as before; one that could not be put back is named, and the next command that writes tries again.',
  usage: 'Wrong usage.',
  refused:
    'Refused: a person must decide. Nothing was written, or it was taken back. The message says why and what to do: support is unknown, a hazard is not accepted, a file changed since its backup, a boot configuration is not understood, or this user may not write.',
  found:
    '`verify` or `audit` found words without effect, `confirm` found that the trial did not go well, or `--dry-run --check` found a change pending.',
  pending:
    '`verify`, `confirm`: a reboot is pending. The words stand for the next boot, and not on the running line.',
  interrupted: 'Interrupted. Every file is as before, or it is named.',
};

export const FILES: readonly Row[] = [
  {
    term: '/etc/default/grub, /etc/default/grub.d/*.cfg',
    description: 'The words of the grub.cfg that grub-mkconfig makes. Edited where this system reads them.',
  },
  {
    term: '/boot/grub/grub.cfg, /boot/grub2/grub.cfg, EFI/VENDOR/grub.cfg',
    description: 'The menu. Which one decides depends on firmware and system; `status` names it.',
  },
  {
    term: 'loader/entries/*.conf',
    description: 'Entries of the Boot Loader Specification, under /boot or on the EFI system partition.',
  },
  {
    term: 'grubenv',
    description:
      'The environment block beside grub.cfg. Edited where the entries share their words through it (kernelopts).',
  },
  {
    term: '/etc/kernel/cmdline',
    description:
      'The words of the entry that kernel-install makes for a new kernel. Made where this system would else take those of the running kernel.',
  },
  {
    term: 'custom.cfg, ~a-bootmend-trial.conf',
    description:
      'The entry of a trial: in custom.cfg beside grub.cfg where the menu takes it in, else in grub.cfg; or an entry file of its own. `next_entry` in grubenv names it once.',
  },
  {
    term: '/etc/systemd/system/bootmend-confirm.service',
    description:
      'What `confirm --at-boot` installs, with multi-user.target.d/bootmend-confirm.conf beside it. Both go once it has run.',
  },
  {
    term: '/var/lib/bootmend',
    description:
      'Lock, journal and backups (backups/ID), readable by their owner only. The first backup and the last 20 are kept.',
  },
  {
    term: '/var/cache/bootmend, ~/.cache/bootmend',
    description:
      'What was read out of kernel images: the first for root on the running machine, the second for everybody else. It may be deleted at any time.',
  },
];

export const ENVIRONMENT: readonly Row[] = [
  {
    term: 'LC_ALL, LC_MESSAGES, LANG',
    description:
      'The language of messages, Chinese where the first that is set begins with zh, else English. `--lang` goes first.',
  },
  {
    term: 'NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR',
    description:
      'No colour where NO_COLOR is set and not empty, else colour where FORCE_COLOR or CLICOLOR_FORCE is set to anything but 0, else none where CLICOLOR is 0. `--color` goes first.',
  },
  { term: 'TERM', description: 'No colour where it is "dumb".' },
  { term: 'XDG_CACHE_HOME', description: 'Stands for ~/.cache.' },
  {
    term: 'PATH',
    description:
      'Where programs of the system are looked for, and after it in /usr/sbin, /usr/bin, /sbin and /bin.',
  },
  { term: 'BOOTMEND_DEBUG', description: 'Where it is set, an unexpected failure is told with its stack.' },
];

/** `term` is the command line. */
export const EXAMPLES: readonly Row[] = [
  { description: 'See what boots, with which words, and whether this host leaks:', term: 'bootmend status' },
  { description: 'See the change, then make it:', term: 'bootmend fix --dry-run\nbootmend fix' },
  {
    description: 'Ask whether a change is pending, for a script: exit status 4 says yes.',
    term: 'bootmend fix --dry-run --check --json',
  },
  {
    description: 'Put words on the command line and take others off, in a mounted image:',
    term: 'bootmend set --root /mnt console=ttyS0,115200 mitigations=auto\nbootmend unset --root /mnt rhgb',
  },
  {
    description: 'Ask a kernel that is not installed here:',
    term: 'bootmend probe --release 3.10.0-1160.el7.x86_64 cgroup.memory=nokmem',
  },
  {
    description: 'Boot words once; any restart before the confirmation boots the old ones:',
    term: 'bootmend set mitigations=auto --trial\nreboot\nbootmend confirm',
  },
  { description: 'Undo the last change:', term: 'bootmend rollback' },
];

export const SEE_ALSO: readonly string[] = [
  'cgroups(7)',
  'bootparam(7)',
  'kernel-command-line(7)',
  'grub-mkconfig(8)',
  'grubby(8)',
  'kernel-install(8)',
];
