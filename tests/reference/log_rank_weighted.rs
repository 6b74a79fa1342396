//! Weighted, stratified and trend log-rank tests against `survdiff` and the formula in R.

use oncurve::stats::{Adjustment, GroupedFollowUp, RiskTable, Weight, adjust};
use serde_json::Value;

use crate::compare::{Tally, number, numbers};
use crate::data::{DataSet, Rows, cases, expected, text};
use crate::differences::Difference;

/// Sums of up to 1,500 terms and a small linear system: rounding.
const TOLERANCE: f64 = 1e-10;

/// The follow-up of a case of several groups, in strata if it has any.
pub struct Groups {
    pub rows: Rows,
    pub codes: Vec<usize>,
    pub levels: Vec<String>,
    pub strata: Option<Vec<usize>>,
}

impl Groups {
    pub fn new(case: &Value, strata: Option<&str>) -> Self {
        let data = DataSet::load(text(case, "data"));
        let factor = text(case, "group");
        let rows = data.rows(&format!("{factor} + {}", strata.unwrap_or_default()));
        let strata = strata.map(|column| {
            let names = data.strata(column, &rows.rows);
            let mut distinct = names.clone();
            distinct.sort();
            distinct.dedup();
            let position = |name| distinct.iter().position(|other| other == name).unwrap();
            names.iter().map(position).collect()
        });
        Self {
            codes: data.codes(factor, &rows.rows),
            levels: data
                .levels(factor)
                .unwrap()
                .into_iter()
                .map(String::from)
                .collect(),
            rows,
            strata,
        }
    }

    pub fn follow_up(&self) -> GroupedFollowUp<'_> {
        GroupedFollowUp {
            entry: self.rows.entry.as_deref(),
            strata: self.strata.as_deref(),
            ..GroupedFollowUp::new(
                &self.rows.time,
                &self.rows.event,
                &self.codes,
                self.levels.len(),
            )
        }
    }
}

/// The weights of the figures, by their names.
pub fn weight(name: &str) -> Weight {
    match name {
        "logrank" => Weight::LogRank,
        "gehan_breslow" => Weight::GehanBreslow,
        "tarone_ware" => Weight::TaroneWare,
        "peto_peto" => Weight::PetoPeto,
        "modified_peto" => Weight::ModifiedPetoPeto,
        name => {
            let numbers = name
                .strip_prefix("fh(")
                .and_then(|name| name.strip_suffix(')'));
            let (p, q) = numbers.and_then(|numbers| numbers.split_once(',')).unwrap();
            let (p, q) = (p.parse().unwrap(), q.parse().unwrap());
            Weight::FlemingHarrington { p, q }
        }
    }
}

fn of_kind<'a>(file: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    cases(file)
        .iter()
        .filter(move |case| text(case, "kind") == kind)
}

#[test]
pub fn survdiff_with_rho_and_strata_is_fleming_harrington() {
    let file = expected("log_rank_weighted");
    let mut tally = Tally::new("Gρ and stratified log-rank tests", &file, TOLERANCE)
        .against("survival", "survdiff");
    for case in of_kind(&file, "survdiff") {
        let groups = Groups::new(case, case["options"]["strata"].as_str());
        let table = RiskTable::new(&groups.follow_up()).unwrap();
        let p = case["options"]["rho"].as_f64().unwrap();
        let ours = table.test(Weight::FlemingHarrington { p, q: 0.0 });
        let theirs = &case["result"];
        let k = groups.levels.len();
        let at = |part: &str| format!("{} {part}", text(case, "id"));
        for (g, n) in table.n().iter().enumerate() {
            tally.close(Some(*n as f64), &theirs["n"][g], || at("n"));
        }
        // A stratified call gives a row a group and a column a stratum.
        let sum = |value: &Value| match value.as_array() {
            Some(parts) => parts.iter().map(|part| part.as_f64().unwrap()).sum(),
            None => value.as_f64().unwrap(),
        };
        for g in 0..k {
            let (observed, expected) = (sum(&theirs["observed"][g]), sum(&theirs["expected"][g]));
            tally.close(Some(ours.observed[g]), &observed.into(), || at("observed"));
            tally.close(
                Some(ours.observed[g] - ours.score[g]),
                &expected.into(),
                || at("expected"),
            );
            for h in 0..k {
                tally.close(Some(ours.variance[g * k + h]), &theirs["var"][g][h], || {
                    at("var")
                });
            }
        }
        // Without any event R prints χ² = 0 on −1 degrees of freedom; there is no statistic.
        if number(&theirs["df"]) == Some(-1.0) {
            assert_eq!((ours.statistic, ours.df, ours.p_value), (None, 0, None));
            continue;
        }
        tally.close(ours.statistic, &theirs["chisq"], || at("chisq"));
        tally.close(Some(ours.df as f64), &theirs["df"], || at("df"));
        tally.close_tail(ours.p_value, &theirs["p"], || at("p"));
    }
    tally.finish(1_500);
}

#[test]
pub fn weighted_tests_equal_the_formula() {
    let file = expected("log_rank_weighted");
    let mut tally = Tally::new(
        "Weighted log-rank tests, late entry, trend",
        &file,
        TOLERANCE,
    )
    .against("R", "their formulas");
    tally.expect(Difference::NoWeight);
    for case in of_kind(&file, "weighted") {
        let groups = Groups::new(case, case["options"]["strata"].as_str());
        let table = RiskTable::new(&groups.follow_up()).unwrap();
        let (k, expected) = (groups.levels.len(), table.expected());
        let observed = table.test(Weight::LogRank).observed;
        for (g, n) in table.n().iter().enumerate() {
            let at = || format!("{} n", text(case, "id"));
            tally.close(Some(*n as f64), &case["result"]["n"][g], at);
        }
        for (name, theirs) in case["result"].as_object().unwrap() {
            let Some(chisq) = theirs.get("chisq") else {
                continue;
            };
            let ours = table.test(weight(name));
            let trend = ours.trend(&(0..k).map(|g| g as f64).collect::<Vec<_>>());
            let at = |part: &str| format!("{} {name} {part}", text(case, "id"));
            // Scores that cancel are held to the rounding of what they are the sum of.
            let scale = (0..k)
                .map(|g| ours.variance[g * k + g])
                .fold(1.0, f64::max)
                .sqrt();
            for g in 0..k {
                tally.close(Some(observed[g]), &theirs["observed"][g], || at("observed"));
                tally.close(Some(expected[g]), &theirs["expected"][g], || at("expected"));
                let score = theirs["U"][g].as_f64().unwrap() / scale;
                tally.close(Some(ours.score[g] / scale), &score.into(), || at("U"));
                for h in 0..k {
                    tally.close(Some(ours.variance[g * k + h]), &theirs["V"][g][h], || {
                        at("V")
                    });
                }
            }
            tally.close(ours.statistic, chisq, || at("chisq"));
            if k == 2 {
                let z = (ours.statistic).map(|_| ours.score[0] / ours.variance[0].sqrt());
                tally.close(z, &theirs["z_first"], || at("z"));
            }
            let no_weight = ours.statistic.is_none().then_some(Difference::NoWeight);
            tally.close_or(no_weight, Some(ours.df as f64), &theirs["df"], || at("df"));
            tally.close_tail(ours.p_value, &theirs["p"], || at("p"));
            let theirs = &theirs["trend"];
            tally.close(trend.map(|trend| trend.z), &theirs["z"], || at("trend z"));
            tally.close(trend.map(|trend| trend.statistic), &theirs["chisq"], || {
                at("trend")
            });
            tally.close_tail(trend.map(|trend| trend.p_value), &theirs["p"], || {
                at("trend p")
            });
        }
    }
    tally.finish(9_000);
}

#[test]
pub fn the_one_step_hazard_ratio_equals_the_formula() {
    let file = expected("log_rank_weighted");
    let mut tally =
        Tally::new("Peto’s one-step hazard ratio", &file, TOLERANCE).against("R", "its formula");
    for case in of_kind(&file, "peto_onestep_HR") {
        let groups = Groups::new(case, case["options"]["strata"].as_str());
        let test = RiskTable::new(&groups.follow_up())
            .unwrap()
            .test(Weight::LogRank);
        let ours = test.one_step_hazard_ratio(0.95);
        let theirs = &case["result"];
        let at = || text(case, "id").to_string();
        tally.close(ours.map(|ours| ours.hazard_ratio), &theirs["hr"], at);
        tally.close(
            ours.map(|ours| ours.hazard_ratio.ln()),
            &theirs["log_hr"],
            at,
        );
        tally.close(ours.map(|ours| ours.log_std_err), &theirs["se"], at);
        tally.close(ours.map(|ours| ours.conf_low), &theirs["lower"], at);
        tally.close(ours.map(|ours| ours.conf_high), &theirs["upper"], at);
    }
    tally.finish(200);
}

#[test]
pub fn corrections_for_several_tests_equal_p_adjust() {
    let file = expected("log_rank_weighted");
    let mut tally = Tally::new(
        "Corrections of Holm, Bonferroni, Hochberg, Hommel, BH, BY",
        &file,
        1e-14,
    )
    .against("R", "p.adjust");
    for case in of_kind(&file, "pairwise") {
        let raw = numbers(&case["result"]["p_raw"]);
        for (name, adjustment) in [
            ("holm", Adjustment::Holm),
            ("bonferroni", Adjustment::Bonferroni),
            ("hochberg", Adjustment::Hochberg),
            ("hommel", Adjustment::Hommel),
            ("BH", Adjustment::BenjaminiHochberg),
            ("BY", Adjustment::BenjaminiYekutieli),
            ("p_raw", Adjustment::None),
        ] {
            for (i, ours) in adjust(&raw, adjustment).into_iter().enumerate() {
                tally.close_tail(ours, &case["result"][name][i], || format!("{name} {i}"));
            }
        }
    }
    tally.finish(200);
}
