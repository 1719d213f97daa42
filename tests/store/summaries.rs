//! What is kept of a conversation for whoever answers later: once for so many messages, with its contact, and gone with it.

use ai::Assistant;
use ai_summarize_conversation::Summarizer;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::conversations::Summary;
use domain::conversations::summary::Dialogue;
use domain::events::Event;
use domain::messaging::Amendment;
use domain::tenancy::{Retention, Tenant};
use domain::{ConversationId, Failure};
use jiff::Timestamp;
use store::Unsummarized;

use crate::stage::{Item, Stage, message, noon, phone, plain, text_of};

/// Long after everything here.
fn later() -> Timestamp {
    noon(86_400)
}

fn summarizer(stage: &Stage) -> Summarizer {
    Summarizer { store: stage.cold(), assistant: Assistant::builtin() }
}

/// One customer writes so often, and is answered each time.
async fn said(stage: &Stage, from: u32, times: std::ops::Range<u32>) -> ConversationId {
    let mut conversation = None;
    for time in times {
        let inbound = message(&format!("m-{from}-{time}"), &phone(from), i64::from(time) * 60);
        conversation = Some(stage.say(&inbound, plain()).await.thread.id);
    }
    conversation.unwrap()
}

/// What asks for a summary of a conversation, in order.
async fn asked(stage: &Stage, conversation: ConversationId) -> Vec<Event> {
    let rows = stage.overdue_rows(later(), 50).await;
    let due = rows.iter().flat_map(|row| &row.events).filter(|event| event.name() == "conversation.summary_due");
    let events = due.map(|event| serde_json::from_value::<Event>(event.json().clone()).unwrap());
    let mut events: Vec<Event> =
        events.filter(|event| format!("{:?}", event.kind).contains(&conversation.to_string())).collect();
    events.sort_by_key(|event| event.at);
    events
}

async fn summaries(stage: &Stage) -> Vec<Item> {
    stage.entities("summary").await
}

#[tokio::test]
async fn a_long_conversation_is_summed_up_once_for_so_many_messages() {
    let stage = Stage::new().await;
    let conversation = said(&stage, 1, 0..5).await;
    assert!(asked(&stage, conversation).await.is_empty(), "all ten messages are seen anyway");
    said(&stage, 1, 5..6).await;
    let first = asked(&stage, conversation).await;
    assert_eq!(first.len(), 1, "at 12 messages");
    for _ in 0..2 {
        summarizer(&stage).handle(&first[0], later()).await.unwrap();
        let [kept] = &summaries(&stage).await[..] else { panic!("one is kept") };
        assert_eq!((kept["messages"].as_n().unwrap().as_str(), kept["version"].as_n().unwrap().as_str()), ("12", "1"));
        assert!(text_of(kept, "pk").starts_with("T#acme#"), "it lies with its conversation: {}", text_of(kept, "pk"));
    }
    said(&stage, 1, 6..11).await;
    let second = asked(&stage, conversation).await;
    assert_eq!(second.len(), 2, "at 22 messages");
    // The later one first: what comes after it has nothing to do.
    summarizer(&stage).handle(&second[1], later()).await.unwrap();
    summarizer(&stage).handle(&second[0], later()).await.unwrap();
    let [kept] = &summaries(&stage).await[..] else { panic!("one is kept") };
    assert_eq!((kept["messages"].as_n().unwrap().as_str(), kept["version"].as_n().unwrap().as_str()), ("22", "2"));
}

/// The summary of a conversation, as it is told.
async fn told(stage: &Stage, conversation: ConversationId) -> Option<Summary> {
    stage.store.conversations().page(&stage.tenant.id, conversation, 10, None).await.unwrap().summary
}

fn says(summary: &Summary, text: &str) -> bool {
    summary.points.iter().any(|point| point.text == text)
}

/// What a summarizer reads, and the summary that it makes of it.
async fn begun(stage: &Stage, conversation: ConversationId) -> (Unsummarized, Summary) {
    let conversations = stage.store.conversations();
    let read = conversations.unsummarized(&stage.tenant.id, conversation, u32::MAX).await.unwrap().unwrap();
    let dialogue = Dialogue::new(&stage.tenant, &read.thread, &read.messages);
    let summary = Summary::built_in(&dialogue, read.before.as_ref(), later());
    (read, summary)
}

#[tokio::test]
async fn what_is_taken_back_is_in_no_summary_and_another_is_made() {
    let stage = Stage::new().await;
    let (acme, conversations) = (&stage.tenant.id, stage.store.conversations());
    let conversation = said(&stage, 4, 0..6).await;
    let take_back = async |id: &str, seconds: i64| {
        let inbound = message(id, &phone(4), 0);
        let amendment = Amendment::Deleted { at: noon(seconds) };
        conversations.amend(acme, inbound.message_id(), &amendment, noon(seconds)).await.unwrap()
    };
    // While the first summary is made.
    let (read, summary) = begun(&stage, conversation).await;
    assert!(says(&summary, "This is m-4-0"), "{summary:?}");
    assert!(take_back("m-4-0", 1_000).await);
    let kept = conversations.keep_summary(acme, &read, &summary, (&[], &[]), later()).await;
    assert!(matches!(kept, Err(Failure::Retryable(_))), "{kept:?}");
    assert_eq!(told(&stage, conversation).await, None);
    let first = asked(&stage, conversation).await;
    assert_eq!(first.len(), 1, "its record comes again by itself");
    summarizer(&stage).handle(&first[0], later()).await.unwrap();
    let summary = told(&stage, conversation).await.unwrap();
    assert!(!says(&summary, "This is m-4-0") && says(&summary, "This is m-4-1"), "{summary:?}");

    // When there is one, and no message comes any more.
    let (late, summary) = begun(&stage, conversation).await;
    assert!(take_back("m-4-1", 2_000).await);
    assert_eq!(told(&stage, conversation).await, None);
    assert_eq!(conversations.summaries(acme, &[conversation]).await.unwrap(), []);
    let second = asked(&stage, conversation).await;
    assert_eq!(second.len(), 2, "another is asked for");
    summarizer(&stage).handle(&second[1], later()).await.unwrap();
    let again = told(&stage, conversation).await.unwrap();
    assert!(!says(&again, "This is m-4-1") && says(&again, "This is m-4-2"), "{again:?}");
    // One that was begun before all that does not come in its place.
    let kept = conversations.keep_summary(acme, &late, &summary, (&[], &[]), later()).await;
    assert!(matches!(kept, Err(Failure::Retryable(_))), "{kept:?}");
    assert_eq!(told(&stage, conversation).await, Some(again));
}

#[tokio::test]
async fn of_a_very_long_conversation_the_latest_are_read() {
    let stage = Stage::new().await;
    let conversation = said(&stage, 6, 0..105).await;
    let (read, summary) = begun(&stage, conversation).await;
    assert_eq!((read.messages.len(), summary.messages), (200, 210));
    assert!(read.messages.is_sorted_by_key(|message| message.reference.at), "oldest first");
    let dialogue = Dialogue::new(&stage.tenant, &read.thread, &read.messages);
    assert_eq!((dialogue.left_out(), dialogue.said()[0].number), (10, 11));
}

#[tokio::test]
async fn a_summary_that_is_kept_while_its_conversation_is_forgotten_goes_with_it() {
    let stage = Stage::new().await;
    let (acme, retention) = (&stage.tenant.id, Retention { messages_days: Some(30), ..stage.tenant.retention });
    let keeping = Tenant { retention, ..stage.tenant.clone() };
    for from in 7..12 {
        // So many messages that it takes many calls, of which the first ones take the marks of the messages.
        let conversation = said(&stage, from, 0..45).await;
        let (read, summary) = begun(&stage, conversation).await;
        let mark = format!("T#acme#SEEN#{}", message(&format!("m-{from}-0"), &phone(from), 0).message_id());
        let has_mark = async || {
            let item = stage.dynamo.get_item().table_name(&stage.table).consistent_read(true);
            let item = item.key("pk", AttributeValue::S(mark.clone())).key("sk", AttributeValue::S("SEEN".to_owned()));
            item.send().await.unwrap().item.is_some()
        };
        assert!(has_mark().await);
        let keep = async {
            while has_mark().await {}
            stage.store.conversations().keep_summary(acme, &read, &summary, (&[], &[]), later()).await
        };
        let forget = async {
            let mut piece = None;
            loop {
                piece = stage.store.rights().forget_old(&keeping, piece.as_deref(), noon(86_400 * 40)).await.unwrap();
                if piece.is_none() {
                    return;
                }
            }
        };
        let (kept, ()) = tokio::join!(keep, forget);
        assert_eq!(summaries(&stage).await.len(), 0, "its conversation is gone");
        if kept.is_ok() {
            return;
        }
    }
    panic!("no summary came in time");
}

#[tokio::test]
async fn nothing_is_kept_of_who_was_erased() {
    let stage = Stage::new().await;
    let conversation = said(&stage, 2, 0..10).await;
    let other = said(&stage, 3, 0..10).await;
    let (event, others) = (asked(&stage, conversation).await.remove(0), asked(&stage, other).await.remove(0));
    for event in [&event, &others] {
        summarizer(&stage).handle(event, later()).await.unwrap();
    }
    assert_eq!(summaries(&stage).await.len(), 2);
    let contact = stage.store.conversations().thread(&stage.tenant.id, conversation).await.unwrap().contact;
    erase(&stage, contact).await.unwrap();
    let left = summaries(&stage).await;
    assert_eq!(left.len(), 1, "the other one's stays");
    assert_eq!(text_of(&left[0], "conversation"), other.to_string());
    // Its record comes once more.
    summarizer(&stage).handle(&event, later()).await.unwrap();
    assert_eq!(summaries(&stage).await.len(), 1);
}

async fn erase(stage: &Stage, contact: domain::ContactId) -> Result<(), Failure> {
    let rights = stage.store.rights();
    let Some(mut plan) = rights.contact_plan(&stage.tenant.id, contact).await? else { return Ok(()) };
    let mut place = Some(store::Place::default());
    while let Some(here) = place {
        place = rights.erase_contact_page(&stage.tenant.id, &mut plan, &here).await?.1;
    }
    Ok(())
}
