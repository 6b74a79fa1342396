# Comparisons of groups that no package here gives to the last digit. Run in this folder: Rscript groups.R
source("write.R")

# ---- Strata of 2 x 2 tables: conditional odds ratio to the last digit, Breslow-Day test with Tarone's correction
exact_strata <- function(tables) {
  # Probabilities by direct sums: convolve() goes through Fourier and loses the small ones.
  d <- 1; lowest <- 0
  for (t in tables) {
    m <- sum(t[1, ]); k <- sum(t[, 1]); n <- sum(t)
    x <- max(0, k - (n - m)):min(m, k)
    own <- dhyper(x, m, n - m, k)
    sums <- numeric(length(d) + length(own) - 1)
    for (j in seq_along(own)) sums[j - 1 + seq_along(d)] <- sums[j - 1 + seq_along(d)] + own[j] * d
    d <- sums; lowest <- lowest + min(x)
  }
  observed <- sum(sapply(tables, function(t) t[1, 1])) - lowest
  support <- seq_along(d) - 1
  at <- function(theta) { l <- log(d) + support * theta; p <- exp(l - max(l)); p / sum(p) }
  root <- function(f) exp(uniroot(f, c(-40, 40), tol = 1e-15, maxiter = 10000)$root)
  list(p = sum(d[d <= d[observed + 1] * (1 + 1e-7)]),
       or = root(function(o) sum(support * at(o)) - observed),
       lower = root(function(o) sum(at(o)[support >= observed]) - 0.025),
       upper = root(function(o) sum(at(o)[support <= observed]) - 0.025))
}
breslow_day <- function(tables, or) {
  parts <- sapply(tables, function(t) {
    m <- sum(t[1, ]); k <- sum(t[, 1]); n <- sum(t)
    f <- function(a) log(a) + log(n - m - k + a) - log(k - a) - log(m - a) - log(or)
    low <- max(0, k + m - n); high <- min(k, m)
    a <- uniroot(f, c(low, high) + c(1, -1) * 1e-12 * (high - low), tol = 1e-14, maxiter = 10000)$root
    c(t[1, 1] - a, 1 / sum(1 / c(a, k - a, m - a, n - m - k + a)))
  })
  stat <- sum(parts[1, ]^2 / parts[2, ]) - sum(parts[1, ])^2 / sum(parts[2, ])
  list(stat = stat, p = pchisq(stat, length(tables) - 1, lower.tail = FALSE))
}
set.seed(20301)
fixed <- list(
  list(c(512, 313, 89, 19), c(353, 207, 17, 8), c(120, 205, 202, 391), c(138, 279, 131, 244), c(53, 138, 94, 299),
       c(22, 351, 24, 317)),
  list(c(5, 3, 4, 9), c(2, 8, 6, 4), c(7, 1, 3, 6)),
  list(c(3, 1, 2, 9), c(0, 4, 3, 7))
)
drawn <- lapply(1:20, function(i) lapply(seq_len(sample(2:5, 1)), function(k) 1 + rpois(4, sample(c(3, 8, 25), 1))))
strata <- lapply(c(fixed, drawn), function(cells) {
  tables <- lapply(cells, function(x) matrix(x, 2))
  array3 <- array(unlist(cells), c(2, 2, length(cells)))
  test <- mantelhaen.test(array3)
  plain <- mantelhaen.test(array3, correct = FALSE)
  list(kind = "strata", tables = lapply(tables, function(t) list(t[1, ], t[2, ])), or = unname(test$estimate),
       ci = c(test$conf.int), corrected = unname(test$statistic), corrected_p = test$p.value,
       uncorrected = unname(plain$statistic), uncorrected_p = plain$p.value,
       exact = exact_strata(tables), breslow_day = breslow_day(tables, unname(test$estimate)))
})

# ---- Standardised difference of several categories (Yang & Dalton 2012)
smd <- lapply(1:15, function(i) {
  k <- sample(2:5, 1)
  counts <- matrix(1 + rpois(2 * k, 6), 2)
  p <- counts[, -1, drop = FALSE] / rowSums(counts)
  covariance <- function(p) { s <- -outer(p, p); diag(s) <- p * (1 - p); s }
  s <- (covariance(p[1, ]) + covariance(p[2, ])) / 2
  d <- p[2, ] - p[1, ]
  list(kind = "smd", counts = counts, smd = sqrt(sum(d * solve(s, d))))
})
# ---- Barnard's test, tables as extreme told apart from rounding (scipy takes equal ones for less extreme)
barnard <- function(x1, n1, x2, n2, pooled) {
  a <- outer(0:n1, rep(1, n2 + 1)); b <- outer(rep(1, n1 + 1), 0:n2)
  p <- (a + b) / (n1 + n2)
  variance <- if (pooled) p * (1 - p) * (1 / n1 + 1 / n2) else a / n1 * (1 - a / n1) / n1 + b / n2 * (1 - b / n2) / n2
  z <- ifelse(a / n1 == b / n2, 0, (a / n1 - b / n2) / sqrt(variance))
  observed <- z[x1 + 1, x2 + 1]
  largest <- function(extreme) {
    f <- function(p) sum((dbinom(0:n1, n1, p) %o% dbinom(0:n2, n2, p))[extreme])
    grid <- seq(0, 1, length.out = 2001)
    values <- sapply(grid, f)
    best <- order(-values)[1:5]
    max(values, sapply(best, function(i)
      optimize(f, grid[pmin(pmax(i + c(-1, 1), 1), 2001)], maximum = TRUE, tol = 1e-10)$objective))
  }
  list(two_sided = largest(abs(z) >= abs(observed) - 1e-9), less = largest(z <= observed + 1e-9),
       greater = largest(z >= observed - 1e-9))
}
pairs <- list(c(7, 10, 3, 10), c(0, 12, 4, 12), c(10, 10, 3, 9), c(15, 30, 15, 30), c(9, 10, 3, 10), c(1, 5, 0, 5),
              c(5, 56, 0, 29), c(3, 14, 9, 14), c(2, 40, 1, 60), c(13, 21, 5, 19))
unconditional <- unlist(lapply(pairs, function(x) lapply(c(TRUE, FALSE), function(pooled)
  c(list(kind = "barnard", x1 = x[1], n1 = x[2], x2 = x[3], n2 = x[4], pooled = pooled),
    barnard(x[1], x[2], x[3], x[4], pooled)))), recursive = FALSE)
# ---- Exact unconditional limits of a difference and a ratio (Chan & Zhang 1999), from the definition
# The likeliest proportions of the first group, of all tables at once, where the second is a function of it.
likeliest <- function(x1, n1, x2, n2, second_of, low, high) {
  h <- function(x, p) ifelse(x == 0, 0, x / p)
  k <- (second_of(high) - second_of(low)) / (high - low)
  a <- 0 * x1 + low
  b <- 0 * x1 + high
  for (i in 1:100) {
    m <- (a + b) / 2
    q <- second_of(m)
    up <- h(x1, m) - h(n1 - x1, 1 - m) + k * (h(x2, q) - h(n2 - x2, 1 - q)) > 0
    up <- !is.na(up) & up
    a <- ifelse(up, m, a)
    b <- ifelse(up, b, m)
  }
  (a + b) / 2
}
exact_low <- function(x1, n1, x2, n2, ratio) {
  alpha <- 0.025
  p_value <- function(v) {
    second_of <- if (ratio) function(p) pmin(1, p * exp(v)) else function(p) pmin(1, pmax(0, p + v))
    low <- if (ratio) 0 else max(0, -v)
    high <- if (ratio) min(1, exp(-v)) else min(1, 1 - v)
    a <- outer(0:n1, rep(1, n2 + 1))
    b <- outer(rep(1, n1 + 1), 0:n2)
    p <- likeliest(a, n1, b, n2, second_of, low, high)
    q <- second_of(p)
    r <- if (ratio) exp(v) else 1
    top <- b / n2 - r * a / n1 - if (ratio) 0 else v
    z <- top / sqrt(pmax(q * (1 - q) / n2 + r^2 * p * (1 - p) / n1, 0))
    z[is.nan(z)] <- 0
    extreme <- z >= z[x1 + 1, x2 + 1] - 1e-9
    f <- function(p) sum((dbinom(0:n1, n1, p) %o% dbinom(0:n2, n2, second_of(p)))[extreme])
    if (high - low < 1e-12) return(f(low))
    grid <- seq(low, high, length.out = 801)
    values <- sapply(grid, f)
    best <- order(-values)[1:4]
    max(values, sapply(best, function(i)
      optimize(f, grid[pmin(pmax(i + c(-1, 1), 1), 801)], maximum = TRUE, tol = 1e-11)$objective))
  }
  from <- if (ratio) -12 else -1
  to <- if (!ratio) x2 / n2 - x1 / n1 else if (x1 == 0) 12 else log(x2 / n2 / (x1 / n1))
  if (ratio && x2 == 0) return(-Inf)
  if (p_value(from) > alpha) return(from)
  looks <- from + (to - from) * (1:32) / 32
  kept <- Find(function(v) p_value(v) > alpha, looks)
  if (is.null(kept)) kept <- to
  out <- kept - (to - from) / 32
  for (i in 1:36) { m <- (out + kept) / 2; if (p_value(m) > alpha) kept <- m else out <- m }
  kept
}
exact_pairs <- list(c(7, 10, 3, 10), c(0, 8, 4, 9), c(9, 9, 3, 7), c(1, 5, 0, 5), c(3, 12, 9, 11))
exact <- lapply(exact_pairs, function(x) {
  x1 <- x[1]; n1 <- x[2]; x2 <- x[3]; n2 <- x[4]
  list(kind = "exact", x1 = x1, n1 = n1, x2 = x2, n2 = n2,
       difference = c(exact_low(x2, n2, x1, n1, FALSE), -exact_low(x1, n1, x2, n2, FALSE)),
       ratio = exp(c(exact_low(x2, n2, x1, n1, TRUE), -exact_low(x1, n1, x2, n2, TRUE))))
})
write_cases("groups_r", c(strata, smd, unconditional, exact))
