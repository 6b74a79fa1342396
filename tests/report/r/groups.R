# Comparisons of the synthetic patients of data/groups.csv by R's own tests. Run in this folder: Rscript groups.R
library(jsonlite)
rows <- read.csv("../data/groups.csv", check.names = FALSE, na.strings = "")
rows$Arm <- factor(rows$Arm, c("Control", "Low dose", "High dose"))
yes <- function(x) factor(x, c("no", "yes"))
nausea <- yes(rows[["Nausea week 6"]])
sexes <- table(rows$Sex, nausea)
wilson <- function(x, n) as.numeric(prop.test(x, n, correct = FALSE)$conf.int)
newcombe <- function(x1, n1, x2, n2) {
  w1 <- wilson(x1, n1); w2 <- wilson(x2, n2); p1 <- x1 / n1; p2 <- x2 / n2
  c(p2 - p1, p2 - p1 - sqrt((p2 - w2[1])^2 + (w1[2] - p1)^2), p2 - p1 + sqrt((w2[2] - p2)^2 + (p1 - w1[1])^2))
}
both <- table(yes(rows[["Nausea week 6"]]), yes(rows[["Nausea week 12"]]))
discordant <- c(both[1, 2], both[1, 2] + both[2, 1])
share <- binom.test(discordant[1], discordant[2])
strata <- table(rows$Sex, nausea, rows$Centre)[2:1, 2:1, ]
cmh <- mantelhaen.test(strata)
age <- t.test(Age ~ relevel(factor(Sex), "male"), rows)
p <- sexes[, 2] / rowSums(sexes)
odds <- sexes[2, 2] * sexes[1, 1] / (sexes[2, 1] * sexes[1, 2])
ldh <- split(rows$LDH, factor(rows$Sex))
ldh <- lapply(ldh, na.omit)
write_json(list(
  made_with = sprintf("R %s", getRversion()),
  counts = unclass(sexes), chi_square = chisq.test(sexes, correct = FALSE)$p.value,
  yates = chisq.test(sexes)$p.value, fisher = fisher.test(sexes)$p.value,
  newcombe = newcombe(sexes[1, 2], sum(sexes[1, ]), sexes[2, 2], sum(sexes[2, ])),
  woolf = odds * exp(c(0, -1, 1) * qnorm(0.975) * sqrt(sum(1 / sexes))),
  katz = p[[2]] / p[[1]] * exp(c(0, -1, 1) * qnorm(0.975) * sqrt(sum(1 / sexes[, 2] - 1 / rowSums(sexes)))),
  standardised = (p[[2]] - p[[1]]) / sqrt((p[[1]] * (1 - p[[1]]) + p[[2]] * (1 - p[[2]])) / 2),
  trend = prop.trend.test(table(rows$Arm, nausea)[, 2], rowSums(table(rows$Arm, nausea)))$p.value,
  grade_fisher = fisher.test(table(rows$Arm, rows$Grade), workspace = 2e8)$p.value,
  cmh = c(cmh$estimate, cmh$conf.int, cmh$p.value),
  paired = c(both, share$p.value, share$estimate / (1 - share$estimate), share$conf.int / (1 - share$conf.int)),
  welch = c(age$p.value, unname(age$estimate[1] - age$estimate[2]), age$conf.int),
  ages = as.numeric(by(rows$Age, rows$Sex, mean)),
  kruskal = kruskal.test(LDH ~ Arm, rows)$p.value,
  quartiles = as.numeric(quantile(ldh$female)),
  wilcoxon = c(wilcox.test(ldh$female, ldh$male, correct = TRUE, exact = FALSE)$p.value,
               median(outer(ldh$male, ldh$female, "-")))
), "../expected/groups.json", digits = NA, auto_unbox = TRUE, pretty = 1)
