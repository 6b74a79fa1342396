//! Columns of dates into start, progression, death, last contact and cut-off.

use chrono::NaiveDate;

use super::{Look, only};
use crate::cohort::coding::Coded;
use crate::cohort::progression::says_clinical_progression;
use crate::cohort::view::View;
use crate::cohort::{Mapping, StatusColumn};
use crate::table::Table;

const START: &[&[&str]] = &[
    &[
        "randomisation",
        "randomization",
        "randomised",
        "randomized",
        "rand date",
        "randomisierung",
        "randomisierungsdatum",
        "randomizzazione",
        "aleatorizacion",
        "randdt",
        "随机",
    ],
    &[
        "start",
        "started",
        "first dose",
        "first treatment",
        "trtsdt",
        "c1d1",
        "cycle 1 day 1",
        "beginn",
        "therapiebeginn",
        "therapiestart",
        "behandlungsbeginn",
        "erstgabe",
        "debut",
        "inicio",
        "inizio",
        "首次用药",
        "首次给药",
        "首次治疗",
        "用药日期",
        "治疗日期",
        "用药开始",
        "治疗开始",
        "开始治疗",
        "开始用药",
        "起始",
        "开始日期",
        "开始时间",
    ],
    &[
        "enrolment",
        "enrollment",
        "enrolled",
        "inclusion",
        "registration",
        "index date",
        "einschluss",
        "einschlussdatum",
        "baseline",
        "入组",
        "入选",
    ],
    &[
        "surgery",
        "operation",
        "diagnosis",
        "diagnosed",
        "diagnose",
        "erstdiagnose",
        "diagnosedatum",
        "diagnostic",
        "diagnostico",
        "diagnosi",
        "chirurgie",
        "cirugia",
        "手术",
        "确诊",
        "诊断",
    ],
];
const NOT_START: &[&str] = &[
    "end",
    "stop",
    "stopped",
    "last",
    "final",
    "birth",
    "dob",
    "previous",
    "prior",
    "next",
    "new",
    "subsequent",
    "second",
    "2nd",
    "progression",
    "death",
    "ae",
    "adverse",
    "symptom",
    "symptoms",
    "discontinuation",
    "ende",
    "letzter",
    "letzte",
    "letztes",
    "geburt",
    "geburtsdatum",
    "tod",
    "todesdatum",
    "progress",
    "fin",
    "naissance",
    "deces",
    "nacimiento",
    "nascita",
    "l1",
    "出生",
    "结束",
    "停药",
    "停止",
    "末次",
    "最后",
    "既往",
    "后续",
    "进展",
    "死亡",
    "不良",
    "症状",
];
const PROGRESSION: &[&[&str]] = &[
    &[
        "progression",
        "progressed",
        "pd",
        "progress",
        "progressdatum",
        "progressionsdatum",
        "progredienz",
        "progresion",
        "progressione",
        "进展",
    ],
    &[
        "relapse",
        "relapsed",
        "recurrence",
        "recurred",
        "rezidiv",
        "recidive",
        "recidiva",
        "复发",
    ],
];
const NOT_PROGRESSION: &[&str] = &[
    "pd 1",
    "start",
    "开始",
    "l1",
    "death",
    "survival",
    "free",
    "second",
    "2nd",
    "or",
    "last",
    "after",
    "post",
    "new",
    "treatment",
    "therapy",
    "prior",
    "previous",
    "死亡",
    "生存",
    "无进展",
    "末次",
    "最后",
    "随访",
    "再次",
    "二次",
    "既往",
    "进展后",
    "复发后",
];
const DEATH: &[&[&str]] = &[&[
    "death",
    "died",
    "dod",
    "deceased",
    "dth dt",
    "dth date",
    "dthdt",
    "tod",
    "todesdatum",
    "sterbedatum",
    "verstorben",
    "gestorben",
    "deces",
    "muerte",
    "fallecimiento",
    "decesso",
    "死亡",
    "去世",
]];
const NOT_DEATH: &[&str] = &[
    "or",
    "last",
    "cause",
    "related",
    "progression",
    "fu",
    "follow",
    "contact",
    "censor",
    "censoring",
    "ursache",
    "letzter",
    "末次",
    "最后",
    "随访",
    "进展",
    "原因",
    "或",
];
const LAST_CONTACT: &[&[&str]] = &[
    &[
        "last contact",
        "last known alive",
        "last alive",
        "last seen",
        "last follow up",
        "last followup",
        "last fu",
        "last fup",
        "last visit",
        "last known",
        "last date",
        "lastcontact",
        "lastfu",
        "lfu",
        "lfd",
        "lstalvdt",
        "dolc",
        "censor date",
        "censoring date",
        "letzter kontakt",
        "letztkontakt",
        "letzte nachsorge",
        "letzte visite",
        "letzte vorstellung",
        "letztes follow up",
        "zuletzt gesehen",
        "zuletzt lebend",
        "dernieres nouvelles",
        "dernier contact",
        "derniere visite",
        "ultimo contacto",
        "ultima visita",
        "ultimo contatto",
        "ultimo seguimiento",
        "末次随访",
        "最后随访",
        "末次联系",
        "最后联系",
        "末次就诊",
        "末次访视",
        "最近随访",
        "最后一次随访",
        "最后一次联系",
        "末次存活",
    ],
    &["follow up", "followup", "fu", "随访"],
];
const NOT_LAST_CONTACT: &[&str] = &[
    "next",
    "first",
    "start",
    "progression",
    "进展",
    "首次",
    "下次",
    "开始",
    "cut",
    "cutoff",
    "截止",
];
const CUT_OFF: &[&str] = &[
    "cut off",
    "cutoff",
    "data cut",
    "dco",
    "数据截止",
    "截止日期",
    "截止时间",
    "截止",
];

/// The therapy after the one that is studied.
const NEW_THERAPY: &[&[&str]] = &[&[
    "new therapy",
    "new treatment",
    "new anticancer",
    "new anti cancer",
    "new cancer therapy",
    "new line",
    "next therapy",
    "next treatment",
    "next line",
    "next anticancer",
    "subsequent therapy",
    "subsequent treatment",
    "subsequent anticancer",
    "subsequent anti cancer",
    "subsequent line",
    "neue therapie",
    "neuer therapie",
    "neuen therapie",
    "neue tumortherapie",
    "neue behandlung",
    "folgetherapie",
    "folgelinie",
    "nachste therapie",
    "nachste linie",
    "nachste therapielinie",
    "nachsten therapie",
    "nachsten linie",
    "nachsten therapielinie",
    "nouveau traitement",
    "nouvelle therapie",
    "nouvelle ligne",
    "traitement suivant",
    "traitement ulterieur",
    "ligne suivante",
    "nuevo tratamiento",
    "nueva terapia",
    "nueva linea",
    "tratamiento posterior",
    "tratamiento siguiente",
    "siguiente tratamiento",
    "siguiente linea",
    "terapia posterior",
    "nuova terapia",
    "nuovo trattamento",
    "nuova linea",
    "terapia successiva",
    "trattamento successivo",
    "linea successiva",
    "后续治疗",
    "后续抗肿瘤",
    "后续用药",
    "后线治疗",
    "下一线",
    "新抗肿瘤",
    "新的抗肿瘤",
    "新的治疗",
]];
const NOT_NEW_THERAPY: &[&str] = &[
    "end",
    "stop",
    "stopped",
    "last",
    "response",
    "progression",
    "pd",
    "death",
    "ende",
    "progress",
    "fin",
    "progresion",
    "fine",
    "progressione",
    "结束",
    "停药",
    "停止",
    "进展",
    "死亡",
    "疗效",
];

/// Words by which a heading asks for a date.
const DATE: &[&str] = &["date", "dt", "dat", "datum", "fecha", "日期", "时间"];

/// Fills the roles of dates.
pub(super) fn guess(table: &Table, columns: &[Look<'_>], mapping: &mut Mapping) {
    let mostly_filled = |column: &Look<'_>| 2 * column.n() >= column.sample().count();
    let start = pick(columns, START, NOT_START, |column| {
        column.is_date() && mostly_filled(column) && !column.words.has_any(NEW_THERAPY[0])
    });
    let Some(start) = start else {
        return;
    };
    mapping.start = Some(start.name.to_owned());
    // Nobody may have progressed or died yet: then the column is empty, or says "pending" for a few.
    let dated = |column: &Look<'_>| {
        column.is_empty()
            || (column.is_date() && mostly_follows(start, column))
            || (column.words.has_any(DATE) && column.is_hardly_filled_with_texts(table))
    };
    let role = |classes, not| {
        let found = pick(columns, classes, not, |column| {
            column.name != start.name && dated(column)
        });
        found.map(|column| column.name.to_owned())
    };
    let clinical = |column: &Look<'_>| says_clinical_progression(&column.words);
    let progression = pick(columns, PROGRESSION, NOT_PROGRESSION, |column| {
        column.name != start.name && dated(column) && !clinical(column)
    });
    mapping.progression = progression.map(|column| column.name.to_owned());
    mapping.death = role(DEATH, NOT_DEATH);
    mapping.last_contact = role(LAST_CONTACT, NOT_LAST_CONTACT);
    let follows = |column: &Look<'_>| column.is_date() && mostly_follows(start, column);
    let new_therapy = pick(columns, NEW_THERAPY, NOT_NEW_THERAPY, follows);
    mapping.new_therapy = new_therapy.map(|column| column.name.to_owned());
    let clinical = only((columns.iter()).filter(|column| clinical(column) && follows(column)));
    mapping.clinical_progression = clinical.map(|column| column.name.to_owned());
}

/// The column named by the first class of phrases that any acceptable column has.
///
/// Among several of one class only the one whose heading is nothing else is beyond doubt.
fn pick<'c, 'a>(
    columns: &'c [Look<'a>],
    classes: &[&[&str]],
    not: &[&str],
    accept: impl Fn(&Look<'a>) -> bool,
) -> Option<&'c Look<'a>> {
    for class in classes {
        let found: Vec<&Look<'_>> = columns
            .iter()
            .filter(|column| column.words.has_any(class) && !column.words.has_any(not))
            .filter(|column| accept(column))
            .collect();
        if !found.is_empty() {
            let plain = |column: &&&Look<'_>| {
                class.iter().any(|phrase| {
                    let dated = [
                        (*phrase).to_owned(),
                        format!("{phrase} date"),
                        format!("date of {phrase}"),
                        format!("datum {phrase}"),
                        format!("{phrase}日期"),
                        format!("{phrase}时间"),
                    ];
                    dated.iter().any(|heading| column.words.is(heading))
                })
            };
            return only(found.iter().copied())
                .or_else(|| only(found.iter().filter(plain)).copied());
        }
    }
    None
}

/// Whether most dates of `later` are not before `start`, as far as both are known.
fn mostly_follows(start: &Look<'_>, later: &Look<'_>) -> bool {
    let (mut pairs, mut in_order) = (0, 0);
    for row in start.sample() {
        if let (Some(start), Some(later)) = (start.column.date(row), later.column.date(row)) {
            pairs += 1;
            in_order += usize::from(start <= later);
        }
    }
    2 * in_order >= pairs
}

/// A column that gives the same cut-off date in every row.
pub(super) fn cut_off(columns: &[Look<'_>]) -> Option<NaiveDate> {
    let column = only(
        columns
            .iter()
            .filter(|column| column.is_date() && column.words.has_any(CUT_OFF)),
    )?;
    let texts = column.distinct(1)?;
    let first = (column.sample()).find(|&row| !column.column.is_missing(row))?;
    (texts.len() == 1)
        .then(|| column.column.date(first))
        .flatten()
}

/// Where even the living have a "date of death" and nothing else says when they were last seen, the
/// column holds the date of death or last contact.
pub(super) fn death_or_last_contact(table: &Table, mapping: &mut Mapping) {
    let (Some(death), Some(died), None) = (&mapping.death, &mapping.died, &mapping.last_contact)
    else {
        return;
    };
    if share_dated(table, died, death, false) > 0.5 {
        mapping.last_contact = mapping.death.take();
    }
}

/// The share of those with (or without) the event who have a date; 0 when there are none.
pub(super) fn share_dated(table: &Table, status: &StatusColumn, dates: &str, event: bool) -> f64 {
    let nothing = Mapping::default();
    let view = |heading| View::new(table, &nothing, heading);
    let (Ok(dates), Ok(status_view)) = (view(dates), view(&status.column)) else {
        return 0.0;
    };
    // As evidence only: where some cells are marked, the empty ones are most likely without the event.
    let coded = Coded::new(status_view, &status.event_values, true);
    let (mut n, mut dated) = (0.0, 0.0);
    for row in (0..table.rows.len()).filter(|&row| coded.happened(row) == Some(event)) {
        n += 1.0;
        dated += f64::from(u8::from(!dates.is_missing(row)));
    }
    if n > 0.0 { dated / n } else { 0.0 }
}
