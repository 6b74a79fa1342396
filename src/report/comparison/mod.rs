//! The section on the comparison of curves.

use super::spoken::Spoken;
use super::words::{clauses, exclusions, sentences};
use super::{Block, Row};
use crate::analysis::{
    ComparedArm, ComparisonOutcome, CurveTest, FEW_EVENTS, PairOutcome, TestOutcome,
};
use crate::format::Style;
use crate::text::Text;

mod methods;
mod tables;

/// Sentences, figures, tables, cautions, exclusions and Methods paragraph of a comparison of curves.
pub(super) fn blocks(outcome: &ComparisonOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![section.heading(), section.summary()];
    blocks.extend(section.figures());
    blocks.push(section.groups_table());
    blocks.push(section.tests_table());
    blocks.extend(section.pairs_table());
    blocks.push(section.differences_table());
    blocks.extend(section.adjusted_table());
    blocks.extend(section.cautions());
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, ComparisonOutcome>;

impl Section<'_> {
    /// `6 months`.
    fn shown(&self, shown: f64) -> String {
        let arguments = [
            ("time", self.style.short(shown).into()),
            ("unit", self.unit().into()),
        ];
        self.say("comparison-time", &arguments)
    }

    fn label(&self, arm: usize) -> &str {
        &self.outcome.arms[arm].label
    }

    /// The two groups, when there are no more.
    fn two(&self) -> Option<(&ComparedArm, &ComparedArm, &PairOutcome)> {
        match (&self.outcome.arms[..], &self.outcome.pairs[..]) {
            ([first, second], [pair]) => Some((first, second, pair)),
            _ => None,
        }
    }

    fn heading(&self) -> Block {
        let options = &self.outcome.options;
        let arguments = [
            ("endpoint", self.endpoint_in_full().into()),
            ("group", options.group.as_str().into()),
        ];
        Block::Heading {
            text: self.say("comparison-heading", &arguments),
        }
    }

    fn summary(&self) -> Block {
        let mut parts = vec![self.patients()];
        parts.extend((self.outcome.tests.first()).map(|test| self.primary(test)));
        if let Some((first, second, pair)) = self.two() {
            parts.extend(self.means(first, second, pair));
            parts.extend(self.adjusted(first, second, pair));
            parts.extend(
                (0..pair.differences.len())
                    .filter_map(|index| self.difference(first, second, pair, index)),
            );
        }
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    /// "9 of 14 patients had the event: 3 of 7 in “A”; 6 of 7 in “B”".
    fn patients(&self) -> String {
        let groups: Vec<String> = (self.outcome.arms.iter())
            .map(|arm| {
                let arguments = [
                    ("event", arm.n_event.into()),
                    ("n", arm.n.into()),
                    ("label", arm.label.as_str().into()),
                ];
                self.say("comparison-group", &arguments)
            })
            .collect();
        let restart = self.outcome.options.restart;
        let arguments = [
            ("event", self.outcome.n_event.into()),
            ("n", self.outcome.n.into()),
            ("groups", clauses(&groups, self.text).into()),
            (
                "landmark",
                restart
                    .map_or_else(String::new, |shown| self.shown(shown))
                    .into(),
            ),
        ];
        match restart {
            None => self.say("comparison-patients", &arguments),
            Some(_) => self.say("comparison-patients-at-landmark", &arguments),
        }
    }

    /// What the primary test found.
    fn primary(&self, test: &TestOutcome) -> String {
        let options = &self.outcome.options;
        let name = self.test_name(test.test);
        let name = match &options.strata {
            None => name,
            Some(strata) => {
                let arguments = [("test", name.into()), ("strata", strata.as_str().into())];
                self.say("comparison-stratified", &arguments)
            }
        };
        let p = self.style.p_equals(test.p_value);
        let mut arguments = vec![("test", name.into()), ("p", p.into())];
        if test.p_value.is_none() && test.test == CurveTest::MaxCombo && self.two().is_none() {
            return self.text.get("comparison-max-combo-pairs");
        }
        if test.p_value.is_none() {
            return self.text.get("survival-not-compared");
        }
        match test.permutation {
            None => self.say("comparison-primary", &arguments),
            Some(permutation) => {
                let p = self.style.p_equals(Some(permutation));
                arguments.push(("permutation", p.into()));
                self.say("comparison-primary-and-permutation", &arguments)
            }
        }
    }

    /// The restricted means of two groups.
    fn means(
        &self,
        first: &ComparedArm,
        second: &ComparedArm,
        pair: &PairOutcome,
    ) -> Option<String> {
        let (one, other) = (first.rmst?, second.rmst?);
        let difference = pair.rmst?.difference;
        let arguments = [
            ("endpoint", self.endpoint().into()),
            ("tau", self.time(self.outcome.tau).into()),
            ("unit", self.unit().into()),
            ("first", first.label.as_str().into()),
            ("second", second.label.as_str().into()),
            ("one", self.time(one.rmst).into()),
            ("other", self.time(other.rmst).into()),
            ("difference", self.time(difference.estimate).into()),
            ("level", self.level().into()),
            (
                "range",
                self.mean_range(difference.conf_low, difference.conf_high)
                    .into(),
            ),
            ("p", self.style.p_equals(difference.p_value).into()),
        ];
        Some(self.say("comparison-means", &arguments))
    }

    /// The difference of the means of two groups, adjusted for covariates.
    fn adjusted(
        &self,
        first: &ComparedArm,
        second: &ComparedArm,
        pair: &PairOutcome,
    ) -> Option<String> {
        let adjusted = pair.adjusted?;
        let difference = adjusted.difference?;
        let range = self.mean_range(difference.conf_low, difference.conf_high);
        let arguments = [
            ("covariates", self.adjusted_for().into()),
            ("first", first.label.as_str().into()),
            ("second", second.label.as_str().into()),
            ("unit", self.unit().into()),
            ("difference", self.time(difference.estimate).into()),
            ("level", self.level().into()),
            ("range", range.into()),
            ("p", self.style.p_equals(difference.p_value).into()),
            ("n", adjusted.n.into()),
        ];
        Some(self.say("comparison-adjusted", &arguments))
    }

    fn adjusted_for(&self) -> String {
        (self.outcome.options.adjust).join(&self.text.get("report-list-join"))
    }

    /// Survival of two groups at one landmark; nothing where it is not known or without an error.
    fn difference(
        &self,
        first: &ComparedArm,
        second: &ComparedArm,
        pair: &PairOutcome,
        index: usize,
    ) -> Option<String> {
        let at = &pair.differences[index];
        let [estimate, low, high] = self.share_difference([at.estimate, at.conf_low, at.conf_high]);
        let estimate = estimate?;
        low?;
        let share = |arm: &ComparedArm| {
            let [share, ..] = self.share([arm.rates[index].estimate, None, None]);
            self.style.percent(share)
        };
        let arguments = [
            (
                "landmark",
                self.landmark_time(self.outcome.options.landmarks[index])
                    .into(),
            ),
            ("endpoint", self.share_name().into()),
            ("first", first.label.as_str().into()),
            ("second", second.label.as_str().into()),
            ("one", share(first).into()),
            ("other", share(second).into()),
            ("difference", self.style.percent_number(estimate).into()),
            ("level", self.level().into()),
            ("range", self.style.percent_range(low, high).into()),
            ("p", self.style.p_equals(at.p_value).into()),
        ];
        Some(self.say("comparison-difference", &arguments))
    }

    fn test_name(&self, test: CurveTest) -> String {
        let options = &self.outcome.options;
        match test {
            CurveTest::LogRank => self.text.get("comparison-test-log-rank"),
            CurveTest::GehanBreslow => self.text.get("comparison-test-gehan-breslow"),
            CurveTest::TaroneWare => self.text.get("comparison-test-tarone-ware"),
            CurveTest::PetoPeto => self.text.get("comparison-test-peto-peto"),
            CurveTest::ModifiedPetoPeto => self.text.get("comparison-test-modified-peto-peto"),
            CurveTest::FlemingHarrington => {
                let (p, q) = (self.style.short(options.p), self.style.short(options.q));
                let arguments = [("p", p.into()), ("q", q.into())];
                self.say("comparison-test-fleming-harrington", &arguments)
            }
            CurveTest::MaxCombo => self.text.get("comparison-test-max-combo"),
        }
    }

    fn figures(&self) -> Vec<Block> {
        let base = [
            ("endpoint", self.endpoint_in_full().into()),
            ("level", self.level().into()),
            ("tau", self.time(self.outcome.tau).into()),
            ("unit", self.unit().into()),
            ("reference", self.label(0).into()),
            ("share", self.share_in_full().into()),
            ("rises", if self.rises() { "yes" } else { "no" }.into()),
            (
                "several",
                if self.two().is_some() { "no" } else { "yes" }.into(),
            ),
        ];
        let shown = [
            (
                self.outcome.shows_difference(),
                "comparison-figure-difference",
            ),
            (self.outcome.shows_areas(), "comparison-figure-areas"),
        ];
        (shown.into_iter().filter(|(shown, _)| *shown).enumerate())
            .map(|(scene, (_, id))| Block::Figure {
                scene,
                caption: self.say(id, &base),
            })
            .collect()
    }

    fn cautions(&self) -> Vec<Block> {
        let mut cautions = Vec::new();
        if self.outcome.tests.len() > 1
            && let Some(primary) = self.outcome.tests.first()
        {
            let name = self.test_name(primary.test);
            cautions.push(self.say("comparison-caution-several", &[("primary", name.into())]));
        }
        for pair in &self.outcome.pairs {
            let Some(time) = pair.crossing else { continue };
            let arguments = [
                ("first", self.label(pair.first).into()),
                ("second", self.label(pair.second).into()),
                ("time", self.time(time).into()),
                ("unit", self.unit().into()),
            ];
            cautions.push(self.say("comparison-caution-crossing", &arguments));
        }
        if self.outcome.tau > self.outcome.tau_limit {
            let arguments = [
                ("tau", self.time(self.outcome.tau).into()),
                ("limit", self.time(self.outcome.tau_limit).into()),
                ("unit", self.unit().into()),
            ];
            cautions.push(self.say("comparison-caution-tau", &arguments));
        }
        let few: Vec<String> = (self.outcome.arms.iter())
            .filter(|arm| arm.n_event < FEW_EVENTS)
            .map(|arm| {
                let arguments = [
                    ("label", arm.label.as_str().into()),
                    ("n", arm.n_event.into()),
                ];
                self.say("survival-events-of-group", &arguments)
            })
            .collect();
        if !few.is_empty() {
            let few = clauses(&few, self.text);
            let arguments = [("limit", FEW_EVENTS.into()), ("events", few.into())];
            cautions.push(self.say("comparison-caution-few-events", &arguments));
        }
        cautions
            .into_iter()
            .map(|text| Block::Caution { text })
            .collect()
    }
}
