import type { Catalogue } from './en.ts';
import { chineseProblems } from './problems-zh-cn.ts';
import { chineseTrial } from './trial-zh-cn.ts';

/** What bootmend says in simplified Chinese. */
export const chinese: Catalogue = {
  about: 'bootmend 修改内核启动参数：重启前先证实有效，写入前先展示改动，事后可逐字节还原。',
  'help.usage': '用法：',
  'help.command': '命令',
  'help.option': '选项',
  'help.commands': '命令：',
  'help.options': '选项：',
  'help.common-options': '所有命令通用的选项：',
  'help.more': '"bootmend help 命令" 查看某个命令的详细说明。',
  'misuse.no-command': '请给出一个命令。',
  'usage.see-help': '运行 "bootmend --help" 查看可用的命令和选项。',
  'usage.see-help-of': '运行 "bootmend help {command}" 查看它接受什么。',
  'misuse.unknown': '没有选项 {name}。',
  'misuse.unknown-near': '没有选项 {name}。是否应为 {near}？',
  'misuse.not-taken': '{command} 没有选项 {name}；它属于 {takers}。',
  'misuse.given-twice': '{name} 给出了不止一次；它只取一个值。',
  'misuse.needs-option': '没有 {other} 时，{name} 不起作用。',
  'misuse.value-missing': '{name} 后面缺少值。',
  'misuse.choices': '{name} 不能取 {given}，可用：{choices}。',
  'misuse.choices-near': '{name} 不能取 {given}。是否应为 {near}？可用：{choices}。',
  'misuse.no-such-command': '没有名为 {name} 的命令。',
  'misuse.no-such-command-near': '没有名为 {name} 的命令。是否应为 {near}？',
  'misuse.flag-value': '{name} 不带值。',
  'misuse.value-empty': '{name} 需要一个值，给出的却是空值。',
  'misuse.word-empty': '{name}：参数需要有名称。',
  'misuse.words-missing': '命令 {name} 后面缺少参数。',
  'error.remedy-of-another': '补救办法 {remedy} 用于 --problem {of}，不用于 {problem}。',
  'misuse.words-left': '{name} 后面的参数太多。',

  'command.status': '显示将启动什么、带哪些参数，以及本机是否泄漏内存',
  'command.fix': '用经证实有效且影响最小的参数止住内核内存泄漏',
  'command.set': '在内核命令行中加入参数',
  'command.unset': '从内核命令行中去掉参数',
  'command.probe': '查明每个内核是否识别某个参数',
  'command.audit': '找出没有任何程序读取的参数',
  'command.backups': '列出做过的改动，以及哪些可以撤销',
  'command.rollback': '逐字节撤销一次改动',
  'command.completion': '输出 bash、zsh 或 fish 的补全脚本',

  'about.status':
    '显示哪些文件决定下一次启动和以后安装的内核、每个启动项及其参数、每个内核是否泄漏、识别哪种补救参数以及依据是什么。不写入任何内容。',
  'about.fix':
    '逐个内核查明：它是否会随着容器的创建和销毁泄漏内存，识别哪个启动参数；然后把有效且影响最小的那个参数加入启动项，以及以后的内核据以生成启动项的文件。先以 diff 展示改动并询问，再写入。',
  'about.set':
    '让每个 WORD（NAME 或 NAME=VALUE）在内核命令行中恰好出现一次。逗号列表会合并；可以重复出现的参数（console=、rd.lvm.lv= 等）取代针对同一事物（设备、接口、大小）的那一个，并追加在其他的旁边；NAME 的其他值会被替换。参数按给出的顺序排列；--unset 在同一次更改中去掉其他参数。',
  'about.unset':
    '从内核命令行中去掉参数：给出 NAME 时去掉所有同名参数，给出 NAME=VALUE 时只去掉这一个参数，或列表中的这一项。',
  'about.probe':
    '逐个内核说明它是否识别每个 PARAMETER（NAME 或 NAME=VALUE），并给出证据。不给 PARAMETER 时，查询两种补救参数。不写入任何内容。',
  'about.audit':
    '把每个启动项的参数与该启动项的内核所接受的参数相对照，列出不起作用的参数。发现这样的参数时退出状态为 4。不写入任何内容。',
  'about.backups': '列出 bootmend 在这里做过的改动（从旧到新），以及其中哪些已经撤销。',
  'about.rollback':
    '把文件还原为某次改动之前的样子。ID 是 "bootmend backups" 列出的 id，或 "latest"（默认），或 "first"，即 bootmend 第一次写入之前的状态。',
  'about.completion':
    '输出补全脚本，可补全命令、选项及其取值。SHELL 是 bash、zsh 或 fish。bash 的用法：source <(bootmend completion bash)',

  'option.help': '显示帮助后退出',
  'option.version': '显示版本后退出',
  'option.root': '处理 DIR 下的目录树，而不是正在运行的系统',
  'option.json': '输出一个 JSON 文档',
  'option.color': '颜色：仅在终端上（auto）、总是（always）或从不（never）',
  'option.no-color': '同 --color=never',
  'option.lang': '消息的语言',
  'option.redact': '不显示可能含有机密的参数值',
  'option.quiet': '只报告出错的内容',
  'option.verbose': '显示全部证据',
  'option.dry-run': '只显示将要做的改动，不写入',
  'option.check': '与 --dry-run 合用：有改动待做时退出状态为 4',
  'option.yes': '不询问，直接写入',
  'option.problem': '要解决哪个已知问题（默认：kernel-memory-leak）',
  'option.remedy': '采用哪种补救办法',
  'option.entries': '修改哪些启动项：normal、default、all、标题、id、内核版本或映像，或 --json 中的序号',
  'option.unset': '在同一次更改中去掉此参数；可多次给出',
  'option.accept': '接受此 id 的风险，或用 "all" 接受全部；可多次给出',
  'option.plan': '只执行试运行时显示的这个方案，拒绝其他方案',
  'option.regenerate': '由系统自己的 grub-mkconfig 根据修改后的默认值文件生成 grub.cfg',
  'option.force': '在 bootmend 为安全起见会拒绝的地方继续',
  'option.words-only': '文件后来又被改过时，只去掉我们加入的参数',
  'option.list': '列出内核接受的所有参数',
  'option.kernel': '只查询这个已安装的内核',
  'option.image': '查询这个内核映像',
  'option.system-map': '查询这个 System.map',
  'option.release': '按这个版本字符串查询版本表',
  'level.info': '提示',
  'level.warning': '警告',
  'level.error': '错误',

  'label.loader': '引导加载程序',
  'label.default-entry': '默认启动项  ',
  'label.kept-by': '由系统生成  ',
  'kept-by-system': '在 {place} 中修改，然后运行 {command}',
  'kept-by-file': '在 {place} 中修改',
  'label.inactive': '不会读取    ',
  'label.next-boot': '下一次启动  ',
  'label.later-kernels': '以后的内核  ',
  'label.lines': '命令行',
  'label.line-next': '下次启动',
  'label.line-later': '以后的内核（{line}）',
  'label.line-none': '以后的内核：没有 bootmend 所知的程序生成其命令行',
  'drift.differs': '{line} 有所不同。',
  'drift.next-only': '只有下次启动有 {words}。',
  'drift.later-only': '只有以后的内核得到 {words}。',
  'label.kernels': '内核',
  'label.entries': '启动项',
  'label.choice': '选择',
  'label.remedy': '补救办法',
  'label.hazards': '风险',
  'label.nothing': '没有 bootmend 认识的文件',
  'label.changed-since': 'bootmend 写入之后的改动',
  'label.by-force': '--force 将做的改动',
  'label.running': '正在运行的内核',
  'label.no-release': '未知版本',
  'label.cost': '代价：{cost}',
  'label.read-from-image': '读取映像用时 {milliseconds} 毫秒。',
  'label.read-from-cache': '映像自上次读取后没有变化（{milliseconds} 毫秒）。',
  'column.kernel': '内核',
  'column.parameter': '参数',
  'column.verdict': '结论',
  'column.evidence': '证据',
  'column.supported': '支持',
  'column.absent': '不支持',
  'column.unknown': '未知',
  'column.conflicting': '矛盾',
  'mark.default': '（默认）',
  'mark.running': '（正在运行）',
  'mark.next': '（下一次启动）',
  'kind.recovery': '（恢复模式，不改动）',
  'kind.rescue': '（救援映像，不改动）',
  'kind.foreign': '（其他系统，不改动）',
  'kind.unknown-kernel': '（找不到内核，不改动）',
  'loader.grub2': 'GRUB 2',
  'loader.systemd-boot': 'systemd-boot',
  'role.stub': '引导存根，指向 {path}；从不修改',
  'role.menu': '生成菜单',
  'role.settings': '指定默认启动项',
  'role.saved-entry': '指定默认启动项（saved_entry）',
  'role.shared-words': '保存各启动项共用的参数（kernelopts）',
  'role.entry': '每个文件是一个启动项，参数在 options 中',
  'role.script': '含有启动项',
  'role.mkconfig': '{program} 生成菜单时使用的参数（{variable}）',
  'role.copied-entry': '新内核会复制其中的默认启动项',
  'role.kernel-install': 'kernel-install 为新内核生成启动项时使用的参数',
  'role.kernel-install-vendor': '只要 /etc/kernel/cmdline 不存在，kernel-install 就用它为新内核生成条目',
  'role.kernel-install-missing': '不存在：新内核会沿用正在运行的内核的参数；第一次改动时会创建它',
  'role.inactive': '含有启动项，但本机的固件不会读到它',
  'default.by-id': '按 id 选定：{value}（{from}）',
  'default.by-title': '按标题选定：{value}（{from}）',
  'default.by-number': '按序号选定：{value}（{from}）',
  'default.by-pattern': '按模式选定：{value}（{from}）',
  'default.by-fallback': '由 fallback={value}（{from}）选定，因为默认启动项的内核不存在',
  'default.unmatched': '第一项：{value}（{from}）不对应任何启动项',
  'default.untold': '第一项，因为没有设置默认启动项',

  'remedy.none': '不需要',
  'remedy.nokmem': 'cgroup.memory=nokmem（只关闭会泄漏的那部分记账）',
  'remedy.thp-madvise': 'transparent_hugepage=madvise（只给主动申请的程序使用大页）',
  'remedy.thp-never': 'transparent_hugepage=never（任何程序都不使用大页）',
  'remedy.disable': 'cgroup_disable=memory（关闭整个内存控制器）',

  'verdict.supported': '支持',
  'verdict.absent': '不支持：内核会忽略它，且不作任何提示',
  'verdict.unknown': '未知',
  'verdict.conflicting': '证据互相矛盾',
  'says.present': '有',
  'says.absent': '没有',
  'says.inconclusive': '无法判定',
  'source.image': '内核映像',
  'source.system-map': 'System.map',
  'source.kallsyms': 'kallsyms',
  'source.modules': '模块',
  'source.config': '内核配置',
  'source.table': '版本表',
  'source.behaviour': '运行表现',

  'exposure.exposed': '会泄漏：',
  'exposure.not-exposed': '不会泄漏：',
  'exposure.unknown': '不清楚是否泄漏：',
  'exposure.no-memory-controller': '该内核编译时没有启用内存控制器（CONFIG_MEMCG）。',
  'exposure.no-kernel-memory-accounting': '该内核编译时没有启用内核内存记账（CONFIG_MEMCG_KMEM）。',
  'exposure.leak-not-fixed': '该版本不释放已销毁 cgroup 的 slab 内存（{source}；{confidence}）。',
  'exposure.leak-partly-fixed': '该版本只释放已销毁 cgroup 的一部分 slab 内存（{source}；{confidence}）。',
  'exposure.leak-fixed': '该版本会释放已销毁 cgroup 的 slab 内存（{source}；{confidence}）。',
  'exposure.on-when-limited':
    '一旦有运行时写入 memory.kmem.limit_in_bytes（runc 就会这样做），记账便会开启。',
  'exposure.off-unless-token':
    '该厂商的内核默认不统计内核内存，除非用 cgroup.memory=kmem 打开（{source}；{confidence}）。',
  'exposure.on-by-token': '有启动项打开了这项统计（cgroup.memory=kmem）。',
  'exposure.no-config': '读不到它的编译配置。',
  'exposure.built-with': '它编译时启用了 {option}。',
  'exposure.built-without': '它编译时没有启用 {option}。',
  'affected.exposed': '存在该问题：',
  'affected.not-exposed': '不存在该问题：',
  'affected.unknown': '不清楚是否存在该问题：',
  'exposure.row-unsettled': '版本表对该版本没有定论（{source}）。',
  'exposure.no-row': '版本表中没有该版本。',

  'choice.not-exposed': '该内核不会泄漏。',
  'choice.disabled-already': '该内核的所有启动项都已关闭内存控制器。',
  'choice.nokmem-proven': '已证实该内核识别 cgroup.memory=nokmem。',
  'choice.nokmem-without-effect': 'cgroup.memory=nokmem 在这里不起任何作用：内核没有处理它的函数。',
  'choice.nokmem-not-proven': '无法证实该内核识别 cgroup.memory=nokmem。',
  'choice.disable-without-effect': 'cgroup_disable=memory 在这里不起任何作用：内核没有处理它的函数。',
  'choice.disable-not-proven': '无法证实该内核识别 cgroup_disable=memory。',
  'choice.disable-proven': '已证实 cgroup_disable=memory 有效。',
  'affected.needs-nothing': '该内核不会给没有申请的程序使用大页。',
  'choice.huge-pages-off-already': '该内核的所有启动项都已关闭大页。',
  'choice.thp-madvise-proven': '已证实该内核接受 transparent_hugepage=。',
  'choice.thp-madvise-without-effect': 'transparent_hugepage= 在这里不起作用：没有程序读取它。',
  'choice.thp-madvise-not-proven': '无法证实该内核接受 transparent_hugepage=。',
  'choice.thp-never-proven': '已证实该内核接受 transparent_hugepage=never。',
  'choice.thp-never-without-effect': 'transparent_hugepage=never 在这里不起作用：没有程序读取它。',
  'choice.thp-never-not-proven': '无法证实该内核接受 transparent_hugepage=never。',
  'choice.requested': '这是您指定的。',
  'choice.requested-unproven': '这是您指定的；无法证实它有效。',
  'choice.requested-without-effect': '这是您指定的；已证实该内核会忽略它。',

  'refusal.exposure-unknown':
    '{release}：不清楚该内核是否泄漏。可以先不作改动，观察一段时间（bootmend status），或作出决定：{ways}',
  'affected.undecided': '{release}：不清楚该内核是否存在该问题。请作出决定：{ways}',
  'refusal.command-line-fixed':
    '{release}：该内核编译时固定了命令行（CONFIG_CMDLINE_OVERRIDE 或 CONFIG_CMDLINE_FORCE），不读取其他来源。请把参数写进 CONFIG_CMDLINE 后重新编译。没有写入任何内容。',
  'refusal.hazard-not-accepted':
    '{release}：只有 cgroup_disable=memory 被证实有效，但存在以下阻碍：{hazards}。没有写入任何内容。若仍要继续：{ways}',
  'refusal.no-proven-remedy': '{release}：没有任何补救办法被证实对该内核有效。请作出决定：{ways}',
  'refusal.no-remedy-at-all':
    '{release}：已证实该内核会忽略所有补救参数。没有写入任何内容；只有更换内核才有用。',
  'refusal.remedy-too-hard':
    '{release}：该内核的泄漏已大部分修复，而唯一有效的补救办法会取消所有内存限制，因此不会自动选用。没有写入任何内容。若需要：{ways}',
  'refusal.remedy-without-effect':
    '{release}：已证实该内核会忽略这种补救参数。没有写入任何内容；如仍要写入，请加 --force。',

  'warning.shared-line-serves-unexposed':
    '多个内核共用的命令行会加入会泄漏的内核所需的参数；其他内核也会读到它。',
  'warning.shared-line-serves-default-only':
    '没有对所有内核都有效的参数；多个内核共用的命令行采用默认内核的参数。',

  'hazard-note': '提示：{id}：',
  'hazard-accepted': '已接受：{id}：',
  'hazard-blocks': '有风险阻止：{id}：',
  'hazard.kubelet': '这里运行着 kubelet（{path}）；没有内存控制器它就无法启动。',
  'hazard.docker-memory-limits': '有容器设置了内存限制（{path}：{setting}）；该限制将失效。',
  'hazard.unit-memory-limits': '有单元设置了内存限制（{path}：{setting}）；该限制将失效。',
  'hazard.k3s': '这里运行着 k3s 节点（{path}）；没有内存控制器，它启动后即退出。',
  'hazard.rke2': '这里运行着 RKE2 节点（{path}）；没有内存控制器，它启动后即退出。',
  'hazard.openshift-node': '这里运行着 OpenShift 3 节点（{path}）；没有内存控制器，它无法启动。',
  'hazard.mesos-agent': 'Mesos 代理启用了内存隔离（{path}：{setting}）；没有内存控制器，它无法启动。',
  'hazard.slurm': 'Slurm 限制作业的内存（{path}：{setting}）；没有内存控制器，slurmd 会失败。',
  'hazard.yarn': 'YARN 用内存控制器限制容器（{path}）；没有它，NodeManager 会失败。',
  'hazard.nomad': '这里运行着 Nomad 客户端（{path}）；任务会失去内存限制，或无法启动。',
  'hazard.libvirt-memtune': '有虚拟机设置了内存限制（{path}：{setting}）；没有内存控制器，它无法启动。',
  'hazard.lxc-memory-limits':
    '有 LXC 容器设置了内存限制（{path}：{setting}）；它会无法启动，或不受限制地运行。',
  'hazard.container-memory-limits': '有容器设置了内存限制（{path}：{setting}）；该限制将不再有效。',
  'hazard.running-memory-limits': '有正在运行的组设置了内存限制（{path}：{setting}）；该限制将不再有效。',
  'hazard.memory-limits-off': '容器和单元的所有内存限制都将失效。',
  'hazard.kernel-memory-uncounted': '容器的内存限制将不再计入内核内存。',
  'hazard.huge-pages-on-request': '受益于大页、但没有主动申请（madvise）的程序将不再使用大页。',
  'hazard.huge-pages-off': '任何程序都不再使用大页，包括主动申请的程序。',
  'hazard.tpm-sealed-disk':
    '有磁盘由 TPM 根据度量启动的结果解锁（{path}：{setting}）；下一次启动会要求输入密码。',
  'hazard.secure-boot': '安全启动（Secure Boot）已开启；它不检查这些文件，因此改动后仍能启动。',

  'word.without-effect': '{word} 不起作用：该内核会忽略它（{from}）',
  'word.suggestion': '是否想写 {suggestion}？',
  'word.known': '{word}（{from}）',
  'word.unknown': '{word}：不清楚是否有程序读取它（{from}）',

  'backup.made': '备份 {id} 位于 {path}。可用 "{command}" 撤销。',
  'backup.none': '没有备份：bootmend 没有在这里做过任何改动。',
  'backup.undone': '已由 {by} 撤销',
  'backup.apply': '改动',
  'backup.rollback': '回滚',

  'outcome.unchanged': '无需改动。',
  'outcome.planned': '没有写入任何内容。',
  'outcome.plan': '方案 {id}；只执行这一方案：--yes --plan {id}',
  'outcome.applied': '完成。下次重启后生效。',
  'outcome.refused': '已拒绝；没有写入任何内容。',
  'outcome.failed-restored': '失败；所有文件都与之前相同。',
  'unrestored.refused': '已拒绝；本次改动没有开始。先前的改动留下了与之前不同的文件：{paths}',
  'unrestored.failed-restored': '失败；与之前不同的文件：{paths}',
  'need.directory': '需要在该目录中创建文件。',
  'need.owner': '只有其属主才能替换它并保持属主不变。',
  'need.group': '只有其属组的成员才能替换它并保持属组不变。',
  'need.change': '系统不允许。',
  'files.nothing-written': '没有写入任何内容。',
  'files.as-before': '所有文件都与之前相同。',
  'files.not-as-before': '有文件没有恢复。',
  'files.tried-again': '下一个要写入的命令会再次尝试。',

  'ask.apply': '写入这些改动吗？',
  'ask.settle': '现在处理它吗？',
  'error.needs-yes': '没有可以询问的终端。加 --yes 再次运行即可写入，用 --dry-run 则只查看。',
  'error.declined': '您选择了“否”。',
  'error.interrupted': '已中断；所有文件都与之前相同。',
  'ask.remedy.exposure-unknown':
    '{release}：不清楚该内核是否泄漏。要采用哪种补救办法？（none：不作改动，先观察）',
  'ask.remedy.remedy-too-hard':
    '{release}：泄漏已大部分修复，而唯一有效的补救办法会取消所有内存限制。要采用哪一种？（none：不作改动，先观察）',

  'ask.affected': '{release}：不清楚该内核是否存在该问题。要采用哪种补救办法？（none：不作改动）',
  'note.measure-first':
    '没有作任何改动。请连续几天观察 /proc/meminfo 中的 SUnreclaim：如果它随着每个退出的容器增长，该内核就在泄漏。',
  'note.left-alone.normal': '未选中，保持不变：{titles}。',
  'note.left-alone.recovery': '恢复模式启动项，保持不变：{titles}。',
  'note.left-alone.rescue': '救援启动项，保持不变：{titles}。',
  'note.left-alone.foreign': '属于其他系统，保持不变：{titles}。',
  'note.left-alone.unknown-kernel': '无法识别其内核，保持不变：{titles}。',
  'note.line-of-several-entries': '{path}:{line} 生成多个条目，只编辑一次即对全部生效：{titles}。',
  'note.unset-nowhere': '{word} 不在任何地方：已查看 {count} 个条目的命令行以及 {places}。',
  'note.unset-near': '与 {word} 相近的是 {near}。',
  'note.console-device': '有多个控制台时，最后一个 {device} 成为 /dev/console。',
  'unseen.config-not-evaluated': '无法得知此命令会运行或读取什么',
  'unseen.config-unreadable': '此文件不存在',
  'unseen.config-unknown': '此文件所在的位置无法从这里读取，或者它不是可读的 GRUB 脚本',
  'unseen.environment-unknown': '此环境块所在的位置无法从这里读取',
  'unseen.recursion-too-deep': '此处的命令嵌套过深，GRUB 会在这里停下',
  'unseen.default-leads-elsewhere': '将要启动的启动项会转到此配置，而此配置不会被继续读取',
  'unseen.default-unknown': '它指的是哪个启动项只有 GRUB 运行时才知道，因此把第一项当作默认启动项',
  'unseen.word-unknown': '内核会得到什么来代替这个单词，只有 GRUB 运行时才知道',
  'warning.menu-unseen': '{path}:{line}:{column}：{found}：{@unseen}。',
  'warning.menu-entries-unseen':
    '{path}:{line}:{column}：{found}：{@unseen}。这里可能缺少启动项，因此不会编辑任何内容。',
  'warning.later-unknown':
    '{from}：此处给以后内核的命令行带来什么，只有运行 grub-mkconfig 时才知道（{@unknown}）。',
  'warning.later-line-cut':
    '{from}：GRUB 在此结束以后内核的命令行（{line}）；其后的内容丢失：{found}。请同时为 GRUB 加引号。',
  'warning.entry-made-by-program':
    '{title} 由 {path} 这个程序生成：下次运行 grub-mkconfig 会重新决定它得到哪些参数。',
  'note.modules-not-read': '只读取了映像：可加载模块的参数不在其中。',
  'note.kernel-cmdline-made':
    '将根据 {model} 的参数创建 {path}：没有它，新内核会沿用正在运行的内核启动时的参数。',
  'warning.entry-shares-words':
    '{title} 不在修改之列，但它与其他启动项共用参数（kernelopts），因此也会随之改变。',
  'warning.default-entry-not-meant':
    '新内核的启动项从默认启动项复制而来，而默认启动项保持不变：以后安装的内核不会得到这些参数。',
  'warning.later-kernels-not-covered': '只修改现有的启动项；以后安装的内核不会得到这些参数。',
  'warning.space-for-rollback':
    '{path} 所在的文件系统快满了（剩余 {freeBytes} 字节）。写满之后，"bootmend rollback" 不会改动那里的文件并会说明原因，直到腾出一些空间。',
  'warning.regenerate-more':
    '{program} 在 grub.cfg 中改动的不只是这些参数，还有其来源中尚未生效的内容：请查看差异。',
  'warning.regenerate-entry-came': '新的 grub.cfg 会增加启动项：{title}',
  'warning.regenerate-entry-went': '新的 grub.cfg 会去掉启动项：{title}',
  'warning.regenerate-entry-words': '新的 grub.cfg 还会改变 {title} 的其他参数：{words}',
  'warning.several-configs': '无法判断固件读取哪个 grub.cfg；所有 grub.cfg 都会修改。',
  'warning.word-not-proven': '{release}：无法证实该内核识别 {word}。',

  'ignored.does-nothing': '它的处理函数已不再做任何事（{source}）。',
  'ignored.rejected': '该内核不接受这个值（{source}）。',
  'error.value-does-nothing':
    '{release}：{word} 不会起作用：它的处理函数已不再做任何事（{source}）。没有写入任何内容；如仍要写入，请加 --force。',
  'error.value-rejected':
    '{release}：{word} 不会起作用：该内核不接受这个值（{source}）。没有写入任何内容；如仍要写入，请加 --force。',
  'audit.contradicts': '{title}：{word} 与 {other} 同时存在时不起作用。',
  'audit.needs': '{title}：没有 {needs}，{word} 不起作用。',
  'warning.contradicts': '{word} 与 {other} 同时存在时不起作用。',
  'warning.needs': '没有 {needs}，{word} 不起作用。',
  'audit.nothing-found': '每个参数都有程序读取：共 {total} 个，全部已判断。',
  'audit.some-not-judged': '没有发现不起作用的参数；共 {total} 个参数，其中 {unknown} 个无法判断。',
  'audit.found': '共 {total} 个参数，其中 {none} 个不起作用，{unknown} 个无法判断。',
  'audit.line-too-long': '{title}：命令行超长 {excess} 字节；最后 {count} 个参数到不了内核。',
  'audit.too-many-variables':
    '{title}：有 {count} 个带值的参数不归内核的任何处理函数；达到 32 个时内核会 panic（"Too many boot env vars"）。',
  'audit.perhaps-too-many-variables':
    '{title}：可能有多达 {count} 个带值的参数不归内核的任何处理函数；达到 32 个时内核会 panic（"Too many boot env vars"）。',
  'audit.too-many-arguments':
    '{title}：有 {count} 个不带值的参数不归内核的任何处理函数；达到 33 个时内核会 panic（"Too many boot init vars"）。',
  'audit.last-wins': '{title}：{name} 出现多次；以最后一个为准（{word}）。',
  'audit.first-wins': '{title}：{name} 出现多次；以第一个为准（{word}）。',
  'audit.given-again': '{title}：{name} 以不同的值出现 {count} 次；以哪个为准由其处理函数决定。',
  'audit.later-word-without-effect': '以后的内核，{line}：{word} 无人读取（{from}）。',
  'audit.console-device': '{title}：{count} 个控制台中，最后一个 {device} 成为 /dev/console。',

  'error.unexpected':
    '发生了不该发生的情况：{detail}。设置 BOOTMEND_DEBUG=1 后再次运行可看到出错位置；请报告此问题。',
  'error.perhaps-written':
    '不清楚是否写入了内容。"bootmend status" 会指出被中断的改动；下一个要写入的命令会先处理它。',
  'error.no-proc':
    '没有挂载 /proc，而 bootmend 靠它来固定目录。请挂载它（mount -t proc proc /proc），然后再次运行。没有写入任何内容。',
  'error.no-root': '{path} 不是可以进入的目录。',
  'error.config-missing':
    '没有找到引导加载程序的配置：{path} 不存在。请用 --root 指定正确的目录树，或先挂载 /boot。没有写入任何内容。',
  'error.config-empty':
    '{path} 是空文件。请用 grub2-mkconfig 或 update-grub 重新生成，然后再次运行。没有写入任何内容。',
  'error.no-entries': '{path} 中没有启动 Linux 的启动项。没有写入任何内容。',
  'error.menu-entries-unseen':
    '{path}:{line}:{column}：{found}：{@unseen}，因此看到的启动项可能不全。请在此处改用直接写出的启动项，然后再次运行。没有写入任何内容。',
  'error.config-not-parsed':
    '{path}:{line}:{column}: {@problem}；此处内容：{found}。请修正该文件（可借助 "grub-script-check {path}"），然后再次运行。没有写入任何内容。',
  'error.unreadable.missing': '{path} 不存在。没有写入任何内容。',
  'error.unreadable.not-a-file': '{path} 不是普通文件。请换成普通文件，然后再次运行。没有写入任何内容。',
  'error.unreadable.not-a-directory': '{path} 的某一级不是目录。没有写入任何内容。',
  'error.unreadable.permission': '当前用户无权读取 {path}（EACCES）。请以 root 身份运行。没有写入任何内容。',
  'error.unreadable.outside-root': '{path} 指向根目录之外。没有在那里读取，也没有写入任何内容。',
  'error.unreadable.symlink-loop': '{path}：符号链接成环（ELOOP）。没有写入任何内容。',
  'error.unreadable.too-large': '{path} 大得超出此类文件应有的大小（docs/limits.md）。没有写入任何内容。',
  'error.unreadable.too-many':
    '{path} 中的文件多得超出此类目录应有的数量（docs/limits.md）。请删除不需要的文件，然后重新运行。没有写入任何内容。',
  'error.unreadable.input-output': '无法读取 {path}：系统报告设备或文件系统出错。没有写入任何内容。',
  'error.defaults-missing':
    '/etc/default/grub 不存在，新内核或重新生成的 grub.cfg 会丢掉这些参数。请创建该文件（只写一行注释即可），然后再次运行。没有写入任何内容。',
  'error.defaults-empty': '{path} 是空文件。请恢复其内容，或至少写一行注释，然后再次运行。没有写入任何内容。',
  'error.defaults-not-parsed':
    '{path}:{line}:{column}: {@problem}；此处内容：{found}。请修正该文件（可借助 "sh -n {path}"），然后再次运行。没有写入任何内容。',
  'error.kernel-cmdline-not-parsed':
    '{path}:{line}:{column}: {@problem}；此处内容：{found}。请删去该行，然后再次运行。没有写入任何内容。',
  'error.boot-not-mounted':
    '/etc/fstab 中列出了 {path}（{source}），但它没有挂载；那里现在的内容并不是启动时所用的。请先挂载（mount {path}），然后再次运行。没有写入任何内容。',
  'error.environment-block-full':
    '{path}：GRUB 环境块固定为 1024 字节，不能增大；剩余 {freeBytes} 字节，本次改动还缺 {neededBytes} 字节。请先去掉一些参数，或用 --entries 只修改个别启动项。没有写入任何内容。',
  'error.hazard-not-accepted': '有风险阻止本次改动：{id}。请用 --accept {id} 接受。没有写入任何内容。',
  'error.regenerate-no-grub':
    '--regenerate 用于 GRUB 的 grub.cfg，而这里由另一个引导程序启动。请去掉该选项。',
  'error.regenerate-several-configs':
    '无法判断固件读取多个 grub.cfg 中的哪一个，因此不会重新生成。请去掉 --regenerate：所有 grub.cfg 都会被修改。',
  'error.regenerate-needs-root':
    '--regenerate 要在系统的根目录中运行它自己的 grub-mkconfig，只有 root 可以这样做。请用 sudo 运行，或去掉该选项。',
  'error.regenerate-no-program':
    '没有安装生成 grub.cfg 的程序（{programs}）。请去掉 --regenerate：将直接修改 grub.cfg。',
  'error.regenerate-writes-more':
    '{program} 在这里改写的不只是 grub.cfg，还会用默认值文件改写所有启动项的参数。请去掉 --regenerate：所有起决定作用的文件都会被修改。',
  'error.regenerate-no-sandbox':
    '该目录树中的 {program} 会以本机 root 的全部权限运行：此处无法将其隔离（{detail}）。什么都没有运行。请安装 bubblewrap 和 capsh（libcap），或不加 --regenerate；如果信任该目录树可以支配本机，请加 --force。',
  'error.regenerate-mapped-disk':
    '该目录树位于 {detail}，这是设备映射器的磁盘（LVM、LUKS、多路径），{program} 只有以本机 root 的全部权限才能查看它。什么都没有运行。请不加 --regenerate；如果信任该目录树可以支配本机，请加 --force。',
  'error.regenerate-failed':
    '{program} 失败：{detail}。没有写入任何内容。请解决它报告的问题，或去掉 --regenerate。',
  'error.regenerate-not-parsed':
    '将要生成的 grub.cfg 有问题：{path}:{line}:{column}：{@problem}：{found}。没有写入任何内容。',
  'error.regenerate-goal-missed':
    '将要生成的 grub.cfg 没有给启动项计划的参数：{title}。它由默认值文件以外的内容决定。没有写入任何内容；请去掉 --regenerate。',
  'error.regenerate-no-entry':
    '将要生成的 grub.cfg 中没有所指的启动项（{which}）。没有写入任何内容；请去掉 --regenerate。',
  'error.regenerate-root-words':
    '将要生成的 grub.cfg 挂载根文件系统的方式与现有启动项都不同：{title}：{words}。没有写入任何内容。在 chroot 中看到的磁盘可能不是该主机的；请去掉 --regenerate，或加上 --force。',
  'error.regenerate-other-default':
    '使用将要生成的 grub.cfg 时会启动另一个启动项：{after}，而不是 {before}。没有写入任何内容。请去掉 --regenerate，或加上 --force。',
  'error.mounted-read-only':
    '{path} 位于 {point}，后者以只读方式挂载（EROFS）。请改为可写（mount -o remount,rw {point}），然后再次运行。没有写入任何内容。',
  'error.next-boot-recovery':
    '下次启动的启动项 {title} 用于恢复模式，不会得到这些参数。要一并修改，请用 --entries all；只修改它，请用 --entries {selector}。没有写入任何内容。',
  'error.next-boot-rescue':
    '下次启动的启动项 {title} 是救援启动项，不会得到这些参数。要一并修改，请用 --entries all；只修改它，请用 --entries {selector}。没有写入任何内容。',
  'error.next-boot-foreign':
    '下次启动的启动项 {title} 属于其他系统，不会得到这些参数。请在那个系统中修改，或先把本系统的启动项设为默认。没有写入任何内容。',
  'error.next-boot-unknown-kernel':
    '下次启动的启动项 {title} 不会得到这些参数：无法识别它的内核 {image}。请修复该映像，或先把其他启动项设为默认。没有写入任何内容。',
  'error.kept-by-system':
    '{system} 根据 {place} 生成引导配置，直接改文件会丢失。请在那里修改，然后运行 {command}。没有写入任何内容。',
  'error.kept-by-file': '{system} 的参数保存在 {place} 中。请在那里修改，下次启动时生效。没有写入任何内容。',
  'error.other-plan':
    '这不是方案 {agreed}：此后文件或内核有变化，或给出的参数不同。现在的方案是 {id}。请先用 --dry-run 查看，再用 --plan {id} 运行。没有写入任何内容。',
  'error.menus-disagree':
    '{path} 由两份 GRUB 配置共用，而两者需要写入不同的参数。请移除不用的那份配置，然后再次运行。没有写入任何内容。',
  'error.line-not-editable':
    '{path}:{line}:{column}: {@problem}；此处内容：{found}。请手工修改该处，然后再次运行。没有写入任何内容。',
  'error.line-too-long':
    '{path}:{line}: 命令行将比引导加载程序所能传递的长度多出 {excess} 字节，末尾的参数会被丢掉且没有任何提示。请先去掉一些参数。没有写入任何内容。',
  'error.guarded-words':
    '本次改动涉及用来查找或解锁根文件系统的参数（{words}）。确定无误的话，请加 --force。没有写入任何内容。',
  'error.line-of-several-entries':
    '{path}:{line}：这一行生成多个条目，它们需要不同的参数：{titles}。请让每个条目各有一行，或选中全部条目，然后再次运行。未写入任何内容。',
  'error.later-line-keeps-word':
    '{from}：下一个内核或下次运行 grub-mkconfig（{line}）时，{word} 会从这里回来。请手动在那里去掉，或用 --entries default 只更改现有条目。未写入任何内容。',
  'error.later-line-cut':
    '{from}：GRUB 在此结束以后内核的命令行（{line}），其后的 {words} 会丢失：{found}。请同时为 GRUB 给该值加引号，然后再次运行。未写入任何内容。',
  'error.later-line-lacks-word':
    '以后内核的命令行（{line}）不会恰好有一个 {words}。请手动更改该文件，或用 --entries default 只更改现有条目。未写入任何内容。',
  'error.later-line-unknown':
    '{from}：下一个内核或下次运行 grub-mkconfig（{line}）时，{word} 可能从这里回来：{@unknown}。请手动在那里去掉，或用 --entries default 只更改现有条目。未写入任何内容。',
  'error.later-line-would-change':
    '以后内核的命令行（{line}）会有意料之外的变化：{found}。请手动更改该文件。未写入任何内容。',
  'error.word-with-blanks':
    '这可以有两种含义：{asWords}（多个参数），或 {asValue}（一个带空格的值）。请写出所要的那一种。未写入任何内容。',
  'unknown.command': '由命令决定',
  'unknown.command-substitution': '命令的输出',
  'unknown.arithmetic': '算术运算',
  'unknown.condition': '由条件决定',
  'unknown.loop': '由循环决定',
  'unknown.environment': '环境变量',
  'unknown.source': '由另一个文件决定',
  'unknown.eval': '由 eval 决定',
  'unknown.array': '数组',
  'unknown.special-parameter': 'shell 的特殊参数',
  'unknown.pattern': '由模式决定',
  'unknown.quoting': '各 shell 读法不同的引用',
  'unknown.word-splitting': 'shell 会拆分该值',
  'unknown.too-long': '该值过长，无法跟踪',
  'unknown.running-kernel': '由届时运行的内核决定',
  'unknown.terminal': 'grub-mkconfig 不认识此终端，会就此结束',
  'error.menu-would-change':
    '{path}：改动后重新读取，得到的菜单不是预期的（{found}）。这是 bootmend 的缺陷，请报告。没有写入任何内容。',
  'error.no-such-entry':
    '没有标题、id 或内核为 {which} 的启动项。"bootmend status" 会列出所有启动项。没有写入任何内容。',
  'error.no-such-entry-near': '没有标题、id 或内核为 {which} 的启动项。是否应为 {near}？没有写入任何内容。',
  'error.word-without-effect':
    '{release}：该内核会忽略 {word}，且不作任何提示。没有写入任何内容；如仍要写入，请加 --force。',
  'warning.forced-without-effect':
    '{release}：该内核会忽略 {word}，且不作任何提示；由于 --force，该参数仍列入更改。',
  'warning.forced-command-line-fixed':
    '{release}：该内核编译时固定了命令行（CONFIG_CMDLINE_OVERRIDE 或 CONFIG_CMDLINE_FORCE），不读取其他来源。由于 --force，这些参数仍列入更改。',
  'error.no-such-shell': '没有 {shell} 的补全脚本；可用的有：{shells}。',
  'warning.image-misnamed': '{path} 自称版本为 {release}，与文件名不符。',
  'error.kernel-and-file':
    '请用 --kernel 指定已安装的内核，或用 --image、--system-map 和 --release 指定文件或版本，二者不能并用。',
  'error.no-kernels': '在 /boot 和 /usr/lib/modules 下没有找到内核映像。',
  'error.no-such-kernel': '这里没有安装内核 {release}。',
  'error.file-unreadable': '{detail}',
  'error.no-parameter-list': '{release}：无法读取映像，因此列不出它的参数。',

  'layout.container': '这是容器，或没有自己的引导加载程序的客户机（{path}）。请改为修改宿主机的命令行。',
  'layout.no-kernel': '这里没有内核（{path}）；这个目录树无法启动。',
  'layout.live-media': '这是 Live 系统（{path}）：改动在重启后会丢失。',
  'layout.overlay-root': '根文件系统是 overlay（{path}）：改动写不到磁盘上。',
  'layout.ostree': '这是 ostree 或 bootc 系统（{path}）。请使用 {tool}：对文件的修改会在下一次部署时消失。',
  'layout.proxmox-boot-tool':
    'Proxmox 会把命令行复制到各 EFI 分区（{path}）。请编辑 /etc/kernel/cmdline（使用 GRUB 时编辑 /etc/default/grub），然后运行 {tool}。',
  'layout.vyos':
    'VyOS 根据自己的配置生成启动项（{path}：{found}）。请在配置模式下使用 {tool}，然后执行 commit 和 save。',
  'layout.zfsbootmenu':
    '本机由 ZFSBootMenu 启动（{path}），参数来自根数据集的属性。请使用 {tool}="参数" 数据集，下次启动时生效。',
  'layout.kernelstub': '命令行由 kernelstub 管理（{path}）。请使用 {tool}。',
  'layout.petitboot': '本机由 petitboot 启动（{path}）。请使用 {tool}。',
  'layout.ubuntu-core': '启动配置由 snapd 管理（{path}）。请使用 {tool}。',
  'layout.signed-grub-config':
    '这是带签名的 grub.cfg（{path}：{found}）：在 check_signatures=enforce 之下，修改会使系统无法启动。请手工修改并重新签名：{tool}。',
  'layout.unified-kernel-image':
    '本机由统一内核映像（UKI，type 2）启动（{path}）；命令行是签名文件的一部分。请使用 {tool}。',
  'layout.zipl': '本机由 zipl 启动（{path}）。请使用 {tool}。',
  'layout.legacy-grub': '本机由 GRUB Legacy（menu.lst）启动（{path}）。请使用 {tool}。',
  'layout.syslinux': '本机由 extlinux/syslinux 启动（{path}）。请修改它的配置：{tool}。',
  'layout.isolinux': '这是由 ISOLINUX 启动的光盘。请编辑 {path} 的 append 行，然后重新制作映像。',
  'layout.lilo': '本机由 LILO 启动。请编辑 {path} 中的 append=，然后运行 {tool}。',
  'layout.elilo': '本机由 ELILO 启动。请编辑 {path} 中的 append=，然后运行 {tool}。',
  'layout.yaboot': '本机由 yaboot 启动。请编辑 {path} 中的 append=；在 PowerMac 上随后运行 {tool}。',
  'layout.pmon': '本机由 PMON 启动。请编辑 {path} 的 args 行，下次启动时生效。',
  'layout.u-boot': '本机由 U-Boot 启动（{path}）。请使用 {tool}。',
  'layout.refind': '本机由 rEFInd 启动（{path}）。请修改它的配置：{tool}。',
  'layout.raspberry-pi': '这台树莓派的固件自己读取命令行（{path}）。请编辑 {tool}。',
  'layout.systemd-boot-unseen':
    '固件启动的是 systemd-boot，但看不到它的启动项；GRUB 的配置是遗留文件。请挂载 EFI 系统分区（“bootctl” 会显示其位置），然后重新运行。',
  'layout.several-loaders':
    '这里同时有 GRUB 和 systemd-boot，无法判断由哪个启动（{path}）。请移除不用的那个，或在机器本身上运行。',

  ...chineseProblems,
  ...chineseTrial,

  'evidence.image.unreadable': '映像只读懂了一部分（{@reason}）。',
  'evidence.image.parameter-listed': '它的参数表中有 {name}。',
  'evidence.image.parameter-missing': '它的参数表中没有 {name}，它的代码也没有任何一处能与这个名字比较。',
  'evidence.image.read-by-early-code': '启动早期的代码会自行读取 {name}（{source}），其文本也在映像中。',
  'evidence.image.text-elsewhere':
    '它的参数表中没有 {name}，但这个名字的文本出现在代码可能与之比较的位置（{count} 处：{places}）。',
  'evidence.image.token-referenced': '{name} 的处理函数会与 {token} 比较。',
  'evidence.image.token-string-only': '映像中有 {token}，但看不出 {name} 的处理函数用到了它。',
  'evidence.image.token-missing': '它处理 {name}，但其中没有 {token}。',
  'evidence.symbols.incomplete': '列表不完整（{@reason}），因此缺少某个名称不能说明问题。',
  'evidence.symbols.handler-listed': '其中有处理函数 {symbol}。',
  'evidence.symbols.handler-missing': '列表完整，其中没有处理函数 {symbol}。',
  'evidence.symbols.token-listed': '其中有 {token} 所作用的 {symbol}。',
  'evidence.symbols.token-missing': '列表完整，其中没有 {token} 应当作用的 {symbol}。',
  'evidence.symbols.token-unseen': '其中有处理函数 {symbol}；{token} 没有可供查找的符号。',
  'evidence.symbols.module-parameter-listed': '其中有 {symbol}。',
  'evidence.symbols.no-known-symbol': '没有已知的符号能说明 {name}。',
  'evidence.modules.parameter-listed': '模块 {module} 中有它的说明。',
  'evidence.modules.parameter-missing': '没有安装带有这个参数的模块 {module}。',
  'evidence.modules.inconclusive': '模块说明不了什么（{@reason}）。',
  'evidence.config.option-off': '编译时没有启用 {option}。',
  'evidence.config.command-line-fixed': '由于 {option}，它只使用自带的命令行。',
  'evidence.table.row': '{family} {from} 至 {to}：{source}（{confidence}）。',
  'evidence.table.since-2.6.25': '自 2.6.25 起的所有内核都有 cgroup_disable=。',
  'evidence.table.no-row': '其中没有 {release} 的定论。',

  'reason.no-kernel-image': '它不是内核映像',
  'reason.truncated': '文件被截断',
  'reason.no-decompressor': '没有安装解压它的程序',
  'reason.no-room': '/dev/shm 和临时目录都没有空间来解压它',
  'reason.damaged': '无法解压',
  'reason.too-large': '它比内核还大',
  'reason.no-banner': '其中没有内核的版本横幅',
  'reason.release-mismatch': '文件头和版本横幅中的版本不同',
  'reason.damaged-elf': 'ELF 头已损坏',
  'reason.no-base-address': '没有找到基地址',
  'reason.ambiguous-base-address': '基地址不唯一',
  'reason.no-setup-table': '没有找到参数表',
  'reason.ambiguous-setup-table': '参数表不唯一',
  'reason.damaged-setup-table': '参数表已损坏',
  'reason.no-param-table': '没有找到模块参数表',
  'reason.read-outside-tables': '代码会把这类参数拆开来读，完整的名字不会出现在映像中',
  'reason.text-not-searched': '没有查找过它的文本',
  'reason.name-too-short': '这么短的名字可能不以文本形式就被比较',
  'reason.handler-decides': '接受什么值只有处理函数知道',
  'reason.missing': '它不存在',
  'reason.permission': '当前用户无权读取',
  'reason.not-a-file': '它不是普通文件',
  'reason.not-a-directory': '路径的某一级不是目录',
  'reason.outside-root': '它位于根目录之外',
  'reason.symlink-loop': '符号链接成环',
  'reason.input-output': '系统报告设备或文件系统出错',
  'reason.no-modules': '这里没有该内核的模块',
  'reason.no-module-list': '缺少可加载模块的列表',
  'reason.not-a-module': '该文件不是模块',
  'reason.not-read': '没有读取模块',
  'reason.taken-for-any-module': '模块加载器对任何模块都接受它',
  'reason.module-alias': '这个名字是另一个模块的别名，或是某个模块的依赖',
  'reason.param-table-unread': '读不出它自己的参数表',
  'reason.image-decides': '没有可加载模块带有它，而内置的部分只有映像知道',
  'reason.empty': '它是空文件',
  'reason.not-a-symbol-list': '它不是符号列表',
  'reason.stub': '它是 Debian 的占位文件',
  'reason.landmark-missing': '缺少标志性符号',
  'reason.no-init-symbols': '缺少 init 段的符号',
  'reason.zero-addresses': '所有地址都是零',
  'apply.locked':
    '另一个 bootmend 正在这里运行（{path}，进程 {holder}）。请等它结束后再次运行。没有写入任何内容。',
  'apply.locked-by-unknown':
    '另一个程序持有 bootmend 的锁（{path}）。请等它结束后再次运行（"fuser {path}" 可查出是哪个程序）。没有写入任何内容。',
  'apply.lock-program-missing':
    '锁定 {path} 需要程序 {program}（util-linux）。请先安装，然后再次运行。没有写入任何内容。',
  'apply.package-transaction':
    '软件包管理器正在运行（进程 {pid} 持有 {path}）。请等它结束后再次运行。没有写入任何内容。',
  'apply.package-lock-file':
    '软件包管理器正在工作，或曾被中断：{path} 存在。请等它结束；如果没有在运行，请删除该文件，然后再次运行。没有写入任何内容。',
  'apply.state-not-trusted':
    '{path} 是 bootmend 要依据的内容，但{@why}（用户 {uid}）。因此不会使用它。请以该用户身份运行；或检查之后把它交给 root（chown，chmod go-w），或者删除它。没有写入任何内容。',
  'apply.state-newer':
    '{path} 由更新版本的 bootmend 写入（其版本为 {version}）。它保持原样。请使用那个版本的 bootmend。没有写入任何内容。',
  'apply.set-ids-used-up':
    '备份 {id} 以可能的最后一秒命名，之后不能再有备份。请把它移走，然后再次运行。没有写入任何内容。',
  'apply.not-boot-configuration':
    '{path} 不是存放引导配置的文件（这些文件位于 /etc/default、/etc/kernel、/boot 或 /efi 之下）。请把它放到那里，然后再次运行。没有写入任何内容。',
  'why.owner': '它属于别人',
  'why.writable': '除所有者之外，其他人也可以写入它',
  'why.inner-link': '它的位置上是一个符号链接',
  'why.link': '通向它的符号链接属于别人',
  'apply.changed': '制定计划期间 {path} 发生了变化。请再次运行以重新制定计划。{@files}',
  'apply.hard-linked':
    '{path} 有 {links} 个名称（硬链接）；替换它会使它们不再是同一个文件。请先让它成为独立的文件（cp -p、mv）。没有写入任何内容。',
  'apply.immutable': '{path} 带有不可变属性。请先去掉（chattr -i），然后再次运行。没有写入任何内容。',
  'apply.signed': '{path} 的内容带有 IMA 签名；修改会使签名失效。没有写入任何内容。',
  'apply.not-writable': '当前用户无法写入 {path}，{@systemCode}：{@need}请以 root 身份运行。{@files}',
  'apply.attributes-lost':
    '{path}：无法保留它的扩展属性、ACL 或安全标签（{detail}{program}）。请安装 attr 和 acl，然后再次运行。{@files}',
  'apply.environment-block-size':
    '{path}：GRUB 环境块的大小必须不变，而本次改动会改变它（{bytes} 字节）。没有写入任何内容。',
  'apply.system-refused': '{path}：{operation} 失败：{@systemCode}。{@files}',
  'apply.verification-failed': '{path}：读回的内容不是预期的（{detail}）。{@files}',
  'apply.recovery-unfinished':
    '先前中断的对 {paths} 的改动（备份 {setId}）未能处理完；在此之前不会开始其他改动。请排除障碍，然后再次运行。',
  'apply.recovery-left-files':
    '先前中断的改动无法对 {paths} 完成或撤销：这些文件后来又被改过。请检查这些文件和备份 {setId}，然后再次运行。',
  'apply.file-system-damaged':
    '{path} 和 {other} 是同一个文件的两个名字，vfat 断电后可能会这样。两个名称都没有删除。请对该文件系统运行 fsck.vfat，然后再次运行 bootmend。',
  'apply.journal-damaged':
    '未完成改动的记录已损坏（{part}），已移到 {path}。请检查相关文件和备份，然后再次运行。',
  'apply.interrupted': '已中断。{@files}',
  'apply.unrestored': '尚未恢复：{paths}。',
  'apply.left-alone':
    '没有恢复：{paths}。这些文件当时又被改过，或者读不到原来的内容。请检查这些文件和备份 {setId}。',
  'apply.recovered-back': '已先撤销了先前中断的改动（{paths}）。',
  'apply.recovered-forward': '先前中断的改动其实已经完成（{paths}，备份 {setId}）。',
  'apply.reboot-cleanly':
    '请正常重启：{path} 所在的文件系统无法冻结，改动可能还只在它的日志中，而 GRUB 不读日志。如果断电，GRUB 看到的可能是旧内容，也可能是无法读取的文件；旧文件会保留在新文件旁边，直到下次启动。',
  'apply.cleanup-left': '{path} 处留有残余文件：{@systemCode}。下次运行会清除。',
  'apply.retention-failed': '无法删除较旧的备份：{@systemCode}。',
  'systemCode.ENOSPC': '设备上没有剩余空间（ENOSPC）',
  'systemCode.EDQUOT': '磁盘配额已用完（EDQUOT）',
  'systemCode.EROFS': '文件系统为只读（EROFS）',
  'systemCode.EIO': '设备输入输出错误（EIO）',
  'systemCode.EACCES': '权限不足（EACCES）',
  'systemCode.EPERM': '不允许该操作（EPERM）',
  'systemCode.EBUSY': '设备或文件正忙（EBUSY）',
  'systemCode.EUCLEAN': '文件系统已损坏（EUCLEAN）',
  'systemCode.ENOENT': '没有该文件或目录（ENOENT）',
  'systemCode.ENOTDIR': '不是目录（ENOTDIR）',
  'systemCode.EISDIR': '是一个目录（EISDIR）',
  'systemCode.EEXIST': '文件已存在（EEXIST）',
  'systemCode.ELOOP': '符号链接层数过多（ELOOP）',
  'systemCode.EMFILE': '本进程打开的文件过多（EMFILE）',
  'systemCode.ENFILE': '本机打开的文件过多（ENFILE）',
  'systemCode.ENOMEM': '内存不足（ENOMEM）',
  'systemCode.ENAMETOOLONG': '名称过长（ENAMETOOLONG）',
  'systemCode.EFBIG': '文件过大（EFBIG）',
  'systemCode.EMLINK': '链接过多（EMLINK）',
  'systemCode.ENXIO': '没有该设备（ENXIO）',
  'systemCode.ENODEV': '没有该设备（ENODEV）',
  'systemCode.ESTALE': '文件句柄已失效（ESTALE）',
  'systemCode.EOPNOTSUPP': '文件系统不支持该操作（EOPNOTSUPP）',
  'systemCode.EINVAL': '参数无效（EINVAL）',
  'systemCode.ETXTBSY': '文件正在运行（ETXTBSY）',
  'systemCode.ENOTEMPTY': '目录非空（ENOTEMPTY）',
  'rollback.nothing-to-undo': '没有可以撤销的改动。',
  'rollback.backup-unknown': '没有备份 {id}。"bootmend backups" 会列出所有备份。',
  'rollback.backup-damaged':
    '备份 {id} 已损坏（{part}）：内容与当初保存的不符。请检查它；也可以指定另一个备份（"bootmend backups"），或用 --force 跳过它。没有写入任何内容。',
  'rollback.backup-newer':
    '备份 {id} 由更新版本的 bootmend 写入（其版本为 {version}）。它保持原样。请使用那个版本的 bootmend。没有写入任何内容。',
  'rollback.damaged-between':
    '在 {chosen} 之后的备份 {id} 已损坏（{part}）：无法得知当时改动了什么。--force 会跳过它继续撤销。没有写入任何内容。',
  'rollback.backup-pruned':
    '备份 {id} 只剩下记录：只有第一个和最近 20 个备份保留内容。请指定其中之一，或 "first"。没有写入任何内容。',
  'rollback.passed-over': '备份 {id} 已损坏，已跳过：当时的改动不会撤销。',
  'rollback.backups-unreadable':
    '当前用户无法读取 {path} 中的备份：{@systemCode}。请以 root 身份运行。没有写入任何内容。',
  'rollback.changed-since':
    '{path} 在 bootmend 写入之后又被改过。--words-only 只去掉 bootmend 加入的参数；--force 还原整个文件，此后的修改会丢失。没有写入任何内容。',
  'rollback.images-gone':
    '{path}：旧文件启动的内核或 initrd 已经不存在（{images}）。--words-only 只去掉 bootmend 加入的参数。没有写入任何内容。',
  'warning.backup-damaged': '备份 {id} 已损坏（{path}：{part}）；不会动它。',
  'error.state-unreadable': '无法读取 {path}：{@systemCode}。',
  'warning.backup-newer': '备份 {id} 由更新版本的 bootmend 写入（其版本为 {version}）；它保持原样。',
  'warning.tree-of-another':
    '{path} 属于用户 {uid}，该用户可以更改其中的一切；bootmend 在那里保存的内容，只有属于 root 或您自己时才会使用。',
  'warning.change-unfinished': '对 {paths} 的改动曾被中断（备份 {setId}）。下一个要写入的命令会先处理它。',
  'warning.journal-damaged': '{path} 中未完成改动的记录已损坏（{part}）。下一个要写入的命令会把它移开。',
  'warning.word-without-effect': '{word} 出现在 {count} 个启动项中，但不起作用：它们的内核会忽略它。',
  'warning.contradictory-words':
    '{word} 出现在 {count} 个启动项中；它与 cgroup_disable=memory 矛盾，以后者为准。',
};
