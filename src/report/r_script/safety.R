
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

# The only digit of a text, or the higher end of a range such as 3-4; the others are missing.
as_grade <- function(heading) {
  text <- ifelse(is_missing(heading), "", column(heading))
  digits <- regmatches(text, gregexpr("[0-9]", text))
  ranged <- grepl("[0-5] *([-/~\u2013\u2014]|to|or) *[0-5]", text)
  sapply(seq_along(text), function(i) {
    grades <- as.numeric(digits[[i]])
    grade <- if (length(grades) == 1) grades else if (length(grades) == 2 && ranged[i]) grades[2] else NA
    if (is.na(grade) || grade > 5) NA else grade
  })
}

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

newcombe <- function(x, n, level) {
  wilson <- function(x, n) {
    z <- qnorm(1 - (1 - level) / 2)
    centre <- (x + z^2 / 2) / (n + z^2)
    centre + c(-1, 1) * z * sqrt(x * (n - x) / n + z^2 / 4) / (n + z^2)
  }
  p <- x / n
  first <- wilson(x[1], n[1])
  second <- wilson(x[2], n[2])
  estimate <- p[2] - p[1]
  c(estimate, estimate - sqrt((p[2] - second[1])^2 + (first[2] - p[1])^2),
    estimate + sqrt((second[2] - p[2])^2 + (p[1] - first[1])^2))
}

# One row an event: patients with it, and by their worst grade, in each group.
tabulate_events <- function(events, group) {
  rows <- c(list("any adverse event" = events), split(events, events$term))
  counts <- lapply(rows, function(of) {
    worst <- worst_grades(of)
    by <- function(patients) as.vector(table(group[patients]))
    c(any = by(worst$patient), unlist(lapply(0:5, function(grade) by(worst$patient[worst$grade == grade]))))
  })
  groups <- levels(group)
  counts <- do.call(rbind, counts)
  colnames(counts) <- as.vector(outer(groups, c("any", "no grade", paste("grade", 1:5)), paste))
  counts[c(1, 1 + order(-rowSums(counts[-1, seq_along(groups), drop = FALSE]))), , drop = FALSE]
}
