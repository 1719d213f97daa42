//! What is fetched of a cell once a day.
//!
//! Whoever takes the lease fetches; everybody else finds what it kept, or hears that it is being fetched. A lease that no one gives back ends
//! by itself. What was fetched last stays until something newer is kept, with its age, so that an outage can be bridged.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use domain::Failure;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use weather::{Alert, Cell, Day, Forecast, Sought};

use crate::Weather;
use crate::table::error::failure;
use crate::table::item::{from_item, number, text};
use crate::table::keys::{self, TableKey};

/// A forecast says nothing of the day after its last one.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(10 * 24);
/// What was fetched is good for all whose morning is the same, and not for the morning after: by its own age, whatever day it is where
/// they are. A business with an odd zone makes no one else's forecast old.
const FRESH_FOR: SignedDuration = SignedDuration::from_hours(12);
/// An older forecast says nothing of the days to come.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24);

/// What is fetched of a cell.
pub trait Fetched: Serialize + DeserializeOwned {
    /// Its kind, as the store declares it.
    const ENTITY: &'static str;
    /// Its sort key.
    const KIND: &'static str;
    /// When it was fetched.
    fn fetched_at(&self) -> Timestamp;
}

impl Fetched for Forecast {
    const ENTITY: &'static str = "weather_forecast";
    const KIND: &'static str = "FORECAST";
    fn fetched_at(&self) -> Timestamp {
        self.fetched_at
    }
}

/// The alerts of a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAlerts {
    /// When they were fetched.
    pub fetched_at: Timestamp,
    /// The alerts.
    pub alerts: Vec<Alert>,
}

impl Fetched for KeptAlerts {
    const ENTITY: &'static str = "weather_alerts";
    const KIND: &'static str = "ALERTS";
    fn fetched_at(&self) -> Timestamp {
        self.fetched_at
    }
}

/// The right to fetch, until it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    until: Timestamp,
}

/// What there is of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken<T> {
    /// It is there, and was fetched within 12 hours.
    Fresh(T),
    /// It is to be fetched, by the caller. What was fetched last.
    Mine(Lease, Option<T>),
    /// Someone else is fetching it, or it could not be fetched a moment ago. What was fetched last.
    Held(Option<T>),
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "T: DeserializeOwned"))]
struct Stored<T> {
    /// Until when it is fresh, in seconds since 1970.
    #[serde(default)]
    fresh_until: Option<i64>,
    #[serde(default = "none")]
    fetched: Option<T>,
    /// In seconds since 1970.
    #[serde(default)]
    leased_until: Option<i64>,
}

impl<T> Stored<T> {
    fn is_fresh(&self, now: Timestamp) -> bool {
        self.fresh_until.is_some_and(|until| until > now.as_second())
    }

    fn is_held(&self, now: Timestamp) -> bool {
        self.leased_until.is_some_and(|until| until > now.as_second())
    }
}

fn none<T>() -> Option<T> {
    None
}

impl Weather<'_> {
    /// What there is of a cell; where there is nothing fresh, the right to fetch it for as long as `lease`, unless someone has it. One read,
    /// and one write where it is to be fetched.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn take<T: Fetched>(
        self,
        cell: &Cell,
        lease: SignedDuration,
        now: Timestamp,
    ) -> Result<Taken<T>, Failure> {
        let key = keys::platform().weather_of(cell, T::KIND);
        let item = self.store.item(T::ENTITY, &key).await?;
        let stored = item.as_ref().map(|item| from_item::<Stored<T>>(T::ENTITY, item));
        // What this version cannot read is fetched again.
        let is_readable = !matches!(stored, Some(Err(_)));
        let stored = stored.and_then(Result::ok);
        let is_fresh = stored.as_ref().is_some_and(|stored| stored.is_fresh(now));
        let is_held = stored.as_ref().is_some_and(|stored| stored.is_held(now));
        let last = match stored.and_then(|stored| stored.fetched) {
            Some(fetched) if is_fresh => return Ok(Taken::Fresh(fetched)),
            last => last,
        };
        if is_held {
            return Ok(Taken::Held(last));
        }
        let until = after(now, lease)?;
        let free = "(attribute_not_exists(leased_until) OR leased_until <= :now)";
        let mut update = self
            .update::<T>(&key, "SET entity = :entity, expires_at = :expires, leased_until = :until", now)?
            .expression_attribute_values(":until", number(until.as_second()))
            .expression_attribute_values(":now", number(now.as_second()));
        // It may have been kept since it was read.
        update = if is_readable {
            update
                .condition_expression(format!("{free} AND (attribute_not_exists(fresh_until) OR fresh_until <= :now)"))
        } else {
            update.condition_expression(free)
        };
        let is_mine = self.applies(T::ENTITY, update).await?;
        Ok(if is_mine { Taken::Mine(Lease { until }, last) } else { Taken::Held(last) })
    }

    /// What was fetched of a cell last, whatever its age; none where there is nothing that this version can read.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn last<T: Fetched>(self, cell: &Cell) -> Result<Option<T>, Failure> {
        let item = self.store.item(T::ENTITY, &keys::platform().weather_of(cell, T::KIND)).await?;
        Ok(item.and_then(|item| from_item::<Stored<T>>(T::ENTITY, &item).ok()).and_then(|stored| stored.fetched))
    }

    /// The days of a cell's last forecast, unless it is too old to say anything of them.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn coming(self, cell: &Cell, now: Timestamp) -> Result<Vec<Day>, Failure> {
        let forecast = self.last::<Forecast>(cell).await?;
        let forecast = forecast.filter(|forecast| now.duration_since(forecast.fetched_at) <= GOOD_FOR);
        Ok(forecast.map(|forecast| forecast.days).unwrap_or_default())
    }

    /// The same at an address. A warm function remembers it for ten minutes; else three reads.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn coming_at(self, sought: &Sought, now: Timestamp) -> Result<Arc<Vec<Day>>, Failure> {
        if let Some(days) = self.store.weather.coming.get(&sought.line()) {
            return Ok(days);
        }
        let days = match self.cell_of(sought, now).await? {
            Some(cell) => Arc::new(self.coming(&cell, now).await?),
            None => Arc::default(),
        };
        self.store.weather.coming.put(sought.line(), Arc::clone(&days));
        Ok(days)
    }

    /// Keeps what was fetched of a cell, and ends the lease. What was fetched later stays.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn keep<T: Fetched>(self, cell: &Cell, fetched: &T, now: Timestamp) -> Result<(), Failure> {
        let key = keys::platform().weather_of(cell, T::KIND);
        let fresh_until = after(fetched.fetched_at(), FRESH_FOR)?;
        let fetched = serde_dynamo::to_attribute_value(fetched)
            .map_err(|error| Failure::Permanent(format!("{}: {error}", T::ENTITY)))?;
        let set =
            "SET entity = :entity, expires_at = :expires, fresh_until = :fresh, fetched = :fetched REMOVE leased_until";
        let update = self
            .update::<T>(&key, set, now)?
            .condition_expression("attribute_not_exists(fresh_until) OR fresh_until <= :fresh")
            .expression_attribute_values(":fresh", number(fresh_until.as_second()))
            .expression_attribute_values(":fetched", fetched);
        self.applies(T::ENTITY, update).await.map(drop)
    }

    /// Gives a lease back without anything fetched: no one tries until then.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn give_up<T: Fetched>(self, cell: &Cell, lease: Lease, until: Timestamp) -> Result<(), Failure> {
        let key = keys::platform().weather_of(cell, T::KIND);
        let update = self
            .store
            .update_item(&key)
            .update_expression("SET leased_until = :until")
            .condition_expression("leased_until = :mine")
            .expression_attribute_values(":until", number(until.as_second()))
            .expression_attribute_values(":mine", number(lease.until.as_second()));
        self.applies(T::ENTITY, update).await.map(drop)
    }

    fn update<T: Fetched>(self, key: &TableKey, set: &str, now: Timestamp) -> Result<UpdateItemFluentBuilder, Failure> {
        let update = self.store.update_item(key).update_expression(set);
        let update = update.expression_attribute_values(":entity", text(T::ENTITY));
        Ok(update.expression_attribute_values(":expires", number(after(now, KEPT_FOR)?.as_second())))
    }

    /// Whether an update's condition held.
    async fn applies(self, entity: &str, update: UpdateItemFluentBuilder) -> Result<bool, Failure> {
        let Err(error) = update.send().await else { return Ok(true) };
        match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(false),
            _ => Err(failure(entity, &error)),
        }
    }
}

pub(super) fn after(now: Timestamp, time: SignedDuration) -> Result<Timestamp, Failure> {
    now.checked_add(time).map_err(|error| Failure::Permanent(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_fetched_is_fresh_by_its_age_for_one_morning_and_for_no_zones_day() {
        let fetched_at: Timestamp = "2026-07-10T12:10:00Z".parse().unwrap();
        let until = after(fetched_at, FRESH_FOR).unwrap().as_second();
        let stored = Stored::<KeptAlerts> { fresh_until: Some(until), fetched: None, leased_until: None };
        let at = |hours: i64| fetched_at + SignedDuration::from_hours(hours);
        assert!(stored.is_fresh(at(0)) && stored.is_fresh(at(3)));
        // It was fetched in the afternoon for a business whose tomorrow had begun: in the morning all the same it is old.
        assert!(!stored.is_fresh(at(14)) && !stored.is_fresh(at(24)));
        assert!(!stored.is_held(at(0)));
    }
}
