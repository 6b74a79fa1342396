// Sheets with several rows a patient, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {
  ColumnReading,
  ColumnSummary,
  ErrorCause,
  Mapping,
  ReadOptions,
  Source,
  StatusColumn,
} from "./types.js";

/** Which table: a sheet of a workbook, or a text file. */
export interface TableName {
  /** Null for the file that the study began with. */
  file: string | null;
  /** Null for text. */
  sheet: string | null;
}

export interface SheetReading {
  header_row: number | null;
  columns: Record<string, Partial<ColumnReading>>;
}

/** A file opened beside the one that the study began with. */
export interface AddedFile {
  file_name: string;
  reading: ReadOptions;
}

export interface TableSummary {
  /** Null for the patients' table. */
  name: TableName | null;
  label: string;
  file_name: string;
  source: Source;
  n_rows: number;
  headings: string[];
}

/** The same with its columns, as the page holds it. */
export interface TableInView extends TableSummary {
  columns: ColumnSummary[];
}

/** A sheet that could not be read beside the chosen one. */
export interface UnreadSheet {
  table: TableName;
  error: ErrorCause;
}

export interface RecordRow {
  table: TableName;
  row: number;
}

/** Each kind is a field of that name of the mapping. */
export type RecordKind = "assessments" | "lesions" | "adverse_events" | "therapies";

export interface RecordKindInWords {
  kind: RecordKind;
  label: string;
  help: string;
  roles: RecordRole[];
}

/** A field of that name of its part of the mapping. */
export interface RecordRole {
  id: string;
  kind: "column" | "status";
  holds: "text" | "date" | "number" | "grade" | "yes_no";
  required: boolean;
  label: string;
}

/** Another sheet with one row a patient: its columns can have the roles of the patients' sheet, too. */
export interface JoinedSheet {
  table: TableName;
  patient: string;
}

/** One visit, lesion, or lesion at a visit, of a row that holds several. */
export interface WidePart {
  visit: string | null;
  lesion: string | null;
  /** Days from the start to the visit, where no column holds its date. */
  day: number | null;
  /** Headings by role. */
  columns: Record<string, string>;
}

/** A sheet that can be turned long. */
export interface WideSheet {
  kind: RecordKind;
  label: string;
  /** Holds nothing but that sheet. */
  mapping: Mapping;
  /** What would be read; null where something must be chosen first. The page asks for it. */
  words?: RecordsInWords | null;
}

/** Records as they are read. */
export interface RecordsInWords {
  sentence: string;
  /** Whether enough of them count for the sheet to be what it is read as. */
  usable: boolean;
  headings: string[];
  n: number;
  rows: {row: number; cells: string[]; used: boolean}[];
}

/**
 * How patient ids are compared: letter by letter but for case; without punctuation, spaces and leading zeros where
 * that leaves no doubt; or also a number alone with the id that ends in it.
 */
export type IdMatching = "exact" | "loose" | "number";

/** The part of the mapping that is about them. */
export interface RecordSheets {
  /** How the patient ids of different sheets are compared; loosely when left out. */
  ids?: IdMatching;
  /** None when left out. */
  joined?: JoinedSheet[];
  assessments: AssessmentSheet | null;
  lesions: LesionSheet | null;
  adverse_events: AdverseEventSheet | null;
  therapies: TherapySheet | null;
}

export interface AssessmentSheet {
  table: TableName;
  patient: string;
  date: string;
  visit: string | null;
  sum: string | null;
  non_target: string | null;
  new_lesion: StatusColumn | null;
  response: string | null;
  /** The visits, where one row holds several of them. */
  wide?: WidePart[];
}

export interface LesionSheet {
  table: TableName;
  patient: string;
  date: string;
  visit: string | null;
  lesion: string;
  organ: string | null;
  role: string | null;
  nodal: StatusColumn | null;
  diameter: string | null;
  state: string | null;
  /** The visits or lesions, where one row holds several of them. */
  wide?: WidePart[];
}

export interface AdverseEventSheet {
  table: TableName;
  patient: string;
  term: string;
  system: string | null;
  grade: string | null;
  related: StatusColumn | null;
  serious: StatusColumn | null;
  discontinued: StatusColumn | null;
  dose_changed: StatusColumn | null;
  fatal: StatusColumn | null;
  start: string | null;
  end: string | null;
}

export interface TherapySheet {
  table: TableName;
  patient: string;
  name: string | null;
  line: string | null;
  start: string;
  end: string | null;
  subsequent: StatusColumn | null;
}

/** The rules of censoring: FDA-style, EMA-style, or the first of progression and death. */
export type Preset = "fda" | "ema" | "plain";

export interface Censoring {
  /** FDA-style where assessments are mapped, else plain, when null. */
  preset: Preset | null;
  gap_days: number;
  clinical_progression: boolean;
}

/** How measurements become responses (RECIST 1.1, iRECIST). */
export interface RecistSettings {
  baseline_window: number | null;
  baseline_grace: number;
  confirmation: {days: number; not_evaluable: number; one_stable: boolean} | null;
  minimum_stable: number;
  before_new_therapy: boolean;
  immune: {confirm_after: number; tolerance: number; repeated_flag_is_another: boolean};
}

/** What can be wrong with sheets beside the patients'. */
export type SheetIssueKind =
  | {code: "no_patient_column"; records: RecordKind}
  | {code: "unmatched_record"; records: RecordKind; rows: number}
  | {
      code: "partly_matched";
      /** Null of a sheet with one row a patient. */
      records: RecordKind | null;
      matched: number;
      patients: number;
      ids: number;
      unknown: string[];
      without: string[];
    }
  | {code: "ambiguous_id"; rows: number; patients: string[]}
  | {code: "no_id_matches"; rows: number; patients: string; known: string; numbered: number}
  | {code: "ids_respelt"; ids: number; examples: [string, string][]}
  | {code: "ids_by_number"; ids: number; rows: number; examples: [string, string][]}
  | {code: "no_joined_id"}
  | {code: "record_without_patient"; records: RecordKind}
  | {code: "patient_without_records"; records: RecordKind; sheet: string}
  | {code: "incomplete_record"; records: RecordKind}
  | {code: "unknown_grade"}
  | {code: "record_column_missing"; records: RecordKind; role: string}
  | {code: "unclear_answer"; records: RecordKind; role: string; rows: number}
  | {code: "dates_denied"; words: string[]; patients: number}
  | {code: "nothing_to_join_by"}
  | {code: "unmatched_joined_row"}
  | {code: "joined_row_without_patient"}
  | {code: "second_joined_row"; first_row: number}
  | {code: "patient_without_joined_row"; sheet: string};
