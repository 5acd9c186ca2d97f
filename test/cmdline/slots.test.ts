import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cmdlineWords } from '../../src/cmdline/cmdline.ts';
import { consoleDevices } from '../../src/cmdline/line-slots.ts';
import { parseParameter } from '../../src/cmdline/parameter.ts';
import { applyWordEdits, reviseWords } from '../../src/cmdline/revise-words.ts';

interface Case {
  readonly rule: string;
  readonly line: string;
  readonly set?: string;
  readonly unset?: string;
  readonly after: string;
}

const words = cmdlineWords;
const revise = (line: string, set: string, unset: string): string => {
  const goal = { set: words(set), unset: words(unset) };
  return applyWordEdits(words(line), reviseWords(words(line), goal)).join(' ');
};

test.each<Case>([
  // crashkernel: one plain, one high, one low
  {
    rule: 'a plain reservation takes the place of the plain one',
    line: 'crashkernel=256M ro',
    set: 'crashkernel=512M',
    after: 'crashkernel=512M ro',
  },
  {
    rule: 'one by ranges is a plain one',
    line: 'crashkernel=1G-4G:192M,4G-:256M ro',
    set: 'crashkernel=256M',
    after: 'crashkernel=256M ro',
  },
  {
    rule: 'a high one stands beside a low one',
    line: 'crashkernel=72M,low',
    set: 'crashkernel=1G,high',
    after: 'crashkernel=72M,low crashkernel=1G,high',
  },
  {
    rule: 'a high one takes the place of the high one',
    line: 'crashkernel=1G,high crashkernel=72M,low',
    set: 'crashkernel=2G,high',
    after: 'crashkernel=2G,high crashkernel=72M,low',
  },
  {
    rule: 'several plain ones become one',
    line: 'crashkernel=auto ro crashkernel=256M',
    set: 'crashkernel=128M',
    after: 'ro crashkernel=128M',
  },
  // console: one for each device
  {
    rule: 'another speed for the same port',
    line: 'console=tty0 console=ttyS0,115200n8 ro',
    set: 'console=ttyS0,9600',
    after: 'console=tty0 console=ttyS0,9600 ro',
  },
  {
    rule: 'another port is another console',
    line: 'console=ttyS0,115200n8',
    set: 'console=ttyS1,115200n8',
    after: 'console=ttyS0,115200n8 console=ttyS1,115200n8',
  },
  {
    rule: 'a port by its address',
    line: 'console=uart8250,io,0x3f8,9600n8',
    set: 'console=uart8250,io,0x3f8,115200n8',
    after: 'console=uart8250,io,0x3f8,115200n8',
  },
  {
    rule: 'ports of two addresses',
    line: 'console=uart8250,io,0x3f8',
    set: 'console=uart8250,io,0x2f8',
    after: 'console=uart8250,io,0x3f8 console=uart8250,io,0x2f8',
  },
  // One for each connector, size, driver, interface …
  {
    rule: 'another connector',
    line: 'video=HDMI-A-1:e ro',
    set: 'video=DP-1:d',
    after: 'video=HDMI-A-1:e video=DP-1:d ro',
  },
  {
    rule: 'another mode for the same connector',
    line: 'video=HDMI-A-1:1024x768',
    set: 'video=HDMI-A-1:d',
    after: 'video=HDMI-A-1:d',
  },
  {
    rule: 'a mode for all',
    line: 'video=DP-1:d video=800x600',
    set: 'video=1024x768',
    after: 'video=DP-1:d video=1024x768',
  },
  {
    rule: 'another interface',
    line: 'ip=eth0:dhcp',
    set: 'ip=eth1:dhcp',
    after: 'ip=eth0:dhcp ip=eth1:dhcp',
  },
  {
    rule: 'the same interface, with an address',
    line: 'ip=eth0:dhcp',
    set: 'ip=10.0.0.2::10.0.0.1:255.255.255.0:host:eth0:none',
    after: 'ip=10.0.0.2::10.0.0.1:255.255.255.0:host:eth0:none',
  },
  {
    rule: 'another name for the same encrypted disk',
    line: 'rd.luks.name=0a1b2c3d-1=a',
    set: 'rd.luks.name=0a1b2c3d-1=root',
    after: 'rd.luks.name=0a1b2c3d-1=root',
  },
  {
    rule: 'another mount',
    line: 'systemd.mount-extra=/dev/a:/a',
    set: 'systemd.mount-extra=/dev/b:/b',
    after: 'systemd.mount-extra=/dev/a:/a systemd.mount-extra=/dev/b:/b',
  },
  {
    rule: 'another device for the same mount',
    line: 'systemd.mount-extra=/dev/a:/a',
    set: 'systemd.mount-extra=/dev/c:/a:ext4',
    after: 'systemd.mount-extra=/dev/c:/a:ext4',
  },
  {
    rule: 'another credential',
    line: 'systemd.set_credential=a:1',
    set: 'systemd.set_credential=b:2',
    after: 'systemd.set_credential=a:1 systemd.set_credential=b:2',
  },
  {
    rule: 'another value for the same variable',
    line: 'systemd.setenv=A=1',
    set: 'systemd.setenv=A=2',
    after: 'systemd.setenv=A=2',
  },
  {
    rule: 'another region of memory',
    line: 'memmap=64M$1G',
    set: 'memmap=64M$2G',
    after: 'memmap=64M$1G memmap=64M$2G',
  },
  {
    rule: 'a query more',
    line: 'dyndbg="file a +p"',
    set: 'dyndbg=+m',
    after: 'dyndbg="file a +p" dyndbg=+m',
  },
  {
    rule: 'a query more for a module',
    line: 'xhci_hcd.dyndbg=+p',
    set: 'xhci_hcd.dyndbg=+m',
    after: 'xhci_hcd.dyndbg=+p xhci_hcd.dyndbg=+m',
  },
  // Lists that add up
  {
    rule: 'a controller more',
    line: 'cgroup_enable=cpuset ro',
    set: 'cgroup_enable=memory',
    after: 'cgroup_enable=cpuset cgroup_enable=memory ro',
  },
  { rule: 'an option more', line: 'pci=noaer ro', set: 'pci=nomsi', after: 'pci=noaer pci=nomsi ro' },
  { rule: 'an option that is there', line: 'pci=noaer,nomsi', set: 'pci=nomsi', after: 'pci=noaer,nomsi' },
  {
    rule: 'an option with another value',
    line: 'pci=realloc=on',
    set: 'pci=realloc=off',
    after: 'pci=realloc=off',
  },
  {
    rule: 'the contrary takes the place',
    line: 'intel_iommu=on ro',
    set: 'intel_iommu=off',
    after: 'intel_iommu=off ro',
  },
  {
    rule: 'the contrary leaves the rest of the list',
    line: 'intel_iommu=on,igfx_off ro',
    set: 'intel_iommu=off',
    after: 'intel_iommu=igfx_off intel_iommu=off ro',
  },
  {
    rule: 'another option of the IOMMU',
    line: 'intel_iommu=on ro',
    set: 'intel_iommu=sm_on',
    after: 'intel_iommu=on intel_iommu=sm_on ro',
  },
  {
    rule: 'an initcall more',
    line: 'initcall_blacklist=a_init',
    set: 'initcall_blacklist=b_init',
    after: 'initcall_blacklist=a_init initcall_blacklist=b_init',
  },
  {
    rule: 'one option taken out of a list',
    line: 'pci=noaer,nomsi ro',
    unset: 'pci=noaer',
    after: 'pci=nomsi ro',
  },
  // Pairs
  {
    rule: 'a second number is ignored, so the first is replaced',
    line: 'quiet hugepages=64',
    set: 'hugepages=4',
    after: 'quiet hugepages=4',
  },
  {
    rule: 'a number belongs to the size in front of it',
    line: 'hugepagesz=1G hugepages=2 hugepagesz=2M hugepages=64',
    set: 'hugepagesz=1G hugepages=4',
    after: 'hugepagesz=1G hugepages=4 hugepagesz=2M hugepages=64',
  },
  {
    rule: 'a size is the same in other units',
    line: 'hugepagesz=1024M hugepages=2',
    set: 'hugepagesz=1G hugepages=4',
    after: 'hugepagesz=1024M hugepages=4',
  },
  {
    rule: 'a new pair stands side by side',
    line: 'hugepagesz=2M hugepages=64 ro',
    set: 'hugepagesz=1G hugepages=4',
    after: 'hugepagesz=2M hugepages=64 hugepagesz=1G hugepages=4 ro',
  },
  {
    rule: 'a number for a size without one',
    line: 'hugepagesz=1G ro',
    set: 'hugepagesz=1G hugepages=4',
    after: 'hugepagesz=1G hugepages=4 ro',
  },
  {
    rule: 'a number for the default size stands in front of all sizes',
    line: 'ro hugepagesz=1G hugepages=2',
    set: 'hugepages=64',
    after: 'ro hugepages=64 hugepagesz=1G hugepages=2',
  },
  {
    rule: 'a size goes with its number',
    line: 'hugepages=1 hugepagesz=1G hugepages=2 ro',
    unset: 'hugepagesz=1G',
    after: 'hugepages=1 ro',
  },
  // Order
  { rule: 'new words in the order given', line: 'ro', set: 'b=1 a=1', after: 'ro b=1 a=1' },
  {
    rule: 'a new word in front of one that is there',
    line: 'ro b=1 quiet',
    set: 'a=1 b=1',
    after: 'ro a=1 b=1 quiet',
  },
  {
    rule: 'the last console is the one given last',
    line: 'console=ttyS0 ro console=tty0',
    set: 'console=tty0 console=ttyS0',
    after: 'console=tty0 console=ttyS0 ro',
  },
  { rule: 'words of different names stay where they are', line: 'b=1 a=1', set: 'a=1 b=1', after: 'b=1 a=1' },
  {
    rule: 'parameters of one value are no lists',
    line: 'netconsole=a',
    set: 'netconsole=b',
    after: 'netconsole=b',
  },
])('$rule: $line', ({ line, set = '', unset = '', after }) => {
  expect(revise(line, set, unset)).toBe(after);
  expect(revise(after, set, unset)).toBe(after);
});

test('the last console is told', () => {
  expect(consoleDevices(words('console=tty0 ro console=ttyS0,9600').map(parseParameter))).toEqual([
    'tty0',
    'ttyS0',
  ]);
});

test('setting words is done once and leaves every other word in its order', () => {
  const pool = [
    ...[
      'ro',
      'quiet',
      'console=tty0',
      'console=ttyS0,9600',
      'console=ttyS0',
      'crashkernel=1G',
      'crashkernel=1G,high',
    ],
    ...[
      'hugepagesz=1G',
      'hugepagesz=2M',
      'hugepages=2',
      'hugepages=64',
      'pci=noaer',
      'pci=nomsi,noaer',
      'pci=realloc=on',
    ],
    ...[
      'intel_iommu=on',
      'intel_iommu=off',
      'video=DP-1:d',
      'video=DP-1:e',
      'video=x',
      'ip=eth0:dhcp',
      'cgroup_disable=memory',
    ],
  ];
  const line = fc.array(fc.constantFrom(...pool), { maxLength: 8 });
  fc.assert(
    fc.property(
      line,
      fc.uniqueArray(fc.constantFrom('a=1', 'b', ...pool), { maxLength: 3 }),
      (given, set) => {
        const goal = { set, unset: [] };
        const once = applyWordEdits(given, reviseWords(given, goal));
        fc.pre(new Set(set.map((word) => word.split('=')[0])).size === set.length);
        expect(reviseWords(once, goal)).toEqual([]);
        const names = new Set(set.map((word) => word.split('=')[0]));
        const others = (some: readonly string[]) => some.filter((word) => !names.has(word.split('=')[0]));
        expect(others(once)).toEqual(others(given));
      },
    ),
  );
});
