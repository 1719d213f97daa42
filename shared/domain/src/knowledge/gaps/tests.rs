use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::*;
use crate::conversations::{Action, Route, builtin};
use crate::messaging::{Content, Source};
use crate::samples::{dentist, roofer};
use crate::tenancy::Retention;
use crate::{ConversationId, MessageId};

fn noon() -> Timestamp {
    "2026-11-30T12:00:00Z".parse().unwrap()
}

/// A question that `who` asked so many hours before noon.
fn question(who: &str, text: &str, hours: i64) -> UnansweredQuestion {
    let tenant = roofer().id;
    UnansweredQuestion {
        reference: MessageRef {
            conversation: ConversationId::derive(&tenant, &[who]),
            at: noon() - SignedDuration::from_hours(hours),
            message: MessageId::derive(&tenant, &[who, text]),
        },
        contact: ContactId::derive(&tenant, &[who]),
        text: text.to_owned(),
        language: Language::english(),
    }
}

/// Three people who ask for solar panels, two for moss, and one for something else.
fn asked() -> Vec<UnansweredQuestion> {
    vec![
        question("ana", "Do you install solar panels on a tiled roof?", 90),
        question("ben", "Can you install solar panels?", 60),
        question("cleo", "do you guys also put up solar panels", 30),
        question("dan", "Do you remove moss from the tiles?", 20),
        question("eve", "can you remove moss", 10),
        question("finn", "Is your office haunted?", 5),
    ]
}

fn suggested(tenant: &Tenant, questions: &[UnansweredQuestion], known: &[Gap]) -> Vec<Gap> {
    suggestions(tenant, questions, known, noon()).into_iter().map(|(gap, _)| gap).collect()
}

/// What the built-in responder answers to a first message.
fn reply(tenant: &Tenant, text: &str) -> (Action, String) {
    let content = Content::Text { text: text.to_owned() };
    let route = Route { language: tenant.language.clone(), urgency: None, escalate: None, certain: true };
    let answer = builtin::respond(&builtin::Turn::new(tenant, &content, Source::Sms, &route), noon());
    (answer.action, answer.reply)
}

#[test]
fn what_two_people_asked_is_suggested_the_most_asked_first() {
    let tenant = roofer();
    let found = suggested(&tenant, &asked(), &[]);
    let [solar, moss] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((solar.times, solar.askers, solar.state), (3, 3, GapState::Open));
    assert!(solar.question.contains("solar panels"), "{}", solar.question);
    assert_eq!(solar.examples.len(), 2, "{:?}", solar.examples);
    assert!(!solar.examples.contains(&solar.question));
    assert_eq!(solar.last_asked_at, noon() - SignedDuration::from_hours(30));
    assert_eq!((moss.times, moss.askers), (2, 2));
    assert!(moss.question.contains("moss"), "{}", moss.question);
}

#[test]
fn one_person_who_asks_again_is_one_person() {
    let twice = [
        question("ana", "Do you install solar panels?", 90),
        question("ana", "So, do you install solar panels or not?", 9),
    ];
    assert_eq!(suggested(&roofer(), &twice, &[]), []);
    let other = [twice.as_slice(), &[question("ben", "can you install solar panels", 1)]].concat();
    assert_eq!(suggested(&roofer(), &other, &[]).len(), 1);
}

#[test]
fn a_week_has_at_most_ten() {
    const SUBJECTS: [&str; 12] = [
        "skylights",
        "chimneys",
        "awnings",
        "satellite dishes",
        "lightning rods",
        "beehives",
        "weathercocks",
        "turrets",
        "dormers",
        "pergolas",
        "carports",
        "gazebos",
    ];
    let both =
        |subject: &&str| ["ana", "ben"].map(|who| question(who, &format!("Do you repair {subject}?"), 10)).to_vec();
    let questions: Vec<_> = SUBJECTS.iter().flat_map(both).collect();
    assert_eq!(suggested(&roofer(), &questions, &[]).len(), MAX_SUGGESTED);
    assert_eq!(suggested(&roofer(), &questions[..18], &[]).len(), 9);
}

#[test]
fn a_question_that_was_added_is_answered_the_next_time_however_it_was_asked() {
    let tenant = roofer();
    let questions = asked();
    let found = suggestions(&tenant, &questions, &[], noon());
    for (gap, members) in &found {
        for asked in members {
            assert_eq!(reply(&tenant, &asked.text).0, Action::AskTeam, "{}", asked.text);
        }
        // The business words it as it likes: the customers' words still lead there.
        let with = gap.added_to(&tenant, "Anything else on top?", "Yes, ask for our price list.").unwrap().unwrap();
        for asked in members {
            let (action, said) = reply(&with, &asked.text);
            assert!(said.contains("Yes, ask for our price list."), "{}: {said}", asked.text);
            assert_ne!(action, Action::AskTeam, "{}", asked.text);
        }
        // And others' do not.
        for other in questions.iter().filter(|question| !members.contains(question)) {
            assert!(!reply(&with, &other.text).1.contains("our price list"), "{}", other.text);
        }
        let own = ["How much is a roof inspection?", "My roof leaks, can you repair it?", "Do you clean gutters?"];
        for text in own {
            assert_eq!(reply(&with, text), reply(&tenant, text), "{text}");
        }
    }
    let [(solar, _), (moss, _)] = found.as_slice() else { panic!() };
    assert!(!solar.keywords.is_empty() && !moss.keywords.is_empty(), "{:?} {:?}", solar.keywords, moss.keywords);
    let with = solar.added_to(&tenant, &solar.question, "Yes, with a partner.").unwrap().unwrap();
    let left = suggested(&with, &questions, &[]);
    assert_eq!(left.len(), 1, "what is answered now is suggested no more: {left:?}");
    assert_eq!(solar.added_to(&with, &solar.question, " Yes, with a partner. ").unwrap(), None, "it is there already");
}

#[test]
fn a_keyword_takes_nothing_from_what_is_answered_already() {
    let mut tenant = roofer();
    let faq = |question: &str, answer: &str| Faq {
        question: question.to_owned(),
        answer: answer.to_owned(),
        keywords: Vec::new(),
    };
    tenant.faqs = vec![faq("Do you install solar panels on flat roofs?", "On flat roofs, yes.")];
    let gap = Gap {
        keywords: vec!["solar panels".to_owned(), "solar tiles".to_owned(), "roof inspection".to_owned()],
        ..suggested(&roofer(), &asked(), &[]).remove(0)
    };
    let with = gap.added_to(&tenant, "Do you sell solar tiles?", "No.").unwrap().unwrap();
    assert_eq!(with.faqs[1].keywords, ["solar tiles"]);
    for (question, answer) in
        [("", "Yes."), ("Solar?", " "), (&"x".repeat(301), "Yes."), ("Solar?", &"x".repeat(1_001))]
    {
        assert!(gap.added_to(&tenant, question, answer).is_err(), "{question:.9} {answer:.9}");
    }
}

#[test]
fn what_was_dismissed_does_not_come_back_and_quotes_no_one() {
    let tenant = roofer();
    let mut found = suggested(&tenant, &asked(), &[]);
    let dismissed = found.remove(0).decided(GapState::Dismissed);
    assert_eq!((dismissed.question.as_str(), dismissed.examples.len(), dismissed.contacts.len()), ("", 0, 0));
    assert_eq!((dismissed.draft.as_ref(), dismissed.keywords.len()), (None, 0));
    let again = suggested(&tenant, &asked(), std::slice::from_ref(&dismissed));
    assert_eq!(again.iter().map(|gap| &gap.id).collect::<Vec<_>>(), [&found[0].id]);
    // Nor when others ask it, in a year.
    let others =
        [question("gus", "Do you put solar panels on roofs?", 4), question("hal", "do you do solar panels", 3)];
    assert_eq!(suggested(&tenant, &others, &[dismissed]), []);
    assert_eq!(suggested(&tenant, &others, &[]).len(), 1);
}

#[test]
fn one_that_waits_keeps_its_id_and_since_when_it_waits() {
    let tenant = roofer();
    let before: Vec<Gap> = suggested(&tenant, &asked(), &[]);
    let early = noon() - SignedDuration::from_hours(7 * 24);
    let known: Vec<Gap> = before.iter().cloned().map(|gap| Gap { since: early, ..gap }).collect();
    let more = [asked(), vec![question("gus", "Could you install solar panels next year?", 1)]].concat();
    let after = suggested(&tenant, &more, &known);
    assert_eq!((after[0].id, after[0].since, after[0].times), (before[0].id, early, 4));
    let added: Vec<Gap> = known.into_iter().map(|gap| gap.decided(GapState::Added)).collect();
    assert_eq!(suggested(&tenant, &more, &added), [], "no id is used twice");
}

#[test]
fn what_only_one_person_can_mean_is_not_kept() {
    let tenant = roofer();
    for text in [
        "Is my appointment on Friday?",
        "¿Está lista mi factura?",
        "Wann ist mein Termin?",
        "Where is our invoice?",
        "Est-ce que mon devis est prêt ?",
        "Can I talk to a real person?",
        "Are you a bot?",
        "Can we move it to Thursday?",
        "can you cancel the inspection?",
        "The roof is on fire, do you come now?",
        "This is a disgrace, nobody called me back, do you even care?",
        "are you hiring?",
        "We sell shingles wholesale, are you interested?",
        "I would like solar panels.",
        "Thanks!",
        "?",
        "And that?",
    ] {
        assert_eq!(asked_in(&tenant, text, &[]), None, "{text}");
    }
}

#[test]
fn a_question_is_kept_without_what_is_its_writers() {
    let tenant = roofer();
    let names = ["Ana María Vale", "Dan"];
    for (text, kept) in [
        ("Do you install solar panels?", "Do you install solar panels?"),
        ("Hi, I'm Ana. I live in Denver. do you install solar panels", "do you install solar panels"),
        ("Do you install solar panels? Call me: +1 303 555 0142. Thanks, Ana", "Do you install solar panels?"),
        ("Can you mail a solar brochure to ana.vale@example.com?", "Can you mail a solar brochure to …?"),
        ("Did Dan and María ask for solar tiles on 303 555 0142?", "Did … and … ask for solar tiles on …?"),
        ("Do you do solar at 12 Elm Street in winter?", "Do you do solar at … in winter?"),
        ("Macht ihr Solar in der Lindenstrasse 12?", "Macht ihr Solar in der …?"),
        ("Is policy 4471-22918 valid for hail?", "Is policy … valid for hail?"),
        ("Do these fit https://example.com/x?id=7 panels?", "Do these fit … panels?"),
        ("¿Ponen paneles solares? ¿Y cuándo es mi cita?", "¿Ponen paneles solares?"),
        ("Is a 2015 metal roof fit for solar?", "Is a 2015 metal roof fit for solar?"),
    ] {
        assert_eq!(asked_in(&tenant, text, &names).as_deref(), Some(kept), "{text}");
    }
    let long = format!("Do you install solar {}?", "panels ".repeat(80));
    assert!(asked_in(&tenant, &long, &[]).unwrap().chars().count() <= asked::MAX_CHARS);
    let mut answered = tenant;
    let faq = Faq { question: "Solar?".to_owned(), answer: "Yes.".to_owned(), keywords: vec!["solar".to_owned()] };
    answered.faqs.push(faq);
    let both = "Do you install solar panels? Do you keep bees?";
    assert_eq!(asked_in(&answered, both, &[]).as_deref(), Some("Do you keep bees?"));
}

fn drafted(tenant: &Tenant, answers: &[(&str, &str)]) -> Option<String> {
    let names = ["Ana Vale".to_owned()];
    let answers = answers.iter().map(|(who, text)| StaffAnswer {
        contact: ContactId::derive(&tenant.id, &[who]),
        text,
        names: &names,
    });
    draft(tenant, &answers.collect::<Vec<_>>())
}

#[test]
fn a_draft_is_what_staff_wrote_without_what_is_one_customers() {
    let tenant = roofer();
    for (said, draft) in [
        (
            "Yes, we install solar panels together with a partner.",
            Some("Yes, we install solar panels together with a partner."),
        ),
        ("Hi Ana,\nYes, we install solar panels. Your quote is ready. Thanks!", Some("Yes, we install solar panels.")),
        ("Yes, we do. For you it would be $12,400.", Some("Yes, we do.")),
        ("Yes, we do. We could come on Thursday at 3 pm.", Some("Yes, we do.")),
        ("Yes, we do. Write to kim@example.org or call 720 555 0101.", Some("Yes, we do.")),
        // The business's own figures are for everyone.
        (
            "Yes. An inspection comes first, for 149.00 USD. Call +13035550100.",
            Some("Yes. An inspection comes first, for 149.00 USD. Call +13035550100."),
        ),
        ("Parking is free for guests.", Some("Parking is free for guests.")),
        ("Ms Vale, we can do that for 12,400.", None),
        ("Thanks!", None),
        ("", None),
    ] {
        assert_eq!(drafted(&tenant, &[("ana", said)]).as_deref(), draft, "{said}");
    }
    assert_eq!(drafted(&tenant, &[]), None);
    // Nothing is left of the latest: the one before.
    let two = [("ana", "It is 900 for Ana."), ("ben", "Yes, all year.")];
    assert_eq!(drafted(&tenant, &two).as_deref(), Some("Yes, all year."));
    // What two were told is for everyone, but not what one was told twice.
    let panel = "A panel takes up to 40 kg.";
    assert_eq!(drafted(&tenant, &[("ana", panel), ("ben", "Up to 40 kg.")]).as_deref(), Some(panel));
    assert_eq!(drafted(&tenant, &[("ana", panel), ("ana", "Up to 40 kg.")]), None);
}

#[test]
fn a_question_is_kept_no_longer_than_the_message() {
    let one = question("ana", "Do you install solar panels?", 0);
    let with = |days| Tenant { retention: Retention { messages_days: days, ..Retention::default() }, ..dentist() };
    let days = |tenant: &Tenant| one.kept_until(tenant).duration_since(noon()).as_hours() / 24;
    assert_eq!([None, Some(30), Some(400)].map(|kept| days(&with(kept))), [90, 30, 90]);
}

#[test]
fn a_week_is_due_on_monday_morning_where_the_tenant_is() {
    let due = |now: &str, zone: &str| week_due(now.parse().unwrap(), &TimeZone::get(zone).unwrap());
    let week = || Some("2026-W49".to_owned());
    assert_eq!(due("2026-11-30T06:10:00Z", "Europe/Berlin"), week());
    assert_eq!(due("2026-11-30T02:10:00Z", "Europe/Berlin"), None, "it is three o'clock");
    assert_eq!(due("2026-11-30T06:10:00Z", "America/Denver"), None, "it is Sunday");
    assert_eq!(due("2026-11-30T12:10:00Z", "America/Denver"), week());
    assert_eq!(due("2026-11-29T18:10:00Z", "Pacific/Auckland"), week());
    assert_eq!(due("2026-12-01T12:10:00Z", "America/Denver"), None, "it is Tuesday");
}
