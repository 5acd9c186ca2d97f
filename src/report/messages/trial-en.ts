/** What is said about words that are booted once, in English. */
export const englishTrial = {
  'command.confirm': 'Keep the words of a trial that booted well',
  'about.confirm':
    'After a reboot with --trial: makes the change that fix, set or unset would have made at once, and takes the entry of the trial out again. Exits with 5 where the trial was not booted yet, and with 4 where something else was booted since. With --at-boot it installs a systemd unit that does this once the next boot is up, and is gone afterwards.',
  'option.at-boot': 'Install a systemd unit that confirms once the next boot is up',
  'option.check-command': 'Confirm only where this command, run by sh, succeeds',
  'option.trial': 'Boot the words once; only "bootmend confirm" keeps them',
  'kind.trial': '(a trial, booted once)',
  'note.left-alone.trial': 'Left as it is, the entry of a trial: {titles}.',
  'error.next-boot-trial':
    'What boots next is a trial: {title}. Reboot and confirm it (bootmend confirm), or take it back (bootmend rollback), then run again. Nothing was written.',
  'error.trial-there':
    'There is a trial already: {title}. Confirm it (bootmend confirm), or take it back (bootmend rollback), then run again. Nothing was written.',
  'error.trial-regenerate':
    '--trial leaves the permanent files as they are, and --regenerate makes one anew. Give one of the two.',
  'error.trial-several-configs':
    'It can’t be told which of these configurations is read, so neither where to ask for one boot: {paths}. Nothing was written; leave --trial out.',
  'error.trial-other-entry':
    'A trial is for the entry that boots next, {title}, and it is not among those that are meant. Nothing was written.',
  'error.trial-no-environment':
    '{path} loads no environment block (grubenv), so GRUB can’t be asked for one boot. Where it is only missing: grub-editenv FILE create (grub2-editenv), beside grub.cfg. Nothing was written.',
  'error.trial-block-read-only':
    'GRUB can read {path} and can’t write it ({fileSystem} on {source}), so that it would boot the trial again and again. Nothing was written; leave --trial out.',
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
  'error.trial-none':
    'There is no trial to confirm. Make one with --trial (fix, set, unset). Nothing was written.',
  'error.trial-not-seen':
    '/proc/cmdline can’t be read here, so it is not known whether the trial was booted. Run on the machine itself. Nothing was written.',
  'error.trial-pending': 'The trial was not booted yet. Reboot, then run again. Nothing was written.',
  'error.trial-failed':
    'The trial is over and its words, which were not kept, are not on the running line: the machine restarted with the old ones. To take the trial’s entry out of the menu: {command}',
  'error.trial-without-effect':
    'The trial runs, and its kernel does not obey {words}; the words were not kept. The next restart boots the old ones; to take the trial back: {command}',
  'error.trial-check-failed':
    'The check command failed (exit status {status}): the words were not kept, and the next restart boots the old ones. Put right what is wrong and confirm again, or take the trial back: {command}',
  'error.trial-check-root':
    'A check command is run on the running system only, not for --root. Leave it out, or run there. Nothing was written.',
  'error.trial-plan-changed':
    'Since the trial was made the files changed, so that another change is needed to keep its words. To agree to it as shown: {command}',
  'warning.trial-plan-changed':
    'Since the trial was made the files changed: this is not the change that was planned then.',
  'error.trial-at-boot-root':
    '--at-boot installs a unit that runs this very program, so it is not for --root. Run it on the system itself. Nothing was written.',
  'error.trial-at-boot-no-systemd':
    'This system does not run systemd, which --at-boot needs. Run bootmend confirm yourself after the reboot. Nothing was written.',
  'error.trial-at-boot-late':
    '--at-boot is for a trial that is still to be booted; this one is over or running. Run bootmend confirm without it. Nothing was written.',
  'note.trial-kept-already': 'The words of the trial are kept already.',
  'trial-outcome.kept': 'Done. The words are kept: every boot from now on has them.',
  'trial-outcome.at-boot':
    'Done. Once the next boot is up, bootmend-confirm.service keeps the words or leaves them. What it found: journalctl -b -u bootmend-confirm',
  'trial-outcome.left': 'The words are not kept. Only the unit that was to keep them was taken out.',
  'note.trial-state-pending': 'A trial is still to be booted: {words}. Reboot, then: {command}',
  'warning.trial-state-booted':
    'This boot is a trial: {words}. Any restart boots the old words, until: {command}',
  'warning.trial-state-failed':
    'A trial is over without its words: {words}. To take its entry out of the menu: {command}',
  'backup.trial.pending': '(a trial, not booted yet)',
  'backup.trial.booted': '(a trial, running)',
  'backup.trial.failed': '(a trial, not kept)',
  'backup.trial.confirmed': '(a trial, kept)',
  'note.trial-once':
    'A trial: {title} boots once, with {line}. The permanent files stay as they are; any restart before "bootmend confirm" boots the old words.',
  'note.trial-next': 'Reboot, see that all is well, then keep the words: {command}',
} as const;
