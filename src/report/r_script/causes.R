
# 0 where no event has happened, else the position of the event that the value means.
cause_of <- function(heading, causes) {
  text <- column(heading)
  cause <- ifelse(is_missing(heading), NA, 0)
  for (i in seq_along(causes)) cause[!is.na(cause) & text %in% causes[[i]]] <- i
  cause
}
