# Cut-points of a number, and the spline of its log hazard.

## Section

cutpoint-heading = { $column } and { $endpoint }
cutpoint-patients =
    { $events } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } with a value of { $column } had the event.
cutpoint-at-median = They were divided at the median of { $column }, { $cuts }.
cutpoint-at-quartiles = They were divided at the quartiles of { $column }: { $cuts }.
cutpoint-at-given = They were divided by { $column } at { $cuts }.
cutpoint-log-rank = Difference between the groups: { $p } (log-rank test).
cutpoint-searched =
    { $count ->
        [one] The only cut-point of { $column } that was admissible
       *[other] Of { $count } cut-points of { $column } from { $from } to { $to }, the one with the largest log-rank statistic
    } is { $cut } ({ $statistic }, standardised by its permutation variance).
cutpoint-corrected = Corrected for the search, { $corrected } by the approximation of Lausen and Schumacher and { $permutation } by permutation; the log-rank test at this cut-point alone, with its usual variance and { $alone }, ignores the search and is not valid.
cutpoint-ratio = The hazard above { $cut } was { $ratio } times that at or below it (hazard ratio; { $level } CI { $range }).
cutpoint-ratio-searched = The hazard above { $cut } was { $ratio } times that at or below it (hazard ratio; { $level } CI { $range }, not corrected for the search).
cutpoint-figure-search = Standardised log-rank statistic (absolute value) at every admissible cut-point of { $column }. Vertical line: the chosen cut-point. Dashed level: { $critical }, which the largest statistic exceeds in { $share } of cohorts in which { $column } has no bearing on { $endpoint } (approximation of Lausen and Schumacher).
cutpoint-table = Groups by { $column }: { $endpoint }
cutpoint-column-n = Patients
cutpoint-column-events = Events
cutpoint-column-median = Median, { $unit } ({ $level } CI)
cutpoint-column-ratio = HR ({ $level } CI)
cutpoint-reference = 1 (reference)
cutpoint-note = CI, confidence interval; HR, hazard ratio over the lowest group; NE, not estimable; NR, not reached.
cutpoint-note-search = The cut-point was searched for: { $p } corrected for the search. Intervals and ratio are not corrected, and too optimistic.
cutpoint-group-lowest = ≤ { $high }
cutpoint-group-between = > { $low } to { $high }
cutpoint-group-highest = > { $low }
cutpoint-caution-searched = This cut-point was chosen because it divides these very patients best. Its hazard ratio is too far from 1, its interval too narrow, and other patients would give another cut-point. Confirm it in patients who had no part in the search, or keep { $column } a number.
cutpoint-caution-given = The p value and the ratio hold for a cut-point that was chosen before anyone looked at { $endpoint }. If it was chosen because it divides well, let the cut-point be searched for instead: that p value is corrected.

cutpoint-spline-effect = As a number, without cut-points, { $column } bears on the hazard with { $p } (restricted cubic spline, likelihood ratio test).
cutpoint-curved = The log hazard is not a straight line of { $column } ({ $p } by the likelihood ratio, { $wald } by Wald’s test).
cutpoint-straight = The test does not show that the log hazard departs from a straight line of { $column } ({ $p } by the likelihood ratio, { $wald } by Wald’s test).
cutpoint-caution-few-events = The spline has { $each } events for each coefficient ({ $events } for { $coefficients }). With fewer than { $limit } its curve and p values are unreliable: choose fewer knots, or no spline.
cutpoint-no-spline = There is no spline of { $column }: it has too few different values for its knots, there are too few events, or the ratio has no finite estimate.
cutpoint-figure-spline = Hazard ratio of { $endpoint } over { $column }, relative to the median { $reference } (diamond), with its pointwise { $level } confidence band. Marks at the foot: values of the patients, higher where more have them. Restricted cubic spline; a straight line would mean that each unit of { $column } changes the hazard alike.

cutpoint-excluded = No number in “{ $column }”

## Figures

cutpoint-quantity = { $column } ({ $unit })
cutpoint-title-search = { $endpoint }: log-rank statistic by cut-point of { $column }
cutpoint-title-spline = { $endpoint }: hazard ratio over { $column }
cutpoint-axis-statistic = Log-rank statistic (standardised)
cutpoint-axis-ratio = Hazard ratio (log scale)
cutpoint-chosen = { $cut }
cutpoint-critical = corrected p = { $p }
cutpoint-at = at { $cut }
cutpoint-statistic-of = statistic { $statistic }

## Methods

methods-cutpoint-median = Patients were divided at the median of { $column }; the cut-point belongs to the lower group.
methods-cutpoint-quartiles = Patients were divided at the quartiles of { $column }; each cut-point belongs to the lower group.
methods-cutpoint-given = Patients were divided at chosen values of { $column }; each cut-point belongs to the lower group.
methods-cutpoint-search = The cut-point of { $column } is that with the largest log-rank statistic, standardised by its variance over all arrangements of the patients, among those between { $least } % and { $most } % of the patients { $lausen }. Its p value is corrected for the search by the approximation of Miller and Siegmund { $miller }, and by permutation of the whole search ({ $draws } random arrangements, seed { $seed }) { $hothorn }. Estimates at a searched cut-point are too optimistic { $altman }.
methods-cutpoint-groups = Median { $endpoint } was estimated by the Kaplan-Meier method { $kaplan } with { $level } confidence intervals from the log-log transformation { $brookmeyer }; groups were compared by the log-rank test { $mantel } and by hazard ratios of Cox’s model { $cox } with Efron’s treatment of ties { $efron } and Wald’s intervals.
methods-cutpoint-spline = The log hazard over { $column } was modelled by a restricted cubic spline { $ref } with { $count } knots at the quantiles that Harrell recommends ({ $knots }) { $harrell }, relative to the median ({ $reference }); its departure from a straight line was tested by the likelihood ratio and by Wald’s test.

## Form

form-cutpoint = Cut-points of a number
form-cutpoint-help = Groups by the median, quartiles, your own values or the best-dividing value of a number, with a p value corrected for the search; and the hazard as a smooth curve of it.
form-cutpoint-missing = Cut-points need an endpoint, and a column of numbers at the start.
form-part-cutpoints = Cut-points
form-part-spline = Smooth curve
form-field-cutpoint-column = Number
form-field-cutpoint-rule = Divide at
form-field-cutpoint-rule-help = A cut-point that was found by looking at the outcome needs the corrected p value of the search.
form-cutpoint-rule-median = the median
form-cutpoint-rule-quartiles = the quartiles
form-cutpoint-rule-given = values of my own
form-cutpoint-rule-maximum = the largest log-rank statistic (searched)
form-field-cutpoint-cuts = Values
form-field-cutpoint-cuts-help = Patients with exactly this value belong to the lower group.
form-field-cutpoint-least = Smallest share of patients in a group
form-field-cutpoint-least-help = With 0.1, cut-points between 10 % and 90 % of the patients are tried.
form-field-cutpoint-knots = Restricted cubic spline
form-field-cutpoint-knots-help = More knots follow more bends, and need more events: about ten for each knot.
form-cutpoint-knots-three = 3 knots
form-cutpoint-knots-four = 4 knots
form-cutpoint-knots-five = 5 knots
form-cutpoint-knots-none = None

## Errors

error-no-cut-point = No value of “{ $column }” divides the patients: too few are on one side of each, or nobody had the event. Choose another column, or a smaller share.
