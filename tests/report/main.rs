//! From a csv to the figures of the report, held to R; and every word that the report says.

mod baseline;
mod certainty;
mod chain;
mod comparison;
mod comparison_more;
mod competing;
mod competing_more;
mod courses;
mod cox;
mod cox_more;
mod cut_point;
mod documents;
mod entries;
mod groups;
mod groups_more;
mod messages;
mod own;
mod r_derived;
mod r_text;
mod r_units;
mod recist_settings;
mod response_sources;
mod safety;
mod sections;
mod sensitivity;
mod study;
