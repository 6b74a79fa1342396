//! RECIST 1.1, iRECIST and the endpoints: published tables, public fixtures, and generated histories
//! against an implementation straight from the definitions (`slow.rs`).

mod admiralonco;
mod clarifications;
mod endpoints;
mod generated;
mod generated_endpoints;
mod irecist;
mod order;
mod slow;
mod tables;

use chrono::{Days, NaiveDate};
use oncurve::recist::{
    Assessment, History, IResponse, LesionState, Measurement, NonTarget, Response, Settings, Visit,
    assess,
};

/// The start of every history here.
fn start() -> NaiveDate {
    date("2024-01-15")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The date so many days after the start.
fn day(days: i64) -> NaiveDate {
    let whole = Days::new(days.unsigned_abs());
    if days < 0 {
        start() - whole
    } else {
        start() + whole
    }
}

fn history(visits: Vec<Visit>) -> History {
    History {
        start: start(),
        lesions: Vec::new(),
        visits,
        new_therapy: None,
    }
}

/// An assessment with the sum of the targets.
fn sum(days: i64, mm: f64) -> Visit {
    Visit {
        sum_mm: Some(mm),
        ..Visit::on(day(days))
    }
}

/// A lesion of that size.
fn mm(lesion: usize, diameter: f64) -> Measurement {
    Measurement {
        lesion,
        diameter_mm: Some(diameter),
        state: LesionState::Present,
    }
}

/// A lesion without a size.
fn said(lesion: usize, state: LesionState) -> Measurement {
    Measurement {
        lesion,
        diameter_mm: None,
        state,
    }
}

/// An assessment of which only the overall response is known.
fn entered(days: i64, response: Response) -> Visit {
    Visit {
        investigator: Some(response),
        ..Visit::on(day(days))
    }
}

/// The same with a response of the non-target lesions.
fn with(visit: Visit, non_target: NonTarget) -> Visit {
    Visit {
        non_target,
        ..visit
    }
}

/// The same with a new lesion.
fn with_new(visit: Visit) -> Visit {
    Visit {
        new_lesion: true,
        ..visit
    }
}

/// Sums every six weeks, the first at the baseline.
fn sums(sums: &[f64]) -> Assessment {
    let visits = (sums.iter().zip(0..))
        .map(|(&mm, place)| sum(if place == 0 { -7 } else { 42 * place }, mm))
        .collect();
    assess(&history(visits), &Settings::default())
}

fn overall(assessment: &Assessment) -> Vec<Response> {
    (assessment.timepoints.iter())
        .map(|point| point.overall)
        .collect()
}

fn immune(assessment: &Assessment) -> Vec<IResponse> {
    (assessment.timepoints.iter())
        .map(|point| point.irecist)
        .collect()
}
