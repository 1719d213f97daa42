//! The weather that was in a cell: of each day what its own morning expected of it. What businesses used is held against it.

use domain::Failure;
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use weather::{Cell, Day, Forecast};

use super::fetched::after;
use crate::Weather;
use crate::table::error::failure;
use crate::table::item::{number, readable, text, to_item};
use crate::table::keys;

const DAY: &str = "weather_day";
/// Two summers are looked at, and somewhat more.
pub(crate) const DAYS_FOR: SignedDuration = SignedDuration::from_hours(800 * 24);

impl Weather<'_> {
    /// Remembers the day on which a forecast was fetched as the forecast says it. Of a day that is remembered twice the last word counts.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note_day(self, forecast: &Forecast) -> Result<(), Failure> {
        let zone = TimeZone::get(&forecast.zone).unwrap_or(TimeZone::UTC);
        let today = forecast.fetched_at.to_zoned(zone).date();
        let day = forecast.days.iter().find(|day| day.date == today && !day.is_unknown());
        let Some(day) = day else { return Ok(()) };
        let mut item = to_item(DAY, &keys::platform().weather_day(&forecast.cell, day.date), day)?;
        item.insert("expires_at".to_owned(), number(after(forecast.fetched_at, DAYS_FOR)?.as_second()));
        self.store.put_item(item).send().await.map_err(|error| failure(DAY, &error))?;
        Ok(())
    }

    /// The days of a cell from `since` on that are remembered, in order.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn days_since(self, cell: &Cell, since: Date) -> Result<Vec<Day>, Failure> {
        let (first, last) = (keys::platform().weather_day(cell, since), keys::platform().weather_day(cell, Date::MAX));
        let query = self
            .store
            .query()
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":pk", text(&first.pk))
            .expression_attribute_values(":first", text(first.sk))
            .expression_attribute_values(":last", text(last.sk));
        Ok(readable(DAY, &self.store.all(DAY, query).await?))
    }
}
