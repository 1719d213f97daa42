//! Behaviour and laws of the router.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::samples::roofer;
use crate::tenancy::LONG_CONVERSATION;

fn tenant() -> Tenant {
    let words = ["insurance adjuster", "señor director"].map(str::to_owned);
    Tenant { escalation_words: words.into(), ..roofer() }
}

fn conversation(language: &str, message_count: u32) -> Conversation {
    let id = "00000000-0000-5000-8000-000000000000";
    serde_json::from_value(json!({
        "id": id, "contact": id, "lead": id, "channel": "sms", "status": "active", "language": language,
        "message_count": message_count, "started_at": "2026-05-04T18:00:00Z",
        "last_message_at": "2026-05-04T18:00:00Z", "version": 1,
    }))
    .unwrap()
}

/// A Monday morning, while the roofer is open.
fn monday() -> Timestamp {
    "2026-05-04T18:00:00Z".parse().unwrap()
}

fn routed(text: &str) -> Route {
    route(&tenant(), text, None, monday())
}

#[test]
fn danger_and_damage_are_emergencies_in_five_languages() {
    for text in [
        "I smell gas in the kitchen!!",
        "We have NO HEAT and a baby",
        "sparks are coming out of the outlet",
        "The roof is leaking and water is coming in",
        "A tree fell on our house in the storm",
        "my gum won’t stop bleeding",
        "my cheek is swelling since the morning",
        "No, it's flooding right now",
        "Huele a gas en la cocina",
        "¡Se está inundando el sótano!",
        "Il y a une odeur de gaz",
        "C'est une urgence",
        "Bei uns ist ein Rohr geplatzt",
        "Wir haben einen Notfall",
        "Tem cheiro de gás na cozinha",
        "Meu quarto está alagado",
    ] {
        let route = routed(text);
        assert_eq!(route.urgency, Some(Urgency::Emergency), "{text}");
        assert_eq!(route.escalate, Some(EscalationReason::Emergency), "{text}");
    }
}

#[test]
fn what_cannot_wait_long_is_high_and_calls_nobody() {
    for text in [
        "there is a leak under the sink",
        "I have a terrible toothache",
        "We need someone asap",
        "storm damage on the north side",
        "no heat and it's freezing",
        "Estamos sin calefacción",
        "On n'a plus de chauffage",
        "Die Heizung ist ausgefallen",
        "Estamos sem aquecimento",
        "Tengo dolor de muela",
        "Es urgente",
        "J'ai mal aux dents",
        "Wir haben einen Sturmschaden, es ist dringend",
        "Estou com dor de dente",
    ] {
        let route = routed(text);
        assert_eq!((route.urgency, route.escalate), (Some(Urgency::High), None), "{text}");
    }
}

#[test]
fn who_comes_at_once_with_what_cannot_wait_is_expected_by_a_person() {
    for text in [
        "my kid broke a tooth, we're on our way",
        "mi hijo se ha roto un diente jugando, voy para allá",
        "mon fils s'est cassé une dent, on arrive tout de suite",
        "mein Sohn hat sich einen Zahn abgebrochen, wir sind unterwegs",
        "meu filho quebrou um dente, estamos a caminho",
    ] {
        let route = routed(text);
        assert_eq!((route.urgency, route.escalate), (Some(Urgency::High), Some(EscalationReason::Emergency)), "{text}");
    }
    assert_eq!(routed("I'm on my way for my 3 o'clock").escalate, None);
}

#[test]
fn what_is_denied_is_not_urgent() {
    for text in [
        "It's not urgent",
        "this is not an emergency, just a question",
        "no rush, a small leak in the garage",
        "No es una emergencia",
        "Ce n'est pas une urgence",
        "Das ist kein Notfall",
        "Não é urgente",
    ] {
        let route = routed(text);
        assert_eq!((route.urgency, route.escalate), (Some(Urgency::Low), None), "{text}");
    }
    assert!(routed("this is not an emergency, just a question").certain);
    for text in ["there is no gas smell", "I don't have a leak", "do you install leak detectors?"] {
        assert_eq!((routed(text).urgency, routed(text).escalate), (None, None), "{text}");
    }
}

#[test]
fn a_person_is_called_when_asked_for() {
    for text in [
        "Can I speak to someone?",
        "human",
        "Agent!",
        "I want to talk to a real person please",
        "Quiero hablar con una persona",
        "Je voudrais parler à quelqu’un",
        "Ich möchte mit einem Mitarbeiter sprechen",
        "Quero falar com um atendente",
    ] {
        assert_eq!(routed(text).escalate, Some(EscalationReason::CustomerAsked), "{text}");
    }
    for text in ["I am the property manager", "our insurance agent sent me", "I was just speaking my mind"] {
        assert_eq!(routed(text).escalate, None, "{text}");
    }
}

#[test]
fn complaints_and_the_law_call_a_person() {
    for text in [
        "This is unacceptable",
        "I want a REFUND",
        "my lawyer will call you",
        "I'm going to sue",
        "Estoy muy decepcionada con el trabajo",
        "C'est une arnaque",
        "Ich will mein Geld zurück",
        "Quero meu dinheiro de volta",
        "you charged me twice",
        "Me cobraron dos veces",
        "J'ai été prélevé deux fois",
        "Es wurde doppelt abgebucht",
        "Cadê meu reembolso?",
    ] {
        assert_eq!(routed(text).escalate, Some(EscalationReason::Complaint), "{text}");
    }
    for text in ["Hi, this is Sue", "there is an issue with my tissue box", "the storm damaged my roof"] {
        assert_eq!(routed(text).escalate, None, "{text}");
    }
}

#[test]
fn a_word_that_is_denied_or_names_a_thing_leaves_the_rules_unsure() {
    for text in ["I am not disappointed at all", "what is your refund policy?", "I don't want to talk to a human"] {
        let route = routed(text);
        assert_eq!((route.escalate, route.certain), (None, false), "{text}");
    }
    let both = routed("not disappointed, but I want a refund");
    assert_eq!((both.escalate, both.certain), (Some(EscalationReason::Complaint), true));
}

#[test]
fn a_law_firm_hears_of_lawyers_all_day() {
    let firm = Tenant { industry: "personal injury lawyer".to_owned(), ..tenant() };
    let route = route(&firm, "I need a lawyer", None, monday());
    assert_eq!((route.escalate, route.certain), (None, true));
    assert_eq!(super::route(&firm, "I want a refund", None, monday()).escalate, Some(EscalationReason::Complaint));
}

#[test]
fn the_reason_is_the_gravest() {
    assert_eq!(routed("my lawyer says there is a gas leak").escalate, Some(EscalationReason::Emergency));
    assert_eq!(routed("unacceptable, let me speak to a manager").escalate, Some(EscalationReason::CustomerAsked));
    let long = conversation("en", 100);
    let said = |text| route(&tenant(), text, Some(&long), monday()).escalate;
    assert_eq!(said("the insurance adjuster wants a refund"), Some(EscalationReason::Complaint));
    assert_eq!(said("the insurance adjuster comes"), Some(EscalationReason::TenantWord));
    assert_eq!(said("fine"), Some(EscalationReason::LongConversation));
}

#[test]
fn a_conversation_is_long_beyond_the_limit_of_the_hour() {
    let reason = |count, now: &str| {
        let now = now.parse().unwrap();
        route(&tenant(), "fine", Some(&conversation("en", count)), now).escalate
    };
    for (now, limit) in [
        ("2026-05-04T18:00:00Z", LONG_CONVERSATION),
        // Monday night, Saturday morning while it is open, Sunday.
        ("2026-05-05T04:00:00Z", 2 * LONG_CONVERSATION),
        ("2026-05-09T16:00:00Z", 2 * LONG_CONVERSATION),
        ("2026-05-10T18:00:00Z", 2 * LONG_CONVERSATION),
    ] {
        assert_eq!(reason(limit, now), None, "{now}");
        assert_eq!(reason(limit + 1, now), Some(EscalationReason::LongConversation), "{now}");
    }
}

#[test]
fn the_language_is_the_messages_then_the_conversations_then_the_tenants() {
    let spanish = conversation("es", 2);
    assert_eq!(route(&tenant(), "Hello, how much is it?", Some(&spanish), monday()).language.as_str(), "en");
    assert_eq!(route(&tenant(), "Las Vegas", Some(&spanish), monday()).language.as_str(), "es");
    assert_eq!(routed("ok").language.as_str(), "en");
    assert_eq!(routed("Bonjour, c'est combien ?").language.as_str(), "fr");
}

#[test]
fn an_untold_language_leaves_the_rules_unsure_only_in_longer_texts() {
    assert!(routed("ok").certain);
    assert!(!routed("Καλημέρα σας θέλω ένα ραντεβού").certain);
}

proptest! {
    #[test]
    fn any_text_is_routed_and_always_the_same_way(text in "\\PC*", count in 0_u32..40) {
        let conversation = conversation("de", count);
        let first = route(&tenant(), &text, Some(&conversation), monday());
        prop_assert_eq!(route(&tenant(), &text, Some(&conversation), monday()), first);
    }

    #[test]
    fn the_tenants_words_are_found_in_any_case(
        upper in prop::collection::vec(any::<bool>(), 32), before in "[a-z]{0,8}", after in "[a-z]{0,8}",
    ) {
        for word in tenant().escalation_words {
            let mixed: String = word.chars().zip(upper.iter().cycle())
                .flat_map(|(c, up)| if *up { c.to_uppercase().collect::<Vec<_>>() } else { vec![c] }).collect();
            prop_assert!(routed(&format!("{before} {mixed} {after}")).escalate.is_some(), "{}", mixed);
        }
    }

    #[test]
    fn every_signal_is_found_in_capitals(index in 0_usize..10_000) {
        let signals = signals::ALL.iter();
        let phrases: Vec<_> = signals.flat_map(|s| s.emergency.iter().chain(s.person).chain(s.complaint)).collect();
        let phrase = phrases[index % phrases.len()];
        let route = routed(&phrase.to_uppercase());
        prop_assert!(route.escalate.is_some(), "{}", phrase);
    }
}

#[test]
fn a_guest_complains_of_what_others_order() {
    let hotel = Tenant { industry: "boutique hotel".to_owned(), ..roofer() };
    let pests = Tenant { industry: "pest control".to_owned(), ..roofer() };
    for text in [
        "there are bed bugs in our room",
        "hay cucarachas en el baño",
        "il y a des punaises dans le lit",
        "das Zimmer stinkt",
        "o quarto está sujo",
        "the wifi is not working in room 12",
        "there are no towels in the room",
        "Die Heizung in Zimmer 12 geht nicht",
        "hay mucho ruido en la habitación de al lado",
        "la porte de la chambre ne ferme pas",
        "o chuveiro não esquenta",
    ] {
        let escalate = |tenant: &Tenant| route(tenant, text, None, Timestamp::UNIX_EPOCH).escalate;
        assert_eq!(escalate(&hotel), Some(EscalationReason::Complaint), "{text}");
    }
    let asked = "Is it noisy at night? We want no room beside a loud street";
    assert_eq!(route(&hotel, asked, None, Timestamp::UNIX_EPOCH).escalate, None, "who asks is no guest yet");
    let order = route(&pests, "we have bed bugs, how much is a treatment", None, Timestamp::UNIX_EPOCH);
    assert_eq!(order.escalate, None);
}

#[test]
fn who_asks_for_the_terms_is_not_complaining() {
    for text in ["can I get a refund if I cancel?", "what is your cancellation policy, do I get my money back?"] {
        assert_eq!(route(&roofer(), text, None, Timestamp::UNIX_EPOCH).escalate, None, "{text}");
    }
    let angry = route(&roofer(), "nobody came, I want my money back", None, Timestamp::UNIX_EPOCH);
    assert_eq!(angry.escalate, Some(EscalationReason::Complaint));
}

#[test]
fn a_detector_is_a_thing_until_it_sounds() {
    for text in [
        "do you fit carbon monoxide alarms?",
        "¿venden detectores de monóxido de carbono?",
        "posez-vous des détecteurs de monoxyde de carbone ?",
        "was kostet ein Kohlenmonoxid-Melder?",
    ] {
        assert_eq!(routed(text).escalate, None, "{text}");
    }
    for text in [
        "the carbon monoxide detector upstairs keeps beeping",
        "el detector de monóxido de carbono no para de pitar",
        "le détecteur de monoxyde de carbone s'est déclenché",
        "der Kohlenmonoxid-Melder piept seit einer Stunde",
        "o detector de monóxido de carbono está apitando",
    ] {
        assert_eq!(routed(text).escalate, Some(EscalationReason::Emergency), "{text}");
    }
}

#[test]
fn who_wants_a_person_or_a_call_in_any_words_is_given_one() {
    for text in [
        "put me through to the owner",
        "páseme con el encargado",
        "passez-moi le responsable",
        "holen Sie bitte den Chef",
        "me transfere para o gerente",
        "could someone ring me on 303 555 0142",
    ] {
        assert_eq!(routed(text).escalate, Some(EscalationReason::CustomerAsked), "{text}");
    }
    let unheard = "I asked for a call back and nobody called me back";
    assert_ne!(routed(unheard).escalate, Some(EscalationReason::CustomerAsked));
    assert_eq!(routed("roof repair on Friday at 9, call me at 303 555 0142").escalate, None, "a way to reach them");
}

#[test]
fn a_guest_in_the_house_is_helped_and_who_comes_is_not() {
    let hotel = Tenant { industry: "hotel".to_owned(), ..tenant() };
    let reason = |text| route(&hotel, text, None, monday()).escalate;
    assert_eq!(reason("we locked ourselves out, the key card doesn't work"), Some(EscalationReason::Complaint));
    assert_eq!(reason("two more pillows to room 12 please"), Some(EscalationReason::CustomerAsked));
    assert_eq!(reason("someone is trying to open our door"), Some(EscalationReason::Emergency));
    assert_eq!(reason("I'd like to book a room with extra pillows"), None);
    assert_eq!(routed("two more pillows to room 12 please").escalate, None, "no hotel");
}

#[test]
fn a_short_first_message_is_answered_in_the_language_of_its_words() {
    for (text, code) in [
        ("huele a quemado", "es"),
        ("Dachrinne reinigen Montag", "de"),
        ("toiture qui fuit", "fr"),
        ("telhado pingando", "pt"),
        ("leaky roof", "en"),
        ("Miller 303 555 0142", "en"),
    ] {
        assert_eq!(routed(text).language.as_str(), code, "{text}");
    }
    let spoken = route(&tenant(), "Miller", Some(&conversation("es", 1)), monday());
    assert_eq!(spoken.language.as_str(), "es", "known from before");
}
