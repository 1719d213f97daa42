//! What a prompt holds of the customer: what they wrote before and now, and what is known of them. All of it is data.

use domain::conversations::builtin::Turn;
use domain::conversations::summary::{PointKind, Recalled, SummaryPoint};
use domain::conversations::{Line, Role, Sentiment};
use domain::leads::Qualification;
use domain::messaging::{Content, MediaKind};
use domain::scheduling::{Appointment, AppointmentState};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::{Message, Speaker, data, intake};

/// The most characters of one message; a longer one is cut.
const MAX_MESSAGE_CHARS: usize = 4_000;
/// The most characters of one known fact.
const MAX_FACT_CHARS: usize = 200;
/// The most extra form fields.
const MAX_FIELDS: usize = 10;

/// The last `lines` of the conversation and then what `now` says. Neighbours of one speaker become one message.
pub(super) fn messages(recent: &[Line], lines: usize, now: &str) -> Vec<Message> {
    let newest = recent.iter().skip(recent.len().saturating_sub(lines));
    let mut messages: Vec<Message> = Vec::new();
    for (role, content) in newest.filter_map(said).chain([(Speaker::User, now.to_owned())]) {
        match messages.last_mut() {
            Some(last) if last.role == role => last.content = format!("{}\n{content}", last.content),
            // The API wants a user first, and a missed call is one we write to first.
            None if role == Speaker::Assistant => {
                messages.push(Message { role: Speaker::User, content: "The business wrote first.".to_owned() });
                messages.push(Message { role, content });
            }
            _ => messages.push(Message { role, content }),
        }
    }
    messages
}

/// A line as a model sees it; notices to staff are not for it, and the API takes no empty message.
fn said(line: &Line) -> Option<(Speaker, String)> {
    if line.text.trim().is_empty() {
        return None;
    }
    match line.role {
        Role::Customer => Some((Speaker::User, customer_message(&line.text))),
        Role::Assistant | Role::Staff => Some((Speaker::Assistant, line.text.trim().to_owned())),
        Role::Notice => None,
    }
}

/// What they wrote just now, and what to do about it.
pub(super) fn latest(turn: &Turn<'_>) -> [String; 2] {
    [customer_message(&describe(turn.content)), "Call `respond` now.".to_owned()]
}

pub(super) fn customer_message(text: &str) -> String {
    format!("<customer_message>\n{}\n</customer_message>", data(text, MAX_MESSAGE_CHARS))
}

/// What they sent, in words.
fn describe(content: &Content) -> String {
    match content {
        Content::Text { text } => text.clone(),
        Content::Choice { title, .. } => title.clone(),
        Content::Media { kind, references, caption } => {
            let kind = match kind {
                MediaKind::Image => "picture",
                MediaKind::Audio => "recording",
                MediaKind::Video => "video",
                MediaKind::Document => "document",
            };
            format!("(sent {} file(s), the first a {kind}; you cannot see or hear it) {caption}", references.len())
        }
        Content::Location { latitude, longitude, label } => format!("(sent a place: {latitude}, {longitude}) {label}"),
        Content::Contacts { names } => format!("(sent contact cards: {})", names.join(", ")),
        Content::Reaction { emoji } => format!("(reacted with {emoji})"),
        Content::Form { json } => format!("(filled in a form) {json}"),
        Content::Deleted => "(took a message back)".to_owned(),
        Content::Advertising { .. } => "(changed what they want to hear of)".to_owned(),
        Content::MissedCall => "(called, and nobody took the call)".to_owned(),
        Content::Unsupported { .. } => "(sent something that cannot be read here)".to_owned(),
    }
}

/// What is known of the customer, or nothing.
pub(super) fn known(turn: &Turn<'_>) -> Option<String> {
    let mut facts = vec![("name".to_owned(), turn.contact_name.unwrap_or_default().to_owned())];
    if let Some(lead) = turn.lead {
        facts.extend(qualification(&lead.qualification));
        facts.push(("requested_time".to_owned(), lead.requested_time.clone().unwrap_or_default()));
        // No model counts days.
        let visit = lead.requested_visit.map(|visit| visit.shown(&turn.tenant.time_zone()));
        facts.extend(visit.map(|visit| ("requested_day".to_owned(), visit)));
        facts.extend(lead.intake.iter().filter_map(|(id, answer)| Some((id.to_string(), intake::shown(answer)?))));
        let fields = lead.fields.iter().filter(|(name, _)| !name.starts_with("utm_")).take(MAX_FIELDS);
        facts.extend(fields.map(|(name, value)| (name.clone(), value.clone())));
    }
    facts.extend(remembered(turn));
    let lines = facts.iter().filter(|(_, value)| !value.trim().is_empty());
    let lines: Vec<_> =
        lines.map(|(name, value)| format!("{}: {}", data(name, MAX_FACT_CHARS), data(value, MAX_FACT_CHARS))).collect();
    (!lines.is_empty()).then(|| format!("<known>\n{}\n</known>", lines.join("\n")))
}

/// What was said before, line by line: in this conversation, and until which day in earlier ones. It goes back to a customer's words.
fn remembered(turn: &Turn<'_>) -> Vec<(String, String)> {
    let this = turn.conversation.map(|conversation| conversation.id);
    let mut lines = Vec::new();
    for Recalled { summary, appointment } in turn.memory {
        let when = if this == Some(summary.conversation) {
            "earlier in this conversation".to_owned()
        } else {
            format!("in a conversation until {}", summary.last_message_at.to_zoned(turn.tenant.time_zone()).date())
        };
        let said = |point: &SummaryPoint| {
            // Appointments are moved and cancelled elsewhere, and prices change.
            let kind = if point.kind == PointKind::Agreed {
                "said by the business then, which may have changed"
            } else {
                point.kind.as_str()
            };
            (format!("{when}, {kind}"), point.text.clone())
        };
        lines.extend(summary.points.iter().map(said));
        let as_it_is = |appointment: &Appointment| {
            (format!("{when}, the appointment as it is now"), shown(appointment, &turn.tenant.time_zone()))
        };
        lines.extend(appointment.iter().map(as_it_is));
        if summary.mood == Sentiment::Negative {
            lines.push((format!("{when}, mood"), "displeased".to_owned()));
        }
    }
    lines
}

/// An appointment in words.
fn shown(appointment: &Appointment, zone: &TimeZone) -> String {
    let state = match appointment.state {
        AppointmentState::Booked => "booked",
        AppointmentState::Confirmed => "confirmed by them",
        AppointmentState::ChangeRequested => "they asked for another time or none",
        AppointmentState::EnRoute => "the team is on the way",
        AppointmentState::Started => "under way",
        AppointmentState::Completed => "done",
        AppointmentState::Missed => "missed",
        AppointmentState::Cancelled => "cancelled",
    };
    let starts = appointment.starts_at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M");
    let service = appointment.service.iter().map(|service| format!("{service}, "));
    format!("{}{starts}, {state}", service.collect::<String>())
}

/// The facts by the names that the tool has for them, in the order of these.
fn qualification(qualification: &Qualification) -> Vec<(String, String)> {
    let Ok(Value::Object(facts)) = serde_json::to_value(qualification) else {
        return Vec::new();
    };
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    };
    let mut facts: Vec<_> = facts.into_iter().map(|(name, value)| (name, text(value))).collect();
    facts.sort_unstable();
    facts
}
