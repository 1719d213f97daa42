//! What a tenant's configuration must hold before it is stored.

use jiff::tz::TimeZone;

use super::{Service, Tenant};
use crate::Failure;

impl Tenant {
    /// Checks what the types do not: a known zone, codes of the right form, hours without overlaps, sane prices.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, as a path.
    pub fn validate(&self) -> Result<(), Failure> {
        if TimeZone::get(&self.zone).is_err() {
            return Err(Failure::invalid(
                "zone",
                "zone must be a time zone of the IANA database, such as America/Denver",
            ));
        }
        code("currency", &self.currency, 3, "an ISO 4217 code, such as USD")?;
        code("region", &self.region, 2, "an ISO 3166 country code, such as US")?;
        if self.name.trim().is_empty() || self.name.chars().count() > 80 {
            return Err(Failure::invalid("name", "name must be 1 to 80 characters"));
        }
        if self.notify.is_empty() {
            return Err(Failure::invalid(
                "notify",
                "notify needs at least one e-mail address: somebody must hear of escalations",
            ));
        }
        self.hours.validate()?;
        self.services.iter().enumerate().try_for_each(|(index, service)| check_service(index, service))
    }
}

fn code(field: &str, value: &str, length: usize, what: &str) -> Result<(), Failure> {
    if value.len() == length && value.bytes().all(|b| b.is_ascii_uppercase()) {
        Ok(())
    } else {
        Err(Failure::invalid(field, format!("{field} must be {what}")))
    }
}

fn check_service(index: usize, service: &Service) -> Result<(), Failure> {
    let field = |name: &str| format!("services[{index}].{name}");
    if service.name.trim().is_empty() {
        return Err(Failure::invalid(field("name"), "a service needs a name"));
    }
    let upside_down = service.price.is_some_and(|price| price.to_cents.is_some_and(|to| to < price.from_cents));
    if upside_down {
        return Err(Failure::invalid(field("price"), "to_cents must not be below from_cents"));
    }
    Ok(())
}
