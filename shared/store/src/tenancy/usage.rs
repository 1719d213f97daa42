//! What models took: counters by day, feature and model, in one partition a month; thresholds and totals beside them.

mod told;

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_dynamodb::types::{AttributeValue, Update};
use domain::events::{Event, EventKind};
use domain::prompts::PromptCount;
use domain::tenancy::usage::{Feature, Month, Spent, Tokens, Usage, UsageLine, UsageThreshold, Used};
use domain::tenancy::{CostMode, Tenant, cost_mode};
use domain::turns::Outcome;
use domain::{EventId, Failure, MessageId, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::UsageCounts;
use crate::table::item::{Item, get_text, number, readable, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::outbox::OutboxRow;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::keys::{USAGE_END, USAGE_SHARDS};

/// The mark that a threshold was announced.
const THRESHOLD: &str = "usage threshold";
/// How long a warm function trusts the sum it read. Meanwhile a tenant may spend what it spends in a minute.
pub(crate) const TRUST: Duration = Duration::from_secs(60);
/// How long to wait before each try to count what others are counting too, in milliseconds.
const COUNTING_PAUSES_MS: [u64; 6] = [0, 20, 50, 120, 300, 700];
/// How long a warm function remembers that a threshold was announced; forgetting costs one refused write.
pub(crate) const REMEMBERED: Duration = Duration::from_secs(3_600);

/// One counter as it is stored. What was never added is absent.
#[derive(Deserialize)]
struct Counter {
    day: Date,
    feature: Feature,
    model: String,
    #[serde(default)]
    calls: u64,
    #[serde(default)]
    input_tokens: u64,
    #[serde(default)]
    output_tokens: u64,
    #[serde(default)]
    cost_microdollars: Option<u64>,
    #[serde(default)]
    saved_calls: u64,
    #[serde(default)]
    saved_microdollars: u64,
}

/// What is to be counted of a stored message: the mark that it was stored holds it until it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Uncounted {
    /// What models took for it.
    pub spent: Vec<UsageLine>,
    /// What came of versions of their instructions.
    pub prompts: Vec<PromptCount>,
}

impl Uncounted {
    /// What a turn leaves to be counted.
    pub(crate) fn of(outcome: &Outcome, now: Timestamp) -> Self {
        Self { spent: lines(&outcome.spent, now), prompts: outcome.prompt_counts.clone() }
    }

    /// As the mark holds it.
    pub(crate) fn read(mark: &Item) -> Self {
        Self {
            spent: serde_json::from_str(get_text(mark, "spent")).unwrap_or_default(),
            prompts: serde_json::from_str(get_text(mark, "prompts")).unwrap_or_default(),
        }
    }

    /// What the mark holds of it.
    pub(crate) fn attributes(&self) -> Result<Vec<(String, AttributeValue)>, Failure> {
        let wrong = |error: serde_json::Error| Failure::Permanent(error.to_string());
        let mut attributes = Vec::new();
        if !self.spent.is_empty() {
            attributes.push(("spent".to_owned(), text(serde_json::to_string(&self.spent).map_err(wrong)?)));
        }
        if !self.prompts.is_empty() {
            attributes.push(("prompts".to_owned(), text(serde_json::to_string(&self.prompts).map_err(wrong)?)));
        }
        Ok(attributes)
    }

    fn is_empty(&self) -> bool {
        self.spent.is_empty() && self.prompts.is_empty()
    }

    /// Whether no model was asked, and that is all there is to count.
    pub(crate) fn is_unasked(&self) -> bool {
        !self.is_empty() && self.prompts.is_empty() && self.spent.iter().all(UsageLine::is_without_model)
    }
}

/// The sum of a month that is over.
#[derive(Serialize)]
struct Total<'a> {
    month: &'a Month,
    tokens: u64,
    cost_microdollars: u64,
    closed_at: Timestamp,
}

impl UsageCounts<'_> {
    /// What a tenant's models took in `month` (`2026-11`).
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `month` when it is not one; else as the table answers.
    pub async fn of_month(self, tenant: &TenantId, month: &str) -> Result<Usage, Failure> {
        let month = Month::parse(month)?;
        let items = self.store.partition(&keys::of(tenant).usage_total(&month).pk, "").await?;
        let of = |entity: &'static str| items.iter().filter(move |item| get_text(item, "entity") == entity);
        let counters = readable::<Counter>("usage", of("usage")).into_iter().map(UsageLine::from).collect();
        let mut thresholds = readable::<UsageThreshold>(THRESHOLD, of(THRESHOLD));
        thresholds.sort_by_key(|threshold| threshold.percent);
        Ok(Usage { thresholds, ..Usage::of(month, counters) })
    }

    /// What a tenant's models have taken in `month`, as it was at most a minute ago.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn used(self, tenant: &TenantId, month: &Month) -> Result<Used, Failure> {
        let place = (tenant.clone(), month.clone());
        if let Some(known) = self.store.tenancy.used.get(&place) {
            return Ok(known);
        }
        let used = self.usage_of(tenant, month.clone()).await?.used();
        self.store.tenancy.used.put(place, used);
        Ok(used)
    }

    /// Counts what models took for a stored message, and what came of their instructions, as the mark of the message says it; counted before is no error.
    ///
    /// The counters are everybody's: they are no part of the turn's own transaction, which would lose its races for them.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, or too many count at once: the message's repeat counts it.
    pub async fn count_spent(
        self,
        tenant: &TenantId,
        message: MessageId,
        uncounted: &Uncounted,
    ) -> Result<(), Failure> {
        if uncounted.is_empty() {
            return Ok(());
        }
        for pause in COUNTING_PAUSES_MS {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let mut writes = Writes::new(&self.store.table);
            writes.take_spent(tenant, message, uncounted)?;
            writes.usage(tenant, &uncounted.spent, &message.to_string())?;
            writes.prompt_counts(tenant, uncounted.prompts.iter().cloned(), &message.to_string())?;
            if self.store.run(writes).await? != Ran::Raced {
                return Ok(());
            }
        }
        Err(Failure::Retryable("usage: too many are counting".into()))
    }

    /// Counts what models took that were asked for no message, and of which versions: `cause`, the id of what they were asked about, spreads
    /// the writes. Whoever asks again pays again, and counts again.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, or too many count at once.
    pub async fn count(
        self,
        tenant: &TenantId,
        (spent, prompts): (&[Spent], &[PromptCount]),
        cause: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let lines = lines(spent, now);
        if lines.is_empty() {
            return Ok(());
        }
        for pause in COUNTING_PAUSES_MS {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let mut writes = Writes::new(&self.store.table);
            writes.usage(tenant, &lines, cause)?;
            writes.prompt_counts(tenant, prompts.iter().cloned(), cause)?;
            if self.store.run(writes).await? != Ran::Raced {
                return Ok(());
            }
        }
        Err(Failure::Retryable("usage: too many are counting".into()))
    }

    /// How much the tenant saves on models this month. Announces the thresholds that the month has reached.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn cost_mode(self, tenant: &Tenant, now: Timestamp) -> Result<CostMode, Failure> {
        let (month, control) = (Month::of(now), &tenant.cost_control);
        let used = self.used(&tenant.id, &month).await?;
        for (percent, _) in control.reached(used, tenant.plan) {
            self.announce_threshold(&tenant.id, &month, percent, used, now).await?;
        }
        Ok(cost_mode(used, tenant.plan, control))
    }

    /// Announces, once, that what was `used` has reached `percent` of what `month` may take.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; announced before is no error.
    pub async fn announce_threshold(
        self,
        tenant: &TenantId,
        month: &Month,
        percent: u8,
        used: Used,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let place = (tenant.clone(), month.clone(), percent);
        if self.store.tenancy.thresholds.get(&place).is_some() {
            return Ok(());
        }
        let Used { tokens, cost_microdollars } = used;
        let mark = UsageThreshold { percent, tokens, cost_microdollars, reached_at: now };
        let kind = EventKind::UsageThresholdReached { month: month.clone(), percent, tokens, cost_microdollars };
        let key = keys::of(tenant).usage_threshold(month, percent);
        self.once(tenant, (THRESHOLD, &key), &mark, kind, now).await?;
        self.store.tenancy.thresholds.put(place, ());
        Ok(())
    }

    /// Writes down the sum of a month that is over and announces it, once. Returns the month's usage.
    ///
    /// # Errors
    /// [`Failure`] as the table answers; closed before is no error.
    pub async fn close_month(self, tenant: &TenantId, month: &Month, now: Timestamp) -> Result<Usage, Failure> {
        let usage = self.usage_of(tenant, month.clone()).await?;
        let (tokens, cost_microdollars) = (usage.total_tokens, usage.total_cost_microdollars);
        let total = Total { month, tokens, cost_microdollars, closed_at: now };
        let kind = EventKind::UsageMonthClosed { month: month.clone(), tokens, cost_microdollars };
        self.once(tenant, ("usage total", &keys::of(tenant).usage_total(month)), &total, kind, now).await?;
        Ok(usage)
    }

    /// Puts a mark where there is none, with the event that it stands for.
    async fn once(
        self,
        tenant: &TenantId,
        (entity, key): (&str, &TableKey),
        mark: &impl Serialize,
        kind: EventKind,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let event = Event {
            id: EventId::derive(tenant, &[kind.name(), &key.pk, &key.sk]),
            tenant: tenant.clone(),
            at: now,
            correlation_id: String::new(),
            kind,
        };
        let mut writes = Writes::new(&self.store.table);
        writes.put_new(to_item(entity, key, mark)?)?;
        let id = EventId::derive(tenant, &["outbox", &key.pk, &key.sk]);
        writes.outbox(&OutboxRow::new(id, tenant.clone(), &[event], now))?;
        match self.store.run(writes).await? {
            Ran::Done | Ran::Refused(_) => Ok(()),
            Ran::Raced => Err(Failure::Retryable(format!("{entity}: another write is in progress"))),
        }
    }

    async fn usage_of(self, tenant: &TenantId, month: Month) -> Result<Usage, Failure> {
        let partition = keys::of(tenant).usage_total(&month).pk;
        let query = self
            .store
            .query()
            .key_condition_expression("pk = :pk AND sk < :end")
            .expression_attribute_values(":pk", text(&partition))
            .expression_attribute_values(":end", text(USAGE_END));
        let counters = readable::<Counter>("usage", &self.store.all("usage", query).await?);
        Ok(Usage::of(month, counters.into_iter().map(UsageLine::from).collect()))
    }
}

/// What models took by feature and model, on the day of `now` (UTC). A model that could not be reached took nothing.
pub(crate) fn lines(spent: &[Spent], now: Timestamp) -> Vec<UsageLine> {
    let day = now.to_zoned(TimeZone::UTC).date();
    let mut counters: BTreeMap<(Feature, &str), UsageLine> = BTreeMap::new();
    let took = |spent: &Spent| spent.tokens != Tokens::default();
    for spent in spent.iter().filter(|spent| took(spent) || spent.saved.calls > 0) {
        let line = counters.entry((spent.feature, &spent.model)).or_insert_with(|| UsageLine {
            day,
            feature: spent.feature,
            model: spent.model.clone(),
            calls: 0,
            input_tokens: 0,
            output_tokens: 0,
            cost_microdollars: None,
            saved_calls: 0,
            saved_microdollars: 0,
        });
        line.saved_calls = line.saved_calls.saturating_add(spent.saved.calls);
        line.saved_microdollars = line.saved_microdollars.saturating_add(spent.saved_microdollars(now));
        if !took(spent) {
            continue;
        }
        line.calls += 1;
        line.input_tokens = line.input_tokens.saturating_add(spent.tokens.input());
        line.output_tokens = line.output_tokens.saturating_add(spent.tokens.output);
        let costs = [line.cost_microdollars, spent.cost_microdollars(now)];
        line.cost_microdollars = costs.into_iter().flatten().reduce(u64::saturating_add);
    }
    counters.into_values().collect()
}

impl From<Counter> for UsageLine {
    fn from(counter: Counter) -> Self {
        let Counter { day, feature, model, calls, input_tokens, output_tokens, cost_microdollars, .. } = counter;
        let (saved_calls, saved_microdollars) = (counter.saved_calls, counter.saved_microdollars);
        Self {
            day,
            feature,
            model,
            calls,
            input_tokens,
            output_tokens,
            cost_microdollars,
            saved_calls,
            saved_microdollars,
        }
    }
}

impl Writes {
    /// Counts what models took: one counter a feature and model. `cause`, the id of what they were asked about, spreads the
    /// writes.
    pub(crate) fn usage(&mut self, tenant: &TenantId, lines: &[UsageLine], cause: &str) -> Result<(), Failure> {
        let shard = cause.bytes().fold(0u8, u8::wrapping_add) % USAGE_SHARDS;
        for line in lines {
            self.count(&keys::of(tenant).usage(line.day, line.feature, &line.model, shard), line)?;
        }
        Ok(())
    }

    /// Takes from the mark that a message was stored what is to be counted of it; refused when that was taken before.
    fn take_spent(&mut self, tenant: &TenantId, message: MessageId, uncounted: &Uncounted) -> Result<(), Failure> {
        let there = if uncounted.spent.is_empty() { "attribute_exists(prompts)" } else { "attribute_exists(spent)" };
        let update = Update::builder().update_expression("REMOVE spent, prompts").condition_expression(there);
        self.update_at(&keys::of(tenant).seen(message), update)
    }

    fn count(&mut self, key: &TableKey, line: &UsageLine) -> Result<(), Failure> {
        let cost = line.cost_microdollars;
        let add = "ADD calls :calls, input_tokens :read, output_tokens :written";
        let add_cost = if cost.is_some() { ", cost_microdollars :cost" } else { "" };
        let has_saved = line.saved_calls > 0;
        let add_saved = if has_saved { ", saved_calls :saved, saved_microdollars :spared" } else { "" };
        let update = Update::builder()
            .update_expression(format!(
                "{add}{add_cost}{add_saved} SET entity = :entity, #day = :day, feature = :feature, #model = :model"
            ))
            .expression_attribute_names("#day", "day")
            .expression_attribute_names("#model", "model")
            .expression_attribute_values(":calls", number(line.calls))
            .expression_attribute_values(":read", number(line.input_tokens))
            .expression_attribute_values(":written", number(line.output_tokens))
            .expression_attribute_values(":entity", text("usage"))
            .expression_attribute_values(":day", text(line.day.to_string()))
            .expression_attribute_values(":feature", text(line.feature.as_str()))
            .expression_attribute_values(":model", text(&line.model));
        let update = if has_saved {
            let update = update.expression_attribute_values(":saved", number(line.saved_calls));
            update.expression_attribute_values(":spared", number(line.saved_microdollars))
        } else {
            update
        };
        let update =
            cost.into_iter().fold(update, |update, cost| update.expression_attribute_values(":cost", number(cost)));
        self.update_at(key, update)
    }
}
