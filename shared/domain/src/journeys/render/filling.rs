//! A text with places that a person reads before it goes out: what nothing is known for stays in its braces, for them to fill in.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Local, Part, Values, parts};
use crate::billing::InvoiceState;
use crate::journeys::{Journey, JourneyContext, Subject};
use crate::quotes::QuoteState;
use crate::scheduling::AppointmentState;
use crate::tenancy::Language;

/// A text with its places filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FilledIn {
    /// The text. What nothing is known for still stands in it, in braces.
    #[schema(example = "Hi Ana, we are at 210 Example Parkway.")]
    pub text: String,
    /// The places that nothing is known for, by name, each once.
    #[schema(example = json!([]))]
    pub missing: Vec<String>,
}

/// `text` with its places filled in for a person at `now`: of their next appointment, else of the quote or the invoice that is
/// open, else of themselves. A text that [`crate::journeys::check_places`] refuses stays as it is.
#[must_use]
pub fn fill_in(text: &str, journey_context: &JourneyContext<'_>, language: &Language, now: Timestamp) -> FilledIn {
    let (person, as_it_is) = (journey_context.person, || FilledIn { text: text.to_owned(), missing: Vec::new() });
    let none = Journey::begin(person.contact.id, now);
    let journey = person.journey.as_ref().unwrap_or(&none);
    let subject = subject_of(journey, now);
    let local = Local::of(language, journey_context.tenant);
    let values = Values { journey_context, journey, subject: &subject, local };
    let Ok(parts) = parts(text) else { return as_it_is() };
    let (mut filled, mut missing) = (String::with_capacity(text.len() + 40), Vec::new());
    for part in &parts {
        match part {
            Part::Optional(inner) => filled.push_str(&values.write(inner, String::new()).unwrap_or_default()),
            one => match values.write(std::slice::from_ref(one), filled.clone()) {
                Ok(written) => filled = written,
                Err(unknown) => {
                    filled.push_str(&format!("{{{}}}", unknown.place));
                    if !missing.contains(&unknown.place) {
                        missing.push(unknown.place);
                    }
                }
            },
        }
    }
    FilledIn { text: filled.trim().to_owned(), missing }
}

/// What a message to someone is most likely about.
pub(crate) fn subject_of(journey: &Journey, now: Timestamp) -> Subject {
    let ahead = journey.appointments.iter().filter(|one| one.starts_at >= now && one.state < AppointmentState::Started);
    if let Some(next) = ahead.min_by_key(|one| one.starts_at) {
        return Subject::Appointment(next.id);
    }
    let open = journey.quotes.iter().filter(|quote| quote.state < QuoteState::Expired);
    if let Some(latest) = open.max_by_key(|quote| quote.sent_at) {
        return Subject::Quote(latest.id);
    }
    let owed = journey.invoices.iter().rev().find(|invoice| invoice.state < InvoiceState::Voided);
    owed.map_or(Subject::Contact, |invoice| Subject::Invoice(invoice.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journeys::samples as sample;
    use crate::samples::roofer;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn what_nothing_is_known_for_stays_in_its_braces_and_is_named_once() {
        let tenant = roofer();
        let person = sample::person(&tenant);
        let context = sample::journey_context(&tenant, &person, &[]);
        let filled = |text: &str| fill_in(text, &context, &Language::english(), at("2026-11-20T18:00:00Z"));
        let told = filled("Hi {name}, see you at {time}, {time} on {date}[ for {amount}]. {business}");
        assert_eq!(told.text, "Hi Ana, see you at {time}, {time} on {date}. Summit Ridge Roofing");
        assert_eq!(told.missing, ["time", "date"]);
        assert_eq!(filled("Call {phone}"), FilledIn { text: "Call +13035550100".to_owned(), missing: Vec::new() });
        assert_eq!(filled("a } b").text, "a } b");
    }

    #[test]
    fn it_is_about_the_next_appointment_else_what_is_open() {
        let tenant = roofer();
        let mut journey = sample::journey(&tenant);
        let about = |journey: &Journey, now: &str| subject_of(journey, at(now));
        let (before, after) = ("2026-11-20T18:00:00Z", "2026-12-02T18:00:00Z");
        assert_eq!(about(&journey, before), Subject::Appointment(sample::appointment(&tenant)));
        assert_eq!(about(&journey, after), Subject::Quote(sample::quote(&tenant)), "the appointment is over");
        journey.appointments.iter_mut().for_each(|one| one.state = AppointmentState::Cancelled);
        assert_eq!(about(&journey, before), Subject::Quote(sample::quote(&tenant)));
        journey.quotes.iter_mut().for_each(|quote| quote.state = QuoteState::Accepted);
        assert_eq!(about(&journey, before), Subject::Invoice(sample::invoice(&tenant)));
        journey.invoices.clear();
        assert_eq!(about(&journey, before), Subject::Contact);
    }

    #[test]
    fn days_are_written_as_the_language_writes_them() {
        let tenant = roofer();
        let person = crate::journeys::Person { journey: Some(sample::journey(&tenant)), ..sample::person(&tenant) };
        let context = sample::journey_context(&tenant, &person, &[]);
        let spanish = Language::new("es").unwrap();
        let filled = fill_in("{date}", &context, &spanish, at("2026-11-20T18:00:00Z"));
        assert_eq!(filled.text, "martes, 1 de diciembre");
    }
}
