import { filterBytes } from '../../../src/host/filter-bytes.ts';
import { decompressWith } from '../../../src/kernel/image/decompress.ts';

/** The system's programs, as the Host runs them. */
export const decompress = decompressWith(filterBytes);
