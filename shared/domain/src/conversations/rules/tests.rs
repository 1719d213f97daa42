//! Which rules hold: a table by condition and hour.

use serde_json::{Value, json};

use super::*;
use crate::samples::{self, roofer};

fn tenant(rule: Value) -> Tenant {
    let mut tenant = roofer();
    let mut rule = rule;
    rule["id"] = json!("the-rule");
    tenant.escalation.rules = vec![serde_json::from_value(rule).unwrap()];
    tenant.validate().unwrap();
    tenant
}

/// A Thursday noon in Denver, while the roofer is open.
const OPEN: &str = "2026-11-19T19:00:00Z";
/// That Thursday at night.
const CLOSED: &str = "2026-11-20T05:00:00Z";
/// Saturday morning, while it is open, and in the afternoon.
const SATURDAY_OPEN: &str = "2026-11-21T17:00:00Z";
const SATURDAY_CLOSED: &str = "2026-11-21T22:00:00Z";
/// Sunday in UTC and Saturday night in Denver; then the other way round: Monday in UTC, Sunday in Denver.
const STILL_SATURDAY: &str = "2026-11-22T05:00:00Z";
const STILL_SUNDAY: &str = "2026-11-23T05:00:00Z";
/// Saturday in UTC, and Friday in Denver.
const STILL_FRIDAY: &str = "2026-11-21T02:00:00Z";

fn holds(tenant: &Tenant, facts: &Facts<'_>, at: &str) -> bool {
    holding(tenant, facts, at.parse().unwrap()).next().is_some()
}

fn said<'a>(words: &'a Words) -> Facts<'a> {
    Facts {
        words: Some(words),
        sentiment: Some(Sentiment::Neutral),
        score: Some(Score::Unscored),
        vip: Some(false),
        channel: Channel::Sms,
        first: Some(false),
    }
}

#[test]
fn a_rule_holds_at_its_hours() {
    let words = Words::new("urgent");
    for (during, hours) in [
        ("any", vec![OPEN, CLOSED, SATURDAY_OPEN, SATURDAY_CLOSED, STILL_SATURDAY, STILL_SUNDAY, STILL_FRIDAY]),
        ("open", vec![OPEN, SATURDAY_OPEN]),
        ("closed", vec![CLOSED, SATURDAY_CLOSED, STILL_SATURDAY, STILL_SUNDAY, STILL_FRIDAY]),
        ("weekend", vec![SATURDAY_OPEN, SATURDAY_CLOSED, STILL_SATURDAY, STILL_SUNDAY]),
    ] {
        let tenant = tenant(json!({ "when": [{ "words": ["urgent"] }], "during": during }));
        for at in [OPEN, CLOSED, SATURDAY_OPEN, SATURDAY_CLOSED, STILL_SATURDAY, STILL_SUNDAY, STILL_FRIDAY] {
            assert_eq!(holds(&tenant, &said(&words), at), hours.contains(&at), "{during} {at}");
        }
    }
}

#[test]
fn words_are_found_whole_whatever_their_case_and_accents() {
    let tenant = tenant(json!({ "when": [{ "words": ["Urgent", "demain matin", "señor director"] }] }));
    for (text, holds_then) in [
        ("It is URGENT!", true),
        ("ürgent", true),
        ("Demain, matin svp", true),
        ("quiero hablar con el SENOR director", true),
        ("insurgents", false),
        ("urgently", false),
        ("matin demain", false),
        ("", false),
    ] {
        assert_eq!(holds(&tenant, &said(&Words::new(text)), OPEN), holds_then, "{text}");
    }
}

#[test]
fn each_condition_is_about_one_thing() {
    let words = Words::new("Hello");
    let plain = said(&words);
    for (condition, facts, holds_then) in [
        (json!({ "score_at_least": "warm" }), Facts { score: Some(Score::Hot), ..plain }, true),
        (json!({ "score_at_least": "warm" }), Facts { score: Some(Score::Warm), ..plain }, true),
        (json!({ "score_at_least": "warm" }), Facts { score: Some(Score::Cold), ..plain }, false),
        (json!({ "score_at_least": "cold" }), plain, false),
        (json!({ "sentiment": ["negative"] }), Facts { sentiment: Some(Sentiment::Negative), ..plain }, true),
        (json!({ "sentiment": ["negative", "positive"] }), plain, false),
        (json!({ "vip": true }), Facts { vip: Some(true), ..plain }, true),
        (json!({ "vip": true }), plain, false),
        (json!({ "vip": false }), plain, true),
        (json!({ "channel": ["chat", "sms"] }), plain, true),
        (json!({ "channel": ["chat"] }), plain, false),
        (json!({ "first_message": true }), Facts { first: Some(true), ..plain }, true),
        (json!({ "first_message": true }), plain, false),
    ] {
        let tenant = tenant(json!({ "when": [condition] }));
        assert_eq!(holds(&tenant, &facts, OPEN), holds_then, "{:?}", tenant.escalation.rules);
    }
}

#[test]
fn all_conditions_must_hold_and_what_is_not_known_fulfils_none() {
    let tenant = tenant(json!({ "when": [{ "vip": true }, { "channel": ["sms"] }] }));
    let words = Words::new("Hello");
    assert!(holds(&tenant, &Facts { vip: Some(true), ..said(&words) }, OPEN));
    assert!(!holds(&tenant, &Facts { vip: Some(true), channel: Channel::Chat, ..said(&words) }, OPEN));
    let thread = samples::thread(&tenant);
    assert!(!holds(&tenant, &Facts::of_thread(&thread), OPEN));
    for condition in [
        json!({ "vip": false }),
        json!({ "first_message": false }),
        json!({ "score_at_least": "cold" }),
        json!({ "words": ["a"] }),
    ] {
        let tenant = self::tenant(json!({ "when": [condition] }));
        assert!(!holds(&tenant, &Facts::of_thread(&thread), OPEN));
    }
}

#[test]
fn only_time_tells_whether_staff_answer() {
    let tenant = tenant(json!({ "when": [{ "no_staff_reply_within_minutes": 5 }, { "channel": ["sms"] }] }));
    let (mut thread, at) = (samples::thread(&tenant), OPEN.parse().unwrap());
    let facts = Facts::of_thread(&thread);
    assert!(now(&tenant, &thread, &facts, at).is_empty());
    let by = MessageId::derive(&tenant.id, &["m1"]);
    watch(&tenant, &mut thread, &Facts { channel: Channel::Chat, ..facts }, by, at);
    assert!(thread.sla.watches.is_empty());
    watch(&tenant, &mut thread, &facts, by, at);
    assert_eq!(thread.sla.next_due(), Some("2026-11-19T19:05:00Z".parse().unwrap()));
}
