# Limits of Firth's penalised profile for a covariate beside one that separates, by search on a wide grid. Nothing but
# the definition of the partial likelihood is used: no ties are in these data, so Breslow's and Efron's are the same.
# Run in this folder: Rscript firth_profile.R
source("write.R")

data <- read.csv("../data/r_mono_a.csv")
data <- data[order(-data$time), ]
stopifnot(!anyDuplicated(data$time[data$status == 1]))
x <- cbind(data$x1 - mean(data$x1), data$x2 - mean(data$x2))

# Log partial likelihood plus half the log determinant of the information, at one pair of coefficients.
penalised <- function(b1, b2) {
  eta <- drop(x %*% c(b1, b2))
  loglik <- 0
  cells <- list()
  for (i in which(data$status == 1)) {
    at_risk <- seq_len(i)
    top <- max(eta[at_risk])
    w <- exp(eta[at_risk] - top)
    loglik <- loglik + eta[i] - top - log(sum(w))
    w <- w / sum(w)
    # Sums over pairs of patients: no differences of large numbers.
    pair <- outer(w, w)
    d1 <- outer(x[at_risk, 1], x[at_risk, 1], "-")
    d2 <- outer(x[at_risk, 2], x[at_risk, 2], "-")
    upper <- upper.tri(pair)
    cells[[length(cells) + 1]] <- cbind(w = pair[upper], d1 = d1[upper], d2 = d2[upper])
  }
  cells <- do.call(rbind, cells)
  # The determinant as the first element times what is left of the second: all sums are of positive terms.
  first <- sum(cells[, "w"] * cells[, "d1"]^2)
  slope <- sum(cells[, "w"] * cells[, "d1"] * cells[, "d2"]) / first
  left <- sum(cells[, "w"] * (cells[, "d2"] - slope * cells[, "d1"])^2)
  loglik + (log(first) + log(left)) / 2
}
# The largest over b1: a wide grid, then a fine search around its best point.
profile <- function(b2) {
  grid <- seq(0, 400, 5)
  values <- vapply(grid, penalised, 0, b2 = b2)
  best <- which.max(values)
  around <- grid[c(max(1, best - 1), min(length(grid), best + 1))]
  optimise(penalised, around, b2 = b2, maximum = TRUE, tol = 1e-9)$objective
}
top <- optimise(profile, c(-3, 3), maximum = TRUE, tol = 1e-7)
fall <- function(b2) top$objective - profile(b2) - qchisq(0.95, 1) / 2
grid <- seq(-40, 40, 4)
values <- vapply(grid, fall, 0)
print(round(setNames(values, grid), 3))
below <- max(which(grid < top$maximum & values > 0))
above <- min(which(grid > top$maximum & values > 0))
find <- function(k) uniroot(fall, grid[c(k, k + 1)], tol = 1e-9)$root
lower <- find(below)
upper <- find(above - 1)
print(c(top$maximum, top$objective, lower, upper), digits = 12)
write_cases("firth_profile", list(list(
  id = "r_mono_a|x1 + x2", column = 1L, coef = top$maximum, penalised_loglik = top$objective, lower = lower, upper = upper)),
  character())
