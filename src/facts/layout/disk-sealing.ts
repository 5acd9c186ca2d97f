import type { Host } from '../../host/host.ts';
import type { LayoutEvidence } from './loader-finding.ts';
import { namesIn, readText } from './read-text.ts';

/** An encrypted volume that the TPM unlocks while the boot measures as it did when the key was sealed. */
export interface SealedDisk {
  readonly evidence: LayoutEvidence;
  /** Platform configuration registers that the key depends on; undefined where they are not known. */
  readonly registers: readonly number[] | undefined;
}

/**
 * GRUB measures every command and the kernel's command line into register 8 and every file that it reads into 9;
 * systemd-boot measures the command line into 12, its stub into 11 and 12.
 *
 * Sources: grub-core/commands/tpm.c; systemd's TPM2_PCR_MEASUREMENTS.
 */
const MEASURING_REGISTERS = [8, 9, 11, 12];

/** Whether another word on the command line can keep this volume locked at the next boot; unknown counts as yes. */
export function isBoundToCmdline(disk: SealedDisk): boolean {
  return disk.registers?.some((register) => MEASURING_REGISTERS.includes(register)) ?? true;
}

/**
 * Volumes that a TPM unlocks: by the tokens in the LUKS2 headers behind the volumes that are open now, on the running
 * system and where they can be read, else by /etc/crypttab.
 *
 * Sources: crypttab(5), `tpm2-device=` and `tpm2-pcrs=`; systemd-cryptenroll(1) and clevis-encrypt-tpm2(1) for the
 * tokens; `cryptsetup luksDump --dump-json-metadata`.
 */
export async function readDiskSealing(host: Host): Promise<readonly SealedDisk[]> {
  const crypttab = await readText(host, '/etc/crypttab', 1 << 20);
  const bySettings = crypttab.ok ? sealedByCrypttab(crypttab.text) : [];
  const byTokens = host.isRunningSystem ? await sealedByTokens(host) : [];
  return byTokens.length > 0 ? byTokens : bySettings;
}

function sealedByCrypttab(text: string): readonly SealedDisk[] {
  const disks: SealedDisk[] = [];
  for (const line of text.split('\n')) {
    const [name, , , options] = line.split(/[ \t]+/).filter((field) => field !== '');
    if (name === undefined || name.startsWith('#') || options === undefined) continue;
    const settings = options.split(',');
    if (!settings.some((setting) => setting.startsWith('tpm2-device='))) continue;
    const registers = settings
      .find((setting) => setting.startsWith('tpm2-pcrs='))
      ?.slice('tpm2-pcrs='.length);
    disks.push({
      evidence: { path: '/etc/crypttab', found: line.trim().slice(0, 80) },
      registers: registers === undefined ? undefined : registerList(registers),
    });
  }
  return disks;
}

/** `7+8` or `7:sha256+8`, by clevis `7,8`; undefined where a register has a name. */
function registerList(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const registers = text.split(/[+,]/).map((register) => register.replace(/:.*/, '').trim());
  if (!registers.every((register) => /^\d{1,2}$/.test(register))) return undefined;
  return registers.map(Number);
}

async function sealedByTokens(host: Host): Promise<readonly SealedDisk[]> {
  const disks: SealedDisk[] = [];
  for (const name of await namesIn(host, '/sys/class/block')) {
    const uuid = await readText(host, `/sys/class/block/${name}/dm/uuid`, 4096);
    if (!uuid.ok || !uuid.text.startsWith('CRYPT-LUKS2-')) continue;
    for (const device of await namesIn(host, `/sys/class/block/${name}/slaves`)) {
      const path = `/dev/${device.replaceAll('!', '/')}`;
      const dump = await host.run('cryptsetup', ['luksDump', '--dump-json-metadata', path]);
      for (const token of dump.exitCode === 0 ? tokensOf(dump.stdout.toString('utf8')) : []) {
        const registers = sealingRegisters(token);
        if (registers !== 'not-sealed') disks.push({ evidence: { path, found: token.type }, registers });
      }
    }
  }
  return disks;
}

interface LuksToken extends Readonly<Record<string, unknown>> {
  readonly type: string;
}

function tokensOf(json: string): readonly LuksToken[] {
  const tokens = member(parseJson(json), 'tokens');
  const values: unknown[] = typeof tokens === 'object' && tokens !== null ? Object.values(tokens) : [];
  return values.filter(isToken);
}

function isToken(value: unknown): value is LuksToken {
  return typeof member(value, 'type') === 'string';
}

function sealingRegisters(token: LuksToken): readonly number[] | undefined | 'not-sealed' {
  if (token.type === 'systemd-tpm2') {
    const registers = token['tpm2-pcrs'];
    return Array.isArray(registers)
      ? registers.filter((register) => typeof register === 'number')
      : undefined;
  }
  if (token.type !== 'clevis') return 'not-sealed';
  const header = member(member(token, 'jwe'), 'protected');
  return typeof header === 'string' ? pinRegisters(header) : undefined;
}

/**
 * The registers of a clevis pin; of a shared secret those of all its parts.
 *
 * @param header protected header of a JWE, base64url of JSON
 */
function pinRegisters(header: string): readonly number[] | undefined | 'not-sealed' {
  const clevis = member(parseJson(Buffer.from(header, 'base64url').toString('utf8')), 'clevis');
  const pin = member(clevis, 'pin');
  if (pin === 'tpm2') {
    const registers = member(member(clevis, 'tpm2'), 'pcr_ids');
    return typeof registers === 'string' ? registerList(registers) : [];
  }
  const parts = member(member(clevis, 'sss'), 'jwe');
  if (pin !== 'sss' || !Array.isArray(parts)) return 'not-sealed';
  const registers: number[] = [];
  let isSealed = false;
  for (const part of parts) {
    const found = typeof part === 'string' ? pinRegisters(part.split('.')[0] ?? '') : 'not-sealed';
    if (found === undefined) return undefined;
    if (found === 'not-sealed') continue;
    isSealed = true;
    registers.push(...found);
  }
  return isSealed ? registers : 'not-sealed';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
