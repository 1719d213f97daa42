//! Suggestions that are heard while they are written: one item a stream, which the writer's invocation holds by a lease and others follow.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use domain::conversations::suggestion::stream::{HeardSoFar, LEASE, Place, STREAM_KEPT_FOR, SuggestionStream};
use domain::{Failure, TenantId};
use jiff::Timestamp;

use crate::Conversations;
use crate::table::attributes::get_text;
use crate::table::error::failure;
use crate::table::item::{from_item, number, text, to_item};
use crate::table::keys::{self, TableKey};

/// The name of the kind.
pub(super) const STREAM: &str = "suggestion_stream";

impl Conversations<'_> {
    /// Keeps a stream that was asked for. Asked for again before it was begun, it has another ticket, and the first is void.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, and where it was begun: then its ticket was given.
    pub async fn ask_for_stream(self, tenant: &TenantId, stream: &SuggestionStream) -> Result<(), Failure> {
        let key = keys::of(tenant).suggestion_stream(stream.conversation, stream.id);
        let mut item = to_item(STREAM, &key, stream)?;
        item.insert("expires_at".to_owned(), number((stream.at + STREAM_KEPT_FOR).as_second()));
        let put = self
            .store
            .put_item(item)
            .condition_expression("attribute_not_exists(pk) OR #state = :asked")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":asked", text("asked"));
        put.send().await.map(drop).map_err(|error| failure(STREAM, &error))
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

    /// Takes the lease of a stream that no one has begun; `false`: another one did, or it is not to begin any more. `writer` is the caller's
    /// alone: sent twice, it finds its own lease.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn begin_stream(self, place: &Place, writer: &str, now: Timestamp) -> Result<bool, Failure> {
        let update = self
            .store
            .update_item(&key(place))
            .update_expression("SET #state = :writing, lease_until = :until, writer = :writer")
            .condition_expression("#state = :asked OR (#state = :writing AND writer = :writer)")
            .expression_attribute_values(":asked", text("asked"))
            .expression_attribute_values(":writing", text("writing"))
            .expression_attribute_values(":writer", text(writer))
            .expression_attribute_values(":until", text((now + LEASE).to_string()));
        Ok(refused(update).await?.is_none())
    }

    /// Stores what was heard so far; `false`: it is not to be written any more.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn note_progress(self, place: &Place, heard: &HeardSoFar) -> Result<bool, Failure> {
        let update = self.store.update_item(&key(place)).update_expression("SET heard = :heard");
        Ok(refused(while_written(update, heard)?).await?.is_none())
    }

    /// Ends a stream that is written, with all that was heard, and why there is no suggestion, where there is none. `false`: it was
    /// cancelled, and stays so.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn end_stream(self, place: &Place, heard: &HeardSoFar, problem: Option<&str>) -> Result<bool, Failure> {
        let update = self.store.update_item(&key(place));
        let update = match problem {
            Some(problem) => update
                .update_expression("SET #state = :ended, heard = :heard, problem = :problem")
                .expression_attribute_values(":ended", text("failed"))
                .expression_attribute_values(":problem", text(problem)),
            None => update
                .update_expression("SET #state = :ended, heard = :heard")
                .expression_attribute_values(":ended", text("done")),
        };
        // Sent twice, it finds its own end.
        let state = refused(while_written(update, heard)?).await?;
        Ok(state.is_none_or(|state| state == "done" || state == "failed"))
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
        refused(update).await.map(drop)
    }
}

fn key(place: &Place) -> TableKey {
    keys::of(&place.tenant).suggestion_stream(place.conversation, place.id)
}

/// `update` stores what was heard, while the stream is written and not longer.
fn while_written(update: UpdateItemFluentBuilder, heard: &HeardSoFar) -> Result<UpdateItemFluentBuilder, Failure> {
    let heard =
        serde_dynamo::to_attribute_value(heard).map_err(|error| Failure::Permanent(format!("{STREAM}: {error}")))?;
    Ok(update
        .condition_expression("#state = :writing")
        .expression_attribute_values(":writing", text("writing"))
        .expression_attribute_values(":heard", heard))
}

/// Makes a change; where its condition did not hold, the state that the stream is in, which is empty where it is gone.
async fn refused(update: UpdateItemFluentBuilder) -> Result<Option<String>, Failure> {
    let update = update
        .expression_attribute_names("#state", "state")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    match update.send().await {
        Ok(_) => Ok(None),
        Err(error) => match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(refused)) => {
                Ok(Some(refused.item().map(|item| get_text(item, "state").to_owned()).unwrap_or_default()))
            }
            _ => Err(failure(STREAM, &error)),
        },
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
