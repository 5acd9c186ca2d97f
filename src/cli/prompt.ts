/** What a person answered; `interrupted` by Ctrl-C or the end of the input. */
export type Answer = 'yes' | 'no' | 'interrupted';

/** Ask a question whose default is No. Ctrl-C and Ctrl-D are `interrupted`. */
export async function confirm(question: string): Promise<Answer> {
  const { createPromptModule } = await import('inquirer');
  const prompt = createPromptModule();
  try {
    const { isAgreed } = await prompt([
      { type: 'confirm', name: 'isAgreed', message: question, default: false },
    ]);
    return isAgreed === true ? 'yes' : 'no';
  } catch (error) {
    if (isPromptEnd(error)) return 'interrupted';
    throw error;
  }
}

/** Ask for one of several choices, none of which is taken by default. */
export async function choose(question: string, choices: readonly string[]): Promise<string | undefined> {
  const { createPromptModule } = await import('inquirer');
  const prompt = createPromptModule();
  try {
    const { chosen } = await prompt([
      { type: 'select', name: 'chosen', message: question, choices: [...choices] },
    ]);
    return typeof chosen === 'string' ? chosen : undefined;
  } catch (error) {
    if (isPromptEnd(error)) return undefined;
    throw error;
  }
}

function isPromptEnd(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');
}
