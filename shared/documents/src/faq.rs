//! Questions that stand before their answers.
//!
//! Formats give [`Piece`]s; where a heading, a line in bold or one that begins with "Q:" asks something, what follows is its answer, up to
//! the next question or heading.

use knowledge::Block;

/// A piece of a document, before questions are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Heading {
        level: u8,
        text: String,
    },
    /// A paragraph, or an item of a list.
    Text(String),
    /// A question that is set apart, in bold or on a line of its own, and what follows it in the same paragraph.
    Question {
        text: String,
        rest: String,
    },
    Row {
        header: Vec<String>,
        cells: Vec<String>,
    },
    Faq {
        question: String,
        answer: String,
    },
}

/// A longer answer is a section under a heading.
const MAX_ANSWER: usize = 2_000;
/// A longer question is a paragraph that ends with one.
const MAX_QUESTION: usize = 300;

/// Whether a text is one question.
pub(crate) fn is_question(text: &str) -> bool {
    let text = text.trim();
    text.ends_with('?') && text.len() <= MAX_QUESTION && text.len() > 3 && !text.contains('\n')
}

/// A line that begins with a letter or word for question or answer: which of them, and the rest. "P." is the Spanish and Portuguese
/// question, "F" the German, "R" the answer of all three Romance languages.
pub(crate) fn marked(line: &str) -> Option<(Mark, &str)> {
    let line = line.trim_start();
    let (word, rest) = line.split_once([':', '.', ')'])?;
    let word = word.trim().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end().to_lowercase();
    // "R.": an initial. "A.": the first of a list.
    let is_colon = line.chars().nth(line.find([':', '.', ')'])?) == Some(':');
    let mark = match word.as_str() {
        "q" | "question" | "pregunta" | "pergunta" | "frage" | "p" | "f" => Mark::Question,
        "a" | "answer" | "respuesta" | "resposta" | "réponse" | "antwort" | "r" => Mark::Answer,
        _ => return None,
    };
    let rest = rest.trim();
    let is_asked = mark == Mark::Question && rest.contains('?');
    (is_colon || is_asked).then_some((mark, rest))
}

/// What a line says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Question,
    Answer,
}

/// The blocks of a document, with its questions and answers as pairs.
pub(crate) fn blocks(pieces: Vec<Piece>) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(pieces.len());
    let mut open: Option<Open> = None;
    for piece in pieces {
        let asked = question_of(&piece);
        if let Some((question, level, rest)) = asked {
            close(open.take(), &mut blocks);
            let mut next = Open { question, level, answer: Vec::new(), items: Vec::new() };
            next.add(rest);
            open = Some(next);
            continue;
        }
        match (piece, &mut open) {
            (Piece::Text(text), Some(open)) => open.add(text),
            (piece, _) => {
                close(open.take(), &mut blocks);
                push(piece, &mut blocks);
            }
        }
    }
    close(open, &mut blocks);
    blocks
}

/// A question whose answer is being read.
struct Open {
    question: String,
    /// Of the heading that it is; `None` for a line.
    level: Option<u8>,
    answer: Vec<String>,
    items: Vec<String>,
}

impl Open {
    fn add(&mut self, text: String) {
        if text.is_empty() {
            return;
        }
        let answered = marked(&text).filter(|(mark, _)| *mark == Mark::Answer).map(|(_, rest)| rest.to_owned());
        self.answer.push(answered.unwrap_or_else(|| text.clone()));
        self.items.push(text);
    }
}

fn close(open: Option<Open>, blocks: &mut Vec<Block>) {
    let Some(Open { question, level, answer, items }) = open else { return };
    let length: usize = answer.iter().map(String::len).sum();
    // The number of a step below a heading is no answer.
    if (2..=MAX_ANSWER).contains(&length) {
        blocks.push(Block::Faq { question, answer: answer.join("\n") });
        return;
    }
    blocks.push(match level {
        Some(level) => Block::Heading { level, text: question },
        None if length > 0 => Block::Heading { level: 6, text: question },
        None => Block::Text(question),
    });
    blocks.extend(items.into_iter().map(Block::Text));
}

/// The question that a piece asks, the level of the heading that it is, and what stands behind the question in the same piece.
fn question_of(piece: &Piece) -> Option<(String, Option<u8>, String)> {
    match piece {
        Piece::Heading { level, text } if is_question(text) => Some((unmarked(text), Some(*level), String::new())),
        Piece::Question { text, rest } => Some((unmarked(text), None, rest.clone())),
        Piece::Text(text) => {
            let (mark, rest) = marked(text)?;
            if mark == Mark::Answer {
                return None;
            }
            // Up to the answer's own mark, the end of the line, or the question mark.
            let (question, answer) = match rest.split_once('\n') {
                Some((question, answer)) => (question, answer),
                None => rest.split_at_checked(rest.find('?').map_or(rest.len(), |at| at + 1))?,
            };
            (!question.trim().is_empty()).then(|| (question.trim().to_owned(), None, answer.trim().to_owned()))
        }
        _ => None,
    }
}

fn unmarked(question: &str) -> String {
    let rest = marked(question).filter(|(mark, _)| *mark == Mark::Question).map(|(_, rest)| rest);
    rest.unwrap_or(question).trim().to_owned()
}

fn push(piece: Piece, blocks: &mut Vec<Block>) {
    blocks.push(match piece {
        Piece::Heading { level, text } => Block::Heading { level, text },
        Piece::Text(text) => Block::Text(text),
        // Every question is opened before this.
        Piece::Question { text, rest } => Block::Text(format!("{text}\n{rest}")),
        Piece::Row { header, cells } => Block::Row { header, cells },
        Piece::Faq { question, answer } => Block::Faq { question, answer },
    });
}
