//! The words of RECIST 1.1 and iRECIST, and their order.

use serde::{Deserialize, Serialize};

/// Best overall response by RECIST 1.1. The order is that of the reporting tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BestResponse {
    /// Complete response.
    Cr,
    /// Partial response.
    Pr,
    /// Stable disease.
    Sd,
    /// Neither complete response nor progression (non-target disease only).
    NonCrNonPd,
    /// Progressive disease.
    Pd,
    /// Not evaluable.
    Ne,
    /// No assessment; counts in the denominator as a non-responder.
    Missing,
}

/// Overall response at one assessment, by RECIST 1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Complete response.
    Cr,
    /// Partial response.
    Pr,
    /// Stable disease.
    Sd,
    /// Neither complete response nor progression (non-target disease only).
    NonCrNonPd,
    /// Progressive disease.
    Pd,
    /// Not evaluable.
    Ne,
}

impl Response {
    /// Whether the assessment says anything: every response but NE.
    pub fn is_adequate(self) -> bool {
        self != Response::Ne
    }

    /// Whether it is CR or PR.
    pub fn is_response(self) -> bool {
        matches!(self, Response::Cr | Response::Pr)
    }

    /// Of two responses on one date the one with the higher rank stands:
    /// PD > non-CR/non-PD > SD > PR > CR > NE.
    pub(super) fn rank_on_one_date(self) -> u8 {
        match self {
            Response::Ne => 0,
            Response::Cr => 1,
            Response::Pr => 2,
            Response::Sd => 3,
            Response::NonCrNonPd => 4,
            Response::Pd => 5,
        }
    }
}

impl From<Response> for BestResponse {
    fn from(response: Response) -> Self {
        match response {
            Response::Cr => BestResponse::Cr,
            Response::Pr => BestResponse::Pr,
            Response::Sd => BestResponse::Sd,
            Response::NonCrNonPd => BestResponse::NonCrNonPd,
            Response::Pd => BestResponse::Pd,
            Response::Ne => BestResponse::Ne,
        }
    }
}

/// Response of the target lesions at one assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetResponse {
    /// There are no target lesions.
    None,
    /// All gone, every target node below 10 mm.
    Cr,
    /// At least 30 % below the baseline sum, or a response that has not ended.
    Pr,
    /// Neither PR nor PD.
    Sd,
    /// At least 20 % and 5 mm above the smallest sum, or a lesion that came back after CR.
    Pd,
    /// Not all of them were assessed, or there is no baseline sum.
    Ne,
}

/// Response of the non-target lesions at one assessment.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum NonTarget {
    /// There are no non-target lesions, or nothing is said about them.
    #[default]
    None,
    /// All gone, nodes below 10 mm, markers normal.
    Cr,
    /// One or more persist, without unequivocal progression.
    NonCrNonPd,
    /// Unequivocal progression.
    Pd,
    /// Not all of them were assessed.
    Ne,
}

/// Response at one assessment by iRECIST.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IResponse {
    /// Complete response.
    Icr,
    /// Partial response.
    Ipr,
    /// Stable disease.
    Isd,
    /// Neither complete response nor unconfirmed progression (non-target disease only).
    NonIcrNonIupd,
    /// Unconfirmed progression.
    Iupd,
    /// Confirmed progression.
    Icpd,
    /// Not evaluable.
    Ne,
}

/// Best overall response by iRECIST, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IBestResponse {
    /// Complete response.
    Icr,
    /// Partial response.
    Ipr,
    /// Stable disease.
    Isd,
    /// Neither complete response nor unconfirmed progression (non-target disease only).
    NonIcrNonIupd,
    /// Confirmed progression.
    Icpd,
    /// Unconfirmed progression.
    Iupd,
    /// Not evaluable.
    Ne,
    /// No assessment.
    Missing,
}

impl From<IBestResponse> for BestResponse {
    /// The same response without the prefix; progression, confirmed or not, is PD.
    fn from(best: IBestResponse) -> Self {
        match best {
            IBestResponse::Icr => BestResponse::Cr,
            IBestResponse::Ipr => BestResponse::Pr,
            IBestResponse::Isd => BestResponse::Sd,
            IBestResponse::NonIcrNonIupd => BestResponse::NonCrNonPd,
            IBestResponse::Icpd | IBestResponse::Iupd => BestResponse::Pd,
            IBestResponse::Ne => BestResponse::Ne,
            IBestResponse::Missing => BestResponse::Missing,
        }
    }
}

impl From<Response> for IResponse {
    /// The same response with the prefix i; a progression is at first unconfirmed.
    fn from(response: Response) -> Self {
        match response {
            Response::Cr => IResponse::Icr,
            Response::Pr => IResponse::Ipr,
            Response::Sd => IResponse::Isd,
            Response::NonCrNonPd => IResponse::NonIcrNonIupd,
            Response::Pd => IResponse::Iupd,
            Response::Ne => IResponse::Ne,
        }
    }
}

impl From<IResponse> for Response {
    /// The same response without the prefix; progression, confirmed or not, is PD.
    fn from(response: IResponse) -> Self {
        match response {
            IResponse::Icr => Response::Cr,
            IResponse::Ipr => Response::Pr,
            IResponse::Isd => Response::Sd,
            IResponse::NonIcrNonIupd => Response::NonCrNonPd,
            IResponse::Iupd | IResponse::Icpd => Response::Pd,
            IResponse::Ne => Response::Ne,
        }
    }
}

/// What is written where there is no response.
const NONE: &str = "–";

impl BestResponse {
    /// As every paper writes it, in every language; a dash where nothing was assessed.
    pub fn name(self) -> &'static str {
        match self {
            BestResponse::Cr => "CR",
            BestResponse::Pr => "PR",
            BestResponse::Sd => "SD",
            BestResponse::NonCrNonPd => "non-CR/non-PD",
            BestResponse::Pd => "PD",
            BestResponse::Ne => "NE",
            BestResponse::Missing => NONE,
        }
    }
}

impl Response {
    /// As every paper writes it, in every language.
    pub fn name(self) -> &'static str {
        BestResponse::from(self).name()
    }
}

impl TargetResponse {
    /// As every paper writes it, in every language; a dash without target lesions.
    pub fn name(self) -> &'static str {
        match self {
            TargetResponse::None => NONE,
            TargetResponse::Cr => Response::Cr.name(),
            TargetResponse::Pr => Response::Pr.name(),
            TargetResponse::Sd => Response::Sd.name(),
            TargetResponse::Pd => Response::Pd.name(),
            TargetResponse::Ne => Response::Ne.name(),
        }
    }
}

impl NonTarget {
    /// As every paper writes it, in every language; a dash where nothing is said.
    pub fn name(self) -> &'static str {
        match self {
            NonTarget::None => NONE,
            NonTarget::Cr => Response::Cr.name(),
            NonTarget::NonCrNonPd => Response::NonCrNonPd.name(),
            NonTarget::Pd => Response::Pd.name(),
            NonTarget::Ne => Response::Ne.name(),
        }
    }
}

impl IBestResponse {
    /// As every paper writes it, in every language; a dash where nothing was assessed.
    pub fn name(self) -> &'static str {
        match self {
            IBestResponse::Icr => "iCR",
            IBestResponse::Ipr => "iPR",
            IBestResponse::Isd => "iSD",
            IBestResponse::NonIcrNonIupd => "non-iCR/non-iUPD",
            IBestResponse::Icpd => "iCPD",
            IBestResponse::Iupd => "iUPD",
            IBestResponse::Ne => "iNE",
            IBestResponse::Missing => NONE,
        }
    }
}

impl IResponse {
    /// As every paper writes it, in every language.
    pub fn name(self) -> &'static str {
        match self {
            IResponse::Icr => IBestResponse::Icr.name(),
            IResponse::Ipr => IBestResponse::Ipr.name(),
            IResponse::Isd => IBestResponse::Isd.name(),
            IResponse::NonIcrNonIupd => IBestResponse::NonIcrNonIupd.name(),
            IResponse::Iupd => IBestResponse::Iupd.name(),
            IResponse::Icpd => IBestResponse::Icpd.name(),
            IResponse::Ne => IBestResponse::Ne.name(),
        }
    }
}
