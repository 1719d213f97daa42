//! What the business's documents say to a message, found in its index.

use domain::conversations::{Citation, Excerpt, ExcerptKind, Lookup};
use knowledge::{ChunkKind, Found, Index, Query};

use crate::Asked;

/// How many excerpts are taken of one search.
const MAX_FOUND: usize = 8;

/// What answers `lookup`, best first; empty where the documents say nothing about it. No vendor is asked.
#[must_use]
pub fn look_up(index: &Index, lookup: &Lookup) -> Vec<Excerpt> {
    found(index, lookup, &Asked::default())
}

/// The same, with what is asked as points of the space of the index.
pub(crate) fn found(index: &Index, lookup: &Lookup, asked: &Asked) -> Vec<Excerpt> {
    let before: Vec<&str> = lookup.before.iter().map(String::as_str).collect();
    let query = |text| Query {
        text,
        before: &before,
        language: &lookup.language,
        location: lookup.location.as_deref(),
        category: None,
        limit: MAX_FOUND,
        point: asked.point(text),
    };
    let mut found = index.search(&query(&lookup.text));
    if found.is_empty() {
        let mut parts = lookup.questions().map(|part| index.search(&query(part)));
        found = parts.find(|found| !found.is_empty()).unwrap_or_default();
    }
    found.into_iter().map(excerpt).collect()
}

fn excerpt(found: Found<'_>) -> Excerpt {
    let (source, chunk) = (found.source, found.chunk);
    Excerpt {
        citation: Citation { document: source.id.clone(), name: source.name.clone(), page: chunk.page },
        location: source.location.clone(),
        heading: chunk.heading.clone(),
        kind: match chunk.kind {
            ChunkKind::Prose => ExcerptKind::Prose,
            ChunkKind::Row => ExcerptKind::Row,
            ChunkKind::Faq => ExcerptKind::Faq,
        },
        text: chunk.text.clone(),
        best: found.best,
        language: chunk.language.clone(),
    }
}
