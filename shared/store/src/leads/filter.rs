//! Which leads a list has.

use domain::ids::{AccountId, LocationId};
use domain::leads::{LeadStatus, Score};
use domain::messaging::Source;
use jiff::Timestamp;

use crate::table::lists::Filters;

/// Which leads to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadFilter {
    /// Only with this status.
    pub status: Option<LeadStatus>,
    /// Only with this score.
    pub score: Option<Score>,
    /// Only those who came like this.
    pub source: Option<Source>,
    /// Only those that this location looks after.
    pub location: Option<LocationId>,
    /// Only this person's.
    pub assignee: Option<AccountId>,
    /// Only what has changed at this moment or later (UTC).
    pub since: Option<Timestamp>,
    /// Only with this in the name, whatever the case.
    pub name: Option<String>,
}

impl LeadFilter {
    /// The list's own order finds `since`; the name is looked for in what was read; the table sorts the rest out.
    pub(crate) fn terms(&self) -> Filters {
        let equal = [
            ("status", self.status.map(|status| status.as_str().to_owned())),
            ("score", self.score.map(|score| score.as_str().to_owned())),
            ("source", self.source.map(|source| source.as_str().to_owned())),
            ("location", self.location.as_ref().map(ToString::to_string)),
            ("assignee", self.assignee.map(|account| account.to_string())),
        ];
        Filters::from(&equal).since(self.since).containing("name", self.name.as_deref())
    }
}
