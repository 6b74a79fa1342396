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
  formula <- as.formula(sprintf("Surv(%s, %s) ~ %s", roles$time, roles$status, case$formula))
  control <- coxph.control(eps = 1e-13, iter.max = 60)
  fit <- coxph(formula, read_data(case$data), ties = case$ties, control = control)
  table <- summary(fit)$coefficients
  c(case[c("id", "data", "formula", "ties")],
    list(coef = I(unname(coef(fit))), std_err = I(sqrt(diag(as.matrix(fit$var)))),
         log_likelihood = fit$loglik, score = fit$score, wald = unname(fit$wald.test)))
}

applies <- function(case)
  is.null(about[[case$data]]$roles$start) && !grepl("strata|cluster|offset", case$formula) &&
    !case$diverges && case$result$nevent > 0
cases <- Filter(applies, read_json("../expected/coxph.json")$cases)
write_cases("coxph_converged", suppressWarnings(lapply(cases, refit)))
