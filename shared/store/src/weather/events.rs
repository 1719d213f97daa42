//! The weather of a tenant that has begun a campaign, or is about to: one item, so that what was known is known together.
//!
//! An event is noted before its campaign is asked for and marked after, so that whoever dies in between is made up for under the same key,
//! whatever the forecast says then.

use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::ids::LocationId;
use domain::{Failure, TenantId};
use serde::{Deserialize, Serialize};
use weather::WeatherEvent;

use crate::Weather;
use crate::table::documents::Versioned;
use crate::table::error::failure;
use crate::table::item::{from_item, number, to_item};
use crate::table::keys;

const EVENTS: &str = "weather_events";

/// Weather of a tenant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedEvent {
    /// The weather, as foreseen last.
    pub event: WeatherEvent,
    /// At which of the tenant's places, where they are far apart; `None`: at all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationId>,
    /// What the place is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether its campaign was asked for.
    pub is_proposed: bool,
}

#[derive(Serialize, Deserialize, Default)]
struct Noted {
    #[serde(default)]
    events: Vec<NotedEvent>,
    #[serde(default)]
    version: u64,
}

impl Weather<'_> {
    /// The weather of a tenant; version 0: none was noted yet.
    ///
    /// # Errors
    /// As the table answers, or [`Failure::Permanent`] where this version cannot read it.
    pub async fn events(self, tenant: &TenantId) -> Result<Versioned<Vec<NotedEvent>>, Failure> {
        let item = self.store.item(EVENTS, &keys::of(tenant).weather_events()).await?;
        let noted = item.map(|item| from_item::<Noted>(EVENTS, &item)).transpose()?.unwrap_or_default();
        Ok(Versioned { value: noted.events, version: noted.version })
    }

    /// Notes the weather of a tenant in the place of what was read; returns its version.
    ///
    /// # Errors
    /// [`Failure::Retryable`] where someone else has noted something since, or the table does not answer.
    pub async fn note_events(self, tenant: &TenantId, events: &Versioned<Vec<NotedEvent>>) -> Result<u64, Failure> {
        let version = events.version.saturating_add(1);
        let noted = Noted { events: events.value.clone(), version };
        let put = self.store.put_item(to_item(EVENTS, &keys::of(tenant).weather_events(), &noted)?);
        let put = match events.version {
            0 => put.condition_expression("attribute_not_exists(pk)"),
            // Of what was erased since nothing comes back.
            before => {
                put.condition_expression("version = :before").expression_attribute_values(":before", number(before))
            }
        };
        let Err(error) = put.send().await else { return Ok(version) };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(_)) => {
                Err(Failure::Retryable("someone else has noted this tenant's weather meanwhile".to_owned()))
            }
            _ => Err(failure(EVENTS, &error)),
        }
    }
}
