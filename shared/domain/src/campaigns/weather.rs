//! What weather a tenant writes to its customers for: data, one document each.

use ::weather::{Condition, Thresholds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Criteria;
use super::words::check_places;
use crate::Failure;
use crate::ids::{ServiceId, TriggerId};
use crate::tenancy::{Template, Tenant, ensure, text, unique};

/// No forecast goes further.
const MAX_DAYS: u8 = 10;
/// The most services of one rule.
const MAX_SERVICES: usize = 20;

/// Weather that a tenant waits for, and what it offers to whom when it comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeatherRule {
    /// Its slug, which the events of its weather keep in their keys.
    pub id: TriggerId,
    /// What people call it.
    #[schema(min_length = 1, max_length = 80, example = "Heat wave")]
    pub name: String,
    /// Whether it is waited for.
    #[serde(default = "yes")]
    pub active: bool,
    /// Which kind of weather.
    pub condition: Condition,
    /// What has to be exceeded.
    #[serde(default)]
    pub thresholds: Thresholds,
    /// Heat wave and cold snap: so many days in a row. Rain week: within so many days. The others need one day.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 10, example = 3)]
    pub days: u8,
    /// A campaign begins when the first day is this many days ahead or fewer.
    #[schema(maximum = 10, example = 3)]
    pub lead_days: u8,
    /// The months (1 to 12) in which the first day may be; none: every month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 12)]
    pub months: Vec<u8>,
    /// What is offered: services of the tenant, the most fitting first.
    #[schema(min_items = 1, max_items = 20, example = json!(["tune-up"]))]
    pub services: Vec<ServiceId>,
    /// Who is written to.
    #[serde(default)]
    pub audience: Criteria,
    /// The share of the free visits that is kept for others, in percent.
    #[serde(default = "a_fifth")]
    #[schema(maximum = 90, example = 20)]
    pub keep_free_percent: u8,
    /// What says the same by WhatsApp outside its window, as Meta has approved it; its values may have the places of campaigns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub template: Option<Template>,
    /// Its campaigns begin without anybody's yes.
    #[serde(default)]
    pub automatic: bool,
}

fn yes() -> bool {
    true
}

fn one() -> u8 {
    1
}

fn a_fifth() -> u8 {
    20
}

impl WeatherRule {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate(&self) -> Result<(), Failure> {
        text("name", &self.name, 1..=80)?;
        ensure((1..=MAX_DAYS).contains(&self.days), "days", "days must be 1 to 10: no forecast goes further")?;
        ensure(self.lead_days <= MAX_DAYS, "lead_days", "lead_days must be 0 to 10: no forecast goes further")?;
        let are_months = self.months.len() <= 12 && self.months.iter().all(|month| (1..=12).contains(month));
        ensure(are_months, "months", "months are the numbers 1 to 12, each once; leave it out for the whole year")?;
        unique(self.months.iter().enumerate().map(|(index, month)| (format!("months[{index}]"), month)))?;
        let some = (1..=MAX_SERVICES).contains(&self.services.len());
        ensure(some, "services", format!("name 1 to {MAX_SERVICES} of your services: that is what is offered"))?;
        unique(self.services.iter().enumerate().map(|(index, service)| (format!("services[{index}]"), service)))?;
        let keeps = self.keep_free_percent <= 90;
        ensure(keeps, "keep_free_percent", "keep_free_percent must be 0 to 90: of what is left customers are invited")?;
        if let Some(template) = &self.template {
            template.check("template")?;
            let mut values = template.values.iter().enumerate();
            values.try_for_each(|(index, value)| check_places(&format!("template.values[{index}]"), value))?;
        }
        self.audience.validate().map_err(|failure| failure.within("audience"))?;
        check_thresholds(&self.thresholds, self.condition).map_err(|failure| failure.within("thresholds"))
    }

    /// As [`WeatherRule::validate`], and that the tenant has its services.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn validate_for(&self, tenant: &Tenant) -> Result<(), Failure> {
        self.validate()?;
        let is_unknown = |service: &ServiceId| !tenant.services.iter().any(|known| known.id == *service);
        match self.services.iter().position(is_unknown) {
            Some(index) => Err(Failure::invalid(format!("services[{index}]"), "you have no service with this id")),
            None => Ok(()),
        }
    }
}

fn check_thresholds(of: &Thresholds, condition: Condition) -> Result<(), Failure> {
    for (value, least, most, field, unit) in [
        (of.high_above_tenths_c, -600, 600, "high_above_tenths_c", "tenths of a degree Celsius"),
        (of.low_below_tenths_c, -600, 600, "low_below_tenths_c", "tenths of a degree Celsius"),
        (of.rain_above_tenths_mm, 1, 20_000, "rain_above_tenths_mm", "tenths of a millimetre"),
        (of.gust_above_tenths_kmh, 1, 5_000, "gust_above_tenths_kmh", "tenths of a kilometre an hour"),
        (of.hail_from_tenths_mm, 1, 3_000, "hail_from_tenths_mm", "tenths of a millimetre"),
    ] {
        let is_weather = value.is_none_or(|value| (least..=most).contains(&value));
        ensure(is_weather, field, format!("{field} must be {least} to {most}, in {unit}"))?;
    }
    let (has_its_own, field) = match condition {
        Condition::HeatWave => (of.high_above_tenths_c.is_some(), "high_above_tenths_c"),
        Condition::ColdSnap | Condition::FirstFreeze => (of.low_below_tenths_c.is_some(), "low_below_tenths_c"),
        Condition::RainWeek => (of.rain_above_tenths_mm.is_some(), "rain_above_tenths_mm"),
        Condition::Storm => {
            let has_one = of.gust_above_tenths_kmh.is_some() || of.hail_from_tenths_mm.is_some();
            (has_one, "gust_above_tenths_kmh")
        }
    };
    ensure(has_its_own, field, format!("{} needs {field}", condition.as_str()))
}
