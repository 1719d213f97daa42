//! Circuit breakers that all functions share: one item for each service, changed only from the version that was read.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure;
use domain::Failure;
use domain::circuits::{Changed, Circuit, Circuits, Later};

use crate::Store;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, get_text, number, to_item};
use crate::table::keys;

const ENTITY: &str = "circuit";

impl Circuits for Store {
    fn all(&self) -> Later<'_, Result<BTreeMap<String, Circuit>, Failure>> {
        Box::pin(async {
            let items = self.partition(&keys::platform().circuits(), "").await?;
            let read = |item: &Item| Some((get_text(item, "sk").to_owned(), read(item)?));
            Ok(items.iter().filter_map(read).collect())
        })
    }

    fn change<'a>(&'a self, service: &'a str, next: &'a Circuit) -> Later<'a, Result<Changed, Failure>> {
        Box::pin(async move {
            let put = self
                .put_item(to_item(ENTITY, &keys::platform().circuit(service), next)?)
                .condition_expression("attribute_not_exists(pk) OR version = :before")
                .expression_attribute_values(":before", number(next.version.saturating_sub(1)))
                .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
                .send()
                .await;
            let Err(error) = put else { return Ok(Changed::Stored) };
            match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(refused)) => {
                    Ok(Changed::Lost(refused.item.as_ref().and_then(read).unwrap_or_default()))
                }
                _ => Err(failure("circuit", &error)),
            }
        })
    }
}

fn read(item: &Item) -> Option<Circuit> {
    from_item(ENTITY, item).inspect_err(|failure| tracing::error!(reason = %failure, "it counts as closed")).ok()
}
