//! Two contacts become one, by a visitor who says whose lead it is or by staff, and can be taken apart again: nothing that was
//! said is lost, and no one gets what another person said.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use domain::leads::{Contact, LeadStatus};
use domain::messaging::{Address, Inbound, Source};
use domain::{ContactId, ConversationId, LeadId, MessageId, TenantId};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};
use store::{Commit, LeadFilter, Trace};
use tokio::runtime::Runtime;

use crate::stage::{Stage, chat, email, message, noon, phone, plain, text_of, trace};

/// A message that gives another address with it, as a form or the chat does.
fn giving(id: &str, from: &Address, also: &Address, seconds: i64) -> Inbound {
    Inbound { also: vec![also.clone()], ..message(id, from, seconds) }
}

fn form(id: &str, from: &Address, also: &Address, seconds: i64) -> Inbound {
    Inbound { source: Source::WebForm, ..giving(id, from, also, seconds) }
}

async fn leads(stage: &Stage) -> Vec<LeadId> {
    let page = stage.store.leads().list(&stage.tenant.id, &LeadFilter::default(), 100, None).await.unwrap();
    page.items.iter().map(|lead| lead.id).collect()
}

async fn conversations(stage: &Stage, lead: LeadId) -> Vec<ConversationId> {
    let all = stage.store.conversations().of_lead(&stage.tenant.id, lead).await.unwrap();
    all.iter().map(|thread| thread.id).collect()
}

async fn owner(stage: &Stage, address: &Address) -> ContactId {
    let people =
        stage.store.people().load_addresses(&stage.tenant.id, std::slice::from_ref(address)).await.unwrap().people;
    assert_eq!(people.len(), 1, "one contact an address");
    people[0].contact.id
}

#[tokio::test]
async fn two_people_who_came_with_one_address_are_shown_to_staff_and_merged_by_one_call() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let older = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let younger = stage.say(&message("m2", &phone(2), 60), plain()).await;
    stage.say(&form("f1", &phone(1), &phone(2), 120), plain()).await;
    assert_eq!(leads(&stage).await.len(), 2, "nobody is merged by a form");

    let page = stage.store.people().possible_duplicates(tenant, 10, None).await.unwrap();
    let sides: Vec<[ContactId; 2]> = page.items.iter().map(|pair| [pair.first.id, pair.second.id]).collect();
    assert_eq!(sides, [[older.lead.contact, younger.lead.contact]], "both sides, once");
    let merged = stage.store.people().merge(tenant, younger.lead.contact, older.lead.contact, &trace()).await.unwrap();
    assert_eq!(merged.id, older.lead.contact, "the one that wrote first goes on");
    let again = stage.store.people().merge(tenant, older.lead.contact, younger.lead.contact, &trace()).await.unwrap();
    assert_eq!(again.id, merged.id);
    assert_eq!(stage.store.people().possible_duplicates(tenant, 10, None).await.unwrap().items, []);
    for address in [phone(1), phone(2)] {
        assert_eq!(owner(&stage, &address).await, merged.id);
    }
    assert_eq!(leads(&stage).await, [older.lead.id]);
    for lead in [older.lead.id, younger.lead.id] {
        assert_eq!(stage.store.leads().get(tenant, lead).await.unwrap().id, older.lead.id);
        assert!(conversations(&stage, lead).await.contains(&younger.thread.id));
    }
}

#[tokio::test]
async fn different_people_are_not_shown_again() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let one = stage.say(&message("m1", &phone(1), 0), plain()).await.lead.contact;
    let other = stage.say(&message("m2", &phone(2), 60), plain()).await.lead.contact;
    stage.say(&form("f1", &phone(1), &phone(2), 120), plain()).await;
    stage.store.people().not_duplicates(tenant, other, one, &trace()).await.unwrap();
    stage.say(&form("f2", &phone(1), &phone(2), 180), plain()).await;
    assert_eq!(stage.store.people().possible_duplicates(tenant, 10, None).await.unwrap().items, []);
}

#[tokio::test]
async fn one_call_takes_them_apart_and_each_message_is_where_it_came_from() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let older = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let younger = stage.say(&message("m2", &phone(2), 60), plain()).await;
    let merge = || stage.store.people().merge(tenant, older.lead.contact, younger.lead.contact, &TRACE);
    static TRACE: std::sync::LazyLock<Trace> = std::sync::LazyLock::new(trace);
    merge().await.unwrap();
    // Both go on writing, and each number has threads of its own; some are over by then.
    let mut threads: BTreeMap<ContactId, BTreeSet<ConversationId>> = BTreeMap::new();
    threads.entry(older.lead.contact).or_default().insert(older.thread.id);
    threads.entry(younger.lead.contact).or_default().insert(younger.thread.id);
    for day in 0..3 {
        for (number, contact) in [(1, older.lead.contact), (2, younger.lead.contact)] {
            let at = 3_600 + day * 90_000 + i64::from(number);
            let said = stage.say(&message(&format!("d{day}-{number}"), &phone(number), at), plain()).await;
            assert_eq!(said.lead.contact, older.lead.contact, "they are one");
            threads.entry(contact).or_default().insert(said.thread.id);
        }
    }
    assert!(threads.values().all(|threads| threads.len() >= 3));
    stage.store.suppressions().set(tenant, &phone(2), true, noon(300_000)).await.unwrap();

    let apart = stage.store.people().take_apart(tenant, younger.lead.contact, &trace()).await.unwrap();
    assert_eq!(apart.id, younger.lead.contact);
    // Again, it changes nothing.
    stage.store.people().take_apart(tenant, younger.lead.contact, &trace()).await.unwrap();
    assert_eq!(owner(&stage, &phone(1)).await, older.lead.contact);
    assert_eq!(owner(&stage, &phone(2)).await, younger.lead.contact);
    for (contact, lead) in [(older.lead.contact, older.lead.id), (younger.lead.contact, younger.lead.id)] {
        let found = stage.store.leads().get(tenant, lead).await.unwrap();
        assert_eq!((found.id, found.contact), (lead, contact));
        let listed: BTreeSet<ConversationId> = conversations(&stage, lead).await.into_iter().collect();
        assert_eq!(listed, threads[&contact], "every thread, and nobody else's");
    }
    let opt_out_state = async |address| {
        stage.store.people().load_addresses(tenant, &[address]).await.unwrap().people.remove(0).opt_out_state
    };
    assert!(
        opt_out_state(phone(1)).await.refused && opt_out_state(phone(2)).await.refused,
        "what was refused stays so for both"
    );
    // Each goes on with the thread of their own.
    let next = stage.say(&message("n2", &phone(2), 3_600 + 2 * 90_000 + 60), plain()).await;
    assert_eq!(next.lead.contact, younger.lead.contact);
    assert!(threads[&younger.lead.contact].contains(&next.thread.id));
    // No one asks staff the same thing again, and they may change their minds.
    assert_eq!(stage.store.people().possible_duplicates(tenant, 10, None).await.unwrap().items, []);
    merge().await.unwrap();
    assert_eq!(owner(&stage, &phone(2)).await, older.lead.contact);
}

#[tokio::test]
async fn a_closed_lead_whose_place_another_took_comes_back_when_they_are_taken_apart() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let bought = stage.say(&message("m1", &phone(1), 0), plain()).await;
    stage.staff_set(tenant, bought.lead.id, LeadStatus::ClosedWon, 30).await.unwrap();
    let open = stage.say(&message("m2", &phone(2), 60), plain()).await;
    let merged = stage.store.people().merge(tenant, bought.lead.contact, open.lead.contact, &trace()).await.unwrap();
    assert_eq!(merged.id, bought.lead.contact);
    stage.store.people().take_apart(tenant, open.lead.contact, &trace()).await.unwrap();
    for (lead, contact) in [(bought.lead.id, bought.lead.contact), (open.lead.id, open.lead.contact)] {
        let found = stage.store.leads().get(tenant, lead).await.unwrap();
        assert_eq!((found.id, found.contact), (lead, contact));
    }
    assert_eq!(stage.store.leads().get(tenant, bought.lead.id).await.unwrap().status, LeadStatus::ClosedWon);
    assert_eq!(leads(&stage).await.len(), 2);
}

#[tokio::test]
async fn who_was_never_merged_cannot_be_taken_apart() {
    let stage = Stage::new().await;
    let one = stage.say(&message("m1", &phone(1), 0), plain()).await.lead.contact;
    let refused = stage.store.people().take_apart(&stage.tenant.id, one, &trace()).await.unwrap_err();
    assert!(refused.to_string().contains("not merged"), "{refused}");
}

#[tokio::test]
async fn a_visitor_who_gives_a_number_is_on_its_lead_and_can_be_taken_out_again() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let known = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let visitor = stage.say(&message("m2", &chat("s-1"), 60), plain()).await;
    let joined = stage.say(&giving("m3", &chat("s-1"), &phone(1), 120), plain()).await;
    assert_eq!((joined.lead.id, joined.thread.id), (known.lead.id, visitor.thread.id), "the chat goes on");
    assert_eq!(leads(&stage).await, [known.lead.id], "the lead is not doubled");
    for lead in [known.lead.id, visitor.lead.id] {
        assert_eq!(conversations(&stage, lead).await, [known.thread.id, visitor.thread.id]);
    }
    let apart = stage.store.people().take_apart(tenant, visitor.lead.contact, &trace()).await.unwrap();
    assert_eq!(owner(&stage, &chat("s-1")).await, apart.id);
    assert_eq!(conversations(&stage, known.lead.id).await, [known.thread.id]);
    assert_eq!(conversations(&stage, visitor.lead.id).await, [visitor.thread.id]);
}

#[tokio::test]
async fn an_address_that_a_newcomer_typed_for_someone_leads_to_its_owner_once_they_write() {
    let stage = Stage::new().await;
    let victim = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let typed = stage.say(&form("f1", &phone(1), &phone(66), 60), plain()).await;
    assert_eq!(typed.lead.id, victim.lead.id);
    // A STOP from the typed number is its owner's, and not the victim's.
    let stop = message("m2", &phone(66), 90);
    stage.store.suppressions().set(&stage.tenant.id, &phone(66), true, noon(90)).await.unwrap();
    let opt_out_state = stage
        .store
        .people()
        .load_addresses(&stage.tenant.id, &[phone(1)])
        .await
        .unwrap()
        .people
        .remove(0)
        .opt_out_state;
    assert!(!opt_out_state.refused);
    let theirs = stage.say(&stop, plain()).await;
    assert_ne!(theirs.lead.contact, victim.lead.contact);
    assert_eq!(owner(&stage, &phone(66)).await, theirs.lead.contact);
    assert_eq!(owner(&stage, &phone(1)).await, victim.lead.contact);
}

#[tokio::test]
async fn a_merge_and_a_message_of_the_one_who_is_merged_do_not_overtake_each_other() {
    let stage = Stage::new().await;
    let one = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let other = stage.say(&message("m2", &phone(2), 60), plain()).await;
    let writes = message("m3", &phone(2), 120);
    let decided = stage.decide(&writes, plain()).await.unwrap();
    stage.store.people().merge(&stage.tenant.id, one.lead.contact, other.lead.contact, &trace()).await.unwrap();
    assert_eq!(stage.commit(&decided).await, Commit::Conflict);
    assert_eq!(stage.say(&writes, plain()).await.lead.id, one.lead.id);
    // The same for taking apart.
    let writes = message("m4", &phone(2), 180);
    let decided = stage.decide(&writes, plain()).await.unwrap();
    stage.store.people().take_apart(&stage.tenant.id, other.lead.contact, &trace()).await.unwrap();
    assert_eq!(stage.commit(&decided).await, Commit::Conflict);
    assert_eq!(stage.say(&writes, plain()).await.lead.id, other.lead.id);
    assert_eq!(stage.entities("message").await.len(), 8);
}

#[tokio::test]
async fn a_refusal_said_while_two_are_merged_is_not_lost() {
    let stage = Stage::new().await;
    let (tenant, store) = (&stage.tenant.id, &stage.store);
    let one = stage.say(&message("m1", &phone(1), 0), plain()).await.lead.contact;
    let other = stage.say(&message("m2", &phone(2), 60), plain()).await.lead.contact;
    store.opt_out_states().set_refused(tenant, other, true, noon(90)).await.unwrap();
    store.people().merge(tenant, one, other, &trace()).await.unwrap();
    let opt_out_state =
        async || store.people().load_addresses(tenant, &[phone(1)]).await.unwrap().people.remove(0).opt_out_state;
    assert!(opt_out_state().await.refused);
    // Whoever still knows them by the old name is led to the new one.
    store.opt_out_states().set_refused(tenant, other, false, noon(140)).await.unwrap();
    assert!(!opt_out_state().await.refused);
}

/// One step of an invented history.
#[derive(Debug, Clone)]
enum Step {
    /// Someone writes, and may give an address with it.
    Write { from: usize, also: Option<usize>, after: i64, closes: bool },
    /// Staff merge the owners of two addresses.
    Merge(usize, usize),
    /// Staff take out the contact that was merged last.
    Apart,
}

fn addresses() -> Vec<Address> {
    vec![phone(1), email("ana"), chat("s-1"), phone(2), email("ben"), chat("s-2"), phone(3), email("cleo")]
}

fn step() -> impl Strategy<Value = Step> {
    let any = || 0..addresses().len();
    let given = prop::sample::select(vec![0_usize, 1, 3, 4, 6, 7]);
    let after = prop_oneof![4 => 1..600_i64, 1 => 86_000..100_000_i64];
    let write = (any(), prop::option::weighted(0.4, given), after, prop::bool::weighted(0.1));
    prop_oneof![
        8 => write.prop_map(|(from, also, after, closes)| Step::Write { from, also, after, closes }),
        2 => (any(), any()).prop_map(|(a, b)| Step::Merge(a, b)),
        1 => Just(Step::Apart),
    ]
}

/// What an observer knows who only watches.
#[derive(Default)]
struct Observed {
    leads: BTreeSet<LeadId>,
    threads: BTreeMap<ConversationId, (Address, BTreeSet<MessageId>)>,
    closed: BTreeSet<LeadId>,
    merged: Vec<ContactId>,
}

async fn live_through(stage: &Stage, tenant: &TenantId, steps: &[Step]) -> Observed {
    let all = addresses();
    let (mut observed, mut now) = (Observed::default(), 0);
    let owner = async |address: usize| {
        let people = stage.store.people().load_addresses(tenant, &[all[address].clone()]).await.unwrap().people;
        people.first().map(|person| person.contact.id)
    };
    for (index, step) in steps.iter().enumerate() {
        match *step {
            Step::Write { from, also, after, closes } => {
                now += after;
                let also = also.filter(|also| *also != from).map(|also| all[also].clone());
                let inbound = Inbound {
                    tenant: tenant.clone(),
                    also: also.into_iter().collect(),
                    ..message(&format!("m{index}"), &all[from], now)
                };
                // A text comes from one address.
                let inbound =
                    Inbound { also: if from % 3 == 0 { Vec::new() } else { inbound.also.clone() }, ..inbound };
                let outcome = stage.say(&inbound, plain()).await;
                observed.leads.insert(outcome.lead.id);
                observed.merged.extend(outcome.merged.iter().map(|person| person.contact.id));
                let thread = observed.threads.entry(outcome.thread.id);
                let (peer, messages) = thread.or_insert_with(|| (all[from].clone(), BTreeSet::new()));
                assert_eq!(*peer, all[from], "a thread is held with one address");
                messages.extend(outcome.messages.iter().map(|message| message.reference.message));
                if closes {
                    stage.staff_set(tenant, outcome.lead.id, LeadStatus::ClosedLost, now).await.unwrap();
                    observed.closed.insert(outcome.lead.id);
                }
            }
            Step::Merge(a, b) => {
                let (Some(a), Some(b)) = (owner(a).await, owner(b).await) else { continue };
                let merged =
                    stage.store.people().merge(tenant, a, b, &Trace { at: noon(now), ..trace() }).await.unwrap();
                observed.merged.extend([a, b].into_iter().filter(|id| *id != merged.id));
            }
            Step::Apart => {
                let Some(id) = observed.merged.pop() else { continue };
                stage.store.people().take_apart(tenant, id, &Trace { at: noon(now), ..trace() }).await.unwrap();
            }
        }
    }
    observed
}

async fn check(stage: &Stage, tenant: &TenantId, observed: &Observed) {
    let contacts: Vec<Contact> = stage
        .entities("contact")
        .await
        .into_iter()
        .filter(|item| text_of(item, "pk").starts_with(&format!("T#{tenant}#")))
        .map(|item| serde_dynamo::from_item(item).unwrap())
        .collect();
    // A proven address leads to the one contact that has it.
    for address in addresses() {
        let having: Vec<&Contact> = contacts
            .iter()
            .filter(|contact| contact.merged_into.is_none())
            .filter(|contact| contact.strength_of(&address) == Some(domain::messaging::Strength::Proven))
            .collect();
        assert!(having.len() <= 1, "{address:?} is proven for two");
        if let [contact] = having[..] {
            let people = stage.store.people().load_addresses(tenant, &[address]).await.unwrap().people;
            assert_eq!(people[0].contact.id, contact.id);
        }
    }
    // Every lead ever opened is found; what staff closed is as they left it.
    for lead in &observed.leads {
        let found = stage.store.leads().get(tenant, *lead).await.unwrap();
        if observed.closed.contains(lead) {
            assert_eq!(found.status, LeadStatus::ClosedLost, "a closed lead stays as it was left");
        }
    }
    // Every conversation is replayed with all its messages, listed once, and kept with the contact whose address it was held with.
    for (thread, (peer, messages)) in &observed.threads {
        let replay = stage.store.conversations().replay(tenant, *thread).await.unwrap();
        let stored: BTreeSet<MessageId> = replay.messages.iter().map(|message| message.reference.message).collect();
        assert_eq!(&stored, messages);
        let kept_with = contacts.iter().find(|contact| contact.id == replay.conversation.contact).unwrap();
        assert!(kept_with.knows(peer) || kept_with.merged_into.is_some(), "{peer:?} is not theirs");
    }
    let listed =
        stage.store.conversations().list(tenant, store::ThreadFilter::default(), 100, None).await.unwrap().items;
    let listed: Vec<ConversationId> = listed.iter().map(|thread| thread.id).collect();
    assert_eq!(listed.len(), observed.threads.len());
    assert_eq!(listed.iter().collect::<BTreeSet<_>>(), observed.threads.keys().collect());
}

#[test]
fn whatever_people_and_staff_do_the_table_tells_who_they_are_and_what_was_said() {
    let runtime = Runtime::new().unwrap();
    let stage = runtime.block_on(Stage::new());
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let case = Cell::new(0);
    let result = runner.run(&prop::collection::vec(step(), 3..16), |steps| -> TestCaseResult {
        // Every history has a tenant of its own.
        case.set(case.get() + 1);
        let tenant = TenantId::new(format!("history-{}", case.get())).unwrap();
        runtime.block_on(async {
            let observed = live_through(&stage, &tenant, &steps).await;
            check(&stage, &tenant, &observed).await;
        });
        Ok(())
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}
