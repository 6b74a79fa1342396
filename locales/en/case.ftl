# Case weights and delayed entry, alike in every analysis that has them.

cox-excluded-no-weight = Left out, no weight in “{ $column }”
cox-excluded-weight = Left out, the weight in “{ $column }” is 0 or less
cox-excluded-no-entry = Left out, no time of entry in “{ $column }”
cox-excluded-late = Left out, “{ $column }” is not before the end of the follow-up
form-part-weights = Weights and entry
form-weights-none = All patients alike
form-field-entry = At risk from
form-field-entry-help = For patients who came under observation after the start: a column with that time, counted from the start. Before it they are not at risk.
form-entry-none = The start
form-field-entry-unit = … in
form-entry-unit-same = The unit of the endpoint
form-unit-days = Days
form-unit-weeks = Weeks
form-unit-months = Months
form-unit-years = Years
