//! Two contacts turn out to be one person: in the table one goes on, and everything said before is still found.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use domain::conversations::turn::MAX_MOVED_ADDRESSES;
use domain::conversations::{Action, Answer};
use domain::leads::LeadStatus;
use domain::messaging::{Address, Channel, Inbound, Standing};
use domain::{ContactId, ConversationId, LeadId, MessageId, TenantId};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};
use store::{Commit, LeadFilter};
use tokio::runtime::Runtime;

use crate::stage::{Stage, chat, email, given, message, noon, phone, plain, text_of};

/// A form in which somebody gives both addresses.
fn both(id: &str, from: &Address, also: &Address, seconds: i64) -> Inbound {
    Inbound { also: vec![also.clone()], ..message(id, from, seconds) }
}

async fn leads(stage: &Stage) -> Vec<LeadId> {
    let page = stage.store.leads(&stage.tenant.id, LeadFilter::default(), 100, None).await.unwrap();
    page.items.iter().map(|lead| lead.id).collect()
}

async fn conversations(stage: &Stage, lead: LeadId) -> Vec<ConversationId> {
    let all = stage.store.conversations_of_lead(&stage.tenant.id, lead).await.unwrap();
    all.iter().map(|thread| thread.id).collect()
}

#[tokio::test]
async fn one_contact_goes_on_and_nothing_that_was_said_is_lost() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let older = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let past = stage.say(&message("m2", &email("ana"), 60), plain()).await;
    // A day later the younger one has a thread that is over and one that goes on.
    let younger = stage.say(&message("m3", &email("ana"), 26 * 3600), plain()).await;
    assert_eq!(leads(&stage).await.len(), 2);

    let merged = stage.say(&both("m4", &email("ana"), &phone(1), 26 * 3600 + 60), plain()).await;
    assert_eq!((merged.lead.contact, merged.lead.id), (older.lead.contact, older.lead.id));
    assert_eq!(merged.thread.id, younger.thread.id, "the thread goes on");
    assert_eq!(leads(&stage).await, [older.lead.id], "one lead is listed");

    // The younger contact is a sign that points to the older one.
    let contacts = stage.entities("contact").await;
    let into: BTreeMap<&str, &str> =
        contacts.iter().map(|item| (text_of(item, "id"), text_of(item, "merged_into"))).collect();
    let (older_id, younger_id) = (older.lead.contact.to_string(), younger.lead.contact.to_string());
    assert_eq!(into, BTreeMap::from([(older_id.as_str(), ""), (younger_id.as_str(), older_id.as_str())]));
    // Its addresses lead to the older one directly: a turn does not pay for the merge.
    let identities = stage.entities("identity").await;
    assert!(identities.iter().all(|item| text_of(item, "contact") == older_id));
    for address in [phone(1), email("ana")] {
        let people = stage.store.recall_addresses(tenant, &[address]).await.unwrap().people;
        assert_eq!(people.iter().map(|person| person.contact.id).collect::<Vec<_>>(), [older.lead.contact]);
    }

    // Both leads lead to the one that goes on, with all conversations, and each of them is replayed.
    let all = [older.thread.id, past.thread.id, younger.thread.id];
    for lead in [older.lead.id, younger.lead.id] {
        assert_eq!(stage.store.lead(tenant, lead).await.unwrap().id, older.lead.id);
        assert_eq!(conversations(&stage, lead).await, all);
    }
    for (thread, messages) in all.into_iter().zip([2, 2, 4]) {
        let replay = stage.store.replay(tenant, thread).await.unwrap();
        assert_eq!((replay.conversation.id, replay.messages.len()), (thread, messages));
    }
}

#[tokio::test]
async fn what_both_said_and_when_they_wrote_is_known_of_the_one_who_goes_on() {
    let stage = Stage::new().await;
    let (tenant, store) = (&stage.tenant.id, &stage.store);
    let older = stage.say(&message("m1", &phone(1), 0), plain()).await.lead.contact;
    let younger = stage.say(&message("m2", &email("ana"), 60), plain()).await.lead.contact;
    store.set_suppressed(tenant, &phone(1), false, noon(70)).await.unwrap();
    store.set_suppressed(tenant, &email("ana"), true, noon(80)).await.unwrap();
    store.set_unreachable(tenant, younger, &email("ana")).await.unwrap();
    store.set_unreachable(tenant, younger, &phone(7)).await.unwrap();
    let merging = both("m3", &email("ana"), &phone(1), 120);
    let decided = stage.decide(&merging, plain()).await.unwrap();
    // Said while the merge is decided: it is decided again.
    store.set_refused(tenant, younger, true, noon(130)).await.unwrap();
    assert_eq!(stage.commit(&decided).await, Commit::Conflict);
    stage.say(&merging, plain()).await;

    let standing = async || store.recall_addresses(tenant, &[phone(1)]).await.unwrap().people.remove(0).standing;
    let expected = Standing {
        refused: true,
        said_at: Some(noon(130)),
        heard: [(Channel::Sms, noon(0)), (Channel::Email, noon(120))].into(),
        unreachable: [phone(7).key()].into(),
        ..Standing::default()
    };
    assert_eq!(standing().await, expected, "and an address they have just written from can be reached");
    let kept = stage.entities("standing").await;
    assert_eq!(kept.len(), 1, "it went with the one who is no more");
    assert!(text_of(&kept[0], "pk").ends_with(&older.to_string()));
    // Whoever still knows them by the old name is led to the new one.
    store.set_refused(tenant, younger, false, noon(140)).await.unwrap();
    assert!(!standing().await.refused);
}

#[tokio::test]
async fn a_lead_that_was_merged_twice_is_still_found() {
    let stage = Stage::new().await;
    let oldest = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let middle = stage.say(&message("m2", &email("ana"), 60), plain()).await;
    let youngest = stage.say(&message("m3", &chat("s-1"), 120), plain()).await;
    stage.say(&message("m4", &chat("s-1"), 180), given(&[email("ana")])).await;
    stage.say(&message("m5", &email("ana"), 240), given(&[phone(1)])).await;
    for lead in [oldest.lead.id, middle.lead.id, youngest.lead.id] {
        assert_eq!(stage.store.lead(&stage.tenant.id, lead).await.unwrap().id, oldest.lead.id);
        assert_eq!(conversations(&stage, lead).await, [oldest.thread.id, middle.thread.id, youngest.thread.id]);
    }
    let people = stage.store.recall_addresses(&stage.tenant.id, &[chat("s-1")]).await.unwrap().people;
    assert_eq!(people[0].contact.id, oldest.lead.contact);
}

#[tokio::test]
async fn a_lead_that_was_closed_before_the_merge_leads_to_all_conversations_too() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let older = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let bought = stage.say(&message("m2", &email("ana"), 60), plain()).await;
    stage.staff_set(tenant, bought.lead.id, LeadStatus::ClosedWon, 90).await.unwrap();
    let again = stage.say(&message("m3", &email("ana"), 120), plain()).await;
    assert_ne!(again.lead.id, bought.lead.id);
    stage.say(&both("m4", &email("ana"), &phone(1), 180), plain()).await;
    assert_eq!(stage.store.lead(tenant, bought.lead.id).await.unwrap().status, LeadStatus::ClosedWon);
    let all = [older.thread.id, bought.thread.id, again.thread.id];
    for lead in [older.lead.id, bought.lead.id, again.lead.id] {
        assert_eq!(conversations(&stage, lead).await, all);
    }
    let mut listed = leads(&stage).await;
    listed.sort_unstable();
    let mut expected = [older.lead.id, bought.lead.id];
    expected.sort_unstable();
    assert_eq!(listed, expected);
}

#[tokio::test]
async fn a_chat_whose_thread_had_ended_can_merge_and_open_the_next_one() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &email("ana"), 0), plain()).await;
    let ended = stage.say(&message("m2", &chat("s-1"), 60), Answer { action: Action::End, ..plain() }).await;
    let next = stage.say(&both("m3", &chat("s-1"), &email("ana"), 120), plain()).await;
    assert!(next.opened_thread && next.thread.id != ended.thread.id);
    // The session leads to the conversation that goes on.
    let pointers = stage.entities("pointer").await;
    let session: Vec<&str> = pointers
        .iter()
        .filter(|item| text_of(item, "pk") == "T#acme#CHAT#s-1")
        .map(|item| text_of(item, "conversation"))
        .collect();
    assert_eq!(session, [next.thread.id.to_string()]);
}

#[tokio::test]
async fn a_merge_and_a_message_of_the_one_who_is_merged_do_not_overtake_each_other() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &phone(1), 0), plain()).await;
    stage.say(&message("m2", &email("ana"), 60), plain()).await;
    let (merge, writes) = (both("m3", &phone(1), &email("ana"), 120), message("m4", &email("ana"), 121));
    let decided = [stage.decide(&merge, plain()).await.unwrap(), stage.decide(&writes, plain()).await.unwrap()];
    assert_eq!(stage.commit(&decided[0]).await, Commit::Stored);
    assert_eq!(stage.commit(&decided[1]).await, Commit::Conflict);
    let again = stage.say(&writes, plain()).await;
    assert_eq!(again.lead.id, decided[0].lead.id);
    assert_eq!(stage.entities("lead").await.len(), 1);
    assert_eq!(stage.entities("message").await.len(), 8);
}

#[tokio::test]
async fn an_old_browser_session_leads_through_the_merged_contact_to_the_one_that_goes_on() {
    let stage = Stage::new().await;
    let older = stage.say(&message("m1", &phone(1), 0), plain()).await;
    // More sessions than one merge rewrites, all of somebody who gives the same e-mail address.
    for session in 0..30 {
        let inbound = both(&format!("s{session}"), &chat(&format!("s-{session}")), &email("ana"), 60 + session);
        stage.say(&inbound, plain()).await;
    }
    let merged = stage.say(&both("m2", &email("ana"), &phone(1), 600), plain()).await;
    assert_eq!(merged.moved_addresses.len(), MAX_MOVED_ADDRESSES);
    for session in 0..30 {
        let people =
            stage.store.recall_addresses(&stage.tenant.id, &[chat(&format!("s-{session}"))]).await.unwrap().people;
        assert_eq!(people[0].contact.id, older.lead.contact, "session {session}");
    }
    let last = stage.say(&message("m3", &chat("s-29"), 700), plain()).await;
    assert_eq!((last.lead.id, last.merged.len()), (older.lead.id, 0));
}

/// One step of an invented history.
#[derive(Debug, Clone)]
struct Step {
    from: usize,
    /// Given outright, as in a form.
    also: Option<usize>,
    /// Given in the text.
    gives: Option<usize>,
    /// Seconds since the step before.
    after: i64,
    /// The assistant ends the conversation.
    ends: bool,
    /// Staff close the lead afterwards.
    closes: bool,
}

fn addresses() -> Vec<Address> {
    vec![phone(1), email("ana"), chat("s-1"), phone(2), email("ben"), chat("s-2"), phone(3), email("cleo")]
}

fn step() -> impl Strategy<Value = Step> {
    let any = || 0..addresses().len();
    let number_or_mail = prop::sample::select(vec![0_usize, 1, 3, 4, 6, 7]);
    let after = prop_oneof![4 => 1..600_i64, 1 => 86_000..100_000_i64];
    (any(), prop::option::weighted(0.3, any()), prop::option::weighted(0.3, number_or_mail), after).prop_flat_map(
        |(from, also, gives, after)| {
            (prop::bool::weighted(0.15), prop::bool::weighted(0.15)).prop_map(move |(ends, closes)| Step {
                from,
                also,
                gives,
                after,
                ends,
                closes,
            })
        },
    )
}

/// What an observer knows of a history who only watches.
#[derive(Default)]
struct Observed {
    /// For each address, the smallest address that is the same person's.
    same: BTreeMap<usize, usize>,
    leads: BTreeMap<LeadId, usize>,
    threads: BTreeMap<ConversationId, (usize, BTreeSet<MessageId>)>,
    closed: BTreeSet<LeadId>,
}

impl Observed {
    fn person(&self, address: usize) -> usize {
        let mut at = address;
        while let Some(next) = self.same.get(&at).filter(|next| **next != at) {
            at = *next;
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.person(a), self.person(b));
        self.same.insert(a.max(b), a.min(b));
        self.same.entry(a.min(b)).or_insert(a.min(b));
    }
}

async fn live_through(stage: &Stage, tenant: &TenantId, steps: &[Step]) -> Observed {
    let all = addresses();
    let (mut observed, mut now) = (Observed::default(), 0);
    for (index, step) in steps.iter().enumerate() {
        now += step.after;
        let also = step.also.filter(|also| *also != step.from);
        let inbound = Inbound {
            tenant: tenant.clone(),
            also: also.map(|also| all[also].clone()).into_iter().collect(),
            ..message(&format!("m{index}"), &all[step.from], now)
        };
        let mut answer = given(&step.gives.map(|gives| all[gives].clone()).into_iter().collect::<Vec<_>>());
        if step.ends {
            answer.action = Action::End;
        }
        let outcome = stage.say(&inbound, answer).await;
        for other in [Some(step.from), also, step.gives].into_iter().flatten() {
            observed.join(step.from, other);
        }
        observed.leads.insert(outcome.lead.id, step.from);
        let thread = observed.threads.entry(outcome.thread.id).or_insert_with(|| (step.from, BTreeSet::new()));
        thread.1.extend(outcome.messages.iter().map(|message| message.reference.message));
        if step.closes {
            let closed = LeadStatus::ClosedLost;
            stage.staff_set(tenant, outcome.lead.id, closed, now).await.unwrap();
            observed.closed.insert(outcome.lead.id);
        }
    }
    observed
}

async fn check(stage: &Stage, tenant: &TenantId, observed: &Observed) {
    // Addresses lead to the same contact exactly where they are one person's.
    let mut owners: BTreeMap<usize, ContactId> = BTreeMap::new();
    for (index, address) in addresses().into_iter().enumerate() {
        let people = stage.store.recall_addresses(tenant, &[address]).await.unwrap().people;
        if observed.same.contains_key(&index) {
            assert_eq!(people.len(), 1);
            let owner = *owners.entry(observed.person(index)).or_insert(people[0].contact.id);
            assert_eq!(people[0].contact.id, owner);
        } else {
            assert!(people.is_empty());
        }
    }
    assert_eq!(owners.values().collect::<BTreeSet<_>>().len(), owners.len());

    // Every lead ever opened is found, with its own person; what staff closed is as they left it.
    for (lead, address) in &observed.leads {
        let found = stage.store.lead(tenant, *lead).await.unwrap();
        if observed.closed.contains(lead) {
            assert_eq!((found.id, found.status), (*lead, LeadStatus::ClosedLost));
        }
        // A closed one may be history of a contact that was merged later.
        if !found.status.is_closed() {
            assert_eq!(found.contact, owners[&observed.person(*address)]);
        }
        let all = stage.store.conversations_of_lead(tenant, *lead).await.unwrap();
        let all: BTreeSet<ConversationId> = all.iter().map(|thread| thread.id).collect();
        let of_person =
            |(_, (other, _)): &(&ConversationId, &(usize, _))| observed.person(*other) == observed.person(*address);
        let expected = observed.threads.iter().filter(of_person).map(|(id, _)| *id).collect();
        assert_eq!(all, expected);
    }
    // Each person has one lead in the list that is the latest; all others there are closed.
    let listed = stage.store.leads(tenant, LeadFilter::default(), 100, None).await.unwrap().items;
    assert!(listed.iter().filter(|lead| !lead.status.is_closed()).count() <= owners.len());
    let ids: BTreeSet<LeadId> = listed.iter().map(|lead| lead.id).collect();
    assert_eq!(ids.len(), listed.len());
    assert!(observed.closed.is_subset(&ids));

    // Every conversation is replayed with all its messages, and listed once.
    for (thread, (_, messages)) in &observed.threads {
        let replay = stage.store.replay(tenant, *thread).await.unwrap();
        let stored: BTreeSet<MessageId> = replay.messages.iter().map(|message| message.reference.message).collect();
        assert_eq!(&stored, messages);
        assert!(replay.messages.is_sorted_by_key(|message| message.reference.at));
    }
    let listed = stage.store.threads(tenant, None, None, 100, None).await.unwrap().items;
    let listed: Vec<ConversationId> = listed.iter().map(|thread| thread.id).collect();
    assert_eq!(listed.len(), observed.threads.len());
    assert_eq!(listed.iter().collect::<BTreeSet<_>>(), observed.threads.keys().collect());
}

#[test]
fn whatever_people_do_the_table_tells_who_they_are_and_what_was_said() {
    let runtime = Runtime::new().unwrap();
    let stage = runtime.block_on(Stage::new());
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let case = Cell::new(0);
    let result = runner.run(&prop::collection::vec(step(), 3..14), |steps| -> TestCaseResult {
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
