//! Residuals.

use super::baseline::hazards;
use super::robust::influences;
use super::{CoxModel, CoxResiduals, SchoenfeldResidual, Ties};

impl CoxModel {
    /// Martingale, deviance, score and dfbeta residuals; `None` under separation.
    ///
    /// **Conventions.** Exact ties have Breslow's martingale residuals and no score residuals, as in R. dfbeta is
    /// weighted and made with the variance that takes rows as independent.
    /// **Source.** Therneau, Grambsch & Fleming (1990), Biometrika 77:147.
    /// **Checked against** `residuals.coxph`, in `tests/reference/cox_residuals.rs`.
    pub fn residuals(&self) -> Option<CoxResiduals> {
        if self.fit.separation {
            return None;
        }
        let (rows, size, n) = (&self.rows, self.rows.size, self.rows.n());
        let mut martingale = vec![0.0; n];
        let mut deviance = vec![0.0; n];
        let mut linear_predictor = vec![0.0; n];
        let columns = || vec![vec![0.0; n]; size];
        let (mut score, mut dfbeta, mut dfbetas) = (columns(), columns(), columns());
        let centre = self.predictor_at(&self.fit.means) + self.mean_offset;
        influences(rows, &self.beta, |place, residual, scores| {
            let i = rows.row[place] as usize;
            martingale[i] = residual;
            deviance[i] = deviance_of(residual, rows.event[place]);
            linear_predictor[i] = rows.predictor(place, &self.beta) - centre;
            for j in 0..size {
                let naive = &self.naive[j * size..(j + 1) * size];
                let change: f64 = naive.iter().zip(scores).map(|(v, u)| v * u).sum();
                let change = change * rows.weight(place);
                let scale = rows.scales[j].scale;
                score[j][i] = scores[j] * scale;
                dfbeta[j][i] = change / scale;
                // A collinear covariate has no coefficient to change.
                let std_err = naive[j].sqrt();
                dfbetas[j][i] = if std_err > 0.0 { change / std_err } else { 0.0 };
            }
        });
        let known = rows.ties != Ties::Exact;
        Some(CoxResiduals {
            martingale,
            deviance,
            linear_predictor,
            score: known.then_some(score),
            dfbeta: known.then_some(dfbeta),
            dfbetas: known.then_some(dfbetas),
        })
    }

    /// Schoenfeld's residuals by stratum, time and row. Empty for exact ties, `None` under separation.
    ///
    /// **Source.** Schoenfeld (1982), Biometrika 69:239; Grambsch & Therneau (1994), Biometrika 81:515, scaled by the
    /// average variance over the events.
    /// **Checked against** `residuals.coxph`, in `tests/reference/cox_residuals.rs`.
    pub fn schoenfeld(&self) -> Option<Vec<SchoenfeldResidual>> {
        if self.fit.separation {
            return None;
        }
        let (rows, size) = (&self.rows, self.rows.size);
        if rows.ties == Ties::Exact {
            return Some(Vec::new());
        }
        let mut residuals = Vec::with_capacity(self.fit.n_event);
        for (stratum, hazard) in rows.strata.iter().zip(hazards(rows, &self.beta)) {
            let mut places: Vec<usize> =
                stratum.places.clone().filter(|&p| rows.event[p]).collect();
            places.sort_by(|&a, &b| {
                rows.time[a]
                    .total_cmp(&rows.time[b])
                    .then(rows.row[a].cmp(&rows.row[b]))
            });
            for place in places {
                let means = hazard.event_mean(rows.time[place]);
                let values = rows.values(place).iter().zip(means);
                let away: Vec<f64> = values.map(|(x, mean)| x - mean).collect();
                let scaled = |j: usize| {
                    let naive = &self.naive[j * size..(j + 1) * size];
                    let change: f64 = naive.iter().zip(&away).map(|(v, u)| v * u).sum();
                    (change * self.fit.n_event as f64 + self.beta[j]) / rows.scales[j].scale
                };
                residuals.push(SchoenfeldResidual {
                    row: rows.row[place] as usize,
                    time: rows.time[place],
                    scaled: (0..size).map(scaled).collect(),
                    residual: away
                        .iter()
                        .zip(&rows.scales)
                        .map(|(x, s)| x * s.scale)
                        .collect(),
                });
            }
        }
        Some(residuals)
    }
}

fn deviance_of(martingale: f64, event: bool) -> f64 {
    let observed = f64::from(event);
    let log = if event {
        (observed - martingale).ln()
    } else {
        0.0
    };
    let squared = -2.0 * (martingale + log);
    // Rounding may leave a negative one where the residual is 0.
    martingale.signum() * squared.max(0.0).sqrt()
}
