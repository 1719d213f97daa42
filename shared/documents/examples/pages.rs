//! `cargo run --release -p documents --example pages -- FILE...`: how many pages of PDFs are read a second. `make knowledge` runs it beside pypdf.

#![expect(clippy::print_stdout, reason = "printing is its job")]

use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use documents::{Format, Limits, read};

fn main() -> Result<(), Box<dyn Error>> {
    for file in std::env::args_os().skip(1).map(PathBuf::from) {
        let bytes = std::fs::read(&file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let (mut pages, mut quickest) = (0, Duration::MAX);
        for _ in 0..3 {
            let started = Instant::now();
            let document = read(Format::of(&name, &bytes)?, &bytes, &Limits::default(), &|| false)?;
            quickest = quickest.min(started.elapsed());
            pages = document.pages.len() + document.unread.len();
        }
        let seconds = quickest.as_secs_f64();
        println!("{name}: {pages} pages in {seconds:.3} s, {:.0} a second", pages as f64 / seconds);
    }
    Ok(())
}
