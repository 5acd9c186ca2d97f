import type { Language } from '../report/messages/catalogue.ts';

/**
 * The language of every sentence: `--lang`, else the locale as POSIX ranks its variables, else English.
 *
 * @param asked the value of `--lang`, undefined where it wasn't given
 */
export function chooseLanguage(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  if (asked === 'en' || asked === 'zh-CN') return asked;
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return locale.startsWith('zh') ? 'zh-CN' : 'en';
}
