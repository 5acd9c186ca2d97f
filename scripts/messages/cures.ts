import type { MessageCode } from '../../src/report/messages/sentence.ts';

/** What to do, in English and in Chinese. */
export type Cure = readonly [english: string, chinese: string];

/** What to do about a message that says only what is the matter. */
export const CURES: Partial<Readonly<Record<MessageCode, Cure>>> = {
  'error.remedy-of-another': [
    'Name the problem that the remedy is for, or another remedy.',
    '指定该修复方案所针对的问题，或改用其他方案。',
  ],
  'warning.shared-line-serves-unexposed': [
    'Nothing, where the other kernels may read the word, too; else --entries KERNEL.',
    '如果其他内核读到该参数也无妨，则无需处理；否则用 --entries 指定内核。',
  ],
  'warning.shared-line-serves-default-only': [
    'Look at the other kernels with "bootmend status"; remove those that are not needed.',
    '用 "bootmend status" 查看其他内核，卸载不需要的内核。',
  ],
  'warning.word-comes-back': [
    'Leave the change in place, or run "bootmend fix" after the rollback.',
    '保留该改动，或在回滚后运行 "bootmend fix"。',
  ],
  'error.interrupted': ['Run again when you are ready.', '准备好后重新运行。'],
  'warning.later-unknown': [
    'Look at that place, and at the lines after the next kernel with "bootmend status".',
    '查看该处；安装下一个内核后用 "bootmend status" 核对命令行。',
  ],
  'warning.entry-made-by-program': ['Put the words into that program as well.', '把参数也写进该程序。'],
  'warning.entry-shares-words': [
    'Nothing, or take the shared words out of that entry by hand.',
    '无需处理；或手工为该启动项去掉共用的参数。',
  ],
  'warning.default-entry-not-meant': [
    'Mean the default entry as well: --entries normal.',
    '把默认启动项也包括进来：--entries normal。',
  ],
  'warning.later-kernels-not-covered': [
    'Leave --entries out, so that later kernels get the words.',
    '去掉 --entries，以后安装的内核才会带上这些参数。',
  ],
  'warning.several-configs': [
    'Remove the configuration that the firmware does not read.',
    '删除固件不读取的那份配置。',
  ],
  'warning.word-not-proven': [
    'Ask "bootmend probe" for the evidence; after the reboot see whether it took effect.',
    '用 "bootmend probe" 查看依据；重启后确认是否生效。',
  ],
  'warning.contradicts': ['Take one of the two out.', '去掉两者之一。'],
  'warning.needs': ['Add the other word, or leave this one out.', '加上另一个参数，或去掉这一个。'],
  'warning.conflicts': ['Take one of the two out.', '去掉两者之一。'],
  'warning.unpaired': ['Put the other word behind it.', '在其后加上另一个参数。'],
  'audit.some-not-judged': ['Nothing; -v names them.', '无需处理；-v 会列出这些参数。'],
  'audit.found': [
    'Take them out with "bootmend unset", or correct their spelling.',
    '用 "bootmend unset" 去掉，或改正拼写。',
  ],
  'audit.line-too-long': ['Take words away until the line fits.', '去掉一些参数，直到命令行放得下。'],
  'audit.perhaps-too-many-variables': ['Take out words that no program reads.', '去掉没有程序读取的参数。'],
  'audit.later-word-without-effect': ['Take it out of that file.', '从该文件中去掉它。'],
  'audit.console-device': ['Put the console that init is to use last.', '把 init 要使用的控制台放在最后。'],
  'error.no-root': [
    'Mount the tree, or correct the path behind --root.',
    '挂载该目录树，或改正 --root 后面的路径。',
  ],
  'error.no-entries': [
    'Name the right tree, mount /boot, or make the configuration anew.',
    '指定正确的目录树、挂载 /boot，或重新生成配置。',
  ],
  'error.unreadable.missing': [
    'Put the file back, or mount what holds it.',
    '恢复该文件，或挂载它所在的文件系统。',
  ],
  'error.unreadable.not-a-directory': ['Put a directory in the place of what is there.', '把该处换成目录。'],
  'error.unreadable.outside-root': [
    'Correct the link, or name the tree that it leads to.',
    '改正该链接，或指定它所指向的目录树。',
  ],
  'error.unreadable.symlink-loop': ['Correct the links.', '改正这些链接。'],
  'error.unreadable.too-large': [
    'Look at what fills it; make it anew.',
    '查看其内容为何过大；重新生成该文件。',
  ],
  'error.unreadable.input-output': [
    'Look at "dmesg" and check the file system.',
    '查看 "dmesg" 并检查文件系统。',
  ],
  'warning.image-misnamed': [
    'Go by what the image says; packages may have been mixed up.',
    '以映像自身的版本为准；软件包可能弄混了。',
  ],
  'error.no-kernels': [
    'Name the right tree with --root, or a file with --image.',
    '用 --root 指定正确的目录树，或用 --image 指定文件。',
  ],
  'error.no-such-kernel': [
    'Without --kernel all that are installed are listed.',
    '不加 --kernel 会列出所有已安装的内核。',
  ],
  'error.file-unreadable': [
    'Correct the path, or run as a user who may read it.',
    '改正路径，或以可以读取该文件的用户运行。',
  ],
  'error.no-parameter-list': [
    'Ask about single parameters: "bootmend probe NAME".',
    '逐个查询参数："bootmend probe NAME"。',
  ],
  'error.trial-other-entry': [
    'Leave --entries out, or make that entry the default first.',
    '去掉 --entries，或先把该启动项设为默认。',
  ],
  'apply.signed': ['Edit and sign the file where it comes from.', '在该文件的来源处修改并签名。'],
  'apply.environment-block-size': ['Take words away first.', '先去掉一些参数。'],
  'apply.verification-failed': [
    'Look at the disk and the file system; then run again.',
    '检查磁盘和文件系统，然后重新运行。',
  ],
  'apply.interrupted': ['Run again when you are ready.', '准备好后重新运行。'],
  'apply.unrestored': ['Run any command that writes: it tries again.', '运行任一写入命令：它会再次尝试。'],
  'rollback.nothing-to-undo': ['Nothing.', '无需处理。'],
  'rollback.passed-over': ['Look at the files that it names.', '查看其中列出的文件。'],
  'warning.backup-damaged': ['Move it away once nothing in it is needed.', '确认不再需要其内容后把它移走。'],
  'warning.backup-newer': ['Run that bootmend to undo it.', '用那个版本的 bootmend 撤销它。'],
  'warning.tree-of-another': [
    'Copy the tree so that it is yours, or trust that user.',
    '复制一份归自己所有的目录树，或信任该用户。',
  ],
  'error.state-unreadable': [
    'Run as root; if it is no directory, move it away.',
    '以 root 身份运行；如果它不是目录，把它移走。',
  ],
  'warning.word-without-effect': [
    'Run "bootmend fix", which replaces it by one that works.',
    '运行 "bootmend fix"，它会换成有效的参数。',
  ],
  'warning.contradictory-words': ['Take it out: bootmend unset WORD.', '去掉它：bootmend unset WORD。'],
};

/** What to do about the messages of a family that say no more, by the beginning of their codes. */
export const FAMILY_CURES: Readonly<Record<string, Cure>> = {
  misuse: ['Correct the command line: "bootmend help COMMAND".', '改正命令行："bootmend help COMMAND"。'],
  note: ['Nothing; it is worth knowing.', '无需处理，供参考。'],
  audit: ['Take the word out, or correct it.', '去掉或改正该参数。'],
  warning: ['Decide with it in mind.', '请在决定时考虑到这一点。'],
  apply: ['Nothing; it is worth knowing.', '无需处理，供参考。'],
  error: ['Change what it names, then run again.', '改正其中指出的问题后重新运行。'],
  remote: [
    'Mend that ("ssh HOST true" helps), then run again.',
    '排除该问题（可试 "ssh HOST true"）后重新运行。',
  ],
  refusal: ['Decide, and run again with what you decided.', '作出决定后带上相应选项重新运行。'],
  rollback: ['Name another backup: "bootmend backups".', '指定其他备份："bootmend backups"。'],
};
