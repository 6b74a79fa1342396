//! Cox models and effects in subgroups, in R.

use super::entry::Cases;
use super::{Script, Shown, comment, factor, name, numbers, quote, texts};
use crate::analysis::{
    Characteristic, CharacteristicKind, CoxOutcome, CoxSelection, Exclusion, ExclusionReason,
    NumberScale, SelectionMethod, SubgroupsOutcome, Ties, TimeTransform,
};
use crate::cohort::Mapping;

/// Profile intervals and backward elimination.
pub(super) const FUNCTIONS: &str = include_str!("cox.R");

/// Whether the script needs [`FUNCTIONS`].
pub(super) fn needs_functions(outcome: &CoxOutcome) -> bool {
    let options = &outcome.options;
    options.has_profile_limits() || options.selection.method == SelectionMethod::Backward
}

impl Script {
    pub(super) fn cox(&mut self, i: usize, outcome: &CoxOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        self.title(
            i,
            &format!("Cox models of {}", name(options.endpoint)),
            None,
        );
        self.endpoint(options.endpoint, &outcome.definition, mapping);
        let covariates = self.covariates(&outcome.characteristics, mapping);
        let strata = self.strata(&options.strata, mapping);
        match (&options.cluster, &mapping.patient) {
            (Some(cluster), _) if options.robust => {
                self.set("data$cluster", &every_level(cluster, mapping));
            }
            (None, Some(patient)) if by_patient(outcome) => {
                self.set("id", &format!("column({})", quote(patient)));
                self.set(
                    "data$cluster",
                    "ifelse(id == \"\", paste(\"row\", row), id)",
                );
            }
            _ => {}
        }
        let cases = Cases {
            weights: &options.weights,
            entry: &options.entry,
            entry_unit: options.entry_unit,
            entry_is_date: outcome.entry_is_date,
        };
        self.cases(&cases, "w", outcome.unit, outcome.rules, mapping);
        self.with_endpoint(i, &outcome.exclusions, outcome.n);
        self.standardise(i, &outcome.characteristics, &covariates);
        let settings = settings(outcome, i);
        let surv = surv(outcome);
        let own = outcome.characteristics.iter().zip(&covariates);
        for (_, x) in own.filter(|(parent, _)| fitted(parent.univariable.as_ref())) {
            self.line(&format!(
                "print(summary(own <- coxph({surv} ~ {x}{strata}, {settings}), conf.int = {}))",
                options.conf_level
            ));
            self.profile("own", outcome);
        }
        if fitted(Some(&outcome.model)) {
            self.model(i, outcome, &covariates, &strata, &settings);
        }
        let own = outcome
            .characteristics
            .iter()
            .filter_map(|of| of.univariable.as_ref());
        if own.chain([&outcome.model]).any(|model| model.penalised) {
            self.line(
                "# Firth's penalised likelihood is in the package coxphf: coxphf(formula, data).",
            );
        }
    }

    /// Prints the profile intervals of a fit, where the report has them.
    fn profile(&mut self, fit: &str, outcome: &CoxOutcome) {
        let options = &outcome.options;
        if options.has_profile_limits() {
            self.line(&format!(
                "print(limits <- profile_limits({fit}, {}))",
                options.conf_level
            ));
        }
    }

    /// The covariates as x1, x2, …; returns these names.
    pub(super) fn covariates(
        &mut self,
        characteristics: &[Characteristic],
        mapping: &Mapping,
    ) -> Vec<String> {
        let mut names = Vec::new();
        for parent in characteristics {
            let x = format!("x{}", names.len() + 1);
            let value = match &parent.kind {
                CharacteristicKind::Interaction { .. } => continue,
                CharacteristicKind::Levels => {
                    let levels: Vec<&str> = (parent.rows.iter())
                        .filter_map(|row| row.label.as_deref())
                        .collect();
                    factor(&parent.column, &levels, mapping)
                }
                CharacteristicKind::Numbers { scale, step, .. } => {
                    let number = format!("as_number({})", quote(&parent.column));
                    match scale {
                        NumberScale::Step => format!("{number} / {step}"),
                        NumberScale::Log2 => format!("log2({number})"),
                        NumberScale::Standardised => number,
                    }
                }
            };
            self.line(&comment(&format!("{x}: {}", parent.column)));
            self.set(&format!("data${x}"), &value);
            names.push(x);
        }
        names
    }

    /// Divides the numbers that are to be standardised by their deviation among those analysed.
    pub(super) fn standardise(
        &mut self,
        i: usize,
        characteristics: &[Characteristic],
        covariates: &[String],
    ) {
        for (x, parent) in covariates.iter().zip(characteristics) {
            if let CharacteristicKind::Numbers {
                scale: NumberScale::Standardised,
                ..
            } = parent.kind
            {
                self.set(
                    &format!("cohort{i}${x}"),
                    &format!("cohort{i}${x} / sd(cohort{i}${x}, na.rm = TRUE)"),
                );
            }
        }
    }

    /// The strata as s1, s2, …; returns their part of a formula.
    fn strata(&mut self, columns: &[String], mapping: &Mapping) -> String {
        let mut terms = String::new();
        for (index, column) in columns.iter().enumerate() {
            let s = format!("s{}", index + 1);
            self.set(&format!("data${s}"), &every_level(column, mapping));
            terms.push_str(&format!(" + strata({s})"));
        }
        terms
    }

    /// The patients with the endpoint; each model leaves out those without its covariates.
    fn with_endpoint(&mut self, i: usize, exclusions: &[Exclusion], n: usize) {
        let rows: Vec<u32> = (exclusions.iter())
            .filter(|exclusion| !matches!(exclusion.reason, ExclusionReason::NoCovariate { .. }))
            .flat_map(|exclusion| exclusion.subjects.iter().map(|subject| subject.row))
            .collect();
        self.set("left_out", &numbers(&rows));
        self.line(&format!(
            "cohort{i} <- data[!row %in% left_out & !is.na(data$time) & !is.na(data$event), , drop = FALSE]"
        ));
        self.line(&format!("stopifnot(nrow(cohort{i}) == {n})"));
    }

    fn model(
        &mut self,
        i: usize,
        outcome: &CoxOutcome,
        covariates: &[String],
        strata: &str,
        settings: &str,
    ) {
        let options = &outcome.options;
        let surv = surv(outcome);
        let candidates = |of: usize| {
            let step = |selection: &CoxSelection| {
                selection.steps.iter().any(|step| step.characteristic == of)
            };
            options.selection.method == SelectionMethod::Backward
                && outcome.selection.as_ref().is_some_and(step)
        };
        let in_model = |of: usize| outcome.characteristics[of].in_model;
        let all = 0..outcome.characteristics.len();
        let term = |of: usize| term(outcome, covariates, of);
        let terms: Vec<String> = all.clone().filter(|&of| in_model(of)).map(term).collect();
        // R codes an interaction by its main effects; of one that is a stratum too, it gives no ratio.
        let own = all.clone().filter(|&of| interacts_as_stratum(outcome, of));
        let mut formula = (own.map(term).chain(terms.iter().cloned()))
            .collect::<Vec<_>>()
            .join(" + ");
        let mut settings = settings.to_owned();
        let asked = || all.clone().filter(|&of| in_model(of) || candidates(of));
        let own: Vec<&String> = asked().filter_map(|of| covariates.get(of)).collect();
        self.line(&format!(
            "used{i} <- cohort{i}[complete.cases(cohort{i}[{}]), ]",
            texts(&own)
        ));
        if options.selection.method == SelectionMethod::Backward {
            settings = settings.replace(&format!("data = cohort{i}"), &format!("data = used{i}"));
            let candidates: Vec<String> = asked().map(term).collect();
            self.line(&format!(
                "terms{i} <- backward({}, {}, function(terms) coxph(reformulate(c(terms{}), \"{surv}\"), {settings}))",
                texts(&candidates),
                options.selection.p,
                strata_terms(strata)
            ));
            self.line(&format!("print(terms{i})"));
            self.line(&format!("stopifnot(setequal(terms{i}, {}))", texts(&terms)));
        }
        formula.push_str(strata);
        self.line(&format!("cox{i} <- coxph({surv} ~ {formula}, {settings})"));
        self.line(&format!("stopifnot(cox{i}$n == {})", outcome.model.n));
        self.line(&format!(
            "print(summary(cox{i}, conf.int = {}))",
            options.conf_level
        ));
        if !outcome.model.penalised {
            self.profile(&format!("cox{i}"), outcome);
        }
        self.predicted(i, outcome, covariates);
        if outcome.checks.is_some() {
            self.checks(i, outcome);
        }
        if outcome.model.proportionality.is_some() {
            let transform = match options.transform {
                TimeTransform::KaplanMeier => "km",
                TimeTransform::Rank => "rank",
                TimeTransform::Identity => "identity",
                TimeTransform::Log => "log",
            };
            self.line(&format!(
                "print(cox.zph(cox{i}, transform = \"{transform}\"))"
            ));
        }
    }

    /// The predicted curves, with the means and quartiles of the patients of the model.
    fn predicted(&mut self, i: usize, outcome: &CoxOutcome, covariates: &[String]) {
        let Some(curves) = &outcome.curves else {
            return;
        };
        let options = &outcome.options.curves;
        let on_scale = |of: usize, number: f64| match &outcome.characteristics[of].kind {
            CharacteristicKind::Numbers {
                scale: NumberScale::Log2,
                ..
            } => format!("log2({number})"),
            CharacteristicKind::Numbers { step, .. } => format!("{number} / {step}"),
            CharacteristicKind::Levels | CharacteristicKind::Interaction { .. } => String::new(),
        };
        let by = &covariates[curves.by];
        // A curve a stratum for each level.
        let levels: Vec<&str> = (curves.curves.iter())
            .step_by(curves.baseline.len().max(1))
            .filter_map(|curve| curve.level.as_deref())
            .collect();
        let values = if !levels.is_empty() {
            texts(&levels)
        } else if options.values.is_empty() {
            format!("unique(quantile(used{i}${by}, c(0.25, 0.5, 0.75), names = FALSE))")
        } else {
            let chosen = options
                .values
                .iter()
                .map(|&number| on_scale(curves.by, number));
            format!("c({})", chosen.collect::<Vec<_>>().join(", "))
        };
        let mut columns = vec![format!("{by} = {values}")];
        for held in &curves.held {
            let x = &covariates[held.characteristic];
            let value = match (&held.level, held.number) {
                (Some(level), _) => quote(level),
                (None, Some(number)) if !held.mean => on_scale(held.characteristic, number),
                (None, _) if outcome.options.weights.is_some() => {
                    format!("weighted.mean(used{i}${x}, used{i}$w)")
                }
                (None, _) => format!("mean(used{i}${x})"),
            };
            columns.push(format!("{x} = {value}"));
        }
        self.line(&format!(
            "profiles{i} <- data.frame({})",
            columns.join(", ")
        ));
        let conf = super::conf(options.conf_type, outcome.options.conf_level);
        let Shown { scale, .. } = self.units(outcome.unit, outcome.rules);
        self.line(&format!(
            "print(curves{i} <- survfit(cox{i}, newdata = profiles{i}, {conf}){scale})"
        ));
        if !curves.landmarks.is_empty() {
            let times: Vec<f64> = (curves.landmarks.iter())
                .map(|&shown| outcome.rules.in_unit(shown, outcome.unit))
                .collect();
            self.line(&format!(
                "print(summary(curves{i}, times = {}{scale}))",
                numbers(&times)
            ));
        }
    }

    /// The residuals, and the rows of the file with the largest.
    fn checks(&mut self, i: usize, outcome: &CoxOutcome) {
        self.line(&format!(
            "martingale{i} <- residuals(cox{i}, type = \"martingale\")"
        ));
        self.line(&format!(
            "deviance{i} <- residuals(cox{i}, type = \"deviance\")"
        ));
        self.line(&format!(
            "print(head(deviance{i}[order(-abs(deviance{i}))], 5))"
        ));
        if outcome
            .checks
            .as_ref()
            .is_some_and(|checks| !checks.influence.is_empty())
        {
            self.line(&format!(
                "dfbetas{i} <- as.matrix(residuals(cox{i}, type = \"dfbetas\"))"
            ));
            self.line(&format!(
                "print(head(dfbetas{i}[order(-apply(abs(dfbetas{i}), 1, max)), , drop = FALSE], 5))"
            ));
        }
    }

    pub(super) fn subgroups(&mut self, i: usize, outcome: &SubgroupsOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        let title = format!("{} in subgroups", name(options.endpoint));
        self.title(i, &title, Some(&options.group));
        self.endpoint(options.endpoint, &outcome.definition, mapping);
        let arms: Vec<&str> = outcome.arms.iter().map(String::as_str).collect();
        self.set("data$group", &factor(&options.group, &arms, mapping));
        let strata = self.strata(&options.strata, mapping);
        for (index, of) in outcome.factors.iter().enumerate() {
            let levels: Vec<&str> = (of.subgroups.iter())
                .filter_map(|group| group.label.as_deref())
                .collect();
            self.line(&comment(&format!("x{}: {}", index + 1, of.column)));
            let levels = factor(&of.column, &levels, mapping);
            self.set(&format!("data$x{}", index + 1), &levels);
        }
        let n = outcome.overall.n.iter().sum();
        self.with_endpoint(i, &outcome.exclusions, n);
        let settings = format!("ties = \"{}\"", ties(options.ties));
        let level = options.conf_level;
        self.line(&format!(
            "effect <- function(data) summary(coxph(Surv(time, event) ~ group{strata}, data = data, {settings}), conf.int = {level})$conf.int[c(1, 3, 4)]"
        ));
        self.line(&format!("print(effect(cohort{i}))"));
        for index in 1..=outcome.factors.len() {
            let x = format!("x{index}");
            self.line(&format!(
                "print(sapply(split(cohort{i}, cohort{i}${x}), function(data) tryCatch(effect(data), error = function(e) rep(NA, 3))))"
            ));
            self.line(&format!(
                "print(anova(coxph(Surv(time, event) ~ group + {x}{strata}, data = cohort{i}, {settings}), coxph(Surv(time, event) ~ group * {x}{strata}, data = cohort{i}, {settings})))"
            ));
        }
    }
}

/// The response of the models.
fn surv(outcome: &CoxOutcome) -> &'static str {
    if outcome.options.entry.is_some() {
        "Surv(entry, time, event)"
    } else {
        "Surv(time, event)"
    }
}

/// Whether the clusters are the patients, each with several intervals.
fn by_patient(outcome: &CoxOutcome) -> bool {
    let options = &outcome.options;
    options.robust && options.cluster.is_none() && outcome.patients.is_some()
}

/// The arguments of every model.
fn settings(outcome: &CoxOutcome, i: usize) -> String {
    let options = &outcome.options;
    let weighted = options.weights.is_some();
    let clustered = options.cluster.is_some() || by_patient(outcome);
    let errors = match (clustered, options.robust) {
        // R takes broken weights for sampling weights unless it is told.
        (_, false) if weighted => ", weights = w, robust = FALSE",
        (_, false) => "",
        (false, true) if weighted => ", weights = w, robust = TRUE",
        (false, true) => ", robust = TRUE",
        (true, true) if weighted => ", weights = w, cluster = cluster",
        (true, true) => ", cluster = cluster",
    };
    format!(
        "data = cohort{i}, ties = \"{}\"{errors}",
        ties(options.ties)
    )
}

/// A characteristic as a term of a formula.
fn term(outcome: &CoxOutcome, covariates: &[String], of: usize) -> String {
    let characteristic = &outcome.characteristics[of];
    let named = |column: &str| {
        let place = (outcome.characteristics.iter()).position(|other| other.column == column);
        place
            .and_then(|place| covariates.get(place))
            .map_or("", |x| x)
    };
    match &characteristic.kind {
        CharacteristicKind::Interaction { second } => {
            format!("{}:{}", named(&characteristic.column), named(second))
        }
        CharacteristicKind::Levels | CharacteristicKind::Numbers { .. } => covariates[of].clone(),
    }
}

/// Whether a characteristic is in the model only by an interaction, being a stratum.
fn interacts_as_stratum(outcome: &CoxOutcome, of: usize) -> bool {
    let own = &outcome.characteristics[of];
    own.stratum
        && (outcome.characteristics.iter()).any(|other| match &other.kind {
            CharacteristicKind::Interaction { second } => {
                other.column == own.column || *second == own.column
            }
            CharacteristicKind::Levels | CharacteristicKind::Numbers { .. } => false,
        })
}

/// The strata of a formula as further terms: ` + strata(s1)` becomes `, "strata(s1)"`.
fn strata_terms(strata: &str) -> String {
    (strata.split(" + ").filter(|term| !term.is_empty()))
        .map(|term| format!(", {}", quote(term)))
        .collect()
}

fn fitted(model: Option<&crate::analysis::CoxModelOutcome>) -> bool {
    model.is_some_and(|model| model.failure.is_none())
}

/// A grouping column with the labels of the mapping, its levels in any order.
fn every_level(column: &str, mapping: &Mapping) -> String {
    let of = factor(column, &[], mapping);
    // Without levels of its own, a factor takes those that occur.
    of.strip_suffix(", c())")
        .map_or_else(|| of.clone(), |start| format!("{start})"))
}

fn ties(ties: Ties) -> &'static str {
    match ties {
        Ties::Efron => "efron",
        Ties::Breslow => "breslow",
        Ties::Exact => "exact",
    }
}
