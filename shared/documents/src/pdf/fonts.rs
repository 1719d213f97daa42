//! What the codes of a font stand for, and how wide they are.

use super::streams;
use crate::Unreadable;
use crate::limits::Budget;
use hayro_font::hayro_cmap::{self, BfString};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The fonts of a document.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    known: HashMap<ObjectIdentifier, Rc<Face<'a>>>,
}

/// A font.
pub(super) struct Face<'a> {
    font: Option<Font<'a>>,
    pub(super) is_bold: bool,
    codes: RefCell<HashMap<u32, Rc<Code>>>,
}

/// A code of a font.
pub(super) struct Code {
    /// What it stands for; `None` where that cannot be known.
    pub(super) text: Option<String>,
    /// In thousandths of the font's size, along the line.
    pub(super) advance: f64,
    pub(super) is_horizontal: bool,
}

impl<'a> Fonts<'a> {
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            // Of a font that is not in the file only its widths are needed.
            programs: Arc::new(|query| {
                let font = match query {
                    FontQuery::Standard(font) => *font,
                    FontQuery::Fallback(query) => query.pick_standard_font(),
                };
                Some(font.get_font_data())
            }),
            maps: Arc::new(hayro_cmap::load_embedded),
            known: HashMap::new(),
        }
    }

    pub(super) fn face(&mut self, dict: &Dict<'a>, budget: &Budget<'_>) -> Result<Rc<Face<'a>>, Unreadable> {
        let id = dict.obj_id();
        if let Some(face) = id.and_then(|id| self.known.get(&id)) {
            return Ok(Rc::clone(face));
        }
        weigh(dict, budget)?;
        let font = self.cache.font(dict, &self.programs, &self.maps);
        let face = Rc::new(Face { font, is_bold: is_bold(dict), codes: RefCell::default() });
        if let Some(id) = id {
            self.known.insert(id, Rc::clone(&face));
        }
        Ok(face)
    }
}

/// Unpacks what belongs to a font within the budget, before the library does so without.
fn weigh(dict: &Dict<'_>, budget: &Budget<'_>) -> Result<(), Unreadable> {
    let below = dict.get::<Array<'_>>("DescendantFonts").and_then(|below| below.iter::<Dict<'_>>().next());
    for dict in [Some(dict.clone()), below].into_iter().flatten() {
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        for (dict, keys) in
            [(&dict, &["ToUnicode", "Encoding", "CIDToGIDMap"]), (&descriptor, &["FontFile", "FontFile2", "FontFile3"])]
        {
            for key in keys {
                if let Some(stream) = dict.get::<Stream<'_>>(key) {
                    streams::decoded(&stream, budget)?;
                }
            }
        }
    }
    Ok(())
}

fn is_bold(dict: &Dict<'_>) -> bool {
    let name = dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_lowercase()).unwrap_or_default();
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
    // Computer Modern's bold faces are called CMBX.
    ["bold", "black", "heavy", "cmbx", "sfbx"].iter().any(|word| name.contains(word))
        || descriptor.is_some_and(|descriptor| descriptor.get::<u32>("FontWeight").is_some_and(|weight| weight >= 600))
}

impl Face<'_> {
    pub(super) fn is_horizontal(&self) -> bool {
        self.font.as_ref().is_none_or(Font::is_horizontal)
    }

    /// Cuts a string into its codes, with the length of each in bytes.
    pub(super) fn codes(&self, bytes: &[u8]) -> Vec<(Rc<Code>, u32, usize)> {
        let mut codes = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = match &self.font {
                Some(font) => font.read_code(bytes, at),
                None => (bytes.get(at).copied().map_or(0, u32::from), 1),
            };
            codes.push((self.code(code), code, length));
            at += length.max(1);
        }
        codes
    }

    fn code(&self, code: u32) -> Rc<Code> {
        if let Some(known) = self.codes.borrow().get(&code) {
            return Rc::clone(known);
        }
        let made = Rc::new(self.made(code));
        self.codes.borrow_mut().insert(code, Rc::clone(&made));
        made
    }

    fn made(&self, code: u32) -> Code {
        let Some(font) = &self.font else {
            // A font that is broken or missing: ASCII is what it shows.
            let text = char::from_u32(code).filter(|c| c.is_ascii() && !c.is_ascii_control()).map(String::from);
            return Code { text, advance: 500.0, is_horizontal: true };
        };
        let text = match font.glyph(font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let text = text.map(|text| match text {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        });
        let advance = font.code_advance(code);
        let is_horizontal = font.is_horizontal();
        let advance = if is_horizontal { advance.x } else { advance.y };
        Code { text: text.filter(|text| !text.contains(['\0', '\u{fffd}'])), advance, is_horizontal }
    }
}
