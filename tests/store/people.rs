//! Who is writing.

use domain::messaging::{Address, Channel, Content, Inbound, OptOutState, Phone, Source};

use crate::stage::{Stage, chat, email, given, message, noon, phone, plain, text_of};

#[tokio::test]
async fn a_newcomer_is_no_one_and_someone_known_is_found_by_every_address() {
    let stage = Stage::new().await;
    let mut inbound = message("m1", &phone(1), 0);
    let nobody = stage.store.people().load_turn(&inbound).await.unwrap();
    assert_eq!((nobody.duplicate, nobody.refused_at, nobody.people.len()), (false, None, 0));
    inbound.also = vec![email("ana")];
    let first = stage.say(&inbound, plain()).await;
    for address in [phone(1), email("ana")] {
        let loaded_turn = stage.store.people().load_turn(&message("m2", &address, 60)).await.unwrap();
        assert_eq!(loaded_turn.people.len(), 1);
        assert_eq!(loaded_turn.people[0].contact.id, first.lead.contact);
        assert_eq!(loaded_turn.people[0].threads.len(), 1);
    }
    // Both addresses of one message lead to one person.
    let mut both = message("m3", &email("ana"), 60);
    both.also = vec![phone(1)];
    assert_eq!(stage.store.people().load_turn(&both).await.unwrap().people.len(), 1);
    assert_eq!(stage.store.people().load_addresses(&stage.tenant.id, &[phone(9)]).await.unwrap().people, []);
    assert_eq!(stage.store.people().load_addresses(&stage.tenant.id, &[]).await.unwrap().people, []);
}

#[tokio::test]
async fn a_line_is_one_person_under_every_number_it_has_or_had_and_a_stop_crosses() {
    let stage = Stage::new().await;
    let (tenant, store) = (&stage.tenant.id, &stage.store);
    for number in ["+525512345678", "+5511987654399", "+5491123456789", "+541143210000"] {
        let today = Address::Phone(Phone::e164(number, "from").unwrap());
        // As an item of last year has it, or as the other channel writes it.
        let other = today.spellings().nth(1).unwrap();
        let first = stage.say(&message(&format!("{number} 1"), &other, 0), plain()).await;
        let known = store.people().load_turn(&message(&format!("{number} 2"), &today, 60)).await.unwrap();
        assert_eq!(known.people[0].contact.id, first.lead.contact, "{number}");
        store.suppressions().set(tenant, &today, true, noon(60)).await.unwrap();
        let stopped = store.people().load_turn(&message(&format!("{number} 3"), &today, 120)).await.unwrap();
        assert_eq!(stopped.refused_at, Some(noon(60)), "{number}");
        assert!(stopped.people[0].opt_out_state.refused, "{number}");
        store.suppressions().set(tenant, &other, false, noon(180)).await.unwrap();
        assert_eq!(
            store.people().load_turn(&message(&format!("{number} 4"), &today, 240)).await.unwrap().refused_at,
            None
        );
    }
}

#[tokio::test]
async fn what_was_stored_is_what_is_read() {
    let stage = Stage::new().await;
    let mut inbound = message("m1", &phone(1), 0);
    inbound.name = Some("Ana Núñez 🙂".to_owned());
    inbound.fields.insert("utm_source".to_owned(), "spring".to_owned());
    let outcome = stage.say(&inbound, plain()).await;
    let person = stage.store.people().load_turn(&message("m2", &phone(1), 60)).await.unwrap().people.remove(0);
    let contact = outcome.contact.unwrap();
    assert_eq!(person.contact, domain::leads::Contact { version: 1, found_by: contact.keywords(), ..contact });
    assert_eq!(person.lead, domain::leads::Lead { version: 1, ..outcome.lead });
    assert_eq!(person.threads, [domain::conversations::Conversation { version: 1, ..outcome.thread }]);
}

#[tokio::test]
async fn when_someone_last_wrote_is_known_for_each_channel() {
    let stage = Stage::new().await;
    let first = stage.say(&message("m1", &phone(1), 0), given(&[email("ana")])).await;
    stage.say(&message("m2", &email("ana"), 60), plain()).await;
    stage.say(&message("m3", &phone(1), 120), plain()).await;
    let person = stage.store.people().load_turn(&message("m4", &phone(1), 180)).await.unwrap().people.remove(0);
    assert_eq!(person.contact.id, first.lead.contact);
    let heard = [(Channel::Sms, noon(120)), (Channel::Email, noon(60))];
    assert_eq!(person.opt_out_state, OptOutState { heard: heard.into(), ..OptOutState::default() });
    assert_eq!(person.journey, None, "nothing has begun by itself");
}

#[tokio::test]
async fn an_address_that_cannot_be_reached_can_be_once_they_write_from_it() {
    let stage = Stage::new().await;
    let (tenant, store) = (&stage.tenant.id, &stage.store);
    let contact = stage.say(&message("m1", &phone(1), 0), given(&[email("ana")])).await.lead.contact;
    let (sms, whatsapp, mail) = (Channel::Sms, Channel::Whatsapp, Channel::Email);
    for (address, channel) in [
        (phone(1), Some(sms)),
        (phone(1), None),
        (phone(1), Some(whatsapp)),
        (email("ana"), Some(mail)),
        (phone(1), Some(sms)),
    ] {
        store.opt_out_states().set_unreachable(tenant, contact, &address, channel).await.unwrap();
    }
    let opt_out_state =
        async || store.people().load_addresses(tenant, &[phone(1)]).await.unwrap().people.remove(0).opt_out_state;
    let unreachable = async |address: &Address, on| opt_out_state().await.cannot_reach(address, on);
    assert!(unreachable(&phone(1), sms).await && unreachable(&email("ana"), mail).await);
    // A call says nothing of text messages.
    let call = Inbound { source: Source::MissedCall, content: Content::MissedCall, ..message("c1", &phone(1), 30) };
    stage.say(&call, plain()).await;
    assert!(unreachable(&phone(1), sms).await);
    stage.say(&message("m2", &phone(1), 60), plain()).await;
    assert!(!unreachable(&phone(1), sms).await && unreachable(&email("ana"), mail).await);
    assert!(unreachable(&phone(1), whatsapp).await, "they wrote a text message, which says nothing of WhatsApp");
    // Who types an address into a form has not written from it.
    stage.say(&message("m3", &email("ana"), 120), plain()).await;
    assert!(unreachable(&email("ana"), mail).await);
}

#[tokio::test]
async fn tenants_do_not_know_each_others_people() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &phone(1), 0), plain()).await;
    let mut elsewhere = message("m1", &phone(1), 0);
    elsewhere.tenant = domain::TenantId::new("bolt").unwrap();
    let loaded_turn = stage.store.people().load_turn(&elsewhere).await.unwrap();
    assert_eq!((loaded_turn.duplicate, loaded_turn.people.len()), (false, 0));
}

#[tokio::test]
async fn one_person_has_a_thread_on_each_channel() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &phone(1), 0), plain()).await;
    let mut whatsapp = message("m2", &phone(1), 60);
    whatsapp.channel = Channel::Whatsapp;
    stage.say(&whatsapp, plain()).await;
    stage.say(&message("m3", &chat("s-1"), 120), given(&[email("ana")])).await;
    let mut form = message("m4", &email("ana"), 180);
    form.also = vec![phone(1)];
    stage.say(&form, given(&[phone(1)])).await;
    let person = stage.store.people().load_turn(&message("m5", &phone(1), 240)).await.unwrap().people.remove(0);
    let mut channels: Vec<&str> = person.threads.iter().map(|thread| thread.channel.as_str()).collect();
    channels.sort_unstable();
    assert_eq!(channels, ["chat", "email", "sms", "whatsapp"]);
}

#[tokio::test]
async fn a_message_mark_expires_in_thirty_days() {
    let stage = Stage::new().await;
    stage.say(&message("m1", &phone(1), 0), plain()).await;
    let marks = stage.entities("seen").await;
    let expires: i64 = marks[0]["expires_at"].as_n().unwrap().parse().unwrap();
    assert_eq!(expires - noon(0).as_second(), 30 * 24 * 3600);
    assert_eq!(text_of(&marks[0], "sk"), "SEEN");
}
