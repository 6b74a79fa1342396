//! Cox models and effects in subgroups, in R.

use super::{Script, comment, factor, name, numbers, quote};
use crate::analysis::{
    Characteristic, CharacteristicKind, CoxInterval, CoxOutcome, Exclusion, ExclusionReason,
    NumberScale, SubgroupsOutcome, Ties, TimeTransform,
};
use crate::cohort::Mapping;

impl Script {
    pub(super) fn cox(&mut self, i: usize, outcome: &CoxOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        self.title(
            i,
            &format!("Cox models of {}", name(options.endpoint)),
            None,
        );
        self.endpoint(options.endpoint, outcome.definition, mapping);
        let covariates = self.covariates(&outcome.characteristics, mapping);
        let strata = self.strata(&options.strata, mapping);
        if let Some(cluster) = options.cluster.as_ref().filter(|_| options.robust) {
            self.set("data$cluster", &every_level(cluster, mapping));
        }
        self.with_endpoint(i, &outcome.exclusions, outcome.n);
        self.standardise(i, &outcome.characteristics, &covariates);
        let errors = match (&options.cluster, options.robust) {
            (_, false) => "",
            (None, true) => ", robust = TRUE",
            (Some(_), true) => ", cluster = cluster",
        };
        let settings = format!(
            "data = cohort{i}, ties = \"{}\"{errors}",
            ties(options.ties)
        );
        let own = outcome.characteristics.iter().zip(&covariates);
        for (_, x) in own.filter(|(parent, _)| fitted(parent.univariable.as_ref())) {
            self.line(&format!(
                "print(summary(coxph(Surv(time, event) ~ {x}{strata}, {settings}), conf.int = {}))",
                options.conf_level
            ));
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
        if options.interval == CoxInterval::Profile {
            self.line(
                "# Intervals of the report are those of the profile likelihood; R prints Wald's.",
            );
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
        let parents = || outcome.characteristics.iter().zip(covariates);
        let mut terms: Vec<String> = parents()
            .filter(|(parent, _)| parent.in_model)
            .map(|(_, x)| x.clone())
            .collect();
        for parent in &outcome.characteristics {
            if let CharacteristicKind::Interaction { second } = &parent.kind {
                let of = |column: &str| {
                    parents()
                        .find(|(other, _)| other.column == column)
                        .map_or("", |(_, x)| x)
                };
                terms.push(format!("{}:{}", of(&parent.column), of(second)));
            }
        }
        let formula = terms.join(" + ");
        self.line(&format!(
            "cox{i} <- coxph(Surv(time, event) ~ {formula}{strata}, {settings})"
        ));
        self.line(&format!("stopifnot(cox{i}$n == {})", outcome.model.n));
        self.line(&format!(
            "print(summary(cox{i}, conf.int = {}))",
            options.conf_level
        ));
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

    pub(super) fn subgroups(&mut self, i: usize, outcome: &SubgroupsOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        let title = format!("{} in subgroups", name(options.endpoint));
        self.title(i, &title, Some(&options.group));
        self.endpoint(options.endpoint, outcome.definition, mapping);
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
