import type { Problem } from '../grub/problem.ts';
import type { Language } from './messages/catalogue.ts';
import { englishProblems } from './messages/problems-en.ts';
import { chineseProblems } from './messages/problems-zh-cn.ts';
import { visibleText } from './visible-text.ts';

/**
 * One sentence for people: where the problem is, what it is, what stands there. What comes from the file is made safe to show.
 */
export function describeProblem({ code, at, found }: Problem, language: Language): string {
  const sentences: Readonly<Record<string, string>> = language === 'en' ? englishProblems : chineseProblems;
  const sentence = sentences[`problem.${code}`] ?? code;
  const seen = language === 'en' ? `; seen: ${visibleText(found)}` : `；此处内容：${visibleText(found)}`;
  return `${at.line}:${at.column}: ${sentence}${found === '' ? '' : seen}`;
}
