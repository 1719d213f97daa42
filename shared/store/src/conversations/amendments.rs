//! What customers do to messages that they sent: corrected, taken back. The text stays, and says so.

use domain::messaging::{Amendment, MessageRef};
use domain::{Failure, MessageId, TenantId};
use jiff::Timestamp;

use crate::Conversations;
use crate::table::item::{get_text, text};
use crate::table::keys;

impl Conversations<'_> {
    /// Marks a stored message as corrected or taken back; the last change counts. `false` where it is not known, or came
    /// in more than 30 days ago.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn amend(
        self,
        tenant: &TenantId,
        message: MessageId,
        amendment: &Amendment,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let mark = self.store.item("seen", &keys::of(tenant).seen(message)).await?.unwrap_or_default();
        let Ok(reference) = MessageRef::parse(get_text(&mark, "ref")) else { return Ok(false) };
        let at = match amendment {
            Amendment::Edited { at, .. } | Amendment::Deleted { at } => at,
        };
        let amended = serde_dynamo::to_attribute_value(amendment);
        let update = self
            .store
            .update_item(&keys::of(tenant).message(&reference))
            .update_expression("SET amended = :amended")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(amended) OR amended.#at <= :at)")
            .expression_attribute_names("#at", "at")
            .expression_attribute_values(":at", text(at.to_string()))
            .expression_attribute_values(
                ":amended",
                amended.map_err(|error| Failure::Permanent(format!("amendment: {error}")))?,
            );
        self.store.insist("amendment", update).await?;
        self.store.gaps().forget(tenant, &reference).await?;
        self.forget_summary(tenant, reference.conversation, now).await?;
        Ok(true)
    }
}
