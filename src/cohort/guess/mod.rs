//! A first proposal for the mapping, from headings in English and Chinese and from contents.
//!
//! A role that two columns could fill, or whose contents speak against it, stays empty: the person is
//! asked rather than misled.

use super::coding::{self, Coded};
use super::heading::plain;
use super::progression::{says_clinical_progression, says_who_progressed};
use super::{Grouping, Mapping, ResponseColumn, StatusColumn, view::View};
use crate::table::{ColumnType, FindingKind, Table};

mod causes;
mod covariates;
mod dates;
mod given;
mod joined;
mod look;
mod propose;
mod records;
mod suggest;
mod unnamed;
mod wide;

pub use joined::table_of_patients;
use look::Look;
pub use propose::{Proposal, propose, wide_sheets};
pub use suggest::{Suggestion, suggest};
pub(super) use unnamed::says_survival;

/// Proposes a mapping from the headings (English and Chinese) and the contents.
pub fn guess(table: &Table) -> Mapping {
    let columns: Vec<Look<'_>> = table
        .columns
        .iter()
        .map(|column| Look::new(table, column))
        .collect();
    let mut mapping = Mapping {
        excluded_rows: totals_rows(table),
        cut_off: dates::cut_off(&columns),
        ..Mapping::default()
    };
    dates::guess(table, &columns, &mut mapping);
    given::guess(table, &columns, &mut mapping);
    mapping.competing = causes::guess(table, &columns, &mapping);
    if mapping.start.is_some() {
        mapping.died = died(table, &columns, &mapping);
        drop_dates_of_everybody(table, &columns, &mut mapping);
    }
    given::guess_without_deaths(table, &columns, &mut mapping);
    if mapping.start.is_some() {
        mapping.progressed = progressed(table, &columns, &mapping);
        dates::death_or_last_contact(table, &mut mapping);
    }
    unnamed::guess(table, &columns, &mut mapping);
    mapping.response = response(&columns, &mapping);
    mapping.patient = patient(&columns, &mapping);
    mapping.groups = groups(&columns, &mapping);
    mapping.counted = counted(&columns, &mapping);
    mapping.covariates = covariates::guess(&columns, &mapping);
    mapping
}

/// The same with the sheets that hold several rows a patient.
pub fn guess_workbook(table: &Table, others: &[Table]) -> Mapping {
    let mut mapping = guess(table);
    let joined = joined::sheets(table, others, &mapping);
    if !joined.is_empty() {
        let ids = mapping.patient.clone();
        let sheets = Mapping {
            patient: ids.clone(),
            joined: joined.clone(),
            ..Mapping::default()
        };
        if let Ok(whole) = super::patients_table(table, others, &sheets) {
            mapping = guess(&whole);
        }
        (mapping.patient, mapping.joined) = (ids, joined);
    }
    records::guess(table, others, &mut mapping);
    mapping
}

fn totals_rows(table: &Table) -> Vec<u32> {
    table
        .findings
        .iter()
        .filter(|finding| finding.kind == FindingKind::TotalsRow)
        .filter_map(|finding| finding.row)
        .collect()
}

impl Mapping {
    /// Whether a column has a role already.
    fn uses(&self, heading: &str) -> bool {
        let single = [
            &self.patient,
            &self.start,
            &self.progression,
            &self.death,
            &self.last_contact,
            &self.new_therapy,
            &self.clinical_progression,
        ];
        let statuses = [&self.progressed, &self.died];
        let given = [&self.pfs, &self.os];
        single.into_iter().flatten().any(|used| used == heading)
            || statuses
                .into_iter()
                .flatten()
                .any(|used| used.column == heading)
            || given
                .into_iter()
                .flatten()
                .any(|used| used.time == heading || used.event == heading)
            || self
                .competing
                .as_ref()
                .is_some_and(|used| used.time == heading || used.cause == heading)
            || self
                .response
                .as_ref()
                .is_some_and(|used| used.column == heading)
    }
}

/// The only element; `None` when there are several: then a person must choose.
fn only<T>(found: impl IntoIterator<Item = T>) -> Option<T> {
    let mut found = found.into_iter();
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The values of an event column that mean the event. Where words do not tell, the dates of the event
/// do, if there are any.
fn event_values(table: &Table, column: &Look<'_>, dates: Option<&str>) -> Option<Vec<String>> {
    let texts = column.distinct(coding::MAX_CODES)?;
    let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
    let coding = coding::event_coding(column.name, &texts)?;
    if coding.certain {
        return Some(coding.event);
    }
    let nothing = Mapping::default();
    let rows: Vec<usize> = (0..table.rows.len()).collect();
    let evidence = dates.and_then(|dates| {
        let dates = View::new(table, &nothing, dates).ok()?;
        let view = View::new(table, &nothing, column.name).ok()?;
        Coded::new(view, &coding.event, false).agrees_with(&dates, &rows)
    });
    if evidence == Some(false) {
        let other = |text: &&&str| !coding.event.iter().any(|event| event == **text);
        return Some(
            texts
                .iter()
                .filter(other)
                .map(|&text| text.to_owned())
                .collect(),
        );
    }
    Some(coding.event)
}

/// Headings of a column that says who died.
const VITAL: &[&str] = &[
    "death",
    "dead",
    "died",
    "deceased",
    "vital status",
    "vital",
    "alive",
    "survival status",
    "os status",
    "os event",
    "os cnsr",
    "os censor",
    "tod",
    "tot",
    "verstorben",
    "gestorben",
    "vitalstatus",
    "uberlebensstatus",
    "deces",
    "decede",
    "fallecido",
    "fallecimiento",
    "deceduto",
    "decesso",
    "死亡",
    "生存状态",
    "生存状况",
    "存活",
    "生存结局",
];

/// What such a column says instead of that.
const NOT_VITAL: &[&str] = &[
    "related",
    "cause",
    "due",
    "toxic",
    "reason",
    "within",
    "days",
    "early",
    "hospital",
    "specific",
    "cancer",
    "disease",
    "progression",
    "pfs",
    "date",
    "datum",
    "ursache",
    "todesursache",
    "相关",
    "原因",
    "进展",
    "日期",
    "天",
    "院内",
];

fn died(table: &Table, columns: &[Look<'_>], mapping: &Mapping) -> Option<StatusColumn> {
    if mapping.os.is_some() || (mapping.death.is_none() && mapping.last_contact.is_none()) {
        return None;
    }
    let speaks_of_death = |column: &&Look<'_>| {
        column.words.has_any(VITAL)
            || (["status", "outcome", "状态", "结局"]
                .iter()
                .any(|name| column.words.is(name))
                && column.values_speak_of_death())
    };
    let found = columns
        .iter()
        .filter(|column| !column.is_date() && !mapping.uses(column.name))
        .filter(|column| speaks_of_death(column) && !column.words.has_any(NOT_VITAL))
        .filter_map(|column| {
            let event_values = event_values(table, column, mapping.death.as_deref())?;
            Some(StatusColumn {
                column: column.name.to_owned(),
                event_values,
                ..StatusColumn::default()
            })
        });
    only(found)
}

/// Headings of a column that says who progressed or died.
const PFS_EVENT: &[&str] = &[
    "pfs event",
    "pfs status",
    "pfs cnsr",
    "pfs censor",
    "pfs ereignis",
];

/// The columns that say whether something happened, with the values that mean it.
fn statuses<'a>(
    table: &'a Table,
    columns: &'a [Look<'_>],
    dates: &'a str,
    named: impl Fn(&Look<'_>) -> bool + 'a,
) -> impl Iterator<Item = StatusColumn> + 'a {
    columns
        .iter()
        .filter(move |column| !column.is_date() && named(column))
        .filter_map(move |column| {
            let event_values = event_values(table, column, Some(dates))?;
            Some(StatusColumn {
                column: column.name.to_owned(),
                event_values,
                ..StatusColumn::default()
            })
        })
}

/// Where most of those without progression have a date too, it is not that of progression: taken for
/// it, everybody would have progressed.
fn drop_dates_of_everybody(table: &Table, columns: &[Look<'_>], mapping: &mut Mapping) {
    let Some(dates) = mapping.progression.as_deref() else {
        return;
    };
    let named =
        |column: &Look<'_>| documents_progression(column) || column.words.has_any(PFS_EVENT);
    let of_everybody = statuses(table, columns, dates, named)
        .any(|status| dates::share_dated(table, &status, dates, false) > 0.5);
    if of_everybody {
        mapping.progression = None;
    }
}

/// Whether it says who progressed; clinical progression alone is another matter.
fn documents_progression(column: &Look<'_>) -> bool {
    says_who_progressed(&column.words) && !says_clinical_progression(&column.words)
}

fn progressed(table: &Table, columns: &[Look<'_>], mapping: &Mapping) -> Option<StatusColumn> {
    let dates = mapping.progression.as_deref()?;
    if mapping.pfs.is_some() {
        return None;
    }
    let named = |column: &Look<'_>| !mapping.uses(column.name) && documents_progression(column);
    only(statuses(table, columns, dates, named))
}

fn response(columns: &[Look<'_>], mapping: &Mapping) -> Option<ResponseColumn> {
    const BEST: &[&str] = &[
        "best",
        "bor",
        "bestes",
        "meilleure",
        "mejor",
        "migliore",
        "最佳",
        "最好",
    ];
    const NAMES: &[&str] = &[
        "response",
        "recist",
        "bor",
        "ansprechen",
        "reponse",
        "respuesta",
        "risposta",
        "疗效",
        "缓解",
    ];
    const NOT: &[&str] = &["prior", "previous", "first line", "既往", "前线"];
    let coded: Vec<(&Look<'_>, ResponseColumn)> = columns
        .iter()
        .filter(|column| !mapping.uses(column.name) && !column.words.has_any(NOT))
        .filter_map(|column| {
            let (codes, texts) = column.responses();
            let responses = ResponseColumn {
                column: column.name.to_owned(),
                codes,
            };
            (2 * responses.codes.len() > texts).then_some((column, responses))
        })
        .collect();
    let named = |names: &[&str]| {
        only(
            coded
                .iter()
                .filter(|(column, _)| column.words.has_any(names)),
        )
    };
    named(BEST)
        .or_else(|| named(NAMES))
        .or_else(|| only(&coded))
        .map(|(_, responses)| responses.clone())
}

/// Headings of patient ids.
const IDS: &[&str] = &[
    "patient id",
    "patient no",
    "patient number",
    "patient code",
    "subject id",
    "subject no",
    "subjid",
    "usubjid",
    "study id",
    "study no",
    "pid",
    "pat id",
    "pt id",
    "pat no",
    "pt no",
    "patient nr",
    "pat nr",
    "pt nr",
    "case id",
    "case no",
    "record id",
    "participant id",
    "mrn",
    "hospital no",
    "hospital number",
    "patientennummer",
    "patienten nr",
    "patienten nummer",
    "patienten id",
    "patientennr",
    "patientnr",
    "patnr",
    "pat number",
    "patient identifier",
    "subject number",
    "subject code",
    "subject identifier",
    "screening no",
    "screening number",
    "fallnummer",
    "fall nr",
    "pseudonym",
    "numero patient",
    "numero de patient",
    "identifiant patient",
    "id paciente",
    "numero de paciente",
    "id paziente",
    "codice paziente",
    "patientid",
    "患者编号",
    "病人编号",
    "受试者编号",
    "病历号",
    "住院号",
    "登记号",
    "筛选号",
    "研究编号",
    "门诊号",
    "病案号",
    "入组号",
    "随机号",
    "患者号",
    "受试者号",
];

/// The same, where they are the whole heading.
const WHOLE_IDS: &[&str] = &[
    "patient",
    "patients",
    "subject",
    "participant",
    "id",
    "case",
    "pt",
    "patientin",
    "paciente",
    "paziente",
    "fall",
    "编号",
    "病人",
    "患者",
    "受试者",
    "病例",
];

/// Headings of names, where there are no ids.
const PEOPLE: &[&str] = &[
    "name",
    "patient name",
    "initials",
    "姓名",
    "患者姓名",
    "病人姓名",
];

/// Headings of numbers, where there is nothing else.
const NUMBERS: &[&str] = &["no", "nr", "number", "序号"];

fn patient(columns: &[Look<'_>], mapping: &Mapping) -> Option<String> {
    let identifies = |column: &&Look<'_>| {
        !mapping.uses(column.name) && !column.is_date() && column.mostly_distinct()
    };
    let whole = |names: &[&str]| {
        columns
            .iter()
            .filter(identifies)
            .find(|column| names.iter().any(|name| column.words.is(name)))
    };
    let in_parts = || {
        let several = |column: &&Look<'_>| column.is_named_in_parts();
        columns.iter().filter(identifies).find(several)
    };
    columns
        .iter()
        .filter(identifies)
        .find(|column| column.words.has_any(IDS))
        .or_else(|| whole(WHOLE_IDS))
        .or_else(in_parts)
        .or_else(|| whole(PEOPLE))
        .or_else(|| whole(NUMBERS))
        .map(|column| column.name.to_owned())
}

/// What happened after the start does not define a group.
const OUTCOMES: &[&str] = &[
    "pfs",
    "os",
    "dfs",
    "rfs",
    "efs",
    "ttp",
    "survival",
    "death",
    "dead",
    "died",
    "deceased",
    "alive",
    "vital",
    "progression",
    "progressed",
    "relapse",
    "relapsed",
    "recurrence",
    "recurred",
    "censor",
    "censored",
    "cnsr",
    "response",
    "bor",
    "tod",
    "tot",
    "verstorben",
    "gestorben",
    "uberleben",
    "progress",
    "progredienz",
    "rezidiv",
    "ansprechen",
    "ereignis",
    "deces",
    "decede",
    "survie",
    "supervivencia",
    "sopravvivenza",
    "死亡",
    "生存",
    "存活",
    "进展",
    "复发",
    "随访",
    "删失",
    "疗效",
];

/// Words in the headings of what is counted: adverse events, deaths related to treatment.
const SAFETY: &[&str] = &[
    "adverse", "ae", "aes", "toxicity", "ctcae", "related", "不良", "毒性",
];

/// More levels than this are no groups.
const MOST_LEVELS: usize = 10;

/// Headings of what is written about some patients.
const REMARKS: &[&str] = &[
    "comment", "comments", "remark", "remarks", "note", "notes", "备注", "说明",
];

fn groups(columns: &[Look<'_>], mapping: &Mapping) -> Vec<Grouping> {
    categorical(columns, mapping, 2)
        .filter(|column| !column.words.has_any(REMARKS))
        .filter(|column| !column.words.has_any(OUTCOMES) && !column.words.has_any(SAFETY))
        .filter(|column| {
            let named = ["status", "event", "ereignis"];
            !named.iter().any(|name| column.words.is(name)) && !coding::defines_event(column.name)
        })
        .map(Look::as_grouping)
        .collect()
}

/// A column in which nothing ever happened (all "No") is worth counting too.
fn counted(columns: &[Look<'_>], mapping: &Mapping) -> Vec<Grouping> {
    categorical(columns, mapping, 1)
        .filter(|column| column.words.has_any(SAFETY))
        .map(Look::as_grouping)
        .collect()
}

fn categorical<'a, 'b>(
    columns: &'a [Look<'b>],
    mapping: &'a Mapping,
    least: usize,
) -> impl Iterator<Item = &'a Look<'b>> {
    columns
        .iter()
        .filter(|column| !mapping.uses(column.name))
        .filter(move |column| column.is_categorical(least))
}

impl Look<'_> {
    /// Texts that differ in their case alone are one level, called as most of them are written: the person sees
    /// what each was.
    fn as_grouping(&self) -> Grouping {
        let texts = self.distinct(MOST_LEVELS).unwrap_or_default();
        let rows = |text: &str| {
            let has = |&row: &usize| self.column.text(row) == text;
            self.sample().filter(has).count()
        };
        let labels = (texts.iter())
            .filter_map(|text| {
                let same = texts.iter().filter(|other| plain(other) == plain(text));
                let usual = same.rev().max_by_key(|same| rows(same))?;
                (usual != text).then(|| (text.to_string(), usual.to_string()))
            })
            .collect();
        Grouping {
            column: self.name.to_owned(),
            labels,
            ..Grouping::default()
        }
    }

    /// Yes/no, a few texts, or a few small whole numbers such as ECOG or stage.
    fn is_categorical(&self, least: usize) -> bool {
        const MOST_NUMBERS: usize = 5;
        let most = match self.column.column_type {
            ColumnType::YesNo | ColumnType::Category => MOST_LEVELS,
            ColumnType::Number => MOST_NUMBERS,
            ColumnType::Empty | ColumnType::Date { .. } | ColumnType::Text => return false,
        };
        let Some(levels) = self.distinct(most) else {
            return false;
        };
        let small_number = |text: &str| {
            let number = text.parse::<f64>();
            number.is_ok_and(|number| number.fract() == 0.0 && (0.0..=20.0).contains(&number))
        };
        levels.len() >= least
            && 2 * levels.len() <= self.n()
            && (self.column.column_type != ColumnType::Number
                || levels.iter().all(|text| small_number(text)))
    }

    fn values_speak_of_death(&self) -> bool {
        self.values_speak_of(&[
            "dead", "died", "death", "deceased", "alive", "living", "死亡", "存活",
        ])
    }

    fn values_speak_of_progression(&self) -> bool {
        self.values_speak_of(&[
            "progression",
            "progressed",
            "progressive",
            "pd",
            "relapse",
            "relapsed",
            "recurred",
            "recurrence",
            "进展",
            "复发",
        ])
    }

    fn values_speak_of(&self, words: &[&str]) -> bool {
        self.distinct(coding::MAX_CODES).is_some_and(|texts| {
            let speaks = |text: &str| super::heading::Heading::new(text).has_any(words);
            texts.iter().any(|text| speaks(text))
        })
    }
}
