//! Under whom a message is filed, by how sure its addresses are: seen from the people who write.

use super::*;
use crate::messaging::Strength;
use crate::tenancy::{Location, StaffMember};

/// Somebody who filled in a form with a number and a mailbox, and nothing more.
fn form_lead(tenant: &Tenant) -> Person {
    kept(&turn(tenant, &form("form", phone(101), &[email("ana")]), Vec::new(), plain()), &[])
}

fn form(id: &str, from: Address, also: &[Address]) -> Inbound {
    let mut inbound = message(id, from, "Hello", noon(10));
    (inbound.source, inbound.also) = (Source::WebForm, also.to_vec());
    inbound
}

#[test]
fn two_visitors_who_mention_one_address_stay_two_people() {
    let tenant = roofer();
    let given =
        GivenDetails { email: Some(Email::new("info@acme-example.com", "email").unwrap()), ..GivenDetails::default() };
    let said = Answer { given, ..plain() };
    let text = "I wrote to info@acme-example.com";
    let visitors: Vec<Outcome> = ["s-1", "s-2"]
        .map(|session| turn(&tenant, &message(session, chat(session), text, noon(0)), Vec::new(), said.clone()))
        .into();
    for (outcome, session) in visitors.iter().zip(["s-1", "s-2"]) {
        assert_eq!(outcome.addresses, [KnownAddress::given(chat(session))], "what is mentioned leads to nobody");
        assert_eq!(outcome.thread.stated.addresses, said.given.addresses(), "a detail of the conversation");
    }
    assert_ne!(visitors[0].lead.contact, visitors[1].lead.contact);
}

#[test]
fn the_businesss_own_addresses_are_never_a_customers() {
    let mut tenant = roofer();
    tenant.business.phone = Some(Phone::e164("+13035550100", "phone").unwrap());
    let mut inbound = message("m1", chat("s-1"), "Hello", noon(0));
    inbound.also = vec![phone(100), Address::Email(tenant.notify[0].clone())];
    let outcome = turn(&tenant, &inbound, Vec::new(), plain());
    assert_eq!(outcome.addresses, [KnownAddress::given(chat("s-1"))]);
}

#[test]
fn nor_are_those_of_its_locations() {
    let tenant = roofer();
    let mut lakewood: Location = serde_json::from_value(serde_json::json!({
        "id": "lakewood", "name": "Lakewood", "phone": "+13035550107", "email": "lakewood@example.com",
        "address": { "street": "410 Example Street", "city": "Lakewood", "country": "US" },
    }))
    .unwrap();
    let given =
        GivenDetails { email: lakewood.email.clone(), phone: lakewood.phone.clone(), ..GivenDetails::default() };
    let said = Answer { given, ..plain() };
    let mut inbound = message("m1", chat("s-1"), "Hello", noon(0));
    inbound.also = vec![phone(107), email("lakewood")];
    let outcome = |location: &Location| {
        let own = BusinessContext::new(vec![location.clone()], &[], None);
        let opened = Turn::open(&tenant, &own, &inbound, Vec::new(), noon(0));
        let outcome = opened.close(answered(said.clone()), 12);
        (outcome.addresses.len(), outcome.thread.stated.addresses.len())
    };
    assert_eq!(outcome(&lakewood), (1, 0), "the session alone");
    (lakewood.phone, lakewood.email) = (None, None);
    assert_eq!(outcome(&lakewood), (3, 2), "whose they are is for nobody to see");
}

/// A number of the staff's, typed by whoever it may be, finds nobody; written from, it is a customer's.
#[test]
fn what_staff_are_reached_by_is_a_customers_only_where_they_write_from_it() {
    let tenant = roofer();
    let ana: StaffMember = serde_json::from_value(
        serde_json::json!({"id": "ana", "name": "Ana Flores", "phone": "+13035550101", "email": "ana@example.com"}),
    )
    .unwrap();
    let own = BusinessContext::new(Vec::new(), &[ana], None);
    let turn = |inbound: &Inbound, found: Vec<Person>, answer: Answer| {
        Turn::open(&tenant, &own, inbound, found, noon(60)).close(answered(answer), 12)
    };
    let herself = turn(&message("m1", phone(101), "My own roof leaks", noon(60)), Vec::new(), plain());
    assert_eq!(herself.addresses, [KnownAddress::proven(phone(101))]);

    let known = known(&tenant);
    let given = GivenDetails { phone: Some(Phone::e164("+13035550101", "phone").unwrap()), ..GivenDetails::default() };
    let mut typed = message("m2", chat("s-1"), "Call me at 303-555-0101", noon(60));
    typed.also = vec![phone(101), email("ana")];
    let visitor = turn(&typed, vec![known.clone()], Answer { given, ..plain() });
    assert_ne!(visitor.lead.contact, known.lead.contact, "it finds nobody");
    assert_eq!(visitor.addresses, [KnownAddress::given(chat("s-1"))]);
    assert!(visitor.thread.stated.addresses.is_empty() && visitor.tasks.is_empty());

    let customer = turn(&form("f1", phone(102), &[email("ana")]), vec![known.clone()], plain());
    assert_eq!(customer.addresses, [KnownAddress::given(phone(102))], "theirs counts beside it");
    let outcome =
        Turn::open(&tenant, BusinessContext::NONE, &typed, vec![known.clone()], noon(60)).close(answered(plain()), 12);
    assert_eq!(outcome.lead.contact, known.lead.contact, "of whom nobody knows that they are staff");
}

#[test]
fn a_form_with_a_known_number_does_not_double_the_lead() {
    let tenant = roofer();
    let before = known(&tenant);
    let outcome = turn(&tenant, &form("f1", phone(101), &[email("ana")]), vec![before.clone()], plain());
    assert_eq!((outcome.lead.id, outcome.opened_lead, outcome.merged.len()), (before.lead.id, false, 0));
    assert_eq!(outcome.addresses, [KnownAddress { is_added: true, ..KnownAddress::given(email("ana")) }]);
    let contact = outcome.contact.unwrap();
    assert_eq!(contact.strength_of(&phone(101)), Some(Strength::Proven), "a form takes no proof back");
}

#[test]
fn the_first_text_from_a_number_that_was_typed_into_a_form_proves_it() {
    let tenant = roofer();
    let before = form_lead(&tenant);
    assert!(!before.contact.is_proven());
    let outcome = turn(&tenant, &message("m1", phone(101), "Hello", noon(60)), vec![before.clone()], plain());
    assert_eq!(outcome.lead.id, before.lead.id);
    assert_eq!(outcome.moved_addresses, [KnownAddress::proven(phone(101))], "it leads here more surely now");
    assert_eq!(outcome.contact.unwrap().strength_of(&email("ana")), Some(Strength::Given));
}

#[test]
fn an_address_that_was_typed_for_somebody_else_is_no_way_into_their_contact() {
    let tenant = roofer();
    let victim = known(&tenant);
    // A newcomer fills in a form with the victim's number and a mailbox, or number, of their own ...
    let typed = kept(
        &turn(&tenant, &form("f1", phone(101), &[phone(999)]), vec![victim.clone()], plain()),
        std::slice::from_ref(&victim),
    );
    assert_eq!(typed.contact.id, victim.contact.id);
    // ... and writes from it.
    let outcome = turn(&tenant, &message("m2", phone(999), "C", noon(60)), vec![typed.clone()], plain());
    assert_ne!(outcome.lead.contact, victim.contact.id, "somebody new");
    assert_eq!(outcome.moved_addresses, [KnownAddress::proven(phone(999))], "who has the number now");
    assert_eq!(outcome.duplicates, [victim.contact.id], "staff decide");
    assert_eq!(outcome.tasks.len(), 1);
    assert_eq!(outcome.merged, []);
}

#[test]
fn two_people_with_addresses_of_their_own_are_never_merged_by_a_message() {
    let tenant = roofer();
    let (one, other) = (
        known(&tenant),
        kept(&turn(&tenant, &message("second", phone(102), "Hello", noon(5)), Vec::new(), plain()), &[]),
    );
    let mut chatting = message("m1", chat("s-1"), "Hello", noon(60));
    chatting.also = vec![phone(101), phone(102)];
    for inbound in [form("f1", phone(101), &[phone(102)]), chatting] {
        let found = vec![other.clone(), one.clone()];
        let outcome = turn(&tenant, &inbound, found, plain());
        assert_eq!((outcome.lead.contact, outcome.merged.len()), (one.contact.id, 0));
        assert_eq!(outcome.duplicates, [other.contact.id]);
        assert_eq!(names(&outcome).iter().filter(|name| **name == "task.created").count(), 1);
        assert_eq!(outcome.moved_addresses, [], "each number leads where it did");

        // A second time staff know already.
        let again = kept(&outcome, std::slice::from_ref(&one));
        let repeat = Inbound { vendor_id: "again".to_owned(), ..inbound };
        let outcome = turn(&tenant, &repeat, vec![other.clone(), again], plain());
        assert_eq!((outcome.duplicates.len(), outcome.tasks.len()), (0, 0));
    }
}

#[test]
fn newcomers_cannot_make_a_contact_grow_without_end() {
    let tenant = roofer();
    let mut person = known(&tenant);
    for index in 0..200 {
        let mut inbound = message(&format!("c{index}"), chat(&format!("s-{index}")), "Hello", noon(60 + index));
        inbound.also =
            vec![phone(101), email(&format!("stranger-{index}")), phone(2_000 + u32::try_from(index).unwrap())];
        inbound.name = Some(format!("Stranger {index}"));
        inbound.fields.insert(format!("field-{index}"), "x".repeat(500));
        let outcome = turn(&tenant, &inbound, vec![person.clone()], plain());
        person = kept(&outcome, &[person]);
    }
    let contact = &person.contact;
    assert_eq!(contact.strength_of(&phone(101)), Some(Strength::Proven));
    assert!(contact.addresses.len() <= 1 + 8 + 8, "{}", contact.addresses.len());
    assert!(contact.knows(&chat("s-199")), "the latest session is known");
    assert!(contact.other_names.len() <= 8 && contact.name.is_none(), "a stranger names nobody");
    assert!(person.lead.fields.len() <= 40);
    assert!(serde_json::to_string(&person.lead).unwrap().len() < 40_000);
}

#[test]
fn an_anonymous_visitor_who_gives_a_number_is_on_that_lead_and_proves_nothing() {
    let tenant = roofer();
    let owner = known(&tenant);
    let visitor = kept(&turn(&tenant, &message("c1", chat("s-1"), "Hello", noon(5)), Vec::new(), plain()), &[]);
    let mut inbound = message("c2", chat("s-1"), "It is me", noon(60));
    inbound.also = vec![phone(101)];
    let outcome = turn(&tenant, &inbound, vec![visitor.clone(), owner.clone()], plain());
    assert_eq!(outcome.lead.id, owner.lead.id);
    assert_eq!(outcome.merged.iter().map(|person| person.contact.id).collect::<Vec<_>>(), [visitor.contact.id]);
    assert_eq!(outcome.moved_addresses, [KnownAddress::given(chat("s-1"))]);
}
