//! Quotes, reviews and payments: what other systems report, counted once and on the day that it is about.

use super::*;
use crate::ids::{InvoiceId, QuoteId};
use crate::journeys::Journey;
use crate::money::Money;

fn contact() -> ContactId {
    ContactId::derive(&tenant_id(), &["c"])
}

fn quote() -> QuoteId {
    QuoteId::derive(&tenant_id(), &["q"])
}

fn invoice() -> InvoiceId {
    InvoiceId::derive(&tenant_id(), &["i"])
}

/// Their journey: a quote that went out on Friday, and an invoice in `currency`.
fn journey(currency: &str) -> Journey {
    let mut journey = Journey::begin(contact(), noon());
    journey.quotes = serde_json::from_value(json!([{"id": quote(), "state": "opened", "sent_at": noon()}])).unwrap();
    let amount = json!({"cents": 42_000, "currency": currency});
    journey.invoices = serde_json::from_value(json!([{"id": invoice(), "state": "issued", "amount": amount}])).unwrap();
    journey
}

fn told(at: Timestamp, kind: EventKind, journey: &Journey) -> (Event, Read) {
    let deal = DealFacts::of(&kind, journey, roofer());
    (event(at, kind), Read { deal, ..Read::default() })
}

fn on(table: &Table, day: Date, counter: Counter) -> u64 {
    table.days(None).get(&day).map_or(0, |counts| counts.get(counter))
}

#[test]
fn a_quote_that_is_taken_counts_on_the_day_it_went_out() {
    let (contact, quote) = (contact(), quote());
    let sent = EventKind::QuoteSent { contact, quote, service: None, amount: None, link: None, expires_at: None };
    let taken = EventKind::QuoteAccepted { contact, quote };
    let tuesday = later(noon(), 4 * 86_400);
    let journey = journey("USD");
    let happened =
        [told(noon(), sent.clone(), &journey), told(tuesday, taken, &journey), told(tuesday, sent, &journey)];
    let table = counted(&happened);
    let friday = date(2026, 11, 20);
    assert_eq!((on(&table, friday, Counter::QuotesSent), on(&table, friday, Counter::QuotesAccepted)), (1, 1));
    assert_eq!(on(&table, date(2026, 11, 24), Counter::QuotesSent), 0, "it was sent once more");
}

#[test]
fn a_quote_that_no_journey_knows_counts_when_it_is_taken() {
    let taken = EventKind::QuoteAccepted { contact: contact(), quote: quote() };
    let table = counted(&[told(night(), taken, &Journey::begin(contact(), noon()))]);
    assert_eq!(on(&table, date(2026, 11, 21), Counter::QuotesAccepted), 1);
}

#[test]
fn a_review_counts_with_its_stars_and_without_any_not_at_all() {
    let review = |rating| EventKind::ReviewReceived { contact: contact(), rating };
    let journey = journey("USD");
    let four = told(noon(), review(Some(4)), &journey);
    let five = told(later(noon(), 60), review(Some(5)), &journey);
    let table = counted(&[four.clone(), five, four, told(later(noon(), 90), review(None), &journey)]);
    let friday = date(2026, 11, 20);
    assert_eq!((on(&table, friday, Counter::Reviews), on(&table, friday, Counter::ReviewStars)), (2, 9));
}

#[test]
fn a_payment_counts_with_the_amount_of_its_invoice_in_the_tenants_currency() {
    let paid = EventKind::PaymentReceived { contact: contact(), invoice: invoice() };
    let cents = |journey: &Journey| {
        let once = told(noon(), paid.clone(), journey);
        let table = counted(&[once.clone(), once]);
        let friday = date(2026, 11, 20);
        (on(&table, friday, Counter::InvoicesPaid), on(&table, friday, Counter::PaidCents))
    };
    assert_eq!(cents(&journey("USD")), (1, 42_000));
    assert_eq!(cents(&journey("EUR")), (0, 0), "euros are no dollars");
    assert_eq!(cents(&Journey::begin(contact(), noon())), (0, 0), "no one knows what it came to");
}

#[test]
fn the_worth_of_a_lead_in_another_currency_is_not_known() {
    let worth = |currency: &str| {
        let mut lead = samples::lead(roofer());
        lead.value = Some(Money { cents: 420_000, currency: currency.to_owned() });
        LeadFacts::of(&lead, roofer()).value_cents
    };
    assert_eq!([worth("USD"), worth("EUR")], [Some(420_000), None]);
}
