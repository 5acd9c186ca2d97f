import { expect, test } from 'vitest';
import { findTogether } from '../../src/diagnosis/contradictions.ts';

test.each([
  {
    line: 'cgroup_disable=memory cgroup_enable=memory',
    found: ['cgroup_enable=memory ? cgroup_disable=memory'],
  },
  { line: 'swapaccount=1 cgroup_disable=cpu,memory', found: ['swapaccount=1 | cgroup_disable=cpu,memory'] },
  { line: 'swapaccount=0 cgroup_disable=memory', found: [] },
  {
    line: 'cgroup.memory=nokmem cgroup_disable=memory',
    found: ['cgroup.memory=nokmem | cgroup_disable=memory'],
  },
  { line: 'selinux=0 enforcing=1', found: ['enforcing=1 | selinux=0'] },
  { line: 'selinux=1 enforcing=1', found: [] },
  { line: 'nopti pti=on', found: ['nopti ? pti=on'] },
  { line: 'nopti pti=off', found: [] },
  { line: 'nosmp maxcpus=4', found: ['maxcpus=4 | nosmp'] },
  { line: 'crashkernel=256M crashkernel=1G,high', found: ['crashkernel=1G,high | crashkernel=256M'] },
  { line: 'crashkernel=128M,low', found: ['crashkernel=128M,low needs crashkernel=SIZE,high'] },
  { line: 'crashkernel=1G,high crashkernel=128M,low', found: [] },
  { line: 'crashkernel=1G-4G:192M,4G-:256M', found: [] },
  // initramfs-tools has the device in a file of its own; systemd finds the root without root=.
  { line: 'resume_offset=4096', found: [] },
  { line: 'rootflags=subvol=@ quiet', found: [] },
  { line: 'hugepagesz=1G', found: ['hugepagesz=1G unpaired hugepages='] },
  { line: 'hugepagesz=1G hugepagesz=2M hugepages=512', found: ['hugepagesz=1G unpaired hugepages='] },
  { line: 'hugepagesz=1G hugepages=2 hugepagesz=2M hugepages=512', found: [] },
  { line: 'quiet root=/dev/sda1', found: [] },
])('$line', ({ line, found }) => {
  const shown = findTogether(line.split(' ')).map((one) => {
    if ('needs' in one) return `${one.word} ${one.code} ${one.needs}`;
    return `${one.word} ${one.code === 'contradicts' ? '|' : '?'} ${one.other}`;
  });
  expect(shown).toEqual(found);
});
