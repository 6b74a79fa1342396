//! Numbers into numbers: distributions, roots, small matrices, the seeded generator.

mod distribution;
mod matrix;
mod multinormal;
mod rng;
mod root;

pub use distribution::*;
pub use matrix::*;
pub use multinormal::*;
pub use rng::*;
pub use root::*;
