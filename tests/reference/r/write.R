# Writes the cases of one script to expected/<name>.json with the versions that made them.
suppressPackageStartupMessages({library(survival); library(jsonlite)})

write_cases <- function(name, cases, also = character()) {
  made_with <- sprintf("R %s, survival %s", getRversion(), packageVersion("survival"))
  for (package in also) made_with <- sprintf("%s, %s %s", made_with, package, packageVersion(package))
  rows <- vapply(cases, toJSON, "", auto_unbox = TRUE, digits = NA, na = "null", null = "null")
  text <- c(sprintf('{"made_with":"%s","cases":[', made_with), paste(rows, collapse = ",\n"), "]}")
  writeLines(text, file.path("..", "expected", paste0(name, ".json")))
  message(name, ": ", length(cases), " cases with ", made_with)
}
