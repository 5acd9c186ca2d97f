import { basename } from 'node:path';
import {
  REMEDIES,
  type RemedyCost,
  remediesOf,
  remedyOfWord,
  remedyWords,
  THE_LEAK,
} from '../../diagnosis/remedy.ts';
import { releaseInName } from '../../facts/entry-kind.ts';
import { namedFile } from '../../facts/image-file.ts';
import { installedKernels } from '../../facts/installed-kernels.ts';
import {
  type GivenKernel,
  gatherKernels,
  type KernelFacts,
  kernelOfFiles,
  runningRelease,
} from '../../facts/kernels.ts';
import { readOsRelease } from '../../facts/os-release.ts';
import { systemCode } from '../../host/system-error.ts';
import { ignoredValue } from '../../kernel/ignored-values.ts';
import { filesEvidence, parameterSupport, supportOf } from '../../kernel/parameter-support.ts';
import { compareReleases } from '../../kernel/release.ts';
import { error, note, warning } from '../../report/message.ts';
import type { KernelReport, Message, Report, SupportReport } from '../../report/report.ts';
import { asBytes } from '../argument-bytes.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT, namedFileExit } from '../exit-code.ts';

/** Ask kernels whether they understand parameters, without changing anything. */
export async function probe(context: CommandContext): Promise<Report> {
  const { invocation, host } = context;
  const start = { command: invocation.command, root: host.root };
  const parameters =
    invocation.words.length > 0 ? invocation.words : remediesOf(THE_LEAK).flatMap(remedyWords);
  const found = await kernelsToAsk(context, parameters);
  if (!found.ok) {
    const { exitCode, message } = found;
    return { ...start, outcome: 'refused', exitCode, messages: [message] };
  }
  const { kernels } = found;
  const isImageOnly = invocation.options.image !== undefined;
  const messages = [
    ...(isImageOnly || invocation.options.list ? [note('note.modules-not-read')] : []),
    ...kernels.flatMap(misnamed),
  ];
  if (invocation.options.list) return { ...start, ...listParameters(kernels, messages) };
  const isJudgedByFile = isImageOnly && invocation.options.release === undefined;
  const described = kernels.map((kernel) => describe(kernel, parameters, isJudgedByFile));
  const ignored = kernels.flatMap((kernel) => parameters.flatMap((word) => ignoredWord(kernel, word)));
  return { ...start, exitCode: EXIT.done, kernels: described, messages: [...messages, ...ignored] };
}

type KernelsToAsk =
  | { readonly ok: true; readonly kernels: readonly KernelFacts[] }
  | { readonly ok: false; readonly exitCode: number; readonly message: Message };

function refuse(exitCode: number, message: Message): KernelsToAsk {
  return { ok: false, exitCode, message };
}

async function kernelsToAsk(context: CommandContext, words: readonly string[]): Promise<KernelsToAsk> {
  const { image, release, kernel } = context.invocation.options;
  const map = context.invocation.options['system-map'];
  const isGiven = image !== undefined || map !== undefined || release !== undefined;
  if (isGiven && kernel !== undefined) return refuse(EXIT.usage, error('error.kernel-and-file'));
  return isGiven ? givenKernel(context, words) : hostKernels(context, words);
}

/** The files that the operator names are of this machine, whatever `--root` says. */
async function givenKernel(
  { invocation, host }: CommandContext,
  words: readonly string[],
): Promise<KernelsToAsk> {
  const { image, release, root } = invocation.options;
  const map = invocation.options['system-map'];
  let given: GivenKernel;
  try {
    given = {
      image: image === undefined ? undefined : { ...namedFile(image), path: asBytes(image) },
      map: map === undefined ? undefined : await readMap(map),
      release: release ?? (map === undefined ? undefined : releaseOfMap(map)),
      osRelease: root === undefined ? undefined : await readOsRelease(host),
    };
  } catch (failure) {
    const code = systemCode(failure);
    if (code === undefined) throw failure;
    const path = asBytes((failure as NodeJS.ErrnoException).path ?? image ?? map ?? '');
    return refuse(namedFileExit(code), error('error.file-unreadable', { path, systemCode: code }));
  }
  return { ok: true, kernels: [await kernelOfFiles(host, given, words)] };
}

async function readMap(path: string): Promise<GivenKernel['map']> {
  const file = namedFile(path);
  const whole = await file.read();
  return { path: asBytes(path), bytes: whole.ok ? whole.bytes : file.head };
}

function releaseOfMap(path: string): string | undefined {
  return /^System\.map-([0-9].*)$/.exec(basename(path))?.[1];
}

/** Every kernel that lies on the host, and the running one where its image doesn't. */
async function hostKernels(
  { invocation, host }: CommandContext,
  words: readonly string[],
): Promise<KernelsToAsk> {
  const { kernel: wanted } = invocation.options;
  const installed = await installedKernels(host);
  const running = await runningRelease(host);
  const isMissing = running !== undefined && !installed.some(({ release }) => release === running);
  const all = isMissing ? [...installed, { release: running, imagePath: undefined }] : installed;
  const chosen = all.filter(({ release }) => wanted === undefined || release === wanted);
  if (chosen.length > 0) {
    const newestFirst = chosen.toSorted((a, b) => compareReleases(b.release, a.release));
    return { ok: true, kernels: await gatherKernels(host, await readOsRelease(host), newestFirst, words) };
  }
  if (wanted === undefined) return refuse(EXIT.refused, error('error.no-kernels'));
  return refuse(EXIT.refused, error('error.no-such-kernel', { release: wanted }));
}

/** An image that calls itself otherwise than its file: packages go by the file's name, the kernel by its own. */
function misnamed({ release, imagePath }: KernelFacts): readonly Message[] {
  const inName = imagePath === undefined ? undefined : releaseInName(imagePath);
  if (inName === undefined || release === '' || inName === release) return [];
  return [warning('warning.image-misnamed', { path: imagePath ?? '', release })];
}

/** A word that does nothing there by the kernel's own source, though a handler may take its name. */
function ignoredWord({ release, distribution }: KernelFacts, word: string): readonly Message[] {
  const ignored = ignoredValue(release, distribution, word);
  return ignored === undefined
    ? []
    : [warning(`warning.value-${ignored.how}`, { release, word, source: ignored.source })];
}

function describe(kernel: KernelFacts, parameters: readonly string[], isJudgedByFile: boolean): KernelReport {
  const { release, isRunning, image } = kernel;
  const support = parameters.map((parameter) => {
    const { verdict, evidence, decidedBy } = isJudgedByFile
      ? fileSupport(kernel, parameter)
      : supportOf(kernel, parameter);
    const cost = verdict === 'absent' ? undefined : costOf(parameter);
    return [parameter, { verdict, evidence, decidedBy, cost } satisfies SupportReport] as const;
  });
  const reading = image && { milliseconds: image.milliseconds, cached: image.isCached };
  return {
    release,
    running: isRunning,
    default: false,
    support: Object.fromEntries(support),
    ...(reading === undefined ? {} : { reading }),
  };
}

/** The verdict on a file is about that file: what is known of its release elsewhere doesn't count. */
function fileSupport(kernel: KernelFacts, word: string) {
  return parameterSupport(word, filesEvidence(kernel, word));
}

/** What a remedy's word takes away wherever it works. */
function costOf(word: string): RemedyCost | undefined {
  const remedy = remedyOfWord(word);
  return remedy && REMEDIES[remedy].cost;
}

/** Every name that the images accept, once, in the order of their tables. */
function listParameters(
  kernels: readonly KernelFacts[],
  messages: readonly Message[],
): Pick<Report, 'outcome' | 'exitCode' | 'parameters' | 'messages'> {
  const names = kernels.flatMap(({ image }) =>
    image?.outcome.ok ? image.outcome.reading.parameters.map(({ name }) => name) : [],
  );
  if (names.length > 0) return { exitCode: EXIT.done, parameters: [...new Set(names)], messages };
  const unread = kernels.map(({ release }) => error('error.no-parameter-list', { release }));
  return { outcome: 'refused', exitCode: EXIT.refused, messages: unread };
}
