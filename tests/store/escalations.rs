//! Escalations that staff resolve: the escalation, its thread, the event and the record together, once.

use std::time::Duration;

use domain::conversations::{Action, Answer, ConversationStatus, EscalationStatus};
use domain::failure::Rejection;
use domain::{ConversationId, EscalationId, Failure, TenantId};
use futures::future::join_all;

use crate::stage::{Stage, message, phone, plain, text_of, trace};

/// A person is wanted, `seconds` after noon.
async fn call(stage: &Stage, id: &str, seconds: i64) -> (ConversationId, EscalationId) {
    let answer = Answer { action: Action::Escalate, ..plain() };
    let outcome = stage.say(&message(id, &phone(1), seconds), answer).await;
    (outcome.thread.id, outcome.escalation.unwrap().id)
}

async fn state(stage: &Stage, conversation: ConversationId) -> (ConversationStatus, Option<EscalationId>) {
    let thread = stage.store.conversations().replay(&stage.tenant.id, conversation).await.unwrap().conversation;
    (thread.status, thread.escalation)
}

/// How often an event is in the outbox.
async fn announced(stage: &Stage, event: &str) -> usize {
    let rows = stage.entities("outbox").await;
    rows.iter().filter(|row| text_of(row, "events").contains(&format!("\"{event}\""))).count()
}

#[tokio::test]
async fn a_resolved_escalation_lets_its_thread_go_on_and_escalate_again() {
    let stage = Stage::new().await;
    let (store, tenant) = (&stage.store, &stage.tenant.id);
    let (thread, first) = call(&stage, "m1", 0).await;
    assert_eq!(state(&stage, thread).await, (ConversationStatus::Escalated, Some(first)));
    let resolved = store.escalations().resolve(tenant, thread, first, "Called back", &trace()).await.unwrap();
    assert_eq!(resolved.status, EscalationStatus::Resolved);
    assert_eq!(resolved.resolution.as_ref().unwrap().note, "Called back");
    assert_eq!(state(&stage, thread).await, (ConversationStatus::Active, None));
    assert!(store.escalations().list(tenant, Some("pending"), 10, None).await.unwrap().items.is_empty());
    assert_eq!(store.escalations().list(tenant, Some("resolved"), 10, None).await.unwrap().items, [resolved]);
    let (again, second) = call(&stage, "m2", 60).await;
    assert_eq!(again, thread);
    assert_ne!(second, first);
    assert_eq!(state(&stage, thread).await, (ConversationStatus::Escalated, Some(second)));
}

#[tokio::test]
async fn resolved_by_many_at_once_it_is_resolved_once_as_the_first_said() {
    let stage = Stage::new().await;
    let (thread, id) = call(&stage, "m1", 0).await;
    let resolve = |note: String| {
        let (store, tenant) = (stage.cold(), stage.tenant.id.clone());
        async move { store.escalations().resolve(&tenant, thread, id, &note, &trace()).await.unwrap() }
    };
    // They start one after another, so that one reads the escalation before and its thread after another's write.
    let staggered = (0..12_u64).map(|index| async move {
        tokio::time::sleep(Duration::from_millis(index * 2)).await;
        resolve(format!("note {index}")).await
    });
    let all = join_all(staggered).await;
    assert!(all.iter().all(|one| *one == all[0]), "{all:#?}");
    assert_eq!(resolve("late".to_owned()).await, all[0]);
    assert_eq!(announced(&stage, "escalation.resolved").await, 1);
    let lines = stage.store.audit().list(&stage.tenant.id, 100, None).await.unwrap().items;
    assert_eq!(lines.iter().filter(|line| line.subject == format!("escalation/{id}")).count(), 1);
}

#[tokio::test]
async fn another_tenants_escalation_does_not_exist() {
    let stage = Stage::new().await;
    let (thread, id) = call(&stage, "m1", 0).await;
    let other = TenantId::new("bolt").unwrap();
    let refused = stage.store.escalations().resolve(&other, thread, id, "", &trace()).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::NotFound, .. }), "{refused:?}");
    assert_eq!(state(&stage, thread).await, (ConversationStatus::Escalated, Some(id)));
}

#[tokio::test]
async fn a_resolved_escalation_leaves_nothing_that_waits_for_staff() {
    let stage = Stage::new().await;
    let (thread, id) = call(&stage, "m1", 0).await;
    let sla = |stage: &Stage| {
        let (store, tenant) = (stage.cold(), stage.tenant.id.clone());
        async move { store.conversations().replay(&tenant, thread).await.unwrap().conversation.sla }
    };
    let before = sla(&stage).await;
    assert!(before.staff.is_some() && before.resolution.is_some());
    stage.store.escalations().resolve(&stage.tenant.id, thread, id, "Called back", &trace()).await.unwrap();
    let after = sla(&stage).await;
    assert_eq!((after.staff, after.resolution, after.next_due()), (None, None, None));
}
