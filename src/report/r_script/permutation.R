
# The share of all arrangements of two groups whose log-rank statistic is at least the observed one.
permutation_p <- function(time, event, group) {
  statistic <- function(first) survdiff(Surv(time, event) ~ first)$chisq
  first <- group == levels(group)[1]
  arrangements <- combn(length(time), sum(first))
  all <- apply(arrangements, 2, function(chosen) statistic(seq_along(time) %in% chosen))
  mean(all >= statistic(first) * (1 - 1e-9))
}
