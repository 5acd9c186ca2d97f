import { parseParameter } from '../../cmdline/parameter.ts';
import type { ByteRange } from './address-space.ts';
import type { Compression } from './compression.ts';
import type { Decompress } from './decompress.ts';
import { findParamTable, findSetupTable, type TableProblem } from './find-tables.ts';
import { readIkconfig } from './ikconfig.ts';
import { findKnownStrings } from './known-names.ts';
import { findMatch } from './matching-record.ts';
import { type Architecture, type LayoutProblem, layOut } from './memory-layout.ts';
import { findNamePlaces, type NameReading, type SearchedPart } from './name-places.ts';
import { type ImageParameter, recordNamePlaces, type TableBounds } from './parameter-table.ts';
import type { Container } from './payload.ts';
import { findPeSection } from './pe.ts';
import { headerCmdlineBytes, headerRelease } from './setup-header.ts';
import { readTokens, standardQuestions, type TokenQuestion, type TokenReading } from './token.ts';
import { findTypeInformation } from './type-information.ts';
import { type UnpackProblem, unpackKernel } from './unpack.ts';

/** What a kernel image says about boot parameters. It keeps no byte of the image. */
export interface ImageReading {
  /** `uname -r` of this kernel. */
  readonly release: string;
  /** `linux_banner`, latin1. */
  readonly banner: string;
  readonly architecture: Architecture;
  readonly container: Container;
  readonly compression: Compression;
  /** Size of the unpacked kernel. */
  readonly imageBytes: number;
  /** Every name that the built-in code accepts, in the order of the tables; a name may be there twice. */
  readonly parameters: readonly ImageParameter[];
  readonly setupTable: TableBounds;
  /** undefined where section __param was not found: then only .init.setup is known. */
  readonly paramTable: TableBounds | undefined;
  readonly tokens: readonly TokenReading[];
  /** Names that no record of the tables takes, with the places where code may hold them all the same. */
  readonly names: readonly NameReading[];
  /** The longest command line in bytes, without its NUL, by the setup header of a bzImage. */
  readonly cmdlineBytes: number | undefined;
  /** The build's .config, latin1, where the kernel holds it. */
  readonly ikconfig: string | undefined;
}

/** Why nothing can be told: never to be read as an absence. */
export type ImageProblem = UnpackProblem | LayoutProblem | TableProblem | 'release-mismatch';

/** What was read out of an image, or why nothing was. */
export type ImageResult =
  | { readonly ok: true; readonly reading: ImageReading }
  | {
      readonly ok: false;
      readonly reason: ImageProblem;
      /** `program`: the decompressor that failed or is missing; `release`, `header`: what banner and setup header say. */
      readonly data: Readonly<Record<string, string>>;
    };

/**
 * Read a kernel file: unpack it, find its parameter tables, answer questions about tokens.
 *
 * Nothing of the file is trusted or run; whatever is truncated, damaged or unknown gives a reason instead of a reading.
 *
 * @param file any of the containers of `findPayload`
 * @param questions beyond the standard ones
 * @param words whose names are to be looked for in the image's text where no record takes them, beyond the remedies' own
 */
export async function readKernelImage(
  file: Buffer,
  decompress: Decompress,
  questions: readonly TokenQuestion[] = [],
  words: readonly string[] = [],
): Promise<ImageResult> {
  const unpacked = await unpackKernel(file, decompress);
  if (!unpacked.ok) {
    const { reason, program } = unpacked;
    return { ok: false, reason, data: program === undefined ? {} : { program } };
  }
  const { image, banner, container, compression, packed } = unpacked;
  const header = headerRelease(file);
  if (header !== undefined && header !== banner.release) {
    return { ok: false, reason: 'release-mismatch', data: { release: banner.release, header } };
  }
  const strings = findKnownStrings(image);
  const layout = layOut(image, container, file, strings);
  if (!layout.ok) return { ok: false, reason: layout.reason, data: {} };
  const { space, architecture, paramRange } = layout;
  const setup = findSetupTable(space, strings);
  if (!setup.ok) return { ok: false, reason: setup.reason, data: {} };
  const param = findParamTable(space, paramRange);
  const parameters = [...setup.table.parameters, ...(param?.parameters ?? [])];
  const tokens = readTokens(space, architecture, parameters, [...standardQuestions, ...questions]);
  const unlisted = unlistedNames(parameters, [...standardWords, ...words]);
  const tables = [setup.table.bounds, ...(param === undefined ? [] : [param.bounds])];
  const parts = (): readonly SearchedPart[] => {
    const ofTables = tables.flatMap((bounds) => recordNamePlaces(space, bounds));
    const excluded = [...ofTables, ...findTypeInformation(image, space.isLittleEndian)].sort(
      (a, b) => a.start - b.start,
    );
    return [{ part: 'kernel', bytes: image, excluded }, ...bootCode(file, image, packed)];
  };
  const reading: ImageReading = {
    release: banner.release,
    banner: banner.text,
    architecture,
    container,
    compression,
    imageBytes: image.length,
    parameters,
    setupTable: setup.table.bounds,
    paramTable: param?.bounds,
    tokens,
    names: unlisted.length === 0 ? [] : findNamePlaces(parts(), unlisted),
    cmdlineBytes: headerCmdlineBytes(file),
    ikconfig: readIkconfig(image),
  };
  return { ok: true, reading };
}

/** The parameters of the remedies are looked for in every image. */
const standardWords = ['cgroup.memory=', 'cgroup_disable='];

/** The names of the words that no record takes. */
function unlistedNames(parameters: readonly ImageParameter[], words: readonly string[]): readonly string[] {
  return words.map(parseParameter).flatMap((parameter) => {
    const record = findMatch(parameters, parameter)?.record;
    const isTaken = record !== undefined && (record.table === 'param' || record.handler !== undefined);
    return isTaken ? [] : [parameter.name];
  });
}

/** What of the file runs before the kernel proper: real-mode part, decompressor, EFI stub; of a unified image, its kernel's. */
function bootCode(file: Buffer, image: Buffer, packed: ByteRange | undefined): readonly SearchedPart[] {
  if (image.buffer === file.buffer && packed === undefined) return [];
  const kernel = findPeSection(file, '.linux') ?? { start: 0, end: file.length };
  const excluded =
    packed === undefined ? [] : [{ start: packed.start - kernel.start, end: packed.end - kernel.start }];
  return [{ part: 'boot-code', bytes: file.subarray(kernel.start, kernel.end), excluded }];
}
