import { expect, test } from 'vitest';
import { parseBuiltinModinfo, parseModule } from '../../src/kernel/modules.ts';
import { buildModule, buildModuleWithTable } from './image/build-kernel.ts';

test('modules.builtin.modinfo: each parameter once, from parm and parmtype', () => {
  const text = [
    'printk.parm=time:Show timing data',
    'printk.parmtype=time:bool',
    'xz_dec.license=GPL',
    '8250.parmtype=nr_uarts:uint',
    'printk.parmtype=ignore_loglevel:bool',
    'odd.parm=no colon',
    '',
  ].join('\0');
  expect(parseBuiltinModinfo(text)).toEqual([
    { module: 'printk', parameters: ['time', 'ignore_loglevel'], isComplete: false },
    { module: '8250', parameters: ['nr_uarts'], isComplete: false },
  ]);
});

test.each([
  { name: '64-bit', wordBytes: 8, isLittleEndian: true },
  { name: '32-bit big-endian', wordBytes: 4, isLittleEndian: false },
] as const)('a module tells its name and parameters: $name', (format) => {
  const records = ['license=GPL', 'parm=queue_depth:Depth', 'parmtype=queue_depth:int', 'name=nvme_core'];
  expect(parseModule(buildModule(records, format), 'nvme-core.ko.xz')).toEqual({
    module: 'nvme_core',
    parameters: ['queue_depth'],
    isComplete: true,
  });
});

test('an old module is named by its file', () => {
  const module = parseModule(
    buildModule(['parmtype=x:int'], { wordBytes: 8, isLittleEndian: true }),
    'snd-hda.ko.gz',
  );
  expect(module?.module).toBe('snd_hda');
});

test.each([
  { name: 'no ELF file', bytes: Buffer.from('hello') },
  {
    name: 'a cut one',
    bytes: buildModule(['name=x'], { wordBytes: 8, isLittleEndian: true }).subarray(0, 100),
  },
])('no module: $name', ({ bytes }) => {
  expect(parseModule(bytes, 'x.ko')).toBeUndefined();
});

test.each([
  { name: '64-bit', wordBytes: 8, isLittleEndian: true },
  { name: '64-bit big-endian', wordBytes: 8, isLittleEndian: false },
  { name: '32-bit', wordBytes: 4, isLittleEndian: true },
  { name: '32-bit big-endian', wordBytes: 4, isLittleEndian: false },
] as const)('a module’s own table has what its description lacks: $name', (format) => {
  // nf_conntrack registers `hashsize` with module_param_call(), and cachefiles describes a name that it does not register.
  const records = ['parmtype=acct:bool', 'parm=misnamed:No such parameter', 'name=nf_conntrack'];
  const bytes = buildModuleWithTable(records, ['acct', 'hashsize'], format);
  expect(parseModule(bytes, 'nf_conntrack.ko')).toEqual({
    module: 'nf_conntrack',
    parameters: ['acct', 'hashsize'],
    isComplete: true,
  });
});

test('a table that can’t be read leaves the descriptions, which are not all', () => {
  const bytes = buildModuleWithTable(['parmtype=acct:bool', 'name=x'], ['acct', '\x01'], {
    wordBytes: 8,
    isLittleEndian: true,
  });
  expect(parseModule(bytes, 'x.ko')).toEqual({ module: 'x', parameters: ['acct'], isComplete: false });
});
