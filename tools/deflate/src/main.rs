//! Deflates a file with zopfli: `deflate IN OUT`. The same bytes always give the same bytes.

use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output] = arguments.as_slice() else {
        return Err("usage: deflate IN OUT".into());
    };
    let mut deflated = Vec::new();
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Deflate,
        fs::read(input)?.as_slice(),
        &mut deflated,
    )?;
    fs::write(output, deflated)?;
    Ok(())
}
