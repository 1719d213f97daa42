//! The small rules that the parts of a tenant's configuration share: lengths, lists, codes, hosts.

use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::RangeInclusive;
use url::Url;

use crate::Failure;

/// The most sites whose browsers may call the API.
const MAX_ORIGINS: usize = 20;
/// The longest address of a page, in characters.
const MAX_LINK: usize = 2_000;
/// The most words in one list.
const MAX_WORDS: usize = 100;

/// Checks sites whose browsers may call: a tenant's, or one key's.
///
/// # Errors
/// [`Failure::Rejected`] naming the field, such as `origins[1]`.
pub fn check_origins(origins: &[String]) -> Result<(), Failure> {
    let few = origins.len() <= MAX_ORIGINS;
    ensure(few, "origins", format!("there may be at most {MAX_ORIGINS} origins"))?;
    for (index, origin) in origins.iter().enumerate() {
        let form = "an origin is scheme, host and port without a path, such as https://www.example.com";
        ensure(is_origin(origin), format!("origins[{index}]"), form)?;
    }
    unique(origins.iter().enumerate().map(|(index, origin)| (format!("origins[{index}]"), origin)))
}

/// Refuses `field` unless `ok`.
pub(crate) fn ensure(ok: bool, field: impl Into<String>, message: impl Into<String>) -> Result<(), Failure> {
    if ok { Ok(()) } else { Err(Failure::invalid(field, message)) }
}

/// Checks how long a text is, in characters; spaces around it do not count.
pub(crate) fn text(field: &str, value: &str, length: RangeInclusive<usize>) -> Result<(), Failure> {
    let (least, most) = (*length.start(), *length.end());
    let long_enough = value.trim().chars().count() >= least;
    // The whole of it is stored.
    let short_enough = value.chars().count() <= most;
    ensure(long_enough && short_enough, field, format!("{field} must be {least} to {most} characters"))
}

/// Checks the address of a page of the web, to which a customer is led by a message.
pub(crate) fn page(field: &str, link: &str) -> Result<(), Failure> {
    let is_page = Url::parse(link).is_ok_and(|url| url.scheme() == "https" && url.has_host());
    let is_short = link.chars().count() <= MAX_LINK;
    ensure(is_short && is_page, field, format!("{field} must be an https address of at most {MAX_LINK} characters"))
}

/// Checks a list of words or phrases.
pub(crate) fn words(field: &str, list: &[String]) -> Result<(), Failure> {
    ensure(list.len() <= MAX_WORDS, field, format!("{field} takes at most {MAX_WORDS} entries"))?;
    let wrong = list.iter().position(|word| word.trim().is_empty() || word.chars().count() > 80);
    wrong.map_or(Ok(()), |index| Err(Failure::invalid(format!("{field}[{index}]"), "an entry is 1 to 80 characters")))
}

/// Checks that no value is given twice; the refusal names the second field and points to the first, not to the value.
pub(crate) fn unique<T: Ord>(fields: impl Iterator<Item = (String, T)>) -> Result<(), Failure> {
    let mut seen: BTreeMap<T, String> = BTreeMap::new();
    for (field, value) in fields {
        match seen.entry(value) {
            Entry::Vacant(free) => {
                free.insert(field);
            }
            Entry::Occupied(first) => {
                return Err(Failure::invalid(
                    field,
                    format!("this is the same as {}: each may be given once", first.get()),
                ));
            }
        }
    }
    Ok(())
}

/// Checks a time zone's name.
pub(super) fn check_zone(zone: &str) -> Result<(), Failure> {
    let known = TimeZone::get(zone).is_ok();
    ensure(known, "zone", "zone must be a time zone of the IANA database, such as America/Denver")
}

/// Checks a country's code.
pub(super) fn country(field: &str, value: &str) -> Result<(), Failure> {
    code(field, value, 2, "an ISO 3166 country code, such as US")
}

pub(super) fn code(field: &str, value: &str, length: usize, what: &str) -> Result<(), Failure> {
    let ok = value.len() == length && value.bytes().all(|b| b.is_ascii_uppercase());
    ensure(ok, field, format!("{field} must be {what}"))
}

/// Whether `text` is a host name in lower case (RFC 1123).
pub(super) fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        let chars_ok = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (1..=63).contains(&label.len()) && chars_ok && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// Whether `text` is an `https` URL of a host name, of at most 2,048 visible ASCII characters.
pub(super) fn is_https(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    text.len() <= 2_048 && text.bytes().all(|b| b.is_ascii_graphic()) && host.is_some_and(is_host)
}

/// Whether `text` is an origin as browsers send it (RFC 6454, 6.2).
fn is_origin(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|number| number > 0 && number.to_string() == port);
    rest.is_some_and(|rest| match rest.split_once(':') {
        Some((host, port)) => is_host(host) && is_port(port),
        None => is_host(rest),
    })
}
