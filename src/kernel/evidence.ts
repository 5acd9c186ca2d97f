/** Where an observation comes from; the order is that of trust, strongest first. */
export const EVIDENCE_SOURCES = [
  'image',
  'system-map',
  'kallsyms',
  'modules',
  'config',
  'table',
  'behaviour',
] as const;

/** Where evidence comes from, as reports name it. */
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

/** What one piece of evidence says about the parameter: the kernel takes it, ignores it, or nothing can be told. */
export type EvidenceSays = 'present' | 'absent' | 'inconclusive';

/**
 * `observation`: read out of this very kernel's files; `record`: known of its release, because the source or the vendor's
 * own text was read; `report`: known of its release by hearsay only.
 */
export type EvidenceStrength = 'observation' | 'record' | 'report';

/** Why a file says nothing: never to be read as an absence. */
export type EvidenceReason =
  // The file could not be read.
  | 'missing'
  | 'permission'
  | 'not-a-file'
  | 'not-a-directory'
  | 'outside-root'
  | 'symlink-loop'
  | 'input-output'
  | 'too-large'
  // An image, or a packed module.
  | 'no-kernel-image'
  | 'truncated'
  | 'no-decompressor'
  | 'no-room'
  | 'damaged'
  | 'no-banner'
  | 'release-mismatch'
  | 'damaged-elf'
  | 'no-base-address'
  | 'ambiguous-base-address'
  | 'no-setup-table'
  | 'ambiguous-setup-table'
  | 'damaged-setup-table'
  | 'no-param-table'
  | 'read-outside-tables'
  | 'handler-decides'
  | 'text-not-searched'
  | 'name-too-short'
  // A list of symbols.
  | 'empty'
  | 'not-a-symbol-list'
  | 'stub'
  | 'landmark-missing'
  | 'no-init-symbols'
  | 'zero-addresses'
  // The modules.
  | 'no-modules'
  | 'no-module-list'
  | 'not-a-module'
  | 'not-read'
  | 'taken-for-any-module'
  | 'image-decides'
  | 'module-alias'
  | 'param-table-unread';

/** What was seen, by code, with the data of each; the sentences are the report's. */
export interface EvidenceData {
  /** The image could not be read far enough. */
  readonly 'image.unreadable': { readonly reason: EvidenceReason };
  /** The name stands in the image's parameter tables. */
  readonly 'image.parameter-listed': Named & Partial<Token>;
  /** Code that is known to read the name by itself has its text. */
  readonly 'image.read-by-early-code': Named & { readonly source: string };
  /** No table has the name, but its text stands where code may compare with it. */
  readonly 'image.text-elsewhere': Named & { readonly count: number; readonly places: string };
  /** The tables were found, and the name is in none of them and nowhere else. */
  readonly 'image.parameter-missing': Named & Partial<Because>;
  /** The handler's own code refers to the token. */
  readonly 'image.token-referenced': Named & Token;
  /** The token stands in the image as a string, but its use by the handler can't be seen. */
  readonly 'image.token-string-only': Named & Token & Because;
  /** The handler is there, the token is nowhere in the image. */
  readonly 'image.token-missing': Named & Token & Partial<Because>;
  /** The symbol list can't prove an absence. */
  readonly 'symbols.incomplete': { readonly reason: EvidenceReason };
  /** The handler's function is listed. */
  readonly 'symbols.handler-listed': SymbolName;
  /** A complete list has no such function. */
  readonly 'symbols.handler-missing': SymbolName;
  /** The variable that the token sets is listed. */
  readonly 'symbols.token-listed': SymbolName & Token;
  /** A complete list with data symbols has no such variable. */
  readonly 'symbols.token-missing': SymbolName & Token;
  /** The handler is there, what it does with the token leaves no symbol. */
  readonly 'symbols.token-unseen': SymbolName & Token;
  /** A built-in module's parameter is listed. */
  readonly 'symbols.module-parameter-listed': SymbolName;
  /** No symbol is known that would show this parameter. */
  readonly 'symbols.no-known-symbol': Named;
  /** A module's own description names the parameter. */
  readonly 'modules.parameter-listed': ModuleName;
  /** The module is installed and has no such parameter. */
  readonly 'modules.parameter-missing': ModuleName;
  /** The modules could not be read, or none has the name. */
  readonly 'modules.inconclusive': ModuleName & { readonly reason: EvidenceReason };
  /** The option that the handler is compiled under is off. */
  readonly 'config.option-off': Option;
  /** The kernel ignores the boot loader's command line altogether. */
  readonly 'config.command-line-fixed': Option;
  /** The table's row for the release. */
  readonly 'table.row': {
    readonly family: string;
    readonly from: string;
    readonly to: string;
    readonly source: string;
    readonly confidence: string;
  };
  /** cgroup_disable= is in every kernel since 2.6.25 that has the controller. */
  readonly 'table.since-2.6.25': Release;
  /** The table has no row for the release, or none that settles this. */
  readonly 'table.no-row': Release;
}

/** For programs; no sentence tells it. */
interface Because {
  readonly reason: string;
}
interface Named {
  readonly name: string;
}
interface Token {
  readonly token: string;
}
interface SymbolName {
  readonly symbol: string;
}
interface ModuleName {
  readonly module: string;
}
interface Option {
  readonly option: string;
}
interface Release {
  readonly release: string;
}

/** What was seen, as a code with a sentence in every language. */
export type EvidenceCode = keyof EvidenceData;

/** A code with its data. */
export type Seen = {
  [Code in EvidenceCode]: { readonly code: Code; readonly data: EvidenceData[Code] };
}[EvidenceCode];

/** One observation about one parameter of one kernel. */
export type Evidence = Seen & {
  readonly source: EvidenceSource;
  /** The file that was read, as the host sees it. */
  readonly path?: string;
  readonly says: EvidenceSays;
  readonly strength: EvidenceStrength;
};
