//! Every word of the Kaplan-Meier figure.

use super::rising;
use crate::analysis::{EndpointDefinition, RiskTableKind, SurvivalArm, SurvivalOutcome};
use crate::cohort::{StartEvent, TimeUnit};
use crate::format::Style;
use crate::text::Text;

/// An outcome with the means to speak about it.
pub struct Words<'a> {
    /// What is spoken about.
    pub outcome: &'a SurvivalOutcome,
    /// How numbers are written.
    pub style: &'a Style,
    /// The language.
    pub text: &'a Text,
}

impl Words<'_> {
    fn endpoint(&self, message: &str) -> String {
        let endpoint = self.outcome.options.endpoint.code();
        self.text.with(message, &[("endpoint", endpoint.into())])
    }

    fn unit(&self) -> &'static str {
        unit_key(self.outcome.rules.display)
    }

    /// Name of an arm.
    pub fn label(&self, arm: &SurvivalArm) -> String {
        arm.label
            .clone()
            .unwrap_or_else(|| self.text.get("figure-all-patients"))
    }

    /// Title for file names and screen readers.
    pub fn title(&self) -> String {
        let options = &self.outcome.options;
        let name = self.endpoint("figure-endpoint");
        match (&options.figure.title, &options.group) {
            (Some(title), _) => title.clone(),
            (None, Some(group)) => self.text.with(
                "figure-survival-title-by",
                &[("name", name.into()), ("group", group.as_str().into())],
            ),
            (None, None) => name,
        }
    }

    /// Title of the y axis.
    pub fn y_title(&self) -> String {
        let name = self.endpoint("figure-endpoint");
        self.text
            .with("figure-axis-survival", &[("name", name.into())])
    }

    /// Title of the time axis.
    pub fn time_title(&self) -> String {
        time_title(&self.outcome.definition, self.unit(), self.text)
    }

    /// Heading of the table under the axis.
    pub fn risk_heading(&self) -> String {
        self.text.get(match self.outcome.options.figure.risk_table {
            RiskTableKind::Kmunicate => "figure-risk-heading-kmunicate",
            RiskTableKind::AtRisk | RiskTableKind::None => "figure-risk-heading",
        })
    }

    /// Heads of the rows of a KMunicate table.
    pub fn kmunicate_heads(&self) -> [String; 3] {
        [
            "figure-risk-at-risk",
            "figure-risk-censored",
            "figure-risk-events",
        ]
        .map(|id| self.text.get(id))
    }

    /// p values and hazard ratio of a comparison; the median of a single arm.
    pub fn annotation(&self, broken: impl Fn(&str) -> Vec<String>) -> Vec<String> {
        let Some(comparison) = &self.outcome.comparison else {
            return match self.outcome.arms.as_slice() {
                [arm] => vec![self.median(arm, "figure-median")],
                _ => Vec::new(),
            };
        };
        let mut lines = Vec::new();
        if comparison.log_rank.p_value.is_some() {
            let p = self.style.p_equals(comparison.log_rank.p_value);
            lines.push(self.text.with("figure-log-rank", &[("p", p.into())]));
        }
        if let Some(permutation) = &comparison.permutation {
            let p = self.style.p_equals(Some(permutation.p_value));
            lines.push(self.text.with("figure-permutation", &[("p", p.into())]));
        }
        let ratio = comparison
            .cox
            .as_ref()
            .filter(|fit| !fit.separation)
            .and_then(|fit| fit.terms.first())
            .filter(|term| term.hazard_ratio.is_some());
        if let Some(term) = ratio {
            let ratio = self
                .style
                .ratio_interval(term.hazard_ratio, term.conf_low, term.conf_high);
            lines.push(self.text.with(
                "figure-hazard-ratio",
                &[("ratio", ratio.into()), ("level", self.level().into())],
            ));
            lines.extend(self.contrast().iter().flat_map(|names| broken(names)));
        }
        lines
    }

    /// The arm whose hazard is compared, and with which.
    fn contrast(&self) -> Option<String> {
        let [first, second] = self.outcome.arms.as_slice() else {
            return None;
        };
        Some(self.text.with(
            "figure-contrast",
            &[
                ("first", self.label(first).into()),
                ("second", self.label(second).into()),
            ],
        ))
    }

    fn level(&self) -> String {
        self.style.level(self.outcome.options.conf_level)
    }

    /// A time of the data with its unit.
    fn time(&self, time: f64) -> String {
        let time = self
            .style
            .time(Some(time), self.outcome.unit, self.outcome.rules);
        self.text.with(
            "figure-time",
            &[("unit", self.unit().into()), ("time", time.into())],
        )
    }

    fn median(&self, arm: &SurvivalArm, message: &str) -> String {
        let (unit, rules) = (self.outcome.unit, self.outcome.rules);
        let median = arm.median();
        let time = median.estimate.map_or_else(
            || self.style.time(None, unit, rules),
            |time| self.time(time),
        );
        self.text.with(
            message,
            &[
                ("label", self.label(arm).into()),
                ("n", arm.n.into()),
                ("events", arm.n_event.into()),
                ("time", time.into()),
                ("level", self.level().into()),
                (
                    "range",
                    self.style
                        .quantile_range(
                            [median.estimate, median.conf_low, median.conf_high],
                            unit,
                            rules,
                        )
                        .into(),
                ),
            ],
        )
    }

    /// What a point of a curve says: time, survival with its interval, number at risk.
    pub fn point(
        &self,
        time: f64,
        survival: f64,
        interval: Option<(f64, f64)>,
        at_risk: usize,
    ) -> Vec<String> {
        let known = interval.filter(|limits| *limits != (1.0, 1.0));
        let (low, high) = known.unzip();
        let shown = rising::share(self.outcome.options.endpoint, [Some(survival), low, high]);
        let survival = match known {
            Some(_) => self.style.percent_interval(shown[0], shown[1], shown[2]),
            None => self.style.percent(shown[0]),
        };
        let name = self.endpoint("figure-endpoint-level");
        vec![
            self.time(time),
            self.text.with(
                "figure-point-survival",
                &[("name", name.into()), ("survival", survival.into())],
            ),
            self.text
                .with("figure-point-at-risk", &[("n", at_risk.into())]),
        ]
    }

    /// The figure in words.
    pub fn description(&self) -> String {
        let mut sentences = vec![self.text.with(
            "figure-describe-survival",
            &[("title", self.title().into())],
        )];
        sentences.extend(
            self.outcome
                .arms
                .iter()
                .map(|arm| self.median(arm, "figure-describe-arm")),
        );
        if self.outcome.comparison.is_some() {
            let lines = self.annotation(|names| vec![names.to_owned()]).into_iter();
            sentences.extend(lines.map(|line| {
                let clauses = ("clauses", line.into());
                self.text.with("report-sentence", &[clauses])
            }));
        }
        sentences.join(&self.text.get("report-sentence-space"))
    }
}

/// What messages call a unit of time.
pub fn unit_key(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "days",
        TimeUnit::Weeks => "weeks",
        TimeUnit::Months => "months",
        TimeUnit::Years => "years",
    }
}

/// Title of the time axis. What ready-made times began with is not known.
pub fn time_title(definition: &EndpointDefinition, unit: &str, text: &Text) -> String {
    let unit = ("unit", unit.into());
    match definition {
        EndpointDefinition::Given { .. } => text.with("figure-axis-time-given", &[unit]),
        EndpointDefinition::GivenDates { start, .. }
        | EndpointDefinition::Rules { start, .. }
        | EndpointDefinition::Dates { start, .. }
        | EndpointDefinition::Own { start, .. } => {
            let start = ("start", start_event(*start).into());
            text.with("figure-axis-time", &[unit, start])
        }
    }
}

fn start_event(start: StartEvent) -> &'static str {
    match start {
        StartEvent::Treatment => "treatment",
        StartEvent::Randomisation => "randomisation",
        StartEvent::Enrolment => "enrolment",
        StartEvent::Diagnosis => "diagnosis",
        StartEvent::Surgery => "surgery",
        StartEvent::Unnamed => "unnamed",
    }
}
