//! The part of the script on competing risks.

use super::{Script, all_groups, conf, numbers, quote, texts};
use crate::analysis::{CompetingOutcome, EndpointDefinition, FineGrayWeights};
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
        self.sample(i, &outcome.exclusions, outcome.overall.n);
        self.units(outcome.unit, outcome.rules);
        self.incidence(i, outcome);
        if !outcome.comparisons.is_empty() {
            self.tests(i, outcome);
        }
    }

    /// `data` with time and cause.
    fn causes(&mut self, outcome: &CompetingOutcome, mapping: &Mapping) {
        let Some(given) = &mapping.competing else {
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
        match outcome.definition {
            EndpointDefinition::Given { .. } => {
                self.line(&format!(
                    "data <- data.frame(time = as_number({time}), cause)"
                ));
            }
            EndpointDefinition::GivenDates { .. }
            | EndpointDefinition::Rules { .. }
            | EndpointDefinition::Dates { .. } => {
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
            "print(incidence{i} <- survfit(Surv(time, state) ~ {by}, data = cohort{i}, {conf}))"
        ));
        let rates = outcome
            .overall
            .rates
            .first()
            .filter(|rates| !rates.is_empty());
        if let Some(rates) = rates {
            let times: Vec<f64> = rates.iter().map(|rate| rate.time).collect();
            self.line(&format!(
                "print(rates{i} <- summary(incidence{i}, times = {}, extend = TRUE))",
                numbers(&times)
            ));
        }
        self.line(&format!(
            "print(follow_up{i} <- survfit(Surv(time, cause == 0) ~ {by}, data = cohort{i}, {conf}))"
        ));
        self.line("# 1 - Kaplan-Meier of the event of interest, which overstates its incidence.");
        self.line(&format!(
            "overstated{i} <- survfit(Surv(time, cause == {}) ~ 1, data = cohort{i})",
            outcome.cause + 1
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
        let options = &outcome.options;
        let (n, level) = (outcome.causes.len(), options.conf_level);
        let strata = match options.strata {
            Some(_) => ", strata = stratum",
            None => "",
        };
        self.line("if (requireNamespace(\"cmprsk\", quietly = TRUE)) {");
        self.line(&format!(
            "  print(gray{i} <- with(cohort{i}, cmprsk::cuminc(time, cause, group{strata}))$Tests)"
        ));
        self.line("} else cat(\"Gray's test needs the package cmprsk: install.packages(\\\"cmprsk\\\")\\n\")");
        self.line(&format!(
            "specific{i} <- lapply(1:{n}, function(k) coxph(Surv(time, cause == k) ~ group, data = cohort{i}, ties = \"efron\"))"
        ));
        self.line(&format!("cohort{i}$subject <- seq_len(nrow(cohort{i}))"));
        match options.convention {
            FineGrayWeights::Survival => self.line(&format!(
                "subdistribution{i} <- lapply(1:{n}, function(k) {{\n  \
                 long <- finegray(Surv(time, state) ~ ., data = cohort{i}, etype = levels(cohort{i}$state)[k + 1])\n  \
                 coxph(Surv(fgstart, fgstop, fgstatus) ~ group, data = long, weights = fgwt, cluster = subject, ties = \"efron\")\n}})"
            )),
            FineGrayWeights::Cmprsk => self.line(&format!(
                "subdistribution{i} <- lapply(1:{n}, function(k) with(cohort{i}, cmprsk::crr(time, cause,\n  \
                 model.matrix(~group)[, -1, drop = FALSE], failcode = k)))"
            )),
        }
        self.line(&format!(
            "for (k in 1:{n}) {{\n  \
             print(summary(specific{i}[[k]], conf.int = {level}))\n  \
             print(summary(subdistribution{i}[[k]], conf.int = {level}))\n}}"
        ));
    }
}
