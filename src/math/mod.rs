//! Numbers into numbers: distributions, roots, small matrices, the seeded generator.

mod beta;
mod distribution;
mod double_double;
mod matrix;
mod multinormal;
mod rng;
mod root;

pub use beta::*;
pub use distribution::*;
pub use matrix::*;
pub use multinormal::*;
pub use rng::*;
pub use root::*;
