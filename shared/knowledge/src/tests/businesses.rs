//! Questions to three businesses: what is answered, how often rightly, and that what no document says stays unanswered.
//!
//! A line of `businesses/*.questions` is kind, language, location, question, and what the answer has to have in it. Kinds: `same` (in
//! the words of the document), `other` (in other words or another language), `none` (no document says it), `both` (two documents
//! disagree, and both have to be found). Half of the questions were looked at while the search was written; which one a question
//! is in depends on nothing but its letters.

use std::fmt::Write as _;

use crate::{Block, Document, FLOOR, Found, Index, Page, Query, Segment, Source};

const BUSINESSES: [(&str, &str); 3] = [
    (include_str!("businesses/detailing.txt"), include_str!("businesses/detailing.questions")),
    (include_str!("businesses/salon.txt"), include_str!("businesses/salon.questions")),
    (include_str!("businesses/heating.txt"), include_str!("businesses/heating.questions")),
];

fn index(text: &str) -> Index {
    let mut index = Index::default();
    for part in text.split("@doc ").filter(|part| !part.is_empty()) {
        let (head, body) = part.split_once('\n').expect("a head");
        let [id, name, location, category] =
            <[&str; 4]>::try_from(head.split(" | ").collect::<Vec<_>>()).expect("four fields");
        let source = Source {
            id: id.to_owned(),
            name: name.to_owned(),
            location: (location != "-").then(|| location.to_owned()),
            category: Some(category.to_owned()),
        };
        index.put(Segment::new(source, &document(body), None));
    }
    index
}

fn document(body: &str) -> Document {
    let (mut blocks, mut header, mut question) = (Vec::new(), Vec::new(), String::new());
    for line in body.lines() {
        if let Some(text) = line.strip_prefix("# ") {
            header.clear();
            blocks.push(Block::Heading { level: 1, text: text.to_owned() });
        } else if let Some(row) = line.strip_prefix("| ") {
            let cells: Vec<String> = row.trim_end_matches(" |").split(" | ").map(str::to_owned).collect();
            if header.is_empty() {
                header = cells;
            } else {
                blocks.push(Block::Row { header: header.clone(), cells });
            }
        } else if let Some(text) = line.strip_prefix("Q: ") {
            question = text.to_owned();
        } else if let Some(answer) = line.strip_prefix("A: ") {
            blocks.push(Block::Faq { question: question.clone(), answer: answer.to_owned() });
        } else {
            blocks.push(Block::Text(line.to_owned()));
        }
    }
    Document { title: None, pages: vec![Page { number: None, blocks }], unread: Vec::new() }
}

#[derive(Default)]
struct Count {
    answerable: usize,
    right: usize,
    first: usize,
    unanswerable: usize,
    wrong: usize,
    misses: String,
}

fn count(is_kept_apart: bool) -> Count {
    let mut count = Count::default();
    for (documents, questions) in BUSINESSES {
        let index = index(documents);
        for line in questions.lines() {
            let [kind, language, location, text, expected] =
                <[&str; 5]>::try_from(line.split('|').collect::<Vec<_>>()).expect("five fields");
            if (text.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31) + u32::from(byte)) >> 3) % 2
                == u32::from(!is_kept_apart)
            {
                continue;
            }
            let location = (location != "-").then_some(location);
            let query = Query { text, before: &[], language, location, category: None, limit: 3, point: None };
            let scored = index.scored(&query);
            let found = index.search(&query);
            let has = |found: &Found<'_>| found.quote().contains(expected);
            let (is_first, is_found) = (found.first().is_some_and(has), found.iter().any(has));
            let (is_right, is_wrong) = match kind {
                "none" => (false, !found.is_empty()),
                "both" => (is_found && found.len() > 1, false),
                _ => (is_first, !found.is_empty() && !is_first),
            };
            count.answerable += usize::from(kind != "none");
            count.unanswerable += usize::from(kind == "none");
            count.first += usize::from(is_found && kind != "none");
            count.right += usize::from(is_right);
            count.wrong += usize::from(is_wrong);
            if is_wrong || (kind != "none" && !is_right) {
                let best = scored.first().map(|found| (found.score, found.chunk.text.as_str()));
                writeln!(
                    count.misses,
                    "  {kind} {language} {text} [{expected}] {} {best:?}",
                    if is_wrong { "WRONG" } else { "" }
                )
                .expect("written");
            }
        }
    }
    count
}

fn judge(is_kept_apart: bool, least: f64, most_wrong: usize) {
    let count = count(is_kept_apart);
    let recall = count.right as f64 / count.answerable as f64;
    // What is kept apart is not to be looked at.
    let misses = if is_kept_apart { "" } else { &count.misses };
    println!(
        "of {} with an answer {} right ({recall:.3}), {} among the first three; {} without one; {} wrong answers; floor {FLOOR}\n{}",
        count.answerable, count.right, count.first, count.unanswerable, count.wrong, misses
    );
    assert!(count.answerable + count.unanswerable >= 100);
    assert!(recall >= least, "{recall}");
    assert!(count.wrong <= most_wrong, "{}", count.wrong);
}

#[test]
fn questions_that_were_looked_at() {
    judge(false, 0.9, 0);
}

#[test]
fn questions_that_were_never_looked_at() {
    judge(true, 0.8, 2);
}
