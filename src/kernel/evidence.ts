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

export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

/** What one piece of evidence says about the parameter: the kernel takes it, ignores it, or nothing can be told. */
export type EvidenceSays = 'present' | 'absent' | 'inconclusive';

/**
 * `observation`: read out of this very kernel's files; `record`: known of its release, because the source or the vendor's
 * own text was read; `report`: known of its release by hearsay only.
 */
export type EvidenceStrength = 'observation' | 'record' | 'report';

/** What was seen; the sentence for it is the report's, filled with the evidence's data. */
export type EvidenceCode =
  /** The image could not be read far enough; data: `reason`. */
  | 'image.unreadable'
  /** The name stands in the image's parameter tables; data: `name`. */
  | 'image.parameter-listed'
  /** Code that is known to read the name by itself has its text; data: `name`, `source`. */
  | 'image.read-by-early-code'
  /** No table has the name, but its text stands where code may compare with it; data: `name`, `count`, `places`. */
  | 'image.text-elsewhere'
  /** The tables were found, and the name is in none of them and nowhere else; data: `name`. */
  | 'image.parameter-missing'
  /** The handler's own code refers to the token; data: `name`, `token`. */
  | 'image.token-referenced'
  /** The token stands in the image as a string, but its use by the handler can't be seen; data: `name`, `token`. */
  | 'image.token-string-only'
  /** The handler is there, the token is nowhere in the image; data: `name`, `token`. */
  | 'image.token-missing'
  /** The symbol list can't prove an absence; data: `reason`. */
  | 'symbols.incomplete'
  /** The handler's function is listed; data: `symbol`. */
  | 'symbols.handler-listed'
  /** A complete list has no such function; data: `symbol`. */
  | 'symbols.handler-missing'
  /** The variable that the token sets is listed; data: `symbol`, `token`. */
  | 'symbols.token-listed'
  /** A complete list with data symbols has no such variable; data: `symbol`, `token`. */
  | 'symbols.token-missing'
  /** The handler is there, what it does with the token leaves no symbol; data: `symbol`, `token`. */
  | 'symbols.token-unseen'
  /** A built-in module's parameter is listed; data: `symbol`. */
  | 'symbols.module-parameter-listed'
  /** No symbol is known that would show this parameter; data: `name`. */
  | 'symbols.no-known-symbol'
  /** A module's own description names the parameter; data: `module`. */
  | 'modules.parameter-listed'
  /** The module is installed and has no such parameter; data: `module`. */
  | 'modules.parameter-missing'
  /** The modules could not be read, or none has the name; data: `reason`. */
  | 'modules.inconclusive'
  /** The option that the handler is compiled under is off; data: `option`. */
  | 'config.option-off'
  /** The kernel ignores the boot loader's command line altogether; data: `option`. */
  | 'config.command-line-fixed'
  /** The table's row for the release; data: `family`, `from`, `to`, `source`, `confidence`. */
  | 'table.row'
  /** cgroup_disable= is in every kernel since 2.6.25 that has the controller; data: `release`. */
  | 'table.since-2.6.25'
  /** The table has no row for the release, or none that settles this; data: `release`. */
  | 'table.no-row';

/** One observation about one parameter of one kernel. */
export interface Evidence {
  readonly source: EvidenceSource;
  /** The file that was read, as the host sees it. */
  readonly path?: string;
  readonly says: EvidenceSays;
  readonly strength: EvidenceStrength;
  readonly code: EvidenceCode;
  readonly data: Readonly<Record<string, string | number>>;
}
