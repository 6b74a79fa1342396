//! Every word of the figures of cumulative incidence.

use crate::analysis::{CompetingArm, CompetingOutcome, Probability};
use crate::cohort::Cause;
use crate::figure::words::{time_title, unit_key};
use crate::format::Style;
use crate::text::Text;

/// An outcome with the means to speak about it.
pub struct Words<'a> {
    /// What is spoken about.
    pub outcome: &'a CompetingOutcome,
    /// How numbers are written.
    pub style: &'a Style,
    /// The language.
    pub text: &'a Text,
}

impl Words<'_> {
    /// Name of an event.
    pub fn cause(&self, cause: &Cause) -> String {
        match cause {
            Cause::Progression => self.text.get("competing-figure-progression"),
            Cause::Death => self.text.get("competing-figure-death"),
            Cause::Given { label } => label.clone(),
        }
    }

    /// Name of those to whom nothing has happened.
    pub fn event_free(&self) -> String {
        self.text.get("competing-figure-event-free")
    }

    fn unit(&self) -> &'static str {
        unit_key(self.outcome.rules.display)
    }

    /// Name of an arm.
    pub fn label(&self, arm: &CompetingArm) -> String {
        let all = || self.text.get("figure-all-patients");
        arm.label.clone().unwrap_or_else(all)
    }

    /// Title for file names and screen readers.
    pub fn title(&self) -> String {
        let options = &self.outcome.options;
        let name = self.y_name();
        match (&options.figure.title, &options.group) {
            (Some(title), _) => title.clone(),
            (None, Some(group)) => self.text.with(
                "figure-survival-title-by",
                &[("name", name.into()), ("group", group.as_str().into())],
            ),
            (None, None) => name,
        }
    }

    fn y_name(&self) -> String {
        let cause = match &self.outcome.causes[self.outcome.cause] {
            Cause::Progression => self.text.get("competing-cause-progression"),
            Cause::Death => self.text.get("competing-cause-death"),
            Cause::Given { label } => label.clone(),
        };
        self.text
            .with("competing-figure-incidence", &[("cause", cause.into())])
    }

    /// Title of the y axis.
    pub fn y_title(&self) -> String {
        let name = self.y_name();
        self.text
            .with("figure-axis-survival", &[("name", name.into())])
    }

    /// Title of the y axis of the stacked figure.
    pub fn stacked_y_title(&self) -> String {
        let name = self.text.get("competing-figure-share");
        self.text
            .with("figure-axis-survival", &[("name", name.into())])
    }

    /// Title of the stacked figure.
    pub fn stacked_title(&self) -> String {
        let title = || self.text.get("competing-figure-stacked");
        self.outcome
            .options
            .figure
            .title
            .clone()
            .unwrap_or_else(title)
    }

    /// Title of the time axis.
    pub fn time_title(&self) -> String {
        time_title(&self.outcome.definition, self.unit(), self.text)
    }

    /// Heading of the table under the axis.
    pub fn risk_heading(&self) -> String {
        self.text.get("figure-risk-heading")
    }

    /// Gray's test and the ratio of subdistribution hazards; the last incidence of a single arm.
    pub fn annotation(&self, broken: impl Fn(&str) -> Vec<String>) -> Vec<String> {
        let outcome = self.outcome;
        let Some(comparison) = outcome.comparisons.get(outcome.cause) else {
            return match outcome.arms.as_slice() {
                [arm] => self.last_rate(arm).into_iter().collect(),
                _ => Vec::new(),
            };
        };
        let mut lines = Vec::new();
        if comparison.gray.p_value.is_some() {
            let p = self.style.p_equals(comparison.gray.p_value);
            lines.push(self.text.with("competing-figure-gray", &[("p", p.into())]));
        }
        let model = comparison.subdistribution.as_ref();
        let term = model
            .filter(|model| !model.separation)
            .and_then(|model| model.terms.first());
        if let ([first, second], Some(term)) = (outcome.arms.as_slice(), term)
            && term.hazard_ratio.is_some()
        {
            let ratio = self
                .style
                .ratio_interval(term.hazard_ratio, term.conf_low, term.conf_high);
            lines.push(self.text.with(
                "competing-figure-ratio",
                &[("ratio", ratio.into()), ("level", self.level().into())],
            ));
            let contrast = self.text.with(
                "figure-contrast",
                &[
                    ("first", self.label(first).into()),
                    ("second", self.label(second).into()),
                ],
            );
            lines.extend(broken(&contrast));
        }
        lines
    }

    fn level(&self) -> String {
        self.style.level(self.outcome.options.conf_level)
    }

    /// "At 24 months 27.1 % (95 % CI 19.8–34.9)": the last landmark within the follow-up.
    fn last_rate(&self, arm: &CompetingArm) -> Option<String> {
        let rates = &arm.rates[self.outcome.cause];
        let rate = rates.iter().rev().find(|rate| rate.conf_low.is_some())?;
        Some(
            self.text.with(
                "competing-figure-rate",
                &[
                    ("time", self.time(rate.time).into()),
                    ("rate", self.style.percent(rate.estimate).into()),
                    ("level", self.level().into()),
                    (
                        "range",
                        self.style
                            .percent_range(rate.conf_low, rate.conf_high)
                            .into(),
                    ),
                ],
            ),
        )
    }

    /// A time of the data with its unit.
    fn time(&self, time: f64) -> String {
        let (unit, rules) = (self.outcome.unit, self.outcome.rules);
        let shown = self.style.short(rules.shown(time, unit));
        self.text.with(
            "figure-time",
            &[("unit", self.unit().into()), ("time", shown.into())],
        )
    }

    /// What a point of a curve says: time, incidence with its interval, number at risk.
    pub fn point(&self, time: f64, cause: usize, at: Probability, at_risk: usize) -> Vec<String> {
        let incidence = match (at.conf_low, at.conf_high) {
            (None, None) => self.style.percent(Some(at.estimate)),
            (low, high) => self.style.percent_interval(Some(at.estimate), low, high),
        };
        let name = self.cause(&self.outcome.causes[cause]);
        let (unit, rules) = (self.outcome.unit, self.outcome.rules);
        let time = self.style.time(Some(time), unit, rules);
        vec![
            self.text.with(
                "figure-time",
                &[("unit", self.unit().into()), ("time", time.into())],
            ),
            self.text.with(
                "figure-point-survival",
                &[("name", name.into()), ("survival", incidence.into())],
            ),
            self.text
                .with("figure-point-at-risk", &[("n", at_risk.into())]),
        ]
    }

    /// The figure in words.
    pub fn description(&self) -> String {
        let mut sentences = vec![self.text.with(
            "competing-figure-describe",
            &[("title", self.title().into())],
        )];
        sentences.extend(self.outcome.arms.iter().map(|arm| {
            self.text.with(
                "competing-figure-describe-arm",
                &[
                    ("label", self.label(arm).into()),
                    ("n", arm.n.into()),
                    ("events", arm.n_event[self.outcome.cause].into()),
                ],
            )
        }));
        sentences.extend(
            self.annotation(|names| vec![names.to_owned()])
                .into_iter()
                .map(|line| {
                    self.text
                        .with("report-sentence", &[("clauses", line.into())])
                }),
        );
        sentences.join(&self.text.get("report-sentence-space"))
    }

    /// The stacked figure in words.
    pub fn stacked_description(&self) -> String {
        let overall = &self.outcome.overall;
        let events: Vec<String> = (self.outcome.causes.iter().zip(&overall.n_event))
            .map(|(cause, &n)| {
                self.text.with(
                    "competing-events-of-cause",
                    &[("cause", self.cause(cause).into()), ("n", n.into())],
                )
            })
            .collect();
        self.text.with(
            "competing-figure-describe-stacked",
            &[
                ("title", self.stacked_title().into()),
                ("n", overall.n.into()),
                (
                    "events",
                    events.join(&self.text.get("report-list-join")).into(),
                ),
            ],
        )
    }
}
