//! What other systems report: a quote that was sent from a CRM, a job that was done in a field-service system.
//!
//! Only the events that are declared as `reported by callers` are taken, with the fields that they have and no others.
//! The other system names its quotes, appointments and invoices as it does itself: the same name is the same thing
//! here.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::EventKind;
use crate::ids::{AppointmentId, InvoiceId, QuoteId};
use crate::{ContactId, Failure, LeadId, TenantId, tenancy};

/// The longest name that another system may give to something, in characters.
const MAX_NAME: usize = 200;
/// How far back something may have happened.
const OLDEST: SignedDuration = SignedDuration::from_hours(24 * 366);
/// How far another system's clock may be before ours.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);
/// Fields that name a page.
const LINKS: [&str; 2] = ["link", "track"];

/// Something that happened in another system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The other system's own id of what happened. The same id is the same report, for 30 days.
    #[schema(min_length = 1, max_length = 200, example = "crm-quote-4711-sent")]
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    #[schema(example = "quote.sent")]
    pub name: String,
    /// Whom it is about. Either this or `lead`.
    #[serde(default)]
    #[schema(nullable = false)]
    pub contact: Option<ContactId>,
    /// The lead of whom it is about.
    #[serde(default)]
    #[schema(nullable = false)]
    pub lead: Option<LeadId>,
    /// When it happened, within the last year (UTC); now, where it is left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    pub at: Option<Timestamp>,
    /// The event's own fields but for `contact`, as `docs/events.md` lists them. `quote`, `appointment` and `invoice`
    /// are the other system's own ids, as text.
    #[serde(default)]
    #[schema(value_type = Object, example = json!({"quote": "4711", "service": "Roof repair", "amount": {"cents": 185_000, "currency": "USD"}}))]
    pub data: Map<String, Value>,
}

impl Report {
    /// The event that it tells of, about `contact`.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field that is missing, malformed or not the event's.
    pub fn event(&self, tenant: &TenantId, contact: ContactId) -> Result<EventKind, Failure> {
        let mut data = self.data.clone();
        if data.contains_key("contact") {
            return Err(Failure::invalid("data.contact", "data.contact: say contact beside data, not in it"));
        }
        for (field, value) in &mut data {
            match field.as_str() {
                "quote" | "appointment" | "invoice" => *value = known_as(tenant, field, value)?,
                link if LINKS.contains(&link) => check_link(field, value)?,
                _ => {}
            }
        }
        data.insert("contact".to_owned(), contact.to_string().into());
        let event = serde_json::json!({"type": self.name, "data": data});
        let event: EventKind = serde_json::from_value(event)
            .map_err(|error| Failure::invalid("data", format!("data is not what {} has: {error}", self.name)))?;
        refuse_unknown(&event, &data)?;
        check_values(&event)?;
        Ok(event)
    }

    /// Checks what is not about the event itself, and when it happened.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field at fault.
    pub fn check(&self, now: Timestamp) -> Result<Timestamp, Failure> {
        if !EventKind::REPORTED.contains(&self.name.as_str()) {
            let known = EventKind::REPORTED.join(", ");
            return Err(Failure::invalid("type", format!("type must be one of {known}")));
        }
        check_name("id", &self.id)?;
        if self.contact.is_some() == self.lead.is_some() {
            return Err(Failure::invalid("contact", "name either a contact or a lead"));
        }
        let at = self.at.unwrap_or(now);
        if at > now + AHEAD || at < now - OLDEST {
            return Err(Failure::invalid("at", "at must be within the last year, and not in the future"));
        }
        Ok(at)
    }
}

fn check_name(field: &str, name: &str) -> Result<(), Failure> {
    let sound = (1..=MAX_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    let wrong = || Failure::invalid(field, format!("{field} must be 1 to {MAX_NAME} characters of text"));
    sound.then_some(()).ok_or_else(wrong)
}

/// Our id of what another system calls `value`. An id of ours stays as it is: it came from here.
fn known_as(tenant: &TenantId, field: &str, value: &Value) -> Result<Value, Failure> {
    let place = format!("data.{field}");
    let name = value.as_str().ok_or_else(|| Failure::invalid(&place, format!("{place} must be text")))?;
    check_name(&place, name)?;
    let parts = ["reported", name];
    let id = match field {
        "quote" => QuoteId::parse(name).unwrap_or_else(|_| QuoteId::derive(tenant, &parts)).to_string(),
        "invoice" => InvoiceId::parse(name).unwrap_or_else(|_| InvoiceId::derive(tenant, &parts)).to_string(),
        _ => AppointmentId::parse(name).unwrap_or_else(|_| AppointmentId::derive(tenant, &parts)).to_string(),
    };
    Ok(id.into())
}

/// A value that is no text is refused like a text that names no page.
fn check_link(field: &str, value: &Value) -> Result<(), Failure> {
    let place = format!("data.{field}");
    if value.is_null() { Ok(()) } else { tenancy::page(&place, value.as_str().unwrap_or_default()) }
}

/// Refuses a field that the event does not have: a misspelt one would be lost without a word.
fn refuse_unknown(event: &EventKind, given: &Map<String, Value>) -> Result<(), Failure> {
    let read = serde_json::to_value(event).unwrap_or_default();
    let known = read.get("data").and_then(Value::as_object);
    match given.keys().find(|name| !known.is_some_and(|known| known.contains_key(*name))) {
        Some(name) => {
            let place = format!("data.{name}");
            Err(Failure::invalid(&place, format!("{} has no {place}", event.name())))
        }
        None => Ok(()),
    }
}

fn check_values(event: &EventKind) -> Result<(), Failure> {
    match event {
        EventKind::QuoteSent { amount: Some(amount), .. } | EventKind::InvoiceIssued { amount: Some(amount), .. }
            if amount.cents < 0 || !is_currency(&amount.currency) =>
        {
            let what = "data.amount must be cents of 0 or more and a currency of three letters, such as USD";
            Err(Failure::invalid("data.amount", what))
        }
        EventKind::AppointmentBooked { starts_at, ends_at, .. }
        | EventKind::AppointmentRescheduled { starts_at, ends_at, .. }
            if ends_at <= starts_at =>
        {
            Err(Failure::invalid("data.ends_at", "data.ends_at must be after data.starts_at"))
        }
        EventKind::QuoteSent { service: Some(service), .. }
        | EventKind::AppointmentBooked { service: Some(service), .. } => check_name("data.service", service),
        // What a customer says in a conversation reaches the calendar, and is no one else's to report.
        EventKind::AppointmentConfirmed { agreed_at: Some(_), .. } => {
            Err(Failure::invalid("data.agreed_at", "appointment.confirmed has no data.agreed_at"))
        }
        EventKind::AppointmentChangeRequested { cancels: Some(_), .. } => {
            Err(Failure::invalid("data.cancels", "appointment.change_requested has no data.cancels"))
        }
        EventKind::ReviewReceived { rating: Some(rating), .. } if !(1..=5).contains(rating) => {
            Err(Failure::invalid("data.rating", "data.rating must be 1 to 5"))
        }
        _ => Ok(()),
    }
}

fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;
    use serde_json::json;

    fn tenant() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    fn contact() -> ContactId {
        ContactId::derive(&tenant(), &["c"])
    }

    fn report(name: &str, data: &Value) -> Report {
        serde_json::from_value(json!({"id": "r-1", "type": name, "contact": contact(), "data": data})).unwrap()
    }

    fn field_of(failure: Failure) -> String {
        match failure {
            Failure::Rejected { field: Some(field), .. } => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_quote_of_another_system_is_the_same_quote_in_all_its_reports() {
        let sent = report("quote.sent", &json!({"quote": "Q-4711", "amount": {"cents": 185_000, "currency": "USD"}}));
        let Ok(EventKind::QuoteSent { quote, amount, contact: whom, .. }) = sent.event(&tenant(), contact()) else {
            panic!("no quote")
        };
        assert_eq!((amount, whom), (Some(Money { cents: 185_000, currency: "USD".into() }), contact()));
        let taken = EventKind::QuoteAccepted { contact: contact(), quote };
        assert_eq!(
            report("quote.accepted", &json!({"quote": "Q-4711"})).event(&tenant(), contact()),
            Ok(taken.clone())
        );
        let by_our_id = report("quote.accepted", &json!({"quote": quote}));
        assert_eq!(by_our_id.event(&tenant(), contact()), Ok(taken));
    }

    #[test]
    fn what_the_event_does_not_have_or_cannot_be_is_refused_by_its_name() {
        let times = json!({"appointment": "A", "starts_at": "2026-11-20T10:00:00Z", "ends_at": "2026-11-20T09:00:00Z"});
        for (name, data, field) in [
            ("quote.sent", json!({"quote": "Q", "amout": 3}), "data.amout"),
            ("quote.sent", json!({"quote": 4711}), "data.quote"),
            ("quote.sent", json!({"quote": ""}), "data.quote"),
            ("quote.sent", json!({}), "data"),
            ("quote.sent", json!({"quote": "Q", "amount": {"cents": -1, "currency": "USD"}}), "data.amount"),
            ("quote.sent", json!({"quote": "Q", "amount": {"cents": 1, "currency": "dollars"}}), "data.amount"),
            ("quote.sent", json!({"quote": "Q", "link": "http://example.com"}), "data.link"),
            ("quote.sent", json!({"quote": "Q", "link": "javascript:alert(1)"}), "data.link"),
            ("quote.sent", json!({"quote": "Q", "service": "a\nb"}), "data.service"),
            ("appointment.booked", times, "data.ends_at"),
            ("review.received", json!({"rating": 6}), "data.rating"),
            ("job.completed", json!({"appointment": "A", "contact": "x"}), "data.contact"),
        ] {
            let refused = report(name, &data).event(&tenant(), contact()).unwrap_err();
            assert_eq!(field_of(refused), field, "{name} {data}");
        }
    }

    #[test]
    fn no_one_reports_what_a_customer_said_to_us() {
        for (name, field) in [("appointment.confirmed", "agreed_at"), ("appointment.change_requested", "cancels")] {
            let mut data = json!({"appointment": "1"});
            assert!(report(name, &data).event(&tenant(), contact()).is_ok(), "{name}");
            data[field] = json!("2026-11-20T10:00:00Z");
            let refused = report(name, &data).event(&tenant(), contact()).unwrap_err();
            assert_eq!(field_of(refused), format!("data.{field}"));
        }
    }

    #[test]
    fn every_event_that_callers_report_is_about_a_contact_and_is_heard_by_sequences() {
        let data = json!({
            "quote": "1", "appointment": "1", "invoice": "1", "starts_at": "2026-11-20T10:00:00Z",
            "ends_at": "2026-11-20T11:00:00Z", "eta": "2026-11-20T10:00:00Z", "contact": contact(),
        });
        for name in EventKind::REPORTED {
            let mut data = data.clone();
            for field in ["quote", "appointment", "invoice"] {
                data[field] = json!(QuoteId::derive(&tenant(), &[field]));
            }
            let event: EventKind = serde_json::from_value(json!({"type": name, "data": data})).unwrap();
            assert_eq!(event.contact(), Some(contact()), "{name}");
            assert_eq!(event.signal().map(super::super::Signal::as_str), Some(*name));
        }
        // What Porchlight itself sees or does is no one else's to report.
        for own in ["lead.created", "message.received", "message.queued", "consent.changed", "webhook.disabled"] {
            assert!(!EventKind::REPORTED.contains(&own), "{own}");
        }
    }

    #[test]
    fn a_report_says_whom_it_is_about_once_and_when_it_was() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let good = report("job.completed", &json!({}));
        assert_eq!(good.check(now), Ok(now));
        let lead = LeadId::derive(&tenant(), &["l"]);
        let at = |at: &str| Some(at.parse().unwrap());
        for (wrong, field) in [
            (Report { name: "lead.created".into(), ..good.clone() }, "type"),
            (Report { id: String::new(), ..good.clone() }, "id"),
            (Report { id: "x".repeat(201), ..good.clone() }, "id"),
            (Report { lead: Some(lead), ..good.clone() }, "contact"),
            (Report { contact: None, ..good.clone() }, "contact"),
            (Report { at: at("2026-11-20T12:06:00Z"), ..good.clone() }, "at"),
            (Report { at: at("2025-11-18T12:00:00Z"), ..good.clone() }, "at"),
        ] {
            assert_eq!(field_of(wrong.check(now).unwrap_err()), field);
        }
    }
}
