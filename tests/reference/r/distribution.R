# Tails and quantiles, far out too. Run in this folder: Rscript distribution.R
source("write.R")

normal <- lapply(c(10^-(1:15), 1e-30, 1e-100, 1e-300, 0.025, 0.05, 0.2, 0.5, 0.8, 0.975, 0.999), function(p)
  list(kind = "normal", p = p, z = qnorm(p, lower.tail = FALSE)))
tails <- lapply(c(-8, -3, -1, -1e-3, 0, 0.1, 1, 1.96, 3, 6, 10, 20, 37), function(z)
  list(kind = "tail", z = z, p = pnorm(z, lower.tail = FALSE)))
chi_square <- apply(expand.grid(x = c(1e-10, 1e-3, 0.5, 1, 3.841, 7, 15, 40, 120, 500, 1200), df = 1:12), 1,
  function(row) list(kind = "chi_square", x = row[["x"]], df = row[["df"]],
                     p = pchisq(row[["x"]], row[["df"]], lower.tail = FALSE)))
grid <- expand.grid(p = c(1e-6, 5e-4, 0.005, 0.025, 0.05, 0.1, 0.5), a = c(0.5, 1, 1.5, 4, 13.5, 100, 2500),
                    b = c(0.5, 1, 2, 11, 87.5, 1000))
beta <- apply(grid, 1, function(row) list(kind = "beta", p = row[["p"]], a = row[["a"]], b = row[["b"]],
                                          x = qbeta(row[["p"]], row[["a"]], row[["b"]])))
write_cases("distribution", c(normal, tails, chi_square, beta))
