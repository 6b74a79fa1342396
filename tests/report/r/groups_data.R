# Makes data/groups.csv: synthetic patients, nobody's data. Run in this folder: Rscript groups_data.R
set.seed(20240712)
n <- 96
arm <- sample(c("Control", "Low dose", "High dose"), n, TRUE, c(0.4, 0.3, 0.3))
step <- match(arm, c("Control", "Low dose", "High dose")) - 1
yes <- function(p) ifelse(runif(n) < p, "yes", "no")
missing <- function(x, share) ifelse(runif(n) < share, "", x)
week6 <- yes(0.25 + 0.12 * step)
data <- data.frame(
  Patient = sprintf("S%03d", 1:n), Arm = arm, Sex = sample(c("female", "male"), n, TRUE),
  Centre = sample(c("North", "South", "West"), n, TRUE),
  "Nausea week 6" = missing(week6, 0.03),
  "Nausea week 12" = missing(ifelse(runif(n) < 0.75, week6, yes(0.5)), 0.05),
  Grade = sample(0:3, n, TRUE, c(0.45, 0.3, 0.17, 0.08)),
  Age = round(rnorm(n, 63 - step, 9)),
  LDH = missing(round(exp(rnorm(n, 5.4 + 0.15 * step, 0.45)), 1), 0.04), check.names = FALSE
)
write.csv(data, "../data/groups.csv", row.names = FALSE, quote = FALSE)
