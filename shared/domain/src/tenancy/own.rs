//! What belongs to a business besides its document: its locations, and the addresses of its people and of the agency that looks
//! after it.

use super::{Location, StaffMember, Tenant};
use crate::messaging::{Address, Strength};

/// A tenant's locations, and the addresses of its staff and agency, remembered for half a minute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// All locations.
    pub locations: Vec<Location>,
    /// Addresses of the staff and of the agency.
    team: Vec<Address>,
}

impl Own {
    /// A business that has nothing besides.
    pub const NONE: &'static Self = &Self { locations: Vec::new(), team: Vec::new() };

    /// Of whom works there now, and of its agency.
    #[must_use]
    pub fn new(locations: Vec<Location>, staff: &[StaffMember], agency: Option<&Tenant>) -> Self {
        let people = staff.iter().filter(|person| person.active);
        let phones = people.clone().filter_map(|person| person.phone.as_ref());
        let emails = people.filter_map(|person| person.email.as_ref());
        let team = phones.cloned().map(Address::Phone).chain(emails.cloned().map(Address::Email));
        Self { locations, team: team.chain(agency.into_iter().flat_map(Tenant::addresses)).collect() }
    }
}

impl Tenant {
    /// Whether `address`, known with `strength`, is the business's own, and so never a customer's. Its people and its agency may be
    /// customers by what they write from, and never by what somebody typed.
    #[must_use]
    pub fn owns(&self, address: &Address, own: &Own, strength: Strength) -> bool {
        let location = |location: &Location| match address {
            Address::Phone(phone) => location.phone.as_ref() == Some(phone),
            Address::Email(email) => location.email.as_ref() == Some(email),
            Address::Chat(_) | Address::WhatsappUser(_) => false,
        };
        let is_of_team = || address.spellings().any(|address| own.team.contains(&address));
        self.addresses().any(|known| known == *address)
            || own.locations.iter().any(location)
            || (strength == Strength::Given && is_of_team())
    }

    /// Those in its document.
    fn addresses(&self) -> impl Iterator<Item = Address> {
        let sms = self.channels.sms.as_ref().map(|sms| &sms.from);
        let phones = self.business.phone.iter().chain(sms).cloned().map(Address::Phone);
        let mail = self.channels.email.as_ref().map(|mail| &mail.from);
        phones.chain(self.notify.iter().chain(mail).cloned().map(Address::Email))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messaging::{Email, Phone};
    use crate::samples::roofer;
    use serde_json::{from_value, json};

    fn number(last: u32) -> Phone {
        Phone::e164(&format!("+1303555{last:04}"), "phone").unwrap()
    }

    #[test]
    fn what_its_people_and_its_agency_can_be_reached_by_is_no_customers_until_they_write_from_it() {
        let tenant = roofer();
        let mut agency = roofer();
        agency.business.phone = Some(number(140));
        let person = |id: &str, phone: &str, active: bool| -> StaffMember {
            let email = format!("{id}@example.com");
            from_value(json!({"id": id, "name": "Ana Flores", "phone": phone, "email": email, "active": active}))
                .unwrap()
        };
        let staff = [person("ana", "+13035550150", true), person("ben", "+13035550151", false)];
        let own = Own::new(Vec::new(), &staff, Some(&agency));
        for (address, owned) in [
            (Address::Phone(number(150)), true),
            (Address::Email(Email::new("ana@example.com", "email").unwrap()), true),
            (Address::Phone(number(140)), true),
            (Address::Phone(number(151)), false),
            (Address::Phone(number(152)), false),
        ] {
            assert_eq!(tenant.owns(&address, &own, Strength::Given), owned, "{:?}", address.text());
            assert!(!tenant.owns(&address, &own, Strength::Proven), "{:?}", address.text());
            assert!(!tenant.owns(&address, Own::NONE, Strength::Given), "{:?}", address.text());
        }
    }
}
