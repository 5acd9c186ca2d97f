import { describe, expect, test } from 'vitest';
import { isBoundToCmdline, readDiskSealing } from '../../../src/facts/layout/disk-sealing.ts';
import { hostOf, runningHostOf } from '../tree.ts';

function header(clevis: unknown): string {
  return Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', clevis })).toString('base64url');
}

function clevisToken(clevis: unknown) {
  return { type: 'clevis', keyslots: ['1'], jwe: { protected: header(clevis), iv: 'x' } };
}

const tang = { pin: 'tang', tang: { url: 'http://tang' } };
const tpm2 = (registers?: string) => ({ pin: 'tpm2', tpm2: { hash: 'sha256', pcr_ids: registers } });
const shared = (...pins: readonly unknown[]) => ({
  pin: 'sss',
  sss: { t: 1, jwe: pins.map((pin) => `${header(pin)}.a.b.c.d`) },
});

describe('crypttab', () => {
  test.each([
    {
      name: 'a TPM, its registers in the header',
      line: 'root UUID=ab none tpm2-device=auto,discard',
      sealed: [undefined],
    },
    {
      name: 'a TPM with registers',
      line: 'root UUID=ab - tpm2-device=auto,tpm2-pcrs=7+8:sha256',
      sealed: [[7, 8]],
    },
    {
      name: 'a register by name',
      line: 'root UUID=ab - tpm2-device=auto,tpm2-pcrs=boot-loader-config',
      sealed: [undefined],
    },
    { name: 'a passphrase', line: 'root UUID=ab none luks', sealed: [] },
    { name: 'a comment', line: '# root UUID=ab none tpm2-device=auto', sealed: [] },
    { name: 'two fields', line: 'root UUID=ab', sealed: [] },
  ])('$name', async ({ line, sealed }) => {
    const disks = await readDiskSealing(await hostOf({ '/etc/crypttab': `${line}\n` }));
    expect(disks.map(({ registers }) => registers)).toEqual(sealed);
  });
});

const tokenCases: readonly {
  readonly name: string;
  readonly token: unknown;
  readonly sealed: readonly (readonly number[] | undefined)[];
  readonly isBound: boolean;
}[] = [
  {
    name: 'systemd, register 7',
    token: { type: 'systemd-tpm2', 'tpm2-pcrs': [7] },
    sealed: [[7]],
    isBound: false,
  },
  {
    name: 'systemd, register 9 too',
    token: { type: 'systemd-tpm2', 'tpm2-pcrs': [7, 9] },
    sealed: [[7, 9]],
    isBound: true,
  },
  { name: 'systemd, not told', token: { type: 'systemd-tpm2' }, sealed: [undefined], isBound: true },
  { name: 'clevis, registers 1 and 8', token: clevisToken(tpm2('1,8')), sealed: [[1, 8]], isBound: true },
  { name: 'clevis without registers', token: clevisToken(tpm2()), sealed: [[]], isBound: false },
  { name: 'clevis, tang', token: clevisToken(tang), sealed: [], isBound: false },
  { name: 'clevis, tang or TPM', token: clevisToken(shared(tang, tpm2('8'))), sealed: [[8]], isBound: true },
  { name: 'clevis, two tangs', token: clevisToken(shared(tang, tang)), sealed: [], isBound: false },
  { name: 'clevis, no JWE', token: { type: 'clevis' }, sealed: [undefined], isBound: true },
  { name: 'a recovery key', token: { type: 'systemd-recovery' }, sealed: [], isBound: false },
  { name: 'nonsense', token: 3, sealed: [], isBound: false },
];

describe('tokens of open volumes', () => {
  test.each(tokenCases)('$name', async ({ token, sealed, isBound }) => {
    const tree = {
      '/sys/class/block/dm-0/dm/uuid': 'CRYPT-LUKS2-0123-luks-0123\n',
      '/sys/class/block/dm-0/slaves/sda3': '',
      '/sys/class/block/dm-1/dm/uuid': 'LVM-0123\n',
      '/sys/class/block/sda/size': '1',
    };
    const asked: string[] = [];
    const host = {
      ...(await runningHostOf(tree)),
      run: async (program: string, args: readonly string[]) => {
        asked.push([program, ...args].join(' '));
        const stdout = Buffer.from(JSON.stringify({ keyslots: {}, tokens: { '0': token } }));
        return { exitCode: 0, stdout, stderr: '', isMissing: false };
      },
    };
    const disks = await readDiskSealing(host);
    expect(asked).toEqual(['cryptsetup luksDump --dump-json-metadata /dev/sda3']);
    expect(disks.map(({ registers }) => registers)).toEqual(sealed);
    expect(disks.some(isBoundToCmdline)).toBe(isBound);
  });

  test('where cryptsetup is missing, crypttab counts', async () => {
    const tree = {
      '/etc/crypttab': 'root UUID=ab - tpm2-device=auto\n',
      '/sys/class/block/dm-0/dm/uuid': 'CRYPT-LUKS2-0123-luks-0123\n',
      '/sys/class/block/dm-0/slaves/sda3': '',
    };
    const host = {
      ...(await runningHostOf(tree)),
      run: async () => ({ exitCode: undefined, stdout: Buffer.alloc(0), stderr: '', isMissing: true }),
    };
    expect(await readDiskSealing(host)).toHaveLength(1);
  });
});
