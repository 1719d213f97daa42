//! Extras: what was suggested, what was said to it, and what came of it.

use super::*;
use crate::ids::ExtraId;

fn conversation() -> ConversationId {
    ConversationId::derive(&tenant_id(), &["one"])
}

fn mention(step: &str, more: &serde_json::Value) -> serde_json::Value {
    let mut extra = json!({"id": "late-checkout", "step": step});
    extra.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"extra": extra})
}

fn suggested(at: Timestamp, name: &str) -> (Event, Read) {
    sent(message("assistant", reference(conversation(), at, name), &mention("suggested", &json!({}))), at)
}

fn received(at: Timestamp, extra: &serde_json::Value) -> (Event, Read) {
    let message = message("customer", reference(conversation(), at, "yes"), extra);
    let contact = ContactId::derive(&tenant_id(), &["c"]);
    let (channel, text_consent) = (Channel::Sms, None);
    let kind =
        EventKind::MessageReceived { message: message.reference, contact, channel, sentiment: None, text_consent };
    (event(at, kind), Read { message: Some(message), ..Read::default() })
}

fn taken() -> Vec<LeadExtra> {
    let extra = |id: &str, taken: bool| json!({"id": id, "name": "Late checkout", "price_cents": 2_500, "taken": taken, "at": noon()});
    serde_json::from_value(json!([extra("late-checkout", true), extra("breakfast", false)])).unwrap()
}

fn of(table: &Table) -> ExtraCounts {
    assert!(table.extras.len() <= 1, "{:?}", table.extras);
    table.extras.values().next().copied().unwrap_or_default()
}

#[test]
fn one_is_counted_from_the_suggestion_to_the_visit_and_each_thing_once() {
    let booked = moved(1, LeadStatus::AppointmentBooked, noon(), noon());
    let booked = (booked.0, Read { extras: taken(), ..booked.1 });
    let yes = received(noon(), &mention("taken", &json!({"price_cents": 2_500})));
    let all = [suggested(noon(), "a"), yes, booked];
    let expected = ExtraCounts { suggested: 1, taken: 1, declined: 0, booked: 1, revenue_cents: 2_500 };
    assert_eq!(of(&counted(&all)), expected);
    assert_eq!(of(&counted(&[all.clone(), all].concat())), expected, "a repeat");
}

#[test]
fn what_is_taken_after_the_visit_was_booked_counts_as_booked_too() {
    let yes = received(noon(), &mention("taken", &json!({"price_cents": 2_500, "with_visit": true})));
    let booked = moved(1, LeadStatus::AppointmentBooked, noon(), noon());
    let booked = (booked.0, Read { extras: taken(), ..booked.1 });
    for order in [vec![yes.clone(), booked.clone()], vec![booked, yes]] {
        let counts = of(&counted(&order));
        assert_eq!((counts.taken, counts.booked, counts.revenue_cents), (1, 1, 2_500));
    }
}

#[test]
fn a_no_brings_nothing_and_a_suggestion_that_never_left_is_none() {
    let no = received(noon(), &mention("declined", &json!({})));
    assert_eq!(of(&counted(&[no])), ExtraCounts { declined: 1, ..ExtraCounts::default() });
    let unsent = moved(1, LeadStatus::Qualified, noon(), noon());
    assert_eq!(of(&counted(&[(unsent.0, Read { extras: taken(), ..unsent.1 })])), ExtraCounts::default());
}

#[test]
fn a_report_names_them_and_adds_up() {
    let id = ExtraId::new("late-checkout").unwrap();
    let place = |month| ExtraMonth { month, extra: id.clone() };
    let counts = ExtraCounts { suggested: 4, taken: 1, declined: 2, booked: 1, revenue_cents: 2_500 };
    let months = BTreeMap::from([(place(date(2026, 11, 1)), counts), (place(date(2026, 10, 1)), counts)]);
    let extras = serde_json::from_value(json!([{"id": id, "name": "Late checkout", "when": "visit_booked"}])).unwrap();
    let tenant = Tenant { extras, ..roofer().clone() };
    let report = ExtraReport::of(&tenant, november(), months.clone());
    assert_eq!((report.totals.suggested, report.totals.revenue_cents), (8, 5_000));
    let lines: Vec<_> = report.months.iter().map(|line| (line.month.as_str(), line.name.as_deref())).collect();
    assert_eq!(lines, [("2026-10", Some("Late checkout")), ("2026-11", Some("Late checkout"))]);
    assert_eq!(ExtraReport::of(roofer(), november(), months).months[0].name, None);
}
