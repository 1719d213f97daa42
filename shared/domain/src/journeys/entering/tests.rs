use super::*;
use crate::leads::LeadStatus;
use crate::messaging::{Email, OptOutState, Phone};
use crate::samples;
use crate::tenancy::BusinessContext;

fn now() -> Timestamp {
    "2026-11-23T15:00:00Z".parse().unwrap()
}

fn phone(number: &str) -> Address {
    Address::Phone(Phone::e164(number, "phone").unwrap())
}

fn email(text: &str) -> Address {
    Address::Email(Email::new(text, "email").unwrap())
}

fn entry(addresses: Vec<Address>) -> LeadEntry {
    LeadEntry {
        name: Some("  Ana Vale ".to_owned()),
        addresses,
        source: Source::Entered,
        service: None,
        message: Some("Wants a quote for the barn".to_owned()),
        location: None,
        metadata: BTreeMap::from([("crm".to_owned(), "4711".to_owned())]),
    }
}

fn ids() -> (LeadId, ContactId) {
    let tenant = samples::roofer().id;
    (LeadId::derive(&tenant, &["entered", "1"]), ContactId::derive(&tenant, &["entered", "1"]))
}

fn opened(entry: LeadEntry, found: Vec<Person>) -> Opened {
    let (lead, contact) = ids();
    match entry.checked(&samples::roofer(), BusinessContext::NONE).unwrap().entered(found, lead, contact, now()) {
        Entered::Opened(opened) => *opened,
        Entered::Open(lead) => panic!("{lead:?} was open"),
    }
}

/// Someone whose addresses are proven, with a lead of that status.
fn known(addresses: &[Address], status: LeadStatus) -> Person {
    let lead = Lead { status, ..samples::lead(&samples::roofer()) };
    let contact = Contact { id: lead.contact, version: 3, ..Contact::new(lead.contact, lead.created_at) };
    let addresses = addresses.iter().cloned().map(KnownAddress::proven).collect();
    let contact = Contact { addresses, ..contact };
    Person { contact, lead, threads: Vec::new(), opt_out_state: OptOutState::default(), journey: None }
}

#[test]
fn someone_new_gets_a_contact_and_a_lead_and_nothing_is_proven() {
    let made = opened(entry(vec![phone("+13035550142"), email("ana@customer.example.com")]), Vec::new());
    assert_eq!((made.contact.version, made.lead.version, made.past), (0, 0, None));
    assert_eq!((made.contact.name.as_deref(), made.lead.name.as_deref()), (Some("Ana Vale"), Some("Ana Vale")));
    assert_eq!(made.addresses.len(), 2);
    assert!(made.addresses.iter().all(|known| known.strength == Strength::Given) && !made.contact.is_proven());
    assert_eq!(made.lead.fields[MESSAGE_FIELD], "Wants a quote for the barn");
    assert_eq!(made.lead.metadata["crm"], "4711");
    let created = EventKind::LeadCreated { lead: ids().0, contact: ids().1, source: Source::Entered };
    assert_eq!(made.events, [created]);
}

#[test]
fn an_open_lead_is_found_and_not_doubled() {
    let person = known(&[phone("+13035550142")], LeadStatus::Qualified);
    let (lead, contact) = ids();
    let entered = entry(vec![phone("+13035550142")]).entered(vec![person.clone()], lead, contact, now());
    assert_eq!(entered, Entered::Open(Box::new(person.lead)));
}

#[test]
fn a_customer_whose_lead_is_closed_gets_another_one_in_its_place() {
    let person = known(&[phone("+13035550142")], LeadStatus::ClosedWon);
    let made = opened(entry(vec![phone("+13035550142"), email("new@customer.example.com")]), vec![person.clone()]);
    assert_eq!((made.contact.id, made.contact.version), (person.contact.id, 3));
    assert_eq!((made.lead.version, made.past), (person.lead.version, Some(person.lead)));
    assert_eq!(
        made.addresses.iter().map(|known| &known.address).collect::<Vec<_>>(),
        [&email("new@customer.example.com")]
    );
    assert!(made.addresses[0].is_added, "nobody proved it, so nothing that the business begins goes there");
}

#[test]
fn an_address_that_leads_to_someone_else_goes_on_leading_there() {
    let owner = known(&[phone("+13035550142")], LeadStatus::ClosedLost);
    let mut other = known(&[email("bo@customer.example.com")], LeadStatus::ClosedLost);
    other.contact.id = ContactId::derive(&samples::roofer().id, &["other"]);
    other.contact.created_at = now();
    let made = opened(entry(vec![phone("+13035550142"), email("bo@customer.example.com")]), vec![owner.clone(), other]);
    assert_eq!((made.contact.id, made.addresses), (owner.contact.id, Vec::new()));
}

#[test]
fn a_service_is_named_as_the_business_names_it() {
    let tenant = samples::roofer();
    let service = tenant.services.first().unwrap();
    let checked = |text: &str| {
        let entry = LeadEntry { service: Some(text.to_owned()), ..entry(vec![phone("+13035550142")]) };
        entry.checked(&tenant, BusinessContext::NONE).unwrap().service
    };
    assert_eq!(checked(service.id.as_str()).as_deref(), Some(service.name.as_str()));
    assert_eq!(checked(&service.name.to_uppercase()).as_deref(), Some(service.name.as_str()));
    assert_eq!(checked("Gold plating").as_deref(), Some("Gold plating"));
    assert_eq!(checked("  "), None);
}

#[test]
fn what_reaches_no_one_or_the_business_itself_is_refused() {
    let tenant = samples::roofer();
    let field = |entry: LeadEntry| match entry.checked(&tenant, BusinessContext::NONE) {
        Err(Failure::Rejected { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(entry(Vec::new())).as_deref(), Some("phone"));
    let own = tenant.notify.first().cloned().map(Address::Email).unwrap();
    assert_eq!(field(entry(vec![own])).as_deref(), Some("email"));
    let long = LeadEntry { message: Some("x".repeat(501)), ..entry(vec![phone("+13035550142")]) };
    assert_eq!(field(long).as_deref(), Some("message"));
}
