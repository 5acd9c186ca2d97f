import { expect, test } from 'vitest';
import { ignoredValue } from '../../src/kernel/ignored-values.ts';
import { supportOf } from '../../src/kernel/parameter-support.ts';

const CENTOS = { id: 'centos', idLike: ['rhel', 'fedora'], versionId: '7' };
const DEBIAN = { id: 'debian', idLike: [], versionId: '12' };

test.each([
  { release: '6.1.0-40-amd64', on: DEBIAN, word: 'elevator=noop', how: 'does-nothing' },
  { release: '5.14.0-427.13.1.el9_4.x86_64', on: CENTOS, word: 'elevator=deadline', how: 'does-nothing' },
  { release: '4.18.0-553.el8_10.x86_64', on: CENTOS, word: 'elevator=deadline', how: undefined },
  { release: '4.19.0-27-amd64', on: DEBIAN, word: 'elevator=noop', how: undefined },
  { release: '6.1.0-40-amd64', on: DEBIAN, word: 'swapaccount=1', how: 'does-nothing' },
  { release: '5.10.0-32-amd64', on: DEBIAN, word: 'swapaccount=1', how: undefined },
  { release: '3.10.0-514.el7.x86_64', on: CENTOS, word: 'crashkernel=auto', how: undefined },
  { release: '4.18.0-553.el8_10.x86_64', on: CENTOS, word: 'crashkernel=auto', how: undefined },
  { release: '5.14.0-427.13.1.el9_4.x86_64', on: CENTOS, word: 'crashkernel=auto', how: 'rejected' },
  { release: '5.4.278-1.el7.elrepo.x86_64', on: CENTOS, word: 'crashkernel=auto', how: 'rejected' },
  { release: '6.1.0-40-amd64', on: DEBIAN, word: 'crashkernel=auto', how: 'rejected' },
  { release: '6.1.0-40-amd64', on: DEBIAN, word: 'crashkernel=256M', how: undefined },
  { release: '5.10.0-60.18.0.50.oe2203.x86_64', on: undefined, word: 'crashkernel=auto', how: undefined },
  { release: '3.10.0-514.el7.x86_64', on: CENTOS, word: 'cgroup_enable=memory', how: 'rejected' },
  { release: '5.15.0-113-generic', on: undefined, word: 'cgroup_enable=memory', how: 'rejected' },
  { release: '3.16.0-4-amd64', on: DEBIAN, word: 'cgroup_enable=memory', how: undefined },
  { release: '6.6.31-rpi-v8', on: DEBIAN, word: 'cgroup_enable=memory', how: undefined },
  { release: 'mine', on: undefined, word: 'elevator=noop', how: undefined },
])('$release, $word: $how', ({ release, on, word, how }) => {
  expect(ignoredValue(release, on, word)?.how).toBe(how);
});

test('it stands beside the verdict on the name', () => {
  const { verdict, ignored } = supportOf(
    { release: '6.1.0-40-amd64', distribution: DEBIAN },
    'elevator=noop',
  );
  expect({ verdict, how: ignored?.how }).toEqual({ verdict: 'unknown', how: 'does-nothing' });
});
