import type { Host } from '../host/host.ts';
import { readKernelConfig } from '../kernel/config.ts';
import { decompressWith } from '../kernel/image/decompress.ts';
import { imageEvidence } from '../kernel/image/image-evidence.ts';
import { type ImageResult, readImageRelease, readKernelImage } from '../kernel/image/image-reading.ts';
import type { KernelReadings } from '../kernel/parameter-support.ts';
import { readSymbols } from '../kernel/symbols.ts';
import type { OsRelease } from './os-release.ts';

/** One kernel of the host, with what its files say. */
export interface KernelFacts extends KernelReadings {
  /** The image, as the host sees it; undefined where none was found. */
  readonly imagePath: string | undefined;
  readonly isRunning: boolean;
  /** Every name that the image accepts, as the kernel has it; undefined where the image could not be read. */
  readonly parameterNames: readonly string[] | undefined;
}

export interface KernelLocation {
  readonly release: string;
  readonly imagePath: string | undefined;
}

const MAXIMUM_MAP_BYTES = 64 << 20;
const MAXIMUM_CONFIG_BYTES = 4 << 20;

/** Read what lies beside each kernel: its System.map and config, and kallsyms of the one that runs. */
export async function gatherKernels(
  host: Host,
  osRelease: OsRelease | undefined,
  locations: readonly KernelLocation[],
): Promise<readonly KernelFacts[]> {
  const running = await runningRelease(host);
  const kernels: KernelFacts[] = [];
  for (const { release, imagePath } of locations) {
    const isRunning = release === running;
    kernels.push({
      release,
      imagePath,
      isRunning,
      distribution: distributionOf(osRelease),
      systemMap: await readMap(host, release),
      kallsyms: isRunning ? await readKallsyms(host) : undefined,
      config: await readConfig(host, release),
      ...(await readImage(host, imagePath)),
    });
  }
  return kernels;
}

/** The release of the running kernel; undefined where the host is not the running machine. */
export async function runningRelease(host: Host): Promise<string | undefined> {
  if (!host.isRunningSystem) return undefined;
  const file = await host.read('/proc/sys/kernel/osrelease', MAXIMUM_CONFIG_BYTES);
  return file.ok ? file.bytes.toString('latin1').trim() : undefined;
}

type ImageFacts = Pick<KernelFacts, 'imageEvidence' | 'parameterNames'>;

async function readImage(host: Host, path: string | undefined): Promise<ImageFacts> {
  const file = path === undefined ? undefined : await host.read(path);
  if (path === undefined || !file?.ok) return { imageEvidence: undefined, parameterNames: undefined };
  return imageFacts(path, await readKernelImage(file.bytes, decompressWith(host.run)));
}

function imageFacts(path: string, result: ImageResult): ImageFacts {
  return {
    imageEvidence: (parameter) => imageEvidence(result, parameter, path),
    parameterNames: result.ok ? result.reading.parameters.map(({ name }) => name) : undefined,
  };
}

export interface GivenKernelFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** A kernel that is nothing but files, or a release, that somebody named. */
export async function kernelOfFiles(
  host: Host,
  given: {
    readonly image: GivenKernelFile | undefined;
    readonly map: GivenKernelFile | undefined;
    readonly release: string | undefined;
    readonly osRelease: OsRelease | undefined;
  },
): Promise<KernelFacts> {
  const { image, map, release, osRelease } = given;
  const result = image && (await readKernelImage(image.bytes, decompressWith(host.run)));
  const ofImage = image && (result?.ok ? result.reading.release : readImageRelease(image.bytes));
  return {
    release: release ?? ofImage ?? '',
    imagePath: image?.path,
    isRunning: false,
    distribution: distributionOf(osRelease),
    systemMap: map && { path: map.path, reading: readSymbols(map.bytes.toString('latin1'), 'system-map') },
    kallsyms: undefined,
    config: undefined,
    ...(image === undefined || result === undefined
      ? { imageEvidence: undefined, parameterNames: undefined }
      : imageFacts(image.path, result)),
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
