//! Contacts as staff find, type in and change them.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::failure::Rejection;
use domain::identity::AuditAction;
use domain::ids::{AccountId, NoteId};
use domain::leads::{ContactChange, ContactNote, LeadStatus, NamedAddress, Question};
use domain::messaging::{Address, Inbound, Source, Strength};
use domain::rights::{DataJobStatus, DataWork};
use domain::{ContactId, Failure, TenantId};
use jiff::Timestamp;
use store::{ContactEntry, ContactFilter, ContactView, LeadFilter, Trace, Versioned};

use crate::counting::counted;
use crate::rights::scene::Scene;
use crate::stage::{Item, Stage, chat, email, message, noon, phone, plain, text_of, trace};

fn named(addresses: &[Address]) -> Vec<NamedAddress> {
    let named = |(index, address): (usize, &Address)| NamedAddress {
        field: format!("phones[{index}]"),
        address: address.clone(),
    };
    addresses.iter().enumerate().map(named).collect()
}

fn somebody(name: &str, addresses: &[Address]) -> ContactChange {
    ContactChange { name: Some(Some(name.to_owned())), add: named(addresses), ..ContactChange::default() }
}

fn at(seconds: i64) -> Trace {
    Trace { at: noon(seconds), ..trace() }
}

async fn add(stage: &Stage, change: &ContactChange, cause: &str) -> Versioned<ContactView> {
    stage.store.contacts().create(&stage.tenant.id, change, cause, &at(0)).await.unwrap()
}

/// All pages of a list, one after another; none longer than asked for.
async fn listed(stage: &Stage, filter: &ContactFilter, limit: usize) -> Vec<ContactEntry> {
    let (mut found, mut cursor) = (Vec::new(), None);
    loop {
        let contacts = stage.store.contacts();
        let page = contacts.list(&stage.tenant.id, filter, limit, cursor.as_deref()).await.unwrap();
        assert!(page.items.len() <= limit);
        found.extend(page.items);
        cursor = page.cursor;
        if cursor.is_none() {
            return found;
        }
    }
}

fn asking(typed: &str) -> ContactFilter {
    ContactFilter { question: Some(Question::read(typed).unwrap()), ..ContactFilter::default() }
}

async fn names(stage: &Stage, filter: &ContactFilter) -> Vec<String> {
    listed(stage, filter, 100).await.into_iter().map(|entry| entry.name.unwrap_or_default()).collect()
}

/// Someone who writes under a name.
fn writing(id: &str, name: &str, from: &Address, seconds: i64) -> Inbound {
    Inbound { name: Some(name.to_owned()), ..message(id, from, seconds) }
}

fn refused(result: Result<Versioned<ContactView>, Failure>) -> (Rejection, Option<String>, String) {
    match result {
        Err(Failure::Rejected { kind, field, message }) => (kind, field, message),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn whoever_takes_contacts_away_stands_in_the_record() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    add(&stage, &somebody("Ana Vale", &[phone(1)]), "c-1").await;
    let gone = add(&stage, &somebody("Bo Lind", &[phone(2)]), "c-2").await.value.entry.id;
    stage.store.opt_out_states().set_refused(tenant, gone, true, noon(5)).await.unwrap();
    let exported = stage.store.contacts().export(tenant, &ContactFilter::default(), None, &at(10)).await.unwrap();
    let mut rows: Vec<_> = exported.items.iter().map(|one| (one.phones.join(" "), one.opted_out, one.proven)).collect();
    rows.sort();
    let number = |last| phone(last).key().trim_start_matches("phone:").to_owned();
    assert_eq!(rows, [(number(1), false, false), (number(2), true, false)]);
    let lines = stage.store.audit().list(tenant, 100, None).await.unwrap().items;
    let line = lines.iter().find(|line| line.action == AuditAction::Exported).unwrap();
    assert_eq!((line.subject.as_str(), &line.actor), ("contacts", &at(10).actor));
    assert_eq!(line.after, Some(serde_json::json!({"contacts": 2})));
}

#[tokio::test]
async fn who_wrote_is_found_by_name_number_and_mailbox() {
    let stage = Stage::new().await;
    stage.say(&writing("m1", "Ana Núñez", &phone(1), 0), plain()).await;
    stage.say(&writing("m2", "Bo Vale", &email("bo"), 60), plain()).await;
    for (typed, expected) in [
        ("ana", "Ana Núñez"),
        ("NUNEZ", "Ana Núñez"),
        ("303 555-0101", "Ana Núñez"),
        ("0101 ana", "Ana Núñez"),
        ("val", "Bo Vale"),
        ("bo@example.com", "Bo Vale"),
    ] {
        assert_eq!(names(&stage, &asking(typed)).await, [expected], "{typed}");
    }
    assert_eq!(names(&stage, &asking("ana vale")).await, [""; 0]);
    assert_eq!(names(&stage, &ContactFilter::default()).await, ["Bo Vale", "Ana Núñez"], "newest activity first");
    stage.say(&message("m3", &phone(1), 120), plain()).await;
    assert_eq!(names(&stage, &ContactFilter::default()).await[0], "Ana Núñez");
    for (source, expected) in [(Source::Entered, 0), (listed(&stage, &asking("vale"), 10).await[0].source, 1)] {
        let lead = LeadFilter { source: Some(source), ..LeadFilter::default() };
        let came_so = ContactFilter { lead, ..asking("vale") };
        assert_eq!(names(&stage, &came_so).await.len(), expected);
    }
}

#[tokio::test]
async fn pages_of_a_search_follow_each_other_without_gaps_or_repeats() {
    let stage = Stage::new().await;
    for index in 0..130_i64 {
        let at = at(index);
        // Every name has two words that begin alike.
        let change = somebody(&format!("Andersson Anders{index}"), &[]);
        stage.store.contacts().create(&stage.tenant.id, &change, &format!("c{index}"), &at).await.unwrap();
    }
    for limit in [1, 49, 50, 51, 100] {
        let all: Vec<ContactId> = listed(&stage, &asking("anders"), limit).await.iter().map(|one| one.id).collect();
        let distinct: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!((all.len(), distinct.len()), (130, 130), "pages of {limit}");
    }
    let newest: Vec<Timestamp> =
        listed(&stage, &asking("andersson"), 100).await.iter().map(|one| one.created_at).collect();
    assert!(newest.is_sorted_by(|newer, older| newer >= older), "of one word, newer contacts first");
    let page = stage.store.contacts().list(&stage.tenant.id, &asking("anders"), 10, None).await.unwrap();
    let other = stage.store.contacts().list(&stage.tenant.id, &asking("ander"), 10, page.cursor.as_deref()).await;
    assert!(matches!(other, Err(Failure::Rejected { field: Some(field), .. }) if field == "cursor"));
}

#[tokio::test]
async fn an_earlier_lead_does_not_show_its_contact_twice() {
    let stage = Stage::new().await;
    let first = stage.say(&writing("m1", "Ana", &phone(1), 0), plain()).await;
    stage.staff_set(&stage.tenant.id, first.lead.id, LeadStatus::ClosedWon, 30).await.unwrap();
    let second = stage.say(&message("m2", &phone(1), 3 * 24 * 3600), plain()).await;
    assert_ne!(first.lead.id, second.lead.id);
    for limit in [1, 2, 10] {
        let all = listed(&stage, &ContactFilter::default(), limit).await;
        assert_eq!(all.iter().map(|entry| entry.open_lead).collect::<Vec<_>>(), [Some(second.lead.id)]);
    }
}

#[tokio::test]
async fn a_contact_of_before_the_index_is_listed_and_found_once_they_write_again() {
    let stage = Stage::new().await;
    stage.say(&writing("m1", "Ana Vale", &phone(1), 0), plain()).await;
    for item in stage.entities("keyword").await {
        let key =
            [("pk", item["pk"].clone()), ("sk", item["sk"].clone())].map(|(name, value)| (name.to_owned(), value));
        stage.dynamo.delete_item().table_name(&stage.table).set_key(Some(key.into())).send().await.unwrap();
    }
    let contact = stage.entities("contact").await.remove(0);
    let key =
        [("pk", contact["pk"].clone()), ("sk", contact["sk"].clone())].map(|(name, value)| (name.to_owned(), value));
    let forgets = stage.dynamo.update_item().table_name(&stage.table).set_key(Some(key.into()));
    forgets.update_expression("REMOVE found_by").send().await.unwrap();
    assert_eq!(names(&stage, &asking("vale")).await, [""; 0]);
    assert_eq!(names(&stage, &ContactFilter::default()).await, ["Ana Vale"]);
    stage.say(&message("m2", &phone(1), 60), plain()).await;
    assert_eq!(names(&stage, &asking("vale 0101")).await, ["Ana Vale"]);
}

#[tokio::test]
async fn what_staff_type_in_is_there_once_and_is_the_one_who_writes_later() {
    let stage = Stage::new().await;
    let change =
        ContactChange { tags: Some(vec!["VIP".to_owned()]), ..somebody("Ana Vale", &[phone(1), email("ana")]) };
    let made = add(&stage, &change, "request").await;
    assert_eq!((made.version, &made.value.entry.tags), (1, &vec!["VIP".to_owned()]));
    assert_eq!(add(&stage, &change, "request").await, made, "the same request again");
    assert!(made.value.entry.addresses.iter().all(|known| known.strength == Strength::Given));
    let (kind, field, message_) =
        refused(stage.store.contacts().create(&stage.tenant.id, &somebody("Bo", &[phone(1)]), "other", &at(1)).await);
    assert_eq!((kind, field.as_deref()), (Rejection::Conflict, Some("phones[0]")));
    assert!(message_.contains(&made.value.entry.id.to_string()), "{message_}");

    let wrote = stage.say(&message("m1", &phone(1), 60), plain()).await;
    assert_eq!(wrote.lead.contact, made.value.entry.id);
    let now = stage.store.contacts().get(&stage.tenant.id, wrote.lead.contact).await.unwrap().value;
    let sure: Vec<Strength> = now.entry.addresses.iter().map(|known| known.strength).collect();
    assert!(sure.contains(&Strength::Proven));
    assert_eq!((now.entry.open_lead, now.entry.tags.len()), (Some(wrote.lead.id), 1));
    let vip = ContactFilter { tag: Some("vip".to_owned()), ..ContactFilter::default() };
    assert_eq!(names(&stage, &vip).await, ["Ana Vale"]);
}

#[tokio::test]
async fn someone_who_refused_gets_nothing_though_staff_type_them_in() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    stage.store.suppressions().set(tenant, &phone(1), true, noon(-60)).await.unwrap();
    let made = add(&stage, &somebody("Ana", &[phone(1)]), "request").await.value;
    assert!(made.opted_out && made.channels.iter().all(|channel| channel.opted_out));
    let other = add(&stage, &somebody("Bo", &[phone(2)]), "other").await;
    assert!(!other.value.opted_out);
    stage.store.suppressions().set(tenant, &email("bo"), true, noon(-60)).await.unwrap();
    let change = ContactChange { add: named(&[email("bo")]), ..ContactChange::default() };
    let now = stage.store.contacts().change(tenant, other.value.entry.id, 1, &change, &at(5)).await.unwrap();
    assert!(now.value.opted_out);
}

#[tokio::test]
async fn a_change_is_made_once_from_the_version_that_was_read() {
    let stage = Stage::new().await;
    let (tenant, contacts) = (&stage.tenant.id, stage.store.contacts());
    let made = add(&stage, &somebody("Ana Vale", &[phone(1), phone(2)]), "request").await;
    let id = made.value.entry.id;
    let change = ContactChange {
        name: Some(Some("Ana Wood".to_owned())),
        add: named(&[phone(3)]),
        remove: named(&[phone(2)]),
        ..ContactChange::default()
    };
    let by = at(5);
    let once = || contacts.change(tenant, id, 1, &change, &by);
    let (one, two) = tokio::join!(once(), once());
    let mut done: Vec<u64> = [one, two].into_iter().flatten().map(|changed| changed.version).collect();
    done.dedup();
    assert_eq!(done, [2], "the same change twice is one");
    let again = contacts.change(tenant, id, 1, &change, &at(9)).await.unwrap();
    assert_eq!((again.version, again.value.entry.name.as_deref()), (2, Some("Ana Wood")));
    let other = ContactChange { name: Some(None), ..ContactChange::default() };
    assert_eq!(refused(contacts.change(tenant, id, 1, &other, &at(9)).await).0, Rejection::PreconditionFailed);
    assert_eq!(names(&stage, &asking("vale")).await, [""; 0]);
    assert_eq!(names(&stage, &asking("wood 0103")).await, ["Ana Wood"]);
    let lead = again.value.entry.open_lead.unwrap();
    assert_eq!(stage.store.leads().get(tenant, lead).await.unwrap().name.as_deref(), Some("Ana Wood"));
    // The number that was taken from her is free, and the one that she got is hers.
    let owner = async |address: Address| {
        let people = stage.store.people().load_addresses(tenant, &[address]).await.unwrap().people;
        people.first().map(|person| person.contact.id)
    };
    assert_eq!((owner(phone(2)).await, owner(phone(3)).await), (None, Some(id)));
    let stranger = contacts.change(&TenantId::new("bolt").unwrap(), id, 2, &other, &at(9)).await;
    assert_eq!(refused(stranger).0, Rejection::NotFound);
}

#[tokio::test]
async fn an_assignee_and_who_is_mentioned_must_be_of_the_team() {
    let stage = Stage::new().await;
    let (tenant, contacts) = (&stage.tenant.id, stage.store.contacts());
    let stranger = AccountId::derive(tenant, &["stranger"]);
    let made = add(&stage, &somebody("Ana", &[phone(1)]), "request").await;
    let change = ContactChange { assignee: Some(Some(stranger)), ..ContactChange::default() };
    let (_, field, _) = refused(contacts.change(tenant, made.value.entry.id, 1, &change, &at(5)).await);
    assert_eq!(field.as_deref(), Some("assignee"));
    let said = contacts.add_note(tenant, made.value.entry.id, ("Hello", &[stranger]), "n", &at(5)).await;
    assert!(matches!(said, Err(Failure::Rejected { field: Some(field), .. }) if field == "mentions[0]"));
}

#[tokio::test]
async fn notes_are_kept_once_and_are_the_survivors_after_a_merge() {
    let stage = Stage::new().await;
    let (tenant, contacts) = (&stage.tenant.id, stage.store.contacts());
    let ana = add(&stage, &somebody("Ana", &[phone(1)]), "ana").await.value.entry.id;
    let late = stage.store.contacts().create(tenant, &somebody("Anna", &[phone(2)]), "anna", &at(60)).await.unwrap();
    let anna = late.value.entry.id;
    for (contact, text, cause, seconds) in [(ana, "First", "1", 70), (ana, "First", "1", 75), (anna, "Second", "2", 80)]
    {
        let note = contacts.add_note(tenant, contact, (text, &[]), cause, &at(seconds)).await.unwrap();
        assert_eq!((note.contact, note.text.as_str()), (contact, text));
    }
    let merged = stage.store.people().merge(tenant, ana, anna, &at(90)).await.unwrap();
    assert_eq!(merged.id, ana);
    let texts = |view: ContactView| view.notes.into_iter().map(|note| note.text).collect::<Vec<_>>();
    assert_eq!(texts(contacts.get(tenant, anna).await.unwrap().value), ["Second", "First"]);
    assert_eq!(names(&stage, &asking("0102")).await, ["Ana"], "found by the other one's number");
    assert_eq!(names(&stage, &asking("ann")).await, ["Ana"], "and by her name, once");
    stage.store.people().take_apart(tenant, anna, &at(100)).await.unwrap();
    assert_eq!(names(&stage, &asking("0102")).await, ["Anna"]);
}

/// Puts a note where the version before notes lay in the order of their time put it: under its id.
async fn noted_before(stage: &Stage, contact: ContactId, second: i64) {
    let id = NoteId::derive(&stage.tenant.id, &["before", &second.to_string()]);
    let by = domain::identity::Actor::Operator;
    let text = format!("note {second}");
    let note = ContactNote { id, contact, text, mentions: Vec::new(), by, at: noon(second) };
    let mut item: Item = serde_dynamo::to_item(&note).unwrap();
    let key = [("pk", format!("T#acme#PERSON#{contact}")), ("sk", format!("NOTE#{id}"))];
    let kind = ("entity", "contact_note".to_owned());
    item.extend(key.into_iter().chain([kind]).map(|(name, value)| (name.to_owned(), AttributeValue::S(value))));
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(item)).send().await.unwrap();
}

#[tokio::test]
async fn notes_of_before_come_after_the_newer_ones_and_a_page_costs_what_it_shows() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let ana = add(&stage, &somebody("Ana", &[phone(1)]), "one").await.value.entry.id;
    for second in 0..15_i64 {
        noted_before(&stage, ana, second).await;
    }
    let (store, calls) = counted(&stage);
    for second in 15..40_i64 {
        let text = format!("note {second}");
        let added = store.contacts().add_note(tenant, ana, (&text, &[]), &text, &at(second)).await.unwrap();
        // The request comes again a while later.
        let again = store.contacts().add_note(tenant, ana, (&text, &[]), &text, &at(second + 600)).await.unwrap();
        assert_eq!(again, added);
    }
    calls.take();
    let (mut texts, mut cursor, mut costs) = (Vec::new(), None, Vec::new());
    loop {
        let page = store.contacts().notes(tenant, ana, 10, cursor.as_deref()).await.unwrap();
        texts.extend(page.items.into_iter().map(|note| note.text));
        costs.push(calls.take().len());
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(texts, (0..40).rev().map(|second| format!("note {second}")).collect::<Vec<_>>());
    // Who it is, and a page of notes; from the third page on all of the older ones.
    assert_eq!(costs, [2, 2, 3, 3]);
}

#[tokio::test]
async fn an_anonymous_visitor_leaves_nothing_to_be_found_by() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &chat("session"), 0), plain()).await;
    assert!(stage.entities("keyword").await.is_empty());
    let listed = listed(&stage, &ContactFilter::default(), 10).await;
    assert_eq!((listed.len(), listed[0].addresses.len()), (1, 0), "a session of the chat is shown to nobody");
}

#[tokio::test]
async fn what_a_contact_is_found_by_goes_with_the_contact() {
    let scene = Scene::new().await;
    scene.furnish("acme").await;
    let stage = &scene.stage;
    let change = ContactChange { tags: Some(vec!["VIP".to_owned()]), ..somebody("Ana Vale", &[phone(1)]) };
    let ana = add(stage, &change, "request").await.value.entry.id;
    stage.store.contacts().add_note(&stage.tenant.id, ana, ("Rings twice", &[]), "n", &at(5)).await.unwrap();
    assert!(stage.entities("keyword").await.len() > 5);
    let (_, step) = scene.begin("acme", "erase", DataWork::EraseContact { contact: ana }).await;
    assert_eq!(scene.finish(step).await.status, DataJobStatus::Done);
    for kind in ["keyword", "contact_note", "contact", "identity"] {
        assert!(stage.entities(kind).await.is_empty(), "{kind}");
    }
    let lines = stage.entities("audit").await;
    assert!(lines.iter().all(|line| !format!("{line:?}").contains("Vale")), "the record holds no name");
    assert!(lines.iter().any(|line| text_of(line, "subject") == format!("contact/{ana}")));
}

#[tokio::test]
async fn notes_are_paged_newest_first_over_all_who_are_the_same_person() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let (ana, bo) = (
        add(&stage, &somebody("Ana", &[phone(1)]), "one").await.value.entry.id,
        add(&stage, &somebody("Bo", &[phone(2)]), "two").await.value.entry.id,
    );
    let contacts = stage.store.contacts();
    for second in 0..45_i64 {
        let (whose, text) = (if second % 2 == 0 { ana } else { bo }, format!("note {second}"));
        contacts.add_note(tenant, whose, (&text, &[]), &text, &at(second)).await.unwrap();
    }
    let survivor = stage.store.people().merge(tenant, ana, bo, &at(60)).await.unwrap().id;
    let (mut texts, mut cursor, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = contacts.notes(tenant, bo, 20, cursor.as_deref()).await.unwrap();
        texts.extend(page.items.into_iter().map(|note| note.text));
        (cursor, pages) = (page.cursor, pages + 1);
        if cursor.is_none() {
            break;
        }
    }
    let expected: Vec<String> = (0..45).rev().map(|second| format!("note {second}")).collect();
    assert_eq!((texts, pages), (expected, 3));
    let shown = contacts.get(tenant, survivor).await.unwrap().value.notes;
    assert_eq!((shown.len(), shown[0].text.as_str()), (20, "note 44"));
    assert!(contacts.notes(tenant, ana, 20, Some("nonsense")).await.is_err());
}
