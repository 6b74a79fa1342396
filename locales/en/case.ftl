# Weights and delayed entry, wherever an analysis has them.

## Who is left out

case-excluded-no-weight = Left out, no weight in “{ $column }”
case-excluded-weight = Left out, the weight in “{ $column }” is 0 or less
case-excluded-no-entry = Left out, no time or date of entry in “{ $column }”
case-excluded-early = Left out, “{ $column }” is before the start
case-excluded-late = Left out, “{ $column }” is not before the end of the follow-up

## Sentences

case-delayed = Patients are at risk from their “{ $column }” on (delayed entry).

## Forms

form-part-weights = Weights and entry
form-field-weights = Weights
form-field-weights-help = A column of numbers above 0. Rows without one are left out and named.
form-weights-none = All patients alike
form-field-weight-kind = A weight says
form-field-weight-kind-help = Sampling weights are one over a probability (of being in the data, or of the treatment given); robust standard errors are used with them.
form-weights-frequency = how many patients a row stands for
form-weights-sampling = how much a patient counts (sampling)
form-field-entry = At risk from
form-field-entry-help = For patients who came under observation after the start: a column with that time, counted from the start, or with that date. Before it they are not at risk.
form-entry-none = The start
form-field-entry-unit = … in
form-entry-unit-same = The unit of the endpoint
form-unit-days = Days
form-unit-weeks = Weeks
form-unit-months = Months
form-unit-years = Years
