// Adverse events, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {Difference, Exclusion, Rate, TimeRules, TimeUnit} from "./types.js";
import type {CumulativeIncidence, GrayTest} from "./types-competing.js";
import type {Ratio} from "./types-groups.js";

/** What is wrong with a row of adverse events. */
export type EventProblem =
  | {problem: "grade_range"; grade: number}
  | {problem: "grade_zero"}
  | {problem: "repeated"; first_row: number}
  | {problem: "respelled"; standard: string; rows: number}
  | {problem: "before_start"; on: string; start: string}
  | {problem: "after_cut_off"; on: string; cut_off: string}
  | {problem: "after_death"; on: string; death: string}
  | {problem: "end_before_start"; end: string; start: string}
  | {problem: "fatal_without_grade5" | "grade5_not_fatal" | "fatal_without_death"};

export interface SafetyOptions {
  group: string | null;
  population: "treated" | "all";
  attribution: "both" | "any_cause" | "related";
  /** Days after the last dose within which events count; every event when null. */
  emergent_days: number | null;
  by_system: boolean;
  /** Percentage of a group that must have had a term for it to be shown. */
  threshold: number;
  /** The grade from which an event is severe. */
  severe: number;
  difference:
    "newcombe" | "miettinen_nurminen" | "exact" | "mee" | "agresti_caffo" | "wald" | "wald_continuity";
  rate_unit: TimeUnit;
  first_related: boolean;
  conf_type: "log" | "log_log" | "plain" | "logit" | "arcsine";
  conf_level: number;
  landmarks: number[];
  figure: {width?: "one" | "one_and_half" | "two"; terms?: number; title?: string | null};
}

export interface SafetyOutcome {
  options: SafetyOptions;
  mapped: Record<
    "system" | "grade" | "related" | "serious" | "discontinued" | "dose_changed" | "fatal" | "start",
    boolean
  >;
  by_therapies: boolean;
  arms: SafetyArm[];
  overall: SafetyArm;
  tables: {related: boolean; rows: SafetyRow[]}[];
  below_threshold: number;
  /** Columns with values that mean neither yes nor no: what they would say is not given. */
  undecided: {role: string; events: number}[];
  missing: Record<"grade" | "related" | "serious" | "discontinued" | "dose_changed" | "onset", number>;
  /** Events before the treatment or too long after it, where those are not tabulated. */
  not_emergent: number;
  /** Events before the treatment: never in the rates, nor in the time to the first severe event. */
  before_start: number;
  first: FirstEvent | null;
  rates: SafetyRates | null;
  exclusions: Exclusion[];
  empty_groups: string[];
}

export interface SafetyArm {
  label: string | null;
  n: number;
  events: number;
}

export type SafetyRowKind =
  | {row: "any" | "severe" | "serious" | "discontinued" | "dose_changed" | "fatal"}
  | {row: "system"; system: string | null}
  | {row: "term"; system: string | null; term: string};

/** Differences are those of the second group minus the first. */
export type SafetyRow = SafetyRowKind & {
  arms: GradeCounts[];
  overall: GradeCounts;
  difference: Difference | null;
  severe_difference: Difference | null;
};

/** Patients by their worst grade, and events. */
export interface GradeCounts {
  any: number;
  grades: [number, number, number, number, number];
  ungraded: number;
  events: number;
}

/** Times are in days. */
export interface FirstEvent {
  rules: TimeRules;
  deaths: boolean;
  related: boolean;
  landmarks: number[];
  arms: FirstEventArm[];
  overall: FirstEventArm;
  gray: GrayTest | null;
  before_start: number;
  exclusions: Exclusion[];
}

export interface FirstEventArm {
  label: string | null;
  n: number;
  n_event: number;
  n_death: number;
  curves: CumulativeIncidence;
  rates: Rate[];
}

/** Rates per unit of `rate_unit`. */
export interface SafetyRates {
  exposure: "therapies" | "follow_up" | "survival";
  arms: Exposure[];
  overall: Exposure;
  rows: (SafetyRowKind & {
    arms: EventRates[];
    overall: EventRates;
    event_ratio: Ratio | null;
    patient_ratio: Ratio | null;
  })[];
  before_start: number;
  exclusions: Exclusion[];
}

export interface Exposure {
  n: number;
  time: number;
}

export interface EventRates {
  /** Events over the whole exposure. */
  events: IncidenceRate;
  /** Patients with an event over the exposure up to the first one. */
  patients: IncidenceRate;
}

export interface IncidenceRate {
  count: number;
  time: number;
  estimate: number | null;
  conf_low: number | null;
  conf_high: number | null;
}
