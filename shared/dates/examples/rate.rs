//! Reads wishes, a JSON object a line, and writes what they mean.
//!
//! In: `{"text", "language", "now"}` and more. Out: the same object with `got`: `{"days", "at", "window", "words"}`.
//! `cargo run -p dates --example rate < expressions.jsonl`

use std::io::{BufRead as _, Write as _};

use dates::{Asked, Context, Hours, Language};
use jiff::civil::{Date, DateTime, Time};
use serde_json::{Value, json};

/// Open at usual hours every day.
struct Always;

impl Hours for Always {
    fn open_on(&self, _: Date) -> Vec<(Time, Time)> {
        vec![(Time::constant(8, 0, 0, 0), Time::constant(20, 0, 0, 0))]
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let mut line: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let language = Language::from_code(&text("language")).unwrap_or(Language::En);
        let now: DateTime = text("now").parse()?;
        let asked = if line.get("asked").is_some() { Asked::When } else { Asked::Nothing };
        let context = Context { now, month_first: language == Language::En, asked };
        let got = dates::read_one(&text("text"), language, &context).map(|wish| {
            let visit = wish.resolve(&Always, now);
            json!({
                "days": wish.days.as_ref().map(|days| &days.dates),
                "at": visit.at, "window": visit.window, "words": wish.words, "soon": wish.soon,
            })
        });
        line["got"] = got.unwrap_or(Value::Null);
        writeln!(out, "{line}")?;
    }
    Ok(())
}
