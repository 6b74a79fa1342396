
# ---- Reading --------------------------------------------------------------------------------

# Every cell as text, by the rows of the spreadsheet; so many columns are more than any file has.
cells <- read.table(
  file(path, encoding = encoding), sep = separator, quote = "\"", header = FALSE, fill = TRUE,
  colClasses = "character", na.strings = character(), strip.white = TRUE, comment.char = "",
  blank.lines.skip = FALSE, col.names = paste0("V", 1:1000)
)
squeeze <- function(text) trimws(gsub("[[:space:]]+", " ", text))
headings <- squeeze(unlist(cells[header_row, ]))
for (i in seq_along(headings)[headings != ""]) {
  copy <- 1
  given <- headings[i]
  while (headings[i] %in% headings[seq_len(i - 1)]) {
    copy <- copy + 1
    headings[i] <- sprintf("%s (%d)", given, copy)
  }
}
row <- seq_len(nrow(cells))[-seq_len(header_row)]
cells <- cells[row, , drop = FALSE]
for (change in corrections) {
  cells[row == change$row, match(change$column, headings)] <- change$value
}
keep <- !row %in% excluded_rows & rowSums(cells != "") > 0
cells <- cells[keep, , drop = FALSE]
row <- row[keep]

column <- function(heading) {
  if (!heading %in% headings) stop("there is no column named ", heading)
  squeeze(cells[[match(heading, headings)]])
}

missing_codes <- c(
  "", "na", "n/a", "n.a.", "n.a", "#n/a", "nan", "null", "#null!", "#ref!", "#value!", "#div/0!",
  "#name?", "#num!", ".", "..", "...", "?", "??", "/", "-", "--", "---", "\u2212", "\u2013", "\u2014", "unknown",
  "unk", "unk.", "not known", "not available", "not applicable", "not done", "n.d.",
  "no data", "not tested", "missing", "n.k.",
  "<na>", "\u4e0d\u8be6", "\u672a\u77e5", "\u7f3a\u5931", "\u4e0d\u660e", "\u672a\u67e5",
  "\u672a\u6d4b", "\u4e0d\u6e05\u695a", "\u4e0d\u9002\u7528"
)
is_missing <- function(heading) {
  text <- column(heading)
  chosen <- missing_texts[[heading]]
  if (is.null(chosen)) tolower(text) %in% missing_codes else text %in% c("", chosen)
}

as_number <- function(heading) {
  text <- ifelse(is_missing(heading), NA, column(heading))
  # Ages may be written with their unit.
  if (grepl("(^|[^a-z])(age|alter|edad|eta|idade)([^a-z]|$)|\u5e74\u9f84", tolower(heading))) {
    text <- sub(" *(\u5468?\u5c81|years( old)?|year|yrs?|yo?|y/o|jahre|j|ans|anos|anni)\\.?$", "", tolower(text))
  }
  text <- if (decimal_comma && !heading %in% joined_headings) chartr(",", ".", gsub(".", "", text, fixed = TRUE)) else gsub(",", "", text)
  suppressWarnings(as.numeric(text))
}

# Days since 1970. Three numbers are read in the order that the column itself proves.
as_day <- function(heading) {
  text <- ifelse(is_missing(heading), "", column(heading))
  text <- sub("[T ][0-9]{1,2}:[0-9:.]+.*$", "", text)
  text <- sub("^([0-9]{4})([0-9]{2})([0-9]{2})$", "\\1-\\2-\\3", text)
  parts <- regmatches(text, gregexpr("[0-9]+|[A-Za-z]{3,}", text))
  parts[lengths(parts) != 3] <- list(rep(NA_character_, 3))
  parts <- matrix(unlist(parts), ncol = 3, byrow = TRUE)
  name <- function(text) match(tolower(substr(text, 1, 3)), tolower(month.abb))
  number <- function(text) suppressWarnings(as.integer(text))
  year_first <- nchar(parts[, 1]) == 4 & !is.na(number(parts[, 1]))
  named_second <- !is.na(name(parts[, 2])) & is.na(number(parts[, 2]))
  named_first <- !is.na(name(parts[, 1])) & is.na(number(parts[, 1]))
  plain <- !is.na(parts[, 1]) & !year_first & !named_second & !named_first
  order <- date_orders[[heading]]
  if (any(plain) && is.null(order)) {
    first <- number(parts[plain, 1])
    second <- number(parts[plain, 2])
    if (any(first > 12)) order <- "dmy"
    else if (any(second > 12)) order <- "mdy"
    else stop("say in date_orders whether the dates of ", heading, " are dmy, mdy or ymd")
  }
  year <- number(parts[, 3])
  month <- ifelse(named_second, name(parts[, 2]), name(parts[, 1]))
  day <- ifelse(named_second, number(parts[, 1]), number(parts[, 2]))
  at <- switch(if (is.null(order)) "dmy" else order, dmy = c(3, 2, 1), mdy = c(3, 1, 2), ymd = 1:3)
  year[plain] <- number(parts[plain, at[1]])
  month[plain] <- number(parts[plain, at[2]])
  day[plain] <- number(parts[plain, at[3]])
  year[year_first] <- number(parts[year_first, 1])
  month[year_first] <- number(parts[year_first, 2])
  day[year_first] <- number(parts[year_first, 3])
  year <- year + ifelse(year < 30, 2000, ifelse(year < 100, 1900, 0))
  as.numeric(as.Date(sprintf("%04d-%02d-%02d", year, month, day), format = "%Y-%m-%d"))
}

# TRUE and FALSE, NA for a missing code, and `blank` where the cell is empty.
is_one_of <- function(heading, values, blank = NA) {
  text <- column(heading)
  found <- ifelse(is_missing(heading) & !text %in% values, NA, text %in% values)
  ifelse(text == "", blank, found)
}

# The groups of a column under their labels, in the order given.
groups_of <- function(heading, labels, levels = NULL) {
  text <- column(heading)
  label <- ifelse(text %in% names(labels), labels[text], ifelse(is_missing(heading), NA, text))
  if (is.null(levels)) factor(label) else factor(label, levels)
}

# The day that many months after another; the first of the next month where a month lacks it.
months_after <- function(day, months) {
  date <- as.POSIXlt(as.Date(day, origin = "1970-01-01"))
  first <- function(month) as.numeric(as.Date(
    sprintf("%04d-%02d-01", as.integer(month %/% 12), as.integer(month %% 12 + 1)), format = "%Y-%m-%d"
  ))
  month <- 12 * (date$year + 1900) + date$mon + months
  pmin(first(month) + date$mday - 1, first(month + 1))
}

# Whole months of the calendar, and the days left over as a share of their month.
calendar_months <- function(start, end) {
  index <- function(day) {
    date <- as.POSIXlt(as.Date(day, origin = "1970-01-01"))
    12 * date$year + date$mon
  }
  whole <- index(end) - index(start)
  whole <- whole - (months_after(start, whole) > end)
  last <- months_after(start, whole)
  whole + (end - last) / (months_after(start, whole + 1) - last)
}

# Time from the start to the end, cut at the data cut-off.
follow_up <- function(start, end, event) {
  cut <- !is.na(cut_off) & !is.na(end) & end > cut_off
  until <- ifelse(cut, cut_off, end) + count_first_day
  data.frame(time = if (calendar) calendar_months(start, until) else until - start, event = event & !cut)
}
