import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import { renderMessage } from '../../src/report/message-line.ts';
import { loadCatalogue, type Say } from '../../src/report/messages/catalogue.ts';
import type { Report } from '../../src/report/report.ts';
import { readReportDocument } from '../../src/report/report-document.ts';
import { renderReport } from '../../src/report/text.ts';
import { copyFixture, runCli } from '../cli/run-cli.ts';

const { version } = JSON.parse(runCli(['--version']).stdout.replace(/^(.*)\n$/, '{"version":"$1"}'));

const invocation = (command: string, options: object) => ({
  command,
  words: [],
  options: { host: [], unset: [], accept: [], ...options },
});

/** What bootmend answers on another machine. */
const answer = (command: string, options: object): string =>
  runCli(['--answer', JSON.stringify({ version, invocation: invocation(command, options) })]).stdout;

let say: Say;
beforeAll(async () => {
  say = await loadCatalogue('en');
});

const paint = (_style: string, text: string) => text;

function shown(report: Report, isVerbose: boolean, target = ''): string {
  const options = { say, paint, isVerbose, columns: 80, hasDiffs: true, target };
  const { body, closing } = renderReport(report, options);
  return body + closing;
}

/** The document without the time of its making, and what only --json looks for. */
function document(json: string): object {
  const { at: _at, host: _host, ...others } = JSON.parse(json);
  return others;
}

const fixtures = fileURLToPath(new URL('../../grub-fixtures', import.meta.url));
const trees = readdirSync(fixtures).filter((name) => /^(?:centos-7|rocky|debian)(?!.*\.md$)/.test(name));

describe.each(trees)('%s', (tree) => {
  const root = join(fixtures, tree);

  test.each([
    ['status', ['status'], {}],
    ['audit', ['audit'], {}],
    ['fix', ['fix', '--dry-run'], { 'dry-run': true }],
    ['backups', ['backups'], {}],
  ])('%s: its answer shows what the command shows there', async (command, words, options) => {
    const text = answer(command, { root, ...options });
    const report = await readReportDocument(text, command, say);
    expect(report).toEqual(JSON.parse(text).report);
    const here = runCli([...words, '--root', root]);
    if (report === undefined) return;
    expect(shown(report, false, ` --root ${root}`)).toBe(here.stdout);
    const json = await renderJson(report, say, (value) => value, new Date());
    expect(document(json)).toEqual(document(runCli([...words, '--root', root, '--json']).stdout));
  });
});

describe('an answer that is none', () => {
  const good = { command: 'status', root: '/', exitCode: 0, messages: [] };
  const sentence = { level: 'info', code: 'error.no-proc', data: {} };

  test('but this is one', async () => {
    expect(await readReportDocument(JSON.stringify({ version, report: good }), 'status', say)).toEqual(good);
  });

  test.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['half of one', JSON.stringify({ version, report: good }).slice(0, -2)],
    ['no object', '[]'],
    ['another version', JSON.stringify({ version: '0.0.0', report: good })],
    ['another command', JSON.stringify({ version, report: { ...good, command: 'fix' } })],
    ['an exit code that there is not', JSON.stringify({ version, report: { ...good, exitCode: 64 } })],
    ['an outcome that there is not', JSON.stringify({ version, report: { ...good, outcome: 'hacked' } })],
    ['text for a program', JSON.stringify({ version, report: { ...good, script: 'id' } })],
    ['no messages', JSON.stringify({ version, report: { ...good, messages: 7 } })],
    [
      'a sentence that there is not',
      JSON.stringify({ version, report: { ...good, messages: [{ ...sentence, code: 'constructor' }] } }),
    ],
    [
      'a level that there is not',
      JSON.stringify({ version, report: { ...good, messages: [{ ...sentence, level: 'ask' }] } }),
    ],
    [
      'a command as an id',
      JSON.stringify({ version, report: { ...good, plan: { id: '$(reboot)', edits: [] } } }),
    ],
    ['entries that are none', JSON.stringify({ version, report: { ...good, entries: [7] } })],
    ['a layout that is none', JSON.stringify({ version, report: { ...good, layout: {} } })],
  ])('%s', async (_rule, text) => {
    expect(await readReportDocument(text, 'status', say)).toBeUndefined();
  });
});

const HOSTILE = '\x1b]0;owned\x07\x1b[2J\r\u202e\x9b';

/** The value with each of its texts, one at a time, replaced. */
function* spoiled(value: unknown): Generator<unknown> {
  if (typeof value === 'string') {
    yield value + HOSTILE;
  } else if (Array.isArray(value)) {
    for (const [index, part] of value.entries())
      for (const other of spoiled(part)) yield value.with(index, other);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      for (const other of spoiled(part)) yield { ...value, [key]: other };
      if (!/^[a-z]+$/i.test(key)) yield { ...value, [key + HOSTILE]: part };
    }
  }
}

test.each([
  ['status', {}],
  ['audit', {}],
  ['fix', { 'dry-run': true }],
])('no text of a hostile answer to %s acts on the terminal', async (command, options) => {
  const root = copyFixture('centos-7.3-dead-word');
  const { report } = JSON.parse(answer(command, { root, ...options }));
  report.layout.keptBy = { system: 'NixOS', place: 'boot.kernelParams', command: 'nixos-rebuild boot' };
  let read = 0;
  for (const other of spoiled(report)) {
    const found = await readReportDocument(JSON.stringify({ version, report: other }), command, say);
    if (found === undefined) continue;
    read += 1;
    const messages = found.messages.map((message) =>
      renderMessage(message, { say, paint, columns: Number.POSITIVE_INFINITY, target: '' }),
    );
    const json = await renderJson(found, say, (text) => text, new Date());
    for (const text of [shown(found, true), shown(found, false), json, ...messages])
      expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
  }
  expect(read).toBeGreaterThan(50);
});
