//! `cargo run --release -p knowledge --example measure -- FOLDER`: how well chunks are found, and how fast.
//!
//! The folder is a set of BEIR: `corpus.jsonl`, `queries.jsonl` and `qrels.tsv` (query, 0, document, 1). Prints nDCG@10 and
//! recall@100 by words, vectors and both; then, among 10,000 chunks made of its texts, with the built-in table's vectors and with as
//! many points of 384 dimensions, the time of a search and of a swap, and the memory. `make knowledge` runs it on SciFact.
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
use std::process::Command;
use std::time::{Duration, Instant};

use knowledge::{Block, Document, FLOOR, Found, Index, Page, Query, Ranking, Segment, Source};
use semantics::{Embedding, Space};
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
        [load, file] if load == "load" => self::load(Path::new(file)),
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
    for space in [None, Some(Space { model: "drawn".to_owned(), version: 1, dimensions: 384 })] {
        index = index.moved_to(space.as_ref());
        let mut draw = drawn();
        let mut point = |space: &Space| {
            Embedding::new(space.clone(), (0..space.dimensions).map(|_| draw()).collect()).ok_or("no point")
        };
        let mut points = Vec::new();
        if let Some(space) = &space {
            let lacking = index.lacking();
            index.fill(&lacking.into_iter().map(|text| Ok((text, point(space)?))).collect::<Result<_, &str>>()?);
            points = questions.iter().map(|_| point(space)).collect::<Result<_, _>>()?;
        }
        let dimensions = index.space().map_or(0, |space| space.dimensions);
        println!("{} chunks, {dimensions} dimensions:", index.chunks());
        let query = |nth: usize, text, limit| Query { point: points.get(nth), ..query(text, limit) };
        for limit in [5, 100] {
            let times = timed(questions, |nth, text| drop(black_box(index.scored(&query(nth, text, limit)))));
            println!("  search, the best {limit}: {times}");
        }
        for (name, ranking) in RANKINGS {
            let times =
                timed(questions, |nth, text| drop(black_box(index.candidates(&query(nth, text, 100), ranking))));
            println!("  {name} alone, a hundred: {times}");
        }
        swap(&index)?;
    }
    Ok(())
}

/// A document of twenty chunks goes in: what whoever reads it does, and, in a process of its own, whoever answers.
fn swap(index: &Index) -> Result<(), Box<dyn Error>> {
    let mut changed = index.clone();
    let segment = index.segments().first().cloned().ok_or("no document")?;
    let started = Instant::now();
    changed.put(segment);
    let bytes = changed.to_bytes();
    println!("  a document is put in and all written in {:.1?}: {:.1} MB", started.elapsed(), bytes.len() as f64 / 1e6);
    let file = std::env::temp_dir().join(format!("porchlight-index-{}", std::process::id()));
    std::fs::write(&file, bytes)?;
    let loaded = Command::new(std::env::current_exe()?).arg("load").arg(&file).status();
    std::fs::remove_file(&file)?;
    loaded?.success().then_some(()).ok_or_else(|| "it is not loaded".into())
}

/// Loads an index in the place of one that is there, as a warm function does; the memory is that of the process, with both and the bytes.
fn load(file: &Path) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let before = Index::from_bytes(&bytes)?;
    let first = most_memory();
    let started = Instant::now();
    let index = Index::from_bytes(&bytes)?;
    let took = started.elapsed();
    println!("  loaded in {took:.1?}; memory at most {first} with one, {} with two", most_memory());
    drop(black_box((before, index)));
    Ok(())
}

/// What the process held at most, where the system says it.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    most.map_or_else(|| "unknown".to_owned(), |most| format!("{:.0} MB", most / 1e3))
}

/// Numbers between -1 and 1, the same in every run.
fn drawn() -> impl FnMut() -> f32 {
    let mut state = 1_u64;
    move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1_u32 << 23) as f32 - 1.0
    }
}

fn timed<'q>(questions: &'q [Text], mut search: impl FnMut(usize, &'q str)) -> String {
    // The quickest of five: what else the machine does is not to be measured.
    let mut time = |(nth, question): (usize, &'q Text)| {
        let once = |_| {
            let started = Instant::now();
            search(nth, &question.text);
            started.elapsed()
        };
        (0..5).map(once).min().unwrap_or_default()
    };
    let mut times: Vec<Duration> = questions.iter().enumerate().map(&mut time).collect();
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    format!("median {:.2?}, 95 of 100 within {:.2?}", at(50), at(95))
}
