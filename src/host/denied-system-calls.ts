/**
 * A seccomp filter, as bubblewrap takes it (`--seccomp`): system calls that no generator of a menu needs and that reach the
 * kernel's depth are answered with EPERM, or ENOSYS where the program can do without. Everything else is allowed.
 *
 * Sources: include/uapi/linux/{seccomp,audit,filter}.h; the tables of system calls in Linux (arch/x86/entry/syscalls,
 * include/uapi/asm-generic/unistd.h).
 *
 * @returns undefined where this machine's processor has no table here
 */
export function deniedSystemCalls(processor: string): Buffer | undefined {
  const tables = TABLES[processor];
  if (tables === undefined) return undefined;
  const instructions = tables.flatMap(judgeOfArchitecture);
  return Buffer.concat([...instructions, answer(ERRNO | ENOSYS)].map(encoded));
}

interface Table {
  /** AUDIT_ARCH_… of include/uapi/linux/audit.h. */
  readonly architecture: number;
  readonly denied: readonly number[];
  readonly socket: number;
  readonly clone: number;
  /** Its arguments lie in memory, where a filter can't look: the libraries fall back to clone. */
  readonly clone3: number;
  /** Calls from here on are another ABI's (x32), whose numbers are not these. */
  readonly otherAbi?: number;
}

/** With the same number on every processor: io_uring_*, open_tree … fspick, mount_setattr, quotactl_fd. */
const SINCE_2019 = [425, 426, 427, 428, 429, 430, 431, 432, 433, 442, 443];

const X86_64: Table = {
  architecture: 0xc000003e,
  // ptrace, syslog, pivot_root, acct, mount, umount2, swapon, swapoff, reboot, iopl, ioperm, init_module, delete_module,
  // quotactl, kexec_load, add_key, request_key, keyctl, unshare, perf_event_open, name_to_handle_at, open_by_handle_at,
  // setns, process_vm_readv, process_vm_writev, finit_module, kexec_file_load, bpf, userfaultfd
  denied: [
    101, 103, 155, 163, 165, 166, 167, 168, 169, 172, 173, 175, 176, 179, 246, 248, 249, 250, 272, 298, 303,
    304, 308, 310, 311, 313, 320, 321, 323,
  ],
  socket: 41,
  clone: 56,
  clone3: 435,
  otherAbi: 0x40000000,
};

const I386: Table = {
  architecture: 0x40000003,
  // mount, umount, ptrace, acct, umount2, swapon, reboot, ioperm, socketcall, syslog, iopl, swapoff, init_module,
  // delete_module, quotactl, pivot_root, kexec_load, add_key, request_key, keyctl, unshare, perf_event_open,
  // name_to_handle_at, open_by_handle_at, setns, process_vm_readv, process_vm_writev, finit_module, bpf, userfaultfd
  denied: [
    21, 22, 26, 51, 52, 87, 88, 101, 102, 103, 110, 115, 128, 129, 131, 217, 283, 286, 287, 288, 310, 336,
    341, 342, 346, 347, 348, 350, 357, 374,
  ],
  socket: 359,
  clone: 120,
  clone3: 435,
};

const AARCH64: Table = {
  architecture: 0xc00000b7,
  // umount2, mount, pivot_root, quotactl, acct, unshare, kexec_load, init_module, delete_module, syslog, ptrace, reboot,
  // add_key, request_key, keyctl, swapon, swapoff, perf_event_open, name_to_handle_at, open_by_handle_at, setns,
  // process_vm_readv, process_vm_writev, finit_module, bpf, userfaultfd, kexec_file_load
  denied: [
    39, 40, 41, 60, 89, 97, 104, 105, 106, 116, 117, 142, 217, 218, 219, 224, 225, 241, 264, 265, 268, 270,
    271, 273, 280, 282, 294,
  ],
  socket: 198,
  clone: 220,
  clone3: 435,
};

/** By Node's name of the processor, with what else its kernel runs. */
const TABLES: Readonly<Record<string, readonly Table[]>> = { x64: [X86_64, I386], arm64: [AARCH64] };

/** Places in struct seccomp_data. */
const CALL = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;

const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
const EPERM = 1;
const ENOSYS = 38;

const AF_UNIX = 1;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const NEW_NAMESPACES = 0x7e020000;

/** Where to go on: how many instructions are passed over when the comparison holds, and when not. */
type Instruction = readonly [operation: number, whenTrue: number, whenFalse: number, value: number];

const load = (place: number): Instruction => [0x20, 0, 0, place];
const isEqual = (value: number, whenTrue: number, whenFalse: number): Instruction => [
  0x15,
  whenTrue,
  whenFalse,
  value,
];
const isAtLeast = (value: number, whenTrue: number, whenFalse: number): Instruction => [
  0x35,
  whenTrue,
  whenFalse,
  value,
];
const hasBit = (bits: number, whenTrue: number, whenFalse: number): Instruction => [
  0x45,
  whenTrue,
  whenFalse,
  bits,
];
const answer = (value: number): Instruction => [0x06, 0, 0, value];

function judgeOfArchitecture(table: Table): readonly Instruction[] {
  const denied = [...table.denied, ...SINCE_2019].flatMap((call) => [
    isEqual(call, 0, 1),
    answer(ERRNO | EPERM),
  ]);
  const otherAbi =
    table.otherAbi === undefined ? [] : [isAtLeast(table.otherAbi, 0, 1), answer(ERRNO | ENOSYS)];
  const judge = [
    load(CALL),
    ...otherAbi,
    ...denied,
    isEqual(table.clone3, 0, 1),
    answer(ERRNO | ENOSYS),
    isEqual(table.socket, 0, 3),
    load(FIRST_ARGUMENT),
    isEqual(AF_UNIX, 5, 0),
    answer(ERRNO | EPERM),
    isEqual(table.clone, 0, 3),
    load(FIRST_ARGUMENT),
    hasBit(NEW_NAMESPACES, 0, 1),
    answer(ERRNO | EPERM),
    answer(ALLOW),
  ];
  return [load(ARCHITECTURE), isEqual(table.architecture, 0, judge.length), ...judge];
}

function encoded([operation, whenTrue, whenFalse, value]: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(operation, 0);
  bytes.writeUInt8(whenTrue, 2);
  bytes.writeUInt8(whenFalse, 3);
  bytes.writeUInt32LE(value >>> 0, 4);
  return bytes;
}
