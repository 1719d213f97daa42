//! The index `pending`: items that wait for their time, each kind in shards of its own.
//!
//! Whoever does what is due reads a shard page by page. An item that this version cannot read, or with which nothing can be
//! done for now, is set aside: it comes up again later, and holds back nothing until then.

use domain::Failure;
use jiff::Timestamp;

use crate::Pending;
use crate::Store;
use crate::table::error::failure;
use crate::table::item::{Item, get_text, text};
use crate::table::keys::{self, TableKey};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::Select;

/// The kinds of what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backlog {
    /// Rows of the outbox, to be published.
    Outbox,
    /// Journeys with a step that is due.
    SequenceSteps,
    /// Threads whose customer waits.
    Sla,
    /// Outside calendars that are to be read.
    Calendars,
}

/// An item that is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Due<T> {
    /// Where it waits.
    pub place: DuePlace,
    /// What it is; a failure where this version cannot read it.
    pub what: Result<T, Failure>,
}

/// Where an item waits in the index, as it was found there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePlace {
    key: TableKey,
    since: String,
}

/// Where the next page of a shard begins.
#[derive(Debug, Clone)]
pub struct DueCursor(Item);

/// Some of what is due in a shard, longest first, and where the next page begins; `None`: there is no more.
pub type DuePage<T> = (Vec<Due<T>>, Option<DueCursor>);

impl Backlog {
    /// How many shards there are of each kind.
    pub const SHARDS: u8 = 4;

    /// The partition in which an item waits, by its id.
    #[must_use]
    pub fn partition_of(self, id: impl std::fmt::Display) -> String {
        self.partition(id.to_string().bytes().fold(0u8, u8::wrapping_add) % Self::SHARDS)
    }

    fn partition(self, shard: u8) -> String {
        let kind = match self {
            Self::Outbox => "PENDING",
            Self::SequenceSteps => "TOUCH",
            Self::Sla => "SLA",
            Self::Calendars => "OUTSIDE",
        };
        format!("{kind}#{shard}")
    }
}

impl Store {
    /// A page of what was due before `before` in a shard, at most `limit` items, each read by `read`.
    pub(crate) async fn due<T>(
        &self,
        (backlog, shard): (Backlog, u8),
        before: String,
        from: Option<DueCursor>,
        limit: i32,
        read: impl Fn(&Item) -> Result<T, Failure>,
    ) -> Result<DuePage<T>, Failure> {
        let answer = self
            .query()
            .index_name("pending")
            .key_condition_expression("pending_pk = :shard AND pending_sk < :before")
            .expression_attribute_values(":shard", text(backlog.partition(shard)))
            .expression_attribute_values(":before", text(before))
            .set_exclusive_start_key(from.map(|cursor| cursor.0))
            .limit(limit)
            .send()
            .await
            .map_err(|error| failure("what is due", &error))?;
        let next = answer.last_evaluated_key.map(DueCursor);
        let items = answer.items.unwrap_or_default();
        Ok((items.iter().map(|item| Due { place: DuePlace::of(item), what: read(item) }).collect(), next))
    }
}

impl Pending<'_> {
    /// How many items of a kind were due before `before`: all, or as many as one reading of each shard counts (1 MB).
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn count(self, backlog: Backlog, before: Timestamp) -> Result<usize, Failure> {
        let mut count = 0;
        for shard in 0..Backlog::SHARDS {
            let answer = self
                .store
                .query()
                .index_name("pending")
                .select(Select::Count)
                .key_condition_expression("pending_pk = :shard AND pending_sk < :before")
                .expression_attribute_values(":shard", text(backlog.partition(shard)))
                .expression_attribute_values(":before", text(keys::by_time(before, "")))
                .send()
                .await
                .map_err(|error| failure("what is due", &error))?;
            count += usize::try_from(answer.count()).unwrap_or(0);
        }
        Ok(count)
    }

    /// Has an item come up again at `until`. One that was moved or done meanwhile stays as it is.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn set_aside(self, place: &DuePlace, until: Timestamp) -> Result<(), Failure> {
        let rest = place.since.split_once('#').map_or("", |(_, rest)| rest);
        let moved = self
            .store
            .update_item(&place.key)
            .update_expression("SET pending_sk = :until")
            .condition_expression("pending_sk = :since")
            .expression_attribute_values(":until", text(keys::by_time(until, rest)))
            .expression_attribute_values(":since", text(&place.since))
            .send()
            .await;
        match moved {
            Err(error)
                if !matches!(error.as_service_error(), Some(UpdateItemError::ConditionalCheckFailedException(_))) =>
            {
                Err(failure("set aside", &error))
            }
            _ => Ok(()),
        }
    }
}

impl DuePlace {
    fn of(item: &Item) -> Self {
        Self { key: TableKey::of(item), since: get_text(item, "pending_sk").to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn items_spread_over_all_shards_of_their_kind_and_no_other() {
        for (backlog, kind) in [
            (Backlog::Outbox, "PENDING"),
            (Backlog::SequenceSteps, "TOUCH"),
            (Backlog::Sla, "SLA"),
            (Backlog::Calendars, "OUTSIDE"),
        ] {
            let used: BTreeSet<String> = (0..200).map(|id| backlog.partition_of(format!("id-{id}"))).collect();
            let all = (0..Backlog::SHARDS).map(|shard| format!("{kind}#{shard}")).collect();
            assert_eq!(used, all);
        }
    }
}
