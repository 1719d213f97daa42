//! Texts as points of the space of a vendor's model: those of a business's documents, and what is looked for in them.
//!
//! What a text is alike to is asked in the space of the index alone. Where that cannot be, because the vendor cannot be had, the budget is
//! used up or another model is configured, words alone find what they find, and the log says so.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use backon::BackoffBuilder;
use domain::conversations::{Excerpt, Lookup};
use domain::tenancy::usage::{Feature, Saved, Spent, Tokens};
use domain::tenancy::{CostMode, Tenant};
use knowledge::Index;
use semantics::{Embedding, Space};

use crate::breaker::TableCalls;
use crate::client::left;
use crate::engine::{Engine, SHORTEST_TRY, WAITS};
use crate::excerpts::found;
use crate::vendors::Setback;
use crate::{Assistant, Degraded, EmbeddingModel};

/// The name in the circuit breaker: the vendor's models that write may be up.
const SERVICE: &str = "openai-embeddings";
/// A text is cut after so many bytes. A token has a byte or more, so these are no more tokens than a text may have.
const MAX_TEXT: usize = 8_000;
/// So many texts go with a request: their vectors come to less than what is read, also as decimal numbers.
const MAX_TEXTS: usize = 256;
/// So many bytes go with a request: no more tokens than it may have.
const MAX_BYTES: usize = 300_000;
/// Whoever asks waits no longer for the point of a question.
const QUESTION_TIME: Duration = Duration::from_millis(1_500);

/// What became of texts.
#[derive(Debug, Default)]
pub struct Embedded {
    /// Their points, in order: those of all, or of the first ones where the others could not be had.
    pub points: Vec<Embedding>,
    /// Why there are not all.
    pub degraded: Option<Degraded>,
    /// What it took.
    pub spent: Vec<Spent>,
}

/// What is asked, as points of the space of the index where it is looked for.
#[derive(Debug, Default)]
pub struct Asked {
    points: HashMap<String, Embedding>,
    /// What it took.
    pub spent: Vec<Spent>,
}

impl Asked {
    /// The point of a text; `None`: its words have to do, or the built-in table.
    #[must_use]
    pub fn point(&self, text: &str) -> Option<&Embedding> {
        self.points.get(text)
    }
}

impl Assistant {
    /// The space of the vendor's model that embeds; `None`: none is configured.
    #[must_use]
    pub fn space(&self) -> Option<&Space> {
        self.embedder().map(|(_, model)| &model.space)
    }

    /// The points of `texts`, none of them empty, as far as they can be had before `deadline`.
    pub async fn embed(&self, texts: &[String], deadline: Instant) -> Embedded {
        let mut embedded = Embedded { degraded: Some(Degraded::Paused), ..Embedded::default() };
        let (Some((engine, model)), mut calls) = (self.embedder(), TableCalls::default()) else { return embedded };
        let Some(admission) = engine.breaker.enter(SERVICE, &mut calls, deadline).await else { return embedded };
        let (mut setback, mut tokens) = (None, 0);
        for batch in batches(texts) {
            match points(engine, model, &batch, deadline, &mut tokens).await {
                Ok(points) => embedded.points.extend(points),
                Err(failed) => {
                    setback = Some(failed);
                    break;
                }
            }
        }
        engine.breaker.leave(admission, setback.as_ref(), &mut calls).await;
        embedded.degraded = setback.map(|setback| setback.reason);
        if tokens > 0 {
            let (feature, tokens) = (Feature::Embed, Tokens { uncached: tokens, ..Tokens::default() });
            embedded.spent.push(Spent { feature, model: model.space.model.clone(), tokens, saved: Saved::default() });
        }
        embedded
    }

    /// `texts` as points of the space of `index`, where it is a vendor's and that may be asked for `tenant`.
    pub async fn locate(
        &self,
        tenant: &Tenant,
        cost_mode: CostMode,
        index: &Index,
        texts: impl IntoIterator<Item = &str>,
    ) -> Asked {
        if index.is_built_in() {
            return Asked::default();
        }
        let unasked = if self.space() == index.space() {
            (!self.may_ask(tenant, cost_mode)).then_some("no model may be asked")
        } else {
            Some("no model of the space of the index is configured")
        };
        if let Some(reason) = unasked {
            tracing::info!(tenant = %tenant.id, reason, "documents are searched by words alone");
            return Asked::default();
        }
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.trim().is_empty()).map(str::to_owned).collect();
        let Embedded { points, degraded, spent } = self.embed(&texts, Instant::now() + QUESTION_TIME).await;
        if let Some(reason) = degraded {
            tracing::warn!(tenant = %tenant.id, %reason, "documents are searched by words alone");
        }
        Asked { points: texts.into_iter().zip(points).collect(), spent }
    }

    /// As [`look_up`](crate::look_up), also by what is meant where a vendor's model has to be asked for that; and what that took.
    pub async fn look_up(
        &self,
        tenant: &Tenant,
        cost_mode: CostMode,
        index: &Index,
        lookup: &Lookup,
    ) -> (Vec<Excerpt>, Vec<Spent>) {
        let texts = std::iter::once(lookup.text.as_str()).chain(lookup.questions());
        let asked = self.locate(tenant, cost_mode, index, texts).await;
        (found(index, lookup, &asked), asked.spent)
    }

    fn embedder(&self) -> Option<(&Engine, &EmbeddingModel)> {
        let engine = self.engine.as_ref()?;
        Some((engine, engine.embeddings.as_ref()?))
    }
}

/// Asks for the points of one request's texts until they are there, the tries are used up or the time is.
async fn points(
    engine: &Engine,
    model: &EmbeddingModel,
    texts: &[&str],
    deadline: Instant,
    tokens: &mut u64,
) -> Result<Vec<Embedding>, Setback> {
    let body = model.body(texts)?;
    let mut waits = WAITS.build();
    loop {
        let answered = engine.client.embed(model, body.clone(), deadline).await;
        let setback = match answered.and_then(|body| model.read(&body, texts, tokens)) {
            Ok(points) => return Ok(points),
            Err(setback) => setback,
        };
        let (reason, error) = (setback.reason, &setback.error);
        tracing::warn!(model = model.space.model, %reason, error, "texts could not be embedded");
        // An answer of the wrong form would be the same again.
        let may_mend = reason.may_pass() && !matches!(reason, Degraded::Invalid(_));
        match waits.next().map(|wait| wait.max(setback.retry_after.unwrap_or_default())) {
            Some(wait) if may_mend && wait.saturating_add(SHORTEST_TRY) <= left(deadline) => {
                tokio::time::sleep(wait).await;
            }
            _ => return Err(setback),
        }
    }
}

/// `texts` in order, in as many as one request takes.
fn batches(texts: &[String]) -> Vec<Vec<&str>> {
    let mut batches: Vec<Vec<&str>> = Vec::new();
    let mut bytes = 0;
    for text in texts.iter().map(|text| text.get(..text.floor_char_boundary(MAX_TEXT)).unwrap_or(text)) {
        bytes += text.len();
        match batches.last_mut().filter(|batch| batch.len() < MAX_TEXTS && bytes <= MAX_BYTES) {
            Some(batch) => batch.push(text),
            None => {
                bytes = text.len();
                batches.push(vec![text]);
            }
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_no_more_than_it_may_have() {
        let sizes = |texts: &[String]| -> Vec<(usize, usize)> {
            let size = |batch: &Vec<&str>| (batch.len(), batch.iter().map(|text| text.len()).sum());
            batches(texts).iter().map(size).collect()
        };
        assert_eq!(sizes(&vec!["ab".to_owned(); 600]), [(256, 512), (256, 512), (88, 176)]);
        // Cut between characters.
        assert_eq!(sizes(&vec!["€".repeat(3_000); 38]), [(37, 37 * 7_998), (1, 7_998)]);
        assert_eq!(sizes(&[]), []);
    }
}
