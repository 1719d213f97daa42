//! What somebody typed into the booking form: read, checked, and kept for them where something is wrong.

use domain::Failure;
use domain::journeys::LeadEntry;
use domain::messaging::{Address, Email, Phone, Source};
use std::collections::BTreeMap;

use crate::business::Business;
use crate::words::Words;

/// The longest name, address and note, in characters.
const MAX_NAME: usize = 100;
const MAX_ADDRESS: usize = 200;
const MAX_NOTE: usize = 500;

/// The fields of a form as they came, by name; of one that came twice, the last.
#[derive(Debug, Default)]
pub(crate) struct Typed(BTreeMap<String, String>);

/// What is wrong, by the field at fault.
pub(crate) type Problems = BTreeMap<&'static str, &'static str>;

/// Who books, as they say.
#[derive(Debug)]
pub(crate) struct Booker {
    /// Whom it is found by.
    pub(crate) entry: LeadEntry,
    /// What staff read with the appointment: a known contact keeps the name that it has.
    pub(crate) note: String,
    /// Whether they may be texted about it.
    pub(crate) texts: bool,
}

impl Typed {
    /// Reads `application/x-www-form-urlencoded`.
    pub(crate) fn read(body: &str) -> Self {
        Self(url::form_urlencoded::parse(body.as_bytes()).into_owned().collect())
    }

    /// A field without the blanks around it.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    /// Who books a visit, at their own place if `goes_out`.
    pub(crate) fn check(&self, business: &Business, goes_out: bool) -> Result<Booker, Problems> {
        let (words, mut problems) = (business.words, Problems::new());
        let length = |field| self.get(field).chars().count();
        if !(1..=MAX_NAME).contains(&length("name")) {
            problems.insert("name", words.name_missing);
        }
        if goes_out && !(1..=MAX_ADDRESS).contains(&length("address")) {
            problems.insert("address", words.address_missing);
        }
        if length("note") > MAX_NOTE {
            problems.insert("note", words.note_long);
        }
        let phone = self.address("phone", |text| Phone::typed(text, &business.tenant.region, "phone"));
        let email = self.address("email", |text| Email::new(text, "email"));
        let texted = phone.as_ref().is_ok_and(|phone| phone.as_ref().is_some_and(|phone| is_texted(business, phone)));
        match (&phone, &email) {
            (Err(_), _) => drop(problems.insert("phone", words.phone_wrong)),
            (Ok(None), Ok(None)) => drop(problems.insert("phone", words.reach_missing)),
            (Ok(Some(_)), Ok(None)) if !texted => drop(problems.insert("phone", words.phone_abroad)),
            _ => {}
        }
        if email.is_err() {
            problems.insert("email", words.email_wrong);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let phone = phone.ok().flatten().map(Address::Phone);
        let addresses: Vec<Address> = phone.into_iter().chain(email.ok().flatten().map(Address::Email)).collect();
        let entry = LeadEntry {
            name: Some(self.get("name").to_owned()),
            addresses,
            source: Source::WebForm,
            service: None,
            message: None,
            location: None,
            metadata: BTreeMap::new(),
        };
        let entry = entry.checked(&business.tenant, &business.own).map_err(|failure| own(&failure, words))?;
        let place = if goes_out { self.get("address") } else { "" };
        let who = [self.get("name"), self.get("phone"), self.get("email")].map(str::to_owned);
        let who = who.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
        let lines: Vec<&str> = [self.get("note"), place, &who].into_iter().filter(|line| !line.is_empty()).collect();
        Ok(Booker { entry, note: lines.join("\n"), texts: texted && !self.get("texts").is_empty() })
    }

    fn address<T>(&self, field: &str, read: impl Fn(&str) -> Result<T, Failure>) -> Result<Option<T>, Failure> {
        Some(self.get(field)).filter(|text| !text.is_empty()).map(read).transpose()
    }
}

/// Whether the business texts numbers of this one's country: whoever types a number chooses what that costs.
fn is_texted(business: &Business, phone: &Phone) -> bool {
    let countries = std::iter::once(&business.tenant.region).chain(&business.tenant.text_countries);
    phone::is_of(phone.as_str(), countries.map(String::as_str))
}

/// What is wrong with an address that is the business's own.
fn own(failure: &Failure, words: &Words) -> Problems {
    let is_mail = matches!(failure, Failure::Rejected { field: Some(field), .. } if field == "email");
    Problems::from([if is_mail { ("email", words.email_wrong) } else { ("phone", words.phone_wrong) }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::business;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed(fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }

    fn problem(fields: &[(&str, &str)]) -> Vec<&'static str> {
        typed(fields).check(&business("en"), true).err().unwrap_or_default().into_keys().collect()
    }

    const ANA: (&str, &str) = ("name", " Ana López ");
    const MAIL: (&str, &str) = ("email", "ana@example.com");
    const HOME: (&str, &str) = ("address", "12 Alder Street, Denver");

    #[test]
    fn who_books_is_a_name_with_a_number_or_a_mailbox_and_staff_read_all_that_was_typed() {
        let booker =
            typed(&[ANA, MAIL, HOME, ("phone", "(303) 555-0133"), ("note", "Gate code 4711"), ("texts", "on")])
                .check(&business("en"), true)
                .unwrap();
        assert_eq!(booker.entry.name.as_deref(), Some("Ana López"));
        assert_eq!(booker.entry.addresses.len(), 2);
        assert_eq!(booker.note, "Gate code 4711\n12 Alder Street, Denver\nAna López, (303) 555-0133, ana@example.com");
        assert!(booker.texts);
        let mail_alone = typed(&[ANA, MAIL, ("texts", "on")]).check(&business("en"), false).unwrap();
        assert!(!mail_alone.texts, "there is no number to text");
        assert_eq!(mail_alone.note, "Ana López, ana@example.com");
    }

    #[test]
    fn each_field_that_is_wrong_is_named() {
        assert_eq!(problem(&[]), ["address", "name", "phone"]);
        assert_eq!(problem(&[ANA, HOME, ("phone", "12")]), ["phone"]);
        assert_eq!(problem(&[ANA, HOME, ("email", "ana@")]), ["email"]);
        assert_eq!(problem(&[ANA, MAIL, HOME, ("note", &"x".repeat(501))]), ["note"]);
        assert_eq!(problem(&[("name", &"x".repeat(101)), MAIL, HOME]), ["name"]);
        assert_eq!(problem(&[ANA, HOME, MAIL]), [""; 0]);
    }

    #[test]
    fn a_number_that_is_not_texted_needs_a_mailbox_beside_it() {
        let abroad = ("phone", "+4915123456720");
        assert_eq!(problem(&[ANA, HOME, abroad]), ["phone"]);
        let booker = typed(&[ANA, HOME, MAIL, abroad, ("texts", "on")]).check(&business("en"), true).unwrap();
        assert!(!booker.texts);
    }

    #[test]
    fn the_businesss_own_number_is_no_customers() {
        assert_eq!(problem(&[ANA, HOME, ("phone", "303-555-0100")]), ["phone"]);
    }

    #[test]
    fn of_a_field_that_came_twice_the_last_counts() {
        let typed = Typed::read("name=A&name=Ana+L%C3%B3pez&texts=");
        assert_eq!((typed.get("name"), typed.get("texts"), typed.get("none")), ("Ana López", "", ""));
    }
}
