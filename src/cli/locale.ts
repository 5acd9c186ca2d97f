import type { Language } from '../report/messages/catalogue.ts';

/**
 * The language of every sentence: `--lang`, else the locale as POSIX ranks its variables, else English.
 *
 * @param asked the value of `--lang`, undefined where it wasn't given
 */
export function chooseLanguage(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  if (asked === 'en' || asked === 'zh-CN') return asked;
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return locale.startsWith('zh') ? 'zh-CN' : 'en';
}

/**
 * The value of the last `--lang`, found without reading the rest: the language has to be known before the command line
 * is read, since the reading can fail with a sentence.
 *
 * @param argv without the interpreter and the script
 */
export function askedLanguage(argv: readonly string[]): string | undefined {
  let asked: string | undefined;
  for (const [index, word] of argv.entries()) {
    if (word === '--') break;
    if (word === '--lang') asked = argv[index + 1];
    else if (word.startsWith('--lang=')) asked = word.slice('--lang='.length);
  }
  return asked;
}
