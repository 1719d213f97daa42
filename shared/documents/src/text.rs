//! Plain text, and the bytes of every format that is text.

use crate::faq::{self, Piece};
use crate::limits::Budget;
use crate::{Unreadable, clean};
use knowledge::{Document, Page};

/// Bytes as text: UTF-8 or UTF-16 by their mark, else UTF-8 if they are that, else Windows-1252, which is what older programs write in
/// Western Europe and America.
pub(crate) fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or_default()).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // A file that was cut in the middle of a character is still UTF-8.
        Err(wrong) if wrong.error_len().is_none() => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

pub(crate) fn read(bytes: &[u8], budget: &Budget<'_>) -> Result<Document, Unreadable> {
    let text = decode(bytes);
    let mut pieces = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    for line in text.lines() {
        budget.step()?;
        let line = line.trim();
        let item = clean::without_bullet(line);
        if line.is_empty() || item.is_some() || (is_question(line) && paragraph.is_empty()) || begins_pair(line) {
            end(&mut paragraph, &mut pieces);
        }
        match item {
            Some(item) => pieces.push(Piece::Text(clean::line(item))),
            None if line.chars().all(|c| !c.is_alphanumeric()) => end(&mut paragraph, &mut pieces),
            None if is_question(line) && paragraph.is_empty() => {
                pieces.push(Piece::Question { text: clean::line(line), rest: String::new() });
            }
            None => paragraph.push(line),
        }
    }
    end(&mut paragraph, &mut pieces);
    Ok(Document { title: None, pages: vec![Page { number: None, blocks: faq::blocks(pieces) }], unread: Vec::new() })
}

fn end(paragraph: &mut Vec<&str>, pieces: &mut Vec<Piece>) {
    let text = clean::lines(&paragraph.join("\n"));
    paragraph.clear();
    if !text.is_empty() {
        pieces.push(Piece::Text(joined(&text)));
    }
}

/// Lines of a paragraph: those that were broken to fit are joined, those that are short stay apart, as in an address.
fn joined(text: &str) -> String {
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    let mut out = String::with_capacity(text.len());
    let mut fits = false;
    for line in text.lines() {
        if !out.is_empty() {
            out.push(if fits { ' ' } else { '\n' });
        }
        out.push_str(line);
        fits = longest >= 60 && line.chars().count() + 20 >= longest;
    }
    out
}

/// A line that is a question and nothing else.
fn is_question(line: &str) -> bool {
    faq::is_question(line) && !begins_pair(line)
}

fn begins_pair(line: &str) -> bool {
    faq::marked(line).is_some()
}
