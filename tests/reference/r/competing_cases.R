# Cumulative incidence, cause-specific Cox and Fine-Gray models with case weights and delayed entry.
# Run in this folder: Rscript competing_cases.R
# mgus2 and pbc are data sets of R's survival; weights and entries are made here.
source("write.R")

made <- function(data, columns, entry) {
  data <- data[data$time > 0 & complete.cases(data[columns]), c("time", "cause", columns)]
  i <- seq_len(nrow(data))
  data$weight <- c(0.5, 1, 1.75, 2.25)[i %% 4 + 1]
  # Some enter at a time at which others leave.
  data$entry <- ifelse(entry(i) < data$time, entry(i), 0)
  rownames(data) <- NULL
  data
}
mgus <- within(mgus2, {
  time <- ifelse(pstat == 1, ptime, futime)
  cause <- ifelse(pstat == 1, 1, 2 * death)
  male <- as.numeric(sex == "M")
})
liver <- within(pbc, {
  cause <- c(0, 2, 1)[status + 1]
  drug <- as.numeric(trt == 1)
  large <- as.numeric(hepato)
})
data <- list(
  mgus2 = made(mgus, c("age", "male", "hgb"), function(i) (i * 37) %% 60),
  pbc = made(liver, c("age", "drug", "bili"), function(i) (i * 53) %% 900),
  # Nobody is censored at a time at which another leaves; nobody enters late enough to matter.
  early = made(liver[1:120, ], c("age", "bili"), function(i) i %% 40)
)
covariates <- lapply(data, function(d) setdiff(names(d), c("time", "cause", "weight", "entry")))

used <- function(name, weighted, late) {
  d <- data[[name]]
  if (!weighted) d$weight <- 1
  if (!late) d$entry <- 0
  d$state <- factor(d$cause, 0:2, c("censored", "first", "second"))
  d$id <- seq_len(nrow(d))
  d
}
some <- function(x, n = 40) unique(round(seq(1, length(x), length.out = n)))

incidence <- function(name, weighted, late) {
  d <- used(name, weighted, late)
  fit <- survfit(Surv(entry, time, state) ~ 1, data = d, weights = weight, id = id)
  rows <- some(fit$time)
  list(kind = "incidence", data = name, weighted = weighted, late = late, time = fit$time[rows],
       n_risk = fit$n.risk[rows, 1], estimate = fit$pstate[rows, ], std_err = fit$std.err[rows, ])
}

error <- function(variance) unname(sqrt(diag(as.matrix(variance))))
control <- coxph.control(eps = 1e-13, iter.max = 60)
result <- function(fit, ...) {
  list(..., coef = I(unname(coef(fit))), naive_std_err = I(error(fit$naive.var)),
       std_err = I(error(fit$var)), loglik = fit$loglik)
}
specific <- function(name, weighted, late, cause) {
  d <- used(name, weighted, late)
  formula <- reformulate(covariates[[name]], "Surv(entry, time, cause == of)")
  d$of <- cause
  fit <- coxph(formula, d, weights = weight, cluster = id, control = control)
  result(fit, kind = "specific", data = name, weighted = weighted, late = late, cause = cause)
}
subdistribution <- function(name, weighted, late, cause, ties) {
  d <- used(name, weighted, late)
  long <- finegray(Surv(entry, time, state) ~ ., data = d, weights = weight, id = id,
                   etype = c("first", "second")[cause])
  formula <- reformulate(covariates[[name]], "Surv(fgstart, fgstop, fgstatus)")
  fit <- coxph(formula, long, weights = fgwt, cluster = id, ties = ties, control = control)
  result(fit, kind = "subdistribution", data = name, weighted = weighted, late = late, cause = cause, ties = ties)
}

cases <- lapply(names(data), function(name) list(kind = "data", data = name, columns = as.list(data[[name]]),
                                                 covariates = I(covariates[[name]])))
for (name in names(data)) for (weighted in c(FALSE, TRUE)) for (late in c(FALSE, TRUE)) {
  cases <- c(cases, list(incidence(name, weighted, late)))
  for (cause in 1:2) {
    cases <- c(cases, list(specific(name, weighted, late, cause)))
    for (ties in c("efron", "breslow"))
      cases <- c(cases, list(subdistribution(name, weighted, late, cause, ties)))
  }
}
write_cases("competing_cases", cases)
