//! Which of the other sheets hold adverse events, assessments, lesions or therapies, and what their
//! columns mean.

use super::look::Look;
use super::{IDS, wide};
use crate::cohort::ids::KnownIds;
use crate::cohort::{
    AdverseEventSheet, AssessmentSheet, LesionSheet, Mapping, RecordKind, StatusColumn,
    TherapySheet,
};
use crate::table::{Table, TableName};

const AE_TERM: &[&str] = &[
    "term",
    "adverse event",
    "adverse events",
    "preferred term",
    "pt",
    "ae",
    "aeterm",
    "aedecod",
    "toxicity",
    "event",
    "不良事件",
    "不良反应",
    "毒性",
];
const SYSTEM: &[&str] = &[
    "system organ class",
    "soc",
    "aesoc",
    "body system",
    "aebodsys",
    "system",
    "系统器官分类",
    "系统",
];
const GRADE: &[&str] = &[
    "grade", "ctcae", "toxgr", "aetoxgr", "severity", "分级", "级别", "等级",
];
const RELATED: &[&str] = &[
    "related",
    "relation",
    "relationship",
    "causality",
    "treatment related",
    "aerel",
    "相关",
    "相关性",
];
const SERIOUS: &[&str] = &["serious", "sae", "aeser", "严重"];
const DISCONTINUED: &[&str] = &[
    "discontinued",
    "discontinuation",
    "stopped",
    "withdrawn",
    "停药",
    "终止",
];
const DOSE_CHANGED: &[&str] = &[
    "dose",
    "reduction",
    "reduced",
    "interrupted",
    "interruption",
    "modified",
    "减量",
    "剂量调整",
    "暂停",
];
const FATAL: &[&str] = &["fatal", "death", "died", "致死", "死亡"];
const START: &[&str] = &[
    "start", "onset", "begin", "began", "astdt", "aestdtc", "from", "first", "beginn", "debut",
    "inicio", "inizio", "开始", "发生",
];
const END: &[&str] = &[
    "end",
    "stop",
    "resolution",
    "resolved",
    "aendt",
    "aeendtc",
    "to",
    "last",
    "ende",
    "fin",
    "fine",
    "结束",
    "缓解日期",
    "转归日期",
];
pub(super) const VISIT_DATE: &[&str] = &[
    "date",
    "scan",
    "assessment",
    "visit",
    "imaging",
    "ct",
    "adt",
    "检查",
    "评估",
    "日期",
];
pub(super) const VISIT: &[&str] = &[
    "visit",
    "timepoint",
    "time point",
    "cycle",
    "week",
    "avisit",
    "访视",
    "周期",
];
pub(super) const SUM: &[&str] = &[
    "sum",
    "sod",
    "sld",
    "sum of diameters",
    "target sum",
    "总和",
    "直径和",
    "径线和",
];
const NON_TARGET: &[&str] = &["non target", "nontarget", "nontargets", "非靶"];
pub(super) const NEW_LESION: &[&str] = &["new", "new lesion", "new lesions", "新病灶", "新发"];
const RESPONSE: &[&str] = &[
    "response",
    "overall",
    "recist",
    "assessment",
    "疗效",
    "评价",
];
pub(super) const LESION: &[&str] = &[
    "lesion",
    "lesion id",
    "lesion no",
    "tumour",
    "tumor",
    "病灶",
];
const ORGAN: &[&str] = &[
    "organ",
    "site",
    "location",
    "localisation",
    "localization",
    "部位",
    "器官",
];
const LESION_ROLE: &[&str] = &[
    "type",
    "role",
    "target",
    "category",
    "class",
    "类型",
    "靶病灶",
];
const NODAL: &[&str] = &["nodal", "node", "lymph node", "ln", "淋巴结"];
const DIAMETER: &[&str] = &[
    "diameter",
    "size",
    "mm",
    "longest",
    "ld",
    "short axis",
    "measurement",
    "直径",
    "大小",
    "长径",
];
const STATE: &[&str] = &["state", "status", "finding", "remark", "状态"];
const THERAPY: &[&str] = &[
    "therapy",
    "treatment",
    "drug",
    "regimen",
    "agent",
    "medication",
    "name",
    "phase",
    "治疗",
    "方案",
    "药物",
];
const LINE: &[&str] = &["line", "phase", "线", "阶段"];
const SUBSEQUENT: &[&str] = &[
    "subsequent",
    "new therapy",
    "new anticancer",
    "later",
    "后续",
];

/// A sheet whose rows belong to patients, and the columns that have no role yet.
pub(super) struct Candidate<'a> {
    pub table: &'a Table,
    pub name: &'a TableName,
    pub columns: Vec<Look<'a>>,
    used: Vec<&'a str>,
}

/// Adds the sheets of records to a mapping of the patients' sheet.
pub(super) fn guess(main: &Table, others: &[Table], mapping: &mut Mapping) {
    let Some(known) = known_ids(main, mapping) else {
        return;
    };
    for table in others {
        let Some(name) = &table.name else { continue };
        if mapping.joined.iter().any(|joined| joined.table == *name) {
            continue;
        }
        let Some(patient) = patient_column(table, &known) else {
            continue;
        };
        for kind in RecordKind::ALL {
            let mut sheet = Candidate::new(table, name, patient);
            if sheet.fill(kind, patient.to_owned(), mapping) {
                break;
            }
        }
    }
}

/// The ids of the patients' sheet.
pub(super) fn known_ids(main: &Table, mapping: &Mapping) -> Option<KnownIds> {
    let ids = main.column(mapping.patient.as_deref()?)?;
    let rows = (0..main.rows.len()).filter(|&row| !ids.is_missing(row));
    Some(KnownIds::new(rows.map(|row| ids.text(row).into_owned())))
}

/// The column of patient ids: named as one, failing that of texts, and most of whose ids are known; failing
/// that one that is named so and most of whose ids their number alone would match.
pub(super) fn patient_column<'a>(table: &'a Table, known: &KnownIds) -> Option<&'a str> {
    let columns: Vec<Look<'a>> = (table.columns.iter())
        .map(|column| Look::new(table, column))
        .collect();
    let mostly = |column: &Look<'_>, is_known: &dyn Fn(&str) -> bool| {
        let rows = column
            .sample()
            .filter(|&row| !column.column.is_missing(row));
        let (all, found) = rows.fold((0, 0), |(all, found), row| {
            (
                all + 1,
                found + usize::from(is_known(&column.column.text(row))),
            )
        });
        all > 0 && 2 * found > all
    };
    let matches = |column: &&Look<'_>| mostly(column, &|id| known.has_loosely(id));
    let by_number =
        |column: &&Look<'_>| mostly(column, &|id| known.has_loosely(id) || known.has_number(id));
    let texts = |column: &&Look<'_>| !column.is_date() && !column.is_number();
    let named = || columns.iter().filter(|column| column.is_named_as_id());
    (named().find(matches))
        .or_else(|| columns.iter().filter(texts).find(matches))
        .or_else(|| named().find(by_number))
        .map(|column| column.name)
}

/// The column that is named as one of patient ids, whatever its values.
pub(super) fn named_patient_column(table: &Table) -> Option<&str> {
    let looks = || (table.columns.iter()).map(|column| Look::new(table, column));
    (looks().find(|look| look.words.has_any(IDS)))
        .or_else(|| looks().find(Look::is_named_as_id))
        .map(|look| look.name)
}

impl<'a> Candidate<'a> {
    pub fn new(table: &'a Table, name: &'a TableName, patient: &'a str) -> Self {
        Self {
            table,
            name,
            columns: (table.columns.iter())
                .map(|column| Look::new(table, column))
                .collect(),
            used: vec![patient],
        }
    }

    /// The first column without a role that `names` it and `holds` what it should.
    pub fn find(&mut self, names: &[&str], holds: impl Fn(&Look<'_>) -> bool) -> Option<&'a str> {
        let free = |column: &&Look<'a>| !self.used.contains(&column.name) && holds(column);
        let whole = |column: &&Look<'a>| names.iter().any(|name| column.words.is(name));
        let found = (self.columns.iter().filter(free).find(whole))
            .or_else(|| {
                let has = |column: &&Look<'a>| column.words.has_any(names);
                self.columns.iter().filter(free).find(has)
            })?
            .name;
        self.used.push(found);
        Some(found)
    }

    pub fn column(&mut self, names: &[&str]) -> Option<String> {
        self.find(names, |column| !column.is_date())
            .map(str::to_owned)
    }

    fn date(&mut self, names: &[&str]) -> Option<String> {
        self.find(names, |column| column.is_date())
            .map(str::to_owned)
    }

    fn number(&mut self, names: &[&str]) -> Option<String> {
        self.find(names, |column| column.is_number())
            .map(str::to_owned)
    }

    /// A column of yes and no, if a value says either: what the others mean is asked.
    fn status(&mut self, names: &[&str]) -> Option<StatusColumn> {
        let before = self.used.len();
        let found = self.find(names, |column| !column.is_date() && !column.is_empty())?;
        let look = (self.columns.iter()).find(|column| column.name == found)?;
        let status = look.answers().map(|answers| StatusColumn {
            column: found.to_owned(),
            event_values: answers.yes,
            no_values: Some(answers.no),
            blank_is_no_event: false,
        });
        if status.is_none() {
            self.used.truncate(before);
        }
        status
    }

    /// Whether the sheet is of that kind; if so its columns are in the mapping then.
    pub fn fill(&mut self, kind: RecordKind, patient: String, mapping: &mut Mapping) -> bool {
        match kind {
            RecordKind::Lesions if mapping.lesions.is_none() => {
                mapping.lesions = self.lesions(patient);
                mapping.lesions.is_some()
            }
            RecordKind::Assessments if mapping.assessments.is_none() => {
                mapping.assessments = self.assessments(patient);
                mapping.assessments.is_some()
            }
            RecordKind::AdverseEvents if mapping.adverse_events.is_none() => {
                mapping.adverse_events = self.adverse_events(patient);
                mapping.adverse_events.is_some()
            }
            RecordKind::Therapies if mapping.therapies.is_none() => {
                mapping.therapies = self.therapies(patient);
                mapping.therapies.is_some()
            }
            RecordKind::Lesions
            | RecordKind::Assessments
            | RecordKind::AdverseEvents
            | RecordKind::Therapies => false,
        }
    }

    /// Whether one row holds several visits or lesions: a person decides whether it is turned long.
    fn is_wide(&self) -> bool {
        wide::parts(self.table, &self.used).is_some()
    }

    fn lesions(&mut self, patient: String) -> Option<LesionSheet> {
        if self.is_wide() {
            return None;
        }
        let date = self.date(VISIT_DATE)?;
        let is_size = |column: &Look<'_>| column.is_number() && !column.words.has_any(SUM);
        let diameter = self.find(DIAMETER, is_size)?.to_owned();
        let is_name = |column: &Look<'_>| !column.is_date() && !column.words.has_any(NEW_LESION);
        let lesion = self.find(LESION, is_name)?.to_owned();
        Some(LesionSheet {
            table: self.name.clone(),
            patient,
            date,
            nodal: self.status(NODAL),
            role: self.column(LESION_ROLE),
            organ: self.column(ORGAN),
            visit: self.column(VISIT),
            state: self.column(STATE),
            lesion,
            diameter: Some(diameter),
            wide: Vec::new(),
        })
    }

    fn assessments(&mut self, patient: String) -> Option<AssessmentSheet> {
        if self.is_wide() {
            return None;
        }
        let date = self.date(VISIT_DATE)?;
        let sheet = AssessmentSheet {
            table: self.name.clone(),
            patient,
            date,
            sum: self.number(SUM),
            non_target: self.column(NON_TARGET),
            new_lesion: self.status(NEW_LESION),
            response: self.column(RESPONSE),
            visit: self.column(VISIT),
            wide: Vec::new(),
        };
        let says = sheet.sum.is_some() || sheet.response.is_some() || sheet.non_target.is_some();
        says.then_some(sheet)
    }

    fn adverse_events(&mut self, patient: String) -> Option<AdverseEventSheet> {
        let grade = self.column(GRADE);
        let system = self.column(SYSTEM);
        let related = self.status(RELATED);
        let serious = self.status(SERIOUS);
        let discontinued = self.status(DISCONTINUED);
        let dose_changed = self.status(DOSE_CHANGED);
        let fatal = self.status(FATAL);
        let (start, end) = (self.date(START), self.date(END));
        let term = self.column(AE_TERM)?;
        (grade.is_some() || serious.is_some()).then(|| AdverseEventSheet {
            table: self.name.clone(),
            patient,
            term,
            system,
            grade,
            related,
            serious,
            discontinued,
            dose_changed,
            fatal,
            start,
            end,
        })
    }

    fn therapies(&mut self, patient: String) -> Option<TherapySheet> {
        let start = self.date(START)?;
        let end = self.date(END);
        let subsequent = self.status(SUBSEQUENT);
        let name = self.column(THERAPY);
        let line = self.column(LINE);
        (name.is_some() || line.is_some()).then(|| TherapySheet {
            table: self.name.clone(),
            patient,
            name,
            line,
            start,
            end,
            subsequent,
        })
    }
}
