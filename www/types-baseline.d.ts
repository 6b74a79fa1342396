// Baseline characteristics and patient flow, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {GroupTest, GroupsOptions, NumberArm} from "./types-groups.js";
import type {Endpoint, Exclusion, Reason} from "./types.js";

export interface BaselineOptions {
  /** Headings in the order of the rows. */
  columns: string[];
  group: string | null;
  /** Whether all patients stand beside the groups. */
  overall: boolean;
  /** Headings of columns that make groups and are measured, and are shown as measured. */
  as_numbers: string[];
  statistics: ("mean_sd" | "median_quartiles" | "median_range" | "range")[];
  /** Definition of the quartiles by Hyndman and Fan. */
  quantiles: "type1" | "type2" | "type3" | "type4" | "type5" | "type6" | "type7" | "type8" | "type9";
  percent_of: "known" | "all";
  standardised: boolean;
  p_values: "automatic" | "always" | "never";
  category_test: GroupsOptions["test"];
  numeric_test: GroupsOptions["numeric_test"];
  /** Tests of single columns, by heading. */
  category_tests: Record<string, GroupsOptions["test"] | null>;
  numeric_tests: Record<string, GroupsOptions["numeric_test"] | null>;
}

export interface BaselineOutcome {
  options: BaselineOptions;
  arms: {label: string; n: number}[];
  n: number;
  /** Whether the groups are tested. */
  tested: boolean;
  variables: BaselineVariable[];
  /** Columns left out for their many values. */
  too_many: {column: string; values: number}[];
  exclusions: Exclusion[];
  empty_groups: string[];
}

export interface BaselineVariable {
  column: string;
  values:
    | {kind: "categories"; levels: string[]; arms: CategoryCounts[]; overall: CategoryCounts}
    | {kind: "numbers"; unit: string | null; arms: NumberCounts[]; overall: NumberCounts};
  test: GroupTest | null;
  /** Without its sign; of three or more groups the largest of all pairs. */
  standardised: number | null;
}

export interface CategoryCounts {
  counts: number[];
  missing: number;
  /** Denominator of the percentages. */
  of: number;
}

export interface NumberCounts {
  summary: NumberArm["summary"];
  missing: number;
}

export interface FlowOptions {
  /** What the patients are analysed for; all of them when `null`. */
  endpoint: Endpoint | null;
  group: string | null;
  screened: number | null;
  /** Numbers with reasons: `12 not eligible; 8 declined`. */
  not_included: string | null;
  left_out_are_patients: boolean;
  figure: {width?: "one" | "one_and_half" | "two"; title?: string | null};
}

export interface FlowOutcome {
  options: FlowOptions;
  screening: {
    n: number;
    not_included: number;
    reasons: {reason: string; n: number}[];
    without_reason: number;
  } | null;
  in_file: number;
  /** Before the patients are divided into groups. */
  left_out: FlowLoss[];
  arms: FlowArm[];
  overall: FlowArm;
  exclusions: Exclusion[];
  empty_groups: string[];
}

export interface FlowArm {
  label: string | null;
  n: number;
  left_out: FlowLoss[];
  analysed: number;
}

export interface FlowLoss {
  reason: {code: "by_person"} | {code: "no_group"; column: string} | {code: "endpoint"; reason: Reason};
  n: number;
}
