//! What a tenant may set, and by which name the rest is refused.

use serde_json::{Value, json};

use super::*;
use crate::samples::roofer;

fn refused(settings: Value) -> String {
    let tenant = Tenant { escalation: serde_json::from_value(settings).unwrap(), ..roofer() };
    match tenant.validate() {
        Err(Failure::Rejected { field: Some(field), .. }) => field,
        other => panic!("{other:?}"),
    }
}

fn rule(id: &str, when: &Value, then: &Value) -> Value {
    json!({ "id": id, "when": when, "then": then })
}

#[test]
fn a_tenant_of_before_reads_as_it_always_was() {
    let settings = roofer().escalation;
    assert_eq!(settings, EscalationSettings::default());
    assert_eq!(
        settings.sla,
        SlaTargets { first_response_seconds: 60, staff_response_minutes: 15, resolution_hours: 24 }
    );
    let Patience { open, closed, weekend } = settings.patience;
    assert_eq!((open.messages, closed.messages, weekend.messages), (20, 40, 40));
    assert_eq!((open.confidence, closed.confidence, weekend.confidence), (0, 0, 0));
    assert_eq!(roofer().validate(), Ok(()));
}

#[test]
fn the_rules_of_the_seed_can_be_said() {
    let settings = json!({
        "rules": [
            rule("hot", &json!([{ "score_at_least": "hot" }]), &json!([{ "notify": ["manager@example.com"] }])),
            rule("urgent", &json!([{ "words": ["urgent"] }]), &json!([{ "call_list": ["ana-flores"] }])),
            { "id": "slow", "when": [{ "no_staff_reply_within_minutes": 5 }], "during": "open" },
        ],
        "sla": { "staff_response_minutes": 5 },
        "patience": { "open": { "messages": 10, "confidence": 50 } },
    });
    let tenant = Tenant { escalation: serde_json::from_value(settings).unwrap(), ..roofer() };
    assert_eq!(tenant.validate(), Ok(()));
    let stored = serde_json::to_string(&tenant).unwrap();
    assert_eq!(serde_json::from_str::<Tenant>(&stored).unwrap(), tenant);
    assert_eq!(tenant.escalation.sla.resolution_hours, 24);
    assert_eq!(tenant.escalation.patience.weekend.messages, 40);
}

#[test]
fn a_refusal_names_its_field() {
    let vip = || json!([{ "vip": true }]);
    let addresses = |count: usize| (0..count).map(|index| format!("a{index}@example.com")).collect::<Vec<_>>();
    let staff = |count: usize| (0..count).map(|index| format!("staff-{index}")).collect::<Vec<_>>();
    let rules = |rules: Value| json!({ "rules": rules });
    let when = |condition: Value| rules(json!([rule("a", &json!([condition]), &json!([]))]));
    let then = |action: Value| rules(json!([rule("a", &vip(), &json!([action]))]));
    for (settings, field) in [
        (rules(json!([rule("a", &json!([]), &json!([]))])), "escalation.rules[0].when"),
        (rules(json!([rule("a", &vip(), &json!([])), rule("a", &vip(), &json!([]))])), "escalation.rules[1].id"),
        (rules((0..9).map(|index| rule(&format!("r{index}"), &vip(), &json!([]))).collect()), "escalation.rules"),
        (when(json!({ "score_at_least": "unscored" })), "escalation.rules[0].when[0]"),
        (when(json!({ "words": [] })), "escalation.rules[0].when[0]"),
        (when(json!({ "words": ["ok", " "] })), "escalation.rules[0].when[0][1]"),
        (when(json!({ "sentiment": [] })), "escalation.rules[0].when[0]"),
        (when(json!({ "channel": [] })), "escalation.rules[0].when[0]"),
        (when(json!({ "no_staff_reply_within_minutes": 0 })), "escalation.rules[0].when[0]"),
        (when(json!({ "no_staff_reply_within_minutes": 1_441 })), "escalation.rules[0].when[0]"),
        (
            rules(json!([rule("a", &json!([{ "vip": true }, { "vip": false }]), &json!([]))])),
            "escalation.rules[0].when[1]",
        ),
        (then(json!({ "notify": [] })), "escalation.rules[0].then[0]"),
        (then(json!({ "notify": ["a@example.com", "a@example.com"] })), "escalation.rules[0].then[0][1]"),
        (then(json!({ "notify": addresses(6) })), "escalation.rules"),
        (then(json!({ "call_list": [] })), "escalation.rules[0].then[0]"),
        (then(json!({ "call_list": staff(11) })), "escalation.rules[0].then[0]"),
        (then(json!({ "call_list": ["ana", "ana"] })), "escalation.rules[0].then[0][1]"),
        (then(json!({ "create_task": " " })), "escalation.rules[0].then[0]"),
        (
            rules(json!([rule("a", &vip(), &json!([{ "assign": "ana" }, { "assign": "ben" }]))])),
            "escalation.rules[0].then[1]",
        ),
        (json!({ "sla": { "first_response_seconds": 0 } }), "escalation.sla.first_response_seconds"),
        (json!({ "sla": { "staff_response_minutes": 10_081 } }), "escalation.sla.staff_response_minutes"),
        (json!({ "sla": { "resolution_hours": 721 } }), "escalation.sla.resolution_hours"),
        (json!({ "patience": { "weekend": { "messages": 1 } } }), "escalation.patience.weekend.messages"),
        (json!({ "patience": { "closed": { "confidence": 101 } } }), "escalation.patience.closed.confidence"),
    ] {
        assert_eq!(refused(settings.clone()), field, "{settings}");
    }
    assert!(serde_json::from_value::<EscalationSettings>(json!({ "rule": [] })).is_err(), "a typo is no rule");
}
