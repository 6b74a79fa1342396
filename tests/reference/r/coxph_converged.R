# The models of expected/coxph.json again, iterated until nothing moves: coxph itself stops when the
# likelihood moves by less than 1e-11 of itself, up to 6e-8 away from the maximum.
# Run in this folder: Rscript coxph_converged.R
source("write.R")

about <- read_json("../data/roles.json")
read_data <- function(name) {
  data <- read.csv(file.path("../data", paste0(name, ".csv")))
  for (factor in names(about[[name]]$factors))
    data[[factor]] <- factor(data[[factor]], levels = unlist(about[[name]]$factors[[factor]]))
  data
}

refit <- function(case) {
  roles <- about[[case$data]]$roles
  times <- paste(c(roles$start, roles$time, roles$status), collapse = ", ")
  formula <- as.formula(sprintf("Surv(%s) ~ %s", times, case$formula))
  data <- read_data(case$data)
  data$case_weight <- if (isTRUE(case$weighted)) data[[roles$weight]] else 1
  control <- coxph.control(eps = 1e-13, iter.max = 60)
  fit <- coxph(formula, data, weights = case_weight, ties = case$ties, control = control)
  table <- summary(fit)$coefficients
  c(case[c("id", "data", "formula", "ties", "weighted")],
    list(result = list(robust = !is.null(fit$naive.var)), coef = I(unname(coef(fit))), std_err = I(sqrt(diag(as.matrix(fit$var)))),
         log_likelihood = fit$loglik, score = fit$score, wald = unname(fit$wald.test)))
}

applies <- function(case)
  case$ties != "exact" && !case$diverges && case$result$nevent > 0
cases <- Filter(applies, read_json("../expected/coxph.json")$cases)
write_cases("coxph_converged", suppressWarnings(lapply(cases, refit)))
