//! `porchlight onboard` without a file: asks, and writes the file that it would have been given.
//!
//! Every answer is checked at once, by the rules that the file is checked by. Nothing is stored before the file is
//! written, so a dialogue that ends early leaves nothing behind.

mod ask;
mod document;

use anyhow::{Context as _, Result};
use domain::messaging::{Channel, Email, Phone};
use domain::tenancy::{ChannelSettings, Language, Price, Service, Tenant};
use domain::{Failure, TenantId};
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use url::Url;

use crate::onboard::{Industry, Source};
use crate::words::{DAYS, price, price_text, slug, spans, spans_text};
use document::Owner;

pub use ask::{Asker, Voice, is_terminal};

/// Asks for a business and writes its file into `folder`; returns where it is.
///
/// # Errors
/// When the input ends or the disk refuses.
pub fn run(asker: &mut Asker<'_>, folder: &Path) -> Result<PathBuf> {
    asker.hold(|asker| ask_all(asker, folder))
}

fn ask_all(asker: &mut Asker<'_>, folder: &Path) -> Result<PathBuf> {
    asker.say("An empty answer takes what stands in brackets; < goes back one question.")?;
    let name = asker.ask("Name of the business", None, |name| length(name, 1, 80))?;
    let id = asker.ask("Slug, by which programs know it", Some(&slug(&name)), |slug| plain(TenantId::new(slug)))?;
    let options: Vec<&str> = Industry::ALL.iter().map(|industry| industry.as_str()).chain(["other"]).collect();
    let place = asker.choose("Trade", &options)?;
    // The last option has no template.
    let industry = Industry::ALL.get(place).copied();
    let mut tenant = begin(&name, &id, industry)?;
    if industry.is_none() {
        tenant.industry = asker.ask("Which trade, in one or two words", None, |trade| length(trade, 1, 40))?;
    }
    place_and_language(asker, &mut tenant)?;
    let owner = contact(asker, &mut tenant)?;
    hours(asker, &mut tenant)?;
    services(asker, &mut tenant)?;
    channels(asker, &mut tenant)?;
    let text = document::write(industry, &tenant, &owner);
    let default = folder.join(format!("{id}.toml")).display().to_string();
    let mut file = asker.ask("Write this to", Some(&default), |path| {
        let path = PathBuf::from(path);
        let file = File::create_new(&path);
        file.map(|file| (file, path)).map_err(|error| format!("the file cannot be made: {error}"))
    })?;
    file.0.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", file.1.display()))?;
    Ok(file.1)
}

/// The template's tenant, under its own name; where there is no template, one that sells nothing yet and works in the week.
fn begin(name: &str, id: &TenantId, industry: Option<Industry>) -> Result<Tenant> {
    let tenant = json!({
        "id": id, "name": name, "currency": "USD", "zone": "UTC", "region": "US", "language": "en", "business": {},
        "notify": ["nobody@example.com"],
    });
    let day = json!([{ "open": "09:00", "close": "17:00" }]);
    let week: Map<String, Value> = DAYS.iter().take(5).map(|(_, name)| ((*name).to_owned(), day.clone())).collect();
    let own = json!({ "hours": week, "industry": "other", "services": [] });
    let file = match (industry, tenant, own) {
        (Some(industry), tenant, _) => json!({ "industry_template": industry.as_str(), "tenant": tenant }),
        (None, Value::Object(tenant), Value::Object(own)) => {
            json!({ "tenant": tenant.into_iter().chain(own).collect::<Map<_, _>>() })
        }
        (None, tenant, _) => json!({ "tenant": tenant }),
    };
    Ok(Source::new("the template", toml::to_string(&file)?).file()?.tenant)
}

fn place_and_language(asker: &mut Asker<'_>, tenant: &mut Tenant) -> Result<()> {
    let here = TimeZone::system();
    tenant.zone = asker.ask("Time zone", here.iana_name(), |zone| {
        let known = TimeZone::get(zone).ok().filter(|_| zone != "local");
        known.map(|_| zone.to_owned()).ok_or_else(|| "give an IANA zone, such as America/Denver".to_owned())
    })?;
    tenant.language = asker.ask("Language it answers in", Some("en"), |code| plain(Language::new(code)))?;
    tenant.region = asker.ask("Country", Some("US"), |code| upper(code, 2, "an ISO 3166 code, such as US"))?;
    tenant.currency = asker.ask("Currency", Some("USD"), |code| upper(code, 3, "an ISO 4217 code, such as USD"))?;
    let address = asker.ask("Address in one line (may be empty)", Some(""), |line| length(line, 0, 300))?;
    tenant.business.address = Some(address).filter(|line| !line.is_empty());
    Ok(())
}

fn contact(asker: &mut Asker<'_>, tenant: &mut Tenant) -> Result<Owner> {
    let region = tenant.region.clone();
    tenant.business.phone = asker.ask("Phone (may be empty)", Some(""), |typed| {
        optional(typed, |typed| plain(Phone::typed(typed, &region, "phone")))
    })?;
    let site = asker.ask("Web site (may be empty)", Some(""), |typed| optional(typed, site))?;
    tenant.origins = site.iter().map(|site| site.origin().ascii_serialization()).collect();
    tenant.business.website = site.map(|site| site.as_str().trim_end_matches('/').to_owned());
    let name = asker.ask("The owner's name", None, |name| length(name, 1, 80))?;
    let email = asker.ask("The owner's e-mail", None, |email| plain(Email::new(email, "e-mail")))?;
    let owner = Owner { name, email: email.as_str().to_owned() };
    tenant.notify = vec![email];
    Ok(owner)
}

fn hours(asker: &mut Asker<'_>, tenant: &mut Tenant) -> Result<()> {
    let usual = if tenant.hours.holidays.is_empty() {
        "\nHours, to begin with:"
    } else {
        "\nHours that are usual in the trade, with the holidays of the United States:"
    };
    asker.say(usual)?;
    for (day, name) in DAYS {
        asker.say(&format!("  {name:<10} {}", spans_text(tenant.hours.spans(day))))?;
    }
    while !asker.yes("Are these your hours", true)? {
        for (day, name) in DAYS {
            let usual = spans_text(tenant.hours.spans(day));
            let typed = asker.ask(&format!("Hours on {name}, or closed"), Some(&usual), spans)?;
            let own = match name {
                "monday" => &mut tenant.hours.monday,
                "tuesday" => &mut tenant.hours.tuesday,
                "wednesday" => &mut tenant.hours.wednesday,
                "thursday" => &mut tenant.hours.thursday,
                "friday" => &mut tenant.hours.friday,
                "saturday" => &mut tenant.hours.saturday,
                _ => &mut tenant.hours.sunday,
            };
            *own = typed;
        }
        match tenant.hours.validate() {
            Ok(()) => break,
            // A night that runs into the next day's opening shows only when all days are known.
            Err(failure) => asker.say(&format!("  That will not do: {failure}."))?,
        }
    }
    Ok(())
}

fn services(asker: &mut Asker<'_>, tenant: &mut Tenant) -> Result<()> {
    if tenant.services.is_empty() {
        return own_services(asker, tenant);
    }
    asker.say(&format!(
        "\nServices and prices in {} that are usual in the trade. Please check them:",
        tenant.currency
    ))?;
    for service in &tenant.services {
        asker.say(&format!("  {:<32} {}", service.name, price_text(service.price)))?;
    }
    if asker.yes("Are these your services and prices", true)? {
        return Ok(());
    }
    asker.say("For each: 350-1800 (from, to), 350 (exactly), 350+ (from), - (on request), or drop.")?;
    let mut kept = Vec::new();
    for mut service in std::mem::take(&mut tenant.services) {
        let usual = price_text(service.price);
        if let Some(own) = asker.ask(&service.name, Some(&usual), price_or_drop)? {
            service.price = own;
            kept.push(service);
        }
    }
    tenant.services = kept;
    Ok(())
}

/// What a business sells that no template knows.
fn own_services(asker: &mut Asker<'_>, tenant: &mut Tenant) -> Result<()> {
    asker.say(&format!(
        "\nServices and prices in {}: 350-1800 (from, to), 350 (exactly), 350+ (from), - (on request).",
        tenant.currency
    ))?;
    loop {
        let taken: Vec<String> = tenant.services.iter().map(|service| service.id.to_string()).collect();
        let name = asker.ask("A service (empty: no more)", Some(""), |name| {
            let name = length(name, 0, 120)?;
            let is_new = name.is_empty() || (!slug(&name).is_empty() && !taken.contains(&slug(&name)));
            form(&name, is_new, "give a name with letters or digits that no other service has")
        })?;
        if name.is_empty() {
            return Ok(());
        }
        let price = asker.ask(&format!("Price of {name}"), Some("-"), price)?;
        let service: Service = serde_json::from_value(json!({ "id": slug(&name), "name": name, "price": price }))?;
        tenant.services.push(service);
    }
}

/// `None`: the business does not offer it.
#[expect(clippy::option_option, reason = "a service is dropped, or has a price, or has none")]
fn price_or_drop(typed: &str) -> Result<Option<Option<Price>>, String> {
    if typed == "drop" { Ok(None) } else { price(typed).map(Some) }
}

fn channels(asker: &mut Asker<'_>, tenant: &mut Tenant) -> Result<()> {
    asker.say("\nChannels. Leave empty what there is not.")?;
    let mut channels = ChannelSettings::default();
    let whatsapp = asker.ask("WhatsApp: phone number ID (Meta, WhatsApp > API Setup)", Some(""), |typed| {
        optional(typed, |id| form(id, id.bytes().all(|byte| byte.is_ascii_digit()), "the id is digits only"))
    })?;
    channels.whatsapp = whatsapp.map(|phone_number_id| domain::tenancy::WhatsappSettings {
        phone_number_id,
        missed_call: None,
        templates: Vec::new(),
    });
    let account = asker.ask("Twilio: Account SID", Some(""), |typed| {
        optional(typed, |sid| form(sid, is_account_sid(sid), "an account SID is AC and 32 hexadecimal digits"))
    })?;
    if let Some(account_sid) = account {
        let region = tenant.region.clone();
        let from = asker.ask("Twilio: number", None, |typed| plain(Phone::typed(typed, &region, "the number")))?;
        channels.sms = Some(domain::tenancy::SmsSettings { account_sid, from });
    }
    let email = asker.ask("E-mail: sender address, verified in SES", Some(""), |typed| {
        optional(typed, |typed| plain(Email::new(typed, "e-mail")))
    })?;
    channels.email = email.map(|from| domain::tenancy::EmailSettings { from });
    channels.chat = asker.yes("Chat on the site", true)?;
    let whatsapp_only = channels.whatsapp.is_some() && channels.sms.is_none();
    tenant.text_back = if whatsapp_only { Channel::Whatsapp } else { Channel::Sms };
    tenant.channels = channels;
    Ok(())
}

fn is_account_sid(text: &str) -> bool {
    text.strip_prefix("AC").is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn site(typed: &str) -> Result<Url, String> {
    let refuse = || "give an address such as https://www.example.com".to_owned();
    let typed = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let url = Url::parse(&typed).map_err(|_| refuse())?;
    let is_site = matches!(url.scheme(), "https" | "http") && url.domain().is_some_and(|domain| domain.contains('.'));
    if is_site { Ok(url) } else { Err(refuse()) }
}

/// What the rules say, as words.
fn plain<T>(checked: Result<T, Failure>) -> Result<T, String> {
    checked.map_err(|failure| failure.to_string())
}

fn optional<T>(typed: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if typed.is_empty() { Ok(None) } else { read(typed).map(Some) }
}

fn form(typed: &str, ok: bool, what: &str) -> Result<String, String> {
    if ok { Ok(typed.to_owned()) } else { Err(what.to_owned()) }
}

fn length(typed: &str, least: usize, most: usize) -> Result<String, String> {
    let fits = (least..=most).contains(&typed.chars().count());
    form(typed, fits, &format!("give {least} to {most} characters"))
}

fn upper(typed: &str, letters: usize, what: &str) -> Result<String, String> {
    let code = typed.to_ascii_uppercase();
    let ok = code.len() == letters && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if ok { Ok(code) } else { Err(format!("give {what}")) }
}
