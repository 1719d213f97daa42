//! Who may be written to, and on which channel.

use super::*;
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
