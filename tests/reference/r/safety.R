# Adverse events of 60 synthetic patients, nobody's data, tabulated with base R. Writes the three sheets to data/ and
# the tables to expected/safety.json. Run in this folder: Rscript safety.R
source("write.R")
suppressPackageStartupMessages(library(cmprsk))
set.seed(20261122)

# ---- The sheets, with what real ones have: other spellings, missing values, repeated rows -------------------------
n <- 60
ids <- sprintf("S%02d", seq_len(n))
arm <- rep(c("Chemotherapy", "Combination"), length.out = n)
start <- as.Date("2024-01-08") + sample(0:300, n, TRUE)
cut_off <- as.Date("2025-12-31")
length_of <- pmin(ceiling(rexp(n, 1 / 200)) + 14, 600)
last_dose <- start + length_of
last_dose[last_dose > cut_off] <- cut_off
followed <- last_dose + ceiling(rexp(n, 1 / 120))
followed <- pmin(followed, cut_off)
died <- runif(n) < 0.4
ongoing <- last_dose == cut_off | runif(n) < 0.1
patients <- data.frame(
  id = ids, arm = arm, start = start, death = ifelse(died, format(followed), ""), last = ifelse(died, "", format(followed))
)
write.csv(patients, "../data/safety_patients.csv", row.names = FALSE, quote = FALSE)

given <- data.frame(id = ids, therapy = arm, first = start, last = ifelse(ongoing, "", format(last_dose)), later = "no")
given <- given[!given$id %in% c("S17", "S44"), ]
later <- data.frame(id = sample(given$id, 8), therapy = "Docetaxel")
later$first <- last_dose[match(later$id, ids)] + 20
later$last <- format(later$first + 60)
later$later <- "yes"
second <- data.frame(id = c("S05", "S06"), therapy = "Maintenance")
second$first <- last_dose[match(second$id, ids)] + 10
second$last <- format(second$first + 40)
second$later <- "no"
therapies <- rbind(given, later, second)
write.csv(therapies, "../data/safety_therapies.csv", row.names = FALSE, quote = FALSE)

terms <- data.frame(
  term = c("Fatigue", "Nausea", "Diarrhoea", "Vomiting", "Anaemia", "Neutropenia", "Rash", "Pruritus",
    "Hypertension", "Pneumonitis", "Hypothyroidism", "Sepsis"),
  soc = c("General disorders", rep("Gastrointestinal disorders", 3), rep("Blood disorders", 2), rep("Skin disorders", 2),
    "Vascular disorders", "Respiratory disorders", "Endocrine disorders", "Infections"),
  weight = c(14, 12, 10, 6, 9, 8, 8, 6, 5, 3, 4, 2)
)
m <- 260
of <- sample(n, m, TRUE, prob = ifelse(arm == "Combination", 1.4, 1))
which_term <- sample(nrow(terms), m, TRUE, prob = terms$weight)
grade <- sample(1:5, m, TRUE, prob = c(45, 32, 17, 5, 0.8))
onset <- start[of] + floor(runif(m, -5, as.numeric(followed[of] - start[of]) + 5))
yes_no <- function(p, missing = 0.03) {
  drawn <- ifelse(runif(m) < p, "yes", "no")
  ifelse(runif(m) < missing, "", drawn)
}
events <- data.frame(
  id = ids[of], term = terms$term[which_term], soc = terms$soc[which_term], grade = as.character(grade),
  related = yes_no(0.6), serious = yes_no(0.08 + 0.1 * (grade >= 3)), stopped = yes_no(0.05), dose = yes_no(0.12),
  fatal = ifelse(grade == 5, "yes", ""), onset = format(onset), end = format(onset + sample(3:40, m, TRUE))
)
messy <- function(k) sample(m, k)
events$grade[messy(6)] <- ""
events$grade[messy(3)] <- "0"
events$grade[messy(2)] <- "3-4"
events$term[i] <- toupper(events$term[i <- messy(8)])
events$onset[messy(5)] <- ""
events$soc[messy(4)] <- ""
events$id[messy(2)] <- "X99"
events <- rbind(events, events[sample(m, 5), ])
events <- events[sample(nrow(events)), ]
write.csv(events, "../data/safety_events.csv", row.names = FALSE, quote = FALSE)

# ---- The tables, from the sheets as they were written -------------------------------------------------------------
read <- function(name) read.csv(sprintf("../data/safety_%s.csv", name), colClasses = "character")
patients <- read("patients")
therapies <- read("therapies")
events <- read("events")
day <- function(text) as.Date(ifelse(text == "", NA, text))
studied <- therapies[therapies$later != "yes", ]
patients$begin <- as.Date(tapply(as.numeric(day(studied$first)), studied$id, min)[patients$id], origin = "1970-01-01")
patients$last_dose <- as.Date(
  tapply(as.numeric(day(studied$last)), studied$id, function(days) if (anyNA(days)) NA else max(days))[patients$id],
  origin = "1970-01-01"
)
patients$last_dose[!is.na(patients$last_dose) & patients$last_dose > cut_off] <- NA
patients$end <- pmin(as.Date(ifelse(patients$death == "", patients$last, patients$death)), cut_off)
patients$dead <- patients$death != "" & patients$death <= format(cut_off)
treated <- patients[!is.na(patients$begin), ]

events <- events[events$grade != "0" & events$id %in% patients$id, ]
events <- events[events$onset == "" | events$onset <= format(cut_off), ]
lower <- tolower(events$term)
standard <- sapply(split(events$term, lower), function(same) {
  counts <- table(same)
  sort(names(counts)[counts == max(counts)], method = "radix")[1]
})
events$term <- unname(standard[lower])
events <- events[!(duplicated(events) & events$onset != ""), ]
events$grade <- as.integer(ifelse(events$grade == "3-4", "4", events$grade))
events$onset <- day(events$onset)
events <- merge(events, treated[c("id", "arm", "begin", "last_dose")], by = "id")

level <- 0.95
newcombe <- function(x, n) {
  wilson <- lapply(1:2, function(i) suppressWarnings(prop.test(x[i], n[i], conf.level = level, correct = FALSE))$conf.int)
  p <- x / n
  c(p[2] - p[1], p[2] - p[1] - sqrt((p[2] - wilson[[2]][1])^2 + (wilson[[1]][2] - p[1])^2),
    p[2] - p[1] + sqrt((wilson[[2]][2] - p[2])^2 + (p[1] - wilson[[1]][1])^2))
}
number <- function(x) if (is.finite(x)) x else NULL
numbers <- function(x) lapply(unname(as.list(x)), number)

# Exposure in years: first to last day of therapy, to the end of follow-up where it goes on.
treated$exposed <- as.numeric(ifelse(is.na(treated$last_dose), treated$end, treated$last_dose)) -
  as.numeric(treated$begin) + 1

rate <- function(count, time) {
  test <- poisson.test(count, time, conf.level = level)
  c(count, time, numbers(c(test$estimate, test$conf.int)))
}
ratio <- function(counts, times) {
  if (sum(counts) == 0) return(list(NULL, NULL, NULL))
  test <- poisson.test(rev(counts), rev(times), conf.level = level)
  numbers(c(test$estimate, test$conf.int))
}

one_row <- function(row, events, by_arm, rates) {
  arms <- if (by_arm) split(treated, treated$arm) else list()
  count <- function(people) {
    own <- events[events$id %in% people$id, ]
    worst <- if (nrow(own)) tapply(ifelse(is.na(own$grade), 0, own$grade), own$id, max) else numeric()
    list(any = length(worst), grades = as.vector(table(factor(worst, 1:5))), ungraded = sum(worst == 0),
      events = nrow(own))
  }
  # What began before the treatment has no exposure.
  rates_of <- function(people) {
    own <- events[events$id %in% people$id & (is.na(events$onset) | events$onset >= events$begin), ]
    first <- tapply(as.numeric(own$onset), own$id, function(days) if (all(is.na(days))) NA else min(days, na.rm = TRUE))
    until <- people$exposed
    at <- match(names(first), people$id)
    until[at] <- ifelse(is.na(first), until[at], pmin(until[at], first - as.numeric(people$begin[at]) + 1))
    list(events = rate(nrow(own), sum(people$exposed) / 365.25), patients = rate(length(first), sum(until) / 365.25))
  }
  result <- c(row, list(arms = unname(lapply(arms, count)), overall = count(treated)))
  if (by_arm) {
    n <- sapply(arms, nrow)
    result$difference <- newcombe(sapply(result$arms, `[[`, "any"), n)
    result$severe_difference <- newcombe(sapply(result$arms, function(of) sum(of$grades[3:5])), n)
  }
  if (rates) {
    result$rates <- list(arms = unname(lapply(arms, rates_of)), overall = rates_of(treated))
    if (by_arm) {
      of <- function(what, which) sapply(result$rates$arms, function(arm) arm[[what]][[which]])
      result$event_ratio <- ratio(of("events", 1), of("events", 2))
      result$patient_ratio <- ratio(of("patients", 1), of("patients", 2))
    }
  }
  result
}

one_table <- function(events, related, by_arm, by_system, rates) {
  if (related) events <- events[events$related == "yes", ]
  particular <- list(
    any = rep(TRUE, nrow(events)), severe = events$grade %in% 3:5, serious = events$serious == "yes",
    discontinued = events$stopped == "yes", dose_changed = events$dose == "yes",
    fatal = events$grade %in% 5 | events$fatal == "yes"
  )
  rows <- lapply(names(particular), function(name) one_row(list(row = name), events[particular[[name]], ], by_arm, rates))
  key <- if (by_system) paste(events$soc, events$term, sep = "/") else events$term
  for (own in split(events, key)) {
    row <- list(row = "term", term = own$term[1])
    if (by_system) row["system"] <- list(if (own$soc[1] == "") NULL else own$soc[1])
    rows <- c(rows, list(one_row(row, own, by_arm, rates)))
  }
  if (by_system) for (own in split(events, events$soc)) {
    system <- list(if (own$soc[1] == "") NULL else own$soc[1])
    rows <- c(rows, list(one_row(c(list(row = "system"), setNames(system, "system")), own, by_arm, rates)))
  }
  list(related = related, rows = rows)
}

# Time to the first event of grade 3 or more, death competing; events before the start are not looked at.
first_event <- function(events, by_arm) {
  severe <- events[events$grade %in% 3:5, ]
  undated <- setdiff(severe$id[is.na(severe$onset)], severe$id[!is.na(severe$onset) & severe$onset >= severe$begin])
  severe <- severe[!is.na(severe$onset) & severe$onset >= severe$begin, ]
  onset <- tapply(as.numeric(severe$onset), severe$id, min)
  people <- treated[!treated$id %in% undated, ]
  people$onset <- as.numeric(onset[people$id])
  people$onset[people$dead & !is.na(people$onset) & people$onset > as.numeric(people$end)] <- NA
  people$time <- ifelse(is.na(people$onset), as.numeric(people$end), people$onset) - as.numeric(people$begin)
  people$cause <- ifelse(!is.na(people$onset), 1, ifelse(people$dead, 2, 0))
  curve <- function(people) {
    state <- factor(people$cause, 0:2, c("censored", "event", "death"))
    fit <- survfit(Surv(time, state) ~ 1, data = data.frame(time = people$time, state), conf.type = "log-log")
    at <- summary(fit, times = c(60, 120, 240), extend = TRUE)
    list(n = nrow(people), n_event = sum(people$cause == 1), n_death = sum(people$cause == 2),
      pstate = at$pstate[, match("event", fit$states)])
  }
  result <- list(overall = curve(people), arms = if (by_arm) unname(lapply(split(people, people$arm), curve)) else list())
  if (by_arm) result$gray <- cuminc(people$time, people$cause, people$arm)$Tests[1, 1:2]
  result
}

one_case <- function(id, by_arm = TRUE, by_system = FALSE, emergent = NULL, rates = FALSE) {
  own <- events
  if (!is.null(emergent)) {
    early <- !is.na(own$onset) & own$onset < own$begin
    late <- !is.na(own$onset) & !is.na(own$last_dose) & own$onset > own$last_dose + emergent
    own <- own[!early & !late, ]
  }
  sizes <- if (by_arm) as.vector(table(treated$arm)) else integer()
  case <- list(id = id, by_arm = by_arm, by_system = by_system, emergent = emergent, n = nrow(treated), sizes = I(sizes),
    missing_grade = sum(is.na(own$grade)), missing_related = sum(own$related == ""), missing_onset = sum(is.na(own$onset)),
    not_emergent = nrow(events) - nrow(own), before_start = sum(events$onset < events$begin, na.rm = TRUE),
    tables = lapply(c(FALSE, TRUE), function(related) one_table(own, related, by_arm, by_system, rates && !related)))
  if (is.null(emergent)) case$first <- first_event(own, by_arm)
  case
}

write_cases("safety", list(
  one_case("overall", by_arm = FALSE, rates = TRUE),
  one_case("by arm", rates = TRUE),
  one_case("by system", by_system = TRUE),
  one_case("emergent", emergent = 30)
), c("survival", "cmprsk"))
