//! The section on competing risks.

use super::Block;
use super::spoken::Spoken;
use super::words::{clauses, exclusions, sentences};
use crate::analysis::{
    CauseComparison, CompetingArm, CompetingOutcome, CoxTerm, FEW_EVENTS, Overstatement, Rate,
};
use crate::cohort::Cause;
use crate::format::Style;
use crate::text::Text;

mod methods;
mod models;
mod tables;

/// Sentences, figures, tables, cautions, exclusions and Methods paragraph of an analysis of competing risks.
pub(super) fn blocks(outcome: &CompetingOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![section.heading(), section.summary(), section.figure()];
    blocks.extend(section.stacked_figure());
    blocks.push(section.table());
    if !outcome.comparisons.is_empty() {
        blocks.push(section.comparison_table());
    }
    blocks.extend(section.models());
    blocks.extend(section.cautions());
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, CompetingOutcome>;

impl Section<'_> {
    /// `progression`, `“relapse”`.
    fn cause(&self, cause: &Cause) -> String {
        match cause {
            Cause::Progression => self.text.get("competing-cause-progression"),
            Cause::Death => self.text.get("competing-cause-death"),
            Cause::Given { label } => self.say("competing-cause-given", &[("label", label.into())]),
        }
    }

    fn of_interest(&self) -> String {
        self.cause(&self.outcome.causes[self.outcome.cause])
    }

    /// The event of interest, then the others.
    fn order(&self) -> impl Iterator<Item = usize> + use<> {
        let (first, n) = (self.outcome.cause, self.outcome.causes.len());
        std::iter::once(first).chain((0..n).filter(move |&k| k != first))
    }

    /// The grouping column, when there is one.
    fn group(&self) -> Option<&str> {
        self.outcome.options.group.as_deref()
    }

    /// `12 months`.
    fn landmark(&self, index: usize) -> String {
        self.shown_time(self.outcome.options.landmarks[index])
    }

    fn shown_time(&self, shown: f64) -> String {
        let time = self.style.short(shown);
        let arguments = [("time", time.into()), ("unit", self.unit().into())];
        self.say("competing-time", &arguments)
    }

    fn heading(&self) -> Block {
        let cause = ("cause", self.of_interest().into());
        Block::Heading {
            text: match self.group() {
                None => self.say("competing-heading", &[cause]),
                Some(group) => self.say(
                    "competing-heading-by-group",
                    &[cause, ("group", group.into())],
                ),
            },
        }
    }

    fn summary(&self) -> Block {
        let mut parts = vec![self.events()];
        match self.group() {
            None => parts.extend(self.incidences()),
            Some(group) => parts.extend(self.incidence_by_group(group)),
        }
        if let Some(comparison) = self.outcome.comparisons.get(self.outcome.cause) {
            parts.extend(self.compared(comparison));
        }
        parts.push(self.follow_up(&self.outcome.overall.follow_up));
        parts.extend(self.told_cases());
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    /// "54 of 200 patients (27.0 %) had “relapse” first, 61 “death”; 85 were censored."
    fn events(&self) -> String {
        let arm = &self.outcome.overall;
        let first = arm.n_event[self.outcome.cause];
        let others: Vec<String> = (self.order().skip(1))
            .map(|k| {
                let cause = self.cause(&self.outcome.causes[k]);
                self.say(
                    "competing-events-other",
                    &[("n", arm.n_event[k].into()), ("cause", cause.into())],
                )
            })
            .collect();
        let share = self.style.percent(Some(first as f64 / arm.n as f64));
        self.say(
            "competing-events",
            &[
                ("event", first.into()),
                ("n", arm.n.into()),
                ("percent", share.into()),
                ("cause", self.of_interest().into()),
                ("others", others.concat().into()),
                ("censored", arm.n_censor.into()),
            ],
        )
    }

    /// "27.1 % (95 % CI 20.9–33.7)"; without an interval where there is none.
    fn rate(&self, rate: &Rate) -> String {
        let percent = self.style.percent(rate.estimate);
        if let (None, None) = (rate.conf_low, rate.conf_high) {
            return percent;
        }
        let range = self.style.percent_range(rate.conf_low, rate.conf_high);
        let arguments = [
            ("rate", percent.into()),
            ("level", self.level().into()),
            ("range", range.into()),
        ];
        self.say("competing-rate", &arguments)
    }

    fn incidences(&self) -> Option<String> {
        let rates = self.outcome.overall.rates[self.outcome.cause].iter();
        let parts: Vec<String> = (rates.enumerate())
            .filter(|(_, rate)| rate.estimate.is_some())
            .map(|(index, rate)| {
                let arguments = [
                    ("rate", self.rate(rate).into()),
                    ("time", self.landmark(index).into()),
                ];
                self.say("competing-rate-at", &arguments)
            })
            .collect();
        let arguments = [
            ("cause", self.of_interest().into()),
            ("rates", clauses(&parts, self.text).into()),
        ];
        (!parts.is_empty()).then(|| self.say("competing-incidence", &arguments))
    }

    /// At the last landmark that somebody's follow-up reaches in every group.
    fn incidence_by_group(&self, group: &str) -> Option<String> {
        let of = |arm: &CompetingArm, index: usize| arm.rates[self.outcome.cause][index].clone();
        let known = |index: &usize| {
            let mut arms = self.outcome.arms.iter();
            arms.all(|arm| of(arm, *index).estimate.is_some())
        };
        let index = (0..self.outcome.options.landmarks.len())
            .rev()
            .find(known)?;
        let parts: Vec<String> = (self.outcome.arms.iter())
            .map(|arm| {
                let arguments = [
                    ("rate", self.rate(&of(arm, index)).into()),
                    ("label", label(arm).into()),
                ];
                self.say("competing-rate-in", &arguments)
            })
            .collect();
        let arguments = [
            ("cause", self.of_interest().into()),
            ("time", self.landmark(index).into()),
            ("group", group.into()),
            ("rates", clauses(&parts, self.text).into()),
        ];
        Some(self.say("competing-incidence-by-group", &arguments))
    }

    fn compared(&self, comparison: &CauseComparison) -> Vec<String> {
        let cause = ("cause", self.of_interest().into());
        let mut parts = vec![match (self.cases(), comparison.gray.p_value) {
            (Some(what), _) => self.say("competing-no-gray", &[("what", what.into())]),
            (None, None) => return vec![self.say("competing-not-compared", &[cause])],
            (None, p) => {
                let test = [("p", self.style.p_equals(p).into()), cause.clone()];
                match &self.outcome.options.strata {
                    None => self.say("competing-gray", &test),
                    Some(strata) => {
                        let [p, cause] = test;
                        self.say(
                            "competing-gray-stratified",
                            &[p, cause, ("strata", strata.into())],
                        )
                    }
                }
            }
        }];
        if let [first, second] = &self.outcome.arms[..] {
            for (id, term) in [
                ("competing-subdistribution", subdistribution(comparison, 0)),
                ("competing-cause-specific", cause_specific(comparison, 0)),
            ] {
                let Some(term) = term else { continue };
                let ratio = self.style.ratio(term.hazard_ratio);
                let range = self.style.ratio_range(term.conf_low, term.conf_high);
                let arguments = [
                    cause.clone(),
                    ("first", label(first).into()),
                    ("second", label(second).into()),
                    ("ratio", ratio.into()),
                    ("level", self.level().into()),
                    ("range", range.into()),
                ];
                parts.push(self.say(id, &arguments));
            }
        }
        parts
    }

    fn figure(&self) -> Block {
        let figure = &self.outcome.options.figure;
        let cause = ("cause", self.of_interest().into());
        let mut parts = vec![match self.group() {
            None => self.say("competing-caption", &[cause]),
            Some(group) => self.say(
                "competing-caption-by-group",
                &[cause, ("group", group.into())],
            ),
        }];
        if figure.band {
            parts.push(self.say("survival-figure-band", &[("level", self.level().into())]));
        }
        if figure.risk_table {
            parts.push(self.text.get("competing-caption-at-risk"));
            if self.sampling().is_some() {
                parts.push(self.text.get("competing-caption-unweighted"));
            }
        }
        Block::Figure {
            scene: 0,
            caption: sentences(&parts, self.text),
        }
    }

    fn stacked_figure(&self) -> Option<Block> {
        self.outcome.options.figure.stacked.then(|| Block::Figure {
            scene: 1,
            caption: self.text.get("competing-caption-stacked"),
        })
    }

    fn cautions(&self) -> Vec<Block> {
        let outcome = self.outcome;
        let mut cautions = Vec::new();
        cautions.extend((outcome.overstatement.as_ref()).and_then(|o| self.overstated(o)));
        let events = outcome.overall.n_event[outcome.cause];
        let cause = ("cause", self.of_interest().into());
        if events == 0 {
            cautions.push(self.say("competing-caution-no-events", &[cause]));
        } else {
            let few: Vec<String> = (outcome.arms.iter())
                .map(|arm| (arm, arm.n_event[outcome.cause]))
                .filter(|(_, n)| *n < FEW_EVENTS)
                .map(|(arm, n)| match &arm.label {
                    Some(label) => self.say(
                        "survival-events-of-group",
                        &[("label", label.into()), ("n", n.into())],
                    ),
                    None => n.to_string(),
                })
                .collect();
            if !few.is_empty() {
                let few = clauses(&few, self.text);
                let arguments = [cause, ("limit", FEW_EVENTS.into()), ("events", few.into())];
                cautions.push(self.say("competing-caution-few-events", &arguments));
            }
        }
        let separated: Vec<String> = (self.order())
            .filter(|&k| outcome.comparisons.get(k).is_some_and(separation))
            .map(|k| self.cause(&outcome.causes[k]))
            .collect();
        if !separated.is_empty() {
            let causes = separated.join(&self.text.get("report-list-join"));
            cautions.push(self.say("competing-caution-separation", &[("causes", causes.into())]));
        }
        cautions.extend(self.model_cautions());
        if outcome.broken_weights {
            cautions.push(self.text.get("competing-caution-broken-weights"));
        }
        cautions
            .into_iter()
            .map(|text| Block::Caution { text })
            .collect()
    }

    /// When 1 − Kaplan-Meier is wrong, and by how much here, if that is to be seen.
    fn overstated(&self, overstatement: &Overstatement) -> Option<String> {
        let [wrong, right] = [
            overstatement.one_minus_kaplan_meier,
            overstatement.cum_incidence,
        ];
        let excess = self.style.percent_number(wrong - right);
        if excess == self.style.percent_number(0.0) {
            return None;
        }
        let percent = |share: f64| self.style.percent(Some(share));
        Some(self.say(
            "competing-caution-kaplan-meier",
            &[
                ("cause", self.of_interest().into()),
                ("time", self.overstatement_time(overstatement).into()),
                ("n", overstatement.n_competing.into()),
                ("wrong", percent(wrong).into()),
                ("right", percent(right).into()),
                ("points", excess.into()),
            ],
        ))
    }

    /// `24 months`: a landmark as it was typed, the end of follow-up with one decimal.
    fn overstatement_time(&self, overstatement: &Overstatement) -> String {
        let landmarks = &self.outcome.options.landmarks;
        let (unit, rules) = (self.outcome.unit, self.outcome.rules);
        let landmark = landmarks
            .iter()
            .find(|&&shown| rules.in_unit(shown, unit) == overstatement.time);
        match landmark {
            Some(&shown) => self.shown_time(shown),
            None => {
                let time = self.style.time(Some(overstatement.time), unit, rules);
                let arguments = [("time", time.into()), ("unit", self.unit().into())];
                self.say("competing-time", &arguments)
            }
        }
    }
}

fn separation(comparison: &CauseComparison) -> bool {
    let specific = comparison.cause_specific.as_ref();
    let subdistribution = comparison.subdistribution.as_ref();
    specific.is_some_and(|fit| fit.separation) || subdistribution.is_some_and(|fit| fit.separation)
}

/// The term of the group after the first, if it has a ratio.
fn cause_specific(comparison: &CauseComparison, index: usize) -> Option<&CoxTerm> {
    let term = comparison.cause_specific.as_ref()?.terms.get(index)?;
    term.hazard_ratio.is_some().then_some(term)
}

/// The same of the subdistribution hazard.
fn subdistribution(comparison: &CauseComparison, index: usize) -> Option<&CoxTerm> {
    let term = comparison.subdistribution.as_ref()?.terms.get(index)?;
    term.hazard_ratio.is_some().then_some(term)
}

fn label(arm: &CompetingArm) -> String {
    arm.label.clone().unwrap_or_default()
}
