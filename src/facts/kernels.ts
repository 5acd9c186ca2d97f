import type { Host } from '../host/host.ts';
import { readKernelConfig } from '../kernel/config.ts';
import { isAnswered } from '../kernel/image/image-evidence.ts';
import { readImageRelease } from '../kernel/image/stated-release.ts';
import { type KernelReadings, wordAsTaken } from '../kernel/parameter-support.ts';
import { readSymbols } from '../kernel/symbols.ts';
import { hostImage, type ImageFile } from './image-file.ts';
import { type ModuleAnswers, moduleEvidence, moduleOf, readModules } from './module-parameters.ts';
import type { OsRelease } from './os-release.ts';
import { type ReadImage, readImage, readImageEvidence } from './read-image.ts';
import { readRunningState } from './running/running-state.ts';

/** One kernel of the host, with what its files say. */
export interface KernelFacts extends KernelReadings {
  /** The image, as the host sees it; undefined where none was found. */
  readonly imagePath: string | undefined;
  readonly isRunning: boolean;
  readonly image: ReadImage | undefined;
  /** Answers of the modules that were asked. */
  readonly modules: ModuleAnswers;
}

/** A release and where its image lies; undefined where no image is known. */
export interface KernelLocation {
  readonly release: string;
  readonly imagePath: string | undefined;
  /** Where its head was read to tell its release. */
  readonly file?: ImageFile | undefined;
  /** Where the whole image had to be read for that. */
  readonly image?: ReadImage | undefined;
}

const MAXIMUM_MAP_BYTES = 64 << 20;
const MAXIMUM_CONFIG_BYTES = 4 << 20;

/**
 * Read each kernel's image and what lies beside it: its System.map and config, and kallsyms of the one that runs.
 *
 * @param words that the kernels will be asked for
 */
export async function gatherKernels(
  host: Host,
  osRelease: OsRelease | undefined,
  locations: readonly KernelLocation[],
  words: readonly string[] = [],
): Promise<readonly KernelFacts[]> {
  const running = await runningRelease(host);
  const kernels: KernelFacts[] = [];
  for (const { release, imagePath, file, image } of locations) {
    const isRunning = release === running;
    kernels.push({
      release,
      imagePath,
      isRunning,
      distribution: distributionOf(osRelease),
      systemMap: await readMap(host, release),
      kallsyms: isRunning ? await readKallsyms(host) : undefined,
      config: await readConfig(host, release),
      image: image ?? (await readImageAt(host, imagePath, file, wordsAsTaken(release, words))),
      modules: new Map(),
    });
  }
  return askKernels(host, kernels, words);
}

/**
 * The same kernels with all that some words ask of them beyond what was read before: tokens in the image, and the
 * parameters of the modules that the words name.
 */
export async function askKernels(
  host: Host,
  kernels: readonly KernelFacts[],
  words: readonly string[],
): Promise<readonly KernelFacts[]> {
  const asked: KernelFacts[] = [];
  for (const kernel of kernels) {
    asked.push(await askKernel(host, kernel, wordsAsTaken(kernel.release, words)));
  }
  return asked;
}

function wordsAsTaken(release: string, words: readonly string[]): readonly string[] {
  return words.map((word) => wordAsTaken(release, word));
}

async function askKernel(host: Host, kernel: KernelFacts, words: readonly string[]): Promise<KernelFacts> {
  const image = await answeringImage(host, kernel, words);
  const modules = new Set<string>();
  for (const word of words) {
    const module = moduleOf(word);
    const isSettled =
      module === undefined || kernel.modules.has(module) || imageSays(image, word) === 'present';
    if (!isSettled) modules.add(module);
  }
  const answers = new Map([...kernel.modules, ...(await readModules(host, kernel.release, modules))]);
  return {
    ...kernel,
    config: kernel.config ?? configInImage(image),
    image,
    imageEvidence: image && ((word) => readImageEvidence(image, word)),
    modules: answers,
    moduleEvidence: (word) => moduleEvidence(answers, word, imageSays(image, word)),
  };
}

/** An image that was read without some of the words' tokens is read again. */
async function answeringImage(
  host: Host,
  { image, imagePath }: KernelFacts,
  words: readonly string[],
): Promise<ReadImage | undefined> {
  if (imagePath === undefined || !image?.outcome.ok) return image;
  const { reading } = image.outcome;
  const isComplete = words.every((word) => isAnswered(reading, word));
  return isComplete ? image : readImageAt(host, imagePath, undefined, words);
}

function imageSays(image: ReadImage | undefined, word: string) {
  return image && readImageEvidence(image, word).says;
}

/** A kernel may hold its own config (CONFIG_IKCONFIG). */
function configInImage(image: ReadImage | undefined): KernelReadings['config'] {
  const text = image?.outcome.ok ? image.outcome.reading.ikconfig : undefined;
  const config = text === undefined ? undefined : readKernelConfig(text);
  return image && config && { path: image.path, config };
}

/** The release of the kernel that runs; undefined where that can't be told. */
export async function runningRelease(host: Host): Promise<string | undefined> {
  return (await readRunningState(host))?.release;
}

async function readImageAt(
  host: Host,
  path: string | undefined,
  file: ImageFile | undefined,
  words: readonly string[],
): Promise<ReadImage | undefined> {
  if (file !== undefined) return readImage(host, file, words);
  if (path === undefined) return undefined;
  const found = await hostImage(host, path);
  if (found.ok) return readImage(host, found.file, words);
  return { path, outcome: { ok: false, reason: found.reason }, isCached: false, milliseconds: 0 };
}

/** A kernel that is nothing but files, or a release, that somebody named. */
export interface GivenKernel {
  readonly image: ImageFile | undefined;
  readonly map: { readonly path: string; readonly bytes: Buffer } | undefined;
  /** Counts where the image doesn't tell. */
  readonly release: string | undefined;
  /** Of the host that it is for; undefined where that is not known. */
  readonly osRelease: OsRelease | undefined;
}

/**
 * Read a kernel that lies nowhere in particular: no modules and no config belong to it.
 *
 * @param words that it will be asked for
 */
export async function kernelOfFiles(
  host: Host,
  given: GivenKernel,
  words: readonly string[],
): Promise<KernelFacts> {
  const { map, release, osRelease } = given;
  const stated = (given.image && readImageRelease(given.image.head)) ?? release ?? '';
  const image = given.image && (await readImage(host, given.image, wordsAsTaken(stated, words)));
  const ofImage = image?.outcome.ok
    ? image.outcome.reading.release
    : given.image && readImageRelease(given.image.head);
  return {
    release: ofImage ?? release ?? '',
    imagePath: image?.path,
    isRunning: false,
    distribution: distributionOf(osRelease),
    systemMap: map && { path: map.path, reading: readSymbols(map.bytes.toString('latin1'), 'system-map') },
    config: configInImage(image),
    image,
    imageEvidence: image && ((word) => readImageEvidence(image, word)),
    modules: new Map(),
  };
}

function distributionOf(osRelease: OsRelease | undefined): KernelReadings['distribution'] {
  return osRelease && { ...osRelease, versionId: osRelease.versionId ?? '' };
}

async function readMap(host: Host, release: string): Promise<KernelReadings['systemMap']> {
  for (const path of [`/boot/System.map-${release}`, `/usr/lib/modules/${release}/System.map`]) {
    const file = await host.read(path, MAXIMUM_MAP_BYTES);
    if (file.ok) return { path, reading: readSymbols(file.bytes.toString('latin1'), 'system-map') };
  }
  return undefined;
}

async function readKallsyms(host: Host): Promise<KernelReadings['kallsyms']> {
  const path = '/proc/kallsyms';
  const file = await host.read(path, MAXIMUM_MAP_BYTES);
  return file.ok ? { path, reading: readSymbols(file.bytes.toString('latin1'), 'kallsyms') } : undefined;
}

async function readConfig(host: Host, release: string): Promise<KernelReadings['config']> {
  for (const path of [`/boot/config-${release}`, `/usr/lib/modules/${release}/config`]) {
    const file = await host.read(path, MAXIMUM_CONFIG_BYTES);
    const config = file.ok ? readKernelConfig(file.bytes.toString('latin1')) : undefined;
    if (config !== undefined) return { path, config };
  }
  return undefined;
}
