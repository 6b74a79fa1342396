# Times survfit and survdiff on a csv file, the median of several runs, in milliseconds: one JSON object.
suppressPackageStartupMessages(library(survival))
data <- read.csv(commandArgs(TRUE)[1])
runs <- if (nrow(data) >= 1e6) 3 else 5
median_ms <- function(work) {
  median(replicate(runs, {
    gc()
    start <- proc.time()[["elapsed"]]
    # A clock of a millisecond cannot see shorter work: repeat it.
    times <- max(1, round(2e4 / nrow(data)))
    for (i in seq_len(times)) work()
    (proc.time()[["elapsed"]] - start) / times * 1000
  }))
}
one <- median_ms(function() survfit(Surv(OS_months, OS_event) ~ 1, data = data))
two <- median_ms(function() survfit(Surv(OS_months, OS_event) ~ arm, data = data))
test <- median_ms(function() survdiff(Surv(OS_months, OS_event) ~ arm, data = data))
cat(sprintf('{"version": "R %s, survival %s", "survfit_one": %f, "survfit_two": %f, "survdiff": %f}\n',
            getRversion(), packageVersion("survival"), one, two, test))
