//! Numbers into numbers: distributions, roots, small matrices, the seeded generator.
