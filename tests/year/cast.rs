//! Who takes part: tenants in several zones and trades, and their customers.

use domain::conversations::Message;
use domain::ids::{AppointmentId, InvoiceId, QuoteId};
use domain::journeys::Person;
use domain::journeys::{Frequency, Journey, Preferences, Sequence, in_force};
use domain::leads::{Contact, KnownAddress, Lead, LeadStatus, Qualification, Score};
use domain::messaging::{Address, Channel, Email, Kind, OptOutState, Phone, Source};
use domain::tenancy::Tenant;
use domain::{ContactId, LeadId, MessageId, TenantId};
use jiff::Timestamp;
use serde_json::json;
use std::collections::HashMap;

use xtask::chance::Chance;

/// Zones that a business and its customers are in, with an area code of the same place.
pub(crate) const PLACES: [(&str, &str); 7] = [
    ("America/Denver", "303"),
    ("America/New_York", "212"),
    ("America/Chicago", "312"),
    ("America/Los_Angeles", "213"),
    ("America/Phoenix", "602"),
    ("Pacific/Honolulu", "808"),
    ("America/Halifax", "902"),
];

/// A business.
pub(crate) struct Firm {
    pub(crate) tenant: Tenant,
    pub(crate) sequences: Vec<Sequence>,
}

/// A customer, with all that is stored of them, and what the laws remember.
pub(crate) struct Soul {
    pub(crate) firm: usize,
    pub(crate) person: Person,
    /// Messages that are on their way. Those that have come to an end are in `ends`.
    pub(crate) messages: HashMap<MessageId, Message>,
    /// How messages ended.
    pub(crate) ends: HashMap<MessageId, &'static str>,
    /// What they have, to make events about.
    pub(crate) quotes: Vec<QuoteId>,
    pub(crate) appointments: Vec<(AppointmentId, Timestamp)>,
    pub(crate) invoices: Vec<(InvoiceId, bool)>,
    /// Outreach messages that a vendor was called for.
    pub(crate) sent: Vec<(Timestamp, Kind, MessageId)>,
    /// The zone they truly live in.
    pub(crate) zone: &'static str,
    /// Deeds so far: ids of what they cause are made of it.
    pub(crate) deeds: u32,
}

pub(crate) fn firm(index: usize, chance: &mut Chance) -> Firm {
    let (zone, area) = *chance.pick(&PLACES);
    let language = *chance.pick(&["en", "es", "fr", "de", "pt"]);
    let weekday = json!([{ "open": "08:00", "close": "17:00" }]);
    let tenant = json!({
        "id": format!("firm-{index}"),
        "name": format!("Firm {index}"),
        "industry": chance.pick(&["roofing", "hvac", "dental", "auto-tint", "hotel"]),
        "currency": "USD",
        "zone": zone,
        "region": "US",
        "language": language,
        "business": { "phone": format!("+1{area}5550100"), "website": "https://firm.example.com" },
        "hours": { "monday": weekday, "tuesday": weekday, "wednesday": weekday, "thursday": weekday, "friday": weekday },
        "services": [],
        "notify": ["office@firm.example.com"],
        "channels": {
            "whatsapp": chance.percent(50).then(|| json!({ "phone_number_id": "100000000000001" })),
            "sms": { "account_sid": "AC00000000000000000000000000000001", "from": format!("+1{area}5550100") },
            "email": chance.percent(80).then(|| json!({ "from": "office@firm.example.com" })),
            "chat": true,
        },
        "cost_control": { "touches_per_month": chance.one_in(20).then_some(400) },
    });
    let tenant: Tenant = serde_json::from_value(tenant).unwrap();
    Firm { tenant, sequences: in_force(&[]) }
}

pub(crate) fn soul(index: usize, firm: usize, tenant: &TenantId, now: Timestamp, chance: &mut Chance) -> Soul {
    let (zone, area) = *chance.pick(&PLACES);
    let name = format!("soul-{index}");
    let id = ContactId::derive(tenant, &[&name]);
    let mut addresses = Vec::new();
    if chance.percent(90) {
        let number = format!("+1{area}555{:04}", index % 10_000);
        addresses.push(Address::Phone(Phone::e164(&number, "phone").unwrap()));
    }
    if addresses.is_empty() || chance.percent(60) {
        addresses.push(Address::Email(Email::new(&format!("{name}@example.com"), "email").unwrap()));
    }
    let contact = Contact {
        name: chance.percent(80).then(|| format!("Customer {index}")),
        addresses: addresses.into_iter().map(KnownAddress::proven).collect(),
        version: 1,
        ..Contact::new(id, now)
    };
    let lead = Lead {
        name: contact.name.clone(),
        status: LeadStatus::Qualifying,
        score: *chance.pick(&[Score::Hot, Score::Warm, Score::Cold]),
        qualification: Qualification { service_interest: Some("Repair".to_owned()), ..Qualification::default() },
        version: 1,
        ..Lead::new(LeadId::derive(tenant, &[&name]), id, Source::WebForm, now)
    };
    let mut journey = Journey::begin(id, now);
    journey.preferences = Preferences {
        zone: chance.percent(30).then(|| zone.to_owned()),
        frequency: *chance.pick(&[Frequency::Minimal, Frequency::Normal, Frequency::Normal, Frequency::Engaged]),
        channel: chance.percent(20).then_some(Channel::Email),
        ..Preferences::default()
    };
    let person =
        Person { contact, lead, threads: Vec::new(), opt_out_state: OptOutState::default(), journey: Some(journey) };
    Soul {
        firm,
        person,
        messages: HashMap::new(),
        ends: HashMap::new(),
        quotes: Vec::new(),
        appointments: Vec::new(),
        invoices: Vec::new(),
        sent: Vec::new(),
        zone,
        deeds: 0,
    }
}
