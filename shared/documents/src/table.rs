//! Rows of cells into blocks: which row is the head, and whether the table is one of questions.

use crate::Unreadable;
use crate::faq::Piece;
use crate::limits::Budget;

/// Rows as pieces. `has_head` is what the format says about the first row; `None` where it says nothing.
pub(crate) fn pieces(
    rows: Vec<Vec<String>>,
    has_head: Option<bool>,
    budget: &Budget<'_>,
) -> Result<Vec<Piece>, Unreadable> {
    let mut rows: Vec<Vec<String>> = rows.into_iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
    // A table of one column is a list, and a line across the whole width above the table its heading.
    let mut pieces = Vec::new();
    let columns = rows.iter().map(|row| used(row)).max().unwrap_or_default();
    if columns <= 1 {
        return Ok(alone(rows.into_iter().flatten()).collect());
    }
    let above = rows.iter().take(rows.len() - 1).take_while(|row| filled(row) == 1).count();
    let table = rows.split_off(above);
    pieces.extend(
        rows.into_iter().flatten().filter(|cell| !cell.is_empty()).map(|text| Piece::Heading { level: 3, text }),
    );
    let mut rows = table;
    let has_head = has_head.unwrap_or_else(|| looks_like_head(&rows));
    let header = if has_head && rows.len() > 1 { rows.remove(0) } else { Vec::new() };
    let asks = column(&header, QUESTION);
    let answers = column(&header, ANSWER);
    let width: usize = header.iter().map(|head| head.len() + size_of::<String>()).sum();
    for cells in rows {
        // Every row has the head with it.
        budget.cell(width)?;
        let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).filter(|cell| !cell.is_empty()).cloned();
        match (cell(asks), cell(answers)) {
            (Some(question), Some(answer)) => pieces.push(Piece::Faq { question, answer }),
            _ if asks.is_some() && answers.is_some() => pieces.extend(alone(cells)),
            _ if filled(&cells) == 1 && columns > 1 && header.is_empty() => pieces.extend(alone(cells)),
            // A line inside of a table that has one cell is the heading of the rows below it.
            _ if filled(&cells) == 1 && cells.first().is_some_and(|cell| !cell.is_empty()) && columns > 2 => {
                pieces.extend(
                    cells.into_iter().filter(|cell| !cell.is_empty()).map(|text| Piece::Heading { level: 4, text }),
                );
            }
            _ => pieces.push(Piece::Row { header: header.clone(), cells: trimmed(cells) }),
        }
    }
    Ok(pieces)
}

fn alone(cells: impl IntoIterator<Item = String>) -> impl Iterator<Item = Piece> {
    cells.into_iter().filter(|cell| !cell.is_empty()).map(Piece::Text)
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.is_empty()).count()
}

/// How many columns there are up to the last cell that says something.
fn used(row: &[String]) -> usize {
    row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
}

fn trimmed(mut cells: Vec<String>) -> Vec<String> {
    cells.truncate(used(&cells));
    cells
}

/// Whether the first row names the columns: it is full, short and has no values, and in a column below it there are values.
fn looks_like_head(rows: &[Vec<String>]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let columns = rows.iter().map(|row| used(row)).max().unwrap_or_default();
    if rest.is_empty() || first.iter().any(|cell| is_value(cell)) {
        return false;
    }
    if column(first, QUESTION).is_some() && column(first, ANSWER).is_some() {
        return true;
    }
    let is_full =
        filled(first) == columns || (filled(first) + 1 == columns && first.first().is_some_and(String::is_empty));
    let is_short = first.iter().all(|cell| cell.chars().count() <= 60);
    let has_values = |column: usize| {
        let values = rest.iter().filter(|row| row.get(column).is_some_and(|cell| is_value(cell))).count();
        values * 2 >= rest.len()
    };
    is_full && is_short && (0..columns).any(has_values)
}

/// A price, a number, a duration, a date: what a head is not.
fn is_value(cell: &str) -> bool {
    let has_digit = cell.contains(|c: char| c.is_ascii_digit());
    has_digit && (!cell.starts_with(char::is_alphabetic) || cell.contains(['$', '€', '£']))
}

const QUESTION: &[&str] =
    &["question", "questions", "pregunta", "preguntas", "frage", "fragen", "pergunta", "perguntas", "q"];
const ANSWER: &[&str] = &[
    "answer",
    "answers",
    "respuesta",
    "respuestas",
    "réponse",
    "réponses",
    "reponse",
    "reponses",
    "antwort",
    "antworten",
    "resposta",
    "respostas",
    "a",
];

fn column(header: &[String], names: &[&str]) -> Option<usize> {
    header.iter().position(|head| {
        let head = head.trim().trim_end_matches([':', '?', '*']).trim().to_lowercase();
        names.contains(&head.as_str())
    })
}
