//! The event bus.

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use domain::Failure;
use domain::events::{EVENT_SOURCE, RawEvent};

/// EventBridge takes ten events a call.
const BATCH: usize = 10;

/// The bus named by `BUS_NAME`.
#[derive(Debug, Clone)]
pub struct Bus {
    client: Client,
    name: String,
}

impl Bus {
    /// Over the bus named by `BUS_NAME`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when the variable is not set.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, Failure> {
        Ok(Self::new(Client::new(config), crate::env::required("BUS_NAME")?))
    }

    /// Over the bus `name`.
    #[must_use]
    pub fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }

    /// Publishes `events` in order: `source` is `porchlight`, `detail-type` the event's name, `detail` the event.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bus does not answer or refuses one; those it took are published again by a
    /// repeat, and known by their id.
    pub async fn publish(&self, events: &[RawEvent]) -> Result<(), Failure> {
        for chunk in events.chunks(BATCH) {
            let entry = |event: &RawEvent| {
                PutEventsRequestEntry::builder()
                    .event_bus_name(&self.name)
                    .source(EVENT_SOURCE)
                    .detail_type(event.name())
                    .detail(event.json().to_string())
                    .build()
            };
            let answer = self
                .client
                .put_events()
                .set_entries(Some(chunk.iter().map(entry).collect()))
                .send()
                .await
                .map_err(|error| Failure::Retryable(format!("event bus: {}", crate::aws::reason(&error))))?;
            if answer.failed_entry_count() > 0 {
                return Err(Failure::Retryable(format!("event bus refused {} events", answer.failed_entry_count())));
            }
        }
        Ok(())
    }
}
