/** The two files that the machine changes together, each with the number of the change in it. */
export const CONFIG = '/boot/grub2/grub.cfg';
export const DEFAULTS = '/etc/default/grub';

/**
 * Longer than a block and a vfat cluster, and bootable by itself. A machine that is emulated on a busy host may miss the
 * ticks by which the kernel checks its timer, and would panic (`no_timer_check`).
 */
export function configText(turn: number): string {
  const entry = `menuentry 'turn ${turn}' {
  linux /vmlinuz console=ttyS0 panic=-1 quiet no_timer_check turn=${turn}
  initrd /initrd.img
}
`;
  const padding = `# ${'-'.repeat(78)}\n`.repeat(120);
  return `set timeout=0\n${padding}${entry}# end of turn ${turn}\n`;
}

export function defaultsText(turn: number): string {
  return `GRUB_TIMEOUT=0\nGRUB_CMDLINE_LINUX="turn=${turn}"\n`;
}

/** The turn of a text that is whole, undefined for any other text. */
export function turnOf(text: string, textOf: (turn: number) => string): number | undefined {
  const turn = Number(/turn=(\d+)/.exec(text)?.[1]);
  return textOf(turn) === text ? turn : undefined;
}
