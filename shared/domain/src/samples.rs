//! Invented tenants for tests: a roofer in Denver and a dental clinic in San Antonio that answers in Spanish.

use serde_json::{Value, json};

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
                "name": "Roof inspection",
                "price": { "from_cents": 14_900, "to_cents": 14_900 },
                "duration_minutes": 60,
                "keywords": ["inspection", "check my roof"]
            },
            { "name": "Roof repair", "price": { "from_cents": 35_000 }, "keywords": ["leak", "leaking", "shingle", "gotera"] },
            {
                "name": "Roof replacement",
                "price": { "from_cents": 850_000, "to_cents": 2_400_000 },
                "keywords": ["new roof"]
            },
            { "name": "Gutter cleaning" }
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
                "name": "Limpieza dental",
                "price": { "from_cents": 8_900, "to_cents": 8_900 },
                "duration_minutes": 45,
                "keywords": ["limpieza", "cleaning", "nettoyage", "zahnreinigung", "limpeza"]
            },
            { "name": "Blanqueamiento", "price": { "from_cents": 25_000, "to_cents": 40_000 }, "keywords": ["whitening"] },
            { "name": "Corona", "price": { "from_cents": 95_000 }, "keywords": ["crown", "krone", "couronne", "coroa"] },
            { "name": "Ortodoncia", "keywords": ["brackets", "braces"] }
        ],
        "notify": ["recepcion@alamar.example.com"],
        "channels": { "whatsapp": { "phone_number_id": "100000000000001" } }
    }))
}

fn tenant(document: Value) -> Tenant {
    serde_json::from_value(document).unwrap()
}
