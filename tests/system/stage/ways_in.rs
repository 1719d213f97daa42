//! The five ways in, as the vendors and sites go them.

use domain::messaging::Source;
use domain::{ConversationId, LeadId, MessageId, TenantId};
use form_urlencoded::Serializer;
use serde_json::{Value, json};
use store::Key;
use xtask::http::Answer;
use xtask::samples::{self, Delivery, Run};

use super::{Tenant, root, stage, unique};

/// A message that a webhook took.
#[derive(Debug, Clone)]
pub struct Said {
    tenant: TenantId,
    source: Source,
    vendor_id: String,
}

impl Said {
    /// The message that `vendor_id` names.
    pub fn new(tenant: &Tenant, source: Source, vendor_id: &str) -> Self {
        Self { tenant: tenant.id(), source, vendor_id: vendor_id.to_owned() }
    }

    /// The id under which it is stored: ids follow from what the vendor calls the message.
    pub fn id(&self) -> MessageId {
        MessageId::derive(&self.tenant, &[self.source.as_str(), &self.vendor_id])
    }

    /// The conversation that it opens, if it opens one.
    pub fn conversation(&self) -> ConversationId {
        ConversationId::derive(&self.tenant, &[&self.id().to_string()])
    }

    /// The lead that it opens, if it opens one.
    pub fn lead(&self) -> LeadId {
        LeadId::derive(&self.tenant, &[&self.id().to_string()])
    }
}

impl Tenant {
    /// The sample delivery `events/webhook-NAME.json` for this tenant with another body, signed again.
    pub fn delivery(&self, name: &str, body: &str) -> Delivery {
        self.delivery_to(name, "", body)
    }

    /// As [`Tenant::delivery`], with `more` behind the sample's path.
    pub fn delivery_to(&self, name: &str, more: &str, body: &str) -> Delivery {
        let mut event: Value = samples::read(root(), &format!("webhook-{name}")).unwrap();
        event["rawPath"] = format!("{}{more}", event["rawPath"].as_str().unwrap()).into();
        event["body"] = body.into();
        Delivery::from_event(&event, &stage().stack, self.keys(), &Run::begin()).unwrap()
    }

    /// An SMS.
    pub fn sms(&self, from: &str, text: &str) -> Said {
        let sid = format!("SM{}", unique());
        accepted(&self.sms_delivery(&[("MessageSid", &sid), ("From", from), ("Body", text), ("NumMedia", "0")]));
        Said::new(self, Source::Sms, &sid)
    }

    /// Twilio's delivery of a message with these parameters besides account and receiver.
    pub fn sms_delivery(&self, parameters: &[(&str, &str)]) -> Delivery {
        self.delivery("sms", &self.twilio(parameters))
    }

    /// Twilio's word on `reference`, a message of ours.
    pub fn sms_status(&self, reference: &str, to: &str, status: &str, error: Option<&str>) -> Answer {
        let mut form = Serializer::new(String::new());
        form.append_pair("AccountSid", self.key("sms.account_sid")).append_pair("From", self.key("sms.number"));
        form.append_pair("To", to).append_pair("MessageSid", &format!("SM{}", unique()));
        form.append_pair("MessageStatus", status).append_pair("ApiVersion", "2010-04-01");
        if let Some(code) = error {
            form.append_pair("ErrorCode", code);
        }
        send(&self.delivery_to("sms", &format!("/status?ref={reference}"), &form.finish()))
    }

    /// Twilio's word on a call to this tenant.
    pub fn call_ended(&self, caller: &str, status: &str) -> Said {
        let sid = format!("CA{}", unique());
        let parameters =
            [("CallSid", sid.as_str()), ("From", caller), ("CallStatus", status), ("Direction", "inbound")];
        accepted(&self.call_delivery(&parameters));
        Said::new(self, Source::MissedCall, &sid)
    }

    /// Twilio's delivery of a call with these parameters besides account and receiver.
    pub fn call_delivery(&self, parameters: &[(&str, &str)]) -> Delivery {
        self.delivery("missed-call", &self.twilio(parameters))
    }

    fn twilio(&self, parameters: &[(&str, &str)]) -> String {
        let mut form = Serializer::new(String::new());
        form.append_pair("AccountSid", self.key("sms.account_sid")).append_pair("To", self.key("sms.number"));
        form.extend_pairs(parameters).finish()
    }

    /// The form, chat message or call that came with this tenant's key and the id `id`.
    pub fn said_with_key(&self, source: Source, id: &str) -> Said {
        let key = match source {
            Source::WebForm => Key::Form(self.key("form_key")),
            Source::LiveChat => Key::Widget(self.key("widget_key")),
            _ => Key::Call(self.key("call_key")),
        };
        Said::new(self, source, &key.scoped(id))
    }

    /// A call that another telephone system reports, with these fields besides the key.
    pub fn missed_call(&self, fields: Value) -> Said {
        let id = unique();
        let delivery = self.missed_call_delivery(&with(json!({"call_id": id}), fields));
        accepted(&delivery);
        self.said_with_key(Source::MissedCall, &id)
    }

    /// That system's delivery.
    pub fn missed_call_delivery(&self, fields: &Value) -> Delivery {
        let body = with(json!({"call_key": self.key("call_key")}), fields.clone());
        // The sample of a missed call is Twilio's; a JSON one differs from the chat's in nothing but path and body.
        let mut delivery = self.delivery("live-chat", &body.to_string());
        "/webhooks/missed-call".clone_into(&mut delivery.path);
        delivery
    }

    /// A text over WhatsApp.
    pub fn whatsapp(&self, from: &str, text: &str) -> Said {
        self.whatsapp_message(from, json!({"type": "text", "text": {"body": text}}))
    }

    /// Any message over WhatsApp; id, sender and time are added.
    pub fn whatsapp_message(&self, from: &str, message: Value) -> Said {
        let id = format!("wamid.{}", unique());
        accepted(&self.whatsapp_delivery(&[self.meta_change(json!({"messages": [wamessage(&id, from, message)]}))]));
        Said::new(self, Source::Whatsapp, &id)
    }

    /// Meta's word on a message of ours.
    pub fn whatsapp_status(&self, status: Value) -> Answer {
        let named = json!({"id": "wamid.SINK", "timestamp": jiff::Timestamp::now().as_second().to_string(), "recipient_id": "14155550147"});
        send(&self.whatsapp_delivery(&[self.meta_change(json!({"statuses": [with(named, status)]}))]))
    }

    /// A change of this tenant's number, for [`Tenant::whatsapp_delivery`].
    pub fn meta_change(&self, value: Value) -> Value {
        let metadata =
            json!({"display_phone_number": "14155550110", "phone_number_id": self.key("whatsapp.phone_number_id")});
        let value = with(json!({"messaging_product": "whatsapp", "metadata": metadata}), value);
        json!({"field": "messages", "value": value})
    }

    /// Meta's delivery of these changes, signed with this tenant's app secret.
    pub fn whatsapp_delivery(&self, changes: &[Value]) -> Delivery {
        let entry = json!([{"id": "102290129340398", "changes": changes}]);
        self.delivery("whatsapp", &json!({"object": "whatsapp_business_account", "entry": entry}).to_string())
    }

    /// A form with these fields besides the key.
    pub fn form(&self, fields: Value) -> Said {
        let id = unique();
        accepted(&self.form_delivery(&with(json!({"submission_id": id}), fields)));
        self.said_with_key(Source::WebForm, &id)
    }

    /// The site's delivery of a form.
    pub fn form_delivery(&self, fields: &Value) -> Delivery {
        let body = with(json!({"form_key": self.key("form_key")}), fields.clone());
        self.delivery("web-form", &body.to_string())
    }

    /// A message in the chat widget.
    pub fn chat(&self, session: &str, text: &str) -> Said {
        let id = unique();
        accepted(&self.chat_delivery(&json!({"session_id": session, "message_id": id, "message": text})));
        self.said_with_key(Source::LiveChat, &format!("{session}:{id}"))
    }

    /// A message in the chat widget, of someone who typed a number into its contact field.
    pub fn chat_from(&self, session: &str, number: &str, text: &str) {
        let message =
            json!({"session_id": session, "message_id": unique(), "message": text, "visitor": {"phone": number}});
        accepted(&self.chat_delivery(&message));
    }

    /// The widget's delivery.
    pub fn chat_delivery(&self, fields: &Value) -> Delivery {
        let body = with(json!({"widget_key": self.key("widget_key")}), fields.clone());
        self.delivery("live-chat", &body.to_string())
    }

    /// The widget's poll: texts, and the cursor for the next one.
    pub fn poll(&self, session: &str, after: Option<&str>) -> (Vec<String>, Option<String>) {
        let answer = send(&self.poll_delivery(session, after.unwrap_or_default()));
        assert_eq!(answer.status, 200, "{}", answer.body);
        let page: Value = serde_json::from_str(&answer.body).unwrap();
        let texts =
            page["messages"].as_array().unwrap().iter().map(|message| message["text"].as_str().unwrap().to_owned());
        (texts.collect(), page["after"].as_str().map(ToOwned::to_owned))
    }

    /// What the widget gets when it opens.
    pub fn chat_history(&self, session: &str) -> Value {
        let answer = send(&self.history_delivery(session, ""));
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// The request of the widget, with the session in a header.
    pub fn history_delivery(&self, session: &str, after: &str) -> Delivery {
        let mut delivery = self.delivery_to("live-chat", &format!("/messages?after={after}"), "");
        "GET".clone_into(&mut delivery.method);
        delivery.headers.push(("x-widget-key".into(), self.key("widget_key").into()));
        delivery.headers.push(("x-chat-session".into(), session.into()));
        delivery
    }

    /// The request of a poll.
    pub fn poll_delivery(&self, session: &str, after: &str) -> Delivery {
        let mut delivery = self.delivery_to("live-chat", &format!("/{session}/messages?after={after}"), "");
        "GET".clone_into(&mut delivery.method);
        delivery.headers.push(("x-widget-key".into(), self.key("widget_key").into()));
        delivery
    }
}

/// A WhatsApp message in Meta's form.
pub fn wamessage(id: &str, from: &str, message: Value) -> Value {
    with(
        json!({"id": id, "from": from.trim_start_matches('+'), "timestamp": jiff::Timestamp::now().as_second().to_string()}),
        message,
    )
}

/// `fields` over `base`.
pub fn with(mut base: Value, fields: Value) -> Value {
    let Value::Object(fields) = fields else { panic!("not an object: {fields}") };
    base.as_object_mut().unwrap().extend(fields);
    base
}

/// Puts another value into a header.
pub fn set_header(delivery: &mut Delivery, name: &str, value: &str) {
    delivery.headers.retain(|(known, _)| known != name);
    delivery.headers.push((name.to_owned(), value.to_owned()));
}

/// Sends a delivery.
pub fn send(delivery: &Delivery) -> Answer {
    delivery.send(&stage().stack).unwrap()
}

/// Sends a delivery that must be taken.
pub fn accepted(delivery: &Delivery) -> Answer {
    let answer = send(delivery);
    assert_eq!(answer.status, 200, "{} {}: {}", delivery.method, delivery.path, answer.body);
    answer
}
