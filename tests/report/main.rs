//! From a csv to the figures of the report, held to R; and every word that the report says.

mod chain;
mod comparison;
mod competing;
mod cox;
mod cut_point;
mod documents;
mod groups;
mod messages;
mod r_text;
mod response_sources;
mod sections;
mod study;
