import type { english } from './en.ts';

/** All that bootmend can say. */
export type MessageCode = keyof typeof english;

/** The ends of the codes that begin with `FAMILY.`: what a value can be that stands for a sentence. */
export type CodesOf<Family extends string, Code = MessageCode> = Code extends `${Family}.${infer End}`
  ? End
  : never;

type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

type PlaceholderOf<Code extends MessageCode> = Placeholder<(typeof english)[Code]>;

/** Families that are not closed, since others name their members: a value without a sentence is shown as it is. */
type OpenFamily = 'systemCode' | 'confidence';

/** The values in a sentence: `{name}` is text, `{@name}` the end of a code `name.…`. */
export type DataOf<Code extends MessageCode> = {
  readonly [Name in PlaceholderOf<Code> as Name extends `@${infer Family}` ? Family : Name]: ValueOf<Name>;
};

type ValueOf<Name> = Name extends `@${infer Family}`
  ? Family extends OpenFamily
    ? string
    : CodesOf<Family>
  : string | number;

/** A code with what its sentence needs; of several codes, what any of them needs. */
export type Said<Code extends MessageCode> = keyof DataOf<Code> extends never
  ? [code: Code, data?: MessageData]
  : [code: Code, data: DataOf<Code>];

/** A sentence to be: a code and the data that this code needs. */
export type Sentence<Code extends MessageCode = MessageCode> = {
  [Each in Code]: { readonly code: Each; readonly data: DataOf<Each> };
}[Code];

/** The values that stand in a sentence. */
export type MessageData = Readonly<Record<string, string | number>>;

/** What an inner room returns: a code with its data, in `data` or beside the code. */
interface Coded {
  readonly code: string;
  readonly data?: object;
}

/** The sentences of coded values whose codes stand in the catalogue as `FAMILY.CODE`. */
export type InFamily<Family extends string, Part extends Coded> = Part extends Part
  ? CodedAs<
      `${Family}.${Part['code']}`,
      Part extends { readonly data: infer Data } ? Data : Omit<Part, 'code'>
    >
  : never;

type CodedAs<Code, Data> = Code extends Code ? { readonly code: Code; readonly data: Data } : never;

/** A coded value as the sentence of its family. Where the catalogue lacks one of its codes, the result is no `Sentence`. */
export function inFamily<Family extends string, Part extends Coded>(
  family: Family,
  { code, data, ...beside }: Part,
): InFamily<Family, Part> {
  return { code: `${family}.${code}`, data: data ?? beside } as unknown as InFamily<Family, Part>;
}
