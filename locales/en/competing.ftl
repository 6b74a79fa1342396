# Competing risks: columns, options, figures, sentences and Methods.

## Columns

cohort-endpoint-efs = EFS
cohort-endpoint-efs-in-full = Event-free survival (EFS)
cohort-cause-counts = First event: { $causes }.
cohort-cause-count = { $cause } in { $n }
issue-causes-assumed =
    { $place } { $count ->
        [0] no value is read as “nothing happened”, and every value
        [one] { $censored } is read as “nothing happened”, and every other value
       *[other] { $censored } are read as “nothing happened”, and every other value
    } as an event of its own. Say what each one means if that is wrong, and name the events.
issue-unknown-cause = { $place } “{ $value }” has no meaning yet. Say under Columns which event it is; until then the patient is left out of { $endpoints }.
issue-kind-causes-assumed = Events assumed
issue-kind-unknown-cause = Unknown event

## Options

form-competing = Competing risks
form-competing-help = Cumulative incidence of each kind of event where one prevents the others; with groups also Gray’s test and both hazard ratios.
form-competing-missing = Competing risks need dates of start, progression, death and last contact, or a column of times with a column of causes.
form-endpoint-efs = Event-free survival (EFS)
form-field-cause = Event of interest
form-cause-progression = Progression
form-cause-death = Death without progression
form-field-gray-strata = Stratify Gray’s test by
form-field-gray-strata-help = Compares the groups within each value of this column and adds up. The hazard ratios are not stratified.
form-strata-none = Not stratified
form-field-convention = Fine-Gray model as in
form-field-convention-help = They differ where an event and a censoring fall on the same time, in the treatment of tied events, and in the standard error. With weights or delayed entry the model is that of survival.
form-convention-survival = R’s survival (finegray, coxph)
form-convention-cmprsk = R’s cmprsk (crr)
form-field-figure-gray = Gray’s test and hazard ratio
form-field-figure-at-risk = Number at risk under the curves
form-field-figure-fit-axis = Fit the percent axis
form-field-figure-fit-axis-help = Ends the axis above the curves. Leave it off to show 0 to 100 %.
form-field-figure-stacked = Also all events, stacked

error-no-competing = Events that compete cannot be derived yet. Under Columns, choose the dates of start, progression, death and last contact, or a column of times with a column of causes.
error-no-cause = “{ $cause }” is not one of the events. Choose another, or name the events under Columns.

## Figures

competing-figure-progression = Progression
competing-figure-death = Death without progression
competing-figure-event-free = Free of any event
competing-figure-incidence = Cumulative incidence of { $cause }
competing-figure-share = Patients
competing-figure-stacked = First events of all patients
competing-figure-gray = Gray’s test { $p }
competing-figure-ratio = Subdistribution HR ({ $level } CI) { $ratio }
competing-figure-rate = At { $time }: { $rate } ({ $level } CI { $range })
competing-figure-describe = Curves of cumulative incidence. { $title }.
competing-figure-describe-arm = { $label }: { $n ->
    [one] { $n } patient
   *[other] { $n } patients
}, { $events ->
    [one] { $events } event
   *[other] { $events } events
}.
competing-events-of-cause = { $cause } in { $n }
competing-figure-describe-stacked = Cumulative incidences stacked on one another. { $title }: { $n ->
    [one] { $n } patient
   *[other] { $n } patients
}; { $events }.

## Sentences

competing-cause-progression = progression
competing-cause-death = death without progression
competing-cause-given = “{ $label }”
competing-time = { $time } { $unit }
competing-heading = Cumulative incidence of { $cause }
competing-heading-by-group = Cumulative incidence of { $cause } by { $group }
competing-events =
    The first event was { $cause } in { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }){ $others }; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored without an event.
competing-events-other = , { $cause } in { $n }
competing-rate = { $rate } ({ $level } CI { $range })
competing-rate-at = { $rate } at { $time }
competing-rate-in = { $rate } in “{ $label }”
competing-incidence = The cumulative incidence of { $cause } was { $rates }.
competing-incidence-by-group = Cumulative incidence of { $cause } at { $time } by { $group }: { $rates }.
competing-not-compared = There is no { $cause } while patients of two groups are at risk, so the groups cannot be compared.
competing-gray = Difference between the groups: { $p } (Gray’s test).
competing-gray-stratified = Difference between the groups: { $p } (Gray’s test, stratified by { $strata }).
competing-subdistribution = The subdistribution hazard of { $cause } in “{ $second }” was { $ratio } times that in “{ $first }” (Fine-Gray model; { $level } CI { $range }).
competing-cause-specific = Among patients still free of any event, the hazard of { $cause } in “{ $second }” was { $ratio } times that in “{ $first }” (cause-specific hazard ratio; { $level } CI { $range }).

competing-caption = Cumulative incidence of { $cause }, by the method of Aalen and Johansen.
competing-caption-by-group = Cumulative incidence of { $cause } by { $group }, by the method of Aalen and Johansen.
competing-caption-at-risk = Under the axis: number of patients at risk, free of any event.
competing-caption-stacked = Cumulative incidences of all events, stacked: the height of each area is the share of patients in whom that event came first. Under the axis: number of patients at risk.

competing-table = First events and their cumulative incidence
competing-table-by-group = First events and their cumulative incidence by { $group }
competing-row-events = First event
competing-row-incidence = Cumulative incidence of { $cause } ({ $level } CI)
competing-row-at = at { $time }
competing-row-at-risk = Patients at risk

competing-comparison = Comparison of the groups
competing-comparison-of-two = Comparison of the groups: { $one } v { $other }
competing-column-event = First event
competing-column-statistic = χ² (df)
competing-column-gray = p (Gray)
competing-column-specific = Cause-specific HR ({ $level } CI)
competing-column-wald = p (Wald)
competing-column-subdistribution = Subdistribution HR ({ $level } CI)
competing-note-ratios = HR, hazard ratio. The cause-specific one compares how often the event happens to patients who are still free of any event; the subdistribution one compares the cumulative incidences, which the other events lower too.
competing-note-strata = Gray’s test is stratified by { $strata }; the hazard ratios are not.

competing-caution-kaplan-meier =
    1 − Kaplan-Meier would put the incidence of { $cause } by { $time } at { $wrong } instead of { $right }, { $points } percentage points too high: it treats the { $n ->
        [one] patient in whom another event came first as one
       *[other] { $n } patients in whom another event came first as ones
    } who could still have it. It is right only where nothing can come before the event.
competing-caution-no-events = { $cause } was nobody’s first event, so there is nothing to estimate.
competing-caution-few-events = With fewer than { $limit } events, estimates are uncertain and tests have little power ({ $cause }: { $events }).
competing-caution-separation = One group has no event of this kind while the other is at risk ({ $causes }), so its hazard ratio cannot be estimated.

## Methods

competing-methods-dates = Time was counted from start to the first of progression and death from any cause; death without progression was a competing event, and patients with neither were censored at last contact.
competing-methods-rules = Time was counted from start to the first of progression and death from any cause; death without progression was a competing event.
competing-methods-given = Times and first events were taken from the data as recorded; the events compete, since the first of them ends the follow-up.
competing-methods-given-dates = Dates and kinds of the first events were taken from the data as recorded, and counted from the start; the events compete, since the first of them ends the follow-up.
competing-methods-incidence = Cumulative incidence was estimated by the method of Aalen and Johansen { $aj } with a Greenwood-type variance { $variance } and pointwise { $level } confidence intervals on the { $scale } scale of the incidence.
competing-methods-kaplan-meier = 1 − Kaplan-Meier was not used, because it overstates the incidence of an event that others can prevent { $ref }.
competing-methods-gray = The groups of { $group } were compared by Gray’s test { $ref }.
competing-methods-gray-stratified = The groups of { $group } were compared by Gray’s test, stratified by { $strata } { $ref }.
competing-methods-ratios = Hazard ratios, with { $reference } as reference, are given for the cause-specific hazard (Cox’s model { $cox } with the other events censored and Efron’s treatment of ties { $efron }) and for the subdistribution hazard (Fine and Gray’s model { $finegray }), for every event { $both }, with Wald’s { $level } confidence intervals and tests.
competing-methods-survival = The Fine-Gray model follows finegray and coxph of R’s survival: Efron’s ties and robust standard errors.
competing-methods-cmprsk = The Fine-Gray model follows crr of R’s package cmprsk: Breslow’s ties and the authors’ standard errors.

# Event-free survival
report-endpoint-efs = EFS
report-endpoint-efs-in-full = event-free survival
survival-heading-efs = Event-free survival
survival-event-efs = any event
survival-events-efs =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) had an event; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.
methods-efs = Event-free survival was the time from start to the first event; patients without one were censored at last contact.
