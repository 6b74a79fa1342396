# Cox models and effects in subgroups: sections, figures, forms, errors.

## What rows are called

cox-per-step = { $column } (per { $step })
cox-per-doubling = { $column } (per doubling)
cox-per-deviation = { $column } (per SD, { $step })
cox-interaction = { $column } × { $second }
cox-contrast = { $column } ({ $level } v { $reference })
cox-reference = 1 (reference)

## The section

cox-heading = Cox models of { $endpoint }
cox-patients =
    { $events } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } had the event. { $complete ->
        [yes] { $several ->
            [yes] All of them are in the multivariable model.
           *[no] All of them are in the model.
        }
       *[no] The { $several ->
            [yes] multivariable model
           *[no] model
        } has the { $model ->
            [one] 1 patient
           *[other] { $model } patients
        } with a value of every covariate ({ $modelevents ->
            [one] 1 event
           *[other] { $modelevents } events
        }).
    }
cox-missing = { $rows ->
    [intervals] Intervals without a value: { $missing }.
   *[patients] Without a value: { $missing }.
}
cox-missing-of = { $column } ({ $n })
cox-ratios =
    { $several ->
        [yes] Hazard ratios of the multivariable model
       *[no] Hazard ratio
    }, { $ratios }.
cox-ratio = { $name }: { $ratio } ({ $level } CI { $range }; { $p })
cox-whole = The likelihood ratio test of the whole model gives { $p }.
cox-whole-wald = The Wald test of the whole model gives { $p }.
cox-whole-wald-with-concordance = The Wald test of the whole model gives { $p }; its concordance is { $concordance }.
cox-whole-with-concordance = The likelihood ratio test of the whole model gives { $p }; its concordance is { $concordance }.
cox-proportional = No departure from proportional hazards was found ({ $p }).

cox-table = Cox models of { $endpoint }
cox-column-characteristic = Characteristic
cox-column-patients = Patients
cox-column-events = Events
cox-column-univariable = Univariable HR ({ $level } CI)
cox-column-multivariable = Multivariable HR ({ $level } CI)
cox-column-ratio = HR ({ $level } CI)
cox-column-p = p
cox-column-value = Value
cox-column-statistic = χ² (df)
cox-note-ratio = HR, hazard ratio; CI, confidence interval.
cox-note-counts = { $rows ->
    [intervals] Intervals and events are those with the endpoint and a value; the multivariable model has those with a value of every covariate. A patient can have several intervals and several events.
   *[patients] Patients and events are those with the endpoint and a value; the multivariable model has those with a value of every covariate.
}
cox-note-dash = –: not in this model.
cox-note-joint = The p value beside a name is that of all its levels together (Wald test).
cox-note-not-estimable = NE, not estimable.

cox-model-table = The multivariable model as a whole
cox-model-table-single = The model as a whole
cox-row-patients = Patients
cox-row-events = Events
cox-row-coefficients = Coefficients
cox-coefficients = { $n } ({ $each } events each)
cox-row-likelihood-ratio = Likelihood ratio test, χ² (df)
cox-row-wald = Wald test, χ² (df)
cox-row-score = Score test, χ² (df)
cox-row-concordance = Concordance (standard error)
cox-row-aic = AIC
cox-row-bic = BIC (by the number of events)

cox-proportionality-table = Test of proportional hazards
cox-row-global = All together
cox-note-proportionality = A small p value speaks for a hazard ratio that changes over time.
cox-changes-of = { $name } ({ $p })
cox-schoenfeld-title = Scaled Schoenfeld residuals
cox-schoenfeld-panel = { $name }: { $p }
cox-schoenfeld-axis = Log hazard ratio
cox-schoenfeld-relative = Effect (fitted = 1)
cox-schoenfeld-caption = Scaled Schoenfeld residuals, one mark an event: the log hazard ratio at that time, with noise. Line and shade: natural spline with its { $level } confidence band. Dashed: the fitted ratio. Under proportional hazards the line is level.

cox-figure-model = Hazard ratios of the multivariable Cox model of { $endpoint }, with { $level } confidence intervals. An arrow marks an interval that reaches beyond the axis.
cox-figure-univariable = Hazard ratios of Cox models of { $endpoint } with one covariate each, with { $level } confidence intervals. An arrow marks an interval that reaches beyond the axis.

cox-caution-few-events = The model has { $each } events for each coefficient ({ $events } for { $coefficients }). With fewer than { $limit } its estimates are unreliable: choose fewer covariates, or merge levels.
cox-caution-separation = Without a finite estimate: { $names }. Events are so divided that the ratio runs to infinity or 0 (separation). None is given; choose Firth’s likelihood for an estimate.
cox-caution-separation-firth = Without a finite estimate by the ordinary likelihood: { $names }. Events are so divided that the ratio runs to infinity or 0 (separation). The model was fitted by Firth’s penalised likelihood instead, which gives finite ratios; its intervals and p values are those of the profile.
cox-caution-separation-weighted = Without a finite estimate: { $names }. Events are so divided that the ratio runs to infinity or 0 (separation). None is given; sampling weights have no penalised likelihood that would give one.
cox-caution-stratum = Without a hazard ratio, because { $n ->
    [one] it is
   *[other] they are
} among the strata, where each level has a baseline hazard of its own: { $names }. To estimate a ratio, take it out of the strata.
cox-caution-collinear = Not estimated, because the other covariates already determine it: { $names }. Leave one of them out.
cox-caution-changes = The hazard ratio changes over time for { $names }: one ratio is only an average over the follow-up. Stratify by it where it is not of interest itself; else compare restricted mean survival times (RMST), or early and late follow-up apart.
cox-caution-global = The test of all covariates together speaks against proportional hazards ({ $p }): the ratios are averages over the follow-up. Look at the figure of the residuals; stratify, or compare restricted mean survival times (RMST).
cox-caution-interaction = With an interaction, the ratio of each of its two covariates holds where the other is at its reference, or at 0.

cox-failure-no-subjects = There is no model of all covariates: no patient has a value of every covariate.
cox-failure-no-events = There is no model of all covariates: no patient with a value of every covariate had the event.
cox-failure-nothing-varies = There is no model of all covariates: no covariate varies among the patients.
cox-failure-no-convergence = There is no model of all covariates: the estimates did not settle. Choose fewer covariates.
cox-failure-too-many-ties = There is no model of all covariates: too many events share one time for the exact method. Choose Efron’s.

cox-failure-penalised-robust = There is no model: Firth’s likelihood has no robust standard errors. Choose one of them.
cox-caution-no-profile = With robust standard errors there are no profile likelihood intervals: those shown are Wald’s, from the robust errors.
cox-failure-penalised-exact = There is no model: Firth’s likelihood is not defined with exact ties. Choose Efron’s.

cox-excluded = Left out of the multivariable model, no value in “{ $column }”

## Subgroups

subgroups-heading = Effect of { $group } on { $endpoint } in subgroups
subgroups-patients =
    { $events } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } had the event.
subgroups-overall = Among all of them the hazard in “{ $second }” was { $ratio } times that in “{ $first }” (hazard ratio; { $level } CI { $range }; { $p }).
subgroups-alike =
    { $n ->
        [one] The test of the interaction does not show that the ratio differs between subgroups (p of 0.05 or more).
       *[other] None of the { $n } tests of interaction shows that the ratio differs between subgroups (each p 0.05 or more).
    }
subgroups-differ =
    The ratio differs by { $differs }, of { $n ->
        [one] one column
       *[other] { $n } columns
    } tested.
subgroups-differs-by = { $column } ({ $p } for interaction)
subgroups-not-tested = No interaction could be tested.
subgroups-figure = Hazard ratio of { $endpoint }, “{ $second }” v “{ $first }”, among all patients (diamond) and in subgroups (squares, larger with more events), with { $level } confidence intervals. An arrow marks an interval that reaches beyond the axis.
subgroups-table = Effect of { $group } on { $endpoint } in subgroups: “{ $second }” v “{ $first }”
subgroups-column-arm = { $arm }, events/patients
subgroups-column-interaction = p (interaction)
subgroups-note = HR, hazard ratio; CI, confidence interval; p (interaction), likelihood ratio test.
subgroups-note-missing = In none of the subgroups for want of a value: { $missing }.
subgroups-note-not-estimable = NE, not estimable: a group without patients, no events, or events in one group only.
subgroups-caution = With several subgroups some ratios differ by chance. The test of interaction says whether they differ; a p value within a subgroup does not.
subgroups-caution-separation = In a subgroup the ratio runs to infinity or 0, so that the test of interaction is approximate: { $columns }.

## Figures

forest-title-model = { $endpoint }: multivariable hazard ratios
forest-title-univariable = { $endpoint }: univariable hazard ratios
forest-title-subgroups = { $endpoint }: effect of { $group } in subgroups
forest-head-characteristic = Characteristic
forest-head-subgroup = Subgroup
forest-head-ratio = HR ({ $level } CI)
forest-head-arm = { $arm }|events/n
forest-head-interaction = p for|interaction
forest-axis = Hazard ratio (log scale)
forest-axis-subgroups = Hazard ratio, { $second } v { $first } (log scale)
forest-lower = lower hazard
forest-higher = higher hazard
forest-better = { $arm } better
forest-describe = Forest plot. { $title }.

## Methods

methods-cox-models = Hazard ratios are those of Cox’s proportional hazards model { $cox } with { $ties }.
methods-cox-efron = Efron’s treatment of ties { $ref }
methods-cox-breslow = Breslow’s treatment of ties { $ref }
methods-cox-exact = the exact likelihood for tied times
methods-cox-wald = Intervals ({ $level }) and tests are Wald’s.
methods-cox-profile = Intervals ({ $level }) are those of the profile likelihood, p values those of likelihood ratio tests { $ref }.
methods-cox-two-steps = { $rows ->
    [intervals] Each covariate was first modelled by itself, among the intervals with a value of it; then all chosen covariates together, among the intervals with a value of each.
   *[patients] Each covariate was first modelled by itself, among the patients with a value of it; then all chosen covariates together, among the patients with a value of each.
}
methods-cox-interaction = The multivariable model has the products of { $pairs } (interaction).
methods-cox-interaction-of = { $first } and { $second }
methods-cox-log2 = Transformed to logarithms (base 2): { $columns }.
methods-cox-standardised = { $rows ->
    [intervals] Divided by the standard deviation among all intervals: { $columns }.
   *[patients] Divided by the standard deviation among the patients with the endpoint: { $columns }.
}
methods-cox-strata = The models are stratified, with a baseline hazard of its own for each level: { $columns }.
methods-cox-robust = Standard errors are robust (sandwich) { $ref }.
methods-cox-clustered = Standard errors are robust (sandwich), with clusters by { $column } { $ref }.
methods-cox-clustered-by-patient = Standard errors are robust (sandwich), with the intervals of each patient as a cluster { $ref }.
methods-cox-firth = Where the likelihood had no maximum (separation), Firth’s penalised likelihood { $firth } was used, with { $level } intervals and p values of its profile { $heinze }.
methods-cox-firth-always = All models were fitted by Firth’s penalised likelihood { $firth }, with { $level } intervals and p values of its profile { $heinze }.
methods-cox-proportionality = Proportional hazards were tested by scaled Schoenfeld residuals against { $transform } { $ref }.
methods-cox-time-kaplan-meier = the Kaplan-Meier scale of time
methods-cox-time-rank = the rank of time
methods-cox-time-identity = time
methods-cox-time-log = the logarithm of time
methods-cox-concordance = Concordance is Harrell’s c { $ref }.
methods-cox-few-events = There are fewer than 10 events for each coefficient, which makes estimates unreliable { $ref }.
methods-subgroups = The hazard ratio of “{ $second }” over “{ $first }” was estimated by Cox’s proportional hazards model { $cox } with { $ties } and Wald’s { $level } confidence intervals, among all patients and within each subgroup.
methods-subgroups-interaction = Whether it differs between the levels of a column was tested by the likelihood ratio of the models with and without their interaction { $ref }; tests are two-sided, and p values not adjusted for their number.

## Forms

form-cox = Cox models
form-cox-help = Hazard ratios of several covariates, each by itself and all together, with a forest plot and the test of proportional hazards.
form-cox-missing = Cox models need an endpoint, and columns of groups or of numbers at the start.
form-subgroups = Effect in subgroups
form-subgroups-help = The hazard ratio of two groups within the levels of other columns, with tests of interaction and a forest plot.
form-subgroups-missing = Subgroups need an endpoint, a column with two groups, and another grouping column.

form-part-covariates = Covariates
form-part-model = Model

form-field-covariates = Covariates
form-field-covariates-help = Choose them by what is known, not by their p values; about ten events for each coefficient are needed.
form-field-as-numbers = Use as numbers, not as groups
form-field-as-numbers-help = One ratio per step instead of one for each value.
form-field-cox-reference = { $column }: reference
form-field-cox-scale = { $column }: ratio
form-number-scale-step = per step
form-number-scale-log2 = per doubling (log2)
form-number-scale-standardised = per standard deviation
form-field-cox-step = { $column }: units in a step

form-field-univariable-only = Leave out of the multivariable model
form-field-univariable-only-help = They stay in the table, each by itself.
form-field-strata = Stratify by
form-field-strata-help = Each level has its own baseline hazard and gets no ratio: for a covariate whose hazards are not proportional, or a stratified trial.
form-field-firth = Firth’s penalised likelihood
form-field-firth-help = It gives a finite ratio where all events are on one side (separation).
form-firth-automatic = Where it is needed
form-firth-always = In every model
form-firth-never = Never
form-field-ties = Tied event times
form-ties-efron = Efron
form-ties-breslow = Breslow
form-ties-exact = Exact

form-field-interval = Intervals
form-field-interval-help = Profile intervals are better with few events, and slower.
form-cox-interval-wald = Wald
form-cox-interval-profile = Profile likelihood
form-field-robust = Robust standard errors
form-field-robust-help = For patients who belong together, as those of one centre, or when the model is in doubt.
form-field-cluster = Clusters
form-cluster-none = Each patient alone
form-field-transform = Proportional hazards against
form-field-transform-help = Kaplan-Meier is the default of R.
form-transform-kaplan-meier = Kaplan-Meier scale
form-transform-rank = Rank of time
form-transform-identity = Time
form-transform-log = Logarithm of time

form-field-figure-show = Forest plot of
form-forest-multivariable = the multivariable model
form-forest-univariable = each covariate by itself

form-field-subgroups-group = Effect of
form-field-subgroups = In the levels of

## Errors

error-no-covariates = No covariate is chosen. Choose at least one.
error-not-a-covariate = “{ $column }” is not a covariate. Add it under Columns, to groups or to what was measured at the start.
error-not-positive = “{ $column }” has the value { $value }, which has no logarithm. Choose another scale for it.
error-not-two-groups =
    “{ $column }” has { $groups ->
        [one] one group
       *[other] { $groups } groups
    } with patients; an effect needs two. Choose another column.
