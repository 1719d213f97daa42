//! Markdown, by way of the HTML that it means.

use crate::faq::{self, Piece};
use crate::limits::Budget;
use crate::{Unreadable, clean, html, text};
use knowledge::{Document, Page};
use pulldown_cmark::{Options, Parser};

pub(crate) fn read(bytes: &[u8], budget: &Budget<'_>) -> Result<Document, Unreadable> {
    let text = text::decode(bytes);
    let (matter, body) = front_matter(&text);
    let mut page = String::with_capacity(body.len());
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_DEFINITION_LIST;
    pulldown_cmark::html::push_html(&mut page, Parser::new_ext(&with_tags_at_the_left(body), options));
    let (_, read) = html::pieces(&page, budget)?;
    let mut title = None;
    let mut pieces = Vec::new();
    for (key, value) in matter.iter().filter_map(|line| field(line)) {
        match key.as_str() {
            "title" => title = Some(value),
            _ if value.is_empty() || OF_THE_SITE.contains(&key.as_str()) => {}
            // These are sentences of their own.
            "description" | "subtitle" | "summary" | "excerpt" => pieces.push(Piece::Text(value)),
            _ => pieces.push(Piece::Text(format!("{key}: {value}"))),
        }
    }
    pieces.extend(read);
    Ok(Document { title, pages: vec![Page { number: None, blocks: faq::blocks(pieces) }], unread: Vec::new() })
}

/// Tags that are indented are meant as tags; Markdown takes them for code after an empty line.
fn with_tags_at_the_left(body: &str) -> String {
    let line = |line: &str| {
        let inner = line.trim_start();
        let is_tag =
            inner.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
        if is_tag { format!("{inner}\n") } else { format!("{line}\n") }
    };
    body.lines().map(line).collect()
}

/// Fields before a page that are meant for the program that builds the site.
const OF_THE_SITE: &[&str] = &[
    "aliases",
    "author",
    "bg_image",
    "categories",
    "category",
    "cover",
    "date",
    "draft",
    "featured",
    "icon",
    "id",
    "image",
    "images",
    "keywords",
    "lang",
    "language",
    "lastmod",
    "layout",
    "menu",
    "order",
    "permalink",
    "position",
    "published",
    "robots",
    "sitemap",
    "slug",
    "tags",
    "template",
    "thumbnail",
    "type",
    "updated",
    "url",
    "weight",
];

/// The lines between two rules at the beginning, and the rest.
fn front_matter(text: &str) -> (Vec<&str>, &str) {
    let none = (Vec::new(), text);
    let Some(rest) = text.trim_start_matches('\u{feff}').strip_prefix("---") else { return none };
    let Some(rest) = rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n")) else { return none };
    match rest.split_once("\n---") {
        Some((matter, body)) => (matter.lines().collect(), body.trim_start_matches('-')),
        None => none,
    }
}

/// A field of one line: "price: "$25"".
fn field(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let is_name = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let value = value.trim();
    let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    let quoted = quoted.or_else(|| value.strip_prefix('\'').and_then(|value| value.strip_suffix('\'')));
    is_name.then(|| (key.to_lowercase(), clean::line(&quoted.unwrap_or(value).replace("\\\"", "\""))))
}
