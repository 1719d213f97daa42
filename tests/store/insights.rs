//! What happens is counted once, on its day, and read in a call or two.

use std::collections::BTreeMap;

use domain::conversations::{Answer, Role};
use domain::events::{Event, EventKind};
use domain::ids::{ExtraId, LocationId};
use domain::insights::{Counter, Counts, ExtraCounts, ExtraMonth, Increment, Place, Range};
use domain::leads::{LeadStatus, Score};
use domain::messaging::{Channel, MessageRef};
use domain::tenancy::Location;
use domain::turns::Outcome;
use domain::{EventId, TenantId};
use futures::future::join_all;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::json;
use store::Store;
use worker_insights::Insights;

use crate::counting::counted;
use crate::stage::{Stage, chat, message, noon, phone, plain, tenant, text_of, trace};

fn acme() -> TenantId {
    TenantId::new("acme").unwrap()
}

fn lakewood() -> LocationId {
    LocationId::new("lakewood").unwrap()
}

fn place(day: Date, location: Option<LocationId>) -> Place {
    Place { day, location }
}

/// One hot lead on a day, under a mark of this name.
fn hot(mark: &str, day: Date) -> Increment {
    let counts: Counts = [(Counter::HotLeads, 1)].into_iter().collect();
    let adds = vec![(place(day, None), counts.clone()), (place(day, Some(lakewood())), counts)];
    Increment { once: EventId::derive(&acme(), &[mark]), adds, extras: Vec::new() }
}

fn november() -> Range {
    Range::new(date(2026, 11, 1), date(2026, 11, 30)).unwrap()
}

async fn hot_leads(store: &Store, tenant: &TenantId, location: Option<&LocationId>) -> BTreeMap<Date, u64> {
    let days = store.insights().days(tenant, location, november()).await.unwrap();
    days.into_iter().map(|(day, counts)| (day, counts.get(Counter::HotLeads))).collect()
}

#[tokio::test]
async fn what_is_counted_by_many_at_once_and_again_is_counted_once() {
    let stage = Stage::new().await;
    let (friday, saturday) = (date(2026, 11, 20), date(2026, 11, 21));
    let increments: Vec<Increment> =
        (0..6).map(|index| hot(&index.to_string(), if index < 4 { friday } else { saturday })).collect();
    let stores = [stage.store.clone(), stage.cold(), stage.cold()];
    for _ in 0..2 {
        let adding = stores.iter().map(|store| store.insights().add(&stage.tenant.id, &increments, noon(0)));
        join_all(adding).await.into_iter().for_each(Result::unwrap);
    }
    let expected = BTreeMap::from([(friday, 4), (saturday, 2)]);
    assert_eq!(hot_leads(&stage.store, &stage.tenant.id, None).await, expected);
    assert_eq!(hot_leads(&stage.store, &stage.tenant.id, Some(&lakewood())).await, expected);
    let marks = stage.entities("counted").await;
    assert_eq!(marks.len(), 6);
    assert!(marks.iter().all(|mark| mark.contains_key("expires_at")));
}

#[tokio::test]
async fn of_several_things_those_that_were_counted_before_are_left_out() {
    let stage = Stage::new().await;
    let day = date(2026, 11, 20);
    let tenant = &stage.tenant.id;
    stage.store.insights().add(tenant, &[hot("a", day)], noon(0)).await.unwrap();
    stage.store.insights().add(tenant, &[hot("a", day), hot("b", day), hot("c", day)], noon(0)).await.unwrap();
    stage.store.insights().add(tenant, &[], noon(0)).await.unwrap();
    assert_eq!(hot_leads(&stage.store, tenant, None).await, BTreeMap::from([(day, 3)]));
}

#[tokio::test]
async fn days_outside_the_range_and_those_of_others_are_not_read() {
    let stage = Stage::new().await;
    let bolt = TenantId::new("acme-2").unwrap();
    for (index, day) in
        [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1)].iter().enumerate()
    {
        stage.store.insights().add(&stage.tenant.id, &[hot(&index.to_string(), *day)], noon(0)).await.unwrap();
    }
    stage.store.insights().add(&bolt, &[hot("theirs", date(2026, 11, 20))], noon(0)).await.unwrap();
    let days = hot_leads(&stage.store, &stage.tenant.id, None).await;
    assert_eq!(days, BTreeMap::from([(date(2026, 11, 1), 1), (date(2026, 11, 30), 1)]));
    assert_eq!(hot_leads(&stage.store, &bolt, None).await.len(), 1);
    let elsewhere = LocationId::new("lake").unwrap();
    assert!(hot_leads(&stage.store, &stage.tenant.id, Some(&elsewhere)).await.is_empty());
}

#[tokio::test]
async fn a_year_of_full_days_is_read_in_two_calls_at_most() {
    let stage = Stage::new().await;
    let year = Range::new(date(2025, 11, 21), date(2026, 11, 21)).unwrap();
    // Every counter there is, each of six digits: no business's day is larger.
    let full: Counts = Counter::all().map(|counter| (counter, 123_456)).collect();
    let days: Vec<Date> = year.days().collect();
    assert_eq!(days.len(), 366);
    for some in days.chunks(20) {
        let adding = some.iter().map(|day| {
            let once = EventId::derive(&acme(), &[&day.to_string()]);
            let increment = Increment { once, adds: vec![(place(*day, None), full.clone())], extras: Vec::new() };
            let store = &stage.store;
            async move { store.insights().add(&acme(), &[increment], noon(0)).await }
        });
        join_all(adding).await.into_iter().for_each(Result::unwrap);
    }
    let (store, calls) = counted(&stage);
    let insights = store.insights().report(&stage.tenant, None, year, false).await.unwrap();
    assert!(insights.days.iter().all(|day| day.figures.hot == 123_456));
    let calls = calls.take();
    assert!(calls.len() <= 2, "{calls:?}");
}

/// What the bus tells of a turn, and that its reply left `seconds` later.
fn events_of(outcome: &Outcome, seconds: i64) -> Vec<Event> {
    let reply = outcome.messages.iter().find(|message| message.role == Role::Assistant).unwrap();
    let sent = EventKind::MessageSent { message: reply.reference, channel: reply.channel };
    let at = outcome.thread.started_at + jiff::SignedDuration::from_secs(seconds);
    outcome.events.iter().cloned().chain([event(at, sent)]).collect()
}

fn event(at: Timestamp, kind: EventKind) -> Event {
    let id = EventId::derive(&acme(), &[kind.name(), &at.to_string()]);
    Event { id, tenant: acme(), at, correlation_id: String::new(), kind }
}

/// Counts events as `worker-insights` does.
async fn count(stage: &Stage, events: &[Event]) {
    let worker = Insights { store: stage.cold(), adding: tokio::sync::Mutex::default() };
    for event in events {
        worker.count(event, noon(600)).await.unwrap();
    }
}

#[tokio::test]
async fn a_turn_is_one_lead_one_conversation_and_one_first_response_however_often_it_is_told() {
    let stage = Stage::new().await;
    let outcome = stage.say(&message("m1", &chat("s-1"), 0), Answer { score: Score::Hot, ..plain() }).await;
    let events = events_of(&outcome, 7);
    count(&stage, &events).await;
    let backwards: Vec<Event> = events.iter().rev().cloned().collect();
    count(&stage, &backwards).await;

    let insights = stage.store.insights().report(&stage.tenant, None, november(), true).await.unwrap();
    let totals = insights.totals;
    assert_eq!((totals.leads, totals.hot, totals.after_hours), (1, 1, 0));
    assert_eq!((totals.conversations, totals.messages_in, totals.messages_out), (1, 1, 1));
    assert_eq!((totals.answered, totals.answered_alone, totals.escalations), (1, 1, 0));
    assert_eq!(insights.first_response.map(|waits| (waits.count, waits.median_seconds)), Some((1, 7)));
    assert_eq!(insights.questions.iter().map(|question| question.count).sum::<u64>(), 1);
    let chats = insights.channels.iter().find(|figures| figures.channel == Channel::Chat).unwrap();
    assert_eq!(chats.messages_in, 1);
    // 11 tokens at $2 and 7 at $10 for a million.
    assert_eq!(insights.value.unwrap().model_cost_microdollars, Some(22 + 70));
    let other = stage.store.insights().report(&tenant("acme-2"), None, november(), true).await.unwrap();
    assert_eq!((other.totals, other.value.unwrap().model_cost_microdollars), (Default::default(), Some(0)));
}

#[tokio::test]
async fn what_becomes_of_a_lead_counts_on_the_day_it_came_and_for_its_location_once_that_is_known() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let address = json!({"street": "410 Example Street", "city": "Lakewood", "country": "US"});
    let location: Location =
        serde_json::from_value(json!({"id": "lakewood", "name": "Lakewood", "address": address})).unwrap();
    stage.store.documents().create(tenant, &location, &trace()).await.unwrap();
    let outcome = stage.say(&message("m1", &phone(1), 0), plain()).await;
    count(&stage, &events_of(&outcome, 2)).await;
    let (lead, contact) = (outcome.lead.id, outcome.lead.contact);
    let booked = EventKind::AppointmentBooked {
        contact,
        appointment: domain::ids::AppointmentId::derive(tenant, &["a"]),
        starts_at: noon(90_000),
        ends_at: noon(93_600),
        service: None,
        location: Some(lakewood()),
    };
    let won = EventKind::LeadStatusChanged { lead, status: LeadStatus::ClosedWon, was: LeadStatus::New };
    count(&stage, &[event(noon(3_600), booked), event(noon(86_400), won)]).await;

    let day = |day| Range::new(day, day).unwrap();
    let report = |location, range| stage.store.insights().report(&stage.tenant, location, range, false);
    let came = report(None, day(date(2026, 11, 20))).await.unwrap();
    assert_eq!(came.funnel.iter().map(|step| step.leads).collect::<Vec<_>>(), [1; 4]);
    assert_eq!((came.totals.booked, came.totals.won), (1, 0), "it was won on the next day");
    let here = report(Some(lakewood()), november()).await.unwrap();
    assert_eq!((here.totals.leads, here.totals.booked, here.totals.messages_in), (1, 1, 0));
}

#[tokio::test]
async fn what_is_not_there_any_more_is_not_counted_and_holds_up_nothing() {
    let stage = Stage::new().await;
    let nowhere = domain::ConversationId::derive(&acme(), &["nowhere"]);
    let gone =
        MessageRef { conversation: nowhere, at: noon(0), message: domain::MessageId::derive(&acme(), &["gone"]) };
    let lead = domain::LeadId::derive(&acme(), &["gone"]);
    let escalation = domain::EscalationId::derive(&acme(), &["gone"]);
    let contact = domain::ContactId::derive(&acme(), &["gone"]);
    let kinds = [
        EventKind::MessageSent { message: gone, channel: Channel::Sms },
        EventKind::LeadStatusChanged { lead, status: LeadStatus::ClosedWon, was: LeadStatus::New },
        EventKind::EscalationResolved { escalation, conversation: nowhere },
        // Not ours to count.
        EventKind::CallReceived { contact },
    ];
    count(&stage, &kinds.map(|kind| event(noon(0), kind))).await;
    let erased =
        Event { tenant: TenantId::new("erased").unwrap(), ..event(noon(0), EventKind::CallReceived { contact }) };
    count(&stage, &[erased]).await;
    assert!(stage.entities("insight day").await.is_empty());
    assert!(stage.items().await.iter().all(|item| text_of(item, "entity") != "counted"));
}

#[tokio::test]
async fn what_became_of_extras_is_counted_once_by_month() {
    let stage = Stage::new().await;
    let tenant = &stage.tenant.id;
    let place = |month, extra: &str| ExtraMonth { month, extra: ExtraId::new(extra).unwrap() };
    let taken = ExtraCounts { suggested: 1, taken: 1, booked: 1, revenue_cents: 2_500, ..ExtraCounts::default() };
    let add = |mark: &str, month: Date, extra: &str| Increment {
        once: EventId::derive(tenant, &[mark]),
        adds: Vec::new(),
        extras: vec![(place(month, extra), taken)],
    };
    let (october, november) = (date(2026, 10, 1), date(2026, 11, 1));
    let all =
        [add("a", november, "late-checkout"), add("b", november, "late-checkout"), add("c", november, "breakfast")];
    for _ in 0..2 {
        stage.store.insights().add(tenant, &all, noon(0)).await.unwrap();
    }
    stage.store.insights().add(tenant, &[add("d", october, "breakfast")], noon(0)).await.unwrap();
    let range = |from, to| Range::new(from, to).unwrap();
    let report = stage.store.insights().extra_report(&stage.tenant, range(november, date(2026, 11, 30))).await.unwrap();
    let lines: Vec<_> = report.months.iter().map(|line| (line.extra.as_str(), line.figures.taken)).collect();
    assert_eq!(lines, [("breakfast", 1), ("late-checkout", 2)]);
    assert_eq!((report.totals.booked, report.totals.revenue_cents), (3, 7_500));
    let both = stage.store.insights().extra_report(&stage.tenant, range(october, date(2026, 11, 2))).await.unwrap();
    assert_eq!((both.months.len(), both.totals.suggested), (3, 4));
}

#[tokio::test]
async fn what_other_systems_report_of_quotes_and_reviews_is_counted_once_and_a_payment_with_its_invoice() {
    let stage = Stage::new().await;
    let contact = domain::ContactId::derive(&acme(), &["reported"]);
    let quote = domain::ids::QuoteId::derive(&acme(), &["q"]);
    let invoice = domain::ids::InvoiceId::derive(&acme(), &["never-issued"]);
    let kinds = [
        EventKind::QuoteSent { contact, quote, service: None, amount: None, link: None, expires_at: None },
        EventKind::QuoteAccepted { contact, quote },
        EventKind::ReviewReceived { contact, rating: Some(5) },
        EventKind::PaymentReceived { contact, invoice },
    ];
    let events = kinds.map(|kind| event(noon(0), kind));
    for _ in 0..2 {
        count(&stage, &events).await;
    }
    let days = stage.store.insights().days(&acme(), None, november()).await.unwrap();
    let counted = |counter| days.values().map(|counts| counts.get(counter)).sum::<u64>();
    let counters = [
        Counter::QuotesSent,
        Counter::QuotesAccepted,
        Counter::Reviews,
        Counter::ReviewStars,
        // What it comes to is not known.
        Counter::InvoicesPaid,
    ];
    assert_eq!(counters.map(counted), [1, 1, 1, 5, 0]);
}
