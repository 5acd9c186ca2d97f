import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import { renderMessage } from '../../src/report/message-line.ts';
import { loadCatalogue } from '../../src/report/messages/catalogue.ts';
import type { Report } from '../../src/report/report.ts';
import { renderReport } from '../../src/report/text.ts';

/** Bytes of files, with what is dangerous more often than chance would have it. */
const untrusted = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      fc
        .constantFrom(
          '\x1b[2J',
          '\x1b]0;t\x07',
          '\r',
          '\n+',
          '\x9b1m',
          '\u009b',
          '\u202e',
          '\u200b',
          '\u2028',
          '启',
          '\t',
        )
        .map((text) => Buffer.from(text, 'utf8').toString('latin1')),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const reports = fc
  .record({ text: untrusted, other: untrusted, before: untrusted, after: untrusted })
  .map(({ text, other, before, after }): Report => {
    const evidence = {
      source: 'system-map',
      path: text,
      says: 'absent',
      strength: 'observation',
      code: 'symbols.handler-missing',
      data: { symbol: other },
    } as const;
    return {
      command: 'status',
      root: '/',
      exitCode: 0,
      layout: {
        family: 'f',
        loader: 'grub2',
        default: {
          title: text,
          id: other,
          because: { code: 'default.by-id', data: { value: text, from: other } },
        },
        nextBoot: [{ path: text, role: 'stub', data: { path: other } }],
        laterKernels: [{ path: other, role: 'mkconfig', data: { program: text, variable: other } }],
        inactive: [{ path: text, role: 'inactive', data: {} }],
      },
      kernels: [
        {
          release: text,
          running: true,
          default: true,
          remedy: 'disable',
          exposure: {
            verdict: 'exposed',
            because: [{ code: 'exposure.row-unsettled', data: { source: text, confidence: other } }],
          },
          support: { [other]: { verdict: 'absent', evidence: [evidence], decidedBy: evidence } },
        },
      ],
      entries: [
        {
          title: text,
          id: other,
          kernel: text,
          image: text,
          initrd: [text],
          kind: 'normal',
          default: true,
          next: true,
          cmdline: text,
          words: [{ word: text, effect: 'none', from: other, suggestion: text }],
        },
      ],
      running: { kernel: text, cmdline: other, words: [{ word: text, effect: 'unknown', from: other }] },
      choice: { remedy: 'disable', words: [], because: [] },
      hazards: [
        { id: 'kubelet', blocking: true, accepted: false, data: { path: text, setting: other } },
        { id: 'secure-boot', blocking: false, accepted: false, data: { path: other, setting: text } },
      ],
      parameters: [text, other],
      plan: {
        id: 'p',
        edits: [{ path: text, before, after, beforeSha256: undefined, afterSha256: undefined }],
      },
      backups: [
        {
          id: text,
          path: text,
          createdAt: other,
          kind: 'apply',
          set: [],
          unset: [],
          undoneBy: other,
          files: [text, other],
        },
      ],
      messages: [
        { level: 'error', code: 'error.no-root', data: { path: text } },
        { level: 'warning', code: 'warning.image-misnamed', data: { path: text, release: other } },
        { level: 'info', code: 'word.suggestion', data: { suggestion: text } },
      ],
    };
  });

const languages = ['en', 'zh-CN'] as const;

test.each(languages)(
  '%s: no text of a report holds a raw control character, but newlines and the tabs of diffs',
  async (language) => {
    const say = await loadCatalogue(language);
    const options = {
      say,
      paint: (_style: unknown, text: string) => text,
      isVerbose: true,
      columns: 80,
      hasDiffs: true,
      target: '',
    };
    fc.assert(
      fc.property(reports, fc.constantFrom('status', 'probe'), (report, command) => {
        const { body, closing } = renderReport({ ...report, command }, options);
        const text = body + closing;
        expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        for (const message of report.messages) {
          const line = renderMessage(message, { ...options, columns: Number.POSITIVE_INFINITY });
          expect(line.slice(0, -1)).not.toMatch(/[\0-\x1f\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
      }),
    );
  },
);

test('the document is one line without raw control characters, and parses', async () => {
  const say = await loadCatalogue('en');
  await fc.assert(
    fc.asyncProperty(reports, async (report) => {
      const document = await renderJson(report, say, (text) => text, new Date());
      expect(document.slice(0, -1)).not.toMatch(/[\0-\x1f\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(document)).toMatchObject({ schemaVersion: 1, command: 'status' });
    }),
  );
});
