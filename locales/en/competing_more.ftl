# Competing risks: models with covariates, weights and delayed entry.

## Options

form-field-competing-covariates = Covariates of the models
form-field-competing-covariates-help = Every event gets two models with all of them: of its own (cause-specific) hazard and of the subdistribution hazard (Fine and Gray). About ten events of each kind for each coefficient are needed.

## Sentences

competing-counted = Each row counts as many patients as “{ $column }” says: all numbers are of these patients.
competing-weighted = Patients are weighted by “{ $column }” (sampling weights); numbers of patients and events are without weights.
competing-no-gray = Gray’s test knows { $what ->
    [weights] no sampling weights
    [entry] no delayed entry
   *[both] neither weights nor delayed entry
}, so only the models compare the groups.
competing-note-no-gray = There is no Gray’s test with { $what ->
    [weights] weights
    [entry] delayed entry
   *[both] weights and delayed entry
}.
competing-note-unweighted = Numbers of patients and events are without weights.
competing-caption-unweighted = Weights are not in this number.
competing-models-patients = { $n } of { $all } patients have a value of { $several ->
    [yes] each of { $covariates }
   *[no] { $covariates }
} and are in the models.
competing-models-missing = Without a value: { $missing }.
competing-models-ratios = Subdistribution hazard ratios of { $cause }{ $several ->
    [yes] , each adjusted for the others
   *[no] {""}
} ({ $level } CI): { $ratios }.
competing-models-ratio = { $name } { $ratio }
competing-models-table = Models of { $cause }: { $n ->
    [one] 1 patient
   *[other] { $n } patients
}, { $events ->
    [one] 1 event
   *[other] { $events } events
}
competing-caution-broken-weights = Some weights are not whole numbers, which a number of patients is: they are used as sampling weights, with robust standard errors.
competing-caution-models-few = The models of { $cause } have { $each } events for each coefficient ({ $events } for { $coefficients }). With fewer than { $limit } their estimates are unreliable: choose fewer covariates, or merge levels.
competing-caution-models-separation = Without a finite estimate in the models of { $cause }: { $names }. The events are so divided that the ratio runs to infinity or 0 (separation), so none is given. Merge levels, or leave the covariate out.
competing-caution-models-collinear = Not estimated, because the other covariates already determine it: { $names }. Leave one of them out.
competing-failure-no-events = There are no models of { $cause }: no patient with a value of every covariate had it.
competing-failure-nothing-varies = There are no models of { $cause }: no covariate varies among the patients.
competing-failure-no-convergence = There is no { $model } of { $cause }: the estimates did not settle. Choose fewer covariates.
competing-failure-gap = There is no { $model } of { $cause }: when patients entered at { $time }, nobody who had entered before was under observation, so how to weigh those with another event cannot be said.
competing-model-specific = cause-specific model
competing-model-subdistribution = Fine-Gray model
competing-model-both = cause-specific and Fine-Gray model

## Methods

competing-methods-ratios-alone = For every event { $both } hazard ratios are given for the cause-specific hazard (Cox’s model { $cox } with the other events censored and Efron’s treatment of ties { $efron }) and for the subdistribution hazard (Fine and Gray’s model { $finegray }), with Wald’s { $level } confidence intervals and tests.
competing-methods-models = { $several ->
    [yes] The models of the covariates { $covariates } have all of them together
   *[no] The models of { $covariates } have this covariate alone
} and the patients without missing values.
competing-methods-counts = A row stood for as many patients as { $column } says.
competing-methods-weights = Patients were weighted by { $column } (sampling weights); standard errors are robust (infinitesimal jackknife), and the weights of the Fine-Gray model that stem from censoring are estimated without them.
competing-methods-entry = Patients entered the risk set at { $column } after the start (left truncation); in the Fine-Gray model those with another event are weighted by the probabilities to be uncensored and to have entered { $ref }.
