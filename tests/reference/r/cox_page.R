# Whole Cox analyses as the page runs them, from the csv to the ratios. Run in this folder: Rscript cox_page.R
source("write.R")

# R stops early by default: its last digits are then not those of the maximum.
settings <- coxph.control(eps = 1e-15, toler.chol = 1e-13, iter.max = 50)

ratios <- function(fit, level) {
  s <- summary(fit, conf.int = level)
  se <- if ("robust se" %in% colnames(s$coefficients)) "robust se" else "se(coef)"
  lapply(seq_len(nrow(s$coefficients)), function(i) list(
    name = rownames(s$coefficients)[i],
    coef = s$coefficients[i, "coef"], std_err = s$coefficients[i, se],
    hazard_ratio = s$conf.int[i, 1], conf_low = s$conf.int[i, 3], conf_high = s$conf.int[i, 4],
    p_value = s$coefficients[i, ncol(s$coefficients)]))
}
test <- function(x) list(statistic = x[[1]], df = x[[2]], p_value = x[[3]])
joint <- function(fit, columns) {
  b <- coef(fit)[columns]
  chi <- drop(b %*% solve(vcov(fit)[columns, columns], b))
  list(statistic = chi, df = length(b), p_value = pchisq(chi, length(b), lower.tail = FALSE))
}
model <- function(fit, transform, level = 0.95) {
  s <- summary(fit, conf.int = level)
  z <- cox.zph(fit, transform = transform)$table
  list(
    n = fit$n, n_event = fit$nevent, ratios = ratios(fit, level),
    likelihood_ratio = test(s$logtest),
    # summary() rounds the Wald statistic.
    wald = fit$wald.test[[1]],
    score = test(if (is.null(s$robscore)) s$sctest else s$robscore),
    concordance = s$concordance[[1]], concordance_std_err = s$concordance[[2]], aic = AIC(fit),
    proportionality = lapply(seq_len(nrow(z)), function(i)
      list(name = rownames(z)[i], statistic = z[i, 1], df = z[i, 2], p_value = z[i, 3])))
}
own <- function(x, data, level = 0.95, ...) {
  fit <- coxph(reformulate(x, "Surv(time, status)"), data, control = settings, ...)
  list(n = fit$n, n_event = fit$nevent, ratios = ratios(fit, level))
}

lung <- read.csv("../data/lung.csv")
veteran <- read.csv("../data/veteran.csv")

# Age per 10, sex with male as reference, ECOG in groups with 2 and 3 together, weight loss per standard deviation.
plain <- transform(lung, age = age / 10, sex = relevel(factor(sex), "male"), ph.ecog = factor(pmin(ph.ecog, 2)),
                   wt.loss = wt.loss / sd(wt.loss, na.rm = TRUE))
fit <- coxph(Surv(time, status) ~ age + sex + ph.ecog + wt.loss, plain, control = settings)
lung_plain <- c(model(fit, "km"), list(
  own = lapply(c("age", "sex", "ph.ecog", "wt.loss"), own, plain),
  joint = joint(fit, c("ph.ecog1", "ph.ecog2"))))

# A level with a single patient: its error needs the information at the maximum itself.
rare <- coxph(Surv(time, status) ~ age + factor(ph.ecog), lung, control = settings)

# Stratified by sex, clusters by institution, Breslow, 90 %, log2 of Karnofsky, ranks.
robust <- transform(lung[!is.na(lung$inst), ], ph.karno = log2(ph.karno), age = age / 5)
fit <- coxph(Surv(time, status) ~ age + ph.karno + strata(sex), robust, ties = "breslow",
             cluster = inst, control = settings)
lung_robust <- model(fit, "rank", 0.9)

# Interaction of treatment and prior therapy beside Karnofsky.
groups <- transform(veteran, trt = factor(trt), prior = factor(prior), karno = karno / 10,
                    celltype = factor(celltype))
fit <- coxph(Surv(time, status) ~ karno + trt + prior + trt:prior, groups, control = settings)
veteran_interaction <- model(fit, "identity")

subgroups <- function(x) {
  part <- split(groups, groups[[x]])
  without <- coxph(reformulate(c("trt", x), "Surv(time, status)"), groups, control = settings)
  with <- coxph(reformulate(c("trt", x, paste0("trt:", x)), "Surv(time, status)"), groups, control = settings)
  chi <- 2 * (with$loglik[2] - without$loglik[2])
  df <- length(coef(with)) - length(coef(without))
  list(levels = names(part), effects = unname(lapply(part, function(data) own("trt", data)$ratios[[1]])),
       interaction = list(statistic = chi, df = df, p_value = pchisq(chi, df, lower.tail = FALSE)))
}
write_cases("cox_page", list(
  c(list(id = "lung"), lung_plain), list(id = "rare level", ratios = ratios(rare, 0.95)), c(list(id = "lung, robust"), lung_robust),
  c(list(id = "veteran, interaction"), veteran_interaction),
  list(id = "subgroups", overall = own("trt", groups)$ratios[[1]],
       factors = list(celltype = subgroups("celltype"), prior = subgroups("prior")))))
