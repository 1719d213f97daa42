//! A STOP against messages that wait: what was read before it cannot be claimed after it.

use domain::conversations::{Message, Role};
use domain::messaging::{Channel, Verdict};
use domain::tenancy::usage::Month;
use futures::future::join_all;
use std::time::Instant;
use store::{Claim, Commit};

use crate::deliveries::{ask, loaded_send, loaded_send_of, queued, read};
use crate::journeys::{MORNING, customer, draft, queueing, save, touched, visit};
use crate::stage::{Stage, email, noon};

#[tokio::test]
async fn a_stop_between_the_reading_and_the_claim_is_heard() {
    let stage = Stage::new().await;
    for (name, due_step) in [("ana", false), ("bo", true)] {
        let (message, now) =
            if due_step { (touched(&stage, name).await.1, noon(MORNING)) } else { (queued(&stage).await, noon(1)) };
        let before = loaded_send_of(&stage, &message).await;
        stage.store.opt_out_states().set_refused(&stage.tenant.id, before.owner, true, now).await.unwrap();
        assert_eq!(ask(&stage.store, &stage.tenant, &before, now).await, Ok(Claim::Changed));
        assert_eq!(read(&stage, &message.reference).await, message);
        let after = loaded_send_of(&stage, &message).await;
        let verdict = ask(&stage.store, &stage.tenant, &after, now).await.unwrap_err();
        assert!(matches!(verdict, Verdict::Dropped { .. }), "{verdict:?}");
        // They come back.
        stage
            .store
            .opt_out_states()
            .set_refused(&stage.tenant.id, before.owner, false, noon(MORNING + 60))
            .await
            .unwrap();
        let back = loaded_send_of(&stage, &message).await;
        let claim = ask(&stage.store, &stage.tenant, &back, now).await;
        assert!(matches!(claim, Ok(Claim::Claimed(_))), "{claim:?}");
    }
    assert_eq!(stage.store.journeys().touches_sent(&stage.tenant.id, &Month::of(noon(0))).await.unwrap(), 1);
}

#[tokio::test]
async fn what_the_gate_clears_for_somebody_who_refused_is_claimed_at_once() {
    type Made = fn(&mut Message);
    let changes: [(&str, Made); 3] = [
        ("what tells them so", |message| message.opt_out = true),
        ("an answer in the chat", |message| message.channel = Channel::Chat),
        ("a notice to staff", |message| message.role = Role::Notice),
    ];
    for (what, change) in changes {
        let stage = Stage::new().await;
        let message = queued(&stage).await;
        stage.store.suppressions().set(&stage.tenant.id, &email("ana"), true, noon(1)).await.unwrap();
        let mut loaded_send = loaded_send_of(&stage, &message).await;
        assert!(loaded_send.opt_out_state.refused);
        let plain = ask(&stage.store, &stage.tenant, &loaded_send, noon(2)).await;
        assert!(matches!(plain, Err(Verdict::Dropped { .. })), "{plain:?}");
        change(&mut loaded_send.message);
        let claim = ask(&stage.store, &stage.tenant, &loaded_send, noon(2)).await;
        assert!(matches!(claim, Ok(Claim::Claimed(_))), "{what}: {claim:?}");
    }
}

#[tokio::test]
async fn of_a_thousand_messages_that_wait_none_can_be_claimed_after_a_stop() {
    let stage = Stage::new().await;
    let (store, tenant) = (&stage.store, &stage.tenant);
    let contact = customer(&stage, "ana").await.contact.id;
    let mut references = Vec::new();
    for part in 0..20 {
        let person = visit(&stage, contact).await;
        let drafts = (0..50).map(|index| {
            // Answers: no rule but the refusal has anything against so many.
            let mut draft = draft(&tenant.id, &person, part * 50 + index, noon(1));
            draft.message.outreach = None;
            draft.message.delivery.as_mut().unwrap().answers_at = Some(noon(0));
            draft
        });
        let journey_update = queueing(&person, drafts.collect(), noon(1));
        references.extend(journey_update.messages.iter().map(|draft| draft.message.reference));
        let cause = format!("part {part}");
        assert_eq!(save(&stage, &journey_update, &cause, noon(1)).await, Commit::Stored);
    }
    assert_eq!(references.len(), 1_000);
    let mut read = Vec::new();
    for some in references.chunks(50) {
        read.extend(join_all(some.iter().map(|reference| loaded_send(store, tenant, reference, contact))).await);
    }
    let first = ask(store, tenant, &read[0], noon(2)).await;
    assert!(matches!(first, Ok(Claim::Claimed(_))), "{first:?}");
    let from = visit(&stage, contact).await.contact.addresses[0].address.clone();
    let said = Instant::now();
    store.suppressions().set(&tenant.id, &from, true, noon(2)).await.unwrap();
    println!("from STOP to suppressed: {} ms", said.elapsed().as_millis());
    for some in read[1..].chunks(50) {
        for claim in join_all(some.iter().map(|loaded_send| ask(store, tenant, loaded_send, noon(3)))).await {
            assert_eq!(claim, Ok(Claim::Changed));
        }
    }
}
