# Writes the cases of one script to expected/<name>.json with the versions that made them.
suppressPackageStartupMessages({library(survival); library(jsonlite)})

write_cases <- function(name, cases, packages = "survival") {
  versions <- vapply(packages, function(package) paste(package, packageVersion(package)), "")
  made_with <- paste(c(paste("R", getRversion()), versions), collapse = ", ")
  rows <- vapply(cases, toJSON, "", auto_unbox = TRUE, digits = NA, na = "null", null = "null")
  text <- c(sprintf('{"made_with":"%s","cases":[', made_with), paste(rows, collapse = ",\n"), "]}")
  writeLines(text, file.path("..", "expected", paste0(name, ".json")))
  message(name, ": ", length(cases), " cases with ", made_with)
}
