import { renderMessage } from '../../src/report/message-line.ts';
import { type Language, loadCatalogue } from '../../src/report/messages/catalogue.ts';
import type { Report } from '../../src/report/report.ts';
import { renderReport } from '../../src/report/text.ts';

/** What a person sees of a report: stdout, and the messages on stderr. */
export async function shownText(report: Report, language: Language) {
  const say = await loadCatalogue(language);
  const options = {
    say,
    paint: (_: unknown, text: string) => text,
    isVerbose: false,
    columns: 80,
    hasDiffs: true,
    target: '',
  };
  const messages = report.messages
    .map((message) => renderMessage(message, { ...options, columns: Number.POSITIVE_INFINITY }))
    .join('');
  const { body, closing } = renderReport(report, options);
  return { text: body + closing, messages };
}
