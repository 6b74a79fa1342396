# The analyses and their options, as their forms name them.

form-survival = Survival
form-survival-help = Kaplan-Meier curve, median and rates; with groups also the log-rank test and the hazard ratio.
form-survival-missing = Survival needs a start date with the date of progression, death or last contact, or a column of times with a column of events.
form-response = Response
form-response-help = Counts of best response, objective response rate (ORR) and disease control rate (DCR); with tumour assessments also clinical benefit rate (CBR), time to response and best change.
form-response-missing = Response needs a column with each patient’s best response, or a sheet of tumour assessments.
form-frequency = Counts and percentages
form-frequency-help = How many patients have each value of a column, such as the worst grade of adverse events, with exact intervals.
form-frequency-missing = Counts need a column to count or a grouping column.

form-part-data = Data
form-part-estimates = Estimates
form-part-permutation = Permutation test
form-part-figure = Figure

form-field-endpoint = Endpoint
form-endpoint-pfs = Progression-free survival (PFS)
form-endpoint-os = Overall survival (OS)

form-field-group = Compare groups by
form-group-none = No groups

form-field-column = Column

form-field-landmarks = Rates at
form-field-landmarks-help = Times in the display unit, such as 6 12 24. Leave empty to choose them from the follow-up.

form-field-conf-type = Scale of the confidence interval
form-field-conf-type-help = SAS uses log-log, R uses log. The choice is printed in the Methods paragraph.
form-conf-type-log-log = Log-log
form-conf-type-log = Log
form-conf-type-plain = Plain (linear)
form-conf-type-logit = Logit
form-conf-type-arcsine = Arcsine

form-field-conf-level = Confidence level
form-field-conf-level-help = 0.95 gives 95 % confidence intervals.

form-field-draws = Random draws
form-field-draws-help = Used when there are too many arrangements of the patients to look at all of them.
form-field-seed = Seed of the draws
form-field-seed-help = The same seed gives the same p value again.

form-field-method = Confidence interval
form-field-method-help = Clopper-Pearson is exact and cautious; Wilson is shorter.
form-method-clopper-pearson = Clopper-Pearson (exact)
form-method-wilson = Wilson
form-method-agresti-coull = Agresti-Coull
form-method-jeffreys = Jeffreys
form-method-mid-p = Mid-P

form-field-evaluable = Also among evaluable patients
form-field-evaluable-help = Adds the rates without the patients who were not evaluable or not assessed.

form-field-figure-width = Width
form-width-one = One column (85 mm)
form-width-one-and-half = One and a half columns (120 mm)
form-width-two = Two columns (174 mm)
form-field-figure-risk-table = Table under the curves
form-risk-table-at-risk = Number at risk
form-risk-table-kmunicate = At risk, censored and events (KMunicate)
form-risk-table-none = None
form-field-figure-legend = Legend
form-legend-ends = At the ends of the curves
form-legend-box = In a box
form-legend-none = None
form-drawn-automatic = With up to four curves
form-drawn-always = Always
form-drawn-never = Never
form-field-figure-band = Confidence bands
form-field-figure-censor-marks = Marks for censored patients
form-field-figure-median-lines = Median lines
form-field-figure-annotation = p value and hazard ratio
form-field-figure-cut-axis = End the axis early
form-field-figure-cut-axis-help = Ends the time axis where fewer than 10 % of the patients are still at risk.
form-field-figure-tick-step = Distance of the ticks
form-field-figure-tick-step-help = In the display unit. Leave empty to choose it from the follow-up.
form-field-figure-axis-end = End of the time axis
form-field-figure-axis-end-help = In the display unit. Leave empty to show all the follow-up.
form-field-figure-title = Title of the figure
