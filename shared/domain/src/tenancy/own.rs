//! What belongs to a business besides its document: its locations, and the addresses of its people and of the agency that looks
//! after it.

use super::{Location, StaffMember, Tenant};
use crate::Failure;
use crate::messaging::{Address, Strength};

/// A tenant's locations, and the addresses of its staff and agency, remembered for half a minute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BusinessContext {
    /// All locations.
    pub locations: Vec<Location>,
    /// Addresses of the staff and of the agency.
    team: Vec<Address>,
}

impl BusinessContext {
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
    /// customers by what they write from, and never by what someone typed.
    #[must_use]
    pub fn owns(&self, address: &Address, own: &BusinessContext, strength: Strength) -> bool {
        let spellings: Vec<Address> = address.spellings().collect();
        self.addresses().chain(own.locations.iter().flat_map(Location::addresses)).any(|own| spellings.contains(&own))
            || (strength == Strength::Given && own.team.iter().any(|own| spellings.contains(own)))
    }

    /// Refuses an address that was typed in for a customer and is the business's own, or of its team.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `field`.
    pub fn demand_customers(&self, address: &Address, own: &BusinessContext, field: &str) -> Result<(), Failure> {
        if self.owns(address, own, Strength::Given) {
            let what = format!("{field} is your own or of your team: enter the customer's");
            return Err(Failure::invalid(field, what));
        }
        Ok(())
    }

    /// Those in its document.
    fn addresses(&self) -> impl Iterator<Item = Address> {
        let sms = self.channels.sms.as_ref().map(|sms| &sms.from);
        let phones = self.business.phone.iter().chain(sms).cloned().map(Address::Phone);
        let mail = self.channels.email.as_ref().map(|mail| &mail.from);
        phones.chain(self.notify.iter().chain(mail).cloned().map(Address::Email))
    }
}

impl Location {
    /// Those that customers reach it by.
    fn addresses(&self) -> impl Iterator<Item = Address> {
        let email = self.email.clone().map(Address::Email);
        self.phone.clone().map(Address::Phone).into_iter().chain(email)
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
        let own = BusinessContext::new(Vec::new(), &staff, Some(&agency));
        for (address, owned) in [
            (Address::Phone(number(150)), true),
            (Address::Email(Email::new("ana@example.com", "email").unwrap()), true),
            (Address::Phone(number(140)), true),
            (Address::Phone(number(151)), false),
            (Address::Phone(number(152)), false),
        ] {
            assert_eq!(tenant.owns(&address, &own, Strength::Given), owned, "{:?}", address.text());
            assert!(!tenant.owns(&address, &own, Strength::Proven), "{:?}", address.text());
            assert!(!tenant.owns(&address, BusinessContext::NONE, Strength::Given), "{:?}", address.text());
        }
    }

    #[test]
    fn what_the_business_is_reached_by_is_its_own_in_either_spelling_of_its_line() {
        let mut tenant = roofer();
        let location: Location = from_value(json!({
            "id": "rosario", "name": "Rosario", "phone": "+5491123456789", "email": "rosario@roofer.example.com",
            "address": {"street": "1 Calle", "city": "Rosario", "postal_code": "2000", "country": "AR"},
        }))
        .unwrap();
        tenant.business.phone = Some(Phone::e164("+541123456780", "phone").unwrap());
        let own = BusinessContext::new(vec![location], &[], None);
        for (text, owned) in [
            ("+541123456780", true),
            ("+5491123456780", true),
            ("+541123456789", true),
            ("+5491123456789", true),
            ("+5491123456781", false),
        ] {
            let address = Address::Phone(Phone::e164(text, "phone").unwrap());
            for strength in [Strength::Given, Strength::Proven] {
                assert_eq!(tenant.owns(&address, &own, strength), owned, "{text}");
            }
            let refused = tenant.demand_customers(&address, &own, "phones[0]");
            let field =
                |failure| matches!(failure, Failure::Rejected { field: Some(field), .. } if field == "phones[0]");
            assert_eq!(refused.err().is_some_and(field), owned, "{text}");
        }
        let mailbox = |text: &str| Address::Email(Email::new(text, "email").unwrap());
        assert!(tenant.owns(&mailbox("Rosario@roofer.example.com"), &own, Strength::Proven));
        assert!(!tenant.owns(&mailbox("ana@roofer.example.com"), &own, Strength::Proven));
    }
}
