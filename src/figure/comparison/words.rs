//! Every word of the figures of a comparison.

use crate::analysis::{ComparedArm, ComparisonOutcome, DifferenceStep, PairOutcome};
use crate::figure::rising;
use crate::figure::words::{time_title, unit_key};
use crate::format::Style;
use crate::text::Text;

/// An outcome with the means to speak about it.
pub struct Words<'a> {
    /// What is spoken about.
    pub outcome: &'a ComparisonOutcome,
    /// How numbers are written.
    pub style: &'a Style,
    /// The language.
    pub text: &'a Text,
}

impl Words<'_> {
    /// Progression-free survival, or its short name.
    pub fn endpoint(&self, message: &str) -> String {
        let endpoint = self.outcome.options.endpoint.code();
        self.text.with(message, &[("endpoint", endpoint.into())])
    }

    fn unit(&self) -> &'static str {
        unit_key(self.outcome.rules.display)
    }

    /// Title of a figure for file names and screen readers; the person's own, if there is one.
    pub fn title(&self, message: &str) -> String {
        let options = &self.outcome.options;
        options.figure.title.clone().unwrap_or_else(|| {
            let name = self.endpoint("figure-endpoint");
            let group = options.group.as_str().into();
            self.text
                .with(message, &[("name", name.into()), ("group", group)])
        })
    }

    /// Title of the time axis.
    pub fn time_title(&self) -> String {
        match self.outcome.options.restart {
            None => time_title(&self.outcome.definition, self.unit(), self.text),
            Some(_) => (self.text).with(
                "comparison-figure-axis-landmark",
                &[("unit", self.unit().into())],
            ),
        }
    }

    /// A time of the data with its unit.
    pub fn time(&self, time: f64) -> String {
        let (unit, rules) = (self.outcome.unit, self.outcome.rules);
        let time = self.style.time(Some(time), unit, rules);
        let arguments = [("unit", self.unit().into()), ("time", time.into())];
        self.text.with("figure-time", &arguments)
    }

    /// Name of a group.
    pub fn label(&self, arm: usize) -> &str {
        &self.outcome.arms[arm].label
    }

    /// What several differences have in common.
    pub fn each_minus(&self) -> String {
        let first = ("first", self.label(0).into());
        self.text.with("comparison-figure-each-minus", &[first])
    }

    /// `B minus A`.
    pub fn minus(&self, pair: &PairOutcome) -> String {
        let arguments = [
            ("first", self.label(pair.first).into()),
            ("second", self.label(pair.second).into()),
        ];
        self.text.with("comparison-figure-minus", &arguments)
    }

    /// `B better`.
    pub fn better(&self, arm: usize) -> String {
        self.text.with(
            "comparison-figure-better",
            &[("label", self.label(arm).into())],
        )
    }

    /// `12.3 (1.0 to 23.6)` percentage points.
    pub fn difference(&self, step: &DifferenceStep) -> String {
        let estimate = self.style.percent_number(step.estimate);
        match (step.conf_low, step.conf_high) {
            (None, None) => estimate,
            (low, high) => format!("{estimate} ({})", self.style.percent_range(low, high)),
        }
    }

    /// What a step of the difference says.
    pub fn point(&self, step: &DifferenceStep) -> Vec<String> {
        let difference = ("difference", self.difference(step).into());
        vec![
            self.time(step.time),
            self.text.with("comparison-figure-point", &[difference]),
        ]
    }

    /// What a step of a curve says.
    pub fn survival(&self, time: f64, survival: f64, at_risk: usize) -> Vec<String> {
        let name = self.endpoint("figure-endpoint-level");
        let [survival, ..] =
            rising::share(self.outcome.options.endpoint, [Some(survival), None, None]);
        let survival = self.style.percent(survival);
        let arguments = [("name", name.into()), ("survival", survival.into())];
        vec![
            self.time(time),
            self.text.with("figure-point-survival", &arguments),
            self.text
                .with("figure-point-at-risk", &[("n", at_risk.into())]),
        ]
    }

    /// The restricted mean of a group, and its interval.
    pub fn mean(&self, arm: &ComparedArm) -> Option<[String; 2]> {
        let mean = arm.rmst?;
        let (unit, rules) = (self.outcome.unit, self.outcome.rules);
        let range = (self.style).mean_range(mean.conf_low, mean.conf_high, unit, rules);
        let level = self.style.level(self.outcome.options.conf_level);
        let arguments = [("level", level.into()), ("range", range.into())];
        let interval = self.text.with("comparison-figure-interval", &arguments);
        Some([self.time(mean.rmst), interval])
    }

    /// The difference in words: where each pair stands at the landmarks.
    pub fn describe_difference(&self) -> String {
        let outcome = self.outcome;
        let pairs = outcome.pairs.iter().filter(|pair| pair.first == 0);
        let sentences: Vec<String> = pairs
            .map(|pair| {
                let points: Vec<String> = (pair.differences.iter())
                    .filter_map(|at| {
                        let step = DifferenceStep {
                            time: at.time,
                            estimate: at.estimate?,
                            conf_low: at.conf_low,
                            conf_high: at.conf_high,
                        };
                        let arguments = [
                            ("difference", self.difference(&step).into()),
                            ("time", self.time(at.time).into()),
                        ];
                        Some(self.text.with("comparison-figure-describe-at", &arguments))
                    })
                    .collect();
                let points = points.join(&self.text.get("report-clause-join"));
                let arguments = [("pair", self.minus(pair).into()), ("points", points.into())];
                self.text
                    .with("comparison-figure-describe-difference", &arguments)
            })
            .collect();
        self.described("comparison-figure-difference-title", &sentences)
    }

    /// The restricted means in words.
    pub fn describe_areas(&self) -> String {
        let sentences: Vec<String> = (self.outcome.arms.iter())
            .filter_map(|arm| {
                let arguments = [
                    ("label", arm.label.as_str().into()),
                    ("mean", self.mean(arm)?.join(" ").into()),
                    ("tau", self.time(self.outcome.tau).into()),
                ];
                Some(
                    self.text
                        .with("comparison-figure-describe-mean", &arguments),
                )
            })
            .collect();
        self.described("comparison-figure-areas-title", &sentences)
    }

    fn described(&self, title: &str, sentences: &[String]) -> String {
        let title = self
            .text
            .with("report-sentence", &[("clauses", self.title(title).into())]);
        let mut all = vec![title];
        all.extend_from_slice(sentences);
        all.join(&self.text.get("report-sentence-space"))
    }
}
