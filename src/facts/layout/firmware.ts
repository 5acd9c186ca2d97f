import type { Host } from '../../host/host.ts';
import { exists } from './read-text.ts';

/** What the machine's firmware started; only the running system can tell. */
export interface Firmware {
  /** `unknown` where this is not the running system. */
  readonly kind: 'efi' | 'bios' | 'unknown';
  /** The program that EFI started, as a path on the ESP with `/` between its parts; undefined where not told. */
  readonly startedImage: string | undefined;
  /** What the loader calls itself (Boot Loader Interface): `systemd-boot 252.5`, `GRUB 2.12`. */
  readonly loaderInfo: string | undefined;
  /** Set where the kernel was started by systemd's stub, that is from a unified image. */
  readonly stubInfo: string | undefined;
  /** What systemd-boot is told by variables: the entry of the next boot only, the default, the last one booted. */
  readonly entries: {
    readonly oneShot: string | undefined;
    readonly variable: string | undefined;
    readonly lastBooted: string | undefined;
  };
  /** undefined where the firmware does not tell. */
  readonly isSecureBoot: boolean | undefined;
}

const EFI_VARIABLES = '/sys/firmware/efi/efivars';
const FIRMWARE_VENDOR = '8be4df61-93ca-11d2-aa0d-00e098032b8c';
const LOADER_VENDOR = '4a67b082-0a4c-41cf-b6c7-440b29bb8c4f';

/**
 * Sources: UEFI Specification 2.10, 3.1.3 (load options) and 3.3 (variables); Boot Loader Interface
 * (systemd.io/BOOT_LOADER_INTERFACE). Linux puts 4 bytes of attributes before a variable's value.
 */
export async function readFirmware(host: Host): Promise<Firmware> {
  const isEfi = host.isRunningSystem && (await exists(host, '/sys/firmware/efi'));
  const secureBoot = isEfi ? await readVariable(host, 'SecureBoot', FIRMWARE_VENDOR) : undefined;
  const loaderText = async (name: string) =>
    isEfi ? utf16Text(await readVariable(host, name, LOADER_VENDOR)) : undefined;
  return {
    kind: isEfi ? 'efi' : host.isRunningSystem ? 'bios' : 'unknown',
    startedImage: isEfi ? await readStartedImage(host) : undefined,
    loaderInfo: await loaderText('LoaderInfo'),
    stubInfo: await loaderText('StubInfo'),
    entries: {
      oneShot: await loaderText('LoaderEntryOneShot'),
      variable: await loaderText('LoaderEntryDefault'),
      lastBooted: await loaderText('LoaderEntryLastBooted'),
    },
    isSecureBoot: secureBoot?.length === 1 ? secureBoot[0] === 1 : undefined,
  };
}

async function readVariable(host: Host, name: string, vendor: string): Promise<Buffer | undefined> {
  const file = await host.read(`${EFI_VARIABLES}/${name}-${vendor}`, 1 << 16);
  return file.ok && file.bytes.length > 4 ? file.bytes.subarray(4) : undefined;
}

async function readStartedImage(host: Host): Promise<string | undefined> {
  const current = await readVariable(host, 'BootCurrent', FIRMWARE_VENDOR);
  if (current?.length !== 2) return undefined;
  const number = current.readUInt16LE().toString(16).toUpperCase().padStart(4, '0');
  const option = await readVariable(host, `Boot${number}`, FIRMWARE_VENDOR);
  return option === undefined ? undefined : imageOfLoadOption(option);
}

/**
 * The file path in an EFI_LOAD_OPTION, `\` turned into `/`; undefined where it names none. Its parts: attributes (4
 * bytes), length of the device path (2), description (UTF-16, ended by 0), device path nodes of type, subtype and
 * length (4 bytes) each.
 */
export function imageOfLoadOption(option: Buffer): string | undefined {
  let offset = 6;
  while (offset + 2 <= option.length && option.readUInt16LE(offset) !== 0) offset += 2;
  offset += 2;
  let path = '';
  while (offset + 4 <= option.length) {
    const length = option.readUInt16LE(offset + 2);
    const isFilePath = option[offset] === 4 && option[offset + 1] === 4;
    if (option[offset] === 0x7f || length < 4) break;
    if (isFilePath) path += utf16Text(option.subarray(offset + 4, offset + length)) ?? '';
    offset += length;
  }
  return path === '' ? undefined : path.replaceAll('\\', '/').replace(/^\/*/, '/');
}

function utf16Text(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const text = bytes.toString('utf16le');
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}
