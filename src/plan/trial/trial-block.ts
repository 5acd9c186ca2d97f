/** The lines around our entry in a script: GRUB drops lines that begin with `#` before it reads anything else. */
const BEGIN = '### BEGIN bootmend trial ###\n';
const END = '### END bootmend trial ###\n';

/** A script with the trial's entry at its end, so that no other entry's place in the menu changes. */
export function withTrialBlock(text: string, entry: string): string {
  const newline = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${newline}${BEGIN}${entry}${END}`;
}

/** The script without it; a newline that was put in front of it stays. The same text where none is there. */
export function withoutTrialBlock(text: string): string {
  const start = text.indexOf(BEGIN);
  const end = start === -1 ? -1 : text.indexOf(END, start);
  return end === -1 ? text : text.slice(0, start) + text.slice(end + END.length);
}
