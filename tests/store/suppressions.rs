//! Who asked to hear nothing more: an address, and the person behind it.

use ai::Assistant;
use ai_converse::Converse;
use domain::TenantId;
use domain::messaging::{Address, Channel, Content, Inbound, Source, Standing};

use crate::stage::{Stage, chat, email, given, message, noon, phone, plain, text_of};

fn saying(text: &str, inbound: Inbound) -> Inbound {
    Inbound { content: Content::Text { text: text.to_owned() }, ..inbound }
}

async fn refuses(stage: &Stage, address: &Address) -> bool {
    stage.store.recall(&message("next", address, 1_000)).await.unwrap().refused_at.is_some()
}

async fn standing(stage: &Stage, address: &Address) -> Standing {
    stage
        .store
        .recall_addresses(&stage.tenant.id, std::slice::from_ref(address))
        .await
        .unwrap()
        .people
        .remove(0)
        .standing
}

#[tokio::test]
async fn what_was_said_later_stands_in_whatever_order_it_arrives() {
    let stage = Stage::new().await;
    let said = [(true, 10), (false, 20), (true, 30)];
    // Every order of arrival of the three, from a stranger and from somebody known.
    for (person, order) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().enumerate() {
        let number = u32::try_from(person).unwrap();
        let (stranger, known) = (phone(number), phone(number + 10));
        stage.say(&message(&format!("m{person}"), &known, 0), plain()).await;
        let mut latest = (false, i64::MIN);
        for (suppressed, second) in order.map(|index| said[index]) {
            for address in [&stranger, &known] {
                stage.store.set_suppressed(&stage.tenant.id, address, suppressed, noon(second)).await.unwrap();
            }
            if second > latest.1 {
                latest = (suppressed, second);
            }
            assert_eq!(refuses(&stage, &stranger).await, latest.0, "{order:?}");
            assert_eq!(refuses(&stage, &known).await, latest.0, "{order:?}");
            let standing = standing(&stage, &known).await;
            assert_eq!((standing.refused, standing.said_at), (latest.0, Some(noon(latest.1))), "{order:?}");
        }
    }
}

#[tokio::test]
async fn it_is_an_address_of_one_tenant_that_is_suppressed() {
    let stage = Stage::new().await;
    stage.store.set_suppressed(&stage.tenant.id, &phone(1), true, noon(0)).await.unwrap();
    assert!(refuses(&stage, &phone(1)).await);
    assert!(!refuses(&stage, &phone(2)).await && !refuses(&stage, &email("ana")).await);
    let elsewhere = Inbound { tenant: TenantId::new("bolt").unwrap(), ..message("m1", &phone(1), 1) };
    assert_eq!(stage.store.recall(&elsewhere).await.unwrap().refused_at, None);
}

#[tokio::test]
async fn a_refusal_is_a_persons_on_all_their_addresses_until_they_take_it_back_on_any() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &phone(1), 0), given(&[email("ana")])).await;
    let set = async |address: &Address, suppressed, seconds| {
        stage.store.set_suppressed(&stage.tenant.id, address, suppressed, noon(seconds)).await.unwrap();
    };
    let wants_nothing = async |address: &Address| {
        let recall = stage.store.recall(&message("next", address, 1_000)).await.unwrap();
        recall.is_refused(&recall.people[0].standing)
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
    let heed = async |text: &str, seconds| {
        stage.store.heed(&saying(text, message(text, &phone(1), seconds))).await.unwrap();
        standing(&stage, &phone(1)).await.refused
    };
    assert!(!heed("Hello", 1).await);
    assert!(heed("STOP", 2).await);
    assert!(heed("yes", 3).await && heed("Help", 4).await);
    assert!(!heed("START", 5).await);
    let in_chat = saying("cancel", message("m2", &chat("s-1"), 6));
    stage.store.heed(&in_chat).await.unwrap();
    assert!(!refuses(&stage, &chat("s-1")).await, "an ordinary word there");
}

#[tokio::test]
async fn a_word_that_the_vendor_repeats_is_as_old_as_when_it_was_said_first() {
    let stage = Stage::new().await;
    let converse = Converse { store: stage.cold(), assistant: Assistant::builtin() };
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
        let refused = async || standing(&stage, &address).await.refused;
        stage.store.heed(&first).await.unwrap();
        stage.store.heed(&stop).await.unwrap();
        assert!(refused().await, "{source:?}");
        // Before any of them had its turn, and after.
        stage.store.heed(&repeat).await.unwrap();
        assert!(refused().await, "{source:?}");
        converse.answer(&stop).await.unwrap();
        converse.answer(&repeat).await.unwrap();
        stage.store.heed(&repeat).await.unwrap();
        assert!(refused().await, "{source:?}");
        // A START of their own ends it, and a repeated STOP does not begin it again.
        stage.store.heed(&words("START", "z", 4_000, sent_at.map(|_| noon(4_000)))).await.unwrap();
        assert!(!refused().await, "{source:?}");
        stage.store.heed(&words("STOP", "y", 5_000, sent_at.map(|_| noon(20)))).await.unwrap();
        assert!(!refused().await, "{source:?}");
    }
    let marks = stage.entities("said").await;
    assert_eq!(marks.len(), 6, "one a word");
    assert!(marks.iter().all(|mark| mark.contains_key("expires_at")));
}

/// Replies that are queued.
async fn replies(stage: &Stage) -> usize {
    stage.entities("message").await.iter().filter(|item| text_of(item, "role") == "assistant").count()
}

#[tokio::test]
async fn who_says_stop_on_one_channel_is_answered_on_none_until_start() {
    let stage = Stage::new().await;
    let converse = Converse { store: stage.cold(), assistant: Assistant::builtin() };
    let answer = async |inbound: Inbound| converse.answer(&inbound).await.unwrap();
    answer(Inbound { also: vec![phone(1)], ..message("m1", &email("ana"), 0) }).await;
    assert_eq!(replies(&stage).await, 1);
    answer(saying("STOP", message("m2", &phone(1), 10))).await;
    answer(message("m3", &email("ana"), 20)).await;
    answer(message("m4", &phone(1), 30)).await;
    assert_eq!(replies(&stage).await, 1);
    answer(saying("START", message("m5", &email("ana"), 40))).await;
    assert_eq!(replies(&stage).await, 2, "it is confirmed");
    let told =
        stage.entities("outbox").await.iter().filter(|row| format!("{row:?}").contains("consent.changed")).count();
    assert_eq!(told, 2, "STOP and START");
    answer(message("m6", &phone(1), 50)).await;
    assert_eq!(replies(&stage).await, 3);
    assert!(!refuses(&stage, &phone(1)).await, "the number knows by now");
}

#[tokio::test]
async fn a_strangers_stop_is_known_of_the_person_they_become() {
    let stage = Stage::new().await;
    let converse = Converse { store: stage.cold(), assistant: Assistant::builtin() };
    // The webhook was first; nobody is known by the number.
    let stop = saying("STOP", message("m1", &phone(1), 0));
    stage.store.heed(&stop).await.unwrap();
    converse.answer(&stop).await.unwrap();
    let stopped = standing(&stage, &phone(1)).await;
    assert_eq!((stopped.refused, stopped.said_at), (true, Some(noon(0))));
    // Said before they wrote anything else: the address knows, and then the person.
    stage.store.set_suppressed(&stage.tenant.id, &phone(2), true, noon(5)).await.unwrap();
    let mut form = message("m2", &phone(2), 10);
    form.channel = Channel::Whatsapp;
    converse.answer(&form).await.unwrap();
    let told = standing(&stage, &phone(2)).await;
    assert_eq!((told.refused, told.said_at), (true, Some(noon(5))));
    assert_eq!(replies(&stage).await, 0);
}

#[tokio::test]
async fn an_address_that_refused_and_is_only_named_silences_nobody_and_gets_nothing() {
    let stage = Stage::new().await;
    let converse = Converse { store: stage.cold(), assistant: Assistant::builtin() };
    stage.store.set_suppressed(&stage.tenant.id, &phone(1), true, noon(0)).await.unwrap();
    converse.answer(&Inbound { also: vec![phone(1)], ..message("m1", &email("ana"), 10) }).await.unwrap();
    assert_eq!(replies(&stage).await, 1);
    let ana = standing(&stage, &email("ana")).await;
    assert!(!ana.refused && ana.cannot_reach(&phone(1)) && !ana.cannot_reach(&email("ana")));
    // Nor when it is named in the text.
    stage.store.set_suppressed(&stage.tenant.id, &phone(2), true, noon(0)).await.unwrap();
    let named = saying("My number is (303) 555-0102", message("m2", &email("bo"), 10));
    converse.answer(&named).await.unwrap();
    let bo = standing(&stage, &email("bo")).await;
    assert!(!bo.refused && bo.cannot_reach(&phone(2)));
}
