import { english } from '../../src/report/messages/en.ts';
import type { MessageCode } from '../../src/report/messages/sentence.ts';
import { chinese } from '../../src/report/messages/zh-cn.ts';
import { CURES, FAMILY_CURES } from './cures.ts';

/** The families whose sentences are messages with a level, in the order of the page; the others are parts of screens and of sentences. */
const FAMILIES = {
  misuse: ['Wrong usage (exit code 2)', '用法错误（退出码 2）'],
  error: ['Errors', '错误'],
  refusal: ['No remedy could be chosen (exit code 3)', '无法选定修复方案（退出码 3）'],
  apply: ['While writing', '写入过程中'],
  rollback: ['While undoing', '撤销过程中'],
  remote: ['On another machine (--host)', '在另一台机器上（--host）'],
  warning: ['Warnings', '警告'],
  audit: ['Findings of audit', 'audit 的发现'],
  note: ['Notes', '提示'],
} as const;

type Family = keyof typeof FAMILIES;

const TEXTS = {
  en: {
    title: 'Messages',
    intro: [
      'Every message that `--json` carries as `code`, with what is the matter and what to do about it. A `{name}` is a value of its `data`, an',
      'ellipsis a part that is itself a sentence. Every error also says that nothing was written, or what was. Made by `npm run messages`.',
    ].join('\n'),
    columns: ['Code', 'Cause', 'Cure'],
  },
  'zh-CN': {
    title: '消息',
    intro:
      '`--json` 中以 `code` 给出的每条消息，及其原因和处理办法。`{name}` 是其 `data` 中的值，省略号处是另一句话。每个错误还会说明没有写入任何内容，或写入了什么。\n由 `npm run messages` 生成。',
    columns: ['代码', '原因', '处理'],
  },
} as const;

/** The page of every message in one language, in Markdown, ending in a newline. */
export function messagesPage(language: 'en' | 'zh-CN'): string {
  const { title, intro, columns } = TEXTS[language];
  const at = language === 'en' ? 0 : 1;
  const sections = Object.entries(FAMILIES).map(([family, titles]) =>
    [
      `## ${titles[at]}`,
      '',
      `| ${columns.join(' | ')} |`,
      '|---|---|---|',
      ...codesOf(family as Family).map((code) => row(code, language)),
    ].join('\n'),
  );
  return `${[`# ${title}`, intro, ...sections].join('\n\n')}\n`;
}

/** The codes of messages of one family, sorted. */
function codesOf(family: Family): readonly MessageCode[] {
  const codes = Object.keys(english) as MessageCode[];
  return codes.filter((code) => code.startsWith(`${family}.`)).sort();
}

function row(code: MessageCode, language: 'en' | 'zh-CN'): string {
  const sentence = language === 'en' ? english[code] : chinese[code];
  const [cause, own] = causeAndCure(sentence);
  const [family = ''] = code.split('.');
  const known = CURES[code] ?? (own === '' ? FAMILY_CURES[family] : undefined);
  const cure = known?.[language === 'en' ? 0 : 1] ?? own;
  return `| \`${code}\` | ${shown(cause)} | ${shown(cure)} |`;
}

/** What was left undone is said of all errors at the head of the page. */
const NOTHING_WRITTEN =
  /(?:Nothing was (?:written|run)(?: there)?|(?:那里)?没有(?:写入|运行)任何(?:内容|程序))(?:[.。]|([;；]) ?)/g;

/** A sentence without its end that says that nothing was written, parted behind its first full stop. */
export function causeAndCure(sentence: string): readonly [cause: string, cure: string] {
  const told = sentence.replaceAll(NOTHING_WRITTEN, '').replace('{@files}', '').trim();
  const [cause = '', ...cure] = told.split(/(?<=[.?])\s+(?=\S)|(?<=[。？])(?=\S)/);
  return [cause, cure.join(/[。？]/.test(told) ? '' : ' ')];
}

/** Markdown of a sentence with its values; `{@name}` stands for a sentence. */
function shown(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return begun
    .replaceAll(/\{@\w+\}\.?/g, '…')
    .replaceAll(/\{\w+\}/g, (value) => `\`${value}\``)
    .replaceAll('|', '\\|');
}
