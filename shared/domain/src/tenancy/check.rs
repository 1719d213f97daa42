//! What a tenant's configuration must hold before it is stored.

use jiff::tz::TimeZone;

use super::{Service, Tenant};
use crate::Failure;

/// How many staff addresses hear of an escalation: each notice is a write of the turn's one transaction.
const MAX_NOTIFY: usize = 5;

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
        if self.notify.len() > MAX_NOTIFY {
            let limit = format!("notify takes at most {MAX_NOTIFY} addresses: use a group's address for more");
            return Err(Failure::invalid("notify", limit));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::Email;
    use crate::samples::{dentist, roofer};
    use crate::tenancy::Price;

    fn refused(change: impl FnOnce(&mut Tenant)) -> String {
        let mut tenant = roofer();
        change(&mut tenant);
        match tenant.validate() {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn sound_tenants_pass() {
        assert_eq!((roofer().validate(), dentist().validate()), (Ok(()), Ok(())));
    }

    #[test]
    fn a_refusal_names_its_field() {
        let staff = |count: usize| {
            (0..count).map(|index| Email::new(&format!("staff-{index}@example.com"), "notify").unwrap()).collect()
        };
        assert_eq!(refused(|tenant| tenant.zone = "Mars/Olympus".to_owned()), "zone");
        for currency in ["usd", "US", "DOLLAR", "€"] {
            assert_eq!(refused(|tenant| tenant.currency = currency.to_owned()), "currency", "{currency}");
        }
        for region in ["us", "USA", "U1", ""] {
            assert_eq!(refused(|tenant| tenant.region = region.to_owned()), "region", "{region}");
        }
        for name in [" ", &"n".repeat(81)] {
            assert_eq!(refused(|tenant| tenant.name = name.to_owned()), "name");
        }
        assert_eq!(refused(|tenant| tenant.notify.clear()), "notify");
        assert_eq!(refused(|tenant| tenant.notify = staff(MAX_NOTIFY + 1)), "notify");
        assert_eq!(refused(|tenant| tenant.services[1].name = " ".to_owned()), "services[1].name");
        let upside_down = Some(Price { from_cents: 200, to_cents: Some(100) });
        assert_eq!(refused(|tenant| tenant.services[2].price = upside_down), "services[2].price");
        assert!(
            refused(|tenant| {
                let twice = tenant.hours.monday[0];
                tenant.hours.monday.push(twice);
            })
            .starts_with("hours")
        );
    }

    #[test]
    fn what_lies_on_the_limit_passes() {
        let mut tenant = roofer();
        tenant.name = "n".repeat(80);
        tenant.notify =
            (0..MAX_NOTIFY).map(|index| Email::new(&format!("staff-{index}@example.com"), "notify").unwrap()).collect();
        tenant.services[0].price = Some(Price { from_cents: 100, to_cents: Some(100) });
        assert_eq!(tenant.validate(), Ok(()));
    }
}
