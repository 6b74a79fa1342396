// Comparisons of groups, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {Exclusion, FrequencyArm, Proportion, ProportionMethod} from "./types.js";

export interface GroupsOptions {
  /** Heading of the column that is compared. */
  column: string;
  /** Heading of a column of the same patients that is compared instead of groups. */
  paired_with: string | null;
  group: string;
  strata: string | null;
  test: "automatic" | "chi_square" | "yates" | "n_minus1" | "fisher" | "boschloo";
  numeric_test: "automatic" | "welch" | "student" | "ranks" | "ranks_exact" | "ranks_normal";
  paired_test: "exact" | "mid_p" | "corrected" | "uncorrected";
  measure: "difference" | "ratio" | "odds";
  difference:
    "newcombe" | "miettinen_nurminen" | "exact" | "mee" | "agresti_caffo" | "wald" | "wald_continuity";
  ratio: "miettinen_nurminen" | "exact" | "koopman" | "katz" | "katz_adjusted";
  odds: "exact" | "mid_p" | "miettinen_nurminen" | "score" | "woolf" | "haldane_anscombe";
  ordered: boolean;
  method: ProportionMethod;
  conf_level: number;
  figure: {width?: "one" | "one_and_half" | "two"; title?: string | null};
}

export interface GroupsOutcome {
  options: GroupsOptions;
  comparison: GroupsComparison;
  exclusions: Exclusion[];
  empty_groups: string[];
}

export type GroupsComparison =
  | ({kind: "categories"} & CategoryComparison)
  | ({kind: "numbers"} & NumberComparison)
  | ({kind: "paired"} & PairedComparison);

/** Effects are those of the second of two values, of every group but the first. */
export interface CategoryComparison {
  levels: string[];
  arms: FrequencyArm[];
  overall: FrequencyArm;
  smallest_expected: number | null;
  test: GroupTest | null;
  effects: GroupEffect[];
  standardised: number | null;
  trend: GroupTest | null;
  strata: StrataComparison | null;
}

export interface StrataComparison {
  strata: {label: string; first: [number, number]; second: [number, number]; odds_ratio: Ratio}[];
  odds_ratio: Ratio;
  test: GroupTest;
  homogeneity: GroupTest | null;
}

export interface NumberComparison {
  unit: string | null;
  arms: NumberArm[];
  overall: NumberArm;
  /** Whether effects are shifts of the median instead of differences of means. */
  by_ranks: boolean;
  test: GroupTest | null;
  effects: GroupEffect[];
  standardised: number | null;
  trend: GroupTest | null;
}

export interface NumberArm {
  label: string | null;
  values: number[];
  summary: {
    n: number;
    mean: number | null;
    std_dev: number | null;
    min: number | null;
    lower_quartile: number | null;
    median: number | null;
    upper_quartile: number | null;
    max: number | null;
  };
}

export interface PairedComparison {
  levels: [string, string];
  /** Patients by their first answer (row) and second answer (column). */
  table: [[number, number], [number, number]];
  first: Proportion;
  second: Proportion;
  test: GroupTest | null;
  odds_ratio: Ratio | null;
}

export interface GroupTest {
  name: string;
  statistic: number | null;
  df: number | null;
  df_within: number | null;
  p_value: number;
  draws: number | null;
  std_err: number | null;
}

export interface GroupEffect {
  /** Index of the arm that is compared with the first. */
  arm: number;
  estimate: number | null;
  conf_low: number | null;
  conf_high: number | null;
}

export interface Ratio {
  estimate: number | null;
  conf_low: number | null;
  conf_high: number | null;
}
