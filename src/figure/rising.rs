//! Endpoints whose event is wished for: what is shown of them is the share that has had it, 1 − S, and their curves rise.

use crate::cohort::Endpoint;

/// Whether the curves of an endpoint rise from 0.
pub fn rises(endpoint: Endpoint) -> bool {
    match endpoint {
        Endpoint::Ttr => true,
        Endpoint::Pfs
        | Endpoint::Os
        | Endpoint::Efs
        | Endpoint::Ipfs
        | Endpoint::Ttp
        | Endpoint::Dor
        | Endpoint::Idor
        | Endpoint::Pfs2
        | Endpoint::TimeOnTreatment
        | Endpoint::Own(_) => false,
    }
}

/// What is shown of a survival with its limits.
pub fn share(endpoint: Endpoint, [estimate, low, high]: [Option<f64>; 3]) -> [Option<f64>; 3] {
    if rises(endpoint) {
        [estimate, high, low].map(|share| share.map(|share| 1.0 - share))
    } else {
        [estimate, low, high]
    }
}

/// What is shown of a difference of two survivals with its limits.
pub fn difference(endpoint: Endpoint, [estimate, low, high]: [Option<f64>; 3]) -> [Option<f64>; 3] {
    if rises(endpoint) {
        [estimate, high, low].map(|difference| difference.map(|difference| -difference))
    } else {
        [estimate, low, high]
    }
}
