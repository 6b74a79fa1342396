// Sheets with several rows a patient, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {ColumnReading, ErrorCause, ReadOptions, StatusColumn} from "./types.js";

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
  n_rows: number;
  headings: string[];
}

/** A sheet that could not be read beside the chosen one. */
export interface UnreadSheet {
  sheet: string;
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
  required: boolean;
  label: string;
}

/** The part of the mapping that is about them. */
export interface RecordSheets {
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
  confirmation: object | null;
  minimum_stable: number;
  before_new_therapy: boolean;
  immune: object;
}
