//! Invented tenants for tests: a roofer in Denver and a dental clinic in San Antonio that answers in Spanish.

use serde_json::{Value, json};

use crate::LeadId;
use crate::conversations::Conversation;
use crate::leads::Lead;
use crate::tenancy::Tenant;

/// Summit Ridge Roofing: English, dollars, weekdays 8 to 5 and Saturday mornings.
pub(crate) fn roofer() -> Tenant {
    let weekday = json!([{ "open": "08:00", "close": "17:00" }]);
    tenant(json!({
        "id": "summit-ridge-roofing",
        "name": "Summit Ridge Roofing",
        "industry": "roofing",
        "currency": "USD",
        "zone": "America/Denver",
        "region": "US",
        "language": "en",
        "business": {
            "address": "210 Example Parkway, Denver, CO 80202",
            "phone": "+13035550100",
            "website": "https://roofer.example.com",
            "description": "Roof inspections, repairs and replacements."
        },
        "hours": {
            "monday": weekday, "tuesday": weekday, "wednesday": weekday, "thursday": weekday, "friday": weekday,
            "saturday": [{ "open": "09:00", "close": "12:30" }]
        },
        "services": [
            {
                "id": "roof-inspection",
                "name": "Roof inspection",
                "price": { "from_cents": 14_900, "to_cents": 14_900 },
                "duration_minutes": 60,
                "keywords": ["inspection", "check my roof"]
            },
            {
                "id": "roof-repair",
                "name": "Roof repair",
                "price": { "from_cents": 35_000 },
                "keywords": ["leak", "leaking", "shingle", "gotera"]
            },
            {
                "id": "roof-replacement",
                "name": "Roof replacement",
                "price": { "from_cents": 850_000, "to_cents": 2_400_000 },
                "keywords": ["new roof"]
            },
            { "id": "gutter-cleaning", "name": "Gutter cleaning" }
        ],
        "hot_words": ["insurance approved"],
        "notify": ["owner@roofer.example.com"],
        "channels": {
            "sms": { "account_sid": "AC00000000000000000000000000000001", "from": "+13035550100" },
            "chat": true
        }
    }))
}

/// Clínica Dental Alamar: Spanish, a lunch break, closed at weekends.
pub(crate) fn dentist() -> Tenant {
    let day = json!([{ "open": "08:00", "close": "12:00" }, { "open": "13:00", "close": "17:00" }]);
    tenant(json!({
        "id": "clinica-alamar",
        "name": "Clínica Dental Alamar",
        "industry": "dental",
        "currency": "USD",
        "zone": "America/Chicago",
        "region": "US",
        "language": "es",
        "business": {
            "address": "45 Sample Plaza, San Antonio, TX 78205",
            "phone": "+12105550111",
            "website": "https://alamar.example.com",
            "description": "Odontología para toda la familia."
        },
        "hours": {
            "monday": day, "tuesday": day, "wednesday": day, "thursday": day,
            "friday": [{ "open": "08:00", "close": "14:00" }]
        },
        "services": [
            {
                "id": "limpieza",
                "name": "Limpieza dental",
                "price": { "from_cents": 8_900, "to_cents": 8_900 },
                "duration_minutes": 45,
                "keywords": ["limpieza", "cleaning", "nettoyage", "zahnreinigung", "limpeza"]
            },
            {
                "id": "blanqueamiento",
                "name": "Blanqueamiento",
                "price": { "from_cents": 25_000, "to_cents": 40_000 },
                "keywords": ["whitening"]
            },
            {
                "id": "corona",
                "name": "Corona",
                "price": { "from_cents": 95_000 },
                "keywords": ["crown", "krone", "couronne", "coroa"]
            },
            { "id": "ortodoncia", "name": "Ortodoncia", "keywords": ["brackets", "braces"] }
        ],
        "notify": ["recepcion@alamar.example.com"],
        "channels": { "whatsapp": { "phone_number_id": "100000000000001" } }
    }))
}

fn tenant(document: Value) -> Tenant {
    serde_json::from_value(document).unwrap()
}

/// The roofer with a question of every kind, one of them required and one conditional.
pub(crate) fn roofer_with_intake() -> Tenant {
    let intake = json!([
        {
            "id": "covering",
            "text": "What is your roof covered with?",
            "translations": { "es": "¿De qué es su techo?" },
            "kind": {
                "type": "choice",
                "options": [
                    { "value": "shingle", "label": "Asphalt shingles", "keywords": ["asphalt", "tejas"] },
                    { "value": "tile", "label": "Tile" },
                    { "value": "metal", "label": "Metal" }
                ]
            }
        },
        {
            "id": "layers",
            "text": "How many layers of shingles?",
            "kind": { "type": "number" },
            "when": { "question": "covering", "is": ["shingle"] }
        },
        {
            "id": "age",
            "text": "How old is your roof?",
            "kind": { "type": "number", "min": 0, "max": 200, "unit": "years" }
        },
        { "id": "insured", "text": "Is your house insured?", "kind": { "type": "yes_no" }, "required": true },
        { "id": "since", "text": "Since when does it leak?", "kind": { "type": "date" } },
        { "id": "photo", "text": "Could you send us a photo?", "kind": { "type": "photo" } },
        { "id": "access", "text": "How do we get onto the property?", "kind": { "type": "text" } }
    ]);
    Tenant { intake: serde_json::from_value(intake).unwrap(), ..roofer() }
}

/// A lead of the tenant's of which nothing is known.
pub(crate) fn lead(tenant: &Tenant) -> Lead {
    let id = LeadId::derive(&tenant.id, &["sample"]);
    let document = json!({
        "id": id, "contact": id, "source": "sms", "status": "new", "score": "unscored",
        "created_at": "2026-11-20T17:00:00Z", "updated_at": "2026-11-20T17:00:00Z", "version": 1
    });
    serde_json::from_value(document).unwrap()
}

/// A thread of that lead's in which nothing was said.
pub(crate) fn thread(tenant: &Tenant) -> Conversation {
    let lead = lead(tenant);
    let document = json!({
        "id": lead.id, "contact": lead.contact, "lead": lead.id, "channel": "sms", "status": "active",
        "language": "en", "message_count": 2, "started_at": "2026-11-20T17:00:00Z",
        "last_message_at": "2026-11-20T17:00:00Z", "version": 1
    });
    serde_json::from_value(document).unwrap()
}
