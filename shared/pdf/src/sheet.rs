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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
/// What all columns beside the wide one may take of the 178 mm of A4, as far as codes can give way.
const BESIDE: f64 = 128.0;
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
        let wanted: Vec<f64> = (0..self.columns.len()).map(|index| self.wanted(index)).collect();
        let of = |kind: Kind| self.columns.iter().zip(&wanted).filter(move |(column, _)| column.kind == kind);
        let (codes, numbers) = (of(Kind::Code).count(), of(Kind::Number).map(|(_, width)| width).sum::<f64>());
        let most = ((BESIDE - numbers) / f64::from(u32::try_from(codes.max(1)).unwrap_or(1))).max(NARROWEST);
        let width = |(column, wanted): (&Column, &f64)| match column.kind {
            Kind::Wide => None,
            Kind::Code => Some(wanted.min(most)),
            Kind::Number => Some(*wanted),
        };
        self.columns.iter().zip(&wanted).map(width).collect()
    }

    /// Millimetres in which the longest cell of a column fits, within reason: codes word by word, numbers with their currency or unit.
    fn wanted(&self, index: usize) -> f64 {
        let Some(column) = self.columns.get(index) else { return NARROWEST };
        let cells = self.rows.iter().filter_map(|row| row.cells.get(index)).flatten().map(String::as_str);
        // A head's words, too, break nowhere.
        let all = cells.chain([column.label.as_str()]);
        let is_whole = column.kind == Kind::Number;
        let pieces = all.flat_map(|line| line.split(move |c| c == ' ' && !is_whole));
        let letters = pieces.map(|piece| piece.chars().filter(|c| *c != clean::MAY_BREAK).count()).max();
        let letters = f64::from(u32::try_from(letters.unwrap_or_default()).unwrap_or(u32::MAX));
        (letters * if is_whole { DIGIT } else { LETTER } + AROUND).clamp(NARROWEST, WIDEST)
    }
}

fn parts<S: serde::Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    (date.year(), date.month(), date.day()).serialize(to)
}
