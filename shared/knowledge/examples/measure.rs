//! `cargo run --release -p knowledge --example measure -- FOLDER`: how well chunks are found, and how fast.
//!
//! The folder is a set of BEIR: `corpus.jsonl`, `queries.jsonl` and `qrels.tsv` (query, 0, document, 1). Prints nDCG@10 and
//! recall@100 by words, vectors and both; then the time of a search and of loading among 10,000 chunks made of its texts.
//!
//! `-- faq TRAIN TEST`: tables of a text and its label, as of Banking77. Five texts of each label of the first are frequent
//! questions; prints how often one with the right label is first, or among the first three, for the texts of the second, and what
//! stays of it above the floor.

#![expect(clippy::print_stdout, reason = "printing is its job")]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::ffi::OsString;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use knowledge::{Block, Document, FLOOR, Found, Index, Page, Query, Ranking, Segment, Source};
use serde::Deserialize;

const RANKINGS: [(&str, Ranking); 3] =
    [("words", Ranking::Lexical), ("vectors", Ranking::Vector), ("both", Ranking::Hybrid)];

#[derive(Deserialize)]
struct Text {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

fn texts(path: &Path) -> Result<Vec<Text>, Box<dyn Error>> {
    let file = std::fs::read_to_string(path)?;
    Ok(file.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn segment(id: String, text: &Text) -> Segment {
    let blocks = vec![Block::Heading { level: 1, text: text.title.clone() }, Block::Text(text.text.clone())];
    let document = Document { title: None, pages: vec![Page { number: None, blocks }], unread: Vec::new() };
    Segment::new(Source { id, name: String::new(), location: None, category: None }, &document, None)
}

fn query(text: &str, limit: usize) -> Query<'_> {
    Query { text, before: &[], language: "en", location: None, category: None, limit, point: None }
}

/// nDCG@10 and recall@100 of a list of documents.
fn judged(found: &[&str], right: &HashSet<String>) -> (f64, f64) {
    let gain = |place: usize| 1.0 / (place as f64 + 2.0).log2();
    let best: f64 = (0..right.len().min(10)).map(gain).sum();
    let places = found.iter().enumerate().filter(|(_, id)| right.contains(**id)).map(|(place, _)| place);
    let (mut gained, mut recalled) = (0.0, 0.0);
    for place in places {
        gained += if place < 10 { gain(place) } else { 0.0 };
        recalled += 1.0;
    }
    (gained / best, recalled / right.len() as f64)
}

/// Documents in the order of their best chunks.
fn documents<'i>(chunks: impl Iterator<Item = &'i Source>) -> Vec<&'i str> {
    let mut seen = HashSet::new();
    chunks.map(|source| source.id.as_str()).filter(|id| seen.insert(*id)).take(100).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [folder] => ranking(Path::new(folder)),
        [faq, train, test] if faq == "faq" => faqs(&labelled(Path::new(train))?, &labelled(Path::new(test))?),
        _ => Err("a folder, or faq and two tables".into()),
    }
}

/// Rows of a table of two columns, the second without quotes.
fn labelled(path: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let file = std::fs::read_to_string(path)?;
    let rows = file.lines().skip(1).filter_map(|line| line.rsplit_once(','));
    Ok(rows.map(|(text, label)| (text.trim_matches('"').to_owned(), label.to_owned())).collect())
}

fn faqs(train: &[(String, String)], test: &[(String, String)]) -> Result<(), Box<dyn Error>> {
    let mut blocks: BTreeMap<&str, Vec<Block>> = BTreeMap::new();
    for (question, label) in train {
        let known = blocks.entry(label).or_default();
        if known.len() < 5 {
            known.push(Block::Faq { question: question.clone(), answer: "Yes.".to_owned() });
        }
    }
    let mut index = Index::default();
    for (label, blocks) in blocks {
        let document = Document { title: None, pages: vec![Page { number: None, blocks }], unread: Vec::new() };
        let source = Source { id: label.to_owned(), name: String::new(), location: None, category: None };
        index.put(Segment::new(source, &document, None));
    }
    let (mut first, mut three, mut answered, mut rightly) = (0, 0, 0, 0);
    for (text, label) in test {
        let found = index.scored(&query(text, 3));
        let is_right = |found: &Found<'_>| found.source.id == *label;
        let is_first = found.first().is_some_and(is_right);
        let is_answered = found.first().is_some_and(|found| found.score >= FLOOR);
        first += usize::from(is_first);
        three += usize::from(found.iter().any(is_right));
        answered += usize::from(is_answered);
        rightly += usize::from(is_answered && is_first);
    }
    let all = test.len();
    println!("{all} texts: {first} first, {three} among three; above the floor {answered}, {rightly} of them right");
    Ok(())
}

fn ranking(folder: &Path) -> Result<(), Box<dyn Error>> {
    let corpus = texts(&folder.join("corpus.jsonl"))?;
    let mut relevant: HashMap<String, HashSet<String>> = HashMap::new();
    for line in std::fs::read_to_string(folder.join("qrels.tsv"))?.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if let [question, _, document, "1"] = fields.as_slice() {
            relevant.entry((*question).to_owned()).or_default().insert((*document).to_owned());
        }
    }
    let questions: Vec<Text> =
        texts(&folder.join("queries.jsonl"))?.into_iter().filter(|text| relevant.contains_key(&text.id)).collect();

    let started = Instant::now();
    let mut index = Index::default();
    for text in &corpus {
        index.put(segment(text.id.clone(), text));
    }
    println!("{} documents, {} chunks made in {:.1?}", corpus.len(), index.chunks(), started.elapsed());
    for (name, ranking) in RANKINGS {
        let (mut gain, mut recall) = (0.0, 0.0);
        for question in &questions {
            let found = index.candidates(&query(&question.text, 150), ranking);
            let found = documents(found.iter().map(|found| found.source));
            let (gained, recalled) = relevant.get(&question.id).map(|right| judged(&found, right)).unwrap_or_default();
            gain += gained;
            recall += recalled;
        }
        let count = questions.len() as f64;
        println!(
            "{name}: nDCG@10 {:.4}, recall@100 {:.4}, {} questions",
            gain / count,
            recall / count,
            questions.len()
        );
    }
    speed(&corpus, &questions)
}

fn speed(corpus: &[Text], questions: &[Text]) -> Result<(), Box<dyn Error>> {
    // Twenty chunks a document, as a business has them.
    let mut index = Index::default();
    let mut texts = corpus.iter().cycle();
    for number in 0..500 {
        let texts = texts.by_ref().take(20);
        let blocks = texts.flat_map(|text| {
            [Block::Heading { level: 1, text: text.title.clone() }, Block::Text(format!("{number}. {}", text.text))]
        });
        let pages = vec![Page { number: None, blocks: blocks.collect() }];
        let source = Source { id: format!("{number:05}"), name: String::new(), location: None, category: None };
        index.put(Segment::new(source, &Document { title: None, pages, unread: Vec::new() }, None));
    }
    let bytes = index.to_bytes();
    let started = Instant::now();
    let index = Index::from_bytes(&bytes)?;
    println!("{} chunks: {:.1} MB, loaded in {:.1?}", index.chunks(), bytes.len() as f64 / 1e6, started.elapsed());
    for limit in [5, 100] {
        let times = timed(questions, |text| drop(black_box(index.scored(&query(text, limit)))));
        println!("search, the best {limit}: {times}");
    }
    for (name, ranking) in RANKINGS {
        println!(
            "{name} alone: {}",
            timed(questions, |text| drop(black_box(index.candidates(&query(text, 5), ranking))))
        );
    }
    Ok(())
}

fn timed(questions: &[Text], mut search: impl FnMut(&str)) -> String {
    // The quickest of five: what else the machine does is not to be measured.
    let mut time = |question: &Text| {
        let once = |_| {
            let started = Instant::now();
            search(&question.text);
            started.elapsed()
        };
        (0..5).map(once).min().unwrap_or_default()
    };
    let mut times: Vec<Duration> = questions.iter().map(&mut time).collect();
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    format!("median {:.2?}, 95 of 100 within {:.2?}", at(50), at(95))
}
