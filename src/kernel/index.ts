/**
 * What a kernel understands, from its files: the library entry `bootmend/kernel`.
 */

export { readKernelConfig } from './config.ts';
export { EVIDENCE_SOURCES } from './evidence.ts';
export { decompressWith } from './image/decompress.ts';
export { imageEvidence } from './image/image-evidence.ts';
export { readKernelImage } from './image/image-reading.ts';
export { parseBuiltinModinfo, parseModule } from './modules.ts';
export { supportOf } from './parameter-support.ts';
export { parseRelease } from './release.ts';
export { readSymbols } from './symbols.ts';
