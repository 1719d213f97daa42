//! What the chat widget polls.

use domain::TenantId;
use domain::conversations::{Intent, Message};
use domain::ids::AccountId;
use domain::messaging::{DeliveryState, MessageRef};
use domain::turns::{Response, Turn};
use store::{Change, ChatNews, Commit};

use crate::stage::{Stage, chat, email, message, noon, plain};

/// Says something in `session`; gives the reply, which is queued.
async fn ask(stage: &Stage, id: &str, session: &str, seconds: i64) -> Message {
    stage.say(&message(id, &chat(session), seconds), plain()).await.messages.remove(1)
}

async fn let_out(stage: &Stage, message: &Message, state: DeliveryState) {
    if state == DeliveryState::Sent {
        // What the gate clears in a chat is sent at once.
        let claimed = crate::deliveries::claimed(stage, message, noon(9)).await;
        return assert_eq!(claimed.delivery.map(|delivery| delivery.state), Some(DeliveryState::Sent));
    }
    assert!(
        stage.store.deliveries().advance(&stage.tenant.id, message, state, Change::default(), noon(9)).await.unwrap()
    );
}

async fn poll(stage: &Stage, session: &str, after: Option<&Message>) -> Vec<MessageRef> {
    let after = after.map(|message| message.reference);
    let replies = stage.store.conversations().chat_replies(&stage.tenant.id, session, after.as_ref()).await.unwrap();
    replies.into_iter().map(|message| message.reference).collect()
}

/// The history of a session: the texts' references, and the cursor.
async fn history(stage: &Stage, session: &str) -> (Vec<MessageRef>, Option<MessageRef>) {
    let history = stage.store.conversations().chat_history(&stage.tenant.id, session).await.unwrap();
    (history.messages.into_iter().map(|message| message.reference).collect(), history.after)
}

#[tokio::test]
async fn the_history_has_both_sides_and_the_cursor_stops_before_a_reply_on_its_way() {
    let stage = Stage::new().await;
    let mut said = Vec::new();
    for index in 0..2 {
        let outcome = stage.say(&message(&format!("m{index}"), &chat("s-1"), index), plain()).await;
        said.extend(outcome.messages);
    }
    let places: Vec<MessageRef> = said.iter().map(|message| message.reference).collect();
    let [first, reply, second, late] = places.as_slice() else { panic!("{places:?}") };
    // Nothing has gone out: the customer's own words are all there is to show.
    assert_eq!(history(&stage, "s-1").await, (vec![*first, *second], Some(*first)));
    let_out(&stage, &said[1], DeliveryState::Sent).await;
    assert_eq!(history(&stage, "s-1").await, (vec![*first, *reply, *second], Some(*second)));
    let_out(&stage, &said[3], DeliveryState::Sent).await;
    assert_eq!(history(&stage, "s-1").await, (places.clone(), Some(*late)));
    assert_eq!(history(&stage, "s-2").await, (Vec::new(), None));
}

#[tokio::test]
async fn of_a_long_talk_the_history_has_its_end() {
    let stage = Stage::new().await;
    let mut places = Vec::new();
    for index in 0..30 {
        let reply = ask(&stage, &format!("m{index}"), "s-1", index).await;
        let_out(&stage, &reply, DeliveryState::Sent).await;
        places.push(reply.reference);
    }
    let (shown, after) = history(&stage, "s-1").await;
    assert_eq!((shown.len(), shown.last(), after.as_ref()), (50, places.last(), places.last()));
    assert!(!shown.contains(&places[4]) && shown.contains(&places[5]));
}

#[tokio::test]
async fn replies_come_in_order_and_only_those_after_the_cursor() {
    let stage = Stage::new().await;
    let mut replies = Vec::new();
    for index in 0..3 {
        let reply = ask(&stage, &format!("m{index}"), "s-1", index).await;
        let_out(&stage, &reply, DeliveryState::Sent).await;
        replies.push(reply);
    }
    let all: Vec<MessageRef> = replies.iter().map(|reply| reply.reference).collect();
    assert_eq!(poll(&stage, "s-1", None).await, all);
    assert_eq!(poll(&stage, "s-1", Some(&replies[0])).await, all[1..]);
    assert_eq!(poll(&stage, "s-1", Some(&replies[2])).await, []);
}

#[tokio::test]
async fn a_reply_on_its_way_holds_back_those_after_it() {
    let stage = Stage::new().await;
    let first = ask(&stage, "m1", "s-1", 0).await;
    let second = ask(&stage, "m2", "s-1", 1).await;
    let_out(&stage, &second, DeliveryState::Sent).await;
    assert_eq!(poll(&stage, "s-1", None).await, []);
    let_out(&stage, &first, DeliveryState::Sent).await;
    assert_eq!(poll(&stage, "s-1", None).await, [first.reference, second.reference]);
}

#[tokio::test]
async fn a_reply_that_will_not_come_holds_back_no_one() {
    for end in [DeliveryState::Dropped, DeliveryState::Skipped, DeliveryState::Held, DeliveryState::Failed] {
        let stage = Stage::new().await;
        let first = ask(&stage, "m1", "s-1", 0).await;
        let second = ask(&stage, "m2", "s-1", 1).await;
        let_out(&stage, &first, end).await;
        let_out(&stage, &second, DeliveryState::Sent).await;
        assert_eq!(poll(&stage, "s-1", None).await, [second.reference], "{end:?}");
    }
}

#[tokio::test]
async fn a_session_sees_its_own_replies_and_no_other() {
    let stage = Stage::new().await;
    let reply = ask(&stage, "m1", "s-1", 0).await;
    let_out(&stage, &reply, DeliveryState::Sent).await;
    assert_eq!(poll(&stage, "s-2", None).await, []);
    let other = TenantId::new("bolt").unwrap();
    assert_eq!(stage.store.conversations().chat_replies(&other, "s-1", None).await.unwrap(), []);
    // A cursor of another conversation is as good as none.
    let elsewhere = ask(&stage, "m2", "s-3", 1).await;
    let_out(&stage, &elsewhere, DeliveryState::Sent).await;
    assert_eq!(poll(&stage, "s-1", Some(&elsewhere)).await, [reply.reference]);
}

#[tokio::test]
async fn many_unanswered_messages_do_not_hide_the_next_reply() {
    let stage = Stage::new().await;
    let first = ask(&stage, "m-first", "s-1", 0).await;
    let_out(&stage, &first, DeliveryState::Sent).await;
    // The tenant was paused for a while: messages were stored, and none was answered.
    for index in 0..60 {
        let inbound = message(&format!("m{index}"), &chat("s-1"), 10 + index);
        let people = stage.store.people().load_turn(&inbound).await.unwrap().people;
        let turn =
            Turn::open(&stage.tenant, domain::tenancy::BusinessContext::NONE, &inbound, people, inbound.received_at);
        let outcome = turn.close(Response::Silent { intent: Intent::Other, suppressed: None }, 1);
        let stored = stage.store.conversations().commit(&stage.tenant.id, &outcome, inbound.received_at).await.unwrap();
        assert_eq!(stored, Commit::Stored);
    }
    let last = ask(&stage, "m-last", "s-1", 100).await;
    let_out(&stage, &last, DeliveryState::Sent).await;
    assert_eq!(poll(&stage, "s-1", Some(&first)).await, [last.reference]);
}

#[tokio::test]
async fn a_visitor_who_turns_out_to_be_known_goes_on_in_the_same_session() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &email("ana"), 0), plain()).await;
    let first = ask(&stage, "m2", "s-1", 10).await;
    let_out(&stage, &first, DeliveryState::Sent).await;
    let mut named = message("m3", &chat("s-1"), 20);
    named.also = vec![email("ana")];
    let outcome = stage.say(&named, plain()).await;
    assert_eq!(outcome.merged.len(), 1);
    let second = &outcome.messages[1];
    let_out(&stage, second, DeliveryState::Sent).await;
    assert_eq!(poll(&stage, "s-1", None).await, [first.reference, second.reference]);
}

#[tokio::test]
async fn a_visitor_who_waits_has_news_when_a_reply_is_let_out_and_while_staff_write() {
    let stage = Stage::new().await;
    let (tenant, store) = (&stage.tenant.id, stage.store.conversations());
    let news = async |session: &str, after: Option<&Message>, seconds| {
        let after = after.map(|message| message.reference);
        let ChatNews { is_there, is_typing } =
            store.chat_news(tenant, session, after.as_ref(), noon(seconds)).await.unwrap();
        (is_there, is_typing)
    };
    assert_eq!(news("s-1", None, 0).await, (false, false), "no one wrote yet");
    let said = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.messages;
    let [question, reply] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(news("s-1", None, 1).await, (true, false), "what they said is stored");
    assert_eq!(news("s-1", Some(question), 1).await, (false, false), "the reply is on its way");
    let_out(&stage, reply, DeliveryState::Sent).await;
    assert_eq!(news("s-1", Some(question), 9).await, (true, false));
    assert_eq!(news("s-1", Some(reply), 9).await, (false, false));
    assert_eq!(news("s-2", Some(reply), 9).await, (false, false), "another session's is no one's");

    let ana = AccountId::derive(&TenantId::platform(), &["ana"]);
    let looks = async |writing, at| {
        store.look_in(tenant, reply.reference.conversation, ana, writing, noon(at)).await.unwrap();
    };
    looks(true, 10).await;
    assert_eq!(news("s-1", Some(reply), 11).await, (false, true));
    assert_eq!(news("s-1", Some(reply), 60).await, (false, false), "she went away");
    looks(false, 12).await;
    assert_eq!(news("s-1", Some(reply), 13).await, (false, false));
    let other = TenantId::new("bolt").unwrap();
    assert_eq!(store.chat_news(&other, "s-1", None, noon(13)).await.unwrap(), ChatNews::default());
}
