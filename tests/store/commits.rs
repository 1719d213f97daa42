//! One transaction a turn: all of it or nothing, once, and no one overwrites what they have not read.

use domain::conversations::Role;
use domain::turns::Outcome;
use store::Commit;

use domain::messaging::Inbound;

use crate::stage::{Stage, chat, email, message, noon, phone, plain, text_of, trace};

#[tokio::test]
async fn a_turn_is_stored_whole() {
    let stage = Stage::new().await;
    let mut inbound = message("m1", &phone(1), 0);
    inbound.also = vec![email("ana")];
    let outcome = stage.say(&inbound, plain()).await;
    let count = async |entity| stage.entities(entity).await.len();
    assert_eq!((count("seen").await, count("contact").await, count("lead").await), (1, 1, 1));
    assert_eq!((count("identity").await, count("thread").await, count("message").await), (2, 1, 2));
    assert_eq!((count("pointer").await, count("outbox").await, count("usage").await), (2, 1, 1));
    assert_eq!(count("standing").await, 1);
    let replay = stage.store.conversations().replay(&stage.tenant.id, outcome.thread.id).await.unwrap();
    assert_eq!(replay.messages, outcome.messages);
    assert_eq!((replay.conversation.id, replay.conversation.version), (outcome.thread.id, 1));
    let lead = stage.store.leads().get(&stage.tenant.id, outcome.lead.id).await.unwrap();
    assert_eq!((lead.version, lead.name), (1, outcome.lead.name));
}

#[tokio::test]
async fn a_repeat_is_a_duplicate_and_writes_nothing() {
    let stage = Stage::new().await;
    let inbound = message("m1", &phone(1), 0);
    let outcome = stage.decide(&inbound, plain()).await.unwrap();
    assert_eq!(stage.commit(&outcome).await, Commit::Stored);
    let before = stage.items().await.len();
    assert_eq!(stage.commit(&outcome).await, Commit::Duplicate);
    assert_eq!(stage.items().await.len(), before);
    assert!(stage.store.people().load_turn(&inbound).await.unwrap().duplicate);
}

#[tokio::test]
async fn of_two_turns_that_race_on_a_contact_one_wins_and_the_other_is_decided_again() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &phone(1), 0), plain()).await;
    let racers = [message("m2", &phone(1), 60), message("m3", &phone(1), 61)];
    let decided: [Outcome; 2] =
        [stage.decide(&racers[0], plain()).await.unwrap(), stage.decide(&racers[1], plain()).await.unwrap()];
    let (first, second) = tokio::join!(stage.commit(&decided[0]), stage.commit(&decided[1]));
    let winners = [first, second].iter().filter(|commit| **commit == Commit::Stored).count();
    assert_eq!(winners, 1, "{first:?} {second:?}");
    let loser = usize::from(first == Commit::Stored);
    assert_eq!([first, second][loser], Commit::Conflict);

    let outcome = stage.say(&racers[loser], plain()).await;
    let replay = stage.store.conversations().replay(&stage.tenant.id, outcome.thread.id).await.unwrap();
    let said = replay.messages.iter().filter(|message| message.role == Role::Customer);
    let mut said: Vec<&str> = said.map(|message| message.vendor_id.as_deref().unwrap()).collect();
    said.sort_unstable();
    assert_eq!(said, ["m1", "m2", "m3"]);
    assert_eq!(replay.messages.len(), 6, "and each was answered once");
    assert_eq!(replay.conversation.message_count, 6);
}

#[tokio::test]
async fn a_newcomer_who_says_stop_while_they_are_answered_is_not_answered() {
    let stage = Stage::new().await;
    let inbound = message("m1", &phone(1), 0);
    let decided = stage.decide(&inbound, plain()).await.unwrap();
    let set = async |suppressed, seconds| {
        stage.store.suppressions().set(&stage.tenant.id, &phone(1), suppressed, noon(seconds)).await.unwrap();
    };
    set(true, 1).await;
    assert_eq!(stage.commit(&decided).await, Commit::Conflict);
    assert_eq!(stage.entities("message").await.len(), 0);
    // Decided again, it is known.
    assert_eq!(stage.store.people().load_turn(&inbound).await.unwrap().refused_at, Some(noon(1)));
    set(false, 2).await;
    assert_eq!(stage.commit(&decided).await, Commit::Stored);
}

#[tokio::test]
async fn many_turns_at_once_are_all_stored() {
    let stage = Stage::new().await;
    let inbound: Vec<_> = (0..6).map(|index| message(&format!("m{index}"), &phone(1), index)).collect();
    let said = inbound.iter().map(|inbound| stage.say(inbound, plain()));
    futures::future::join_all(said).await;
    assert_eq!(stage.entities("contact").await.len(), 1);
    assert_eq!(stage.entities("thread").await.len(), 1);
    assert_eq!(stage.entities("message").await.len(), 12);
    assert_eq!(stage.entities("outbox").await.len(), 6);
}

#[tokio::test]
async fn two_newcomers_with_one_address_end_in_one_contact() {
    let stage = Stage::new().await;
    // No one is known yet: both decide to be new, and both give the same e-mail address.
    let giving = |id: &str, session: &str, at| Inbound { also: vec![email("ana")], ..message(id, &chat(session), at) };
    let racers = [giving("m1", "s-1", 0), giving("m2", "s-2", 1)];
    let answer = plain();
    let first = stage.decide(&racers[0], answer.clone()).await.unwrap();
    let second = stage.decide(&racers[1], answer.clone()).await.unwrap();
    assert_ne!(first.lead.contact, second.lead.contact);
    assert_eq!((stage.commit(&first).await, stage.commit(&second).await), (Commit::Stored, Commit::Conflict));

    let again = stage.say(&racers[1], answer).await;
    assert_eq!((again.lead.contact, again.lead.id), (first.lead.contact, first.lead.id));
    assert_eq!(stage.entities("contact").await.len(), 1);
    let owners: Vec<String> =
        stage.entities("identity").await.iter().map(|item| text_of(item, "contact").to_owned()).collect();
    assert_eq!(owners, vec![first.lead.contact.to_string(); 3]);
}

#[tokio::test]
async fn a_status_that_staff_set_meanwhile_is_not_overwritten() {
    let stage = Stage::new().await;
    let first = stage.say(&message("m1", &phone(1), 0), plain()).await;
    let inbound = message("m2", &phone(1), 60);
    let decided = stage.decide(&inbound, plain()).await.unwrap();
    let closed = domain::leads::LeadStatus::ClosedWon;
    stage.staff_set(&stage.tenant.id, first.lead.id, closed, 61).await.unwrap();
    assert_eq!(stage.commit(&decided).await, Commit::Conflict);
    let again = stage.say(&inbound, plain()).await;
    assert!(again.opened_lead && again.lead.id != first.lead.id);
    // The closed one is history, and still found.
    assert_eq!(stage.store.leads().get(&stage.tenant.id, first.lead.id).await.unwrap().status, closed);
}

#[tokio::test]
async fn a_status_is_announced_once_and_a_lost_race_is_refused() {
    use domain::failure::Rejection;
    use domain::leads::LeadStatus;
    let stage = Stage::new().await;
    let lead = stage.say(&message("m1", &phone(1), 0), plain()).await.lead;
    let tenant = &stage.tenant.id;
    let read = stage.store.leads().get(tenant, lead.id).await.unwrap().version;
    let (trace, kind) = (trace(), |failure: &domain::Failure| match failure {
        domain::Failure::Rejected { kind, .. } => Some(*kind),
        _ => None,
    });
    let set =
        async |to: LeadStatus, read| stage.store.leads().change(&stage.tenant, lead.id, &to.into(), read, &trace).await;
    let (one, other) = tokio::join!(set(LeadStatus::HandedOff, read), set(LeadStatus::Nurturing, read));
    let lost = [&one, &other].into_iter().filter_map(|result| result.as_ref().err()).collect::<Vec<_>>();
    assert_eq!(lost.len(), 1, "both were made from the same version");
    assert!(lost[0].is_retryable() || kind(lost[0]) == Some(Rejection::PreconditionFailed), "{lost:?}");
    let rows = stage.entities("outbox").await.len();
    let now = stage.store.leads().get(tenant, lead.id).await.unwrap();
    assert_eq!(set(now.status, read).await.unwrap(), now, "the same again is the same");
    set(now.status, now.version).await.unwrap();
    assert_eq!(stage.entities("outbox").await.len(), rows, "staying is no change");
    let closed = set(LeadStatus::ClosedLost, now.version).await.unwrap();
    let refused = set(LeadStatus::Qualified, closed.version).await.unwrap_err();
    assert_eq!(kind(&refused), Some(Rejection::Conflict));
}
