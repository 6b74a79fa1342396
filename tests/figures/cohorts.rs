//! Synthetic cohorts and their outcomes.

use oncurve::analysis::{
    EndpointDefinition, SmallSample, SurvivalArm, SurvivalComparison, SurvivalOptions,
    SurvivalOutcome,
};
use oncurve::cohort::{StartEvent, TimeRules, TimeUnit};
use oncurve::stats::{
    Arrangements, FollowUp, Ties, cox, kaplan_meier, log_rank, median_follow_up,
    permutation_log_rank,
};

/// Follow-up time and event of each patient.
pub type Patients = Vec<(f64, bool)>;

/// The outcome of one group without a name, times in days.
pub fn overall(patients: &Patients, options: SurvivalOptions) -> SurvivalOutcome {
    let arm = arm(None, patients, &options);
    finish(vec![arm.clone()], arm, None, options)
}

/// The outcome of a comparison, times in days.
pub fn compared(groups: &[(&str, Patients)], mut options: SurvivalOptions) -> SurvivalOutcome {
    options.group.get_or_insert_with(|| "Group".to_owned());
    let arms = groups
        .iter()
        .map(|(label, patients)| arm(Some(label), patients, &options))
        .collect();
    let all: Patients = groups
        .iter()
        .flat_map(|(_, patients)| patients.clone())
        .collect();
    let (time, event) = split(&all);
    let group: Vec<usize> = groups
        .iter()
        .enumerate()
        .flat_map(|(index, (_, patients))| vec![index; patients.len()])
        .collect();
    let n = groups.len();
    let covariate: Vec<f64> = group.iter().map(|&index| index as f64).collect();
    let comparison = SurvivalComparison {
        log_rank: log_rank(&time, &event, &group, n),
        small: (all.len() <= 50).then_some(SmallSample::FewPatients),
        permutation: (all.len() <= 50)
            .then(|| {
                permutation_log_rank(
                    &time,
                    &event,
                    &group,
                    n,
                    10_000,
                    1,
                    &mut Arrangements::count,
                )
            })
            .flatten(),
        pairwise: Vec::new(),
        cox: (n == 2)
            .then(|| cox(&time, &event, &[covariate], Ties::Efron, options.conf_level).ok())
            .flatten()
            .map(Box::new),
        curves_cross: false,
    };
    let overall = arm(None, &all, &options);
    finish(arms, overall, Some(comparison), options)
}

fn arm(label: Option<&str>, patients: &Patients, options: &SurvivalOptions) -> SurvivalArm {
    let (time, event) = split(patients);
    let data = FollowUp::new(&time, &event).expect("the cohorts are valid");
    let curve = kaplan_meier(&data, options.conf_type, options.conf_level);
    let n_event = event.iter().filter(|&&event| event).count();
    SurvivalArm {
        label: label.map(str::to_owned),
        n: time.len(),
        n_event,
        n_censor: time.len() - n_event,
        quantiles: [0.25, 0.5, 0.75].map(|p| curve.quantile(p)).to_vec(),
        rates: Vec::new(),
        follow_up: median_follow_up(&data, options.conf_type, options.conf_level),
        curve: curve.into(),
    }
}

fn finish(
    arms: Vec<SurvivalArm>,
    overall: SurvivalArm,
    comparison: Option<SurvivalComparison>,
    options: SurvivalOptions,
) -> SurvivalOutcome {
    SurvivalOutcome {
        options,
        unit: TimeUnit::Days,
        rules: TimeRules::default(),
        arms,
        overall,
        comparison,
        exclusions: Vec::new(),
        empty_groups: Vec::new(),
        definition: EndpointDefinition::Dates {
            start: StartEvent::Treatment,
            cut_off: None,
            deaths_known: true,
        },
    }
}

fn split(patients: &Patients) -> (Vec<f64>, Vec<bool>) {
    patients.iter().copied().unzip()
}

/// Patients with exponential survival of that median and uniform censoring, in whole days; the same on
/// every run.
pub fn exponential(n: usize, median: f64, censor: (f64, f64), seed: u64) -> Patients {
    let mut state = seed;
    let mut uniform = || {
        // Knuth's MMIX generator; the high bits are good enough for a picture.
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        ((state >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    };
    uniform();
    (0..n)
        .map(|_| {
            let event = -uniform().ln() * median / std::f64::consts::LN_2;
            let censored = censor.0 + (censor.1 - censor.0) * uniform();
            (event.min(censored).ceil(), event <= censored)
        })
        .collect()
}

/// The 14 patients of the example cohort: PFS in days by PD-L1.
pub fn fourteen() -> Vec<(&'static str, Patients)> {
    vec![
        (
            "PD-L1 positive",
            vec![
                (815.0, true),
                (231.0, true),
                (635.0, true),
                (396.0, true),
                (159.0, true),
                (371.0, true),
                (646.0, false),
                (343.0, false),
            ],
        ),
        (
            "PD-L1 negative or unknown",
            vec![
                (43.0, true),
                (301.0, true),
                (153.0, true),
                (526.0, true),
                (326.0, true),
                (356.0, true),
            ],
        ),
    ]
}
