//! A page of the inbox: what it holds, and in how many reads.

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use domain::conversations::{Conversation, NoticeKind, Presence, ReadMark, Step};
use domain::identity::{Actor, KeyMode, Member, NoticeChoice};
use domain::ids::AccountId;
use domain::{ContactId, ConversationId, Failure, TenantId};
use jiff::SignedDuration;
use serde_json::{from_value, json};
use store::{Inbox, InboxQuery, OpenQuery, Queue, ThreadFilter, Trace};

use crate::counting::counted;
use crate::stage::{Item, Stage, chat, message, noon, plain, text_of, trace};

fn account(name: &str) -> AccountId {
    AccountId::derive(&TenantId::platform(), &[name])
}

fn ana(seconds: i64) -> Trace {
    Trace { actor: Actor::Person { account: account("ana"), session: None }, at: noon(seconds), ..trace() }
}

fn query(seconds: i64) -> InboxQuery<'static> {
    let filter = ThreadFilter::default();
    InboxQuery { reader: Some(account("ana")), filter, limit: 25, cursor: None, open: None, now: noon(seconds) }
}

async fn read(stage: &Stage, query: InboxQuery<'_>) -> Inbox {
    stage.store.conversations().inbox(&stage.tenant.id, &query).await.unwrap()
}

async fn mark(stage: &Stage, conversation: ConversationId, messages: u32, seconds: i64) {
    let mark = ReadMark { account: account("ana"), conversation, messages, at: noon(seconds) };
    stage.store.conversations().mark_read(&stage.tenant.id, &mark).await.unwrap();
}

#[tokio::test]
async fn the_list_takes_two_reads_and_a_conversation_beside_it_one_more() {
    let stage = Stage::new().await;
    let thread = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    stage.say(&message("m2", &chat("s-2"), 1), plain()).await;
    for index in 0..3 {
        let said = stage.store.conversations();
        said.add_note(&stage.tenant.id, thread, "A note", &index.to_string(), &ana(10)).await.unwrap();
    }
    let (store, calls) = counted(&stage);
    let listed = store.conversations().inbox(&stage.tenant.id, &query(20)).await.unwrap();
    assert_eq!(calls.take(), ["Query", "BatchGetItem"]);
    assert_eq!((listed.threads.items.len(), listed.leads.len(), listed.open), (2, 2, None));

    let open = OpenQuery { id: thread, limit: 50, before: None };
    let opened = store.conversations().inbox(&stage.tenant.id, &InboxQuery { open: Some(open), ..query(20) }).await;
    assert_eq!(calls.take(), ["Query", "Query", "BatchGetItem"], "with the guard's own call a page takes four");
    let open = opened.unwrap().open.unwrap();
    assert_eq!((open.replay.conversation.id, open.replay.messages.len(), open.replay.notes.len()), (thread, 2, 3));
    assert!(open.lead.is_some_and(|lead| lead.contact == open.replay.conversation.contact));
    assert_eq!(open.addresses.len(), 1);
}

/// So many other threads, all newer, that are the assistant's alone.
async fn crowd(stage: &Stage, count: usize) {
    let id = stage.say(&message("m-crowd", &chat("s-crowd"), 100), plain()).await.thread.id;
    let threads = stage.entities("thread").await;
    let one = threads.iter().find(|item| text_of(item, "id") == id.to_string()).unwrap();
    let put = |index: usize| {
        let (thread, contact) = (format!("crowd-{index}"), ContactId::derive(&stage.tenant.id, &[&index.to_string()]));
        let at = noon(200 + i64::try_from(index).unwrap());
        let mut item = one.clone();
        let id = ConversationId::derive(&stage.tenant.id, &[&thread]);
        let order = format!("{:015}#{id}", at.as_millisecond());
        let own = [("id", id.to_string()), ("contact", contact.to_string()), ("gsi1sk", order)];
        let place = [("pk", format!("T#acme#PERSON#{contact}")), ("last_message_at", at.to_string())];
        item.extend(own.into_iter().chain(place).map(|(name, value)| (name.to_owned(), AttributeValue::S(value))));
        let put = PutRequest::builder().set_item(Some(item)).build().unwrap();
        WriteRequest::builder().put_request(put).build()
    };
    let puts: Vec<WriteRequest> = (0..count).map(put).collect();
    for some in puts.chunks(25) {
        stage.dynamo.batch_write_item().request_items(&stage.table, some.to_vec()).send().await.unwrap();
    }
}

#[tokio::test]
async fn threads_from_before_the_index_come_into_their_queues_once() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let id = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    stage.say(&message("m2", &chat("s-2"), 1), plain()).await;
    let conversations = stage.store.conversations();
    conversations.handle(tenant, id, &Step::TakeOver { by: Some(account("ana")) }, &ana(10)).await.unwrap();
    let threads = stage.entities("thread").await;
    let mut of_before = threads.into_iter().find(|item| text_of(item, "id") == id.to_string()).unwrap();
    of_before.retain(|name, _| !name.starts_with("queue_"));
    stage.dynamo.put_item().table_name(&stage.table).set_item(Some(of_before)).send().await.unwrap();
    let mine = ThreadFilter { queue: Some((Queue::Mine(account("ana")), noon(60))), ..ThreadFilter::default() };
    let listed = async || {
        let page = stage.store.conversations().list(tenant, mine, 25, None).await.unwrap();
        page.items.iter().map(|thread| thread.id).collect::<Vec<_>>()
    };
    assert_eq!(listed().await, []);
    for _ in 0..2 {
        assert_eq!(conversations.fill_queues(tenant, None).await.unwrap(), None);
        assert_eq!(listed().await, [id]);
    }
}

#[tokio::test]
async fn who_waits_behind_three_thousand_others_is_found_in_the_same_two_reads() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let waits = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    let done = stage.say(&message("m2", &chat("s-2"), 1), plain()).await.thread.id;
    let later = stage.say(&message("m3", &chat("s-3"), 2), plain()).await.thread.id;
    let conversations = stage.store.conversations();
    let snooze = Step::Snooze { until: noon(90_000) };
    let steps = [(waits, Step::TakeOver { by: Some(account("ana")) }), (done, Step::Resolve), (later, snooze)];
    for (id, step) in &steps {
        conversations.handle(tenant, *id, step, &ana(10)).await.unwrap();
    }
    crowd(&stage, 3_000).await;
    let (store, calls) = counted(&stage);
    let queues = [(Queue::Mine(account("ana")), waits), (Queue::Resolved, done), (Queue::Snoozed, later)];
    for (queue, expected) in queues {
        let filter = ThreadFilter { queue: Some((queue, noon(60))), ..ThreadFilter::default() };
        let inbox = store.conversations().inbox(tenant, &InboxQuery { filter, ..query(60) }).await.unwrap();
        let ids: Vec<_> = inbox.threads.items.iter().map(|thread| thread.id).collect();
        assert_eq!((ids, inbox.threads.cursor), (vec![expected], None), "{}", queue.as_str());
        assert_eq!(calls.take(), ["Query", "BatchGetItem"], "{}", queue.as_str());
    }
    // No one's once she gives it back to the team; out of every queue once it is the assistant's.
    let unassigned = ThreadFilter { queue: Some((Queue::Unassigned, noon(60))), ..ThreadFilter::default() };
    let listed = async || {
        let page = stage.store.conversations().list(tenant, unassigned, 25, None).await.unwrap();
        page.items.iter().map(|thread| thread.id).collect::<Vec<_>>()
    };
    conversations.handle(tenant, waits, &Step::Assign { to: None }, &ana(20)).await.unwrap();
    assert_eq!(listed().await, [waits]);
    conversations.handle(tenant, waits, &Step::HandBack, &ana(30)).await.unwrap();
    assert!(listed().await.is_empty());
    // The whole list goes through all of them, page by page.
    let (mut cursor, mut seen, mut pages) = (None::<String>, std::collections::BTreeSet::new(), 0);
    loop {
        let page = InboxQuery { cursor: cursor.as_deref(), limit: 25, ..query(60) };
        let inbox = store.conversations().inbox(tenant, &page).await.unwrap();
        assert_eq!(calls.take(), ["Query", "BatchGetItem"]);
        seen.extend(inbox.threads.items.iter().map(|thread| thread.id));
        (cursor, pages) = (inbox.threads.cursor, pages + 1);
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((seen.len(), pages), (3_004, 121));
}

#[tokio::test]
async fn the_newest_messages_come_first_and_a_cursor_leads_to_all_before_them() {
    let stage = Stage::new().await;
    let mut thread = None;
    for index in 0..4 {
        let said = message(&format!("m{index}"), &chat("s-1"), index);
        thread = Some(stage.say(&said, plain()).await.thread.id);
    }
    let (id, mut before, mut pages, mut said) = (thread.unwrap(), None::<String>, 0, Vec::new());
    stage.store.conversations().add_note(&stage.tenant.id, id, "A note", "one", &ana(10)).await.unwrap();
    loop {
        let open = Some(OpenQuery { id, limit: 3, before: before.as_deref() });
        let open = read(&stage, InboxQuery { open, ..query(20) }).await.open.unwrap();
        assert_eq!(open.replay.notes.len(), 1);
        said.extend(open.replay.messages);
        pages += 1;
        before = open.replay.cursor;
        if before.is_none() {
            break;
        }
    }
    assert_eq!((pages, said.len()), (3, 8));
    assert!(said.is_sorted_by_key(|message| std::cmp::Reverse(message.reference.at)));
    // More than are read at once lie between the messages and the end.
    for index in 0..120 {
        let said = stage.store.conversations();
        said.add_note(&stage.tenant.id, id, "More", &format!("more-{index}"), &ana(11)).await.unwrap();
    }
    let open = Some(OpenQuery { id, limit: 3, before: None });
    let open = read(&stage, InboxQuery { open, ..query(20) }).await.open.unwrap();
    assert_eq!((open.replay.messages.len(), open.replay.notes.len()), (3, 121));
    let all = stage.store.conversations().replay(&stage.tenant.id, id).await.unwrap().messages;
    assert_eq!(open.replay.messages.first(), all.last());
}

#[tokio::test]
async fn what_someone_has_not_read_is_counted_and_listed_for_them_alone() {
    let stage = Stage::new().await;
    let first = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    let second = stage.say(&message("m2", &chat("s-2"), 1), plain()).await.thread.id;
    let unread = async |who: &str, seconds: i64| -> Vec<(ConversationId, u32)> {
        let unread_by = Some((account(who), noon(seconds)));
        let filter = ThreadFilter { unread_by, ..ThreadFilter::default() };
        let inbox = read(&stage, InboxQuery { reader: Some(account(who)), filter, ..query(seconds) }).await;
        let count = |id| inbox.marks.get(&id);
        let threads = inbox.threads.items.iter();
        threads.map(|thread| (thread.id, thread.unread(count(thread.id), noon(seconds)))).collect()
    };
    assert_eq!(unread("ana", 10).await, [(second, 2), (first, 2)]);
    mark(&stage, first, 2, 10).await;
    assert_eq!(unread("ana", 20).await, [(second, 2)]);
    assert_eq!(unread("bo", 20).await.len(), 2, "another has read nothing");
    stage.say(&message("m3", &chat("s-1"), 30), plain()).await;
    assert_eq!(unread("ana", 40).await, [(first, 2), (second, 2)]);
    mark(&stage, first, 4, 40).await;
    mark(&stage, first, 3, 50).await;
    assert_eq!(unread("ana", 60).await, [(first, 1), (second, 2)], "marked as unread");
    let month = SignedDuration::from_hours(31 * 24).as_secs();
    assert!(unread("ana", month).await.is_empty(), "what is old counts as read");

    // One on a page: the next page goes on after it.
    let unread_by = Some((account("ana"), noon(60)));
    let filter = ThreadFilter { unread_by, ..ThreadFilter::default() };
    let (mut cursor, mut found) = (None::<String>, Vec::new());
    for _ in 0..4 {
        let page = stage.store.conversations().list(&stage.tenant.id, filter, 1, cursor.as_deref()).await.unwrap();
        assert!(page.items.len() <= 1);
        found.extend(page.items.iter().map(|thread| thread.id));
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((found, cursor), (vec![first, second], None));

    // With a queue: what is hers, and unread.
    let step = Step::TakeOver { by: Some(account("ana")) };
    stage.store.conversations().handle(&stage.tenant.id, second, &step, &ana(70)).await.unwrap();
    let queue = Some((Queue::Mine(account("ana")), noon(80)));
    let page = stage.store.conversations().list(&stage.tenant.id, ThreadFilter { queue, ..filter }, 10, None).await;
    let ids: Vec<_> = page.unwrap().items.iter().map(|thread| thread.id).collect();
    assert_eq!(ids, [second]);
}

#[tokio::test]
async fn who_looks_at_a_conversation_is_seen_for_half_a_minute() {
    let stage = Stage::new().await;
    let id = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    let (tenant, store) = (&stage.tenant.id, stage.store.conversations());
    store.look_in(tenant, id, account("ana"), true, noon(10)).await.unwrap();
    store.look_in(tenant, id, account("bo"), false, noon(20)).await.unwrap();
    store.look_in(tenant, id, account("ana"), false, noon(25)).await.unwrap();
    let there = |present: Vec<Presence>| -> Vec<(AccountId, bool)> {
        present.into_iter().map(|presence| (presence.account, presence.writing)).collect()
    };
    let mut expected = vec![(account("ana"), false), (account("bo"), false)];
    expected.sort();
    assert_eq!(there(store.present(tenant, id, noon(30)).await.unwrap()), expected);
    let open = Some(OpenQuery { id, limit: 50, before: None });
    let seen = |seconds| read(&stage, InboxQuery { open, ..query(seconds) });
    assert_eq!(there(seen(52).await.open.unwrap().present), [(account("ana"), false)]);
    assert!(seen(60).await.open.unwrap().present.is_empty());
    assert_eq!(stage.entities("presence").await.len(), 2, "one a person, however often they look");
}

#[tokio::test]
async fn nothing_is_noted_or_shown_of_another_tenants_conversation() {
    let stage = Stage::new().await;
    let id = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    let (bolt, store) = (TenantId::new("bolt").unwrap(), stage.store.conversations());
    let before = stage.items().await.len();
    let mark = ReadMark { account: account("ana"), conversation: id, messages: 1, at: noon(10) };
    let open = Some(OpenQuery { id, limit: 50, before: None });
    for foreign in [
        store.mark_read(&bolt, &mark).await,
        store.look_in(&bolt, id, account("ana"), false, noon(10)).await,
        store.present(&bolt, id, noon(10)).await.map(drop),
        store.inbox(&bolt, &InboxQuery { open, ..query(10) }).await.map(drop),
        store
            .filled_in(
                &crate::stage::tenant("bolt"),
                id,
                "directions",
                Some("https://porchlight.example.com"),
                noon(10),
            )
            .await
            .map(drop),
    ] {
        assert_eq!(foreign, Err(Failure::not_found("conversation")));
    }
    assert_eq!(stage.items().await.len(), before);
}

/// The mails that tell staff of something, by address.
async fn told(stage: &Stage) -> Vec<String> {
    let messages = stage.entities("message").await;
    let notices = messages.iter().filter(|item| ["mentioned", "assigned"].contains(&text_of(item, "notice")));
    let to = |item: &Item| {
        let delivery = item["delivery"].as_m().unwrap()["to"].as_m().unwrap();
        delivery["value"].as_s().unwrap().clone()
    };
    let mut all: Vec<String> = notices.map(to).collect();
    all.sort();
    all
}

#[tokio::test]
async fn a_colleague_is_told_once_in_ten_minutes_and_no_one_of_what_they_do_themselves() {
    let stage = Stage::new().await;
    let Conversation { id, contact, .. } = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread;
    for name in ["ana", "bo"] {
        let member: Member = from_value(json!({
            "account": account(name), "tenant": stage.tenant.id, "name": name, "email": format!("{name}@example.com"),
            "role": "agent", "joined_at": noon(0),
        }))
        .unwrap();
        stage.store.documents().create(&stage.tenant.id, &member, &ana(1)).await.unwrap();
    }
    let store = stage.store.conversations();
    let note = store.add_note(&stage.tenant.id, id, "@Bo and @ana, please look", "one", &ana(10)).await.unwrap();
    assert_eq!(note.mentions.len(), 2);
    let tell = async |people: &[AccountId], kind, cause: &str, seconds| {
        let because = (cause, Some("https://app.example.com"));
        store.tell(&stage.tenant, id, (people, kind), because, &ana(seconds)).await.unwrap();
    };
    let rows = stage.entities("outbox").await.len();
    tell(&note.mentions, NoticeKind::Mentioned, "one", 10).await;
    tell(&note.mentions, NoticeKind::Mentioned, "one", 11).await;
    assert_eq!(told(&stage).await, ["bo@example.com"]);
    tell(&[account("bo")], NoticeKind::Assigned, "two", 600).await;
    assert_eq!(told(&stage).await.len(), 1, "they were told just now");
    tell(&[account("bo"), account("stranger")], NoticeKind::Assigned, "three", 611).await;
    assert_eq!(told(&stage).await, ["bo@example.com"; 2]);
    assert_eq!(stage.entities("outbox").await.len(), rows + 2);
    // A note on a contact mentions and tells by the same rules.
    let said = ("@Bo and @ana: look", &[account("bo")][..]);
    let note = stage.store.contacts().add_note(&stage.tenant.id, contact, said, "one", &ana(620)).await.unwrap();
    assert_eq!((note.mentions[0], note.mentions.len()), (account("bo"), 2), "each once");
    let of_contact = async |by: Trace, noted_at| {
        let to = store.to_tell_of_contact(&stage.tenant.id, contact, (&note.mentions, noted_at), &by).await.unwrap();
        to.into_iter().map(|member| member.name).collect::<Vec<_>>()
    };
    let test = Trace { correlation_id: KeyMode::Test.mark("c".to_owned()), ..ana(620) };
    assert_eq!(
        (of_contact(test, note.at).await.len(), of_contact(ana(620), note.at).await),
        (0, vec!["bo".to_owned()])
    );
    store.told_of_contact(&stage.tenant.id, contact, account("bo"), noon(620)).await.unwrap();
    assert_eq!(of_contact(ana(1_200), noon(1_200)).await.len(), 0, "they were told just now");
    assert_eq!(of_contact(ana(1_221), note.at).await.len(), 0, "the same note again");
    assert_eq!(of_contact(ana(1_221), noon(1_221)).await.len(), 1);
    // Who wants no such mails gets none, and all others as before.
    let choice = NoticeChoice { mentions: true, assignments: false };
    store.choose_notices(&stage.tenant.id, account("bo"), choice).await.unwrap();
    assert_eq!(store.notice_choice(&stage.tenant.id, account("bo")).await.unwrap(), choice);
    tell(&[account("bo")], NoticeKind::Assigned, "four", 1_300).await;
    assert_eq!(told(&stage).await.len(), 2, "they chose to hear nothing of it");
    tell(&[account("bo")], NoticeKind::Mentioned, "five", 1_301).await;
    assert_eq!(told(&stage).await.len(), 3);
}

#[tokio::test]
async fn no_one_gets_more_than_thirty_mails_at_once_about_what_is_theirs() {
    let stage = Stage::new().await;
    let member: Member = from_value(json!({
        "account": account("bo"), "tenant": stage.tenant.id, "name": "Bo", "email": "bo@example.com", "role": "agent",
        "joined_at": noon(0),
    }))
    .unwrap();
    stage.store.documents().create(&stage.tenant.id, &member, &ana(1)).await.unwrap();
    let assign = async |number: usize, seconds: i64| {
        let id = stage.say(&message(&format!("m{number}"), &chat(&format!("s-{number}")), 0), plain()).await.thread.id;
        let because = ("assign", None);
        let people: (&[AccountId], NoticeKind) = (&[account("bo")], NoticeKind::Assigned);
        stage.store.conversations().tell(&stage.tenant, id, people, because, &ana(seconds)).await.unwrap();
    };
    for number in 0..33 {
        assign(number, 10).await;
    }
    assert_eq!(told(&stage).await.len(), 30);
    assign(33, 10 + 2 * 60).await;
    assert_eq!(told(&stage).await.len(), 31, "one more after two minutes");
}

#[tokio::test]
async fn a_step_says_whose_the_thread_was() {
    let stage = Stage::new().await;
    let id = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
    let takes = async |seconds: i64| {
        let step = Step::TakeOver { by: Some(account("ana")) };
        stage.store.conversations().handle(&stage.tenant.id, id, &step, &ana(seconds)).await.unwrap().1
    };
    assert_eq!((takes(1).await, takes(2).await), (None, Some(account("ana"))));
}
