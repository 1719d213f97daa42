//! What is published, and the ledger of what that told.

use benchmarks::{Cohort, Ledger, Metric, Period, Publication, Published, publish};
use domain::Failure;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

use super::nights::period_of;
use super::{FIGURES, FIGURES_KEPT_FOR, LEDGER, kept, written};
use crate::Benchmarks;
use crate::table::error::failure;
use crate::table::item::{from_item, readable, text, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

/// A trade's figures are spread over so many lists by country, that of the whole trade besides: a transaction writes 100 items at most,
/// and a reader wants those of one country.
const LISTS: u32 = 32;

#[derive(Serialize, Deserialize)]
struct StoredLedger {
    ledger: String,
    #[serde(default, skip_serializing)]
    version: u64,
}

/// The figures of a list, of one half-year.
#[derive(Serialize, Deserialize)]
struct List {
    figures: String,
}

impl Benchmarks<'_> {
    /// Publishes a trade's figures from the sums of a night, where those of the half-year are not out; `None`: they are, or no one takes
    /// part. Cohorts in one of the countries `without` are passed over, in the figures of the whole trade too. Figures and ledger are written together, so that a repeat finds them.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when another one publishes at the same time; as KMS and the table answer.
    pub async fn publish(
        self,
        day: Date,
        trade: &str,
        without: &[&str],
        now: Timestamp,
    ) -> Result<Option<Publication>, Failure> {
        let period = period_of(day);
        let (before, version) = self.ledger(trade).await?;
        let mut sums = self.sums(day, trade).await?;
        sums.retain(|sum| sum.cohort().nation().is_none_or(|nation| !without.contains(&nation)));
        if sums.is_empty() {
            return Ok(None);
        }
        let industry = Cohort::industry(trade).map_err(|error| Failure::Permanent(error.to_string()))?;
        let key = self.noise_key().await?;
        let mut ledger = before.clone();
        let made = publish(&industry, period, &sums, &key, &mut ledger);
        let made = made.map_err(|error| Failure::Permanent(error.to_string()))?;
        if ledger == before {
            return Ok(None);
        }
        let mut writes = Writes::new(&self.store.table);
        let stored = StoredLedger { ledger: written(&ledger)?, version };
        writes.put_version(to_item(LEDGER, &keys::platform().benchmark_ledger(trade), &stored)?, version)?;
        let all = self.with_earlier(trade, period, &before, &made).await?;
        // Those without figures too, so that none of an earlier half-year is taken for the latest.
        for list in 0..=LISTS {
            let of_list = |figures: &&Published| list_of(&figures.cohort) == list;
            let figures: Vec<&Published> = all.iter().filter(of_list).collect();
            let place = keys::platform().benchmark_figures(trade, list, period);
            let figures = List { figures: written(&figures)? };
            writes.put(kept(FIGURES, &place, &figures, now, FIGURES_KEPT_FOR)?)?;
        }
        match self.store.run(writes).await? {
            Ran::Done => Ok(Some(made)),
            Ran::Refused(_) | Ran::Raced => Err(Failure::Retryable("the figures are being published".into())),
        }
    }

    /// The latest figures of a cohort's trade in its country, and of the whole trade. Two calls.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn published(self, cohort: &Cohort) -> Result<Vec<Published>, Failure> {
        let lists = [list_of(cohort), 0];
        let [country, whole] = lists.map(|list| self.latest(cohort.trade(), list));
        let (country, whole) = tokio::join!(country, whole);
        Ok(country?.into_iter().chain(whole?).collect())
    }

    /// What was made, and what was published of other metrics earlier in the half-year: one that no business had a value of comes later.
    async fn with_earlier(
        self,
        trade: &str,
        period: Period,
        before: &Ledger,
        made: &Publication,
    ) -> Result<Vec<Published>, Failure> {
        let mut all = made.published.clone();
        if Metric::ALL.into_iter().any(|metric| before.has(metric, period)) {
            let again: BTreeSet<Metric> = made.published.iter().map(|figures| figures.metric).collect();
            let (partition, _) = keys::platform().benchmark_list(trade, 0);
            let lists = readable::<List>(FIGURES, &self.store.partition(&partition, "").await?);
            let earlier = lists.iter().flat_map(read);
            all.extend(earlier.filter(|figures| figures.period == period && !again.contains(&figures.metric)));
        }
        Ok(all)
    }

    async fn latest(self, trade: &str, list: u32) -> Result<Vec<Published>, Failure> {
        let (partition, prefix) = keys::platform().benchmark_list(trade, list);
        let answer = self
            .store
            .query()
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(&partition))
            .expression_attribute_values(":prefix", text(prefix))
            .scan_index_forward(false)
            .limit(1)
            .send()
            .await
            .map_err(|error| failure(FIGURES, &error))?;
        Ok(readable::<List>(FIGURES, answer.items()).iter().flat_map(read).collect())
    }

    /// The privacy ledger of a trade, and its version.
    pub(super) async fn ledger(self, trade: &str) -> Result<(Ledger, u64), Failure> {
        let item = self.store.item(LEDGER, &keys::platform().benchmark_ledger(trade)).await?;
        let Some(item) = item else { return Ok((Ledger::default(), 0)) };
        let stored: StoredLedger = from_item(LEDGER, &item)?;
        // Never read as an empty one: the year's budget would be spent a second time.
        let ledger = serde_json::from_str(&stored.ledger);
        Ok((ledger.map_err(|error| Failure::Permanent(format!("{LEDGER}: {error}")))?, stored.version))
    }
}

/// The figures of a list. A metric or band of a newer version is passed over, and takes no other figure with it.
fn read(list: &List) -> Vec<Published> {
    let all = serde_json::from_str::<Vec<Value>>(&list.figures).unwrap_or_default();
    all.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect()
}

/// The list that a cohort's figures are in: 0 for a whole trade.
fn list_of(cohort: &Cohort) -> u32 {
    let text = cohort.to_string();
    let Some(country) = text.split('/').nth(1) else { return 0 };
    country.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % LISTS + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_and_its_regions_are_in_one_list() {
        let list = |cohort: &str| list_of(&cohort.parse().unwrap());
        assert_eq!(list("roofing"), 0);
        assert_eq!(list("roofing/us"), list("roofing/us/co"));
        assert!((1..=LISTS).contains(&list("roofing/de/by")));
    }
}
