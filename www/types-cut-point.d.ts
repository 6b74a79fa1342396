// Cut-points of a number, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {
  CoxEffect,
  CoxTest,
  Endpoint,
  EndpointDefinition,
  Exclusion,
  LogRank,
  PermutationTest,
  Quantile,
  SurvivalFigure,
  TimeRules,
  TimeUnit,
} from "./types.js";

export interface CutPointOptions {
  endpoint: Endpoint;
  /** Heading of the column of numbers. */
  column: string;
  rule: "median" | "quartiles" | "given" | "maximum";
  /** The cut-points of `given`; each belongs to the group below it. */
  cuts: number[];
  /** Smallest share of the patients on each side of a searched cut-point. */
  least: number;
  draws: number;
  seed: number;
  knots: "none" | "three" | "four" | "five";
  conf_level: number;
  figure: Partial<{width: SurvivalFigure["width"]}>;
}

export interface CutPointOutcome {
  options: CutPointOptions;
  rules: TimeRules;
  unit: TimeUnit;
  definition: EndpointDefinition;
  value_unit: string | null;
  n: number;
  n_event: number;
  cuts: number[];
  /** From the lowest values up. */
  groups: {
    n: number;
    n_event: number;
    median: Quantile;
    effect: CoxEffect | null;
  }[];
  /** As if the cut-points were known beforehand. */
  log_rank: LogRank;
  search: {
    scan: {
      points: {cut: number; n_low: number; statistic: number}[];
      /** Index into `points`. */
      largest: number;
      /** Corrected for the search. */
      p_value: number;
    };
    critical: number;
    permutation: PermutationTest;
  } | null;
  spline: {
    knots: number[];
    reference: number;
    effect: CoxTest;
    non_linearity: CoxTest;
    non_linearity_wald: CoxTest | null;
    /** Log hazard ratios over `reference`. */
    curve: {value: number; estimate: number; std_err: number; conf_low: number; conf_high: number}[];
  } | null;
  /** Of the patients, rising. */
  values: number[];
  exclusions: Exclusion[];
}
