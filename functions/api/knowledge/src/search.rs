//! A search that shows what would be found for a question, with scores.

use api::{ApiError, Caller, JsonBody};
use axum::Json;
use axum::extract::State;
use domain::Failure;
use domain::identity::may;
use domain::ids::{DocumentId, LocationId};
use domain::tenancy::Language;
use knowledge::{FLOOR, Found, Query};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use utoipa::ToSchema;

use crate::AppState;

/// The longest question, in characters.
const MAX_QUESTION: usize = 1_000;
/// The most messages that come before it.
const MAX_BEFORE: usize = 5;
/// The most results.
const MAX_RESULTS: usize = 20;

/// A question as a customer may ask it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"question": "and for a flat roof?", "before": ["What do you take for an inspection?"], "limit": 5}))]
pub(crate) struct Search {
    /// What they ask.
    #[schema(min_length = 1, max_length = 1000)]
    question: String,
    /// What they wrote before, oldest first.
    #[serde(default)]
    #[schema(max_items = 5)]
    before: Vec<String>,
    /// The language that they write in; the business's own where it is left out.
    #[serde(default)]
    #[schema(nullable = false)]
    language: Option<Language>,
    /// The location that they talk of: what is about another one is not found.
    #[serde(default)]
    #[schema(nullable = false)]
    location: Option<LocationId>,
    /// Only what is in this category.
    #[serde(default)]
    #[schema(nullable = false, max_length = 60)]
    category: Option<String>,
    /// At most so many results.
    #[serde(default = "five")]
    #[schema(minimum = 1, maximum = 20, default = 5)]
    limit: usize,
}

fn five() -> usize {
    5
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"floor": 0.5, "by_meaning": true, "results": [{
    "document": {"id": "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c", "name": "Price list 2027.pdf"}, "page": 2, "heading": "Inspections",
    "text": "Service: Flat roof inspection, Price: 180 dollars", "best": {"start": 0, "end": 49},
    "highlights": [{"start": 9, "end": 13}], "score": 0.83, "is_answer": true
}]}))]
pub(crate) struct KnowledgeResults {
    /// The pieces of documents that fit best, best first, also those that answer nothing.
    results: Vec<SearchResult>,
    /// What has a lower score than this says nothing about the question: nothing is answered from it.
    floor: f32,
    /// Whether candidates were brought up by what the question means too; `false`: by its words alone, because there is no vector of it.
    by_meaning: bool,
}

/// A piece of a document.
#[derive(Debug, Serialize, ToSchema)]
struct SearchResult {
    /// The document that it is of.
    document: SourceDocument,
    /// The page that it begins on, from 1; absent in formats without pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    page: Option<u32>,
    /// The headings that it is under; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    heading: Option<String>,
    /// Its words.
    text: String,
    /// The sentence that answers best.
    best: Span,
    /// Words that were asked for.
    highlights: Vec<Span>,
    /// How well it fits, from 0 to 1.
    score: f32,
    /// Whether it would be answered from.
    is_answer: bool,
}

/// Which document.
#[derive(Debug, Serialize, ToSchema)]
struct SourceDocument {
    /// Its id.
    #[schema(value_type = DocumentId)]
    id: String,
    /// What people call it.
    name: String,
}

/// A part of a text, in characters (Unicode code points).
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PartOfText)]
struct Span {
    /// Where it begins.
    start: usize,
    /// Where it ends; the character there is no part of it.
    end: usize,
}

/// Try a question out
///
/// Shows what Porchlight would find for a question of a customer, with scores, the sentence that answers best, and the words that were
/// found. Nothing is sent and nothing is stored.
#[utoipa::path(
    post, path = "/v1/knowledge/search", tag = "knowledge", operation_id = "searchKnowledge",
    request_body = Search,
    responses((status = 200, description = "What fits best", body = KnowledgeResults)),
    security(("bearer" = ["settings:read"]))
)]
pub(crate) async fn try_out(
    caller: Caller<may::ReadSettings>,
    State(app_state): State<AppState>,
    JsonBody(search): JsonBody<Search>,
) -> Result<Json<KnowledgeResults>, ApiError> {
    check(&search)?;
    let tenant = caller.tenant()?;
    let language = search.language.as_ref().unwrap_or(&tenant.language);
    let before: Vec<&str> = search.before.iter().map(String::as_str).collect();
    let query = Query {
        text: &search.question,
        before: &before,
        language: language.as_str(),
        location: search.location.as_ref().map(LocationId::as_str),
        category: search.category.as_deref(),
        limit: search.limit,
        point: None,
    };
    app_state.ensure_readable(&tenant.id).await?;
    let Some(index) = app_state.library.index(&tenant.id).await? else {
        return Ok(Json(KnowledgeResults { results: Vec::new(), floor: FLOOR, by_meaning: false }));
    };
    let asked = app_state.locate(tenant, &index, &search.question, caller.trace.at).await?;
    let query = Query { point: asked.point(&search.question), ..query };
    let results = index.scored(&query).iter().map(result).collect();
    Ok(Json(KnowledgeResults { results, floor: FLOOR, by_meaning: index.knows_meaning_of(&query) }))
}

fn check(search: &Search) -> Result<(), Failure> {
    let length = search.question.trim().chars().count();
    if length == 0 || search.question.chars().count() > MAX_QUESTION {
        return Err(Failure::invalid("question", format!("question must be 1 to {MAX_QUESTION} characters")));
    }
    if search.before.len() > MAX_BEFORE || search.before.iter().any(|text| text.chars().count() > MAX_QUESTION) {
        let what = format!("before may have {MAX_BEFORE} messages of at most {MAX_QUESTION} characters");
        return Err(Failure::invalid("before", what));
    }
    if !(1..=MAX_RESULTS).contains(&search.limit) {
        return Err(Failure::invalid("limit", format!("limit must be a number of 1 to {MAX_RESULTS}")));
    }
    Ok(())
}

fn result(found: &Found<'_>) -> SearchResult {
    let text = &found.chunk.text;
    SearchResult {
        document: SourceDocument { id: found.source.id.clone(), name: found.source.name.clone() },
        page: found.chunk.page,
        heading: Some(found.chunk.heading.clone()).filter(|heading| !heading.is_empty()),
        best: in_characters(text, &found.best),
        highlights: found.highlights.iter().map(|range| in_characters(text, range)).collect(),
        score: found.score,
        is_answer: found.score >= FLOOR,
        text: text.clone(),
    }
}

/// A range of bytes of `text` in characters.
fn in_characters(text: &str, bytes: &Range<usize>) -> Span {
    let before = |byte: usize| text.char_indices().take_while(|(at, _)| *at < byte).count();
    Span { start: before(bytes.start), end: before(bytes.end) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, from_value, json};

    #[test]
    fn ranges_are_told_in_characters() {
        let text = "Rügen: 10 € für alle";
        let bytes = text.find("10 €").map(|start| start..start + "10 €".len()).unwrap();
        assert_eq!(in_characters(text, &bytes), Span { start: 7, end: 11 });
        assert_eq!(in_characters(text, &(0..text.len())), Span { start: 0, end: 20 });
    }

    #[test]
    fn a_question_has_an_end_and_so_has_what_is_asked_for() {
        let refused = |body: Value| match check(&from_value::<Search>(body).unwrap()) {
            Err(Failure::Rejected { field, .. }) => field,
            _ => None,
        };
        assert_eq!(refused(json!({"question": "Do you repair roofs?"})), None);
        assert_eq!(refused(json!({"question": " "})).as_deref(), Some("question"));
        assert_eq!(refused(json!({"question": "é".repeat(1_001)})).as_deref(), Some("question"));
        assert_eq!(
            refused(json!({"question": "a", "before": ["a", "b", "c", "d", "e", "f"]})).as_deref(),
            Some("before")
        );
        assert_eq!(refused(json!({"question": "a", "limit": 21})).as_deref(), Some("limit"));
        assert_eq!(refused(json!({"question": "a", "limit": 0})).as_deref(), Some("limit"));
    }
}
