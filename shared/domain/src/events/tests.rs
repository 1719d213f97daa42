use super::*;
use crate::ids::AccountId;
use crate::leads::LeadStatus;
use crate::samples;

#[test]
fn a_change_of_a_lead_tells_its_status_and_whose_it_is_and_nothing_else() {
    let before = samples::lead(&samples::roofer());
    let account = AccountId::derive(&samples::roofer().id, &["ana"]);
    let after = Lead { status: LeadStatus::ClosedWon, assignee: Some(account), ..before.clone() };
    let moved = EventKind::LeadStatusChanged { lead: before.id, status: LeadStatus::ClosedWon, was: LeadStatus::New };
    let assigned = EventKind::LeadAssigned { lead: before.id, assignee: Some(account), was: None };
    assert_eq!(EventKind::of_change(&before, &after), [moved, assigned]);
    let noted = Lead { lost_reason: Some("too dear".to_owned()), ..before.clone() };
    assert_eq!(EventKind::of_change(&before, &noted), []);
}
