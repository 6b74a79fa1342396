
# ---- Comparing groups -----------------------------------------------------------------------

# Limits by the root of a falling function of the logarithm of a ratio.
falling_ratio <- function(f) exp(uniroot(f, c(-60, 60), tol = 1e-13, maxiter = 10000)$root)

# The proportion of the first group that is likeliest when the second is larger by d.
rate_given_difference <- function(x1, n1, x2, n2, d) {
  part <- function(x, p) if (x > 0) x / p else 0
  slope <- function(p) part(x1, p) - part(n1 - x1, 1 - p) + part(x2, p + d) - part(n2 - x2, 1 - p - d)
  low <- max(0, -d)
  high <- min(1, 1 - d)
  for (step in 1:200) {
    middle <- (low + high) / 2
    if (isTRUE(slope(middle) > 0)) low <- middle else high <- middle
  }
  (low + high) / 2
}

# Difference of two proportions, second minus first, with its limits.
difference_of <- function(x1, n1, x2, n2, method, level) {
  p1 <- x1 / n1
  p2 <- x2 / n2
  z <- qnorm(1 - (1 - level) / 2)
  wald <- function(p1, n1, p2, n2) p2 - p1 + c(-1, 1) * z * sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
  wilson <- function(x, n) as.numeric(suppressWarnings(prop.test(x, n, conf.level = level, correct = FALSE))$conf.int)
  score <- function(divisor) {
    z_at <- function(d) {
      p <- rate_given_difference(x1, n1, x2, n2, d)
      variance <- max(0, p * (1 - p) / n1 + (p + d) * (1 - p - d) / n2) * divisor
      if (variance == 0) sign(p2 - p1 - d) * 1e10 else (p2 - p1 - d) / sqrt(variance)
    }
    root <- function(wanted, ends) uniroot(function(d) z_at(d) - wanted, ends, tol = 1e-14, maxiter = 10000)$root
    c(root(z, c(-1, p2 - p1)), root(-z, c(p2 - p1, 1)))
  }
  limits <- switch(method,
    newcombe = {
      w1 <- wilson(x1, n1)
      w2 <- wilson(x2, n2)
      p2 - p1 + c(-sqrt((p2 - w2[1])^2 + (w1[2] - p1)^2), sqrt((w2[2] - p2)^2 + (p1 - w1[1])^2))
    },
    miettinen_nurminen = score((n1 + n2) / (n1 + n2 - 1)),
    mee = score(1),
    exact = c(NA, NA), # base R has none; see the package exact2x2
    agresti_caffo = wald((x1 + 1) / (n1 + 2), n1 + 2, (x2 + 1) / (n2 + 2), n2 + 2),
    wald = wald(p1, n1, p2, n2),
    wald_continuity = wald(p1, n1, p2, n2) + c(-1, 1) * min((1 / n1 + 1 / n2) / 2, abs(p2 - p1))
  )
  c(p2 - p1, max(-1, limits[1]), min(1, limits[2]))
}

# Ratio of two proportions, second over first, with its limits.
ratio_of <- function(x1, n1, x2, n2, method, level) {
  z <- qnorm(1 - (1 - level) / 2)
  score <- function(divisor) {
    z_at <- function(l) {
      r <- exp(l)
      a <- (n1 + n2) * r
      b <- r * (n2 + x1) + x2 + n1
      p1 <- 2 * (x1 + x2) / (b + sqrt(max(0, b^2 - 4 * a * (x1 + x2))))
      p2 <- min(1, r * p1)
      variance <- (p2 * (1 - p2) / n2 + r^2 * p1 * (1 - p1) / n1) * divisor
      score <- (x2 / n2 - r * x1 / n1) / sqrt(variance)
      if (is.nan(score)) 0 else score
    }
    c(if (x2 == 0) 0 else falling_ratio(function(l) z_at(l) - z), if (x1 == 0) Inf else falling_ratio(function(l) z_at(l) + z))
  }
  katz <- function(x1, n1, x2, n2) x2 / n2 / (x1 / n1) * exp(c(-1, 1) * z * sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))
  c(x2 / n2 / (x1 / n1), switch(method,
    miettinen_nurminen = score((n1 + n2) / (n1 + n2 - 1)),
    koopman = score(1),
    exact = c(NA, NA), # base R has none; see the package exact2x2
    katz = katz(x1, n1, x2, n2),
    katz_adjusted = katz(x1 + 0.5, n1 + 0.5, x2 + 0.5, n2 + 0.5)
  ))
}

# Odds ratio, second over first, with its limits.
odds_of <- function(x1, n1, x2, n2, method, level) {
  alpha <- (1 - level) / 2
  z <- qnorm(1 - alpha)
  m <- x1 + x2
  support <- max(0, m - n1):min(m, n2)
  conditional <- function(share) {
    probability <- function(l) {
      log <- lchoose(n2, support) + lchoose(n1, m - support) + support * l
      p <- exp(log - max(log))
      p / sum(p)
    }
    tail <- function(l, beyond) sum(probability(l)[beyond]) + share * probability(l)[support == x2]
    highest <- x2 == max(support)
    lowest <- x2 == min(support)
    c(if (highest) Inf else if (lowest) 0 else falling_ratio(function(l) x2 - sum(support * probability(l))),
      if (lowest) 0 else falling_ratio(function(l) alpha - tail(l, support > x2)),
      if (highest) Inf else falling_ratio(function(l) tail(l, support < x2) - alpha))
  }
  woolf <- function(more) {
    cells <- c(x1, n1 - x1, x2, n2 - x2) + more
    cells[3] * cells[2] / (cells[1] * cells[4]) * exp(c(0, -1, 1) * z * sqrt(sum(1 / cells)))
  }
  score <- function(divisor) {
    z_at <- function(l) {
      f <- function(x) log(x) + log(n1 - m + x) - log(m - x) - log(n2 - x) - l
      x <- uniroot(f, range(support) + c(1, -1) * 1e-13, tol = 1e-15, maxiter = 10000)$root
      (x2 - x) * sqrt(sum(1 / c(x, n2 - x, m - x, n1 - m + x)) / divisor)
    }
    limit <- function(wanted) exp(uniroot(function(l) z_at(l) - wanted, c(-15, 15), tol = 1e-13, maxiter = 10000)$root)
    c(if (x2 == min(support)) 0 else limit(z), if (x2 == max(support)) Inf else limit(-z))
  }
  cross <- x2 * (n1 - x1) / (x1 * (n2 - x2))
  switch(method,
    exact = conditional(1),
    mid_p = conditional(0.5),
    miettinen_nurminen = c(cross, score((n1 + n2) / (n1 + n2 - 1))),
    score = c(cross, score(1)),
    woolf = woolf(0),
    haldane_anscombe = woolf(0.5)
  )
}

# Boschloo's test: twice the smaller one-sided p value, over all common proportions.
boschloo <- function(x1, n1, x2, n2) {
  one_sided <- function(lower) {
    fisher <- outer(0:n1, 0:n2, Vectorize(function(a, b) phyper(if (lower) b else b - 1, n2, n1, a + b, lower.tail = lower)))
    extreme <- fisher <= fisher[x1 + 1, x2 + 1] * (1 + 1e-11)
    f <- function(p) sum((dbinom(0:n1, n1, p) %o% dbinom(0:n2, n2, p))[extreme])
    grid <- seq(0, 1, length.out = 1001)
    best <- grid[order(-sapply(grid, f))[1:5]]
    max(sapply(best, function(p) optimize(f, pmin(pmax(p + c(-0.001, 0.001), 0), 1), maximum = TRUE, tol = 1e-9)$objective), sapply(grid, f))
  }
  min(1, 2 * min(one_sided(TRUE), one_sided(FALSE)))
}

# Wilcoxon's rank sum test, W, p and the shift second minus first with its limits; exact = all divisions, tied or not.
rank_sum <- function(first, second, exact, correct, level) {
  m <- length(first)
  n <- length(second)
  ranks <- 2 * rank(c(first, second))
  w <- sum(ranks[1:m]) / 2 - m * (m + 1) / 2
  tied <- anyDuplicated(c(first, second)) > 0
  if (exact) {
    counts <- matrix(0, m + 1, sum(ranks) + 1)
    counts[1, 1] <- 1
    for (r in ranks) {
      for (k in min(m, length(ranks)):1) {
        from <- counts[k, ]
        counts[k + 1, ] <- counts[k + 1, ] + c(rep(0, r), from[seq_len(length(from) - r)])
      }
    }
    ways <- counts[m + 1, ]
    at <- seq_along(ways) - 1
    mean <- sum(at * ways) / sum(ways)
    p <- sum(ways[abs(at - mean) >= abs(sum(ranks[1:m]) - mean) - 1e-9]) / sum(ways)
  } else {
    p <- suppressWarnings(wilcox.test(first, second, exact = FALSE, correct = correct)$p.value)
  }
  differences <- sort(outer(second, first, "-"))
  alpha <- (1 - level) / 2
  if (exact && !tied) {
    k <- max(1, qwilcox(alpha, m, n))
  } else {
    cubes <- function(x) sum(table(x)^3 - table(x))
    ties <- (cubes(first) + cubes(second)) / ((m + n) * (m + n - 1))
    k <- max(1, ceiling(m * n / 2 - 0.5 - qnorm(1 - alpha) * sqrt(m * n / 12 * (m + n + 1 - ties))))
  }
  c(w, p, median(differences), differences[k], differences[m * n + 1 - k])
}

# Jonckheere and Terpstra's test, J and p: exact up to 100 values without ties.
jonckheere <- function(groups) {
  pairs <- combn(length(groups), 2)
  above <- function(i) sum(outer(groups[[pairs[1, i]]], groups[[pairs[2, i]]], "<")) +
    sum(outer(groups[[pairs[1, i]]], groups[[pairs[2, i]]], "==")) / 2
  j <- sum(sapply(seq_len(ncol(pairs)), above))
  sizes <- lengths(groups)
  n <- sum(sizes)
  if (anyDuplicated(unlist(groups)) == 0 && n <= 100) {
    counts <- 1
    for (k in seq_along(sizes)[-1]) {
      before <- sum(sizes[seq_len(k - 1)])
      own <- dwilcox(0:(before * sizes[k]), before, sizes[k])
      sums <- numeric(length(counts) + length(own) - 1)
      for (i in seq_along(own)) sums[i - 1 + seq_along(counts)] <- sums[i - 1 + seq_along(counts)] + own[i] * counts
      counts <- sums
    }
    p <- 2 * min(sum(counts[seq_len(j + 1)]), sum(counts[(j + 1):length(counts)]))
  } else {
    # Corrected for ties, as in SAS; the package clinfun does without.
    ties <- table(unlist(groups))
    first <- function(t) sum(t * (t - 1) * (2 * t + 5))
    second <- function(t) sum(t * (t - 1) * (t - 2))
    third <- function(t) sum(t * (t - 1))
    variance <- (first(n) - first(sizes) - first(ties)) / 72 +
      second(sizes) * second(ties) / (36 * second(n)) + third(sizes) * third(ties) / (8 * third(n))
    p <- 2 * pnorm(-abs(j - (n^2 - sum(sizes^2)) / 4) / sqrt(variance))
  }
  c(j, min(1, p))
}
