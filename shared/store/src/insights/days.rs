//! Counts by day. What is added is one transaction with its mark, so that it is counted once.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use aws_sdk_dynamodb::types::{AttributeValue, Update};
use domain::conversations::Escalation;
use domain::ids::LocationId;
use domain::insights::{Counter, Counts, Increment, Insights, Place, Range};
use domain::tenancy::Tenant;
use domain::{ContactId, ConversationId, EventId, Failure, TenantId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use crate::InsightDays;
use crate::conversations::keys::ESCALATION;
use crate::table::error::failure;
use crate::table::item::{Item, get_text, key_item, number, readable, text};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

/// For how long a mark is kept: as long as the longest range reaches back, so that a lead that is qualified once more within a year
/// counts once.
pub(crate) const COUNTED_FOR: SignedDuration = SignedDuration::from_hours(400 * 24);
/// What the attributes of counters begin with.
const COUNTER: &str = "n_";
/// How long to wait before each try to add to what others are adding to, in milliseconds.
const PAUSES_MS: [u64; 8] = [0, 10, 30, 70, 150, 300, 600, 1_200];

impl InsightDays<'_> {
    /// Adds each of `increments` that was not counted before: all of them in one transaction where none was, else each in its own.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, or too many count at once: what was added is known by its mark.
    pub async fn add(self, tenant: &TenantId, increments: &[Increment], now: Timestamp) -> Result<(), Failure> {
        if increments.is_empty() || self.add_together(tenant, increments, now).await? {
            return Ok(());
        }
        for increment in increments.chunks(1).filter(|_| increments.len() > 1) {
            self.add_together(tenant, increment, now).await?;
        }
        Ok(())
    }

    /// `false`: one of them was counted before, and nothing was added.
    async fn add_together(self, tenant: &TenantId, increments: &[Increment], now: Timestamp) -> Result<bool, Failure> {
        let mut sums: BTreeMap<&Place, Counts> = BTreeMap::new();
        for (place, counts) in increments.iter().flat_map(|increment| &increment.adds) {
            sums.entry(place).or_default().add_all(counts);
        }
        let extras = super::extras::sums(increments);
        for pause in PAUSES_MS {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let mut writes = Writes::new(&self.store.table);
            for increment in increments {
                writes.put_new(mark(tenant, increment.once, now))?;
            }
            for (place, counts) in sums.iter().filter(|(_, counts)| !counts.is_empty()) {
                writes.add_to_day(tenant, place, counts)?;
            }
            for (place, counts) in &extras {
                writes.add_to_extra(tenant, place, counts)?;
            }
            match self.store.run(writes).await? {
                Ran::Done => return Ok(true),
                // The marks are the one condition.
                Ran::Refused(_) => return Ok(false),
                Ran::Raced => {}
            }
        }
        Err(Failure::Retryable("insights: too many are counting".into()))
    }

    /// What was counted on the days of `range`, of the tenant or of one of its locations; days without anything are missing. One
    /// call a MB: a day takes at most 3 KB.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn days(
        self,
        tenant: &TenantId,
        location: Option<&LocationId>,
        range: Range,
    ) -> Result<BTreeMap<Date, Counts>, Failure> {
        let query = self
            .store
            .query()
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", text(keys::of(tenant).insight_days(location)))
            .expression_attribute_values(":from", text(range.from().to_string()))
            .expression_attribute_values(":to", text(range.to().to_string()));
        Ok(self.store.all("insights", query).await?.iter().filter_map(read_day).collect())
    }

    /// What happened in `range`: all that a page shows; what it is worth only where `with_value`. Of the tenant or of one of its
    /// locations. One call, for a whole year at most two; with the value one more a month.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn report(
        self,
        tenant: &Tenant,
        location: Option<LocationId>,
        range: Range,
        with_value: bool,
    ) -> Result<Insights, Failure> {
        let days = self.days(&tenant.id, location.as_ref(), range).await?;
        // Models do not say for which location they were asked.
        let cost = match with_value && location.is_none() && is_counted(range, &tenant.zone) {
            true => self.model_cost(&tenant.id, range).await?,
            false => None,
        };
        let insights = Insights::of(tenant, location, range, &days);
        Ok(if with_value { insights.with_value(tenant, cost) } else { insights })
    }

    /// What models took in `range`, in millionths of a dollar; `None` where the price of one of them is not known. Usage is counted by
    /// days of UTC.
    async fn model_cost(self, tenant: &TenantId, range: Range) -> Result<Option<u64>, Failure> {
        let months: BTreeSet<String> = range.days().map(|day| day.strftime("%Y-%m").to_string()).collect();
        let mut cost = Some(0);
        for month in months {
            let usage = self.store.usage().of_month(tenant, &month).await?;
            let in_range = usage.days.iter().filter(|line| (range.from()..=range.to()).contains(&line.day));
            cost = in_range.map(|line| line.cost_microdollars).fold(cost, plus);
        }
        Ok(cost)
    }

    /// Whose a conversation is, and when it began; `None` where it was erased. At most two calls.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn conversation(
        self,
        tenant: &TenantId,
        id: ConversationId,
    ) -> Result<Option<(ContactId, Timestamp)>, Failure> {
        let pointers = self.store.batch_get(vec![keys::of(tenant).thread_pointer(id)]).await?;
        let Some(pointer) = pointers.first() else { return Ok(None) };
        match self.store.conversations().head(tenant, pointer, id).await {
            Ok((_, thread)) => Ok(Some((thread.contact, thread.started_at))),
            Err(Failure::Rejected { .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// The escalations of a conversation: at most one is open at a time. One call.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn escalations(self, tenant: &TenantId, id: ConversationId) -> Result<Vec<Escalation>, Failure> {
        let answer = self
            .store
            .query()
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(keys::of(tenant).thread_pointer(id).pk))
            .expression_attribute_values(":prefix", text(ESCALATION))
            .send()
            .await
            .map_err(|error| failure("escalations", &error))?;
        Ok(readable("escalation", answer.items()))
    }
}

fn mark(tenant: &TenantId, once: EventId, now: Timestamp) -> Item {
    let mut item = key_item(&keys::of(tenant).counted(once));
    item.insert("entity".to_owned(), text("counted"));
    item.insert("expires_at".to_owned(), number((now + COUNTED_FOR).as_second()));
    item
}

/// A day and its counters; those of another version are passed over.
fn read_day(item: &Item) -> Option<(Date, Counts)> {
    let day = get_text(item, "sk").parse().ok()?;
    let count = |value: &AttributeValue| value.as_n().ok()?.parse::<u64>().ok();
    let counter =
        |(name, value): (&String, &AttributeValue)| Some((Counter::named(name.strip_prefix(COUNTER)?)?, count(value)?));
    Some((day, item.iter().filter_map(counter).collect()))
}

impl Writes {
    fn add_to_day(&mut self, tenant: &TenantId, place: &Place, counts: &Counts) -> Result<(), Failure> {
        let adds: Vec<String> = (0..counts.iter().count()).map(|index| format!("#n{index} :n{index}")).collect();
        let set_location = if place.location.is_some() { ", #location = :location" } else { "" };
        let mut update = Update::builder()
            .update_expression(format!("ADD {} SET entity = :entity, #day = :day{set_location}", adds.join(", ")))
            .expression_attribute_names("#day", "day")
            .expression_attribute_values(":entity", text("insight day"))
            .expression_attribute_values(":day", text(place.day.to_string()));
        for (index, (counter, count)) in counts.iter().enumerate() {
            update = update
                .expression_attribute_names(format!("#n{index}"), format!("{COUNTER}{}", counter.name()))
                .expression_attribute_values(format!(":n{index}"), number(count));
        }
        if let Some(location) = &place.location {
            update = update
                .expression_attribute_names("#location", "location")
                .expression_attribute_values(":location", text(location.as_str()));
        }
        self.update_at(&keys::of(tenant).insight_day(place.location.as_ref(), place.day), update)
    }
}

/// Whether what is counted by days of UTC says something about `range` in `zone`. A day of another zone lies in two of them, and the second
/// one goes on while the first is over; of more days at most the ends are another's.
fn is_counted(range: Range, zone: &str) -> bool {
    let starts_alike = |day: Date| {
        let at = |zone: &str| Some(day.in_tz(zone).ok()?.timestamp());
        at(zone).is_some_and(|start| Some(start) == at("UTC"))
    };
    let after = range.to().saturating_add(1.day());
    range.from() != range.to() || (starts_alike(range.from()) && starts_alike(after))
}

/// What is known of both; a sum of which a part is unknown is unknown.
fn plus(sum: Option<u64>, more: Option<u64>) -> Option<u64> {
    Some(sum?.saturating_add(more?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_models_took_is_told_of_a_day_that_is_one_of_utc_and_where_every_price_is_known() {
        let day = |from: &str, to: &str| Range::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
        let today = day("2026-11-20", "2026-11-20");
        assert!(is_counted(today, "UTC") && is_counted(today, "Europe/London"));
        assert!(!is_counted(today, "America/Chicago"));
        assert!(!is_counted(day("2026-07-20", "2026-07-20"), "Europe/London"), "summer time");
        assert!(is_counted(day("2026-11-14", "2026-11-20"), "America/Chicago"));
        let sum = |costs: &[Option<u64>]| costs.iter().copied().fold(Some(0), plus);
        assert_eq!(sum(&[Some(22), Some(70)]), Some(92));
        assert_eq!(sum(&[Some(22), None]), None);
        assert_eq!(sum(&[]), Some(0));
    }

    #[test]
    fn counters_of_another_version_are_passed_over() {
        let item = Item::from([
            ("sk".to_owned(), text("2026-11-20")),
            ("entity".to_owned(), text("insight day")),
            ("n_became_hot".to_owned(), number(3)),
            ("n_became_famous".to_owned(), number(7)),
        ]);
        let (day, counts) = read_day(&item).unwrap();
        assert_eq!((day.to_string().as_str(), counts.iter().count()), ("2026-11-20", 1));
        assert_eq!(counts.get(Counter::HotLeads), 3);
    }

    #[test]
    fn what_lies_between_days_and_is_none_is_left_out() {
        assert_eq!(read_day(&Item::from([("sk".to_owned(), text("2026-11-2x"))])), None);
    }
}
