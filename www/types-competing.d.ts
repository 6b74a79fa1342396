// Competing risks, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {
  CoxFit,
  CoxTerm,
  EndpointDefinition,
  Exclusion,
  Quantile,
  Rate,
  TimeRules,
  TimeUnit,
} from "./types.js";

export interface CompetingOptions {
  /** Label of the event of interest; `progression` or `death` when derived from dates; the first when null. */
  cause: string | null;
  group: string | null;
  /** Heading of the column that stratifies Gray's test. */
  strata: string | null;
  conf_type: "log" | "log_log" | "plain" | "logit" | "arcsine";
  conf_level: number;
  landmarks: number[];
  convention: "survival" | "cmprsk";
  figure: Partial<CompetingFigure>;
}

export interface CompetingFigure {
  width: "one" | "one_and_half" | "two";
  band: boolean;
  annotation: boolean;
  legend: "ends" | "box" | "none";
  risk_table: boolean;
  fit_axis: boolean;
  stacked: boolean;
  tick_step: number | null;
  axis_end: number | null;
  title: string | null;
}

export interface CompetingOutcome {
  options: CompetingOptions;
  unit: TimeUnit;
  rules: TimeRules;
  causes: Cause[];
  /** Position of the event of interest among the causes. */
  cause: number;
  arms: CompetingArm[];
  overall: CompetingArm;
  /** One for each cause. */
  comparisons: CauseComparison[];
  overstatement: Overstatement | null;
  exclusions: Exclusion[];
  empty_groups: string[];
  definition: EndpointDefinition;
}

export type Cause = {kind: "progression"} | {kind: "death"} | {kind: "given"; label: string};

export interface CompetingArm {
  label: string | null;
  n: number;
  n_event: number[];
  n_censor: number;
  curves: CumulativeIncidence;
  /** For each cause one rate a landmark. */
  rates: Rate[][];
  follow_up: Quantile;
}

export interface CumulativeIncidence {
  n: number;
  steps: IncidenceStep[];
}

export interface IncidenceStep {
  time: number;
  n_risk: number;
  n_censor: number;
  survival: Probability;
  causes: CauseStep[];
}

export interface CauseStep {
  n_event: number;
  cum_hazard: number;
  cum_incidence: Probability;
}

export interface Probability {
  estimate: number;
  std_err: number;
  conf_low: number | null;
  conf_high: number | null;
}

export interface CauseComparison {
  gray: GrayTest;
  cause_specific: CoxFit | null;
  subdistribution: FineGrayFit | null;
}

export interface GrayTest {
  score: number[];
  statistic: number | null;
  df: number;
  p_value: number | null;
}

export interface FineGrayFit {
  n: number;
  n_event: number;
  n_competing: number;
  terms: CoxTerm[];
  naive_std_err: (number | null)[];
  log_likelihood_null: number;
  log_likelihood: number;
  iterations: number;
  separation: boolean;
  baseline: {time: number; cum_hazard: number}[];
  means: number[];
}

/** 1 − Kaplan-Meier beside the cumulative incidence. */
export interface Overstatement {
  time: number;
  shown: number;
  n_competing: number;
  cum_incidence: number;
  one_minus_kaplan_meier: number;
}
