
# The largest standardised log-rank statistic over the cut-points of x, with its corrected p value.
largest_log_rank <- function(time, event, x, least) {
  score <- residuals(coxph(Surv(time, event) ~ 1, ties = "breslow"), "martingale")
  score <- score - mean(score)
  n <- length(x)
  cuts <- sort(unique(x))
  low <- vapply(cuts, function(cut) sum(x <= cut), 0)
  admissible <- low >= least * n * (1 - 1e-12) & n - low >= least * n * (1 - 1e-12)
  cuts <- cuts[admissible]
  low <- low[admissible]
  error <- sqrt(low * (n - low) / (n * (n - 1)) * sum(score^2))
  statistic <- function(score) abs(cumsum(score)[low] / error)
  observed <- statistic(score[order(x)])
  best <- which.max(observed)
  b <- observed[best]
  p <- if (b <= 1) 1 else min(1, 4 * dnorm(b) / b + dnorm(b) * (b - 1 / b) * 2 * log((1 - least) / least))
  largest <- function(draw) max(statistic(sample(score)))
  list(cut = cuts[best], statistic = b, p = p, permuted = function(draws)
    (sum(vapply(seq_len(draws), largest, 0) >= b * (1 - 1e-9)) + 1) / (draws + 1))
}

# Harrell's restricted cubic spline, its linear column first.
restricted_cubic_spline <- function(x, knots) {
  k <- length(knots)
  cube <- function(knot) pmax(x - knot, 0)^3
  span <- knots[k] - knots[k - 1]
  columns <- lapply(seq_len(k - 2), function(j)
    (cube(knots[j]) - (cube(knots[k - 1]) * (knots[k] - knots[j]) - cube(knots[k]) * (knots[k - 1] - knots[j])) / span) /
      (knots[k] - knots[1])^2)
  do.call(cbind, c(list(x), columns))
}
