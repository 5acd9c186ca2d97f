import type * as English from './man-page-prose.ts';

/** What `man-page-prose.ts` says, in Chinese. */

export const TITLES: typeof English.TITLES = {
  section: '系统管理',
  name: '名称',
  synopsis: '概要',
  description: '描述',
  commands: '命令',
  remedies: '修复方案',
  options: '选项',
  commonOptions: '所有命令的选项',
  ownOptions: '单个命令的选项',
  exitStatus: '退出状态',
  files: '文件',
  environment: '环境变量',
  examples: '示例',
  seeAlso: '参见',
  optionsOf: '选项：',
  stop: '。',
  // A line without blanks can't be adjusted to both margins.
  setup: '.ad l\n',
};

export const PURPOSE = '更改内核启动参数，并事先证实改动有效';

export const DESCRIPTION: readonly string[] = [
  '内核没有处理函数的参数会被忽略，而且不作任何提示。bootmend 从每个已安装的内核（映像、System.map、kallsyms、编译配置和版本表）中读出它识别哪些参数，并给出依据。无法判断时会如实说明。',
  '改动涉及决定下次启动的每个文件，以及以后内核的启动项由之生成的文件。改动以统一格式的差异显示，您同意之后才写入。写入前保存原件，`rollback` 可以逐字节恢复。中途断电或被终止时，每个文件要么是旧的要么是新的；下一个写入命令会先完成或撤销中断的改动。',
  '救援、恢复启动项和其他系统的启动项保持不变。不能理解的内容会被拒绝，并指出文件、行、列和处理办法，此时没有写入任何内容。经证实会被内核忽略的参数，以及用来查找或解锁根文件系统的参数，只有加上 `--force` 才会改动。',
  '没有终端时不会询问；除非给出 `--yes`，也不会写入。',
];

export const CHOICE = '`fix` 在以下方案中选择，也可以用 `--remedy` 指定。不泄漏的内核都不需要。';

export const REMEDIES: typeof English.REMEDIES = [
  {
    term: 'cgroup.memory=nokmem',
    description: '只关闭会泄漏的内核内存记账。内核经证实识别它时选用。',
  },
  {
    term: 'cgroup_disable=memory',
    description:
      '关闭整个内存控制器，所有内存限制随之失效。只有它经证实有效、并且没有风险（如 kubelet 或设有内存限制的容器）时选用；`--accept` 接受风险。',
  },
];

export const EXIT_STATUS: typeof English.EXIT_STATUS = {
  done: '已完成，或无需处理。试运行也是如此，除非给出 `--check`。',
  failed:
    '系统拒绝（空间不足、只读文件系统、输入输出错误），或 bootmend 出错。所有文件与之前相同；未能恢复的文件会列出，下一个写入命令会再次尝试。',
  usage: '用法错误。',
  refused:
    '拒绝：需要由人决定。没有写入任何内容，或已经撤回。消息会说明原因和处理办法：无法确定是否支持、风险未被接受、文件在备份之后有改动、不能理解启动配置，或当前用户无权写入。',
  found: '`verify` 或 `audit` 发现不起作用的参数，或 `--dry-run --check` 发现有改动待做。',
  pending: '`verify`：尚待重启。参数已写入下次启动的命令行，但不在正在运行的命令行上。',
  interrupted: '已中断。所有文件与之前相同，否则会列出。',
};

export const FILES: typeof English.FILES = [
  {
    term: '/etc/default/grub, /etc/default/grub.d/*.cfg',
    description: 'grub-mkconfig 生成的 grub.cfg 中的参数。在系统会读取它们的地方修改。',
  },
  {
    term: '/boot/grub/grub.cfg, /boot/grub2/grub.cfg, EFI/VENDOR/grub.cfg',
    description: '启动菜单。由固件和系统决定使用哪一个；`status` 会指出。',
  },
  {
    term: 'loader/entries/*.conf',
    description: 'Boot Loader Specification 的启动项，在 /boot 或 EFI 系统分区中。',
  },
  { term: 'grubenv', description: 'grub.cfg 旁的环境块。启动项通过它共用参数（kernelopts）时会被修改。' },
  {
    term: '/etc/kernel/cmdline',
    description:
      'kernel-install 为新内核生成的启动项中的参数。如果系统否则会采用正在运行的内核的参数，则会新建。',
  },
  {
    term: 'custom.cfg, ~a-bootmend-trial.conf',
    description:
      '试启动的启动项：菜单会引入 grub.cfg 旁的 custom.cfg 时在其中，否则在 grub.cfg 中，或是单独的启动项文件。由 grubenv 中的 `next_entry` 指定启动一次。',
  },
  {
    term: '/etc/systemd/system/bootmend-confirm.service',
    description:
      '由 `confirm --at-boot` 安装，旁边还有 multi-user.target.d/bootmend-confirm.conf。运行之后两者都会删除。',
  },
  {
    term: '/var/lib/bootmend',
    description: '锁、日志和备份（backups/ID），仅所有者可读。保留第一个和最近 20 个备份。',
  },
  {
    term: '/var/cache/bootmend, ~/.cache/bootmend',
    description: '从内核映像读出的内容：前者供 root 在本机使用，后者供其他所有情况。可以随时删除。',
  },
];

export const ENVIRONMENT: typeof English.ENVIRONMENT = [
  {
    term: 'LC_ALL, LC_MESSAGES, LANG',
    description: '消息的语言：第一个有值的变量以 zh 开头时为中文，否则为英文。`--lang` 优先。',
  },
  {
    term: 'NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR',
    description:
      'NO_COLOR 有值时不使用颜色；否则 FORCE_COLOR 或 CLICOLOR_FORCE 有值且不为 0 时使用颜色；否则 CLICOLOR 为 0 时不使用颜色。`--color` 优先。',
  },
  { term: 'TERM', description: '值为 "dumb" 时不使用颜色。' },
  { term: 'XDG_CACHE_HOME', description: '代替 ~/.cache。' },
  {
    term: 'PATH',
    description: '在其中查找系统的程序，之后还在 /usr/sbin、/usr/bin、/sbin 和 /bin 中查找。',
  },
  { term: 'BOOTMEND_DEBUG', description: '有值时，意外的错误会连同调用栈一起显示。' },
];

export const EXAMPLES: typeof English.EXAMPLES = [
  { description: '查看下次启动哪个内核、使用哪些参数，以及是否存在内存泄漏：', term: 'bootmend status' },
  { description: '先查看改动，再写入：', term: 'bootmend fix --dry-run\nbootmend fix' },
  {
    description: '在脚本中查问是否有改动待做：退出状态 4 表示有。',
    term: 'bootmend fix --dry-run --check --json',
  },
  {
    description: '在挂载的镜像中加入和去掉参数：',
    term: 'bootmend set --root /mnt console=ttyS0,115200 mitigations=auto\nbootmend unset --root /mnt rhgb',
  },
  {
    description: '查问一个没有安装在本机的内核：',
    term: 'bootmend probe --release 3.10.0-1160.el7.x86_64 cgroup.memory=nokmem',
  },
  {
    description: '试启动一次，机器正常启动后再保留这些参数：',
    term: 'bootmend set mitigations=auto --trial\nreboot\nbootmend confirm',
  },
  { description: '撤销上一次改动：', term: 'bootmend rollback' },
];

export { SEE_ALSO } from './man-page-prose.ts';
