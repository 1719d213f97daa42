//! Sums up a conversation that is over or has grown long, for whoever answers later.
//!
//! Reads the queue `Summaries`: `conversation.summary_due`, which comes once for each ten messages, at the end, and where a summary was forgotten. What a summary covers
//! already is done, so that a repeat asks no model; one that died after it asked finds the answer kept for an hour. Nothing is sent here.

use ai::{Assistant, SUMMARIZE_BUDGET, Summarized};
use domain::conversations::summary::Dialogue;
use domain::events::{Event, EventKind};
use domain::{ConversationId, Failure, TenantId};
use jiff::Timestamp;
use std::time::{Duration, Instant};
use store::Store;

/// The most time one record takes: the models' budget, and the table's calls.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(16);

/// What summing up needs.
#[derive(Debug)]
pub struct Summarizer {
    /// The table.
    pub store: Store,
    /// The models, or none.
    pub assistant: Assistant,
}

impl Summarizer {
    /// Does what an event asks for; one that asks for nothing here is done.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver it again; [`Failure::Permanent`]: no retry can help.
    pub async fn handle(&self, event: &Event, now: Timestamp) -> Result<(), Failure> {
        match event.kind {
            EventKind::SummaryDue { conversation, messages } => {
                self.summarize(&event.tenant, conversation, messages, now).await
            }
            _ => Ok(()),
        }
    }

    async fn summarize(
        &self,
        tenant: &TenantId,
        conversation: ConversationId,
        messages: u32,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let deadline = Instant::now() + SUMMARIZE_BUDGET;
        let conversations = self.store.conversations();
        let Some(read) = conversations.unsummarized(tenant, conversation, messages).await? else { return Ok(()) };
        let tenant = self.store.tenants().get(tenant).await?;
        let cost_mode = self.assistant.cost_mode(self.store.usage().cost_mode(&tenant, now)).await?;
        let dialogue = Dialogue::new(&tenant, &read.thread, &read.messages);
        let before = read.before.as_ref();
        let summarized = self.assistant.summarize(&dialogue, before, cost_mode, now, deadline).await;
        let Summarized { summary, spent, counted, degraded } = summarized;
        tracing::info!(
            tenant = %tenant.id,
            %conversation,
            messages = summary.messages,
            left_out = dialogue.left_out(),
            points = summary.points.len(),
            model = summary.model,
            degraded = degraded.map(|reason| reason.to_string()),
            "summed up"
        );
        conversations.keep_summary(&tenant.id, &read, &summary, (&spent, counted.as_slice()), now).await
    }
}
