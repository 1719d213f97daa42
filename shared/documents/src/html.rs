//! Pages of the web. Tags are followed as they come; there is no tree, so nothing is deep.

use crate::faq::{self, Piece};
use crate::limits::Budget;
use crate::{Unreadable, clean, table, text};
use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};
use knowledge::{Document, Page};

pub(crate) fn read(bytes: &[u8], budget: &Budget<'_>) -> Result<Document, Unreadable> {
    let (title, pieces) = pieces(&decode(bytes), budget)?;
    Ok(Document { title, pages: vec![Page { number: None, blocks: faq::blocks(pieces) }], unread: Vec::new() })
}

/// The encoding may be named in the page itself.
fn decode(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048)).unwrap_or_default()).to_ascii_lowercase();
    let named = head.split("charset=").nth(1).or_else(|| head.split("encoding=").nth(1)).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'']);
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap_or_default()
    });
    match named.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes())) {
        Some(encoding) if std::str::from_utf8(bytes).is_err() => encoding.decode(bytes).0.into_owned(),
        _ => text::decode(bytes),
    }
}

/// What a page says, and its title.
pub(crate) fn pieces(html: &str, budget: &Budget<'_>) -> Result<(Option<String>, Vec<Piece>), Unreadable> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut walk = Walk::default();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        budget.step()?;
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => walk.start(&tag, budget)?,
            Token::EndTag(tag) => walk.end(&tag, budget)?,
            Token::String(text) => walk.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    walk.flush();
    while walk.end_table(budget)? {}
    let title = Some(clean::line(&walk.title)).filter(|title| !title.is_empty());
    Ok((title, walk.pieces))
}

/// Elements whose contents no one reads: code, drawings, menus of the site, and what is struck out: an old price is none.
const SKIPPED: &[&str] = &[
    "del", "s", "strike", "script", "style", "template", "svg", "math", "nav", "iframe", "noscript", "object",
    "select", "button", "audio", "video", "canvas",
];
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements that stand within a line; every other one begins a new paragraph.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "img", "input", "ins", "kbd",
    "label", "mark", "q", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Where the walk is.
#[derive(Default)]
struct Walk {
    pieces: Vec<Piece>,
    title: String,
    in_title: bool,
    /// The element that is passed over, and how often it is open inside of itself.
    skipped: Option<(String, usize)>,
    /// The paragraph so far, and how much of its beginning is in bold.
    buffer: String,
    bold_until: usize,
    bold: usize,
    raised: usize,
    heading: Option<u8>,
    /// The lists that are open: the number of the next item, of a list with numbers.
    lists: Vec<Option<u32>>,
    /// What stands before an item, "2. ".
    number: String,
    term: String,
    in_term: bool,
    tables: Vec<Table>,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    in_cell: bool,
    heads: usize,
    columns: usize,
    rows_down: usize,
    /// Cells that reach into the rows below: column, how many rows more, text.
    reaching: Vec<(usize, usize, String)>,
    /// Those that reach further, into the row after this one.
    waiting: Vec<(usize, usize, String)>,
    has_head: bool,
    /// It arranges the page and holds no values: what is in its cells is read as if it were not there.
    is_layout: bool,
}

/// A cell that says it is wider or higher is believed up to here.
const MAX_SPAN: usize = 100;

impl Walk {
    fn start(&mut self, tag: &StartTag<()>, budget: &Budget<'_>) -> Result<(), Unreadable> {
        let name = String::from_utf8_lossy(&tag.name);
        let is_void = VOID.contains(&&*name) || tag.self_closing;
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(*skipped == name && !is_void);
            return Ok(());
        }
        if !is_void && (SKIPPED.contains(&&*name) || is_hidden(tag)) {
            self.skipped = Some((name.into_owned(), 1));
            return Ok(());
        }
        if !INLINE.contains(&&*name) && !matches!(&*name, "br" | "title" | "html" | "head" | "meta" | "link") {
            self.flush();
        }
        match &*name {
            "title" => self.in_title = self.title.is_empty(),
            "br" => self.buffer.push('\n'),
            "b" | "strong" => self.bold += 1,
            "sup" => self.raised += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.is_layout();
                self.heading = name.bytes().last().map(|digit| digit - b'0');
            }
            "summary" => self.heading = Some(6),
            "ul" | "menu" => self.lists.push(None),
            "ol" => {
                self.lists.push(Some(number(tag, b"start").and_then(|start| u32::try_from(start).ok()).unwrap_or(1)));
            }
            "li" => self.item(),
            "dt" => {
                self.term.clear();
                self.in_term = true;
            }
            "table" => {
                self.is_layout();
                self.tables.push(Table::default());
                budget.depth(self.tables.len())?;
            }
            "tr" => self.end_row(budget)?,
            "td" | "th" => self.cell(tag, &name, budget)?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: &EndTag<()>, budget: &Budget<'_>) -> Result<(), Unreadable> {
        let name = String::from_utf8_lossy(&tag.name);
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= usize::from(*skipped == name);
            if *depth == 0 {
                self.skipped = None;
            }
            return Ok(());
        }
        if !INLINE.contains(&&*name) && !matches!(&*name, "br" | "title") {
            self.flush();
        }
        match &*name {
            "title" => self.in_title = false,
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            "sup" => self.raised = self.raised.saturating_sub(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" => self.heading = None,
            "ul" | "ol" | "menu" => {
                self.lists.pop();
            }
            "dl" => self.term.clear(),
            "td" | "th" => self.end_cell(budget)?,
            "tr" => self.end_row(budget)?,
            "table" => {
                self.end_table(budget)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.skipped.is_some() {
            return;
        }
        if self.in_title {
            self.title.push_str(text);
            return;
        }
        let begins_bold = self.bold > 0 && self.bold_until == self.buffer.trim_end().len();
        // White space is one space, also that of a line's end.
        for (at, word) in text.split_ascii_whitespace().enumerate() {
            if at > 0 || text.starts_with(|c: char| c.is_ascii_whitespace()) {
                self.space();
            }
            match self.raised {
                0 => self.buffer.push_str(word),
                _ => self.buffer.push_str(&clean::raised(word)),
            }
        }
        if text.ends_with(|c: char| c.is_ascii_whitespace()) {
            self.space();
        }
        if begins_bold {
            self.bold_until = self.buffer.trim_end().len();
        }
    }

    fn space(&mut self) {
        if !self.buffer.is_empty() && !self.buffer.ends_with([' ', '\n']) {
            self.buffer.push(' ');
        }
    }

    /// Ends the paragraph.
    fn flush(&mut self) {
        let buffer = std::mem::take(&mut self.buffer);
        let bold_until = std::mem::take(&mut self.bold_until);
        if let Some(table) = self.tables.last_mut()
            && !table.is_layout
        {
            if table.in_cell
                && let Some(cell) = table.row.last_mut()
            {
                let text = clean::lines(&buffer);
                if !cell.is_empty() && !text.is_empty() {
                    cell.push('\n');
                }
                cell.push_str(&text);
            }
            return;
        }
        let text = clean::lines(&buffer);
        if text.is_empty() {
            return;
        }
        if let Some(level) = self.heading {
            return self.pieces.push(Piece::Heading { level, text: clean::line(&text) });
        }
        if std::mem::take(&mut self.in_term) {
            self.term = clean::line(&text);
            if faq::is_question(&self.term) {
                self.pieces.push(Piece::Question { text: std::mem::take(&mut self.term), rest: String::new() });
            }
            return;
        }
        let lead = buffer.split_at_checked(bold_until).map(|(lead, rest)| (clean::line(lead), clean::lines(rest)));
        self.pieces.push(match lead {
            Some((lead, rest)) if faq::is_question(&lead) => Piece::Question { text: lead, rest },
            _ if !self.term.is_empty() => Piece::Text(format!("{}: {text}", self.term.trim_end_matches(':'))),
            _ => Piece::Text(format!("{}{text}", std::mem::take(&mut self.number))),
        });
        self.number.clear();
    }

    fn item(&mut self) {
        self.number.clear();
        if let Some(Some(number)) = self.lists.last_mut() {
            self.number = format!("{number}. ");
            *number = number.saturating_add(1);
        }
    }

    /// The table that is open arranges the page: what its cells say up to here is said as text.
    fn is_layout(&mut self) {
        if let Some(table) = self.tables.last_mut()
            && !table.is_layout
        {
            table.is_layout = true;
            let rows = std::mem::take(&mut table.rows).into_iter().chain([std::mem::take(&mut table.row)]);
            self.pieces.extend(rows.flatten().filter(|cell| !cell.is_empty()).map(Piece::Text));
        }
    }

    fn cell(&mut self, tag: &StartTag<()>, name: &str, budget: &Budget<'_>) -> Result<(), Unreadable> {
        self.end_cell(budget)?;
        let Some(table) = self.tables.last_mut().filter(|table| !table.is_layout) else { return Ok(()) };
        table.reach(budget)?;
        table.in_cell = true;
        table.heads += usize::from(name == "th");
        table.columns = number(tag, b"colspan").unwrap_or(1).clamp(1, MAX_SPAN);
        table.rows_down = number(tag, b"rowspan").unwrap_or(1).clamp(1, MAX_SPAN);
        table.row.push(String::new());
        Ok(())
    }

    fn end_cell(&mut self, budget: &Budget<'_>) -> Result<(), Unreadable> {
        self.flush();
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if std::mem::take(&mut table.in_cell) {
            let column = table.row.len().saturating_sub(1);
            if table.rows_down > 1
                && let Some(text) = table.row.last()
            {
                table.waiting.push((column, table.rows_down - 1, text.clone()));
            }
            for _ in 0..table.columns {
                budget.cell(0)?;
            }
            table.row.extend(std::iter::repeat_n(String::new(), table.columns.saturating_sub(1)));
        }
        Ok(())
    }

    fn end_row(&mut self, budget: &Budget<'_>) -> Result<(), Unreadable> {
        self.end_cell(budget)?;
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        table.reach(budget)?;
        table.reaching = std::mem::take(&mut table.waiting);
        let row = std::mem::take(&mut table.row);
        let heads = std::mem::take(&mut table.heads);
        if row.iter().any(|cell| !cell.is_empty()) {
            table.has_head |= table.rows.is_empty() && heads > 1 && heads * 2 > row.len();
            table.rows.push(row);
        }
        Ok(())
    }

    /// Ends the innermost table; `false` where there is none.
    fn end_table(&mut self, budget: &Budget<'_>) -> Result<bool, Unreadable> {
        self.end_row(budget)?;
        let Some(table) = self.tables.pop() else { return Ok(false) };
        self.pieces.extend(table::pieces(table.rows, table.has_head.then_some(true), budget)?);
        Ok(true)
    }
}

impl Table {
    /// Puts in the cells that reach down from the rows above, as far as it is their turn.
    fn reach(&mut self, budget: &Budget<'_>) -> Result<(), Unreadable> {
        while let Some(at) = self.reaching.iter().position(|(column, ..)| *column == self.row.len()) {
            let (column, left, text) = self.reaching.swap_remove(at);
            budget.cell(text.len())?;
            self.row.push(text.clone());
            if left > 1 {
                self.waiting.push((column, left - 1, text));
            }
        }
        Ok(())
    }
}

fn number(tag: &StartTag<()>, name: &[u8]) -> Option<usize> {
    String::from_utf8_lossy(tag.attributes.get(name)?).trim().parse().ok()
}

fn is_hidden(tag: &StartTag<()>) -> bool {
    let value = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).replace(' ', ""));
    value(b"hidden").is_some()
        || value(b"aria-hidden").is_some_and(|value| value == "true")
        || value(b"style").is_some_and(|style| style.contains("display:none") || style.contains("visibility:hidden"))
}
