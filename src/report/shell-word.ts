/** A word as a shell reads it back. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What a command that is to be pasted says of its root, with a blank in front; nothing for the running system. */
export function rootOption(root: string): string {
  return root === '/' ? '' : ` --root ${shellWord(root)}`;
}
