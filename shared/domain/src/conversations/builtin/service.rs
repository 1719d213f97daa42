//! Which of the tenant's services a message is about, and what they cost.

use std::borrow::Cow;

use language::{Catalogue, Intent, Intents, Mentions, Offer, Sought};

use super::locale::Locale;
use super::tokens::tidy;
use super::whereabouts;
use crate::conversations::language::is_common;
use crate::tenancy::{Service, Tenant};
use ::language::Words;

/// The longest service name shown, in characters.
pub(super) const MAX_NAME_CHARS: usize = 60;
/// How many services are listed in one reply.
const MAX_LISTED: usize = 6;
/// How many prices are given in one reply.
const MAX_PRICES: usize = 3;
/// Plurals that are tried on a name or keyword.
const ENDINGS: [&str; 4] = ["", "s", "es", "n"];
/// A word of a name that may stand for the whole name has at least this many letters.
const MIN_TELLING_CHARS: usize = 4;

/// A thing that is asked for has at most so many words; behind "I need", so many.
const MAX_THING_WORDS: usize = 4;
const MAX_WANTED_WORDS: usize = 6;
/// What begins a wish for a thing, folded, in five languages.
const WANTS: [&str; 26] = [
    "i need",
    "i want",
    "i would like",
    "id like",
    "i am looking for",
    "im looking for",
    "looking for",
    "need",
    "want",
    "it is",
    "its",
    "necesito",
    "quiero",
    "quisiera",
    "busco",
    "es",
    "ich brauche",
    "ich mochte",
    "ich suche",
    "es geht um",
    "j ai besoin de",
    "je voudrais",
    "je cherche",
    "preciso de",
    "quero",
    "queria",
];
/// Common words that a thing may have, folded.
const WITHIN_THINGS: [&str; 44] = [
    "a", "an", "the", "my", "of", "for", "with", "in", "on", "and", "some", "un", "una", "el", "la", "los", "las",
    "de", "del", "para", "con", "y", "mi", "le", "les", "l", "d", "des", "du", "une", "pour", "et", "mon", "ma", "der",
    "die", "das", "ein", "eine", "fur", "o", "um", "uma", "do",
];

/// The services that `words` names, the most exact match first.
///
/// A service is named by its name or one of its keywords; "roof repair" names the service of that name, and not one
/// whose keyword is "roof". Failing that, by a word that is in no other service's name.
pub(super) fn named<'t>(tenant: &'t Tenant, words: &Words) -> Vec<&'t Service> {
    let mut found: Vec<(&str, &Service)> = tenant
        .services
        .iter()
        .filter_map(|service| {
            let terms = std::iter::once(&service.name).chain(&service.keywords).map(String::as_str);
            let said = terms.filter(|term| says(words, term)).max_by_key(|term| term.chars().count())?;
            Some((said, service))
        })
        .collect();
    let all: Vec<Words> = found.iter().map(|(term, _)| Words::new(term)).collect();
    found.retain(|(term, _)| {
        !all.iter().any(|other| other.len() > Words::new(term).len() && other.contains_phrase(term))
    });
    found.sort_by_key(|(term, _)| std::cmp::Reverse(term.chars().count()));
    if found.is_empty() {
        return by_telling_word(tenant, words).into_iter().collect();
    }
    found.into_iter().map(|(_, service)| service).collect()
}

/// The services that `text` is about: those that it names, else those that everyday words and symptoms mean ("my brakes
/// squeal"), in any of the five languages.
pub(super) fn meant<'t>(tenant: &'t Tenant, text: &str, words: &Words) -> Vec<&'t Service> {
    let plain = whereabouts::without_rooms(tenant, text);
    // "A massage at 8 at night" is a massage, and "what is it a night?" asks of a bed.
    if let Some(day) = whereabouts::without_nights(tenant, &plain) {
        let found = meant_in(tenant, &day, &Words::new(&day));
        if !found.is_empty() {
            return found;
        }
    }
    match plain {
        Cow::Borrowed(text) => meant_in(tenant, text, words),
        Cow::Owned(text) => meant_in(tenant, &text, &Words::new(&text)),
    }
}

fn meant_in<'t>(tenant: &'t Tenant, text: &str, words: &Words) -> Vec<&'t Service> {
    let mentions = mentions(tenant, text);
    let is_open = mentions.offered.is_empty() && !mentions.sounds_alike;
    if is_open && mentions.refused.is_empty() {
        return named(tenant, words);
    }
    mentions.offered.into_iter().filter_map(|at| tenant.services.get(at)).collect()
}

/// All that `text` names of the trade.
pub(super) fn mentions(tenant: &Tenant, text: &str) -> Mentions {
    catalogue(tenant).read(text)
}

/// Whether `text` says that a business like this one is looked for.
pub(super) fn sought(tenant: &Tenant, text: &str) -> Option<Sought> {
    catalogue(tenant).sought(text)
}

fn catalogue(tenant: &Tenant) -> Catalogue {
    Catalogue::new(&tenant.industry, &tenant.name, tenant.services.iter().map(offer))
}

/// A service as it is read for what it does.
pub(in crate::conversations) fn offer(service: &Service) -> Offer<'_> {
    Offer { name: &service.name, keywords: &service.keywords }
}

/// Whether words that name no service can be a thing that is asked for: "a skylight", "I need a skylight", and no sentence about
/// something else ("wrong number", "I have two dogs").
pub(super) fn is_thing(words: &Words, intents: &Intents) -> bool {
    let said: Vec<&str> = words.iter().collect();
    let wants = WANTS.iter().filter(|want| begins_with(&said, want)).map(|want| want.split(' ').count()).max();
    let thing = said.get(wants.unwrap_or_default()..).unwrap_or_default();
    let most = if wants.is_some() { MAX_WANTED_WORDS } else { MAX_THING_WORDS };
    let is_other = intents
        .iter()
        .any(|intent| !matches!(intent, Intent::Book | Intent::Ready | Intent::Greeting | Intent::Services));
    let names = |word: &str| !WITHIN_THINGS.contains(&word) && word.chars().any(char::is_alphabetic);
    (1..=most).contains(&thing.len())
        && !is_other
        && thing.iter().any(|word| names(word))
        && thing.iter().all(|word| WITHIN_THINGS.contains(word) || !is_common(word))
}

fn begins_with(words: &[&str], phrase: &str) -> bool {
    words.len() > phrase.split(' ').count() && phrase.split(' ').zip(words).all(|(one, other)| one == *other)
}

fn says(words: &Words, term: &str) -> bool {
    ENDINGS.iter().any(|ending| words.contains_phrase(&format!("{term}{ending}")))
}

/// The one service with a word in its name that the message says and no other service's name has. A word of the business's own name
/// or trade is none: a hair studio has one service with "hair" in its name, and a hair appointment may be for any of them.
fn by_telling_word<'t>(tenant: &'t Tenant, words: &Words) -> Option<&'t Service> {
    let names: Vec<(Words, &Service)> =
        tenant.services.iter().map(|service| (Words::new(&service.name), service)).collect();
    let telling = |word: &&str| word.chars().count() >= MIN_TELLING_CHARS && says(words, word);
    let unique = |word: &&str| names.iter().filter(|(name, _)| name.contains_phrase(word)).count() == 1;
    let said = names.iter().flat_map(|(name, service)| name.iter().map(move |word| (word, *service)));
    let mut said = said.filter(|(word, _)| telling(word) && unique(word)).peekable();
    said.peek()?;
    let catalogue = catalogue(tenant);
    let mut matches = said.filter(|(word, _)| !catalogue.is_of_the_trade(word)).map(|(_, service)| service);
    let only = matches.next()?;
    matches.all(|service| service.name == only.name).then_some(only)
}

/// What `service` costs, in a sentence.
pub(super) fn price(service: &Service, locale: &Locale<'_>) -> String {
    let phrases = locale.phrases;
    let name = tidy(&service.name, MAX_NAME_CHARS);
    let Some(price) = service.price else { return (phrases.price_on_request)(&name) };
    let low = locale.money(price.from_cents);
    match price.to_cents {
        Some(0) => (phrases.price_none)(&name),
        None => (phrases.price_from)(&name, &low),
        Some(high) if high <= price.from_cents => (phrases.price_exact)(&name, &low),
        Some(high) => (phrases.price_between)(&name, &low, &locale.money(high)),
    }
}

/// What several services cost together, each so many times, where each has its price.
pub(super) fn total(services: &[(&Service, u64)], locale: &Locale<'_>) -> Option<String> {
    let count: u64 = services.iter().map(|(_, times)| times).sum();
    let prices = || services.iter().map(|(service, times)| Some((service.price?, times)));
    let low: u64 = prices().map(|one| one.map(|(price, times)| price.from_cents * times)).sum::<Option<_>>()?;
    let high: Option<u64> = prices().map(|one| one.and_then(|(price, times)| Some(price.to_cents? * times))).sum();
    let high = high.map(|high| locale.money(high));
    (count > 1).then(|| (locale.phrases.total)(&locale.money(low), high.as_deref()))
}

/// What the first few services that have a price cost; that a person will quote, where none has.
pub(super) fn prices(locale: &Locale<'_>) -> String {
    let priced = locale.tenant.services.iter().filter_map(|service| Some((service, service.price?)));
    let entry = |(service, price): (&Service, crate::tenancy::Price)| {
        let name = tidy(&service.name, MAX_NAME_CHARS);
        let low = locale.money(price.from_cents);
        match price.to_cents {
            Some(0) => format!("{name} {}", locale.phrases.free),
            None => format!("{name} {}", (locale.phrases.from)(&low)),
            Some(high) if high <= price.from_cents => format!("{name} {low}"),
            Some(high) => format!("{name} {low} - {}", locale.money(high)),
        }
    };
    let entries: Vec<String> = priced.take(MAX_PRICES).map(entry).collect();
    if entries.is_empty() {
        locale.phrases.quote_by_team.to_owned()
    } else {
        (locale.phrases.prices)(&entries.join(", "))
    }
}

/// What the tenant offers, in a sentence; `None` where it lists nothing.
pub(super) fn list(locale: &Locale<'_>) -> Option<String> {
    let services = &locale.tenant.services;
    let mut names: Vec<String> =
        services.iter().take(MAX_LISTED).map(|service| tidy(&service.name, MAX_NAME_CHARS)).collect();
    if services.len() > MAX_LISTED {
        names.push(locale.phrases.and_more.to_owned());
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Some((locale.phrases.services)(&listed(&names, locale.phrases.and)?))
}

/// `A, B and C`, with `word` before the last; `None` where there is none.
pub(super) fn listed(names: &[&str], word: &str) -> Option<String> {
    let (last, before) = names.split_last()?;
    let tidied = |name: &&str| tidy(name, MAX_NAME_CHARS);
    if before.is_empty() {
        return Some(tidied(last));
    }
    let before: Vec<String> = before.iter().map(tidied).collect();
    Some(format!("{} {word} {}", before.join(", "), tidied(last)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use crate::tenancy::{Language, Price};

    fn names(text: &str) -> Vec<String> {
        named(&samples::roofer(), &Words::new(text)).iter().map(|service| service.name.clone()).collect()
    }

    #[test]
    fn services_are_named_by_name_keyword_or_telling_word() {
        assert_eq!(names("How much is a roof repair?"), ["Roof repair"]);
        assert_eq!(names("there is a leak"), ["Roof repair"]);
        assert_eq!(names("two roof repairs and gutter cleaning"), ["Gutter cleaning", "Roof repair"]);
        assert_eq!(names("do you do gutters"), ["Gutter cleaning"]);
        assert_eq!(names("I want a replacement"), ["Roof replacement"]);
        assert_eq!(names("something with my roof"), [""; 0]);
        assert_eq!(names(""), [""; 0]);
    }

    #[test]
    fn a_word_of_the_business_or_its_trade_names_no_service() {
        let service =
            |name: &str| Service { name: name.to_owned(), keywords: vec![], ..samples::roofer().services.remove(0) };
        let (name, industry) = ("Juniper Hair Studio".to_owned(), "hair salon".to_owned());
        let services = ["Men's cut", "Balayage", "Bridal and event hair"].map(service).to_vec();
        let tenant = Tenant { name, industry, services, ..samples::roofer() };
        let named = |text: &str| named(&tenant, &Words::new(text)).iter().map(|s| s.name.clone()).collect::<Vec<_>>();
        assert_eq!(named("please book a hair appointment at three"), [""; 0]);
        assert_eq!(named("is the hair stylist unisex?"), [""; 0]);
        assert_eq!(named("hair for a bridal party"), ["Bridal and event hair"]);
    }

    #[test]
    fn prices_are_written_as_each_language_writes_them() {
        let priced = |from_cents, to_cents| Service {
            price: Some(Price { from_cents, to_cents }),
            ..samples::roofer().services.remove(0)
        };
        let say = |service: &Service, language: &str, currency: &str, region: &str| {
            let tenant = Tenant { currency: currency.to_owned(), region: region.to_owned(), ..samples::roofer() };
            price(service, &Locale::new(&tenant, &Language::new(language).unwrap()))
        };
        let name = &samples::roofer().services[0].name;
        assert_eq!(say(&priced(125_000, Some(125_000)), "en", "USD", "US"), format!("{name} costs $1,250."));
        assert_eq!(say(&priced(0, Some(0)), "en", "USD", "US"), format!("{name} is free of charge."));
        assert_eq!(say(&priced(8_950, None), "en", "USD", "US"), format!("{name} starts at $89.50."));
        assert_eq!(say(&priced(125_000, None), "es", "EUR", "ES"), format!("{name} cuesta desde 1.250 €."));
        assert_eq!(say(&priced(125_000, None), "es", "USD", "US"), format!("{name} cuesta desde $1,250."));
        assert_eq!(say(&priced(125_000, None), "pt", "BRL", "BR"), format!("{name} custa a partir de R$ 1.250."));
        assert_eq!(
            say(&priced(125_000, Some(250_000)), "de", "EUR", "DE"),
            format!("{name} kostet in der Regel zwischen 1.250 € und 2.500 €.")
        );
        assert_eq!(say(&priced(125_050, None), "fr", "EUR", "FR"), format!("{name} : à partir de 1\u{a0}250,50 €."));
    }

    #[test]
    fn a_service_without_a_price_is_quoted_by_a_person() {
        let tenant = samples::roofer();
        let service = Service { price: None, ..tenant.services[0].clone() };
        let said = price(&service, &Locale::new(&tenant, &Language::english()));
        assert!(said.contains("quote"), "{said}");
    }
}
