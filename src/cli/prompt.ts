/** Ctrl-C, Ctrl-D or the end of the input. */
export type Interrupted = 'interrupted';

/** An answer and all that may be typed for it, in lower case; '' is Enter alone. */
export interface Key<Answer extends string> {
  readonly answer: Answer;
  readonly typed: readonly string[];
}

/** What is typed for yes and no, in every language that we speak. */
export const YES: Key<'yes'> = { answer: 'yes', typed: ['y', 'yes', '是'] };
/** Enter alone is no. */
export const NO: Key<'no'> = { answer: 'no', typed: ['', 'n', 'no', '否'] };

/**
 * Ask a question that is answered by a word and Enter.
 *
 * @param again what is said where something else is typed
 */
export async function ask<Answer extends string>(
  question: string,
  keys: readonly Key<Answer>[],
  again: string,
): Promise<Answer | Interrupted> {
  const answerTo = (typed: string) =>
    keys.find((key) => key.typed.includes(typed.trim().toLowerCase()))?.answer;
  const { createPromptModule } = await import('inquirer');
  const prompt = createPromptModule();
  const plain = (text: string) => text;
  try {
    const { typed } = await prompt([
      {
        type: 'input',
        name: 'typed',
        message: question,
        validate: (text: string) => answerTo(text) !== undefined || again,
        theme: { prefix: '', style: { message: plain, answer: plain, error: plain } },
      },
    ]);
    return answerTo(String(typed)) ?? 'interrupted';
  } catch (error) {
    if (isPromptEnd(error)) return 'interrupted';
    throw error;
  }
}

function isPromptEnd(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');
}
