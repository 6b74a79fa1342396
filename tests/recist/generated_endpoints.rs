//! Generated courses: the presets against a walk from day to day.

use std::collections::BTreeMap;

use oncurve::math::Rng;
use oncurve::recist::{Course, EndpointSettings, Preset, Problem, TimeEndpoint, derive};

use super::{day, start};

/// A course in days from the start.
#[derive(Debug, Clone, Default)]
struct Days {
    progression: Option<i64>,
    clinical: Option<i64>,
    death: Option<i64>,
    last_contact: Option<i64>,
    therapy: Option<i64>,
    adequate: Vec<i64>,
    no_baseline: bool,
    cut_off: Option<i64>,
    gap: i64,
    count_clinical: bool,
}

fn generate(rng: &mut Rng) -> Days {
    let mut at = 0;
    let mut adequate: Vec<i64> = (0..rng.below(7))
        .map(|_| {
            at += [21, 42, 42, 42, 98, 99, 120][rng.below(7)];
            at
        })
        .collect();
    let some = |rng: &mut Rng, one_in: usize, from: i64, days: usize| {
        (rng.below(one_in) == 0).then(|| from + rng.below(days) as i64)
    };
    let progression = match rng.below(3) {
        0 => adequate.last().copied(),
        1 => None,
        _other => some(rng, 2, 1, 500),
    };
    if let Some(progression) = progression {
        adequate.retain(|&date| date <= progression);
    }
    let last = adequate
        .last()
        .copied()
        .unwrap_or(0)
        .max(progression.unwrap_or(0));
    let death = some(rng, 2, last, 300);
    if let Some(death) = death {
        adequate.retain(|&date| date <= death);
    }
    Days {
        progression,
        clinical: some(rng, 4, 1, 400),
        death,
        last_contact: Some(death.unwrap_or(last + rng.below(200) as i64)),
        therapy: some(rng, 3, 1, 500),
        adequate,
        no_baseline: rng.below(20) == 0,
        cut_off: some(rng, 4, 50, 500),
        gap: [60, 98, 120][rng.below(3)],
        count_clinical: rng.below(2) == 0,
    }
}

fn read(days: &Days) -> Course {
    let on = |date: Option<i64>| date.map(day);
    Course {
        progression: on(days.progression),
        clinical_progression: on(days.clinical),
        death: on(days.death),
        last_contact: on(days.last_contact),
        new_therapy: on(days.therapy),
        adequate: Some(days.adequate.iter().map(|&date| day(date)).collect()),
        no_baseline: days.no_baseline,
        ..Course::from_start(start())
    }
}

/// Lives the course from day to day: time and whether it ends with the event; `None` for a contradiction.
fn walk(days: &Days, preset: Preset, deaths_count: bool) -> Option<(i64, bool)> {
    let horizon = 2_000;
    let end_of_data = days.cut_off.unwrap_or(horizon);
    let counts_clinical = days.count_clinical && preset != Preset::Fda;
    let happened = |date: Option<i64>, today: i64| date == Some(today) && today <= end_of_data;
    let clinical = days.clinical.filter(|_| counts_clinical);
    let first_progression = [days.progression, clinical].into_iter().flatten();
    let progression = first_progression.filter(|&date| date <= end_of_data).min();
    if let (Some(progression), Some(death)) = (progression, days.death)
        && death < progression
    {
        return None;
    }
    if preset != Preset::Plain && days.no_baseline {
        return Some((0, false));
    }
    let mut last_adequate = 0;
    for today in 0..=end_of_data {
        let progressed = happened(progression, today);
        let died = happened(days.death, today);
        let assessed = days.adequate.contains(&today);
        // An assessment on the day of a death or a new therapy was before it; that of the progression
        // is the progression.
        if assessed && !progressed {
            last_adequate = today;
        }
        if progressed || died && deaths_count {
            let gap = today - last_adequate > days.gap;
            return Some(if preset == Preset::Fda && gap {
                (last_adequate, false)
            } else {
                (today, true)
            });
        }
        if died {
            return Some(match preset {
                Preset::Plain => (today, false),
                Preset::Fda | Preset::Ema => (last_adequate, false),
            });
        }
        if preset == Preset::Fda && happened(days.therapy, today) {
            return Some((last_adequate, false));
        }
    }
    if preset != Preset::Plain {
        return Some((last_adequate, false));
    }
    let later = [days.death, days.last_contact, days.progression];
    if later.into_iter().flatten().any(|date| date > end_of_data) {
        return Some((end_of_data, false));
    }
    days.last_contact.map(|date| (date, false))
}

#[test]
fn the_presets_give_what_living_the_course_gives() {
    let mut rng = Rng::new(20_181_201);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..20_000 {
        let days = generate(&mut rng);
        let course = read(&days);
        for preset in [Preset::Fda, Preset::Ema, Preset::Plain] {
            let settings = EndpointSettings {
                preset,
                gap_days: days.gap as u32,
                clinical_progression: days.count_clinical,
                count_first_day: false,
                cut_off: days.cut_off.map(day),
            };
            for (endpoint, deaths_count) in [(TimeEndpoint::Pfs, true), (TimeEndpoint::Ttp, false)]
            {
                let found = derive(&course, endpoint, &settings);
                let case = || format!("{preset:?} {endpoint:?} {days:#?}\n{found:?}");
                match found {
                    Ok(contribution) => {
                        let one = contribution.expect("it concerns everybody");
                        let expected = walk(&days, preset, deaths_count);
                        assert_eq!(Some((one.days, one.event)), expected, "{}", case());
                        let name = format!("{preset:?} {:?}", one.reason);
                        let name = name
                            .split([' ', '{', '('])
                            .take(2)
                            .collect::<Vec<_>>()
                            .join(" ");
                        *reasons.entry(name).or_default() += 1;
                    }
                    Err(Problem::DeathBeforeProgression { .. }) => {
                        assert_eq!(walk(&days, preset, deaths_count), None, "{}", case());
                    }
                    Err(other) => panic!("{other:?}: {}", case()),
                }
            }
        }
    }
    // Every row of the rules decides often.
    assert_eq!(reasons.len(), 8 + 7 + 6, "{reasons:#?}");
    assert!(reasons.values().all(|&n| n > 100), "{reasons:#?}");
}
