# Times between two dates in calendar months. Run in this folder: Rscript calendar_months.R
suppressPackageStartupMessages(library(lubridate))

set.seed(20241)
start <- as.Date(c(
  "2023-01-31", "2023-01-31", "2023-01-31", "2024-01-31", "2024-01-30", "2024-02-29", "2024-02-29",
  "2023-12-15", "2023-01-01", "2023-01-01", "2020-03-17"
))
end <- as.Date(c(
  "2023-02-28", "2023-03-01", "2023-03-31", "2024-02-29", "2024-03-01", "2025-02-28", "2025-03-01",
  "2024-01-14", "2023-01-01", "2023-12-31", "2024-06-30"
))
more <- as.Date("2019-01-01") + sample(0:2000, 289, replace = TRUE)
start <- c(start, more)
end <- c(end, more + sample(0:1500, 289, replace = TRUE))
months <- time_length(interval(start, end), "month")

made_with <- sprintf("R %s, lubridate %s", getRversion(), packageVersion("lubridate"))
rows <- sprintf(
  '{"start":"%s","end":"%s","months":%s}', start, end,
  sprintf("%.17g", months)
)
text <- c(sprintf('{"made_with":"%s","cases":[', made_with), paste(rows, collapse = ",\n"), "]}")
writeLines(text, file.path("..", "expected", "calendar_months.json"))
message("calendar_months: ", length(rows), " cases with ", made_with)
