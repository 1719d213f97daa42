//! Whom a business is compared with: its trade, and where it is.

use ::benchmarks::Cohort;
use std::collections::BTreeMap;

use crate::tenancy::{Location, Tenant};

/// Beginnings of words by which trades are known under one name, however their owners write them.
const TRADES: [(&str, &str); 33] = [
    ("roof", "roofing"),
    ("hvac", "hvac"),
    ("heat", "hvac"),
    ("cool", "hvac"),
    ("plumb", "plumbing"),
    ("electric", "electrical"),
    ("clean", "cleaning"),
    ("maid", "cleaning"),
    ("landscap", "landscaping"),
    ("lawn", "landscaping"),
    ("garden", "landscaping"),
    ("pest", "pest-control"),
    ("exterminat", "pest-control"),
    ("paint", "painting"),
    ("floor", "flooring"),
    ("mover", "moving"),
    ("moving", "moving"),
    ("solar", "solar"),
    ("gutter", "gutters"),
    ("pool", "pools"),
    ("locksmith", "locksmiths"),
    ("dent", "dental"),
    ("orthodont", "dental"),
    ("hotel", "hotels"),
    ("lodg", "hotels"),
    ("tint", "auto-tint"),
    ("auto", "auto-repair"),
    ("mechanic", "auto-repair"),
    ("salon", "salons"),
    ("hair", "salons"),
    ("legal", "legal"),
    ("law", "legal"),
    ("attorney", "legal"),
];

/// Names of states of the United States with their codes: owners write either.
const STATES: &str = "alabama al|alaska ak|arizona az|arkansas ar|california ca|colorado co|connecticut ct|delaware de|\
district-of-columbia dc|florida fl|georgia ga|hawaii hi|idaho id|illinois il|indiana in|iowa ia|kansas ks|kentucky ky|\
louisiana la|maine me|maryland md|massachusetts ma|michigan mi|minnesota mn|mississippi ms|missouri mo|montana mt|nebraska ne|\
nevada nv|new-hampshire nh|new-jersey nj|new-mexico nm|new-york ny|north-carolina nc|north-dakota nd|ohio oh|oklahoma ok|\
oregon or|pennsylvania pa|rhode-island ri|south-carolina sc|south-dakota sd|tennessee tn|texas tx|utah ut|vermont vt|\
virginia va|washington wa|west-virginia wv|wisconsin wi|wyoming wy";

/// The most characters of a part of a cohort.
const MAX_PART: usize = 40;

/// Whom a business is compared with first: its trade in its state or province; where its addresses name none, in its zone. `None`: its
/// trade has no letter of the Latin alphabet.
#[must_use]
pub fn cohort_of(tenant: &Tenant, locations: &[Location]) -> Option<Cohort> {
    let region = state_of(tenant, locations).or_else(|| slug(&tenant.zone))?;
    Cohort::region(&trade(&tenant.industry)?, &slug(&tenant.region)?, &region).ok()
}

/// A trade by its one name; one that is not known by the name it has.
fn trade(industry: &str) -> Option<String> {
    let text = industry.to_lowercase();
    let words: Vec<&str> = text.split(|sign: char| !sign.is_alphanumeric()).collect();
    let known = TRADES.iter().find(|(begin, _)| words.iter().any(|word| word.starts_with(begin)));
    known.map_or_else(|| slug(&text), |(_, name)| Some((*name).to_owned()))
}

/// The state that most of its places are in; of two, the first by name. Without places, that of its address.
fn state_of(tenant: &Tenant, locations: &[Location]) -> Option<String> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let here = locations.iter().filter(|location| location.active && location.address.country == tenant.region);
    for state in here.filter_map(|location| slug(&location.address.state)) {
        *places.entry(coded(state, &tenant.region)).or_default() += 1;
    }
    let most = places.iter().max_by(|(one, few), (other, many)| few.cmp(many).then(other.cmp(one)));
    let of_address = || tenant.business.address.as_deref().and_then(state_in).filter(|_| has_codes(&tenant.region));
    most.map(|(state, _)| state.clone()).or_else(of_address)
}

/// The state in an address such as `410 Example Street, Denver, CO 80204`: two capitals before a postal code.
fn state_in(address: &str) -> Option<String> {
    let words: Vec<&str> = address.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_code = |word: &str| word.len() == 2 && word.bytes().all(|letter| letter.is_ascii_uppercase());
    let has_digit = |word: &str| word.bytes().any(|sign| sign.is_ascii_digit());
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs.rev().find(|(word, next)| is_code(word) && has_digit(next)).map(|(word, _)| word.to_lowercase())
}

/// Countries whose addresses have the code of a state or province before the postal code.
fn has_codes(country: &str) -> bool {
    matches!(country, "US" | "CA")
}

/// A state of the United States by its code.
fn coded(state: String, country: &str) -> String {
    let code = || STATES.split('|').find_map(|pair| pair.split_once(' ').filter(|(name, _)| *name == state));
    match country {
        "US" => code().map_or_else(|| state.clone(), |(_, code)| code.to_owned()),
        _ => state,
    }
}

/// Letters and digits in lower case, everything between them as one `-`; `None` where nothing is left.
fn slug(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(MAX_PART);
    (!slug.is_empty()).then_some(slug)
}
