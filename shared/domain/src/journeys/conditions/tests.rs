//! What holds when.

use serde_json::json;

use super::*;
use crate::conversations::Conversation;
use crate::journeys::Person;
use crate::journeys::samples as sample;
use crate::leads::Score;
use crate::leads::Stage;
use crate::messaging::Channel;
use crate::samples;
use crate::tenancy::Tenant;

struct Case {
    tenant: Tenant,
    person: Person,
    journey: Journey,
}

impl Case {
    fn new() -> Self {
        let tenant = samples::roofer();
        let (person, journey) = (sample::person(&tenant), sample::journey(&tenant));
        Self { tenant, person, journey }
    }

    fn holds(&self, condition: serde_json::Value, subject: Subject) -> bool {
        let condition = serde_json::from_value(condition).unwrap();
        holds(&condition, &sample::journey_context(&self.tenant, &self.person, &[]), &self.journey, &subject, None)
    }
}

#[test]
fn stage_score_and_care_are_as_they_are_noted() {
    let mut case = Case::new();
    case.journey.stage = Stage::Paid;
    case.person.lead.score = Score::Hot;
    for (condition, expected) in [
        (json!({ "stage_in": ["quote_sent", "paid"] }), true),
        (json!({ "stage_in": ["booked"] }), false),
        (json!({ "score_in": ["hot"] }), true),
        (json!({ "status_in": ["new", "closed_won"] }), true),
        (json!({ "status_in": ["nurturing"] }), false),
        (json!({ "score_in": ["cold", "warm"] }), false),
        (json!({ "vip": false }), true),
        (json!({ "vip": true }), false),
        (json!({ "reacts": ["low"] }), true),
        (json!({ "reacts": ["medium", "high"] }), false),
        (json!({ "reachable": "sms" }), true),
        // The roofer has no e-mail sender.
        (json!({ "reachable": "email" }), false),
    ] {
        assert_eq!(case.holds(condition.clone(), Subject::Contact), expected, "{condition}");
    }
}

#[test]
fn a_lead_is_ours_until_it_is_closed_or_handed_off() {
    let mut case = Case::new();
    for status in LeadStatus::ALL {
        case.person.lead.status = status;
        let ours = !status.is_closed() && status != LeadStatus::HandedOff;
        assert_eq!(case.holds(json!({ "lead_is_ours": true }), Subject::Contact), ours);
        assert_eq!(case.holds(json!({ "lead_is_ours": false }), Subject::Contact), !ours);
    }
}

#[test]
fn the_last_word_is_that_of_the_latest_thread() {
    let mut case = Case::new();
    let we_spoke_last = |case: &Case| case.holds(json!({ "we_spoke_last": true }), Subject::Contact);
    assert!(!we_spoke_last(&case), "nothing was said");

    let mut thread = samples::thread(&case.tenant);
    let mut said = |thread: &Conversation| {
        case.person.threads = vec![thread.clone()];
        we_spoke_last(&case)
    };
    thread.remember(Role::Customer, "How much?");
    assert!(!said(&thread));
    for role in [Role::Assistant, Role::Staff] {
        thread.remember(role, "It depends.");
        assert!(said(&thread));
    }
    thread.remember(Role::Notice, "A hot lead");
    assert!(said(&thread));
    thread.status = ConversationStatus::Escalated;
    assert!(!said(&thread), "a person was called");
    thread.status = ConversationStatus::Active;

    let mut later = Conversation { channel: Channel::Email, ..thread.clone() };
    later.last_message_at = "2026-11-21T00:00:00Z".parse().unwrap();
    later.remember(Role::Customer, "Hello?");
    case.person.threads = vec![later, thread];
    assert!(!we_spoke_last(&case));
}

#[test]
fn quotes_appointments_and_invoices_are_those_of_the_enrollment() {
    let mut case = Case::new();
    let quote = Subject::Quote(sample::quote(&case.tenant));
    let appointment = Subject::Appointment(sample::appointment(&case.tenant));
    let invoice = Subject::Invoice(sample::invoice(&case.tenant));
    for (condition, subject, expected) in [
        (json!({ "quote_opened": false }), quote, true),
        (json!({ "amount_at_least": 125_050 }), quote, true),
        (json!({ "amount_at_least": 125_051 }), quote, false),
        (json!({ "amount_at_least": 1 }), invoice, true),
        (json!({ "amount_at_least": 1 }), appointment, false),
        (json!({ "confirmed": true }), appointment, false),
        (json!({ "unpaid": true }), invoice, true),
        // About no invoice: any of theirs.
        (json!({ "unpaid": true }), quote, true),
    ] {
        assert_eq!(case.holds(condition.clone(), subject), expected, "{condition}");
    }
    case.journey.quotes[0].state = QuoteState::Opened;
    case.journey.appointments[0].state = AppointmentState::Confirmed;
    case.journey.invoices[0].state = InvoiceState::Paid;
    for (condition, subject, expected) in [
        (json!({ "quote_opened": true }), quote, true),
        (json!({ "quote_opened": true }), Subject::Contact, false),
        (json!({ "confirmed": true }), appointment, true),
        (json!({ "unpaid": false }), invoice, true),
        (json!({ "unpaid": true }), Subject::Contact, false),
    ] {
        assert_eq!(case.holds(condition.clone(), subject), expected, "{condition}");
    }
    case.journey.appointments[0].state = AppointmentState::ChangeRequested;
    assert!(case.holds(json!({ "confirmed": false }), appointment));
}

#[test]
fn the_last_message_counts_as_opened_only_since_it_went_out() {
    let case = Case::new();
    let journey_context = sample::journey_context(&case.tenant, &case.person, &[]);
    let opened = |run: Option<&Run>| {
        holds(&Condition::LastOpened(true), &journey_context, &case.journey, &Subject::Contact, run)
    };
    let mut run = sample::run(&case.tenant, Subject::Contact);
    assert!(!opened(None) && !opened(Some(&run)));
    run.opened_at = Some("2026-11-21T00:00:00Z".parse().unwrap());
    assert!(!opened(Some(&run)), "nothing went out");
    for (sent, expected) in
        [("2026-11-20T23:00:00Z", true), ("2026-11-21T00:00:00Z", true), ("2026-11-21T00:00:01Z", false)]
    {
        run.last_outreach_at = Some(sent.parse().unwrap());
        assert_eq!(opened(Some(&run)), expected, "{sent}");
    }
}
