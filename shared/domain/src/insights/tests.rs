//! What each event adds to the figures, and to whose.

mod deals;
mod extras;
mod laws;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::*;
use crate::conversations::{Intent, Message};
use crate::events::{Event, EventKind};
use crate::ids::{AppointmentId, LocationId};
use crate::leads::{LeadExtra, LeadStatus, Score};
use crate::messaging::{Channel, MessageRef, Source};
use crate::samples;
use crate::tenancy::{EscalationReason, Hours, Location, Span, Tenant};
use crate::{ContactId, ConversationId, EscalationId, EventId, LeadId, MessageId, TenantId};

/// A table as the store keeps it: marks, and sums by place.
#[derive(Default, Debug, Clone, PartialEq)]
struct Table {
    marks: BTreeSet<EventId>,
    sums: BTreeMap<Place, Counts>,
    extras: BTreeMap<ExtraMonth, ExtraCounts>,
}

impl Table {
    fn apply(&mut self, increments: Vec<Increment>) {
        for increment in increments {
            if self.marks.insert(increment.once) {
                for (place, counts) in increment.adds {
                    self.sums.entry(place).or_default().add_all(&counts);
                }
                for (place, counts) in increment.extras {
                    self.extras.entry(place).or_default().add(&counts);
                }
            }
        }
    }

    fn days(&self, location: Option<&str>) -> BTreeMap<Date, Counts> {
        let of_it = |place: &Place| place.location.as_ref().map(LocationId::as_str) == location;
        let sums = self.sums.iter().filter(|(place, _)| of_it(place));
        sums.map(|(place, counts)| (place.day, counts.clone())).collect()
    }

    fn insights(&self, tenant: &Tenant, location: Option<&str>) -> Insights {
        let id = location.map(|id| LocationId::new(id).unwrap());
        Insights::of(tenant, id, november(), &self.days(location))
    }
}

fn november() -> Range {
    Range::new(date(2026, 11, 1), date(2026, 11, 30)).unwrap()
}

/// Read once: properties try hundreds of months.
fn roofer() -> &'static Tenant {
    static ROOFER: LazyLock<Tenant> = LazyLock::new(samples::roofer);
    &ROOFER
}

fn tenant_id() -> TenantId {
    roofer().id.clone()
}

fn lead(index: u32) -> LeadId {
    LeadId::derive(&tenant_id(), &["lead", &index.to_string()])
}

fn conversation(index: u32) -> ConversationId {
    ConversationId::derive(&tenant_id(), &[&opener(index).to_string()])
}

/// The message that opened it.
fn opener(index: u32) -> MessageId {
    MessageId::derive(&tenant_id(), &["opener", &index.to_string()])
}

/// Friday noon in Denver.
fn noon() -> Timestamp {
    "2026-11-20T19:00:00Z".parse().unwrap()
}

/// Saturday, half past three in the morning in Denver.
fn night() -> Timestamp {
    "2026-11-21T10:30:00Z".parse().unwrap()
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at + SignedDuration::from_secs(seconds)
}

fn event(at: Timestamp, kind: EventKind) -> Event {
    let id = EventId::derive(&tenant_id(), &[kind.name(), &at.to_string()]);
    Event { id, tenant: tenant_id(), at, correlation_id: String::new(), kind }
}

fn lakewood() -> Location {
    let address = json!({"street": "410 Example Street", "city": "Lakewood", "country": "US"});
    serde_json::from_value(json!({"id": "lakewood", "name": "Lakewood", "address": address})).unwrap()
}

fn message(role: &str, reference: MessageRef, more: &serde_json::Value) -> Message {
    let mut json =
        json!({"ref": reference, "lead": lead(1), "role": role, "channel": "sms", "text": "…", "correlation_id": ""});
    json.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(json).unwrap()
}

fn reference(conversation: ConversationId, at: Timestamp, name: &str) -> MessageRef {
    MessageRef { conversation, at, message: MessageId::derive(&tenant_id(), &[name]) }
}

/// An answer to what was written at `asked_at`, as it is stored.
fn answer(role: &str, conversation: ConversationId, asked_at: Timestamp, name: &str) -> Message {
    let delivery = json!({"to": {"kind": "phone", "value": "+13035550101"}, "state": "sent", "answers_at": asked_at,
                          "attempts": 1, "changed_at": asked_at});
    message(role, reference(conversation, asked_at, name), &json!({"delivery": delivery}))
}

/// What was read for an event.
#[derive(Debug, Default, Clone)]
struct Read {
    lead: Option<LeadFacts>,
    extras: Vec<LeadExtra>,
    message: Option<Message>,
    escalation: Option<Raised>,
    deal: DealFacts,
    at_lakewood: bool,
}

fn increments(tenant: &Tenant, event: &Event, read: &Read) -> Vec<Increment> {
    let lakewood = lakewood();
    let known = Known {
        tenant,
        location: read.at_lakewood.then_some(&lakewood),
        lead: read.lead,
        extras: &read.extras,
        message: read.message.as_ref(),
        began: None,
        escalation: read.escalation,
        deal: read.deal,
    };
    known.increments(event)
}

fn facts(index: u32, source: Source, created_at: Timestamp) -> Option<LeadFacts> {
    Some(LeadFacts { id: lead(index), source, created_at, value_cents: None })
}

fn created(index: u32, source: Source, at: Timestamp) -> (Event, Read) {
    let contact = ContactId::derive(&tenant_id(), &["c"]);
    (event(at, EventKind::LeadCreated { lead: lead(index), contact, source }), Read::default())
}

fn moved(index: u32, status: LeadStatus, at: Timestamp, created_at: Timestamp) -> (Event, Read) {
    let kind = EventKind::LeadStatusChanged { lead: lead(index), status, was: LeadStatus::New };
    (event(at, kind), Read { lead: facts(index, Source::Sms, created_at), ..Read::default() })
}

fn sent(message: Message, at: Timestamp) -> (Event, Read) {
    let kind = EventKind::MessageSent { message: message.reference, channel: Channel::Sms };
    (event(at, kind), Read { message: Some(message), ..Read::default() })
}

fn counted(happened: &[(Event, Read)]) -> Table {
    let mut table = Table::default();
    happened.iter().for_each(|(event, read)| table.apply(increments(roofer(), event, read)));
    table
}

#[test]
fn a_lead_at_night_is_an_after_hours_inquiry_of_that_day() {
    let table = counted(&[created(1, Source::Sms, noon()), created(2, Source::LiveChat, night())]);
    let insights = table.insights(roofer(), None);
    assert_eq!((insights.totals.leads, insights.totals.after_hours), (2, 1));
    let saturday = insights.days.iter().find(|day| day.day == date(2026, 11, 21)).unwrap();
    assert_eq!((saturday.figures.leads, saturday.figures.after_hours), (1, 1));
    assert_eq!(insights.days.len(), 30, "quiet days are shown too");
    // 1 × 20 % × $350
    let value = insights.with_value(roofer(), Some(7)).value.unwrap();
    assert_eq!((value.missed_revenue.inquiries, value.missed_revenue.cents), (1, 7_000));
    assert_eq!((value.currency.as_str(), value.model_cost_microdollars), ("USD", Some(7)));
}

#[test]
fn who_says_no_hours_has_no_after_hours_and_a_location_has_its_own() {
    let always = Tenant { hours: Hours::default(), ..roofer().clone() };
    let (event, _) = created(1, Source::Sms, night());
    let mut table = Table::default();
    table.apply(increments(&always, &event, &Read::default()));
    assert_eq!(table.insights(&always, None).totals.after_hours, 0);

    // Open at night.
    let hours = Hours::daily(Span { open: "00:00".parse().unwrap(), close: "00:00".parse().unwrap() });
    let lakewood = Location { hours: Some(hours), ..lakewood() };
    let known = Known {
        tenant: roofer(),
        location: Some(&lakewood),
        lead: None,
        extras: &[],
        message: None,
        began: None,
        escalation: None,
        deal: DealFacts::default(),
    };
    let mut table = Table::default();
    table.apply(known.increments(&event));
    let after_hours = |location| table.insights(roofer(), location).totals.after_hours;
    assert_eq!((after_hours(None), after_hours(Some("lakewood"))), (1, 0));
}

#[test]
fn what_staff_entered_at_night_is_no_inquiry() {
    let totals = counted(&[created(1, Source::Entered, night())]).insights(roofer(), None).totals;
    assert_eq!((totals.leads, totals.after_hours), (1, 0));
}

#[test]
fn the_funnel_is_of_the_leads_that_came_in_and_the_days_say_when_it_happened() {
    let table = counted(&[
        created(1, Source::Sms, noon()),
        created(2, Source::Sms, noon()),
        created(3, Source::LiveChat, noon()),
        moved(1, LeadStatus::Qualified, later(noon(), 86_400), noon()),
        moved(1, LeadStatus::ClosedWon, later(noon(), 2 * 86_400), noon()),
        moved(2, LeadStatus::ClosedLost, later(noon(), 60), noon()),
    ]);
    let insights = table.insights(roofer(), None);
    let steps: Vec<(u64, u64)> = insights.funnel.iter().map(|step| (step.leads, step.stopped_before)).collect();
    assert_eq!(steps, [(3, 0), (1, 2), (1, 0), (1, 0)]);
    assert_eq!((insights.drop_off, insights.qualification_rate_percent), (Some(Step::Qualified), Some(33)));
    assert_eq!(insights.best_source, Some(Source::Sms));
    let totals = insights.totals;
    // Bought without an appointment: no booking happened.
    assert_eq!((totals.qualified, totals.booked, totals.won, totals.lost), (1, 0, 1, 1));

    let day = Range::new(date(2026, 11, 20), date(2026, 11, 20)).unwrap();
    let first_day = Insights::of(roofer(), None, day, &table.days(None));
    assert_eq!((first_day.totals.won, first_day.funnel[3].leads), (0, 1));
}

#[test]
fn a_lead_is_qualified_once_however_often_it_becomes_so() {
    let table = counted(&[
        created(1, Source::Sms, noon()),
        moved(1, LeadStatus::Qualified, later(noon(), 60), noon()),
        moved(1, LeadStatus::Nurturing, later(noon(), 120), noon()),
        moved(1, LeadStatus::Qualified, later(noon(), 180), noon()),
    ]);
    assert_eq!(table.insights(roofer(), None).totals.qualified, 1);
}

#[test]
fn an_appointment_and_the_status_that_says_so_are_one_booking() {
    let booked = EventKind::AppointmentBooked {
        contact: ContactId::derive(&tenant_id(), &["c"]),
        appointment: AppointmentId::derive(&tenant_id(), &["a"]),
        starts_at: noon(),
        ends_at: later(noon(), 7_200),
        service: None,
        location: None,
    };
    let booked = (event(noon(), booked), Read { lead: facts(1, Source::Sms, noon()), ..Read::default() });
    let status = moved(1, LeadStatus::AppointmentBooked, later(noon(), 5), noon());
    for happened in [vec![booked.clone()], vec![status.clone(), booked.clone()], vec![booked, status]] {
        assert_eq!(counted(&happened).insights(roofer(), None).totals.booked, 1);
    }
}

#[test]
fn won_leads_are_worth_what_staff_noted() {
    let (event, mut read) = moved(1, LeadStatus::ClosedWon, noon(), noon());
    read.lead = read.lead.map(|lead| LeadFacts { value_cents: Some(420_000), ..lead });
    let unvalued = moved(2, LeadStatus::ClosedWon, noon(), noon());
    let insights = counted(&[(event, read), unvalued]).insights(roofer(), None);
    let roi = insights.with_value(roofer(), None).value.unwrap().roi;
    assert_eq!((roi.noted_cents, roi.without_value, roi.won_cents), (420_000, 1, 455_000));
}

#[test]
fn what_one_location_won_is_not_set_against_the_price_of_the_whole_business() {
    let priced: Tenant = {
        let mut tenant = roofer().clone();
        tenant.insights.monthly_price_cents = Some(30_000);
        tenant
    };
    let table = counted(&[moved(1, LeadStatus::ClosedWon, noon(), noon())]);
    let of = |location| table.insights(&priced, location).with_value(&priced, None).value.unwrap();
    assert!(of(None).roi.percent.is_some() && of(None).assumptions.monthly_price_cents.is_some());
    let lakewood = of(Some("lakewood"));
    assert_eq!((lakewood.roi.cost_cents, lakewood.roi.percent), (None, None));
    assert_eq!(lakewood.assumptions.monthly_price_cents, None);
}

#[test]
fn only_the_first_answer_of_a_conversation_is_its_first_response() {
    let table = counted(&[
        sent(answer("assistant", conversation(1), noon(), "a"), later(noon(), 7)),
        sent(answer("assistant", conversation(1), later(noon(), 600), "b"), later(noon(), 900)),
        sent(answer("notice", conversation(2), noon(), "n"), later(noon(), 1)),
    ]);
    let insights = table.insights(roofer(), None);
    let waits = insights.first_response.unwrap();
    assert_eq!((waits.count, waits.median_seconds, waits.average_seconds), (1, 7, 7));
    assert_eq!((insights.totals.messages_out, insights.totals.answered_alone), (2, 1));
}

#[test]
fn a_conversation_that_a_person_was_called_to_was_not_answered_alone() {
    let escalation = EscalationId::derive(&tenant_id(), &["e"]);
    let reason = EscalationReason::CustomerAsked;
    let raised = EventKind::EscalationRaised { escalation, conversation: conversation(1), reason };
    let open = Some(Raised { id: escalation, at: noon() });
    let (by_staff, read) = sent(answer("staff", conversation(1), noon(), "s"), later(noon(), 90));
    let resolved = EventKind::EscalationResolved { escalation, conversation: conversation(1) };
    let table = counted(&[
        sent(answer("assistant", conversation(1), noon(), "a"), later(noon(), 2)),
        sent(answer("assistant", conversation(2), noon(), "b"), later(noon(), 2)),
        (event(noon(), raised), Read::default()),
        (by_staff, Read { escalation: open, ..read }),
        (event(later(noon(), 600), resolved), Read { escalation: open, ..Read::default() }),
    ]);
    let insights = table.insights(roofer(), None);
    assert_eq!((insights.totals.answered, insights.totals.answered_alone, insights.totals.escalations), (2, 1, 1));
    let waits = insights.staff_response.unwrap();
    assert_eq!((waits.count, waits.average_seconds), (1, 90), "their word came before the end");
}

#[test]
fn a_conversation_begins_with_its_first_message_and_questions_are_counted() {
    let received = |index: u32, name: &str, opens: bool, intent: &str| {
        let own = MessageId::derive(&tenant_id(), &[name]);
        let opened_by = if opens { opener(index) } else { own };
        let at = MessageRef { conversation: conversation(index), at: noon(), message: opened_by };
        let contact = ContactId::derive(&tenant_id(), &["c"]);
        let (channel, sentiment, text_consent) = (Channel::Sms, None, None);
        let kind = EventKind::MessageReceived { message: at, contact, channel, sentiment, text_consent };
        let stored = message("customer", at, &json!({"intent": intent}));
        (event(noon(), kind), Read { message: Some(stored), ..Read::default() })
    };
    let table = counted(&[
        received(1, "a", true, "price"),
        received(1, "b", false, "thanks"),
        received(2, "c", true, "price"),
        received(2, "d", false, "hours"),
    ]);
    let insights = table.insights(roofer(), None);
    assert_eq!((insights.totals.conversations, insights.totals.messages_in), (2, 4));
    let asked: Vec<_> = insights.questions.iter().map(|question| (question.intent, question.count)).collect();
    assert_eq!(asked, [(Intent::Price, 2), (Intent::Hours, 1)]);
    let sms = insights.channels.iter().find(|figures| figures.channel == Channel::Sms).unwrap();
    assert_eq!((sms.conversations, sms.messages_in), (2, 4));
}

#[test]
fn a_lead_counts_for_its_location_once_that_is_known() {
    let (hot, read) = {
        let kind = EventKind::LeadScored { lead: lead(1), score: Score::Hot, was: Score::Warm };
        let lead = facts(1, Source::Sms, noon());
        (event(later(noon(), 60), kind), Read { lead, at_lakewood: true, ..Read::default() })
    };
    let table = counted(&[created(1, Source::Sms, noon()), created(2, Source::Sms, noon()), (hot, read)]);
    let totals = table.insights(roofer(), Some("lakewood")).totals;
    assert_eq!((totals.leads, totals.hot), (1, 1));
    let totals = table.insights(roofer(), None).totals;
    assert_eq!((totals.leads, totals.hot), (2, 1));
}

#[test]
fn every_event_that_counts_is_one() {
    for name in COUNTED {
        assert!(EventKind::NAMES.contains(&name), "{name}");
    }
}

#[test]
fn a_range_is_in_order_and_a_year_at_most() {
    let first = date(2026, 1, 1);
    assert_eq!(Range::new(first, first).unwrap().days().count(), 1);
    assert_eq!(Range::new(first, date(2027, 1, 1)).unwrap().days().count(), 366);
    for to in [date(2027, 1, 2), date(2025, 12, 31), Date::MAX] {
        assert!(Range::new(first, to).is_err(), "{to}");
    }
}
