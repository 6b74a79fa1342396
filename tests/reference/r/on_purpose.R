# What R gives when it is asked otherwise, for the values in which we differ from its default answer:
# each with the reason, as `differences.rs` names it. Run in this folder: Rscript on_purpose.R
source("write.R")
suppressPackageStartupMessages(library(cmprsk))

about <- read_json("../data/roles.json")
read_data <- function(name) {
  data <- read.csv(file.path("../data", paste0(name, ".csv")))
  for (factor in names(about[[name]]$factors))
    data[[factor]] <- factor(data[[factor]], levels = unlist(about[[name]]$factors[[factor]]))
  data
}
instead <- function(reason, of, value) list(of = of, reason = reason, value = unname(value))

# Quantiles as print(survfit) finds the median and its limits, by its own function; other levels are
# brought to one half.
assigned <- function(code, name)
  Find(function(part) is.call(part) && identical(part[[2]], as.name(name)), as.list(code))[[3]]
print_median <- eval(assigned(assigned(body(survival:::survmean), "pfun")[[3]], "minmin"))
printed_quantile <- function(p, values, time) as.numeric(print_median(values * 0.5 / (1 - p), time))

quantiles <- function(case) {
  data <- read_data(case$data)
  roles <- about[[case$data]]$roles
  reverse <- grepl("reverse", case$kind)
  status <- if (reverse) paste("1 -", roles$status) else roles$status
  times <- c(if (!reverse) roles$start, roles$time, status)
  formula <- as.formula(sprintf("Surv(%s) ~ %s", paste(times, collapse = ", "), case$formula))
  data$.weight <- if (case$weighted) data[[roles$weight]] else 1
  asked <- if (reverse) case$quantiles95 else case$quantiles
  rows <- list()
  for (key in names(asked)) {
    parts <- strsplit(paste0(key, if (reverse) "@0.95"), "@")[[1]]
    fit <- survfit(formula, data, weights = .weight, robust = FALSE, conf.type = parts[1],
                   conf.int = as.numeric(parts[2]))
    stratum <- if (is.null(fit$strata)) rep("all", length(fit$time)) else
      rep(gsub(" *(,|$)", "\\1", names(fit$strata)), fit$strata)
    for (name in names(asked[[key]])) {
      theirs <- asked[[key]][[name]]
      of <- stratum == name
      stopifnot(any(of))
      for (part in c("quantile", "lower", "upper")) {
        values <- fit[[c(quantile = "surv", lower = "lower", upper = "upper")[[part]]]][of]
        for (i in seq_along(theirs$probs)) {
          p <- theirs$probs[[i]]
          printed <- printed_quantile(p, values, fit$time[of])
          default <- if (is.null(theirs[[part]][[i]])) NA else theirs[[part]][[i]]
          if (is.character(default)) default <- NA
          same <- identical(is.na(printed), is.na(default)) && (is.na(printed) || abs(printed - default) <= 1e-12 * default)
          reason <- if (any(diff(values[!is.na(values)]) > 0)) "BandNotMonotone" else "PlateauToTheEnd"
          if (!same) rows <- c(rows, list(instead(reason, paste(case$id, name, key, part, p, sep = "|"), printed)))
        }
      }
    }
  }
  rows
}

# The Wald statistic of covariates in units of their own standard deviation; with it, as there are no
# ties, that of the exact likelihood, and the robust tests.
wald <- function(case) {
  if (isTRUE(case$weighted) || isTRUE(case$result$robust) || grepl("strata|cluster|offset", case$formula)) return(list())
  roles <- about[[case$data]]$roles
  data <- read_data(case$data)
  data <- data[complete.cases(data[c(roles$time, roles$status, all.vars(as.formula(paste("~", case$formula))))]), ]
  x <- scale(model.matrix(as.formula(paste("~", case$formula)), data)[, -1, drop = FALSE], center = FALSE,
             scale = TRUE)
  y <- eval(parse(text = sprintf("with(data, Surv(%s))", paste(c(roles$start, roles$time, roles$status), collapse = ", "))))
  control <- coxph.control(eps = 1e-13, iter.max = 60)
  fit <- coxph(y ~ x, ties = case$ties, control = control)
  if (abs(fit$wald.test - case$wald) <= 1e-6 * fit$wald.test) return(list())
  of_this <- list(instead("WaldInMixedUnits", case$id, fit$wald.test))
  if (case$ties != "efron") return(of_this)
  stopifnot(!anyDuplicated(y[y[, "status"] == 1, "time"]))
  robust <- coxph(y ~ x, ties = "efron", control = control, robust = TRUE)
  c(of_this, list(
    instead("WaldInMixedUnits", sub("|efron|", "|exact|", case$id, fixed = TRUE), fit$wald.test),
    instead("WaldInMixedUnits", paste(case$id, "robust Wald"), robust$wald.test),
    instead("WaldInMixedUnits", paste(case$id, "robust score"), robust$rscore)))
}

# The robust score test of a model with an offset, from the scores at coefficients of 0.
offset_score <- function(case) {
  theirs <- case$result$robust_refit
  if (is.null(theirs) || !grepl("offset", case$formula)) return(list())
  roles <- about[[case$data]]$roles
  data <- read_data(case$data)
  data$.weight <- if (isTRUE(case$weighted)) data[[roles$weight]] else 1
  data$.row <- seq_len(nrow(data))
  formula <- as.formula(sprintf("Surv(%s) ~ %s", paste(c(roles$start, roles$time, roles$status), collapse = ", "), case$formula))
  fit <- coxph(formula, data, weights = .weight, ties = case$ties, iter.max = 0)
  scores <- as.matrix(residuals(fit, type = "score", weighted = TRUE))
  if (theirs$cluster != "row")
    scores <- rowsum(scores, data[as.integer(rownames(scores)), theirs$cluster])
  sums <- colSums(scores)
  list(instead("RobustScoreWithOffset", paste(case$id, "robust score"), drop(sums %*% solve(crossprod(scores), sums))))
}

# crr with every time one later: the same model, and nobody leaves at time 0.
later <- function(case) {
  roles <- about[[case$data]]$roles
  data <- read_data(case$data)
  data <- data[complete.cases(data[c(roles$time, roles$cause, all.vars(as.formula(paste("~", case$formula))))]), ]
  if (all(data[[roles$time]] > 0)) return(list())
  x <- model.matrix(as.formula(paste("~", case$formula)), data)[, -1, drop = FALSE]
  fit <- crr(data[[roles$time]] + 1, data[[roles$cause]], x, failcode = case$options$cause, gtol = 1e-9, maxiter = 60)
  stopifnot(fit$converged)
  table <- summary(fit)
  values <- list(coef = fit$coef, se = sqrt(diag(fit$var)), z = table$coef[, "z"],
                 p = 2 * pnorm(-abs(table$coef[, "z"])), hr = exp(fit$coef),
                 lower = table$conf.int[, 3], upper = table$conf.int[, 4], inv_information = diag(fit$inv))
  rows <- lapply(names(values), function(of) lapply(seq_along(fit$coef), function(j)
    instead("CensoredAtTimeZero", paste(case$id, of, j - 1, sep = "|"), values[[of]][j])))
  likelihoods <- list(instead("CensoredAtTimeZero", paste0(case$id, "|loglik_null"), fit$loglik.null),
                      instead("CensoredAtTimeZero", paste0(case$id, "|loglik"), fit$loglik))
  c(likelihoods, do.call(c, rows))
}

of_kind <- function(file, kinds) Filter(function(case) case$kind %in% kinds, read_json(file)$cases)
curves <- of_kind("../expected/survfit.json", c("model", "reverseKM"))
cases <- c(do.call(c, lapply(curves, quantiles)),
           do.call(c, suppressWarnings(lapply(read_json("../expected/coxph_converged.json")$cases, wald))),
           do.call(c, suppressWarnings(lapply(read_json("../expected/coxph.json")$cases, offset_score))),
           do.call(c, lapply(of_kind("../expected/competing.json", "crr"), later)))
print(table(vapply(cases, `[[`, "", "reason")))
write_cases("on_purpose", cases, c("survival", "cmprsk"))
