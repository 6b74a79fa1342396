# MaxCombo of two groups: the standardised FH(0,0), FH(1,0), FH(0,1), FH(1,1) scores with their correlation, and the
# chance that the largest is as large. Twice: by mvtnorm (Genz & Bretz, to its own stated error) and by nested
# integrate() in three dimensions, for FH(0,0) is the sum of FH(1,0) and FH(0,1).
# Also boxes of three correlated normals, by the trivariate algorithm of Genz (2004), eight corners each.
# Run in this folder: Rscript max_combo.R
source("write.R")
library(mvtnorm)

scores <- function(time, event, second, strata) {
  u <- numeric(4)
  v <- matrix(0, 4, 4)
  for (s in unique(strata)) {
    own <- strata == s
    before <- 1
    for (t in sort(unique(time[own & event == 1]))) {
      n <- sum(own & time >= t)
      n2 <- sum(own & time >= t & second)
      d <- sum(own & time == t & event == 1)
      d2 <- sum(own & time == t & event == 1 & second)
      w <- c(1, before, 1 - before, before * (1 - before))
      if (n > 1) v <- v + outer(w, w) * d * (n - d) / (n - 1) * n2 * (n - n2) / n^2
      u <- u + w * (d2 - d * n2 / n)
      before <- before * (1 - d / n)
    }
  }
  list(u = u, v = v)
}

# P(|Z| > m for any) by conditioning on FH(1,0), then FH(0,1), then FH(1,1).
nested <- function(v, m) {
  sd <- sqrt(diag(v))
  r <- cov2cor(v)
  s1 <- sqrt(1 - r[2, 3]^2)
  beta <- solve(r[2:3, 2:3], r[2:3, 4])
  s2 <- sqrt(max(0, 1 - sum(beta * r[2:3, 4])))
  inner <- function(x) {
    # FH(0,0) = (sd2 x + sd3 y) / sd1 and FH(0,1) = y are both within the limits.
    low <- max(-m, (-m * sd[1] - sd[2] * x) / sd[3])
    high <- min(m, (m * sd[1] - sd[2] * x) / sd[3])
    if (low >= high) return(1)
    centre <- r[2, 3] * x
    outside <- pnorm((low - centre) / s1) + pnorm((high - centre) / s1, lower.tail = FALSE)
    tail <- function(y) {
      mean <- beta[1] * x + beta[2] * y
      dnorm((y - centre) / s1) / s1 * (pnorm((-m - mean) / s2) + pnorm((m - mean) / s2, lower.tail = FALSE))
    }
    middle <- low + (high - low) / 2
    part <- function(a, b) integrate(tail, a, b, rel.tol = 1e-11, abs.tol = 0, subdivisions = 2000, stop.on.error = FALSE)$value
    outside + part(low, middle) + part(middle, high)
  }
  f <- function(x) dnorm(x) * vapply(x, inner, 0)
  # The bounds of y change where FH(0,0) takes over.
  cuts <- sort(unique(pmin(pmax(c(-m, m * (sd[1] - sd[3]) / sd[2], m * (sd[3] - sd[1]) / sd[2], 0, m), -m), m)))
  pieces <- mapply(function(a, b) {
    integrate(f, a, b, rel.tol = 1e-10, abs.tol = 0, subdivisions = 2000, stop.on.error = FALSE)$value
  }, head(cuts, -1), tail(cuts, -1))
  2 * pnorm(m, lower.tail = FALSE) + sum(pieces)
}

roles <- jsonlite::read_json("../data/roles.json")
sets <- list(
  c("aml", "x", NA), c("lung", "sex", NA), c("ovarian", "rx", NA), c("kidney", "sex", NA), c("veteran", "trt", NA),
  c("veteran", "trt", "celltype"), c("r_cross_a", "group", NA), c("r_n14_a", "group", NA), c("r_heavyties_a", "group", NA),
  c("r_strata_a", "group", NA), c("r_strata_a", "group", "site"), c("r_mono_a", "group", NA), c("r_nogrpev_a", "group", NA),
  c("r_big_a", "group", NA), c("r_uncens_a", "group", NA), c("transplant", "sex", NA), c("r_units_a", "group", NA)
)
combos <- lapply(sets, function(set) {
  role <- roles[[set[1]]]
  data <- read.csv(paste0("../data/", set[1], ".csv"))
  used <- c(role$roles$time, role$roles$status, na.omit(set[2:3]))
  data <- data[complete.cases(data[used]) & !apply(data[used] == "", 1, any), ]
  levels <- unlist(role$factors[[set[2]]])
  strata <- if (is.na(set[3])) rep("all", nrow(data)) else as.character(data[[set[3]]])
  test <- scores(data[[role$roles$time]], data[[role$roles$status]], data[[set[2]]] == levels[2], strata)
  z <- test$u / sqrt(diag(test$v))
  m <- max(abs(z))
  set.seed(1)
  box <- pmvnorm(rep(-m, 4), rep(m, 4), corr = cov2cor(test$v), algorithm = GenzBretz(maxpts = 2e6, abseps = 1e-9))
  list(data = set[1], group = set[2], strata = if (is.na(set[3])) NULL else set[3], z = z, correlation = cov2cor(test$v),
       statistic = m, p = nested(test$v, m), mvtnorm = 1 - c(box), mvtnorm_error = attr(box, "error"))
})

corner <- function(r, m, signs) {
  pmvnorm(upper = signs * m, corr = r, algorithm = TVPACK(1e-14))[1] * prod(signs)
}
box <- function(r, m) 1 - sum(apply(expand.grid(c(-1, 1), c(-1, 1), c(-1, 1)), 1, function(s) corner(r, m, s)))
set.seed(20261122)
boxes <- unlist(lapply(1:12, function(i) {
  a <- matrix(rnorm(9), 3)
  r <- cov2cor(a %*% t(a))
  lapply(c(0.4, 1.3, 2.2, 3), function(m) list(box = TRUE, correlation = r, limit = m, p = box(r, m)))
}), recursive = FALSE)
write_cases("max_combo", c(combos, boxes), c("survival", "mvtnorm"))
