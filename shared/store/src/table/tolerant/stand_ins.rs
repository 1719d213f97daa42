//! What this version does with a value that it does not know, by where it stands.
//!
//! A place is listed where doing without is safe: nothing goes out for it, nobody gains a right, no condition gets wider.
//! What is not listed is needed as it is, and an item without it is left to a version that can read it.

/// What is read in the place of an unknown value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Instead {
    /// Nothing: a field that may be absent, an entry of a list or map.
    LeftOut,
    /// This one: a name, or a JSON object.
    As(&'static str),
}

use Instead::{As, LeftOut};

const SYSTEM: &str = r#"{"type":"system"}"#;

/// Entity, place, and what is read there. `*` is any entry of a list or map.
pub(super) const PLACES: &[(&str, &str, Instead)] = &[
    ("contact", "addresses.*", LeftOut),
    ("contact", "language", LeftOut),
    ("lead", "source", As("web_form")),
    // Nobody but a person moves it on.
    ("lead", "status", As("handed_off")),
    ("lead", "score", As("unscored")),
    ("lead", "qualification.urgency", LeftOut),
    ("lead", "intake.*", LeftOut),
    ("thread", "status", As("active")),
    ("thread", "language", As("en")),
    ("thread", "recent.*.role", As("staff")),
    ("thread", "asked", LeftOut),
    ("thread", "questions.*", LeftOut),
    ("thread", "wish.day.named", As("date")),
    ("thread", "wish.time", LeftOut),
    ("thread", "wish.change", LeftOut),
    ("thread", "sla.breached.*", LeftOut),
    // The assistant is quiet.
    ("thread", "handling.answers", As("staff")),
    // Never shown to a customer.
    ("message", "role", As("notice")),
    ("message", "content", LeftOut),
    ("message", "source", LeftOut),
    ("message", "intent", LeftOut),
    ("message", "sentiment", LeftOut),
    ("message", "action", LeftOut),
    ("message", "notice", LeftOut),
    ("message", "language", LeftOut),
    ("message", "by", As(SYSTEM)),
    ("note", "by", As(SYSTEM)),
    // Never sent by itself.
    ("message", "delivery.state", As("unknown")),
    ("message", "delivery.verdict", LeftOut),
    ("message", "delivery.rulings.*", LeftOut),
    ("escalation", "reason", As("unsure")),
    ("escalation", "status", As("pending")),
    ("escalation", "resolution.by", As(SYSTEM)),
    ("task", "kind", As("other")),
    ("task", "done.by", As(SYSTEM)),
    ("journey", "stage", As("dormant")),
    ("journey", "preferences.channel", LeftOut),
    ("journey", "preferences.frequency", As("minimal")),
    // A word about a channel or purpose that nothing here asks for.
    ("journey", "consents.*", LeftOut),
    ("journey", "quotes.*", LeftOut),
    ("journey", "appointments.*", LeftOut),
    ("journey", "invoices.*", LeftOut),
    ("journey", "ledger.*", LeftOut),
    ("journey", "waiting.*", LeftOut),
    ("journey", "runs.*", LeftOut),
    ("journey", "engagement.channels.*", LeftOut),
    // Nothing goes out.
    ("tenant", "status", As("paused")),
    ("tenant", "plan", As("starter")),
    ("tenant", "kind", As("business")),
    ("tenant", "works_at", LeftOut),
    ("tenant", "text_back", As("sms")),
    ("tenant", "personality", LeftOut),
    ("tenant", "channel_personalities.*", LeftOut),
    ("tenant", "services.*.price", LeftOut),
    ("tenant", "services.*.dated_prices.*", LeftOut),
    ("tenant", "services.*.deposit", LeftOut),
    ("tenant", "intake.*", LeftOut),
    ("tenant", "escalation.rules.*", LeftOut),
    ("tenant entry", "status", As("paused")),
    ("tenant entry", "plan", As("starter")),
    ("tenant entry", "kind", As("business")),
    ("audit entry", "actor", As(SYSTEM)),
    ("audit entry", "action", As("updated")),
    ("usage", "feature", As("converse")),
    // A scope that nothing here asks for.
    ("API key", "scopes.*", LeftOut),
    ("registration", "scopes.*", LeftOut),
];

/// Within these a field that is not known may be a condition: without it, something would happen to more people.
const NARROWING: &[(&str, &str)] = &[
    ("sequence", "enters_on.*"),
    ("sequence", "converts_on.*"),
    ("sequence", "stops_on.*"),
    ("sequence", "hands_over_on.*"),
    ("sequence", "pauses_on.*"),
    ("sequence", "accelerates_on.*"),
    ("sequence", "steps.*"),
    ("tenant", "escalation.rules.*"),
    ("tenant", "intake.*"),
];

/// Whether a field at `path` that is not known must not be passed over.
pub(super) fn is_narrowing(entity: &str, path: &[String]) -> bool {
    NARROWING.iter().any(|(of, place)| *of == entity && leads(place, path).is_some())
}

/// How many keys of `path` it takes to come to `place`; `None`: it does not lead there.
fn leads(place: &str, path: &[String]) -> Option<usize> {
    let keys: Vec<&str> = place.split('.').collect();
    let leads = keys.len() <= path.len() && keys.iter().zip(path).all(|(key, at)| *key == "*" || key == at);
    leads.then_some(keys.len())
}

/// What is read at `path` or around it, the nearest place of the list, and how many of the path's keys lead there.
pub(super) fn instead_of(entity: &str, path: &[String]) -> Option<(usize, Instead)> {
    let of_entity = PLACES.iter().filter(|(of, ..)| *of == entity);
    let around = of_entity.filter_map(|(_, place, instead)| Some((leads(place, path)?, *instead)));
    around.max_by_key(|(length, _)| *length)
}
