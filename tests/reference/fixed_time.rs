//! Differences of survival at fixed times, and survival of those who got to a time, against `survfit`.

use oncurve::stats::{ConfType, FollowUp, conditional_survival, kaplan_meier, survival_difference};

use crate::compare::Tally;
use crate::data::{cases, expected, text};
use crate::log_rank_weighted::Groups;

/// Products of up to 750 factors: rounding.
const TOLERANCE: f64 = 1e-10;

fn scale(name: &str) -> ConfType {
    match name {
        "plain" => ConfType::Plain,
        "log" => ConfType::Log,
        "log-log" => ConfType::LogLog,
        "logit" => ConfType::Logit,
        "arcsin" => ConfType::Arcsine,
        name => panic!("{name}"),
    }
}

#[test]
pub fn survival_at_fixed_times_equals_survfit() {
    let file = expected("fixed_time");
    let mut tally = Tally::new(
        "Difference at a fixed time, conditional survival",
        &file,
        TOLERANCE,
    )
    .against("survival", "survfit");
    for case in cases(&file) {
        let groups = Groups::new(case, None);
        let (time, event) = (&groups.rows.time, &groups.rows.event);
        let number = |field: &str| case[field].as_f64().unwrap();
        let (conf_type, level) = (scale(text(case, "type")), number("level"));
        let at = |part: &str| format!("{} {} {} {part}", case["data"], case["type"], case["at"]);
        if text(case, "kind") == "conditional" {
            let curve = conditional_survival(time, event, number("start"), conf_type, level);
            let ours = curve.unwrap().landmark(number("at"));
            tally.close(ours.survival, &case["surv"], || at("S"));
            tally.close(ours.std_err, &case["err"], || at("error"));
            tally.close(ours.conf_low, &case["lower"], || at("low"));
            tally.close(ours.conf_high, &case["upper"], || at("high"));
            continue;
        }
        let curve = |code: usize| {
            let members = || (0..time.len()).filter(|&i| groups.codes[i] == code);
            let times: Vec<f64> = members().map(|i| time[i]).collect();
            let events: Vec<bool> = members().map(|i| event[i]).collect();
            kaplan_meier(&FollowUp::new(&times, &events).unwrap(), conf_type, level)
        };
        let ours = survival_difference(&curve(0), &curve(1), number("at"), conf_type);
        tally.close(ours.estimate, &case["estimate"], || at("estimate"));
        tally.close(ours.std_err, &case["std_err"], || at("error"));
        tally.close(ours.conf_low, &case["lower"], || at("low"));
        tally.close(ours.conf_high, &case["upper"], || at("high"));
        tally.close_tail(ours.p_value, &case["p"], || at("p"));
    }
    tally.finish(700);
}
