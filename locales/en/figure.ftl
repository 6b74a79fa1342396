# Words inside figures.

# Names of endpoints: long on axes, short where room is scarce.
figure-endpoint = { $endpoint ->
    [pfs] Progression-free survival
    [efs] Event-free survival
    [ipfs] Progression-free survival by iRECIST
    [ttp] Free of progression
    [ttr] Cumulative response of responders
    [dor] Response maintained
    [idor] Response maintained (iRECIST)
    [pfs2] Progression-free survival on the next therapy
    [time_on_treatment] On treatment
    [os] Overall survival
   *[own] { $endpoint }
}
# What hazards are of.
figure-endpoint-timed = { $endpoint ->
    [ttp] Time to progression
    [ttr] Time to response
    [dor] Duration of response
    [idor] Duration of response (iRECIST)
    [time_on_treatment] Time on treatment
   *[other] { figure-endpoint }
}
figure-endpoint-short = { $endpoint ->
    [pfs] PFS
    [efs] EFS
    [ipfs] iPFS
    [ttp] TTP
    [ttr] TTR
    [dor] DoR
    [idor] iDoR
    [pfs2] PFS2
    [time_on_treatment] Time on treatment
    [os] OS
   *[own] { $endpoint }
}
# What a curve shows where room is scarce.
figure-endpoint-level = { $endpoint ->
    [ttp] Free of progression
    [ttr] With response
    [time_on_treatment] On treatment
   *[other] { figure-endpoint-short }
}
figure-axis-survival = { $name } (%)
figure-axis-time = { $unit ->
    [days] Days
    [weeks] Weeks
   *[months] Months
    [years] Years
} since { $start ->
    [treatment] start of treatment
    [randomisation] randomisation
    [enrolment] enrolment
    [diagnosis] diagnosis
    [surgery] surgery
   *[unnamed] start
}
figure-axis-time-given = { $unit ->
    [days] Time (days)
    [weeks] Time (weeks)
   *[months] Time (months)
    [years] Time (years)
}
figure-time = { $unit ->
    [days] { $time } days
    [weeks] { $time } weeks
   *[months] { $time } months
    [years] { $time } years
}

figure-survival-title-by = { $name } by { $group }
figure-all-patients = All patients

figure-risk-heading = Number at risk
figure-risk-heading-kmunicate = Patients
figure-risk-at-risk = At risk
figure-risk-censored = Censored
figure-risk-events = Events

figure-log-rank = Log-rank { $p }
figure-permutation = Permutation { $p }
figure-hazard-ratio = HR ({ $level } CI) { $ratio }
figure-contrast = { $second } v { $first }
figure-median = Median { $time } ({ $level } CI { $range })

# What pointing at a curve says.
figure-point-survival = { $name } { $survival }
figure-point-at-risk = { $n } at risk

# For the screen reader.
figure-describe-survival = Kaplan-Meier curves. { $title }.
figure-describe-arm = { $label }: { $n ->
    [one] { $n } patient
   *[other] { $n } patients
}, { $events ->
    [one] { $events } event
   *[other] { $events } events
}, median { $time } ({ $level } CI { $range }).
