//! The likelihood of the Fine-Gray model over subjects in order of time.

use super::{
    BaselineStep, CompetingRisks, Entries, Exit, FineGrayConvention, FineGrayError, FineGrayOptions,
};
use crate::stats::Ties;
use crate::stats::cox::{Maximum, Moments, Point, Scaled};

/// The data in order of time, with the censoring weights.
pub(super) struct Weighted<'a> {
    cause: usize,
    ties: Ties,
    size: usize,
    exits: &'a [Exit],
    weights: Option<&'a [f64]>,
    entries: Option<&'a Entries>,
    /// Covariates of exit after exit.
    rows: Vec<f64>,
    /// G(T−) H(T−) of each exit: the probability not to be censored before it, and to have entered.
    uncensored: Vec<f64>,
    /// At risk of being censored at the time of each exit.
    at_risk: Vec<f64>,
    /// The distinct times with events of the cause of interest.
    events: Vec<EventTie>,
}

/// The events of one time.
#[derive(Clone, Copy)]
struct Deaths {
    n: u32,
    /// Efron's and Breslow's methods give each of the tied events the mean weight of all.
    mean_weight: f64,
}

/// Sums are made anew when so little of them is left that what was taken off blurs them.
const WORN: f64 = 1e-6;

/// The moments of those under observation, on the way back in time.
struct Observed<'a> {
    weighted: &'a Weighted<'a>,
    moments: Moments,
    /// The exits from here on are in the sums, but for the last `entered` to enter.
    first: usize,
    entered: usize,
    /// Highest risk since the sums were made.
    peak: f64,
}

impl<'a> Observed<'a> {
    fn new(weighted: &'a Weighted<'a>) -> Self {
        Self {
            weighted,
            moments: Moments::new(weighted.size),
            first: weighted.exits.len(),
            entered: 0,
            peak: 0.0,
        }
    }

    /// Those at risk at the time of exit `first`, which is the first of its time.
    fn move_to(&mut self, first: usize, risk: &impl Fn(usize) -> f64) {
        let weighted = self.weighted;
        for i in first..self.first {
            self.moments.add(risk(i), weighted.row(i));
        }
        self.first = first;
        self.peak = self.peak.max(self.moments.risk);
        let Some(entries) = weighted.entries else {
            return;
        };
        let time = weighted.exits[first].time;
        let late = entries.order.iter().rev().skip(self.entered);
        for &exit in late.take_while(|&&exit| entries.of[exit as usize] >= time) {
            let i = exit as usize;
            self.moments.add(-risk(i), weighted.row(i));
            self.entered += 1;
        }
        if self.moments.risk < WORN * self.peak {
            self.moments.clear();
            for i in (first..weighted.exits.len()).filter(|&i| entries.of[i] < time) {
                self.moments.add(risk(i), weighted.row(i));
            }
            self.peak = self.moments.risk;
        }
    }
}

/// One time with events of the cause of interest: the exits `first..end`.
struct EventTie {
    first: usize,
    end: usize,
}

/// The step of the hazard at one event time, in units of the largest risk.
pub(super) struct EventStep {
    /// For those at risk throughout, and the mean covariates of the risk sets as weighted by it.
    hazard: f64,
    mean: Vec<f64>,
    /// The same for those who have the event: with Efron's ties they are at risk for part of it.
    own_hazard: f64,
    own_mean: Vec<f64>,
    /// Mean covariates of the risk sets, one of each tied event.
    event_mean: Vec<f64>,
}

impl EventStep {
    /// The influence of having the event.
    fn add_event(&self, risk: f64, row: &[f64], influence: &mut [f64]) {
        for (j, influence) in influence.iter_mut().enumerate() {
            let at_risk = risk * self.own_hazard * (row[j] - self.own_mean[j]);
            *influence += row[j] - self.event_mean[j] - at_risk;
        }
    }
}

/// Σ w and Σ w x.
#[derive(Debug, Clone)]
struct Sums {
    weight: f64,
    first: Vec<f64>,
}

impl Sums {
    fn new(size: usize) -> Self {
        Self {
            weight: 0.0,
            first: vec![0.0; size],
        }
    }

    fn add(&mut self, weight: f64, row: &[f64]) {
        self.weight += weight;
        let first = self.first.iter_mut();
        first.zip(row).for_each(|(sum, x)| *sum += weight * x);
    }

    /// Takes from `influence` what `risk` adds to it while at risk of these hazards.
    fn subtract(&self, risk: f64, row: &[f64], influence: &mut [f64]) {
        for ((influence, x), first) in influence.iter_mut().zip(row).zip(&self.first) {
            *influence -= risk * (x * self.weight - first);
        }
    }
}

/// ψ of Fine & Gray (1999), equation 8: what each subject adds through the censoring weights.
struct CensoringSums {
    /// Those who had another event so far: risk / G and its moment.
    competing: Sums,
    /// q(u) over those at risk at the present time.
    now: Vec<f64>,
    /// The integral of q over the censoring hazard up to now.
    past: Vec<f64>,
}

impl CensoringSums {
    fn new(size: usize) -> Self {
        Self {
            competing: Sums::new(size),
            now: vec![0.0; size],
            past: vec![0.0; size],
        }
    }

    fn move_to(&mut self, censored: f64, at_risk: f64, coming: &Sums) {
        for (j, (now, past)) in self.now.iter_mut().zip(&mut self.past).enumerate() {
            let q =
                self.competing.first[j] * coming.weight - self.competing.weight * coming.first[j];
            *now = q / at_risk;
            *past += *now * censored / at_risk;
        }
    }

    fn add_to(&self, influence: &mut [f64], censored: bool) {
        for ((influence, now), past) in influence.iter_mut().zip(&self.now).zip(&self.past) {
            *influence += if censored { now - past } else { -past };
        }
    }
}

impl<'a> Weighted<'a> {
    pub(super) fn new(
        data: &'a CompetingRisks,
        scaled: &[Scaled],
        options: FineGrayOptions,
    ) -> Result<Self, FineGrayError> {
        let row = |exit: &Exit| {
            let subject = exit.subject;
            scaled
                .iter()
                .map(move |covariate| covariate.values[subject])
        };
        let mut weighted = Self {
            cause: options.cause,
            ties: match options.convention {
                FineGrayConvention::Survival { ties } => ties,
                FineGrayConvention::Cmprsk => Ties::Breslow,
            },
            size: scaled.len(),
            exits: &data.exits,
            weights: data.weights.as_deref(),
            entries: data.entries.as_ref(),
            rows: data.exits.iter().flat_map(row).collect(),
            uncensored: Vec::with_capacity(data.n()),
            at_risk: Vec::with_capacity(data.n()),
            events: Vec::new(),
        };
        let mut free = 1.0;
        for (tie, set) in data.ties().zip(data.at_risk()) {
            let first = weighted.uncensored.len();
            let end = first + tie.len();
            let censored = tie.iter().filter(|exit| exit.cause == 0).count();
            let at_risk = match options.convention {
                FineGrayConvention::Survival { .. } => set.subjects - (tie.len() - censored),
                FineGrayConvention::Cmprsk => set.subjects,
            };
            weighted.uncensored.resize(end, free);
            weighted.at_risk.resize(end, at_risk as f64);
            if censored > 0 {
                free *= (at_risk - censored) as f64 / at_risk as f64;
            }
            if tie.iter().any(|exit| exit.cause == options.cause) {
                weighted.events.push(EventTie { first, end });
            }
        }
        weighted.enter()?;
        Ok(weighted)
    }

    /// Multiplies by H(T−): the product over the entries from T on of the share of those at risk who were so before.
    ///
    /// As `finegray`, which takes H for 1 where everybody has entered by the first exit.
    fn enter(&mut self) -> Result<(), FineGrayError> {
        let first = self.exits[0].time;
        let Some(entries) = self.entries else {
            return Ok(());
        };
        if entries.of.iter().all(|&entry| entry <= first) {
            return Ok(());
        }
        let last = self.events.last().map_or(0, |tie| tie.first);
        let mut later = entries
            .order
            .iter()
            .rev()
            .map(|&exit| entries.of[exit as usize])
            .peekable();
        let (mut entered, mut exits) = (1.0, self.exits.len());
        // At risk at an entry: entered by then, without an exit by then.
        let mut not_entered = 0;
        let mut gap = None;
        for i in (0..self.exits.len()).rev() {
            let time = self.exits[i].time;
            while let Some(entry) = later.next_if(|&entry| entry >= time) {
                let mut enter = 1;
                while later.next_if(|&next| next == entry).is_some() {
                    enter += 1;
                }
                while exits > 0 && self.exits[exits - 1].time > entry {
                    exits -= 1;
                }
                let at_risk = self.exits.len() - exits - not_entered;
                not_entered += enter;
                entered *= (at_risk - enter) as f64 / at_risk as f64;
                if entered == 0.0 && gap.is_none() {
                    gap = Some(entry);
                }
            }
            self.uncensored[i] *= entered;
            if let Some(time) = gap
                && self.is_competing(i)
                && i < last
            {
                return Err(FineGrayError::Gap { time });
            }
        }
        Ok(())
    }

    /// Case weight of an exit.
    fn weight(&self, i: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[i])
    }

    fn row(&self, i: usize) -> &[f64] {
        &self.rows[i * self.size..(i + 1) * self.size]
    }

    fn is_event(&self, i: usize) -> bool {
        self.exits[i].cause == self.cause
    }

    /// Whether exit `i` stays at risk after its end.
    fn is_competing(&self, i: usize) -> bool {
        self.exits[i].cause > 0 && !self.is_event(i)
    }

    fn predictors(&self, beta: &[f64]) -> Vec<f64> {
        let rows = self.rows.chunks_exact(self.size);
        rows.map(|row| row.iter().zip(beta).map(|(x, b)| x * b).sum())
            .collect()
    }

    pub(super) fn largest_move(&self, step: &[f64]) -> f64 {
        let moves = self.predictors(step).into_iter();
        moves.fold(0.0, |largest, eta| largest.max(eta.abs()))
    }

    /// The linear predictors less the largest of them, so that no risk overflows; and that largest.
    fn shifted(&self, beta: &[f64]) -> (Vec<f64>, f64) {
        let mut predictors = self.predictors(beta);
        let largest = predictors.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        predictors.iter_mut().for_each(|eta| *eta -= largest);
        (predictors, largest)
    }

    /// Value, gradient and information at `beta`.
    pub(super) fn at(&self, beta: &[f64]) -> Point {
        let (predictors, _) = self.shifted(beta);
        let risks: Vec<f64> = predictors.iter().map(|eta| eta.exp()).collect();
        let mut point = Point::new(self.size);
        for i in (0..self.exits.len()).filter(|&i| self.is_event(i)) {
            let weight = self.weight(i);
            point.log_likelihood += weight * predictors[i];
            let gradient = point.gradient.iter_mut();
            gradient
                .zip(self.row(i))
                .for_each(|(g, x)| *g += weight * x);
        }
        self.risk_sets(&risks, |deaths, at_risk, dying| {
            for tied in 0..deaths.n {
                let gone = self.ties.share_gone(tied, deaths.n);
                point.subtract_weighted(deaths.mean_weight, at_risk, dying, gone);
            }
        });
        // Where a step went so far that all risks of a risk set vanished: not the maximum.
        if !point.log_likelihood.is_finite() {
            point.log_likelihood = f64::NEG_INFINITY;
        }
        point
    }

    /// Calls `visit` with each event time, latest first: its events, the moments of its weighted risk set and of
    /// its events.
    fn risk_sets(&self, risks: &[f64], mut visit: impl FnMut(Deaths, &Moments, &Moments)) {
        let risk = |i: usize| self.weight(i) * risks[i];
        // Forwards: those who had another event, each over G H at that time; the present one is put to it below.
        let mut competing = Moments::new(self.size);
        let mut next = 0;
        let earlier: Vec<Moments> = self
            .events
            .iter()
            .map(|tie| {
                for i in (next..tie.first).filter(|&i| self.is_competing(i)) {
                    competing.add(risk(i) / self.uncensored[i], self.row(i));
                }
                next = tie.first;
                competing.clone()
            })
            .collect();
        // Backwards: those under observation.
        let mut observed = Observed::new(self);
        let mut at_risk = Moments::new(self.size);
        let mut dying = Moments::new(self.size);
        for (tie, earlier) in self.events.iter().zip(&earlier).rev() {
            observed.move_to(tie.first, &risk);
            dying.clear();
            let mut deaths = Deaths {
                n: 0,
                mean_weight: 0.0,
            };
            for i in (tie.first..tie.end).filter(|&i| self.is_event(i)) {
                dying.add(risk(i), self.row(i));
                deaths.n += 1;
                deaths.mean_weight += self.weight(i);
            }
            deaths.mean_weight /= f64::from(deaths.n);
            at_risk.clone_from(&observed.moments);
            at_risk.add_weighted(self.uncensored[tie.first], earlier);
            visit(deaths, &at_risk, &dying);
        }
    }

    /// The steps of the hazard at the event times, ascending.
    pub(super) fn event_steps(&self, beta: &[f64]) -> Vec<EventStep> {
        let (predictors, _) = self.shifted(beta);
        let risks: Vec<f64> = predictors.iter().map(|eta| eta.exp()).collect();
        let mut steps = Vec::with_capacity(self.events.len());
        self.risk_sets(&risks, |deaths, at_risk, dying| {
            let weight = deaths.mean_weight;
            let mut all = Sums::new(self.size);
            let mut own = Sums::new(self.size);
            let mut event_mean = Sums::new(self.size);
            for tied in 0..deaths.n {
                let gone = self.ties.share_gone(tied, deaths.n);
                let risk = at_risk.risk - gone * dying.risk;
                let cells = at_risk.first.iter().zip(&dying.first);
                let mean: Vec<f64> = cells
                    .map(|(at_risk, dying)| (at_risk - gone * dying) / risk)
                    .collect();
                all.add(weight / risk, &mean);
                own.add(weight * (1.0 - gone) / risk, &mean);
                event_mean.add(1.0 / f64::from(deaths.n), &mean);
            }
            let mean = |sums: &Sums| sums.first.iter().map(|sum| sum / sums.weight).collect();
            steps.push(EventStep {
                hazard: all.weight,
                mean: mean(&all),
                own_hazard: own.weight,
                own_mean: mean(&own),
                event_mean: event_mean.first,
            });
        });
        steps.reverse();
        steps
    }

    /// Influence of each exit on the score, row after row: η of Fine & Gray, and ψ where the convention has it.
    pub(super) fn influences(
        &self,
        beta: &[f64],
        steps: &[EventStep],
        options: FineGrayOptions,
    ) -> Vec<f64> {
        let (predictors, _) = self.shifted(beta);
        let risks: Vec<f64> = predictors.iter().map(|eta| eta.exp()).collect();
        let mut influences = vec![0.0; self.rows.len()];
        // Of the event times from each one on: the hazards times G, for those who had another event.
        let mut coming = vec![Sums::new(self.size)];
        for (tie, step) in self.events.iter().zip(steps).rev() {
            let mut sums = coming[coming.len() - 1].clone();
            sums.add(self.uncensored[tie.first] * step.hazard, &step.mean);
            coming.push(sums);
        }
        coming.reverse();
        let mut past = Sums::new(self.size);
        let mut censoring = match options.convention {
            FineGrayConvention::Survival { .. } => None,
            FineGrayConvention::Cmprsk => Some(CensoringSums::new(self.size)),
        };
        let mut coming_in = self.entries.map_or(&[][..], |entries| &entries.order);
        let (mut first, mut next) = (0, 0);
        for tie in self.exits.chunk_by(|a, b| a.time == b.time) {
            let end = first + tie.len();
            if let Some(censoring) = &mut censoring {
                let censored = tie.iter().filter(|exit| exit.cause == 0).count();
                censoring.move_to(censored as f64, self.at_risk[first], &coming[next]);
            }
            // What was before a subject entered is not its own.
            while let ([exit, rest @ ..], Some(entries)) = (coming_in, self.entries) {
                let i = *exit as usize;
                if entries.of[i] >= tie[0].time {
                    break;
                }
                let influence = &mut influences[i * self.size..(i + 1) * self.size];
                past.subtract(-risks[i], self.row(i), influence);
                coming_in = rest;
            }
            let before = past.clone();
            let step = self.events.get(next).filter(|tie| tie.first == first);
            let step = step.map(|_| &steps[next]);
            if let Some(step) = step {
                past.add(step.hazard, &step.mean);
                next += 1;
            }
            for (i, &risk) in (first..end).zip(&risks[first..end]) {
                let row = self.row(i);
                let influence = &mut influences[i * self.size..(i + 1) * self.size];
                if let Some(step) = step.filter(|_| self.is_event(i)) {
                    before.subtract(risk, row, influence);
                    step.add_event(risk, row, influence);
                } else {
                    past.subtract(risk, row, influence);
                }
                if self.is_competing(i) {
                    coming[next].subtract(risk / self.uncensored[i], row, influence);
                }
                if let Some(censoring) = &mut censoring {
                    if self.is_competing(i) {
                        censoring.competing.add(risk / self.uncensored[i], row);
                    }
                    censoring.add_to(influence, self.exits[i].cause == 0);
                }
            }
            first = end;
        }
        if let Some(weights) = self.weights {
            for (influence, weight) in influences.chunks_exact_mut(self.size).zip(weights) {
                influence
                    .iter_mut()
                    .for_each(|influence| *influence *= weight);
            }
        }
        influences
    }

    pub(super) fn baseline(&self, maximum: &Maximum, steps: &[EventStep]) -> Vec<BaselineStep> {
        if maximum.separation {
            return Vec::new();
        }
        let (_, largest) = self.shifted(&maximum.beta);
        let mut cum_hazard = 0.0;
        let rows = self.events.iter().zip(steps);
        rows.map(|(tie, step)| {
            cum_hazard += step.hazard * (-largest).exp();
            BaselineStep {
                time: self.exits[tie.first].time,
                cum_hazard,
            }
        })
        .collect()
    }
}

/// I⁻¹ (Σ ηηᵀ) I⁻¹ for the inverse information and the influences η, row after row.
pub(super) fn sandwich(inverse: &[f64], influences: &[f64]) -> Vec<f64> {
    let size = inverse.len().isqrt();
    let mut middle = vec![0.0; size * size];
    for row in influences.chunks_exact(size) {
        for (i, x) in row.iter().enumerate() {
            for (j, y) in row.iter().enumerate() {
                middle[i * size + j] += x * y;
            }
        }
    }
    let product = |left: &[f64], right: &[f64]| -> Vec<f64> {
        let cell = |i: usize, j: usize| {
            let terms = (0..size).map(|k| left[i * size + k] * right[k * size + j]);
            terms.sum()
        };
        (0..size * size).map(|k| cell(k / size, k % size)).collect()
    };
    product(&product(inverse, &middle), inverse)
}
