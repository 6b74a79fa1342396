//! How a sheet would be read as one of a kind, for a person who chooses it.

use serde::Serialize;

use super::look::Look;
use super::records::{
    Candidate, LESION, NEW_LESION, SUM, VISIT, VISIT_DATE, known_ids, named_patient_column,
    patient_column,
};
use super::wide;
use crate::cohort::heading::Heading;
use crate::cohort::{
    AdverseEventSheet, AssessmentSheet, LesionSheet, Mapping, RecordKind, TherapySheet, WidePart,
};
use crate::table::{Table, TableName};

/// How a sheet would be read as one of a kind: the part of the mapping that is about that kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    /// The kind.
    pub kind: RecordKind,
    /// What a person calls the sheet.
    pub label: String,
    /// A mapping that holds nothing else.
    pub mapping: Mapping,
}

/// How a sheet would be read as one of `kind`, for a person who chooses it; at least its patient ids,
/// where they can be told. The name without file and sheet stands for the patients' own.
pub fn propose(
    main: &Table,
    others: &[Table],
    mapping: &Mapping,
    kind: RecordKind,
    name: &TableName,
) -> Option<Proposal> {
    let own = (*name == TableName::default()).then_some(main);
    let mut found = others
        .iter()
        .filter(|table| table.name.as_ref() == Some(name));
    let table = found.next().or(own)?;
    let patient = match (own, &mapping.patient) {
        (Some(_), Some(heading)) => heading,
        // Ids that match nobody are said once the sheet is chosen.
        _ => (known_ids(main, mapping))
            .and_then(|known| patient_column(table, &known))
            .or_else(|| named_patient_column(table))
            .unwrap_or_default(),
    };
    let mut proposal = Proposal {
        kind,
        label: table.label().to_owned(),
        mapping: Mapping::default(),
    };
    let mut sheet = Candidate::new(table, name, patient);
    if !sheet.fill(kind, patient.to_owned(), &mut proposal.mapping)
        && !sheet.fill_wide(kind, patient, &mut proposal.mapping)
    {
        sheet.fill_empty(kind, patient, &mut proposal.mapping);
    }
    Some(proposal)
}

/// The sheets in which one row holds several visits or lesions, of the kinds that `mapping` has no
/// sheet of and that it does not read already: a person decides whether they are turned long.
pub fn wide_sheets(main: &Table, others: &[Table], mapping: &Mapping) -> Vec<Proposal> {
    let Some(known) = known_ids(main, mapping) else {
        return Vec::new();
    };
    let mut proposals: Vec<Proposal> = Vec::new();
    let own = TableName::default();
    let tables = std::iter::once((main, &own)).chain(
        others
            .iter()
            .filter_map(|table| Some((table, table.name.as_ref()?))),
    );
    let read = [
        mapping.lesions.as_ref().map(|sheet| &sheet.table),
        mapping.assessments.as_ref().map(|sheet| &sheet.table),
    ];
    for (table, name) in tables {
        if read.contains(&Some(name)) {
            continue;
        }
        let patient = match (table.name.is_none(), &mapping.patient) {
            (true, Some(heading)) => heading,
            _ => match patient_column(table, &known) {
                Some(heading) => heading,
                None => continue,
            },
        };
        for kind in [RecordKind::Lesions, RecordKind::Assessments] {
            let taken = match kind {
                RecordKind::Lesions => mapping.lesions.is_some(),
                _ => mapping.assessments.is_some(),
            };
            let mut proposal = Proposal {
                kind,
                label: table.label().to_owned(),
                mapping: Mapping::default(),
            };
            let known = |other: &Proposal| other.kind == kind;
            let mut sheet = Candidate::new(table, name, patient);
            if !taken
                && !proposals.iter().any(known)
                && sheet.fill_wide(kind, patient, &mut proposal.mapping)
            {
                proposals.push(proposal);
                break;
            }
        }
    }
    proposals
}

impl Candidate<'_> {
    /// [`Candidate::fill`] for a sheet in which one row holds several visits or lesions.
    fn fill_wide(&mut self, kind: RecordKind, patient: &str, mapping: &mut Mapping) -> bool {
        let date = (self.columns.iter())
            .find(|column| column.is_date() && column.words.has_any(VISIT_DATE));
        let date = date.map(|column| column.name);
        let mut used = vec![patient];
        used.extend(date.filter(|_| kind == RecordKind::Lesions));
        let Some((mut found, mut wide)) = wide::parts(self.table, &used) else {
            return false;
        };
        let mut lesion = None;
        if kind == RecordKind::Lesions && found == RecordKind::Assessments {
            // The lesions are rows, and their diameters stand where sums could.
            lesion = self.lesion_names(&wide);
            if lesion.is_some() {
                found = kind;
                wide::measure_lesions(&mut wide);
            }
        }
        let lesions = lesion.is_some() || wide.iter().all(|part| part.lesion.is_some());
        let dated = wide
            .iter()
            .all(|part| part.visit.is_some() || part.columns.contains_key("date"));
        match kind {
            RecordKind::Assessments if found == kind => {
                mapping.assessments = Some(AssessmentSheet {
                    table: self.name.clone(),
                    patient: patient.to_owned(),
                    wide,
                    ..AssessmentSheet::default()
                });
            }
            RecordKind::Lesions if found == kind && lesions && (dated || date.is_some()) => {
                mapping.lesions = Some(LesionSheet {
                    table: self.name.clone(),
                    patient: patient.to_owned(),
                    date: date.filter(|_| !dated).unwrap_or_default().to_owned(),
                    visit: if dated { None } else { self.column(VISIT) },
                    lesion: lesion.unwrap_or_default(),
                    wide,
                    ..LesionSheet::default()
                });
            }
            RecordKind::Lesions
            | RecordKind::Assessments
            | RecordKind::AdverseEvents
            | RecordKind::Therapies => return false,
        }
        true
    }

    /// The column that names the lesion of each row, where rows are lesions: filled, and no visit has a sum.
    fn lesion_names(&mut self, wide: &[WidePart]) -> Option<String> {
        let headings = || wide.iter().flat_map(|part| part.columns.values());
        if headings().any(|heading| Heading::new(heading).has_any(SUM)) {
            return None;
        }
        let names = |column: &Look<'_>| {
            let filled = 2 * column.n() > column.sample().count();
            !column.is_date() && filled && !column.words.has_any(NEW_LESION)
        };
        self.find(LESION, names).map(str::to_owned)
    }

    /// The sheet and its patient ids only: the rest is for a person to choose.
    fn fill_empty(&self, kind: RecordKind, patient: &str, mapping: &mut Mapping) {
        let (table, patient) = (self.name.clone(), patient.to_owned());
        match kind {
            RecordKind::Assessments => {
                mapping.assessments = Some(AssessmentSheet {
                    table,
                    patient,
                    ..AssessmentSheet::default()
                });
            }
            RecordKind::Lesions => {
                mapping.lesions = Some(LesionSheet {
                    table,
                    patient,
                    ..LesionSheet::default()
                });
            }
            RecordKind::AdverseEvents => {
                mapping.adverse_events = Some(AdverseEventSheet {
                    table,
                    patient,
                    ..AdverseEventSheet::default()
                });
            }
            RecordKind::Therapies => {
                mapping.therapies = Some(TherapySheet {
                    table,
                    patient,
                    ..TherapySheet::default()
                });
            }
        }
    }
}
