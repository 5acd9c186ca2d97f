import type { MessageData } from '../report.ts';
import { visibleText } from '../visible-text.ts';
import { english } from './en.ts';

export type Language = 'en' | 'zh-CN';

/** One sentence for each code; `{name}` is where a value goes. */
export type Catalogue = Readonly<Record<keyof typeof english, string>>;

/** The sentence of a code in one language, with its values made safe to show. */
export type Say = (code: string, data?: MessageData) => string;

/** Load a language's sentences. Only the one that is asked for is read. */
export async function loadCatalogue(language: Language): Promise<Say> {
  const catalogue: Readonly<Record<string, string>> =
    language === 'en' ? english : (await import('./zh-cn.ts')).chinese;
  return (code, data = {}) => fill(catalogue[code] ?? code, data);
}

function fill(sentence: string, data: MessageData): string {
  return sentence.replaceAll(/\{([a-zA-Z0-9]+)\}/g, (placeholder, name: string) => {
    const value = data[name];
    return value === undefined ? placeholder : visibleText(String(value));
  });
}
