//! The part of the script on best responses.

use super::{Script, Shown, code, interval, list, quote};
use crate::analysis::{ResponseOptions, ResponseOutcome, ResponseSource};
use crate::cohort::{Mapping, ResponseColumn, TimeUnit};

impl Script {
    pub(super) fn response(&mut self, i: usize, outcome: &ResponseOutcome, mapping: &Mapping) {
        let options = &outcome.options;
        self.title(i, "Response", options.group.as_deref());
        match (options.by, &mapping.response) {
            (ResponseSource::Entered, None) => return,
            (ResponseSource::Entered, Some(response)) => self.entered_responses(response),
            (ResponseSource::Recist | ResponseSource::Irecist, _) => {
                let response = self.assessed(options, "response", "text");
                self.line(&format!("data <- data.frame(response = {response})"));
            }
        }
        let arms: Vec<&str> = (outcome.arms.iter())
            .filter_map(|arm| arm.label.as_deref())
            .collect();
        self.group(options.group.as_deref(), &arms, mapping);
        self.sample(i, &outcome.exclusions, outcome.overall.n);
        self.line(interval(options.method));
        self.line(&format!(
            "objective{i} <- cohort{i}$response %in% c(\"CR\", \"PR\")"
        ));
        self.line(&format!(
            "control{i} <- cohort{i}$response %in% c(\"CR\", \"PR\", \"SD\", \"non-CR/non-PD\")"
        ));
        let groups = if arms.is_empty() {
            format!("rep(\"all\", nrow(cohort{i}))")
        } else {
            format!("cohort{i}$group")
        };
        self.line(&format!("print(table(cohort{i}$response, {groups}))"));
        let mut rates = vec![format!("objective{i}"), format!("control{i}")];
        if outcome.settings.is_some() {
            rates.push(self.benefit(i, options));
        }
        for name in rates {
            self.line(&format!(
                "print(tapply({name}, {groups}, function(x) c(sum(x) / length(x), interval(sum(x), length(x), {}))))",
                options.conf_level
            ));
            if outcome.comparison.is_some() {
                self.line(&format!("print(fisher.test(table({name}, {groups})))"));
            }
        }
        if outcome.settings.is_some() {
            let Shown { divided, .. } = self.units(TimeUnit::Days, outcome.rules);
            self.line(&format!(
                "print(tapply(response_days{i}[objective{i}]{divided}, {groups}[objective{i}], summary))"
            ));
            self.line(&format!("print(tapply(best_change{i}, {groups}, summary))"));
        }
    }

    fn entered_responses(&mut self, response: &ResponseColumn) {
        let codes = (response.codes.iter()).map(|(text, best)| (text, quote(code(*best))));
        let codes = format!("unlist({})", list(codes));
        let heading = quote(&response.column);
        self.line(&format!(
            "data <- data.frame(response = unname({codes}[column({heading})]))"
        ));
        self.line(&format!(
            "data$response[is.na(data$response) & is_missing({heading})] <- \"missing\""
        ));
    }

    /// A column of what the assessments come to.
    fn assessed(&mut self, options: &ResponseOptions, what: &str, kind: &str) -> String {
        self.derived = true;
        let by = match options.by {
            ResponseSource::Entered | ResponseSource::Recist => "recist",
            ResponseSource::Irecist => "irecist",
        };
        format!("derived_{kind}(\"{by}_{what}\")")
    }

    /// Who had a clinical benefit, with the columns that assessments give; returns its name.
    fn benefit(&mut self, i: usize, options: &ResponseOptions) -> String {
        self.line(&format!("at <- as.integer(rownames(cohort{i}))"));
        for what in ["response_days", "stable_days", "best_change"] {
            let values = self.assessed(options, what, "number");
            self.set(&format!("{what}{i}"), &format!("{values}[at]"));
        }
        let days = options.benefit_weeks * 7;
        self.line(&format!(
            "benefit{i} <- objective{i} | cohort{i}$response == \"SD\" & !is.na(stable_days{i}) & stable_days{i} >= {days}"
        ));
        format!("benefit{i}")
    }
}
