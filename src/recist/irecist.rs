//! iRECIST: progression that has to be confirmed, and what undoes it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::lesion::{Length, Lesion, LesionKind, LesionState};
use super::measurable::selected;
use super::response::{IResponse, Response};
use super::target::measured;
use super::visit::{Seen, Visit};

/// The settings of iRECIST.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", default)]
pub struct ImmuneSettings {
    /// Growth confirms from so many days after the unconfirmed progression on.
    pub confirm_after: u32,
    /// So many days earlier are let through.
    pub tolerance: u32,
    /// Whether a column "new lesion" that says yes again means another new lesion. Otherwise it is the
    /// same one, still seen.
    pub repeated_flag_is_another: bool,
}

impl Default for ImmuneSettings {
    fn default() -> Self {
        Self {
            confirm_after: 28,
            tolerance: 2,
            repeated_flag_is_another: false,
        }
    }
}

/// What confirmed a progression. Sums in mm.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Confirmed {
    /// The targets made the unconfirmed progression, and have grown by at least 5 mm since: from, to.
    pub targets: Option<(f64, f64)>,
    /// Non-target disease made it, and has grown further.
    pub non_target: bool,
    /// The new lesions that are measured have grown by at least 5 mm: from, to.
    pub new_targets: Option<(f64, f64)>,
    /// A new lesion that is no target has grown.
    pub new_non_target: bool,
    /// Another new lesion, or the first one.
    pub another_new_lesion: bool,
    /// The targets progress by RECIST 1.1, which they did not before.
    pub targets_now: bool,
    /// Non-target disease progresses by RECIST 1.1, which it did not before.
    pub non_target_now: bool,
    /// New lesions seen before progress by RECIST 1.1, which they did not before.
    pub new_lesions_now: bool,
    /// The file says so.
    pub entered: bool,
}

impl Confirmed {
    fn any(&self) -> bool {
        *self != Self::default()
    }
}

/// Why an assessment has its response by iRECIST.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum IReason {
    /// As by RECIST 1.1.
    AsRecist,
    /// Better than at the new lesion, which is still seen: the bar is reset.
    NewLesionPersists,
    /// Progression for the first time since the start or since the bar was reset.
    FirstProgression,
    /// No further growth since the unconfirmed progression.
    Unchanged {
        /// Its date.
        since: NaiveDate,
    },
    /// Further growth, but too soon after the unconfirmed progression to confirm it.
    TooSoon {
        /// Its date.
        since: NaiveDate,
        /// Days since.
        days: i64,
    },
    /// Shrinkage after an unconfirmed progression: the next progression is a new one.
    Reset {
        /// Date of the progression that does not count.
        since: NaiveDate,
    },
    /// Confirmed.
    Confirmed {
        /// Date of the first unconfirmed progression.
        since: NaiveDate,
        /// By what.
        by: Confirmed,
    },
    /// Progression was confirmed before.
    AfterConfirmed {
        /// When it was.
        on: NaiveDate,
    },
    /// The response as entered: nothing else is known.
    Entered,
}

/// The new lesions that were seen when a progression was first called.
#[derive(Debug, Clone, Default)]
struct NewLesions {
    /// Those measured: at most five, two an organ, and their sum.
    targets: Vec<usize>,
    sum: Option<Length>,
    /// The others, with their size where it is known.
    others: Vec<(usize, Option<Length>)>,
}

/// An unconfirmed progression that is neither confirmed nor undone yet.
#[derive(Debug, Clone)]
struct Open {
    since: NaiveDate,
    /// Which category made it. One that was entered may be any.
    target: bool,
    non_target: bool,
    new_lesion: bool,
    /// The first sum of all targets in the block.
    sum: Option<Length>,
    base: Response,
}

/// What an assessment says of the new lesions.
#[derive(Debug, Clone, Copy)]
struct NewNow {
    /// One is seen, or was and has not been seen gone.
    present: bool,
    /// One is seen that was not there at the assessment before.
    appeared: bool,
    /// Those seen before progress by RECIST 1.1.
    progressed: bool,
    /// Those measured have grown by 5 mm since the unconfirmed progression: from, to.
    targets: Option<(f64, f64)>,
    /// One of the others has grown since.
    others: bool,
}

/// Follows a patient from assessment to assessment.
///
/// **Conventions.** What confirms is measured from the first unconfirmed progression of a block, so that
/// growth in steps adds up. Targets are judged by RECIST 1.1, progression from the smallest sum first:
/// a sum 30 % below the baseline that still is 20 % above the smallest one remains iUPD. A new lesion
/// that persists does not preclude iSD, iPR (iCR only once it is gone) when the lesions of the baseline
/// have a better response than at the unconfirmed progression; otherwise the assessment remains iUPD.
/// **Source.** Seymour et al. (2017), Lancet Oncol 18:e143, table 2 and "Assigning response"; RECIST
/// working group, questions and clarifications on iRECIST (scans before four weeks; how new lesions
/// define progression; response after new lesions; progression driven by non-target disease).
#[derive(Debug, Clone)]
pub(super) struct Tracker<'a> {
    lesions: &'a [Lesion],
    settings: ImmuneSettings,
    open: Option<Open>,
    confirmed: Option<NaiveDate>,
    /// New lesions believed present.
    present: Vec<usize>,
    /// Whether new lesions were said to be present without being listed.
    flagged: bool,
    new: NewLesions,
    /// Smallest sum of the measured new lesions since they were chosen.
    new_nadir: Option<Length>,
}

impl<'a> Tracker<'a> {
    pub fn new(lesions: &'a [Lesion], settings: ImmuneSettings) -> Self {
        Self {
            lesions,
            settings,
            open: None,
            confirmed: None,
            present: Vec::new(),
            flagged: false,
            new: NewLesions::default(),
            new_nadir: None,
        }
    }

    /// The date of the progression that counts for iPFS: the first iUPD of the block that ends in iCPD,
    /// or of a block that nothing undid.
    pub fn progression(&self) -> Option<NaiveDate> {
        self.open.as_ref().map(|open| open.since)
    }

    /// The response at the next assessment.
    pub fn step(&mut self, visit: &Visit, seen: &Seen) -> (IResponse, IReason) {
        if let Some(on) = self.confirmed {
            return (IResponse::Icpd, IReason::AfterConfirmed { on });
        }
        if let (true, Some(response)) = (seen.entered, visit.investigator_irecist) {
            return self.step_entered(visit.date, seen, response);
        }
        let new = self.look(visit, seen);
        match self.open.take() {
            None => self.step_before(visit, seen, new),
            Some(open) => self.step_after(open, visit, seen, new),
        }
    }

    /// No unconfirmed progression is open.
    fn step_before(&mut self, visit: &Visit, seen: &Seen, new: NewNow) -> (IResponse, IReason) {
        let new_lesion = new.appeared || new.progressed;
        if new_lesion || seen.base == Response::Pd {
            self.open(visit, seen, new_lesion);
            return (IResponse::Iupd, IReason::FirstProgression);
        }
        let reason = if new.present {
            IReason::NewLesionPersists
        } else {
            IReason::AsRecist
        };
        (without_complete(seen.base, new.present), reason)
    }

    /// An unconfirmed progression is open.
    fn step_after(
        &mut self,
        open: Open,
        visit: &Visit,
        seen: &Seen,
        new: NewNow,
    ) -> (IResponse, IReason) {
        let since = open.since;
        let days = (visit.date - since).num_days();
        let by = growth(&open, visit, seen, new);
        let from = i64::from(self.settings.confirm_after) - i64::from(self.settings.tolerance);
        let (response, reason) = if by.another_new_lesion || (by.any() && days >= from) {
            self.confirmed = Some(visit.date);
            (IResponse::Icpd, IReason::Confirmed { since, by })
        } else if by.any() {
            (IResponse::Iupd, IReason::TooSoon { since, days })
        } else if seen.base == Response::Ne && !new.present {
            (IResponse::Ne, IReason::AsRecist)
        } else if seen.base != Response::Pd && (!new.present || is_better(seen.base, open.base)) {
            let response = without_complete(seen.base, new.present);
            return (response, IReason::Reset { since });
        } else {
            (IResponse::Iupd, IReason::Unchanged { since })
        };
        let sum = open.sum.or(seen.whole);
        self.open = Some(Open { sum, ..open });
        (response, reason)
    }

    fn step_entered(
        &mut self,
        date: NaiveDate,
        seen: &Seen,
        response: IResponse,
    ) -> (IResponse, IReason) {
        match response {
            IResponse::Iupd | IResponse::Icpd => {
                self.open.get_or_insert(Open {
                    since: date,
                    target: true,
                    non_target: true,
                    new_lesion: true,
                    sum: None,
                    base: seen.base,
                });
                if response == IResponse::Icpd {
                    self.confirmed = Some(date);
                }
            }
            IResponse::Icr | IResponse::Ipr | IResponse::Isd | IResponse::NonIcrNonIupd => {
                self.open = None;
            }
            IResponse::Ne => {}
        }
        (response, IReason::Entered)
    }

    /// Begins a block, and chooses the new lesions whose growth is followed in it.
    fn open(&mut self, visit: &Visit, seen: &Seen, new_lesion: bool) {
        let size = |index: usize| {
            let lesion = &self.lesions[index];
            measured(visit, lesion, index)
                .0
                .and_then(|measurement| lesion.size(measurement))
        };
        let mut large: Vec<(Length, usize)> = (self.present.iter())
            .filter_map(|&index| Some((size(index)?, index)))
            .filter(|&(size, index)| size >= self.lesions[index].measurable())
            .collect();
        large.sort_by_key(|&(size, index)| (std::cmp::Reverse(size), index));
        let targets = selected(self.lesions, large.iter().map(|(_, index)| index));
        let sum = (targets.iter().filter_map(|&index| size(index))).reduce(|a, b| a + b);
        self.new = NewLesions {
            others: (self.present.iter())
                .filter(|index| !targets.contains(index))
                .map(|&index| (index, size(index)))
                .collect(),
            sum: sum.or(stated_sum(visit)),
            targets,
        };
        self.new_nadir = self.new.sum;
        self.open = Some(Open {
            since: visit.date,
            target: seen.entered || seen.target == super::TargetResponse::Pd,
            non_target: seen.entered || seen.non_target_progressed,
            new_lesion: seen.entered || new_lesion,
            sum: seen.whole,
            base: seen.base,
        });
    }

    /// Brings the new lesions up to date.
    fn look(&mut self, visit: &Visit, seen: &Seen) -> NewNow {
        let (mut appeared, mut others) = (false, visit.further.new_lesion);
        let mut progressed = visit.further.new_lesion;
        let mut listed = false;
        for (index, lesion) in self.lesions.iter().enumerate() {
            if lesion.kind != LesionKind::New {
                continue;
            }
            let (Some(measurement), _) = measured(visit, lesion, index) else {
                continue;
            };
            let was = self.present.contains(&index);
            match lesion.is_seen(measurement) {
                Some(true) if !was => {
                    self.present.push(index);
                    (appeared, listed) = (true, true);
                }
                Some(true) => {
                    listed = true;
                    let before = self.new.others.iter().find(|(other, _)| *other == index);
                    let worse = measurement.state == LesionState::Progressed;
                    let larger = before.is_some_and(|(_, before)| {
                        before.is_some_and(|before| lesion.size(measurement) > Some(before))
                    });
                    others |= larger || worse;
                    progressed |= worse;
                }
                Some(false) => self.present.retain(|&other| other != index),
                None => {}
            }
        }
        appeared |= self.look_at_flag(visit, seen, listed);
        let sum = self.sum_of_new(visit);
        let from = self.new.sum.zip(sum.map(|(sum, _)| sum));
        if let Some((sum, whole)) = sum {
            progressed |= self
                .new_nadir
                .is_some_and(|nadir| sum.is_progression(nadir));
            if whole {
                self.new_nadir = self.new_nadir.map(|nadir| nadir.min(sum));
            }
        }
        NewNow {
            present: self.flagged || !self.present.is_empty(),
            appeared,
            progressed,
            targets: from
                .filter(|(from, to)| *to >= *from + Length::GROWTH)
                .map(|(from, to)| (from.mm(), to.mm())),
            others,
        }
    }

    /// The column "new lesion", where the lesions themselves are not listed. True if it names another one.
    fn look_at_flag(&mut self, visit: &Visit, seen: &Seen, listed: bool) -> bool {
        let flagged = visit.says_new_lesion() && !listed;
        let another = flagged && (!self.flagged || self.settings.repeated_flag_is_another);
        // Where nothing could be evaluated, silence does not mean that the lesion is gone.
        self.flagged = flagged || (self.flagged && seen.base == Response::Ne);
        another || visit.further.another_new_lesion
    }

    /// The sum of the new lesions that are followed, and whether all of them were measured.
    fn sum_of_new(&self, visit: &Visit) -> Option<(Length, bool)> {
        if self.new.targets.is_empty() {
            return stated_sum(visit).map(|sum| (sum, true));
        }
        let sizes = (self.new.targets.iter()).map(|&index| {
            let lesion = &self.lesions[index];
            let (measurement, _) = measured(visit, lesion, index);
            measurement.and_then(|measurement| lesion.size(measurement))
        });
        let (mut sum, mut whole) = (Length::ZERO, true);
        for size in sizes {
            whole &= size.is_some();
            sum = sum + size.unwrap_or(Length::ZERO);
        }
        Some((sum, whole))
    }
}

/// The sum of new lesions that the file gives.
fn stated_sum(visit: &Visit) -> Option<Length> {
    visit.further.new_lesion_sum_mm.and_then(Length::from_mm)
}

/// What has grown since the unconfirmed progression.
fn growth(open: &Open, visit: &Visit, seen: &Seen, new: NewNow) -> Confirmed {
    let targets = open.sum.zip(seen.sum);
    let target_pd = seen.target == super::TargetResponse::Pd;
    Confirmed {
        targets: targets
            .filter(|(from, to)| open.target && *to >= *from + Length::GROWTH)
            .map(|(from, to)| (from.mm(), to.mm())),
        non_target: open.non_target && visit.further.non_target,
        new_targets: new.targets.filter(|_| open.new_lesion),
        new_non_target: open.new_lesion && new.others,
        another_new_lesion: new.appeared,
        targets_now: !open.target && target_pd,
        non_target_now: !open.non_target && seen.non_target_progressed,
        new_lesions_now: !open.new_lesion && new.progressed,
        entered: false,
    }
}

/// iCR only when the new lesion is gone.
fn without_complete(base: Response, new_lesion_present: bool) -> IResponse {
    match IResponse::from(base) {
        IResponse::Icr if new_lesion_present => IResponse::Ipr,
        response => response,
    }
}

/// Whether the lesions of the baseline are better off than at the unconfirmed progression.
fn is_better(now: Response, then: Response) -> bool {
    let rank = |response: Response| match response {
        Response::Cr => 0,
        Response::Pr => 1,
        Response::Sd | Response::NonCrNonPd | Response::Ne => 2,
        Response::Pd => 3,
    };
    rank(now) < rank(then) && now != Response::Ne
}
