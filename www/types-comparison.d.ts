// Comparisons of survival curves, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {
  Endpoint,
  EndpointDefinition,
  Exclusion,
  PermutationTest,
  Rate,
  SurvivalCurve,
  SurvivalFigure,
  SurvivalOptions,
  TimeRules,
  TimeUnit,
} from "./types.js";

export type CurveTest =
  | "log_rank"
  | "gehan_breslow"
  | "tarone_ware"
  | "peto_peto"
  | "modified_peto_peto"
  | "fleming_harrington"
  | "max_combo";

export interface ComparisonOptions {
  endpoint: Endpoint;
  group: string;
  primary: CurveTest;
  tests: CurveTest[];
  /** Fleming-Harrington weights: early and late differences. */
  p: number;
  q: number;
  strata: string | null;
  trend: boolean;
  adjustment:
    "holm" | "bonferroni" | "hochberg" | "hommel" | "benjamini_hochberg" | "benjamini_yekutieli" | "none";
  permutation: "small" | "always" | "never";
  draws: number;
  seed: number;
  /** Landmark analysis: only those followed beyond it, counted from it. */
  restart: number | null;
  tau: number | null;
  /** Headings of the covariates for which the restricted means are adjusted. */
  adjust: string[];
  landmarks: number[];
  conditional: number[];
  further: number | null;
  conf_type: SurvivalOptions["conf_type"];
  conf_level: number;
  figure: Partial<ComparisonFigure>;
}

export interface ComparisonFigure {
  difference: boolean;
  areas: boolean;
  width: SurvivalFigure["width"];
  tick_step: number | null;
  title: string | null;
}

export interface ComparisonOutcome {
  options: ComparisonOptions;
  unit: TimeUnit;
  rules: TimeRules;
  n: number;
  n_event: number;
  arms: ComparedArm[];
  /** The primary one first. */
  tests: TestOutcome[];
  permutation: PermutationTest["method"] | null;
  pairs: PairOutcome[];
  strata: string[];
  tau: number;
  tau_limit: number;
  exclusions: Exclusion[];
  empty_groups: string[];
  definition: EndpointDefinition;
}

export interface ComparedArm {
  label: string;
  n: number;
  n_event: number;
  expected: number;
  curve: SurvivalCurve;
  rmst: Rmst | null;
  rates: Rate[];
  conditional: Rate[];
}

export interface TestOutcome {
  test: CurveTest;
  statistic: number | null;
  df: number | null;
  p_value: number | null;
  permutation: number | null;
  trend: {z: number; statistic: number; p_value: number} | null;
}

/** The second group against the first. */
export interface PairOutcome {
  first: number;
  second: number;
  p_value: number | null;
  p_adjusted: number | null;
  crossing: number | null;
  rmst: RmstComparison | null;
  /** p value of the difference of the means, corrected for the number of pairs. */
  rmst_p_adjusted: number | null;
  /** Restricted means adjusted for covariates. */
  adjusted: AdjustedMeans | null;
  differences: SurvivalDifference[];
  over_time: {time: number; estimate: number; conf_low: number | null; conf_high: number | null}[];
}

export interface AdjustedMeans {
  n: number;
  difference: RmstContrast | null;
  ratio: RmstContrast | null;
  rmtl_ratio: RmstContrast | null;
  p_adjusted: number | null;
}

export interface Rmst {
  tau: number;
  rmst: number;
  rmtl: number;
  std_err: number;
  /** `null` when `std_err` is 0. */
  conf_low: number | null;
  conf_high: number | null;
}

export interface RmstComparison {
  first: Rmst;
  second: Rmst;
  difference: RmstContrast;
  ratio: RmstContrast | null;
  rmtl_ratio: RmstContrast | null;
}

export interface RmstContrast {
  estimate: number;
  /** `null`, as the p value, when a group has no variance. */
  conf_low: number | null;
  conf_high: number | null;
  p_value: number | null;
}

export interface SurvivalDifference {
  time: number;
  estimate: number | null;
  std_err: number | null;
  conf_low: number | null;
  conf_high: number | null;
  p_value: number | null;
}
