//! Overdue sequence steps, and how much outreach went out in a month.

use aws_sdk_dynamodb::types::Update;
use domain::conversations::Message;
use domain::journeys::{DueStep, Journey};
use domain::tenancy::usage::Month;
use domain::{Failure, TenantId};
use jiff::Timestamp;

use crate::Journeys;
use crate::table::documents::get_number;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, get_text, number, text};
use crate::table::keys;
use crate::table::pending::{Backlog, DueCursor, DuePage};
use crate::table::writes::Writes;
use crate::tenancy::keys::USAGE_SHARDS;

impl Journeys<'_> {
    /// A page of the journeys of a shard with a step that was due before `before` and was not done: each one's steps, those
    /// that are due longest first.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; a journey that cannot be read says so itself.
    pub async fn overdue(
        self,
        shard: u8,
        before: Timestamp,
        from: Option<DueCursor>,
        limit: i32,
    ) -> Result<DuePage<Vec<DueStep>>, Failure> {
        let read = |item: &Item| {
            let tenant = TenantId::new(get_text(item, "tenant"))?;
            let journey: Journey = from_item("journey", item)?;
            let mut points = journey.due_steps(&tenant);
            points.retain(|point| point.due < before);
            Ok(points)
        };
        self.store.due((Backlog::SequenceSteps, shard), keys::by_time(before, ""), from, limit, read).await
    }

    /// Outreach messages that a tenant sent in `month`, as they were at most a minute ago.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn touches_sent(self, tenant: &TenantId, month: &Month) -> Result<u64, Failure> {
        let place = (tenant.clone(), month.clone());
        if let Some(known) = self.store.journeys.touches_sent.get(&place) {
            return Ok(known);
        }
        let answer = self
            .store
            .query()
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::of(tenant).touches(month, 0).pk))
            .send()
            .await
            .map_err(|error| failure("outreach sent this month", &error))?;
        let counted = answer.items().iter().filter_map(|item| get_number(item, "sent"));
        let sent = counted.filter_map(|count| u64::try_from(count).ok()).sum();
        self.store.journeys.touches_sent.put(place, sent);
        Ok(sent)
    }
}

impl Writes {
    /// Counts an outreach message of the month of `now` (UTC).
    pub(crate) fn count_outreach(
        &mut self,
        tenant: &TenantId,
        message: &Message,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let id = message.reference.message.to_string();
        let shard = id.bytes().fold(0u8, u8::wrapping_add) % USAGE_SHARDS;
        let update = Update::builder()
            .update_expression("ADD sent :one SET entity = :entity")
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":entity", text("touches"));
        self.update_at(&keys::of(tenant).touches(&Month::of(now), shard), update)
    }
}
