//! The rules straight from their definitions: every question about an assessment is answered anew from
//! the whole history before it. Slow, and shares nothing with the implementation but its words.
//!
//! Sizes are tenths of millimetres, days count from the start.

use oncurve::recist::{BestResponse, Confirmation, IBestResponse, IResponse, NonTarget, Response};

/// What an assessment says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Visit {
    pub day: i64,
    /// Sizes of the targets; the last one is a node.
    pub targets: [Option<i64>; 3],
    pub non_target: NonTarget,
    pub flag: bool,
    pub non_target_grows: bool,
    pub new_grows: bool,
    pub another: bool,
    /// Sum of measured new lesions.
    pub new_sum: Option<i64>,
}

/// The baseline and the assessments after it, in order.
#[derive(Debug, Clone, Default)]
pub struct Slow {
    pub baseline: [i64; 3],
    pub visits: Vec<Visit>,
}

impl Slow {
    fn baseline_sum(&self) -> i64 {
        self.baseline.iter().sum()
    }

    pub fn sum(&self, k: usize) -> Option<i64> {
        self.visits[k].targets.into_iter().sum()
    }

    fn seen_sum(&self, k: usize) -> i64 {
        self.visits[k].targets.into_iter().flatten().sum()
    }

    pub fn nadir(&self, k: usize) -> i64 {
        let sums = (0..k).filter_map(|j| self.sum(j));
        sums.chain([self.baseline_sum()]).min().expect("a baseline")
    }

    /// Whether a target is seen as disease.
    fn disease(&self, k: usize) -> bool {
        let [a, b, node] = self.visits[k].targets;
        [a, b].into_iter().flatten().any(|size| size > 0) || node.is_some_and(|size| size >= 100)
    }

    fn complete_before(&self, k: usize) -> bool {
        (0..k).any(|j| self.overall(j) == Response::Cr)
    }

    fn target_progresses(&self, k: usize) -> bool {
        let (sum, nadir) = (self.seen_sum(k), self.nadir(k));
        let grown = sum - nadir >= 50 && (sum - nadir) * 100 >= 20 * nadir;
        let gone = self.sum(k).is_some() && !self.disease(k);
        (grown && !gone) || (self.complete_before(k) && self.disease(k))
    }

    fn target_shrunk(&self, k: usize) -> bool {
        let Some(sum) = self.sum(k) else {
            return false;
        };
        !self.disease(k) || sum * 100 <= 70 * self.baseline_sum()
    }

    /// CR, PR, SD, PD or NE of the targets.
    pub fn target(&self, k: usize) -> Response {
        if self.target_progresses(k) {
            return Response::Pd;
        }
        if self.sum(k).is_none() {
            return Response::Ne;
        }
        if !self.disease(k) {
            return Response::Cr;
        }
        // A response that no progression ended before this assessment.
        let lasting = (0..k).any(|j| {
            self.target_shrunk(j)
                && !self.target_progresses(j)
                && (j + 1..k).all(|between| !self.target_progresses(between))
        });
        if self.target_shrunk(k) || lasting {
            Response::Pr
        } else {
            Response::Sd
        }
    }

    fn non_target_progresses(&self, k: usize) -> bool {
        let non_target = self.visits[k].non_target;
        non_target == NonTarget::Pd
            || non_target == NonTarget::NonCrNonPd && self.complete_before(k)
    }

    /// The response of the lesions of the baseline.
    fn base(&self, k: usize) -> Response {
        if self.non_target_progresses(k) {
            return Response::Pd;
        }
        match self.target(k) {
            Response::Cr
                if matches!(
                    self.visits[k].non_target,
                    NonTarget::NonCrNonPd | NonTarget::Ne
                ) =>
            {
                Response::Pr
            }
            target => target,
        }
    }

    pub fn overall(&self, k: usize) -> Response {
        if self.visits[k].flag || self.visits[k].another {
            Response::Pd
        } else {
            self.base(k)
        }
    }

    // ---- iRECIST ----

    /// Whether a new lesion is believed present: flagged, or flagged before and nothing evaluable since.
    fn believed(&self, k: usize) -> bool {
        let seen = self.visits[k].flag || self.visits[k].another;
        seen || k > 0 && self.base(k) == Response::Ne && self.believed(k - 1)
    }

    fn appears(&self, k: usize) -> bool {
        let visit = self.visits[k];
        visit.another || visit.flag && (k == 0 || !self.believed(k - 1))
    }

    /// Whether new lesions seen before progress: said so, or their sum over its smallest since the last
    /// iUPD that began a block.
    fn new_progresses(&self, earlier: &[IResponse]) -> bool {
        let k = earlier.len();
        if self.visits[k].new_grows {
            return true;
        }
        let Some(block) = (0..k).rev().find(|&j| begins(earlier, j)) else {
            return false;
        };
        let (Some(sum), Some(_)) = (self.visits[k].new_sum, self.visits[block].new_sum) else {
            return false;
        };
        let sums = (block..k).filter_map(|j| self.visits[j].new_sum);
        let nadir = sums.min().expect("the block has one");
        sum - nadir >= 50 && (sum - nadir) * 100 >= 20 * nadir
    }

    /// The response by iRECIST at the assessment that follows `earlier`.
    fn irecist(&self, earlier: &[IResponse]) -> IResponse {
        use IResponse::{Icpd, Icr, Ipr, Iupd};
        let k = earlier.len();
        if earlier.contains(&Icpd) {
            return Icpd;
        }
        let (base, believed) = (self.base(k), self.believed(k));
        let as_base = match IResponse::from(base) {
            Icr if believed => Ipr,
            response => response,
        };
        let Some(b) = open_block(earlier) else {
            let progresses =
                base == Response::Pd || self.appears(k) || self.new_progresses(earlier);
            return if progresses { Iupd } else { as_base };
        };
        // Which category made the block.
        let by_target = self.target(b) == Response::Pd;
        let by_non_target = self.non_target_progresses(b);
        let by_new = self.appears(b) || self.new_progresses(&earlier[..b]);
        // The sum to compare with: the first whole one of the block.
        let from = (b..k).find_map(|j| self.sum(j));
        let new_from = self.visits[b].new_sum;
        let grew = [
            by_target
                && from.is_some_and(|from| {
                    self.visits[k].targets.iter().any(Option::is_some)
                        && self.seen_sum(k) >= from + 50
                }),
            by_non_target && self.visits[k].non_target_grows,
            by_new && self.visits[k].new_grows,
            by_new
                && new_from
                    .zip(self.visits[k].new_sum)
                    .is_some_and(|(a, b)| b >= a + 50),
            !by_target && self.target(k) == Response::Pd,
            !by_non_target && self.non_target_progresses(k),
            !by_new && self.new_progresses(earlier),
        ];
        let days = self.visits[k].day - self.visits[b].day;
        if self.appears(k) || grew.contains(&true) && days >= 26 {
            return Icpd;
        }
        if grew.contains(&true) {
            return Iupd;
        }
        let worth = |response: Response| match response {
            Response::Cr => 3,
            Response::Pr => 2,
            Response::Pd => 0,
            Response::Sd | Response::NonCrNonPd | Response::Ne => 1,
        };
        match base {
            Response::Pd => Iupd,
            Response::Ne if believed => Iupd,
            Response::Ne => IResponse::Ne,
            base if believed && worth(base) <= worth(self.base(b)) => Iupd,
            _better => as_base,
        }
    }

    pub fn irecist_all(&self) -> Vec<IResponse> {
        let mut all = Vec::new();
        for _ in &self.visits {
            all.push(self.irecist(&all));
        }
        all
    }
}

/// Whether the assessment at `j` is the first iUPD of a block: nothing but NE lies between it and a
/// response or the start.
fn begins(all: &[IResponse], j: usize) -> bool {
    all[j] == IResponse::Iupd && open_block(&all[..j]).is_none()
}

/// The first iUPD after the last response.
fn open_block(earlier: &[IResponse]) -> Option<usize> {
    let resets = |response: &IResponse| {
        !matches!(response, IResponse::Iupd | IResponse::Ne | IResponse::Icpd)
    };
    let after = earlier
        .iter()
        .rposition(resets)
        .map_or(0, |place| place + 1);
    (after..earlier.len()).find(|&j| earlier[j] == IResponse::Iupd)
}

/// The date of iPFS: of all blocks the one that ends in iCPD, else the one that nothing ended.
pub fn ipfs(days: &[i64], all: &[IResponse]) -> Option<i64> {
    let through = (all.iter().position(|&response| response == IResponse::Icpd))
        .map_or(all.len(), |place| place + 1);
    open_block(&all[..through]).map(|place| days[place])
}

// ---- best response ----

/// The assessments up to the first PD, as day and response.
fn counted(all: &[(i64, Response)]) -> Vec<(i64, Response)> {
    let pds = (0..all.len()).filter(|&k| all[k].1 == Response::Pd);
    let last = pds.min().unwrap_or(all.len());
    all.iter().take(last + 1).copied().collect()
}

/// Whether the responses strictly between and at the end of a pair let the first be confirmed.
fn pair(list: &[(i64, Response)], i: usize, j: usize, rule: &Confirmation) -> bool {
    let first = list[i].1;
    let after = &list[i + 1..=j];
    let count = |wanted: Response| after.iter().filter(|(_, r)| *r == wanted).count() as u32;
    let apart = list[j].0 - list[i].0 >= i64::from(rule.days);
    let ne = count(Response::Ne) <= rule.not_evaluable;
    let none_else = count(Response::NonCrNonPd) + count(Response::Pd) == 0;
    let pr_after_cr =
        (i..=j).any(|a| list[a].1 == Response::Cr && (a..=j).any(|b| list[b].1 == Response::Pr));
    let ends = match first {
        Response::Cr => list[j].1 == Response::Cr && count(Response::Sd) == 0,
        _pr => list[j].1.is_response() && count(Response::Sd) <= u32::from(rule.one_stable),
    };
    apart && ne && none_else && ends && !pr_after_cr
}

/// Every CR and PR that counts: its place, and that of its earliest confirmation.
fn responses(list: &[(i64, Response)], rule: Option<&Confirmation>) -> Vec<(usize, Option<usize>)> {
    let mut all = Vec::new();
    for i in 0..list.len() {
        if !list[i].1.is_response() {
            continue;
        }
        match rule {
            None => all.push((i, None)),
            Some(rule) => {
                let by = (i + 1..list.len()).find(|&j| pair(list, i, j, rule));
                all.extend(by.map(|j| (i, Some(j))));
            }
        }
    }
    all
}

/// The first response and its confirmation, as days.
pub fn first_response(
    all: &[(i64, Response)],
    rule: Option<&Confirmation>,
) -> Option<(i64, Option<i64>)> {
    let list = counted(all);
    let (i, j) = *responses(&list, rule).first()?;
    Some((list[i].0, j.map(|j| list[j].0)))
}

/// The best of what the assessments allow, each asked for by itself.
fn best_of(list: &[(i64, Response)], rule: Option<&Confirmation>, minimum: i64) -> BestResponse {
    let hold = responses(list, rule);
    let is = |wanted: Response| hold.iter().any(|&(i, _)| list[i].1 == wanted);
    let lasting = |wanted: &[Response]| {
        list.iter()
            .any(|(day, r)| *day >= minimum && wanted.contains(r))
    };
    let allowed = [
        (BestResponse::Cr, is(Response::Cr)),
        (BestResponse::Pr, is(Response::Pr)),
        (
            BestResponse::Sd,
            lasting(&[Response::Cr, Response::Pr, Response::Sd]),
        ),
        (BestResponse::NonCrNonPd, lasting(&[Response::NonCrNonPd])),
        (BestResponse::Missing, list.is_empty()),
    ];
    let best = allowed.into_iter().find(|(_, allowed)| *allowed);
    best.map_or(BestResponse::Ne, |(best, _)| best)
}

pub fn best(all: &[(i64, Response)], rule: Option<&Confirmation>, minimum: i64) -> BestResponse {
    let list = counted(all);
    match best_of(&list, rule, minimum) {
        BestResponse::Ne => {
            let back = (0..list.len()).any(|i| {
                list[i].1 == Response::Cr
                    && (list[i..].iter()).any(|(_, r)| {
                        matches!(r, Response::Pr | Response::Sd | Response::NonCrNonPd)
                    })
            });
            if back || list.iter().any(|(_, r)| *r == Response::Pd) {
                BestResponse::Pd
            } else {
                BestResponse::Ne
            }
        }
        best => best,
    }
}

pub fn ibest(
    days: &[i64],
    all: &[IResponse],
    rule: Option<&Confirmation>,
    minimum: i64,
) -> IBestResponse {
    let before: Vec<(i64, Response)> = (days.iter().zip(all))
        .take_while(|(_, r)| **r != IResponse::Icpd)
        .map(|(&day, &r)| (day, Response::from(r)))
        .collect();
    match best_of(&before, rule, minimum) {
        BestResponse::Cr => IBestResponse::Icr,
        BestResponse::Pr => IBestResponse::Ipr,
        BestResponse::Sd => IBestResponse::Isd,
        BestResponse::NonCrNonPd => IBestResponse::NonIcrNonIupd,
        _none if all.contains(&IResponse::Icpd) => IBestResponse::Icpd,
        _none if all.contains(&IResponse::Iupd) => IBestResponse::Iupd,
        BestResponse::Missing => IBestResponse::Missing,
        _none => IBestResponse::Ne,
    }
}
