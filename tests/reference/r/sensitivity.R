# Twelve made-up patients, nobody's data, to whom the rules of censoring give other times. The times and events of
# each rule are worked out by hand below, from section 1 of FDA (2018) and EMA/CHMP/27994/2008; survival does the rest.
# Writes the two sheets to data/ and the figures to expected/sensitivity.json. Run in this folder: Rscript sensitivity.R
source("write.R")

start <- as.Date("2023-01-01")
on <- function(day) ifelse(is.na(day), "", format(start + day))
# Days from the start. A new therapy or a gap of more than 98 days counts by the FDA-style rules only.
patients <- read.csv(strip.white = TRUE, text = "
id , arm, death, last, therapy, clinical
H01, A  ,      , 200 ,        ,
H02, B  ,      , 200 , 100    ,
H03, A  ,      , 160 ,        ,
H04, B  ,      , 160 ,        ,
H05, A  ,      , 300 , 107    , 100
H06, B  , 300  , 300 ,        ,
H07, A  ,      , 180 ,        ,
H08, B  , 150  , 150 ,        ,
H09, A  ,      , 200 ,        ,
H10, B  ,      , 120 , 84     ,
H11, A  ,      ,     ,        ,
H12, B  ,      , 100 ,        ,
")
visits <- list(
  H01 = c(PR = 42, PR = 84, PD = 126), H02 = c(PR = 42, PR = 84, PD = 126), H03 = c(PR = 42, PD = 141),
  H04 = c(SD = 42, PD = 140), H05 = c(SD = 42, SD = 84), H06 = c(SD = 42, SD = 84),
  H07 = c(PR = 42, PR = 84, SD = 126, SD = 168), H08 = c(SD = 42, SD = 84), H10 = c(SD = 42, PD = 84),
  H11 = c(SD = 42, SD = 84), H12 = c(PD = 60)
)
sheet <- data.frame(
  "Patient id" = patients$id, Arm = patients$arm, "Start date" = format(start), "Death date" = on(patients$death),
  "Last contact" = on(patients$last), "New therapy" = on(patients$therapy), "Clinical progression" = on(patients$clinical),
  check.names = FALSE
)
write.csv(sheet, "../data/sensitivity_patients.csv", row.names = FALSE, quote = FALSE)
rows <- do.call(rbind, lapply(names(visits), function(id) {
  data.frame(id = id, date = on(unname(visits[[id]])), response = names(visits[[id]]))
}))
names(rows) <- c("Patient id", "Assessment date", "Overall response")
write.csv(rows, "../data/sensitivity_visits.csv", row.names = FALSE, quote = FALSE)

# By hand: days, negative where censored; NA where left out. 0.5 stands for "censored at the start".
pfs <- list(
  fda   = c(126,  -84,  -42, 140,  -84,  -84, -168, 150, -0.5, 84, -84, 60),
  ema   = c(126,  126,  141, 140,  -84,  300, -168, 150, -0.5, 84, -84, 60),
  plain = c(126,  126,  141, 140, -300,  300, -180, 150, -200, 84,  NA, 60)
)
ttp <- list(
  fda   = c(126,  -84,  -42, 140,  -84,  -84, -168, -84, -0.5, 84, -84, 60),
  ema   = c(126,  126,  141, 140,  -84,  -84, -168, -84, -0.5, 84, -84, 60),
  plain = c(126,  126,  141, 140, -300, -300, -180, -150, -200, 84, NA, 60)
)
# From the response on day 42; the others did not respond.
dor <- list(
  fda   = c(84, -42, -0.5, NA, NA, NA, -126, NA, NA, NA, NA, NA),
  ema   = c(84,  84,   99, NA, NA, NA, -126, NA, NA, NA, NA, NA),
  plain = c(84,  84,   99, NA, NA, NA, -138, NA, NA, NA, NA, NA)
)

estimates <- function(fit, times) {
  table <- summary(fit)$table
  at <- summary(fit, times = times, extend = TRUE)
  # Beyond the last follow-up R repeats the last value, which is no estimate there.
  known <- times <= max(fit$time) | tail(fit$surv, 1) == 0
  list(n = unname(table["records"]), events = unname(table["events"]), median = unname(table["median"]),
       low = unname(table["0.95LCL"]), high = unname(table["0.95UCL"]),
       rates = lapply(seq_along(times), function(i) {
         # A curve still at 1 has no interval; before its first time R writes 1 to 1.
         limits <- if (known[i] && at$surv[i] < 1) c(at$lower[i], at$upper[i]) else c(NA, NA)
         list(survival = if (known[i]) at$surv[i] else NA, low = limits[1], high = limits[2])
       }))
}
one <- function(endpoint, rule, signed, grouped) {
  times <- c(60, 120)
  data <- data.frame(time = ifelse(abs(signed) == 0.5, 0, abs(signed)), event = signed > 0, arm = patients$arm)
  used <- data[!is.na(signed), ]
  fit <- function(rows) survfit(Surv(time, event) ~ 1, data = rows, conf.type = "log-log")
  case <- list(id = paste(endpoint, rule), endpoint = endpoint, rule = rule, times = times, days = data$time,
               event = data$event, overall = estimates(fit(used), times))
  if (grouped) {
    case$arms <- lapply(c("A", "B"), function(arm) estimates(fit(used[used$arm == arm, ]), times))
    cox <- summary(coxph(Surv(time, event) ~ arm, data = used, ties = "efron", control = coxph.control(eps = 1e-13, toler.chol = 1e-14)))
    case$ratio <- unname(cox$conf.int[1, c(1, 3, 4)])
    case$log_rank <- pchisq(survdiff(Surv(time, event) ~ arm, data = used)$chisq, 1, lower.tail = FALSE)
  }
  case
}
cases <- c(
  lapply(names(pfs), function(rule) one("pfs", rule, pfs[[rule]], TRUE)),
  lapply(names(ttp), function(rule) one("ttp", rule, ttp[[rule]], TRUE)),
  lapply(names(dor), function(rule) one("dor", rule, dor[[rule]], FALSE))
)
write_cases("sensitivity", cases)
