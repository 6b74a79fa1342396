//! The part of the script on competing risks.

use super::entry::Cases;
use super::{Script, Shown, all_groups, conf, numbers, quote, texts};
use crate::analysis::{
    CompetingModels, CompetingOutcome, EndpointDefinition, FineGrayWeights, WeightKind,
};
use crate::cohort::{Cause, Endpoint, Mapping};

impl Script {
    pub(super) fn competing(&mut self, i: usize, outcome: &CompetingOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        self.title(i, "Competing risks", options.group.as_deref());
        self.causes(outcome, mapping);
        let arms: Vec<&str> = (outcome.arms.iter())
            .filter_map(|arm| arm.label.as_deref())
            .collect();
        self.group(options.group.as_deref(), &arms, mapping);
        if let Some(strata) = &options.strata {
            let strata = all_groups(strata, mapping);
            self.line(&format!("data$stratum <- {strata}"));
        }
        let cases = Cases {
            weights: &options.weights,
            entry: &options.entry,
            entry_unit: options.entry_unit,
            entry_is_date: outcome.entry_is_date,
        };
        self.cases(&cases, "weight", outcome.unit, outcome.rules, mapping);
        let covariates = self.analysed(i, outcome, mapping);
        self.incidence(i, outcome);
        if !outcome.comparisons.is_empty() {
            self.tests(i, outcome);
        }
        if let Some(models) = &outcome.models {
            self.models(i, outcome, models, &covariates);
        }
    }

    /// Those who are analysed, with the covariates that the models have; returns their names.
    fn analysed(&mut self, i: usize, outcome: &CompetingOutcome, mapping: &Mapping) -> Vec<String> {
        self.line("known <- complete.cases(data)");
        let characteristics = outcome.models.as_ref().map(|models| &models.covariates[..]);
        let covariates = self.covariates(characteristics.unwrap_or_default(), mapping);
        self.left_out(&outcome.exclusions);
        self.line(&format!(
            "cohort{i} <- data[!row %in% left_out & known, , drop = FALSE]"
        ));
        if counts(outcome) {
            self.line("# A row stands for so many patients.");
            self.set(
                &format!("cohort{i}"),
                &format!(
                    "cohort{i}[rep(seq_len(nrow(cohort{i})), cohort{i}$weight), , drop = FALSE]"
                ),
            );
        }
        self.line(&format!(
            "stopifnot(nrow(cohort{i}) == {})",
            outcome.overall.n
        ));
        self.line(&format!("cohort{i}$subject <- seq_len(nrow(cohort{i}))"));
        self.standardise(i, characteristics.unwrap_or_default(), &covariates);
        covariates
    }

    /// `data` with time and cause.
    fn causes(&mut self, outcome: &CompetingOutcome, mapping: &Mapping) {
        let Some(given) = &mapping.competing else {
            if let EndpointDefinition::Rules { .. } = outcome.definition {
                self.derived = true;
                self.line(
                    "data <- data.frame(time = derived_number(\"competing_time\"), cause = derived_number(\"competing_cause\"))",
                );
                return;
            }
            self.course(Endpoint::Pfs, mapping);
            self.line("data$cause <- ifelse(data$event, ifelse(is.na(progression), 2, 1), 0)");
            return;
        };
        let causes: Vec<String> = (given.causes.iter())
            .map(|cause| texts(&cause.values))
            .collect();
        let causes = format!("list({})", causes.join(", "));
        self.line(&format!(
            "cause <- cause_of({}, {causes})",
            quote(&given.cause)
        ));
        let time = quote(&given.time);
        match &outcome.definition {
            EndpointDefinition::Given { .. } => {
                self.line(&format!(
                    "data <- data.frame(time = as_number({time}), cause)"
                ));
            }
            EndpointDefinition::GivenDates { .. }
            | EndpointDefinition::Rules { .. }
            | EndpointDefinition::Dates { .. }
            | EndpointDefinition::Own { .. } => {
                self.date("start", &mapping.start);
                self.line(&format!(
                    "data <- follow_up(start, as_day({time}), cause > 0)"
                ));
                self.line("data$cause <- ifelse(data$event, cause, 0)");
            }
        }
    }

    fn incidence(&mut self, i: usize, outcome: &CompetingOutcome) {
        let options = &outcome.options;
        let names: Vec<&str> = (outcome.causes.iter())
            .map(|cause| match cause {
                Cause::Progression => "progression",
                Cause::Death => "death without progression",
                Cause::Given { label } => label,
            })
            .collect();
        let by = match options.group {
            Some(_) => "group",
            None => "1",
        };
        let conf = conf(options.conf_type, options.conf_level);
        let (surv, cases) = (surv(outcome), cases(outcome));
        let Shown { scale, .. } = self.units(outcome.unit, outcome.rules);
        self.line(&format!(
            "cohort{i}$state <- factor(cohort{i}$cause, 0:{}, c(\"censored\", {}))",
            names.len(),
            names
                .iter()
                .map(|name| quote(name))
                .collect::<Vec<_>>()
                .join(", ")
        ));
        self.line(&format!(
            "print(incidence{i} <- survfit({surv}, state) ~ {by}, data = cohort{i}{cases}, {conf}){scale})"
        ));
        let rates = outcome
            .overall
            .rates
            .first()
            .filter(|rates| !rates.is_empty());
        if let Some(rates) = rates {
            let times: Vec<f64> = rates.iter().map(|rate| rate.time).collect();
            self.line(&format!(
                "print(rates{i} <- summary(incidence{i}, times = {}, extend = TRUE{scale}))",
                numbers(&times)
            ));
        }
        self.line(&format!(
            "print(follow_up{i} <- survfit({surv}, cause == 0) ~ {by}, data = cohort{i}{}, {conf}){scale})",
            weights(outcome, ", robust = FALSE")
        ));
        self.line("# 1 - Kaplan-Meier of the event of interest, which overstates its incidence.");
        self.line(&format!(
            "overstated{i} <- survfit({surv}, cause == {}) ~ 1, data = cohort{i}{})",
            outcome.cause + 1,
            weights(outcome, "")
        ));
        if let Some(overstatement) = &outcome.overstatement {
            self.line(&format!(
                "print(1 - summary(overstated{i}, times = {}, extend = TRUE)$surv)",
                overstatement.time
            ));
        }
    }

    /// Gray's test and both models, cause by cause.
    fn tests(&mut self, i: usize, outcome: &CompetingOutcome) {
        let strata = match outcome.options.strata {
            Some(_) => ", strata = stratum",
            None => "",
        };
        if cases(outcome).is_empty() {
            self.line("if (requireNamespace(\"cmprsk\", quietly = TRUE)) {");
            self.line(&format!(
                "  print(gray{i} <- with(cohort{i}, cmprsk::cuminc(time, cause, group{strata}))$Tests)"
            ));
            self.line("} else cat(\"Gray's test needs the package cmprsk: install.packages(\\\"cmprsk\\\")\\n\")");
        }
        self.both_models(outcome, "group", &format!("cohort{i}"), &i.to_string());
    }

    /// The models with covariates, of those who have all of them.
    fn models(
        &mut self,
        i: usize,
        outcome: &CompetingOutcome,
        models: &CompetingModels,
        covariates: &[String],
    ) {
        let columns: Vec<String> = covariates.iter().map(|x| quote(x)).collect();
        self.line(&format!(
            "complete{i} <- cohort{i}[complete.cases(cohort{i}[c({})]), , drop = FALSE]",
            columns.join(", ")
        ));
        self.line(&format!("stopifnot(nrow(complete{i}) == {})", models.n));
        let formula = covariates.join(" + ");
        self.both_models(
            outcome,
            &formula,
            &format!("complete{i}"),
            &format!("_adjusted{i}"),
        );
    }

    /// Both models of every cause, as `specific…` and `subdistribution…`.
    fn both_models(&mut self, outcome: &CompetingOutcome, formula: &str, data: &str, name: &str) {
        let options = &outcome.options;
        let (n, level) = (outcome.causes.len(), options.conf_level);
        let surv = surv(outcome);
        let robust = weights(outcome, ", cluster = subject");
        self.line(&format!(
            "specific{name} <- lapply(1:{n}, function(k) coxph({surv}, cause == k) ~ {formula}, data = {data}{robust}, ties = \"efron\"))"
        ));
        let cases = cases(outcome);
        let mut shown = "";
        match options.convention {
            FineGrayWeights::Cmprsk if cases.is_empty() => {
                shown = "if (requireNamespace(\"cmprsk\", quietly = TRUE)) ";
                self.line(&format!(
                    "{shown}{{\n  \
                     subdistribution{name} <- lapply(1:{n}, function(k) if (any({data}$cause == k)) with({data}, cmprsk::crr(time, cause,\n    \
                     model.matrix(~{formula})[, -1, drop = FALSE], failcode = k)))\n\
                     }} else cat(\"The Fine-Gray model needs the package cmprsk: install.packages(\\\"cmprsk\\\")\\n\")"
                ));
            }
            FineGrayWeights::Cmprsk | FineGrayWeights::Survival => self.line(&format!(
                "subdistribution{name} <- lapply(1:{n}, function(k) if (any({data}$cause == k)) {{\n  \
                 long <- finegray({surv}, state) ~ ., data = {data}{cases}, etype = levels({data}$state)[k + 1])\n  \
                 coxph(Surv(fgstart, fgstop, fgstatus) ~ {formula}, data = long, weights = fgwt, cluster = subject, ties = \"efron\")\n}})"
            )),
        }
        self.line(&format!(
            "for (k in 1:{n}) {{\n  \
             print(summary(specific{name}[[k]], conf.int = {level}))\n  \
             # There is none of an event that nobody has.\n  \
             {shown}if (!is.null(subdistribution{name}[[k]])) print(summary(subdistribution{name}[[k]], conf.int = {level}))\n}}"
        ));
    }
}

/// What the times of a model begin with.
fn surv(outcome: &CompetingOutcome) -> &'static str {
    match outcome.options.entry {
        Some(_) => "Surv(entry, time",
        None => "Surv(time",
    }
}

/// Whether weights count patients.
fn counts(outcome: &CompetingOutcome) -> bool {
    outcome.options.weights.is_some() && outcome.options.weight_kind == WeightKind::Frequency
}

/// The argument of weights with another, where there are weights.
fn weights(outcome: &CompetingOutcome, with: &str) -> String {
    match outcome.options.weights {
        Some(_) if !counts(outcome) => format!(", weights = weight{with}"),
        Some(_) | None => String::new(),
    }
}

/// The arguments of several states with weights or delayed entry.
fn cases(outcome: &CompetingOutcome) -> String {
    let weights = weights(outcome, "");
    if weights.is_empty() && outcome.options.entry.is_none() {
        return weights;
    }
    format!("{weights}, id = subject")
}
