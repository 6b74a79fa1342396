# Cox analyses with weights, delayed entry and several interactions, predicted survival, checks of the model, and choice
# by p values, from the csv to the numbers of the page. Run in this folder: Rscript cox_more.R
source("write.R")
suppressPackageStartupMessages(library(splines))

settings <- coxph.control(eps = 1e-15, toler.chol = 1e-13, iter.max = 50)

# survival::lung (public domain) with three made-up columns: patients that a row stands for, a sampling weight, and
# months after the start at which the patient came under observation. Some are missing or make no sense, on purpose.
lung <- read.csv("../data/lung.csv")
row <- seq_len(nrow(lung))
lung$copies <- 1 + (row * 7) %% 3
lung$ipw <- round(0.5 + ((row * 13) %% 17) / 10, 2)
lung$entry <- round(((row * 29) %% 120) / 30.4375, 1)
lung$copies[5] <- NA
lung$copies[9] <- 0
lung$entry[20] <- NA
write.csv(lung, "../data/lung_weighted.csv", row.names = FALSE, na = "", quote = FALSE)

test <- function(x) list(statistic = x[[1]], df = x[[2]], p_value = x[[3]])
ratios <- function(fit, level = 0.95) {
  s <- summary(fit, conf.int = level)
  se <- if ("robust se" %in% colnames(s$coefficients)) "robust se" else "se(coef)"
  lapply(seq_len(nrow(s$coefficients)), function(i) list(
    name = rownames(s$coefficients)[i],
    coef = s$coefficients[i, "coef"], std_err = s$coefficients[i, se],
    hazard_ratio = s$conf.int[i, 1], conf_low = s$conf.int[i, 3], conf_high = s$conf.int[i, 4],
    p_value = s$coefficients[i, ncol(s$coefficients)]))
}
model <- function(fit, transform = "km") {
  s <- summary(fit)
  z <- cox.zph(fit, transform = transform)$table
  list(
    n = fit$n, n_event = fit$nevent, ratios = ratios(fit), likelihood_ratio = test(s$logtest),
    wald = fit$wald.test[[1]], score = test(if (is.null(s$robscore)) s$sctest else s$robscore),
    concordance = s$concordance[[1]], concordance_std_err = s$concordance[[2]], aic = AIC(fit),
    proportionality = lapply(seq_len(nrow(z)), function(i)
      list(name = rownames(z)[i], statistic = z[i, 1], df = z[i, 2], p_value = z[i, 3])))
}
# Every curve of survfit: one a profile, or one a profile and stratum.
curves <- function(fit, profiles, times, conf_type) {
  one <- function(k) {
    curve <- survfit(fit, newdata = profiles[k, , drop = FALSE], conf.type = conf_type)
    parts <- if (is.null(curve$strata)) list(curve) else lapply(seq_along(curve$strata), function(s) curve[s])
    names <- if (is.null(curve$strata)) "" else names(curve$strata)
    Map(function(part, stratum) {
      at <- summary(part, times = times[times <= max(part$time)])
      table <- unname(summary(part)$table[c("median", "0.95LCL", "0.95UCL")])
      list(stratum = stratum, time = part$time, survival = as.numeric(part$surv), conf_low = as.numeric(part$lower),
           conf_high = as.numeric(part$upper), cum_hazard = as.numeric(part$cumhaz), median = table,
           at = list(survival = as.numeric(at$surv), conf_low = as.numeric(at$lower),
                     conf_high = as.numeric(at$upper)))
    }, parts, names, USE.NAMES = FALSE)
  }
  do.call(c, lapply(seq_len(nrow(profiles)), one))
}
# The smooth of plot.cox.zph, of martingale residuals.
smooth <- function(x, y) {
  at <- seq(min(x), max(x), length = 40)
  basis <- ns(c(at, x), df = 4, intercept = TRUE)
  list(x = at, y = drop(basis[1:40, ] %*% qr.coef(qr(basis[-(1:40), ]), y)))
}
checks <- function(fit, x) list(
  martingale = unname(residuals(fit, "martingale")), deviance = unname(residuals(fit, "deviance")),
  dfbetas = apply(as.matrix(residuals(fit, "dfbetas")), 2, as.numeric, simplify = FALSE),
  dfbeta = apply(as.matrix(residuals(fit, "dfbeta")), 2, as.numeric, simplify = FALSE),
  smooth = smooth(x, unname(residuals(fit, "martingale"))))

data <- transform(lung, age10 = age / 10, sex = relevel(factor(sex), "male"), ecog = factor(pmin(ph.ecog, 2)),
                  from = entry * 365.25 / 12)
times <- c(6, 12, 18) * 365.25 / 12

# How many patients each row stands for; from entry on; two interactions.
counted <- subset(data, !is.na(copies) & copies > 0 & !is.na(from) & from < time)
used <- counted[complete.cases(counted[c("age10", "sex", "ecog")]), ]
fit <- coxph(Surv(from, time, status) ~ age10 + sex + ecog + age10:sex + sex:ecog, used, weights = copies,
             robust = FALSE, control = settings)
profiles <- data.frame(ecog = levels(data$ecog), age10 = weighted.mean(used$age10, used$copies), sex = "male")
frequency <- c(list(id = "frequency", times = times, sum = sum(counted$copies), events = with(counted, sum(copies * status)),
                    left_out = list(no_weight = 6L, zero = 10L, no_entry = 21L,
                                    late = I(row[with(data, !is.na(copies) & copies > 0 & !is.na(from) & from >= time)] + 1L)),
                    curves = curves(fit, profiles, times, "log-log")),
               model(fit), checks(fit, used$age))

# Sampling weights, in strata.
sampled <- subset(data, !is.na(ph.karno))
sampled$ph.karno <- log2(sampled$ph.karno)
fit <- coxph(Surv(time, status) ~ age10 + ph.karno + strata(sex), sampled, weights = ipw, robust = TRUE, control = settings)
profiles <- data.frame(age10 = quantile(sampled$age10, c(0.25, 0.5, 0.75), names = FALSE),
                       ph.karno = weighted.mean(sampled$ph.karno, sampled$ipw))
sampling <- c(list(id = "sampling", times = times, curves = curves(fit, profiles, times, "log")), model(fit, "rank"))

# Backward elimination by Wald tests, and those with a small p by themselves.
candidates <- c("age10", "sex", "ecog", "ph.karno", "wt.loss", "meal.cal")
wald <- function(fit, term) {
  columns <- fit$assign[[term]]
  chi <- drop(coef(fit)[columns] %*% solve(vcov(fit)[columns, columns], coef(fit)[columns]))
  pchisq(chi, length(columns), lower.tail = FALSE)
}
complete <- data[complete.cases(data[candidates]), ]
terms <- candidates
steps <- list()
repeat {
  fit <- coxph(reformulate(terms, "Surv(time, status)"), complete, control = settings)
  p <- vapply(terms, function(term) wald(fit, term), 0)
  if (all(p < 0.05)) break
  worst <- names(which.max(p))
  steps <- c(steps, list(list(term = worst, p_value = p[[worst]])))
  terms <- setdiff(terms, worst)
}
backward <- list(id = "backward", n = fit$n, steps = steps, ratios = ratios(fit))
own <- lapply(candidates, function(term) {
  fit <- coxph(reformulate(term, "Surv(time, status)"), data, control = settings)
  list(term = term, p_value = wald(fit, term))
})
entered <- candidates[vapply(own, function(one) one$p_value < 0.1, NA)]
fit <- coxph(reformulate(entered, "Surv(time, status)"), data, control = settings)
univariable <- list(id = "univariable", n = fit$n, steps = own, entered = entered, ratios = ratios(fit))

write_cases("cox_more", list(frequency, sampling, backward, univariable), c("survival", "splines"))
