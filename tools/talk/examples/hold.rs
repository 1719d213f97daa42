//! A talk with one of the businesses of `dialogues/`, line by line, as if today were the day on which its dialogues begin:
//! `cargo run -p talk --example hold -- garage`. An empty line begins another talk.

use std::io::{BufRead, Write};
use std::path::Path;

use anyhow::{Context, Result};
use domain::tenancy::BusinessContext;
use talk::dialogue::Book;
use talk::{Talk, Way};

fn main() -> Result<()> {
    let name = std::env::args()
        .nth(1)
        .context("which business: salon, garage, dentist, hotel, hvac, roofer, tint, physio?")?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("dialogues/{name}.toml"));
    let text = std::fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let book = Book::read(&text)?;
    let business = &book.business;
    let now = jiff::civil::date(2026, 12, 2).at(10, 0, 0, 0).to_zoned(business.time_zone())?.timestamp();
    let begin = || -> Result<Talk<'_>> {
        let talk = Talk::new(business, BusinessContext::NONE, Way::default(), now)?;
        Ok(talk.with_calendar(book.resources.clone(), Vec::new()))
    };
    let mut talk = begin()?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}, Wednesday, 2026-12-02, 10:00", business.name)?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            talk = begin()?;
            writeln!(out, "\n— another talk —")?;
            continue;
        }
        let replied = talk.say(&line)?;
        writeln!(out, "> {line}\n{}\n", replied.text())?;
    }
    Ok(())
}
