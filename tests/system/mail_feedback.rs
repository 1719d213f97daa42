//! What SES says about a mail after it took it.

use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use domain::conversations::Message;
use domain::messaging::{Channel, DeliveryState};
use serde_json::{Value, json};

use crate::stage::{Said, Tenant, address, eventually, mails_to, stage, state};

/// What SES puts on the account's own bus.
fn ses_says(tenant: &Tenant, message: &Message, kind: &str, part: &Value) {
    let mut detail = json!({
        "eventType": kind,
        "mail": { "messageId": message.delivery.as_ref().unwrap().vendor_id, "tags": {
            "ses:configuration-set": [xtask::cloud::STACK],
            "tenant": [tenant.id().as_str()],
            "ref": [message.reference.to_string().replace('.', "_")],
        } },
    });
    detail[kind.to_lowercase()] = part.clone();
    let detail_type = if kind == "Bounce" { "Email Bounced" } else { "Email Complaint Received" };
    let entry =
        PutEventsRequestEntry::builder().source("aws.ses").detail_type(detail_type).detail(detail.to_string()).build();
    let put = Client::new(&stage().aws).put_events().entries(entry).send();
    assert_eq!(stage().block_on(put).unwrap().failed_entry_count, 0);
}

/// Somebody who is answered by e-mail.
fn mailed() -> (Tenant, String, Said, Message) {
    let (roofer, email) = (Tenant::roofer(), address());
    let said =
        roofer.form(json!({"name": "Dana Whitfield", "email": email, "message": "What are your opening hours?"}));
    let reply = roofer.sent_reply(&said);
    assert_eq!(reply.channel, Channel::Email);
    assert_eq!(mails_to(&email).len(), 1);
    (roofer, email, said, reply)
}

fn reply_now(roofer: &Tenant, said: &Said) -> Message {
    roofer.replay(said.conversation()).unwrap().reply(said.id()).unwrap().clone()
}

#[test]
#[ignore = "the emulator takes no event whose source begins with aws.: to be put to the function itself"]
fn an_address_that_bounces_for_good_gets_no_more() {
    let (roofer, email, said, reply) = mailed();
    ses_says(&roofer, &reply, "Bounce", &json!({"bounceType": "Permanent", "bounceSubType": "General"}));
    eventually("the bounce to be heeded", || {
        (state(&reply_now(&roofer, &said)) == DeliveryState::Failed).then_some(())
    });

    let again = roofer.form(json!({"name": "Dana Whitfield", "email": email, "message": "Where are you located?"}));
    roofer.replay_when(again.conversation(), "the second message", |replay| replay.stored(again.id()).is_some());
    // Somebody else is answered meanwhile, so the answer to the second would be out.
    mailed();
    assert_eq!(mails_to(&email).len(), 1, "the second is not answered by a mail that would bounce");
}

#[test]
#[ignore = "the emulator takes no event whose source begins with aws.: to be put to the function itself"]
fn whoever_calls_a_mail_spam_gets_no_more() {
    let (roofer, email, said, reply) = mailed();
    ses_says(&roofer, &reply, "Complaint", &json!({"complaintFeedbackType": "abuse"}));
    eventually("the complaint to be heeded", || {
        (state(&reply_now(&roofer, &said)) == DeliveryState::Delivered).then_some(())
    });
    // The refusal follows the state within the same run.
    mailed();
    let again = roofer.form(json!({"name": "Dana Whitfield", "email": email, "message": "Where are you located?"}));
    roofer.replay_when(again.conversation(), "the second message", |replay| replay.stored(again.id()).is_some());
    mailed();
    assert_eq!(mails_to(&email).len(), 1);
}
