//! The parts of a file of Office.

use super::xml::Xml;
use crate::limits::{Budget, Limits};
use crate::{Format, Unreadable, text};
use std::io::Cursor;
use zip::ZipArchive;
use zip::result::ZipError;

/// A file of Office: a zip with parts that point to each other.
pub(crate) struct Package<'p> {
    zip: ZipArchive<Cursor<&'p [u8]>>,
    budget: &'p Budget<'p>,
}

/// What a part points to: the id, the end of the type, and the name of the other part.
pub(crate) struct Relation {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) target: String,
}

/// A zip with more entries than this is no document.
const MAX_ENTRIES: usize = 10_000;

impl<'p> Package<'p> {
    pub(crate) fn open(bytes: &'p [u8], budget: &'p Budget<'p>) -> Result<Self, Unreadable> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        if zip.len() > MAX_ENTRIES {
            return Err(Unreadable::UnpacksToTooMuch);
        }
        Ok(Self { zip, budget })
    }

    /// Which of the formats a zip is.
    pub(crate) fn format(bytes: &[u8]) -> Result<Format, Unreadable> {
        let budget = Budget::new(Limits::default(), &|| false);
        let package = Package::open(bytes, &budget)?;
        let has = |beginning: &str| package.zip.file_names_raw().any(|name| name.starts_with(beginning.as_bytes()));
        match (has("word/"), has("xl/")) {
            (true, _) => Ok(Format::Docx),
            (_, true) => Ok(Format::Xlsx),
            _ => Err(Unreadable::UnknownFormat),
        }
    }

    /// A part as text; `None` where there is none of this name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        self.budget.in_time()?;
        let Some(index) = self.index(name) else { return Ok(None) };
        let file = match self.zip.by_index(index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(reason)) if reason == ZipError::PASSWORD_REQUIRED => {
                return Err(Unreadable::Password);
            }
            Err(_) => return Err(Unreadable::Damaged),
        };
        let bytes = self.budget.inflate(file)?.ok_or(Unreadable::Damaged)?;
        Ok(Some(text::decode(&bytes)))
    }

    /// Names are compared without regard to case, as Office does.
    fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.zip
            .index_for_name(name)
            .or_else(|| self.zip.file_names_raw().position(|other| other.eq_ignore_ascii_case(name.as_bytes())))
    }

    /// What a part points to.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Unreadable> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let Some(text) = self.part(&format!("{folder}/_rels/{file}.rels"))? else { return Ok(Vec::new()) };
        let mut relations = Vec::new();
        let mut xml = Xml::new(&text, self.budget);
        while let Some(event) = xml.next()? {
            let Some(tag) = event.start("Relationship") else { continue };
            let (Some(id), Some(kind), Some(target)) = (tag.value("Id"), tag.value("Type"), tag.value("Target")) else {
                continue;
            };
            if tag.value("TargetMode").is_none_or(|mode| mode != "External") {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.push(Relation { id, kind, target: resolved(folder, &target) });
            }
        }
        Ok(relations)
    }

    /// The part that the package is about, and its title.
    pub(crate) fn main(&mut self, usual: &str) -> Result<(String, Option<String>), Unreadable> {
        let relations = self.relations("")?;
        let of = |kind: &str| {
            relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.clone())
        };
        let main = of("officeDocument").unwrap_or_else(|| usual.to_owned());
        let core = of("core-properties").unwrap_or_else(|| "docProps/core.xml".to_owned());
        let mut title = String::new();
        if let Some(text) = self.part(&core)? {
            let mut xml = Xml::new(&text, self.budget);
            let mut inside = false;
            while let Some(event) = xml.next()? {
                inside = event.start("title").is_some() || (inside && !event.is_end("title"));
                if inside {
                    title.push_str(event.text());
                }
            }
        }
        Ok((main, Some(crate::clean::line(&title)).filter(|title| !title.is_empty())))
    }
}

/// A target from the folder of the part that names it.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}
