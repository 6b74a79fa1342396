# Maximally selected log-rank statistics and splines of one covariate, from their definitions: maxstat and rms are
# not needed. Run in this folder: Rscript cut_point.R
source("write.R")

read_set <- function(name, time, status, event, x) {
  data <- read.csv(file.path("../data", paste0(name, ".csv")))
  data <- data.frame(time = data[[time]], event = as.integer(data[[status]] == event), x = data[[x]])
  data[complete.cases(data), ]
}

# Event less the Nelson-Aalen hazard at the exit; martingale residuals of the empty model with Breslow's ties.
scores <- function(data)
  unname(residuals(coxph(Surv(time, event) ~ 1, data, ties = "breslow"), "martingale"))

# Observed less expected events of those at or below the cut, over the standard error of all arrangements.
statistic <- function(data, a, cut) {
  n <- nrow(data)
  low <- data$x <= cut
  m <- sum(low)
  test <- survdiff(Surv(time, event) ~ low, data)
  score <- (test$obs - test$exp)[2]
  stopifnot(abs(score - sum(a[low])) < 1e-9)
  score / sqrt(m * (n - m) / (n * (n - 1)) * sum((a - mean(a))^2))
}

cuts <- function(x, least) {
  values <- sort(unique(x))
  m <- vapply(values, function(cut) sum(x <= cut), 0)
  n <- length(x)
  values[m >= least * n - 1e-9 & n - m >= least * n - 1e-9 & m < n]
}

# Lausen & Schumacher (1992); pLausen92 of maxstat.
lausen <- function(b, least) {
  if (b <= 1) return(1)
  greatest <- 1 - least
  min(1, 4 * dnorm(b) / b + dnorm(b) * (b - 1 / b) * log(greatest * (1 - least) / ((1 - greatest) * least)))
}

search <- function(name, data, x, least) {
  a <- scores(data)
  at <- cuts(data$x, least)
  z <- vapply(at, function(cut) statistic(data, a, cut), 0)
  best <- which.max(abs(z) * (1 - 1e-9 * seq_along(z)))
  list(kind = "search", data = name, x = x, least = least, time = data$time, event = data$event, value = data$x,
       cuts = I(at), statistics = I(z), cut = at[best], p = lausen(max(abs(z)), least))
}

# Harrell's basis as rms has it, in units of the squared range of the knots.
basis <- function(x, knots) {
  k <- length(knots)
  cube <- function(knot) pmax(x - knot, 0)^3
  columns <- lapply(seq_len(k - 2), function(j) {
    span <- knots[k] - knots[k - 1]
    (cube(knots[j]) - cube(knots[k - 1]) * (knots[k] - knots[j]) / span +
       cube(knots[k]) * (knots[k - 1] - knots[j]) / span) / (knots[k] - knots[1])^2
  })
  do.call(cbind, c(list(x), columns))
}

places <- list("3" = c(0.1, 0.5, 0.9), "4" = c(0.05, 0.35, 0.65, 0.95), "5" = c(0.05, 0.275, 0.5, 0.725, 0.95))

spline <- function(name, data, x, count) {
  knots <- unname(quantile(data$x, places[[as.character(count)]]))
  control <- coxph.control(eps = 1e-14, iter.max = 60)
  columns <- basis(data$x, knots)
  fit <- coxph(Surv(data$time, data$event) ~ columns, control = control)
  line <- coxph(Surv(data$time, data$event) ~ data$x, control = control)
  reference <- median(data$x)
  grid <- unname(quantile(data$x, c(0, 0.02, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.98, 1)))
  away <- sweep(basis(grid, knots), 2, basis(reference, knots))
  bend <- seq_along(coef(fit))[-1]
  wald <- coef(fit)[bend] %*% solve(vcov(fit)[bend, bend], coef(fit)[bend])
  list(kind = "spline", data = name, x = x, time = data$time, event = data$event, value = data$x, count = count,
       knots = knots, reference = reference, grid = grid, estimate = drop(away %*% coef(fit)),
       std_err = sqrt(pmax(0, rowSums((away %*% vcov(fit)) * away))),
       effect = 2 * diff(fit$loglik), non_linearity = 2 * (fit$loglik[2] - line$loglik[2]), wald = drop(wald),
       p = pchisq(2 * (fit$loglik[2] - line$loglik[2]), count - 2, lower.tail = FALSE),
       p_wald = pchisq(drop(wald), count - 2, lower.tail = FALSE))
}

# Every arrangement of a small sample.
arrangements <- function(n) {
  if (n == 1) return(matrix(1L))
  smaller <- arrangements(n - 1)
  do.call(rbind, lapply(seq_len(n), function(first) cbind(first, smaller + (smaller >= first))))
}

permutation <- function(name, data, x, least) {
  a <- scores(data)
  n <- nrow(data)
  ordered <- sort(data$x)
  at <- cuts(data$x, least)
  m <- vapply(at, function(cut) sum(ordered <= cut), 0)
  error <- sqrt(m * (n - m) / (n * (n - 1)) * sum((a - mean(a))^2))
  largest <- function(a) max(abs(cumsum(a - mean(a))[m] / error))
  observed <- largest(a[order(data$x)])
  all <- arrangements(n)
  p <- mean(apply(all, 1, function(order) largest(a[order])) >= observed * (1 - 1e-9))
  list(kind = "permutation", data = name, x = x, least = least, time = data$time, event = data$event, value = data$x, p = p)
}

lung <- function(x) read_set("lung", "time", "status", 1, x)
sets <- list(
  list("lung", lung("age"), "age"), list("lung", lung("wt.loss"), "wt.loss"),
  list("lung", lung("meal.cal"), "meal.cal"),
  list("veteran", read_set("veteran", "time", "status", 1, "karno"), "karno"),
  list("veteran", read_set("veteran", "time", "status", 1, "age"), "age"),
  list("ovarian", read_set("ovarian", "futime", "fustat", 1, "age"), "age"))

cases <- list()
for (set in sets) {
  for (least in c(0.05, 0.1, 0.25))
    cases <- c(cases, list(search(set[[1]], set[[2]], set[[3]], least)))
  for (count in 3:5) {
    knots <- quantile(set[[2]]$x, places[[as.character(count)]])
    if (!anyDuplicated(knots) && nrow(set[[2]]) > 50)
      cases <- c(cases, list(spline(set[[1]], set[[2]], set[[3]], count)))
  }
}
veteran <- sets[[5]][[2]]
cases <- c(cases, list(permutation("veteran", veteran[c(1:3, 70:73), ], "age", 0.1)),
           list(permutation("ovarian", sets[[6]][[2]][c(1:4, 20:23), ], "age", 0.25)))
write_cases("cut_point", cases)
