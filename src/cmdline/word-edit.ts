/**
 * One change to a list of words. `index` counts in the list as it was before any edit; an insert goes in front
 * of that word, and `index === words.length` appends.
 *
 * Every file format turns the same word edits into edits of its own text, so that what is to change is decided
 * once and how it is written stays with the format.
 */
export type WordEdit =
  | { readonly kind: 'insert'; readonly index: number; readonly word: string }
  | { readonly kind: 'replace'; readonly index: number; readonly word: string }
  | { readonly kind: 'remove'; readonly index: number };
