import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { causeAndCure, messagesPage } from '../../scripts/messages/messages-page.ts';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));

describe.each([
  ['en', 'messages.md'],
  ['zh-CN', 'messages.zh-CN.md'],
] as const)('in %s', (language, file) => {
  const page = messagesPage(language);

  test('the page is made from the catalogue of today (npm run messages makes it anew)', async () => {
    await expect(page).toMatchFileSnapshot(join(docs, file));
  });

  test('every message has a cause and a cure', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.length).toBeGreaterThan(180);
    for (const row of rows) expect(row).toMatch(/^\| `\S+` \| \S.* \| \S.* \|$/);
  });
});

test.each([
  {
    sentence: '{path} is gone. Put it back. Nothing was written.',
    parted: ['{path} is gone.', 'Put it back.'],
  },
  { sentence: 'It is so. Nothing was written; leave it out.', parted: ['It is so.', 'leave it out.'] },
  { sentence: '{path} 不在。请放回去。没有写入任何内容。', parted: ['{path} 不在。', '请放回去。'] },
  { sentence: 'It is so.', parted: ['It is so.', ''] },
])('the cure stands behind the first sentence: $sentence', ({ sentence, parted }) => {
  expect(causeAndCure(sentence)).toEqual(parted);
});
