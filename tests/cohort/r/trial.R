# Figures of the larger example, with R's survival, from what its script drew. Run in this folder: Rscript trial.R
library(survival)
library(jsonlite)

patients <- fromJSON("../trial.json")$patients
patients$arm <- factor(patients$arm, c("Chemotherapy", "TKI"))

figures <- function(time, event) {
  fit <- survfit(Surv(time, event) ~ arm, patients, conf.type = "log-log")
  median <- quantile(fit, 0.5)
  test <- survdiff(Surv(time, event) ~ arm, patients)
  cox <- summary(coxph(Surv(time, event) ~ arm, patients, ties = "efron"))$conf.int
  list(
    n = unname(fit$n),
    n_event = unname(summary(fit)$table[, "events"]),
    median = unname(median$quantile[, 1]), conf_low = unname(median$lower[, 1]), conf_high = unname(median$upper[, 1]),
    log_rank = test$chisq,
    hazard_ratio = unname(cox[c(1, 3, 4)])
  )
}
write_json(list(
  made_with = sprintf("R %s, survival %s", getRversion(), packageVersion("survival")),
  pfs = figures(patients$pfs, patients$pfs_event),
  os = figures(patients$os, patients$os_event)
), "../trial_figures.json", digits = NA, na = "null", auto_unbox = TRUE, pretty = TRUE)
