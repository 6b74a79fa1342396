// Cox models and effects in subgroups, as they cross between Rust and JavaScript; see `types.d.ts`.

import type {
  CoxTermStatus,
  CoxTest,
  Endpoint,
  EndpointDefinition,
  Exclusion,
  SurvivalFigure,
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
  interaction: {first?: string | null; second?: string | null};
  strata: string[];
  ties: "efron" | "breslow" | "exact";
  robust: boolean;
  cluster: string | null;
  conf_level: number;
  interval: "wald" | "profile";
  firth: "automatic" | "always" | "never";
  transform: TimeTransform;
  figure: Partial<ForestFigure>;
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
  characteristics: Characteristic[];
  /** All covariates together. */
  model: CoxModel;
  missing: {column: string; n: number}[];
  exclusions: Exclusion[];
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
  parameters: number;
  failure:
    | "no_subjects"
    | "no_events"
    | "nothing_varies"
    | "no_convergence"
    | "too_many_ties"
    | "penalised_exact"
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
