import type { Evidence } from '../kernel/evidence.ts';
import type { Say } from './messages/catalogue.ts';
import type { LayoutFile, LayoutReport, PlanReport, Reason, Report, WordReport } from './report.ts';
import { unifiedDiff } from './unified-diff.ts';
import { decodeText } from './visible-text.ts';

/** The version of the document; it grows when a key of the contract changes its meaning. */
const SCHEMA_VERSION = 1;

/** The report as one JSON document on one line, ending in a newline. Schema: docs/schema/report.schema.json. */
export function renderJson(report: Report, say: Say): string {
  return `${JSON.stringify(documentOf(report, say))}\n`;
}

function documentOf(report: Report, say: Say): Readonly<Record<string, unknown>> {
  const { command, root, exitCode, outcome, kernels, entries, choice, hazards, plan } = report;
  return {
    schemaVersion: SCHEMA_VERSION,
    command,
    root,
    outcome,
    exitCode,
    layout: report.layout && layoutOf(report.layout, say),
    kernels: kernels?.map((kernel) => ({
      ...kernel,
      exposure: kernel.exposure && { ...kernel.exposure, because: sentences(kernel.exposure.because, say) },
      support: Object.fromEntries(
        Object.entries(kernel.support).map(([parameter, { verdict, evidence, cost }]) => [
          parameter,
          {
            verdict,
            evidence: evidence.map((one) => evidenceOf(one, say)),
            cost: cost && say(`hazard.${cost}`),
          },
        ]),
      ),
    })),
    entries: entries?.map((entry) => ({
      ...entry,
      title: decodeText(entry.title),
      id: decodeText(entry.id),
      cmdline: decodeText(entry.cmdline),
      words: entry.words.map(wordOf),
    })),
    running: report.running && {
      kernel: report.running.kernel,
      cmdline: decodeText(report.running.cmdline),
      words: report.running.words.map(wordOf),
    },
    choice: choice && { ...choice, because: sentences(choice.because, say) },
    hazards: hazards?.map(({ id, blocking, accepted, data }) => ({
      id,
      blocking,
      accepted,
      detail: say(`hazard.${id}`, data),
    })),
    plan: plan && planOf(plan),
    backup: report.backup,
    backups: report.backups,
    parameters: report.parameters,
    messages: report.messages.map(({ level, code, data }) => ({ level, code, text: say(code, data) })),
  };
}

function layoutOf({ family, loader, default: chosen, ...files }: LayoutReport, say: Say): unknown {
  const describe = (some: readonly LayoutFile[]) =>
    some.map(({ path, role, data }) => ({ path, role, detail: say(`role.${role}`, data) }));
  return {
    family,
    loader,
    default: chosen && {
      title: decodeText(chosen.title),
      id: decodeText(chosen.id),
      because: say(chosen.because.code, chosen.because.data),
    },
    nextBoot: describe(files.nextBoot),
    laterKernels: describe(files.laterKernels),
    inactive: describe(files.inactive),
  };
}

function planOf({ id, edits }: PlanReport): unknown {
  return {
    id,
    edits: edits.map(({ path, before, after, beforeSha256, afterSha256 }) => ({
      path,
      beforeSha256,
      afterSha256,
      diff: unifiedDiff(path, optionalText(before), optionalText(after)),
    })),
  };
}

function wordOf({ word, effect, from, suggestion }: WordReport): unknown {
  return { word: decodeText(word), effect, from, suggestion: optionalText(suggestion) };
}

function optionalText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : decodeText(text);
}

function evidenceOf({ source, path, says, code, data }: Evidence, say: Say): unknown {
  return { source, path, says, code, detail: say(`evidence.${code}`, data) };
}

function sentences(reasons: readonly Reason[], say: Say): readonly string[] {
  return reasons.map(({ code, data }) => say(code, data));
}
