//! The Methods paragraph: sentences with numbered references.

use super::words::{self, sentences};
use super::{Block, endpoint};
use crate::analysis::{ConfType, EndpointDefinition, ProportionMethod, SEED};
use crate::cohort::{Endpoint, TimeRules, TimeUnit};
use crate::format::Style;
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
    Seymour,
    ClopperPearson,
    Wilson,
    AgrestiCoull,
    Jeffreys,
    MidP,
    Fisher,
    Newcombe,
    AalenJohansen,
    Marubini,
    Gray,
    FineGray,
    Geskus,
    Gooley,
    Latouche,
    Groups(super::groups::GroupsWork),
    Safety(super::safety::SafetyWork),
    CutPoint(super::cut_point::CutPointWork),
    Baseline(super::baseline::BaselineWork),
    Gehan,
    TaroneWare,
    PetoPeto,
    Andersen,
    FlemingHarrington,
    Lee,
    Tarone,
    Hochberg,
    Hommel,
    BenjaminiHochberg,
    BenjaminiYekutieli,
    Uno,
    Tian,
    Klein,
    ZouDonner,
    AndersonCain,
    Hieke,
    Breslow,
    LinWei,
    Firth,
    HeinzeSchemper,
    VenzonMoolgavkar,
    GrambschTherneau,
    Harrell,
    Peduzzi,
    HeinzeWallisch,
    Therneau,
    Tsiatis,
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
            Work::HeinzeWallisch => {
                "Heinze G, Wallisch C, Dunkler D. Variable selection – a review and recommendations for the practicing statistician. Biom J 2018;60:431–49."
            }
            Work::Therneau => {
                "Therneau TM, Grambsch PM, Fleming TR. Martingale-based residuals for survival models. Biometrika 1990;77:147–60."
            }
            Work::Tsiatis => {
                "Tsiatis AA. A large sample study of Cox’s regression model. Ann Stat 1981;9:93–108."
            }
            Work::Wang => {
                "Wang R, Lagakos SW, Ware JH, Hunter DJ, Drazen JM. Statistics in medicine: reporting of subgroup analyses in clinical trials. N Engl J Med 2007;357:2189–94."
            }
            Work::Eisenhauer => {
                "Eisenhauer EA, Therasse P, Bogaerts J, et al. New response evaluation criteria in solid tumours: revised RECIST guideline (version 1.1). Eur J Cancer 2009;45:228–47."
            }
            Work::Seymour => {
                "Seymour L, Bogaerts J, Perrone A, et al. iRECIST: guidelines for response criteria for use in trials testing immunotherapeutics. Lancet Oncol 2017;18:e143–52."
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
            Work::Groups(work) => work.citation(),
            Work::Safety(work) => work.citation(),
            Work::CutPoint(work) => work.citation(),
            Work::Baseline(work) => work.citation(),
            Work::Newcombe => {
                "Newcombe RG. Interval estimation for the difference between independent proportions: comparison of eleven methods. Stat Med 1998;17:873–90."
            }
            Work::AalenJohansen => {
                "Aalen OO, Johansen S. An empirical transition matrix for non-homogeneous Markov chains based on censored observations. Scand J Stat 1978;5:141–50."
            }
            Work::Marubini => {
                "Marubini E, Valsecchi MG. Analysing survival data from clinical trials and observational studies. Chichester: Wiley, 1995."
            }
            Work::Gray => {
                "Gray RJ. A class of K-sample tests for comparing the cumulative incidence of a competing risk. Ann Stat 1988;16:1141–54."
            }
            Work::FineGray => {
                "Fine JP, Gray RJ. A proportional hazards model for the subdistribution of a competing risk. J Am Stat Assoc 1999;94:496–509."
            }
            Work::Geskus => {
                "Geskus RB. Cause-specific cumulative incidence estimation and the Fine and Gray model under both left truncation and right censoring. Biometrics 2011;67:39–49."
            }
            Work::Gooley => {
                "Gooley TA, Leisenring W, Crowley J, Storer BE. Estimation of failure probabilities in the presence of competing risks: new representations of old estimators. Stat Med 1999;18:695–706."
            }
            Work::Latouche => {
                "Latouche A, Allignol A, Beyersmann J, Labopin M, Fine JP. A competing risks analysis should report results on all cause-specific hazards and cumulative incidence functions. J Clin Epidemiol 2013;66:648–53."
            }
            Work::Gehan => {
                "Gehan EA. A generalized Wilcoxon test for comparing arbitrarily singly-censored samples. Biometrika 1965;52:203–23."
            }
            Work::TaroneWare => {
                "Tarone RE, Ware J. On distribution-free tests for equality of survival distributions. Biometrika 1977;64:156–60."
            }
            Work::PetoPeto => {
                "Peto R, Peto J. Asymptotically efficient rank invariant test procedures. J R Stat Soc A 1972;135:185–207."
            }
            Work::Andersen => {
                "Andersen PK, Borgan Ø, Gill R, Keiding N. Linear nonparametric tests for comparison of counting processes, with applications to censored survival data. Int Stat Rev 1982;50:219–58."
            }
            Work::FlemingHarrington => {
                "Fleming TR, Harrington DP. Counting processes and survival analysis. New York: Wiley, 1991."
            }
            Work::Lee => {
                "Lee SH. On the versatility of the combination of the weighted log-rank statistics. Comput Stat Data Anal 2007;51:6557–64."
            }
            Work::Tarone => {
                "Tarone RE. Tests for trend in life table analysis. Biometrika 1975;62:679–82."
            }
            Work::Hochberg => {
                "Hochberg Y. A sharper Bonferroni procedure for multiple tests of significance. Biometrika 1988;75:800–2."
            }
            Work::Hommel => {
                "Hommel G. A stagewise rejective multiple test procedure based on a modified Bonferroni test. Biometrika 1988;75:383–6."
            }
            Work::BenjaminiHochberg => {
                "Benjamini Y, Hochberg Y. Controlling the false discovery rate: a practical and powerful approach to multiple testing. J R Stat Soc B 1995;57:289–300."
            }
            Work::BenjaminiYekutieli => {
                "Benjamini Y, Yekutieli D. The control of the false discovery rate in multiple testing under dependency. Ann Stat 2001;29:1165–88."
            }
            Work::Tian => {
                "Tian L, Zhao L, Wei LJ. Predicting the restricted mean event time with the subject’s baseline covariates in survival analysis. Biostatistics 2014;15:222–33."
            }
            Work::Uno => {
                "Uno H, Claggett B, Tian L, et al. Moving beyond the hazard ratio in quantifying the between-group difference in survival analysis. J Clin Oncol 2014;32:2380–5."
            }
            Work::Klein => {
                "Klein JP, Logan B, Harhoff M, Andersen PK. Analyzing survival curves at a fixed point in time. Stat Med 2007;26:4505–19."
            }
            Work::ZouDonner => {
                "Zou GY, Donner A. Construction of confidence limits about effect measures: a general approach. Stat Med 2008;27:1693–702."
            }
            Work::AndersonCain => {
                "Anderson JR, Cain KC, Gelber RD. Analysis of survival by tumor response. J Clin Oncol 1983;1:710–9."
            }
            Work::Hieke => {
                "Hieke S, Kleber M, König C, Engelhardt M, Schumacher M. Conditional survival: a useful concept to provide information on how prognosis evolves over time. Clin Cancer Res 2015;21:1530–6."
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

    /// Begins with what the endpoint is and how its days were counted.
    pub fn of_endpoint(
        endpoint: Endpoint,
        definition: &EndpointDefinition,
        rules: TimeRules,
        text: &'a Text,
    ) -> Self {
        let mut methods = Self::new(text);
        endpoint::define(&mut methods, endpoint, definition, text);
        endpoint::count_days(&mut methods, definition, rules);
        methods
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

    /// Adds the sentences on the cut-off, and on how days became months.
    pub fn units(
        &mut self,
        definition: &EndpointDefinition,
        unit: TimeUnit,
        rules: TimeRules,
        style: &Style,
    ) {
        endpoint::count_days(self, definition, rules);
        self.display(unit, rules, style);
    }

    /// Adds the sentence on how times are shown, where that is another unit than they are counted in.
    pub fn display(&mut self, unit: TimeUnit, rules: TimeRules, style: &Style) {
        if unit != rules.display {
            let days = |unit: TimeUnit| style.short(unit.days(rules.month));
            let id = match (unit, rules.display) {
                (TimeUnit::Days, _) => "methods-display-from-days",
                (_, TimeUnit::Days) => "methods-display-in-days",
                _ => "methods-display",
            };
            let arguments = [
                ("from", words::unit(unit, self.text).into()),
                ("fromdays", days(unit).into()),
                ("unit", words::unit(rules.display, self.text).into()),
                ("days", days(rules.display).into()),
            ];
            self.say(id, &arguments);
        }
    }

    /// The name of the scale of an interval.
    pub fn scale(&self, conf_type: ConfType) -> String {
        self.text.get(match conf_type {
            ConfType::Log => "methods-scale-log",
            ConfType::LogLog => "methods-scale-log-log",
            ConfType::Plain => "methods-scale-plain",
            ConfType::Logit => "methods-scale-logit",
            ConfType::Arcsine => "methods-scale-arcsine",
        })
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
