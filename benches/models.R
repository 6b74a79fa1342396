# Times R's survival on a csv file: Cox with five covariates, and up to the size in the second argument the
# multi-state curve and the Fine-Gray model, which take R minutes beyond it. Milliseconds, as one JSON object.
suppressPackageStartupMessages(library(survival))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[1])
competing <- nrow(data) <= as.numeric(arguments[2])
ms <- function(work, runs) {
  median(replicate(runs, {
    gc()
    start <- proc.time()[["elapsed"]]
    work()
    (proc.time()[["elapsed"]] - start) * 1000
  }))
}
cox5 <- ms(function() coxph(Surv(time, event) ~ x1 + x2 + x3 + x4 + x5, data = data), 3)
parts <- sprintf('"cox5": %f', cox5)
if (competing) {
  data$cause <- factor(data$cause)
  curve <- ms(function() survfit(Surv(time, cause) ~ 1, data = data), 1)
  model <- ms(function() {
    weighted <- finegray(Surv(time, cause) ~ ., data = data[c("time", "cause", paste0("x", 1:5))], etype = "1")
    coxph(Surv(fgstart, fgstop, fgstatus) ~ x1 + x2 + x3 + x4 + x5, weights = fgwt, data = weighted)
  }, 1)
  parts <- c(parts, sprintf('"aalen_johansen": %f', curve), sprintf('"fine_gray": %f', model))
}
cat("{", paste(parts, collapse = ", "), "}\n", sep = "")
