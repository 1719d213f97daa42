//! Events on their way to webhooks: one item for each event and webhook, with the log of its tries, for 30 days.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::ids::{WebhookDeliveryId, WebhookId};
use domain::webhooks::WebhookDelivery;
use domain::{Failure, TenantId};

use super::entities::KEPT_FOR;
use crate::WebhookDeliveries;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, number, text, to_item};
use crate::table::keys;
use crate::table::lists::Page;

/// The kind of the items.
const DELIVERY: &str = "webhook_delivery";

fn item(tenant: &TenantId, delivery: &WebhookDelivery) -> Result<Item, Failure> {
    let mut item = to_item(DELIVERY, &keys::of(tenant).webhook_delivery(delivery.id), delivery)?;
    item.insert("gsi1pk".into(), text(keys::of(tenant).webhook_delivery_list(delivery.webhook)));
    item.insert("gsi1sk".into(), text(keys::by_time(delivery.created_at, &delivery.id.to_string())));
    let until = delivery.created_at.saturating_add(KEPT_FOR).unwrap_or(delivery.created_at);
    item.insert("expires_at".into(), number(until.as_second()));
    Ok(item)
}

impl WebhookDeliveries<'_> {
    /// Stores a new delivery; one that is there stays as it is. Gives what is there now.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn add(self, tenant: &TenantId, delivery: &WebhookDelivery) -> Result<WebhookDelivery, Failure> {
        let put =
            self.store.put_item(item(tenant, delivery)?).condition_expression("attribute_not_exists(pk)").send().await;
        match put {
            Ok(_) => Ok(delivery.clone()),
            Err(error) if is_refused(&error) => self.get(tenant, delivery.id).await,
            Err(error) => Err(failure("add a webhook delivery", &error)),
        }
    }

    /// One delivery.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, id: WebhookDeliveryId) -> Result<WebhookDelivery, Failure> {
        let item = self.store.item(DELIVERY, &keys::of(tenant).webhook_delivery(id)).await?;
        from_item(DELIVERY, &item.ok_or_else(|| Failure::not_found("webhook delivery"))?)
    }

    /// Puts a delivery in the place of what it was after `tried` tries. `false`: someone else was quicker.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn save(self, tenant: &TenantId, delivery: &WebhookDelivery, tried: usize) -> Result<bool, Failure> {
        let put = self
            .store
            .put_item(item(tenant, delivery)?)
            .condition_expression("size(tries) = :tried")
            .expression_attribute_values(":tried", number(tried))
            .send()
            .await;
        match put {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(failure("save a webhook delivery", &error)),
        }
    }

    /// What was posted to a webhook, newest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        webhook: WebhookId,
        state: Option<&str>,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<WebhookDelivery>, Failure> {
        let partition = keys::of(tenant).webhook_delivery_list(webhook);
        self.store.list(DELIVERY, tenant, &partition, &[("state", state)], limit, cursor).await
    }
}

fn is_refused<R>(error: &aws_sdk_dynamodb::error::SdkError<PutItemError, R>) -> bool {
    matches!(error.as_service_error(), Some(PutItemError::ConditionalCheckFailedException(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::webhooks::{State, Try};
    use jiff::Timestamp;

    fn delivery() -> WebhookDelivery {
        let (tenant, at) = (TenantId::new("acme").unwrap(), Timestamp::from_second(1_795_176_000).unwrap());
        WebhookDelivery {
            id: WebhookDeliveryId::derive(&tenant, &["d"]),
            webhook: WebhookId::derive(&tenant, &["w"]),
            event: "e".into(),
            name: "lead.created".into(),
            body: "{}".into(),
            state: State::Pending,
            created_at: at,
            next_at: Some(at),
            tries: vec![Try { at, duration_ms: 7, status: Some(500), error: None, answer: Some("busy".into()) }],
            tries_before: 0,
        }
    }

    #[test]
    fn a_delivery_survives_the_table_and_goes_after_30_days() {
        let tenant = TenantId::new("acme").unwrap();
        let stored = item(&tenant, &delivery()).unwrap();
        assert_eq!(from_item::<WebhookDelivery>(DELIVERY, &stored).unwrap(), delivery());
        assert_eq!(stored["expires_at"], number(1_795_176_000 + 30 * 86_400));
    }

    #[test]
    fn one_in_a_state_of_a_newer_version_is_not_posted() {
        let tenant = TenantId::new("acme").unwrap();
        let mut stored = item(&tenant, &delivery()).unwrap();
        stored.insert("state".into(), text("parked"));
        let read: WebhookDelivery = from_item(DELIVERY, &stored).unwrap();
        assert_eq!((read.state, read.due(&tenant)), (State::Failed, None));
        assert_eq!(item(&tenant, &read).unwrap()["state"], text("parked"), "and it is written back as it was");
    }
}
