//! Laws of the one transaction, over every constellation of two people who merge: within DynamoDB's limits whoever they are.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem, Update};
use domain::ConversationId;
use domain::conversations::{Action, Answer, Author, EscalationReason, Intent, Sentiment};
use domain::leads::{GivenDetails, LeadStatus, Qualification, Score};
use domain::messaging::{Address, Channel, Content, Inbound, Phone, Source};
use domain::tenancy::usage::{Feature, Saved, Spent, Tokens, UsageLine};
use domain::tenancy::{BusinessContext, Language, Tenant};
use domain::turns::{Response, Turn};
use serde_json::json;

use super::*;

/// What DynamoDB takes in one transaction.
const LIMIT: usize = 100;
const CHANNELS: [Channel; 4] = [Channel::Whatsapp, Channel::Sms, Channel::Email, Channel::Chat];

/// As many staff as a tenant may name.
fn tenant() -> Tenant {
    let staff: Vec<String> = (0..5).map(|index| format!("staff-{index}@example.com")).collect();
    let tenant: Tenant = serde_json::from_value(json!({
        "id": "acme", "name": "Acme Roofing", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
        "region": "US", "language": "en", "business": {}, "hours": {}, "services": [], "notify": staff,
    }))
    .unwrap();
    tenant.validate().unwrap();
    tenant
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_176_000 + second).unwrap()
}

/// The visitor's are sessions; of the owner the first one is a number.
fn address(index: usize, name: &str) -> KnownAddress {
    match (index, name) {
        (0, "person-1") => KnownAddress::proven(phone()),
        _ => KnownAddress::given(Address::Chat(format!("{name}-{index}"))),
    }
}

fn phone() -> Address {
    Address::Phone(Phone::e164("+13035550101", "phone").unwrap())
}

/// Person number `index`: 0 is an anonymous visitor, 1 the owner of a number; with a thread on the channels whose bit is set and so many addresses.
fn person(tenant: &Tenant, index: u8, channels: u8, open: bool, addresses: usize) -> Person {
    let name = format!("person-{index}");
    let contact = ContactId::derive(&tenant.id, &[&name]);
    let lead = LeadId::derive(&tenant.id, &[&name]);
    let threads = CHANNELS.into_iter().enumerate().filter(|(bit, _)| channels & (1 << bit) != 0);
    let thread = |(_, channel): (usize, Channel)| Conversation {
        session: (channel == Channel::Chat).then(|| format!("{name}-0")),
        message_count: 2,
        version: 7,
        last_message_at: at(i64::from(index)),
        ..Conversation::new(
            ConversationId::derive(&tenant.id, &[&name, channel.as_str()]),
            contact,
            lead,
            channel,
            Language::english(),
            at(0),
        )
    };
    Person {
        threads: threads.map(thread).collect(),
        contact: Contact {
            addresses: (0..addresses).map(|index| address(index, &name)).collect(),
            version: 7,
            ..Contact::new(contact, at(i64::from(index)))
        },
        lead: Lead {
            status: if open { LeadStatus::Qualifying } else { LeadStatus::ClosedWon },
            version: 7,
            ..Lead::new(lead, contact, Source::LiveChat, at(0))
        },
        opt_out_state: OptOutState::default(),
        journey: None,
    }
}

/// Written by person 0 in the browser of their thread, with the number of person 1.
fn inbound(tenant: &Tenant, channel: Channel) -> Inbound {
    Inbound {
        tenant: tenant.id.clone(),
        vendor_id: "m1".to_owned(),
        source: Source::LiveChat,
        channel,
        from: Address::Chat("person-0-0".to_owned()),
        also: vec![phone()],
        name: None,
        content: Content::Text { text: "A person, please".to_owned() },
        received_at: at(60),
        sent_at: None,
        fields: BTreeMap::new(),
        text_consent: None,
        withheld: None,
        correlation_id: "correlation".to_owned(),
    }
}

/// Everything that a response can cause at once.
fn eventful() -> Response {
    let answer = Answer {
        reply: "Gladly.".to_owned(),
        language: Language::english(),
        intent: Intent::Booking,
        sentiment: Sentiment::Neutral,
        action: Action::RequestBooking,
        score: Score::Hot,
        confidence: 90,
        qualification: Qualification::default(),
        given: GivenDetails::default(),
        requested_time: Some("Monday".to_owned()),
        intake: BTreeMap::new(),
        asked: None,
        citations: Vec::new(),
        author: Author { model: "builtin".to_owned(), input_tokens: 1, output_tokens: 1 },
    };
    Response::Answered { answer: Box::new(answer), escalate: Some(EscalationReason::CustomerAsked) }
}

/// A question to a model, which is counted.
fn spent(feature: Feature, model: &str) -> Spent {
    Spent {
        feature,
        model: model.to_owned(),
        tokens: Tokens { uncached: 1, output: 1, ..Tokens::default() },
        saved: Saved::default(),
    }
}

fn of_turn(tenant: &Tenant, outcome: &Outcome) -> Writes {
    let left = Uncounted::of(outcome, at(60));
    Writes::of_turn("table", &tenant.id, outcome, &LoadedVisit::default(), &left, at(60)).unwrap()
}

fn writes(tenant: &Tenant, inbound: &Inbound, found: &[Person]) -> Writes {
    let mut turn = Turn::open(tenant, BusinessContext::NONE, inbound, found.to_vec(), at(60));
    turn.spent.extend([spent(Feature::Route, "small"), spent(Feature::Converse, "large")]);
    of_turn(tenant, &turn.close(eventful(), 1))
}

/// The key of the one item that each write is about.
fn keys_of(writes: &Writes) -> Vec<(String, String)> {
    let part = |key: &Item, name: &str| key[name].as_s().unwrap().clone();
    let key = |item: &TransactWriteItem| {
        let key = item.put().map(Put::item).or(item.update().map(Update::key)).or(item.delete().map(Delete::key));
        let key = key.or(item.condition_check().map(ConditionCheck::key));
        let key = key.expect("a write puts, updates, deletes or checks");
        (part(key, "pk"), part(key, "sk"))
    };
    writes.items.iter().map(key).collect()
}

#[test]
fn no_merge_writes_an_item_twice() {
    let tenant = tenant();
    // No thread, SMS, chat, both: channels differ in nothing else.
    let kinds = || [0, 0b0010, 0b1000, 0b1010].into_iter();
    let mut checked = 0;
    for (mine, theirs) in kinds().flat_map(|mine| kinds().map(move |theirs| (mine, theirs))) {
        for (mine_open, theirs_open) in [(true, true), (true, false), (false, true), (false, false)] {
            let people = [person(&tenant, 0, mine, mine_open, 2), person(&tenant, 1, theirs, theirs_open, 2)];
            let reversed = [people[1].clone(), people[0].clone()];
            for found in [&people[..], &reversed, &people[..1], &people[1..], &[]] {
                for channel in [Channel::Chat, Channel::Sms] {
                    let keys = keys_of(&writes(&tenant, &inbound(&tenant, channel), found));
                    let distinct: BTreeSet<_> = keys.iter().collect();
                    assert_eq!(distinct.len(), keys.len(), "{mine:04b} {theirs:04b} {mine_open} {theirs_open}");
                    checked += 1;
                }
            }
        }
    }
    assert_eq!(checked, 4 * 4 * 4 * 5 * 2);
}

#[test]
fn the_largest_merge_fits_into_one_transaction() {
    let tenant = tenant();
    // A visitor and the owner of the number, each with as many addresses as can be.
    for open in [true, false] {
        let mut people: Vec<Person> = (0..2).map(|index| person(&tenant, index, 0b1111, open, 8)).collect();
        // Of before the search index, and found by more than is written in passing.
        people[1].contact.card.tags = (0..50).map(|n| format!("tag {n}")).collect();
        let writes = writes(&tenant, &inbound(&tenant, Channel::Chat), &people);
        assert!((60..=LIMIT).contains(&writes.items.len()), "{} writes", writes.items.len());
    }
}

#[test]
fn every_write_of_a_tenants_turn_is_in_the_tenants_part_of_the_table() {
    let tenant = tenant();
    let people = [person(&tenant, 0, 0b1111, true, 2), person(&tenant, 1, 0b1111, true, 2)];
    let keys = keys_of(&writes(&tenant, &inbound(&tenant, Channel::Chat), &people));
    assert!(keys.iter().all(|(partition, _)| partition.starts_with("T#acme#")));
}

#[test]
fn the_mark_that_makes_a_repeat_visible_comes_first_and_expires_after_thirty_days() {
    let tenant = tenant();
    let writes = writes(&tenant, &inbound(&tenant, Channel::Sms), &[]);
    let mark = writes.items[0].put().unwrap();
    assert_eq!(mark.condition_expression(), Some("attribute_not_exists(pk)"));
    let expires = (at(60) + SignedDuration::from_hours(30 * 24)).as_second().to_string();
    assert_eq!(mark.item()["expires_at"], AttributeValue::N(expires));
}

#[test]
fn a_turn_notes_when_someone_wrote_and_that_they_can_be_reached_there() {
    let tenant = tenant();
    let texted = Inbound { source: Source::Sms, from: phone(), ..inbound(&tenant, Channel::Sms) };
    let writes = writes(&tenant, &texted, &[person(&tenant, 1, 0, true, 1)]);
    let mut updates = writes.items.iter().filter_map(TransactWriteItem::update);
    let heard = updates.find(|update| update.key()["sk"].as_s().unwrap() == "NOW#STANDING").unwrap();
    assert_eq!(heard.update_expression(), "SET entity = :entity, heard_sms = :at DELETE unreachable :from");
    assert_eq!(heard.condition_expression(), None);
    let values = heard.expression_attribute_values().unwrap();
    assert_eq!(values[":at"], number(at(60).as_millisecond()));
    let from = ["sms|phone:+13035550101", "phone:+13035550101"].map(str::to_owned);
    assert_eq!(values[":from"], AttributeValue::Ss(from.into()));
}

#[test]
fn what_is_answered_to_a_new_address_depends_on_its_not_having_refused_meanwhile() {
    let tenant = tenant();
    let inbound = Inbound { source: Source::Sms, ..inbound(&tenant, Channel::Sms) };
    let checks = |found: &[Person]| {
        let writes = writes(&tenant, &inbound, found);
        let checks = writes.items.iter().filter_map(TransactWriteItem::condition_check);
        checks.map(|check| check.key()["pk"].as_s().unwrap().clone()).collect::<Vec<_>>()
    };
    assert_eq!(checks(&[]), ["T#acme#SUPPRESSION#chat:person-0-0"]);
    assert_eq!(checks(&[person(&tenant, 0, 0, true, 1)]), Vec::<String>::new(), "somebody known has a standing");
    let turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), at(60));
    let silent = turn.close(Response::Silent { intent: Intent::Other, suppressed: None }, 1);
    let writes = of_turn(&tenant, &silent);
    assert!(writes.items.iter().all(|item| item.condition_check().is_none()), "nothing goes out");
    // That they refused is what they are told.
    let Response::Answered { answer, .. } = eventful() else { panic!("an answer") };
    let opt_out = Answer { intent: Intent::OptOut, ..*answer };
    let turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), at(60));
    let told = turn.close(Response::Confirmed { answer: Box::new(opt_out), suppressed: Some(true) }, 1);
    let writes = of_turn(&tenant, &told);
    assert!(told.messages.iter().any(|message| message.opt_out));
    assert!(writes.items.iter().all(|item| item.condition_check().is_none()));
}

#[test]
fn what_models_took_is_noted_with_the_mark_and_no_counter_is_part_of_the_turn() {
    let tenant = tenant();
    let inbound = inbound(&tenant, Channel::Sms);
    let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), at(60));
    turn.spent.extend([
        spent(Feature::Route, "small"),
        spent(Feature::Converse, "large"),
        spent(Feature::Converse, "large"),
    ]);
    let writes = of_turn(&tenant, &turn.close(eventful(), 1));
    assert!(
        keys_of(&writes).iter().all(|(pk, _)| !pk.contains("#USAGE#")),
        "every customer would be in every other's way"
    );
    let mark = writes.items[0].put().unwrap().item();
    let lines: Vec<UsageLine> = serde_json::from_str(crate::table::item::get_text(mark, "spent")).unwrap();
    let counted = lines.iter().map(|line| (line.day.to_string(), line.feature, line.model.as_str(), line.calls));
    let day = || "2026-11-20".to_owned();
    assert_eq!(
        counted.collect::<Vec<_>>(),
        [(day(), Feature::Converse, "large", 2), (day(), Feature::Route, "small", 1)]
    );
}

#[test]
fn only_what_cost_nothing_may_be_counted_with_the_turn() {
    let (tenant, by_model) = (tenant(), spent(Feature::Converse, "large"));
    let unasked = Spent::unasked(Feature::Converse, "builtin");
    let kept = Spent { tokens: Tokens::default(), saved: Saved { calls: 1, ..Saved::default() }, ..by_model.clone() };
    let is_unasked = |spent: &[Spent]| {
        let inbound = inbound(&tenant, Channel::Sms);
        let mut turn = Turn::open(&tenant, BusinessContext::NONE, &inbound, Vec::new(), at(60));
        turn.spent.extend_from_slice(spent);
        Uncounted::of(&turn.close(eventful(), 1), at(60)).is_unasked()
    };
    assert!(is_unasked(&[Spent::unasked(Feature::Route, "classifier"), unasked.clone()]));
    for counted in [vec![], vec![kept, unasked.clone()], vec![by_model, unasked]] {
        assert!(!is_unasked(&counted), "{counted:?}");
    }
}

#[test]
fn a_lead_with_answers_of_every_kind_survives_the_table_and_an_old_one_reads() {
    use domain::ids::QuestionId;
    use domain::tenancy::intake::Answer;
    let tenant = tenant();
    let mut lead = person(&tenant, 0, 0, true, 1).lead;
    let answers = [
        Answer::Choice("tile".to_owned()),
        Answer::Text("Through the back".to_owned()),
        Answer::YesNo(false),
        Answer::Date(jiff::civil::date(2026, 12, 1)),
        Answer::Number("12.5".to_owned().try_into().unwrap()),
        Answer::Photo { media: "MEDIA1".to_owned() },
        Answer::Skipped,
    ];
    for (index, answer) in answers.into_iter().enumerate() {
        lead.intake.insert(QuestionId::new(format!("q{index}")).unwrap(), answer);
    }
    let mut item = lead_item(&tenant.id, &keys::of(&tenant.id).lead(lead.contact), &lead).unwrap();
    assert_eq!(crate::table::item::from_item::<Lead>("lead", &item).unwrap(), lead);
    item.remove("intake");
    assert!(crate::table::item::from_item::<Lead>("lead", &item).unwrap().intake.is_empty());
}
