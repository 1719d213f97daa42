//! The messages of the self-test, in each vendor's format.

use domain::messaging::{Channel, Email, Phone};
use form_urlencoded::Serializer;
use jiff::Timestamp;
use serde_json::json;

use super::{SENDER, SelfTest, signatures};

/// One request to a webhook.
pub(super) struct Delivery {
    pub(super) channel: &'static str,
    pub(super) path: &'static str,
    pub(super) content_type: &'static str,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: String,
    pub(super) correlation_id: String,
}

/// What is sent, and which channels are not tried and why.
pub(super) struct Plan {
    pub(super) deliveries: Vec<Delivery>,
    pub(super) skipped: Vec<(&'static str, &'static str)>,
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const QUESTION: &str = "Porchlight self-test: when are you open?";
const NO_NUMBER: &str = "tenant.business.phone is missing: the answer would have nowhere to go";
const NO_SECRET: &str = "the vendor's signing secret is not in the secrets file";

/// Plans a run; `run` makes its ids unlike every other run's.
pub(super) fn plan(test: &SelfTest<'_>, run: &str, now: Timestamp) -> Plan {
    let mut plan = Plan { deliveries: Vec::new(), skipped: Vec::new() };
    let channels = &test.tenant.channels;
    if channels.chat {
        plan.deliveries.push(chat(test, run));
    }
    let own_number = test.tenant.business.phone.as_ref().map(Phone::as_str);
    if channels.sms.is_some() || channels.email.is_some() {
        plan.deliveries.push(form(test, run, own_number.filter(|_| channels.sms.is_some())));
    }
    let mut by_number =
        |channel: &'static str, wanted: bool, secret: &str, delivery: &dyn Fn(&str) -> Delivery| match own_number {
            _ if !wanted => {}
            None => plan.skipped.push((channel, NO_NUMBER)),
            Some(_) if secret.is_empty() => plan.skipped.push((channel, NO_SECRET)),
            Some(number) => plan.deliveries.push(delivery(number)),
        };
    let (app_secret, auth_token) = (&test.secrets.whatsapp.app_secret, &test.secrets.sms.auth_token);
    by_number("WhatsApp", channels.whatsapp.is_some(), app_secret, &|number| whatsapp(test, run, number, now));
    by_number("SMS", channels.sms.is_some(), auth_token, &|number| sms(test, run, number));
    let texts_back = test.tenant.has_channel(test.tenant.text_back) && test.tenant.text_back != Channel::Email;
    by_number("missed call", texts_back, &test.secrets.call_key, &|number| missed_call(test, run, number));
    plan
}

fn delivery(
    channel: &'static str,
    path: &'static str,
    content_type: &'static str,
    body: String,
    run: &str,
) -> Delivery {
    let correlation_id = format!("self-test-{}-{run}", path.trim_start_matches("/webhooks/"));
    Delivery { channel, path, content_type, headers: Vec::new(), body, correlation_id }
}

fn chat(test: &SelfTest<'_>, run: &str) -> Delivery {
    let body = json!({
        "widget_key": test.secrets.widget_key, "session_id": format!("self-test-{run}"), "message_id": "1",
        "visitor": { "name": SENDER }, "message": QUESTION,
    });
    delivery("chat", "/webhooks/live-chat", JSON, body.to_string(), run)
}

fn form(test: &SelfTest<'_>, run: &str, own_number: Option<&str>) -> Delivery {
    // Without a number the answer goes by e-mail to staff, who hear of escalations anyway.
    let email = test.tenant.notify.first().map(Email::as_str);
    let body = json!({
        "form_key": test.secrets.form_key, "submission_id": format!("self-test-{run}"), "name": SENDER,
        "phone": own_number, "email": email, "consent": own_number.is_some(), "message": QUESTION,
    });
    delivery("form", "/webhooks/web-form", JSON, body.to_string(), run)
}

fn whatsapp(test: &SelfTest<'_>, run: &str, number: &str, now: Timestamp) -> Delivery {
    let digits = number.trim_start_matches('+');
    let id = test.tenant.channels.whatsapp.as_ref().map(|settings| settings.phone_number_id.as_str());
    let value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": digits, "phone_number_id": id },
        "contacts": [{ "profile": { "name": SENDER }, "wa_id": digits }],
        "messages": [{
            "from": digits, "id": format!("wamid.self-test-{run}"), "timestamp": now.as_second().to_string(),
            "type": "text", "text": { "body": QUESTION },
        }],
    });
    let change = json!({ "field": "messages", "value": value });
    let entry = json!({ "id": "0", "changes": [change] });
    let body = json!({ "object": "whatsapp_business_account", "entry": [entry] }).to_string();
    let signature = signatures::meta(&test.secrets.whatsapp.app_secret, &body);
    let mut delivery = delivery("WhatsApp", "/webhooks/whatsapp", JSON, body, run);
    delivery.headers.push(("x-hub-signature-256", signature));
    delivery
}

fn sms(test: &SelfTest<'_>, run: &str, number: &str) -> Delivery {
    let settings = test.tenant.channels.sms.as_ref();
    let account = settings.map(|settings| settings.account_sid.clone()).unwrap_or_default();
    let to = settings.map(|settings| settings.from.as_str().to_owned()).unwrap_or_default();
    let fields = [
        ("MessageSid", format!("SM{run:0>32}")),
        ("AccountSid", account),
        ("From", number.to_owned()),
        ("To", to),
        ("Body", QUESTION.to_owned()),
        ("NumMedia", "0".to_owned()),
    ];
    let body = Serializer::new(String::new()).extend_pairs(&fields).finish();
    let signature = signatures::twilio(&test.secrets.sms.auth_token, &as_called(test.base, "/webhooks/sms"), &fields);
    let mut delivery = delivery("SMS", "/webhooks/sms", FORM, body, run);
    delivery.headers.push(("x-twilio-signature", signature));
    delivery
}

fn missed_call(test: &SelfTest<'_>, run: &str, number: &str) -> Delivery {
    let body = json!({
        "call_key": test.secrets.call_key, "caller": number, "call_id": format!("self-test-{run}"),
    });
    delivery("missed call", "/webhooks/missed-call", JSON, body.to_string(), run)
}

/// The address as Twilio signs it. An API on this machine is called without TLS and takes itself to be behind it.
fn as_called(base: &str, path: &str) -> String {
    let host = base.trim_end_matches('/');
    let local = host.strip_prefix("http://").filter(|rest| rest.contains("localhost"));
    local.map_or_else(|| format!("{host}{path}"), |rest| format!("https://{rest}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onboard::Source;
    use crate::secrets::Secrets;
    use std::path::Path;

    fn planned(change: impl FnOnce(&mut domain::tenancy::Tenant, &mut Secrets)) -> Plan {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tenants/demo/summit-roofing.toml");
        let mut tenant = Source::read(&demo).unwrap().file().unwrap().tenant;
        let mut secrets = Secrets::default();
        secrets.complete([]).unwrap();
        secrets.simulate_vendors().unwrap();
        change(&mut tenant, &mut secrets);
        let test = SelfTest { tenant: &tenant, secrets: &secrets, api_key: "", base: "https://api.example.com/" };
        plan(&test, "5f3", Timestamp::UNIX_EPOCH)
    }

    fn channels(plan: &Plan) -> Vec<&str> {
        plan.deliveries.iter().map(|delivery| delivery.channel).collect()
    }

    #[test]
    fn every_configured_channel_is_tried_with_ids_of_its_own() {
        let plan = planned(|_, _| {});
        assert_eq!(channels(&plan), ["chat", "form", "WhatsApp", "SMS", "missed call"]);
        let ids: std::collections::BTreeSet<_> =
            plan.deliveries.iter().map(|delivery| &delivery.correlation_id).collect();
        assert_eq!(ids.len(), 5);
        assert!(plan.skipped.is_empty());
    }

    #[test]
    fn every_message_is_one_that_the_webhook_reads() {
        use connectors::{live_chat, missed_call, web_form};
        let now = Timestamp::UNIX_EPOCH;
        for delivery in &planned(|_, _| {}).deliveries {
            let body = delivery.body.as_bytes();
            match delivery.channel {
                "chat" => assert_eq!(live_chat::parse(body, "US", now).unwrap().message.name.as_deref(), Some(SENDER)),
                "form" => assert_eq!(web_form::parse(body, Some(JSON), "US", now).unwrap().said.agrees, Some(true)),
                "missed call" => assert!(missed_call::parse(body, "US", now).is_ok()),
                _ => assert!(!delivery.headers.is_empty(), "{} is signed", delivery.channel),
            }
        }
    }

    #[test]
    fn what_cannot_be_tried_says_why() {
        let silent = planned(|tenant, _| tenant.business.phone = None);
        assert_eq!(channels(&silent), ["chat", "form"]);
        assert_eq!(silent.skipped.len(), 3);
        let unsigned = planned(|_, secrets| secrets.sms.auth_token.clear());
        assert_eq!(unsigned.skipped, [("SMS", NO_SECRET)]);
    }

    #[test]
    fn twilio_signs_the_address_that_it_called() {
        assert_eq!(as_called("https://api.example.com/", "/x"), "https://api.example.com/x");
        assert_eq!(as_called("http://a.localhost:4566", "/x"), "https://a.localhost:4566/x");
    }
}
