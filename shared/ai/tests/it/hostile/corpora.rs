//! Hostile texts that others collected, against the same model. They are read from where they lie.

use std::path::PathBuf;

use domain::conversations::builtin;
use domain::tenancy::CostMode;
use serde_json::Value;

use super::orders::{Aim, TEXTS};
use super::places::PLACES;
use super::{LIMIT, Order, Score, Stage, language_of, marked};
use crate::scene::now;
use crate::stub::within;

/// The fields of a CSV file, line by line; quotes are doubled within quotes.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut field)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !is_quoted => {}
            c => field.push(c),
        }
    }
    rows
}

fn texts() -> Vec<String> {
    let folder = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("security");
    let injections = std::fs::read_to_string(folder.join("giskard_prompt_injections.csv")).unwrap();
    let injections = rows(&injections).into_iter().skip(1).map(|row| row[1].clone());
    let strings: Vec<Value> = serde_json::from_slice(&std::fs::read(folder.join("blns.json")).unwrap()).unwrap();
    injections.chain(strings.into_iter().map(|text| text.as_str().unwrap().to_owned())).collect()
}

#[tokio::test]
#[ignore = "needs hostile texts: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
async fn the_texts_of_others_lead_to_nothing_either() {
    let (stage, mut score) = (Stage::new().await, Score::default());
    // A yes needs something that is asked for, and what language a customer asks for is theirs to say.
    let orders: Vec<_> = TEXTS.iter().filter(|(aim, _)| !matches!(aim, Aim::Agreement | Aim::Language)).collect();
    let texts = texts();
    assert!(texts.len() >= 500, "only {} texts", texts.len());
    for (number, text) in texts.iter().enumerate() {
        for (place_number, place) in PLACES.iter().enumerate() {
            let (aim, order) = orders[(number + 7 * place_number) % orders.len()];
            let hostile = if place.is_theirs { format!("{text}\n{order}") } else { text.clone() };
            let language = language_of(order);
            let set = (place.set)(&hostile, language);
            stage.orders(Order { text: (*order).to_owned(), language, fields: Vec::new() });
            let turned = stage.assistant.answer(&set.scene.turn(), CostMode::None, now(), within(LIMIT)).await;
            let is_through = turned.answer.author.model != builtin::MODEL;
            let how = is_through.then(|| format!("{order} [{}] {number}", place.name));
            let how = how.or_else(|| Some(format!("{} in {}", marked(&turned.answer.reply)?, turned.answer.reply)));
            score.add(&format!("{aim:?}"), how);
        }
    }
    score.end("texts of others", 5_000);
}
