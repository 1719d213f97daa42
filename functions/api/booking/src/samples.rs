//! A business for the tests.

use serde_json::json;
use std::sync::Arc;

use crate::business::Business;
use crate::words;

/// A roofer in Denver whose inspections can be booked, for a reader of this language.
pub(crate) fn business(language: &str) -> Business {
    let tenant: domain::tenancy::Tenant = serde_json::from_value(json!({
        "id": "alder-roofing", "name": "Alder Roofing", "industry": "roofing", "currency": "USD",
        "zone": "America/Denver", "region": "US", "language": "en",
        "business": {"address": "210 Example Parkway, Denver, CO 80202", "phone": "+13035550100"},
        "hours": {"monday": [{"open": "08:00", "close": "17:00"}]},
        "services": [
            {"id": "inspection", "name": "Roof inspection", "duration_minutes": 60,
             "price": {"from_cents": 14_900}, "deposit": {"cents": 2_500}, "booking": {"needs": [{"kind": "person"}]}},
            {"id": "repair", "name": "Roof repair"}
        ],
        "notify": ["owner@roofer.example.com"]
    }))
    .unwrap();
    let branding = tenant.branding.clone();
    Business { tenant: Arc::new(tenant), branding, own: Arc::default(), words: words::of(language).unwrap() }
}
