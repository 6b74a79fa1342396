# Settings of RECIST 1.1, iRECIST and the rules of censoring that are not the usual ones.

recist-methods-window = The baseline was an assessment at most { $days ->
    [one] one day
   *[other] { $days } days
  } before the start.
recist-methods-no-window = The baseline could lie any number of days before the start.
recist-methods-grace = The baseline could lie up to { $days ->
    [one] one day
   *[other] { $days } days
  } after the start.
recist-methods-not-evaluable = Between a response and its confirmation { $n ->
    [0] no assessment
    [one] one assessment
   *[other] up to { $n } assessments
  } could be not evaluable.
recist-methods-one-stable = One stable disease was allowed between a partial response and its confirmation.
recist-methods-before-new-therapy = For the best response and the best change, assessments after the start of a new anticancer therapy were not counted.
recist-methods-immune-window = Growth confirmed a progression from { $days } days after it on{ $tolerance ->
    [0] {""}
    [one] , or one day earlier
   *[other] , or up to { $tolerance } days earlier
  }.
recist-methods-repeated-flag = A new lesion noted at a further assessment counted as another new lesion.
recist-methods-clinical = Clinical progression counted as progression.
