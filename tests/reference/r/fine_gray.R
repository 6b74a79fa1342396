# The Fine-Gray models of expected/competing.json with both standard errors for both ties.
# Run in this folder: Rscript fine_gray.R
source("write.R")

about <- read_json("../data/roles.json")
read_data <- function(name) {
  data <- read.csv(file.path("../data", paste0(name, ".csv")))
  for (factor in names(about[[name]]$factors))
    data[[factor]] <- factor(data[[factor]], levels = unlist(about[[name]]$factors[[factor]]))
  data
}

fit <- function(case, ties) {
  data <- read_data(case$data)
  data <- data[complete.cases(data[all.vars(as.formula(paste("~", case$formula)))]), ]
  data$subject <- seq_len(nrow(data))
  data$state <- factor(data$cause, 0:max(data$cause))
  long <- finegray(Surv(time, state) ~ ., data = data, etype = case$options$cause)
  formula <- as.formula(sprintf("Surv(fgstart, fgstop, fgstatus) ~ %s", case$formula))
  control <- coxph.control(eps = 1e-13, iter.max = 60)
  fit <- coxph(formula, long, weights = fgwt, cluster = subject, ties = ties, control = control)
  error <- function(variance) I(unname(sqrt(diag(as.matrix(variance)))))
  c(case[c("id", "data", "formula")],
    list(options = list(cause = case$options$cause, ties = ties), coef = I(unname(coef(fit))),
         naive_std_err = error(fit$naive.var), std_err = error(fit$var)))
}

# Where group B has no event the likelihood has no maximum.
applies <- function(case) case$kind == "finegray" && case$data != "r_crno_a"
cases <- Filter(applies, read_json("../expected/competing.json")$cases)
all <- lapply(c("efron", "breslow"), function(ties) lapply(cases, fit, ties = ties))
write_cases("fine_gray", do.call(c, all))
