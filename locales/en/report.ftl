# The results section: sentences, tables, notes and the Methods paragraph.

## Said by every section

report-clause-join = {"; "}
report-list-join = {", "}
report-sentence-space = {" "}
report-sentence = { $clauses }.

report-unit-days = days
report-unit-weeks = weeks
report-unit-months = months
report-unit-years = years

report-endpoint-pfs = PFS
report-endpoint-os = OS
report-endpoint-pfs-in-full = progression-free survival
report-endpoint-os-in-full = overall survival

report-all-patients = All patients
report-column = { $label } (n = { $n })
report-rows-shown = The first { $shown } of { $all } rows are shown; { $left ->
    [one] 1 row is
   *[other] { $left } rows are
  } not. The csv of this section holds them all.
report-empty-groups = Groups without analysed patients, not shown: { $groups }.

report-row = row { $row }
report-patient-and-row = { $id } (row { $row })
report-and-more = and { $n } more
report-excluded =
    { $reason } ({ $n ->
        [one] 1 patient
       *[other] { $n } patients
    }): { $patients }.
report-excluded-no-group = Left out, no value in “{ $column }”
report-excluded-no-start = Left out, no start date
report-excluded-no-end = Left out, neither an event nor a date of last contact
report-excluded-event-without-date = Left out, the event has no date
report-excluded-unreadable = Left out, a value that cannot be read
report-excluded-negative = Left out, the end is before the start
report-excluded-contradiction = Left out, the dates contradict each other
report-excluded-no-value = Left out, no time or no event
report-excluded-by-person = Left out by choice

## Survival

survival-heading-pfs = Progression-free survival
survival-heading-os = Overall survival
survival-heading-by-group = { $heading } by { $group }

survival-events-pfs =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) progressed or died; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.
survival-events-pfs-without-death =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) progressed; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.
survival-events-os =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) died; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.
survival-median = Median { $endpoint } was { $median } { $unit } ({ $level } CI { $range })
survival-median-not-reached = Median { $endpoint } was not reached ({ $level } CI { $range })
survival-rate = { $landmark } { $endpoint } was { $rate } ({ $level } CI { $range })
survival-rate-without-interval = { $landmark } { $endpoint } was { $rate }
survival-landmark-days = { $time }-day
survival-landmark-weeks = { $time }-week
survival-landmark-months = { $time }-month
survival-landmark-years = { $time }-year
survival-medians-by-group = Median { $endpoint } by { $group }: { $medians }.
survival-median-of-group = { $median } { $unit } ({ $level } CI { $range }) in “{ $label }”
survival-median-of-group-not-reached = not reached ({ $level } CI { $range }) in “{ $label }”
survival-medians-of-many =
    Median { $endpoint } in the { $groups } groups of { $group } was between { $low } { $unit } (“{ $first }”) and { $high } { $unit } (“{ $last }”){ $later ->
        [0] {""}
       *[other] , and not reached in { $later }
    }; each stands in the table with its interval.
survival-medians-of-many-one = Of the { $groups } groups of { $group }, only “{ $first }” reached its median { $endpoint }: { $low } { $unit }.
survival-medians-of-many-not-reached = Median { $endpoint } was not reached in any of the { $groups } groups of { $group }.
survival-not-compared = There is no event while patients of two groups are at risk, so the groups cannot be compared.
survival-log-rank = Difference between the groups: { $p } (log-rank test).
survival-log-rank-and-permutation =
    Difference between the groups: { $p } (log-rank test); { $permutation } by the permutation test, which holds its error rate with few { $few ->
        [events] events
       *[patients] patients
    }.
survival-hazard-ratio = The hazard in “{ $second }” was { $ratio } times that in “{ $first }” (hazard ratio; { $level } CI { $range }).
survival-follow-up = Median follow-up was { $median } { $unit } ({ $limits ->
    [yes] { $level } CI { $range }; reverse Kaplan-Meier
   *[no] reverse Kaplan-Meier
}).
survival-follow-up-not-reached = Median follow-up was not reached ({ $limits ->
    [yes] { $level } CI { $range }; reverse Kaplan-Meier
   *[no] reverse Kaplan-Meier
}): most patients had the event.

survival-figure = Kaplan-Meier estimate of { $endpoint }.
survival-figure-by-group = Kaplan-Meier estimate of { $endpoint } by { $group }.
survival-figure-rising = It rises with the responses (1 − Kaplan-Meier), to 100 % because only responders are in it.
survival-figure-censor-marks = Vertical strokes: censored patients.
survival-figure-band = Shaded: pointwise { $level } confidence interval.
survival-figure-median-lines = Thin lines: median.
survival-figure-at-risk = Under the axis: number of patients at risk.
survival-figure-kmunicate = Under the axis: patients at risk, censored and with the event.

survival-table = Estimates of { $endpoint }
survival-table-by-group = Estimates of { $endpoint } by { $group }
survival-event-pfs = progression or death
survival-event-pfs-without-death = progression
survival-event-os = death
survival-row-events = Events ({ $event })
survival-row-censored = Censored
survival-row-median = Median { $endpoint }, { $unit } ({ $level } CI)
survival-row-first-quartile = 25 % have had the event (first quartile)
survival-row-third-quartile = 75 % have had the event (third quartile)
survival-row-rate = { $landmark } { $endpoint } ({ $level } CI)
survival-row-at-risk = patients at risk
survival-row-follow-up = Median follow-up, { $unit } ({ $level } CI)
survival-row-expected = Events expected if the groups did not differ

survival-note-ci = CI, confidence interval.
survival-note-not-reached = NR, not reached: the curve, or the limit of its confidence band, does not fall that far within the follow-up.
survival-note-no-limits = NE, not estimable: too few events for limits of the time.
survival-note-not-estimable = NE, not estimable: the time lies beyond the last follow-up.
survival-note-permutation = p (permutation): the log-rank statistic compared with its values when the patients are dealt to the groups at random.

survival-comparison =
    Comparison of the groups ({ $n } patients, { $events ->
        [one] 1 event
       *[other] { $events } events
    }; two-sided tests)
survival-column-comparison = Comparison
survival-column-hazard-ratio = Hazard ratio ({ $level } CI)
survival-column-wald = p (Wald)
survival-column-statistic = Log-rank χ² (df)
survival-column-log-rank = p (log-rank)
survival-column-permutation = p (permutation)
survival-column-holm = p (Holm)
survival-row-all-groups = All groups
survival-pair = { $one } v { $other }

survival-caution-no-events = No events: the curve stays at 100 %, and neither median nor hazard can be estimated.
survival-caution-separation = The hazard ratio has no finite estimate, because events are so divided between the groups that one hazard would be infinitely higher (separation). None is given; the tests of the difference remain valid.
survival-caution-crossing = Curves cross: each is above the other at some time (one-sided p < 0.05 in both directions, corrected for the five times looked at). One hazard ratio does not describe them, and the log-rank test may miss the difference.
survival-caution-responders = Only responders are in it: the groups are compared among those who responded, not by what they were given.
survival-caution-few-events =
    There are fewer than { $limit } events ({ $events }): the estimates are uncertain, and the intervals approximate.
survival-caution-few-events-by-group = Fewer than { $limit } events in a group ({ $events }): the estimates are uncertain, and the intervals and the p value of the log-rank test approximate.
survival-events-of-group = { $label }: { $n }

## Response

response-heading = Best response
response-heading-by-group = Best response by { $group }
response-orr =
    The cancer responded (CR or PR) in { $count } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    }: objective response rate (ORR) { $percent } ({ $level } CI { $range }).
response-dcr = It was controlled (CR, PR or SD) in { $count } of { $n }: disease control rate (DCR) { $percent } ({ $level } CI { $range }).
response-orr-by-group = ORR by { $group }: { $rates }.
response-dcr-by-group = DCR by { $group }: { $rates }.
response-rate-of-group = { $percent } ({ $count } of { $n }) in “{ $label }”
response-difference = difference { $difference } percentage points ({ $level } CI { $range })
response-fisher = { $p } (Fisher’s exact test)

response-table = Best response
response-table-by-group = Best response by { $group }
response-cr = Complete response (CR)
response-pr = Partial response (PR)
response-sd = Stable disease (SD)
response-non-cr-non-pd = Non-CR/non-PD
response-pd = Progressive disease (PD)
response-ne = Not evaluable (NE)
response-missing = Not assessed
response-name-orr = ORR
response-name-dcr = DCR
response-row-orr = Objective response rate, ORR ({ $level } CI)
response-row-dcr = Disease control rate, DCR ({ $level } CI)
response-row-orr-evaluable = ORR among evaluable patients ({ $level } CI)
response-row-dcr-evaluable = DCR among evaluable patients ({ $level } CI)
response-row-responders = patients with CR or PR
response-row-controlled = patients with CR, PR, SD or non-CR/non-PD
response-fraction = { $count } of { $n }
response-note-denominator = CI, confidence interval. Patients who were not evaluable or not assessed count as non-responders.
response-note-evaluable = Evaluable: patients with a response other than not evaluable or not assessed.

response-comparison = Comparison of the groups (two-sided tests)
response-column-rate = Rate
response-column-difference = { $second } minus { $first }, percentage points ({ $level } CI)
response-column-fisher = p (Fisher)

## Counts and percentages

frequency-heading = { $column }
frequency-heading-by-group = { $column } by { $group }
frequency-count = “{ $level }” in { $count } of { $n } ({ $percent }; { $conf } CI { $range })
frequency-table = Patients by { $column }
frequency-table-by-group = Patients by { $column } and { $group }
frequency-note = Number of patients; percentage ({ $conf } CI). CI, confidence interval. Patients without a value are not counted.
frequency-fisher = The groups compare with { $p } (Fisher’s exact test).

## Methods

methods-frequency = Percentages are of the patients with a known value.

methods-pfs = Progression-free survival was the time from start to the first of progression or death from any cause; patients with neither were censored at last contact.
methods-pfs-without-death = Progression-free survival was the time from start to progression; deaths were not recorded, and patients without progression were censored at last contact.
methods-os = Overall survival was the time from start to death from any cause; patients alive were censored at last contact.
methods-given = Times and events of { $endpoint } were taken from the data as recorded.
methods-given-dates = Dates of event or censoring of { $endpoint } were taken from the data as recorded, and counted from the start.
methods-cut-off = What followed the data cut-off of { $date } was not counted.
methods-days = Times were counted in whole days (end − start).
methods-days-with-first = Times were counted in whole days, the first one included (end − start + 1).
methods-calendar-months = Times were counted in calendar months: the whole months since the start, and the days left over as a share of the month that they fall in.
methods-calendar-months-with-first = Times were counted in calendar months up to the day after the end: the whole months since the start, and the days left over as a share of the month that they fall in.
methods-display-from-days = Times are shown in { $unit } of { $days } days.
methods-display-in-days = Times in { $from } are shown in days ({ $fromdays } each).
methods-display = Times in { $from } of { $fromdays } days are shown in { $unit } of { $days } days.
methods-scale-log = log
methods-scale-log-log = log-log
methods-scale-plain = plain (linear)
methods-scale-logit = logit
methods-scale-arcsine = arcsine square-root
methods-kaplan-meier = Survival was estimated by the Kaplan-Meier method { $km } with Greenwood’s variance { $greenwood } and pointwise { $level } confidence intervals on the { $scale } scale { $scales }; intervals of medians and quartiles are those of Brookmeyer and Crowley on the same scale { $bc }.
methods-follow-up = Follow-up was summarised by the reverse Kaplan-Meier method { $ref }.
methods-log-rank = The groups of { $group } were compared by the two-sided log-rank test { $ref }.
methods-permutation-exact =
    { $few ->
        [events] Because a group had fewer than { $events } events
       *[patients] Because there were at most { $patients } patients
    }, its permutation version is given beside it, over all { $arrangements } arrangements of the patients { $ref }.
methods-permutation-drawn =
    { $few ->
        [events] Because a group had fewer than { $events } events
       *[patients] Because there were at most { $patients } patients
    }, its permutation version is given beside it, from { $draws } random arrangements of the patients (seed { $seed }) { $ref }.
methods-two-sided = All tests are two-sided.
methods-pairwise = Pairs of groups were compared by the same test, with Holm’s correction of the p values { $ref }.
methods-cox = The hazard ratio, with { $reference } as reference, is that of Cox’s proportional hazards model { $cox } with Efron’s treatment of ties { $efron } and Wald’s { $level } confidence interval and test.
methods-response = Best overall response was taken from the data, after RECIST 1.1 { $ref }. The objective response rate is (CR + PR) / all patients, the disease control rate (CR + PR + SD + non-CR/non-PD) / all patients; patients not evaluable or not assessed count as non-responders.
methods-evaluable = Rates among evaluable patients leave these out.
methods-clopper-pearson = Rates have { $level } confidence intervals of Clopper and Pearson (exact) { $ref }.
methods-wilson = Rates have Wilson’s { $level } score confidence intervals { $ref }.
methods-agresti-coull = Rates have { $level } confidence intervals of Agresti and Coull { $ref }.
methods-jeffreys = Rates have Jeffreys’ { $level } intervals (equal-tailed, prior Beta(½, ½)) { $ref }.
methods-mid-p = Rates have { $level } mid-P confidence intervals { $ref }.
methods-fisher = The groups of { $group } were compared by Fisher’s exact test, two-sided { $ref }.
methods-fisher-drawn = Its p value was simulated from { $draws } tables (seed { $seed }).
methods-newcombe = The difference between two rates has Newcombe’s hybrid score { $level } confidence interval (method 10) { $ref }.
methods-software = Computed with oncurve { $version }.

## Documents

document-language = en
document-title = Results from { $file }
document-exclusions = Patients left out
document-methods = Methods
