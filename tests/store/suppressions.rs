//! Who asked to hear nothing more: an address, and the person behind it.

use ai::Assistant;
use ai_converse::Converse;
use domain::TenantId;
use domain::messaging::{Address, Channel, Content, Inbound, OptOutState, Source};

use crate::stage::{Item, Stage, chat, email, given, message, noon, phone, plain, text_of};

fn saying(text: &str, inbound: Inbound) -> Inbound {
    Inbound { content: Content::Text { text: text.to_owned() }, ..inbound }
}

async fn refuses(stage: &Stage, address: &Address) -> bool {
    stage.store.people().load_turn(&message("next", address, 1_000)).await.unwrap().refused_at.is_some()
}

async fn opt_out_state(stage: &Stage, address: &Address) -> OptOutState {
    stage
        .store
        .people()
        .load_addresses(&stage.tenant.id, std::slice::from_ref(address))
        .await
        .unwrap()
        .people
        .remove(0)
        .opt_out_state
}

#[tokio::test]
async fn what_was_said_later_stands_in_whatever_order_it_arrives() {
    let stage = Stage::new().await;
    let said = [(true, 10), (false, 20), (true, 30)];
    // Every order of arrival of the three, from a newcomer and from someone known.
    for (person, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().enumerate() {
        let number = u32::try_from(person).unwrap();
        let (newcomer, known) = (phone(number), phone(number + 10));
        stage.say(&message(&format!("m{person}"), &known, 0), plain()).await;
        let mut latest = (false, i64::MIN);
        for (suppressed, second) in order.map(|index| said[index]) {
            for address in [&newcomer, &known] {
                stage.store.suppressions().set(&stage.tenant.id, address, suppressed, noon(second)).await.unwrap();
            }
            if second > latest.1 {
                latest = (suppressed, second);
            }
            assert_eq!(refuses(&stage, &newcomer).await, latest.0, "{order:?}");
            assert_eq!(refuses(&stage, &known).await, latest.0, "{order:?}");
            let opt_out_state = opt_out_state(&stage, &known).await;
            assert_eq!((opt_out_state.refused, opt_out_state.said_at), (latest.0, Some(noon(latest.1))), "{order:?}");
        }
    }
}

#[tokio::test]
async fn it_is_an_address_of_one_tenant_that_is_suppressed() {
    let stage = Stage::new().await;
    stage.store.suppressions().set(&stage.tenant.id, &phone(1), true, noon(0)).await.unwrap();
    assert!(refuses(&stage, &phone(1)).await);
    assert!(!refuses(&stage, &phone(2)).await && !refuses(&stage, &email("ana")).await);
    let elsewhere = Inbound { tenant: TenantId::new("bolt").unwrap(), ..message("m1", &phone(1), 1) };
    assert_eq!(stage.store.people().load_turn(&elsewhere).await.unwrap().refused_at, None);
}

#[tokio::test]
async fn a_refusal_is_a_persons_on_all_their_addresses_until_they_take_it_back_on_any() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &phone(1), 0), given(&[email("ana")])).await;
    let set = async |address: &Address, suppressed, seconds| {
        stage.store.suppressions().set(&stage.tenant.id, address, suppressed, noon(seconds)).await.unwrap();
    };
    let wants_nothing = async |address: &Address| {
        let loaded_turn = stage.store.people().load_turn(&message("next", address, 1_000)).await.unwrap();
        loaded_turn.is_refused(&loaded_turn.people[0].opt_out_state)
    };
    set(&phone(1), true, 10).await;
    assert!(wants_nothing(&phone(1)).await && wants_nothing(&email("ana")).await);
    set(&email("ana"), false, 20).await;
    assert!(refuses(&stage, &phone(1)).await, "that is what the number itself said");
    assert!(!wants_nothing(&phone(1)).await && !wants_nothing(&email("ana")).await);
}

#[tokio::test]
async fn a_webhook_takes_stop_and_start_at_once_and_leaves_yes_to_the_turn() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &phone(1), 0), plain()).await;
    let apply_opt_out = async |text: &str, seconds| {
        stage.store.suppressions().apply_opt_out(&saying(text, message(text, &phone(1), seconds))).await.unwrap();
        opt_out_state(&stage, &phone(1)).await.refused
    };
    assert!(!apply_opt_out("Hello", 1).await);
    assert!(apply_opt_out("STOP", 2).await);
    assert!(apply_opt_out("yes", 3).await && apply_opt_out("Help", 4).await);
    assert!(!apply_opt_out("START", 5).await);
    let ordinary = whatsapp("cancel", "m2", 6);
    stage.store.suppressions().apply_opt_out(&ordinary).await.unwrap();
    assert!(!opt_out_state(&stage, &phone(1)).await.refused, "an ordinary word there");
}

#[tokio::test]
async fn a_word_that_the_vendor_repeats_is_as_old_as_when_it_was_said_first() {
    let stage = Stage::new().await;
    let converse = Converse { store: stage.cold(), assistant: Assistant::builtin(), library: None };
    // Twilio tells no time of a text message, Meta does.
    for (number, (source, sent_at)) in [(Source::Sms, None), (Source::Whatsapp, Some(noon(10)))].into_iter().enumerate()
    {
        let address = phone(u32::try_from(number).unwrap());
        stage.say(&message(&format!("m{number}"), &address, 0), plain()).await;
        let words = |word: &str, id: &str, seconds, sent_at| Inbound {
            source,
            sent_at,
            ..saying(word, message(&format!("{id}{number}"), &address, seconds))
        };
        let first = words("START", "x", 10, sent_at);
        let stop = words("STOP", "y", 20, sent_at.map(|_| noon(20)));
        let repeat = words("START", "x", 3_600, sent_at);
        let refused = async || opt_out_state(&stage, &address).await.refused;
        stage.store.suppressions().apply_opt_out(&first).await.unwrap();
        stage.store.suppressions().apply_opt_out(&stop).await.unwrap();
        assert!(refused().await, "{source:?}");
        // Before any of them had its turn, and after.
        stage.store.suppressions().apply_opt_out(&repeat).await.unwrap();
        assert!(refused().await, "{source:?}");
        converse.answer(&stop).await.unwrap();
        converse.answer(&repeat).await.unwrap();
        stage.store.suppressions().apply_opt_out(&repeat).await.unwrap();
        assert!(refused().await, "{source:?}");
        // A START of their own ends it, and a repeated STOP does not begin it again.
        stage
            .store
            .suppressions()
            .apply_opt_out(&words("START", "z", 4_000, sent_at.map(|_| noon(4_000))))
            .await
            .unwrap();
        assert!(!refused().await, "{source:?}");
        stage.store.suppressions().apply_opt_out(&words("STOP", "y", 5_000, sent_at.map(|_| noon(20)))).await.unwrap();
        assert!(!refused().await, "{source:?}");
    }
    let marks = stage.entities("said").await;
    assert_eq!(marks.len(), 6, "one a word");
    assert!(marks.iter().all(|mark| mark.contains_key("expires_at")));
}

/// The texts of the replies that are queued, oldest first, and which of them tell of a refusal.
async fn replies(stage: &Stage) -> Vec<(String, bool)> {
    let mut messages = stage.entities("message").await;
    messages.retain(|item| text_of(item, "role") == "assistant");
    messages.sort_by_key(|item| text_of(item, "sk").to_owned());
    let told = |item: &Item| item.get("opt_out").is_some_and(|value| value.as_bool().is_ok_and(|told| *told));
    messages.iter().map(|item| (text_of(item, "text").to_owned(), told(item))).collect()
}

/// As the webhook and then the turn take a message.
async fn take(stage: &Stage, converse: &Converse, inbound: &Inbound) {
    stage.store.suppressions().apply_opt_out(inbound).await.unwrap();
    converse.answer(inbound).await.unwrap();
}

fn builtin(stage: &Stage) -> Converse {
    Converse { store: stage.cold(), assistant: Assistant::builtin(), library: None }
}

fn whatsapp(text: &str, id: &str, seconds: i64) -> Inbound {
    saying(text, Inbound { source: Source::Whatsapp, channel: Channel::Whatsapp, ..message(id, &phone(1), seconds) })
}

async fn reasons(stage: &Stage) -> Vec<String> {
    stage.entities("escalation").await.iter().map(|item| text_of(item, "reason").to_owned()).collect()
}

#[tokio::test]
async fn after_a_stop_they_get_once_how_to_come_back_where_that_reaches_them_and_staff_see_what_they_write() {
    let stage = Stage::new().await;
    let converse = builtin(&stage);
    let sms = |text: &str, id: &str, seconds| saying(text, message(id, &phone(1), seconds));
    take(&stage, &converse, &sms("Hello", "m1", 0)).await;
    take(&stage, &converse, &sms("STOP", "m2", 10)).await;
    assert_eq!(replies(&stage).await.len(), 1, "the vendor confirms it");
    // There the vendor delivers nothing.
    take(&stage, &converse, &sms("When do you open?", "m3", 20)).await;
    assert_eq!((replies(&stage).await.len(), reasons(&stage).await), (1, vec!["after_refusal".to_owned()]));
    take(&stage, &converse, &whatsapp("When do you open?", "w1", 30)).await;
    let told = replies(&stage).await;
    let way_back = told.iter().find(|(_, told)| *told).unwrap();
    assert!(told.len() == 2 && way_back.0.contains("Reply START"), "{told:?}");
    take(&stage, &converse, &whatsapp("And on Sunday?", "w2", 40)).await;
    assert_eq!((replies(&stage).await.len(), reasons(&stage).await.len()), (2, 2), "once");
    take(&stage, &converse, &whatsapp("START", "w3", 50)).await;
    assert_eq!(replies(&stage).await.len(), 3, "it is confirmed");
    // The vendor of text messages does not know that.
    let back = opt_out_state(&stage, &phone(1)).await;
    assert!(!back.refused && !back.told && back.is_stopped(Channel::Sms, &phone(1)));
    take(&stage, &converse, &sms("START", "m4", 60)).await;
    assert!(!opt_out_state(&stage, &phone(1)).await.is_stopped(Channel::Sms, &phone(1)));
    assert_eq!(replies(&stage).await.len(), 3, "the vendor confirms it");
    let rows = stage.entities("outbox").await;
    let told = rows.iter().filter(|row| format!("{row:?}").contains("consent.changed")).count();
    assert_eq!(told, 3, "one STOP and two START");
}

#[tokio::test]
async fn a_refusal_in_plain_words_is_confirmed_once_until_they_come_back() {
    let stage = Stage::new().await;
    let converse = builtin(&stage);
    // A newcomer's is known of the address alone when its turn comes.
    for (place, (text, confirmed)) in [
        ("Please stop sending text reminders", 1),
        ("yes stop", 1),
        ("I said stop texting me", 1),
        ("START", 1),
        ("ＳＴＯＰ the texts", 2),
    ]
    .into_iter()
    .enumerate()
    {
        let seconds = i64::try_from(place).unwrap() * 10;
        take(&stage, &converse, &saying(text, message(&format!("m{place}"), &phone(1), seconds))).await;
        let told = replies(&stage).await;
        assert_eq!(told.iter().filter(|(_, told)| *told).count(), confirmed, "{text}: {told:?}");
        assert_eq!(told.len(), confirmed, "nothing else goes out");
        assert_eq!(opt_out_state(&stage, &phone(1)).await.refused, text != "START");
    }
    assert_eq!(reasons(&stage).await.len(), 0);
}

#[tokio::test]
async fn a_chat_is_answered_whatever_was_refused_and_moves_no_refusal() {
    let stage = Stage::new().await;
    let converse = builtin(&stage);
    let chats = |text: &str, id: &str, seconds| saying(text, message(id, &chat("s-1"), seconds));
    take(&stage, &converse, &chats("STOP", "m1", 0)).await;
    let told = replies(&stage).await;
    assert!(told.len() == 1 && told[0].0.contains("reply STOP to one of them") && !told[0].1, "{told:?}");
    assert!(!opt_out_state(&stage, &chat("s-1")).await.refused && !refuses(&stage, &chat("s-1")).await);
    stage.store.suppressions().set(&stage.tenant.id, &chat("s-1"), true, noon(5)).await.unwrap();
    take(&stage, &converse, &chats("When do you open?", "m2", 10)).await;
    take(&stage, &converse, &chats("START", "m3", 20)).await;
    assert_eq!(replies(&stage).await.len(), 3);
    assert!(opt_out_state(&stage, &chat("s-1")).await.refused);
    let rows = stage.entities("outbox").await;
    assert!(!rows.iter().any(|row| format!("{row:?}").contains("consent.changed")));
}

#[tokio::test]
async fn a_start_in_a_chat_or_form_that_names_a_number_lifts_no_refusal_of_that_number() {
    let stage = Stage::new().await;
    let converse = builtin(&stage);
    take(&stage, &converse, &saying("Hello", message("m1", &phone(1), 0))).await;
    take(&stage, &converse, &saying("STOP", message("m2", &phone(1), 10))).await;
    let changes = async || {
        let rows = stage.entities("outbox").await;
        rows.iter().filter(|row| format!("{row:?}").contains("consent.changed")).count()
    };
    assert_eq!((changes().await, replies(&stage).await.len()), (1, 1), "the vendor confirms it");
    let stopped = opt_out_state(&stage, &phone(1)).await;
    let from_form = Inbound { source: Source::WebForm, ..message("f1", &phone(1), 20) };
    let from_chat = Inbound { also: vec![phone(1)], ..message("c1", &chat("s-1"), 30) };
    for inbound in [from_form, from_chat] {
        let source = inbound.source;
        take(&stage, &converse, &saying("START", inbound)).await;
        let after = opt_out_state(&stage, &phone(1)).await;
        assert!(after.refused && refuses(&stage, &phone(1)).await, "{source:?}");
        assert_eq!(after.said_at, stopped.said_at, "{source:?}");
        assert_eq!(changes().await, 1, "{source:?}");
    }
    let mut sent = stage.entities("message").await;
    sent.retain(|item| text_of(item, "role") == "assistant" && text_of(item, "channel") == "sms");
    assert_eq!(sent.len(), 1, "nothing more goes to the number: {sent:?}");
}

#[tokio::test]
async fn a_start_that_comes_in_after_a_later_stop_is_not_confirmed() {
    let stage = Stage::new().await;
    let converse = builtin(&stage);
    take(&stage, &converse, &whatsapp("Hello", "w1", 0)).await;
    let stop = Inbound { sent_at: Some(noon(20)), ..whatsapp("stop texting me", "w2", 21) };
    take(&stage, &converse, &stop).await;
    let start = Inbound { sent_at: Some(noon(10)), ..whatsapp("START", "w3", 3_600) };
    take(&stage, &converse, &start).await;
    assert!(opt_out_state(&stage, &phone(1)).await.refused);
    let told = replies(&stage).await;
    assert_eq!(told.len(), 2, "the answer and the confirmation of the refusal: {told:?}");
}

#[tokio::test]
async fn an_auto_reply_gets_two_answers_then_silence_and_staff_are_told_once() {
    let stage = Stage::new().await;
    let converse = builtin(&stage);
    let say = |text: &str, number: i64| saying(text, message(&format!("m{number}"), &phone(1), number * 10));
    let note = "Thank you for your message. I am away until Monday and will answer then. Ticket 47";
    for number in 0..18 {
        take(&stage, &converse, &say(&format!("{note}{number}"), number)).await;
    }
    assert_eq!((replies(&stage).await.len(), reasons(&stage).await), (2, vec!["automatic_replies".to_owned()]));
    take(&stage, &converse, &say("Sorry, that was my phone. How much is a roof repair?", 18)).await;
    assert_eq!(replies(&stage).await.len(), 3);
    // An emergency is one however often it is told.
    for number in 19..23 {
        take(&stage, &converse, &say("Water is coming through the ceiling right now", number)).await;
    }
    assert_eq!(replies(&stage).await.len(), 7);
}

#[tokio::test]
async fn a_newcomers_stop_is_known_of_the_person_they_become() {
    let stage = Stage::new().await;
    let converse = builtin(&stage);
    // The webhook was first; no one is known by the number.
    take(&stage, &converse, &saying("STOP", message("m1", &phone(1), 0))).await;
    let stopped = opt_out_state(&stage, &phone(1)).await;
    assert_eq!((stopped.refused, stopped.said_at), (true, Some(noon(0))));
    // Said before they wrote anything else: the address knows, and then the person.
    stage.store.suppressions().set(&stage.tenant.id, &phone(2), true, noon(5)).await.unwrap();
    let mut other = message("m2", &phone(2), 10);
    other.channel = Channel::Whatsapp;
    converse.answer(&other).await.unwrap();
    let told = opt_out_state(&stage, &phone(2)).await;
    assert_eq!((told.refused, told.said_at, told.told), (true, Some(noon(5)), true));
    let sent = replies(&stage).await;
    assert!(sent.len() == 1 && sent[0].1, "only how they come back: {sent:?}");
}

#[tokio::test]
async fn an_address_that_refused_and_is_only_named_silences_no_one_and_gets_nothing() {
    let stage = Stage::new().await;
    let converse = Converse { store: stage.cold(), assistant: Assistant::builtin(), library: None };
    stage.store.suppressions().set(&stage.tenant.id, &phone(1), true, noon(0)).await.unwrap();
    converse.answer(&Inbound { also: vec![phone(1)], ..message("m1", &email("ana"), 10) }).await.unwrap();
    assert_eq!(replies(&stage).await.len(), 1);
    let ana = opt_out_state(&stage, &email("ana")).await;
    assert!(
        !ana.refused && ana.cannot_reach(&phone(1), Channel::Sms) && !ana.cannot_reach(&email("ana"), Channel::Email)
    );
    // Nor when it is named in the text.
    stage.store.suppressions().set(&stage.tenant.id, &phone(2), true, noon(0)).await.unwrap();
    let named = saying("My number is (303) 555-0102", message("m2", &email("bo"), 10));
    converse.answer(&named).await.unwrap();
    let bo = opt_out_state(&stage, &email("bo")).await;
    assert!(!bo.refused);
    let people = stage.store.people().load_addresses(&stage.tenant.id, &[email("bo")]).await.unwrap().people;
    assert!(!people[0].contact.knows(&phone(2)), "a number in a text is no address of theirs");
}
