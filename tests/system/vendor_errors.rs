//! What vendors answer when they do not simply take a message.

use domain::conversations::{ConversationStatus, EscalationReason, Role};
use domain::messaging::{Channel, DeliveryState, Verdict};
use serde_json::{Value, json};

use crate::stage::{
    Said, Tenant, eventually, fault, mails_to, number, peek, reason, reschedule, sink_messages_to, state,
};

/// Twilio's error body.
fn twilio_error(code: u32, status: u16) -> Value {
    json!({"code": code, "message": "refused", "more_info": format!("https://www.twilio.com/docs/errors/{code}"), "status": status})
}

/// Waits until the queue is done with the record that holds `mark`.
fn worked_off(mark: &str) {
    eventually("the record to be worked off", || {
        (!peek("OutboundQueueUrl").iter().any(|body| body.contains(mark))).then_some(())
    });
}

/// The one escalation of a tenant of the test's own, with its conversation's status and staff told.
fn the_escalation(tenant: &Tenant, said: &Said) -> EscalationReason {
    let replay = tenant.replay_when(said.conversation(), "a person to be called", |replay| {
        replay.conversation.status == ConversationStatus::Escalated
    });
    assert_eq!(replay.of(Role::Notice).len(), 1);
    let [escalation] = tenant.escalations().try_into().unwrap();
    escalation.reason
}

#[test]
fn a_rate_limited_message_is_sent_within_seconds_and_once() {
    let (roofer, from) = (Tenant::roofer(), number());
    fault(&json!({"vendor": "twilio", "to": from, "status": 429, "body": twilio_error(20_429, 429)}));
    let reply = roofer.sent_reply(&roofer.sms(&from, "What are your opening hours?"));
    assert_eq!(reply.delivery.unwrap().attempts, 1, "one worker, one claim");
    assert_eq!(sink_messages_to(&from).len(), 1);
}

#[test]
fn a_message_that_is_reschedule_for_long_is_sent_on_its_next_try_and_once() {
    let (roofer, from) = (Tenant::roofer(), number());
    reschedule(&from);
    let said = roofer.sms(&from, "What are your opening hours?");
    let waiting = roofer.reschedule_reply(&said);
    assert_eq!(reason(&waiting), "twilio HTTP 429");
    assert!(sink_messages_to(&from).is_empty());

    // The queue may deliver a record more than once, and workers work side by side.
    for _ in 0..5 {
        roofer.queue_again(&waiting);
    }
    let sent = roofer.sent_reply(&said);
    assert_eq!(sent.delivery.as_ref().unwrap().attempts, 2);
    worked_off(&roofer.queue_again(&sent));
    assert_eq!(sink_messages_to(&from).len(), 1);
    assert_eq!(roofer.replay(said.conversation()).unwrap().conversation.status, ConversationStatus::Active);
}

#[test]
fn a_message_that_is_refused_for_good_fails_and_calls_a_person() {
    let (roofer, from) = (Tenant::opened(|_| {}), number());
    fault(&json!({"vendor": "twilio", "to": from, "status": 400, "body": twilio_error(30_007, 400)}));
    let said = roofer.sms(&from, "What are your opening hours?");
    let failed = roofer.reply(&said);
    assert_eq!((state(&failed), reason(&failed)), (DeliveryState::Failed, "twilio 30007 (HTTP 400)"));
    assert_eq!(the_escalation(&roofer, &said), EscalationReason::DeliveryFailed);

    // The number itself is all right.
    let later = roofer.sms(&from, "Where are you located?");
    assert_eq!(state(&roofer.reply_in(said.conversation(), &later)), DeliveryState::Sent);
}

/// A number that the vendor calls blocked: failed and silenced, but for the one word of how they come back.
fn blocked(roofer: &Tenant, said: &Said, why: &str, write_again: impl FnOnce() -> Said) {
    let failed = roofer.reply(said);
    assert_eq!((state(&failed), reason(&failed)), (DeliveryState::Failed, why));
    let later = write_again();
    let replay = roofer.replay_when(said.conversation(), "the later message", |r| r.stored(later.id()).is_some());
    assert!(replay.reply(later.id()).is_none_or(|reply| reply.opt_out));
}

#[test]
fn a_number_that_opted_out_at_twilio_is_silenced() {
    let (roofer, from) = (Tenant::opened(|_| {}), number());
    fault(&json!({"vendor": "twilio", "to": from, "status": 400, "body": twilio_error(21_610, 400)}));
    let said = roofer.sms(&from, "What are your opening hours?");
    blocked(&roofer, &said, "twilio 21610 (HTTP 400)", || roofer.sms(&from, "Are you there?"));
    assert!(sink_messages_to(&from).is_empty());
}

#[test]
fn a_number_that_told_meta_to_stop_is_silenced() {
    // The sink refuses recipients that end in one of Meta's codes with that code.
    let from = format!("{}131050", &number()[..8]);
    let roofer = Tenant::opened(|_| {});
    let said = roofer.whatsapp(&from, "What are your opening hours?");
    blocked(&roofer, &said, "meta 131050 (HTTP 400)", || roofer.whatsapp(&from, "Are you there?"));
}

#[test]
fn a_message_whose_answer_was_lost_is_unknown_never_repeated_and_settled_by_a_callback() {
    let (roofer, from) = (Tenant::opened(|_| {}), number());
    fault(&json!({"vendor": "twilio", "to": from, "drop_after_accept": true}));
    let said = roofer.sms(&from, "What are your opening hours?");
    let unknown = roofer.reply(&said);
    assert_eq!(state(&unknown), DeliveryState::Unknown, "{}", reason(&unknown));
    assert_eq!(the_escalation(&roofer, &said), EscalationReason::DeliveryUnknown);

    worked_off(&roofer.queue_again(&unknown));
    let taken = sink_messages_to(&from);
    assert_eq!(taken.len(), 1, "{taken:?}");
    assert_eq!(state(&roofer.reply(&said)), DeliveryState::Unknown);

    let reference = unknown.reference.to_string();
    assert_eq!(taken[0]["reference"], reference);
    assert_eq!(roofer.sms_status(&reference, &from, "delivered", None).status, 200);
    assert_eq!(state(&roofer.reply(&said)), DeliveryState::Delivered);
}

#[test]
fn an_unknown_whatsapp_message_is_not_repeated_either() {
    let (roofer, from) = (Tenant::opened(|_| {}), number());
    fault(&json!({"vendor": "meta", "to": from, "drop_after_accept": true}));
    let said = roofer.whatsapp(&from, "What are your opening hours?");
    let unknown = roofer.reply(&said);
    assert_eq!(state(&unknown), DeliveryState::Unknown, "{}", reason(&unknown));
    worked_off(&roofer.queue_again(&unknown));
    assert_eq!(sink_messages_to(&from).len(), 1);
    roofer.whatsapp_status(json!({"status": "read", "biz_opaque_callback_data": unknown.reference.to_string()}));
    assert_eq!(state(&roofer.reply(&said)), DeliveryState::Read);
}

#[test]
fn a_channel_that_a_tenant_does_not_have_is_skipped_with_the_reason() {
    let roofer = Tenant::opened(|file| file.tenant.channels.sms = None);
    let caller = number();
    let reply = roofer.reply(&roofer.missed_call(json!({"caller": caller, "channel": "sms"})));
    assert_eq!((state(&reply), reason(&reply)), (DeliveryState::Skipped, "SMS is not configured for your account"));
    assert_eq!(reply.delivery.unwrap().verdict.as_ref().and_then(Verdict::rule), Some("missing_channel"));
    assert!(sink_messages_to(&caller).is_empty());
}

#[test]
fn an_emergency_at_a_tenant_that_can_answer_no_one_is_mailed_to_staff_from_the_platforms_address() {
    let mut office = String::new();
    let roofer = Tenant::opened(|file| {
        (file.tenant.channels.sms, file.tenant.channels.email) = (None, None);
        file.tenant.notify[0].as_str().clone_into(&mut office);
    });
    // Onboarding said so, and the settings do.
    let shown: Value = roofer.read("/v1/tenant");
    for told in [&roofer.keys()["cannot_yet"], &shown["cannot_yet"]] {
        assert!(told.to_string().contains("Leads from the form cannot be answered"), "{told}");
    }
    let said = roofer.form(json!({"phone": number(), "consent": true, "message": "I smell gas"}));
    assert_eq!(state(&roofer.reply(&said)), DeliveryState::Skipped);
    let mails = eventually("the mail to the office", || Some(mails_to(&office)).filter(|mails| !mails.is_empty()));
    assert!(mails.iter().all(|mail| mail.source.contains("porchlight@example.com")), "{mails:?}");
    assert_eq!(roofer.escalations().len(), 1);
    let clock = roofer.replay(said.conversation()).unwrap().conversation.sla;
    assert_eq!(clock.first_response_ms, None, "nothing was sent");
}

#[test]
fn a_channel_without_its_vendors_key_is_skipped_with_the_reason() {
    let roofer = Tenant::onboarded(
        Tenant::slug(),
        |_| {},
        |secrets| {
            secrets.simulate_vendors().unwrap();
            secrets.sms.api_key.clear();
        },
    );
    let caller = number();
    let said = roofer.missed_call(json!({"caller": caller}));
    let reply = roofer.reply(&said);
    assert_eq!((reply.channel, state(&reply)), (Channel::Sms, DeliveryState::Skipped));
    assert_eq!(reason(&reply), "sms is not configured: the API key is missing");
}
