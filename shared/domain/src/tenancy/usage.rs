//! What a tenant's models have read, written and cost: by day, feature and model, in months of UTC.
//!
//! Tokens are exact, those of failed tries included. A cost follows the vendor's list price of the day; a model whose
//! price is not in [`PRICES`] has tokens and no cost.

mod unasked;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::LazyLock;
use utoipa::ToSchema;

use crate::Failure;

pub use unasked::{CLASSIFIER, EstimatedBy, RESPONDER, WithoutModel};

/// A calendar month of UTC: `2026-11`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", example = "2026-11")]
pub struct Month(String);

impl Month {
    /// Reads `2026-11`.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field `month`.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let refuse = || Failure::invalid("month", "month is a year and a month, such as 2026-11");
        let first: Date = format!("{text}-01").parse().map_err(|_| refuse())?;
        // What reads as a month and is not written as one ("2026-W1") is refused.
        Some(Self(written(first))).filter(|month| month.0 == text).ok_or_else(refuse)
    }

    /// The month of `at`.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        Self(written(day_of(at)))
    }

    /// The month before the one of `at`.
    #[must_use]
    pub fn before(at: Timestamp) -> Self {
        let first = day_of(at).first_of_month();
        Self(written(first.yesterday().unwrap_or(first)))
    }
}

/// The day of `at`, as months count days.
fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn written(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Month {
    type Error = Failure;
    fn try_from(text: String) -> Result<Self, Failure> {
        Self::parse(&text)
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.0
    }
}

/// What a model was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Answering a message.
    Converse,
    /// Sorting a message that the rules are unsure of.
    Route,
    /// Writing a message of a sequence.
    #[serde(rename = "touch_point")]
    Outreach,
    /// Proposing a reply to staff.
    Suggest,
    /// Proposing a better version of a prompt; counted for the platform.
    Analyze,
    /// Making rules of the examples of a training.
    Training,
    /// Summing up a conversation.
    Summarize,
    /// Making points of documents and questions, to find what is meant.
    Embed,
}

impl Feature {
    /// The name used in JSON and keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Converse => "converse",
            Self::Route => "route",
            Self::Outreach => "touch_point",
            Self::Suggest => "suggest",
            Self::Analyze => "analyze",
            Self::Training => "training",
            Self::Summarize => "summarize",
            Self::Embed => "embed",
        }
    }
}

/// Tokens as a vendor charges them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tokens {
    /// Read, and not from the cache.
    pub uncached: u64,
    /// Read and written into the cache.
    pub cache_written: u64,
    /// Read from the cache.
    pub cache_read: u64,
    /// Written, thinking included.
    pub output: u64,
}

impl Tokens {
    /// All that was read.
    #[must_use]
    pub fn input(&self) -> u64 {
        self.uncached.saturating_add(self.cache_written).saturating_add(self.cache_read)
    }

    /// Adds `other`.
    pub fn add(&mut self, other: Self) {
        self.uncached = self.uncached.saturating_add(other.uncached);
        self.cache_written = self.cache_written.saturating_add(other.cache_written);
        self.cache_read = self.cache_read.saturating_add(other.cache_read);
        self.output = self.output.saturating_add(other.output);
    }
}

/// What one question to a model took, all its tries together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    /// What the tokens were used for.
    pub feature: Feature,
    /// By which model.
    pub model: String,
    /// How many tokens were used.
    pub tokens: Tokens,
    /// What did not have to be asked.
    pub saved: Saved,
}

/// What answers saved that were kept of an earlier question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saved {
    /// Questions to a model.
    pub calls: u64,
    /// What those took that the kept answers were given to.
    pub tokens: Tokens,
}

impl Saved {
    /// Adds `other`.
    pub fn add(&mut self, other: Self) {
        self.calls = self.calls.saturating_add(other.calls);
        self.tokens.add(other.tokens);
    }
}

impl Spent {
    /// What it cost at `at`, in millionths of a dollar, rounded up; `None` where the price is not known.
    #[must_use]
    pub fn cost_microdollars(&self, at: Timestamp) -> Option<u64> {
        Some(ModelPrice::of(&self.model, day_of(at))?.cost(&self.tokens))
    }

    /// What was saved would have cost at `at`, in millionths of a dollar; nothing where the price is not known.
    #[must_use]
    pub fn saved_microdollars(&self, at: Timestamp) -> u64 {
        ModelPrice::of(&self.model, day_of(at)).map_or(0, |price| price.cost(&self.saved.tokens))
    }
}

/// The list price of a model's tokens from a day on, in millionths of a dollar for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelPrice {
    /// The vendor's name of the model.
    pub model: &'static str,
    /// The first day it holds.
    pub since: Date,
    /// Tokens read.
    pub uncached: u64,
    /// Tokens written into the cache, for five minutes.
    pub cache_written: u64,
    /// Tokens read from the cache.
    pub cache_read: u64,
    /// Tokens written.
    pub output: u64,
}

/// The list prices of the models that may be asked: the lines of `usage/prices.csv`.
pub static PRICES: LazyLock<Vec<ModelPrice>> =
    LazyLock::new(|| include_str!("usage/prices.csv").lines().filter_map(ModelPrice::read).collect());

impl ModelPrice {
    /// Reads a line of the price file; a remark and the header are skipped.
    fn read(line: &'static str) -> Option<Self> {
        let mut fields = line.split(',');
        let (model, since) = (fields.next()?, fields.next()?.parse().ok()?);
        let mut price = || fields.next()?.parse().ok();
        Some(Self { model, since, uncached: price()?, cache_written: price()?, cache_read: price()?, output: price()? })
    }

    /// The price of `model` on `day`; `None` where it is not known.
    #[must_use]
    pub fn of(model: &str, day: Date) -> Option<&'static Self> {
        PRICES.iter().filter(|price| price.model == model && price.since <= day).max_by_key(|price| price.since)
    }

    /// What `tokens` cost, in millionths of a dollar, rounded up.
    #[must_use]
    pub fn cost(&self, tokens: &Tokens) -> u64 {
        let parts = [
            (tokens.uncached, self.uncached),
            (tokens.cache_written, self.cache_written),
            (tokens.cache_read, self.cache_read),
            (tokens.output, self.output),
        ];
        let sum = parts
            .into_iter()
            .fold(0_u128, |sum, (count, price)| sum.saturating_add(u128::from(count) * u128::from(price)));
        u64::try_from(sum.div_ceil(1_000_000)).unwrap_or(u64::MAX)
    }
}

/// What a tenant's models took in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MonthlyUsage)]
pub struct Usage {
    /// Which month.
    pub month: Month,
    /// By day, feature and model, in this order.
    pub days: Vec<UsageLine>,
    /// Tokens read and written.
    #[schema(example = 41250)]
    pub total_tokens: u64,
    /// What they cost, in millionths of a dollar; of models without a known price, nothing.
    #[schema(example = 118_400)]
    pub total_cost_microdollars: u64,
    /// Questions that no model was asked, because an answer was kept.
    #[serde(default)]
    #[schema(example = 12)]
    pub total_saved_calls: u64,
    /// What these would have cost, in millionths of a dollar; of models without a known price, nothing.
    #[serde(default)]
    #[schema(example = 41_900)]
    pub total_saved_microdollars: u64,
    /// Questions that no model was asked, because something that costs nothing was sure; not among the totals.
    #[serde(default)]
    pub without_model: Vec<WithoutModel>,
    /// The shares of the plan's tokens or the limit in money that were reached, and when that was announced.
    #[serde(default)]
    pub thresholds: Vec<UsageThreshold>,
}

/// What a tenant's models took in a month, in sum, as budgets count it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Used {
    /// Tokens read and written.
    pub tokens: u64,
    /// What they cost, in millionths of a dollar; of models without a known price, nothing.
    pub cost_microdollars: u64,
}

/// That so much of what the plan includes, or of what may be spent, was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UsageThreshold {
    /// How much of it, in percent.
    #[schema(example = 85)]
    pub percent: u8,
    /// How many tokens were used then.
    #[schema(example = 850_412)]
    pub tokens: u64,
    /// What they had cost, in millionths of a dollar; of models without a known price, nothing.
    #[serde(default)]
    #[schema(example = 12_106_300)]
    pub cost_microdollars: u64,
    /// When that was seen and announced (UTC).
    pub reached_at: Timestamp,
}

/// What one model took for one feature on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UsageLine {
    /// The day (UTC).
    #[schema(value_type = String, format = Date, example = "2026-11-20")]
    pub day: Date,
    /// What the tokens were used for.
    pub feature: Feature,
    /// The vendor's name of the model; `classifier` or `builtin` where none was asked, because these were sure.
    #[schema(example = "claude-sonnet-5-5")]
    pub model: String,
    /// Messages it was asked about.
    pub calls: u64,
    /// Tokens read, cached or not.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
    /// What it cost, in millionths of a dollar; absent where the price is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_microdollars: Option<u64>,
    /// Questions that it was not asked, because an answer of it was kept; of what is no model, those that no model was asked.
    #[serde(default)]
    pub saved_calls: u64,
    /// What these would have cost, in millionths of a dollar.
    #[serde(default)]
    pub saved_microdollars: u64,
}

impl UsageLine {
    /// Tokens read and written.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        self.input_tokens.saturating_add(self.output_tokens)
    }

    fn place(&self) -> (Date, Feature, &str) {
        (self.day, self.feature, &self.model)
    }
}

impl Usage {
    /// The sum as a budget counts it. A token of an embedding costs a hundredth of one that a model answers by: it counts as money alone,
    /// and not among the tokens of a plan.
    #[must_use]
    pub fn used(&self) -> Used {
        let embedding = self.days.iter().filter(|line| line.feature == Feature::Embed);
        let embedded = embedding.fold(0_u64, |sum, line| sum.saturating_add(line.tokens()));
        let tokens = self.total_tokens.saturating_sub(embedded);
        Used { tokens, cost_microdollars: self.total_cost_microdollars }
    }

    /// Adds up `counters`, of which several may be about the same day, feature and model.
    #[must_use]
    pub fn of(month: Month, mut counters: Vec<UsageLine>) -> Self {
        counters.sort_by(|a, b| a.place().cmp(&b.place()));
        let mut usage = Self {
            month,
            days: Vec::new(),
            total_tokens: 0,
            total_cost_microdollars: 0,
            total_saved_calls: 0,
            total_saved_microdollars: 0,
            without_model: unasked::without_model(&counters),
            thresholds: Vec::new(),
        };
        for counter in counters {
            usage.total_tokens = usage.total_tokens.saturating_add(counter.tokens());
            let cost = counter.cost_microdollars.unwrap_or_default();
            usage.total_cost_microdollars = usage.total_cost_microdollars.saturating_add(cost);
            let kept = if counter.is_without_model() { 0 } else { counter.saved_calls };
            usage.total_saved_calls = usage.total_saved_calls.saturating_add(kept);
            usage.total_saved_microdollars = usage.total_saved_microdollars.saturating_add(counter.saved_microdollars);
            match usage.days.last_mut().filter(|line| line.place() == counter.place()) {
                Some(line) => {
                    line.calls = line.calls.saturating_add(counter.calls);
                    line.input_tokens = line.input_tokens.saturating_add(counter.input_tokens);
                    line.output_tokens = line.output_tokens.saturating_add(counter.output_tokens);
                    let costs = [line.cost_microdollars, counter.cost_microdollars];
                    line.cost_microdollars = costs.into_iter().flatten().reduce(u64::saturating_add);
                    line.saved_calls = line.saved_calls.saturating_add(counter.saved_calls);
                    line.saved_microdollars = line.saved_microdollars.saturating_add(counter.saved_microdollars);
                }
                None => usage.days.push(counter),
            }
        }
        usage
    }
}

#[cfg(test)]
mod tests;
