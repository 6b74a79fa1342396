# Times R's survival on a csv file for what one section of the results holds: the median of several runs, in
# milliseconds, as one JSON object.
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
curve <- median_ms(function() survfit(Surv(OS_months, OS_event) ~ 1, data = data))
follow_up <- median_ms(function() survfit(Surv(OS_months, 1 - OS_event) ~ 1, data = data))
curves <- median_ms(function() survfit(Surv(OS_months, OS_event) ~ arm, data = data))
follow_ups <- median_ms(function() survfit(Surv(OS_months, 1 - OS_event) ~ arm, data = data))
log_rank <- median_ms(function() survdiff(Surv(OS_months, OS_event) ~ arm, data = data))
cox <- median_ms(function() coxph(Surv(OS_months, OS_event) ~ arm, data = data))
cat(sprintf(paste('{"version": "R %s, survival %s", "curve": %f, "follow_up": %f, "curves": %f,',
                  '"follow_ups": %f, "log_rank": %f, "cox": %f}\n'),
            getRversion(), packageVersion("survival"), curve, follow_up, curves, follow_ups, log_rank, cox))
