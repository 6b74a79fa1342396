# Survival at fixed times: differences of two groups with their intervals and tests, by the formulas of Zou & Donner
# and of Klein et al. applied to summary(survfit); and survival of those who got to a time, by survfit on those still
# followed after it, with start.time where it is not itself a time of the data.
# Run in this folder: Rscript fixed_time.R
source("write.R")

scales <- list(
  plain = list(function(s) s, function(s) 1), log = list(log, function(s) 1 / s),
  `log-log` = list(function(s) log(-log(s)), function(s) 1 / (s * abs(log(s)))),
  logit = list(function(s) log(s / (1 - s)), function(s) 1 / (s * (1 - s))),
  arcsin = list(function(s) asin(sqrt(s)), function(s) 0.5 / sqrt(s * (1 - s)))
)
at <- function(fit, t) {
  s <- summary(fit, times = t)
  list(surv = s$surv, err = s$std.err, lower = s$lower, upper = s$upper)
}
difference <- function(data, t, type, level) {
  fits <- lapply(0:1, function(g) survfit(Surv(time, status) ~ 1, data[data$second == g, ], conf.type = type, conf.int = level))
  a <- at(fits[[1]], t)
  b <- at(fits[[2]], t)
  scale <- scales[[type]]
  z <- (scale[[1]](b$surv) - scale[[1]](a$surv)) / sqrt((scale[[2]](a$surv) * a$err)^2 + (scale[[2]](b$surv) * b$err)^2)
  d <- b$surv - a$surv
  list(kind = "difference", type = type, level = level, at = t, estimate = d, std_err = sqrt(a$err^2 + b$err^2),
       lower = d - sqrt((b$surv - b$lower)^2 + (a$upper - a$surv)^2),
       upper = d + sqrt((b$upper - b$surv)^2 + (a$surv - a$lower)^2), p = 2 * pnorm(-abs(z)),
       inside = all(c(a$surv, b$surv) > 0 & c(a$surv, b$surv) < 1))
}
conditional <- function(data, s, t, type, level) {
  exact <- s %in% data$time
  data <- data[data$time > s, ]
  fit <- if (exact) survfit(Surv(time, status) ~ 1, data, conf.type = type, conf.int = level)
         else survfit(Surv(time, status) ~ 1, data, start.time = s, conf.type = type, conf.int = level)
  c(list(kind = "conditional", type = type, level = level, start = s, at = t), at(fit, t))
}

roles <- read_json("../data/roles.json")
cases <- list()
for (set in list(c("lung", "sex"), c("veteran", "trt"), c("ovarian", "rx"), c("r_cross_a", "group"), c("r_n14_a", "group"),
                 c("r_heavyties_a", "group"), c("r_big_a", "group"))) {
  role <- roles[[set[1]]]
  raw <- read.csv(paste0("../data/", set[1], ".csv"))
  data <- data.frame(time = raw[[role$roles$time]], status = raw[[role$roles$status]],
                     second = as.numeric(raw[[set[2]]] == unlist(role$factors[[set[2]]])[2]))
  data <- data[complete.cases(data), ]
  shortest <- min(tapply(data$time, data$second, max))
  times <- unique(round(quantile(data$time[data$time <= shortest], c(0.2, 0.4, 0.6, 0.8)), 2))
  for (type in names(scales)) for (t in times) {
    one <- difference(data, t, type, 0.95)
    # Where a curve is at 1 or 0 there is no interval.
    if (is.finite(one$lower) && is.finite(one$p) && one$inside) cases <- c(cases, list(c(list(data = set[1], group = set[2]), one)))
  }
  for (type in names(scales)) for (s in c(times[[1]], times[[1]] + 0.001, sort(data$time)[2])) {
    one <- conditional(data, s, times[[3]], type, 0.9)
    if (is.finite(one$lower)) cases <- c(cases, list(c(list(data = set[1], group = set[2]), one)))
  }
}
write_cases("fixed_time", cases)
