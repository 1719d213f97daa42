//! What is kept of a conversation for whoever answers later: once for so many messages, with its contact, and gone with it.

use ai::Assistant;
use ai_summarize_conversation::Summarizer;
use domain::events::Event;
use domain::{ConversationId, Failure};
use jiff::Timestamp;

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
    let conversation = said(&stage, 1, 0..9).await;
    assert!(asked(&stage, conversation).await.is_empty(), "18 messages are no long conversation");
    said(&stage, 1, 9..10).await;
    let first = asked(&stage, conversation).await;
    assert_eq!(first.len(), 1, "at 20 messages");
    for _ in 0..2 {
        summarizer(&stage).handle(&first[0], later()).await.unwrap();
        let [kept] = &summaries(&stage).await[..] else { panic!("one is kept") };
        assert_eq!((kept["messages"].as_n().unwrap().as_str(), kept["version"].as_n().unwrap().as_str()), ("20", "1"));
        assert!(text_of(kept, "pk").starts_with("T#acme#"), "it lies with its conversation: {}", text_of(kept, "pk"));
    }
    said(&stage, 1, 10..15).await;
    let second = asked(&stage, conversation).await;
    assert_eq!(second.len(), 2, "at 30 messages");
    // The later one first: what comes after it has nothing to do.
    summarizer(&stage).handle(&second[1], later()).await.unwrap();
    summarizer(&stage).handle(&second[0], later()).await.unwrap();
    let [kept] = &summaries(&stage).await[..] else { panic!("one is kept") };
    assert_eq!((kept["messages"].as_n().unwrap().as_str(), kept["version"].as_n().unwrap().as_str()), ("30", "2"));
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
