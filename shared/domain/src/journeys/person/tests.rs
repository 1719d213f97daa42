//! What one person takes over from another. That nothing is lost, whoever merges with whom, is proved in `turn/tests`.

use jiff::Timestamp;
use std::collections::BTreeMap;

use super::*;
use crate::leads::KnownAddress;
use crate::leads::LeadStatus;
use crate::messaging::{Address, OptOutState, Source};
use crate::tenancy::Language;
use crate::{ContactId, TenantId};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_176_000 + second).unwrap()
}

/// Someone with one chat address who first wrote at second `created`.
fn person(name: &str, created: i64) -> Person {
    let tenant = TenantId::new("acme").unwrap();
    let contact = ContactId::derive(&tenant, &[name]);
    Person {
        contact: Contact {
            addresses: vec![KnownAddress::proven(Address::WhatsappUser(name.to_owned()))],
            version: 1,
            ..Contact::new(contact, at(created))
        },
        lead: Lead {
            status: LeadStatus::Qualifying,
            version: 1,
            ..Lead::new(LeadId::derive(&tenant, &[name]), contact, Source::LiveChat, at(created))
        },
        threads: Vec::new(),
        opt_out_state: OptOutState::default(),
        journey: None,
    }
}

#[test]
fn the_older_contact_survives_whichever_is_named_first() {
    let (a, b) = (person("a", 0), person("b", 1));
    assert_eq!(survivor(&a.contact, &b.contact).id, a.contact.id);
    assert_eq!(survivor(&b.contact, &a.contact).id, a.contact.id);
    // Of the same second: the smaller id, still the same whichever is named first.
    let c = person("c", 0);
    assert_eq!(survivor(&a.contact, &c.contact).id, survivor(&c.contact, &a.contact).id);
}

#[test]
fn the_later_knowledge_wins_whoever_survives() {
    let known = |mut person: Person, budget: &str, time: &str, updated: i64| {
        person.lead.qualification.budget = Some(budget.to_owned());
        person.lead.requested_time = Some(time.to_owned());
        person.lead.updated_at = at(updated);
        person
    };
    for (mine, theirs) in [(10, 20), (20, 10)] {
        let mut survivor = known(person("a", 0), "mine", "Monday", mine);
        survivor.merge(&known(person("b", 1), "theirs", "Tuesday", theirs));
        let later = if mine > theirs { ("mine", "Monday") } else { ("theirs", "Tuesday") };
        let lead = survivor.lead;
        assert_eq!(
            (lead.qualification.budget.as_deref(), lead.requested_time.as_deref()),
            (Some(later.0), Some(later.1))
        );
    }
}

#[test]
fn a_name_and_a_language_are_taken_over_where_there_is_none() {
    let mut other = person("b", 1);
    other.contact.name = Some("Ana Vale".to_owned());
    other.contact.language = Some(Language::english());
    let mut survivor = person("a", 0);
    survivor.merge(&other);
    assert_eq!(survivor.contact.name.as_deref(), Some("Ana Vale"));
    assert_eq!(survivor.contact.language, Some(Language::english()));
    let mut third = person("c", 2);
    third.contact.name = Some("Somebody".to_owned());
    survivor.merge(&third);
    assert_eq!(survivor.contact.name.as_deref(), Some("Ana Vale"));
}

#[test]
fn a_lead_in_a_persons_hands_stays_there() {
    for (mine, theirs) in
        [(LeadStatus::Qualifying, LeadStatus::HandedOff), (LeadStatus::HandedOff, LeadStatus::Qualifying)]
    {
        let (mut survivor, mut other) = (person("a", 0), person("b", 1));
        (survivor.lead.status, other.lead.status) = (mine, theirs);
        survivor.merge(&other);
        assert_eq!(survivor.lead.status, LeadStatus::HandedOff);
    }
}

#[test]
fn a_contact_that_was_never_stored_leaves_no_trace() {
    let (mut survivor, mut newcomer) = (person("a", 0), person("b", 1));
    newcomer.contact.version = 0;
    survivor.merge(&newcomer);
    assert!(survivor.contact.merged_from.is_empty());
    let (stored, mut earlier) = (person("c", 2), person("d", 3));
    earlier.contact.merged_from = vec![stored.contact.id];
    survivor.merge(&earlier);
    assert_eq!(survivor.contact.merged_from, [earlier.contact.id, stored.contact.id]);
}

#[test]
fn fields_of_both_first_messages_are_kept_and_the_survivors_first() {
    let (mut survivor, mut other) = (person("a", 0), person("b", 1));
    survivor.lead.fields = BTreeMap::from([("utm_source".to_owned(), "spring".to_owned())]);
    other.lead.metadata = BTreeMap::from([("crm".to_owned(), "4711".to_owned())]);
    other.lead.fields =
        BTreeMap::from([("utm_source".to_owned(), "autumn".to_owned()), ("page".to_owned(), "/".to_owned())]);
    survivor.merge(&other);
    assert_eq!(survivor.lead.fields["utm_source"], "spring");
    assert_eq!((survivor.lead.fields["page"].as_str(), survivor.lead.metadata["crm"].as_str()), ("/", "4711"));
}
