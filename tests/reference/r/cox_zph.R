# The points and smooths of plot.cox.zph for some models of expected/cox_zph.json, iterated to the end.
# Run in this folder: Rscript cox_zph.R
source("write.R")

about <- read_json("../data/roles.json")
read_data <- function(name) {
  data <- read.csv(file.path("../data", paste0(name, ".csv")))
  for (factor in names(about[[name]]$factors))
    data[[factor]] <- factor(data[[factor]], levels = unlist(about[[name]]$factors[[factor]]))
  data
}

# One column of a term as plot.cox.zph has it: its curve and half the width of its band.
smooth <- function(zph, term) {
  points <- seq(min(zph$x), max(zph$x), length = 40)
  basis <- splines::ns(c(points, zph$x), df = 4, intercept = TRUE)
  known <- !is.na(zph$y[, term])
  qr <- qr(basis[-(1:40), ][known, ])
  curve <- drop(basis[1:40, ] %*% qr.coef(qr, zph$y[known, term]))
  inverse <- chol2inv(qr$qr[1:4, 1:4])
  spread <- rowSums((basis[1:40, ] %*% inverse) * basis[1:40, ])
  list(estimate = curve, std_err = sqrt(zph$var[term, term] * spread))
}

some <- function(x) I(unname(x[round(seq(1, length(x), length.out = 12))]))

of <- function(case, transform) {
  roles <- about[[case$data]]$roles
  times <- paste(c(roles$start, roles$time, roles$status), collapse = ", ")
  formula <- as.formula(sprintf("Surv(%s) ~ %s", times, case$formula))
  weighted <- isTRUE(case$weighted)
  data <- read_data(case$data)
  data$case_weight <- if (weighted) data[[roles$weight]] else 1
  control <- coxph.control(eps = 1e-13, iter.max = 60)
  fit <- coxph(formula, data, weights = case_weight, ties = case$ties, control = control)
  zph <- cox.zph(fit, transform)
  terms <- lapply(seq_len(ncol(zph$y)), function(term)
    c(list(y = some(zph$y[, term])), lapply(smooth(zph, term), some)))
  c(case[c("id", "data", "formula", "ties", "weighted")],
    list(transform = transform, n = nrow(zph$y), time = some(zph$time), x = some(zph$x), terms = terms))
}

wanted <- c("lung|age + sex + ph.ecog|efron|now", "veteran|trt + celltype + karno + diagtime + age + prior|efron|now",
            "veteran|trt + karno + strata(celltype)|breslow|now", "r_heavyties_a|x1 + x2 + x3 + x4 + group|efron|now",
            "r_ltwt_a|x1 + x2 + x3 + x4 + group|efron|w", "heart|age + year + surgery + transplant|efron|now",
            "r_strata_a|x1 + x2 + x3 + x4 + group + strata(site)|efron|now")
cases <- Filter(function(case) case$id %in% wanted, read_json("../expected/cox_zph.json")$cases)
stopifnot(length(cases) == length(wanted))
all <- lapply(c("km", "log"), function(transform) lapply(cases, of, transform = transform))
write_cases("cox_zph_smooth", do.call(c, all))
