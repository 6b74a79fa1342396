//! The layers import one another only along the arrows of `ARCHITECTURE.md`, and a few rules of style
//! that a reader would have to look for. Every rule is shown to fail on a sample that breaks it.

use std::fs;
use std::path::{Path, PathBuf};

/// Layer → what it may import besides itself.
///
/// `format` knows the units of time, and `figure` and `report` the endpoints, units, issues and sources
/// that they put into words: plain types of `cohort` and `table`, which an `Outcome` holds.
const ARROWS: &[(&str, &[&str])] = &[
    ("math", &[]),
    ("format", &["cohort"]),
    ("text", &[]),
    ("table", &[]),
    ("stats", &["math"]),
    ("recist", &[]),
    ("cohort", &["recist", "table"]),
    ("analysis", &["cohort", "recist", "stats"]),
    (
        "figure",
        &["analysis", "cohort", "format", "recist", "text"],
    ),
    (
        "report",
        &[
            "analysis", "cohort", "figure", "format", "recist", "table", "text",
        ],
    ),
    ("error", &["analysis", "cohort", "study", "table"]),
    ("study", &["analysis", "cohort", "error", "format", "table"]),
    (
        "wasm",
        &[
            "analysis", "cohort", "error", "figure", "format", "report", "study", "table", "text",
        ],
    ),
];

/// The longest file that is let through.
const MAX_LINES: usize = 800;

#[test]
fn imports_follow_the_arrows() {
    let sources = sources("src", "rs");
    assert!(sources.len() > ARROWS.len(), "the sources are found");
    let wrong: Vec<String> = sources
        .iter()
        .flat_map(|(path, source)| wrong_imports(&module_of(path), source))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_layer_is_in_the_table() {
    let layers: std::collections::BTreeSet<String> = sources("src", "rs")
        .iter()
        .filter_map(|(path, _)| module_of(path).into_iter().next())
        .collect();
    let listed = ARROWS
        .iter()
        .map(|(layer, _)| (*layer).to_owned())
        .collect();
    assert_eq!(layers, listed);
}

#[test]
fn an_import_against_the_arrows_is_found_however_it_is_written() {
    let analysis = ["analysis".to_owned(), "survival".to_owned()];
    for sample in [
        "use crate::report::Block;",
        "use crate::{cohort::Cohort, report::{self, Block}};",
        "use super::super::report::Block;",
        "use super::{Exclusion, super::report};",
        "fn f() -> crate::report::Block { todo!() }",
        "mod tests { use super::super::super::report::Block; }",
        "use crate :: report :: Block;",
        "fn f(text: &'static str, quote: char) -> bool { quote == '\"' && crate::report::ok(text) }",
        "const S: &str = r#\"\"crate::cohort\"#; use crate::report::Block;",
    ] {
        let found = wrong_imports(&analysis, sample);
        assert_eq!(found, ["analysis/survival → report"], "{sample}");
    }
}

#[test]
fn an_import_along_the_arrows_is_let_through() {
    let analysis = ["analysis".to_owned(), "survival".to_owned()];
    for sample in [
        "use crate::{cohort::Cohort, stats::*};",
        "use super::{AnalysisError, Exclusion};",
        "mod tests { use super::*; use super::super::form; }",
        "// use crate::report::Block;",
        "/* use crate::report::Block; /* nested */ use crate::figure; */",
        "/// See [`crate::report`].\nfn f() {}",
        "const S: &str = \"use crate::report::Block; \\\" crate::figure\";",
        "const S: &str = r#\"crate::report \" crate::figure\"#;",
    ] {
        assert_eq!(wrong_imports(&analysis, sample), [""; 0], "{sample}");
    }
}

#[test]
fn no_file_is_longer_than_the_ceiling() {
    let long: Vec<String> = ["src", "tests", "www"]
        .iter()
        .flat_map(|folder| ["rs", "js", "mjs", "ts"].map(|extension| sources(folder, extension)))
        .flatten()
        .filter(|(_, source)| is_too_long(source))
        .map(|(path, source)| format!("{}: {} lines", path.display(), source.lines().count()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
    assert!(is_too_long(&"line\n".repeat(MAX_LINES + 1)));
    assert!(!is_too_long(&"line\n".repeat(MAX_LINES)));
}

#[test]
fn numbers_are_rounded_in_format_only() {
    let elsewhere: Vec<String> = sources("src", "rs")
        .iter()
        .filter(|(path, source)| module_of(path) != ["format"] && rounds(source))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
    for sample in [
        "format!(\"{:.1}\", x)",
        "format!(\"{x:.digits$}\")",
        "format!(\"{0:>8.3}\", x)",
        "format!(\"{x:+.2e}\")",
        "format!(\"{:.*}\", 2, x)",
    ] {
        assert!(rounds(sample), "{sample}");
    }
    for sample in [
        "format!(\"{x:?}\")",
        "format!(\"{x}: {y}.\")",
        "match x { A { b: .. } => 1 }",
        "// {:.1}",
        "let S { a, .. } = s;",
        "body{font:11pt/1.45 Calibri;margin:2em}",
        "th{width:1.5em}",
    ] {
        assert!(!rounds(sample), "{sample}");
    }
}

/// What the page's scripts may not contain, and why.
const FORBIDDEN_IN_SCRIPTS: &[(&str, &str)] = &[
    ("innerHTML", "text is never parsed as HTML"),
    ("outerHTML", "text is never parsed as HTML"),
    ("insertAdjacentHTML", "text is never parsed as HTML"),
    ("document.write", "text is never parsed as HTML"),
    ("unsafeHTML", "text is never parsed as HTML"),
    ("toFixed", "numbers arrive as finished text"),
    ("toPrecision", "numbers arrive as finished text"),
    ("Intl.NumberFormat", "numbers arrive as finished text"),
    ("eval(", "the policy forbids it"),
    ("new Function", "the policy forbids it"),
];

#[test]
fn scripts_parse_no_html_and_round_nothing() {
    // The one script that names the ways for markup is the one that closes them.
    let found: Vec<String> = sources("www", "js")
        .iter()
        .filter(|(path, _)| !path.ends_with("www/doors.js"))
        .flat_map(|(path, source)| {
            forbidden(source).map(move |(word, why)| format!("{}: {word} ({why})", path.display()))
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
    let words: Vec<&str> = forbidden("row.innerHTML = n.toFixed(2);")
        .map(|(word, _)| *word)
        .collect();
    assert_eq!(words, ["innerHTML", "toFixed"]);
}

fn forbidden(source: &str) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    FORBIDDEN_IN_SCRIPTS
        .iter()
        .filter(move |(word, _)| source.contains(word))
}

fn is_too_long(source: &str) -> bool {
    source.lines().count() > MAX_LINES
}

/// Whether a format string asks for a number of decimals: `{:.1}`, `{x:>8.3}`.
fn rounds(source: &str) -> bool {
    source.lines().any(|line| {
        let code = line.trim_start();
        !code.starts_with("//")
            && code.split('{').skip(1).any(|piece| {
                let Some((inside, _)) = piece.split_once('}') else {
                    return false;
                };
                let Some((name, format)) = inside.split_once(':') else {
                    return false;
                };
                let named = name.chars().all(|c| c.is_alphanumeric() || c == '_');
                let Some((before, precision)) = format.split_once('.') else {
                    return false;
                };
                let padded = before
                    .chars()
                    .all(|c| c.is_alphanumeric() || "_$<^>+-#".contains(c));
                let digits = precision.trim_end_matches(['e', 'E', '?']);
                let counted = digits == "*"
                    || digits.ends_with('$')
                    || !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
                named && padded && counted
            })
    })
}

/// The files of a folder and its folders, with their text; paths count from the repository.
fn sources(folder: &str, extension: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                // The bindings are written by the build.
                if !path.ends_with("www/pkg") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|found| found == extension) {
                let source = fs::read_to_string(&path).expect("sources are UTF-8");
                let path = path.strip_prefix(root).expect("it is inside").to_owned();
                found.push((path, source));
            }
        }
    }
    found.sort();
    found
}

/// `src/stats/cox/mod.rs` → `["stats", "cox"]`; `src/lib.rs` → `[]`.
fn module_of(path: &Path) -> Vec<String> {
    let mut module: Vec<String> = path
        .with_extension("")
        .iter()
        .skip(1)
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
        module.pop();
    }
    module
}

/// The imports of a module that no arrow allows, as `analysis/survival → report`.
fn wrong_imports(module: &[String], source: &str) -> Vec<String> {
    let Some(layer) = module.first() else {
        return Vec::new(); // lib.rs names every layer
    };
    let allowed = ARROWS
        .iter()
        .find(|(name, _)| name == layer)
        .map_or(&[][..], |(_, allowed)| allowed);
    let mut wrong: Vec<String> = imports(module, source)
        .into_iter()
        .filter(|import| import != layer && !allowed.contains(&import.as_str()))
        .map(|import| format!("{} → {import}", module.join("/")))
        .collect();
    wrong.sort();
    wrong.dedup();
    wrong
}

/// The layers that a module names, through `crate` or `super`.
fn imports(module: &[String], source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // The modules written inside the file that are open, each with the depth of its braces.
    let mut inside: Vec<(usize, String)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if inside.last().is_some_and(|(opened, _)| *opened == depth) {
                    inside.pop();
                }
            }
            "mod" if tokens.get(at + 2).is_some_and(|token| token == "{") => {
                inside.push((depth, tokens[at + 1].clone()));
            }
            "crate" | "super" if at == 0 || tokens[at - 1] != "::" => {
                let here = module.iter().chain(inside.iter().map(|(_, name)| name));
                at = paths(&tokens, at, &here.cloned().collect::<Vec<_>>(), &mut found);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Follows the path that starts at `at` from the module `base`, groups included; returns where it ends.
fn paths(tokens: &[String], mut at: usize, base: &[String], found: &mut Vec<String>) -> usize {
    let mut base = base.to_vec();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("crate") => base.clear(),
            Some("super") => {
                base.pop();
            }
            Some("self") => {}
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = if tokens[at] == "," {
                        at + 1
                    } else {
                        paths(tokens, at, &base, found)
                    };
                }
                return at + 1;
            }
            Some(name) => {
                base.push(name.to_owned());
                found.push(layer_of(&base[0]));
                // Past the first name only the end of the path matters.
                while tokens.get(at + 1).is_some_and(|token| token == "::") {
                    at += 2;
                    if tokens.get(at).is_some_and(|token| token == "{") {
                        return paths(tokens, at, &base, found);
                    }
                }
                return skip_rename(tokens, at + 1);
            }
            None => return at,
        }
        if tokens.get(at + 1).is_none_or(|token| token != "::") {
            return skip_rename(tokens, at + 1);
        }
        at += 2;
    }
}

/// Past `as name`.
fn skip_rename(tokens: &[String], at: usize) -> usize {
    if tokens.get(at).is_some_and(|token| token == "as") {
        at + 2
    } else {
        at
    }
}

/// What `lib.rs` re-exports belongs to the layer that defines it.
fn layer_of(name: &str) -> String {
    match name {
        "Error" => "error",
        "Study" => "study",
        layer => layer,
    }
    .to_owned()
}

/// Names, `::` and single signs; without comments, strings and characters.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.split_once('\n').map_or("", |(_, after)| after);
        } else if rest.starts_with("/*") {
            rest = past_comment(rest);
        } else if first == '"' {
            rest = past_string(&rest[1..]);
        } else if let Some(after) = past_raw_string(rest) {
            rest = after;
        } else if first == '\'' {
            rest = past_character(rest);
        } else if first.is_alphabetic() || first == '_' {
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            tokens.push(rest[..end].to_owned());
            rest = &rest[end..];
        } else if let Some(after) = rest.strip_prefix("::") {
            tokens.push("::".to_owned());
            rest = after;
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

/// Past a block comment, nested ones included.
fn past_comment(source: &str) -> &str {
    let mut depth = 0;
    let mut rest = source;
    loop {
        if let Some(after) = rest.strip_prefix("/*") {
            depth += 1;
            rest = after;
        } else if let Some(after) = rest.strip_prefix("*/") {
            depth -= 1;
            rest = after;
            if depth == 0 {
                return rest;
            }
        } else if let Some(first) = rest.chars().next() {
            rest = &rest[first.len_utf8()..];
        } else {
            return rest;
        }
    }
}

/// Past the rest of a string whose opening quote is gone.
fn past_string(source: &str) -> &str {
    let mut escaped = false;
    for (at, sign) in source.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return &source[at + 1..],
            _ => {}
        }
    }
    ""
}

/// Past `r"…"` or `r#"…"#`, if one starts here.
fn past_raw_string(source: &str) -> Option<&str> {
    let after = source.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let text = after[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(text.split_once(&end).map_or("", |(_, after)| after))
}

/// Past `'x'` or `'\n'`, or past the quote of a lifetime.
fn past_character(source: &str) -> &str {
    let mut signs = source.char_indices().skip(1);
    match signs.next() {
        Some((_, '\\')) => source[3..].split_once('\'').map_or("", |(_, after)| after),
        Some((at, sign)) => {
            let after = &source[at + sign.len_utf8()..];
            after.strip_prefix('\'').unwrap_or(&source[1..])
        }
        None => "",
    }
}
