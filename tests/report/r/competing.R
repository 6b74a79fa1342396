# Competing risks from the csv to the report: cumulative incidence with survival, Gray's test and crr with cmprsk.
# Run in this folder: Rscript competing.R
library(survival)
library(cmprsk)
library(jsonlite)

month <- 365.25 / 12
read <- function(name) read.csv(file.path("../../reference/data", paste0(name, ".csv")))
tight <- coxph.control(eps = 1e-11, iter.max = 60)

# A column of codes 0, 1, 2 …; times as they are.
given <- function(name, group = NULL, strata = NULL) {
  data <- read(name)
  data.frame(time = data$time, cause = data$cause,
             group = if (is.null(group)) "all" else data[[group]],
             stratum = if (is.null(strata)) 1 else data[[strata]])
}

# The same patients with dates: the start is day i, progression and death are causes 1 and 2, in whole days.
dated <- function(name, cut_off) {
  data <- read(name)
  days <- round(30 * data$time)
  start <- as.Date("2020-01-01") + seq_len(nrow(data))
  late <- start + days > cut_off
  data.frame(time = as.numeric(ifelse(late, cut_off - start, days)), cause = ifelse(late, 0, data$cause),
             group = data$group, stratum = 1)
}

fit <- function(data, conf_type, level) {
  data$state <- factor(data$cause, 0:max(data$cause))
  survfit(Surv(time, state) ~ 1, data, conf.type = conf_type, conf.int = level)
}

arm <- function(data, n_causes, landmarks, conf_type, level) {
  data$state <- factor(data$cause, 0:n_causes)
  fit <- survfit(Surv(time, state) ~ 1, data, conf.type = conf_type, conf.int = level)
  at <- summary(fit, times = landmarks, extend = TRUE)
  beyond <- landmarks > max(data$time) & at$pstate[, 1] > 0
  na <- function(x) ifelse(beyond, NA, x)
  list(n = nrow(data), n_event = I(sapply(1:n_causes, function(k) sum(data$cause == k))),
       n_risk = I(sapply(landmarks, function(t) sum(data$time >= t))),
       rates = lapply(1:n_causes, function(k) list(
         estimate = I(na(at$pstate[, k + 1])), conf_low = I(na(at$lower[, k + 1])),
         conf_high = I(na(at$upper[, k + 1])))))
}

model <- function(fit, conf_level, variance = vcov(fit)) {
  coef <- unname(coef(fit))
  error <- unname(sqrt(diag(as.matrix(variance))))
  z <- qnorm(1 - (1 - conf_level) / 2)
  list(ratio = I(exp(coef)), conf_low = I(exp(coef - z * error)), conf_high = I(exp(coef + z * error)),
       p = I(2 * pnorm(-abs(coef / error))))
}

compare <- function(data, k, n_causes, level, gray) {
  data$state <- factor(data$cause, 0:n_causes)
  data$subject <- seq_len(nrow(data))
  long <- finegray(Surv(time, state) ~ group + subject, data = data, etype = k)
  list(
    gray = unname(gray[as.character(k), ]),
    specific = model(coxph(Surv(time, cause == k) ~ group, data, ties = "efron", control = tight), level),
    survival = model(coxph(Surv(fgstart, fgstop, fgstatus) ~ group, long, weights = fgwt,
                           cluster = subject, ties = "efron", control = tight), level),
    cmprsk = with(crr(data$time, data$cause, model.matrix(~group, data)[, -1, drop = FALSE],
                      failcode = k, gtol = 1e-10), model(list(coefficients = coef), level, var)))
}

# `landmarks` in the unit of the data
case <- function(name, data, landmarks, conf_type = "log-log", level = 0.95, stratified = FALSE) {
  n_causes <- max(data$cause)
  data$group <- factor(data$group)
  result <- list(name = name, landmarks = I(landmarks), conf_type = conf_type, level = level,
                 overall = arm(data, n_causes, landmarks, conf_type, level))
  last <- max(landmarks[landmarks <= max(data$time)])
  km <- summary(survfit(Surv(time, cause == 1) ~ 1, data), times = last)
  result$one_minus_km <- 1 - km$surv
  if (nlevels(data$group) > 1) {
    result$arms <- lapply(split(data, data$group), arm, n_causes, landmarks, conf_type, level)
    gray <- with(data, if (stratified) cuminc(time, cause, group, strata = stratum) else cuminc(time, cause, group))
    result$comparisons <- lapply(1:n_causes, compare, data = data, n_causes = n_causes, level = level,
                                 gray = gray$Tests)
  }
  result
}

cases <- list(
  case("r_cr2_a overall", given("r_cr2_a"), c(6, 12, 24)),
  case("r_cr2_a by group", given("r_cr2_a", "group"), c(6, 12, 24)),
  case("r_cr2_a by group within x2", given("r_cr2_a", "group", "x2"), c(6, 12, 24), stratified = TRUE),
  case("r_cr3_a by x4", given("r_cr3_a", "x4"), c(5, 20), "log", 0.9),
  case("transplant by abo", given("transplant", "abo"), c(100, 365, 1500), "plain", 0.99),
  case("dates by group", dated("r_cr2_a", as.Date("2021-09-30")), c(6, 12) * month, "logit")
)
made_with <- paste0(R.version.string, ", survival ", packageVersion("survival"), ", cmprsk ", packageVersion("cmprsk"))
dir.create("../expected", showWarnings = FALSE)
write_json(list(made_with = made_with, cases = cases), "../expected/competing.json",
           digits = I(17), auto_unbox = TRUE, na = "null", pretty = TRUE)
