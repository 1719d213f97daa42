//! What WhatsApp tells of that is no message: one that was corrected or taken back, a word about advertising.

use ai::Assistant;
use ai_converse::Converse;
use domain::conversations::{Message, Role};
use domain::messaging::{AMENDS, Address, Amendment, Channel, Content, Inbound, Purpose, Source};

use crate::stage::{Stage, message, noon, phone};

fn over_whatsapp(id: &str, from: &Address, seconds: i64) -> Inbound {
    Inbound { source: Source::Whatsapp, channel: Channel::Whatsapp, ..message(id, from, seconds) }
}

/// `inbound`, which corrects or takes back the message `original`.
fn amending(original: &str, content: Content, mut inbound: Inbound) -> Inbound {
    inbound.fields.insert(AMENDS.to_owned(), original.to_owned());
    Inbound { content, ..inbound }
}

/// The messages of customers that are stored.
async fn heard(stage: &Stage) -> Vec<Message> {
    let messages = stage.entities("message").await;
    let messages = messages.iter().map(|item| serde_dynamo::from_item::<_, Message>(item.clone()).unwrap());
    messages.filter(|message| message.role == Role::Customer).collect()
}

async fn stored(stage: &Stage, inbound: &Inbound) -> Message {
    let mut messages = heard(stage).await;
    messages.retain(|message| message.reference.message == inbound.message_id());
    messages.remove(0)
}

#[tokio::test]
async fn a_message_that_was_corrected_or_taken_back_says_so_and_keeps_its_text() {
    let stage = Stage::new().await;
    let converse = Converse { store: stage.cold(), assistant: Assistant::builtin(), library: None };
    let first = over_whatsapp("wamid.1", &phone(1), 0);
    let text = |text: &str| Content::Text { text: text.to_owned() };
    let corrected = amending("wamid.1", text("At 5 pm"), over_whatsapp("wamid.2", &phone(1), 60));
    let deleted = amending("wamid.2", Content::Deleted, over_whatsapp("wamid.3", &phone(1), 120));
    // Twice, as the queue may deliver them.
    for inbound in [&first, &corrected, &corrected, &deleted, &deleted] {
        converse.answer(inbound).await.unwrap();
    }
    let message = stored(&stage, &first).await;
    assert_eq!(message.amended, Some(Amendment::Edited { at: noon(60), by: corrected.message_id() }));
    assert_eq!(message.text, "This is wamid.1");
    let message = stored(&stage, &corrected).await;
    assert_eq!((message.amended, message.text.as_str()), (Some(Amendment::Deleted { at: noon(120) }), "At 5 pm"));
    assert_eq!(heard(&stage).await.len(), 2, "a deletion is no message");
    // A later correction of what is deleted, that arrives late, changes nothing; nor does one of an unknown message.
    converse.answer(&amending("wamid.2", text("x"), over_whatsapp("wamid.4", &phone(1), 90))).await.unwrap();
    converse.answer(&amending("wamid.9", Content::Deleted, over_whatsapp("wamid.5", &phone(1), 90))).await.unwrap();
    assert_eq!(stored(&stage, &corrected).await.amended, Some(Amendment::Deleted { at: noon(120) }));
}

#[tokio::test]
async fn a_forms_field_of_that_name_corrects_nothing() {
    let stage = Stage::new().await;
    let converse = Converse { store: stage.cold(), assistant: Assistant::builtin(), library: None };
    let first = over_whatsapp("wamid.1", &phone(1), 0);
    converse.answer(&first).await.unwrap();
    let text = Content::Text { text: "Hello".to_owned() };
    converse.answer(&amending("wamid.1", text, message("m2", &phone(1), 60))).await.unwrap();
    assert_eq!(stored(&stage, &first).await.amended, None);
}

#[tokio::test]
async fn who_stops_advertising_in_whatsapp_has_withdrawn_their_consent_and_may_give_it_again() {
    let stage = Stage::new().await;
    let converse = Converse { store: stage.cold(), assistant: Assistant::builtin(), library: None };
    let said = |id: &str, wanted, seconds| Inbound {
        content: Content::Advertising { wanted },
        ..over_whatsapp(id, &phone(1), seconds)
    };
    // No one is known yet: there is nothing to withdraw.
    converse.answer(&said("a0", false, 0)).await.unwrap();
    assert_eq!(stage.entities("contact").await.len(), 0);
    converse.answer(&over_whatsapp("wamid.1", &phone(1), 10)).await.unwrap();
    let granted = async || {
        let person = stage.store.people().load_addresses(&stage.tenant.id, &[phone(1)]).await.unwrap().people.remove(0);
        person.journey.and_then(|journey| Some(journey.consent(Channel::Whatsapp, Purpose::Marketing)?.granted))
    };
    assert_eq!(granted().await, None);
    for (id, wanted, seconds, stands) in
        [("a1", false, 20, false), ("a1", false, 20, false), ("a2", true, 40, true), ("a3", false, 30, true)]
    {
        converse.answer(&said(id, wanted, seconds)).await.unwrap();
        assert_eq!(granted().await, Some(stands), "{id}");
    }
    assert_eq!(heard(&stage).await.len(), 1, "they are no messages");
}
