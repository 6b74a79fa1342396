//! Embeds every message catalogue under `locales/`, so that a language needs only its `.ftl` files.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=locales");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("locales");
    let mut list = String::from("&[\n");
    for language in sorted(&root)? {
        for file in sorted(&root.join(&language))?
            .iter()
            .filter(|name| name.ends_with(".ftl"))
        {
            let source = fs::read_to_string(root.join(&language).join(file))?;
            list.push_str(&format!("    ({language:?}, {file:?}, {source:?}),\n"));
        }
    }
    list.push_str("]\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("catalogues.rs");
    fs::write(out, list)
}

/// Names in a folder, in the same order on every machine.
fn sorted(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}
