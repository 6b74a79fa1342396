# Figures of the example cohort, from its csv, with R's survival. Run in this folder: Rscript example.R
library(survival)
library(jsonlite)

rows <- read.csv("../../../www/examples/oncurve-example-14-synthetic-patients.csv",
                 check.names = FALSE, na.strings = "")
date <- function(column) as.Date(rows[[column]])
days_in_month <- 365.25 / 12

failed <- pmin(date("Progression date"), date("Death date"), na.rm = TRUE)
pfs_event <- !is.na(failed)
pfs <- as.numeric(ifelse(pfs_event, failed, date("Last contact")) - as.numeric(date("Start date")))
os_event <- !is.na(date("Death date"))
os <- as.numeric(date("Last contact") - date("Start date"))
pd_l1 <- rows[["PD-L1"]]

median_months <- function(time, event) {
  fit <- survfit(Surv(time, event) ~ 1, conf.type = "log-log")
  q <- quantile(fit, 0.5)
  lapply(list(estimate = q$quantile, conf_low = q$lower, conf_high = q$upper),
         function(days) unname(days) / days_in_month)
}
test <- survdiff(Surv(pfs, pfs_event) ~ pd_l1)
fit <- summary(coxph(Surv(pfs, pfs_event) ~ factor(pd_l1, c("Negative or unknown", "Positive")), ties = "efron"))
exact <- function(x) {
  b <- binom.test(x, nrow(rows))
  list(count = x, n = nrow(rows), estimate = unname(b$estimate), conf_low = b$conf.int[1], conf_high = b$conf.int[2])
}
response <- rows[["Best response"]]
write_json(list(
  made_with = sprintf("R %s, survival %s", getRversion(), packageVersion("survival")),
  pfs = c(list(n = length(pfs), n_event = sum(pfs_event)), median_months(pfs, pfs_event)),
  pfs_positive = median_months(pfs[pd_l1 == "Positive"], pfs_event[pd_l1 == "Positive"]),
  pfs_negative = median_months(pfs[pd_l1 != "Positive"], pfs_event[pd_l1 != "Positive"]),
  pfs_log_rank_p = pchisq(test$chisq, 1, lower.tail = FALSE),
  pfs_hazard_ratio = as.list(setNames(fit$conf.int[c(1, 3, 4)], c("estimate", "conf_low", "conf_high"))),
  os = c(list(n = length(os), n_event = sum(os_event)), median_months(os, os_event)),
  orr = exact(sum(response %in% c("CR", "PR"))),
  dcr = exact(sum(response %in% c("CR", "PR", "SD"))),
  grade_3 = exact(sum(rows[["Worst AE grade"]] >= 3)),
  treatment_related_deaths = exact(sum(rows[["Treatment-related death"]] != "No"))
), "../expected/example.json", digits = NA, na = "null", auto_unbox = TRUE, pretty = TRUE)
