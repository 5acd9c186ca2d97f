import type { englishTrial } from './trial-en.ts';

/** What is said about words that are booted once, in simplified Chinese. */
export const chineseTrial: Readonly<Record<keyof typeof englishTrial, string>> = {
  'command.confirm': '保留一次启动正常的试启动所用的词',
  'about.confirm':
    '在用 --trial 重启之后：做出 fix、set 或 unset 本来会立即做出的改动，并移除试启动的启动项。如果试启动尚未启动，以 5 退出；如果之后启动的是别的，以 4 退出。加上 --at-boot 则安装一个 systemd 单元，在下次启动完成后执行此操作，之后自行移除。',
  'option.at-boot': '安装一个 systemd 单元，在下次启动完成后确认',
  'option.check-command': '仅当此命令（由 sh 运行）成功时才确认',
  'option.trial': '只用这些词启动一次；之后由 “bootmend confirm” 决定保留',
  'kind.trial': '（试启动，只启动一次）',
  'note.left-alone.trial': '试启动的启动项，保持不变：{titles}。',
  'error.next-boot-trial':
    '下次启动的是一次试启动：{title}。请先重启并确认（bootmend confirm），或撤销它（bootmend rollback），然后重新运行。未写入任何内容。',
  'error.trial-there':
    '已经有一次试启动：{title}。请确认它（bootmend confirm），或撤销它（bootmend rollback），然后重新运行。未写入任何内容。',
  'error.trial-regenerate': '--trial 不改动永久文件，而 --regenerate 会重新生成其中之一。二者只能选其一。',
  'error.trial-several-configs':
    '无法判断实际读取的是哪一个配置，因此不知道该在何处请求只启动一次：{paths}。未写入任何内容；请去掉 --trial。',
  'error.trial-other-entry': '试启动针对下次启动的启动项 {title}，而它不在所选之列。未写入任何内容。',
  'error.trial-no-environment':
    '{path} 不加载环境块（grubenv），因此无法让 GRUB 只启动一次。如果只是缺少该文件：在 grub.cfg 旁运行 grub-editenv 文件 create（grub2-editenv）。未写入任何内容。',
  'error.trial-block-read-only':
    'GRUB 能读取 {path} 但不能写入（{source} 上的 {fileSystem}），试启动会一再重复。未写入任何内容；请去掉 --trial。',
  'error.trial-block-device-unknown':
    '不知道 {path} 位于什么设备上，因此也不知道 GRUB 能否写入；如果不能，试启动会一再重复。未写入任何内容；请去掉 --trial。',
  'error.trial-once-already':
    '已经指定另一个启动项启动一次：{title}（{path} 中的 next_entry）。请先重启，或取消它：grub-editenv {path} unset next_entry。未写入任何内容。',
  'error.trial-next-entry-ignored':
    '{path} 不会启动 next_entry 指定的启动项，因此无法只启动一次。未写入任何内容；请去掉 --trial。',
  'error.trial-next-entry-kept':
    '{path} 不能保证在启动前清除 next_entry（save_env next_entry），试启动会一再重复。未写入任何内容；请去掉 --trial。',
  'error.trial-entry-saves':
    '{path}:{line}：启动该启动项会把 {name} 写入环境块，可能使它再次启动。未写入任何内容；请去掉 --trial。',
  'error.trial-entry-not-copied':
    '{path}:{line}：要启动的启动项 {title} 不是包含其全部词的单个命令块，无法复制。未写入任何内容；请去掉 --trial。',
  'error.trial-menu-would-change':
    '加入试启动的启动项后，{path} 的菜单还会有其他变化：{found}。未写入任何内容；请去掉 --trial。',
  'error.trial-loader':
    '{loader} 要通过固件变量请求只启动一次，bootmend 不写这种变量。未写入任何内容；请去掉 --trial。',
  'error.trial-none': '没有可以确认的试启动。请用 --trial（fix、set、unset）来试。未写入任何内容。',
  'error.trial-not-seen':
    '这里读不到 /proc/cmdline，因此不知道试启动是否已经启动。请在该机器上运行。未写入任何内容。',
  'error.trial-pending': '试启动尚未启动。请重启，然后重新运行。未写入任何内容。',
  'error.trial-failed':
    '试启动已结束，它的词没有保留，也不在当前的命令行上：机器已用原来的词重新启动。要从菜单中移除试启动的启动项：{command}',
  'error.trial-without-effect':
    '试启动正在运行，但其内核不理会 {words}，这些词没有保留。下次重启将使用原来的词；要撤销试启动：{command}',
  'error.trial-check-failed':
    '检查命令失败（退出状态 {status}）：这些词没有保留，下次重启将使用原来的词。请排除问题后再次确认，或撤销试启动：{command}',
  'error.trial-check-root':
    '检查命令只在正在运行的系统上运行，不用于 --root。请去掉它，或在该系统上运行。未写入任何内容。',
  'error.trial-plan-changed':
    '自试启动以来文件已改变，要保留它的词需要另一项改动。如果同意所示的改动：{command}',
  'warning.trial-plan-changed': '自试启动以来文件已改变：这不是当时计划的改动。',
  'error.trial-at-boot-root':
    '--at-boot 安装的单元会运行本程序，因此不用于 --root。请在该系统上运行。未写入任何内容。',
  'error.trial-at-boot-no-systemd':
    '此系统没有运行 --at-boot 所需的 systemd。请在重启后自行运行 bootmend confirm。未写入任何内容。',
  'error.trial-at-boot-late':
    '--at-boot 用于尚未启动的试启动；这一次已经结束或正在运行。请不带此选项运行 bootmend confirm。未写入任何内容。',
  'note.trial-kept-already': '试启动的词已经保留。',
  'trial-outcome.kept': '完成。这些词已保留：今后每次启动都会带上。',
  'trial-outcome.at-boot':
    '完成。下次启动完成后，bootmend-confirm.service 会保留这些词，或不保留。结果见：journalctl -b -u bootmend-confirm',
  'trial-outcome.left': '这些词没有保留。只移除了本应保留它们的单元。',
  'note.trial-state-pending': '有一次试启动尚未启动：{words}。请重启，然后：{command}',
  'warning.trial-state-booted': '本次启动是试启动：{words}。任何重启都会使用原来的词，除非：{command}',
  'warning.trial-state-failed': '一次试启动已结束，未带上它的词：{words}。要从菜单中移除其启动项：{command}',
  'backup.trial.pending': '（试启动，尚未启动）',
  'backup.trial.booted': '（试启动，正在运行）',
  'backup.trial.failed': '（试启动，未保留）',
  'backup.trial.confirmed': '（试启动，已保留）',
  'note.trial-once':
    '试启动：{title} 只启动一次，使用 {line}。永久文件保持不变；在 “bootmend confirm” 之前的任何重启都使用原来的词。',
  'note.trial-next': '请重启，确认一切正常，然后保留这些词：{command}',
};
