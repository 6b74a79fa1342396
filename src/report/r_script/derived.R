
# ---- What the page derived ------------------------------------------------------------------

# What rules, assessments and other sheets come to, one row a patient: a file beside this script in the zip file.
if (!file.exists(derived_path)) stop(derived_path, " is not here: it came with this script, in one zip file")
derived <- read.table(
  file(derived_path, encoding = "UTF-8-BOM"), sep = ",", quote = "\"", header = TRUE, check.names = FALSE,
  colClasses = "character", na.strings = character(), comment.char = ""
)
derived <- lapply(derived, function(text) {
  # The apostrophe that keeps a spreadsheet from taking a text for a formula.
  guarded <- "^'(?=[\\s\\p{Cc}\"'\ufeff\u200b]*[-=+@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])"
  sub(guarded, "", text, perl = TRUE)[match(row, derived$row)]
})
if (length(row) > 0 && all(is.na(derived$row))) stop(derived_path, " is of another spreadsheet")
derived_text <- function(name) {
  if (is.null(derived[[name]])) stop("there is no ", name, " in ", derived_path, ": save it again")
  derived[[name]]
}
derived_number <- function(name) as.numeric(derived_text(name))
derived_day <- function(name) as.numeric(as.Date(derived_text(name), format = "%Y-%m-%d"))

# The columns of joined sheets stand behind those of the patients' sheet.
for (i in seq_along(joined_headings)) {
  text <- derived[[length(derived) - length(joined_headings) + i]]
  cells[[paste0("J", i)]] <- ifelse(is.na(text), "", text)
}
headings <- c(headings, joined_headings)
