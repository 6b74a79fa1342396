//! From a csv to the figures of the report, held to R; and every word that the report says.

mod chain;
mod cox;
mod documents;
mod messages;
mod sections;
mod study;
