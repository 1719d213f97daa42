//! What staff do in a thread, in the table.

use domain::conversations::{Conversation, Holder, Role, Step};
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::ids::AccountId;
use domain::turns::Outcome;
use domain::{ConversationId, Failure, TenantId};
use store::{Queue, Replay, ThreadFilter, Trace};

use crate::stage::{Stage, chat, email, given, message, noon, phone, plain, text_of, trace};

fn account(name: &str) -> AccountId {
    AccountId::derive(&TenantId::platform(), &[name])
}

/// Ana of the staff, so many seconds after noon.
fn ana(seconds: i64) -> Trace {
    Trace { actor: Actor::Person { account: account("ana"), session: None }, at: noon(seconds), ..trace() }
}

async fn replay(stage: &Stage, id: ConversationId) -> Replay {
    stage.store.conversations().replay(&stage.tenant.id, id).await.unwrap()
}

fn said_by(replay: &Replay, role: Role) -> Vec<&str> {
    let theirs = replay.messages.iter().filter(|message| message.role == role);
    theirs.map(|message| message.text.as_str()).collect()
}

fn kind(failure: &Failure) -> Option<Rejection> {
    match failure {
        Failure::Rejected { kind, .. } => Some(*kind),
        _ => None,
    }
}

/// Someone who wrote in the chat, and was answered.
async fn visitor(stage: &Stage) -> Outcome {
    stage.say(&message("m1", &chat("s-1"), 0), plain()).await
}

#[tokio::test]
async fn a_reply_is_stored_once_with_its_event_its_line_of_the_record_and_nothing_of_its_text_there() {
    let stage = Stage::new().await;
    let thread = visitor(&stage).await.thread.id;
    let rows = stage.entities("outbox").await.len();
    let write = |cause: &'static str, seconds| {
        let stage = &stage;
        async move {
            stage.store.conversations().reply(&stage.tenant, thread, "At three.", cause, &ana(seconds)).await.unwrap()
        }
    };
    let first = write("one", 60).await;
    assert_eq!(write("one", 90).await, first, "the repeat finds it, whenever it comes");
    let second = write("two", 90).await;
    assert_ne!(second.reference.message, first.reference.message);

    let replay = replay(&stage, thread).await;
    assert_eq!(said_by(&replay, Role::Staff), ["At three."; 2]);
    let conversation = &replay.conversation;
    assert_eq!(conversation.handling.holder(), Holder::Person(account("ana")));
    assert_eq!((conversation.message_count, conversation.last_message_at), (4, second.reference.at));
    assert_eq!(stage.entities("outbox").await.len(), rows + 2);
    let record = stage.entities("audit").await;
    let lines: Vec<_> = record.iter().filter(|line| text_of(line, "subject").starts_with("message/")).collect();
    assert_eq!(lines.len(), 2);
    assert!(!format!("{lines:?}").contains("At three"));
}

#[tokio::test]
async fn replies_turns_and_steps_at_once_lose_nothing() {
    let stage = Stage::new().await;
    let thread = visitor(&stage).await.thread.id;
    let writes = async |cause: &str| loop {
        match stage.store.conversations().reply(&stage.tenant, thread, cause, cause, &ana(60)).await {
            Ok(message) => return message,
            Err(Failure::Retryable(_)) => {}
            Err(failure) => panic!("{failure}"),
        }
    };
    let takes_over = async || loop {
        let step = Step::TakeOver { by: Some(account("ben")) };
        match stage.store.conversations().handle(&stage.tenant.id, thread, &step, &ana(60)).await {
            Ok(_) => return,
            Err(Failure::Retryable(_)) => {}
            Err(failure) => panic!("{failure}"),
        }
    };
    let inbound = message("m2", &chat("s-1"), 60);
    let asks = stage.say(&inbound, plain());
    tokio::join!(writes("a"), writes("b"), asks, takes_over(), writes("c"));
    let replay = replay(&stage, thread).await;
    let mut written = said_by(&replay, Role::Staff);
    written.sort_unstable();
    assert_eq!((written, said_by(&replay, Role::Customer).len()), (vec!["a", "b", "c"], 2));
    assert_eq!(replay.conversation.message_count, 7);
    assert_eq!(replay.conversation.handling.holder(), Holder::Person(account("ben")));
}

#[tokio::test]
async fn whoever_refused_gets_nothing_and_nothing_is_stored() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &email("kim"), 0), plain()).await;
    let (tenant, contact) = (&stage.tenant.id, outcome.lead.contact);
    stage.store.opt_out_states().set_refused(tenant, contact, true, noon(30)).await.unwrap();
    let before = stage.items().await.len();
    let refused = stage.store.conversations().reply(&stage.tenant, outcome.thread.id, "Hello", "one", &ana(60)).await;
    assert_eq!(kind(&refused.unwrap_err()), Some(Rejection::MessageRefused));
    assert_eq!(stage.items().await.len(), before);
}

#[tokio::test]
async fn a_thread_whose_customer_goes_on_elsewhere_is_over_and_another_tenants_is_not_there() {
    let stage = Stage::new().await;
    let old = stage.say(&message("m1", &email("kim"), 0), plain()).await.thread.id;
    let new = stage.say(&message("m2", &email("kim"), 48 * 3_600), plain()).await.thread.id;
    assert_ne!(old, new);
    let (store, at) = (stage.store.conversations(), ana(48 * 3_600 + 60));
    let over = store.reply(&stage.tenant, old, "Hello", "one", &at).await.unwrap_err();
    assert_eq!(kind(&over), Some(Rejection::Conflict));
    let over = store.handle(&stage.tenant.id, old, &Step::Resolve, &at).await.unwrap_err();
    assert_eq!(kind(&over), Some(Rejection::Conflict));
    assert!(store.add_note(&stage.tenant.id, old, "Look at this again", "one", &at).await.is_ok());
    let bolt = TenantId::new("bolt").unwrap();
    for foreign in [
        store.handle(&bolt, new, &Step::Resolve, &at).await.map(|_| ()),
        store.add_note(&bolt, new, "Mine", "one", &at).await.map(|_| ()),
        store.reply(&crate::stage::tenant("bolt"), new, "Hello", "one", &at).await.map(|_| ()),
    ] {
        assert_eq!(foreign, Err(Failure::not_found("conversation")));
    }
}

#[tokio::test]
async fn notes_are_kept_once_and_listed_with_the_first_page_in_order() {
    let stage = Stage::new().await;
    let thread = visitor(&stage).await.thread.id;
    let tenant = &stage.tenant.id;
    for (cause, text, seconds) in [("b", "second", 20), ("a", "first", 10), ("a", "first", 30), ("c", "third", 40)] {
        stage.store.conversations().add_note(tenant, thread, text, cause, &ana(seconds)).await.unwrap();
    }
    let first = stage.store.conversations().page(tenant, thread, 1, None).await.unwrap();
    let notes: Vec<&str> = first.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!((notes, first.messages.len()), (vec!["first", "second", "third"], 1));
    let second = stage.store.conversations().page(tenant, thread, 1, first.cursor.as_deref()).await.unwrap();
    assert_eq!((second.notes.len(), second.messages.len()), (0, 1));
    assert!(said_by(&replay(&stage, thread).await, Role::Staff).is_empty());
}

#[tokio::test]
async fn a_thread_stands_in_the_queues_it_belongs_to() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let thread = visitor(&stage).await.thread.id;
    stage.say(&message("other", &chat("s-2"), 1), plain()).await;
    let does = async |step: Step, seconds: i64| -> Conversation {
        stage.store.conversations().handle(tenant, thread, &step, &ana(seconds)).await.unwrap().0
    };
    let queues = async |seconds: i64| {
        let mine = Queue::Mine(account("ana"));
        let all = [mine, Queue::Unassigned, Queue::Escalated, Queue::Snoozed, Queue::Resolved];
        let mut found = Vec::new();
        for queue in all {
            let filter = ThreadFilter { queue: Some((queue, noon(seconds))), ..ThreadFilter::default() };
            let page = stage.store.conversations().list(tenant, filter, 10, None).await.unwrap();
            let ids: Vec<_> = page.items.iter().map(|thread| thread.id).collect();
            assert!(ids.is_empty() || ids == [thread], "{}: {ids:?}", queue.as_str());
            found.extend((!ids.is_empty()).then_some(queue.as_str()));
        }
        found
    };
    assert!(queues(10).await.is_empty());
    does(Step::TakeOver { by: None }, 10).await;
    assert_eq!(queues(20).await, ["unassigned"]);
    does(Step::TakeOver { by: Some(account("ana")) }, 20).await;
    assert_eq!(queues(30).await, ["mine"]);
    does(Step::Snooze { until: noon(100) }, 30).await;
    assert_eq!((queues(99).await, queues(100).await), (vec!["snoozed"], vec!["mine"]));
    let once = does(Step::Resolve, 110).await;
    assert_eq!(does(Step::Resolve, 120).await, once, "twice is once");
    assert_eq!(queues(120).await, ["resolved"]);
    stage.say(&message("m2", &chat("s-1"), 130), plain()).await;
    assert_eq!(queues(140).await, ["mine"]);
    does(Step::HandBack, 150).await;
    assert!(queues(160).await.is_empty());
}

#[tokio::test]
async fn no_one_who_does_not_belong_to_the_tenant_gets_a_thread() {
    let stage = Stage::new().await;
    let thread = visitor(&stage).await.thread.id;
    let step = Step::Assign { to: Some(account("stranger")) };
    let refused = stage.store.conversations().handle(&stage.tenant.id, thread, &step, &ana(10)).await;
    assert!(matches!(&refused, Err(Failure::Rejected { field: Some(field), .. }) if field == "account"), "{refused:?}");
}

#[tokio::test]
async fn a_lead_of_someone_who_was_merged_is_reached_where_they_go_on() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let gone = stage.say(&message("m1", &phone(1), 0), plain()).await.lead.contact;
    let goes_on = stage.say(&message("m2", &email("kim"), 10), given(&[phone(1)])).await.lead.contact;
    let known = stage.store.leads().addresses(tenant, [gone, goes_on].into_iter()).await.unwrap();
    assert_eq!(known[&gone], known[&goes_on]);
    let channels: Vec<&str> = known[&gone]
        .iter()
        .map(|known| known.address.key())
        .map(|key| if key.starts_with("phone:") { "phone" } else { "email" })
        .collect();
    assert!(channels.contains(&"phone") && channels.contains(&"email"), "{channels:?}");
    let nobody = domain::ContactId::derive(tenant, &["nobody"]);
    assert!(stage.store.leads().addresses(tenant, std::iter::once(nobody)).await.unwrap().is_empty());
}
