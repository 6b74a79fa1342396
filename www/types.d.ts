// Every value that crosses between Rust and JavaScript, as serde writes it: names in snake_case, `null`
// for `None`, enums of data tagged by `kind`, `code` or `rule`. The comments stand in the Rust sources.

import type {BaselineOptions, BaselineOutcome, FlowOptions, FlowOutcome} from "./types-baseline.js";
import type {ComparisonOptions, ComparisonOutcome} from "./types-comparison.js";
import type {CompetingOptions, CompetingOutcome} from "./types-competing.js";
import type {CoxOptions, CoxOutcome, SubgroupsOptions, SubgroupsOutcome} from "./types-cox.js";
import type {CutPointOptions, CutPointOutcome} from "./types-cut-point.js";
import type {GroupsOptions, GroupsOutcome} from "./types-groups.js";
import type {SwimmerOptions, SwimmerOutcome, TumoursOptions, TumoursOutcome} from "./types-patients.js";
import type {FrequencyOptions, FrequencyOutcome, ResponseOptions, ResponseOutcome} from "./types-rates.js";
import type {
  AddedFile,
  Censoring,
  Preset,
  RecistSettings,
  RecordKind,
  RecordRow,
  RecordSheets,
  SheetIssueKind,
  SheetReading,
  TableName,
} from "./types-records.js";
import type {EventProblem, SafetyOptions, SafetyOutcome} from "./types-safety.js";
import type {SensitivityOptions, SensitivityOutcome} from "./types-sensitivity.js";

export type * from "./types-baseline.js";
export type * from "./types-comparison.js";
export type * from "./types-competing.js";
export type * from "./types-cox.js";
export type * from "./types-cut-point.js";
export type * from "./types-form.js";
export type * from "./types-groups.js";
export type * from "./types-patients.js";
export type * from "./types-rates.js";
export type * from "./types-records.js";
export type * from "./types-safety.js";
export type * from "./types-sensitivity.js";

// ---- table ------------------------------------------------------------------------------------------

export interface ReadOptions {
  sheet: string | null;
  encoding: string | null;
  delimiter: string | null;
  header_row: number | null;
  decimal_comma: boolean | null;
  columns: Record<string, Partial<ColumnReading>>;
  /** How the other sheets of the workbook are read, by name. */
  sheets?: Record<string, Partial<SheetReading>>;
}

export interface ColumnReading {
  date_order: DateOrder | null;
  missing: string[] | null;
}

export type DateOrder = "year_month_day" | "day_month_year" | "month_day_year";

export interface Source {
  file_name: string;
  format: "delimited" | "xlsx" | "xlsb" | "xls" | "ods";
  sheet: string | null;
  sheets: string[];
  encoding: string | null;
  delimiter: string | null;
  header_row: number;
  decimal_comma: boolean;
}

export type ColumnType =
  | {kind: "empty"}
  | {kind: "number"}
  | {kind: "date"; order: DateOrder | null}
  | {kind: "yes_no"}
  | {kind: "category"}
  | {kind: "text"};

export type FindingKind =
  | "title_row"
  | "units_row"
  | "footnote"
  | "empty_heading"
  | "duplicate_heading"
  | "totals_row"
  | "merged_cells"
  | "ambiguous_date_order"
  | "two_digit_years"
  | "age_with_unit"
  | "not_a_number"
  | "not_a_date"
  | "cell_error"
  | "extra_fields"
  | "undecodable";

export interface ColumnSummary {
  heading: string;
  position: number;
  column_type: ColumnType;
  n: number;
  missing: [string, number][];
  distinct: number;
  values: [string, number][];
  /** First and last date, smallest and largest number. */
  range: [string, string] | null;
}

export interface GridRow {
  row: number;
  cells: string[];
}

// ---- cohort -----------------------------------------------------------------------------------------

export type Endpoint =
  | "pfs"
  | "os"
  | "efs"
  | "ipfs"
  | "ttp"
  | "ttr"
  | "dor"
  | "idor"
  | "pfs2"
  | "time_on_treatment"
  /** The name of one of the person's own. */
  | (string & {});

export type TimeUnit = "days" | "weeks" | "months" | "years";

/** An endpoint of the person's own, by headings of columns of dates. */
export interface OwnEndpoint {
  name: string;
  /** That of the mapping when null. */
  start: string | null;
  /** The first of them is the event. */
  events: string[];
  /** End the time without event. */
  censoring: string[];
  /** That of the mapping when null. */
  last_contact: string | null;
}

export interface Mapping extends RecordSheets {
  patient: string | null;
  start: string | null;
  progression: string | null;
  death: string | null;
  last_contact: string | null;
  progressed: StatusColumn | null;
  died: StatusColumn | null;
  /** `2024-06-30`. */
  cut_off: string | null;
  pfs: TimeAndEvent | null;
  os: TimeAndEvent | null;
  /** Wins over the dates. */
  competing: TimeAndCause | null;
  groups: Grouping[];
  /** Columns whose values are counted, such as the worst grade of adverse events. */
  counted: Grouping[];
  /** Headings of columns whose numbers stood at the start, such as age or LDH. */
  covariates: string[];
  /** Start of a new anticancer therapy. */
  new_therapy: string | null;
  treatment_end: string | null;
  clinical_progression: string | null;
  second_progression: string | null;
  /** Not there when there are none. */
  own?: OwnEndpoint[];
  response: ResponseColumn | null;
  rules: TimeRules;
  recist: RecistSettings;
  corrections: Correction[];
  excluded_rows: number[];
  /** Rows of other sheets than the patients' that are left out. */
  excluded_records: RecordRow[];
  accepted: AcceptedIssue[];
}

/** The roles of event columns, as the mapping names them. */
export type EventRole = "pfs" | "os" | "efs" | "progressed" | "died";

/** Whether something happened, beside its date. */
export interface StatusColumn {
  column: string;
  event_values: string[];
  /** In a sheet of records, what means no: a value that is in neither list is asked about. All others when left out. */
  no_values?: string[];
  /** Whether an empty cell means "no"; it does not when left out. */
  blank_is_no_event?: boolean;
}

/** How a column would be read in a role. */
export interface Suggestion {
  event_values: string[];
  /** What means yes and no, if it were a column of a sheet of records that answers one or the other. */
  yes_values: string[];
  no_values: string[];
  unit: TimeUnit;
  codes: Record<string, BestResponse>;
  causes: CauseCodes[];
  censored: string[];
}

/** An issue that the person lets stand: `code` of its kind, or of the finding where it was read. */
export interface AcceptedIssue {
  /** The sheet; the patients' when left out. */
  table?: TableName;
  row: number | null;
  column: string | null;
  code: string;
}

export interface TimeAndEvent {
  time: string;
  event: string;
  unit: TimeUnit;
  event_values: string[];
  /** Whether an empty cell means "censored"; it does not when left out. */
  blank_is_no_event?: boolean;
}

/** Times that one of several kinds of event ended; the first is of interest. */
export interface TimeAndCause {
  time: string;
  cause: string;
  unit: TimeUnit;
  causes: CauseCodes[];
  /** The values that mean no event. */
  censored: string[];
}

export interface CauseCodes {
  label: string;
  values: string[];
}

export interface Grouping {
  column: string;
  levels: string[];
  labels: Record<string, string>;
}

export interface ResponseColumn {
  column: string;
  codes: Record<string, BestResponse>;
}

export type BestResponse = "cr" | "pr" | "sd" | "non_cr_non_pd" | "pd" | "ne" | "missing";

export interface TimeRules {
  count_first_day: boolean;
  month: "average" | "thirty" | "calendar";
  display: TimeUnit;
  /** The rules of censoring. */
  censoring: Censoring;
}

export interface Correction {
  /** The sheet; the patients' when left out. */
  table?: TableName;
  row: number;
  column: string;
  value: string;
}

export type Severity = "note" | "warning" | "error";

export type IssueKind =
  | {code: "reading"; finding: FindingKind}
  | SheetIssueKind
  | {code: "unknown_finding"}
  | {code: "tumour"; warning: {code: string}}
  | {code: "course"; problem: {code: string}}
  | {
      code: "progression_differs";
      entered: string | null;
      computed: string | null;
      because: {code: string} | null;
    }
  | ({code: "adverse_event"} & EventProblem)
  | {code: "wrong_type"; wanted: "dates" | "times" | "numbers" | "events"}
  | {code: "unit_assumed"; unit: TimeUnit; suggested: TimeUnit | null}
  | {code: "endpoint_assumed"}
  | {code: "coding_assumed"; event: string[]}
  | {code: "causes_assumed"; censored: string[]}
  | {code: "unknown_cause"}
  | {code: "code_without_rows"; missing: string}
  | {code: "blank_events"; role: EventRole; value: string; patients: number}
  | {code: "presumed_no_event"; event: DatedEvent}
  | {code: "no_start_mapped"}
  | {code: "clinical_progression_only"}
  | {code: "pfs_without_death"}
  | {code: "events_without_deaths"}
  | {code: "no_censoring_date"; patients: number}
  | {code: "duplicate_patient"; first_row: number}
  | {code: "no_patient_id"}
  | {code: "missing_value"}
  | {code: "negative_time"}
  | {code: "end_before_start"; end: DatedEvent; on: string; start: string}
  | {code: "event_without_date"; event: DatedEvent}
  | {code: "date_without_event"; event: DatedEvent; on: string}
  | {code: "after_cut_off"; on: string; cut_off: string}
  | {code: "death_before_progression"; death: string; progression: string}
  | {code: "last_contact_before_start"; on: string; start: string}
  | {code: "last_contact_before_progression"; on: string; progression: string}
  | {code: "contact_after_death"; on: string; death: string}
  | {code: "unknown_response"}
  | {code: "not_measured"}
  | {code: "unreadable"}
  | {code: "correction_without_cell"};

export type DatedEvent = "progression" | "death" | "end_of_follow_up";

export interface Issue {
  severity: Severity;
  sheet: string | null;
  /** The table that it is in; null for the patients'. */
  table: TableName | null;
  row: number | null;
  column: string | null;
  value: string | null;
  kind: IssueKind;
  /** Further rows of the same text: a correction is one of them all. */
  also: number[];
  /** The endpoints that the row, or every patient concerned, is left out of. */
  left_out: Endpoint[];
}

/** The rule that decided a derived value, with the dates that it used. */
export type Reason =
  | {rule: "given_event"}
  | {rule: "given_censored"}
  | {rule: "given_event_on"; on: string}
  | {rule: "given_censored_on"; on: string}
  | {rule: "progressed"; on: string}
  | {rule: "died"; on: string}
  | {rule: "last_contact"; on: string}
  | {rule: "cut_off"; on: string}
  | {rule: "rule"; by: {code: string}; on: string}
  | {rule: "no_response"}
  | {rule: "no_start"}
  | {rule: "no_end"}
  | {rule: "event_without_date"}
  | {rule: "unreadable"}
  | {rule: "negative"}
  | {rule: "contradiction"}
  | {rule: "no_value"};

// ---- analysis ---------------------------------------------------------------------------------------

/** What to compute; an option left out has its default. */
export type Analysis =
  | ({kind: "survival"} & Partial<SurvivalOptions>)
  | ({kind: "response"} & Partial<ResponseOptions>)
  | ({kind: "frequency"} & Partial<FrequencyOptions>)
  | ({kind: "competing"} & Partial<CompetingOptions>)
  | ({kind: "groups"} & Partial<GroupsOptions>)
  | ({kind: "comparison"} & Partial<ComparisonOptions>)
  | ({kind: "sensitivity"} & Partial<SensitivityOptions>)
  | ({kind: "cox"} & Partial<CoxOptions>)
  | ({kind: "subgroups"} & Partial<SubgroupsOptions>)
  | ({kind: "cut_point"} & Partial<CutPointOptions>)
  | ({kind: "tumours"} & Partial<TumoursOptions>)
  | ({kind: "swimmer"} & Partial<SwimmerOptions>)
  | ({kind: "baseline"} & Partial<BaselineOptions>)
  | ({kind: "flow"} & Partial<FlowOptions>)
  | ({kind: "safety"} & Partial<SafetyOptions>);

/** Numbers at full precision; `null` is what cannot be estimated. */
export type Outcome =
  | ({kind: "survival"} & SurvivalOutcome)
  | ({kind: "response"} & ResponseOutcome)
  | ({kind: "frequency"} & FrequencyOutcome)
  | ({kind: "competing"} & CompetingOutcome)
  | ({kind: "groups"} & GroupsOutcome)
  | ({kind: "comparison"} & ComparisonOutcome)
  | ({kind: "sensitivity"} & SensitivityOutcome)
  | ({kind: "cox"} & CoxOutcome)
  | ({kind: "subgroups"} & SubgroupsOutcome)
  | ({kind: "cut_point"} & CutPointOutcome)
  | ({kind: "tumours"} & TumoursOutcome)
  | ({kind: "swimmer"} & SwimmerOutcome)
  | ({kind: "baseline"} & BaselineOutcome)
  | ({kind: "flow"} & FlowOutcome)
  | ({kind: "safety"} & SafetyOutcome);

export interface SurvivalOptions {
  endpoint: Endpoint;
  group: string | null;
  conf_type: "log" | "log_log" | "plain" | "logit" | "arcsine";
  conf_level: number;
  landmarks: number[];
  seed: number;
  draws: number;
  figure: Partial<SurvivalFigure>;
}

export interface SurvivalFigure {
  width: "one" | "one_and_half" | "two";
  band: "automatic" | "always" | "never";
  censor_marks: boolean;
  median_lines: "automatic" | "always" | "never";
  annotation: boolean;
  legend: "ends" | "box" | "none";
  risk_table: "at_risk" | "kmunicate" | "none";
  cut_axis: boolean;
  tick_step: number | null;
  axis_end: number | null;
  title: string | null;
}

export interface SurvivalOutcome {
  options: SurvivalOptions;
  unit: TimeUnit;
  rules: TimeRules;
  arms: SurvivalArm[];
  overall: SurvivalArm;
  comparison: SurvivalComparison | null;
  exclusions: Exclusion[];
  empty_groups: string[];
  definition: EndpointDefinition;
}

/** What the endpoint was made of; `cut_off` if it censored anybody. */
export type EndpointDefinition =
  | {kind: "given"; deaths_known: boolean}
  | {kind: "given_dates"; start: StartEvent; cut_off: string | null; deaths_known: boolean}
  | {kind: "rules"; start: StartEvent; cut_off: string | null; deaths_known: boolean; preset: Preset}
  | {kind: "dates"; start: StartEvent; cut_off: string | null; deaths_known: boolean};

/** What the times begin with, as far as the heading of the start column says. */
export type StartEvent = "treatment" | "randomisation" | "enrolment" | "diagnosis" | "surgery" | "unnamed";

export interface SurvivalArm {
  label: string | null;
  n: number;
  n_event: number;
  n_censor: number;
  curve: SurvivalCurve;
  quantiles: Quantile[];
  rates: Rate[];
  follow_up: Quantile;
}

export interface SurvivalCurve {
  n: number;
  steps: SurvivalStep[];
}

export interface SurvivalStep {
  time: number;
  n_risk: number;
  n_event: number;
  n_censor: number;
  survival: number;
  std_err: number | null;
  conf_low: number | null;
  conf_high: number | null;
}

export interface Quantile {
  probability: number;
  estimate: number | null;
  conf_low: number | null;
  conf_high: number | null;
}

export interface Rate {
  time: number;
  n_risk: number;
  estimate: number | null;
  conf_low: number | null;
  conf_high: number | null;
}

export interface SurvivalComparison {
  log_rank: LogRank;
  small: "few_patients" | "few_events" | null;
  permutation: PermutationTest | null;
  pairwise: PairwiseTest[];
  cox: CoxFit | null;
  curves_cross: boolean;
}

export interface LogRank {
  n: number[];
  observed: number[];
  expected: number[];
  statistic: number | null;
  df: number;
  p_value: number | null;
}

export interface PermutationTest {
  p_value: number;
  method: {kind: "exact"; arrangements: number} | {kind: "monte_carlo"; draws: number; seed: number};
}

export interface PairwiseTest {
  first: number;
  second: number;
  p_value: number | null;
  p_adjusted: number | null;
}

export interface CoxFit {
  n: number;
  n_event: number;
  terms: CoxTerm[];
  log_likelihood_null: number;
  log_likelihood: number;
  likelihood_ratio: CoxTest;
  wald: CoxTest | null;
  score: CoxTest;
  robust_score: CoxTest | null;
  aic: number;
  bic: number;
  iterations: number;
  separation: boolean;
  means: number[];
}

/** A χ² test. */
export interface CoxTest {
  statistic: number;
  df: number;
  p_value: number;
}

export type CoxTermStatus = "estimated" | "collinear" | "runs_up" | "runs_down" | "undetermined";

export interface CoxTerm {
  status: CoxTermStatus;
  coef: number | null;
  std_err: number | null;
  naive_std_err: number | null;
  hazard_ratio: number | null;
  conf_low: number | null;
  conf_high: number | null;
  statistic: number | null;
  p_value: number | null;
}

/** A patient by id, and by row of the patients' sheet (1-based). */
export interface Subject {
  id: string | null;
  row: number;
}

export interface Exclusion {
  reason:
    | {code: "endpoint"; reason: Reason}
    | {code: "no_group" | "no_covariate" | "not_adjusted"; column: string}
    | {code: "no_weight" | "weight_not_positive" | "no_entry" | "early_entry" | "late_entry"; column: string}
    | {code: "not_at_landmark"}
    | {code: "not_treated" | "no_exposure" | "no_onset"}
    | {code: "by_person"};
  /** Patient id, if any is given, and spreadsheet row. */
  subjects: {id: string | null; row: number}[];
}

// ---- format, report ---------------------------------------------------------------------------------

export interface Style {
  p_value: "default" | "nejm" | "jama" | "lancet";
  percent_decimals: number;
}

/** A piece of the results section; every string is finished. */
export type Block =
  | {kind: "heading"; text: string}
  | {kind: "paragraph"; text: string}
  | {
      kind: "table";
      caption: string;
      /** Each head in full. */
      columns: string[];
      /** Heads over several columns each; `columns` there is what is left to say of each of those. */
      shared_heads?: {head: string; from: number; columns: string[]}[];
      rows: Row[];
      notes: string[];
    }
  | {kind: "figure"; scene: number; caption: string}
  | {kind: "caution"; text: string}
  | {kind: "exclusions"; lines: string[]}
  | {kind: "methods"; text: string; references: string[]};

export interface Row {
  head: string;
  cells: string[];
  indent: number;
}

/** `derived` is the file that the R script reads beside the person's own; empty where it reads none. */
export type ReportFormat = "html" | "csv" | "r" | "derived";

export interface Assigned {
  n: number;
  endpoints: EndpointSummary[];
  codings: CodingInWords[];
  issues: IssueInWords[];
  issue_counts: {kind_label: string; severity: Severity; n: number}[];
}

/** How an event column is read, with its counts. */
export interface CodingInWords {
  role: EventRole;
  column: string;
  values: {text: string; n: number; event: boolean}[];
  missing: number;
  /** Patients whose cell is empty. */
  blank: number;
  sentence: string;
  /** The values that mean the event once it is flipped. */
  flipped: string[];
}

export interface EndpointSummary {
  endpoint: Endpoint;
  label: string;
  n: number;
  n_event: number;
  n_censor: number;
  n_excluded: number;
  sentence: string;
  /** By which rules it is censored, where it rests on assessments. */
  rules: string | null;
}

export type IssueInWords = Issue & {
  kind_label: string;
  /** What those of one kind in one sheet are called together. */
  group: string;
  sentence: string;
};

export interface DerivedRow {
  id: string;
  row: number;
  time: string;
  status: string;
  event: boolean | null;
  reason: string;
}

// ---- figure -----------------------------------------------------------------------------------------

/** A figure in points, origin at the top left. */
export interface Scene {
  title: string;
  description: string;
  width: number;
  height: number;
  marks: Mark[];
  series: Series[];
}

export interface Point {
  x: number;
  y: number;
}

export interface Color {
  rgb: [number, number, number];
  alpha: number;
}

export type Mark =
  | {kind: "line"; points: Point[]; width: number; color: Color; dash: number[]}
  | {kind: "area"; points: Point[]; color: Color}
  | {
      kind: "text";
      content: string;
      at: Point;
      size: number;
      bold: boolean;
      italic: boolean;
      anchor: "start" | "middle" | "end";
      vertical: boolean;
      color: Color;
    };

export interface Series {
  label: string;
  color: Color;
  points: SeriesPoint[];
}

export interface SeriesPoint {
  at: Point;
  lines: string[];
}

// ---- study ------------------------------------------------------------------------------------------

export interface SavedStudy {
  oncurve: number;
  file_name: string;
  reading: ReadOptions;
  /** The files opened beside it. */
  added?: AddedFile[];
  mapping: Mapping;
  style: Style;
  analyses: SavedAnalysis[];
}

export interface SavedAnalysis {
  title: string | null;
  analysis: Analysis;
}

/** `cause` of an `Error` that the engine throws. */
export type ErrorCause =
  | {code: "empty"}
  | {
      code: "not_a_spreadsheet";
      found:
        | "html"
        | "xml"
        | "json"
        | "pdf"
        | "image"
        | "document"
        | "presentation"
        | "archive"
        | "statistical_file"
        | "binary";
    }
  | {code: "password_protected"}
  | {code: "corrupt"; detail: string}
  | {code: "one_column"}
  | {code: "no_rows"}
  | {code: "too_large"; limit: number; unit: string}
  | {code: "no_such_sheet"; sheet: string}
  | {code: "no_such_encoding"; encoding: string}
  | {code: "no_such_row"; row: number}
  | {code: "no_such_column"; column: string}
  | {code: "no_such_table"; table: string}
  | {code: "no_patients"}
  | {code: "no_endpoint"; endpoint: Endpoint}
  | {code: "no_competing"}
  | {code: "no_cause"; cause: string}
  | {code: "no_adverse_events"}
  | {code: "no_response"}
  | {code: "no_group"; column: string}
  | {code: "not_counted"; column: string}
  | {code: "no_rules"}
  | {code: "one_rule"; endpoint: Endpoint}
  | {code: "one_group"; column: string}
  | {code: "no_covariates"}
  | {code: "not_a_covariate"; column: string}
  | {code: "not_positive"; column: string; value: string}
  | {code: "not_two_groups"; column: string; groups: number}
  | {code: "too_many_groups"; column: string; groups: number; limit: number}
  | {code: "no_subjects"}
  | {code: "out_of_range"; option: string; value: string}
  | {code: "not_a_study"; detail: string}
  | {code: "later_version"; version: number};

// ---- the single file --------------------------------------------------------------------------------

/** What the single file carries besides its script; handed to `start` of `app/index.js`. */
export interface Payload {
  /** Compiles the engine, for an instance in the page and one in the worker. */
  module(): Promise<WebAssembly.Module>;
  /** Text of the worker: a classic script, for a blob URL. */
  workerSource(): Promise<string>;
  /** The files of `www/examples`, by name. */
  examples(): Promise<{name: string; bytes(): Promise<Uint8Array>}[]>;
}
