//! What may be said, and until when.

use super::*;
use crate::conversations::StepRef;
use crate::ids::{AppointmentId, RunId, SequenceId, StepId};
use crate::journeys::{Ended, Ending, Run, Subject};

#[test]
fn what_expired_is_dropped_and_says_why_it_waited() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.the_outreach().expires_at = at(NOON);
    assert_allowed(&case.ask(NOON));
    assert_dropped(&case.ask("2026-05-04T18:00:01Z"), "expired");
    let message = case.message.clone();
    case.journey().queued(&message, at(NOON));
    let why =
        Verdict::Held { awaits: Awaited::PaymentReceived, why: "Not before the invoice is paid".into(), rule: None };
    case.journey().reschedule(message.reference, &why);
    let verdict = case.ask("2026-05-04T18:00:01Z");
    assert_dropped(&verdict, "expired");
    assert!(verdict.why().ends_with("too late for a follow up: Not before the invoice is paid"), "{verdict:?}");
}

#[test]
fn a_sequence_stops_the_moment_they_write() {
    let mut case = Case::outreach(Kind::QuoteFollowUp, Channel::Sms);
    let made = case.message.reference.at;
    case.opt_out_state.heard.insert(Channel::Email, made);
    assert_allowed(&case.ask(NOON));
    case.opt_out_state.heard.insert(Channel::Email, made + SignedDuration::from_millis(1));
    assert_dropped(&case.ask(NOON), "overtaken");
    case.the_outreach().kind = Kind::AppointmentReminder;
    assert_allowed(&case.ask(NOON));
    case.message.outreach = None;
    assert_allowed(&case.ask(NOON));
}

#[test]
fn what_belongs_to_an_enrollment_that_is_over_is_not_said_any_more() {
    let mut case = Case::outreach(Kind::AppointmentReminder, Channel::Sms);
    let run = RunId::derive(&case.tenant.id, &["run"]);
    let (sequence, step) = (SequenceId::new("reminders").unwrap(), StepId::new("soon").unwrap());
    case.the_outreach().step = Some(StepRef { sequence: sequence.clone(), run, step: step.clone(), variant: None });
    case.journey().runs = vec![Run {
        id: run,
        sequence,
        subject: Subject::Contact,
        started_at: at(NOON) - hours(48),
        step,
        due: at(NOON),
        paused_until: None,
        touches: 1,
        last_outreach_at: Some(at(NOON) - hours(1)),
        last_step: None,
        opened_at: None,
        variants: std::collections::BTreeMap::new(),
        ended: None,
    }];
    assert_allowed(&case.ask(NOON));
    for how in [Ending::Stopped, Ending::Converted, Ending::Answered, Ending::HandedOver, Ending::OptedOut] {
        let why = "the appointment was cancelled".to_owned();
        case.journey().runs[0].ended = Some(Ended { at: at(NOON), how, why });
        let verdict = case.ask(NOON);
        assert_dropped(&verdict, "over");
        assert!(verdict.why().ends_with("is over: the appointment was cancelled"), "{verdict:?}");
    }
    let last_words = Ended { at: at(NOON), how: Ending::Finished, why: "its last step is done".to_owned() };
    case.journey().runs[0].ended = Some(last_words);
    assert_allowed(&case.ask(NOON));
}

#[test]
fn what_was_written_of_an_appointment_before_it_changed_or_began_does_not_go_out() {
    let mut case = Case::outreach(Kind::AppointmentReminder, Channel::Sms);
    let (written_at, id) = (case.message.reference.at, AppointmentId::derive(&case.tenant.id, &["a"]));
    case.the_outreach().appointment = Some(id);
    let mut ask = |state: &str, agreed_at: Timestamp, starts_at: Timestamp| {
        let appointment = json!({
            "id": id, "state": state, "starts_at": starts_at, "ends_at": starts_at + hours(1), "agreed_at": agreed_at,
        });
        case.journey().appointments = vec![serde_json::from_value(appointment).unwrap()];
        case.ask(NOON)
    };
    let (before, since, tomorrow) = (written_at - hours(1), written_at + hours(1), at(NOON) + hours(20));
    for state in ["booked", "confirmed", "cancelled", "en_route"] {
        assert_allowed(&ask(state, before, tomorrow));
    }
    for state in ["booked", "change_requested", "cancelled"] {
        assert_dropped(&ask(state, since, tomorrow), "over");
    }
    assert_allowed(&ask("completed", since, tomorrow));
    assert_dropped(&ask("booked", before, at(NOON)), "over");
    assert_allowed(&ask("booked", before, written_at - hours(1)));
}

#[test]
fn the_same_words_are_not_said_twice_a_day() {
    let mut case = Case::outreach(Kind::AppointmentReminder, Channel::Sms);
    let sent = |ago| Sent {
        at: at(NOON) - ago,
        kind: Kind::Welcome,
        channel: Channel::Email,
        digest: digest("HELLO ana, summit ridge  roofing here."),
        appointment: None,
    };
    case.journey().ledger = vec![sent(hours(24))];
    assert_allowed(&case.ask(NOON));
    case.journey().ledger = vec![sent(hours(24) - SignedDuration::from_secs(1))];
    assert_dropped(&case.ask(NOON), "repeated");
    case.message.outreach = None;
    assert_allowed(&case.ask(NOON));
}

#[test]
fn a_message_that_the_vendor_did_not_take_is_no_repeat_of_itself() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.journey().preferences.frequency = crate::journeys::Frequency::Minimal;
    let first = case.clone();
    let Ruling::Cleared(cleared, verdict) = gate(&first.send_context(), at(NOON)) else {
        panic!("nothing stands against it")
    };
    case.journey().cleared(&cleared);
    let later = "2026-05-04T18:05:00Z";
    assert_dropped(&case.ask(later), "repeated");
    case.delivery().rulings.push(Ruled { at: cleared.at(), verdict });
    assert_allowed(&case.ask(later));
}

#[test]
fn no_review_is_asked_for_before_the_invoice_is_paid() {
    let mut case = Case::outreach(Kind::ReviewRequest, Channel::Sms);
    case.journey().invoices = invoices(&case.tenant, "overdue");
    let verdict = case.ask(NOON);
    assert!(matches!(&verdict, Verdict::Held { awaits: Awaited::PaymentReceived, .. }), "{verdict:?}");
    case.the_outreach().expires_at = at(NOON);
    assert_dropped(&case.ask(NOON), "unpaid_review");
    case.journey().invoices = invoices(&case.tenant, "paid");
    assert_allowed(&case.ask(NOON));
}

fn invoices(tenant: &Tenant, state: &str) -> Vec<crate::billing::Invoice> {
    let id = crate::ids::InvoiceId::derive(&tenant.id, &["invoice"]);
    vec![serde_json::from_value(json!({ "id": id, "state": state })).unwrap()]
}

#[test]
fn who_is_being_served_gets_no_advertising() {
    for stage in Stage::ALL {
        let served =
            [Stage::Booked, Stage::PreAppointment, Stage::AppointmentToday, Stage::JobInProgress].contains(&stage);
        for kind in [Kind::Campaign, Kind::Nurture, Kind::Reactivation, Kind::FollowUp, Kind::AppointmentReminder] {
            let mut case = Case::outreach(kind, Channel::Email);
            case.journey().stage = stage;
            let verdict = case.ask(NOON);
            if served && kind.purpose() == Purpose::Marketing {
                assert!(
                    matches!(&verdict, Verdict::Held { awaits: Awaited::JobCompleted, .. }),
                    "{stage:?}: {verdict:?}"
                );
            } else {
                assert_allowed(&verdict);
            }
        }
    }
}

#[test]
fn payment_is_demanded_decently() {
    let mut case = Case::outreach(Kind::Collections, Channel::Sms);
    assert_dropped(&case.ask(NOON), "improper_demand");
    case.journey().invoices = invoices(&case.tenant, "overdue");
    assert_allowed(&case.ask(NOON));
    case.message.text = "SUMMIT RIDGE ROOFING: your invoice is open.".to_owned();
    assert_allowed(&case.ask(NOON));
    case.message.text = "Pay now.".to_owned();
    assert_dropped(&case.ask(NOON), "improper_demand");
}

#[test]
fn payment_is_demanded_seven_times_a_week_at_most() {
    let mut case = Case::outreach(Kind::Collections, Channel::Sms);
    case.journey().invoices = invoices(&case.tenant, "overdue");
    for day in 1..=6 {
        case.sent(Kind::Collections, day * 24);
        case.sent(Kind::Billing, day * 24);
    }
    assert_allowed(&case.ask(NOON));
    case.sent(Kind::Collections, 7 * 24 - 1);
    assert_delayed(&case.ask(NOON), "2026-05-04T19:00:00Z", "too_many_demands");
    assert_allowed(&case.ask("2026-05-04T19:00:00Z"));
    case.the_outreach().expires_at = at("2026-05-04T18:59:59Z");
    assert_dropped(&case.ask(NOON), "too_many_demands");
}

#[test]
fn whatsapp_takes_free_text_for_a_day_and_templates_always() {
    let case = |answered: Option<i64>, heard: Option<i64>| {
        let mut case = Case::reply(Channel::Whatsapp);
        case.delivery().answers_at = answered.map(|ago| at(NOON) - hours(ago));
        case.opt_out_state.heard = heard.map(|ago| (Channel::Whatsapp, at(NOON) - hours(ago))).into_iter().collect();
        case
    };
    for (answered, heard) in [(Some(23), Some(23)), (None, Some(23)), (Some(100), Some(2))] {
        assert_allowed(&case(answered, heard).ask(NOON));
    }
    // What is answered may have been a call, or have come on another channel: it opens nothing.
    for (answered, heard) in [(None, None), (Some(0), None), (None, Some(24)), (Some(2), Some(100))] {
        assert_dropped(&case(answered, heard).ask(NOON), "whatsapp_window");
    }
    let mut call = case(Some(0), None);
    let template = Template { name: "missed_call".to_owned(), language: "en".to_owned(), values: Vec::new() };
    call.delivery().template = Some(template);
    assert_allowed(&call.ask(NOON));
    let mut elsewhere = case(None, None);
    elsewhere.opt_out_state.heard.insert(Channel::Sms, at(NOON));
    assert_dropped(&elsewhere.ask(NOON), "whatsapp_window");
    let mut outreach = Case::outreach(Kind::FollowUp, Channel::Whatsapp);
    assert_allowed(&outreach.ask(NOON));
    outreach.the_outreach().template = None;
    assert_dropped(&outreach.ask(NOON), "whatsapp_window");
}

#[test]
fn what_the_window_would_stop_in_the_morning_is_stopped_at_night() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Whatsapp);
    case.the_outreach().template = None;
    case.message.reference.at = at(LATE);
    case.opt_out_state.heard.insert(Channel::Whatsapp, at(LATE) - hours(20));
    assert_dropped(&case.ask(LATE), "whatsapp_window");
    case.opt_out_state.heard.insert(Channel::Whatsapp, at(LATE) - hours(10));
    assert_delayed(&case.ask(LATE), "2026-05-05T14:00:00Z", "quiet_hours");
}
