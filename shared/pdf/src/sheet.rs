//! What a document of business shows, in strings alone: who to whom, what, how much. The template `trade.typ` sets it.
//!
//! It knows no order and no invoice: these say it in their words.

use crate::clean;
use crate::logo::Logo;
use jiff::civil::Date;
use serde::Serialize;

/// The content of a document with lines and sums.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    /// Of the file.
    pub(crate) title: String,
    /// What it is, above all else.
    pub(crate) heading: String,
    /// A word of warning beside the heading.
    pub(crate) mark: Option<String>,
    pub(crate) lang: &'static str,
    pub(crate) paper: &'static str,
    #[serde(serialize_with = "parts")]
    pub(crate) date: Date,
    /// Readable on white, and white on it.
    pub(crate) colour: String,
    /// What the logo is to those who do not see it.
    pub(crate) logo_text: String,
    /// With `{page}` and `{pages}`.
    pub(crate) page: &'static str,
    pub(crate) business: Labelled,
    pub(crate) parties: Vec<Labelled>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
    /// What stands before a row's reason.
    pub(crate) reason: &'static str,
    /// The last one is the total.
    pub(crate) sums: Vec<Fact>,
    pub(crate) note: Option<Labelled>,
}

/// Lines under a heading.
#[derive(Debug, Serialize)]
pub(crate) struct Labelled {
    pub(crate) label: String,
    /// Set off from the lines; may be empty.
    pub(crate) name: String,
    pub(crate) lines: Vec<String>,
}

/// A value with its name.
#[derive(Debug, Serialize)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
}

/// A column of the table.
#[derive(Debug, Serialize)]
pub(crate) struct Column {
    pub(crate) label: String,
    kind: Kind,
}

/// What is in a column: its width and side follow from it.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// Short text, as wide as it must be.
    Code,
    /// Sentences; takes the room that the others leave.
    Wide,
    /// Aligned to the right.
    Number,
}

/// A row of the table: in each cell, lines; the first one is the value, the others are small.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Vec<String>>,
    /// Below the wide cell, small.
    pub(crate) reason: Option<String>,
}

/// What the template is given.
#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    sheet: &'a Sheet,
    widths: Vec<Option<f64>>,
    logo: Option<Picture>,
}

#[derive(Serialize)]
struct Picture {
    file: &'static str,
    width: f64,
    height: f64,
}

impl Labelled {
    /// A text of several lines, whose words may break after `longest` letters.
    pub(crate) fn text(label: &str, text: &str, longest: usize) -> Self {
        let lines = clean::lines(text).iter().map(|line| clean::breakable(line, longest)).collect();
        Self { label: label.to_owned(), name: String::new(), lines }
    }
}

impl Column {
    pub(crate) fn code(label: &str) -> Self {
        Self { label: label.to_owned(), kind: Kind::Code }
    }

    pub(crate) fn wide(label: &str) -> Self {
        Self { label: label.to_owned(), kind: Kind::Wide }
    }

    pub(crate) fn number(label: &str) -> Self {
        Self { label: label.to_owned(), kind: Kind::Number }
    }
}

/// Millimetres: the narrowest and the widest column beside the wide one, what surrounds a cell's text, and a letter of a code and of a
/// number (capitals are wider than digits).
const NARROWEST: f64 = 17.0;
const WIDEST: f64 = 38.0;
const AROUND: f64 = 4.0;
const LETTER: f64 = 1.95;
const DIGIT: f64 = 1.8;

impl Sheet {
    /// The template that sets it.
    pub(crate) fn template(&self) -> &'static str {
        "/trade.typ"
    }

    /// What the file is the same by: who sends it, and its title.
    pub(crate) fn identity(&self) -> String {
        format!("{}\n{}", self.business.name, self.title)
    }

    /// As JSON for the template, with the widths of the columns, and where the logo is.
    pub(crate) fn to_json(&self, logo: Option<&Logo>) -> Result<Vec<u8>, serde_json::Error> {
        let logo = logo.map(|logo| Picture { file: logo.file, width: logo.width, height: logo.height });
        serde_json::to_vec(&Data { sheet: self, widths: self.widths(), logo })
    }

    /// Millimetres of each column; `None`: what is left. The typesetter would measure every cell, and give a long one the room of the rest.
    fn widths(&self) -> Vec<Option<f64>> {
        let width = |(index, column): (usize, &Column)| {
            let lines = || self.rows.iter().filter_map(move |row| row.cells.get(index)).flatten();
            // A head's words, too, break nowhere.
            let (letters, letter) = match column.kind {
                Kind::Wide => return None,
                Kind::Code => {
                    (lines().map(|line| longest_word(line)).max().max(Some(longest_word(&column.label))), LETTER)
                }
                Kind::Number => {
                    (lines().map(|line| line.chars().count()).max().max(Some(column.label.chars().count())), DIGIT)
                }
            };
            let letters = u32::try_from(letters.unwrap_or_default()).unwrap_or(u32::MAX);
            Some((f64::from(letters) * letter + AROUND).clamp(NARROWEST, WIDEST))
        };
        self.columns.iter().enumerate().map(width).collect()
    }
}

/// The letters of the longest word, which may end where it may break.
fn longest_word(line: &str) -> usize {
    line.split([' ', clean::MAY_BREAK]).map(|word| word.chars().count()).max().unwrap_or_default()
}

fn parts<S: serde::Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    (date.year(), date.month(), date.day()).serialize(to)
}
