//! What staff make of leads, in the table: changes, and leads that are entered.

use domain::failure::Rejection;
use domain::identity::Role;
use domain::ids::{AccountId, LocationId};
use domain::journeys::LeadEntry;
use domain::leads::{Lead, LeadPatch, LeadStatus};
use domain::messaging::{Address, Source, Strength};
use domain::money::Money;
use domain::tenancy::Location;
use domain::{Failure, LeadId, TenantId};
use serde_json::json;
use store::{LeadFilter, Trace};

use crate::stage::{Stage, email, message, noon, phone, plain, tenant, text_of, trace};

fn at(seconds: i64) -> Trace {
    Trace { at: noon(seconds), ..trace() }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Failure>) -> (Rejection, Option<String>) {
    match result {
        Err(Failure::Rejected { kind, field, .. }) => (kind, field),
        other => panic!("{other:?}"),
    }
}

fn entry(addresses: &[Address]) -> LeadEntry {
    LeadEntry {
        name: Some("Ana Vale".to_owned()),
        addresses: addresses.to_vec(),
        source: Source::Entered,
        service: Some("Roof repair".to_owned()),
        message: Some("The barn leaks".to_owned()),
        location: None,
        metadata: [("crm".to_owned(), "4711".to_owned())].into(),
    }
}

async fn enter(stage: &Stage, addresses: &[Address], cause: &str, seconds: i64) -> (Lead, bool) {
    loop {
        match stage.store.leads().enter(&stage.tenant, &entry(addresses), cause, &at(seconds)).await {
            Ok(entered) => return entered,
            Err(Failure::Retryable(_)) => {}
            Err(failure) => panic!("{failure}"),
        }
    }
}

/// A location of the tenant.
async fn located(stage: &Stage) -> LocationId {
    let address =
        json!({"street": "1 Main Street", "city": "Denver", "postal_code": "80202", "state": "CO", "country": "US"});
    let document = json!({"id": "lakewood", "name": "Lakewood", "address": address});
    let location: Location = serde_json::from_value(document).unwrap();
    stage.store.documents().create(&stage.tenant.id, &location, &trace()).await.unwrap();
    location.id
}

#[tokio::test]
async fn a_change_is_stored_whole_with_its_events_and_a_line_of_the_record_without_the_reason() {
    let stage = Stage::new().await;
    let location = located(&stage).await;
    let account = stage.joined("ana", "acme", Role::Agent).await.account;
    let lead = stage.say(&message("m1", &phone(1), 0), plain()).await.lead;
    let rows = stage.entities("outbox").await.len();
    let value = Money { cents: 42_500, currency: "USD".to_owned() };
    let patch = LeadPatch {
        status: Some(LeadStatus::ClosedLost),
        assignee: Some(Some(account)),
        location: Some(Some(location.clone())),
        value: Some(Some(value.clone())),
        lost_reason: Some(Some("Too far away".to_owned())),
        metadata: Some(Some([("crm".to_owned(), Some("4711".to_owned()))].into())),
    };
    let changed = stage.store.leads().change(&stage.tenant, lead.id, &patch, 1, &at(60)).await.unwrap();
    let read = stage.store.leads().get(&stage.tenant.id, lead.id).await.unwrap();
    assert_eq!(read, changed);
    assert_eq!((read.version, read.status, read.assignee), (2, LeadStatus::ClosedLost, Some(account)));
    assert_eq!((read.location, read.value), (Some(location), Some(value)));
    assert_eq!((read.lost_reason.as_deref(), read.metadata["crm"].as_str()), (Some("Too far away"), "4711"));
    assert_eq!(read.history.last().map(|change| (change.status, change.at)), Some((LeadStatus::ClosedLost, noon(60))));
    // What was known before is known still.
    assert_eq!((read.contact, read.created_at, read.source), (lead.contact, lead.created_at, lead.source));

    let again = stage.store.leads().change(&stage.tenant, lead.id, &patch, 1, &at(90)).await.unwrap();
    assert_eq!(again, changed, "the repeat finds it");
    assert_eq!(stage.entities("outbox").await.len(), rows + 1, "one row with both events");
    let record = stage.entities("audit").await;
    let subject = format!("lead/{}", lead.id);
    let lines: Vec<_> = record.iter().filter(|line| text_of(line, "subject") == subject).collect();
    assert_eq!(lines.len(), 1);
    assert!(!format!("{lines:?}").contains("Too far") && !format!("{lines:?}").contains("4711"));
}

#[tokio::test]
async fn of_two_patches_from_one_version_one_is_refused_and_nothing_of_it_is_stored() {
    let stage = Stage::new().await;
    let lead = stage.say(&message("m1", &phone(1), 0), plain()).await.lead;
    let worth =
        |cents| LeadPatch { value: Some(Some(Money { cents, currency: "USD".to_owned() })), ..LeadPatch::default() };
    let (one, other) = (worth(100), LeadPatch::from(LeadStatus::HandedOff));
    let (trace, leads) = (at(60), stage.store.leads());
    let (first, second) = tokio::join!(
        leads.change(&stage.tenant, lead.id, &one, 1, &trace),
        leads.change(&stage.tenant, lead.id, &other, 1, &trace)
    );
    let stored = leads.get(&stage.tenant.id, lead.id).await.unwrap();
    assert_eq!(stored.version, 2);
    let (won, lost) = if first.is_ok() { (first, second) } else { (second, first) };
    assert_eq!(won.unwrap(), stored);
    let lost = lost.unwrap_err();
    let outdated = matches!(lost, Failure::Rejected { kind: Rejection::PreconditionFailed, .. });
    assert!(outdated || lost.is_retryable(), "{lost:?}");
    assert_eq!(stored.value.is_some(), stored.status != LeadStatus::HandedOff, "one of the two, not both");
}

#[tokio::test]
async fn a_lead_of_who_left_can_be_changed_and_stays_theirs_until_it_is_given_on() {
    let stage = Stage::new().await;
    let lead = stage.say(&message("m1", &phone(1), 0), plain()).await.lead;
    let ana = stage.joined("ana", "acme", Role::Agent).await;
    let leads = stage.store.leads();
    let whose = LeadPatch { assignee: Some(Some(ana.account)), ..LeadPatch::default() };
    leads.change(&stage.tenant, lead.id, &whose, 1, &at(60)).await.unwrap();
    stage.store.members().remove(&stage.tenant.id, ana.account, 1, &at(61)).await.unwrap();
    // As a form sends it, which names all that it shows.
    let same = LeadPatch { assignee: whose.assignee, ..LeadPatch::from(LeadStatus::HandedOff) };
    let changed = leads.change(&stage.tenant, lead.id, &same, 2, &at(62)).await.unwrap();
    assert_eq!((changed.status, changed.assignee), (LeadStatus::HandedOff, Some(ana.account)));
}

#[tokio::test]
async fn no_one_and_nothing_of_another_tenant_is_named_and_its_leads_do_not_exist() {
    let stage = Stage::new().await;
    let lead = stage.say(&message("m1", &phone(1), 0), plain()).await.lead;
    let looker = stage.joined("looker", "acme", Role::Viewer).await.account;
    let stranger = stage.joined("stranger", "bolt", Role::Admin).await.account;
    let nobody = AccountId::derive(&TenantId::platform(), &["nobody"]);
    let leads = stage.store.leads();
    for account in [looker, stranger, nobody] {
        let patch = LeadPatch { assignee: Some(Some(account)), ..LeadPatch::default() };
        let refused = refusal(leads.change(&stage.tenant, lead.id, &patch, 1, &at(60)).await);
        assert_eq!(refused, (Rejection::Invalid, Some("assignee".to_owned())));
    }
    let elsewhere = Some(LocationId::new("elsewhere").unwrap());
    let patch = LeadPatch { location: Some(elsewhere.clone()), ..LeadPatch::default() };
    let wrong = (Rejection::Invalid, Some("location".to_owned()));
    assert_eq!(refusal(leads.change(&stage.tenant, lead.id, &patch, 1, &at(60)).await), wrong);
    let entry = LeadEntry { location: elsewhere, ..entry(&[phone(2)]) };
    assert_eq!(refusal(leads.enter(&stage.tenant, &entry, "one", &at(60)).await), wrong);
    let won = LeadPatch::from(LeadStatus::ClosedWon);
    let foreign = leads.change(&tenant("bolt"), lead.id, &won, 1, &at(60)).await;
    assert_eq!(refusal(foreign), (Rejection::NotFound, None));
    let missing = LeadId::derive(&stage.tenant.id, &["missing"]);
    let missing = leads.change(&stage.tenant, missing, &won, 1, &at(60)).await;
    assert_eq!(refusal(missing), (Rejection::NotFound, None));
    assert_eq!(leads.get(&stage.tenant.id, lead.id).await.unwrap().version, 1);
}

#[tokio::test]
async fn who_is_entered_is_found_by_what_was_given_and_their_open_lead_is_not_doubled() {
    let stage = Stage::new().await;
    let (lead, opened) = enter(&stage, &[phone(1), email("ana")], "one", 0).await;
    assert!(opened);
    assert_eq!(stage.store.leads().get(&stage.tenant.id, lead.id).await.unwrap(), lead);
    assert_eq!(enter(&stage, &[phone(1), email("ana")], "one", 30).await, (lead.clone(), true), "the repeat finds it");
    for (addresses, cause) in [(vec![phone(1)], "two"), (vec![email("ana")], "three")] {
        assert_eq!(enter(&stage, &addresses, cause, 60).await, (lead.clone(), false));
    }
    assert_eq!(stage.entities("contact").await.len(), 1);
    assert_eq!(stage.entities("outbox").await.len(), 1, "lead.created, once");
    let known = stage.store.people().load_addresses(&stage.tenant.id, &[phone(1)]).await.unwrap().people;
    assert!(known[0].contact.addresses.iter().all(|known| known.strength == Strength::Given));
    // Who writes is the one who was entered, and their lead goes on.
    let wrote = stage.say(&message("m1", &phone(1), 90), plain()).await.lead;
    assert_eq!(wrote.id, lead.id);
    assert_eq!(wrote.fields["message"], "The barn leaks");
}

#[tokio::test]
async fn a_customer_whose_lead_is_closed_gets_another_one_and_keeps_the_first_as_history() {
    let stage = Stage::new().await;
    let first = stage.say(&message("m1", &phone(1), 0), plain()).await.lead;
    stage.staff_set(&stage.tenant.id, first.id, LeadStatus::ClosedWon, 30).await.unwrap();
    let (lead, opened) = enter(&stage, &[phone(1), email("new")], "one", 60).await;
    assert!(opened && lead.id != first.id);
    assert_eq!(lead.contact, first.contact);
    let leads = stage.store.leads();
    assert_eq!(leads.get(&stage.tenant.id, first.id).await.unwrap().status, LeadStatus::ClosedWon);
    let listed = leads.list(&stage.tenant.id, &LeadFilter::default(), 10, None).await.unwrap();
    assert_eq!(listed.items.iter().map(|lead| lead.id).collect::<Vec<_>>(), [lead.id, first.id]);
    let timeline = stage.store.conversations().timeline(&stage.tenant.id, lead.contact, 50).await.unwrap();
    let won = timeline.touches.iter().find_map(|entry| match entry {
        store::TimelineEntry::StatusChanged { lead, change } if change.status.is_closed() => Some((*lead, change.at)),
        _ => None,
    });
    assert_eq!(won, Some((first.id, noon(30))), "the lead before is in the timeline too");
}

#[tokio::test]
async fn the_same_person_entered_by_many_at_once_is_one_lead() {
    let stage = Stage::new().await;
    let causes = ["a", "b", "c", "d"];
    let address = [phone(1)];
    let entered = futures::future::join_all(causes.map(|cause| enter(&stage, &address, cause, 0))).await;
    let (first, _) = &entered[0];
    assert!(entered.iter().all(|(lead, _)| lead.id == first.id));
    assert_eq!(entered.iter().filter(|(_, opened)| *opened).count(), 1);
    assert_eq!((stage.entities("contact").await.len(), stage.entities("lead").await.len()), (1, 1));
}

#[tokio::test]
async fn a_test_key_enters_no_one_real_and_whom_a_live_one_enters_stands_for_someone() {
    let stage = Stage::new().await;
    let test = Trace { correlation_id: domain::identity::KeyMode::Test.mark("abc".to_owned()), ..at(0) };
    let leads = stage.store.leads();
    let (made, opened) = leads.enter(&stage.tenant, &entry(&[phone(31)]), "one", &test).await.unwrap();
    let marked = async || stage.store.contacts().is_for_tests(&stage.tenant.id, made.contact).await.unwrap();
    assert!(opened && marked().await);
    let (again, opened) = leads.enter(&stage.tenant, &entry(&[phone(31)]), "two", &test).await.unwrap();
    assert!(again.id == made.id && !opened && marked().await);
    leads.enter(&stage.tenant, &entry(&[phone(31)]), "three", &at(60)).await.unwrap();
    assert!(!marked().await, "somebody is known by this number");
    let refused = leads.enter(&stage.tenant, &entry(&[phone(31)]), "four", &test).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::TestKey, .. }), "{refused:?}");
}
