# Fisher's exact test of tables of more than two rows and columns. Takes a minute. Run in this folder: Rscript fisher_table.R
source("write.R")

set.seed(20302)
tables <- c(list(matrix(c(2, 0, 0, 0, 2, 0, 0, 0, 2), 3), matrix(c(3, 1, 2, 0, 4, 5, 6, 1, 0), 3)), lapply(1:30, function(i) {
  rows <- sample(3:4, 1); columns <- sample(3:5, 1)
  matrix(rpois(rows * columns, sample(c(0.7, 2, 3), 1)), rows)
}))
tables <- Filter(function(t) min(rowSums(t)) > 0 && min(colSums(t)) > 0, tables)
fisher <- lapply(tables, function(t) list(table = t, p = fisher.test(t, workspace = 2e8)$p.value))

write_cases("fisher_table", fisher)
