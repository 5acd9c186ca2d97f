import type { Evidence } from '../kernel/evidence.ts';
import type { LineDifference } from '../verification/compare-lines.ts';
import type { Situation } from '../verification/situation.ts';
import type { WordVerification } from '../verification/verify-words.ts';
import type { MessageData } from './messages/sentence.ts';
import type {
  BackupListing,
  DriftReport,
  LaterLineReport,
  Message,
  PlacedWord,
  PlannedEdit,
  Report,
  SupportReport,
  WordReport,
} from './report.ts';

/**
 * What `--redact` hides: the value of every word that can hold a secret or an address, wherever it is shown. Files,
 * backups and plans are as without it. Words that only identify a disk (`root=UUID=`, `rd.luks.uuid=`) stay: they are no
 * secret, and a change of them has to be seen.
 */
const HIDDEN = '…';
/** The same as the bytes that texts from files consist of. */
const HIDDEN_BYTES = '\xe2\x80\xa6';

/**
 * Names whose values are addresses, or hold credentials together with them. Sources: dracut.cmdline(7) (network, NFS,
 * iSCSI, CIFS, FCoE), the kernel's nfsroot.rst, netconsole.rst, cifs/usage.rst and dm-init.rst (`dm-mod.create=` takes the
 * key of a dm-crypt target), Anaconda's boot-options.rst, cloud-init's `ds=`, SUSE's linuxrc.
 */
const ADDRESSES: ReadonlySet<string> = new Set([
  ...['ip', 'nameserver', 'rd.route', 'rd.net.dns', 'ifname', 'bootif', 'fcoe', 'netconsole'],
  ...['nfsroot', 'nfsaddrs', 'rd.nfs.domain', 'nbdroot', 'cifsroot', 'cifsuser', 'netroot', 'dm-mod.create'],
  ...['ks', 'repo', 'addrepo', 'stage2', 'updates', 'dd', 'proxy', 'vncconnect', 'syslog', 'remotelog'],
  ...['ds', 'autoyast', 'install', 'fetch'],
]);
const ADDRESS_PREFIXES = ['rd.iscsi.', 'iscsi_'];

/** Parts of a name, as `.`, `_` and `-` divide it, that say that its value is a secret or leads to one. */
const SECRET_PART =
  /^(?:.*(?:passwo?r?d|passphrase|secret|token|credential).*|(?!bypass).*pass|.*key(?:s|file)?|urls?)$/;

/** A URL, or what dracut and the installers write for a share or a disk on another machine. */
const NETWORK_VALUE = /^\\?["']?(?:[a-z]+:)?(?:[a-z][a-z0-9+]*:\/\/|\/\/|(?:nfs4?|nbd|iscsi|cifs):)/i;

/** Whether the value of a word of this name is hidden, whatever it is. */
export function isSensitive(name: string): boolean {
  const key = name.toLowerCase().replaceAll(/["']/g, '');
  return (
    ADDRESSES.has(key) ||
    ADDRESSES.has(key.replace(/^inst\./, '')) ||
    ADDRESS_PREFIXES.some((prefix) => key.startsWith(prefix)) ||
    key.split(/[._-]/).some((part) => SECRET_PART.test(part))
  );
}

/**
 * Any text that is shown, with `name=…` for every word that can hold a secret: sentences, command lines, and lines of
 * boot loader scripts, shell assignments and environment blocks. Where a quote leaves it open how far a value goes, more
 * is hidden rather than less.
 */
export function redactText(text: string): string {
  return text
    .split('\n')
    .map((line) => redactLine(line.replace(GRUB_PASSWORD, `$1${HIDDEN}`), HIDDEN))
    .join('\n');
}

/** GRUB's commands that take a password or its hash after a user name (GRUB manual, "Security"). */
const GRUB_PASSWORD = /^([-+ ]?\s*password(?:_pbkdf2)?\s+\S+\s+)\S.*$/;

/** The report with what only its structure tells to be a word or a part of one hidden; the rest is for `redactText`. */
export function redactReport(report: Report): Report {
  const { kernels, entries, running, laterLines, drift, verification, lineDifference, situation } = report;
  const { plan, backups, messages } = report;
  return {
    ...report,
    ...(kernels && { kernels: kernels.map((one) => ({ ...one, support: redactKeys(one.support) })) }),
    ...(entries && { entries: entries.map((entry) => ({ ...entry, words: entry.words.map(redactShown) })) }),
    ...(running && { running: { ...running, words: running.words.map(redactShown) } }),
    ...(verification && { verification: verification.map(redactVerification) }),
    ...(backups && { backups: backups.map(redactBackup) }),
    ...(situation && { situation: redactSituation(situation) }),
    ...(lineDifference && { lineDifference: redactDifference(lineDifference) }),
    ...(laterLines && { laterLines: laterLines.map(redactLaterLine) }),
    ...(drift && { drift: drift.map(redactDrift) }),
    ...(plan && { plan: { ...plan, edits: plan.edits.map(redactEdit) } }),
    messages: messages.map((message) => ({ ...message, data: redactData(message.data) }) as Message),
  };
}

/** The texts stay, as sums and diffs are made of them; words are taken from the lines that hide what is secret. */
function redactEdit(edit: PlannedEdit): PlannedEdit {
  const hide = (text: string | undefined) =>
    text
      ?.split('\n')
      .map((line) => redactLine(line, HIDDEN_BYTES))
      .join('\n');
  return { ...edit, shown: { before: hide(edit.before), after: hide(edit.after) } };
}

function redactKeys(
  support: Readonly<Record<string, SupportReport>>,
): Readonly<Record<string, SupportReport>> {
  const shown = Object.entries(support).map(([word, one]) => {
    const hidden = redactWord(word);
    return [hidden, hidden === word ? one : redactSupport(one)] as const;
  });
  return Object.fromEntries(shown);
}

/** Evidence tells of the value, too: a handler compares with it. */
function redactSupport({ evidence, decidedBy, ...rest }: SupportReport): SupportReport {
  const redacted = evidence.map(redactEvidence);
  return { ...rest, evidence: redacted, decidedBy: decidedBy && redacted[evidence.indexOf(decidedBy)] };
}

function redactEvidence(evidence: Evidence): Evidence {
  return 'token' in evidence.data
    ? ({ ...evidence, data: { ...evidence.data, token: HIDDEN_BYTES } } as Evidence)
    : evidence;
}

function redactShown({ word, suggestion, ...rest }: WordReport): WordReport {
  return { ...rest, word: redactWord(word), ...(suggestion && { suggestion: redactWord(suggestion) }) };
}

/** What a file shows is the value of the word. */
function redactVerification({ word, seenBy, ...rest }: WordVerification): WordVerification {
  const shown = redactWord(word);
  const isHidden = shown !== word;
  const hidden = seenBy.map((seen) =>
    isHidden && seen.code === 'setting' ? { ...seen, data: { value: HIDDEN_BYTES } } : seen,
  );
  return { ...rest, word: shown, seenBy: hidden };
}

function redactBackup({ set, unset, ...rest }: BackupListing): BackupListing {
  return { ...rest, set: set.map(redactWord), unset: unset.map(redactWord) };
}

function redactSituation({ words, pending, ...rest }: Situation): Situation {
  const { set, unset } = pending;
  return {
    ...rest,
    words: words.map(redactWord),
    pending: { set: set.map(redactWord), unset: unset.map(redactWord) },
  };
}

function redactDifference({ onlyRunning, onlyNextBoot }: LineDifference): LineDifference {
  return { onlyRunning: onlyRunning.map(redactWord), onlyNextBoot: onlyNextBoot.map(redactWord) };
}

function redactLaterLine({ words, lost, ...rest }: LaterLineReport): LaterLineReport {
  const shown = lost && { ...lost, text: redactLine(lost.text, HIDDEN_BYTES) };
  return { ...rest, words: words.map(redactPlaced), ...(shown && { lost: shown }) };
}

function redactDrift({ line, onlyNextBoot, onlyLater }: DriftReport): DriftReport {
  return { line, onlyNextBoot: onlyNextBoot.map(redactPlaced), onlyLater: onlyLater.map(redactPlaced) };
}

function redactPlaced<Placed extends PlacedWord>(placed: Placed): Placed {
  return { ...placed, word: redactWord(placed.word) };
}

/** What stood at a place that wasn't understood (`found`) may begin in the middle of a secret. */
function redactData(data: MessageData): MessageData {
  const shown = Object.entries(data).map(([key, value]) => {
    if (typeof value === 'number') return [key, value];
    if (key === 'found') return [key, HIDDEN_BYTES];
    return [key, key === 'word' ? redactWord(value) : redactLine(value, HIDDEN_BYTES)];
  });
  return Object.fromEntries(shown);
}

/** One word, blanks and all. */
function redactWord(word: string): string {
  const equals = word.indexOf('=');
  if (equals === -1) return word;
  const name = word.slice(0, equals);
  const value = word.slice(equals + 1);
  const isHidden =
    isSensitive(name) || NETWORK_VALUE.test(value) || redactLine(value, HIDDEN_BYTES) !== value;
  return isHidden ? `${name}=${HIDDEN_BYTES}` : word;
}

interface OpenQuote {
  readonly mark: string;
  /** The quote holds one word, not a list of them as behind `GRUB_CMDLINE_LINUX=`. */
  readonly isAroundWord: boolean;
}

function redactLine(line: string, hidden: string): string {
  let result = '';
  let quote: OpenQuote | undefined;
  for (let at = 0; at < line.length; ) {
    const name = nameAt(line, at);
    if (name !== undefined) {
      const start = at + name.length + 1;
      const value = readValue(line, start, quote);
      const isHidden =
        value.end > start && (isSensitive(name) || NETWORK_VALUE.test(line.slice(start, value.end)));
      result += isHidden ? `${name}=${hidden}` : `${name}=`;
      at = isHidden ? value.end : start;
      if (isHidden) quote = value.quote;
      continue;
    }
    const taken = line[at] === '\\' ? 2 : 1;
    quote = quoteAfter(line, at, quote);
    result += line.slice(at, at + taken);
    at += taken;
  }
  return result;
}

const NAME = /[\w.-]+(?==)/y;

/** The name that begins at a place and stands before a `=`. */
function nameAt(line: string, at: number): string | undefined {
  if (/[\w.-]/.test(line[at - 1] ?? '')) return undefined;
  NAME.lastIndex = at;
  return NAME.exec(line)?.[0];
}

function quoteAfter(line: string, at: number, quote: OpenQuote | undefined): OpenQuote | undefined {
  const mark = line[at] ?? '';
  if (mark !== '"' && mark !== "'") return quote;
  if (quote === undefined) return { mark, isAroundWord: line[at - 1] !== '=' };
  return quote.mark === mark ? undefined : quote;
}

/** A sentence goes on behind it. */
const ALREADY_HIDDEN = new RegExp(`^${HIDDEN}(?!\\w)`);

/**
 * Where a value ends: at a blank or the closing quote around it, but not within quotes of its own. Where more follows
 * that quote at once, it belongs to the value, as the shell has it. `quote` is what is open at the end.
 */
function readValue(
  line: string,
  start: number,
  around: OpenQuote | undefined,
): { readonly end: number; readonly quote: OpenQuote | undefined } {
  if (ALREADY_HIDDEN.test(line.slice(start, start + 2))) return { end: start + HIDDEN.length, quote: around };
  let quote = around;
  let inner: string | undefined;
  for (let at = start; at < line.length; ) {
    const character = line[at] ?? '';
    const mark = character === '\\' ? line.slice(at, at + 2) : character;
    if (character === '\x1b') return { end: at, quote };
    if (character === quote?.mark) {
      if (/^\s?$/.test(line[at + 1] ?? '')) return { end: at, quote };
      quote = undefined;
      inner = undefined;
    } else if (inner !== undefined) {
      if (mark === inner) inner = undefined;
    } else if (mark === '"' || mark === "'" || (quote !== undefined && mark === '\\"')) inner = mark;
    else if (/\s/.test(character) && quote?.isAroundWord !== true) return { end: at, quote };
    at += mark.length;
  }
  return { end: line.length, quote };
}
