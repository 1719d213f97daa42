//! The prompts, word for word: a change of one is a change that someone reads.

use ai::prompt::{Prompt, qualifier};
use domain::conversations::{EscalationReason, Findings, InvitedTo, Lookup, Role};
use domain::ids::CampaignId;
use domain::leads::{Qualification, Urgency};
use domain::messaging::{Channel, Content, MediaKind};
use domain::tenancy::{CostMode, Faq, Hours, Language, Personality};
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::scene::{findings, found, now, scene, with_intake};

fn show(prompt: &Prompt) -> String {
    let messages = prompt.messages.iter().map(|message| format!("== {:?}\n{}", message.role, message.content));
    let system = ["== System, cached".to_owned(), prompt.tenant.clone(), "== System".to_owned(), prompt.turn.clone()];
    system.into_iter().chain(messages).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_first_message_by_sms() {
    insta::assert_snapshot!(show(&qualifier(&scene("Hi, how much is a leak repair?").turn(), CostMode::None, now())));
}

#[test]
fn a_conversation_with_everything_known() {
    let mut scene = scene("").after(&[
        (Role::Assistant, "Sorry that we missed your call. How can we help?"),
        (Role::Customer, "My roof leaks"),
        (Role::Customer, "a lot <3"),
        (Role::Notice, "Told the owner."),
        (Role::Assistant, "I am sorry. Where is the house?"),
        (Role::Staff, "Bob here, we can come by today."),
    ]);
    scene.content = Content::Media {
        kind: MediaKind::Image,
        references: vec!["MEDIA1".to_owned(), "MEDIA2".to_owned()],
        caption: "this one".to_owned(),
    };
    scene.name = Some("Ana Ruiz".to_owned());
    scene.conversation.channel = Channel::Email;
    scene.route.language = Language::new("es").unwrap();
    scene.route.escalate = Some(EscalationReason::Emergency);
    scene.lead.qualification = Qualification {
        service_interest: Some("Leak repair".to_owned()),
        other_services: Vec::new(),
        urgency: Some(Urgency::Emergency),
        budget: None,
        location: Some("12 Elm Street".to_owned()),
        decision_maker: Some(true),
        timeline: None,
        how_many: None,
    };
    scene.lead.requested_time = Some("today at 4".to_owned());
    scene.lead.fields.insert("roof_age".to_owned(), "20 years".to_owned());
    scene.lead.fields.insert("utm_source".to_owned(), "newsletter".to_owned());
    scene.lead.metadata.insert("crm_id".to_owned(), "no model sees it".to_owned());
    scene.findings = findings("Emergencies", "We put up a tarp the same day.");
    insta::assert_snapshot!(show(&qualifier(&scene.turn(), CostMode::None, now())));
}

#[test]
fn the_cached_part_does_not_change_with_the_turn() {
    let first = scene("Hi");
    let mut second = scene("Hello").after(&[(Role::Customer, "Hi"), (Role::Assistant, "Hello!")]);
    second.conversation.channel = Channel::Whatsapp;
    second.route.language = Language::new("vi").unwrap();
    let later = "2027-03-01T10:00:00Z".parse().unwrap();
    let prompts = [qualifier(&first.turn(), CostMode::None, now()), qualifier(&second.turn(), CostMode::None, later)];
    assert_eq!(prompts[0].tenant, prompts[1].tenant);
    assert_ne!(prompts[0].turn, prompts[1].turn);
}

#[test]
fn days_that_differ_prices_of_later_and_all_locations_are_in_it() {
    let mut scene = scene("Hi");
    let price = |cents: u64| serde_json::json!({ "from_cents": cents, "to_cents": cents });
    let service = scene.tenant.services[0].id.clone();
    scene.tenant.services[0].dated_prices = serde_json::from_value(serde_json::json!([
        { "from": "2020-01-01", "until": "2020-12-31", "price": price(1) },
        { "from": "2099-01-01", "until": "2099-01-31", "price": price(77_700) },
    ]))
    .unwrap();
    scene.tenant.hours.holidays = serde_json::from_value(serde_json::json!([
        { "name": "Thanksgiving", "month": 11, "weekday": "thursday", "nth": 4 },
    ]))
    .unwrap();
    let location = |name: &str, cents: u64| {
        serde_json::json!({
            "id": name.to_lowercase(), "name": name, "phone": "+13035550177",
            "address": { "street": "410 Example Street", "city": name, "postal_code": "80226", "country": "US" },
            "hours": { "sunday": [{ "open": "10:00", "close": "12:00" }] },
            "prices": [{ "service": service, "price": price(cents) }],
        })
    };
    let locations: Vec<domain::tenancy::Location> =
        serde_json::from_value(serde_json::json!([location("Lakewood", 11_100), location("Golden", 22_200)])).unwrap();
    let tenant = scene.tenant.clone();
    let told = |text: &str, scene: &mut crate::scene::Scene| {
        let places = domain::conversations::Places::of(&locations, text, &scene.lead);
        scene.tenant = tenant.seen_from(places.meant, "2026-11-20".parse().unwrap());
        let turn = domain::conversations::builtin::Turn { places, ..scene.turn() };
        qualifier(&turn, CostMode::None, "2026-11-20T17:00:00Z".parse().unwrap()).tenant
    };
    let unknown = told("Hi", &mut scene);
    for words in [
        "2026-11-26 (Thanksgiving, a Thursday), instead of the usual hours: closed",
        "from 2099-01-01 until 2099-01-31: 777.00 USD",
        "- Lakewood: 410 Example Street, Lakewood, 80226; phone +13035550177; open Monday closed",
        "Sunday 10:00 to 12:00; ",
        "222.00 USD",
        "It is not known which one the customer means",
    ] {
        assert!(unknown.contains(words), "{words}: {unknown}");
    }
    assert!(!unknown.contains("2020-"), "that is over");
    let lakewood = told("I am in Lakewood", &mut scene);
    assert!(lakewood.contains("Sunday: 10:00 to 12:00") && lakewood.contains(": 111.00 USD"), "{lakewood}");
    assert!(lakewood.contains("This customer's is Lakewood"));
}

#[test]
fn it_says_whether_someone_is_there() {
    let mut scene = scene("Hi");
    let at =
        |time: &str, scene: &crate::scene::Scene| qualifier(&scene.turn(), CostMode::None, time.parse().unwrap()).turn;
    assert!(at("2026-11-20T20:00:00Z", &scene).contains("Friday 2026-11-20 13:00 there. The business is open now."));
    assert!(at("2026-11-20T21:05:00Z", &scene).contains("is closed now and opens Monday 2026-11-23 08:00."));
    scene.tenant.hours = Hours::default();
    assert!(at("2026-11-20T21:05:00Z", &scene).contains("The business is closed."));
}

#[test]
fn a_newcomer_without_a_thread_gets_a_prompt_too() {
    let scene = scene("Hi");
    let turn = domain::conversations::builtin::Turn { lead: None, conversation: None, ..scene.turn() };
    let prompt = qualifier(&turn, CostMode::None, now());
    assert!(prompt.turn.contains("at most 320 characters"));
    assert_eq!(prompt.messages.len(), 1);
    assert!(!prompt.messages[0].content.contains("<known>"));
}

#[test]
fn too_much_knowledge_is_left_out_and_none_is_cut() {
    let mut scene = scene("Hi");
    for (text, count) in [("word ".repeat(10_000), 0), ("word ".repeat(850), 1), ("word ".repeat(20), 8)] {
        let lookup = Lookup { text: String::new(), before: Vec::new(), language: "en".to_owned(), location: None };
        scene.findings = Findings::weigh(&scene.tenant, &lookup, vec![found("T", &text); 50]);
        let prompt = qualifier(&scene.turn(), CostMode::None, now());
        let last = &prompt.messages.last().unwrap().content;
        assert_eq!(last.matches("<excerpt>").count(), count);
        assert!(last.chars().count() < 8_500);
    }
}

#[test]
fn each_channel_has_its_own_voice_and_the_tenants_words_are_in_it() {
    let mut scene = scene("Hi");
    scene.tenant.channel_personalities.insert(Channel::Email, Personality::LuxuryConcierge);
    let mut voice = |channel| {
        scene.conversation.channel = channel;
        let turn = qualifier(&scene.turn(), CostMode::None, now()).turn;
        turn.split_once("# How to sound\n").unwrap().1.to_owned()
    };
    let [letter, chat] = [voice(Channel::Email), voice(Channel::Whatsapp)];
    assert!(letter.contains("concierge") && letter.contains("business letter") && letter.contains("warm and brief"));
    assert!(!chat.contains("concierge") && chat.contains("messenger") && chat.contains("age of the roof"));
}

#[test]
fn what_a_campaign_invited_them_to_is_told_for_seven_days_and_until_they_answered() {
    let mut scene = scene("Yes, that would be good");
    let service = scene.tenant.services[0].clone();
    scene.conversation.invited = Some(InvitedTo {
        campaign: CampaignId::derive(&scene.tenant.id, &["hail"]),
        service: service.id.clone(),
        location: None,
        days: ("2026-11-23".parse().unwrap(), "2026-11-27".parse().unwrap()),
        at: now(),
        until: now() + SignedDuration::from_hours(7 * 24),
        answered: false,
    });
    let told = |scene: &crate::scene::Scene, seconds: i64| {
        let turn = qualifier(&scene.turn(), CostMode::None, now() + SignedDuration::from_secs(seconds)).turn;
        turn.contains("The business invited them to this").then_some(turn)
    };
    let week = 7 * 24 * 3_600;
    let offer = format!("{}, on a day from Monday 2026-11-23 to Friday 2026-11-27", service.name);
    for seconds in [0, week - 1] {
        let turn = told(&scene, seconds).unwrap();
        assert!(turn.contains(&offer) && turn.contains("Promise no time"), "{turn}");
    }
    assert_eq!(told(&scene, week), None, "a yes is about something else then");
    let mut answered = scene;
    answered.conversation.invited.as_mut().unwrap().answered = true;
    assert_eq!(told(&answered, 0), None);
    answered.conversation.invited = None;
    assert_eq!(told(&answered, 0), None);
}

#[test]
fn frequent_questions_are_told_and_beyond_the_room_only_the_one_that_is_asked() {
    let mut scene = scene("Do you have a showroom in Boulder?");
    scene.tenant.faqs = (0..30)
        .map(|index| Faq {
            question: format!("Question {index}?"),
            answer: format!("{index}: {}", "word ".repeat(195)),
            keywords: Vec::new(),
        })
        .collect();
    let asked = Faq {
        question: "Where is your showroom?".to_owned(),
        answer: "At 1 Example Plaza.".to_owned(),
        keywords: vec!["showroom".to_owned()],
    };
    scene.tenant.faqs.push(asked);
    let prompt = qualifier(&scene.turn(), CostMode::None, now());
    assert!(prompt.tenant.contains("- Question 0? 0: word") && !prompt.tenant.contains("Question 29?"));
    assert!(prompt.tenant.chars().count() < 17_000 && !prompt.tenant.contains("showroom"));
    assert!(prompt.turn.contains("- Where is your showroom? At 1 Example Plaza."));
    scene.tenant.faqs.drain(..30);
    let prompt = qualifier(&scene.turn(), CostMode::None, now());
    assert!(prompt.tenant.contains("showroom") && !prompt.turn.contains("showroom"));
}

#[test]
fn the_businesss_questions_with_the_one_to_ask_now() {
    let scene = with_intake("about 20 years");
    insta::assert_snapshot!(show(&qualifier(&scene.turn(), CostMode::None, now())));
}

#[test]
fn the_structured_mode() {
    let mut scene = with_intake("about 20 years");
    for line in 0..8 {
        scene.conversation.remember(Role::Customer, &format!("line {line}"));
    }
    let prompt = qualifier(&scene.turn(), CostMode::Structured, now());
    let whole = qualifier(&scene.turn(), CostMode::None, now());
    assert!(show(&prompt).len() < show(&whole).len());
    insta::assert_snapshot!(show(&prompt));
}

#[test]
fn a_shorter_answer_is_asked_for_and_nothing_else_changes() {
    let scene = scene("Hi");
    let [usual, shorter] =
        [CostMode::None, CostMode::Shorter].map(|cost_mode| qualifier(&scene.turn(), cost_mode, now()));
    assert_eq!((&usual.tenant, &usual.messages), (&shorter.tenant, &shorter.messages));
    assert!(shorter.turn.contains("two sentences at most") && !usual.turn.contains("two sentences"));
}

proptest! {
    #[test]
    fn roles_alternate_from_user_to_user_and_nothing_is_empty(
        lines in prop::collection::vec((0..4_usize, "\\PC{0,40}"), 0..14),
        last in "\\PC{0,40}",
    ) {
        let roles = [Role::Customer, Role::Assistant, Role::Staff, Role::Notice];
        let lines: Vec<_> = lines.iter().map(|(role, text)| (roles[*role], text.as_str())).collect();
        let prompt = qualifier(&scene(&last).after(&lines).turn(), CostMode::None, now());
        for (index, message) in prompt.messages.iter().enumerate() {
            let user = message.role == ai::prompt::Speaker::User;
            prop_assert_eq!(user, index % 2 == 0);
            prop_assert!(!message.content.trim().is_empty());
        }
        prop_assert_eq!(prompt.messages.len() % 2, 1);
    }
}
