//! Message ids and arguments into words, in the chosen language.
//!
//! The catalogues are `locales/<language>/*.ftl` (Fluent). A second language needs only new files:
//! `build.rs` embeds whatever stands there. A message missing in a language falls back to English.

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A value that a message can hold.
pub type Argument<'a> = (&'a str, FluentValue<'a>);

/// Every catalogue: (language, file name, source).
static CATALOGUES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalogues.rs"));

/// The language that every message exists in.
const FALLBACK: &str = "en";

/// The file of a language that holds its own name.
const NAME_FILE: &str = "language.ftl";

/// The words of one language.
pub struct Text {
    /// The chosen language, then English.
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl Text {
    /// The catalogue of a language (BCP 47); English when there is none for it.
    pub fn new(language: &str) -> Self {
        let mut tags = vec![FALLBACK];
        if let Some(tag) = best_match(language).filter(|&tag| tag != FALLBACK) {
            tags.insert(0, tag);
        }
        Self::of(&tags, |_| true)
    }

    fn of(tags: &[&str], file: impl Fn(&str) -> bool) -> Self {
        Self {
            bundles: tags.iter().map(|tag| bundle(tag, &file)).collect(),
        }
    }

    /// The languages that there are, with their own names: (`en`, `English`).
    pub fn languages() -> Vec<(String, String)> {
        tags()
            .map(|tag| {
                // Only the file of the name: the page asks at its start.
                let name = Text::of(&[tag], |file| file == NAME_FILE).get("language-name");
                (tag.to_owned(), name)
            })
            .collect()
    }

    /// The message of that id. An unknown id comes back as itself, so that it is seen; a test finds it.
    pub fn get(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The message of that id with its arguments.
    pub fn with(&self, id: &str, arguments: &[Argument<'_>]) -> String {
        let arguments: FluentArgs<'_> = arguments
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        self.bundles
            .iter()
            .find_map(|bundle| {
                let pattern = bundle.get_message(id)?.value()?;
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
                debug_assert!(errors.is_empty(), "{id}: {errors:?}");
                Some(text.into_owned())
            })
            .unwrap_or_else(|| id.to_owned())
    }

    /// The same with arguments as JSON strings and numbers, as they come from the page.
    pub fn with_json(&self, id: &str, arguments: &BTreeMap<String, serde_json::Value>) -> String {
        let arguments: Vec<Argument<'_>> = arguments
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    serde_json::Value::String(text) => FluentValue::from(text.as_str()),
                    serde_json::Value::Number(number) => {
                        FluentValue::from(number.as_f64().unwrap_or_default())
                    }
                    other => FluentValue::from(other.to_string()),
                };
                (name.as_str(), value)
            })
            .collect();
        self.with(id, &arguments)
    }
}

/// The tags of the catalogues, each once, in alphabetical order.
fn tags() -> impl Iterator<Item = &'static str> {
    let mut previous = "";
    CATALOGUES.iter().filter_map(move |&(tag, _, _)| {
        (tag != std::mem::replace(&mut previous, tag)).then_some(tag)
    })
}

/// The catalogue of exactly that language, else of the same language in another region.
fn best_match(language: &str) -> Option<&'static str> {
    let wanted: LanguageIdentifier = language.parse().ok()?;
    tags().find(|tag| *tag == language).or_else(|| {
        tags().find(|tag| {
            tag.parse::<LanguageIdentifier>()
                .is_ok_and(|has| has.language == wanted.language)
        })
    })
}

fn bundle(tag: &str, wanted: impl Fn(&str) -> bool) -> FluentBundle<FluentResource> {
    let language = tag
        .parse()
        .expect("the folders of locales/ are language tags");
    let mut bundle = FluentBundle::new(vec![language]);
    // Isolation marks would travel into file names, spreadsheets and journals.
    bundle.set_use_isolating(false);
    for (_, file, source) in CATALOGUES
        .iter()
        .filter(|(language, file, _)| *language == tag && wanted(file))
    {
        let resource = FluentResource::try_new((*source).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{tag}/{file}: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{tag}/{file}: {errors:?}");
        }
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_parses_and_names_its_language() {
        for (tag, name) in Text::languages() {
            assert!(name != "language-name", "{tag} has no language-name");
        }
    }

    #[test]
    fn an_unknown_language_is_english() {
        assert_eq!(Text::new("tlh").get("language-name"), "English");
        assert_eq!(Text::new("en-GB").get("language-name"), "English");
    }

    #[test]
    fn an_unknown_message_comes_back_as_its_id() {
        assert_eq!(Text::new("en").get("no-such-message"), "no-such-message");
    }
}
