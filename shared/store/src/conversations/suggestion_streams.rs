//! Suggestions that are heard while they are written: one item a stream, which the writer's invocation holds by a lease and others follow.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use domain::conversations::suggestion::stream::{HeardSoFar, LEASE, Place, STREAM_KEPT_FOR, SuggestionStream};
use domain::{Failure, TenantId};
use jiff::Timestamp;

use crate::Conversations;
use crate::table::error::failure;
use crate::table::item::{from_item, number, text, to_item};
use crate::table::keys::{self, TableKey};

/// The name of the kind.
pub(super) const STREAM: &str = "suggestion_stream";

impl Conversations<'_> {
    /// Keeps a stream that was asked for.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, and where the id is taken: a request has one of its own.
    pub async fn ask_for_stream(self, tenant: &TenantId, stream: &SuggestionStream) -> Result<(), Failure> {
        let key = keys::of(tenant).suggestion_stream(stream.conversation, stream.id);
        let mut item = to_item(STREAM, &key, stream)?;
        item.insert("expires_at".to_owned(), number((stream.at + STREAM_KEPT_FOR).as_second()));
        let put = self.store.put_item(item).condition_expression("attribute_not_exists(pk)").send().await;
        put.map(drop).map_err(|error| failure(STREAM, &error))
    }

    /// A stream as it is now; `None`: there is none, or its time is over.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn stream(self, place: &Place, now: Timestamp) -> Result<Option<SuggestionStream>, Failure> {
        let item = self.store.item(STREAM, &key(place)).await?;
        let stream: Option<SuggestionStream> = item.map(|item| from_item(STREAM, &item)).transpose()?;
        Ok(stream.filter(|stream| now.duration_since(stream.at) < STREAM_KEPT_FOR))
    }

    /// Takes the lease of a stream that no one has begun; `false`: another one did, or it is not to begin any more.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn begin_stream(self, place: &Place, now: Timestamp) -> Result<bool, Failure> {
        let update = self
            .store
            .update_item(&key(place))
            .update_expression("SET #state = :writing, lease_until = :until")
            .condition_expression("#state = :asked")
            .expression_attribute_values(":asked", text("asked"))
            .expression_attribute_values(":writing", text("writing"))
            .expression_attribute_values(":until", text((now + LEASE).to_string()));
        holds(update).await
    }

    /// Stores what was heard so far; `false`: it is not to be written any more.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn note_progress(self, place: &Place, heard: &HeardSoFar) -> Result<bool, Failure> {
        let heard = serde_dynamo::to_attribute_value(heard)
            .map_err(|error| Failure::Permanent(format!("{STREAM}: {error}")))?;
        let update = self
            .store
            .update_item(&key(place))
            .update_expression("SET heard = :heard")
            .condition_expression("#state = :writing")
            .expression_attribute_values(":writing", text("writing"))
            .expression_attribute_values(":heard", heard);
        holds(update).await
    }

    /// Ends a stream that is written, with why there is no suggestion, where there is none. What was cancelled stays so.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn end_stream(self, place: &Place, problem: Option<&str>) -> Result<bool, Failure> {
        let update = self.store.update_item(&key(place));
        let update = match problem {
            Some(problem) => update
                .update_expression("SET #state = :ended, problem = :problem")
                .expression_attribute_values(":ended", text("failed"))
                .expression_attribute_values(":problem", text(problem)),
            None => update.update_expression("SET #state = :ended").expression_attribute_values(":ended", text("done")),
        };
        let update =
            update.condition_expression("#state = :writing").expression_attribute_values(":writing", text("writing"));
        holds(update).await
    }

    /// Cancels a stream that is not ended. Again, or too late, changes nothing.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn cancel_stream(self, place: &Place) -> Result<(), Failure> {
        let update = self
            .store
            .update_item(&key(place))
            .update_expression("SET #state = :cancelled")
            .condition_expression("#state IN (:asked, :writing)")
            .expression_attribute_values(":asked", text("asked"))
            .expression_attribute_values(":writing", text("writing"))
            .expression_attribute_values(":cancelled", text("cancelled"));
        holds(update).await.map(drop)
    }
}

fn key(place: &Place) -> TableKey {
    keys::of(&place.tenant).suggestion_stream(place.conversation, place.id)
}

/// Makes a change; whether its condition held.
async fn holds(update: UpdateItemFluentBuilder) -> Result<bool, Failure> {
    match update.expression_attribute_names("#state", "state").send().await {
        Ok(_) => Ok(true),
        Err(error) if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => {
            Ok(false)
        }
        Err(error) => Err(failure(STREAM, &error)),
    }
}

#[cfg(test)]
mod tests {
    use domain::conversations::suggestion::stream::StreamState;

    /// The conditions above name states as they are stored.
    #[test]
    fn states_are_named_as_they_are_stored() {
        let named = [
            (StreamState::Asked, "asked"),
            (StreamState::Writing, "writing"),
            (StreamState::Done, "done"),
            (StreamState::Failed, "failed"),
            (StreamState::Cancelled, "cancelled"),
        ];
        for (state, name) in named {
            assert_eq!(serde_json::to_value(state).unwrap(), name);
        }
    }
}
