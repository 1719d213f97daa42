//! A night's contributions summed up cohort by cohort, list by list.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use benchmarks::{Cohort, Contribution, Metric, Observed, Period, Summary};
use domain::Failure;
use domain::insights::benchmarks::SHARDS;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::own::Contributed;
use super::{COHORT, CONTRIBUTION, NIGHT, NIGHT_KEPT_FOR, expires_at, kept, written};
use crate::Benchmarks;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, get_text, number, readable, text, to_item};
use crate::table::keys;

/// How far the summing up of a night is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Night {
    /// The lists that are summed up.
    #[serde(default)]
    pub done: BTreeSet<u8>,
}

/// A cohort's contributions of a night, summed up.
#[derive(Serialize, Deserialize)]
struct Sum {
    cohort: Cohort,
    summary: String,
}

impl Night {
    /// The lists that are not.
    #[must_use]
    pub fn open(&self) -> Vec<u8> {
        (0..SHARDS).filter(|shard| !self.done.contains(shard)).collect()
    }
}

impl Benchmarks<'_> {
    /// How far the summing up of a night is; `None`: it has not begun.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn night(self, day: Date) -> Result<Option<Night>, Failure> {
        let item = self.store.item(NIGHT, &keys::platform().benchmark_night(day)).await?;
        item.map(|item| from_item(NIGHT, &item)).transpose()
    }

    /// Sums up the cohorts of one list whose trade's figures of the half-year are not out; returns how far the night is. It reads the
    /// list a page of at most 1 MB at a time and has one cohort in memory. Again it is the same.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn sum_up(self, day: Date, shard: u8, now: Timestamp) -> Result<Night, Failure> {
        let partition = keys::platform().benchmark_contributions(day, shard);
        let (mut start, mut summary, mut out) = (None, None::<Summary>, BTreeMap::new());
        loop {
            let page = self
                .store
                .query()
                .consistent_read(true)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", text(&partition))
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(|error| failure(CONTRIBUTION, &error))?;
            for one in readable::<Contributed>(CONTRIBUTION, page.items()) {
                if self.is_out(&one.cohort, day, &mut out).await? {
                    continue;
                }
                if summary.as_ref().is_none_or(|sum| *sum.cohort() != one.cohort) {
                    self.keep(summary.replace(Summary::new(one.cohort.clone())), day, now).await?;
                }
                if let Some(sum) = &mut summary {
                    sum.add(&contribution(&one));
                }
            }
            start = page.last_evaluated_key;
            if start.is_none() {
                break;
            }
        }
        self.keep(summary, day, now).await?;
        self.mark(day, shard, now).await
    }

    /// The trades of which anything was summed up in a night.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn trades(self, day: Date) -> Result<BTreeSet<String>, Failure> {
        let query = self
            .store
            .query()
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::platform().benchmark_cohorts(day)))
            .projection_expression("cohort");
        let items = self.store.all(COHORT, query).await?;
        let cohorts = items.iter().filter_map(|item| get_text(item, "cohort").parse::<Cohort>().ok());
        Ok(cohorts.map(|cohort| cohort.trade().to_owned()).collect())
    }

    /// The sums of a trade's cohorts in a night.
    pub(super) async fn sums(self, day: Date, trade: &str) -> Result<Vec<Summary>, Failure> {
        let partition = keys::platform().benchmark_cohorts(day);
        let items = self.store.partition(&partition, &format!("{trade}/")).await?;
        let read = |item: &Item| {
            let sum: Sum = from_item(COHORT, item)?;
            serde_json::from_str(&sum.summary).map_err(|error| Failure::Permanent(format!("{COHORT}: {error}")))
        };
        items.iter().map(read).collect()
    }

    /// Whether a trade's figures of the half-year are out: then there is nothing to sum up for.
    async fn is_out(self, cohort: &Cohort, day: Date, known: &mut BTreeMap<String, bool>) -> Result<bool, Failure> {
        if let Some(is_out) = known.get(cohort.trade()) {
            return Ok(*is_out);
        }
        let (ledger, _) = self.ledger(cohort.trade()).await?;
        let period = period_of(day);
        let is_out = Metric::ALL.into_iter().all(|metric| ledger.has(metric, period));
        known.insert(cohort.trade().to_owned(), is_out);
        Ok(is_out)
    }

    async fn keep(self, summary: Option<Summary>, day: Date, now: Timestamp) -> Result<(), Failure> {
        let Some(summary) = summary else { return Ok(()) };
        let sum = Sum { cohort: summary.cohort().clone(), summary: written(&summary)? };
        let item = kept(COHORT, &keys::platform().benchmark_cohort(day, &sum.cohort), &sum, now, NIGHT_KEPT_FOR)?;
        self.store.put_item(item).send().await.map_err(|error| failure(COHORT, &error))?;
        Ok(())
    }

    /// Notes that a list is summed up.
    async fn mark(self, day: Date, shard: u8, now: Timestamp) -> Result<Night, Failure> {
        let updated = self
            .store
            .update_item(&keys::platform().benchmark_night(day))
            .update_expression("ADD done :shard SET entity = :entity, expires_at = :end")
            .expression_attribute_values(":shard", AttributeValue::Ns(vec![shard.to_string()]))
            .expression_attribute_values(":entity", text(NIGHT))
            .expression_attribute_values(":end", number(expires_at(now, NIGHT_KEPT_FOR)?))
            .return_values(ReturnValue::AllNew)
            .send()
            .await
            .map_err(|error| failure(NIGHT, &error))?;
        from_item(NIGHT, &updated.attributes.unwrap_or_default())
    }

    /// Notes that the summing up of a night has begun. Again it changes nothing.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn begin(self, day: Date, now: Timestamp) -> Result<(), Failure> {
        #[derive(Serialize)]
        struct Begun {
            begun_at: Timestamp,
        }
        let key = keys::platform().benchmark_night(day);
        let mut item = to_item(NIGHT, &key, &Begun { begun_at: now })?;
        item.insert("expires_at".to_owned(), number(expires_at(now, NIGHT_KEPT_FOR)?));
        let put = self.store.put_item(item).condition_expression("attribute_not_exists(pk)").send().await;
        let Err(error) = put else { return Ok(()) };
        match error.as_service_error() {
            Some(refused) if refused.is_conditional_check_failed_exception() => Ok(()),
            _ => Err(failure(NIGHT, &error)),
        }
    }
}

/// The half-year that a day is in.
pub(super) fn period_of(day: Date) -> Period {
    Period::of(u16::try_from(day.year()).unwrap_or_default(), u8::try_from(day.month()).unwrap_or_default())
}

/// What was put in, clipped once more: whatever is stored, no one has more than one vote.
fn contribution(one: &Contributed) -> Contribution {
    let observed = |value: &super::own::Value| {
        let observations = value.metric.min_observations();
        (value.metric, Observed { value: value.value, observations })
    };
    Contribution::of(&one.values.iter().map(observed).collect())
}
