/** What is said of words on the kernel that runs. */
export const englishVerification = {
  'command.verify': 'Look whether the running kernel obeys the words of the last change',
  'about.verify':
    'Tells of each word of the last change (with --all, of every word) whether it stands on the running kernel’s command line, whether the kernel reads it, and by what it is seen to be in effect. Exits with 0 where all is in effect, with 4 where a word has no effect, with 5 where a reboot is pending. A tree (--root) that holds proc/cmdline, proc/cgroups and the like, as a sosreport does, is judged as that host was when it was recorded. Writes nothing.',
  'option.all': 'Look after every word of the command line',

  'verified.in-effect': 'In effect.',
  'verified.without-effect': 'Not as it was meant.',
  'verified.pending': 'Set for the next boot: a reboot is pending.',
  'verified.partly-seen': 'In effect as far as it can be seen: {count} of {total} words.',
  'verified.not-seen': 'On the line; nothing shows what it does.',
  'verified.unknown': 'Not known.',
  'verified.only-running': 'Beside that, only the running line has: {words}',
  'verified.only-next': 'Beside that, only the next boot gets: {words}',
  'label.boots-next': 'Boots next    ',

  'word-verdict.in-effect': 'in effect',
  'word-verdict.on-line': 'on the line; its effect can’t be seen',
  'word-verdict.gone': 'gone, as it should be',
  'word-verdict.pending': 'waits for the reboot',
  'word-verdict.without-effect': 'without effect',
  'word-verdict.missing': 'missing, and not there for the next boot',
  'word-verdict.still-there': 'still there, and there for the next boot',
  'word-verdict.unknown': 'not known',

  'seen.not-on-line': 'it does not stand there.',
  'seen.unknown-to-kernel': 'the kernel names it among the words that it does not know.',
  'seen.accounted-caches': 'kernel memory is accounted for: {count} caches for it (kmalloc-cg-*).',
  'seen.no-accounted-caches': 'kernel memory is not accounted for: no caches for it (kmalloc-cg-*).',
  'seen.group-caches': 'control groups have slab caches of their own: {count}, such as {example}.',
  'seen.no-group-caches': 'no control group has slab caches of its own.',
  'seen.group-accounts': 'this group accounts for {bytes} bytes of kernel memory.',
  'seen.groups-account-nothing':
    'no group accounts for kernel memory, this one and others that are in use ({count}).',
  'seen.controller-off': 'the controller {controller} is off (enabled 0).',
  'seen.controller-on': 'the controller {controller} is on (enabled 1).',
  'seen.controller-not-listed': 'the controller {controller} is not listed.',
  'seen.controller-listed': 'the controller {controller} is listed.',
  'seen.controller-mounted': 'the controller {controller} is mounted.',
  'seen.controller-said-off': '“Disabling {controller} control group subsystem”.',
  'seen.setting': 'it says {value}.',
  'seen.not-read': 'the kernel {release} does not read it.',
  'seen.read-by-kernel': 'the kernel {release} reads it.',
  'seen.read-in-user-space': 'programs outside the kernel read it.',
  'seen.not-known-whether-read': 'it could not be told whether anything reads it.',

  'verify.no-change': 'There is no change of bootmend’s to look after, so every word of the line is.',
  'verify.nothing-known':
    'Nothing tells of the kernel that runs here: /proc/cmdline is not there, or it is another system’s.',
  'verify.other-kernel': '{release} runs, and {next} is what boots next.',
  'verify.without-effect': '{word} stands on the line and does nothing. Next: {command}',
  'verify.missing':
    '{word} is neither on the running line nor there for the next boot. To put it back: {command}',
  'verify.still-there':
    '{word} was taken off, and is on the running line and there for the next boot. To take it off: {command}',
  'verify.reboot': 'Reboot, then run: {command}',

  'situation.leaks': 'The running kernel, {release}, leaks slab memory with every container.',
  'situation.pending-leaks':
    'Set for the next boot ({title}): {words}. The running kernel still leaks: reboot.',
  'situation.pending': 'Set for the next boot ({title}): {words}. Not in effect before the reboot.',
  'situation.pending-removal': 'Gone with the next boot ({title}): {words}.',
  'situation.pending-removal-too': 'Gone by then: {words}.',
  'situation.in-effect': 'In effect: {words}, seen by {path}.',
  'situation.on-line': '{words} is on the running line; nothing shows here what it does.',
  'situation.without-effect': '{words} is on the running line and does nothing, seen by {path}.',
  'situation.without-effect-known':
    '{words} is on the running line and does nothing: the kernel does not read it.',
  'next.reboot': 'reboot, then {command}',

  'label.milder': 'Milder',
  'relax.nokmem':
    '{release} understands cgroup.memory=nokmem, which stops the leak and leaves memory limits as they are: {command}',
  'relax.none':
    '{release} does not leak, so that cgroup_disable=memory takes every memory limit away for nothing: {command}',

  'option.watch': 'Draw slab memory, groups and their caches again and again, every SECONDS (default 10)',
  'misuse.seconds': '{name} is no number of seconds.',
  'misuse.watch-here': '--watch looks at the machine that it runs on, and goes without {name}.',
  'watch.slab': 'Slab memory that can’t be given back (SUnreclaim), MiB',
  'watch.groups': 'Control groups with the memory controller, as the kernel counts them',
  'watch.caches': 'Slab caches of single groups',
  'watch.unknown': '{what}: not known here',
  'watch.not-known': 'not known',
  'watch.sizes': 'Not to be given back: {unreclaimable}, of {slab} slab and {total} memory.',
  'watch.growth': 'Grows by {growth} an hour.',
  'watch.shrinks': 'Shrinks by {growth} an hour.',
  'watch.growth-not-known': 'How it grows is known after a minute.',
  'watch.end': 'Memory ends in {hours} hours if it goes on like this.',
  'watch.counts':
    'Groups: {counted} counted, {live} there, {dying} dying. Caches of groups: {caches}, of gone ones {dead}.',
  'watch.keys': 'q ends',
  'symptom.slab-share': '{percent} % of memory is slab that can’t be given back.',
  'symptom.dead-groups':
    'The kernel counts {counted} groups, and {live} are there: the others are dead and held.',
  'symptom.dying-groups': '{count} removed groups are still held.',
  'symptom.group-ids': '{count} groups are counted; at 65,535 no container starts any more.',
  'symptom.dead-caches': '{count} slab caches belong to groups that are gone.',
  'symptom.failed-slabs': 'The kernel’s log says {count} times that a slab could not be had.',
  'label.symptoms': 'Now',
  'exposure.measured': 'it was seen to leak on this host: dead groups or their caches are held.',

  'option.log': 'Append a JSON line for the change to FILE, a file of the machine that is changed',
  'warning.log-not-written': 'The change is made, but not recorded: {path} can’t be written: {@systemCode}.',
  'backup.when': 'WHEN (UTC), COMMAND, CHANGE',
  'backup.words-not-kept': '(no words kept)',
  'backup.in-boot': 'made in boot {boot}',
  'backup.verified-in-effect': 'in effect in boot {boot}',
  'backup.verified-without-effect': 'not as meant in boot {boot}',
  'backup.verified-pending': 'reboot pending',
  'backup.verified-unknown': 'not verified',
} as const;
