import type { ByteRange } from './address-space.ts';
import { textPlaces } from './text-places.ts';

/** A parameter's name and the file offset where it stands, NUL behind it and, but for the first of a section, in front of it. */
export interface KnownString {
  readonly name: string;
  readonly offset: number;
}

/**
 * Names that nearly every kernel since 3.10 has in .init.setup, on every architecture (init/, kernel/ and mm/ register
 * them). A table is taken for the real one by how many of these it holds.
 */
export const knownSetupNames: ReadonlySet<string> = new Set(
  `rdinit= init= loglevel quiet debug reset_devices rootdelay= rootfstype= rootflags= rootwait root= rw ro lpj=
  noinitrd retain_initrd coredump_filter= oops reserve= reboot= relax_domain_level= isolcpus= console=
  no_console_suspend ignore_loglevel log_buf_len irqpoll irqfixup noirqdebug threadirqs profile= highres= nohz=
  ntp_tick_adj= clocksource= clock= maxcpus nr_cpus nosmp cgroup_disable= audit= norandmaps percpu_alloc hashdist=`.split(
    /\s+/,
  ),
);

/** The same for section __param. */
export const knownParamNames: ReadonlySet<string> = new Set(
  `panic pause_on_oops initcall_debug nomodule consoleblank crash_kexec_post_notifiers printk.time
  printk.ignore_loglevel printk.console_suspend printk.always_kmsg_dump spurious.irqfixup spurious.noirqdebug
  rcupdate.rcu_expedited rcupdate.rcu_cpu_stall_timeout rcutree.blimit rcutree.qhimark rcutree.qlowmark
  block.events_dfl_poll_msecs sysrq.reset_seq keyboard.brl_timeout vt.color vt.default_utf8 vt.underline
  tcp_cubic.beta tcp_cubic.hystart ipv6.disable workqueue.power_efficient`.split(/\s+/),
);

const windowBytes = 0x10000;
const mostAnchors = 8;
/** So many names stand together only where the kernel's own code has them. */
const enoughNames = 30;

/**
 * Where those names stand in an unpacked kernel; a name may stand in several places.
 *
 * The names of `__setup` and `early_param` are arrays in one section (`__setup_str_*`, include/linux/init.h), so they lie
 * close to `rdinit=`, and one search of the image is enough for all.
 */
export function findKnownStrings(bytes: Buffer): readonly KnownString[] {
  const names = new Map<number, string>();
  let anchors = 0;
  for (const at of textPlaces(bytes, 'rdinit=\0')) {
    anchors += 1;
    if (anchors > mostAnchors) break;
    const start = Math.max(0, at - windowBytes);
    const window = bytes.subarray(start, at + windowBytes);
    for (const name of knownSetupNames) {
      for (const place of textPlaces(window, `${name}\0`)) {
        if (place === 0 || window[place - 1] === 0) names.set(start + place, name);
      }
    }
    if (names.size >= enoughNames) break;
  }
  return Array.from(names, ([offset, name]) => ({ name, offset }));
}

/** The strings and so many bytes on both sides; empty where there are none. Neither end need lie within the image. */
export function rangeAround(strings: readonly KnownString[], bytes: number): ByteRange {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const { offset } of strings) {
    start = Math.min(start, Math.max(0, offset - bytes));
    end = Math.max(end, offset + bytes);
  }
  return { start, end };
}
