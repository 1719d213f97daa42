//! What SES says about a mail after it took it. The local bus takes no event of AWS's own, so it is put to the function itself;
//! `infra/check_template.py` looks after the rule that brings it on AWS.

use domain::conversations::Message;
use domain::messaging::{Channel, DeliveryState};
use serde_json::{Value, json};
use worker_mail_feedback::{Envelope, MailFeedback};

use crate::stage::{Said, Tenant, address, mails_to, stage, state};

/// What SES puts on the account's own bus, and EventBridge hands to the function.
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
    let function = MailFeedback { store: stage().store.clone() };
    stage().block_on(function.handle(&Envelope { detail }, runtime::clock::now())).unwrap();
}

/// Someone who is answered by e-mail.
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
fn an_address_that_bounces_for_good_gets_no_more() {
    let (roofer, email, said, reply) = mailed();
    ses_says(&roofer, &reply, "Bounce", &json!({"bounceType": "Permanent", "bounceSubType": "General"}));
    assert_eq!(state(&reply_now(&roofer, &said)), DeliveryState::Failed);

    let again = roofer.form(json!({"name": "Dana Whitfield", "email": email, "message": "Where are you located?"}));
    roofer.replay_when(said.conversation(), "the second message", |replay| replay.stored(again.id()).is_some());
    // Someone else is answered meanwhile, so the answer to the second would be out.
    mailed();
    assert_eq!(mails_to(&email).len(), 1, "the second is not answered by a mail that would bounce");
}

#[test]
fn whoever_calls_a_mail_spam_gets_no_more() {
    let (roofer, email, said, reply) = mailed();
    ses_says(&roofer, &reply, "Complaint", &json!({"complaintFeedbackType": "abuse"}));
    assert_eq!(state(&reply_now(&roofer, &said)), DeliveryState::Delivered);
    let again = roofer.form(json!({"name": "Dana Whitfield", "email": email, "message": "Where are you located?"}));
    roofer.replay_when(said.conversation(), "the second message", |replay| replay.stored(again.id()).is_some());
    mailed();
    assert_eq!(mails_to(&email).len(), 1);
}
