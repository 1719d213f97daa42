//! Pieces of a document that are found and quoted as one.
//!
//! Sentences under one heading of one page are packed to about [`TOKENS`] tokens, the last of them repeated at the beginning of the
//! next chunk. A row of a table is a chunk, with the heads of its columns, and so is a question with its answer: also where the
//! question is a heading, or a paragraph of its own. What is empty, or was said before under the same headings, is left out.

use std::collections::HashSet;
use std::mem::take;

use semantics::spoken;

use crate::text::{count, pieces, sentences};
use crate::{Block, Document};

/// How many tokens a chunk of sentences has at most; one is about three quarters of a word.
const TOKENS: usize = 500;
/// A sentence, a row or an answer of more bytes is cut.
const BYTES: usize = 4_000;
/// How many of them, at most, are those that the chunk before ended with.
const OVERLAP: usize = 50;
/// From so many letters on a text's language is told by itself; a shorter one has that of its document.
const TELLING: usize = 60;
/// How sure that has to be.
const SURE: f32 = 0.6;
/// How much of a document is read to tell its language, in bytes.
const READ: usize = 4_000;

/// A paragraph of so many words that is one question is answered by those behind it.
const QUESTION: std::ops::RangeInclusive<usize> = 3..=30;
/// The level of such a question, as if it were a heading.
const PARAGRAPH: u8 = u8::MAX;

/// A piece of a document: some sentences, one row of a table with its heads, or one question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The page it begins on, from 1; `None` in a format without pages.
    pub page: Option<u32>,
    /// The headings it stands under, highest first, joined by " > "; may be empty.
    pub heading: String,
    /// What kind of piece it is.
    pub kind: ChunkKind,
    /// Its words, as they are quoted.
    pub text: String,
    /// Its language: a two-letter ISO 639-1 code; empty where that cannot be told.
    pub language: String,
}

/// What kind of piece a chunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkKind {
    /// Sentences.
    Prose,
    /// A row of a table: "head: cell, head: cell".
    Row,
    /// A question, a line break, and its answer.
    Faq,
}

impl Document {
    /// The document in pieces.
    #[must_use]
    pub fn chunks(&self) -> Vec<Chunk> {
        let mut cutter = Cutter::default();
        for page in &self.pages {
            cutter.page = page.number;
            for block in &page.blocks {
                match block {
                    Block::Heading { level, text } => cutter.heading(*level, text),
                    Block::Text(text) => cutter.text(text),
                    Block::Row { header, cells } => cutter.whole(ChunkKind::Row, &row(header, cells)),
                    Block::Faq { question, answer } => cutter.whole(ChunkKind::Faq, &faq(question, answer)),
                }
            }
            cutter.end();
        }
        cutter.unanswered();
        cutter.unheard();
        let mut chunks = cutter.chunks;
        let mut said = HashSet::new();
        chunks.retain(|chunk| said.insert((chunk.heading.clone(), chunk.text.clone())));
        tell_languages(&mut chunks);
        chunks
    }
}

/// What is being cut.
#[derive(Default)]
struct Cutter {
    chunks: Vec<Chunk>,
    page: Option<u32>,
    /// The headings above, highest first, with their levels.
    headings: Vec<(u8, String)>,
    /// Nothing stands under the last heading yet.
    is_bare: bool,
    /// The sentences of the chunk to be, and how many tokens they have; each with whether it begins a paragraph.
    sentences: Vec<(String, bool)>,
    tokens: usize,
    /// How many of the sentences were in the chunk before.
    repeated: usize,
    /// A question that what follows answers, with its level as a heading.
    asked: Option<(u8, String)>,
}

impl Cutter {
    fn heading(&mut self, level: u8, text: &str) {
        self.end();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        self.unanswered();
        if self.headings.last().is_some_and(|(last, _)| *last >= level) {
            self.unheard();
        }
        self.headings.retain(|(above, _)| *above < level);
        if text.ends_with('?') {
            self.asked = Some((level, text));
        } else {
            self.headings.push((level, text));
            self.is_bare = true;
        }
    }

    /// What follows is more than one answer: the question is a heading like others.
    fn ask_as_heading(&mut self) {
        if let Some((level, question)) = self.asked.take() {
            self.headings.retain(|(above, _)| *above < level);
            self.headings.push((level, question));
        }
    }

    /// A question that nothing answers: a heading, or a sentence like others.
    fn unanswered(&mut self) {
        match self.asked.take() {
            Some((PARAGRAPH, question)) => self.push(ChunkKind::Prose, question),
            Some(heading) => {
                self.asked = Some(heading);
                self.ask_as_heading();
                self.is_bare = true;
            }
            None => {}
        }
    }

    /// A heading that nothing stands under says something by itself.
    fn unheard(&mut self) {
        if self.is_bare
            && let Some((_, text)) = self.headings.pop()
        {
            self.push(ChunkKind::Prose, text);
        }
    }

    fn text(&mut self, text: &str) {
        let whole = text.split_whitespace().collect::<Vec<_>>();
        let is_question = whole.last().is_some_and(|last| last.ends_with('?')) && sentences(text).len() == 1;
        if is_question && QUESTION.contains(&whole.len()) {
            self.end();
            self.unanswered();
            self.headings.retain(|(above, _)| *above < PARAGRAPH);
            self.asked = Some((PARAGRAPH, whole.join(" ")));
            return;
        }
        for (nth, range) in sentences(text).into_iter().enumerate() {
            let sentence = text.get(range).unwrap_or_default().split_whitespace().collect::<Vec<_>>();
            // Words without a single end of a sentence: a list that a table was, or a text without marks.
            for part in sentence.chunks(TOKENS * 10 / 13) {
                for piece in pieces(&part.join(" "), BYTES) {
                    self.sentence(piece.to_owned(), nth == 0);
                }
            }
        }
    }

    fn sentence(&mut self, sentence: String, begins: bool) {
        let tokens = count(&sentence);
        if self.tokens + tokens > TOKENS && self.sentences.len() > self.repeated {
            let mut kept = 0;
            let is_kept = |(sentence, _): &&(String, bool)| {
                kept += count(sentence);
                kept <= OVERLAP && kept + tokens <= TOKENS
            };
            let mut last: Vec<_> = self.sentences.iter().rev().take_while(is_kept).cloned().collect();
            last.reverse();
            self.ask_as_heading();
            self.end();
            (self.repeated, self.tokens) = (last.len(), last.iter().map(|(sentence, _)| count(sentence)).sum());
            self.sentences = last;
        }
        self.tokens += tokens;
        self.sentences.push((sentence, begins));
    }

    /// Ends the chunk of sentences.
    fn end(&mut self) {
        let sentences = take(&mut self.sentences);
        if sentences.len() > self.repeated {
            let mut text = String::new();
            for (sentence, begins) in sentences {
                if !text.is_empty() {
                    text.push(if begins { '\n' } else { ' ' });
                }
                text.push_str(&sentence);
            }
            match self.asked.take() {
                Some((_, question)) => self.push(ChunkKind::Faq, faq(&question, &text)),
                None => self.push(ChunkKind::Prose, text),
            }
        }
        (self.tokens, self.repeated) = (0, 0);
    }

    fn whole(&mut self, kind: ChunkKind, text: &str) {
        self.end();
        self.ask_as_heading();
        for (nth, piece) in pieces(text, BYTES).into_iter().enumerate() {
            self.push(if nth == 0 { kind } else { ChunkKind::Prose }, piece.to_owned());
        }
    }

    fn push(&mut self, kind: ChunkKind, text: String) {
        if !text.contains(char::is_alphanumeric) {
            return;
        }
        self.is_bare = false;
        let heading = self.headings.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" > ");
        self.chunks.push(Chunk { page: self.page, heading, kind, text, language: String::new() });
    }
}

fn row(header: &[String], cells: &[String]) -> String {
    let cell = |(at, cell): (usize, &String)| {
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        match header.get(at).map(|head| head.trim()).filter(|head| !head.is_empty()) {
            _ if cell.is_empty() => None,
            Some(head) => Some(format!("{head}: {cell}")),
            None => Some(cell),
        }
    };
    cells.iter().enumerate().filter_map(cell).collect::<Vec<_>>().join(", ")
}

/// The question in one line, so that the answer begins behind the first break.
fn faq(question: &str, answer: &str) -> String {
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
    match answer.trim() {
        "" => String::new(),
        answer => format!("{question}\n{answer}"),
    }
}

fn tell_languages(chunks: &mut [Chunk]) {
    let mut all = String::new();
    for chunk in chunks.iter().filter(|chunk| chunk.kind != ChunkKind::Row) {
        if all.len() < READ {
            all.push_str(&chunk.text);
            all.push('\n');
        }
    }
    for chunk in chunks.iter().filter(|chunk| chunk.kind == ChunkKind::Row) {
        if all.len() < READ {
            all.push_str(&format!("{} {}\n", chunk.heading, chunk.text));
        }
    }
    let of_all = told(&all).unwrap_or_default();
    for chunk in chunks {
        let own = (chunk.kind != ChunkKind::Row && chunk.text.len() >= TELLING).then(|| told(&chunk.text));
        chunk.language = own.flatten().unwrap_or(of_all).to_owned();
    }
}

fn told(text: &str) -> Option<&'static str> {
    spoken(text).filter(|spoken| spoken.confidence >= SURE && spoken.label.len() == 2).map(|spoken| spoken.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Page;
    use proptest::prelude::*;

    fn heading(level: u8, text: &str) -> Block {
        Block::Heading { level, text: text.to_owned() }
    }

    fn text(text: &str) -> Block {
        Block::Text(text.to_owned())
    }

    fn document(blocks: Vec<Block>) -> Document {
        Document { pages: vec![Page { number: Some(1), blocks }], ..Document::default() }
    }

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn headings_are_kept_as_a_path() {
        let chunks = document(vec![
            heading(1, "Services"),
            heading(2, "Hair"),
            text("We cut hair."),
            heading(2, "Beard trim $15"),
            heading(1, "Contact"),
            text("Call us."),
        ])
        .chunks();
        let said: Vec<_> = chunks.iter().map(|chunk| (chunk.heading.as_str(), chunk.text.as_str())).collect();
        // The heading that nothing stands under says something by itself.
        assert_eq!(
            said,
            [("Services > Hair", "We cut hair."), ("Services", "Beard trim $15"), ("Contact", "Call us.")]
        );
    }

    #[test]
    fn sentences_are_packed_and_the_last_ones_said_again() {
        let sentence = |number: usize| format!("Sentence {number} has exactly ten words that say nothing much.");
        let long: Vec<String> = (0..120).map(sentence).collect();
        let chunks = document(vec![text(&long.join(" "))]).chunks();
        assert!(chunks.len() > 2);
        for chunk in &chunks {
            assert!(count(&chunk.text) <= TOKENS, "{}", count(&chunk.text));
        }
        for pair in chunks.windows(2) {
            let first = pair[1].text.get(sentences(&pair[1].text)[0].clone()).expect("a sentence");
            assert!(pair[0].text.contains(first), "{first}");
        }
        for sentence in &long {
            assert!(chunks.iter().any(|chunk| chunk.text.contains(sentence)), "{sentence}");
        }
    }

    #[test]
    fn rows_have_their_heads_and_frequent_questions_their_answers() {
        let header = cells(&["Service", "Price", ""]);
        let chunks = document(vec![
            Block::Row { header: header.clone(), cells: cells(&["Haircut", "$30", ""]) },
            Block::Row { header, cells: cells(&["Beard", "$15", "new"]) },
            Block::Row { header: Vec::new(), cells: cells(&["Color", "$80"]) },
            Block::Faq { question: "Open\non Sunday?".to_owned(), answer: "No.\nClosed.".to_owned() },
            Block::Faq { question: "Anything else?".to_owned(), answer: " ".to_owned() },
        ])
        .chunks();
        let said: Vec<_> = chunks.iter().map(|chunk| (chunk.kind, chunk.text.as_str())).collect();
        assert_eq!(
            said,
            [
                (ChunkKind::Row, "Service: Haircut, Price: $30"),
                (ChunkKind::Row, "Service: Beard, Price: $15, new"),
                (ChunkKind::Row, "Color, $80"),
                (ChunkKind::Faq, "Open on Sunday?\nNo.\nClosed."),
            ]
        );
    }

    #[test]
    fn a_question_that_is_a_heading_or_a_paragraph_is_a_frequent_question() {
        let chunks = document(vec![
            heading(1, "Help"),
            heading(2, "Do you take dogs?"),
            text("Yes, small ones."),
            text("On a lead."),
            heading(2, "Where are you?"),
            heading(3, "North"),
            text("Mill Road 4."),
            heading(1, "Money"),
            text("Do you take cards?"),
            text("All of them."),
            text("Can I pay later?"),
            text("No. Sorry."),
        ])
        .chunks();
        let said: Vec<_> =
            chunks.iter().map(|chunk| (chunk.kind, chunk.heading.as_str(), chunk.text.as_str())).collect();
        assert_eq!(
            said,
            [
                (ChunkKind::Faq, "Help", "Do you take dogs?\nYes, small ones.\nOn a lead."),
                (ChunkKind::Prose, "Help > Where are you? > North", "Mill Road 4."),
                (ChunkKind::Faq, "Money", "Do you take cards?\nAll of them."),
                (ChunkKind::Faq, "Money", "Can I pay later?\nNo. Sorry."),
            ]
        );
    }

    #[test]
    fn what_is_empty_or_was_said_is_left_out_and_pages_are_kept() {
        let page = |number, said: &str| Page { number: Some(number), blocks: vec![text(said), text(" … ")] };
        let pages = vec![page(1, "We are open."), page(2, "We are open."), page(3, "We are closed.")];
        let chunks = Document { pages, ..Document::default() }.chunks();
        let said: Vec<_> = chunks.iter().map(|chunk| (chunk.page, chunk.text.as_str())).collect();
        assert_eq!(said, [(Some(1), "We are open.\n…"), (Some(3), "We are closed.\n…")]);
    }

    #[test]
    fn each_chunk_has_its_language() {
        let chunks = document(vec![
            heading(1, "Precios"),
            text("Abrimos de lunes a viernes de diez a ocho y los sábados hasta las dos de la tarde."),
            Block::Row { header: cells(&["Servicio", "Precio"]), cells: cells(&["Corte", "20 €"]) },
            heading(1, "English"),
            text("We are open from Monday to Friday from ten to eight and on Saturdays until two in the afternoon."),
        ])
        .chunks();
        let languages: Vec<&str> = chunks.iter().map(|chunk| chunk.language.as_str()).collect();
        assert_eq!((languages[0], languages[2]), ("es", "en"));
    }

    proptest! {
        #[test]
        fn any_text_is_cut_and_no_word_is_lost(paragraphs in prop::collection::vec("[a-z .!?\\n]{0,400}", 0..6)) {
            let chunks = document(paragraphs.iter().map(|paragraph| text(paragraph)).collect()).chunks();
            for word in paragraphs.iter().flat_map(|paragraph| paragraph.split_whitespace()).filter(|word| word.contains(char::is_alphanumeric)) {
                prop_assert!(chunks.iter().any(|chunk| chunk.text.contains(word)));
            }
        }
    }
}
