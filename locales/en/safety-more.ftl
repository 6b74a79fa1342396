## The figure of the first severe event, and many groups.

safety-figure-first-short = { $cause ->
        [related] Treatment-related event
       *[any] Event
    } of grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    }
safety-figure-first-name = First { $cause ->
        [related] treatment-related event
       *[any] adverse event
    } of grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    }
safety-figure-first = Cumulative incidence of a first { $cause ->
        [related] treatment-related event
       *[any] adverse event
    } of grade { $grade ->
        [5] 5
       *[other] ≥ { $grade }
    }{ $deaths ->
        [yes] , with death as a competing event
       *[no] {""}
    }{ $band ->
        [yes] ; the bands are { $level } confidence intervals
       *[no] {""}
    }.

safety-table-counted = { $caption }: { $counted }
safety-note-grades-of-all = With so many groups each grade is given for all patients together.
