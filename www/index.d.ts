// The npm package `oncurve`.

import type {
  Analysis,
  AnalysisForm,
  Assigned,
  Block,
  ColumnSummary,
  DerivedRow,
  Endpoint,
  GridRow,
  Mapping,
  Outcome,
  Planned,
  ReadOptions,
  ReportFormat,
  SavedAnalysis,
  Source,
  Style,
  TableName,
  TableSummary,
} from "./types.js";

export type * from "./types.js";

/** Choices for opening a spreadsheet, each with a default. */
export interface OpenOptions {
  /** How to read the bytes; what is left out is decided by evidence. */
  reading?: Partial<ReadOptions>;
  /** How numbers are written. */
  style?: Partial<Style>;
  /** BCP 47 tag of the language of all text; English by default. */
  language?: string;
}

/**
 * Opens the bytes of a spreadsheet. Throws an `Error` whose `cause` is an `ErrorCause`
 * when they cannot be read as one.
 */
export function open(
  bytes: Uint8Array | ArrayBuffer,
  fileName: string,
  options?: OpenOptions,
): Promise<Study>;

/** An open spreadsheet. */
export interface Study {
  /** Where the table came from and how it was read. */
  source(): Source;
  /** Opens another file beside the first, in place of one of the same name; assign again afterwards. */
  add(bytes: Uint8Array | ArrayBuffer, fileName: string, reading?: Partial<ReadOptions>): void;
  /** The patients' table, then the other sheets and files. */
  tables(): TableSummary[];
  /** Headings, types, commonest values; of the patients' table when no other is named. */
  columns(table?: TableName): ColumnSummary[];
  /** `count` rows as text from data row `from` (0-based). */
  rows(from: number, count: number, table?: TableName): GridRow[];
  /** A proposal of what the columns mean. */
  guess(): Mapping;
  /** Fixes what the columns mean; what is left out of the mapping is not assigned. */
  assign(mapping: Partial<Mapping>): Promise<Assigned>;
  /** The analyses that a first look begins with. */
  firstAnalyses(): Analysis[];
  /** Every analysis that the assigned columns allow, in the order of a paper, among those that are present. */
  allAnalyses(present: Analysis[]): Planned[];
  /** The analyses that the assigned columns allow, each ready to run, with its options. */
  forms(): AnalysisForm[];
  /** What `count` patients from patient `from` contribute to an endpoint, and why; null before `assign`. */
  derived(endpoint: Endpoint, from: number, count: number): DerivedRow[] | null;
  /** Runs one analysis. `progress` hears the share done, from 0 to 1. */
  run(analysis: Analysis, progress?: (share: number) => void): Promise<Result>;
  /** The text of a `.oncurve.json` file: mapping and analyses, never data. */
  save(analyses: SavedAnalysis[]): string;
  /** A document of several analyses. */
  report(format: ReportFormat, sections: SavedAnalysis[]): string;
  /** Gives its memory back at once; otherwise that happens when nothing refers to it any more. */
  close(): void;
}

/** The result of one analysis. */
export interface Result {
  /** Numbers, unrounded. */
  readonly outcome: Outcome;
  /** Finished text: heading, sentences, tables, exclusions, Methods paragraph. */
  readonly blocks: Block[];
  /** Figure `index` as an SVG document; undefined when there is none. */
  svg(index: number): string | undefined;
  /** Gives its memory back at once. */
  close(): void;
}
