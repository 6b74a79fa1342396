
# ---- Baseline characteristics ---------------------------------------------------------------

# The values of each group, and of all patients.
by_group <- function(x, group) c(if (!is.null(group)) split(x, group), list(All = x))

# Numbers of patients and percentages; missing values are counted.
describe_counts <- function(values, of_all) {
  counts <- sapply(values, function(x) c(table(x), Missing = sum(is.na(x))))
  known <- sapply(values, function(x) if (of_all) length(x) else sum(!is.na(x)))
  percent <- 100 * sweep(counts, 2, known, "/")
  if (!of_all) percent["Missing", ] <- NA
  list(n = counts, percent = percent)
}

describe_numbers <- function(values, type) {
  sapply(values, function(x) {
    known <- x[!is.na(x)]
    if (length(known) == 0) return(rep(NA, 8))
    c(n = length(known), mean = mean(known), sd = sd(known), min = min(known),
      quantile(known, c(0.25, 0.5, 0.75), type = type), max = max(known))
  })
}

# Standardised differences (Austin 2009; Yang and Dalton 2012), without their sign.
difference_of_numbers <- function(first, second) {
  if (length(unique(c(first, second))) == 1) return(0)
  abs(mean(second) - mean(first)) / sqrt((var(first) + var(second)) / 2)
}
difference_of_counts <- function(first, second) {
  p1 <- prop.table(table(first))
  p2 <- prop.table(table(second))
  if (isTRUE(all.equal(c(p1), c(p2), tolerance = 1e-12))) return(0)
  used <- which(p1 + p2 > 0)[-1]
  covariance <- function(p) diag(p[used], length(used)) - outer(p[used], p[used])
  apart <- p2[used] - p1[used]
  spread <- (covariance(p1) + covariance(p2)) / 2
  tryCatch(sqrt(sum(apart * solve(spread, apart))), error = function(e) NA)
}

# The largest between any two groups.
largest_difference <- function(values, difference) {
  groups <- lapply(values[names(values)[-length(values)]], function(x) x[!is.na(x)])
  pairs <- combn(length(groups), 2)
  max(apply(pairs, 2, function(pair) difference(groups[[pair[1]]], groups[[pair[2]]])))
}
