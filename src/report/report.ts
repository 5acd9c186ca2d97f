import type { Exposure } from '../diagnosis/exposure.ts';
import type { HazardId } from '../diagnosis/hazard-id.ts';
import type { ProblemName, Remedy, RemedyCost } from '../diagnosis/remedy.ts';
import type { MemorySample, Symptoms } from '../diagnosis/symptoms.ts';
import type { Evidence } from '../kernel/evidence.ts';
import type { Verdict } from '../kernel/parameter-support.ts';
import type { LineDifference } from '../verification/compare-lines.ts';
import type { Situation } from '../verification/situation.ts';
import type { RunningVerdict, WordVerification } from '../verification/verify-words.ts';
import type { CodesOf, DataOf, Sentence } from './messages/sentence.ts';

/** Everything a command has to say: the one value that is shown as text or as JSON. Texts from files are latin1. */
export interface Report {
  /** Undefined where the command line names none. */
  readonly command: string | undefined;
  readonly root: string;
  /**
   * What the machine calls itself, or the one whose tree the root holds; undefined where that isn't told. Of a machine that was reached
   * over ssh, how it was named for that.
   */
  readonly host?: string;
  readonly exitCode: number;
  readonly outcome?: OutcomeKind;
  /** The files that are not as before a change that failed, this one or one that was cut short. Absent where all are. */
  readonly unrestored?: readonly string[];
  /** What is about to be done or decided, where a command has words of its own for it. */
  readonly headline?: readonly Sentence[];
  readonly layout?: LayoutReport;
  readonly kernels?: readonly KernelReport[];
  readonly entries?: readonly EntryReport[];
  /** The line that boots next, as it is held against those of later kernels. */
  readonly nextLine?: { readonly title: string; readonly cmdline: string } | undefined;
  readonly laterLines?: readonly LaterLineReport[];
  readonly drift?: readonly DriftReport[];
  /** Where it is known what runs, with `audit`, `verify` and `status`. */
  readonly running?: RunningReport;
  /** Where the running kernel is between leak and cure, with `status`. */
  readonly situation?: Situation;
  /** The entry that boots next when nobody touches the keyboard, with `status`. */
  readonly nextEntry?: { readonly title: string; readonly kernel: string | undefined };
  /** What the memory of the host shows of a leak, with `status`. */
  readonly symptoms?: SymptomReport;
  /** Each word that was looked after on the running kernel, with `verify`. */
  readonly verification?: readonly WordVerification[];
  /** What all of them come to. */
  readonly verified?: VerifiedReport;
  /** Where the running line and the one that boots next differ beside those words. */
  readonly lineDifference?: LineDifference;
  /** Whether the next boot brings words that the running kernel was started without, or takes some away. */
  readonly rebootNeeded?: boolean;
  /** How many words have which effect, with `audit`: each once for each kernel. */
  readonly counts?: {
    readonly known: number;
    readonly none: number;
    readonly unknown: number;
    readonly total: number;
  };
  readonly choice?: ChoiceReport;
  /** Milder words that would do by now, with `status` and `fix`. */
  readonly relaxation?: RelaxationReport;
  readonly hazards?: readonly HazardReport[];
  /** What somebody else made of the files since they were written, where `rollback` refuses for it. */
  readonly changedSince?: readonly ChangedFile[];
  readonly plan?: PlanReport;
  /** Of which entry a changed line is. */
  readonly entryPlaces?: readonly EntryPlace[];
  /** What a person has to decide on where nothing is chosen by itself; the first one changes nothing. */
  readonly decision?: readonly DecisionReport[];
  /** The command line once more, to be pasted. */
  readonly commandAgain?: string;
  readonly backup?: BackupReport;
  readonly backups?: readonly BackupListing[];
  /** Words that are booted once, and how far that is. */
  readonly trial?: TrialReport;
  /** The names that a kernel accepts, with `probe --list`. */
  readonly parameters?: readonly string[];
  /** Text for a program, printed as it is. */
  readonly script?: string;
  /** Help that was asked for. */
  readonly help?: string;
  readonly messages: readonly Message[];
}

/** How a command ended, as the schema names it. */
export type OutcomeKind = 'unchanged' | 'planned' | 'applied' | 'refused' | 'failed-restored';

/** A sentence with its weight. */
export type Message = Sentence & { readonly level: 'info' | 'warning' | 'error' };

/** What boots the machine, and from which files. */
export interface LayoutReport {
  readonly family: string;
  readonly loader: CodesOf<'loader'>;
  /** The entry that boots when nobody touches the keyboard, and why. */
  readonly default?: { readonly title: string; readonly id: string; readonly because: Sentence };
  /** Files that decide the next boot, in the order in which they are read. */
  readonly nextBoot: readonly LayoutFile[];
  /** Files that the entries of later kernels are made from. */
  readonly laterKernels: readonly LayoutFile[];
  /** The system that makes all of these from a place of its own; `command` is empty where the place itself is what boots. */
  readonly keptBy?: { readonly system: string; readonly place: string; readonly command: string };
  /** Configurations that this machine does not read. */
  readonly inactive: readonly LayoutFile[];
}

/** A file and its part; `role.ROLE` is the sentence for it. */
export type LayoutFile = {
  [Role in CodesOf<'role'>]: {
    readonly path: string;
    readonly role: Role;
    readonly data: DataOf<`role.${Role}`>;
  };
}[CodesOf<'role'>];

/** Whether a kernel takes a parameter, and what says so. */
export interface SupportReport {
  readonly verdict: Verdict;
  /** Strongest first. */
  readonly evidence: readonly Evidence[];
  /** What the verdict rests on; undefined where nothing decides. */
  readonly decidedBy: Evidence | undefined;
  /** The hazard that the parameter always brings; undefined where none is known. */
  readonly cost?: RemedyCost | undefined;
}

/** A kernel of the menu and what was found out of it. */
export interface KernelReport {
  readonly release: string;
  readonly running: boolean;
  readonly default: boolean;
  readonly remedy?: Remedy;
  /** Whether the kernel has the problem that is to be cured. */
  readonly exposure?: Exposure & { readonly problem?: ProblemName };
  readonly support: Readonly<Record<string, SupportReport>>;
  /** What it took to read the image, with `probe`. */
  readonly reading?: { readonly milliseconds: number; readonly cached: boolean };
}

/** An entry of the menu with its words. */
export interface EntryReport {
  readonly title: string;
  readonly id: string;
  readonly kernel: string | undefined;
  /** The kernel image as the loader names it. */
  readonly image: string;
  /** The initial RAM disks as the loader names them. */
  readonly initrd: readonly string[];
  readonly kind: CodesOf<'kind'> | 'normal';
  readonly default: boolean;
  readonly next: boolean;
  readonly cmdline: string;
  readonly words: readonly WordReport[];
}

/** A word of a command line, where it stands (`path:line`), and whether anybody reads it. */
export interface WordReport {
  readonly word: string;
  readonly effect: 'known' | 'none' | 'unknown';
  readonly from: string;
  /** What was probably meant, with `audit`. */
  readonly suggestion?: string | undefined;
  /** Why a word whose name is taken has no effect, with `audit`. */
  readonly because?: Sentence;
}

/** A line that the system's own programs will make. */
export interface LaterLineReport {
  readonly by: string;
  readonly kind: string;
  readonly title?: string;
  readonly words: readonly {
    readonly word: string;
    readonly known: boolean;
    readonly from: string;
    readonly variable?: string;
  }[];
  readonly unknown: readonly { readonly because: string; readonly from: string }[];
  /** What stands behind the end that GRUB sees. */
  readonly lost?: { readonly text: string; readonly from: string };
  /** Whether it is of the same kind as the line that boots next. */
  readonly isCompared: boolean;
}

/** Where a line of later kernels differs from the one that boots next. */
export interface DriftReport {
  readonly line: string;
  readonly onlyNextBoot: readonly PlacedWord[];
  readonly onlyLater: readonly PlacedWord[];
}

/** A word and where it stands (`path:line`). */
export interface PlacedWord {
  readonly word: string;
  readonly from: string;
}

/** The line that the running kernel was started with. */
export interface RunningReport {
  /** undefined where nothing tells its release. */
  readonly kernel: string | undefined;
  readonly cmdline: string;
  readonly words: readonly WordReport[];
}

/** One look at the memory of a host, and what it shows of a leak. */
export interface SymptomReport extends Symptoms {
  readonly sample: MemorySample;
  /** Bytes in an hour, with `status --watch`. */
  readonly growthPerHour?: number;
  /** Until memory ends where it goes on like this, with `status --watch`. */
  readonly hoursLeft?: number;
}

/** What the words of a verification come to. */
export interface VerifiedReport {
  readonly verdict: RunningVerdict;
  /** The change whose words they are; absent where all words of the line were looked after. */
  readonly change?: string;
  /** The kernel of the entry that boots next. */
  readonly expectedKernel?: string;
}

/** What was chosen for a kernel, and why. */
export interface ChoiceReport {
  readonly remedy: Remedy;
  readonly words: readonly string[];
  readonly because: readonly Sentence[];
}

/** Milder words than those in place, and the command that puts them there. */
export interface RelaxationReport {
  readonly release: string;
  readonly milder: 'nokmem' | 'none';
  readonly command: string;
}

/** What the chosen remedy could break, and the setting that says so. */
export interface HazardReport {
  readonly id: HazardId;
  readonly blocking: boolean;
  readonly accepted: boolean;
  readonly data: { readonly path: string; readonly setting: string };
}

/** A file's text before and after; undefined where it is not there. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What changed beside the text: mode (octal), uid, gid, or an attribute by its name. */
  readonly ownershipChanges?: readonly OwnershipChange[];
}

/** undefined where an attribute is not there. */
export interface OwnershipChange {
  readonly what: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The edits of a plan, in the order in which they are applied. */
export interface PlanReport {
  readonly id: string;
  readonly edits: readonly PlannedEdit[];
}

/** One file of a plan, with checksums in hexadecimal; undefined for a file that is not there. */
export interface PlannedEdit extends ChangedFile {
  readonly beforeSha256: string | undefined;
  readonly afterSha256: string | undefined;
  /** What the file decides; `restore` is rollback's. */
  readonly decides?: 'later-kernels' | 'next-boot' | 'restore';
  /** What is shown of the texts where some of it is hidden. */
  readonly shown?: Pick<ChangedFile, 'before' | 'after'>;
}

/** One answer of a decision: a remedy's word, how far it is proven on all kernels, and what it costs. */
export interface DecisionReport {
  readonly word: string | undefined;
  readonly verdict: Verdict | undefined;
  readonly cost: RemedyCost | undefined;
}

/** Where an entry's words stand. */
export interface EntryPlace {
  readonly path: string;
  /** Undefined where the file is the entry. */
  readonly line: number | undefined;
  readonly title: string;
  readonly kernel: string | undefined;
  readonly isDefault: boolean;
}

/** How far a trial that was written is: not booted yet; running; over, its words not kept; kept. */
export type TrialState = CodesOf<'backup.trial'>;

/** Words that are booted once, and how far that is; `planned` where it is only shown. */
export interface TrialReport {
  readonly state: 'planned' | TrialState;
  /** Of its backup set; undefined where it is not written. */
  readonly id: string | undefined;
  readonly set: readonly string[];
  readonly unset: readonly string[];
  /** The words that its kernel is started with. */
  readonly line: readonly string[];
}

/** A backup set and its directory. */
export interface BackupReport {
  readonly id: string;
  readonly path: string;
}

/** A backup set with when and for what it was made. */
export interface BackupListing extends BackupReport {
  readonly createdAt: string;
  readonly kind: 'apply' | 'rollback';
  /** As it was typed; absent in sets of earlier builds. */
  readonly command?: string;
  /** Words that came onto lines, and words that went. */
  readonly set: readonly string[];
  readonly unset: readonly string[];
  readonly undoneBy: string | undefined;
  /** The boot in which it was made. */
  readonly bootId?: string;
  /** Of the change that stands: what becomes of its words on the kernel that runs, and in which boot. */
  readonly verified?: { readonly verdict: RunningVerdict; readonly bootId?: string };
  readonly files: readonly string[];
  /** Where it began the newest trial: how far that is. */
  readonly trial?: TrialState;
}
