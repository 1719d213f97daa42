//! Each rule by itself.

use super::*;
use crate::conversations::StepRef;
use crate::ids::{AppointmentId, RunId, SequenceId, StepId};
use crate::journeys::{Ended, Ending, Run, Subject};
use crate::tenancy::TenantStatus;

#[test]
fn a_message_that_nothing_stands_against_leaves() {
    for channel in [Channel::Sms, Channel::Whatsapp, Channel::Email] {
        for kind in Kind::ALL {
            if !matches!(kind, Kind::Reply | Kind::OptOut | Kind::Notice | Kind::Collections) {
                assert_allowed(&Case::outreach(kind, channel).ask(NOON));
            }
        }
    }
    assert_allowed(&Case::reply(Channel::Sms).ask(NOON));
    assert_allowed(&Case::notice().ask(LATE));
}

#[test]
fn a_contact_that_a_key_for_tests_made_gets_nothing_until_somebody_writes_from_its_address() {
    for mut case in [Case::reply(Channel::Sms), Case::outreach(Kind::AppointmentReminder, Channel::Email)] {
        case.contact.as_mut().unwrap().test = true;
        case.delivery().answers_at = Some(at(NOON));
        assert_dropped(&case.ask(NOON), "test_contact");
        case.contact.as_mut().unwrap().addresses[0].strength = crate::messaging::Strength::Proven;
        case.contact.as_mut().unwrap().addresses[1].strength = crate::messaging::Strength::Proven;
        assert_allowed(&case.ask(NOON));
    }
    let mut notice = Case::notice();
    notice.contact = Case::reply(Channel::Sms).contact;
    notice.contact.as_mut().unwrap().test = true;
    assert_allowed(&notice.ask(LATE));
}

#[test]
fn who_refused_gets_nothing_and_staff_do() {
    for mut case in [Case::reply(Channel::Sms), Case::outreach(Kind::AppointmentReminder, Channel::Email)] {
        case.opt_out_state.refused = true;
        case.delivery().answers_at = Some(at(NOON));
        assert_dropped(&case.ask(NOON), "suppression");
    }
    let mut notice = Case::notice();
    notice.opt_out_state.refused = true;
    assert_allowed(&notice.ask(LATE));
}

/// The word to someone who refused at noon.
fn opt_out(channel: Channel) -> Case {
    let mut case = Case::reply(channel);
    case.message.opt_out = true;
    case.opt_out_state.refused = true;
    // Their refusal is a message of theirs on that channel.
    case.opt_out_state.heard.insert(channel, at(NOON));
    case.delivery().answers_at = Some(at(NOON));
    case
}

#[test]
fn who_refused_is_told_so_within_five_minutes_and_nothing_else() {
    for channel in [Channel::Sms, Channel::Whatsapp] {
        assert_eq!(opt_out(channel).message.kind(), Kind::OptOut);
        assert_allowed(&opt_out(channel).ask(NOON));
        assert_allowed(&opt_out(channel).ask("2026-05-04T18:05:00Z"));
        assert_dropped(&opt_out(channel).ask("2026-05-04T18:05:01Z"), "opt_out");
        let mut nobody_waits = opt_out(channel);
        nobody_waits.delivery().answers_at = None;
        assert_dropped(&nobody_waits.ask(NOON), "opt_out");
        let mut back = opt_out(channel);
        back.opt_out_state.refused = false;
        assert_dropped(&back.ask(NOON), "opt_out");
        // What they agreed to hear or not says nothing about it; at night they have just written themselves.
        let mut refused_all = opt_out(channel);
        let journey = refused_all.journey.as_mut().unwrap();
        journey.consents.push(consent(channel, Purpose::Transactional, false));
        refused_all.delivery().answers_at = Some(at(LATE));
        assert_allowed(&refused_all.ask(LATE));
    }
}

#[test]
fn who_texted_stop_gets_no_text_message_until_they_text_start_whatever_they_say_elsewhere() {
    let mut case = Case::reply(Channel::Sms);
    case.opt_out_state.stopped.insert(phone(DENVER).key());
    assert_dropped(&case.ask(NOON), "stopped");
    let mut told = opt_out(Channel::Sms);
    told.opt_out_state.stopped.insert(phone(DENVER).key());
    assert_dropped(&told.ask(NOON), "stopped");
    // On WhatsApp the same number is reached.
    let mut elsewhere = opt_out(Channel::Whatsapp);
    elsewhere.opt_out_state.stopped.insert(phone(DENVER).key());
    assert_allowed(&elsewhere.ask(NOON));
}

#[test]
fn a_chat_is_answered_where_they_ask_whatever_they_refused() {
    let mut case = Case::reply(Channel::Chat);
    case.opt_out_state.refused = true;
    case.delivery().answers_at = Some(at(NOON));
    assert_allowed(&case.ask(NOON));
    let mut outreach = Case::outreach(Kind::FollowUp, Channel::Chat);
    outreach.opt_out_state.refused = true;
    assert_dropped(&outreach.ask(NOON), "suppression");
}

#[test]
fn what_a_vendor_cannot_reach_is_not_tried() {
    for channel in [Channel::Sms, Channel::Whatsapp, Channel::Email] {
        let mut case = Case::outreach(Kind::FollowUp, channel);
        let to = case.delivery().to.clone();
        let elsewhere = if channel == Channel::Sms { Channel::Whatsapp } else { Channel::Sms };
        for (address, on) in [(&phone("+13035550199"), channel), (&to, elsewhere)] {
            case.opt_out_state.unreachable.insert(OptOutState::unreachable_on(address, Some(on)));
        }
        assert_allowed(&case.ask(NOON));
        case.opt_out_state.unreachable.insert(OptOutState::unreachable_on(&to, Some(channel)));
        assert_dropped(&case.ask(NOON), "unreachable");
    }
}

#[test]
fn a_contact_that_is_gone_is_not_written_to() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.contact.as_mut().unwrap().merged_into = Some(ContactId::derive(&case.tenant.id, &["bea"]));
    assert_dropped(&case.ask(NOON), "gone");
    case.contact = None;
    assert_dropped(&case.ask(NOON), "gone");
}

#[test]
fn a_paused_or_closed_tenant_sends_nothing_to_anybody() {
    for status in [TenantStatus::Paused, TenantStatus::Closed] {
        for mut case in [Case::notice(), Case::reply(Channel::Email), Case::outreach(Kind::Billing, Channel::Sms)] {
            case.tenant.status = status;
            assert_dropped(&case.ask(NOON), "paused_tenant");
        }
    }
}

#[test]
fn a_channel_without_settings_is_skipped_by_name() {
    for (channel, name) in [
        (Channel::Whatsapp, "WhatsApp"),
        (Channel::Sms, "SMS"),
        (Channel::Email, "E-mail"),
        (Channel::Chat, "chat widget"),
    ] {
        let mut case = Case::reply(channel);
        case.tenant.channels = Default::default();
        let verdict = case.ask(NOON);
        assert_eq!((verdict.as_str(), verdict.rule()), ("skipped", Some("missing_channel")));
        assert!(verdict.why().contains(name), "{verdict:?}");
    }
}

#[test]
fn whatsapp_that_twilio_carries_needs_what_sms_needs() {
    let mut case = Case::reply(Channel::Whatsapp);
    case.message.delivery.as_mut().unwrap().by_twilio = true;
    case.opt_out_state.heard.insert(Channel::Whatsapp, at(NOON) - hours(1));
    case.tenant.channels.whatsapp = None;
    assert_allowed(&case.ask(NOON));
    case.tenant.channels.sms = None;
    assert!(matches!(case.ask(NOON), Verdict::Skipped { .. }));
}

#[test]
fn staff_are_told_also_where_the_business_cannot_send_e_mail() {
    let mut notice = Case::notice();
    notice.tenant.channels = Default::default();
    assert_allowed(&notice.ask(LATE));
}

#[test]
fn nobody_is_in_a_chat_but_who_just_wrote() {
    assert_dropped(&Case::outreach(Kind::FollowUp, Channel::Chat).ask(NOON), "empty_chat");
    assert_allowed(&Case::reply(Channel::Chat).ask("2026-05-04T19:00:00Z"));
}

#[test]
fn consent_is_asked_by_channel_and_purpose() {
    use Channel::{Email, Sms, Whatsapp};
    use Kind::{Billing, Campaign, FollowUp, Nurture};
    for (kind, channel, region, record, allowed) in [
        (Campaign, Sms, "US", None, false),
        (Campaign, Sms, "US", Some(true), true),
        (Campaign, Sms, "US", Some(false), false),
        (Nurture, Whatsapp, "US", None, false),
        (Nurture, Whatsapp, "US", Some(true), true),
        (Campaign, Email, "US", None, true),
        (Campaign, Email, "US", Some(false), false),
        (Campaign, Email, "CA", None, false),
        (Campaign, Email, "DE", None, false),
        (Campaign, Email, "GB", None, false),
        (Campaign, Email, "ZZ", None, false),
        (Campaign, Email, "DE", Some(true), true),
        (FollowUp, Sms, "US", None, true),
        (FollowUp, Sms, "US", Some(true), true),
        (FollowUp, Sms, "US", Some(false), false),
        (Billing, Sms, "US", None, true),
        (Billing, Email, "DE", None, true),
        (Billing, Sms, "US", Some(false), false),
    ] {
        let mut case = Case::outreach(kind, channel);
        case.tenant.region = region.to_owned();
        case.journey().consents = record.map(|granted| consent(channel, kind.purpose(), granted)).into_iter().collect();
        let verdict = case.ask(NOON);
        assert_eq!(
            verdict.as_str(),
            if allowed { "allowed" } else { "dropped" },
            "{kind:?} {channel} {region} {record:?}"
        );
    }
    let mut other = Case::outreach(FollowUp, Sms);
    other.journey().consents =
        vec![consent(Email, Purpose::Conversational, false), consent(Sms, Purpose::Transactional, false)];
    assert_allowed(&other.ask(NOON));
}

#[test]
fn a_typed_number_is_nobody_who_wrote_to_us() {
    use Channel::{Email, Sms, Whatsapp};
    use Kind::{AppointmentReminder, Billing, FollowUp};
    for channel in [Sms, Whatsapp] {
        for kind in [FollowUp, Billing, AppointmentReminder] {
            let mut case = Case::outreach(kind, channel);
            case.opt_out_state.heard = [(Email, at(NOON) - hours(168))].into();
            case.journey().consents.clear();
            assert_dropped(&case.ask(NOON), "consent");
            let mut unknown = case.clone();
            unknown.journey = None;
            assert_dropped(&unknown.ask(NOON), "consent");
            let mut agreed = case.clone();
            agreed.journey().consents = vec![consent(channel, Purpose::Conversational, true)];
            assert_allowed(&agreed.ask(NOON));
            case.opt_out_state.heard.insert(channel, at(NOON) - hours(168));
            assert_allowed(&case.ask(NOON));
        }
    }
    let mut reply = Case::reply(Sms);
    reply.opt_out_state.heard.clear();
    reply.journey().consents.clear();
    assert_allowed(&reply.ask(NOON));
}

#[test]
fn who_refused_a_channel_is_answered_there_once_they_write_there_themselves() {
    let refused = |channel| consent(channel, Purpose::Conversational, false);
    let mut case = Case::reply(Channel::Sms);
    case.journey().consents = vec![refused(Channel::Sms)];
    case.opt_out_state.heard = [(Channel::Sms, at("2026-04-27T18:00:00Z"))].into();
    assert_dropped(&case.ask(NOON), "consent");
    case.opt_out_state.heard = [(Channel::Sms, at("2026-04-27T18:00:01Z"))].into();
    assert_allowed(&case.ask(NOON));
    let mut outreach = Case::outreach(Kind::FollowUp, Channel::Sms);
    outreach.journey().consents = vec![refused(Channel::Sms)];
    outreach.opt_out_state = case.opt_out_state;
    assert_dropped(&outreach.ask(NOON), "consent");
}

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

#[test]
fn caps_hold_by_day_and_week() {
    use crate::journeys::Frequency::{Engaged, Minimal, Normal};
    for (frequency, sent, expected) in [
        (Minimal, &[25][..], None),
        (Minimal, &[20], Some("2026-05-04T22:00:00Z")),
        (Minimal, &[30, 60, 166], Some("2026-05-04T20:00:00Z")),
        (Minimal, &[30, 60, 168], None),
        (Normal, &[1, 2], None),
        (Normal, &[1, 2, 22], Some("2026-05-04T20:00:00Z")),
        (Normal, &[18, 19, 20, 22], Some("2026-05-04T22:00:00Z")),
        (Normal, &[1, 2, 26, 27, 50, 51, 74, 75, 98], None),
        (Normal, &[1, 2, 26, 27, 50, 51, 74, 75, 98, 167], Some("2026-05-04T19:00:00Z")),
        (Engaged, &[1, 2, 3, 4], None),
        (Engaged, &[1, 2, 3, 4, 21], Some("2026-05-04T21:00:00Z")),
    ] {
        let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
        case.journey().preferences.frequency = frequency;
        sent.iter().for_each(|ago| case.sent(Kind::AppointmentReminder, *ago));
        match expected {
            None => assert_allowed(&case.ask(NOON)),
            Some(until) => {
                assert_delayed(&case.ask(NOON), until, "full");
                assert_allowed(&case.ask(until));
                case.the_outreach().expires_at = at(until) - SignedDuration::from_secs(1);
                assert_dropped(&case.ask(NOON), "full");
            }
        }
        case.the_outreach().kind = Kind::AppointmentReminder;
        case.the_outreach().expires_at = at(NOON);
        assert_allowed(&case.ask(NOON));
    }
}

#[test]
fn a_place_that_frees_at_night_is_taken_in_the_morning() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.journey().preferences.frequency = crate::journeys::Frequency::Minimal;
    case.sent(Kind::FollowUp, 12);
    assert_delayed(&case.ask(NOON), "2026-05-05T14:00:00Z", "full");
}

#[test]
fn of_those_that_compete_for_a_place_the_more_important_goes_first() {
    let stands_back = "2026-05-04T18:10:00Z";
    // What waits besides a follow-up that waits for an hour, and whether the follow-up stands back.
    for (kind, hours_ago, stands) in [
        (Kind::QuoteFollowUp, 0, true),
        (Kind::AppointmentReminder, 0, true),
        (Kind::FollowUp, 2, true),
        (Kind::FollowUp, 0, false),
        (Kind::Campaign, 100, false),
    ] {
        let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
        let message = case.message.clone();
        case.journey().queued(&message, at(NOON) - hours(1));
        case.rival("rival", kind, hours_ago);
        assert_allowed(&case.ask(NOON));
        case.sent(Kind::FollowUp, 1);
        case.sent(Kind::FollowUp, 2);
        let verdict = case.ask(NOON);
        if stands { assert_delayed(&verdict, stands_back, "outranked") } else { assert_allowed(&verdict) }
    }
}

#[test]
fn what_cannot_leave_now_competes_for_nothing() {
    let changes: [fn(&mut Waiting); 3] = [
        |rival| rival.awaits = Some(Awaited::PaymentReceived),
        |rival| rival.until = Some(at(NOON) + hours(1)),
        |rival| rival.expires_at = at(NOON) - hours(1),
    ];
    for change in changes {
        let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
        case.sent(Kind::FollowUp, 1);
        case.sent(Kind::FollowUp, 2);
        let rival = case.rival("rival", Kind::QuoteFollowUp, 0);
        change(rival);
        assert_allowed(&case.ask(NOON));
    }
}

#[test]
fn of_two_that_are_alike_in_all_but_the_id_exactly_one_goes_first() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.sent(Kind::FollowUp, 1);
    case.sent(Kind::FollowUp, 2);
    let message = case.message.clone();
    case.journey().queued(&message, at(NOON));
    let other = case.rival("other", Kind::FollowUp, 0).message;
    let mut its = case.clone();
    its.message.reference = other;
    let (mine, its) = (case.ask(NOON), its.ask(NOON));
    assert_ne!(mine.as_str(), its.as_str(), "{mine:?} {its:?}");
}

#[test]
fn a_budget_that_is_used_up_waits_for_the_next_month() {
    let mut case = Case::outreach(Kind::FollowUp, Channel::Sms);
    case.tenant.cost_control.touches_per_month = Some(100);
    case.sent_this_month = 99;
    assert_allowed(&case.ask(NOON));
    case.sent_this_month = 100;
    assert_dropped(&case.ask(NOON), "over_budget");
    case.the_outreach().expires_at = at(NOON) + hours(28 * 24);
    // Midnight of UTC is 18:00 in Denver.
    assert_delayed(&case.ask(NOON), "2026-06-01T00:00:00Z", "over_budget");
    case.the_outreach().kind = Kind::AppointmentReminder;
    assert_allowed(&case.ask(NOON));
    case.message.outreach = None;
    assert_allowed(&case.ask(NOON));
}

#[test]
fn nothing_unasked_is_said_while_staff_are_talking_with_them() {
    for kind in Kind::ALL.into_iter().filter(|kind| kind.purpose() != Purpose::Transactional && *kind != Kind::Reply) {
        let mut case = Case::outreach(kind, Channel::Sms);
        let before = case.ask(NOON);
        case.with_staff = true;
        let verdict = case.ask(NOON);
        if before.as_str() == "allowed" {
            assert_eq!((verdict.as_str(), verdict.rule()), ("delayed", Some("with_staff")), "{kind:?}: {verdict:?}");
        }
    }
    for kind in [Kind::AppointmentReminder, Kind::Billing] {
        let mut case = Case::outreach(kind, Channel::Sms);
        let before = case.ask(NOON);
        case.with_staff = true;
        assert_eq!(case.ask(NOON), before, "{kind:?} was agreed on");
    }
    let mut case = Case::reply(Channel::Sms);
    case.with_staff = true;
    assert_allowed(&case.ask(NOON));
}

#[test]
fn what_holds_for_good_is_said_before_what_passes() {
    let mut case = Case::outreach(Kind::Campaign, Channel::Sms);
    case.journey().stage = Stage::Booked;
    assert_eq!(case.ask(LATE).as_str(), "held");
    case.opt_out_state.heard.insert(Channel::Sms, at(NOON));
    assert_eq!(case.ask(LATE).as_str(), "dropped");
}
