/**
 * What QEMU is told for a machine that shows nothing but its serial console: emulated, because a nested KVM may accept a
 * machine and then not run it, and a boot takes seconds all the same. Without cmpxchg16b, which the kernel can do without:
 * an interrupt right after it was seen to find garbage for flags, so that the kernel died of a double fault (QEMU 7.2;
 * ClangBuiltLinux's issue 1437 shows the same of cmpxchg8b).
 */
export const EMULATED_MACHINE: readonly string[] = [
  ...['-accel', 'tcg', '-cpu', 'max,-cx16', '-no-reboot', '-nic', 'none'],
  ...['-display', 'none', '-serial', 'stdio', '-monitor', 'none'],
];
