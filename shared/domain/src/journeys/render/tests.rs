//! How texts are filled in, and what is said where nothing is known.

use proptest::prelude::*;

use super::*;
use crate::journeys::Person;
use crate::journeys::{Variant, samples as sample, shipped};
use crate::samples;
use crate::tenancy::Tenant;

fn filled(tenant: &Tenant, person: &Person, subject: Subject, text: &str) -> Result<String, Missing> {
    let journey_context = sample::journey_context(tenant, person, shipped());
    render(text, &journey_context, &sample::journey(tenant), &sample::run(tenant, subject))
}

fn language(code: &str) -> Language {
    Language::new(code).unwrap()
}

#[test]
fn each_place_is_of_what_the_enrollment_is_about() {
    let tenant = samples::roofer();
    let mut person = sample::person(&tenant);
    person.lead.qualification.service_interest = Some("Gutter cleaning".to_owned());
    let (quote, appointment) =
        (Subject::Quote(sample::quote(&tenant)), Subject::Appointment(sample::appointment(&tenant)));
    let invoice = Subject::Invoice(sample::invoice(&tenant));
    for (text, subject, expected) in [
        ("{name} {business} {phone}", Subject::Contact, Some("Ana Summit Ridge Roofing +13035550100")),
        ("{service}: {amount}", quote, Some("Roof repair: $1,250.50")),
        ("{link} {expires}", quote, Some("https://q.example.com/1 Tuesday, December 1")),
        ("{service}: {date}, {time}, {eta}", appointment, Some("Chimney sweep: Tuesday, December 1, 10 AM, 10:30 AM")),
        ("{amount} {date} {link}", invoice, Some("$1,250.50 Tuesday, December 15 https://pay.example.com/1")),
        ("{service} {link}", Subject::Contact, Some("Gutter cleaning https://roofer.example.com")),
        ("{date}", quote, None),
        ("{time}", invoice, None),
        ("{amount}", appointment, None),
        ("{link}", appointment, None),
        ("{expires}", invoice, None),
        ("{eta}", Subject::Contact, None),
    ] {
        assert_eq!(filled(&tenant, &person, subject, text).ok().as_deref(), expected, "{text}");
    }
    assert_eq!(filled(&tenant, &person, quote, "on {date}").unwrap_err().to_string(), "nothing is known for {date}");
}

#[test]
fn what_is_not_known_is_left_out_with_its_brackets() {
    let tenant = samples::roofer();
    let mut person = sample::person(&tenant);
    let (lead, quote) = (Subject::Lead(person.lead.id), Subject::Quote(sample::quote(&tenant)));
    let text = "Hi {name}, your quote[ for {service}][ over {amount}] is ready.";
    assert_eq!(
        filled(&tenant, &person, quote, text).unwrap(),
        "Hi Ana, your quote for Roof repair over $1,250.50 is ready."
    );
    assert_eq!(filled(&tenant, &person, lead, text).unwrap(), "Hi Ana, your quote is ready.");
    person.contact.name = None;
    assert_eq!(filled(&tenant, &person, lead, text).unwrap(), "Hi, your quote is ready.");
    assert_eq!(filled(&tenant, &person, lead, "[{service} and {business}: ]Hi").unwrap(), "Hi");
}

#[test]
fn only_a_name_that_can_be_one_is_repeated() {
    let tenant = samples::roofer();
    let mut person = sample::person(&tenant);
    for (name, greeting) in [
        ("Ana López", "Hi Ana!"),
        ("  Jean-Luc d'Arc ", "Hi Jean-Luc!"),
        ("O'Brien", "Hi O'Brien!"),
        ("Зоя", "Hi Зоя!"),
        ("https://evil.example", "Hi!"),
        ("{link}", "Hi!"),
        ("+1 303 555 0100", "Hi!"),
        ("", "Hi!"),
        (&"a".repeat(41), "Hi!"),
    ] {
        person.contact.name = Some(name.to_owned());
        assert_eq!(filled(&tenant, &person, Subject::Contact, "Hi {name}!").unwrap(), greeting, "{name}");
    }
}

#[test]
fn what_a_customer_asks_for_is_named_only_as_the_business_names_it() {
    let tenant = samples::roofer();
    let mut person = sample::person(&tenant);
    person.lead.qualification.service_interest = Some("free money at evil.example".to_owned());
    assert!(filled(&tenant, &person, Subject::Contact, "{service}").is_err());
}

#[test]
fn what_is_filled_in_is_not_read_again() {
    let tenant = Tenant { name: "{link} [{phone}]".to_owned(), ..samples::roofer() };
    let person = sample::person(&tenant);
    assert_eq!(filled(&tenant, &person, Subject::Contact, "{business}").unwrap(), "{link} [{phone}]");
}

#[test]
fn days_times_and_sums_are_written_as_their_language_does() {
    for (code, region, expected) in [
        ("en", "US", "Tuesday, December 1, 10 AM"),
        ("en", "GB", "Tuesday 1 December, 10:00"),
        ("es", "US", "martes, 1 de diciembre, 10:00 a. m."),
        ("es", "ES", "martes, 1 de diciembre, 10:00"),
        ("fr", "FR", "mardi 1er décembre, 10 h"),
        ("de", "DE", "Dienstag, 1. Dezember, 10 Uhr"),
        ("pt", "BR", "terça-feira, 1 de dezembro, 10h"),
        // No texts in Japanese: the tenant's language.
        ("ja", "US", "Tuesday, December 1, 10 AM"),
    ] {
        let tenant = Tenant { region: region.to_owned(), ..samples::roofer() };
        let mut person = sample::person(&tenant);
        person.contact.language = Some(language(code));
        let appointment = Subject::Appointment(sample::appointment(&tenant));
        assert_eq!(filled(&tenant, &person, appointment, "{date}, {time}").unwrap(), expected, "{code} {region}");
    }
    for (code, region, cents, currency, expected) in [
        ("en", "US", 1_250_000, "USD", "$12,500"),
        ("en", "US", -5, "USD", "-$0.05"),
        ("en", "GB", 99, "CHF", "0.99 CHF"),
        ("es", "US", 125_050, "USD", "$1,250.50"),
        ("es", "ES", 125_050, "EUR", "1.250,50 €"),
        ("fr", "FR", 125_050, "EUR", "1\u{a0}250,50 €"),
        ("de", "DE", 100, "EUR", "1 €"),
        ("pt", "BR", 125_050, "BRL", "R$ 1.250,50"),
    ] {
        let tenant = Tenant { region: region.to_owned(), ..samples::roofer() };
        assert_eq!(Local::of(&language(code), &tenant).money(cents, currency), expected);
    }
}

#[test]
fn times_are_those_of_the_location() {
    let tenant = samples::roofer();
    let person = sample::person(&tenant);
    let mut journey = sample::journey(&tenant);
    journey.location_zone = Some("America/New_York".to_owned());
    let run = sample::run(&tenant, Subject::Appointment(sample::appointment(&tenant)));
    assert_eq!(
        render("{time}", &sample::journey_context(&tenant, &person, shipped()), &journey, &run).unwrap(),
        "12 PM"
    );
}

#[test]
fn a_text_is_theirs_else_the_tenants_else_english() {
    let tenant = samples::dentist();
    let mut person = sample::person(&tenant);
    let texts =
        |codes: &[&str]| codes.iter().map(|code| (language(code), (*code).to_owned())).collect::<BTreeMap<_, _>>();
    for (theirs, codes, found) in [
        (Some("fr"), &["en", "es", "fr"][..], Some("fr")),
        (Some("fr"), &["en", "es"], Some("es")),
        (Some("fr"), &["en"], Some("en")),
        (None, &["en", "es"], Some("es")),
        (Some("fr"), &["de"], None),
    ] {
        person.contact.language = theirs.map(language);
        let texts = texts(codes);
        assert_eq!(in_their_language(&texts, &sample::journey_context(&tenant, &person, shipped())), found);
    }
}

#[test]
fn texts_that_cannot_be_read_are_refused_with_what_to_change() {
    for (text, place, says) in [
        ("Hi {foo}", "foo", "{foo} is no place"),
        ("Hi { name}", " name", "{phone}"),
        ("Hi {name", "", "a {"),
        ("Hi name}", "", "a }"),
        ("Hi [ {name}", "", "a ["),
        ("Hi {name}]", "", "a ]"),
        ("Hi [there]", "", "square brackets"),
        ("[a {name} [b {phone}]]", "", ""),
        ("{{name}}", "{name", ""),
    ] {
        let flaw = parts(text).unwrap_err();
        assert_eq!(flaw.place, place, "{text}");
        assert!(flaw.message.contains(says), "{text}: {}", flaw.message);
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_stumble_and_known_places_leave_no_braces(text in "[a-z \\[\\]{}é😀]{0,40}") {
        let tenant = samples::roofer();
        let person = sample::person(&tenant);
        let quote = Subject::Quote(sample::quote(&tenant));
        if let Ok(filled) = filled(&tenant, &person, quote, &text) {
            let marks = filled.contains(['{', '}', '[', ']']);
            prop_assert!(!marks);
        }
    }

    #[test]
    fn words_without_places_stay_as_they_are(text in "[^\\[\\]{}]{0,60}") {
        let tenant = samples::roofer();
        let person = sample::person(&tenant);
        prop_assert_eq!(filled(&tenant, &person, Subject::Contact, &text).unwrap(), text.trim());
    }
}

#[test]
fn the_link_to_an_appointment_is_written_where_there_is_one_and_shown_to_no_model() {
    let tenant = samples::roofer();
    let person = sample::person(&tenant);
    let without = sample::journey_context(&tenant, &person, shipped());
    let with = JourneyContext { visit_link: Some("https://h.example.com/visit/roofer.x"), ..without };
    let subject = Subject::Appointment(sample::appointment(&tenant));
    let (journey, run) = (sample::journey(&tenant), sample::run(&tenant, subject));
    let filled = |text, context| render(text, &context, &journey, &run);
    let text = "See you![ Change it: {visit_link}]";
    assert_eq!(filled(text, with).as_deref(), Ok("See you! Change it: https://h.example.com/visit/roofer.x"));
    assert_eq!(filled(text, without).as_deref(), Ok("See you!"));
    assert_eq!(filled("{visit_link}", without), Err(Missing { place: "visit_link".to_owned() }));
    let asking = shipped().iter().filter(|sequence| sequence.asks_for(VISIT_LINK)).map(|sequence| sequence.id.as_str());
    assert_eq!(asking.collect::<Vec<_>>(), ["appointment-booked"]);
    let mut sequence =
        shipped().iter().find(|sequence| sequence.id.as_str() == "appointment-reminders").unwrap().clone();
    first_text(&mut sequence).texts.insert(Language::english(), "Change it: {visit_link}".to_owned());
    assert!(sequence.asks_for(VISIT_LINK));
    assert_eq!(sequence.validate(&tenant), Ok(()));
    first_text(&mut sequence).prompt = Some("Write it warmly".to_owned());
    let refused = sequence.validate(&tenant);
    assert!(
        matches!(&refused, Err(crate::Failure::Rejected { field: Some(field), .. }) if field.ends_with("prompt")),
        "{refused:?}"
    );
}

fn first_text(sequence: &mut Sequence) -> &mut Variant {
    let message = sequence.steps.iter_mut().find_map(|step| match &mut step.does {
        Act::Message(text) => Some(text),
        Act::Task { .. } | Act::Mark { .. } => None,
    });
    &mut message.unwrap().variants[0]
}
