import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { EXIT } from '../../src/cli/exit-code.ts';
import { EVIDENCE_SOURCES } from '../../src/kernel/evidence.ts';
import { renderJson } from '../../src/report/json.ts';
import { loadCatalogue } from '../../src/report/messages/catalogue.ts';
import type { Report } from '../../src/report/report.ts';
import { runCli } from '../cli/run-cli.ts';
import { buildElf } from '../kernel/image/build-kernel.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const schema = JSON.parse(readFileSync(join(project, 'docs/schema/report.schema.json'), 'utf8'));
const ajv = new Ajv2020({ strict: true, allErrors: true });
const isReadable = ajv.compile(schema);
/** The schema leaves room for keys to come; what is printed today has none that it doesn't describe. */
const isReport = ajv.compile({ ...closed(schema), $id: 'urn:bootmend:report:closed' });

/** The schema with no room for keys that it doesn't describe. */
function closed<Part>(part: Part): Part {
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map(closed) as Part;
  const inner = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]));
  const isClosed = inner['type'] === 'object' && inner['additionalProperties'] === undefined;
  return (isClosed ? { ...inner, additionalProperties: false } : inner) as Part;
}

const made = mkdtempSync(join(tmpdir(), 'bootmend-schema-'));
afterAll(() => rmSync(made, { recursive: true, force: true }));
const image = join(made, 'kernel');
writeFileSync(image, buildElf().bytes);

type Document = Record<string, unknown>;

/** What is wrong with a document by the schema. */
function faultsOf(document: Document): readonly string[] {
  if (isReport(document)) return [];
  return (isReport.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}

function documentOf(words: readonly string[]): Document {
  const { stdout, exitCode } = runCli([...words, '--json'], { XDG_CACHE_HOME: join(made, 'cache') });
  const document = JSON.parse(stdout);
  expect(document.exitCode).toBe(exitCode);
  return document;
}

interface Case {
  readonly words: readonly string[];
  readonly outcome?: string;
  readonly exitCode: number;
  /** A key that this document is about. */
  readonly has: string;
}

/** In this order on one tree, so that there is something to undo and to list. */
const story: readonly Case[] = [
  { words: ['status'], exitCode: 0, has: 'kernels' },
  { words: ['audit'], exitCode: 4, has: 'entries' },
  { words: ['fix', '--dry-run', '--check'], outcome: 'planned', exitCode: 4, has: 'plan' },
  { words: ['fix'], outcome: 'refused', exitCode: 3, has: 'plan' },
  { words: ['fix', '--yes', '--remedy', 'nokmem'], outcome: 'refused', exitCode: 3, has: 'messages' },
  { words: ['fix', '--yes'], outcome: 'applied', exitCode: 0, has: 'backup' },
  { words: ['fix', '--yes'], outcome: 'unchanged', exitCode: 0, has: 'choice' },
  { words: ['set', 'quiet', 'loglevel=3', '--yes'], outcome: 'applied', exitCode: 0, has: 'backup' },
  { words: ['set', 'root=/dev/sdb', '--yes'], outcome: 'refused', exitCode: 3, has: 'messages' },
  { words: ['set', 'nosmt', '--trial', '--dry-run'], outcome: 'planned', exitCode: 0, has: 'trial' },
  { words: ['confirm', '--yes'], outcome: 'refused', exitCode: 3, has: 'messages' },
  { words: ['unset', 'rhgb', '--yes'], outcome: 'applied', exitCode: 0, has: 'hazards' },
  { words: ['rollback', '--yes'], outcome: 'applied', exitCode: 0, has: 'plan' },
  { words: ['rollback', 'first', '--dry-run'], outcome: 'planned', exitCode: 0, has: 'plan' },
  { words: ['backups'], exitCode: 0, has: 'backups' },
  { words: ['verify'], exitCode: 3, has: 'verification' },
  { words: ['probe'], exitCode: 0, has: 'kernels' },
  { words: ['probe', '--image', image, 'cgroup.memory=nokmem', 'no.such'], exitCode: 0, has: 'kernels' },
  { words: ['probe', '--image', image, '--list'], exitCode: 0, has: 'parameters' },
  { words: ['probe', '--release', '3.10.0-1160.el7.x86_64'], exitCode: 0, has: 'kernels' },
  { words: ['probe', '--kernel', '1.0'], outcome: 'refused', exitCode: 3, has: 'messages' },
  { words: ['probe', '--image', made], outcome: 'refused', exitCode: 2, has: 'messages' },
  { words: ['completion', 'bash'], exitCode: 0, has: 'script' },
  { words: ['fix', '--help'], exitCode: 0, has: 'help' },
  { words: ['help'], exitCode: 0, has: 'help' },
  { words: ['fix', '--nope'], outcome: 'refused', exitCode: 2, has: 'command' },
  { words: [], outcome: 'refused', exitCode: 2, has: 'messages' },
];

describe('every document that bootmend prints is as the schema says', () => {
  const root = join(made, 'root');
  cpSync(join(project, 'grub-fixtures/centos-7.3-dead-word'), root, {
    recursive: true,
    verbatimSymlinks: true,
  });
  test.each(story)('$words', ({ words, outcome, exitCode, has }) => {
    const document = documentOf([...words, '--root', root]);
    expect(faultsOf(document)).toEqual([]);
    expect([document['outcome'], document['exitCode']]).toEqual([outcome, exitCode]);
    expect(document).toHaveProperty(has);
  });

  test.each([['backups'], ['set', 'quiet', '--yes'], ['rollback', '--yes']])(
    'where our state can’t be read: %s',
    (...words) => {
      const stateless = join(made, words[0] ?? '');
      cpSync(join(project, 'grub-fixtures/centos-7.3'), stateless, {
        recursive: true,
        verbatimSymlinks: true,
      });
      mkdirSync(join(stateless, 'var/lib'), { recursive: true });
      writeFileSync(join(stateless, 'var/lib/bootmend'), 'no directory');
      const document = documentOf([...words, '--root', stateless]);
      expect(faultsOf(document)).toEqual([]);
      expect(document).toMatchObject({ outcome: 'refused', exitCode: 1 });
      expect(document['messages']).not.toMatchObject([{ code: 'error.unexpected' }]);
    },
  );

  test('every command is among them', () => {
    const commands = new Set(story.map(({ words }) => words[0]));
    expect(COMMANDS.map(({ name }) => name).filter((name) => !commands.has(name))).toEqual([]);
  });

  const fixtures = readdirSync(join(project, 'grub-fixtures')).filter((name) => !name.endsWith('.md'));
  test.each(fixtures)('%s', (fixture) => {
    const tree = join(project, 'grub-fixtures', fixture);
    const commands = [['status'], ['audit'], ['probe'], ['fix', '--dry-run'], ['set', 'quiet', '--dry-run']];
    for (const words of commands) {
      const document = documentOf([...words, '--root', tree]);
      expect(faultsOf(document)).toEqual([]);
      for (const support of supportsIn(document))
        expect(support).toEqual({ ...support, deciding: support.isDecided ? 1 : 0 });
    }
  });
});

interface Support {
  readonly verdict: string;
  readonly evidence: readonly { readonly decides: boolean }[];
}

/** Of each verdict whether something decided it, and how many pieces of its evidence say so of themselves. */
function supportsIn(document: Document) {
  const kernels = (document['kernels'] ?? []) as readonly {
    readonly support: Readonly<Record<string, Support>>;
  }[];
  return kernels.flatMap(({ support }) =>
    Object.values(support).map(({ verdict, evidence }) => ({
      isDecided: verdict === 'supported' || verdict === 'absent',
      deciding: evidence.filter(({ decides }) => decides).length,
    })),
  );
}

test('a document tells whose it is, and who says so, when', () => {
  const tree = join(project, 'grub-fixtures/centos-7.3');
  const before = Date.now();
  const { host, at, toolVersion } = documentOf(['status', '--root', tree]);
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const named = readFileSync(join(tree, 'etc/hostname'), 'utf8').trim();
  expect([host, toolVersion]).toEqual([named, version]);
  expect(Date.parse(String(at))).toBeGreaterThanOrEqual(before);
  expect(documentOf(['backups'])['host']).toBe(hostname());
});

const evidence = {
  source: 'config',
  path: '/boot/config',
  says: 'absent',
  strength: 'observation',
  code: 'config.option-off',
  data: { option: 'CONFIG_MEMCG' },
} as const;
const file = { path: '/boot/grub2/grub.cfg', role: 'menu', data: {} } as const;
const word = { word: 'rhbg', effect: 'none', from: '/boot/grub2/grub.cfg:9', suggestion: 'rhgb' } as const;
const setId = '20261124T143000Z-1a2b3c4d';
const sha256 = '0'.repeat(64);

/** A report with all that a report can hold: a new key of `Report` is wanted here, and then in the schema. */
const fullReport: Required<Report> = {
  command: 'audit',
  root: '/',
  host: 'node1',
  exitCode: 0,
  outcome: 'applied',
  unrestored: ['/boot/grub2/grub.cfg'],
  changedSince: [
    {
      path: '/boot/grub2/grub.cfg',
      before: 'a\n',
      after: undefined,
      ownershipChanges: [{ what: 'mode', before: '0644', after: '0600' }],
    },
  ],
  headline: [{ code: 'headline.no-leak', data: {} }],
  layout: {
    family: 'el7',
    loader: 'grub2',
    default: { title: 'A', id: 'a', because: { code: 'default.untold', data: {} } },
    nextBoot: [file],
    laterKernels: [file],
    keptBy: { system: 'NixOS', place: 'boot.kernelParams', command: 'nixos-rebuild boot' },
    inactive: [file],
  },
  kernels: [
    {
      release: '3.10.0',
      running: true,
      default: true,
      remedy: 'none',
      exposure: { verdict: 'not-exposed', because: [{ code: 'exposure.no-memory-controller', data: {} }] },
      support: {
        'a=b': { verdict: 'absent', evidence: [evidence], decidedBy: evidence, cost: 'memory-limits-off' },
      },
      reading: { milliseconds: 1.5, cached: true },
    },
  ],
  entries: [
    {
      title: 'A',
      id: 'a',
      kernel: '3.10.0',
      image: '/vmlinuz-3.10.0',
      initrd: ['/initramfs-3.10.0.img'],
      kind: 'recovery',
      default: true,
      next: false,
      cmdline: 'rhbg',
      words: [word],
    },
  ],
  nextLine: { title: 'A', cmdline: 'rhbg' },
  laterLines: [
    {
      by: 'grub-mkconfig',
      kind: 'normal',
      title: 'A',
      words: [{ word: 'a', known: true, from: '/etc/default/grub:1', variable: 'GRUB_CMDLINE_LINUX' }],
      unknown: [{ because: 'source', from: '/etc/default/grub:2' }],
      lost: { text: ';b', from: '/etc/default/grub:1' },
      isCompared: true,
    },
  ],
  drift: [
    {
      line: 'grub-mkconfig (normal)',
      onlyNextBoot: [{ word: 'rhbg', from: '/boot/grub2/grub.cfg:9' }],
      onlyLater: [{ word: 'a', from: '/etc/default/grub:1' }],
    },
  ],
  running: { kernel: '3.10.0', cmdline: 'rhbg', words: [word] },
  situation: {
    state: 'in-effect',
    words: ['a=b'],
    seenBy: '/sys/a',
    isLeaking: false,
    pending: { set: ['c'], unset: ['d'] },
  },
  nextEntry: { title: 'A', kernel: '3.10.0' },
  symptoms: {
    verdict: 'suspicious',
    found: [{ code: 'slab-share', data: { percent: 30 } }],
    sample: {
      total: 100,
      available: 50,
      slab: 35,
      unreclaimable: 30,
      countedGroups: 9,
      liveGroups: 8,
      dyingGroups: 1,
      groupCaches: 3,
      deadCaches: 1,
      failedSlabs: 0,
    },
    growthPerHour: 10,
    hoursLeft: 5.5,
  },
  verification: [
    {
      word: 'a=b',
      wanted: 'present',
      isOnLine: true,
      inEffect: 'yes',
      seenBy: [{ path: '/sys/a', shows: 'effect', code: 'setting', data: { value: 'b' } }],
      verdict: 'in-effect',
    },
  ],
  verified: { verdict: 'in-effect', change: setId, expectedKernel: '3.10.0' },
  lineDifference: { onlyRunning: ['c'], onlyNextBoot: ['d'] },
  rebootNeeded: true,
  choice: { remedy: 'none', words: [], because: [{ code: 'choice.not-exposed', data: {} }] },
  relaxation: { release: '6.1.0', milder: 'nokmem', command: 'bootmend fix --remedy nokmem' },
  hazards: [{ id: 'memory-limits-off', blocking: false, accepted: false, data: { path: '', setting: '' } }],
  plan: {
    id: '1a2b3c4d5e6f',
    edits: [{ path: '/f', before: 'a', after: 'b', beforeSha256: sha256, afterSha256: sha256 }],
  },
  entryPlaces: [{ path: '/f', line: 1, title: 'A', kernel: '3.10.0', isDefault: true }],
  decision: [{ word: 'a=b', verdict: 'supported', cost: 'memory-limits-off' }],
  commandAgain: 'bootmend fix',
  backup: { id: setId, path: `/var/lib/bootmend/backups/${setId}` },
  backups: [
    {
      id: setId,
      path: `/var/lib/bootmend/backups/${setId}`,
      createdAt: '2026-11-24T14:30:00.000Z',
      kind: 'apply',
      command: 'fix',
      set: ['a'],
      unset: ['b'],
      bootId: '00000000-0000-4000-8000-000000000000',
      verified: { verdict: 'in-effect', bootId: '00000000-0000-4000-8000-000000000000' },
      undoneBy: setId,
      files: ['/f'],
      trial: 'pending',
    },
  ],
  trial: { state: 'pending', id: setId, set: ['quiet'], unset: ['rhgb'], line: ['ro', 'quiet', 'panic=10'] },
  parameters: ['quiet'],
  script: 'complete\n',
  help: 'Usage: bootmend\n',
  counts: { known: 2, none: 0, unknown: 1, total: 3 },
  messages: [{ level: 'info', code: 'audit.nothing-found', data: { total: 3 } }],
};

const say = await loadCatalogue('en');
const document = await renderJson(fullReport, say, (text) => text, new Date(0));
const fullDocument = (): Document => JSON.parse(document);

interface Place {
  readonly path: string;
  readonly holder: Record<string, unknown>;
}

/** Every object of a document that has fixed keys, outermost first. */
function objectsOf(value: unknown, path = ''): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => objectsOf(item, `${path}/${index}`));
  const holder = value as Record<string, unknown>;
  const inner = Object.entries(holder).flatMap(([key, item]) => objectsOf(item, `${path}/${key}`));
  return /\/(?:support|data)$/.test(path) ? inner : [{ path, holder }, ...inner];
}

describe('the schema says neither more nor less than what is printed', () => {
  test('a report with everything in it is valid', () => {
    expect(faultsOf(fullDocument())).toEqual([]);
  });

  test('every key of the schema is in that report', () => {
    const printed = new Set(objectsOf(fullDocument()).flatMap(({ holder }) => Object.keys(holder)));
    const described = objectsOf(schema).flatMap(({ path, holder }) =>
      path.endsWith('/properties') ? Object.keys(holder) : [],
    );
    expect(described.filter((key) => !printed.has(key))).toEqual([]);
  });

  test('an unknown key is let pass by readers, and is in nothing that is printed, wherever it stands', () => {
    const document = fullDocument();
    const places = objectsOf(document);
    expect(places.length).toBeGreaterThan(20);
    for (const { path, holder } of places) {
      holder['extra'] = true;
      expect([path, faultsOf(document).length, isReadable(document)]).toEqual([path, 1, true]);
      delete holder['extra'];
    }
  });

  test('a value of the wrong type is refused wherever it stands', () => {
    const document = fullDocument();
    for (const { path, holder } of objectsOf(document)) {
      for (const [key, value] of Object.entries(holder)) {
        holder[key] = null;
        expect([path, key, faultsOf(document).length > 0]).toEqual([path, key, true]);
        holder[key] = value;
      }
    }
  });

  test.each([
    { rule: 'a missing exit code', change: { exitCode: undefined } },
    { rule: 'another version', change: { schemaVersion: 2 } },
    { rule: 'an outcome that there is not', change: { outcome: 'done' } },
    { rule: 'an exit code that there is not', change: { exitCode: 6 } },
    { rule: 'a time without its zone', change: { at: '2026-11-24T14:30:00' } },
    { rule: 'a backup whose id is none', change: { backup: { id: '../..', path: '/' } } },
    { rule: 'a message without text', change: { messages: [{ level: 'info', code: 'x' }] } },
  ])('refused: $rule', ({ change }) => {
    expect(faultsOf(JSON.parse(JSON.stringify({ ...fullDocument(), ...change })))).not.toEqual([]);
  });

  test('what programs read it by is its name and form', () => {
    expect([schema.$id, schema.properties.schemaVersion.const]).toEqual(['urn:bootmend:report:1', 1]);
  });

  test('commands, exit codes and sources of evidence are those of the program', () => {
    expect(schema.properties.command.enum).toEqual(COMMANDS.map(({ name }) => name));
    expect(schema.properties.exitCode.enum).toEqual(Object.values(EXIT));
    expect(schema.$defs.evidence.properties.source.enum).toEqual(EVIDENCE_SOURCES);
  });

  test('every key has a description', () => {
    const properties = objectsOf(schema).filter(({ path }) => path.endsWith('/properties'));
    const mute = properties.flatMap(({ path, holder }) =>
      Object.entries(holder).flatMap(([key, value]) => (isDescribed(value) ? [] : [`${path}/${key}`])),
    );
    expect(mute).toEqual([]);
  });
});

/** By itself, or by the definition that it refers to. */
function isDescribed(value: unknown): boolean {
  const { description, $ref } = value as { readonly description?: string; readonly $ref?: string };
  return description !== undefined || schema.$defs[$ref?.split('/').at(-1) ?? '']?.description !== undefined;
}
