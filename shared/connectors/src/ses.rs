//! What SES says about mails after it took them: bounces and complaints, as EventBridge brings them.
//!
//! Source: docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html, whose record is the event's `detail`.

use std::collections::BTreeMap;

use domain::messaging::MessageRef;
use domain::messaging::delivery::{Blocked, DeliveryState, StatusUpdate};
use domain::{Failure, TenantId};
use serde::Deserialize;
use serde_json::Value;

/// The tag of a mail that names its tenant.
pub(crate) const TENANT_TAG: &str = "tenant";
/// The tag of a mail that names its message, with `_` for every dot: tags take letters, digits, `_` and `-`.
pub(crate) const REFERENCE_TAG: &str = "ref";

/// A word of SES on a message of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailFeedback {
    /// Whose message it was.
    pub tenant: TenantId,
    /// What became of it.
    pub update: StatusUpdate,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    event_type: String,
    mail: Mail,
    bounce: Option<Bounce>,
    complaint: Option<Complaint>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mail {
    message_id: String,
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    #[serde(default)]
    bounce_sub_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    complaint_feedback_type: Option<String>,
}

/// Reads an event's `detail`. `None`: it is about no message of a conversation, or says nothing that changes one.
///
/// A bounce for good means that the address cannot be reached; one that may pass, that this mail was not delivered. Whoever
/// calls a mail spam wants no more of them: that is a refusal, like STOP.
///
/// # Errors
/// [`Failure::Permanent`] when it is no such record, or its tags are not ours.
pub fn parse(detail: &Value) -> Result<Option<MailFeedback>, Failure> {
    let wrong = |what: &str| Failure::Permanent(format!("an event of SES cannot be read: {what}"));
    let record = Record::deserialize(detail).map_err(|_| wrong("the record"))?;
    let tag = |name: &str| record.mail.tags.get(name).and_then(|values| values.first());
    let (Some(tenant), Some(reference)) = (tag(TENANT_TAG), tag(REFERENCE_TAG)) else { return Ok(None) };
    let Some((state, code, blocked)) = verdict(&record) else { return Ok(None) };
    Ok(Some(MailFeedback {
        tenant: TenantId::new(tenant).map_err(|_| wrong("the tenant's tag"))?,
        update: StatusUpdate {
            message: Some(MessageRef::parse(&reference.replace('_', ".")).map_err(|_| wrong("the message's tag"))?),
            vendor_id: record.mail.message_id,
            state,
            reason: code,
            blocked,
        },
    }))
}

fn verdict(record: &Record) -> Option<(DeliveryState, Option<String>, Option<Blocked>)> {
    match (record.event_type.as_str(), &record.bounce, &record.complaint) {
        ("Bounce", Some(bounce), _) => {
            let code = format!("ses {} {}", bounce.bounce_type, bounce.bounce_sub_type);
            let for_good = bounce.bounce_type == "Permanent";
            Some((DeliveryState::Failed, Some(code.trim_end().to_owned()), for_good.then_some(Blocked::Unreachable)))
        }
        // Some providers tell us also when somebody takes a mail out of the spam folder.
        ("Complaint", _, Some(complaint)) if complaint.complaint_feedback_type.as_deref() != Some("not-spam") => {
            Some((DeliveryState::Delivered, None, Some(Blocked::OptedOut)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const REFERENCE: &str = "0d5e3f7a-6b1c-5d2e-8f90-a1b2c3d4e5f6_1795176000000_1a2b3c4d-5e6f-5a7b-8c9d-0e1f2a3b4c5d";

    fn event(kind: &str, part: &Value) -> Value {
        let mut record = json!({
            "eventType": kind,
            "mail": {
                "timestamp": "2026-11-20T12:00:00.000Z", "source": "hello@acme.example.com",
                "messageId": "0100019a-example-000000", "destination": ["ana@example.com"],
                "tags": { "ref": [REFERENCE], "tenant": ["acme"], "ses:configuration-set": ["porchlight"] },
            },
        });
        record[kind.to_lowercase()] = part.clone();
        record
    }

    fn heard(kind: &str, part: &Value) -> Option<StatusUpdate> {
        let feedback = parse(&event(kind, part)).unwrap()?;
        assert_eq!(feedback.tenant.as_str(), "acme");
        assert_eq!(feedback.update.vendor_id, "0100019a-example-000000");
        assert_eq!(feedback.update.message.unwrap().to_string(), REFERENCE.replace('_', "."));
        Some(feedback.update)
    }

    #[test]
    fn a_bounce_for_good_is_an_address_that_cannot_be_reached() {
        let update = heard("Bounce", &json!({ "bounceType": "Permanent", "bounceSubType": "General" })).unwrap();
        assert_eq!((update.state, update.blocked), (DeliveryState::Failed, Some(Blocked::Unreachable)));
        assert_eq!(update.reason.as_deref(), Some("ses Permanent General"));
    }

    #[test]
    fn a_bounce_that_may_pass_fails_this_mail_alone() {
        let update = heard("Bounce", &json!({ "bounceType": "Transient", "bounceSubType": "MailboxFull" })).unwrap();
        assert_eq!((update.state, update.blocked), (DeliveryState::Failed, None));
    }

    #[test]
    fn a_complaint_is_a_refusal_and_the_opposite_of_one_is_nothing() {
        let update = heard("Complaint", &json!({ "complaintFeedbackType": "abuse" })).unwrap();
        assert_eq!((update.state, update.blocked), (DeliveryState::Delivered, Some(Blocked::OptedOut)));
        assert!(heard("Complaint", &json!({})).is_some(), "most providers give no type");
        assert!(heard("Complaint", &json!({ "complaintFeedbackType": "not-spam" })).is_none());
    }

    #[test]
    fn mails_of_the_house_and_other_events_change_nothing() {
        let mut invitation = event("Bounce", &json!({ "bounceType": "Permanent" }));
        invitation["mail"]["tags"] = json!({ "ses:configuration-set": ["porchlight"] });
        assert_eq!(parse(&invitation).unwrap(), None);
        assert_eq!(parse(&event("Delivery", &json!({}))).unwrap(), None);
    }

    #[test]
    fn what_is_not_of_this_form_is_refused_for_good() {
        let mut forged = event("Bounce", &json!({ "bounceType": "Permanent" }));
        forged["mail"]["tags"]["tenant"] = json!(["../other"]);
        for event in [json!({}), json!("text"), forged] {
            assert!(matches!(parse(&event), Err(Failure::Permanent(_))), "{event}");
        }
    }
}
