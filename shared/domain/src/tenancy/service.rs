//! One thing the business sells.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::BookingRules;
use super::check::{ensure, text};
use super::price::{DatedPrice, Deposit, Price, check_dated};
use crate::Failure;
use crate::ids::ServiceId;

/// One thing the business sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its slug, by which locations' prices and questions name it.
    pub id: ServiceId,
    /// The name customers see.
    #[schema(min_length = 1, max_length = 120, example = "Roof repair")]
    pub name: String,
    /// One sentence about it.
    #[serde(default)]
    #[schema(example = "Leaks, missing shingles, flashing.")]
    pub description: String,
    /// What it costs everywhere and always, where that can be said beforehand.
    #[serde(default)]
    pub price: Option<Price>,
    /// Prices of certain dates, which beat the one above.
    #[serde(default)]
    pub dated_prices: Vec<DatedPrice>,
    /// What is paid when it is booked.
    #[serde(default)]
    pub deposit: Option<Deposit>,
    /// How long it takes, in minutes.
    #[serde(default)]
    #[schema(example = 60)]
    pub duration_minutes: Option<u32>,
    /// What whoever does it must know: a skill of a staff member.
    #[serde(default)]
    pub skills: Vec<String>,
    /// Other words by which customers ask for it, in any language. Lower case.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// How it is booked; none: its visits are arranged by people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<BookingRules>,
}

impl Service {
    /// Checks the name, prices, deposit and duration.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field within the service, such as `dated_prices[1].until`.
    pub(super) fn validate(&self) -> Result<(), Failure> {
        text("name", &self.name, 1..=120)?;
        text("description", &self.description, 0..=1_000)?;
        self.price.iter().try_for_each(|price| price.validate("price"))?;
        check_dated(&self.dated_prices)?;
        self.deposit.iter().try_for_each(Deposit::validate)?;
        let sane = self.duration_minutes.is_none_or(|minutes| (1..=MAX_MINUTES).contains(&minutes));
        ensure(sane, "duration_minutes", "duration_minutes must be 1 to 43200 (30 days)")?;
        self.booking.iter().try_for_each(|booking| booking.validate(self.duration_minutes))?;
        super::check::words("skills", &self.skills)?;
        super::check::words("keywords", &self.keywords)
    }
}

/// The longest job: 30 days.
const MAX_MINUTES: u32 = 43_200;
