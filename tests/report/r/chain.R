# Whole analyses of a few files, from the csv to the figures of the report, with R's survival.
# Run in this folder: Rscript chain.R
library(survival)
library(jsonlite)

month <- 365.25 / 12
reference <- "../../reference/data"
example <- "../../../www/examples/oncurve-example-14-synthetic-patients.csv"

quantiles <- function(fit, p) {
  q <- quantile(fit, p)
  lapply(list(estimate = q$quantile, conf_low = q$lower, conf_high = q$upper), unname)
}

# times in days
arm <- function(data, landmarks, conf_type, level) {
  fit <- survfit(Surv(time, event) ~ 1, data, conf.type = conf_type, conf.int = level)
  at <- summary(fit, times = landmarks, extend = TRUE)
  beyond <- landmarks > max(data$time) & at$surv > 0
  na <- function(x) ifelse(beyond, NA, x)
  list(
    n = nrow(data), n_event = sum(data$event),
    quantiles = lapply(c(0.25, 0.5, 0.75), function(p) quantiles(fit, p)),
    rates = lapply(seq_along(landmarks), function(i) list(
      n_risk = sum(data$time >= landmarks[i]), estimate = na(at$surv)[i],
      conf_low = na(at$lower)[i], conf_high = na(at$upper)[i])),
    follow_up = quantiles(
      survfit(Surv(time, !event) ~ 1, data, conf.type = conf_type, conf.int = level), 0.5)
  )
}

survival <- function(name, data, landmarks, conf_type = "log-log", level = 0.95) {
  data <- data[complete.cases(data), , drop = FALSE]
  case <- list(name = name, landmarks = landmarks, conf_type = conf_type, level = level,
               overall = arm(data, landmarks * month, conf_type, level))
  if (!is.null(data$group)) {
    data$group <- droplevels(data$group)
    case$arms <- lapply(split(data, data$group), arm, landmarks * month, conf_type, level)
    case$labels <- levels(data$group)
    test <- survdiff(Surv(time, event) ~ group, data)
    p <- function(test) pchisq(test$chisq, length(test$n) - 1, lower.tail = FALSE)
    case$log_rank <- list(statistic = test$chisq, p_value = p(test), expected = test$exp)
    if (nlevels(data$group) == 2) {
      # R stops early by default: its last digits are then not those of the maximum.
      fit <- summary(coxph(Surv(time, event) ~ group, data, ties = "efron", eps = 1e-12, toler.chol = 1e-13), conf.int = level)
      case$cox <- as.list(setNames(c(fit$conf.int[c(1, 3, 4)], fit$coefficients[5]),
                                   c("hazard_ratio", "conf_low", "conf_high", "p_value")))
    } else {
      pairs <- combn(levels(data$group), 2)
      raw <- apply(pairs, 2, function(pair)
        p(survdiff(Surv(time, event) ~ group, data, subset = group %in% pair)))
      case$pairwise <- lapply(seq_along(raw), function(i) list(
        first = pairs[1, i], second = pairs[2, i], p_value = raw[i],
        p_adjusted = p.adjust(raw, "holm")[i]))
    }
  }
  case
}

lung <- read.csv(file.path(reference, "lung.csv"))
veteran <- read.csv(file.path(reference, "veteran.csv"))
rows <- read.csv(example, check.names = FALSE, na.strings = "")
date <- function(column) as.numeric(as.Date(rows[[column]]))
failed <- pmin(date("Progression date"), date("Death date"), na.rm = TRUE)
pfs <- data.frame(
  time = ifelse(is.na(failed), date("Last contact"), failed) - date("Start date"),
  event = !is.na(failed), group = factor(rows[["PD-L1"]], c("Negative or unknown", "Positive")))

data <- function(frame, group = NULL) {
  out <- data.frame(time = frame$time, event = frame$status == 1)
  if (!is.null(group)) out$group <- factor(frame[[group]])
  out
}
write_json(list(
  made_with = sprintf("R %s, survival %s", getRversion(), packageVersion("survival")),
  cases = list(
    survival("lung", data(lung), c(6, 12, 24)),
    survival("lung by sex", data(lung, "sex"), c(12, 24)),
    survival("lung by sex, log, 80 %", data(lung, "sex"), c(6, 36), "log", 0.8),
    survival("lung by ph.ecog, plain", data(lung, "ph.ecog"), 12, "plain"),
    survival("veteran by trt, arcsine", data(veteran, "trt"), c(3, 6, 12), "arcsin"),
    survival("veteran by celltype, logit", data(veteran, "celltype"), c(3, 6), "logit", 0.99),
    survival("example", pfs[c("time", "event")], c(6, 12, 24)),
    survival("example by PD-L1", pfs, c(6, 12, 24))
  )
), "../expected/chain.json", digits = NA, na = "null", auto_unbox = TRUE, pretty = 1)
