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
import type {Characteristic, CoxEffect, CoxOptions} from "./types-cox.js";

export interface CompetingOptions {
  /** Label of the event of interest; `progression` or `death` when derived from dates; the first when null. */
  cause: string | null;
  group: string | null;
  /** Heading of the column that stratifies Gray's test. */
  strata: string | null;
  /** Headings of the covariates of the models. */
  covariates: string[];
  /** Those that make groups but are used as numbers. */
  as_numbers: string[];
  numbers: CoxOptions["numbers"];
  references: CoxOptions["references"];
  /** Heading of a column of weights. */
  weights: string | null;
  /** Whether a weight counts patients, or is one over a probability: robust errors. */
  weight_kind: "frequency" | "sampling";
  /** Heading of a column of times of entry (left truncation), in `entry_unit` or the unit of the times. */
  entry: string | null;
  entry_unit: TimeUnit | null;
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
  /** The models with covariates. */
  models: CompetingModels | null;
  /** Whether delayed entries are dates. */
  entry_is_date: boolean;
  /** Whether weights that count patients are not all whole numbers: then they are used as sampling weights. */
  broken_weights: boolean;
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

export interface CompetingModels {
  /** Patients with every covariate. */
  n: number;
  covariates: Characteristic[];
  /** One for each cause. */
  causes: CauseModels[];
  missing: {column: string; n: number}[];
}

export interface CauseModels {
  n_event: number;
  parameters: number;
  /** For each covariate its rows. */
  rows: CauseRow[][];
  specific_failure: ModelFailure | null;
  subdistribution_failure: ModelFailure | null;
}

export interface CauseRow {
  n_event: number;
  specific: CoxEffect | null;
  subdistribution: CoxEffect | null;
}

export type ModelFailure =
  {code: "no_events"} | {code: "nothing_varies"} | {code: "no_convergence"} | {code: "gap"; time: number};

/** Its statistic and p value are null with weights or delayed entry. */
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
