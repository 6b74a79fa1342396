//! Predicted survival in words and as a table.

use super::Section;
use crate::analysis::{CoxCurves, NoCurves, PredictedStep, ProfileCurve};
use crate::figure::cox_words;
use crate::format::NOT_ESTIMABLE;
use crate::report::words::{clauses, unit};
use crate::report::{Block, Row};

/// More curves than this are left to the table.
const SPOKEN: usize = 5;

impl Section<'_> {
    /// The sentence, the figure and the table of predicted survival.
    pub(super) fn curves(&self) -> Vec<Block> {
        let Some(curves) = &self.outcome.curves else {
            return Vec::new();
        };
        let mut blocks = Vec::new();
        blocks.extend(
            self.predicted_sentence(curves)
                .map(|text| Block::Paragraph { text }),
        );
        blocks.push(Block::Figure {
            scene: self.first_curve_scene(),
            caption: self.curves_caption(curves),
        });
        blocks.push(self.curves_table(curves));
        blocks
    }

    /// The forest, then the residuals of the test of proportional hazards where there are some.
    pub(super) fn first_curve_scene(&self) -> usize {
        let test = self.outcome.model.proportionality.as_ref();
        let terms = test.iter().flat_map(|test| &test.terms);
        let drawn = terms.flat_map(|term| &term.y).any(Option::is_some);
        1 + usize::from(drawn)
    }

    /// Why there are none that were asked for.
    pub(super) fn not_predicted(&self) -> Option<String> {
        Some(match self.outcome.no_curves.as_ref()? {
            NoCurves::NoModel => self.text.get("cox-curves-caution-none"),
            NoCurves::NotInModel { column } => {
                let column = ("column", column.into());
                self.say("cox-curves-caution-not-in-model", &[column])
            }
        })
    }

    fn by(&self, curves: &CoxCurves) -> String {
        self.column(curves.by)
    }

    /// Survival at the first landmark, for few curves.
    fn predicted_sentence(&self, curves: &CoxCurves) -> Option<String> {
        let landmark = *curves.landmarks.first()?;
        let time = cox_words::shown_time(self.outcome, landmark, self.style, self.text);
        let spoken: Vec<String> = (curves.curves.iter())
            .filter_map(|curve| {
                let at = (*curve.at.first()?)?;
                let [share, low, high] = self.share([Some(at.survival), at.conf_low, at.conf_high]);
                let name = cox_words::profile(self.outcome, curve, self.style, self.text);
                let mut arguments = vec![
                    ("name", name.into()),
                    ("survival", self.style.percent(share).into()),
                    ("time", time.as_str().into()),
                ];
                if at.conf_low.is_none() && at.conf_high.is_none() {
                    return Some(self.say("cox-curve-without-range", &arguments));
                }
                let range = self.style.percent_range(low, high);
                arguments.extend([("level", self.level().into()), ("range", range.into())]);
                Some(self.say("cox-curve-at", &arguments))
            })
            .collect();
        if spoken.is_empty() || curves.curves.len() > SPOKEN {
            return None;
        }
        let curves_text = ("curves", clauses(&spoken, self.text).into());
        let endpoint = ("endpoint", self.share_in_full().into());
        let by = ("by", self.by(curves).into());
        Some(match self.held(curves) {
            None => self.say("cox-curves-summary-alone", &[endpoint, by, curves_text]),
            Some(held) => {
                let held = ("held", held.into());
                self.say("cox-curves-summary", &[endpoint, by, held, curves_text])
            }
        })
    }

    fn held(&self, curves: &CoxCurves) -> Option<String> {
        let held = cox_words::held(self.outcome, curves, self.style, self.text);
        (!held.is_empty()).then_some(held)
    }

    fn curves_caption(&self, curves: &CoxCurves) -> String {
        let bands = if cox_words::banded(curves) {
            "yes"
        } else {
            "no"
        };
        let mut arguments = vec![
            ("endpoint", self.share_in_full().into()),
            ("by", self.by(curves).into()),
            ("level", self.level().into()),
            ("bands", bands.into()),
        ];
        let mut caption = match self.held(curves) {
            None => self.say("cox-curves-caption-alone", &arguments),
            Some(held) => {
                arguments.push(("held", held.into()));
                self.say("cox-curves-caption", &arguments)
            }
        };
        let drawn = cox_words::drawn(curves).len();
        if drawn < curves.curves.len() {
            caption.push_str(&self.text.get("report-sentence-space"));
            caption.push_str(&self.say("cox-curves-caption-some", &[("n", drawn.into())]));
        }
        caption
    }

    fn curves_table(&self, curves: &CoxCurves) -> Block {
        let level = || ("level", self.level().into());
        let in_unit = unit(self.outcome.rules.display, self.text);
        let mut columns = vec![
            self.text.get("cox-curves-column-profile"),
            self.say(
                "cox-curves-column-median",
                &[("unit", in_unit.into()), level()],
            ),
        ];
        columns.extend(curves.landmarks.iter().map(|&landmark| {
            let time = cox_words::shown_time(self.outcome, landmark, self.style, self.text);
            self.say("cox-curves-column-at", &[("time", time.into()), level()])
        }));
        let mut rows: Vec<Row> = curves
            .curves
            .iter()
            .map(|curve| self.curve_row(curve))
            .collect();
        rows.extend(curves.baseline.iter().map(|curve| self.baseline_row(curve)));
        let mut notes = vec![
            self.text.get("survival-note-ci"),
            self.say(
                "cox-curves-note-baseline",
                &[("held", self.origin(curves).into())],
            ),
        ];
        let cells = || rows.iter().flat_map(|row| &row.cells);
        if cells().any(|cell| cell.contains(crate::format::NOT_REACHED)) {
            notes.push(self.text.get("survival-note-not-reached"));
        }
        if cells().any(|cell| cell.contains(NOT_ESTIMABLE)) {
            notes.push(self.text.get("survival-note-not-estimable"));
        }
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.say(
                "cox-curves-table",
                &[("endpoint", self.share_in_full().into())],
            ),
            columns,
            rows,
            notes,
        }
    }

    /// Where numbers are held at the baseline; what the curves differ by among them.
    fn origin(&self, curves: &CoxCurves) -> String {
        let mut held: Vec<String> = Vec::new();
        if let Some(number) = curves.baseline_number {
            let arguments = [
                ("column", self.by(curves).into()),
                ("number", cox_words::value(number, self.style).into()),
            ];
            held.push(self.say("cox-held-mean", &arguments));
        }
        held.extend(self.held(curves));
        if held.is_empty() {
            let first = curves.baseline.first();
            let level = first
                .and_then(|curve| curve.level.clone())
                .unwrap_or_default();
            let column = ("column", self.by(curves).into());
            held.push(self.say("cox-held-level", &[column, ("level", level.into())]));
        }
        held.join(&self.text.get("report-list-join"))
    }

    fn curve_row(&self, curve: &ProfileCurve) -> Row {
        let median = self.time(curve.median);
        let limits = [curve.median_low, curve.median_high];
        let median = if limits == [None, None] {
            median
        } else {
            let range = self.quantile_limits([curve.median, limits[0], limits[1]]);
            format!("{median} ({range})")
        };
        let at = |at: &Option<PredictedStep>| {
            let Some(at) = at else {
                return NOT_ESTIMABLE.to_owned();
            };
            match self.share([Some(at.survival), at.conf_low, at.conf_high]) {
                [share, None, None] => self.style.percent(share),
                [share, low, high] => self.style.percent_interval(share, low, high),
            }
        };
        let mut cells = vec![median];
        cells.extend(curve.at.iter().map(at));
        Row {
            head: cox_words::profile(self.outcome, curve, self.style, self.text),
            cells,
            indent: 0,
        }
    }

    fn baseline_row(&self, curve: &ProfileCurve) -> Row {
        let stratum = curve.stratum.join(&self.text.get("report-list-join"));
        let head = if stratum.is_empty() {
            self.text.get("cox-curves-row-baseline")
        } else {
            self.say("cox-curves-row-baseline-of", &[("stratum", stratum.into())])
        };
        let mut cells = vec![String::new()];
        cells.extend(curve.at.iter().map(|at| match at {
            None => NOT_ESTIMABLE.to_owned(),
            Some(at) => self.style.number(at.cum_hazard, 4),
        }));
        Row {
            head,
            cells,
            indent: 0,
        }
    }
}
