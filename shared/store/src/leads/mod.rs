//! Leads and the people behind them.

pub(crate) mod contact_notes;
pub(crate) mod contacts;
pub(crate) mod duplicates;
pub(crate) mod entering;
pub(crate) mod entities;
pub(crate) mod exported;
pub(crate) mod filter;
pub(crate) mod imports;
pub(crate) mod keys;
pub(crate) mod keywords;
pub(crate) mod people;
pub(crate) mod records;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod search;
pub(crate) mod typed_in;

crate::repositories! {
    /// Contacts, as staff look for them, type them in and change them.
    contacts: Contacts;
    /// Files of contacts that are imported.
    imports: Imports;
    /// Leads.
    leads: Leads;
    /// Contacts: who writes, and who may be whom.
    people: People;
}
