//! XML, tag by tag. Prefixes of names are left out: what Office writes has no name twice that matters here.

use crate::Unreadable;
use crate::limits::Budget;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event as Read};

/// A reader of one part.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    budget: &'x Budget<'x>,
    depth: usize,
    /// The end of an element that was empty.
    end: Option<String>,
}

/// What comes next.
#[derive(Debug)]
pub(crate) enum Event<'x> {
    Start(Tag<'x>),
    End(String),
    Text(String),
}

/// The beginning of an element.
#[derive(Debug)]
pub(crate) struct Tag<'x> {
    name: String,
    start: BytesStart<'x>,
}

impl<'x> Xml<'x> {
    pub(crate) fn new(text: &'x str, budget: &'x Budget<'x>) -> Self {
        // Ends that do not belong to what is open end the reading: how deep it is inside is then the same for whoever follows along.
        Self { reader: Reader::from_str(text), budget, depth: 0, end: None }
    }

    /// The next event; `None` at the end, and where the XML is cut off.
    pub(crate) fn next(&mut self) -> Result<Option<Event<'x>>, Unreadable> {
        if let Some(name) = self.end.take() {
            return Ok(Some(Event::End(name)));
        }
        loop {
            self.budget.step()?;
            let Ok(event) = self.reader.read_event() else { return Ok(None) };
            return Ok(Some(match event {
                Read::Start(start) => {
                    self.depth += 1;
                    self.budget.depth(self.depth)?;
                    Event::Start(Tag { name: start.local_name().as_ref().to_owned(), start })
                }
                Read::Empty(start) => {
                    let name = start.local_name().as_ref().to_owned();
                    self.end = Some(name.clone());
                    Event::Start(Tag { name, start })
                }
                Read::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::End(end.local_name().as_ref().to_owned())
                }
                Read::Text(text) => Event::Text(text.into_inner().into_owned()),
                Read::CData(text) => Event::Text(text.into_inner().into_owned()),
                Read::GeneralRef(name) => match name.resolve_char_ref() {
                    Ok(Some(c)) => Event::Text(c.to_string()),
                    _ => Event::Text(resolve_predefined_entity(&name).unwrap_or_default().to_owned()),
                },
                Read::Eof => return Ok(None),
                Read::Comment(_) | Read::Decl(_) | Read::PI(_) | Read::DocType(_) => continue,
            }));
        }
    }

    /// Passes over the rest of an element that has just begun.
    pub(crate) fn skip(&mut self) -> Result<(), Unreadable> {
        let mut inside = 1_usize;
        while inside > 0 {
            match self.next()? {
                Some(Event::Start(_)) => inside += 1,
                Some(Event::End(_)) => inside -= 1,
                Some(Event::Text(_)) => {}
                None => return Ok(()),
            }
        }
        Ok(())
    }
}

impl<'x> Event<'x> {
    /// The tag, where an element of this name begins.
    pub(crate) fn start(&self, name: &str) -> Option<&Tag<'x>> {
        match self {
            Self::Start(tag) if tag.name == name => Some(tag),
            _ => None,
        }
    }

    pub(crate) fn is_end(&self, name: &str) -> bool {
        matches!(self, Self::End(end) if end == name)
    }

    /// Its text; empty where it is a tag.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }
}

impl Tag<'_> {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The value of an attribute, by its name without prefix.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// The attribute `val` as a number.
    pub(crate) fn number(&self) -> Option<usize> {
        self.value("val")?.trim().parse().ok()
    }

    /// What an element says that is on by being there: `<w:b/>`, and off with `w:val="0"`.
    pub(crate) fn is_on(&self) -> bool {
        self.value("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}
