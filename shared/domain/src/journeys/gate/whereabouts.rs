//! Where the recipient is, as far as anything tells: in which zones, in which states.

use jiff::tz::TimeZone;
use phone::{country_zones, state, zones};

use super::SendContext;
use crate::journeys::Journey;
use crate::leads::Contact;
use crate::messaging::Address;
use crate::tenancy::Tenant;

/// Where the recipient is.
pub(super) struct Whereabouts<'a> {
    zones: Zones<'a>,
    /// The state they say they live in.
    state: Option<&'a str>,
    /// The numbers that tell the state otherwise.
    numbers: Vec<&'a Address>,
}

/// In which zones they may be.
enum Zones<'a> {
    /// In this one.
    One(TimeZone),
    /// In one of those that these numbers tell.
    Of(Vec<&'a Address>),
    /// In one of these.
    Among(phone::Zones),
}

impl<'a> Whereabouts<'a> {
    /// Where the recipient of a message is: as they say, as the location that looks after them, as the number that it
    /// goes to or, where it goes to none, as all their numbers say; somewhere in the tenant's country at last. `None`
    /// where not even that country is known.
    pub(super) fn of(send_context: &SendContext<'a>) -> Option<Self> {
        let numbers = match send_context.to() {
            Some(to @ Address::Phone(_)) => vec![to],
            _ => {
                let known = send_context.contact.into_iter().flat_map(|contact| &contact.addresses);
                known.map(|known| &known.address).collect()
            }
        };
        let zones = match stated(send_context.journey) {
            Some(zone) => Zones::One(zone),
            None if numbers.iter().any(|number| !zones_of_number(number).is_empty()) => Zones::Of(numbers.clone()),
            None => {
                Some(country_zones(&send_context.tenant.region)).filter(|zones| !zones.is_empty()).map(Zones::Among)?
            }
        };
        let state = send_context.journey.and_then(|journey| journey.preferences.state.as_deref());
        Some(Self { zones, state, numbers })
    }

    /// Whether nothing tells where the recipient is.
    pub(super) fn is_unknown(send_context: &SendContext<'a>) -> bool {
        // In a country that is known they are somewhere.
        country_zones(&send_context.tenant.region).is_empty() && Self::of(send_context).is_none()
    }

    /// The first of their zones of which `wanted` holds; the error is a zone that the database of zones does not have.
    pub(super) fn find(&self, mut wanted: impl FnMut(&TimeZone) -> bool) -> Result<Option<TimeZone>, jiff::Error> {
        let names = match &self.zones {
            Zones::One(zone) => return Ok(wanted(zone).then(|| zone.clone())),
            Zones::Of(numbers) => numbers,
            Zones::Among(names) => return first(*names, &mut wanted),
        };
        for number in names {
            if let Some(zone) = first(zones_of_number(number), &mut wanted)? {
                return Ok(Some(zone));
            }
        }
        Ok(None)
    }

    /// The states they may be in.
    pub(super) fn states(&self) -> impl Iterator<Item = &str> {
        let told = if self.state.is_some() { &[] } else { self.numbers.as_slice() };
        self.state.into_iter().chain(told.iter().filter_map(|number| state(e164(number)?)))
    }
}

fn first(names: phone::Zones, wanted: &mut impl FnMut(&TimeZone) -> bool) -> Result<Option<TimeZone>, jiff::Error> {
    for name in names.iter() {
        let zone = TimeZone::get(name)?;
        if wanted(&zone) {
            return Ok(Some(zone));
        }
    }
    Ok(None)
}

/// The zone that they or their location state, where it is one.
fn stated(journey: Option<&Journey>) -> Option<TimeZone> {
    let known = |name: &Option<String>| name.as_deref().and_then(|name| TimeZone::get(name).ok());
    journey.and_then(|journey| known(&journey.preferences.zone).or_else(|| known(&journey.location_zone)))
}

fn e164(address: &Address) -> Option<&str> {
    let Address::Phone(phone) = address else { return None };
    Some(phone.as_str())
}

/// The zones that a number tells.
fn zones_of_number(address: &Address) -> phone::Zones {
    e164(address).map(zones).unwrap_or_default()
}

/// The zone in which a person's days are counted: as they say, as the location that looks after them, as their first
/// number that tells one, at last the tenant's. Of several that a number tells it is the tenant's, where that is among
/// them, or the one where most people live.
#[must_use]
pub fn home_zone(tenant: &Tenant, contact: &Contact, journey: Option<&Journey>) -> TimeZone {
    let told = || {
        let names =
            contact.addresses.iter().map(|known| zones_of_number(&known.address)).find(|names| !names.is_empty())?;
        let name = names.iter().find(|name| *name == tenant.zone).or_else(|| names.iter().next())?;
        TimeZone::get(name).ok()
    };
    stated(journey).or_else(told).unwrap_or_else(|| tenant.time_zone())
}
