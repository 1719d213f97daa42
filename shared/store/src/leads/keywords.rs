//! The search index of contacts: one entry a keyword, in the transaction that writes the contact.
//!
//! An entry is stored by the first two characters of its keyword, so that a search reads one partition and little of it. The contact lists
//! its stored entries (`found_by`), so that a write changes only those that differ, and an erasure finds them all. A contact older than
//! the index has none. Its next turn writes them.

use domain::leads::{Contact, Keyword};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;

use crate::table::item::{key_item, text, to_item};
use crate::table::keys::{self, PartitionKey, TableKey, TenantSpace};
use crate::table::writes::Writes;

/// How many entries a turn or a merge writes beside all else that it writes; the rest is left to the next write.
pub(crate) const IN_PASSING: usize = 20;
/// The most that a contact has, and more: staff change nothing but the contact.
pub(crate) const ALL: usize = 80;
/// After every moment there can be, in milliseconds, 15 digits: what is newer comes first.
const END_OF_TIME: i64 = 999_999_999_999_999;

impl TenantSpace<'_> {
    /// Partition of the entries of keywords that begin alike.
    #[must_use]
    pub fn keyword_shelf(self, keyword: &Keyword) -> PartitionKey {
        self.partition(format_args!("FIND#{}", keyword.shelf()))
    }

    /// The entry by which a keyword leads to a contact: of one keyword, newer contacts first.
    #[must_use]
    pub fn keyword(self, keyword: &Keyword, created_at: Timestamp, contact: ContactId) -> TableKey {
        let age = END_OF_TIME.saturating_sub(created_at.as_millisecond());
        let sk = format!("{}#{age:015}#{contact}", keyword.text());
        TableKey { pk: self.keyword_shelf(keyword), sk }
    }
}

impl Writes {
    /// A contact over the version that was read, with at most `room` entries by which it is found.
    pub(crate) fn contact(&mut self, tenant: &TenantId, contact: &Contact, room: usize) -> Result<(), Failure> {
        let changes = contact.keyword_changes(room);
        let place = |keyword: &Keyword| keys::of(tenant).keyword(keyword, contact.created_at, contact.id);
        let found = Contact { found_by: changes.found_by, ..contact.clone() };
        self.put_version(to_item("contact", &keys::of(tenant).contact(contact.id), &found)?, contact.version)?;
        for keyword in &changes.added {
            let mut item = key_item(&place(keyword));
            item.insert("entity".to_owned(), text("keyword"));
            item.insert("contact".to_owned(), text(contact.id.to_string()));
            self.put(item)?;
        }
        changes.removed.iter().try_for_each(|keyword| self.delete(&place(keyword)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::leads::{ContactChange, KnownAddress, typed_in};
    use domain::messaging::{Address, Phone};

    fn acme() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    fn ana(at: &str) -> Contact {
        let change = ContactChange { name: Some(Some("Ana Vale".to_owned())), ..ContactChange::default() };
        let (mut contact, _) = typed_in(&acme(), at, &change, at.parse().unwrap()).unwrap();
        let phone = Phone::e164("+13035550101", "phone").unwrap();
        contact.addresses.push(KnownAddress::proven(Address::Phone(phone)));
        contact
    }

    #[test]
    fn of_one_word_the_newer_contact_comes_first_and_longer_words_after() {
        let (old, new) = (ana("2026-11-20T12:00:00Z"), ana("2026-11-20T12:00:01Z"));
        let ann = Keyword::tag("ann");
        let place =
            |keyword: &Keyword, contact: &Contact| keys::of(&acme()).keyword(keyword, contact.created_at, contact.id);
        let anna = Keyword::tag("anna");
        assert!(place(&ann, &new) < place(&ann, &old) && place(&ann, &old) < place(&anna, &new));
        assert_eq!(&*place(&ann, &new).pk, "T#acme#FIND#tag:an");
    }

    #[test]
    fn a_contact_is_written_with_the_entries_that_lead_to_it_and_says_which() {
        let contact = ana("2026-11-20T12:00:00Z");
        let mut writes = Writes::new("table");
        writes.contact(&acme(), &contact, ALL).unwrap();
        let puts: Vec<_> = writes.items.iter().map(|item| item.put().unwrap().item()).collect();
        assert_eq!(puts.len(), 1 + contact.keywords().len());
        let stored: Contact = crate::table::item::from_item("contact", puts[0]).unwrap();
        assert_eq!(stored.found_by, contact.keywords());
        let mut again = Writes::new("table");
        again.contact(&acme(), &stored, ALL).unwrap();
        assert_eq!(again.items.len(), 1, "nothing differs");
        let mut little = Writes::new("table");
        little.contact(&acme(), &Contact { name: None, ..stored.clone() }, 1).unwrap();
        assert_eq!(little.items.len(), 2);
        assert!(little.items[1].delete().is_some());
    }
}
