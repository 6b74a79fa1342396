
# The share of all arrangements of two groups whose log-rank statistic is at least the observed one.
permutation_p <- function(time, event, group) {
  times <- sort(unique(time[event]))
  at_risk <- outer(time, times, ">=") + 0
  dies <- outer(time, times, "==") * event
  n <- colSums(at_risk)
  d <- colSums(dies)
  # One row an arrangement: 1 for the patients of the first group.
  statistic <- function(first) {
    share <- sweep(first %*% at_risk, 2, n, "/")
    excess <- rowSums(first %*% dies) - share %*% d
    variance <- (share * (1 - share)) %*% (d * (n - d) / pmax(n - 1, 1))
    ifelse(variance > 0, excess^2 / variance, 0)
  }
  observed <- group == levels(group)[1]
  members <- combn(length(time), sum(observed))
  arrangements <- matrix(0, ncol(members), length(time))
  arrangements[cbind(c(col(members)), c(members))] <- 1
  mean(statistic(arrangements) >= c(statistic(t(observed + 0))) * (1 - 1e-9))
}
