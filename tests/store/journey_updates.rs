//! Journey updates: all that follows from an event or a step, stored once and whole.

use domain::conversations::{Conversation, ConversationStatus};
use domain::events::{EventKind, RawEvent};
use domain::journeys::{Draft, JourneyUpdate};
use domain::leads::Stage as Where;
use domain::prompts::{PromptCount, PromptCounts, PromptTask, PromptUse, PromptVersion};
use domain::tenancy::usage::{Feature, Month, Spent};
use domain::{ConversationId, TenantId};
use store::Commit;

use crate::journeys::{MORNING, customer, draft, queueing, save, visit};
use crate::stage::{Item, Stage, email, message, noon, plain, spent, text_of};
use crate::tasks::task;

/// A journey update with everything in it.
async fn whole(stage: &Stage, name: &str) -> JourneyUpdate {
    let tenant = &stage.tenant.id;
    let person = customer(stage, name).await;
    let drafts = vec![draft(tenant, &person, 0, noon(MORNING)), draft(tenant, &person, 1, noon(MORNING))];
    let mut journey_update = queueing(&person, drafts, noon(MORNING));
    journey_update.tasks = vec![task(tenant, name, person.contact.id, noon(MORNING))];
    let contact = person.contact.id;
    let queued = |draft: &Draft| EventKind::MessageQueued {
        message: draft.message.reference,
        channel: draft.message.channel,
        contact,
    };
    let moved = EventKind::JourneyStageChanged { contact, stage: Where::QuoteSent, was: Where::NewLead };
    journey_update.events = std::iter::once(moved).chain(journey_update.messages.iter().map(queued)).collect();
    journey_update
}

/// Items as they lie there, in an order.
async fn all(stage: &Stage) -> Vec<String> {
    let told = |item: &Item| format!("{} {} {:?}", text_of(item, "pk"), text_of(item, "sk"), item.get("version"));
    let mut items: Vec<String> = stage.items().await.iter().map(told).collect();
    items.sort_unstable();
    items
}

#[tokio::test]
async fn a_journey_update_that_is_stored_twice_is_stored_once() {
    let stage = Stage::new().await;
    let journey_update = whole(&stage, "ana").await;
    assert_eq!(save(&stage, &journey_update, "touch|1", noon(MORNING)).await, Commit::Stored);
    let after = all(&stage).await;
    assert_ne!(save(&stage, &journey_update, "touch|1", noon(MORNING + 1)).await, Commit::Stored);
    assert_eq!(all(&stage).await, after);
    // Decided again on the journey as it is now, it is known by its messages.
    let mut again = journey_update.clone();
    again.journey.version = 1;
    for draft in &mut again.messages {
        draft.thread.version += 1;
    }
    assert_eq!(save(&stage, &again, "touch|1", noon(MORNING + 2)).await, Commit::Duplicate);
    assert_eq!(all(&stage).await, after);
}

#[tokio::test]
async fn a_journey_update_brings_its_messages_its_thread_its_task_and_all_events_in_one_row() {
    let stage = Stage::new().await;
    let journey_update = whole(&stage, "ana").await;
    let before = stage.entities("outbox").await.len();
    assert_eq!(save(&stage, &journey_update, "touch|1", noon(MORNING)).await, Commit::Stored);
    let person = visit(&stage, journey_update.journey.contact).await;
    assert_eq!(person.threads, [Conversation { version: 2, ..journey_update.messages[1].thread.clone() }]);
    assert_eq!(person.journey.unwrap().waiting.len(), 2);
    for draft in &journey_update.messages {
        let stored = stage.store.deliveries().outgoing(&stage.tenant.id, &draft.message.reference).await.unwrap();
        assert_eq!(stored.as_ref(), Some(&draft.message));
    }
    assert_eq!(stage.store.tasks().list(&stage.tenant.id, true, 10, None).await.unwrap().items, journey_update.tasks);
    assert_eq!(stage.entities("outbox").await.len(), before + 1);
    let rows = stage.overdue_rows(noon(MORNING + 1), 100).await;
    let row = rows.iter().find(|row| row.events.len() == 3).expect("all of them in one row");
    let names: Vec<&str> = row.events.iter().map(RawEvent::name).collect();
    assert_eq!(names, ["journey.stage_changed", "message.queued", "message.queued"]);
}

#[tokio::test]
async fn what_a_model_took_for_the_texts_is_counted_with_them_and_once() {
    let stage = Stage::new().await;
    let spent = vec![Spent { feature: Feature::Outreach, ..spent("claude-sonnet-5-5") }];
    let used = PromptUse { version: PromptVersion::new(1, 0, 0), test: 3 };
    let counts = PromptCounts { calls: 1, latency_ms: 700, ..PromptCounts::default() };
    let prompt_counts = vec![PromptCount { task: PromptTask::Write, used: used.clone(), counts }];
    let journey_update = JourneyUpdate { spent, prompt_counts, ..whole(&stage, "ana").await };
    assert_eq!(save(&stage, &journey_update, "touch|1", noon(MORNING)).await, Commit::Stored);
    assert_ne!(save(&stage, &journey_update, "touch|1", noon(MORNING + 1)).await, Commit::Stored);
    let usage =
        stage.store.usage().of_month(&stage.tenant.id, Month::of(noon(MORNING)).to_string().as_str()).await.unwrap();
    let counted = usage.days.iter().find(|line| line.feature == Feature::Outreach).expect("it is counted");
    assert_eq!((counted.calls, counted.input_tokens, counted.output_tokens), (1, 11, 7));
    let of_version = stage.store.prompts().counted(PromptTask::Write, &used, None).await.unwrap();
    assert_eq!((of_version.calls, of_version.latency_ms), (1, 700));
}

#[tokio::test]
async fn who_wrote_meanwhile_is_read_again_and_nothing_is_stored() {
    let stage = Stage::new().await;
    let journey_update = whole(&stage, "ana").await;
    stage.say(&message("m2", &email("ana"), 60), plain()).await;
    let before = all(&stage).await;
    assert_eq!(save(&stage, &journey_update, "touch|1", noon(MORNING)).await, Commit::Conflict);
    assert_eq!(all(&stage).await, before);
}

#[tokio::test]
async fn a_journey_update_without_a_change_stores_nothing() {
    let stage = Stage::new().await;
    let journey_update = JourneyUpdate { changed: false, ..whole(&stage, "ana").await };
    let before = all(&stage).await;
    assert_eq!(save(&stage, &journey_update, "touch|1", noon(MORNING)).await, Commit::Stored);
    assert_eq!(all(&stage).await, before);
}

/// A thread that is over becomes history, as in a turn, and both are found by their ids.
#[tokio::test]
async fn a_new_thread_takes_the_place_of_one_that_is_over() {
    let stage = Stage::new().await;
    let tenant: &TenantId = &stage.tenant.id;
    let person = customer(&stage, "ana").await;
    let past = person.threads[0].clone();
    let made = draft(tenant, &person, 0, noon(MORNING));
    let id = ConversationId::derive(tenant, &["opened for a touch point"]);
    let mut message = made.message;
    message.reference.conversation = id;
    let thread = Conversation { id, message_count: 1, started_at: noon(MORNING), ..made.thread };
    let ended = Conversation { status: ConversationStatus::Ended, ..past.clone() };
    let opened = Draft { message, thread, opened: true, past: Some(ended), prompt: None };
    let journey_update = queueing(&person, vec![opened], noon(MORNING));
    assert_eq!(save(&stage, &journey_update, "touch|1", noon(MORNING)).await, Commit::Stored);
    let new = stage.store.conversations().replay(tenant, id).await.unwrap();
    assert_eq!((new.conversation.status, new.messages.len()), (ConversationStatus::Active, 1));
    let old = stage.store.conversations().replay(tenant, past.id).await.unwrap();
    assert_eq!((old.conversation.status, old.messages.len()), (ConversationStatus::Ended, 2));
    assert_eq!(visit(&stage, person.contact.id).await.threads.len(), 1);
}
