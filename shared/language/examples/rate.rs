//! How well and how fast messages are read, on dialogues and messages that others collected.
//!
//! `cargo run --release -p language --example rate -- FOLDER`, where FOLDER has `dialogues/sgd_services_60.json`,
//! `dialogues/star_booking_54.json` and `nlp/banking77/train.csv`, `test.csv`. Their annotations say what a turn of a visitor is.

#![expect(clippy::print_stdout, reason = "a program that prints")]
#![expect(clippy::indexing_slicing, reason = "what a JSON value lacks is null")]

use language::{Catalogue, Danger, Intent, Intents, MAX_CHARS, Mood, Offer, tone};
use serde_json::Value;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A visitor's turn: the text, and the acts that the annotation gives it.
struct Turn {
    service: String,
    text: String,
    acts: Vec<(String, String)>,
}

/// What an act of the Schema-Guided Dialogues is in our words.
const ACTS: [(&str, &str, &[Intent]); 10] = [
    ("THANK_YOU", "", &[Intent::Thanks]),
    ("GOODBYE", "", &[Intent::Goodbye, Intent::Done]),
    ("AFFIRM", "", &[Intent::Yes]),
    ("AFFIRM_INTENT", "", &[Intent::Yes]),
    ("SELECT", "", &[Intent::Yes]),
    ("NEGATE", "", &[Intent::No, Intent::Done, Intent::Move]),
    ("REQUEST", "phone_number", &[Intent::Phone]),
    ("REQUEST", "address", &[Intent::Place]),
    ("REQUEST", "street_address", &[Intent::Place]),
    ("REQUEST", "average_rating", &[Intent::Experience]),
];
/// The services of the corpora, the offers that a business of the kind has, and the one that is meant.
const SERVICES: [(&str, &str, &[&str], usize); 6] = [
    ("Services_1", "hair salon", &["Haircut", "Hair color", "Beard trim"], 0),
    ("Services_2", "dental", &["Dental exam", "Whitening", "Filling"], 0),
    ("Services_3", "doctor", &["Doctor visit", "Flu shot", "Blood test"], 0),
    ("Services_4", "therapist", &["Psychologist visit", "Family therapy"], 0),
    ("apartment_schedule", "real estate", &["Apartment viewing", "Home valuation"], 0),
    ("doctor_schedule", "doctor", &["Doctor visit", "Flu shot", "Blood test"], 0),
];

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).ok_or("the folder of the corpora is missing")?;
    let folder = Path::new(&folder);
    let begin = Instant::now();
    let none = Catalogue::new("hvac", "Corner", []).read("hello");
    println!("the first message, vocabularies read: {} us", first_of("hello", none.offered.len(), begin));
    let sgd = schema_guided(&folder.join("dialogues/sgd_services_60.json"))?;
    let star = star(&folder.join("dialogues/star_booking_54.json"))?;
    intents(&sgd);
    services(sgd.iter().chain(&star));
    for (name, turns) in [("Schema-Guided Dialogues", &sgd), ("STAR", &star)] {
        tones(name, turns.iter().map(|turn| ("", turn.text.as_str())), false);
    }
    let mut bank = banking(&folder.join("nlp/banking77/train.csv"))?;
    bank.extend(banking(&folder.join("nlp/banking77/test.csv"))?);
    tones("banking77", bank.iter().map(|(kind, text)| (kind.as_str(), text.as_str())), true);
    speed(sgd.iter().map(|turn| turn.text.as_str()).collect());
    Ok(())
}

/// Microseconds since `begin`, when everything else was asked of `text` too.
fn first_of(text: &str, offered: usize, begin: Instant) -> u128 {
    std::hint::black_box((offered, Intents::read(text).substance(), tone(text).danger));
    begin.elapsed().as_micros()
}

fn schema_guided(path: &Path) -> Result<Vec<Turn>> {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let mut turns = Vec::new();
    for dialogue in file["dialogues"].as_array().into_iter().flatten() {
        let dialogue = &dialogue["dialogue"];
        let service = text_of(&dialogue["services"][0]);
        for turn in dialogue["turns"].as_array().into_iter().flatten().filter(|turn| turn["speaker"] == "USER") {
            let actions = turn["frames"].as_array().into_iter().flatten().flat_map(|frame| frame["actions"].as_array());
            let acts = actions.flatten().map(|action| {
                let intent = &action["values"][0];
                let slot = if action["slot"] == "intent" { intent } else { &action["slot"] };
                (text_of(&action["act"]), text_of(slot))
            });
            turns.push(Turn { service: service.clone(), text: text_of(&turn["utterance"]), acts: acts.collect() });
        }
    }
    Ok(turns)
}

fn star(path: &Path) -> Result<Vec<Turn>> {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let mut turns = Vec::new();
    for item in file["dialogues"].as_array().into_iter().flatten() {
        let service = text_of(&item["task"]);
        let events = item["dialogue"]["Events"].as_array().into_iter().flatten();
        for event in events.filter(|event| event["Agent"] == "User" && event["Action"] == "utter") {
            turns.push(Turn { service: service.clone(), text: text_of(&event["Text"]), acts: Vec::new() });
        }
    }
    Ok(turns)
}

fn banking(path: &Path) -> Result<Vec<(String, String)>> {
    let file = std::fs::read_to_string(path)?;
    let lines = file.lines().skip(1).filter_map(|line| line.rsplit_once(','));
    Ok(lines.map(|(text, kind)| (kind.to_owned(), text.trim_matches('"').to_owned())).collect())
}

fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn intents(turns: &[Turn]) {
    let booking = ("INFORM_INTENT", "BookAppointment", &[Intent::Book, Intent::Ready, Intent::Availability][..]);
    let mut rates: BTreeMap<&[Intent], (usize, usize, usize)> = BTreeMap::new();
    for turn in turns {
        let read = Intents::read(&turn.text);
        let rows = ACTS.iter().copied().chain([booking]);
        let mut meant: BTreeMap<&[Intent], bool> = BTreeMap::new();
        for (act, slot, intents) in rows {
            *meant.entry(intents).or_default() |=
                turn.acts.iter().any(|(a, s)| a == act && (slot.is_empty() || s == slot));
        }
        for (intents, is_meant) in meant {
            let is_read = intents.iter().any(|intent| read.has(*intent));
            let rate = rates.entry(intents).or_default();
            rate.0 += usize::from(is_meant && is_read);
            rate.1 += usize::from(is_meant);
            rate.2 += usize::from(is_read);
            if is_meant != is_read && std::env::var_os("SHOW").is_some() {
                println!("  {} {intents:?}: {}", if is_meant { "missed" } else { "extra " }, turn.text);
            }
        }
    }
    println!("intents of {} turns of the Schema-Guided Dialogues: found of meant, right of found", turns.len());
    for (intents, (right, meant, read)) in rates {
        println!("  {intents:?}: {right}/{meant}, {right}/{read}");
    }
}

/// The first turn of every dialogue that names something; the offers of the others must not be named.
fn services<'t>(turns: impl Iterator<Item = &'t Turn>) {
    let mut rates: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for turn in turns {
        let Some((service, trade, names, meant)) = SERVICES.iter().find(|known| known.0 == turn.service) else {
            continue;
        };
        let catalogue = Catalogue::new(trade, "Corner", names.iter().map(|name| Offer { name, keywords: &[] }));
        let read = catalogue.read(&turn.text);
        let rate = rates.entry(service).or_default();
        rate.0 += usize::from(read.offered.contains(meant));
        rate.1 += usize::from(read.offered.iter().any(|offer| offer != meant));
        rate.2 += read.not_offered.len();
        let is_odd = read.offered.iter().any(|offer| offer != meant) || !read.not_offered.is_empty();
        if is_odd && std::env::var_os("SHOW").is_some() {
            println!("  service {:?}: {}", read, turn.text);
        }
    }
    println!("turns that name the service, another of the business, and what it does not offer");
    for (service, (right, other, none)) in rates {
        println!("  {service}: {right}, {other}, {none}");
    }
}

fn tones<'t>(name: &str, texts: impl Iterator<Item = (&'t str, &'t str)>, by_kind: bool) {
    let (mut all, mut unhappy, mut soon, mut now) = (0, 0, 0, 0);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (kind, text) in texts {
        let read = tone(text);
        all += 1;
        unhappy += usize::from(read.mood == Mood::Unhappy);
        soon += usize::from(read.danger == Danger::Soon);
        now += usize::from(read.danger == Danger::Now);
        *kinds.entry(kind).or_default() += usize::from(read.mood == Mood::Unhappy);
        if std::env::var_os("SHOW").is_some()
            && (read.danger != Danger::None || (read.mood == Mood::Unhappy && all % 10 == 0))
        {
            println!("  {:?} {:?}: {text}", read.mood, read.danger);
        }
    }
    println!("{name}, {all} texts: {unhappy} unhappy, danger {now} now, {soon} soon");
    let mut kinds: Vec<(usize, &str)> = kinds.into_iter().map(|(kind, count)| (count, kind)).collect();
    kinds.sort_unstable();
    for (count, kind) in kinds.into_iter().rev().take(if by_kind { 12 } else { 0 }) {
        println!("  {kind}: {count} unhappy");
    }
}

fn speed(mut texts: Vec<&str>) {
    let keywords: [String; 0] = [];
    let offers =
        ["Brake repair", "Oil change", "Tire mounting", "Tire rotation", "State inspection", "Engine diagnostic"];
    let first = Instant::now();
    let catalogue = Catalogue::new("auto repair", "Corner", offers.map(|name| Offer { name, keywords: &keywords }));
    let ready = first.elapsed();
    let read = |text: &str| (catalogue.read(text).offered.len(), Intents::read(text).substance(), tone(text).danger);
    let mut micros: Vec<u128> = texts.drain(..).map(|text| best_of(&|| _ = std::hint::black_box(read(text)))).collect();
    micros.sort_unstable();
    let at = |percent: usize| micros.get((micros.len() - 1) * percent / 100).copied().unwrap_or_default();
    println!(
        "all three of a message: median {} us, p99 {} us; another catalogue after the first: {} us",
        at(50),
        at(99),
        ready.as_micros()
    );
    let hostile = [
        "a".repeat(MAX_CHARS),
        "no ".repeat(MAX_CHARS / 3),
        "water through the ".repeat(MAX_CHARS / 18),
        "tires no brakes ".repeat(MAX_CHARS / 16),
        "cancel anytime ".repeat(MAX_CHARS / 15),
        "abababababababababab ".repeat(MAX_CHARS / 21),
    ];
    for text in hostile {
        let start: String = text.chars().take(20).collect();
        let parts = [
            best_of(&|| drop(catalogue.read(&text))),
            best_of(&|| drop(Intents::read(&text))),
            best_of(&|| _ = std::hint::black_box(tone(&text))),
        ];
        println!("  {start:?} over and over: services, intents, tone {parts:?} us");
    }
}

/// The shortest of a few runs, in microseconds: this machine does other things too.
fn best_of(run: &dyn Fn()) -> u128 {
    let timed = || {
        let begin = Instant::now();
        run();
        begin.elapsed().as_micros()
    };
    (0..7).map(|_| timed()).min().unwrap_or_default()
}
