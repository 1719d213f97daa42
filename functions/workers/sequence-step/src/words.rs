//! The words of what is queued: a model's where the step asks for them and they may go out, else the step's own.

use crate::SequenceSteps;
use ai::Composed;
use domain::Failure;
use domain::conversations::Line;
use domain::journeys::{Brief, JourneyContext, JourneyUpdate};
use jiff::Timestamp;
use std::time::Instant;

/// What models wrote for one step so far, over all decisions about it: asked the same again, it is there.
#[derive(Debug)]
pub(crate) struct Words {
    deadline: Instant,
    written: Vec<(Asked, Composed)>,
}

/// What was asked for: the step's prompt, what is known, and what was said before.
type Asked = (String, Vec<(&'static str, String)>, Vec<Line>);

impl Words {
    /// None yet; no model is waited for after `deadline`.
    pub(crate) fn until(deadline: Instant) -> Self {
        Self { deadline, written: Vec::new() }
    }
}

impl SequenceSteps {
    /// Has the messages of a journey update that will be stored written where their steps ask for it.
    pub(crate) async fn word(
        &self,
        journey_context: &JourneyContext<'_>,
        journey_update: &mut JourneyUpdate,
        now: Timestamp,
        words: &mut Words,
    ) -> Result<(), Failure> {
        if !journey_update.changed || journey_update.messages.iter().all(|draft| draft.prompt.is_none()) {
            return Ok(());
        }
        let saving = self.assistant.cost_mode(self.store.usage().cost_mode(journey_context.tenant, now)).await?;
        for draft in &mut journey_update.messages {
            let Some(brief) = Brief::of(draft, journey_context, &journey_update.journey) else { continue };
            let asked = (brief.prompt.to_owned(), brief.facts.clone(), brief.recent.to_vec());
            let written = words.written.iter().find(|(before, _)| *before == asked);
            let composed = match written {
                Some((_, composed)) => composed.clone(),
                None => {
                    let composed = self.assistant.compose(journey_context.tenant, &brief, saving, words.deadline).await;
                    if let Some(reason) = composed.degraded {
                        tracing::warn!(tenant = %journey_context.tenant.id, %reason, "the step's own text goes out for the model's");
                    }
                    words.written.push((asked, composed.clone()));
                    composed
                }
            };
            draft.says_instead(composed.text, composed.author);
        }
        let written = || words.written.iter().map(|(_, composed)| composed);
        journey_update.spent.extend(written().flat_map(|composed| composed.spent.clone()));
        journey_update.prompt_counts.extend(written().flat_map(|composed| composed.counted.clone()));
        Ok(())
    }
}
