
# Profile likelihood limits and likelihood ratio tests of a Cox model: where the log likelihood, all other
# coefficients free, has dropped by half the quantile of chi-squared.
profile_limits <- function(fit, level) {
  fit <- update(fit, x = TRUE, y = TRUE, control = coxph.control(eps = 1e-12, iter.max = 50))
  settings <- list(ties = fit$method, control = coxph.control(eps = 1e-12, iter.max = 50))
  if (!is.null(fit$weights)) settings <- c(settings, list(weights = fit$weights, robust = FALSE))
  at <- function(j, b) {
    data <- list(y = fit$y, away = b * fit$x[, j], rest = fit$x[, -j, drop = FALSE], s = fit$strata)
    terms <- c("offset(away)", if (ncol(fit$x) > 1) "rest", if (!is.null(fit$strata)) "strata(s)")
    formula <- reformulate(terms, "y")
    environment(formula) <- list2env(data, parent = globalenv())
    max(do.call(coxph, c(list(formula), settings))$loglik)
  }
  drop <- function(j, b) 2 * (max(fit$loglik) - at(j, b))
  limit <- function(j, side) {
    start <- coef(fit)[[j]]
    step <- side * sqrt(diag(if (is.null(fit$naive.var)) vcov(fit) else fit$naive.var)[[j]])
    far <- 2 * step
    while (drop(j, start + far) < qchisq(level, 1)) {
      far <- 2 * far
      if (abs(far) > 1000 * abs(step)) return(NA)
    }
    uniroot(function(b) drop(j, b) - qchisq(level, 1), sort(c(start, start + far)), tol = 1e-10)$root
  }
  # Where the ratio runs away, R cannot fit the far end.
  ratio <- function(j, side) tryCatch(exp(limit(j, side)), error = function(e) NA)
  columns <- which(!is.na(coef(fit)))
  limits <- t(sapply(columns, function(j) c(
    exp(coef(fit)[[j]]), ratio(j, -1), ratio(j, 1), pchisq(drop(j, 0), 1, lower.tail = FALSE))))
  dimnames(limits) <- list(names(coef(fit))[columns], c("ratio", "lower", "upper", "p"))
  limits
}

# Backward elimination: the term with the largest Wald p value leaves, until each is below `p`. A term stays while
# an interaction with it does.
backward <- function(terms, p, fit_of) {
  repeat {
    if (length(terms) == 0) return(terms)
    fit <- fit_of(terms)
    own <- vapply(terms, function(term) {
      columns <- fit$assign[[term]]
      b <- coef(fit)[columns]
      statistic <- drop(b %*% solve(vcov(fit)[columns, columns], b))
      pchisq(statistic, length(b), lower.tail = FALSE)
    }, 0)
    pairs <- unlist(strsplit(terms[grepl(":", terms)], ":"))
    free <- own[own >= p & !(terms %in% pairs)]
    if (length(free) == 0) return(terms)
    terms <- setdiff(terms, names(which.max(free)))
  }
}
