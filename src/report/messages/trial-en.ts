/** What is said about words that are booted once, in English. */
export const englishTrial = {
  'option.trial': 'Boot the words once; only "bootmend confirm" keeps them',
  'kind.trial': '(a trial, booted once)',
  'note.left-alone.trial': 'Left as it is, the entry of a trial: {titles}.',
  'error.next-boot-trial':
    'What boots next is a trial: {title}. Reboot and confirm it (bootmend confirm), or take it back (bootmend rollback), then run again. Nothing was written.',
  'error.trial-there':
    'There is a trial already: {title}. Confirm it (bootmend confirm), or take it back (bootmend rollback), then run again. Nothing was written.',
  'error.trial-regenerate':
    '--trial leaves the permanent files as they are, and --regenerate makes one anew: give one of them.',
  'error.trial-several-configs':
    'It can’t be told which of these configurations is read: {paths}. So it is not known where to ask for one boot. Nothing was written; leave --trial out.',
  'error.trial-other-entry':
    'A trial is for the entry that boots next, {title}, and it is not among those that are meant. Nothing was written.',
  'error.trial-no-environment':
    '{path} loads no environment block (grubenv), so GRUB can’t be asked for one boot. Where it is only missing: grub-editenv FILE create (grub2-editenv), beside grub.cfg. Nothing was written.',
  'error.trial-block-read-only':
    'GRUB can read {path} and can’t write it: it lies on {source} ({fileSystem}). It would boot the trial again and again. Nothing was written; leave --trial out.',
  'error.trial-block-device-unknown':
    'What {path} lies on is not known, so neither is whether GRUB can write it; if not, it would boot the trial again and again. Nothing was written; leave --trial out.',
  'error.trial-once-already':
    'Another entry is to be booted once, {title} (next_entry in {path}). Reboot first, or take that back: grub-editenv {path} unset next_entry. Nothing was written.',
  'error.trial-next-entry-ignored':
    '{path} does not boot what next_entry names, so an entry can’t be booted once. Nothing was written; leave --trial out.',
  'error.trial-next-entry-kept':
    '{path} does not surely clear next_entry before it boots (save_env next_entry), so that the trial would boot again and again. Nothing was written; leave --trial out.',
  'error.trial-entry-saves':
    '{path}:{line}: starting the entry writes {name} into the environment block, which may boot it again. Nothing was written; leave --trial out.',
  'error.trial-entry-not-copied':
    '{path}:{line}: the entry that boots, {title}, is not one block of commands that holds its words, so no copy of it can be made. Nothing was written; leave --trial out.',
  'error.trial-menu-would-change':
    'With an entry for the trial the menu of {path} would differ in more than that: {found}. Nothing was written; leave --trial out.',
  'error.trial-loader':
    '{loader} is asked for one boot by a variable of the firmware, which bootmend does not write. Nothing was written; leave --trial out.',
  'note.trial-once':
    'A trial: {title} boots once, with {line}. The permanent files stay as they are; any restart before "bootmend confirm" boots the old words.',
  'note.trial-next': 'Reboot, see that all is well, then keep the words: {command}',
} as const;
