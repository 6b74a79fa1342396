// Cox models and effects in subgroups, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {
  CoxTermStatus,
  CoxTest,
  Endpoint,
  EndpointDefinition,
  Exclusion,
  Subject,
  SurvivalFigure,
  SurvivalOptions,
  TimeRules,
  TimeUnit,
} from "./types.js";

export interface CoxOptions {
  endpoint: Endpoint;
  /** Headings, in the order of the table. */
  covariates: string[];
  univariable_only: string[];
  /** Columns that make groups but are used as numbers. */
  as_numbers: string[];
  /** By heading. */
  numbers: Record<string, Partial<NumberUse>>;
  /** The reference level, by heading. */
  references: Record<string, string>;
  /** Pairs of headings. */
  interactions: [string, string][];
  strata: string[];
  /** Column of weights. */
  weights: string | null;
  weight_kind: "frequency" | "sampling";
  /** Column of times after the start from which on patients are at risk. */
  entry: string | null;
  /** Unit of these times; that of the endpoint when `null`. */
  entry_unit: TimeUnit | null;
  ties: "efron" | "breslow" | "exact";
  robust: boolean;
  cluster: string | null;
  conf_level: number;
  interval: "wald" | "profile";
  firth: "automatic" | "always" | "never";
  transform: TimeTransform;
  selection: {method?: "none" | "backward" | "univariable"; p?: number};
  curves: Partial<CurveOptions>;
  /** Whether residuals and influence are given. */
  checks: boolean;
  figure: Partial<ForestFigure>;
}

/** A curve for each value of one covariate, the others held. */
export interface CurveOptions {
  show: boolean;
  /** Heading; the first factor of the model when `null`. */
  by: string | null;
  /** Its values where it is a number; quartiles when empty. */
  values: number[];
  /** Where other numbers are held, by heading; at their mean when not named. */
  numbers: Record<string, number | null>;
  /** Where other factors are held, by heading; at their reference when not named. */
  levels: Record<string, string | null>;
  /** In the unit of display. */
  landmarks: number[];
  conf_type: SurvivalOptions["conf_type"];
}

export interface NumberUse {
  scale: "step" | "log2" | "standardised";
  /** The ratio is per so many units; chosen when `null`. */
  step: number | null;
}

export type TimeTransform = "kaplan_meier" | "rank" | "identity" | "log";

export interface ForestFigure {
  width: SurvivalFigure["width"];
  show: "multivariable" | "univariable";
  title: string | null;
}

export interface CoxOutcome {
  options: CoxOptions;
  unit: TimeUnit;
  rules: TimeRules;
  definition: EndpointDefinition;
  n: number;
  n_event: number;
  /** Whose intervals the rows are, in start-stop data; null where each row is a patient. */
  patients: {n: number; model_n: number; recurrent: boolean} | null;
  /** Patients and events that the weights count. */
  weighted: [number, number] | null;
  /** Whether weights that count patients are not all whole numbers. */
  broken_weights: boolean;
  /** Whether delayed entries are dates. */
  entry_is_date: boolean;
  characteristics: Characteristic[];
  /** All covariates together. */
  model: CoxModel;
  selection: CoxSelection | null;
  curves: CoxCurves | null;
  no_curves: {code: "no_model"} | {code: "not_in_model"; column: string} | null;
  checks: CoxChecks | null;
  missing: {column: string; n: number}[];
  exclusions: Exclusion[];
}

/** How p values chose the covariates of the model. */
export interface CoxSelection {
  method: "none" | "backward" | "univariable";
  p: number;
  steps: {characteristic: number; p_value: number | null; kept: boolean}[];
}

/** Survival that the model predicts. */
export interface CoxCurves {
  /** The characteristic that the curves differ by. */
  by: number;
  held: {characteristic: number; level: string | null; number: number | null; mean: boolean}[];
  curves: ProfileCurve[];
  /** One a stratum. */
  baseline: ProfileCurve[];
  baseline_number: number | null;
  landmarks: number[];
}

export interface ProfileCurve {
  level: string | null;
  number: number | null;
  stratum: string[];
  curve: {stratum: number; n: number; steps: PredictedStep[]};
  median: number | null;
  median_low: number | null;
  median_high: number | null;
  /** At the landmarks. */
  at: (PredictedStep | null)[];
}

export interface PredictedStep {
  time: number;
  n_risk: number;
  n_event: number;
  n_censor: number;
  cum_hazard: number;
  cum_hazard_std_err: number;
  survival: number;
  std_err: number;
  conf_low: number | null;
  conf_high: number | null;
}

/** Residuals and influence, in the order of `subjects`. */
export interface CoxChecks {
  subjects: Subject[];
  martingale: number[];
  deviance: number[];
  /** Martingale residuals against each number, with their smooth. */
  forms: {characteristic: number; x: number[]; smooth: [number, number][]}[];
  /** Change of each coefficient (characteristic and row) by each patient, in standard errors. */
  influence: {place: [number, number]; dfbetas: number[]; score: number[]}[];
  n_outlying: number;
  /** Places in `subjects`, the largest residual first. */
  outlying: number[];
  influential: {
    patient: number;
    place: [number, number];
    dfbetas: number;
    hazard_ratio: number;
    without: number;
  }[];
}

export interface Characteristic {
  column: string;
  kind:
    | {kind: "levels"}
    | {kind: "numbers"; scale: NumberUse["scale"]; step: number; unit: string | null}
    | {kind: "interaction"; second: string};
  n: number;
  n_event: number;
  rows: CoxRow[];
  univariable: CoxModel | null;
  univariable_test: CoxTest | null;
  model_test: CoxTest | null;
  in_model: boolean;
  /** Among the strata, so that it has no ratio. */
  stratum: boolean;
}

export interface CoxRow {
  label: string | null;
  second_label: string | null;
  n: number;
  n_event: number;
  /** In the model of all covariates. */
  model_n: number;
  model_n_event: number;
  reference: boolean;
  univariable: CoxEffect | null;
  model: CoxEffect | null;
}

export interface CoxEffect {
  status: CoxTermStatus;
  coef: number | null;
  std_err: number | null;
  hazard_ratio: number | null;
  conf_low: number | null;
  conf_high: number | null;
  p_value: number | null;
}

export interface CoxModel {
  n: number;
  n_event: number;
  /** Events that count for its size. */
  effective_events: number;
  parameters: number;
  failure:
    | "no_subjects"
    | "no_events"
    | "nothing_varies"
    | "no_convergence"
    | "too_many_ties"
    | "penalised_exact"
    | "penalised_robust"
    | "weighted_exact"
    | "none_selected"
    | null;
  /** Whether Firth's penalised likelihood was used. */
  penalised: boolean;
  /** Characteristic and row. */
  separated: [number, number][];
  collinear: [number, number][];
  likelihood_ratio: CoxTest | null;
  wald: CoxTest | null;
  score: CoxTest | null;
  concordance: Concordance | null;
  aic: number | null;
  bic: number | null;
  proportionality: ProportionalityTest | null;
  /** The characteristics of its terms. */
  proportionality_of: number[];
}

export interface Concordance {
  concordant: number;
  discordant: number;
  tied_x: number;
  tied_y: number;
  tied_xy: number;
  concordance: number;
  std_err: number;
}

export interface ProportionalityTest {
  transform: TimeTransform;
  terms: {
    columns: number[];
    test: CoxTest | null;
    /** Scaled Schoenfeld residual of each event. */
    y: (number | null)[];
    smooth: {
      x: number;
      time: number;
      estimate: number;
      std_err: number;
      conf_low: number;
      conf_high: number;
    }[];
  }[];
  global: CoxTest | null;
  time: number[];
  x: number[];
}

export interface SubgroupsOptions {
  endpoint: Endpoint;
  /** Heading of the column with two groups. */
  group: string;
  /** Headings of the columns whose levels are the subgroups. */
  subgroups: string[];
  strata: string[];
  ties: CoxOptions["ties"];
  conf_level: number;
  figure: Partial<Omit<ForestFigure, "show">>;
}

export interface SubgroupsOutcome {
  options: SubgroupsOptions;
  rules: TimeRules;
  definition: EndpointDefinition;
  /** The ratio is that of the second over the first. */
  arms: [string, string];
  overall: Subgroup;
  factors: {
    column: string;
    subgroups: Subgroup[];
    interaction: CoxTest | null;
    separation: boolean;
    missing: number;
  }[];
  exclusions: Exclusion[];
}

export interface Subgroup {
  label: string | null;
  n: [number, number];
  n_event: [number, number];
  effect: CoxEffect | null;
}
