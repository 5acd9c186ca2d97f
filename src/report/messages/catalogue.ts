import type { MessageData } from '../report.ts';
import { visibleText } from '../visible-text.ts';
import { english } from './en.ts';

export type Language = 'en' | 'zh-CN';

/** The sentence of a code in one language, with its values made safe to show. */
export type Say = (code: string, data?: MessageData) => string;

/** Load a language's sentences. Only the one that is asked for is read. */
export async function loadCatalogue(language: Language): Promise<Say> {
  const catalogue: Readonly<Record<string, string>> =
    language === 'en' ? english : (await import('./zh-cn.ts')).chinese;
  return (code, data = {}) => {
    const sentence = catalogue[code];
    return sentence === undefined ? withoutSentence(code, data) : fill(catalogue, sentence, data);
  };
}

/** A code that no catalogue has is a bug, and still better shown with its data than lost. */
function withoutSentence(code: string, data: MessageData): string {
  const values = Object.entries(data).map(([name, value]) => visibleText(`${name}: ${value}`));
  return values.length === 0 ? visibleText(code) : `${visibleText(code)} (${values.join(', ')})`;
}

/** `{name}` is the value of that name; `{@name}` the sentence whose code is `NAME.VALUE`. */
function fill(catalogue: Readonly<Record<string, string>>, sentence: string, data: MessageData): string {
  return sentence.replaceAll(/\{(@?)([a-zA-Z0-9]+)\}/g, (placeholder, isCode: string, name: string) => {
    const value = data[name];
    if (value === undefined) return placeholder;
    if (isCode !== '') return catalogue[`${name}.${value}`] ?? visibleText(String(value));
    return visibleText(String(value));
  });
}
