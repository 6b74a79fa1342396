//! The wasm door: decode, call, encode. No rule, number or sentence is made here.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Error as JsError, Function, JSON};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::analysis::{Analysis, ArrangementCounts, Arrangements, Outcome};
use crate::cohort::{Endpoint, Mapping, RecordKind, is_taken_by_rule};
use crate::figure::{self, Scene};
use crate::format::Style;
use crate::report::{self, Block, Origin, ReportFormat, Section};
use crate::study::{SavedAnalysis, SavedStudy};
use crate::table::TableName;
use crate::text::Text;
use crate::{Error, Study};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn console_error(text: &str);
}

/// Says in the console why an instance broke down.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| console_error(&panic.to_string())));
}

/// An open spreadsheet (`types.d.ts` describes every value that crosses).
#[wasm_bindgen]
pub struct Session(Study);

#[wasm_bindgen]
impl Session {
    /// Opens the bytes of a file.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8], file_name: &str, reading: JsValue) -> Result<Session, JsValue> {
        Study::open(bytes, file_name, decode(reading)?)
            .map(Session)
            .map_err(thrown)
    }

    /// `Source`: where the table came from and how it was read.
    pub fn source(&self) -> Result<JsValue, JsValue> {
        encode(&self.0.table().source)
    }

    /// Opens another file beside the first, in place of one of the same name.
    pub fn add(&mut self, bytes: &[u8], file_name: &str, reading: JsValue) -> Result<(), JsValue> {
        (self.0.add(bytes, file_name, decode(reading)?)).map_err(thrown)
    }

    /// Closes a file that was opened beside the first.
    pub fn remove(&mut self, file_name: &str) {
        self.0.remove(file_name);
    }

    /// `TableSummary[]`: the patients' table, then the others.
    pub fn tables(&self) -> Result<JsValue, JsValue> {
        encode(&self.0.tables())
    }

    /// `UnreadSheet[]`: the other sheets that could not be read.
    pub fn unread(&self) -> Result<JsValue, JsValue> {
        encode(self.0.unread())
    }

    /// `ColumnSummary[]`: headings, types, values of a table (`TableName`; the patients' if left out).
    pub fn columns(&self, table: JsValue) -> Result<JsValue, JsValue> {
        encode(
            &self
                .0
                .columns(table_name(table)?.as_ref())
                .map_err(thrown)?,
        )
    }

    /// How many data rows there are.
    pub fn row_count(&self) -> usize {
        self.0.table().rows.len()
    }

    /// `GridRow[]`: `count` rows of a table from data row `from` (0-based), corrections applied.
    pub fn rows(&self, from: usize, count: usize, table: JsValue) -> Result<JsValue, JsValue> {
        let name = table_name(table)?;
        encode(&self.0.rows(name.as_ref(), from, count).map_err(thrown)?)
    }

    /// `Mapping`: a proposal.
    pub fn guess(&self) -> Result<JsValue, JsValue> {
        encode(&self.0.guess())
    }

    /// `Suggestion`: how one column of a table would be read in a role.
    pub fn suggest(&self, heading: &str, table: JsValue) -> Result<JsValue, JsValue> {
        let name = table_name(table)?;
        encode(&self.0.suggest(heading, name.as_ref()).map_err(thrown)?)
    }

    /// `Mapping` in, `ColumnSummary[]` out: what the roles choose from.
    #[wasm_bindgen(js_name = roleColumns)]
    pub fn role_columns(&self, mapping: JsValue) -> Result<JsValue, JsValue> {
        let mapping: Mapping = decode(mapping)?;
        encode(&self.0.role_columns(&mapping).map_err(thrown)?)
    }

    /// `TableName | null`: the table of the patients, where that is evidently another.
    #[wasm_bindgen(js_name = tableOfPatients)]
    pub fn table_of_patients(&self) -> Result<JsValue, JsValue> {
        encode(&self.0.table_of_patients())
    }

    /// How a sheet would be read as one of a kind: that part of a mapping; `null` for no such sheet.
    pub fn propose(
        &self,
        mapping: JsValue,
        kind: JsValue,
        table: JsValue,
    ) -> Result<JsValue, JsValue> {
        let (mapping, kind): (Mapping, RecordKind) = (decode(mapping)?, decode(kind)?);
        let proposal = self.0.propose(&mapping, kind, &decode::<TableName>(table)?);
        encode(&proposal.map(|proposal| proposal.mapping))
    }

    /// `Mapping` in, `WideSheet[]` out: the sheets that can be turned long.
    #[wasm_bindgen(js_name = wideSheets)]
    pub fn wide_sheets(&self, mapping: JsValue) -> Result<JsValue, JsValue> {
        let mapping: Mapping = decode(mapping)?;
        encode(&self.0.wide_sheets(&mapping))
    }

    /// `RecordsInWords | null`: `count` records of a kind from record `from` (0-based), as the mapping
    /// reads them.
    pub fn records(
        &self,
        mapping: JsValue,
        kind: JsValue,
        from: usize,
        count: usize,
        language: &str,
    ) -> Result<JsValue, JsValue> {
        let (mapping, kind): (Mapping, RecordKind) = (decode(mapping)?, decode(kind)?);
        let read = self
            .0
            .records(&mapping, kind, from, count)
            .map_err(thrown)?;
        encode(&read.map(|read| report::records(kind, &read, &words(language))))
    }

    /// `RecordKindInWords[]`: the kinds of sheets with several rows a patient, and what their columns can be.
    #[wasm_bindgen(js_name = recordKinds)]
    pub fn record_kinds(&self, language: &str) -> Result<JsValue, JsValue> {
        encode(&report::record_kinds(&words(language)))
    }

    /// `Mapping` in, `Assigned` out.
    pub fn assign(&mut self, mapping: JsValue, language: &str) -> Result<JsValue, JsValue> {
        let mapping: Mapping = decode(mapping)?;
        let (cohort, issues) = self.0.assign(mapping).map_err(thrown)?;
        encode(&report::assigned(cohort, &issues, &words(language)))
    }

    /// `DerivedRow[]`: what `count` patients from patient `from` contribute to an endpoint, and why.
    pub fn derived(
        &self,
        endpoint: JsValue,
        from: usize,
        count: usize,
        style: JsValue,
        language: &str,
    ) -> Result<JsValue, JsValue> {
        let endpoint: Endpoint = decode(endpoint)?;
        let style: Style = decode(style)?;
        let text = words(language);
        encode(
            &self
                .0
                .cohort()
                .map(|cohort| report::derived(cohort, endpoint, from, count, &style, &text)),
        )
    }

    /// `AnalysisForm[]`, labels in words.
    pub fn forms(&self, language: &str) -> Result<JsValue, JsValue> {
        encode(&report::forms_in_words(self.0.forms(), &words(language)))
    }

    /// `Analysis[]`: what a first look begins with.
    #[wasm_bindgen(js_name = firstAnalyses)]
    pub fn first_analyses(&self) -> Result<JsValue, JsValue> {
        encode(&self.0.first_analyses())
    }

    /// `Analysis[]` in, `Planned[]` out: all that the cohort allows, among those that are present.
    #[wasm_bindgen(js_name = allAnalyses)]
    pub fn all_analyses(&self, present: JsValue) -> Result<JsValue, JsValue> {
        let present: Vec<Analysis> = decode(present)?;
        encode(&self.0.all_analyses(&present))
    }

    /// `Analysis` in, `Run` out. `progress` is called with the share done, if given.
    ///
    /// With `counted`, work that can be shared is not done here: the `Run` holds it as `work`, and is wanted again with
    /// what [`count_part`] made of all its parts.
    pub fn run(
        &self,
        analysis: JsValue,
        style: JsValue,
        language: &str,
        progress: Option<Function>,
        counted: Option<Vec<String>>,
    ) -> Result<Run, JsValue> {
        let analysis: Analysis = decode(analysis)?;
        let style: Style = decode(style)?;
        let mut tell = teller(progress);
        let (outcome, work) = match counted {
            None => (
                self.0.run(&analysis, &mut tell).map_err(thrown)?,
                Vec::new(),
            ),
            Some(parts) => {
                let parts = (parts.iter().map(|part| read(part))).collect::<Result<Vec<_>, _>>()?;
                (self.0.run_shared(&analysis, &parts, &mut tell)).map_err(thrown)?
            }
        };
        let text = words(language);
        Ok(Run {
            scenes: figure::layout(&outcome, &style, &text),
            blocks: report::shortened(report::compose(&outcome, &style, &text), &text),
            work: (!work.is_empty()).then(|| written(&work)),
            outcome,
        })
    }

    /// The text of a `.oncurve.json` file: mapping and analyses, never data. In: `{style, analyses}`.
    pub fn save(&self, style: JsValue, analyses: JsValue) -> Result<String, JsValue> {
        Ok(self.0.save(decode(style)?, decode(analyses)?).to_text())
    }

    /// A document of the sections `[{title, analysis}]`: see `ReportFormat`.
    pub fn report(
        &self,
        format: JsValue,
        sections: JsValue,
        style: JsValue,
        language: &str,
    ) -> Result<String, JsValue> {
        let format: ReportFormat = decode(format)?;
        let sections: Vec<SavedAnalysis> = decode(sections)?;
        let style: Style = decode(style)?;
        let text = words(language);
        let sections = sections
            .into_iter()
            .map(|SavedAnalysis { title, analysis }| {
                let outcome = self.0.run(&analysis, &mut |_| ())?;
                Ok(Section::new(title, &outcome, &style, &text))
            })
            .collect::<Result<Vec<_>, Error>>()
            .map_err(thrown)?;
        let joined = self.0.joined_columns().map_err(thrown)?;
        Ok(report::document(
            format,
            &sections,
            Origin {
                mapping: self.0.mapping(),
                source: &self.0.table().source,
                reading: self.0.reading(),
                cohort: self.0.cohort(),
                joined: &joined,
            },
            &text,
        ))
    }
}

/// The result of one analysis.
#[wasm_bindgen]
pub struct Run {
    outcome: Outcome,
    scenes: Vec<Scene>,
    blocks: Vec<Block>,
    work: Option<String>,
}

#[wasm_bindgen]
impl Run {
    /// `Outcome`: unrounded numbers.
    #[wasm_bindgen(getter)]
    pub fn outcome(&self) -> Result<JsValue, JsValue> {
        encode(&self.outcome)
    }

    /// `Block[]`: finished text. Long tables are shortened and say so; the csv of `report` holds them whole.
    #[wasm_bindgen(getter)]
    pub fn blocks(&self) -> Result<JsValue, JsValue> {
        encode(&self.blocks)
    }

    /// `Scene[]`: laid-out figures.
    #[wasm_bindgen(getter)]
    pub fn scenes(&self) -> Result<JsValue, JsValue> {
        encode(&self.scenes)
    }

    /// What is to be counted before this means anything: for [`count_part`].
    #[wasm_bindgen(getter)]
    pub fn work(&self) -> Option<String> {
        self.work.clone()
    }

    /// Figure `index` as an SVG document.
    pub fn svg(&self, index: usize) -> Option<String> {
        self.scenes.get(index).map(figure::svg)
    }
}

/// Counts part number `part` (from 0) of `parts` of the `work` of a run, for `Session.run`. Needs no session.
#[wasm_bindgen]
pub fn count_part(
    work: &str,
    part: usize,
    parts: usize,
    progress: Option<Function>,
) -> Result<String, JsValue> {
    let work: Vec<Arrangements> = read(work)?;
    let (mut tell, all) = (teller(progress), work.len() as f64);
    let counts: Vec<ArrangementCounts> = (work.iter().enumerate())
        .map(|(i, work)| work.part(part, parts, &mut |share| tell((i as f64 + share) / all)))
        .collect();
    Ok(written(&counts))
}

/// Paints a `Scene` on a canvas with `scale` device pixels to the point.
#[wasm_bindgen]
pub fn paint(scene: JsValue, canvas: HtmlCanvasElement, scale: f64) -> Result<(), JsValue> {
    let scene: Scene = decode(scene)?;
    figure::canvas::paint(&scene, canvas, scale)
        .map_err(|error| JsError::new(&error.to_string()).into())
}

/// A `Scene` as an SVG document.
#[wasm_bindgen]
pub fn svg(scene: JsValue) -> Result<String, JsValue> {
    Ok(figure::svg(&decode(scene)?))
}

/// The message of that id with its arguments (an object of strings and numbers).
#[wasm_bindgen]
pub fn message(language: &str, id: &str, arguments: JsValue) -> Result<String, JsValue> {
    let arguments: std::collections::BTreeMap<String, serde_json::Value> = decode(arguments)?;
    Ok(words(language).with_json(id, &arguments))
}

/// `[tag, name][]`: the languages that there are.
#[wasm_bindgen]
pub fn languages() -> Result<JsValue, JsValue> {
    encode(&Text::languages())
}

/// What to say of an error thrown by a session: its `cause` in, a sentence out.
#[wasm_bindgen]
pub fn error_sentence(language: &str, cause: JsValue) -> Result<String, JsValue> {
    let cause: serde_json::Value = decode(cause)?;
    Ok(report::error_sentence(&cause, &words(language)))
}

/// Whether an endpoint of the person's own cannot have a name, because one that is derived by rule has it.
#[wasm_bindgen]
pub fn endpoint_name_taken(name: &str) -> bool {
    is_taken_by_rule(name)
}

/// A table `Block` in, `{html, text}` for the clipboard out; `null` for any other block.
#[wasm_bindgen]
pub fn table_for_clipboard(block: JsValue) -> Result<JsValue, JsValue> {
    let block: Block = decode(block)?;
    encode(&report::table_for_clipboard(&block))
}

/// `SavedStudy`: reads the text of a `.oncurve.json` file.
#[wasm_bindgen]
pub fn restore(text: &str) -> Result<JsValue, JsValue> {
    let saved = SavedStudy::from_text(text).map_err(|error| thrown(error.into()))?;
    encode(&saved)
}

/// The catalogue of a language, kept: the page asks for its words one by one.
fn words(language: &str) -> Rc<Text> {
    thread_local! {
        static LAST: RefCell<Option<(String, Rc<Text>)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| match last {
        Some((tag, text)) if tag == language => text.clone(),
        _ => {
            let text = Rc::new(Text::new(language));
            *last = Some((language.to_owned(), text.clone()));
            text
        }
    })
}

/// `null` for `None` and plain objects for maps, so that JavaScript sees what `serde_json` writes.
fn encode<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    let json = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&json).map_err(JsValue::from)
}

/// `undefined` stands for the default of a type that has one.
///
/// What comes in is small and is read as JSON text, by the code that reads saved studies; a second reader of
/// the same types would be 100 kB of wasm.
fn decode<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    let text = if value.is_undefined() {
        "{}".to_owned()
    } else {
        // A function has no text, which is no value of any type.
        JSON::stringify(&value)?.as_string().unwrap_or_default()
    };
    read(&text)
}

/// What a helper is handed, and hands back.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, JsValue> {
    serde_json::from_str(text).map_err(refused)
}

fn written<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain data always serialises")
}

/// Tells a listener of the share done.
fn teller(progress: Option<Function>) -> impl FnMut(f64) {
    move |share| {
        if let Some(progress) = &progress {
            // A listener that throws must not break the analysis.
            let _ = progress.call1(&JsValue::NULL, &share.into());
        }
    }
}

/// A table by its name; the patients' where it is left out or `null`.
fn table_name(value: JsValue) -> Result<Option<TableName>, JsValue> {
    if value.is_undefined() {
        return Ok(None);
    }
    decode(value)
}

/// A value that is not of the type that it should have.
fn refused(error: serde_json::Error) -> JsValue {
    JsError::new(&error.to_string()).into()
}

/// An `Error` whose `cause` is the serialised variant: `{code, …fields}`.
fn thrown(error: Error) -> JsValue {
    let js = JsError::new(&error.to_string());
    if let Ok(cause) = encode(&error) {
        js.set_cause(&cause);
    }
    js.into()
}
