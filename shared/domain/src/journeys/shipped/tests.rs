//! The shipped sequences hold what they promise.

use super::*;
use crate::conversations::TaskKind;
use crate::journeys::render::{Part, parts};
use crate::journeys::{Act, Condition, Route, Signal, Step, Text, Then, VISIT_LINK, Wait};
use crate::messaging::{Channel, Kind, Purpose};
use crate::samples;
use crate::tenancy::{Language, Tenant};

const LANGUAGES: [&str; 5] = ["en", "es", "fr", "de", "pt"];

fn named(id: &str) -> &'static Sequence {
    shipped().iter().find(|sequence| sequence.id.as_str() == id).unwrap()
}

fn messages(sequence: &Sequence) -> impl Iterator<Item = (&Step, &Text)> {
    sequence.steps.iter().filter_map(|step| match &step.does {
        Act::Message(text) => Some((step, text.as_ref())),
        _ => None,
    })
}

#[test]
fn each_document_can_be_read_and_comes_back_as_it_is() {
    for document in DOCUMENTS {
        let sequence: Sequence = serde_json::from_str(document).unwrap();
        let written = serde_json::to_string(&sequence).unwrap();
        assert_eq!(serde_json::from_str::<Sequence>(&written).unwrap(), sequence);
    }
    assert_eq!(shipped().len(), DOCUMENTS.len());
}

#[test]
fn each_is_valid_for_a_tenant_of_any_language() {
    for language in LANGUAGES.into_iter().chain(["ja"]) {
        let tenant = Tenant { language: Language::new(language).unwrap(), ..samples::roofer() };
        for sequence in shipped() {
            assert_eq!(sequence.validate(&tenant), Ok(()), "{} in {language}", sequence.id);
        }
    }
}

#[test]
fn every_text_speaks_all_five_languages_with_the_same_places() {
    for sequence in shipped() {
        for (step, text) in messages(sequence) {
            for variant in &text.variants {
                let spoken: Vec<_> = variant.texts.keys().map(Language::as_str).collect();
                let mut all = LANGUAGES.to_vec();
                all.sort_unstable();
                assert_eq!(spoken, all, "{} {}", sequence.id, step.id);
                let english = places(&variant.texts[&Language::english()]);
                for (language, text) in &variant.texts {
                    let missing = english.iter().find(|place| !places(text).contains(place));
                    assert_eq!(missing, None, "{} {} {language}", sequence.id, step.id);
                }
            }
        }
    }
}

fn places(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in parts(text).unwrap() {
        match part {
            Part::Place(place) => found.push(place.to_owned()),
            Part::Optional(inner) => found.extend(inner.iter().filter_map(|part| match part {
                Part::Place(place) => Some((*place).to_owned()),
                _ => None,
            })),
            Part::Words(_) => {}
        }
    }
    found
}

#[test]
fn no_text_depends_on_what_may_not_be_known() {
    for sequence in shipped() {
        // What a reminder stands on is there whenever it is due.
        let sure: &[&str] = match sequence.kind {
            Kind::AppointmentReminder => &["name", "business", "date", "time"],
            Kind::Billing => &["name", "business", "date"],
            _ => &["name", "business"],
        };
        for (step, text) in messages(sequence) {
            for text in text.variants.iter().flat_map(|variant| variant.texts.values()) {
                for part in parts(text).unwrap() {
                    // A text that hands a link over goes out where there is one.
                    let is_the_link = step.id.as_str() == "link" && matches!(part, Part::Place(VISIT_LINK));
                    if let Part::Place(place) = part {
                        assert!(is_the_link || sure.contains(&place), "{} {}: {place}", sequence.id, step.id);
                    }
                }
            }
        }
    }
}

#[test]
fn the_first_marketing_message_on_each_way_says_how_to_stop() {
    for sequence in shipped().iter().filter(|sequence| sequence.kind.purpose() == Purpose::Marketing) {
        let is_by_text = |text: &Text| match &text.channel {
            Route::Best => true,
            Route::FirstOf(channels) => channels.contains(&Channel::Sms),
        };
        let all: Vec<_> = messages(sequence).map(|(_, text)| text).collect();
        let by_text = all.iter().find(|text| is_by_text(text)).unwrap();
        for text in
            [all[0], by_text].into_iter().flat_map(|text| &text.variants).flat_map(|variant| variant.texts.values())
        {
            assert!(text.contains("STOP"), "{}: {text}", sequence.id);
        }
    }
}

#[test]
fn a_silent_lead_is_written_to_after_two_hours_a_day_and_three_days() {
    let sequence = named("silent-lead");
    let mut hours = 0;
    let due: Vec<_> = sequence
        .steps
        .iter()
        .map(|step| match step.wait {
            Wait::After { minutes } => {
                hours += minutes / 60;
                hours
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(due, [2, 24, 72]);
    assert!(sequence.steps.iter().all(|step| step.when == [Condition::WeSpokeLast(true)]));
    assert_eq!(sequence.kind, Kind::FollowUp);
}

#[test]
fn a_quote_is_followed_up_on_days_1_3_7_10_and_14() {
    let sequence = named("quote-follow-up");
    let days: Vec<_> = sequence
        .steps
        .iter()
        .filter_map(|step| match step.wait {
            Wait::OnDay { day, at } => Some((day, at.to_string())),
            _ => None,
        })
        .collect();
    let expected = [(1, "16:00:00"), (3, "10:00:00"), (7, "11:00:00"), (10, "10:00:00"), (14, "16:00:00")];
    assert_eq!(days, expected.map(|(day, at)| (day, at.to_owned())));
    assert_eq!(sequence.hands_over_on, [Signal::CallReceived, Signal::MessageReceived, Signal::CompetitorMentioned]);
}

#[test]
fn only_a_person_calls_about_money() {
    let tasks = |id: &str| -> Vec<TaskKind> {
        let of = |step: &Step| if let Act::Task { kind, .. } = step.does { Some(kind) } else { None };
        named(id).steps.iter().filter_map(of).collect()
    };
    assert_eq!(tasks("collections"), [TaskKind::CollectionsCall]);
    assert_eq!(tasks("quote-follow-up"), [TaskKind::Call]);
}

#[test]
fn a_tenants_own_takes_the_place_of_a_shipped_one() {
    let mine = Sequence { name: "Mine".to_owned(), enabled: false, ..named("welcome").clone() };
    let other = Sequence { id: crate::ids::SequenceId::new("other").unwrap(), ..mine.clone() };
    let all = in_force(&[other.clone(), mine.clone()]);
    assert_eq!(all.len(), shipped().len() + 1);
    assert_eq!(all.iter().filter(|sequence| sequence.id == mine.id).collect::<Vec<_>>(), [&mine]);
    assert_eq!(all.last(), Some(&other));
    assert_eq!(in_force(&[]), shipped());
}

#[test]
fn who_has_no_mailbox_gets_the_link_to_their_visit_by_text_message_alone() {
    let [mail, link] = named("appointment-booked").steps.as_slice() else { panic!("a mail, or a text") };
    assert_eq!(mail.when, [Condition::Reachable(Channel::Email)]);
    assert_eq!((mail.otherwise.as_ref(), &mail.then), (Some(&link.id), &Then::End));
    let Act::Message(text) = &link.does else { panic!("a message") };
    assert_eq!(text.channel, Route::FirstOf(vec![Channel::Sms, Channel::Whatsapp]));
    for text in text.variants.iter().flat_map(|variant| variant.texts.values()) {
        assert!(text.contains("{visit_link}"), "{text}");
    }
}
