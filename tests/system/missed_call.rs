//! A call that no one took.

use domain::conversations::{Intent, Role};
use domain::messaging::{Channel, Content, Source};
use serde_json::json;

use crate::stage::{Tenant, accepted, number, sink_messages_to, unique};

#[test]
fn a_missed_call_told_as_json_is_texted_back() {
    let (roofer, caller) = (Tenant::roofer(), number());
    let said = roofer.missed_call(json!({"caller": caller}));

    let reply = roofer.sent_reply(&said);
    assert_eq!((reply.channel, reply.intent), (Channel::Sms, Some(Intent::MissedCall)));
    let taken = sink_messages_to(&caller);
    assert_eq!((taken.len(), &taken[0]["vendor"]), (1, &json!("twilio")));
    let replay = roofer.replay(said.conversation()).unwrap();
    assert_eq!(replay.stored(said.id()).unwrap().content, Some(Content::MissedCall));
    assert_eq!(roofer.lead(said.lead()).source, Source::MissedCall);
}

#[test]
fn the_tenant_chooses_the_channel_and_the_request_may_choose_another() {
    let (dentist, caller, other) = (Tenant::dentist(), number(), number());
    assert_eq!(dentist.sent_reply(&dentist.missed_call(json!({"caller": caller}))).channel, Channel::Whatsapp);
    let sent = sink_messages_to(&caller);
    assert_eq!((&sent[0]["vendor"], &sent[0]["template"]["name"]), (&json!("meta"), &json!("llamada_perdida")));
    let by_sms = dentist.missed_call(json!({"caller": other, "channel": "sms"}));
    assert_eq!(dentist.sent_reply(&by_sms).channel, Channel::Sms);
}

#[test]
fn twilios_no_answer_busy_and_failed_are_texted_back() {
    let roofer = Tenant::roofer();
    let calls = ["no-answer", "busy", "failed"].map(|status| {
        let caller = number();
        (roofer.call_ended(&caller, status), caller)
    });
    for (said, caller) in calls {
        roofer.sent_reply(&said);
        assert_eq!(sink_messages_to(&caller).len(), 1);
    }
}

#[test]
fn a_caller_who_hides_their_number_is_kept_in_the_audit_record() {
    let roofer = Tenant::opened(|_| {});
    let ids = ["Restricted", "anonymous", "sip:desk@example.com"].map(|caller| {
        let id = unique();
        accepted(&roofer.missed_call_delivery(&json!({"caller": caller, "call_id": id})));
        id
    });
    let by_twilio = format!("CA{}", unique());
    let call = [("CallSid", by_twilio.as_str()), ("From", "sip:desk@example.com"), ("CallStatus", "no-answer")];
    accepted(&roofer.call_delivery(&call));
    let record = roofer.person("admin").call("GET", "/v1/audit?limit=100", &[], "").body;
    // The ids of another telephone system count within its key.
    let within_key = ids.map(|id| store::Key::Call(roofer.key("call_key")).scoped(&id));
    for id in within_key.iter().chain([&by_twilio]) {
        assert!(record.contains(&format!("unanswerable/missed_call/{id}")), "{id}");
    }
}

#[test]
fn a_call_that_was_taken_is_nothing() {
    let (roofer, caller) = (Tenant::roofer(), number());
    let taken = roofer.call_ended(&caller, "completed");
    let missed = roofer.call_ended(&caller, "no-answer");
    roofer.sent_reply(&missed);
    // Calls of one caller go in order: the first would have been stored before the second.
    let replay = roofer.replay(missed.conversation()).unwrap();
    assert_eq!(replay.of(Role::Customer).len(), 1);
    assert!(roofer.replay(taken.conversation()).is_none());
}

#[test]
fn three_calls_in_a_row_are_texted_back_once() {
    let (roofer, caller) = (Tenant::roofer(), number());
    let calls = ["no-answer", "busy", "no-answer"].map(|status| roofer.call_ended(&caller, status));
    let thread = calls[0].conversation();
    let replay = roofer.replay_when(thread, "all calls", |replay| replay.of(Role::Customer).len() == 3);
    assert_eq!(replay.of(Role::Assistant).len(), 1);
    roofer.sent_reply(&calls[0]);
    assert_eq!(sink_messages_to(&caller).len(), 1);
}
