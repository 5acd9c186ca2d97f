import type { englishTrial } from './trial-en.ts';

/** What is said about words that are booted once, in simplified Chinese. */
export const chineseTrial: Readonly<Record<keyof typeof englishTrial, string>> = {
  'option.trial': '只用这些词启动一次；之后由 “bootmend confirm” 决定保留',
  'kind.trial': '（试启动，只启动一次）',
  'note.left-alone.trial': '试启动的启动项，保持不变：{titles}。',
  'error.next-boot-trial':
    '下次启动的是一次试启动：{title}。请先重启并确认（bootmend confirm），或撤销它（bootmend rollback），然后重新运行。未写入任何内容。',
  'error.trial-there':
    '已经有一次试启动：{title}。请确认它（bootmend confirm），或撤销它（bootmend rollback），然后重新运行。未写入任何内容。',
  'error.trial-regenerate': '--trial 不改动永久文件，而 --regenerate 会重新生成其中之一：二者只能选其一。',
  'error.trial-several-configs':
    '无法判断实际读取的是哪一个配置：{paths}，因此不知道该在何处请求只启动一次。未写入任何内容；请去掉 --trial。',
  'error.trial-other-entry': '试启动针对下次启动的启动项 {title}，而它不在所选之列。未写入任何内容。',
  'error.trial-no-environment':
    '{path} 不加载环境块（grubenv），因此无法让 GRUB 只启动一次。如果只是缺少该文件：在 grub.cfg 旁运行 grub-editenv 文件 create（grub2-editenv）。未写入任何内容。',
  'error.trial-block-read-only':
    'GRUB 能读取 {path} 但不能写入：它位于 {source}（{fileSystem}），试启动会一再重复。未写入任何内容；请去掉 --trial。',
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
  'note.trial-once':
    '试启动：{title} 只启动一次，使用 {line}。永久文件保持不变；在 “bootmend confirm” 之前的任何重启都使用原来的词。',
  'note.trial-next': '请重启，确认一切正常，然后保留这些词：{command}',
};
