//! What staff change of a lead: where it stands, whose it is, who looks after it, what it may bring, why it was lost.

use jiff::Timestamp;

use super::{Lead, LeadStatus};
use crate::Failure;
use crate::failure::Rejection;
use crate::ids::{AccountId, LocationId};
use crate::metadata::{self, MetadataChange};
use crate::money::Money;

/// The longest reason why a lead was lost, in characters.
pub const MAX_LOST_REASON: usize = 200;
/// The most that a lead may bring, in cents: what is more is a slip of the keyboard.
const MAX_VALUE: i64 = 100_000_000_000;

/// A merge patch: what is not there stays, what is `Some(None)` goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadPatch {
    /// Where it stands.
    pub status: Option<LeadStatus>,
    /// Whose it is.
    pub assignee: Option<Option<AccountId>>,
    /// The location that looks after it.
    pub location: Option<Option<LocationId>>,
    /// What it may bring.
    pub value: Option<Option<Money>>,
    /// Why it was lost.
    pub lost_reason: Option<Option<String>>,
    /// What changes of its pairs.
    pub metadata: Option<MetadataChange>,
}

impl From<LeadStatus> for LeadPatch {
    fn from(status: LeadStatus) -> Self {
        Self { status: Some(status), ..Self::default() }
    }
}

impl Lead {
    /// What staff make of it at `now`, in a business that counts in `currency`; `None`: it is like that already.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: a conflict where it cannot become that from what it is, or the field that is wrong.
    pub fn changed_by_staff(&self, patch: &LeadPatch, currency: &str, now: Timestamp) -> Result<Option<Self>, Failure> {
        let status = patch.status.unwrap_or(self.status);
        if !self.status.allows(status) {
            let message = format!("a lead that is {} cannot become {}", self.status.as_str(), status.as_str());
            return Err(Failure::rejected(Rejection::Conflict, message));
        }
        if let Some(Some(value)) = &patch.value {
            check_value(value, currency)?;
        }
        let lost_reason = match &patch.lost_reason {
            Some(Some(reason)) => Some(lost_reason(reason, status)?),
            Some(None) => None,
            None => self.lost_reason.clone(),
        };
        let metadata = match &patch.metadata {
            Some(change) => metadata::changed(&self.metadata, change)?,
            None => self.metadata.clone(),
        };
        let mut lead = Self {
            status,
            assignee: patch.assignee.unwrap_or(self.assignee),
            location: patch.location.clone().unwrap_or_else(|| self.location.clone()),
            value: patch.value.clone().unwrap_or_else(|| self.value.clone()),
            lost_reason,
            metadata,
            ..self.clone()
        };
        if lead == *self {
            return Ok(None);
        }
        lead.note_status(self.status, now);
        lead.updated_at = now;
        lead.version += 1;
        Ok(Some(lead))
    }
}

fn check_value(value: &Money, currency: &str) -> Result<(), Failure> {
    if value.currency != currency {
        return Err(Failure::invalid("value.currency", format!("value.currency must be {currency}, as yours is")));
    }
    if !(0..=MAX_VALUE).contains(&value.cents) {
        return Err(Failure::invalid("value.cents", format!("value.cents must be 0 to {MAX_VALUE}")));
    }
    Ok(())
}

fn lost_reason(reason: &str, status: LeadStatus) -> Result<String, Failure> {
    let reason = reason.trim();
    if status != LeadStatus::ClosedLost {
        return Err(Failure::invalid("lost_reason", "lost_reason belongs to a lead that is closed_lost"));
    }
    if !(1..=MAX_LOST_REASON).contains(&reason.chars().count()) {
        return Err(Failure::invalid(
            "lost_reason",
            format!("lost_reason must have 1 to {MAX_LOST_REASON} characters"),
        ));
    }
    Ok(reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn now() -> Timestamp {
        "2026-11-23T15:00:00Z".parse().unwrap()
    }

    fn dollars(cents: i64) -> Money {
        Money { cents, currency: "USD".to_owned() }
    }

    fn lead(status: LeadStatus) -> Lead {
        Lead { status, ..samples::lead(&samples::roofer()) }
    }

    fn field(failure: &Failure) -> Option<&str> {
        match failure {
            Failure::Rejected { field, .. } => field.as_deref(),
            _ => None,
        }
    }

    #[test]
    fn a_patch_changes_what_it_names_and_leaves_the_rest() {
        let before = Lead { value: Some(dollars(100)), ..lead(LeadStatus::Qualified) };
        let account = AccountId::derive(&samples::roofer().id, &["ana"]);
        let patch = LeadPatch { assignee: Some(Some(account)), value: Some(None), ..LeadPatch::default() };
        let changed = before.changed_by_staff(&patch, "USD", now()).unwrap().unwrap();
        assert_eq!((changed.assignee, &changed.value), (Some(account), &None));
        assert_eq!((changed.status, changed.version), (before.status, before.version + 1));
        assert_eq!(changed.changed_by_staff(&patch, "USD", now()).unwrap(), None, "the same again is no change");
    }

    #[test]
    fn a_status_is_remembered_with_when_it_changed_and_only_the_last_twenty_are() {
        let mut lead = lead(LeadStatus::Qualified);
        for turn in 0..30 {
            let to = if turn % 2 == 0 { LeadStatus::Nurturing } else { LeadStatus::Qualified };
            lead = lead.changed_by_staff(&to.into(), "USD", now()).unwrap().unwrap();
        }
        assert_eq!(lead.history.len(), 20);
        let last = lead.history.last().unwrap();
        assert_eq!((last.was, last.status, last.at), (LeadStatus::Nurturing, LeadStatus::Qualified, now()));
    }

    #[test]
    fn why_it_was_lost_belongs_to_a_lost_lead_and_can_be_said_later() {
        let reason = |text: &str| LeadPatch { lost_reason: Some(Some(text.to_owned())), ..LeadPatch::default() };
        let refused = lead(LeadStatus::Qualified).changed_by_staff(&reason("too dear"), "USD", now()).unwrap_err();
        assert_eq!(field(&refused), Some("lost_reason"));
        let with_it = LeadPatch { status: Some(LeadStatus::ClosedLost), ..reason(" too dear ") };
        let lost = lead(LeadStatus::Qualified).changed_by_staff(&with_it, "USD", now()).unwrap().unwrap();
        assert_eq!(lost.lost_reason.as_deref(), Some("too dear"));
        let later = lost.changed_by_staff(&reason("no answer"), "USD", now()).unwrap().unwrap();
        assert_eq!(later.lost_reason.as_deref(), Some("no answer"));
        for wrong in ["", "  ", &"x".repeat(201)] {
            let refused = lost.changed_by_staff(&reason(wrong), "USD", now()).unwrap_err();
            assert_eq!(field(&refused), Some("lost_reason"), "{wrong:?}");
        }
    }

    #[test]
    fn what_it_may_bring_is_money_of_the_business() {
        for (value, wrong) in [
            (Money { cents: 5, currency: "EUR".to_owned() }, "value.currency"),
            (dollars(-1), "value.cents"),
            (dollars(MAX_VALUE + 1), "value.cents"),
        ] {
            let patch = LeadPatch { value: Some(Some(value)), ..LeadPatch::default() };
            let refused = lead(LeadStatus::New).changed_by_staff(&patch, "USD", now()).unwrap_err();
            assert_eq!(field(&refused), Some(wrong));
        }
    }

    #[test]
    fn a_pair_of_its_metadata_is_set_and_null_takes_all_away() {
        let pairs = |change| LeadPatch { metadata: Some(change), ..LeadPatch::default() };
        let set = pairs(Some([("crm".to_owned(), Some("4711".to_owned()))].into()));
        let noted = lead(LeadStatus::ClosedWon).changed_by_staff(&set, "USD", now()).unwrap().unwrap();
        assert_eq!((noted.metadata["crm"].as_str(), noted.updated_at), ("4711", now()));
        assert_eq!(noted.changed_by_staff(&set, "USD", now()).unwrap(), None);
        assert!(noted.changed_by_staff(&pairs(None), "USD", now()).unwrap().unwrap().metadata.is_empty());
    }

    #[test]
    fn a_closed_lead_takes_notes_but_no_other_status() {
        let won = lead(LeadStatus::ClosedWon);
        let refused = won.changed_by_staff(&LeadStatus::Qualified.into(), "USD", now()).unwrap_err();
        assert!(matches!(refused, Failure::Rejected { kind: Rejection::Conflict, .. }));
        let patch = LeadPatch { value: Some(Some(dollars(42_500))), ..LeadPatch::default() };
        assert_eq!(won.changed_by_staff(&patch, "USD", now()).unwrap().unwrap().value, Some(dollars(42_500)));
    }
}
