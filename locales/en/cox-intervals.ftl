# Cox models of start-stop data: a row is an interval at risk, and a patient has one or more.

cox-intervals =
    { $events ->
        [one] There was 1 event
       *[other] There were { $events } events
    } in { $n } intervals of { $patients ->
        [one] 1 patient
       *[other] { $patients } patients
    } (start-stop data). { $complete ->
        [yes] { $several ->
            [yes] All of the intervals are in the multivariable model.
           *[no] All of the intervals are in the model.
        }
       *[no] The { $several ->
            [yes] multivariable model
           *[no] model
        } has the { $model ->
            [one] 1 interval
           *[other] { $model } intervals
        } of { $modelpatients ->
            [one] 1 patient
           *[other] { $modelpatients } patients
        } with a value of every covariate ({ $modelevents ->
            [one] 1 event
           *[other] { $modelevents } events
        }).
    }
cox-intervals-from = Each interval is at risk from its “{ $column }” on.
cox-intervals-excluded =
    { $reason } ({ $n ->
        [one] 1 row
       *[other] { $n } rows
    }): { $patients }.
cox-intervals-caution-recurrent = Some patients had the event more than once, and the standard errors take each of their intervals for another patient. Choose robust standard errors.

cox-column-intervals = Intervals
cox-row-intervals = Intervals

methods-cox-intervals = Each row is an interval at risk; a patient has one or more of them.
