import { visibleText } from '../visible-text.ts';
import { type Catalogue, english } from './en.ts';
import type { MessageCode, MessageData, Said, Sentence } from './sentence.ts';

/** The languages that messages exist in. */
export type Language = 'en' | 'zh-CN';

/** The sentence of a code in one language, with its values made safe to show. */
export type Say = <Code extends MessageCode>(...said: Said<Code>) => string;

/** The same of a code and its data in one. */
export function saySentence(say: Say, { code, data }: Sentence): string {
  return (say as (code: MessageCode, data: MessageData) => string)(code, data);
}

/** Load a language's sentences. Only the one that is asked for is read. */
export async function loadCatalogue(language: Language): Promise<Say> {
  const catalogue: Catalogue = language === 'en' ? english : (await import('./zh-cn.ts')).chinese;
  return (...[code, data = {}]) => fill(catalogue, catalogue[code], data);
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
