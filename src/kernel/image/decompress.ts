import type { Compression } from './compression.ts';

/** An unpacked kernel is at most this large; a stream that gives more is no kernel. The largest seen has 66 MB. */
export const mostImageBytes = 0x10000000;

/** The bytes of an unpacked stream, or why there are none. */
export type Decompressed =
  | {
      readonly ok: true;
      readonly bytes: Buffer;
      /** The decompressor accepted the stream to its end, checksums included. */
      readonly isClean: boolean;
    }
  | {
      readonly ok: false;
      /** `no-decompressor`: the program is not installed; `no-room`: for its files; `damaged`: it gave nothing. */
      readonly reason: 'no-decompressor' | 'no-room' | 'damaged' | 'too-large';
      readonly program: string;
    };

/** Unpack one stream; other bytes may follow it. */
export type Decompress = (compression: ProgramCompression, bytes: Buffer) => Promise<Decompressed>;

/** What is left to programs: all but gzip, which Node has built in. */
export type ProgramCompression = Exclude<Compression, 'none' | 'gzip'>;

interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * The program of the system that unpacks a stream from standard input to standard output (decision 3). xz leaves holes in
 * a file, and forgets the last one where other bytes follow the stream.
 */
export const decompressors: Readonly<Record<ProgramCompression, ProgramCall>> = {
  xz: { program: 'xz', args: ['-dc', '--no-sparse', '--single-stream'] },
  lzma: { program: 'xz', args: ['-dc', '--no-sparse', '--format=lzma'] },
  zstd: { program: 'zstd', args: ['-dc'] },
  lz4: { program: 'lz4', args: ['-dc'] },
  bzip2: { program: 'bzip2', args: ['-dc'] },
  lzo: { program: 'lzop', args: ['-dc'] },
};

/** What running a program gives, as the Host has it. */
export interface ProgramResult {
  readonly exitCode: number | undefined;
  readonly stdout: Buffer;
  readonly isMissing: boolean;
  readonly lacksRoom: boolean;
}

/**
 * A `Decompress` that calls the system's programs.
 *
 * @param filter runs bytes through a program, without a shell; it may end one that gives more than `mostBytes`
 */
export function decompressWith(
  filter: (
    program: string,
    args: readonly string[],
    input: Buffer,
    mostBytes: number,
  ) => Promise<ProgramResult>,
): Decompress {
  return async (compression, bytes) => {
    const { program, args } = decompressors[compression];
    const { exitCode, stdout, isMissing, lacksRoom } = await filter(program, args, bytes, mostImageBytes);
    if (isMissing) return { ok: false, reason: 'no-decompressor', program };
    if (lacksRoom) return { ok: false, reason: 'no-room', program };
    if (stdout.length > mostImageBytes) return { ok: false, reason: 'too-large', program };
    if (stdout.length === 0) return { ok: false, reason: 'damaged', program };
    return { ok: true, bytes: stdout, isClean: exitCode === 0 };
  };
}
