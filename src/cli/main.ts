import { renderJson } from '../report/json.ts';
import { loadCatalogue, type Say } from '../report/messages/catalogue.ts';
import type { Message, Report } from '../report/report.ts';
import { ANSWER, answerRequest } from './answer-request.ts';
import { EXIT } from './exit-code.ts';
import { askedLanguage, chooseLanguage } from './locale.ts';
import { type Misuse, readArguments } from './read-arguments.ts';
import { runCommand } from './run-command.ts';
import { showMisuse } from './show-misuse.ts';
import { outputColumns } from './terminal.ts';
import { writeOutput } from './write-output.ts';

/**
 * Answer one command line: with help, with what is wrong about it, or by running its command. What a long help
 * or a sentence about a mistake takes is loaded when it is needed.
 *
 * @param argv without the interpreter and the script
 * @returns the exit code
 */
export async function main(argv: readonly string[]): Promise<number> {
  const [first, request] = argv;
  if (first === ANSWER && request !== undefined) return answerRequest(request);
  const say = await loadCatalogue(chooseLanguage(askedLanguage(argv), process.env));
  const reading = readArguments(argv);
  if (reading.kind === 'invocation') return runCommand(reading.invocation, say);
  if (reading.kind === 'help') {
    const { helpText } = await import('./help-text.ts');
    const help = helpText(reading.topic, say, outputColumns());
    writeOutput(reading.isJson ? await helpDocument(help, say) : help);
    return EXIT.done;
  }
  return showMisuse(reading, await misuseMessages(argv, reading), say);
}

/** Help for a program: the same text in a document. */
async function helpDocument(help: string, say: Say): Promise<string> {
  const report: Report = { command: undefined, root: '/', exitCode: EXIT.done, help, messages: [] };
  return renderJson(report, say, (text) => text, new Date());
}

/** yargs looks for the command in the first place only. */
async function misuseMessages(
  argv: readonly string[],
  { command, message }: Misuse,
): Promise<readonly Message[]> {
  if (message !== undefined) return [message];
  const { explainMisuse } = await import('./explain-misuse.ts');
  const index = argv.indexOf(command ?? 'help');
  const others = argv.filter((_word, at) => at !== index);
  return explainMisuse(command === undefined ? others : [command, ...others]);
}
