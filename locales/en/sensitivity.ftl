# One endpoint under several rules of censoring.

## Section

sensitivity-fda = FDA-style
sensitivity-ema = EMA-style
sensitivity-plain = Plain
sensitivity-by-fda = by the FDA-style rules
sensitivity-by-ema = by the EMA-style rules
sensitivity-by-plain = by the plain rules
sensitivity-heading = { $heading } under different rules of censoring
sensitivity-heading-by-group = { $heading } by { $group } under different rules of censoring
sensitivity-medians = Median { $endpoint }: { $medians }.
sensitivity-median =
    { $median } { $unit } ({ $level } CI { $range }) { $by } ({ $events ->
        [one] 1 event
       *[other] { $events } events
    } in { $n ->
        [one] 1 patient
       *[other] { $n } patients
    })
sensitivity-median-not-reached =
    not reached ({ $level } CI { $range }) { $by } ({ $events ->
        [one] 1 event
       *[other] { $events } events
    } in { $n ->
        [one] 1 patient
       *[other] { $n } patients
    })
sensitivity-ratios = Hazard in “{ $second }” relative to that in “{ $first }”: { $clauses }.
sensitivity-ratio = { $ratio } times as high ({ $level } CI { $range }; log-rank { $p }) { $by }
sensitivity-tests = Difference between the groups (log-rank test): { $clauses }.
sensitivity-test = { $p } { $by }
sensitivity-changed =
    { $changed ->
        [0] No patient’s time or event depends on the rules.
       *[other] Of { $n ->
            [one] 1 patient
           *[other] { $n } patients
        }, { $changed ->
            [one] 1 has another time or event
           *[other] { $changed } have another time or event
        } under one of the rules than under another (event: { $event }; time only: { $time }; left out under some: { $contributes }).
    }

sensitivity-figure = Kaplan-Meier estimates of { $endpoint } of the same patients under each of the rules of censoring.
sensitivity-figure-group = The same for { $column }: { $group }.
sensitivity-figure-by = rules of censoring
sensitivity-figure-of-group = { $title } ({ $column }: { $group })

sensitivity-table = Estimates of { $endpoint } by rules of censoring
sensitivity-table-by-group = Estimates of { $endpoint } by rules of censoring and { $group }
sensitivity-row-patients = Patients
sensitivity-row-events = Events
sensitivity-row-ratio = Hazard ratio, { $second } v { $first } ({ $level } CI)
sensitivity-note-empty = Nobody contributes under these rules: { $rules }.

sensitivity-changes = Patients whose time or event depends on the rules
sensitivity-column-patient = Patient, rules
sensitivity-column-time = Time, { $unit }
sensitivity-column-status = Status
sensitivity-column-reason = Why
sensitivity-caution = { $rules }: { $caution }

## Methods

methods-sensitivity = It was derived from the same data under each of these rules of censoring.
methods-sensitivity-fda = FDA-style (FDA 2018): patients without the event, and those with an event after a new anticancer therapy or after more than { $gap } days without an adequate assessment, were censored at their last adequate assessment before.
methods-sensitivity-ema = EMA-style (EMA/CHMP/27994/2008): progressions and deaths counted whether or not a new anticancer therapy or missed assessments came before; patients without an event were censored at their last adequate assessment.
methods-sensitivity-plain = Plain: the first of the events counted whatever came before; patients without an event were censored at last contact.
methods-sensitivity-clinical = Clinical progression counted as progression by the EMA-style and the plain rules.

## Form

form-sensitivity = Rules of censoring compared
form-sensitivity-help = One endpoint with progression under FDA-style, EMA-style and plain rules of censoring at once: the estimates side by side, and every patient whose time or event depends on the rules.
form-sensitivity-missing = Comparing rules of censoring needs a start date and a sheet of tumour assessments or measurements: choose them in the columns step.
form-field-sensitivity-presets = Rules of censoring
form-field-sensitivity-presets-help = FDA-style: a new therapy and missed assessments censor before them. EMA-style: they are ignored. Plain: as EMA-style, but censored at last contact instead of the last assessment.
form-sensitivity-fda = FDA-style
form-sensitivity-ema = EMA-style
form-sensitivity-plain = Plain

## Errors

error-no-rules = No rules of censoring are chosen. Choose at least one.
error-one-rule = This endpoint is the same by all rules of censoring, or it is read from its own columns. Choose one with progression that is derived from the assessments.
