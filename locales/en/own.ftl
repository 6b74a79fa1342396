# Endpoints of the person's own.

own-column = “{ $column }”
own-either = { $first } or { $second }

issue-own-unnamed = Under “Endpoints of your own”, number { $position } has no name. Name it; until then it has no result.
issue-own-name-taken = “{ $name }” is the name of another endpoint. Give yours a name that no other has; until then it has no result.
issue-own-without-start = “{ $name }” has no start: choose a column for it, or the start that all endpoints share. Until then it has no result.
issue-own-without-events = “{ $name }” has no event: choose at least one column of dates for it. Until then it has no result.
issue-kind-own-unnamed = Own endpoint without name
issue-kind-own-name-taken = Own endpoint with a name twice
issue-kind-own-without-start = Own endpoint without start
issue-kind-own-without-events = Own endpoint without event

survival-events-own =
    { $event } of { $n ->
        [one] 1 patient
       *[other] { $n } patients
    } ({ $percent }) had the event; { $censored } { $censored ->
        [one] was
       *[other] were
    } censored.

methods-own = { $endpoint } was the time from “{ $start }” to { $several ->
    [yes] the first of { $events }
   *[no] { $events }
  }.
methods-own-censored = Patients without the event before were censored at { $several ->
    [yes] the first of { $columns }
   *[no] { $columns }
  }.
methods-own-last-contact = Patients without the event were censored at “{ $column }”.
methods-own-else-last-contact = The others were censored at “{ $column }”.
