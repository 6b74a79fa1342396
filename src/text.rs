//! Message ids and arguments into words, in the chosen language.
//!
//! The catalogues are `locales/<language>/*.ftl` (Fluent). A second language needs only new files:
//! `build.rs` embeds whatever stands there. A message missing in a language falls back to English.

/// A value that a message can hold.
pub type Argument<'a> = (&'a str, fluent_bundle::FluentValue<'a>);

/// The words of one language.
pub struct Text {}

impl Text {
    /// The catalogue of a language (BCP 47); English when there is none for it.
    pub fn new(language: &str) -> Self {
        todo!("{language}")
    }

    /// The languages that there are, with their own names: (`en`, `English`).
    pub fn languages() -> Vec<(String, String)> {
        todo!()
    }

    /// The message of that id. An unknown id comes back as itself, so that it is seen; a test finds it.
    pub fn get(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The message of that id with its arguments.
    pub fn with(&self, id: &str, arguments: &[Argument<'_>]) -> String {
        todo!("{id} {arguments:?}")
    }

    /// The same with arguments as JSON strings and numbers, as they come from the page.
    pub fn with_json(
        &self,
        id: &str,
        arguments: &std::collections::BTreeMap<String, serde_json::Value>,
    ) -> String {
        todo!("{id} {arguments:?}")
    }
}
