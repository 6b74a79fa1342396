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
write_cases("groups_r", c(strata, smd, unconditional))
