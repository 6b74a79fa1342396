//! The survival section of the report.

use super::spoken::Spoken;
use super::words::{clauses, exclusions, sentences};
use super::{Block, endpoint};
use crate::analysis::{
    FEW_EVENTS, Quantile, READABLE_CURVES, RiskTableKind, SMALL_SAMPLE, SmallSample, SurvivalArm,
    SurvivalComparison, SurvivalFigure, SurvivalOutcome,
};
use crate::cohort::Endpoint;
use crate::format::Style;
use crate::text::{Argument, Text};

mod methods;
mod tables;

/// Sentences, tables, cautions, exclusions and Methods paragraph of a survival analysis.
pub(super) fn blocks(outcome: &SurvivalOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![
        section.heading(),
        section.summary(),
        section.figure(),
        section.table(),
    ];
    if let Some(comparison) = &outcome.comparison {
        blocks.push(section.comparison_table(comparison));
    }
    blocks.extend(section.cautions());
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, SurvivalOutcome>;

impl Section<'_> {
    fn deaths_known(&self) -> bool {
        endpoint::deaths_known(&self.outcome.definition)
    }

    /// `6-month`.
    pub(in crate::report) fn landmark(&self, index: usize) -> String {
        self.landmark_time(self.outcome.options.landmarks[index])
    }

    /// The interval of a quantile.
    pub(in crate::report) fn quantile_range(&self, quantile: &Quantile) -> String {
        self.quantile_limits([quantile.estimate, quantile.conf_low, quantile.conf_high])
    }

    /// The grouping column, when there is one.
    fn group(&self) -> Option<&str> {
        self.outcome.options.group.as_deref()
    }

    fn heading(&self) -> Block {
        let of = self.outcome.options.endpoint;
        let heading = endpoint::worded(of, "survival-heading-", "", self.text);
        Block::Heading {
            text: match self.group() {
                None => heading,
                Some(group) => self.say(
                    "survival-heading-by-group",
                    &[("heading", heading.into()), ("group", group.into())],
                ),
            },
        }
    }

    fn summary(&self) -> Block {
        let mut parts = vec![self.events()];
        match self.group() {
            None => parts.push(self.estimates()),
            Some(group) => {
                parts.push(self.medians_by_group(group));
                parts.extend(self.outcome.comparison.as_ref().map(|c| self.compared(c)));
            }
        }
        let follow_up = &self.outcome.overall.follow_up;
        parts.extend(self.followed().then(|| self.follow_up(follow_up)));
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    /// Whether the follow-up is told: of responders alone it ends with the response.
    fn followed(&self) -> bool {
        !self.rises()
    }

    /// Of responders alone, when they responded: they are not a share of the patients.
    fn responded(&self) -> String {
        let arm = &self.outcome.overall;
        let mut times = (arm.curve.steps.iter())
            .filter(|step| step.n_event > 0.0)
            .map(|step| step.time);
        let first = times.next();
        let [first, last] = [first, times.next_back().or(first)].map(|time| self.time(time));
        let range = if first == last {
            first
        } else {
            self.style.range(first, last)
        };
        self.say(
            "survival-events-ttr",
            &[
                ("n", arm.n_event.into()),
                ("range", range.into()),
                ("unit", self.unit().into()),
            ],
        )
    }

    fn events(&self) -> String {
        if self.rises() {
            return self.responded();
        }
        let arm = &self.outcome.overall;
        let id = match self.outcome.options.endpoint {
            Endpoint::Pfs if !self.deaths_known() => "survival-events-pfs-without-death".to_owned(),
            Endpoint::Own(_) => "survival-events-own".to_owned(),
            endpoint => format!("survival-events-{}", endpoint.code()),
        };
        let share = self.style.percent(Some(arm.n_event as f64 / arm.n as f64));
        self.say(
            &id,
            &[
                ("event", arm.n_event.into()),
                ("n", arm.n.into()),
                ("percent", share.into()),
                ("censored", arm.n_censor.into()),
            ],
        )
    }

    /// "Median PFS was 11.7 months (95 % CI 9.1–13.0); 6-month PFS was …".
    fn estimates(&self) -> String {
        let arm = &self.outcome.overall;
        let median = arm.median();
        let id = match median.estimate {
            Some(_) => "survival-median",
            None => "survival-median-not-reached",
        };
        let mut parts = vec![self.say(
            id,
            &[
                ("endpoint", self.endpoint().into()),
                ("median", self.time(median.estimate).into()),
                ("unit", self.unit().into()),
                ("level", self.level().into()),
                ("range", self.quantile_range(median).into()),
            ],
        )];
        // The share of responders that has responded would be read as the share of patients.
        let told = if self.rises() { &[][..] } else { &arm.rates };
        parts.extend((told.iter().enumerate()).filter_map(|(index, rate)| {
            let [share, low, high] = self.share([rate.estimate, rate.conf_low, rate.conf_high]);
            share?;
            // A curve that is still at 1, or has ended at 0, has no interval.
            let id = match (low, high) {
                (None, None) => "survival-rate-without-interval",
                _ => "survival-rate",
            };
            Some(self.say(
                id,
                &[
                    ("landmark", self.landmark(index).into()),
                    ("endpoint", self.share_name().into()),
                    ("rate", self.style.percent(share).into()),
                    ("level", self.level().into()),
                    ("range", self.style.percent_range(low, high).into()),
                ],
            ))
        }));
        let parts = clauses(&parts, self.text);
        self.say("report-sentence", &[("clauses", parts.into())])
    }

    /// The medians of all groups, or of the first and the last of many; the table has them all.
    fn medians_by_group(&self, group: &str) -> String {
        if self.outcome.arms.len() > READABLE_CURVES {
            return self.medians_of_many(group);
        }
        let parts: Vec<String> = (self.outcome.arms.iter())
            .map(|arm| {
                let median = arm.median();
                let id = match median.estimate {
                    Some(_) => "survival-median-of-group",
                    None => "survival-median-of-group-not-reached",
                };
                self.say(
                    id,
                    &[
                        ("label", label(arm).into()),
                        ("median", self.time(median.estimate).into()),
                        ("unit", self.unit().into()),
                        ("level", self.level().into()),
                        ("range", self.quantile_range(median).into()),
                    ],
                )
            })
            .collect();
        self.say(
            "survival-medians-by-group",
            &[
                ("endpoint", self.endpoint().into()),
                ("group", group.into()),
                ("medians", clauses(&parts, self.text).into()),
            ],
        )
    }

    fn medians_of_many(&self, group: &str) -> String {
        let arms = &self.outcome.arms;
        let median = |arm: &&SurvivalArm| arm.median().estimate;
        let mut reached: Vec<&SurvivalArm> =
            arms.iter().filter(|arm| median(arm).is_some()).collect();
        reached.sort_by(|a, b| {
            median(a)
                .unwrap_or(0.0)
                .total_cmp(&median(b).unwrap_or(0.0))
        });
        let names = [
            ("endpoint", self.endpoint().into()),
            ("group", group.into()),
            ("groups", arms.len().into()),
        ];
        let (id, first, last) = match reached[..] {
            [] => return self.say("survival-medians-of-many-not-reached", &names),
            [only] => ("survival-medians-of-many-one", only, only),
            [first, .., last] => ("survival-medians-of-many", first, last),
        };
        let ends = [
            ("unit", self.unit().into()),
            ("low", self.time(first.median().estimate).into()),
            ("first", label(first).into()),
            ("high", self.time(last.median().estimate).into()),
            ("last", label(last).into()),
            ("later", (arms.len() - reached.len()).into()),
        ];
        self.say(id, &[&names[..], &ends].concat())
    }

    fn compared(&self, comparison: &SurvivalComparison) -> String {
        if comparison.log_rank.p_value.is_none() {
            return self.text.get("survival-not-compared");
        }
        let p = self.style.p_equals(comparison.log_rank.p_value);
        let mut parts = vec![match &comparison.permutation {
            None => self.say("survival-log-rank", &[("p", p.into())]),
            Some(test) => {
                let permutation = self.style.p_equals(Some(test.p_value));
                let tests = [("p", p.into()), ("permutation", permutation.into())];
                let small = self.small_sample(comparison);
                let arguments = [&tests[..], &small].concat();
                self.say("survival-log-rank-and-permutation", &arguments)
            }
        }];
        if let (Some(hazard_ratio), [first, second]) =
            (self.hazard_ratio(comparison), &self.outcome.arms[..])
        {
            parts.push(self.say(
                "survival-hazard-ratio",
                &[
                    ("second", label(second).into()),
                    ("first", label(first).into()),
                    ("ratio", hazard_ratio.0.into()),
                    ("level", self.level().into()),
                    ("range", hazard_ratio.1.into()),
                ],
            ));
        }
        sentences(&parts, self.text)
    }

    /// Why the permutation test stands beside the log-rank test, with the limits of that.
    fn small_sample(&self, comparison: &SurvivalComparison) -> [Argument<'static>; 3] {
        let few = match comparison.small {
            Some(SmallSample::FewEvents) => "events",
            Some(SmallSample::FewPatients) | None => "patients",
        };
        [
            ("few", few.into()),
            ("patients", SMALL_SAMPLE.into()),
            ("events", FEW_EVENTS.into()),
        ]
    }

    /// The hazard ratio and its interval, when it can be estimated.
    pub(in crate::report) fn hazard_ratio(
        &self,
        comparison: &SurvivalComparison,
    ) -> Option<(String, String)> {
        let term = comparison.cox.as_ref()?.terms.first()?;
        term.hazard_ratio?;
        Some((
            self.style.ratio(term.hazard_ratio),
            self.style.ratio_range(term.conf_low, term.conf_high),
        ))
    }

    fn figure(&self) -> Block {
        let figure = &self.outcome.options.figure;
        let endpoint = self.endpoint_in_full();
        let mut parts = vec![match self.group() {
            None => self.say("survival-figure", &[("endpoint", endpoint.into())]),
            Some(group) => self.say(
                "survival-figure-by-group",
                &[("endpoint", endpoint.into()), ("group", group.into())],
            ),
        }];
        parts.extend((self.rises()).then(|| self.text.get("survival-figure-rising")));
        parts.extend(figure_parts(
            figure,
            self.outcome.arms.len(),
            &self.level(),
            self.text,
        ));
        Block::Figure {
            scene: 0,
            caption: sentences(&parts, self.text),
        }
    }

    pub(in crate::report) fn cautions(&self) -> Vec<Block> {
        let mut cautions = Vec::new();
        if self.outcome.overall.n_event == 0 {
            cautions.push(self.text.get("survival-caution-no-events"));
        }
        if let Some(comparison) = &self.outcome.comparison {
            if let Endpoint::Ttr | Endpoint::Dor | Endpoint::Idor = self.outcome.options.endpoint {
                cautions.push(self.text.get("survival-caution-responders"));
            }
            if comparison.cox.as_ref().is_some_and(|cox| cox.separation) {
                cautions.push(self.text.get("survival-caution-separation"));
            }
            if comparison.curves_cross {
                cautions.push(self.text.get("survival-caution-crossing"));
            }
        }
        let few: Vec<String> = (self.outcome.arms.iter())
            .filter(|arm| arm.n_event > 0 || self.outcome.overall.n_event > 0)
            .filter(|arm| arm.n_event < FEW_EVENTS)
            .map(|arm| match &arm.label {
                Some(label) => self.say(
                    "survival-events-of-group",
                    &[("label", label.into()), ("n", arm.n_event.into())],
                ),
                None => arm.n_event.to_string(),
            })
            .collect();
        if !few.is_empty() {
            let id = match self.outcome.comparison {
                Some(_) => "survival-caution-few-events-by-group",
                None => "survival-caution-few-events",
            };
            let few = clauses(&few, self.text);
            let arguments = [("limit", FEW_EVENTS.into()), ("events", few.into())];
            cautions.push(self.say(id, &arguments));
        }
        cautions
            .into_iter()
            .map(|text| Block::Caution { text })
            .collect()
    }
}

/// What is drawn beside the curves.
pub(super) fn figure_parts(
    figure: &SurvivalFigure,
    curves: usize,
    level: &str,
    text: &Text,
) -> Vec<String> {
    let mut parts = Vec::new();
    if figure.censor_marks {
        parts.push(text.get("survival-figure-censor-marks"));
    }
    if figure.band.with(curves) {
        parts.push(text.with("survival-figure-band", &[("level", level.into())]));
    }
    if figure.median_lines.with(curves) {
        parts.push(text.get("survival-figure-median-lines"));
    }
    match figure.risk_table {
        RiskTableKind::AtRisk => parts.push(text.get("survival-figure-at-risk")),
        RiskTableKind::Kmunicate => parts.push(text.get("survival-figure-kmunicate")),
        RiskTableKind::None => {}
    }
    parts
}

fn label(arm: &SurvivalArm) -> String {
    arm.label.clone().unwrap_or_default()
}
