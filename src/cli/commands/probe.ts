import { readFile } from 'node:fs/promises';
import { DISABLE, NOKMEM } from '../../diagnosis/remedy.ts';
import { installedKernels } from '../../facts/installed-kernels.ts';
import { gatherKernels, type KernelFacts, kernelOfFiles } from '../../facts/kernels.ts';
import { readOsRelease } from '../../facts/os-release.ts';
import { supportOf } from '../../kernel/parameter-support.ts';
import type { KernelReport, Message, Report } from '../../report/report.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { error, note } from '../refusal-messages.ts';

/** Ask kernels whether they understand parameters, without changing anything. */
export async function probe(context: CommandContext): Promise<Report> {
  const { invocation, host } = context;
  const start = { command: invocation.command, root: host.root };
  const found = await kernelsToAsk(context);
  if (!found.ok) return { ...start, outcome: 'refused', exitCode: found.exitCode, messages: [found.message] };
  if (invocation.options.list) return listParameters(start, found.kernels);
  const parameters = invocation.words.length > 0 ? invocation.words : [NOKMEM, DISABLE];
  return {
    ...start,
    exitCode: EXIT.done,
    kernels: found.kernels.map((kernel) => describe(kernel, parameters)),
    messages: invocation.options.image === undefined ? [] : [note('note.modules-not-read')],
  };
}

type KernelsToAsk =
  | { readonly ok: true; readonly kernels: readonly KernelFacts[] }
  | { readonly ok: false; readonly exitCode: number; readonly message: Message };

async function kernelsToAsk({ invocation, host }: CommandContext): Promise<KernelsToAsk> {
  const { image, release, kernel: wanted } = invocation.options;
  const map = invocation.options['system-map'];
  if (image !== undefined || map !== undefined || release !== undefined) {
    const files = await readGivenFiles(image, map);
    if (!files.ok) return files;
    const osRelease = await readOsRelease(host);
    return { ok: true, kernels: [await kernelOfFiles(host, { ...files.given, release, osRelease })] };
  }
  const locations = await installedKernels(host);
  const chosen = locations.filter((location) => wanted === undefined || location.release === wanted);
  if (chosen.length > 0)
    return { ok: true, kernels: await gatherKernels(host, await readOsRelease(host), chosen) };
  const message = error(wanted === undefined ? 'error.no-kernels' : 'error.no-such-kernel', {
    release: wanted ?? '',
  });
  return { ok: false, exitCode: EXIT.refused, message };
}

interface GivenFile {
  readonly path: string;
  readonly bytes: Buffer;
}

type GivenFiles =
  | {
      readonly ok: true;
      readonly given: { readonly image: GivenFile | undefined; readonly map: GivenFile | undefined };
    }
  | { readonly ok: false; readonly exitCode: number; readonly message: Message };

/** The files that the operator names are of this machine, whatever `--root` says. */
async function readGivenFiles(image: string | undefined, map: string | undefined): Promise<GivenFiles> {
  const given: { image: GivenFile | undefined; map: GivenFile | undefined } = {
    image: undefined,
    map: undefined,
  };
  for (const [kind, path] of [['image', image] as const, ['map', map] as const]) {
    if (path === undefined) continue;
    try {
      given[kind] = { path, bytes: await readFile(path) };
    } catch (failure) {
      const detail = failure instanceof Error ? failure.message : String(failure);
      return { ok: false, exitCode: EXIT.failed, message: error('error.file-unreadable', { detail }) };
    }
  }
  return { ok: true, given };
}

function describe(kernel: KernelFacts, parameters: readonly string[]): KernelReport {
  const support = parameters.map((parameter) => [parameter, supportOf(kernel, parameter)] as const);
  return {
    release: kernel.release,
    running: kernel.isRunning,
    default: false,
    support: Object.fromEntries(support),
  };
}

function listParameters(start: { command: string; root: string }, kernels: readonly KernelFacts[]): Report {
  const names = kernels.flatMap(({ parameterNames }) => parameterNames ?? []);
  if (names.length > 0)
    return { ...start, exitCode: EXIT.done, parameters: [...new Set(names)], messages: [] };
  const messages = kernels.map(({ release }) => error('error.no-parameter-list', { release }));
  return { ...start, outcome: 'refused', exitCode: EXIT.refused, messages };
}
