//! The section on cut-points of a number and its spline.

use super::methods::{Methods, Work};
use super::spoken::Spoken;
use super::words::{exclusions, sentences};
use super::{Block, Row};
use crate::analysis::{
    CutGroup, CutPointOutcome, CutRule, CutSearch, EVENTS_PER_COEFFICIENT, Knots,
    PermutationMethod, SplineEffect,
};
use crate::figure::{cox_words, cut_point};
use crate::format::Style;
use crate::text::{Argument, Text};

/// A curve is called not straight below this p value.
const CURVED: f64 = 0.05;

/// A work that only this section cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CutPointWork {
    LausenSchumacher,
    MillerSiegmund,
    HothornLausen,
    Altman,
    DurrlemanSimon,
}

impl CutPointWork {
    /// As a reference list prints it.
    pub fn citation(self) -> &'static str {
        match self {
            Self::LausenSchumacher => {
                "Lausen B, Schumacher M. Maximally selected rank statistics. Biometrics 1992;48:73–85."
            }
            Self::MillerSiegmund => {
                "Miller R, Siegmund D. Maximally selected chi square statistics. Biometrics 1982;38:1011–6."
            }
            Self::HothornLausen => {
                "Hothorn T, Lausen B. On the exact distribution of maximally selected rank statistics. Comput Stat Data Anal 2003;43:121–37."
            }
            Self::Altman => {
                "Altman DG, Lausen B, Sauerbrei W, Schumacher M. Dangers of using “optimal” cutpoints in the evaluation of prognostic factors. J Natl Cancer Inst 1994;86:829–35."
            }
            Self::DurrlemanSimon => {
                "Durrleman S, Simon R. Flexible regression models with cubic splines. Stat Med 1989;8:551–61."
            }
        }
    }
}

/// Sentences, table, figures, cautions, exclusions and Methods paragraph of cut-points.
pub(super) fn blocks(outcome: &CutPointOutcome, style: &Style, text: &Text) -> Vec<Block> {
    let section = Section {
        outcome,
        style,
        text,
    };
    let mut blocks = vec![section.heading(), section.summary()];
    blocks.extend(section.search_figure());
    blocks.push(section.table());
    blocks.extend(section.cautions());
    blocks.extend(section.spline());
    blocks.extend(exclusions(&outcome.exclusions, text));
    blocks.push(section.methods());
    blocks
}

type Section<'a> = Spoken<'a, CutPointOutcome>;

impl Section<'_> {
    fn value(&self, value: f64) -> String {
        self.style.short(value)
    }

    fn list(&self, parts: &[String]) -> String {
        parts.join(&self.text.get("report-list-join"))
    }

    /// Endpoint, column and confidence level.
    fn names(&self) -> Vec<Argument<'_>> {
        let options = &self.outcome.options;
        vec![
            ("endpoint", self.endpoint_in_full().into()),
            ("column", options.column.as_str().into()),
            ("level", self.level().into()),
        ]
    }

    fn with<'b>(&'b self, id: &str, more: impl IntoIterator<Item = Argument<'b>>) -> String {
        let mut arguments = self.names();
        arguments.extend(more);
        self.say(id, &arguments)
    }

    fn heading(&self) -> Block {
        Block::Heading {
            text: self.with("cutpoint-heading", []),
        }
    }

    fn summary(&self) -> Block {
        let outcome = self.outcome;
        let mut parts = vec![self.with(
            "cutpoint-patients",
            [("n", outcome.n.into()), ("events", outcome.n_event.into())],
        )];
        match &outcome.search {
            Some(search) => parts.extend(self.searched(search)),
            None => parts.extend(self.divided()),
        }
        parts.extend(self.ratio());
        Block::Paragraph {
            text: sentences(&parts, self.text),
        }
    }

    /// The uncorrected p value stands beside the corrected ones, and nowhere else.
    fn searched(&self, search: &CutSearch) -> [String; 2] {
        let points = &search.scan.points;
        let chosen = points[search.scan.largest];
        let p = |p| self.style.p_equals(p);
        [
            self.with(
                "cutpoint-searched",
                [
                    ("count", points.len().into()),
                    ("from", self.value(points[0].cut).into()),
                    ("to", self.value(points[points.len() - 1].cut).into()),
                    ("cut", self.value(chosen.cut).into()),
                    (
                        "statistic",
                        self.style.number(chosen.statistic.abs(), 2).into(),
                    ),
                ],
            ),
            self.with(
                "cutpoint-corrected",
                [
                    ("corrected", p(Some(search.scan.p_value)).into()),
                    ("permutation", p(Some(search.permutation.p_value)).into()),
                    ("alone", p(self.outcome.log_rank.p_value).into()),
                ],
            ),
        ]
    }

    fn divided(&self) -> [String; 2] {
        let id = match self.outcome.options.rule {
            CutRule::Median => "cutpoint-at-median",
            CutRule::Quartiles => "cutpoint-at-quartiles",
            CutRule::Given | CutRule::Maximum => "cutpoint-at-given",
        };
        let cuts: Vec<String> = (self.outcome.cuts.iter())
            .map(|&cut| self.value(cut))
            .collect();
        let p = self.style.p_equals(self.outcome.log_rank.p_value);
        [
            self.with(id, [("cuts", self.list(&cuts).into())]),
            self.with("cutpoint-log-rank", [("p", p.into())]),
        ]
    }

    /// The ratio of two groups; that of a search without its p value.
    fn ratio(&self) -> Option<String> {
        let [_, CutGroup { effect, .. }] = &self.outcome.groups[..] else {
            return None;
        };
        let effect = effect.as_ref()?;
        effect.hazard_ratio?;
        let id = match self.outcome.search {
            Some(_) => "cutpoint-ratio-searched",
            None => "cutpoint-ratio",
        };
        let range = self.style.ratio_range(effect.conf_low, effect.conf_high);
        Some(self.with(
            id,
            [
                ("cut", self.value(self.outcome.cuts[0]).into()),
                ("ratio", self.style.ratio(effect.hazard_ratio).into()),
                ("range", range.into()),
            ],
        ))
    }

    fn search_figure(&self) -> Option<Block> {
        let search = self.outcome.search.as_ref()?;
        let critical = self.style.number(search.critical, 2);
        let share = self.style.level(1.0 - self.outcome.options.conf_level);
        Some(Block::Figure {
            scene: 0,
            caption: self.with(
                "cutpoint-figure-search",
                [("critical", critical.into()), ("share", share.into())],
            ),
        })
    }

    fn table(&self) -> Block {
        let outcome = self.outcome;
        let mut notes = vec![self.with("cutpoint-note", [])];
        if let Some(search) = &outcome.search {
            notes.push(self.with(
                "cutpoint-note-search",
                [("p", self.style.p_equals(Some(search.scan.p_value)).into())],
            ));
        }
        Block::Table {
            shared_heads: Vec::new(),
            caption: self.with("cutpoint-table", []),
            columns: vec![
                cut_point::quantity(outcome, self.text),
                self.text.get("cutpoint-column-n"),
                self.text.get("cutpoint-column-events"),
                self.with(
                    "cutpoint-column-median",
                    [(
                        "unit",
                        super::words::unit(outcome.rules.display, self.text).into(),
                    )],
                ),
                self.with("cutpoint-column-ratio", []),
            ],
            rows: (0..outcome.groups.len()).map(|of| self.row(of)).collect(),
            notes,
        }
    }

    fn row(&self, of: usize) -> Row {
        let (outcome, style) = (self.outcome, self.style);
        let group = &outcome.groups[of];
        let median = &group.median;
        let (unit, rules) = (outcome.unit, outcome.rules);
        let range = style.quantile_range(
            [median.estimate, median.conf_low, median.conf_high],
            unit,
            rules,
        );
        let ratio = match of {
            0 => self.text.get("cutpoint-reference"),
            _ => cox_words::ratio(group.effect.as_ref(), style),
        };
        Row {
            head: self.group(of),
            cells: vec![
                group.n.to_string(),
                group.n_event.to_string(),
                format!("{} ({range})", style.time(median.estimate, unit, rules)),
                ratio,
            ],
            indent: 0,
        }
    }

    /// `≤ 60`, `> 60 to 70`, `> 70`.
    fn group(&self, of: usize) -> String {
        let cuts = &self.outcome.cuts;
        let low = || ("low", self.value(cuts[of - 1]).into());
        let high = || ("high", self.value(cuts[of]).into());
        if of == 0 {
            self.say("cutpoint-group-lowest", &[high()])
        } else if of == cuts.len() {
            self.say("cutpoint-group-highest", &[low()])
        } else {
            self.say("cutpoint-group-between", &[low(), high()])
        }
    }

    fn cautions(&self) -> Option<Block> {
        let id = match self.outcome.options.rule {
            CutRule::Maximum => "cutpoint-caution-searched",
            CutRule::Given => "cutpoint-caution-given",
            CutRule::Median | CutRule::Quartiles => return None,
        };
        Some(Block::Caution {
            text: self.with(id, []),
        })
    }

    fn spline(&self) -> Vec<Block> {
        let asked = self.outcome.options.knots != Knots::None;
        match &self.outcome.spline {
            None if asked => vec![Block::Caution {
                text: self.with("cutpoint-no-spline", []),
            }],
            None => Vec::new(),
            Some(spline) => {
                let curve = Block::Paragraph {
                    text: self.curve(spline),
                };
                let figure = Block::Figure {
                    scene: usize::from(self.outcome.search.is_some()),
                    caption: self.with(
                        "cutpoint-figure-spline",
                        [("reference", self.value(spline.reference).into())],
                    ),
                };
                (std::iter::once(curve).chain(self.few_events(spline)))
                    .chain([figure])
                    .collect()
            }
        }
    }

    /// A spline has one coefficient less than it has knots.
    fn few_events(&self, spline: &SplineEffect) -> Option<Block> {
        let (events, coefficients) = (self.outcome.n_event, spline.knots.len() - 1);
        (events < coefficients * EVENTS_PER_COEFFICIENT).then(|| {
            let each = self.style.number(events as f64 / coefficients as f64, 1);
            let text = self.with(
                "cutpoint-caution-few-events",
                [
                    ("events", events.into()),
                    ("coefficients", coefficients.into()),
                    ("each", each.into()),
                    ("limit", EVENTS_PER_COEFFICIENT.into()),
                ],
            );
            Block::Caution { text }
        })
    }

    fn curve(&self, spline: &SplineEffect) -> String {
        let p = |p| self.style.p_equals(p);
        let ratio = spline.non_linearity.p_value;
        let id = if ratio < CURVED {
            "cutpoint-curved"
        } else {
            "cutpoint-straight"
        };
        let wald = spline.non_linearity_wald.map(|test| test.p_value);
        let parts = [
            self.with(
                "cutpoint-spline-effect",
                [("p", p(Some(spline.effect.p_value)).into())],
            ),
            self.with(id, [("p", p(Some(ratio)).into()), ("wald", p(wald).into())]),
        ];
        sentences(&parts, self.text)
    }

    fn methods(&self) -> Block {
        let outcome = self.outcome;
        let options = &outcome.options;
        let mut methods = Methods::of_endpoint(
            options.endpoint,
            &outcome.definition,
            outcome.rules,
            self.text,
        );
        match &outcome.search {
            Some(search) => self.say_search(&mut methods, search),
            None => {
                let id = match options.rule {
                    CutRule::Median => "methods-cutpoint-median",
                    CutRule::Quartiles => "methods-cutpoint-quartiles",
                    CutRule::Given | CutRule::Maximum => "methods-cutpoint-given",
                };
                methods.say(id, &self.names());
            }
        }
        let mut arguments = self.names();
        for (name, work) in [
            ("kaplan", Work::KaplanMeier),
            ("brookmeyer", Work::BrookmeyerCrowley),
            ("mantel", Work::Mantel),
            ("cox", Work::Cox),
            ("efron", Work::Efron),
        ] {
            arguments.push((name, methods.cite(work).into()));
        }
        methods.say("methods-cutpoint-groups", &arguments);
        if let Some(spline) = &outcome.spline {
            let knots: Vec<String> = spline.knots.iter().map(|&knot| self.value(knot)).collect();
            let mut arguments = self.names();
            let work = methods.cite(Work::CutPoint(CutPointWork::DurrlemanSimon));
            arguments.extend([
                ("ref", work.into()),
                ("count", knots.len().into()),
                ("knots", self.list(&knots).into()),
                ("harrell", methods.cite(Work::Harrell).into()),
                ("reference", self.value(spline.reference).into()),
            ]);
            methods.say("methods-cutpoint-spline", &arguments);
        }
        methods.say("methods-two-sided", &[]);
        methods.into_block()
    }

    fn say_search(&self, methods: &mut Methods<'_>, search: &CutSearch) {
        let mut arguments = self.names();
        for (name, work) in [
            ("lausen", CutPointWork::LausenSchumacher),
            ("miller", CutPointWork::MillerSiegmund),
            ("hothorn", CutPointWork::HothornLausen),
            ("altman", CutPointWork::Altman),
        ] {
            arguments.push((name, methods.cite(Work::CutPoint(work)).into()));
        }
        let least = self.outcome.options.least;
        let (draws, seed) = match search.permutation.method {
            PermutationMethod::MonteCarlo { draws, seed } => (draws.to_string(), seed.to_string()),
            PermutationMethod::Exact { arrangements } => (arrangements.to_string(), String::new()),
        };
        arguments.extend([
            ("least", self.style.short(100.0 * least).into()),
            ("most", self.style.short(100.0 * (1.0 - least)).into()),
            ("draws", draws.into()),
            ("seed", seed.into()),
        ]);
        methods.say("methods-cutpoint-search", &arguments);
    }
}
