//! Writes the JavaScript bindings of a compiled wasm file: `bindings IN.wasm OUT_DIR`.
//!
//! The generator is a library pinned by Cargo.lock beside `wasm-bindgen` itself, so there is no
//! separate tool to install and no version to mismatch.

use wasm_bindgen_cli_support::Bindgen;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, out_dir] = arguments.as_slice() else {
        eprintln!("usage: bindings IN.wasm OUT_DIR");
        std::process::exit(2);
    };
    let written = Bindgen::new()
        .input_path(input)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .omit_default_module_path(true)
                .typescript(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .out_name("oncurve_wasm")
                .generate(out_dir)
        });
    if let Err(error) = written {
        eprintln!("{error:?}");
        std::process::exit(1);
    }
}
