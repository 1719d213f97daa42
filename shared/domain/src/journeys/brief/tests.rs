use proptest::prelude::*;

use super::*;
use crate::journeys::tests::World;
use crate::tenancy::Language;

const FALLBACK: &str = "Hi Ana, Acme Roofing here. Your quote for Roof repair over $1,250.50 is at \
                        https://q.example.com/1 until Tuesday, December 1. Questions? +13035550142. Reply STOP to end.";

fn brief<'a>(fallback: &'a str, language: &'a Language) -> Brief<'a> {
    let facts = [
        ("name", "Ana"),
        ("business", "Acme Roofing"),
        ("service", "Roof repair"),
        ("amount", "$1,250.50"),
        ("link", "https://q.example.com/1"),
        ("expires", "Tuesday, December 1"),
        ("phone", "+13035550142"),
    ];
    Brief {
        prompt: "Ask about the quote[ for {service}].",
        fallback,
        facts: facts.map(|(place, value)| (place, value.to_owned())).into(),
        recent: &[],
        language,
        channel: Channel::Sms,
        kind: Kind::QuoteFollowUp,
        contact: None,
    }
}

fn judged(text: &str) -> Result<(), Unfit> {
    brief("Hi Ana, did you see your quote?", &Language::english()).accepts(text)
}

#[test]
fn what_says_only_what_is_known_goes_out() {
    for text in [
        "Hi Ana, how does the quote for the roof look to you? We may help with anything unclear.",
        "Your quote of $1,250.50 is here: https://q.example.com/1. Any questions?",
        "Call us at +13035550142, and feel free to ask!",
        "It holds until Tuesday, December 1 (1,250.50 in all).",
        "Is it a.m. or p.m., e.g. before work? 😊",
        "Ana, any news? 👩\u{200d}🔧",
    ] {
        assert_eq!(judged(text), Ok(()), "{text}");
    }
}

#[test]
fn what_the_business_would_have_to_stand_by_and_never_said_does_not_go_out() {
    for (text, unfit) in [
        ("", Unfit::Empty),
        (" \n ", Unfit::Empty),
        ("Hi {name}, any questions?", Unfit::Place),
        ("Hi [your name], any questions?", Unfit::Place),
        ("Hi \u{202e}Ana", Unfit::Invisible),
        ("Hi A\u{200b}na", Unfit::Invisible),
        ("See https://evil.example.com/1", Unfit::Address),
        ("See https://q.example.com/1/../2.", Unfit::Address),
        ("See https://Q.example.com/1?to=evil", Unfit::Address),
        ("See bit.ly/x", Unfit::Address),
        ("See (www.evil.example)", Unfit::Address),
        ("See evil。com", Unfit::Address),
        ("Write to me@evil.example", Unfit::Address),
        ("Find us at @acme", Unfit::Address),
        ("Call (303) 555-0199", Unfit::Figure),
        ("Call 555 0142", Unfit::Figure),
        ("It is $1,200 now", Unfit::Figure),
        ("It is 1250.50", Unfit::Figure),
        ("It is only $1 a day", Unfit::Figure),
        ("Take 1% off", Unfit::Figure),
        ("Take 1 % off", Unfit::Figure),
        ("Save 20 € with us", Unfit::Figure),
        ("We come on 12/01", Unfit::Figure),
        ("We come at 16:00", Unfit::Figure),
        ("We take ½ of it", Unfit::Figure),
        ("We are there 24/7", Unfit::Figure),
        ("We come on Wednesday", Unfit::Day),
        ("Decide by tomorrow", Unfit::Day),
        ("Wir kommen nächste Woche", Unfit::Day),
        ("Venimos el miércoles", Unfit::Day),
        ("We can give you a discount", Unfit::Promise),
        ("The inspection is FREE", Unfit::Promise),
        ("Ten percent less", Unfit::Promise),
        ("A hundred dollars less", Unfit::Figure),
        ("It is ninety-five", Unfit::Figure),
        ("It is fr33", Unfit::Invisible),
        ("Осмотр бесплатный", Unfit::Promise),
        ("Your visit is confirmed", Unfit::Promise),
        ("Agreed, as you like", Unfit::Promise),
        ("Guten Morgen Ana, passt Ihnen das Angebot?", Unfit::Language),
        ("Half price for you", Unfit::Promise),
        ("Con descuento", Unfit::Promise),
        ("C'est gratuit", Unfit::Promise),
        ("Mit Rabatt", Unfit::Promise),
        ("Com promoção", Unfit::Promise),
        ("Con lo sconto", Unfit::Promise),
    ] {
        assert_eq!(judged(text), Err(unfit), "{text}");
    }
}

#[test]
fn the_channel_limits_the_length() {
    let language = Language::english();
    for (channel, limit) in
        [(Channel::Sms, 320), (Channel::Whatsapp, 1_000), (Channel::Chat, 1_000), (Channel::Email, 2_000)]
    {
        let brief = Brief { channel, ..brief("Hi Ana", &language) };
        assert_eq!(brief.accepts(&"é".repeat(limit)), Ok(()));
        assert_eq!(brief.accepts(&"é".repeat(limit + 1)), Err(Unfit::TooLong(limit)));
    }
}

#[test]
fn who_writes_and_how_to_stop_are_kept_where_the_fallback_says_them() {
    let language = Language::english();
    let brief = brief(FALLBACK, &language);
    for (text, judged) in [
        ("Acme Roofing here: any questions? Reply STOP to end.", Ok(())),
        ("acme roofing here. Any questions? STOP ends it.", Ok(())),
        ("Any questions? Reply STOP to end.", Err(Unfit::Business)),
        ("Acme Roofing here: any questions?", Err(Unfit::StopHint)),
        ("Acme Roofing here: we can stop by.", Err(Unfit::StopHint)),
    ] {
        assert_eq!(brief.accepts(text), judged, "{text}");
    }
}

#[test]
fn what_the_business_itself_promises_may_be_repeated() {
    let language = Language::english();
    let brief = brief("A free inspection, and 10% discount until Friday!", &language);
    assert_eq!(brief.accepts("Would a free inspection help? Until Friday there is a 10% discount."), Ok(()));
    assert_eq!(brief.accepts("There is a $10 discount"), Err(Unfit::Figure));
}

#[test]
fn who_is_called_free_is_given_nothing() {
    let language = Language::english();
    let mut brief = brief("Hi Free, did you see your quote?", &language);
    brief.facts[0].1 = "Free".to_owned();
    assert_eq!(brief.accepts("The inspection is free"), Err(Unfit::Promise));
}

#[test]
fn what_was_said_before_is_no_source() {
    let language = Language::english();
    let line = Line { role: crate::conversations::Role::Customer, text: "You said $99 and a discount!".to_owned() };
    let recent = [line];
    let brief = Brief { recent: &recent, ..brief("Hi Ana", &language) };
    assert_eq!(brief.accepts("It is $99"), Err(Unfit::Figure));
    assert_eq!(brief.accepts("With the discount"), Err(Unfit::Promise));
}

#[test]
fn a_step_with_a_prompt_is_briefed_with_what_is_known() {
    let world = World::only(serde_json::json!({
        "id": "hello", "name": "Hello", "kind": "follow_up", "enters_on": [{ "on": "lead.created" }],
        "stops_on": ["message.received"],
        "steps": [{ "id": "one", "wait": { "after": { "minutes": 60 } }, "does": { "message": {
            "channel": { "first_of": ["sms"] },
            "variants": [{ "id": "a", "texts": { "en": "Hi {name}, {business} here." }, "prompt": "Greet {name}." }]
        } } }]
    }));
    let lead = crate::events::EventKind::LeadCreated {
        lead: world.person.lead.id,
        contact: world.contact(),
        source: world.person.lead.source,
    };
    let begun = world.told(world.journey(), &[(crate::journeys::tests::monday(), lead)]);
    let journey_update = world.written(begun.journey, "hello");
    let mut draft = journey_update.messages.into_iter().next().unwrap();

    let journey_context = world.journey_context();
    let brief = Brief::of(&draft, &journey_context, &journey_update.journey).unwrap();
    assert_eq!((brief.prompt, brief.fallback), ("Greet {name}.", draft.message.text.as_str()));
    assert_eq!((brief.channel, brief.kind, brief.language.as_str()), (Channel::Sms, Kind::FollowUp, "en"));
    assert!(brief.facts.contains(&("name", "Ana".to_owned())));
    assert!(brief.facts.contains(&("business", world.tenant.name.clone())));
    assert!(brief.facts.iter().all(|(place, value)| *place != "amount" && !value.is_empty()));
    assert_eq!(brief.recent, []);

    let author = Author { model: "m".to_owned(), input_tokens: 1, output_tokens: 2 };
    draft.says_instead("Hello Ana!".to_owned(), author.clone());
    assert_eq!(draft.message.text, "Hello Ana!");
    assert_eq!(draft.message.author, Some(author));
    assert_eq!(draft.thread.recent.last().map(|line| line.text.as_str()), Some("Hello Ana!"));
    draft.prompt = None;
    assert_eq!(Brief::of(&draft, &journey_context, &journey_update.journey), None);
}

proptest! {
    #[test]
    fn what_goes_out_holds_no_digit_and_no_address_that_is_not_known(text in "[ a-zA-Z0-9$%.:/@,+€-]{0,60}") {
        let language = Language::english();
        let brief = brief("Hi Ana", &language);
        if brief.accepts(&text).is_ok() {
            let known = brief.known();
            for run in text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()) {
                prop_assert!(known.contains(run), "{text}: {run}");
            }
            prop_assert!(!text.contains('@') && (!text.contains("://") || text.contains("https://q.example.com/1")));
            let tight: Vec<char> = text.chars().filter(|c| *c != ' ').collect();
            prop_assert!(!tight.windows(2).any(|pair| pair[0].is_ascii_digit() && pair[1] == '%'), "{text}");
        }
    }

    #[test]
    fn any_text_is_judged_and_the_same_way_twice(text in any::<String>()) {
        let verdict = judged(&text);
        prop_assert_eq!(judged(&text), verdict);
        if verdict.is_ok() {
            prop_assert!(!text.trim().is_empty() && text.chars().count() <= 320);
        }
    }
}
