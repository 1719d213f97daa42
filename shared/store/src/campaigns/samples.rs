//! A sample of every kind of item of this context: campaigns, rules, and those whom a campaign is for.

use domain::ContactId;
use domain::campaigns::{Campaign, Invitee, WeatherRule};
use domain::ids::CampaignId;
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{ACCOUNT, AT, CONTACT, ID, Place, Stored, acme, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, id) = (acme(), CampaignId::parse(ID).unwrap());
    let own = keys::of(&acme);
    vec![
        ("weather_rule", own.document("weather_rule", "heat-wave"), "T#acme#WEATHER_RULE|heat-wave"),
        ("campaign", own.campaign(id), "T#acme#CAMPAIGN#{id}|CAMPAIGN"),
        ("campaign_figures", own.campaign_figures(id), "T#acme#CAMPAIGN#{id}|FIGURES"),
        ("campaign_figures", own.campaign_totals(), "T#acme#CAMPAIGNS|FIGURES"),
        (
            "campaign_invitee",
            own.invitee(ContactId::parse(CONTACT).unwrap(), id),
            "T#acme#PERSON#{contact}|INVITEE#{id}",
        ),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    let audience = json!({
        "last_visit_over_days": 365, "or_never": true, "field_over": {"field": "roof_installed", "over_years": 20},
        "tags": ["Member"], "location": "lakewood", "not_invited_for_days": 60, "not_heard_for_days": 3,
    });
    let template = json!({"name": "heat_wave", "language": "en_US", "values": ["{name}"]});
    vec![
        stored::<WeatherRule>(
            "weather_rule",
            json!({
                "id": "heat-wave", "name": "Heat wave", "active": true, "condition": "heat_wave",
                "thresholds": {
                    "high_above_tenths_c": 350, "low_below_tenths_c": -67, "rain_above_tenths_mm": 508,
                    "gust_above_tenths_kmh": 966, "hail_from_tenths_mm": 254,
                },
                "days": 3, "lead_days": 3, "months": [6, 7], "services": ["tune-up"], "audience": audience,
                "keep_free_percent": 20, "template": template, "automatic": true,
            }),
        ),
        stored::<Campaign>(
            "campaign",
            json!({
                "id": ID, "name": "Heat wave", "rule": "heat-wave", "event": "heat-wave@39.7,-105:2026-11-24",
                "condition": "heat_wave", "first_day": "2026-11-24", "last_day": "2026-11-26", "peak": 372,
                "hail_tenths_mm": 254, "place": "Denver", "location": "lakewood", "services": ["tune-up"],
                "audience": audience,
                "reach": {"looked_at": 50, "fits": 12, "left_out": {"served_lately": 38}, "pages": 1, "complete": true},
                "keep_free_percent": 20, "take_rate_permille": 200,
                "capacity": [{"date": "2026-11-22", "free": 4}], "spread": [{"on": "2026-11-20", "invite": 12}], "most_a_day": 40,
                "suggestions": [
                    {"suggestion": "extra_shifts", "days": ["2026-11-22"], "visits": 2, "not_invited": 8},
                    {"suggestion": "parts", "service": "tune-up", "visits": 3},
                ],
                "texts": {"en": {"subject": "Before the heat", "body": "Hi {name}"}}, "template": template, "edited": true,
                "state": "declined", "automatic": true, "decided_by": {"type": "person", "account": ACCOUNT},
                "decided_at": AT, "ended": {"at": AT, "why": "declined"}, "created_at": AT, "updated_at": AT,
                "useful_until": AT,
            }),
        ),
        stored::<Invitee>(
            "campaign_invitee",
            json!({
                "campaign": ID, "contact": ID, "rank": 400, "last_visit": AT, "state": "invited", "why": "consent",
                "message": {"conversation": ID, "at": AT, "message": ID}, "invited_at": AT, "answered_at": AT,
                "booked": ID, "worth_cents": 14_900, "lost": true, "done": true,
            }),
        ),
    ]
}
