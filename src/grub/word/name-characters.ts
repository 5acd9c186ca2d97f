/** Whether a name may start so: POSIX.1-2017, 3.235 Name. */
export function isNameStart(character: string): boolean {
  return (
    (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character === '_'
  );
}

/** Whether the character is one of 0 to 9. */
export function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}

/** Whether a name may go on so. */
export function isNameCharacter(character: string): boolean {
  return isNameStart(character) || isDigit(character);
}

/** Where the name that starts at `offset` ends; `offset` itself where none does. */
export function nameEnd(text: string, offset: number): number {
  if (!isNameStart(text.charAt(offset))) return offset;
  let end = offset + 1;
  while (isNameCharacter(text.charAt(end))) end += 1;
  return end;
}
