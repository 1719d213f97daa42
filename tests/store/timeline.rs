//! A contact's timeline: every channel, those merged into them too, and what comes next.

use domain::conversations::Role;
use domain::failure::Rejection;
use domain::journeys::JourneyUpdate;
use domain::leads::Stage as Where;
use domain::messaging::{Channel, DeliveryState, Kind, Verdict};
use domain::{ContactId, Failure};
use store::{Commit, TimelineEntry};

use crate::deliveries::claimed;
use crate::journeys::{MORNING, customer, journey_of, run, save, touched, visit};
use crate::stage::{Stage, email, given, message, noon, phone, plain};
use crate::tasks::task;

#[tokio::test]
async fn everything_is_there_newest_first_with_what_comes_and_what_waits() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let (person, message) = touched(&stage, "ana").await;
    let contact = person.contact.id;
    let mut journey_update = JourneyUpdate::of(journey_of(&person));
    journey_update.journey.stage = Where::QuoteSent;
    journey_update.journey.add_log_entry(noon(MORNING + 10), "The quote went out");
    journey_update.journey.runs = vec![run(tenant, "later", noon(90_000)), run(tenant, "sooner", noon(80_000))];
    journey_update.tasks = vec![task(tenant, "ana", contact, noon(MORNING + 20))];
    assert_eq!(save(&stage, &journey_update, "more", noon(MORNING)).await, Commit::Stored);

    let timeline = stage.store.conversations().timeline(tenant, contact, 50).await.unwrap();
    assert_eq!((timeline.contact, timeline.stage), (contact, Where::QuoteSent));
    assert!(timeline.touches.is_sorted_by_key(|entry| std::cmp::Reverse(entry.at())));
    let is_status = |entry: &&TimelineEntry| matches!(entry, TimelineEntry::StatusChanged { .. });
    assert_eq!(timeline.touches.iter().filter(is_status).count(), person.lead.history.len());
    let told: Vec<String> = timeline.touches.iter().filter(|entry| !is_status(entry)).map(tell).collect();
    assert_eq!(told, ["task", "The quote went out", "Assistant FollowUp", "Assistant Reply", "Customer"]);
    let due: Vec<_> = timeline.upcoming.iter().map(|next| next.due).collect();
    assert_eq!(due, [noon(80_000), noon(90_000)]);
    assert_eq!(timeline.blocked.iter().map(|waiting| waiting.message).collect::<Vec<_>>(), [message.reference]);

    claimed(&stage, &message, noon(MORNING)).await;
    let after = stage.store.conversations().timeline(tenant, contact, 3).await.unwrap();
    assert_eq!((after.touches.len(), after.blocked.len()), (3, 0));
    let TimelineEntry::Message { state, verdict, why, kind, channel, .. } = &after.touches[2] else { panic!() };
    assert_eq!((*state, *kind, *channel), (Some(DeliveryState::Sending), Some(Kind::FollowUp), Channel::Email));
    assert_eq!(verdict.as_ref().map(Verdict::why), why.as_deref());
    assert!(why.is_some());
}

fn tell(entry: &TimelineEntry) -> String {
    match entry {
        TimelineEntry::Task { .. } => "task".to_owned(),
        TimelineEntry::Journey(entry) => entry.what.clone(),
        TimelineEntry::StatusChanged { change, .. } => change.status.as_str().to_owned(),
        TimelineEntry::Escalation { escalation, .. } => format!("{:?}", escalation.status),
        TimelineEntry::Message { role: Role::Customer, kind: None, .. } => "Customer".to_owned(),
        TimelineEntry::Message { role, kind, .. } => format!("{role:?} {:?}", kind.unwrap()),
    }
}

#[tokio::test]
async fn what_happened_before_a_merge_and_in_threads_that_are_over_is_there_too() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let ana = customer(&stage, "ana").await.contact.id;
    let young = stage.say(&message("m2", &phone(1), 60), plain()).await.lead.contact;
    let person = visit(&stage, young).await;
    let tasks = vec![task(tenant, "young", young, noon(70))];
    assert_eq!(
        save(&stage, &JourneyUpdate { tasks, ..JourneyUpdate::of(journey_of(&person)) }, "t", noon(70)).await,
        Commit::Stored
    );
    // A day later on threads of their own, and then one person.
    stage.say(&message("m3", &phone(1), 25 * 3_600), plain()).await;
    stage.say(&message("m4", &phone(1), 25 * 3_600 + 60), given(&[email("ana")])).await;
    for contact in [ana, young] {
        let timeline = stage.store.conversations().timeline(tenant, contact, 100).await.unwrap();
        assert_eq!(timeline.contact, ana);
        let told: Vec<String> = timeline.touches.iter().map(tell).collect();
        assert_eq!(told.iter().filter(|entry| *entry == "Customer").count(), 4, "{told:?}");
        assert_eq!(
            told.iter().filter(|entry| *entry == "task").count(),
            2,
            "theirs, and that the two may be one: {told:?}"
        );
    }
}

#[tokio::test]
async fn no_one_has_no_timeline() {
    let stage = Stage::new().await;
    let nobody = ContactId::derive(&stage.tenant.id, &["nobody"]);
    let refused = stage.store.conversations().timeline(&stage.tenant.id, nobody, 10).await.unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::NotFound, .. }), "{refused:?}");
}
