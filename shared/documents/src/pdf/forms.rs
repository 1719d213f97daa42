//! What was filled into the fields of a form, and notes that were typed onto the page.

use super::streams;
use crate::faq::Piece;
use crate::limits::Budget;
use crate::{Unreadable, clean};
use hayro_syntax::object::{Array, Dict, Name, Object, String as Text};
use hayro_syntax::page::Page;

/// The fields of a page that are filled in, each as "name: value".
pub(super) fn fields(page: &Page<'_>, budget: &Budget<'_>) -> Result<Vec<Piece>, Unreadable> {
    let mut pieces = Vec::new();
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return Ok(pieces) };
    for annotation in annotations.iter::<Dict<'_>>() {
        budget.step()?;
        let text = match annotation.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Widget") => field(&annotation),
            Some(b"FreeText") => said(annotation.get::<Object<'_>>("Contents")),
            _ => None,
        };
        if let Some(text) = text {
            budget.unpack(text.len())?;
            pieces.push(Piece::Text(text));
        }
    }
    Ok(pieces)
}

/// A field has its name and value from the one above it where it has none of its own.
const MAX_ABOVE: usize = 16;

fn field(widget: &Dict<'_>) -> Option<String> {
    let mut value = None;
    let mut name = None;
    let mut next = Some(widget.clone());
    for _ in 0..MAX_ABOVE {
        let Some(dict) = next else { break };
        value = value.or_else(|| said(dict.get::<Object<'_>>("V")));
        // What is shown to who fills it in is better than what it is called inside.
        name = name.or_else(|| said(dict.get::<Object<'_>>("TU"))).or_else(|| said(dict.get::<Object<'_>>("T")));
        next = dict.get::<Dict<'_>>("Parent");
    }
    let value = value.filter(|value| value != "Off")?;
    Some(match name {
        Some(name) => format!("{}: {value}", name.trim_end_matches(':')),
        None => value,
    })
}

fn said(object: Option<Object<'_>>) -> Option<String> {
    let text = match object? {
        Object::String(text) => streams::text(text.as_bytes()),
        Object::Name(name) => name.as_str().to_owned(),
        // Several that were chosen from a list.
        Object::Array(several) => {
            let several = several.iter::<Text<'_>>().take(100);
            several.map(|text| streams::text(text.as_bytes())).collect::<Vec<_>>().join(", ")
        }
        _ => return None,
    };
    Some(clean::lines(&text)).filter(|text| !text.is_empty())
}
