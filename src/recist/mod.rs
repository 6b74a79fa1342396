//! Tumour measurements and calls at visits into responses: RECIST 1.1, iRECIST and the endpoints that
//! rest on them. Pure rules on one patient; nothing here knows tables, columns or words.
//!
//! | from | to | by |
//! |---|---|---|
//! | [`History`] + [`Settings`] | [`Assessment`]: a [`Timepoint`] a visit, best responses, dates | [`assess`] |
//! | [`Course`] + [`TimeEndpoint`] + [`EndpointSettings`] | [`Contribution`] or [`Problem`] | [`derive()`] |
//!
//! What is unusual is a [`Warning`] with its facts and changes nothing silently; every result carries its
//! reason with the numbers and dates that decided.

mod best_response;
mod censoring;
mod endpoint;
mod history;
mod irecist;
mod lesion;
mod measurable;
mod own_endpoint;
mod response;
mod target;
mod visit;
mod warning;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use best_response::{Best, BestReason, Confirmation};
pub use censoring::derive;
pub use endpoint::{
    Contribution, Course, End, EndReason, EndpointSettings, Preset, Problem, TimeEndpoint,
};
pub use history::{Baseline, History};
pub use irecist::{Confirmed, IReason, ImmuneSettings};
pub use lesion::{Lesion, LesionKind, LesionState, Measurement};
pub use own_endpoint::{Custom, custom};
pub use response::{BestResponse, IBestResponse, IResponse, NonTarget, Response, TargetResponse};
pub use visit::{Further, Growth, Reason, Visit};
pub use warning::Warning;

use best_response::{Call, best_response, favourable, first_response, not_evaluable};
use history::order;
use irecist::Tracker;
use target::Past;
use visit::{Frame, Seen};

/// The settings of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", default)]
pub struct Settings {
    /// The baseline lies at most so many days before the start; `None` for no limit.
    pub baseline_window: Option<u32>,
    /// The baseline may lie so many days after the start.
    pub baseline_grace: u32,
    /// What CR and PR need to be confirmed; `None` if they need nothing.
    pub confirmation: Option<Confirmation>,
    /// SD and non-CR/non-PD count from so many days after the start on.
    pub minimum_stable: u32,
    /// Whether only assessments up to the day of a new anticancer therapy count for the best response.
    pub before_new_therapy: bool,
    /// The settings of iRECIST.
    pub immune: ImmuneSettings,
}

impl Default for Settings {
    /// No confirmation; SD from 42 days on; a baseline at most four weeks before the start
    /// (Eisenhauer 2009, 3.2).
    fn default() -> Self {
        Self {
            baseline_window: Some(28),
            baseline_grace: 0,
            confirmation: None,
            minimum_stable: 42,
            before_new_therapy: false,
            immune: ImmuneSettings::default(),
        }
    }
}

/// One assessment after the baseline, with its responses and why. Sums in mm, changes as fractions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timepoint {
    /// Date of the assessment.
    pub date: NaiveDate,
    /// Place among [`History::visits`].
    pub visit: usize,
    /// Sum of the target lesions; `None` unless all were assessed.
    pub sum: Option<f64>,
    /// Smallest sum before, the baseline included.
    pub nadir: Option<f64>,
    /// −0.31 where the sum is 31 % below the baseline.
    pub change_from_baseline: Option<f64>,
    /// The change from `nadir`; `None` from 0.
    pub change_from_nadir: Option<f64>,
    /// Response of the target lesions.
    pub target: TargetResponse,
    /// Response of the non-target lesions.
    pub non_target: NonTarget,
    /// Whether a new lesion is seen.
    pub new_lesion: bool,
    /// Overall response by RECIST 1.1. After the first PD the table goes on to be applied.
    pub overall: Response,
    /// Response by iRECIST.
    pub irecist: IResponse,
    /// Why `overall` is what it is.
    pub reason: Reason,
    /// Why `irecist` is what it is.
    pub irecist_reason: IReason,
    /// The overall response as entered.
    pub investigator: Option<Response>,
}

/// The largest shrinkage, or the smallest growth, of the targets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Depth {
    /// Date of the assessment.
    pub date: NaiveDate,
    /// Change from the baseline as a fraction; negative for shrinkage.
    pub change: f64,
}

/// What the assessments of a patient come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment {
    /// What the changes are counted from.
    pub baseline: Baseline,
    /// The assessments after the baseline, one a date, in order.
    pub timepoints: Vec<Timepoint>,
    /// Best overall response by RECIST 1.1.
    pub best_response: Best<BestResponse>,
    /// Best overall response by iRECIST.
    pub irecist_best_response: Best<IBestResponse>,
    /// Date of the first PD.
    pub progression: Option<NaiveDate>,
    /// Date of the progression that counts by iRECIST.
    pub ipfs_date: Option<NaiveDate>,
    /// Date of the first CR or PR, the one confirmed later where confirmation is asked for.
    pub first_response: Option<NaiveDate>,
    /// When it was confirmed, where confirmation is asked for.
    pub response_confirmed: Option<NaiveDate>,
    /// Date of the first iCR or iPR, likewise.
    pub first_iresponse: Option<NaiveDate>,
    /// The best change among the assessments that count for the best response.
    pub depth: Option<Depth>,
    /// The same by iRECIST: among the assessments up to iCPD, by the same setting of new anticancer therapies.
    ///
    /// **Source.** An unconfirmed progression does not end the best response by iRECIST (Seymour et al. 2017, "Best
    /// overall response").
    pub irecist_depth: Option<Depth>,
    /// Days from the start to PD, or to the last adequate assessment without PD; `None` without either.
    /// Whether SD lasted long enough for clinical benefit is judged by it.
    pub stable_days: Option<i64>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
}

/// Judges the assessments of one patient by RECIST 1.1 and iRECIST.
///
/// **Conventions.** Assessments are sorted by date; of two on one date the worse response counts
/// (PD > non-CR/non-PD > SD > PR > CR > NE; of equal ones the larger sum). The baseline is the latest
/// assessment with a sum in the window of the settings; assessments before it are ignored. Without a
/// baseline sum, targets are NE, while non-target progression and new lesions still make PD.
/// **Source.** Eisenhauer et al. (2009), Eur J Cancer 45:228; Seymour et al. (2017), Lancet Oncol 18:e143;
/// clarifications of the RECIST working group (recist.eortc.org; Schwartz et al. 2016, Eur J Cancer 62:132).
/// **Checked against** the published tables, the clarifications' examples and, on generated histories, an
/// independent implementation in `tests/recist/`.
pub fn assess(history: &History, settings: &Settings) -> Assessment {
    let ordered = order(history, settings);
    let (frame, mut warnings) = (ordered.frame, ordered.warnings);
    let mut past = Past {
        nadir: frame.baseline,
        ..Past::default()
    };
    let mut tracker = Tracker::new(frame.lesions, settings.immune);
    let mut timepoints: Vec<Timepoint> = Vec::with_capacity(ordered.after.len());
    let same_date = |a: &usize, b: &usize| history.visits[*a].date == history.visits[*b].date;
    for visits in ordered.after.chunk_by(same_date) {
        let (visit, seen, next) = worst(history, &frame, visits, &past, &mut warnings);
        past = next;
        let (irecist, irecist_reason) = tracker.step(&history.visits[visit], &seen);
        let point = timepoint(history, visit, &frame, &seen);
        if let Some(investigator) = point.investigator.filter(|_| !seen.entered)
            && investigator != point.overall
        {
            warnings.push(Warning::Discrepancy {
                date: point.date,
                investigator,
                computed: point.overall,
            });
        }
        timepoints.push(Timepoint {
            irecist,
            irecist_reason,
            ..point
        });
    }
    warnings.extend(disease_after_complete(&timepoints));
    conclude(
        history,
        settings,
        ordered.baseline,
        timepoints,
        &tracker,
        warnings,
    )
}

/// Of the assessments on one date the one with the worst response.
fn worst(
    history: &History,
    frame: &Frame,
    visits: &[usize],
    past: &Past,
    warnings: &mut Vec<Warning>,
) -> (usize, Seen, Past) {
    let see = |index: usize| {
        let (seen, next) = frame.see(&history.visits[index], past);
        (index, seen, next)
    };
    let mut worst = see(visits[0]);
    for &index in &visits[1..] {
        let date = history.visits[index].date;
        if history.visits[index] == history.visits[worst.0] {
            warnings.push(Warning::Duplicate { date });
            continue;
        }
        let other = see(index);
        let rank =
            |(_, seen, _): &(usize, Seen, Past)| (seen.overall.rank_on_one_date(), seen.whole);
        let (kept, dropped) = if rank(&other) > rank(&worst) {
            (other, worst)
        } else {
            (worst, other)
        };
        warnings.push(Warning::SameDate {
            date,
            kept: kept.1.overall,
            dropped: dropped.1.overall,
        });
        worst = kept;
    }
    worst
}

fn timepoint(history: &History, index: usize, frame: &Frame, seen: &Seen) -> Timepoint {
    let visit = &history.visits[index];
    Timepoint {
        date: visit.date,
        visit: index,
        sum: seen.whole.map(|sum| sum.mm()),
        nadir: seen.nadir.map(|nadir| nadir.mm()),
        change_from_baseline: seen
            .whole
            .zip(frame.baseline)
            .and_then(|(sum, from)| sum.change_from(from)),
        change_from_nadir: seen
            .whole
            .zip(seen.nadir)
            .and_then(|(sum, from)| sum.change_from(from)),
        target: seen.target,
        non_target: seen.non_target,
        new_lesion: seen.new_lesion,
        overall: seen.overall,
        irecist: IResponse::from(seen.overall),
        reason: seen.reason,
        irecist_reason: IReason::AsRecist,
        investigator: visit.investigator,
    }
}

/// The first disease that was entered after a CR: by the rules it is PD.
fn disease_after_complete(timepoints: &[Timepoint]) -> Option<Warning> {
    let until_progression = (timepoints.iter()).take_while(|point| point.overall != Response::Pd);
    let mut from_complete = until_progression.skip_while(|point| point.overall != Response::Cr);
    let complete = from_complete.next()?.date;
    let point = from_complete.find(|point| {
        matches!(
            point.overall,
            Response::Pr | Response::Sd | Response::NonCrNonPd
        )
    })?;
    Some(Warning::DiseaseAfterComplete {
        complete,
        date: point.date,
        response: point.overall,
    })
}

/// Best responses and dates.
fn conclude(
    history: &History,
    settings: &Settings,
    baseline: Baseline,
    timepoints: Vec<Timepoint>,
    tracker: &Tracker,
    warnings: Vec<Warning>,
) -> Assessment {
    let first_pd = timepoints
        .iter()
        .position(|point| point.overall == Response::Pd);
    let progression = first_pd.map(|place| timepoints[place].date);
    let through = |last: Option<usize>| {
        let counted = &timepoints[..last.map_or(timepoints.len(), |place| place + 1)];
        let limit = history.new_therapy.filter(|_| settings.before_new_therapy);
        let before = counted.partition_point(|point| limit.is_none_or(|limit| point.date <= limit));
        &counted[..before]
    };
    let counted = through(first_pd);
    let calls: Vec<Call> = counted
        .iter()
        .map(|point| call(point, point.overall))
        .collect();
    let confirmed = timepoints
        .iter()
        .position(|point| point.irecist == IResponse::Icpd);
    let icounted = through(confirmed);
    let icalls: Vec<Call> = (icounted.iter())
        .map(|point| call(point, Response::from(point.irecist)))
        .collect();
    let response = first_response(&calls, settings);
    let last_adequate = || (timepoints.iter().rev()).find(|point| point.overall.is_adequate());
    let stable_until = progression.or_else(|| last_adequate().map(|point| point.date));
    Assessment {
        baseline,
        best_response: best_response(&calls, history.start, settings),
        irecist_best_response: irecist_best(icounted, &icalls, history.start, settings),
        progression,
        ipfs_date: tracker.progression(),
        first_response: response.map(|(date, _)| date),
        response_confirmed: response.and_then(|(_, confirmed)| confirmed),
        first_iresponse: first_response(&icalls, settings).map(|(date, _)| date),
        depth: deepest(counted.iter()),
        irecist_depth: deepest(icounted.iter()),
        stable_days: stable_until.map(|date| (date - history.start).num_days()),
        timepoints,
        warnings,
    }
}

/// The best change of some assessments.
fn deepest<'a>(points: impl Iterator<Item = &'a Timepoint>) -> Option<Depth> {
    points
        .filter_map(|point| Some((point.date, point.change_from_baseline?)))
        .min_by(|(_, a), (_, b)| a.total_cmp(b))
        .map(|(date, change)| Depth { date, change })
}

fn call(point: &Timepoint, response: Response) -> Call {
    Call {
        date: point.date,
        response,
    }
}

/// The best of iCR > iPR > iSD > non-iCR/non-iUPD up to iCPD, even after an iUPD; else iCPD, iUPD, NE.
///
/// The settings of confirmation and of the minimum duration of SD hold as for RECIST 1.1.
/// **Source.** Seymour et al. (2017), table 3.
fn irecist_best(
    points: &[Timepoint],
    calls: &[Call],
    start: NaiveDate,
    settings: &Settings,
) -> Best<IBestResponse> {
    if let Some(best) = favourable(calls, start, settings) {
        return Best {
            response: match best.response {
                BestResponse::Cr => IBestResponse::Icr,
                BestResponse::Pr => IBestResponse::Ipr,
                BestResponse::Sd => IBestResponse::Isd,
                BestResponse::NonCrNonPd => IBestResponse::NonIcrNonIupd,
                BestResponse::Pd => IBestResponse::Iupd,
                BestResponse::Ne => IBestResponse::Ne,
                BestResponse::Missing => IBestResponse::Missing,
            },
            date: best.date,
            reason: best.reason,
        };
    }
    let first = |response| points.iter().find(|point| point.irecist == response);
    for (response, best) in [
        (IResponse::Icpd, IBestResponse::Icpd),
        (IResponse::Iupd, IBestResponse::Iupd),
    ] {
        if let Some(point) = first(response) {
            return Best {
                response: best,
                date: Some(point.date),
                reason: BestReason::Progressed,
            };
        }
    }
    not_evaluable(calls, IBestResponse::Ne, IBestResponse::Missing)
}

impl Assessment {
    /// Whether the patient benefits clinically: CR, PR, or SD that lasts at least so many days (24 weeks
    /// are 168).
    ///
    /// **Source.** The duration of SD runs from the start until the criteria of PD are met
    /// (Eisenhauer 2009, 4.7.2).
    pub fn has_clinical_benefit(&self, days: u32) -> bool {
        match self.best_response.response {
            BestResponse::Cr | BestResponse::Pr => true,
            BestResponse::Sd => self
                .stable_days
                .is_some_and(|lasted| lasted >= i64::from(days)),
            BestResponse::NonCrNonPd
            | BestResponse::Pd
            | BestResponse::Ne
            | BestResponse::Missing => false,
        }
    }

    /// Dates of the assessments that say something, in order.
    pub fn adequate_dates(&self) -> Vec<NaiveDate> {
        (self.timepoints.iter())
            .filter(|point| point.overall.is_adequate())
            .map(|point| point.date)
            .collect()
    }
}
