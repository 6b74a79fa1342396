# Exact permutation log-rank test of three groups, by looking at every arrangement with survdiff's
# own observed, expected and variance. Run in this folder: Rscript permutation.R
source("write.R")

arrangements <- function(sizes) {
  n <- sum(sizes)
  if (length(sizes) == 1) return(matrix(1L, 1, n))
  do.call(rbind, combn(n, sizes[1], simplify = FALSE, FUN = function(first) {
    rest <- arrangements(sizes[-1]) + 1L
    full <- matrix(1L, nrow(rest), n)
    full[, -first] <- rest
    full
  }))
}

chi_square <- function(time, event, group) {
  fit <- survival:::survdiff.fit(Surv(time, event), group, rep(1, length(time)), 0)
  u <- (fit$observed - fit$expected)
  parts <- eigen(fit$var, symmetric = TRUE)
  kept <- parts$values > 1e-10
  sum((t(parts$vectors[, kept, drop = FALSE]) %*% u)^2 / parts$values[kept])
}

small3 <- read.csv("../data/r_small3_a.csv")
sets <- list(
  list(time = small3$time, event = small3$status, group = match(small3$group, c("A", "B", "C"))),
  list(time = c(3, 3, 5, 6, 7, 7, 8, 9, 12), event = c(1, 0, 1, 1, 0, 1, 1, 1, 0), group = c(1, 2, 1, 1, 2, 3, 3, 3, 3)),
  list(time = c(1, 2, 3, 4, 5, 6, 7, 8), event = c(1, 1, 1, 1, 1, 0, 0, 0), group = c(1, 2, 1, 3, 4, 2, 3, 4))
)
write_cases("permutation", lapply(sets, function(set) {
  all <- arrangements(as.vector(table(set$group)))
  statistics <- apply(all, 1, function(group) chi_square(set$time, set$event, group))
  observed <- chi_square(set$time, set$event, set$group)
  c(set, list(chisq = observed, arrangements = nrow(all), p = mean(statistics >= observed * (1 - 1e-9))))
}))
