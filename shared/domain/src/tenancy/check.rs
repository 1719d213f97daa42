//! What a tenant's configuration must hold before it is stored, and the small rules that its parts share.

use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::RangeInclusive;
use url::Url;

use super::template::MAX_REPLY_TEMPLATES;
use super::{Faq, Tenant, TenantKind, intake};
use crate::Failure;
use crate::messaging::Channel;

/// How many staff addresses hear of an escalation: each notice is a write of the turn's one transaction.
const MAX_NOTIFY: usize = 5;
/// The most services: all of them are shown to the model.
const MAX_SERVICES: usize = 200;
/// The most frequent questions.
const MAX_FAQS: usize = 200;
/// The most sites whose browsers may call the API.
const MAX_ORIGINS: usize = 20;
/// The longest instructions, in characters: they travel with every question to a model.
const MAX_INSTRUCTIONS: usize = 8_000;
/// The most countries abroad that are texted.
const MAX_TEXT_COUNTRIES: usize = 50;
/// The longest address of a page, in characters.
const MAX_LINK: usize = 2_000;
/// The most words in one list.
const MAX_WORDS: usize = 100;

impl Tenant {
    /// Checks what the types do not: a known zone, codes of the right form, hours without overlaps, sane prices, ids
    /// that are given once, questions whose conditions can come true.
    ///
    /// Whether `parent` exists and is an agency is checked where it is stored.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, as a path.
    pub fn validate(&self) -> Result<(), Failure> {
        check_zone(&self.zone)?;
        code("currency", &self.currency, 3, "an ISO 4217 code, such as USD")?;
        country("region", &self.region)?;
        text("name", &self.name, 1..=80)?;
        text("tone", &self.tone, 0..=400)?;
        text("instructions", &self.instructions, 0..=MAX_INSTRUCTIONS)?;
        words("escalation_words", &self.escalation_words)?;
        words("hot_words", &self.hot_words)?;
        self.check_notify()?;
        self.escalation.validate()?;
        self.check_parent()?;
        self.check_text_back()?;
        self.check_templates()?;
        self.check_text_countries()?;
        check_origins(&self.origins)?;
        self.branding.validate()?;
        self.cost_control.validate()?;
        self.insights.validate()?;
        self.retention.validate()?;
        self.hours.validate()?;
        self.check_services()?;
        self.check_faqs()?;
        intake::validate(&self.intake, &self.services)
    }

    fn check_notify(&self) -> Result<(), Failure> {
        let heard = !self.notify.is_empty();
        ensure(heard, "notify", "notify needs at least one e-mail address, for escalations")?;
        let limit = format!("notify takes at most {MAX_NOTIFY} addresses: use a group's address for more");
        ensure(self.notify.len() <= MAX_NOTIFY, "notify", limit)
    }

    fn check_text_back(&self) -> Result<(), Failure> {
        let by_text = matches!(self.text_back, Channel::Sms | Channel::Whatsapp);
        ensure(
            by_text,
            "text_back",
            "text_back must be sms or whatsapp: a missed call leaves a number and nothing else",
        )?;
        let template = self.channels.whatsapp.as_ref().and_then(|settings| settings.missed_call.as_ref());
        template.map_or(Ok(()), |template| template.check("channels.whatsapp.missed_call"))
    }

    fn check_templates(&self) -> Result<(), Failure> {
        let field = "channels.whatsapp.templates";
        let templates =
            self.channels.whatsapp.as_ref().map(|settings| settings.templates.as_slice()).unwrap_or_default();
        let few = templates.len() <= MAX_REPLY_TEMPLATES;
        ensure(few, field, format!("{field} takes at most {MAX_REPLY_TEMPLATES} templates"))?;
        for (index, template) in templates.iter().enumerate() {
            template.check(&format!("{field}[{index}]"))?;
        }
        let names = templates.iter().enumerate();
        unique(names.map(|(index, one)| (format!("{field}[{index}].template.name"), &one.template.name)))
    }

    fn check_text_countries(&self) -> Result<(), Failure> {
        let (list, most) = (&self.text_countries, MAX_TEXT_COUNTRIES);
        ensure(list.len() <= most, "text_countries", format!("text_countries takes at most {most} countries"))?;
        let field = |index| format!("text_countries[{index}]");
        list.iter().enumerate().try_for_each(|(index, code)| country(&field(index), code))?;
        unique(list.iter().enumerate().map(|(index, code)| (field(index), code)))
    }

    fn check_parent(&self) -> Result<(), Failure> {
        ensure(self.parent.as_ref() != Some(&self.id), "parent", "a tenant cannot be its own parent")?;
        let is_nested = self.kind == TenantKind::Agency && self.parent.is_some();
        ensure(!is_nested, "parent", "an agency has no parent: only businesses belong to agencies")
    }

    fn check_services(&self) -> Result<(), Failure> {
        let few = self.services.len() <= MAX_SERVICES;
        ensure(few, "services", format!("a business may have at most {MAX_SERVICES} services"))?;
        for (index, service) in self.services.iter().enumerate() {
            service.validate().map_err(|failure| failure.within(&format!("services[{index}]")))?;
        }
        unique(self.services.iter().enumerate().map(|(index, service)| (format!("services[{index}].id"), &service.id)))
    }

    fn check_faqs(&self) -> Result<(), Failure> {
        ensure(self.faqs.len() <= MAX_FAQS, "faqs", format!("there may be at most {MAX_FAQS} FAQs"))?;
        for (index, faq) in self.faqs.iter().enumerate() {
            faq.validate().map_err(|failure| failure.within(&format!("faqs[{index}]")))?;
        }
        Ok(())
    }
}

impl Faq {
    fn validate(&self) -> Result<(), Failure> {
        text("question", &self.question, 1..=300)?;
        text("answer", &self.answer, 1..=1_000)?;
        words("keywords", &self.keywords)
    }
}

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

fn code(field: &str, value: &str, length: usize, what: &str) -> Result<(), Failure> {
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

#[cfg(test)]
mod tests;
