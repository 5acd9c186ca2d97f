import { englishProblems } from './problems-en.ts';
import { englishScreens } from './screens-en.ts';
import { englishTrial } from './trial-en.ts';
import { englishVerification } from './verification-en.ts';

/** What bootmend says in English. Keys are codes; `{name}` is where a value goes. */
export const english = {
  about:
    'bootmend changes kernel boot parameters: proven before the reboot, seen before it is written, undone byte for byte.',
  'help.usage': 'Usage:',
  'help.command': 'COMMAND',
  'help.option': 'OPTION',
  'help.commands': 'Commands:',
  'help.options': 'Options:',
  'help.common-options': 'Options of every command:',
  'help.more': '"bootmend help COMMAND" tells more about one command.',
  'misuse.no-command': 'Name a command.',
  'usage.see-help': 'Run "bootmend --help" to see what there is.',
  'usage.see-help-of': 'Run "bootmend help {command}" to see what it takes.',
  'misuse.unknown': 'There is no option {name}.',
  'misuse.unknown-near': 'There is no option {name}. Did you mean {near}?',
  'misuse.not-taken': '{command} takes no {name}; it belongs to {takers}.',
  'misuse.given-twice': '{name} was given more than once; it takes one value.',
  'misuse.needs-option': '{name} says nothing without {other}.',
  'misuse.value-missing': 'A value is missing behind {name}.',
  'misuse.choices': '{name} cannot be {given}; it takes {choices}.',
  'misuse.choices-near': '{name} cannot be {given}. Did you mean {near}? It takes {choices}.',
  'misuse.no-such-command': 'There is no command {name}.',
  'misuse.no-such-command-near': 'There is no command {name}. Did you mean {near}?',
  'misuse.flag-value': '{name} takes no value.',
  'misuse.value-empty': '{name} needs a value, and it is empty.',
  'misuse.word-empty': '{name}: a word needs a name.',
  'misuse.words-missing': 'The command {name} needs a word behind it.',
  'error.host-not-understood': '{host} is not [USER@]HOST[:PORT]; an IPv6 address stands in brackets.',
  'error.several-hosts':
    '{name} changes one machine at a time. For several there is Ansible, which can stop at the first refusal (docs/fleet.md).',
  'error.remedy-of-another': 'The remedy {remedy} is for --problem {of}, not for {problem}.',
  'misuse.words-left': 'There are more words than {name} takes.',

  'command.status': 'Show what boots, with which words, and whether this host leaks',
  'command.fix': 'Stop the kernel-memory leak with the mildest word that is proven to work',
  'command.set': 'Put words on the kernel command line',
  'command.unset': 'Take words off the kernel command line',
  'command.probe': 'Ask each kernel whether it understands a parameter',
  'command.audit': 'Find words that nobody reads',
  'command.backups': 'List what was changed, and what can be undone',
  'command.rollback': 'Undo a change, byte for byte',
  'command.completion': 'Print a completion script for bash, zsh or fish',

  'about.status':
    'Shows which files decide the next boot and the boots of kernels to come, every boot entry with its words, whether each kernel leaks, which remedies it understands and how that is known. Writes nothing.',
  'about.fix':
    'Finds out for each kernel whether it leaks memory with every container that comes and goes, and which boot parameter it understands; then adds the mildest one that works to the boot entries and to the file that later kernels inherit from. Shows the change as a diff and asks before it writes.',
  'about.set':
    'Makes each WORD (NAME or NAME=VALUE) stand on the kernel command line once. Lists with commas are merged, parameters that may stand several times (console=, rd.lvm.lv= ...) replace the one for the same thing (device, connector, size) and are added beside the others, any other value of NAME is replaced. Words stand in the order given; --unset takes others off in the same change.',
  'about.unset':
    'Takes words off the kernel command line: with NAME every word of that name, with NAME=VALUE only that word, or that element of a list.',
  'about.probe':
    'Tells for each kernel whether it understands each PARAMETER (NAME, or NAME=VALUE), with the evidence. Without PARAMETER it asks about the two remedies. Writes nothing.',
  'about.audit':
    'Compares the words of every boot entry with what that entry’s kernel accepts, and names those that have no effect. Exits with 4 where there are any. Writes nothing.',
  'about.backups': 'Lists the changes that bootmend made here, oldest first, and which of them were undone.',
  'about.rollback':
    'Restores the files as they were before a change. ID is an id from "bootmend backups", "latest" (the default) or "first", the state before bootmend ever wrote.',
  'about.completion':
    'Prints a script that completes commands, options and their values. SHELL is bash, zsh or fish; kernels, entries, hazards, backups, parameters or words prints what the script offers of this machine. For bash: source <(bootmend completion bash)',

  'option.help': 'Show help and stop',
  'option.version': 'Print the version and stop',
  'option.root': 'Work on the tree in DIR instead of the running machine',
  'option.host':
    'Work on this machine over ssh: [USER@]HOST[:PORT]; may be given several times to look at several',
  'option.ssh-config': 'With --host: the configuration file that ssh reads',
  'option.sudo': 'With --host: run as root there, by sudo',
  'option.forks': 'With several --host: how many at a time (default: 10)',
  'option.json': 'Print one JSON document',
  'option.color': 'Colour on terminals only (auto), always or never',
  'option.no-color': 'The same as --color=never',
  'option.lang': 'Language of messages',
  'option.redact': 'Do not show the values of words that can hold secrets',
  'option.quiet': 'Say only what went wrong',
  'option.verbose': 'Show all evidence',
  'option.dry-run': 'Show what would change and stop',
  'option.check': 'With --dry-run: exit 4 where a change is pending',
  'option.yes': 'Apply without asking',
  'option.problem': 'Which known problem to cure (default: kernel-memory-leak)',
  'option.remedy': 'Which remedy to use',
  'option.entries':
    'Which entries to edit: normal, default, all, a title, an id, a kernel’s release or image, or an index as in --json',
  'option.unset': 'Take this word off in the same change; may be given several times',
  'option.accept': 'Accept the hazard of this id, or "all"; may be given several times',
  'option.plan': 'Apply this plan only, as a dry run showed it; refuse any other',
  'option.regenerate': 'Let the system’s own grub-mkconfig make grub.cfg from the changed defaults file',
  'option.force': 'Go on where bootmend would refuse for safety',
  'option.words-only': 'Take out only our words where the file changed since',
  'option.list': 'List every parameter that the kernel accepts',
  'option.kernel': 'Ask only this installed kernel',
  'option.image': 'Ask this kernel image',
  'option.system-map': 'Ask this System.map',
  'option.release': 'Ask the version table about this release string',
  'level.info': 'note',
  'level.warning': 'warning',
  'level.error': 'error',

  'label.loader': 'Boot loader',
  'label.default-entry': 'Default entry',
  'label.kept-by': 'Kept by',
  'kept-by-system': 'its owner edits {place}, then runs {command}',
  'kept-by-file': 'its owner edits {place}',
  'label.inactive': 'Not read',
  'label.next-boot': 'Next boot',
  'label.later-kernels': 'Later kernels',
  'label.lines': 'Command lines',
  'label.line-next': 'next boot',
  'label.line-later': 'later kernels ({line})',
  'label.line-none': 'later kernels: nothing that bootmend knows makes their lines',
  'drift.differs': '{line} differs.',
  'drift.next-only': 'Only the next boot has {words}.',
  'drift.later-only': 'Only later kernels get {words}.',
  'label.kernels': 'Kernels',
  'label.entries': 'ENTRIES',
  'label.boot-entries': 'Boot entries',
  'label.remedy': 'remedy',
  'label.nothing': 'nothing that bootmend knows',
  'label.changed-since': 'Changed since bootmend wrote it',
  'label.by-force': 'What --force would do',
  'label.running': 'Running kernel',
  'label.no-release': 'unknown release',
  'label.cost': 'Cost: {cost}',
  'label.read-from-image': 'The image was read in {milliseconds} ms.',
  'label.read-from-cache': 'The image is unchanged since it was read last ({milliseconds} ms).',
  'joint.sentences': ' ',
  'joint.list': ', ',
  'joint.colon': ': ',
  says: ' ({@says})',
  'headline.no-kernel': 'No kernel of a normal entry was found, so that nothing can be said of a leak.',
  'headline.dead-word': '{word} is set and does nothing: no kernel here has a handler for it.',
  'headline.dead-word-on-some':
    '{word} is set and does nothing on {count} of {total} kernels: they have no handler for it.',
  'headline.still-leaks': 'Slab memory still leaks with every container.',
  'headline.leaks': 'Slab memory leaks with every container, and no word is set against it.',
  'headline.leaks-on-some': 'Slab memory leaks with every container on {count} of {total} kernels.',
  'headline.not-known': 'It is not known whether slab memory leaks, on {count} of {total} kernels.',
  'headline.no-leak': 'No kernel here leaks slab memory: there is nothing to do.',
  'headline.cured': 'No kernel here leaks slab memory: {words} is set and works.',
  'column.leaks': 'LEAKS',
  'leaks.exposed': 'yes',
  'leaks.not-exposed': 'no',
  'leaks.unknown': 'unknown',
  'leaking.exposed': 'leaks',
  'leaking.not-exposed': 'no leak',
  'leaking.unknown': 'leak unknown',
  'works.supported': 'works',
  'works.absent': 'ignored',
  'works.unknown': 'unknown',
  'works.conflicting': 'conflicting',
  'legend.default': '* boots next.',
  'legend.running': '+ is running.',
  'legend.read-from': 'Read from: {sources}; -v shows how.',
  'entries.normal': '{count} normal',
  'entries.recovery': '{count} recovery (left alone)',
  'entries.rescue': '{count} rescue (left alone)',
  'entries.foreign': '{count} of another system (left alone)',
  'entries.unknown-kernel': '{count} whose kernel was not found (left alone)',
  'entries.and-more': '(+{count} with the same line)',
  'entries.more-lines': '… {count} more lines; -v shows all.',
  'word.ignored': 'ignored',
  'word.ignored-by-all': 'ignored by all {count}',
  'label.place-next': 'next boot',
  'label.place-later': 'later kernels',
  'later.copied-entry': 'a copy of the default entry',
  'later.running-words': 'the words of the kernel that runs then',
  'places.more': '… {count} more; -v shows all',
  'label.cure': 'Cure',
  'label.next': 'Next',
  'cure.on-all': '{word}: proven to work on all {total}.',
  'cure.on-some': '{word}: for {count} of {total} kernels, proven to work there.',
  'cure.undecided': 'none is chosen by itself.',
  'headline.not-known-at-all': 'It is not known whether slab memory leaks here.',
  'cure.on-one': '{word}: proven to work.',
  'cure.to-decide': 'change nothing and measure first, or decide for {words}: proven to work, at a cost.',
  'joint.or': ' or ',
  'cure.nothing-against': 'Nothing here was found that needs it: no memory limit, no kubelet.',
  'next.fix': 'shows the change, then asks',
  'column.kernel': 'KERNEL',
  'mark.default': '(default)',
  'mark.running': '(running)',
  'mark.next': '(next boot)',
  'kind.recovery': '(recovery, left alone)',
  'kind.rescue': '(rescue image, left alone)',
  'kind.foreign': '(another system, left alone)',
  'kind.unknown-kernel': '(kernel not found, left alone)',
  'loader.grub2': 'GRUB 2',
  'loader.systemd-boot': 'systemd-boot',
  'role.stub': 'a stub that leads to {path}; never edited',
  'role.menu': 'makes the menu',
  'role.settings': 'names the default entry',
  'role.saved-entry': 'names the default entry (saved_entry)',
  'role.shared-words': 'holds the words that the entries share (kernelopts)',
  'role.entry': 'an entry each, with its words (options)',
  'role.script': 'holds entries',
  'role.mkconfig': 'words of the menu that {program} makes ({variable})',
  'role.copied-entry': 'its default entry is copied for a new kernel',
  'role.kernel-install': 'words of the entry that kernel-install makes for a new kernel',
  'role.kernel-install-vendor':
    'words of the entry that kernel-install makes for a new kernel, as long as /etc/kernel/cmdline is not there',
  'role.kernel-install-missing':
    'not there: a new kernel would get the words of the running one; made with the first change',
  'role.inactive': 'holds entries, but this machine’s firmware does not lead there',
  'default.by-id': 'by its id, {value} ({from})',
  'default.by-title': 'by its title, {value} ({from})',
  'default.by-number': 'by its number, {value} ({from})',
  'default.by-pattern': 'by the pattern {value} ({from})',
  'default.by-fallback': 'by fallback={value} ({from}), as the kernel of the default entry is not there',
  'default.unmatched': 'the first one: {value} ({from}) names no entry',
  'default.untold': 'the first one, as no default is set',

  'remedy.none': 'none needed',
  'remedy.nokmem': 'cgroup.memory=nokmem (turns off only the accounting that leaks)',
  'remedy.thp-madvise': 'transparent_hugepage=madvise (huge pages for programs that ask for them)',
  'remedy.thp-never': 'transparent_hugepage=never (huge pages for nobody)',
  'remedy.disable': 'cgroup_disable=memory (turns the whole memory controller off)',

  'verdict.supported': 'supported',
  'verdict.absent': 'absent: the kernel ignores it without a word',
  'verdict.unknown': 'unknown',
  'verdict.conflicting': 'conflicting evidence',
  'says.present': 'present',
  'says.absent': 'absent',
  'says.inconclusive': 'inconclusive',
  'source.image': 'kernel image',
  'source.system-map': 'System.map',
  'source.kallsyms': 'kallsyms',
  'source.modules': 'modules',
  'source.config': 'kernel config',
  'source.table': 'version table',
  'source.behaviour': 'behaviour',

  'exposure.exposed': 'Leaks:',
  'exposure.not-exposed': 'Does not leak:',
  'exposure.unknown': 'Not known whether it leaks:',
  'exposure.no-memory-controller': 'this kernel is built without the memory controller (CONFIG_MEMCG).',
  'exposure.no-kernel-memory-accounting':
    'this kernel is built without kernel-memory accounting (CONFIG_MEMCG_KMEM).',
  'exposure.leak-not-fixed': 'this release keeps the slab memory of dead cgroups ({source}; {@confidence}).',
  'exposure.leak-partly-fixed':
    'this release frees only part of the slab memory of dead cgroups ({source}; {@confidence}).',
  'exposure.leak-fixed': 'this release frees the slab memory of dead cgroups ({source}; {@confidence}).',
  'exposure.on-when-limited':
    'Accounting starts when a runtime writes memory.kmem.limit_in_bytes, as runc does.',
  'exposure.off-unless-token':
    'this vendor’s kernels account no kernel memory unless cgroup.memory=kmem asks for it ({source}; {@confidence}).',
  'exposure.on-by-token': 'An entry turns the accounting on (cgroup.memory=kmem).',
  'exposure.no-config': 'its config could not be read.',
  'exposure.built-with': 'it is built with {option}.',
  'exposure.built-without': 'it is built without {option}.',
  'affected.exposed': 'Has the problem:',
  'affected.not-exposed': 'Does not have the problem:',
  'affected.unknown': 'Not known whether it has the problem:',
  'exposure.row-unsettled': 'the version table has no settled answer for this release ({source}).',
  'exposure.no-row': 'the version table does not know this release.',
  'confidence.changelog': 'changelog',
  'confidence.source-read': 'source read',
  'confidence.inferred': 'inferred',
  'confidence.report': 'report',

  'choice.not-exposed': 'The kernel does not leak.',
  'choice.disabled-already': 'Every entry of this kernel turns the memory controller off already.',
  'choice.nokmem-proven': 'The kernel is proven to understand cgroup.memory=nokmem.',
  'choice.nokmem-without-effect':
    'cgroup.memory=nokmem would do nothing here: the kernel has no handler for it.',
  'choice.nokmem-not-proven': 'It could not be proven that the kernel understands cgroup.memory=nokmem.',
  'choice.disable-without-effect':
    'cgroup_disable=memory would do nothing here: the kernel has no handler for it.',
  'choice.disable-not-proven': 'It could not be proven that the kernel understands cgroup_disable=memory.',
  'choice.disable-proven': 'cgroup_disable=memory is proven to work.',
  'affected.needs-nothing': 'The kernel gives huge pages to nobody who does not ask.',
  'choice.huge-pages-off-already': 'Every entry of this kernel turns huge pages off already.',
  'choice.thp-madvise-proven': 'The kernel is proven to take transparent_hugepage=.',
  'choice.thp-madvise-without-effect': 'transparent_hugepage= would do nothing here: nothing reads it.',
  'choice.thp-madvise-not-proven': 'It could not be proven that the kernel takes transparent_hugepage=.',
  'choice.thp-never-proven': 'The kernel is proven to take transparent_hugepage=never.',
  'choice.thp-never-without-effect': 'transparent_hugepage=never would do nothing here: nothing reads it.',
  'choice.thp-never-not-proven': 'It could not be proven that the kernel takes transparent_hugepage=never.',
  'choice.requested': 'You asked for it.',
  'choice.requested-unproven': 'You asked for it; it could not be proven to work.',
  'choice.requested-without-effect': 'You asked for it; the kernel is proven to ignore it.',

  'refusal.exposure-unknown':
    '{release}: it is not known whether this kernel leaks. Change nothing and measure first (bootmend status), or decide: {ways}',
  'affected.undecided': '{release}: it is not known whether this kernel has the problem. Decide: {ways}',
  'refusal.command-line-fixed':
    '{release}: this kernel is built to read no command line but its own (CONFIG_CMDLINE_OVERRIDE or CONFIG_CMDLINE_FORCE). Build it with the words in CONFIG_CMDLINE. Nothing was written.',
  'refusal.hazard-not-accepted':
    '{release}: only cgroup_disable=memory is proven to work, and this stands against it: {hazards}. Nothing was written. To go on all the same: {ways}',
  'refusal.no-proven-remedy': '{release}: no remedy is proven to work on this kernel. Decide: {ways}',
  'refusal.no-remedy-at-all':
    '{release}: the kernel is proven to ignore every remedy. Nothing was written; only another kernel helps.',
  'refusal.remedy-too-hard':
    '{release}: the leak is mostly cured in this kernel, and the only remedy that works takes every memory limit away. It is not chosen by itself. Nothing was written. If you want it: {ways}',
  'refusal.remedy-without-effect':
    '{release}: the kernel is proven to ignore that remedy. Nothing was written; --force writes it all the same.',

  'warning.shared-line-serves-unexposed':
    'A line that serves several kernels gets the word for those that leak; other kernels will read it too.',
  'warning.shared-line-serves-default-only':
    'No word works on all kernels; a line that serves several of them gets the default kernel’s.',

  'hazard-accepted': 'accepted: {id}:',
  'hazard-blocks': 'stands against it: {id}:',
  'hazard.kubelet': 'a kubelet runs here ({path}); it does not start without the memory controller.',
  'hazard.docker-memory-limits':
    'a container has a memory limit ({path}: {setting}); it would no longer hold.',
  'hazard.unit-memory-limits': 'a unit has a memory limit ({path}: {setting}); it would no longer hold.',
  'hazard.k3s': 'a k3s node runs here ({path}); it stops at start without the memory controller.',
  'hazard.rke2': 'an RKE2 node runs here ({path}); it stops at start without the memory controller.',
  'hazard.openshift-node':
    'an OpenShift 3 node runs here ({path}); it does not start without the memory controller.',
  'hazard.mesos-agent':
    'a Mesos agent isolates memory ({path}: {setting}); it does not start without the memory controller.',
  'hazard.slurm':
    'Slurm confines the memory of jobs ({path}: {setting}); slurmd fails without the memory controller.',
  'hazard.yarn':
    'YARN limits containers by the memory controller ({path}); the NodeManager fails without it.',
  'hazard.nomad': 'a Nomad client runs here ({path}); tasks lose their memory limits or do not start.',
  'hazard.libvirt-memtune':
    'a virtual machine has a memory limit ({path}: {setting}); it does not start without the memory controller.',
  'hazard.lxc-memory-limits':
    'an LXC container has a memory limit ({path}: {setting}); it does not start, or runs without it.',
  'hazard.container-memory-limits':
    'a container has a memory limit ({path}: {setting}); it would no longer hold.',
  'hazard.running-memory-limits':
    'a running group has a memory limit ({path}: {setting}); it would no longer hold.',
  'hazard.memory-limits-off': 'no memory limit of a container or unit holds any longer.',
  'hazard.kernel-memory-uncounted': 'memory limits of containers no longer count kernel memory.',
  'hazard.huge-pages-on-request':
    'programs that gain from huge pages and do not ask for them (madvise) lose them.',
  'hazard.huge-pages-off': 'no program gets huge pages, those that ask for them included.',
  'hazard.tpm-sealed-disk':
    'a disk is unlocked by the TPM against the measured boot ({path}: {setting}); the next boot will ask for the passphrase.',
  'hazard.secure-boot': 'Secure Boot is on; it does not check these files, so that the change will boot.',

  'word.without-effect': '{word} has no effect: this kernel ignores it ({from})',
  'word.suggestion': 'Did you mean {suggestion}?',
  'word.known': '{word} ({from})',
  'word.unknown': '{word}: not known whether anything reads it ({from})',

  'backup.none': 'No backups: bootmend has changed nothing here.',
  'backup.undone': 'undone by {by}',
  'backup.apply': 'change',
  'backup.rollback': 'rollback',

  'outcome.unchanged': 'Nothing to do.',
  'outcome.planned': 'Nothing was written.',
  'outcome.plan': 'Plan {id}. To apply exactly this one: {command}',
  'outcome.applied': 'Written, and read back as planned: {files}.',
  'outcome.refused': 'Nothing was written.',
  'outcome.failed-restored': 'Failed; every file is as before.',
  'unrestored.refused':
    'Refused; this change was not begun. By an earlier one, these files are not as before: {paths}',
  'unrestored.failed-restored': 'Failed; these files are not as before: {paths}',
  'need.directory': 'a file is to be made in that directory.',
  'need.owner': 'only its owner can replace it and keep its owner.',
  'need.group': 'only a member of its group can replace it and keep its group.',
  'need.change': 'the system does not permit it.',
  'files.nothing-written': 'Nothing was written.',
  'files.as-before': 'Every file is as before.',
  'files.not-as-before': 'Not every file was put back.',
  'files.tried-again': 'The next command that writes tries again.',

  'ask.sudo-password': 'Password for sudo:',
  'progress.sending': 'Sending bootmend to {host}: {sent} of {total} MB',
  'remote.nothing-to-send':
    'There is no portable bootmend of this version here that could be sent to another machine. Make it with "npm run portable", or name it in BOOTMEND_PORTABLE. Nothing was run.',
  'remote.no-artefact':
    'The machine is {platform}, and there is no portable bootmend of this version for it here. Make it on such a machine with "npm run portable", and name it in BOOTMEND_PORTABLE. Nothing was run there.',
  'remote.ssh-missing': 'The program ssh (OpenSSH client) is not installed here. Nothing was run there.',
  'remote.not-connected': 'No connection ({detail}). Nothing was run there.',
  'remote.no-shell': 'The login shell there does not run commands ({detail}). Nothing was run there.',
  'remote.sudo-refused':
    'sudo refused ({detail}). Let it go without a password there (NOPASSWD), or set SUDO_ASKPASS here to a program that prints it. Nothing was run there.',
  'remote.not-started': 'bootmend could not start there ({detail}).',
  'remote.cut-off': 'The connection ended ({detail}). Nothing was run there.',
  'remote.cut-off-while-running':
    'The connection ended while bootmend ran there ({detail}). {@meanwhile} Ask again with "{command}".',
  'remote.silent': 'No answer within {seconds} seconds. Nothing was run there.',
  'remote.silent-while-running':
    'No answer within {seconds} seconds. {@meanwhile} Ask again with "{command}".',
  'remote.too-long': 'More than {megabytes} MB came, and no answer among them. Nothing was run there.',
  'remote.too-long-while-running':
    'More than {megabytes} MB came, and no answer among them. {@meanwhile} Ask again with "{command}".',
  'remote.interrupted': 'Interrupted. Nothing was run there.',
  'remote.interrupted-while-running':
    'Interrupted while bootmend ran there. {@meanwhile} Ask again with "{command}".',
  'remote.no-answer':
    'bootmend was ended there without an answer (exit status {exitCode}; {detail}). {@meanwhile} Ask again with "{command}".',
  'remote.not-understood':
    'What came is not an answer of this bootmend. {@meanwhile} Ask again with "{command}".',
  'fleet.counts': '{total} machines: {answered} answered, {others} did not.',
  'fleet.backups': '{count} changes; the last one is {id}.',
  'fleet.parameters': '{count} parameters.',
  'error.forks-not-understood': '--forks takes a number from 1 to {most}, and {given} is none.',
  'meanwhile.reading': 'Nothing was to be written.',
  'meanwhile.writing':
    'A change that was begun there ends by itself; one that was cut short is settled by the next command that writes.',
  'ask.settle': 'Settle it now?',
  'error.needs-yes': 'There is no terminal to ask at. Run again with --yes to apply, or --dry-run to look.',
  'error.interrupted': 'Interrupted; every file is as before.',

  'note.measure-first':
    'Nothing was changed. Watch SUnreclaim in /proc/meminfo over some days: where it grows with every container that goes, this kernel leaks.',
  'note.left-alone.normal': 'Left as it is, for it was not selected: {titles}.',
  'note.left-alone.recovery': 'Left as it is, for recovery: {titles}.',
  'note.left-alone.rescue': 'Left as it is, a rescue entry: {titles}.',
  'note.left-alone.foreign': 'Left as it is, of another system: {titles}.',
  'note.left-alone.unknown-kernel': 'Left as it is, for its kernel can’t be told: {titles}.',
  'note.line-of-several-entries':
    '{path}:{line} makes several entries and is edited once for all of them: {titles}.',
  'note.unset-nowhere': '{word} stands nowhere: looked at the lines of {count} entries and at {places}.',
  'note.unset-near': 'Near to {word} stands {near}.',
  'note.console-device': 'Of several consoles the last one, {device}, becomes /dev/console.',
  'unseen.config-not-evaluated': 'what this command runs or reads can’t be followed',
  'unseen.config-unreadable': 'this file is not there',
  'unseen.config-unknown':
    'this file lies where it can’t be read from here, or can’t be read as a GRUB script',
  'unseen.environment-unknown': 'this environment block lies where it can’t be read from here',
  'unseen.recursion-too-deep': 'commands stand so deep in one another here that GRUB stops',
  'unseen.default-leads-elsewhere':
    'the entry that boots goes on in this configuration, which is not followed',
  'unseen.default-unknown':
    'which entry this names is known only when GRUB runs, so the first one is taken for the default',
  'unseen.word-unknown': 'what the kernel gets in place of this word is known only when GRUB runs',
  'unseen.default-asks-password':
    'this entry boots only once a user of GRUB and the password are typed, so that the machine waits for it',
  'warning.menu-unseen': '{path}:{line}:{column}: {found}: {@unseen}.',
  'warning.menu-entries-unseen':
    '{path}:{line}:{column}: {found}: {@unseen}. Entries may be missing here, and nothing is edited.',
  'warning.later-unknown':
    '{from}: what this brings to the lines of later kernels is known only when grub-mkconfig runs ({@unknown}).',
  'warning.later-line-cut':
    '{from}: GRUB ends the line of later kernels here ({line}); what stands behind is lost: {found}. Quote it for GRUB too.',
  'warning.entry-made-by-program':
    '{title} is made by {path}, a program of its own: the next run of grub-mkconfig decides anew what words it gets.',
  'note.modules-not-read': 'Only the image was read: a parameter of a loadable module is not in it.',
  'note.kernel-cmdline-made':
    '{path} is made from the words of {model}: without it, a new kernel would get those that the running one was started with.',
  'warning.entry-shares-words':
    '{title} is not meant, but shares its words with the others (kernelopts) and gets the change, too.',
  'warning.default-entry-not-meant':
    'A new kernel’s entry is copied from the default entry, which stays as it is: a kernel installed later does not get these words.',
  'warning.later-kernels-not-covered':
    'Only existing entries change; a kernel installed later does not get these words.',
  'warning.space-for-rollback':
    'The file system of {path} is nearly full ({freeBytes} bytes are free). Once it is full, "bootmend rollback" changes nothing there and says so, until some space is made.',
  'warning.no-space-to-restore':
    'The file system of {path} is full ({freeBytes} bytes are free, {neededBytes} are needed to put the files back). Until some space is made there, nothing will be changed.',
  'warning.regenerate-more':
    '{program} changes more in grub.cfg than the words, with what was pending in its sources: read the diff.',
  'warning.regenerate-entry-came': 'An entry comes with the new grub.cfg: {title}',
  'warning.regenerate-entry-went': 'An entry goes with the new grub.cfg: {title}',
  'warning.regenerate-entry-words': 'Other words change with the new grub.cfg, of {title}: {words}',
  'warning.several-configs': 'It can’t be told which grub.cfg the firmware reads; all of them are edited.',
  'warning.word-not-proven': '{release}: it could not be proven that the kernel understands {word}.',

  'ignored.does-nothing': 'Its handler does nothing any more ({source}).',
  'ignored.rejected': 'This kernel does not take that value ({source}).',
  'warning.value-does-nothing':
    '{release}: {word} has no effect, whatever takes its name: its handler does nothing any more ({source}).',
  'warning.value-rejected':
    '{release}: {word} has no effect, whatever takes its name: this kernel does not take that value ({source}).',
  'error.value-does-nothing':
    '{release}: {word} would have no effect: its handler does nothing any more ({source}). Nothing was written; --force writes it all the same.',
  'error.value-rejected':
    '{release}: {word} would have no effect: this kernel does not take that value ({source}). Nothing was written; --force writes it all the same.',
  'audit.contradicts': '{title}: {word} has no effect beside {other}.',
  'audit.needs': '{title}: {word} does nothing without {needs}.',
  'audit.conflicts':
    '{title}: {word} and {other} contradict each other; which one wins depends on the kernel.',
  'audit.unpaired': '{title}: {word} reserves nothing: no {needs} follows it.',
  'warning.contradicts': '{word} has no effect beside {other}.',
  'warning.needs': '{word} does nothing without {needs}.',
  'warning.conflicts': '{word} and {other} contradict each other; which one wins depends on the kernel.',
  'warning.unpaired': '{word} reserves nothing: no {needs} follows it.',
  'audit.nothing-found': 'Every word is read by somebody: {total} judged.',
  'audit.some-not-judged':
    'No word without effect was found; {unknown} of {total} words could not be judged.',
  'audit.found': '{none} of {total} words have no effect; {unknown} could not be judged.',
  'audit.line-too-long':
    '{title}: the command line is {excess} bytes too long; its last {count} words never reach the kernel.',
  'audit.too-many-variables':
    '{title}: {count} words with a value are for no handler of the kernel; with 32 it panics ("Too many boot env vars").',
  'audit.perhaps-too-many-variables':
    '{title}: up to {count} words with a value may be for no handler of the kernel; with 32 it panics ("Too many boot env vars").',
  'audit.too-many-arguments':
    '{title}: {count} words without a value are for no handler of the kernel; with 33 it panics ("Too many boot init vars").',
  'audit.last-wins': '{title}: {name} is given several times; the last one counts ({word}).',
  'audit.first-wins': '{title}: {name} is given several times; the first one counts ({word}).',
  'audit.given-again':
    '{title}: {name} is given {count} times with different values; its handler decides what counts.',
  'audit.later-word-without-effect': 'later kernels, {line}: nobody reads {word} ({from}).',
  'audit.console-device': '{title}: of {count} consoles the last one, {device}, becomes /dev/console.',

  'error.unexpected':
    'This should not happen: {detail}. Set BOOTMEND_DEBUG=1 and run again to see where; please report it.',
  'error.perhaps-written':
    'Whether anything was written is not known. "bootmend status" tells of a change that was cut short; the next command that writes settles it.',
  'error.no-proc':
    '/proc is not mounted, by which bootmend holds on to directories. Mount it (mount -t proc proc /proc), then run again. Nothing was written.',
  'error.no-root': '{path} is not a directory that can be entered.',
  'error.config-missing':
    'No boot loader configuration was found; {path} is not there. Name the right tree with --root, or mount /boot first. Nothing was written.',
  'error.config-empty':
    '{path} is empty. Make it anew with grub2-mkconfig or update-grub, then run again. Nothing was written.',
  'error.no-entries': '{path} has no entry that boots Linux. Nothing was written.',
  'error.menu-entries-unseen':
    '{path}:{line}:{column}: {found}: {@unseen}, so entries may be missing from what is seen. Put literal entries in its place, then run again. Nothing was written.',
  'error.config-not-parsed':
    '{path}:{line}:{column}: {@problem}; seen: {found}. Mend the file ("grub-script-check {path}" helps), then run again. Nothing was written.',
  'error.unreadable.missing': '{path} is not there. Nothing was written.',
  'error.unreadable.not-a-file':
    '{path} is not a regular file. Put a file in its place, then run again. Nothing was written.',
  'error.unreadable.not-a-directory': 'A part of {path} is not a directory. Nothing was written.',
  'error.unreadable.permission':
    '{path} can’t be read by this user (EACCES). Run as root. Nothing was written.',
  'error.unreadable.outside-root':
    '{path} leads out of the root. Nothing was read there. Nothing was written.',
  'error.unreadable.symlink-loop':
    '{path}: its symbolic links lead in a circle (ELOOP). Nothing was written.',
  'error.unreadable.too-large':
    '{path} is larger than any such file should be (docs/limits.md). Nothing was written.',
  'error.unreadable.too-many':
    '{path} holds more files than any such directory should (docs/limits.md). Remove those that are not needed, then run again. Nothing was written.',
  'error.unreadable.input-output':
    '{path} can’t be read: the system reports an error of the device or file system. Nothing was written.',
  'error.defaults-missing':
    '/etc/default/grub is not there, so that a new kernel or grub.cfg would lose the words. Create it (an empty comment line is enough), then run again. Nothing was written.',
  'error.defaults-empty':
    '{path} is empty. Put back its content or at least a comment line, then run again. Nothing was written.',
  'error.defaults-not-parsed':
    '{path}:{line}:{column}: {@problem}; seen: {found}. Mend the file ("sh -n {path}" helps), then run again. Nothing was written.',
  'error.kernel-cmdline-not-parsed':
    '{path}:{line}:{column}: {@problem}; seen: {found}. Take that line out, then run again. Nothing was written.',
  'error.boot-not-mounted':
    '{path} is not mounted, though /etc/fstab names it ({source}); what lies there now is not what boots. Mount it (mount {path}), then run again. Nothing was written.',
  'error.environment-block-full':
    '{path}: a GRUB environment block has 1024 bytes and never grows; {freeBytes} are free, and this change needs {neededBytes} more. Take words away first, or change single entries with --entries. Nothing was written.',
  'error.hazard-not-accepted': 'A hazard stands against this change: {id}. To go on all the same: {command}',
  'error.regenerate-no-grub':
    '--regenerate is for GRUB’s grub.cfg, and another loader boots here. Leave it out.',
  'error.regenerate-several-configs':
    'It can’t be told which of several grub.cfg the firmware reads, so none is made anew. Leave --regenerate out: all of them are edited.',
  'error.regenerate-needs-root':
    '--regenerate runs the system’s own grub-mkconfig in its root, which only root may. Run with sudo, or leave it out.',
  'error.regenerate-no-program':
    'The program that makes grub.cfg is not installed ({programs}). Leave --regenerate out: grub.cfg is edited.',
  'error.regenerate-writes-more':
    '{program} would rewrite more here than grub.cfg: the words of all entries, from the defaults file. Leave --regenerate out: every file that decides is edited.',
  'error.regenerate-no-sandbox':
    'The {program} of that tree would run with all rights of root on this machine: it can’t be confined here ({detail}). Nothing was run. Install bubblewrap and capsh (libcap), leave --regenerate out, or, if you trust the tree with this machine, --force.',
  'error.regenerate-mapped-disk':
    'The tree lies on {detail}, a disk of the device mapper (LVM, LUKS, multipath), which {program} can only look at with all rights of root on this machine. Nothing was run. Leave --regenerate out, or, if you trust the tree with this machine, --force.',
  'error.regenerate-failed':
    '{program} failed: {detail}. Nothing was written. Mend what it complains about, or leave --regenerate out.',
  'error.regenerate-not-parsed':
    '{path}:{line}:{column}: {@problem}, in the grub.cfg that would be made: {found}. Nothing was written.',
  'error.regenerate-goal-missed':
    'The grub.cfg that would be made does not give an entry the planned words: {title}. Something else than the defaults file decides about it. Nothing was written; leave --regenerate out.',
  'error.regenerate-no-entry':
    'The grub.cfg that would be made has none of the entries that are meant ({which}). Nothing was written; leave --regenerate out.',
  'error.regenerate-root-words':
    'The grub.cfg that would be made mounts the root file system otherwise than any entry now does: {title}: {words}. Nothing was written. In a chroot the disks may not be the host’s; leave --regenerate out, or --force.',
  'error.regenerate-other-default':
    'With the grub.cfg that would be made another entry boots: {after}, not {before}. Nothing was written. Leave --regenerate out, or --force.',
  'error.mounted-read-only':
    '{path} is on {point}, which is mounted read-only (EROFS). Make it writable (mount -o remount,rw {point}), then run again. Nothing was written.',
  'error.next-boot-recovery':
    'The entry that boots next, {title}, is one for recovery and would stay without the words. To change it as well: --entries all; only it: --entries {selector}. Nothing was written.',
  'error.next-boot-rescue':
    'The entry that boots next, {title}, is a rescue entry and would stay without the words. To change it as well: --entries all; only it: --entries {selector}. Nothing was written.',
  'error.next-boot-foreign':
    'The entry that boots next, {title}, belongs to another system and would stay without the words. Change it there, or make an entry of this system the default first. Nothing was written.',
  'error.next-boot-unknown-kernel':
    'The entry that boots next, {title}, would stay without the words: what its kernel {image} is can’t be read. Put that image right, or make another entry the default first. Nothing was written.',
  'error.kept-by-system':
    '{system} makes its boot configuration from {place}: an edit of the files would be lost. Change it there, then run {command}. Nothing was written.',
  'error.kept-by-file':
    '{system} keeps its words in {place}: change them there; they take effect with the next boot. Nothing was written.',
  'error.other-plan':
    'This is not plan {agreed}: files or kernels have changed since, or other words are given. What would be done now is plan {id}. Look at it with --dry-run, then run again with --plan {id}. Nothing was written.',
  'error.menus-disagree':
    '{path} is shared by two GRUB configurations that need different words in it. Remove the configuration that is not used, then run again. Nothing was written.',
  'error.line-not-editable':
    '{path}:{line}:{column}: {@problem}; seen: {found}. Change that place by hand, then run again. Nothing was written.',
  'error.line-too-long':
    '{path}:{line}: the command line would be {excess} bytes longer than the loader hands on; it would drop the last words without a message. Take words away first. Nothing was written.',
  'error.guarded-words':
    'This changes words that find or unlock the root file system ({words}). If you are sure, add --force. Nothing was written.',
  'error.line-of-several-entries':
    '{path}:{line}: this line makes several entries that need different words: {titles}. Give each its own line, or mean all of them, then run again. Nothing was written.',
  'error.later-line-keeps-word':
    '{from}: {word} comes back from here with the next kernel or the next run of grub-mkconfig ({line}). Take it out there by hand, or use --entries default to change only what is there now. Nothing was written.',
  'error.later-line-cut':
    '{from}: GRUB ends the line of later kernels here ({line}), so that {words} behind it would be lost: {found}. Quote that value for GRUB too, then run again. Nothing was written.',
  'error.later-line-lacks-word':
    'The lines of later kernels ({line}) would not have {words} once. Change the file by hand, or use --entries default to change only what is there now. Nothing was written.',
  'error.later-line-unknown':
    '{from}: {word} may come back from here with the next kernel or the next run of grub-mkconfig ({line}): {@unknown}. Take it out there by hand, or use --entries default to change only what is there now. Nothing was written.',
  'error.later-line-would-change':
    'The lines of later kernels ({line}) would change beyond what is meant: {found}. Change the file by hand. Nothing was written.',
  'error.word-with-blanks':
    'This can mean two things: {asWords} (several words), or {asValue} (one value with blanks). Write the one that is meant. Nothing was written.',
  'unknown.command': 'a command decides',
  'unknown.command-substitution': 'the output of a command',
  'unknown.arithmetic': 'a calculation',
  'unknown.condition': 'a condition decides',
  'unknown.loop': 'a loop decides',
  'unknown.environment': 'a variable of the environment',
  'unknown.source': 'another file decides',
  'unknown.eval': 'eval decides',
  'unknown.array': 'an array',
  'unknown.special-parameter': 'a special parameter of the shell',
  'unknown.pattern': 'a pattern decides',
  'unknown.quoting': 'quoting that shells read differently',
  'unknown.word-splitting': 'the shell splits the value',
  'unknown.too-long': 'the value is too long to follow',
  'unknown.running-kernel': 'the kernel that runs then decides',
  'unknown.terminal': 'grub-mkconfig does not know this terminal and ends',
  'error.menu-would-change':
    '{path}: read again with the change, the menu is not the one that was meant ({found}). This is a bug; please report it. Nothing was written.',
  'error.no-such-entry':
    'No boot entry has the title, id or kernel {which}. "bootmend status" lists them. Nothing was written.',
  'error.no-such-entry-near':
    'No boot entry has the title, id or kernel {which}. Did you mean {near}? Nothing was written.',
  'error.word-without-effect':
    '{release}: the kernel ignores {word} without a word. Nothing was written; --force writes it all the same.',
  'warning.forced-without-effect':
    '{release}: the kernel ignores {word} without a word; it stands in the change because of --force.',
  'warning.forced-command-line-fixed':
    '{release}: this kernel is built to read no command line but its own (CONFIG_CMDLINE_OVERRIDE or CONFIG_CMDLINE_FORCE). The words stand in the change because of --force.',
  'error.no-such-shell': 'There is no completion for {shell}; there is for {shells}.',
  'warning.image-misnamed': '{path} calls itself {release}, whatever its name says.',
  'error.kernel-and-file':
    'Name an installed kernel with --kernel, or a file or release with --image, --system-map and --release, not both.',
  'error.no-kernels': 'No kernel image was found under /boot or /usr/lib/modules.',
  'error.no-such-kernel': 'The kernel {release} is not installed here.',
  'error.file-unreadable': '{path} can’t be read: {@systemCode}.',
  'error.no-parameter-list':
    '{release}: the image could not be read, so that its parameters can’t be listed.',

  'layout.container':
    'This is a container or a guest without a boot loader of its own ({path}). Change the host’s command line instead.',
  'layout.no-kernel': 'No kernel lies here ({path}); nothing boots from this tree.',
  'layout.live-media': 'This is a live system ({path}): changes would be gone after the reboot.',
  'layout.overlay-root': 'The root is an overlay ({path}): changes would not reach the disk.',
  'layout.ostree':
    'This is an ostree or bootc system ({path}). Use {tool}: edits to the files vanish with the next deployment.',
  'layout.proxmox-boot-tool':
    'Proxmox copies this command line to its EFI partitions ({path}). Edit /etc/kernel/cmdline (with GRUB: /etc/default/grub), then run {tool}.',
  'layout.vyos':
    'VyOS makes its boot entries from its own configuration ({path}: {found}). Use {tool} in configuration mode, then commit and save.',
  'layout.zfsbootmenu':
    'This machine boots with ZFSBootMenu ({path}), which reads the words from a property of the root’s dataset. Use {tool}="WORDS" DATASET; it takes effect with the next boot.',
  'layout.kernelstub': 'kernelstub keeps this command line ({path}). Use {tool}.',
  'layout.petitboot': 'This machine boots with petitboot ({path}). Use {tool}.',
  'layout.ubuntu-core': 'snapd keeps this boot configuration ({path}). Use {tool}.',
  'layout.signed-grub-config':
    'This is a signed grub.cfg ({path}: {found}): with check_signatures=enforce an edit would stop the boot. Change it by hand and sign it anew: {tool}.',
  'layout.unified-kernel-image':
    'This machine boots a unified kernel image (UKI, type 2) ({path}); its command line is part of the signed file. Use {tool}.',
  'layout.zipl': 'This machine boots with zipl ({path}). Use {tool}.',
  'layout.legacy-grub': 'This machine boots with legacy GRUB menu.lst ({path}). Use {tool}.',
  'layout.syslinux': 'This machine boots with extlinux/syslinux ({path}). Edit its configuration: {tool}.',
  'layout.isolinux':
    'This is a disc that boots with ISOLINUX. Edit the append lines of {path}, then make the image anew.',
  'layout.lilo': 'This machine boots with LILO. Edit append= in {path}, then run {tool}.',
  'layout.elilo': 'This machine boots with ELILO. Edit append= in {path}, then run {tool}.',
  'layout.yaboot': 'This machine boots with yaboot. Edit append= in {path}; on a PowerMac run {tool} then.',
  'layout.pmon':
    'This machine boots with PMON. Edit the args lines of {path}; PMON reads it at the next boot.',
  'layout.u-boot': 'This machine boots with U-Boot ({path}). Use {tool}.',
  'layout.refind': 'This machine boots with rEFInd ({path}). Edit its configuration: {tool}.',
  'layout.raspberry-pi':
    'The firmware of this Raspberry Pi reads the command line itself ({path}). Edit {tool}.',
  'layout.systemd-boot-unseen':
    'The firmware started systemd-boot, but no entries of it are to be seen; GRUB’s configuration is a leftover. Mount the EFI system partition ("bootctl" shows where), then run again.',
  'layout.several-loaders':
    'GRUB and systemd-boot are both here and it can’t be told which boots ({path}). Remove the one that is not used, or run on the machine itself.',

  ...englishProblems,
  ...englishScreens,
  ...englishTrial,
  ...englishVerification,

  'evidence.image.unreadable': 'the image could not be read far enough ({@reason}).',
  'evidence.image.parameter-listed': 'its parameter table lists {name}.',
  'evidence.image.parameter-missing':
    'its parameter tables do not have {name}, and no code of it can compare with that name.',
  'evidence.image.read-by-early-code': 'early code reads {name} by itself ({source}), and its text is there.',
  'evidence.image.text-elsewhere':
    'its parameter tables do not have {name}, but its text stands where code may compare with it ({count}: {places}).',
  'evidence.image.token-referenced': 'the handler of {name} compares with {token}.',
  'evidence.image.token-string-only':
    '{token} stands in the image, but it can’t be seen that the handler of {name} uses it.',
  'evidence.image.token-missing': 'it handles {name}, but {token} stands nowhere in it.',
  'evidence.symbols.incomplete': 'it is not whole ({@reason}), so that a missing name proves nothing.',
  'evidence.symbols.handler-listed': 'lists the handler {symbol}.',
  'evidence.symbols.handler-missing': 'whole, and without a handler {symbol}.',
  'evidence.symbols.token-listed': 'lists {symbol}, which {token} acts on.',
  'evidence.symbols.token-missing': 'whole, and without {symbol}, which {token} would act on.',
  'evidence.symbols.token-unseen': 'lists the handler {symbol}; {token} leaves no symbol to look for.',
  'evidence.symbols.module-parameter-listed': 'lists {symbol}.',
  'evidence.symbols.no-known-symbol': 'no symbol is known that would show {name}.',
  'evidence.modules.parameter-listed': 'the module {module} describes it.',
  'evidence.modules.parameter-missing': 'no module {module} with such a parameter is installed.',
  'evidence.modules.inconclusive': 'they say nothing ({@reason}).',
  'evidence.config.option-off': 'built without {option}.',
  'evidence.config.command-line-fixed': 'with {option} it reads no command line but its own.',
  'evidence.table.row': '{family} {from} to {to}: {source} ({@confidence}).',
  'evidence.table.since-2.6.25': 'cgroup_disable= is in every kernel since 2.6.25.',
  'evidence.table.no-row': 'no settled row for {release}.',

  'reason.no-kernel-image': 'it is no kernel image',
  'reason.truncated': 'it is cut off',
  'reason.no-decompressor': 'the program that unpacks it is not installed',
  'reason.no-room': 'neither /dev/shm nor the directory for temporary files has room to unpack it',
  'reason.damaged': 'it can’t be unpacked',
  'reason.too-large': 'it is larger than a kernel',
  'reason.no-banner': 'no kernel banner is in it',
  'reason.release-mismatch': 'its header and its banner name different releases',
  'reason.damaged-elf': 'its ELF headers are damaged',
  'reason.no-base-address': 'its base address was not found',
  'reason.ambiguous-base-address': 'its base address is ambiguous',
  'reason.no-setup-table': 'its parameter table was not found',
  'reason.ambiguous-setup-table': 'its parameter table is ambiguous',
  'reason.damaged-setup-table': 'its parameter table is damaged',
  'reason.no-param-table': 'the table of module parameters was not found',
  'reason.read-outside-tables': 'code takes such words apart, so that they stand nowhere whole',
  'reason.text-not-searched': 'its text was not looked for',
  'reason.name-too-short': 'a name so short may be compared without its text being there',
  'reason.handler-decides': 'only the handler knows what it takes',
  'reason.missing': 'it is not there',
  'reason.permission': 'this user may not read it',
  'reason.not-a-file': 'it is no regular file',
  'reason.not-a-directory': 'a part of its path is no directory',
  'reason.outside-root': 'it lies outside of the root',
  'reason.symlink-loop': 'its symbolic links lead in a circle',
  'reason.input-output': 'the system reports an error of the device or file system',
  'reason.no-modules': 'this kernel has no modules here',
  'reason.no-module-list': 'the list of loadable modules is missing',
  'reason.not-a-module': 'the file is no module',
  'reason.not-read': 'they were not read',
  'reason.taken-for-any-module': 'the module loader takes it for any module',
  'reason.module-alias': 'the name is an alias of another module or a dependency of one',
  'reason.param-table-unread': 'its own table of parameters could not be read',
  'reason.image-decides': 'no loadable module has it, and what is built in only the image tells',
  'reason.empty': 'it is empty',
  'reason.not-a-symbol-list': 'it is no symbol list',
  'reason.stub': 'it is Debian’s stub',
  'reason.landmark-missing': 'a landmark is missing',
  'reason.no-init-symbols': 'init symbols are missing',
  'reason.zero-addresses': 'all addresses are zero',
  'apply.locked':
    'Another bootmend is at work here ({path}, process {holder}). Wait for it and run again. Nothing was written.',
  'apply.locked-by-unknown':
    'Another program holds the lock of bootmend ({path}). Wait for it and run again ("fuser {path}" names it). Nothing was written.',
  'apply.lock-program-missing':
    'The program {program} (util-linux) is needed to lock {path}. Install it, then run again. Nothing was written.',
  'apply.package-transaction':
    'A package manager is at work (process {pid} holds {path}). Wait for it and run again. Nothing was written.',
  'apply.package-lock-file':
    'A package manager is at work, or was cut short: {path} is there. Wait for it; if none runs, remove that file and run again. Nothing was written.',
  'apply.state-not-trusted':
    '{path} is what bootmend would go by, and {@why} (user {uid}). It is not used. Run as that user; or look at it, and give it to root (chown, chmod go-w) or remove it. Nothing was written.',
  'apply.state-newer':
    '{path} was written by a newer bootmend (its version is {version}). It is left as it is. Run that bootmend. Nothing was written.',
  'apply.set-ids-used-up':
    'Backup {id} is named after the last second that there is, so that none can follow it. Move it away, then run again. Nothing was written.',
  'apply.not-boot-configuration':
    '{path} is not a file that boot configuration is kept in, under /etc/default, /etc/kernel, /boot or /efi. Put it there, then run again. Nothing was written.',
  'why.owner': 'it belongs to somebody else',
  'why.writable': 'others than its owner may write to it',
  'why.inner-link': 'a symbolic link is in its place',
  'why.link': 'a symbolic link of somebody else leads there',
  'apply.changed': '{path} changed while the plan was made. Run again to plan anew. {@files}',
  'apply.hard-linked':
    '{path} has {links} names (hard links); replacing it would split them. Make it a file of its own first (cp -p, mv). Nothing was written.',
  'apply.immutable':
    '{path} is immutable. Take the attribute off (chattr -i), then run again. Nothing was written.',
  'apply.signed':
    '{path} carries an IMA signature over its content; a change would invalidate it. Nothing was written.',
  'apply.not-writable': '{path} can’t be written by this user, {@systemCode}: {@need} Run as root. {@files}',
  'apply.attributes-lost':
    '{path}: its attributes, ACL or label can’t be kept ({detail}{program}). Install attr and acl, then run again. {@files}',
  'apply.environment-block-size':
    '{path}: a GRUB environment block keeps its size, and this change would not ({bytes} bytes). Nothing was written.',
  'apply.system-refused': '{path}: {operation} failed: {@systemCode}. {@files}',
  'apply.verification-failed': '{path}: read back, it is not what was meant ({detail}). {@files}',
  'apply.recovery-unfinished':
    'A change of {paths} that was cut short earlier (backup {setId}) could not be settled; until it is, no other is begun. Mend what stands against it, then run again.',
  'apply.recovery-left-files':
    'A change that was cut short could not be finished or undone for {paths}: they were changed since. Look at them, and at backup {setId}; then run again.',
  'apply.file-system-damaged':
    '{path} and {other} are two names for one file, as a power cut on vfat can leave them. Neither was removed. Run fsck.vfat on that file system, then bootmend again.',
  'apply.journal-damaged':
    'The record of an unfinished change was damaged ({part}) and was put aside as {path}. Look at the files and the backups, then run again.',
  'apply.interrupted': 'Interrupted. {@files}',
  'apply.unrestored': 'Not taken back yet: {paths}.',
  'apply.left-alone':
    'Not taken back: {paths}. Somebody changed them meanwhile, or their originals can’t be read. Look at them, and at backup {setId}.',
  'apply.recovered-back': 'A change that was cut short earlier was undone first ({paths}).',
  'apply.recovered-forward':
    'A change that was cut short earlier turned out complete ({paths}, backup {setId}).',
  'apply.reboot-cleanly':
    'Reboot cleanly: the file system of {path} could not be frozen, so the change may be in its journal only, which GRUB does not read. After a power cut GRUB may see the old text, or a file that it can’t read; the old file is kept beside the new one until the next boot.',
  'apply.cleanup-left': 'Something was left behind at {path}: {@systemCode}. The next run removes it.',
  'apply.retention-failed': 'Older backups could not be removed: {@systemCode}.',
  'systemCode.ENOSPC': 'no space left on the device (ENOSPC)',
  'systemCode.EDQUOT': 'the disk quota is used up (EDQUOT)',
  'systemCode.EROFS': 'the file system is read-only (EROFS)',
  'systemCode.EIO': 'an input or output error of the device (EIO)',
  'systemCode.EACCES': 'permission denied (EACCES)',
  'systemCode.EPERM': 'the operation is not permitted (EPERM)',
  'systemCode.EBUSY': 'the device or file is busy (EBUSY)',
  'systemCode.EUCLEAN': 'the file system is damaged (EUCLEAN)',
  'systemCode.ENOENT': 'no such file or directory (ENOENT)',
  'systemCode.ENOTDIR': 'not a directory (ENOTDIR)',
  'systemCode.EISDIR': 'it is a directory (EISDIR)',
  'systemCode.EEXIST': 'the file is there already (EEXIST)',
  'systemCode.ELOOP': 'too many symbolic links (ELOOP)',
  'systemCode.EMFILE': 'too many open files in this process (EMFILE)',
  'systemCode.ENFILE': 'too many open files on this machine (ENFILE)',
  'systemCode.ENOMEM': 'not enough memory (ENOMEM)',
  'systemCode.ENAMETOOLONG': 'the name is too long (ENAMETOOLONG)',
  'systemCode.EFBIG': 'the file is too large (EFBIG)',
  'systemCode.EMLINK': 'too many links (EMLINK)',
  'systemCode.ENXIO': 'no such device (ENXIO)',
  'systemCode.ENODEV': 'no such device (ENODEV)',
  'systemCode.ESTALE': 'the file handle is stale (ESTALE)',
  'systemCode.EOPNOTSUPP': 'the file system does not support it (EOPNOTSUPP)',
  'systemCode.EINVAL': 'an invalid argument (EINVAL)',
  'systemCode.ETXTBSY': 'the file is being run (ETXTBSY)',
  'systemCode.ENOTEMPTY': 'the directory is not empty (ENOTEMPTY)',
  'rollback.nothing-to-undo': 'There is nothing to undo.',
  'rollback.backup-unknown': 'There is no backup {id}. "bootmend backups" lists them.',
  'rollback.backup-damaged':
    'Backup {id} is damaged ({part}): it is not what was kept. Look at it; name another one ("bootmend backups"), or pass it over with --force. Nothing was written.',
  'rollback.backup-newer':
    'Backup {id} was written by a newer bootmend (its version is {version}). It is left as it is. Run that bootmend. Nothing was written.',
  'rollback.damaged-between':
    'Backup {id}, made after {chosen}, is damaged ({part}): what was changed then is not known. --force goes back without it. Nothing was written.',
  'rollback.backup-pruned':
    'Of backup {id} only the record is left: the first one and the last 20 keep their texts. Name one of those, or "first". Nothing was written.',
  'rollback.passed-over': 'Backup {id} is damaged and passed over: what was changed then is not taken back.',
  'rollback.backups-unreadable':
    'The backups in {path} can’t be read by this user: {@systemCode}. Run as root. Nothing was written.',
  'rollback.changed-since':
    '{path} was changed after bootmend wrote it. --words-only takes out only bootmend’s words; --force restores the whole file and loses what was changed since. Nothing was written.',
  'rollback.images-gone':
    '{path}: the older file boots kernels or initrds that are gone ({images}). --words-only takes out only bootmend’s words. Nothing was written.',
  'warning.backup-damaged': 'Backup {id} is damaged ({path}: {part}); it is left alone.',
  'warning.backup-newer':
    'Backup {id} was written by a newer bootmend (its version is {version}); it is left alone.',
  'warning.tree-of-another':
    '{path} belongs to user {uid}, who can change everything in it; what bootmend kept there is used only where it is root’s or yours.',
  'error.state-unreadable': '{path} can’t be read: {@systemCode}.',
  'warning.change-unfinished':
    'A change of {paths} was cut short (backup {setId}). The next command that writes settles it first.',
  'warning.journal-damaged':
    'The record of an unfinished change in {path} is damaged ({part}). The next command that writes puts it aside.',
  'warning.word-without-effect':
    '{word} stands on {count} boot entries and has no effect there: their kernel ignores it.',
  'warning.contradictory-words':
    '{word} stands on {count} boot entries; it contradicts cgroup_disable=memory.',
} as const;

/** One sentence for each code. */
export type Catalogue = Readonly<Record<keyof typeof english, string>>;
