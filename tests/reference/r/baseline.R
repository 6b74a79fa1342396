# Tables of baseline characteristics, from the csv to every number, in base R. Run in this folder: Rscript baseline.R
source("write.R")
example <- "../../../www/examples/oncurve-example-14-synthetic-patients.csv"
read <- function(name) {
  path <- if (name == "example") example else file.path("..", "data", paste0(name, ".csv"))
  read.csv(path, check.names = FALSE, na.strings = "", stringsAsFactors = FALSE)
}

# ---- One group -------------------------------------------------------------------------------
counts <- function(x) list(counts = as.list(table(x)), missing = sum(is.na(x)), known = sum(!is.na(x)))
numbers <- function(x) {
  known <- x[!is.na(x)]
  quartiles <- if (length(known)) lapply(1:9, function(type) unname(quantile(known, c(0.25, 0.5, 0.75), type = type)))
  extreme <- function(f) if (length(known)) f(known) else NA
  list(n = length(known), missing = sum(is.na(x)), mean = if (length(known)) mean(known) else NA, sd = sd(known),
       min = extreme(min), max = extreme(max), quartiles = quartiles)
}

# ---- Standardised differences: Austin (2009), Yang & Dalton (2012) ---------------------------------
of_numbers <- function(a, b) {
  if (length(a) && length(b) && length(unique(c(a, b))) == 1) return(0)
  difference <- abs(mean(b) - mean(a)) / sqrt((var(a) + var(b)) / 2)
  if (is.finite(difference)) difference else NA
}
of_counts <- function(a, b) {
  p <- prop.table(table(a)); q <- prop.table(table(b))
  if (all(abs(p - q) < 1e-12)) return(0)
  used <- which(p + q > 0)[-1]
  spread <- function(p) diag(p[used], length(used)) - outer(p[used], p[used])
  d <- (q - p)[used]
  tryCatch(sqrt(sum(d * solve((spread(p) + spread(q)) / 2, d))), error = function(e) NA)
}
largest <- function(groups, of) {
  pairs <- combn(length(groups), 2)
  max(apply(pairs, 2, function(k) of(groups[[k[1]]], groups[[k[2]]])))
}

# ---- Tests -------------------------------------------------------------------------------------
p_of <- function(f) {
  p <- tryCatch(suppressWarnings(unname(f())), error = function(e) NA)
  if (is.finite(p)) p else NA
}
test_counts <- function(groups) {
  t <- t(sapply(groups, table))
  t <- t[, colSums(t) > 0, drop = FALSE]
  expected <- outer(rowSums(t), colSums(t)) / sum(t)
  square <- identical(dim(t), c(2L, 2L))
  pearson <- function() chisq.test(t, correct = FALSE)$p.value
  fisher <- function() if (min(dim(t)) < 2) NA else fisher.test(t, workspace = 2e8)$p.value
  enough <- all(expected >= 1) && sum(expected < 5) <= length(expected) / 5
  if (ncol(t) < 2) return(list())
  list(chi_square = p_of(pearson), yates = p_of(if (square) function() chisq.test(t)$p.value else pearson),
       n_minus1 = p_of(function() pchisq(chisq.test(t, correct = FALSE)$statistic * (1 - 1 / sum(t)),
                                         prod(dim(t) - 1), lower.tail = FALSE)),
       fisher = p_of(fisher), automatic = p_of(if (enough) pearson else fisher))
}
every_division <- function(a, b) {
  ranks <- rank(c(a, b)); m <- length(a)
  sums <- combn(ranks, m, sum)
  middle <- m * (length(ranks) + 1) / 2
  mean(abs(sums - middle) >= abs(sum(ranks[1:m]) - middle) - 1e-9)
}
test_numbers <- function(groups) {
  two <- length(groups) == 2
  long <- stack(groups)
  skewness <- function(x) mean((x - mean(x))^3) / mean((x - mean(x))^2)^1.5
  means <- function(equal) function() if (two) t.test(groups[[1]], groups[[2]], var.equal = equal)$p.value else
    if (equal) anova(lm(values ~ ind, long))[1, 5] else oneway.test(values ~ ind, long)$p.value
  # A group of one value has no variance of its own.
  welch <- if (min(lengths(groups)) < 2) function() NA else means(FALSE)
  ranks <- function(correct) function() if (two) wilcox.test(groups[[1]], groups[[2]], exact = FALSE, correct = correct)$p.value else
    kruskal.test(groups)$p.value
  by_ranks <- if (two && max(lengths(groups)) < 50) function() every_division(groups[[1]], groups[[2]]) else ranks(TRUE)
  large <- all(lengths(groups) >= 30) && all(abs(sapply(groups, skewness)) <= 1)
  list(welch = p_of(welch), student = p_of(means(TRUE)), ranks_normal = p_of(ranks(FALSE)), ranks = p_of(by_ranks),
       automatic = p_of(if (large) welch else by_ranks))
}

# ---- A table -----------------------------------------------------------------------------------
case <- function(file, group, categories, measurements) {
  rows <- read(file)
  of <- factor(rows[[group]])
  rows <- rows[!is.na(of), ]; of <- of[!is.na(of)]
  describe <- function(column, number) {
    x <- if (number) as.numeric(rows[[column]]) else factor(rows[[column]])
    groups <- split(x, of)
    known <- lapply(groups, function(x) x[!is.na(x)])
    one <- if (number) numbers else counts
    list(column = column, number = number, arms = lapply(groups, one), overall = one(x),
         difference = largest(known, if (number) of_numbers else of_counts),
         p = (if (number) test_numbers else test_counts)(known))
  }
  list(file = file, group = group, n = as.list(table(of)), categories = as.list(categories),
       measurements = as.list(measurements),
       columns = c(lapply(categories, describe, FALSE), lapply(measurements, describe, TRUE)))
}
write_cases("baseline", list(
  case("lung", "sex", "ph.ecog", c("age", "ph.karno", "pat.karno", "meal.cal", "wt.loss")),
  case("lung", "ph.ecog", "sex", c("age", "ph.karno", "pat.karno", "meal.cal", "wt.loss")),
  case("veteran", "trt", c("celltype", "prior"), c("karno", "diagtime", "age")),
  case("veteran", "celltype", c("trt", "prior"), c("karno", "diagtime", "age")),
  case("kidney", "disease", "sex", c("age", "frail")),
  case("transplant", "abo", "sex", c("age", "year")),
  case("example", "PD-L1", c("Sex", "ECOG", "Stage", "Histology"), "Age"),
  case("example", "Stage", c("Sex", "ECOG", "PD-L1"), "Age")
), packages = character())
