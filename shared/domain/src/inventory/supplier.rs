//! Who sells what is kept in stock.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Failure;
use crate::ids::SupplierId;
use crate::messaging::Email;
use crate::tenancy::{Language, ensure, text, unique};

/// The most suppliers a business may have: a week's orders are one transaction.
pub const MAX_SUPPLIERS: usize = 40;
/// The most cents of a sum.
const MAX_CENTS: i64 = 1_000_000_000;

/// One who sells what is kept in stock. A document of its own. Orders go to its address and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supplier {
    /// Its slug.
    pub id: SupplierId,
    /// What it is called.
    #[schema(min_length = 1, max_length = 80, example = "Front Range Supply")]
    pub name: String,
    /// Where orders go.
    pub email: Email,
    /// The number by which the supplier knows the business.
    #[serde(default)]
    #[schema(max_length = 40, example = "K-20817")]
    pub account: String,
    /// The least value of an order, in cents of the tenant's currency.
    #[serde(default)]
    #[schema(minimum = 0, example = 10_000)]
    pub minimum_cents: i64,
    /// What shipping an order costs, in cents of the tenant's currency.
    #[serde(default)]
    #[schema(minimum = 0, example = 1_500)]
    pub shipping_cents: i64,
    /// From this value on shipping is free.
    #[serde(default)]
    #[schema(minimum = 0, example = 50_000)]
    pub free_shipping_from_cents: Option<i64>,
    /// The language of its orders; where it is not said, the tenant's.
    #[serde(default)]
    pub language: Option<Language>,
    /// On which days it takes orders; empty: on every day.
    #[serde(default)]
    #[schema(max_items = 7)]
    pub order_days: Vec<OrderDay>,
    /// What it should know of every order, such as where to put the goods.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub note: String,
    /// Whether it is ordered from.
    #[serde(default = "yes")]
    pub active: bool,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the days of the week")]
pub enum OrderDay {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

fn yes() -> bool {
    true
}

impl OrderDay {
    fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Tuesday => Weekday::Tuesday,
            Self::Wednesday => Weekday::Wednesday,
            Self::Thursday => Weekday::Thursday,
            Self::Friday => Weekday::Friday,
            Self::Saturday => Weekday::Saturday,
            Self::Sunday => Weekday::Sunday,
        }
    }
}

impl Supplier {
    /// Checks what the types do not: texts, sums, days that are given once.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate(&self) -> Result<(), Failure> {
        text("name", &self.name, 1..=80)?;
        text("account", &self.account, 0..=40)?;
        text("note", &self.note, 0..=500)?;
        for (field, cents) in [
            ("minimum_cents", self.minimum_cents),
            ("shipping_cents", self.shipping_cents),
            ("free_shipping_from_cents", self.free_shipping_from_cents.unwrap_or_default()),
        ] {
            ensure((0..=MAX_CENTS).contains(&cents), field, format!("{field} must be 0 to {MAX_CENTS} cents"))?;
        }
        unique(self.order_days.iter().enumerate().map(|(index, day)| (format!("order_days[{index}]"), day)))
    }

    /// How many days an order of `today` waits until it is taken.
    #[must_use]
    pub fn days_to_order(&self, today: Date) -> u16 {
        let wait = |day: &OrderDay| u16::try_from(today.weekday().until(day.weekday())).unwrap_or_default();
        self.order_days.iter().map(wait).min().unwrap_or_default()
    }

    /// What shipping an order of this value costs, in cents.
    #[must_use]
    pub fn shipping_of(&self, goods_cents: i64) -> i64 {
        let is_free = self.free_shipping_from_cents.is_some_and(|from| goods_cents >= from);
        if is_free { 0 } else { self.shipping_cents }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::{from_value, json};

    #[test]
    fn an_order_waits_for_the_day_on_which_it_is_taken() {
        let supplier = |days: &[&str]| -> Supplier {
            from_value(json!({"id": "s", "name": "S", "email": "s@example.com", "order_days": days})).unwrap()
        };
        let monday = date(2026, 11, 30);
        assert_eq!(supplier(&[]).days_to_order(monday), 0);
        assert_eq!(supplier(&["monday"]).days_to_order(monday), 0);
        assert_eq!(supplier(&["thursday", "tuesday"]).days_to_order(monday), 1);
        assert_eq!(supplier(&["sunday"]).days_to_order(monday), 6);
        assert!(supplier(&["friday", "friday"]).validate().is_err());
    }
}
