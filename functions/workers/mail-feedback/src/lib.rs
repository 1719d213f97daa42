//! Handles what SES says about mails that it took: an address that bounces for good gets no more, and a complaint is a refusal.
//!
//! EventBridge hands over one event of SES; the same event twice has the effect of one. Mails of Porchlight itself, such as invitations,
//! belong to no conversation: SES's own suppression list stops those to addresses that bounced.

use connectors::ses;
use domain::Failure;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use store::Store;

/// What the function needs.
#[derive(Debug)]
pub struct MailFeedback {
    /// The table.
    pub store: Store,
}

/// An event as EventBridge hands it over.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    /// What SES says.
    pub detail: Value,
}

impl MailFeedback {
    /// Applies one event.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: hand it over again; [`Failure::Permanent`]: it is no event of SES.
    pub async fn handle(&self, event: &Envelope, now: Timestamp) -> Result<(), Failure> {
        let Some(feedback) = ses::parse(&event.detail)? else {
            tracing::info!("an event of SES is about no message");
            return Ok(());
        };
        let applied = self.store.deliveries().apply_status(&feedback.tenant, &feedback.update, now).await?;
        tracing::info!(tenant = %feedback.tenant, state = %feedback.update.state.as_str(), applied, "a mail came back");
        Ok(())
    }
}
