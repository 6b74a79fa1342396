# Cox models: weights, choice by p values, predicted curves, checks of the model.

## Weights and entry

cox-weighted-frequency = { $rows ->
    [intervals] Each row counts as many intervals as “{ $column }” says: { $patients } intervals with { $events } events.
   *[patients] Each row counts as many patients as “{ $column }” says: { $patients } patients with { $events } events.
}
cox-weighted-sampling = The rows are weighted by “{ $column }” (sampling weights, { $patients } in all, { $events } of them with the event); standard errors are robust.
cox-note-weighted = { $rows ->
    [intervals] Intervals and events are counted as rows, without their weights.
   *[patients] Patients and events are counted as rows, without their weights.
}
cox-caution-broken-weights = Some weights are not whole numbers, which a number of patients is. If they are inverse probabilities, choose sampling weights: the intervals are too narrow else.
cox-caution-sampling = Sampling weights give no likelihood: there is no likelihood ratio test, AIC, BIC, profile interval or Firth’s estimate.
cox-failure-weighted-exact = There is no model of all covariates: the exact method for ties has no weights. Choose Efron’s.
cox-failure-none-selected = There is no model of all covariates: no covariate had a small enough p value.

## Choice by p values

cox-backward = Backward elimination (p of { $p } or more leaves): { $left } left the model, in this order.
cox-backward-nothing = Backward elimination (p of { $p } or more leaves): no covariate left the model.
cox-entered = Of { $all } covariates, those with p below { $p } by themselves entered the model: { $entered }.
cox-entered-nothing = Of { $all } covariates, none had p below { $p } by itself.
cox-step-of = { $name } ({ $p })
cox-caution-selection = The covariates of the model were chosen by their p values. Ratios that are left are then too far from 1, their intervals too narrow and their p values too small, and another sample would choose others. Choose covariates by what is known of the disease; if you keep this choice, say so in the paper.

## Predicted survival

cox-curves-summary = Predicted { $endpoint } by { $by }, with { $held }: { $curves }.
cox-curves-summary-alone = Predicted { $endpoint } by { $by }: { $curves }.
cox-curve-at = { $name }: { $survival } at { $time } ({ $level } CI { $range })
cox-curve-without-range = { $name }: { $survival } at { $time }
cox-curves-caution-none = Survival was not predicted: there is no model by the ordinary likelihood.
cox-curves-caution-not-in-model = Survival was not predicted: “{ $column }” is not in the model. Choose another covariate for the curves.
cox-held-level = { $column } { $level }
cox-held-number = { $column } { $number }
cox-held-mean = { $column } { $number } (mean)
cox-profile-number = { $column } { $number }
cox-profile-in-stratum = { $name }, { $stratum }
cox-curves-caption = { $endpoint } as the Cox model predicts it, by { $by }, with { $held }. { $bands ->
    [yes] Shades: { $level } confidence bands, point by point.
   *[no] The table has the { $level } confidence intervals.
 }
cox-curves-caption-alone = { $endpoint } as the Cox model predicts it, by { $by }. { $bands ->
    [yes] Shades: { $level } confidence bands, point by point.
   *[no] The table has the { $level } confidence intervals.
 }
cox-curves-caption-some = Only the first { $n } curves are drawn.
cox-curves-table = { $endpoint } as the model predicts it
cox-curves-column-profile = Profile
cox-curves-column-median = Median, { $unit } ({ $level } CI)
cox-curves-column-at = { $time } ({ $level } CI)
cox-curves-row-baseline = Baseline cumulative hazard
cox-curves-row-baseline-of = Baseline cumulative hazard, { $stratum }
cox-curves-note-baseline = The baseline has factors at their reference ({ $held }); the cumulative hazard of a patient is this times the hazard ratio to it, and survival exp(−cumulative hazard).
cox-curves-title = { $rises ->
    [yes] { $endpoint }, as the Cox model predicts it
   *[no] { $endpoint }: survival predicted by the Cox model
}

## Checks

cox-checks-deviance = { $rows ->
    [intervals] { $n ->
        [0] No interval has a deviance residual beyond ±{ $limit }.
        [one] One interval has a deviance residual beyond ±{ $limit }: { $patients }.
       *[other] { $n } intervals have a deviance residual beyond ±{ $limit }{ $some ->
            [yes] , the largest of them
           *[no] {""}
        }: { $patients }.
    }
   *[patients] { $n ->
        [0] No patient has a deviance residual beyond ±{ $limit }.
        [one] One patient has a deviance residual beyond ±{ $limit }: { $patients }.
       *[other] { $n } patients have a deviance residual beyond ±{ $limit }{ $some ->
            [yes] , the largest of them
           *[no] {""}
        }: { $patients }.
    }
}
cox-checks-outlier-early = { $patient } ({ $residual }; event sooner than the model expects)
cox-checks-outlier-late = { $patient } ({ $residual }; followed longer than the model expects)
cox-checks-influence = { $rows ->
    [intervals] The most influential interval is { $patient }: without it the hazard ratio of { $name } would be about { $without } instead of { $ratio }.
   *[patients] The most influential patient is { $patient }: without this patient the hazard ratio of { $name } would be about { $without } instead of { $ratio }.
}
cox-checks-forms-caption = { $rows ->
    [intervals] Martingale residuals (events less those expected) against each number of the model, one mark an interval. Line: natural spline with 4 degrees of freedom. A line that bends away from 0 says that the number does not act in a straight line: try its logarithm, groups, or the spline under cut-points.
   *[patients] Martingale residuals (events less those expected) against each number of the model, one mark a patient. Line: natural spline with 4 degrees of freedom. A line that bends away from 0 says that the number does not act in a straight line: try its logarithm, groups, or the spline under cut-points.
}
cox-checks-deviance-caption = { $rows ->
    [intervals] Deviance residuals in the order of the rows, one mark an interval. Above 0: the event came sooner than the model expects; below: the interval is longer. Dashed: ±{ $limit }.
   *[patients] Deviance residuals in the order of the rows, one mark a patient. Above 0: the event came sooner than the model expects; below: the patient was followed longer. Dashed: ±{ $limit }.
}
cox-checks-influence-caption = { $rows ->
    [intervals] How much each interval changes each coefficient, in standard errors (standardised dfbeta), in the order of the rows. The most influential intervals are named.
   *[patients] How much each patient changes each coefficient, in standard errors (standardised dfbeta), in the order of the rows. The most influential patients are named.
}
cox-checks-thinned = { $rows ->
    [intervals] Of { $n } intervals every { $every }th is drawn, and those that are named.
   *[patients] Of { $n } patients every { $every }th is drawn, and those who are named.
}
cox-checks-table = { $rows ->
    [intervals] The most influential intervals
   *[patients] The most influential patients
}
cox-checks-column-patient = { $rows ->
    [intervals] Interval
   *[patients] Patient
}
cox-checks-column-of = Hazard ratio of
cox-checks-column-change = Standardised dfbeta
cox-checks-column-all = { $rows ->
    [intervals] All intervals
   *[patients] All patients
}
cox-checks-column-without = { $rows ->
    [intervals] Without the interval (about)
   *[patients] Without the patient (about)
}
cox-checks-none = The model could not be checked: there is no fit by the ordinary likelihood.
cox-checks-forms-title = Martingale residuals
cox-checks-deviance-title = Deviance residuals
cox-checks-influence-title = Standardised dfbeta
cox-checks-axis-martingale = Martingale residual
cox-checks-axis-deviance = Deviance residual
cox-checks-axis-influence = dfbeta (SE)
cox-checks-axis-order = { $rows ->
    [intervals] Interval, in the order of the rows
   *[patients] Patient, in the order of the rows
}
cox-checks-log2 = log2 of { $column }

## Methods

methods-cox-weights-frequency = Rows are weighted by { $column }, as so many patients each.
methods-cox-weights-sampling = Rows are weighted by { $column } (sampling weights).
methods-cox-entry = { $rows ->
    [intervals] Each row is an interval at risk, from { $column } to its end; a patient has one or more of them (start-stop data).
   *[patients] Patients enter the risk set at { $column } after the start (left truncation).
}
methods-cox-not-selected = None was selected by its p value.
methods-cox-backward = { $rows ->
    [intervals] The covariates of the multivariable model were selected by backward elimination (Wald tests, p below { $p } to stay) among intervals with a value of each { $ref }; estimates do not allow for this.
   *[patients] The covariates of the multivariable model were selected by backward elimination (Wald tests, p below { $p } to stay) among patients with a value of each { $ref }; estimates do not allow for this.
}
methods-cox-entered = The covariates of the multivariable model were those with p below { $p } in a model by themselves { $ref }; estimates do not allow for this.
methods-cox-curves = Survival was predicted from the model by exp(−cumulative hazard), with { $level } intervals on the { $scale } scale { $ref }.
methods-cox-checks = The model was checked by martingale and deviance residuals and standardised dfbeta { $ref }.

## Forms

form-part-predicted = Predicted survival
form-part-checks = Checks
form-field-interactions = Interactions
form-field-interactions-help = Whether the effect of one depends on the other. Both join the model.
form-field-selection-method = Choose covariates by p values
form-field-selection-method-help = Not advised: it makes ratios too extreme and p values too small.
form-selection-none = No
form-selection-backward = Backward elimination
form-selection-univariable = By their univariable p values
form-field-selection-p = p below
form-field-curves-show = Predict survival
form-field-curves-show-help = The curve that the model gives for patients who differ in one covariate.
form-field-curves-by = Curves by
form-curves-by-automatic = The first grouping column of the model
form-field-curves-values = At the values
form-field-curves-values-help = Of a number; left empty: the quartiles.
form-field-curves-landmarks = Survival at
form-field-curves-landmarks-help = Times in the display unit, such as 6 12 24. Leave empty to choose them from the follow-up.
form-field-cox-held = { $column }: held at
form-curves-reference = Reference
form-field-checks = Checks of the model
form-field-checks-help = Residuals with the outlying patients, the form of each number, and who influences each ratio most.
