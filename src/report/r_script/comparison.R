
# Weights of event times, from the number at risk and the events of all groups.
weight <- list(
  log_rank = function(n, d) rep(1, length(n)),
  gehan_breslow = function(n, d) n,
  tarone_ware = function(n, d) sqrt(n),
  peto_peto = function(n, d) cumprod(1 - d / (n + 1)),
  modified_peto_peto = function(n, d) cumprod(1 - d / (n + 1)) * n / (n + 1),
  fleming_harrington = function(p, q) function(n, d) {
    s <- cumprod(1 - d / n)
    s <- c(1, s[-length(s)])
    s^p * (1 - s)^q
  }
)

# Weighted log-rank scores of the groups (columns: weights) with the covariance of each pair of them, within strata.
scores <- function(time, event, group, stratum, weights) {
  k <- nlevels(group)
  u <- matrix(0, k, length(weights))
  v <- array(0, c(k, k, length(weights), length(weights)))
  for (s in unique(stratum)) {
    own <- stratum == s
    times <- sort(unique(time[own & event]))
    if (length(times) == 0) next
    n <- sapply(levels(group), function(g) sapply(times, function(t) sum(own & group == g & time >= t)))
    d <- sapply(levels(group), function(g) sapply(times, function(t) sum(own & group == g & time == t & event)))
    n <- matrix(n, ncol = k)
    d <- matrix(d, ncol = k)
    w <- sapply(weights, function(weight) weight(rowSums(n), rowSums(d)))
    w <- matrix(w, ncol = length(weights))
    for (i in seq_along(times)) {
      all <- sum(n[i, ])
      dead <- sum(d[i, ])
      share <- n[i, ] / all
      u <- u + outer(d[i, ] - dead * share, w[i, ])
      if (all > 1) {
        one <- dead * (all - dead) / (all - 1) * (diag(share, k) - outer(share, share))
        v <- v + outer(one, outer(w[i, ], w[i, ]))
      }
    }
  }
  list(u = u, v = v)
}

# One weighted log-rank test: chi-square, degrees of freedom, p.
weighted_log_rank <- function(data, weight) {
  s <- scores(data$time, data$event, droplevels(data$group), data$stratum, list(weight))
  used <- seq_len(nrow(s$u))[-1]
  fit <- qr(s$v[used, used, 1, 1])
  # Without a group in which nobody could have differed.
  if (fit$rank == 0) return(c(chisq = NA, df = 0, p = NA))
  used <- used[fit$pivot[seq_len(fit$rank)]]
  chi <- sum(s$u[used, 1] * solve(s$v[used, used, 1, 1], s$u[used, 1]))
  c(chisq = chi, df = fit$rank, p = pchisq(chi, fit$rank, lower.tail = FALSE))
}

# MaxCombo of two groups: the four z, and their p where the package mvtnorm is there (to about six decimals).
max_combo <- function(data) {
  weights <- Map(weight$fleming_harrington, c(0, 1, 0, 1), c(0, 0, 1, 1))
  s <- scores(data$time, data$event, droplevels(data$group), data$stratum, weights)
  v <- s$v[2, 2, , ]
  z <- s$u[2, ] / sqrt(diag(v))
  m <- max(abs(z))
  p <- NA
  if (all(is.finite(z)) && requireNamespace("mvtnorm", quietly = TRUE))
    p <- 1 - c(mvtnorm::pmvnorm(rep(-m, 4), rep(m, 4), corr = cov2cor(v), algorithm = mvtnorm::GenzBretz(1e6, 1e-7)))
  c(z = z, p = p)
}

# Mean time up to tau with its standard error (Greenwood).
restricted_mean <- function(data, tau) {
  fit <- survfit(Surv(time, event) ~ 1, data)
  kept <- fit$time <= tau
  time <- c(0, fit$time[kept], tau)
  area <- diff(time) * c(1, fit$surv[kept])
  left <- rev(cumsum(rev(area)))[-1]
  n <- fit$n.risk[kept]
  d <- fit$n.event[kept]
  c(mean = sum(area), se = sqrt(sum(ifelse(n > d, left^2 * d / (n * (n - d)), 0))))
}
