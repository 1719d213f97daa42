//! What weather a tenant writes to its customers for: data, one document each.

use ::weather::{Condition, Invalid, MAX_SERVICES, Thresholds, Trigger};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Criteria;
use super::words::check_places;
use crate::Failure;
use crate::ids::{ServiceId, TriggerId};
use crate::tenancy::{Template, Tenant, ensure, text, unique};

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
        self.trigger().check().map_err(|Invalid { field, why }| Failure::invalid(field, why))
    }

    /// What is waited for, without what is done then.
    #[must_use]
    pub fn trigger(&self) -> Trigger {
        Trigger {
            id: self.id.to_string(),
            condition: self.condition,
            thresholds: self.thresholds,
            days: self.days,
            lead_days: self.lead_days,
            services: self.services.iter().map(ToString::to_string).collect(),
            months: self.months.clone(),
        }
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
