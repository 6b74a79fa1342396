# Firth's penalised likelihood with case weights, from its definition: the log partial likelihood that coxph has with
# weights (of tied events, Breslow's or Efron's with the mean weight of those who tie) plus half the log determinant of
# its information. Nothing but these sums is used: gradients are complex steps, the maximum is optim's, brought to the
# root of the gradient by Newton's steps; limits are where the profile has dropped by half the quantile.
# Run in this folder: Rscript firth_weighted.R
# lung is a data set of R's survival; what separates and the weights are made here.
source("write.R")

# Log of the determinant of a symmetric matrix that may be complex, by elimination.
log_determinant <- function(m) {
  total <- 0
  for (k in seq_len(nrow(m))) {
    total <- total + log(m[k, k])
    if (k < nrow(m)) for (i in (k + 1):nrow(m)) m[i, ] <- m[i, ] - m[k, ] * m[i, k] / m[k, k]
  }
  total
}

# Log likelihood and information at b, which may be complex.
likelihood <- function(d, b, ties) {
  p <- ncol(d$x)
  eta <- drop(d$x %*% b)
  top <- max(Re(eta))
  risk <- d$w * exp(eta - top)
  value <- 0
  information <- matrix(0 + 0i, p, p)
  for (time in unique(d$time[d$event])) {
    dead <- which(d$time == time & d$event)
    there <- which(d$time >= time)
    weight <- mean(d$w[dead])
    value <- value + sum(d$w[dead] * (eta[dead] - top))
    for (gone in seq_along(dead) - 1) {
      share <- rep(1, length(there))
      if (ties == "efron") share[there %in% dead] <- 1 - gone / length(dead)
      r <- share * risk[there]
      x <- d$x[there, , drop = FALSE]
      mean_x <- colSums(r * x) / sum(r)
      value <- value - weight * log(sum(r))
      for (i in seq_len(p)) for (j in seq_len(p))
        information[i, j] <- information[i, j] +
          weight * sum(r * (x[, i] - mean_x[i]) * (x[, j] - mean_x[j])) / sum(r)
    }
  }
  list(value = value, information = information)
}

penalised <- function(d, b, ties) {
  at <- likelihood(d, b, ties)
  at$value + log_determinant(at$information) / 2
}
gradient <- function(d, b, ties, free) {
  vapply(free, function(j) {
    b <- as.complex(b)
    b[j] <- b[j] + 1e-30i
    Im(penalised(d, b, ties)) / 1e-30
  }, 0)
}

# The maximum over the coefficients `free`, the others as they are in b.
maximum <- function(d, b, ties, free) {
  put <- function(part) replace(b, free, part)
  found <- optim(b[free], function(part) -Re(penalised(d, put(part), ties)),
                 function(part) -gradient(d, put(part), ties, free), method = "BFGS",
                 control = list(reltol = 1e-15, maxit = 1000))
  stopifnot(found$convergence %in% 0:1)
  part <- found$par
  for (turn in 1:6) {
    slope <- gradient(d, put(part), ties, free)
    bend <- vapply(seq_along(free), function(j) {
      step <- replace(numeric(length(free)), j, 1e-5)
      (gradient(d, put(part + step), ties, free) - gradient(d, put(part - step), ties, free)) / 2e-5
    }, numeric(length(free)))
    step <- solve(matrix(bend, length(free)), slope)
    part <- part - step
    if (max(abs(step)) < 1e-12) break
  }
  stopifnot(max(abs(step)) < 1e-9)
  list(b = put(part), value = Re(penalised(d, put(part), ties)))
}

case <- function(id, d, ties) {
  p <- ncol(d$x)
  top <- maximum(d, numeric(p), ties, seq_len(p))
  inverse <- solve(Re(likelihood(d, top$b, ties)$information))
  drop <- qchisq(0.95, 1) / 2
  without <- function(j, value, from = top$b) {
    free <- setdiff(seq_len(p), j)
    b <- replace(from, j, value)
    if (length(free) == 0) list(b = b, value = Re(penalised(d, b, ties))) else maximum(d, b, ties, free)
  }
  limit <- function(j, side) {
    fall <- function(value) top$value - without(j, value)$value - drop
    from <- top$b[j]
    step <- side * sqrt(inverse[j, j])
    to <- from + step
    while (fall(to) < 0) to <- to + step
    uniroot(fall, sort(c(to - step, to)), tol = 1e-12)$root
  }
  null <- Re(penalised(d, numeric(p), ties))
  statistic <- vapply(seq_len(p), function(j) 2 * (top$value - without(j, 0)$value), 0)
  message(id, " ", ties)
  list(id = id, ties = ties, time = d$time, event = d$event, weight = d$w, x = lapply(seq_len(p), function(j) d$x[, j]),
       coef = I(top$b), std_err = I(sqrt(diag(inverse))), penalised_loglik = top$value, penalised_loglik_null = null,
       statistic = I(statistic), lower = I(vapply(seq_len(p), limit, 0, side = -1)),
       upper = I(vapply(seq_len(p), limit, 0, side = 1)))
}

l <- na.omit(lung[c("time", "status", "age", "sex", "ph.ecog")])[1:90, ]
# Whole months have many ties.
months <- list(time = ceiling(l$time / 30), event = l$status == 2,
               x = cbind(l$age / 10, l$sex - 1, as.numeric(l$ph.ecog > 0)))
# No event with x1 = 1: the likelihood has no maximum.
i <- 1:24
mono <- list(time = i, event = i %% 3 != 0 & i %% 2 == 1, x = cbind(1 - i %% 2, (i * 7) %% 11 / 4))
whole <- function(d) c(1, 3, 2, 1, 4)[seq_along(d$time) %% 5 + 1]
broken <- function(d) c(0.5, 1, 1.75, 2.25)[seq_along(d$time) %% 4 + 1]
cases <- list()
for (ties in c("breslow", "efron")) for (name in c("lung", "mono")) for (kind in c("whole", "broken")) {
  d <- list(lung = months, mono = mono)[[name]]
  d$w <- list(whole = whole, broken = broken)[[kind]](d)
  # No ties: one method is enough.
  if (name == "mono" && ties == "efron") next
  cases <- c(cases, list(case(paste(name, kind), d, ties)))
}
write_cases("firth_weighted", cases)
