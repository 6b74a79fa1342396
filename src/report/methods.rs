//! The Methods paragraph: sentences with numbered references.

use super::Block;
use super::words::sentences;
use crate::analysis::{ProportionMethod, SEED};
use crate::text::{Argument, Text};

/// A work that a Methods paragraph cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    KaplanMeier,
    Greenwood,
    KalbfleischPrentice,
    BrookmeyerCrowley,
    SchemperSmith,
    Mantel,
    HeimannNeuhaus,
    Holm,
    Cox,
    Efron,
    Eisenhauer,
    ClopperPearson,
    Wilson,
    AgrestiCoull,
    Jeffreys,
    MidP,
    Fisher,
    Newcombe,
    Breslow,
    LinWei,
    Firth,
    HeinzeSchemper,
    VenzonMoolgavkar,
    GrambschTherneau,
    Harrell,
    Peduzzi,
    Wang,
}

impl Work {
    /// As a reference list prints it; the same in every language.
    fn citation(self) -> &'static str {
        match self {
            Work::KaplanMeier => {
                "Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. J Am Stat Assoc 1958;53:457–81."
            }
            Work::Greenwood => {
                "Greenwood M. The natural duration of cancer. Reports on Public Health and Medical Subjects 33. London: HMSO, 1926."
            }
            Work::KalbfleischPrentice => {
                "Kalbfleisch JD, Prentice RL. The statistical analysis of failure time data. 2nd ed. Hoboken: Wiley, 2002."
            }
            Work::BrookmeyerCrowley => {
                "Brookmeyer R, Crowley J. A confidence interval for the median survival time. Biometrics 1982;38:29–41."
            }
            Work::SchemperSmith => {
                "Schemper M, Smith TL. A note on quantifying follow-up in studies of failure time. Control Clin Trials 1996;17:343–6."
            }
            Work::Mantel => {
                "Mantel N. Evaluation of survival data and two new rank order statistics arising in its consideration. Cancer Chemother Rep 1966;50:163–70."
            }
            Work::HeimannNeuhaus => {
                "Heimann G, Neuhaus G. Permutational distribution of the log-rank statistic under random censorship with applications to carcinogenicity assays. Biometrics 1998;54:168–84."
            }
            Work::Holm => {
                "Holm S. A simple sequentially rejective multiple test procedure. Scand J Stat 1979;6:65–70."
            }
            Work::Cox => {
                "Cox DR. Regression models and life-tables. J R Stat Soc B 1972;34:187–220."
            }
            Work::Efron => {
                "Efron B. The efficiency of Cox’s likelihood function for censored data. J Am Stat Assoc 1977;72:557–65."
            }
            Work::Breslow => {
                "Breslow N. Covariance analysis of censored survival data. Biometrics 1974;30:89–99."
            }
            Work::LinWei => {
                "Lin DY, Wei LJ. The robust inference for the Cox proportional hazards model. J Am Stat Assoc 1989;84:1074–8."
            }
            Work::Firth => {
                "Firth D. Bias reduction of maximum likelihood estimates. Biometrika 1993;80:27–38."
            }
            Work::HeinzeSchemper => {
                "Heinze G, Schemper M. A solution to the problem of monotone likelihood in Cox regression. Biometrics 2001;57:114–9."
            }
            Work::VenzonMoolgavkar => {
                "Venzon DJ, Moolgavkar SH. A method for computing profile-likelihood-based confidence intervals. Appl Stat 1988;37:87–94."
            }
            Work::GrambschTherneau => {
                "Grambsch PM, Therneau TM. Proportional hazards tests and diagnostics based on weighted residuals. Biometrika 1994;81:515–26."
            }
            Work::Harrell => {
                "Harrell FE Jr, Lee KL, Mark DB. Multivariable prognostic models: issues in developing models, evaluating assumptions and adequacy, and measuring and reducing errors. Stat Med 1996;15:361–87."
            }
            Work::Peduzzi => {
                "Peduzzi P, Concato J, Feinstein AR, Holford TR. Importance of events per independent variable in proportional hazards regression analysis. II. Accuracy and precision of regression estimates. J Clin Epidemiol 1995;48:1503–10."
            }
            Work::Wang => {
                "Wang R, Lagakos SW, Ware JH, Hunter DJ, Drazen JM. Statistics in medicine: reporting of subgroup analyses in clinical trials. N Engl J Med 2007;357:2189–94."
            }
            Work::Eisenhauer => {
                "Eisenhauer EA, Therasse P, Bogaerts J, et al. New response evaluation criteria in solid tumours: revised RECIST guideline (version 1.1). Eur J Cancer 2009;45:228–47."
            }
            Work::ClopperPearson => {
                "Clopper CJ, Pearson ES. The use of confidence or fiducial limits illustrated in the case of the binomial. Biometrika 1934;26:404–13."
            }
            Work::Wilson => {
                "Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209–12."
            }
            Work::AgrestiCoull => {
                "Agresti A, Coull BA. Approximate is better than “exact” for interval estimation of binomial proportions. Am Stat 1998;52:119–26."
            }
            Work::Jeffreys => {
                "Brown LD, Cai TT, DasGupta A. Interval estimation for a binomial proportion. Stat Sci 2001;16:101–33."
            }
            Work::MidP => {
                "Berry G, Armitage P. Mid-P confidence intervals: a brief review. Statistician 1995;44:417–23."
            }
            Work::Fisher => {
                "Fisher RA. On the interpretation of χ² from contingency tables, and the calculation of P. J R Stat Soc 1922;85:87–94."
            }
            Work::Newcombe => {
                "Newcombe RG. Interval estimation for the difference between independent proportions: comparison of eleven methods. Stat Med 1998;17:873–90."
            }
        }
    }
}

/// A Methods paragraph in the making.
pub(super) struct Methods<'a> {
    text: &'a Text,
    sentences: Vec<String>,
    works: Vec<Work>,
}

impl<'a> Methods<'a> {
    pub fn new(text: &'a Text) -> Self {
        Self {
            text,
            sentences: Vec::new(),
            works: Vec::new(),
        }
    }

    /// The number of a work in the list of references: `[3]`. The first mention puts it there.
    pub fn cite(&mut self, work: Work) -> String {
        let known = self.works.iter().position(|&known| known == work);
        let index = known.unwrap_or_else(|| {
            self.works.push(work);
            self.works.len() - 1
        });
        format!("[{}]", index + 1)
    }

    /// Adds a sentence.
    pub fn say(&mut self, id: &str, arguments: &[Argument<'_>]) {
        self.sentences.push(self.text.with(id, arguments));
    }

    /// Adds a sentence that cites one work, as its argument `ref`.
    pub fn say_after(&mut self, work: Work, id: &str, arguments: &[Argument<'_>]) {
        let mut arguments = arguments.to_vec();
        arguments.push(("ref", self.cite(work).into()));
        self.say(id, &arguments);
    }

    /// Adds the sentence on the intervals of proportions.
    pub fn intervals(&mut self, method: ProportionMethod, level: &str) {
        let (work, id) = match method {
            ProportionMethod::ClopperPearson => (Work::ClopperPearson, "methods-clopper-pearson"),
            ProportionMethod::Wilson => (Work::Wilson, "methods-wilson"),
            ProportionMethod::AgrestiCoull => (Work::AgrestiCoull, "methods-agresti-coull"),
            ProportionMethod::Jeffreys => (Work::Jeffreys, "methods-jeffreys"),
            ProportionMethod::MidP => (Work::MidP, "methods-mid-p"),
        };
        self.say_after(work, id, &[("level", level.into())]);
    }

    /// Adds the sentences on Fisher's test; `draws` when its tables were simulated.
    pub fn fisher(&mut self, group: &str, draws: Option<u32>) {
        self.say_after(Work::Fisher, "methods-fisher", &[("group", group.into())]);
        if let Some(draws) = draws {
            self.say(
                "methods-fisher-drawn",
                &[
                    ("draws", draws.to_string().into()),
                    ("seed", SEED.to_string().into()),
                ],
            );
        }
    }

    /// Adds the sentence that names the program, and ends.
    pub fn into_block(mut self) -> Block {
        self.say(
            "methods-software",
            &[("version", env!("CARGO_PKG_VERSION").into())],
        );
        Block::Methods {
            text: sentences(&self.sentences, self.text),
            references: (self.works.iter().enumerate())
                .map(|(i, work)| format!("{}. {}", i + 1, work.citation()))
                .collect(),
        }
    }
}
