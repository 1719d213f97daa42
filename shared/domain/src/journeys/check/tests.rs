//! What is refused, and which field is named.

use serde_json::{Value, json};

use crate::Failure;
use crate::journeys::{Sequence, shipped};
use crate::samples;
use crate::tenancy::{Language, Tenant};

fn message(channel: &Value, text: &str) -> Value {
    json!({ "message": { "channel": channel, "variants": [{ "id": "a", "texts": { "en": text } }] } })
}

fn step(id: &str) -> Value {
    json!({ "id": id, "wait": { "after": { "minutes": 10 } }, "does": message(&json!({ "first_of": ["sms"] }), "Hi {name}") })
}

/// A sequence of three steps.
fn sequence() -> Value {
    json!({
        "id": "mine", "name": "Mine", "kind": "follow_up", "enters_on": [{ "on": "lead.created" }],
        "steps": [step("a"), step("b"), step("c")]
    })
}

/// `sequence` with what is at each pointer replaced.
fn with(changes: &[(&str, Value)]) -> Sequence {
    let mut document = sequence();
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Array(list) => list[key.parse::<usize>().unwrap()] = value.clone(),
            object => object[key] = value.clone(),
        }
    }
    serde_json::from_value(document).unwrap()
}

/// The field that is refused, and why.
fn refused(sequence: &Sequence, tenant: &Tenant) -> Option<(String, String)> {
    match sequence.validate(tenant) {
        Ok(()) => None,
        Err(Failure::Rejected { field, message, .. }) => Some((field.unwrap(), message)),
        Err(other) => panic!("{other:?}"),
    }
}

fn field(changes: &[(&str, Value)]) -> Option<String> {
    refused(&with(changes), &samples::roofer()).map(|(field, _)| field)
}

#[test]
fn each_refusal_names_its_field() {
    assert_eq!(field(&[]), None);
    let long = "x".repeat(481);
    let text = "/steps/1/does/message/variants/0/texts/en";
    for (pointer, value, at) in [
        ("/name", json!(" "), "name"),
        ("/kind", json!("reply"), "kind"),
        ("/kind", json!("notice"), "kind"),
        ("/rest_days", json!(3_651), "rest_days"),
        ("/enters_on", json!([]), "enters_on"),
        ("/enters_on/0", json!({ "on": "lead.created", "when": [{ "stage_in": [] }] }), "enters_on[0].when[0]"),
        ("/enters_on/0", json!({ "on": "lead.created", "when": [{ "last_opened": true }] }), "enters_on[0].when[0]"),
        ("/stops_on", json!(["lead.created"]), "stops_on[0]"),
        ("/converts_on", json!(["lead.created"]), "converts_on[0]"),
        ("/stops_on", json!(["quote.sent", "quote.sent"]), "stops_on[1]"),
        ("/pauses_on", json!([{ "on": "quote.opened", "hours": 0 }]), "pauses_on[0].hours"),
        ("/accelerates_on", json!([{ "on": "quote.opened", "within_hours": 721 }]), "accelerates_on[0].within_hours"),
        ("/steps", json!([]), "steps"),
        ("/steps", json!(vec![step("a"); 31]), "steps"),
        ("/steps/2/id", json!("a"), "steps[2].id"),
        ("/steps/2/then", json!({ "step": "nowhere" }), "steps[2].then"),
        ("/steps/1/otherwise", json!("c"), "steps[1].otherwise"),
        ("/steps/1/when", json!([{ "reachable": "chat" }]), "steps[1].when[0]"),
        ("/steps/1/when", json!([{ "amount_at_least": 0 }]), "steps[1].when[0]"),
        ("/steps/1/when", json!(vec![json!({ "vip": true }); 11]), "steps[1].when"),
        ("/steps/1/wait", json!({ "after": { "minutes": 1_051_201 } }), "steps[1].wait.after.minutes"),
        ("/steps/1/wait", json!({ "on_day": { "day": 731, "at": "10:00" } }), "steps[1].wait.on_day.day"),
        ("/steps/1/wait", json!({ "before_appointment": { "minutes": 60 } }), "steps[1].wait.before_appointment"),
        ("/steps/1/wait", json!({ "appointment_day": { "at": "07:00" } }), "steps[1].wait.appointment_day"),
        ("/steps/1/wait", json!({ "after_appointment": { "minutes": 60 } }), "steps[1].wait.after_appointment"),
        ("/steps/1/wait", json!({ "before_due_date": { "days": 1, "at": "10:00" } }), "steps[1].wait.before_due_date"),
        ("/steps/1/wait", json!({ "after_due_date": { "days": 1, "at": "10:00" } }), "steps[1].wait.after_due_date"),
        ("/steps/1/does", json!({ "mark": { "stage": "paid" } }), "steps[1].does.mark.stage"),
        ("/steps/1/does", json!({ "task": { "kind": "call", "title": "" } }), "steps[1].does.task.title"),
        ("/steps/1/does", json!({ "task": { "kind": "call", "title": "Call {who}" } }), "steps[1].does.task.title"),
        (
            "/steps/1/does",
            json!({ "task": { "kind": "call", "title": "Call", "note": "{" } }),
            "steps[1].does.task.note",
        ),
        ("/steps/1/does/message/channel", json!({ "first_of": [] }), "steps[1].does.message.channel.first_of"),
        ("/steps/1/does/message/channel", json!({ "first_of": ["chat"] }), "steps[1].does.message.channel.first_of"),
        (
            "/steps/1/does/message/channel",
            json!({ "first_of": ["sms", "sms"] }),
            "steps[1].does.message.channel.first_of[1]",
        ),
        ("/steps/1/does/message/good_for_hours", json!(0), "steps[1].does.message.good_for_hours"),
        ("/steps/1/does/message/variants", json!([]), "steps[1].does.message.variants"),
        (text, json!(long), "steps[1].does.message.variants[0].texts.en"),
        (text, json!(""), "steps[1].does.message.variants[0].texts.en"),
        (text, json!("Hi {foo}"), "steps[1].does.message.variants[0].texts.en"),
        (
            "/steps/1/does/message/variants/0/texts",
            json!({ "fr": "Bonjour" }),
            "steps[1].does.message.variants[0].texts",
        ),
        // It may go by e-mail.
        ("/steps/1/does/message/channel", json!("best"), "steps[1].does.message.variants[0].subjects.en"),
        ("/steps/1/does/message/variants/0/prompt", json!("Ask {who}"), "steps[1].does.message.variants[0].prompt"),
    ] {
        assert_eq!(field(&[(pointer, value.clone())]).as_deref(), Some(at), "{pointer}: {value}");
    }
}

#[test]
fn texts_are_as_long_as_their_channels_take() {
    let channel = "/steps/1/does/message/channel";
    let text = "/steps/1/does/message/variants/0/texts/en";
    for (channels, length, ok) in [
        (json!(["sms"]), 480, true),
        (json!(["whatsapp"]), 481, true),
        (json!(["whatsapp", "sms"]), 481, false),
        (json!(["whatsapp"]), 2_001, false),
    ] {
        let changes = [(channel, json!({ "first_of": channels })), (text, json!("x".repeat(length)))];
        assert_eq!(field(&changes).is_none(), ok, "{channels} {length}");
    }
}

#[test]
fn an_unknown_place_is_named_with_those_that_there_are() {
    let changed = with(&[("/steps/0/does/message/variants/0/texts/en", json!("Hi {firstname}"))]);
    let (_, why) = refused(&changed, &samples::roofer()).unwrap();
    assert!(why.contains("{firstname}") && why.contains("{name}") && why.contains("{phone}"), "{why}");
}

#[test]
fn a_text_in_the_tenants_language_will_do() {
    let spanish =
        with(&[("/steps", json!([step("a")])), ("/steps/0/does/message/variants/0/texts", json!({ "es": "Hola" }))]);
    assert_eq!(refused(&spanish, &samples::dentist()), None);
    let tenant = Tenant { language: Language::new("fr").unwrap(), ..samples::dentist() };
    assert!(refused(&spanish, &tenant).unwrap().1.contains("in fr, your language, or in English"));
}

#[test]
fn the_way_leads_to_every_step_and_never_back() {
    let when = json!([{ "vip": true }]);
    for (changes, at) in [
        // Around, and around through the step in place.
        (vec![("/steps/2/then", json!({ "step": "a" }))], Some("steps[2].then")),
        (vec![("/steps/1/then", json!({ "step": "b" }))], Some("steps[1].then")),
        (vec![("/steps/2/when", when.clone()), ("/steps/2/otherwise", json!("b"))], Some("steps[2].otherwise")),
        // Left out.
        (vec![("/steps/0/then", json!({ "step": "c" }))], Some("steps[1]")),
        (vec![("/steps/0/then", json!("end"))], Some("steps[1]")),
        (
            vec![
                ("/steps/0/then", json!({ "step": "c" })),
                ("/steps/2/then", json!({ "step": "b" })),
                ("/steps/1/then", json!("end")),
            ],
            None,
        ),
        // Where the conditions are not so, the next one comes, even after one that ends it.
        (vec![("/steps/0/then", json!("end")), ("/steps/0/when", when.clone())], None),
        (
            vec![
                ("/steps/0/then", json!({ "step": "c" })),
                ("/steps/0/when", when.clone()),
                ("/steps/0/otherwise", json!("b")),
            ],
            None,
        ),
        (vec![("/steps/0/when", when), ("/steps/0/otherwise", json!("gone"))], Some("steps[0].otherwise")),
    ] {
        assert_eq!(field(&changes).as_deref(), at, "{changes:?}");
    }
}

#[test]
fn steps_follow_as_they_say() {
    let when = json!([{ "vip": true }]);
    let changed =
        with(&[("/steps/0/then", json!({ "step": "c" })), ("/steps/0/when", when), ("/steps/2/then", json!("end"))]);
    let id = |step: Option<&crate::journeys::Step>| step.map(|step| step.id.as_str().to_owned());
    let [a, b, c] = &changed.steps[..] else { panic!("three steps") };
    assert_eq!(id(changed.first()).as_deref(), Some("a"));
    assert_eq!((id(changed.after(a)).as_deref(), id(changed.instead_of(a)).as_deref()), (Some("c"), Some("b")));
    assert_eq!((id(changed.after(b)).as_deref(), id(changed.instead_of(b)).as_deref()), (Some("c"), Some("c")));
    assert_eq!((id(changed.after(c)), id(changed.instead_of(c))), (None, None));
}

#[test]
fn only_their_own_message_may_begin_it_and_end_it() {
    let enters = ("/enters_on", json!([{ "on": "message.received" }]));
    assert_eq!(field(&[enters.clone(), ("/stops_on", json!(["message.received"]))]), None);
    let twice = [enters, ("/stops_on", json!(["call.received"])), ("/hands_over_on", json!(["call.received"]))];
    assert_eq!(field(&twice).as_deref(), Some("hands_over_on[0]"));
    let both = [("/stops_on", json!(["quote.opened"])), ("/pauses_on", json!([{ "on": "quote.opened", "hours": 1 }]))];
    assert_eq!(field(&both).as_deref(), Some("pauses_on[0].on"));
}

#[test]
fn waits_count_from_what_every_event_brings() {
    let wait = ("/steps/0/wait", json!({ "after_appointment": { "minutes": 60 } }));
    for (events, ok) in [
        (json!([{ "on": "appointment.booked" }, { "on": "job.completed" }]), true),
        (json!([{ "on": "appointment.booked" }, { "on": "lead.created" }]), false),
        (json!([{ "on": "invoice.issued" }]), false),
    ] {
        assert_eq!(field(&[("/enters_on", events.clone()), wait.clone()]).is_none(), ok, "{events}");
    }
    let wait = ("/steps/0/wait", json!({ "after_due_date": { "days": 366, "at": "10:00" } }));
    assert_eq!(
        field(&[("/enters_on", json!([{ "on": "invoice.issued" }])), wait]).as_deref(),
        Some("steps[0].wait.after_due_date.days")
    );
}

#[test]
fn an_enrollment_about_the_person_counts_from_no_appointment() {
    let entry = ("/enters_on", json!([{ "on": "job.completed" }]));
    let wait = ("/steps/0/wait", json!({ "after_appointment": { "minutes": 60 } }));
    let person = ("/about_the_person", json!(true));
    assert_eq!(field(&[entry.clone(), wait.clone()]), None);
    assert_eq!(field(&[entry, wait, person]).as_deref(), Some("steps[0].wait.after_appointment"));
}

#[test]
fn a_message_about_money_that_is_owed_says_who_sends_it() {
    let steps = |text: &str| {
        let does = message(&json!({ "first_of": ["sms"] }), text);
        ("/steps", json!([{ "id": "a", "wait": { "after": { "minutes": 1 } }, "does": does }]))
    };
    let kind = ("/kind", json!("collections"));
    assert_eq!(field(&[kind.clone(), steps("{business}: your invoice is open.")]), None);
    for text in ["Your invoice is open.", "Your invoice[ of {business}] is open."] {
        let refused = field(&[kind.clone(), steps(text)]);
        assert_eq!(refused.as_deref(), Some("steps[0].does.message.variants[0].texts.en"));
    }
}

#[test]
fn templates_are_named_as_at_meta() {
    let template = |name: &str, language: &str, values: Value| {
        let template = json!({ "name": name, "language": language, "values": values });
        field(&[("/steps/0/does/message/variants/0/template", template)])
    };
    assert_eq!(template("quote_reminder", "en_US", json!(["{name}", "{service}"])), None);
    assert_eq!(template("quote_reminder", "es", json!([])), None);
    let at = |field: &str| Some(format!("steps[0].does.message.variants[0].template.{field}"));
    assert_eq!(template("Quote", "en", json!([])), at("name"));
    assert_eq!(template("", "en", json!([])), at("name"));
    for language in ["english", "en-US", "en_us", ""] {
        assert_eq!(template("quote", language, json!([])), at("language"), "{language}");
    }
    assert_eq!(template("quote", "en", json!(["{what}"])), at("values[0]"));
    assert_eq!(template("quote", "en", json!(vec!["x"; 11])), at("values"));
}

#[test]
fn ids_of_texts_are_given_once() {
    let mut sequence = shipped().iter().find(|sequence| sequence.id.as_str() == "quote-follow-up").unwrap().clone();
    let crate::journeys::Act::Message(text) = &mut sequence.steps[0].does else { panic!("a message") };
    text.variants[1].id = text.variants[0].id.clone();
    let (field, _) = refused(&sequence, &samples::roofer()).unwrap();
    assert_eq!(field, "steps[0].does.message.variants[1].id");
}
