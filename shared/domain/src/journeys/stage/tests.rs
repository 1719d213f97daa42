use super::*;

/// From, what happened, to: everything that is not named stays.
const WAYS: [(Stage, Signal, Stage); 21] = [
    (Stage::NewLead, Signal::QuoteSent, Stage::QuoteSent),
    (Stage::QuoteFollowingUp, Signal::QuoteSent, Stage::QuoteSent),
    (Stage::QuoteFollowingUp, Signal::AppointmentBooked, Stage::Booked),
    (Stage::PreAppointment, Signal::AppointmentRescheduled, Stage::Booked),
    (Stage::Booked, Signal::AppointmentEnRoute, Stage::AppointmentToday),
    (Stage::AppointmentToday, Signal::JobStarted, Stage::JobInProgress),
    (Stage::JobInProgress, Signal::JobCompleted, Stage::JobComplete),
    (Stage::JobComplete, Signal::InvoiceIssued, Stage::AwaitingPayment),
    (Stage::AwaitingPayment, Signal::PaymentReceived, Stage::Paid),
    (Stage::AwaitingPayment, Signal::InvoiceVoided, Stage::JobComplete),
    (Stage::Paid, Signal::ReviewReceived, Stage::Reviewed),
    (Stage::ReviewEligible, Signal::ReviewReceived, Stage::Reviewed),
    (Stage::Booked, Signal::AppointmentCancelled, Stage::NewLead),
    (Stage::AppointmentToday, Signal::AppointmentMissed, Stage::NewLead),
    (Stage::Dormant, Signal::MessageReceived, Stage::NewLead),
    (Stage::Churned, Signal::AppointmentBooked, Stage::Booked),
    (Stage::QuoteSent, Signal::LeadClosed, Stage::Churned),
    (Stage::Booked, Signal::LeadClosed, Stage::Churned),
    (Stage::Booked, Signal::LeadNurturing, Stage::NewLead),
    (Stage::Dormant, Signal::LeadWon, Stage::NewLead),
    (Stage::Churned, Signal::LeadNurturing, Stage::NewLead),
];

#[test]
fn events_lead_along_the_way() {
    for (from, signal, to) in WAYS {
        assert_eq!(from.after(signal), Some(to), "{} after {}", from.as_str(), signal.as_str());
    }
}

#[test]
fn a_customer_with_an_appointment_or_a_job_is_not_moved_by_quotes_invoices_or_messages() {
    for stage in [Stage::Booked, Stage::PreAppointment, Stage::AppointmentToday, Stage::JobInProgress] {
        for signal in [
            Signal::LeadCreated,
            Signal::MessageReceived,
            Signal::QuoteSent,
            Signal::QuoteOpened,
            Signal::AppointmentConfirmed,
            Signal::InvoiceIssued,
            Signal::InvoiceOverdue,
            Signal::PaymentReceived,
            Signal::ReviewReceived,
        ] {
            assert_eq!(stage.after(signal), None, "{} after {}", stage.as_str(), signal.as_str());
        }
    }
}

#[test]
fn who_owes_is_not_moved_by_a_review_or_by_a_job_that_is_done() {
    assert_eq!(Stage::AwaitingPayment.after(Signal::ReviewReceived), None);
    assert_eq!(Stage::AwaitingPayment.after(Signal::JobCompleted), None);
}

#[test]
fn nothing_leads_where_one_stands_and_what_only_time_brings_comes_by_no_event() {
    let timely =
        [Stage::QuoteFollowingUp, Stage::PreAppointment, Stage::ReviewEligible, Stage::Dormant, Stage::Churned];
    for from in Stage::ALL {
        for signal in Signal::ALL.iter().copied() {
            let to = from.after(signal);
            assert_ne!(to, Some(from), "{} after {}", from.as_str(), signal.as_str());
            // But for who was given up: staff say so.
            let given_up = signal == Signal::LeadClosed && to == Some(Stage::Churned);
            let by_time = to.is_some_and(|to| timely.contains(&to)) && !given_up;
            assert!(!by_time, "{} after {}", from.as_str(), signal.as_str());
        }
    }
}

#[test]
fn whoever_was_served_stays_a_customer_when_a_later_lead_is_lost() {
    for stage in [Stage::JobInProgress, Stage::JobComplete, Stage::AwaitingPayment, Stage::Paid, Stage::Reviewed] {
        assert_eq!(stage.after(Signal::LeadClosed), None, "{}", stage.as_str());
        assert_eq!(stage.after(Signal::LeadWon), None, "{}", stage.as_str());
    }
}

#[test]
fn every_stage_is_reached() {
    let reached = |to: Stage| {
        to == Stage::default()
            || Stage::ALL.into_iter().any(|from| {
                from.may_be_marked(to) || Signal::ALL.iter().copied().any(|signal| from.after(signal) == Some(to))
            })
    };
    for stage in Stage::ALL {
        assert!(reached(stage), "{}", stage.as_str());
    }
}

#[test]
fn a_late_mark_never_covers_what_has_happened_since() {
    for (from, to, may) in [
        (Stage::Booked, Stage::PreAppointment, true),
        (Stage::PreAppointment, Stage::AppointmentToday, true),
        (Stage::AppointmentToday, Stage::PreAppointment, false),
        (Stage::JobInProgress, Stage::AppointmentToday, false),
        (Stage::NewLead, Stage::AppointmentToday, false),
        (Stage::Paid, Stage::ReviewEligible, true),
        (Stage::AwaitingPayment, Stage::ReviewEligible, false),
        (Stage::Reviewed, Stage::ReviewEligible, false),
        (Stage::Reviewed, Stage::Dormant, true),
        (Stage::Booked, Stage::Dormant, false),
        (Stage::AwaitingPayment, Stage::Churned, false),
        (Stage::Dormant, Stage::Churned, true),
        (Stage::QuoteSent, Stage::QuoteFollowingUp, true),
        (Stage::Booked, Stage::QuoteFollowingUp, false),
        (Stage::NewLead, Stage::Paid, false),
    ] {
        assert_eq!(from.may_be_marked(to), may, "{} marked {}", from.as_str(), to.as_str());
    }
}
