//! The rules of censoring, row by row, on dates worked by hand. Times in days from the start.

use chrono::NaiveDate;
use oncurve::recist::Response::{Ne, Pd, Pr, Sd};
use oncurve::recist::TimeEndpoint::{Dor, Idor, Ipfs, Os, Pfs, Pfs2, TimeOnTreatment, Ttp, Ttr};
use oncurve::recist::{
    Course, Custom, End, EndReason, EndpointSettings, Preset, Problem, Response, Settings,
    TimeEndpoint, assess, custom, derive,
};

use super::{day, entered, history, start, sum};

/// Assessments at weeks 6, 12, … as entered, the dates changed by `change`.
fn course(visits: &[(i64, Response)], change: impl FnOnce(&mut Course)) -> Course {
    let visits = visits
        .iter()
        .map(|&(days, response)| entered(days, response));
    let assessment = assess(&history(visits.collect()), &Settings::default());
    let mut course = Course::from_start(start()).with(&assessment);
    change(&mut course);
    course
}

fn by(preset: Preset) -> EndpointSettings {
    EndpointSettings {
        preset,
        ..EndpointSettings::default()
    }
}

/// Days, whether an event, and why.
type Row = (i64, bool, EndReason);

fn row(course: &Course, endpoint: TimeEndpoint, settings: &EndpointSettings) -> Row {
    let found = derive(course, endpoint, settings);
    let contribution = found.expect("it contributes").expect("it is concerned");
    assert_eq!(
        (contribution.end - contribution.start).num_days(),
        contribution.days
    );
    (contribution.days, contribution.event, contribution.reason)
}

/// PFS by the FDA-style and the EMA-style rules.
fn pfs(course: &Course, fda: Row, ema: Row) {
    assert_eq!(row(course, Pfs, &by(Preset::Fda)), fda, "FDA");
    assert_eq!(row(course, Pfs, &by(Preset::Ema)), ema, "EMA");
}

fn on(days: i64) -> Option<NaiveDate> {
    Some(day(days))
}

// ---- PFS: one test a row ----

#[test]
fn no_adequate_baseline_is_censored_at_the_start() {
    let visits = vec![sum(42, 60.0), sum(84, 90.0)];
    let assessment = assess(&history(visits), &Settings::default());
    let mut course = Course::from_start(start()).with(&assessment);
    course.death = on(200);
    let expected = (0, false, EndReason::NoBaseline);
    pfs(&course, expected, expected);
}

#[test]
fn no_assessment_after_the_baseline_and_alive_is_censored_at_the_start() {
    let course = course(&[], |course| course.last_contact = on(300));
    let expected = (0, false, EndReason::NoAssessment);
    pfs(&course, expected, expected);
}

#[test]
fn neither_progression_nor_death_is_censored_at_the_last_adequate_assessment() {
    let course = course(&[(42, Sd), (84, Pr), (126, Ne)], |course| {
        course.last_contact = on(300);
    });
    let expected = (84, false, EndReason::LastAssessment);
    pfs(&course, expected, expected);
}

#[test]
fn a_new_therapy_before_progression_censors_by_the_fda_rules_only() {
    let course = course(&[(42, Sd), (84, Sd), (126, Pd)], |course| {
        course.new_therapy = on(100);
    });
    pfs(
        &course,
        (84, false, EndReason::NewTherapy { on: day(100) }),
        (126, true, EndReason::Progressed),
    );
}

#[test]
fn a_new_therapy_on_the_day_of_an_assessment_or_of_progression_comes_after_it() {
    let visits = [(42, Sd), (84, Sd), (126, Pd)];
    let on_assessment = course(&visits, |course| course.new_therapy = on(84));
    pfs(
        &on_assessment,
        (84, false, EndReason::NewTherapy { on: day(84) }),
        (126, true, EndReason::Progressed),
    );
    let expected = (126, true, EndReason::Progressed);
    let on_progression = course(&visits, |course| course.new_therapy = on(126));
    pfs(&on_progression, expected, expected);
    let later = course(&visits, |course| course.new_therapy = on(130));
    pfs(&later, expected, expected);
}

#[test]
fn a_new_therapy_without_progression_ends_the_assessments_that_count() {
    let course = course(&[(42, Sd), (84, Sd), (126, Sd)], |course| {
        course.new_therapy = on(100);
    });
    pfs(
        &course,
        (84, false, EndReason::NewTherapy { on: day(100) }),
        (126, false, EndReason::LastAssessment),
    );
}

#[test]
fn a_new_therapy_before_any_assessment_censors_at_the_start() {
    let course = course(&[(42, Pd)], |course| course.new_therapy = on(20));
    pfs(
        &course,
        (0, false, EndReason::NewTherapy { on: day(20) }),
        (42, true, EndReason::Progressed),
    );
}

#[test]
fn progression_after_missed_assessments_is_censored_before_them_by_the_fda_rules_only() {
    let course = course(&[(42, Sd), (84, Ne), (141, Pd)], |_| {});
    let gap = EndReason::Gap {
        event: day(141),
        days: 99,
    };
    pfs(
        &course,
        (42, false, gap),
        (141, true, EndReason::Progressed),
    );
}

#[test]
fn fourteen_weeks_are_no_gap() {
    let course = course(&[(42, Sd), (140, Pd)], |_| {});
    let expected = (140, true, EndReason::Progressed);
    pfs(&course, expected, expected);
    let shorter = EndpointSettings {
        gap_days: 97,
        ..EndpointSettings::default()
    };
    let gap = EndReason::Gap {
        event: day(140),
        days: 98,
    };
    assert_eq!(row(&course, Pfs, &shorter), (42, false, gap));
}

#[test]
fn a_gap_that_an_adequate_assessment_closed_does_not_count() {
    let course = course(&[(42, Sd), (200, Sd), (240, Pd)], |_| {});
    let expected = (240, true, EndReason::Progressed);
    pfs(&course, expected, expected);
}

#[test]
fn death_after_missed_assessments_is_censored_before_them_by_the_fda_rules_only() {
    let course = course(&[(42, Sd), (84, Sd)], |course| course.death = on(300));
    let gap = EndReason::Gap {
        event: day(300),
        days: 216,
    };
    pfs(&course, (84, false, gap), (300, true, EndReason::Died));
}

#[test]
fn without_any_assessment_the_gap_runs_from_the_start() {
    let early = course(&[], |course| course.death = on(98));
    let expected = (98, true, EndReason::Died);
    pfs(&early, expected, expected);
    let late = course(&[], |course| course.death = on(99));
    let gap = EndReason::Gap {
        event: day(99),
        days: 99,
    };
    pfs(&late, (0, false, gap), (99, true, EndReason::Died));
}

#[test]
fn documented_progression_is_an_event_on_its_first_date() {
    let course = course(&[(42, Sd), (84, Pd), (126, Pd)], |course| {
        course.death = on(150);
    });
    let expected = (84, true, EndReason::Progressed);
    pfs(&course, expected, expected);
}

#[test]
fn death_of_a_patient_closely_followed_is_an_event() {
    let course = course(&[(42, Sd), (84, Sd)], |course| course.death = on(150));
    let expected = (150, true, EndReason::Died);
    pfs(&course, expected, expected);
}

#[test]
fn clinical_progression_counts_by_the_ema_rules_if_asked_for() {
    let course = course(&[(42, Sd), (84, Sd)], |course| {
        course.clinical_progression = on(100);
        course.last_contact = on(300);
    });
    let expected = (84, false, EndReason::LastAssessment);
    pfs(&course, expected, expected);
    let counting = |preset| EndpointSettings {
        clinical_progression: true,
        ..by(preset)
    };
    assert_eq!(row(&course, Pfs, &counting(Preset::Fda)), expected);
    let event = (100, true, EndReason::ClinicallyProgressed);
    assert_eq!(row(&course, Pfs, &counting(Preset::Ema)), event);
    assert_eq!(row(&course, Pfs, &counting(Preset::Plain)), event);
}

#[test]
fn the_plain_rules_need_no_assessments() {
    let mut plain = Course::from_start(start());
    plain.last_contact = on(300);
    let by_plain = |course: &Course| row(course, Pfs, &by(Preset::Plain));
    assert_eq!(by_plain(&plain), (300, false, EndReason::LastContact));
    plain.death = on(250);
    assert_eq!(by_plain(&plain), (250, true, EndReason::Died));
    plain.progression = on(100);
    plain.new_therapy = on(50);
    assert_eq!(by_plain(&plain), (100, true, EndReason::Progressed));
    let found = derive(&plain, Pfs, &by(Preset::Fda));
    assert_eq!(found, Err(Problem::NoAssessmentDates));
}

// ---- the cut-off and the first day ----

#[test]
fn what_lies_after_the_cut_off_has_not_happened() {
    let course = course(&[(42, Sd), (84, Sd), (126, Pd)], |course| {
        course.death = on(150);
        course.last_contact = on(150);
        course.new_therapy = on(110);
    });
    let cut = |preset| EndpointSettings {
        cut_off: on(100),
        ..by(preset)
    };
    let last = (84, false, EndReason::LastAssessment);
    assert_eq!(row(&course, Pfs, &cut(Preset::Fda)), last);
    assert_eq!(row(&course, Pfs, &cut(Preset::Ema)), last);
    let at_cut_off = (100, false, EndReason::CutOff);
    assert_eq!(row(&course, Pfs, &cut(Preset::Plain)), at_cut_off);
    assert_eq!(row(&course, Os, &cut(Preset::Fda)), at_cut_off);
}

#[test]
fn the_first_day_counts_if_it_is_to() {
    let course = course(&[], |course| course.death = on(50));
    let settings = EndpointSettings {
        count_first_day: true,
        ..EndpointSettings::default()
    };
    let found = derive(&course, Os, &settings).expect("a time");
    assert_eq!(found.expect("a time").days, 51);
}

// ---- the other endpoints ----

#[test]
fn overall_survival_ends_with_death_or_last_contact() {
    let mut patient = Course::from_start(start());
    patient.last_contact = on(300);
    let os = |course: &Course| row(course, Os, &EndpointSettings::default());
    assert_eq!(os(&patient), (300, false, EndReason::LastContact));
    patient.death = on(250);
    assert_eq!(os(&patient), (250, true, EndReason::Died));
}

#[test]
fn time_to_progression_censors_deaths() {
    let course = course(&[(42, Sd), (84, Sd)], |course| course.death = on(100));
    let died = EndReason::DiedWithoutProgression { on: day(100) };
    assert_eq!(row(&course, Ttp, &by(Preset::Fda)), (84, false, died));
    assert_eq!(row(&course, Ttp, &by(Preset::Ema)), (84, false, died));
    assert_eq!(row(&course, Ttp, &by(Preset::Plain)), (100, false, died));
}

#[test]
fn ipfs_ends_with_the_progression_that_counts_by_irecist() {
    let visits = vec![
        sum(-7, 100.0),
        sum(42, 130.0),
        sum(84, 60.0),
        sum(126, 80.0),
    ];
    let assessment = assess(&history(visits), &Settings::default());
    let course = Course::from_start(start()).with(&assessment);
    let by_fda = by(Preset::Fda);
    assert_eq!(
        row(&course, Pfs, &by_fda),
        (42, true, EndReason::Progressed)
    );
    assert_eq!(
        row(&course, Ipfs, &by_fda),
        (126, true, EndReason::Progressed)
    );
    assert_eq!(
        row(&course, Idor, &by_fda),
        (42, true, EndReason::Progressed)
    );
    assert_eq!(derive(&course, Dor, &by_fda), Ok(None));
}

#[test]
fn response_is_timed_for_responders_only() {
    let responder = course(&[(42, Sd), (84, Pr), (126, Pr), (168, Pd)], |_| {});
    let settings = EndpointSettings::default();
    assert_eq!(
        row(&responder, Ttr, &settings),
        (84, true, EndReason::Responded)
    );
    assert_eq!(
        row(&responder, Dor, &settings),
        (84, true, EndReason::Progressed)
    );
    let stable = course(&[(42, Sd)], |_| {});
    assert_eq!(derive(&stable, Ttr, &settings), Ok(None));
    assert_eq!(derive(&stable, Dor, &settings), Ok(None));
}

#[test]
fn duration_of_response_is_censored_like_pfs() {
    let course = course(&[(42, Pr), (84, Pr), (126, Sd)], |course| {
        course.new_therapy = on(100);
    });
    let therapy = EndReason::NewTherapy { on: day(100) };
    assert_eq!(row(&course, Dor, &by(Preset::Fda)), (42, false, therapy));
    let last = (84, false, EndReason::LastAssessment);
    assert_eq!(row(&course, Dor, &by(Preset::Ema)), last);
}

#[test]
fn a_response_after_a_new_therapy_has_no_duration_by_the_fda_rules() {
    let course = course(&[(42, Sd), (84, Pr)], |course| course.new_therapy = on(50));
    let expected = Problem::ResponseAfterEnd {
        response: day(84),
        end: day(42),
    };
    assert_eq!(derive(&course, Dor, &by(Preset::Fda)), Err(expected));
    let last = (0, false, EndReason::LastAssessment);
    assert_eq!(row(&course, Dor, &by(Preset::Ema)), last);
}

#[test]
fn pfs2_ends_with_the_progression_on_the_next_therapy() {
    let mut patient = Course::from_start(start());
    patient.progression = on(100);
    patient.last_contact = on(400);
    let settings = EndpointSettings::default();
    let second = |course: &Course| derive(course, Pfs2, &settings);
    assert_eq!(
        row(&patient, Pfs2, &settings),
        (400, false, EndReason::LastContact)
    );
    patient.second_progression = on(250);
    assert_eq!(
        row(&patient, Pfs2, &settings),
        (250, true, EndReason::SecondProgression)
    );
    patient.second_progression = on(90);
    let problem = Problem::SecondBeforeFirst {
        second: day(90),
        first: day(100),
    };
    assert_eq!(second(&patient), Err(problem));
    patient.second_progression = None;
    patient.death = on(300);
    assert_eq!(row(&patient, Pfs2, &settings), (300, true, EndReason::Died));
}

#[test]
fn time_on_treatment_ends_with_treatment_or_death() {
    let mut patient = Course::from_start(start());
    patient.last_contact = on(400);
    let settings = EndpointSettings::default();
    let ends = |course: &Course| row(course, TimeOnTreatment, &settings);
    assert_eq!(ends(&patient), (400, false, EndReason::LastContact));
    patient.treatment_end = on(120);
    assert_eq!(ends(&patient), (120, true, EndReason::TreatmentEnded));
    let cut = EndpointSettings {
        cut_off: on(100),
        ..settings
    };
    assert_eq!(
        row(&patient, TimeOnTreatment, &cut),
        (100, false, EndReason::CutOff)
    );
    patient.death = on(90);
    assert_eq!(ends(&patient), (90, true, EndReason::Died));
    assert_eq!(
        row(&patient, TimeOnTreatment, &cut),
        (90, true, EndReason::Died)
    );
    patient.treatment_end = None;
    assert_eq!(ends(&patient), (90, true, EndReason::Died));
}

#[test]
fn an_endpoint_of_ones_own_takes_the_first_event_and_the_first_censoring_before_it() {
    let own = Custom {
        start: start(),
        events: vec![None, on(200), on(150)],
        censoring: vec![on(160)],
        last_contact: on(400),
    };
    let settings = EndpointSettings::default();
    let of = |own: &Custom| {
        let found = custom(own, &settings).expect("it contributes");
        (found.days, found.event, found.reason)
    };
    assert_eq!(of(&own), (150, true, EndReason::Event { place: 2 }));
    let transplanted = Custom {
        censoring: vec![None, on(149)],
        ..own.clone()
    };
    let censored = (149, false, EndReason::Censored { place: 1 });
    assert_eq!(of(&transplanted), censored);
    let same_day = Custom {
        censoring: vec![on(150)],
        ..own.clone()
    };
    assert_eq!(of(&same_day), (150, true, EndReason::Event { place: 2 }));
    let without = Custom {
        events: vec![],
        censoring: vec![],
        ..own.clone()
    };
    assert_eq!(of(&without), (400, false, EndReason::LastContact));
    let early = Custom {
        events: vec![on(-3)],
        ..own
    };
    let problem = Problem::BeforeStart {
        end: End::Own,
        on: day(-3),
        start: start(),
    };
    assert_eq!(custom(&early, &settings), Err(problem));
}

// ---- contradictions ----

#[test]
fn dates_that_contradict_each_other_are_problems() {
    let problem = |endpoint, change: fn(&mut Course)| {
        let mut patient = Course::from_start(start());
        patient.adequate = Some(Vec::new());
        patient.last_contact = on(400);
        change(&mut patient);
        derive(&patient, endpoint, &by(Preset::Ema)).expect_err("a problem")
    };
    let before_start = |end, days| Problem::BeforeStart {
        end,
        on: day(days),
        start: start(),
    };
    assert_eq!(
        problem(Os, |course| course.death = on(-1)),
        before_start(End::Death, -1)
    );
    assert_eq!(
        problem(Pfs, |course| course.progression = on(-2)),
        before_start(End::Progression, -2)
    );
    assert_eq!(
        problem(Os, |course| course.last_contact = on(-3)),
        before_start(End::LastContact, -3)
    );
    assert_eq!(
        problem(TimeOnTreatment, |course| course.treatment_end = on(-4)),
        before_start(End::Treatment, -4)
    );
    assert_eq!(
        problem(Ttr, |course| course.response = on(-5)),
        before_start(End::Response, -5)
    );
    assert_eq!(
        problem(Os, |course| course.last_contact = None),
        Problem::NoLastContact
    );
    let death_first = |course: &mut Course| {
        course.progression = on(100);
        course.death = on(90);
    };
    let expected = Problem::DeathBeforeProgression {
        death: day(90),
        progression: day(100),
    };
    assert_eq!(problem(Pfs, death_first), expected);
    assert_eq!(problem(Ttp, death_first), expected);

    let mut patient = Course::from_start(start());
    patient.last_contact = on(400);
    let cut = EndpointSettings {
        cut_off: on(-1),
        ..by(Preset::Plain)
    };
    let expected = Problem::StartAfterCutOff {
        start: start(),
        cut_off: day(-1),
    };
    assert_eq!(derive(&patient, Os, &cut), Err(expected));
}

#[test]
fn death_and_progression_on_one_day_is_progression() {
    let course = course(&[(42, Sd), (84, Pd)], |course| course.death = on(84));
    let expected = (84, true, EndReason::Progressed);
    pfs(&course, expected, expected);
}
