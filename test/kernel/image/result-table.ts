import { imageEvidence } from '../../../src/kernel/image/image-evidence.ts';
import type { ImageReading } from '../../../src/kernel/image/image-reading.ts';
import type { PackagedKernel } from './packaged-kernels.ts';

export interface TableRow {
  readonly kernel: PackagedKernel;
  readonly reading: ImageReading;
  /** Records in ELF section __param; undefined where the image has no section headers. */
  readonly sectionRecords: number | undefined;
}

const columns = [
  'release',
  'architecture',
  'container, compression',
  'MB packed → unpacked',
  'setup (early)',
  'param',
  'ELF __param',
  'nokmem',
  'nosocket',
  'nobpf',
  'cgroup_disable=memory',
];

/** docs/kernel-images.md: what was read from every packaged kernel, one a row. */
export function resultTable(rows: readonly TableRow[]): string {
  const lines = rows.toSorted((a, b) => (a.kernel.name < b.kernel.name ? -1 : 1)).map(tableLine);
  return [
    '# What packaged kernels say',
    '',
    'Written by `npm run kernels`, which fetches every kernel of the list in `test/kernel/image/fetch-kernels.sh` that',
    "Debian's mirror has, and tests each: `setup` and `param` are the records of .init.setup and of section __param.",
    'Where the unpacked image has section headers, `ELF __param` is the size of that section in records. In the last four',
    'columns: **yes** is what the image proves, *code* where the handler’s own machine code refers to the token, *string*',
    'where only the string was seen; **no** is proven absence; **?** proves nothing.',
    '',
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => '---|').join('')}`,
    ...lines,
    '',
    `${rows.length} images.`,
    '',
  ].join('\n');
}

function tableLine({ kernel, reading, sectionRecords }: TableRow): string {
  const setup = reading.parameters.filter(({ table }) => table === 'setup');
  const early = setup.filter(({ isEarly }) => isEarly);
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
  const cells = [
    reading.release,
    kernel.debianArchitecture,
    `${reading.container}, ${reading.compression}`,
    `${megabytes(kernel.file().length)} → ${megabytes(reading.imageBytes)}`,
    `${setup.length} (${early.length})`,
    String(reading.parameters.length - setup.length),
    sectionRecords === undefined ? '' : String(sectionRecords),
    ...['cgroup.memory=nokmem', 'cgroup.memory=nosocket', 'cgroup.memory=nobpf', 'cgroup_disable=memory'].map(
      (word) => verdict(reading, word),
    ),
  ];
  return `| ${cells.join(' | ')} |`;
}

function verdict(reading: ImageReading, word: string): string {
  const { says, code } = imageEvidence({ ok: true, reading }, word, '');
  if (says !== 'present') return says === 'absent' ? 'no' : '?';
  if (code === 'image.token-referenced') return 'yes, code';
  return code === 'image.token-string-only' ? 'yes, string' : 'yes';
}
