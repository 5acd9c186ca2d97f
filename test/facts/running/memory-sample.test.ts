import { expect, test } from 'vitest';
import { readMemorySample } from '../../../src/facts/running/memory-sample.ts';
import { hostOf, type Tree } from '../tree.ts';

const line = { 'proc/cmdline': 'ro\n' };

test.each<{ rule: string; tree: Tree; sample: object }>([
  { rule: 'nothing is there', tree: line, sample: {} },
  {
    rule: 'sizes are bytes',
    tree: { ...line, 'proc/meminfo': 'MemTotal:  4 kB\nMemAvailable: 3 kB\nSlab: 2 kB\nSUnreclaim:  1 kB\n' },
    sample: { total: 4096, available: 3072, slab: 2048, unreclaimable: 1024 },
  },
  {
    rule: 'groups as they are counted and as they are there',
    tree: {
      ...line,
      'proc/cgroups': 'memory\t4\t5\t1\n',
      'sys/fs/cgroup/memory/memory.usage_in_bytes': '1\n',
      'sys/fs/cgroup/memory/docker/ab/memory.usage_in_bytes': '1\n',
    },
    sample: { countedGroups: 5, liveGroups: 3 },
  },
  {
    rule: 'caches of groups that are there, and of those that are not',
    tree: {
      ...line,
      'sys/fs/cgroup/memory/docker/ab/memory.usage_in_bytes': '1\n',
      'sys/kernel/slab/kmalloc-64/x': '',
      'sys/kernel/slab/dentry(5:ab)/x': '',
      'sys/kernel/slab/dentry(6:cd)/x': '',
    },
    sample: { liveGroups: 3, groupCaches: 2, deadCaches: 1 },
  },
  {
    rule: 'groups that the unified hierarchy still holds',
    tree: { ...line, 'sys/fs/cgroup/cgroup.stat': 'nr_descendants 3\nnr_dying_descendants 7\n' },
    sample: { dyingGroups: 7 },
  },
])('$rule', async ({ tree, sample }) => {
  const found = await readMemorySample(await hostOf(tree), undefined);
  expect(JSON.parse(JSON.stringify(found))).toEqual(sample);
});

test('the kernel’s log tells of slabs that could not be had', async () => {
  const lines = ['SLUB: Unable to allocate memory on node -1 (gfp=0x8020)', '  cache: ip6_dst_cache(0:ab)'];
  const found = await readMemorySample(await hostOf(line), { path: 'dmesg', lines });
  expect(found?.failedSlabs).toBe(1);
});
