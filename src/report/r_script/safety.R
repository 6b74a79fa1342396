
# ---- Adverse events -------------------------------------------------------------------------

# A sheet with several rows a patient, saved as csv; its headings are found by their names.
read_records <- function(path, needed) {
  lines <- readLines(file(path, encoding = "UTF-8-BOM"), warn = FALSE)
  count <- function(mark) lengths(regmatches(lines[1], gregexpr(mark, lines[1], fixed = TRUE)))
  marks <- c(",", ";", "\t")
  records <- read.table(
    text = lines, sep = marks[which.max(sapply(marks, count))], quote = "\"", header = FALSE, fill = TRUE,
    colClasses = "character", na.strings = character(), strip.white = TRUE, comment.char = "",
    blank.lines.skip = FALSE, col.names = paste0("V", 1:1000)
  )
  head <- which(apply(records, 1, function(cells) all(needed %in% squeeze(cells))))[1]
  if (is.na(head)) stop("there is no row with the headings ", paste(needed, collapse = ", "), " in ", path)
  headings <- squeeze(unlist(records[head, ]))
  row <- seq_len(nrow(records))[-seq_len(head)]
  records <- records[row, , drop = FALSE]
  keep <- rowSums(records != "") > 0
  list(cells = records[keep, , drop = FALSE], headings = headings, row = row[keep])
}

# Makes column(), as_day() and is_one_of() read that sheet.
use <- function(sheet) {
  cells <<- sheet$cells
  headings <<- sheet$headings
  row <<- sheet$row
}
patients_sheet <- list(cells = cells, headings = headings, row = row)

# The patients' ids in place of those that are spelt differently.
as_known <- function(ids, spelt, known) {
  at <- match(ids, tolower(squeeze(spelt)))
  ifelse(is.na(at), ids, tolower(squeeze(known))[at])
}

# The only digit of a text, the higher end of a range such as 3-4, or a Roman numeral; the others are missing.
as_grade <- function(heading) {
  text <- ifelse(is_missing(heading), "", tolower(column(heading)))
  digits <- regmatches(text, gregexpr("[0-9]", text))
  ranged <- grepl("[0-5] *([-/~\u2013\u2014]|to|or) *[0-5]", text)
  roman <- match(sub("^.*[^a-z]", "", text), c("i", "ii", "iii", "iv", "v"))
  grade_of <- function(grades, ranged, roman) {
    if (length(grades) == 0) return(roman)
    if (length(grades) == 2 && ranged && grades[1] < grades[2]) grades <- grades[2]
    if (length(grades) == 1 && grades <= 5) grades else NA
  }
  as.numeric(unlist(Map(grade_of, lapply(digits, as.numeric), ranged, roman)))
}

known_text <- function(heading) ifelse(is_missing(heading), NA, column(heading))

# Spellings that differ by capitals and spaces only become the commonest one.
one_spelling <- function(text) {
  folded <- tolower(squeeze(text))
  ave(text, folded, FUN = function(same) {
    counts <- table(same)
    sort(names(counts)[counts == max(counts)], method = "radix")[1]
  })
}

# The worst grade of every patient with one of these events; 0 where no event has a grade.
worst_grades <- function(events) {
  if (nrow(events) == 0) return(data.frame(patient = integer(), grade = numeric()))
  aggregate(grade ~ patient, transform(events, grade = ifelse(is.na(grade), 0, grade)), max)
}

# The events of every row of a table: particular ones (`known` are those whose column is there), then terms by falling
# frequency, under their systems where these are wanted. `shown` are the terms and systems of another table.
event_rows <- function(events, group, severe, known, by_system, threshold = 0, shown = NULL) {
  of <- function(which) events[which %in% TRUE, ]
  particular <- list(
    "any adverse event" = events, "severe" = of(events$grade >= severe), "serious" = of(events$serious),
    "led to discontinuation" = of(events$discontinued), "led to a change of dose" = of(events$dose_changed),
    "led to death" = of(events$grade == 5 | events$fatal)
  )[known]
  system <- if (by_system) ifelse(is.na(events$system), "", events$system) else rep("", nrow(events))
  terms <- split(events, paste(system, events$term, sep = "\t"))
  systems <- if (by_system) split(events, paste0(system, "\t")) else list()
  patients <- function(of) unique(of$patient)
  is_shown <- function(rows) {
    if (!is.null(shown)) return(names(rows) %in% shown)
    vapply(rows, function(of) {
      counts <- table(group[patients(of)])
      any(counts > 0 & 100 * counts >= threshold * table(group))
    }, NA)
  }
  in_order <- function(rows) {
    rows <- rows[is_shown(rows)]
    if (length(rows) == 0) return(rows)
    any <- vapply(rows, function(of) length(patients(of)), 1)
    bad <- vapply(rows, function(of) length(patients(of[of$grade %in% severe:5, ])), 1)
    rows[order(-any, -bad, names(rows), method = "radix")]
  }
  terms <- in_order(terms)
  systems <- in_order(systems)
  under <- function(name) c(systems[name], terms[sub("\t.*", "\t", names(terms)) == name])
  c(particular, if (by_system) do.call(c, lapply(names(systems), under)) else terms)
}

# What rows are called, after their system and term.
row_labels <- function(rows) {
  system <- sub("\t.*", "", names(rows))
  term <- sub("^.*\t", "", names(rows))
  of_system <- ifelse(system == "", "no system organ class", system)
  ifelse(grepl("\t", names(rows)), ifelse(term == "", of_system, paste0("  ", term)), names(rows))
}

# Patients with the events of each row, and by their worst grade, in each group.
count_rows <- function(rows, group) {
  counts <- lapply(rows, function(of) {
    worst <- worst_grades(of)
    by <- function(patients) as.vector(table(group[patients]))
    c(by(worst$patient), unlist(lapply(0:5, function(grade) by(worst$patient[worst$grade == grade]))))
  })
  counts <- do.call(rbind, counts)
  kinds <- c("any", "no grade", paste("grade", 1:5))
  dimnames(counts) <- list(row_labels(rows), as.vector(outer(levels(group), kinds, paste)))
  counts
}

# Differences of two groups with their limits, of patients with the events and of those with a worst grade from `severe`.
differences_of <- function(counts, group, severe, method, level) {
  n <- as.vector(table(group))
  t(apply(counts, 1, function(row) {
    bad <- rowSums(matrix(row[-(1:4)], 2)[, severe:5, drop = FALSE])
    c(difference_of(row[1], n[1], row[2], n[2], method, level),
      difference_of(bad[1], n[1], bad[2], n[2], method, level))
  }))
}

# Time to the first event of these, from the start to the end of follow-up or of the window, whichever is earlier; cause
# 1 is such an event, 2 death before one. NA for patients without a start or an end, and for events without a date.
first_event <- function(events, period, window, first_day) {
  of <- split(events, factor(events$patient, seq_len(nrow(period))))
  onset <- mapply(function(of, start) min(Inf, of$onset[(of$onset >= start) %in% TRUE]), of, period$start)
  undated <- onset == Inf & sapply(of, function(of) anyNA(of$onset))
  in_time <- period$died & (is.na(window) | period$end <= window)
  happened <- onset < Inf & !(period$died & onset > period$end)
  end <- ifelse(happened, onset, pmin(period$end, window, na.rm = TRUE))
  end[!happened & is.na(period$end)] <- NA
  time <- end - period$start + first_day
  out <- is.na(period$start) | undated | is.na(time) | end < period$start
  data.frame(time, cause = ifelse(happened, 1, ifelse(in_time, 2, 0)), group = period$group)[!out, ]
}

# Events, and patients with one, by the time of exposure in days: numbers, rates per unit and their limits by group;
# a patient with an event counts up to the first one. What began before the treatment has no exposure and is left out.
exposure_rates <- function(rows, group, days, start, first_day, unit, level) {
  one <- function(x, time) if (time > 0) with(poisson.test(x, time, conf.level = level), c(x, time, estimate, conf.int)) else rep(NA, 5)
  known <- !is.na(days)
  lapply(rows, function(of) {
    of <- of[!(of$onset < start[of$patient]) %in% TRUE, ]
    first <- tapply(of$onset, factor(of$patient, seq_along(days)), function(onset) min(Inf, onset, na.rm = TRUE))
    until <- pmin(days, first - start + first_day, na.rm = TRUE)
    sapply(levels(group), function(g) {
      members <- which(group == g & known)
      c(one(sum(of$patient %in% members), sum(days[members]) / unit),
        one(length(intersect(of$patient, members)), sum(until[members]) / unit))
    })
  })
}

# The ratio of two rates, second over first, with its limits, from the numbers and times of `exposure_rates`.
ratio_of_rates <- function(x, time, level) {
  if (sum(x) == 0) return(rep(NA, 3))
  with(poisson.test(rev(x), rev(time), conf.level = level), c(estimate, conf.int))
}
