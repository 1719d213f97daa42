//! An incoming message: SMS, MMS, or WhatsApp through Twilio.
//!
//! Source: twilio.com/docs/messaging/guides/webhook-request.

use domain::Failure;
use domain::messaging::{Address, Content, Phone};
use std::collections::BTreeMap;

use super::owner::party;
use crate::body::{Form, clip};
use crate::parsed::{MAX_FIELD_CHARS, MAX_NAME_CHARS, Parsed, Received, Unanswerable, media_kind};

/// Twilio's own limit of media in one message.
const MAX_MEDIA: usize = 10;

/// What Twilio says about the sender that helps to qualify or to obey them, and the names we keep it under.
const FIELDS: [(&str, &str); 5] = [
    ("FromCity", "from_city"),
    ("FromState", "from_state"),
    ("FromZip", "from_zip"),
    ("FromCountry", "from_country"),
    // `STOP`, `START` or `HELP`, where Twilio itself took the text for one.
    ("OptOutType", "opt_out_type"),
];

/// One incoming message.
#[derive(Debug, Clone, PartialEq)]
pub struct SmsDelivery {
    /// The account it came through, `AC…`.
    pub account_sid: String,
    /// Our number: with the account, this finds the tenant.
    pub to: Phone,
    /// Whether it is a WhatsApp message that Twilio carries; an answer must go the same way.
    pub over_whatsapp: bool,
    /// The message.
    pub message: Parsed,
}

/// Reads an incoming message. Safe on bytes whose signature is not checked yet. Short codes (`22395`), names (`SUPPORT`) and
/// RCS senders (`rcs:…`) cannot be answered.
///
/// # Errors
/// [`Failure::Rejected`]: too large, or malformed, naming Twilio's parameter.
pub fn parse_sms(body: &[u8]) -> Result<Received<SmsDelivery>, Failure> {
    let form = Form::read(body)?;
    let account_sid = form.text("AccountSid")?.to_owned();
    let vendor_id = form.opt("MessageSid").or_else(|| form.opt("SmsMessageSid"));
    let vendor_id = vendor_id.map_or_else(|| form.text("MessageSid"), Ok)?.to_owned();
    let to = party(form.text("To")?, "To")?.phone;
    let sender = form.text("From")?;
    let Ok(from) = party(sender, "From") else {
        return Ok(Received::Unanswerable(Unanswerable::new(&vendor_id, sender)));
    };
    let fields =
        FIELDS.iter().filter_map(|(theirs, ours)| Some(((*ours).to_owned(), clip(form.opt(theirs)?, MAX_FIELD_CHARS))));
    Ok(Received::Message(SmsDelivery {
        account_sid,
        to,
        over_whatsapp: from.over_whatsapp,
        message: Parsed {
            vendor_id,
            from: Address::Phone(from.phone),
            also: Vec::new(),
            name: form.opt("ProfileName").map(|name| clip(name, MAX_NAME_CHARS)).filter(|name| !name.is_empty()),
            content: content(&form)?,
            sent_at: None,
            fields: fields.collect::<BTreeMap<_, _>>(),
        },
    }))
}

fn content(form: &Form) -> Result<Content, Failure> {
    let text = form.opt("Body").unwrap_or_default().to_owned();
    let count: usize = match form.opt("NumMedia") {
        Some(count) => count.parse().map_err(|_| Failure::invalid("NumMedia", "NumMedia must be a number"))?,
        None => 0,
    };
    if count > 0 {
        let references = (0..count.min(MAX_MEDIA)).map(|i| form.text(&format!("MediaUrl{i}")).map(str::to_owned));
        let kind = media_kind(form.opt("MediaContentType0").unwrap_or_default());
        return Ok(Content::Media { kind, references: references.collect::<Result<_, _>>()?, caption: text });
    }
    if let Some(id) = form.opt("ButtonPayload") {
        return Ok(Content::Choice { id: id.to_owned(), title: form.opt("ButtonText").unwrap_or(&text).to_owned() });
    }
    if let Some(location) = location(form) {
        return Ok(location);
    }
    Ok(if text.is_empty() { Content::Unsupported { kind: "empty".to_owned() } } else { Content::Text { text } })
}

fn location(form: &Form) -> Option<Content> {
    let degrees = |name, limit: f64| form.opt(name)?.parse::<f64>().ok().filter(|degrees| degrees.abs() <= limit);
    let words = ["Label", "Address"].into_iter().filter_map(|name| form.opt(name));
    Some(Content::Location {
        latitude: degrees("Latitude", 90.0)?,
        longitude: degrees("Longitude", 180.0)?,
        label: words.collect::<Vec<_>>().join(", "),
    })
}
