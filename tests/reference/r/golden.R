# Cases whose answers are known by heart, as R prints them. Run in this folder: Rscript golden.R
source("write.R")

median_of <- function(name, time, event) {
  types <- c("log", "log-log", "plain")
  rows <- lapply(types, function(type)
    as.list(unname(summary(survfit(Surv(time, event) ~ 1, conf.type = type))$table[c("median", "0.95LCL", "0.95UCL")])))
  list(kind = "median", name = name, time = time, event = event, types = types, printed = rows)
}

time <- 2:15
at_risk <- survfit(Surv(c(6, 6, 9, 12), c(1, 0, 1, 0)) ~ 1)
apart <- data.frame(time = 2:15, event = rep(1:0, each = 7), group = rep(0:1, each = 7))
cox <- suppressWarnings(coxph(Surv(time, event) ~ group, apart, control = coxph.control(iter.max = 100)))
write_cases("golden", list(
  median_of("all events", time, rep(1, 14)),
  median_of("plateau to the end", time, as.numeric(time <= 8)),
  median_of("plateau with later events", time, as.numeric(time <= 8 | time %in% c(11, 12))),
  list(kind = "at_risk", time = c(6, 6, 9, 12), event = c(1, 0, 1, 0), at = c(0, 6, 9, 12),
       n_risk = summary(at_risk, times = c(0, 6, 9, 12))$n.risk),
  list(kind = "separation", time = apart$time, event = apart$event, group = apart$group,
       log_rank_p = survdiff(Surv(time, event) ~ group, apart)$pvalue,
       score = unname(summary(cox)$sctest["test"]), likelihood_ratio = unname(summary(cox)$logtest["test"]),
       wald_p = unname(summary(cox)$coefficients[, "Pr(>|z|)"]))
))
