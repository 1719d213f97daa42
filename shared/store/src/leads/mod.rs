//! Leads and the people behind them.

pub(crate) mod duplicates;
pub(crate) mod entering;
pub(crate) mod entities;
pub(crate) mod filter;
pub(crate) mod keys;
pub(crate) mod people;
pub(crate) mod records;

crate::repositories! {
    /// Leads.
    leads: Leads;
    /// Contacts: who writes, and who may be whom.
    people: People;
}
