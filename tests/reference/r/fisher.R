# Fisher's exact test of 2 x k tables. Run in this folder: Rscript fisher.R
source("write.R")

set.seed(20201)
tables <- list(
  list(c(4, 10), c(9, 5)), list(c(0, 7), c(7, 0)), list(c(0, 5), c(0, 9)), list(c(5, 0), c(9, 0)),
  list(c(1, 1), c(1, 1)), list(c(250, 750), c(310, 740)), list(c(0, 4), c(4, 1), c(5, 0)),
  list(c(2, 40), c(1, 59), c(7, 33)), list(c(20, 30), c(30, 20), c(25, 25), c(10, 40))
)
random <- lapply(1:60, function(i) {
  k <- sample(2:7, 1)
  lapply(rpois(k, sample(c(3, 8, 20), 1)) + 1, function(n) { x <- rbinom(1, n, runif(1)); c(x, n - x) })
})
cases <- lapply(c(tables, random), function(groups) {
  table <- do.call(rbind, groups)
  list(counts = table, p = fisher.test(table, workspace = 2e8)$p.value)
})
write_cases("fisher", cases)
