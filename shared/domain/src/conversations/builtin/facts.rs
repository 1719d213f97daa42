//! The answers to questions about the business, from the tenant's own data.

use ::language::{Intent, Intents, languages_named};
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use super::Turn;
use super::days::{self, AskedDay};
use super::follow_up;
use super::heard::{Heard, Topic};
use super::locale::{Locale, closing_time};
use super::reading::Reading;
use super::service;
use super::tokens::tidy;
use super::{phrases, vocabulary};
use crate::conversations::{Question, faqs, language, wishes};
use crate::leads::GivenDetails;
use crate::tenancy::{Deposit, Faq, Service};
use ::language::Words;

/// A question of fewer words goes with another: "is that ok?"
const MIN_QUESTION_WORDS: usize = 4;
/// The longest address or site shown, in characters.
const MAX_LINE_CHARS: usize = 160;
/// The longest answer to a frequent question, in characters.
const MAX_ANSWER_CHARS: usize = 1_000;
/// Days that differ are told beside the week when they come within so many days, and so many of them.
const SOON_DAYS: usize = 14;
const MAX_SPECIALS: usize = 2;
/// The longest name of such a day, in characters.
const MAX_NAME_CHARS: usize = 60;
/// Words between a price and what has it, folded.
const LINKS: [&str; 9] = ["for", "to", "of", "por", "para", "pra", "pour", "fur", "um"];
/// Words for what is charged besides a price, folded.
const FEES: [&str; 14] = [
    "fee",
    "fees",
    "charge",
    "charged",
    "charges",
    "comision",
    "cargo",
    "recargo",
    "frais",
    "commission",
    "gebuhr",
    "gebuhren",
    "taxa",
    "tarifa",
];
/// What is counted besides nights, folded, in five languages; "both" of one thing.
const COUNTED: [&str; 36] = [
    "people",
    "persons",
    "guests",
    "adults",
    "rooms",
    "cars",
    "trucks",
    "vehicles",
    "kids",
    "both my",
    "both rooms",
    "both cars",
    "personas",
    "adultos",
    "habitaciones",
    "coches",
    "carros",
    "los dos coches",
    "personnes",
    "adultes",
    "chambres",
    "voitures",
    "personen",
    "leute",
    "zimmer",
    "autos",
    "pessoas",
    "quartos",
    "us two",
    "two rooms",
    "two of us",
    "two people",
    "two cars",
    "three people",
    "four people",
    "each of us",
];
/// A shorter word names nothing.
const MIN_TELLING_CHARS: usize = 4;
/// So many of such words beside a price say that it is of something else than our services.
const MIN_TELLING_WORDS: usize = 2;
/// A message of so many words may ask for a price without any sign of a question.
const MAX_PRICE_WORDS: usize = 4;

/// A message of so many words asks how long something takes without any sign of a question.
const MAX_UNMARKED_WORDS: usize = 7;

/// What is answered to a message.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) lines: Vec<String>,
    /// They ask something besides that the business's data does not answer.
    pub(super) is_lacking: bool,
    /// Nothing is told but that a service can be had.
    pub(super) only_offers: bool,
}

/// Answers to everything that `reading` asks, always in this order: hours, address, number, site, a frequent question,
/// services, prices, how long it takes, what is paid ahead.
/// `said`: what the reply says already.
pub(super) fn answers(
    turn: &Turn<'_>,
    reading: &Reading<'_>,
    locale: &Locale<'_>,
    said: &str,
    now: Timestamp,
) -> Facts {
    if says_who(turn, reading) {
        return Facts::default();
    }
    let heard = &reading.heard;
    let mut lines = Vec::new();
    let mut only_offers = false;
    if heard.has(Topic::Hours) {
        lines.extend(hours(turn, reading, locale, now));
    }
    lines.extend(contact(reading, locale));
    let topics = topics(reading);
    let faqs = faqs_asked(turn, reading);
    let faq = faqs.iter().map(|faq| answer(faq, locale));
    // Who was just told that, and asks for a price now, is not told again.
    let is_said = |answer: &String| asks_price(reading) && turn.last_reply().is_some_and(|line| line.contains(answer));
    lines.extend(faq.filter(|answer| !is_said(answer)));
    let details = details(turn, reading, locale, &topics);
    let is_lacking =
        // "Is the deposit refundable?" asks more than how much it is.
        !topics.is_empty() && (details.is_empty() || topics.contains(&Intent::Policy)) && reading.faq.is_none()
            || leaves_question(turn, reading);
    // A list of prices says nothing to somebody who names a time.
    let can_price = reading.requested_time.is_none() || !follow_up::spoken_of(turn, &reading.services).is_empty();
    let is_fee = asks_price(reading) && asks_fee(turn, reading, &Words::new(turn.content.text()));
    // What a visit costs is no price of the work.
    let is_of_visit = reading.intents.has(Intent::CallFee) && (reading.services.is_empty() || reading.faq.is_some());
    if can_price && asks_price(reading) && !is_fee && !is_of_visit {
        // "Ouch, expensive" asks for no price again.
        let is_told = |line: &String| !asks(reading) && turn.last_reply().is_some_and(|told| told.contains(line));
        lines.extend(prices(turn, reading, locale).into_iter().filter(|line| !is_told(line)));
    } else if topics.is_empty() {
        // "It is for: Oil change" says that it can be had.
        let are_said = !reading.services.is_empty() && reading.services.iter().all(|one| said.contains(&one.name));
        let offer = services(turn, reading, locale).filter(|_| !are_said);
        only_offers = lines.is_empty() && details.is_empty() && offer.is_some();
        lines.extend(offer);
    }
    lines.extend(details);
    Facts { lines, is_lacking: is_lacking || is_fee || asks_price_of_more(turn, reading), only_offers }
}

/// The frequent questions that the message asks: of several questions in one message each its own.
fn faqs_asked<'t>(turn: &Turn<'t>, reading: &Reading<'t>) -> Vec<&'t Faq> {
    let questions = questions(turn.content.text());
    let mut found: Vec<&Faq> = reading.faq.into_iter().collect();
    for faq in
        questions.iter().filter(|_| questions.len() > 1).filter_map(|question| faqs::asked(turn.tenant, question))
    {
        if !found.iter().any(|known| known.answer == faq.answer) {
            found.push(faq);
        }
    }
    found
}

/// The answer to a frequent question; where the business wrote it in another language than the customer's, as a quote of which that is
/// said.
fn answer(faq: &Faq, locale: &Locale<'_>) -> String {
    let (words, phrases) = (tidy(&faq.answer, MAX_ANSWER_CHARS), locale.phrases);
    let detected = language::detect(&format!("{} {words}", faq.question));
    let written = detected.language.filter(|_| detected.reliable).unwrap_or_else(|| locale.tenant.language.clone());
    if written == locale.language() {
        return words;
    }
    format!("{} {}", (phrases.quote)(phrases.from_answers, &words), (phrases.quote_is_in)(written.as_str()))
}

/// The parts of `text` that end in a question mark.
fn questions(text: &str) -> Vec<&str> {
    text.split_inclusive(['?', '？']).filter(|part| part.ends_with(['?', '？'])).collect()
}

/// Whether one of several questions is about nothing that the business's data answers: "can I bring my dog? and is breakfast
/// included?"
fn leaves_question(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let text = turn.content.text();
    let questions = questions(text);
    let says_when = |question: &str| reading.when.is_some_and(|when| question.contains(&when.words));
    let is_open = |question: &&str| {
        let heard = Heard::new(question, &Words::new(question));
        heard.substance >= MIN_QUESTION_WORDS
            && !heard.wants_something()
            && !says_when(question)
            && Intents::read(question).iter().all(|intent| intent == Intent::FollowUp)
            && faqs::asked(turn.tenant, question).is_none()
            && service::meant(turn.tenant, question, &Words::new(question)).is_empty()
    };
    // "I need an oil change, do you have the filter for a Civic?"
    let last = || text.trim_end().strip_suffix('?')?.rsplit_once([',', '.', '!', ';']).map(|(_, clause)| clause);
    let names_more = || !reading.services.is_empty() || reading.requested_time.is_some();
    let ends_in_one = || last().is_some_and(|clause| Intents::read(clause).is_question() && is_open(&clause));
    reading.faq.is_some() && questions.len() > 1 && questions.iter().any(is_open)
        || reading.faq.is_none() && names_more() && ends_in_one()
}

/// Whether the message only tells who they are and how they can be reached, as we asked: Owen Price asks for no price.
pub(super) fn says_who(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let is_asked = matches!(turn.asked(), Some(Question::Contact | Question::Name));
    is_asked && !asks(reading) && reading.given != GivenDetails::default()
}

/// Whether the message asks something, marked or not.
pub(super) fn asks(reading: &Reading<'_>) -> bool {
    reading.heard.is_question || reading.intents.is_question()
}

/// Whether it asks what something costs.
pub(super) fn asks_price(reading: &Reading<'_>) -> bool {
    let is_short = reading.heard.substance <= MAX_PRICE_WORDS;
    // "Combien de temps ?"
    let is_length = reading.intents.has(Intent::Duration) && !reading.intents.has(Intent::Price);
    // "Until when can I cancel for free?", and not "how much is it, and what is your cancellation policy?"
    let is_of_terms = [Intent::Policy, Intent::Discount].iter().any(|topic| reading.intents.has(*topic));
    // "I want it fixed for free" is a demand.
    let is_demand = reading.heard.is_free_wanted && !asks(reading);
    if (is_of_terms || is_demand) && !reading.heard.asks_how_much {
        return false;
    }
    (reading.heard.has(Topic::Price) && !is_length)
        || (reading.intents.has(Intent::Price) && (is_short || asks(reading)))
}

/// Whether it asks for the price of something that is no service we know: "how much for a vinyl wrap", of what was just said not
/// to be on the list, or whether something is free.
pub(super) fn asks_price_of_unknown(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let words = Words::new(turn.content.text());
    if asks_price(reading) && asks_fee(turn, reading, &words) {
        return true;
    }
    if !asks_price(reading) || !follow_up::spoken_of(turn, &reading.services).is_empty() {
        return false;
    }
    if !asks(reading)
        && asks_only_price(reading)
        && reading.heard.substance > MAX_PRICE_WORDS
        && words.iter().any(is_telling)
    {
        return true;
    }
    let asked_team = |phrases: &phrases::Phrases| [phrases.not_listed, phrases.ask_the_team];
    let was_asked = |line: &str| phrases::ALL.into_iter().flat_map(asked_team).any(|words| line.contains(words));
    if turn.last_reply().is_some_and(was_asked) || reading.heard.is_free_wanted {
        return true;
    }
    (asks_only_price(reading) && words.iter().filter(|word| is_telling(word)).count() >= MIN_TELLING_WORDS)
        || words.iter().skip_while(|word| !LINKS.contains(word)).skip(1).any(is_telling)
}

/// Whether it asks for a price, and the services that are spoken of have none in the catalogue, or none is spoken of.
pub(super) fn asks_price_without_one(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let is_priced = || follow_up::spoken_of(turn, &reading.services).iter().any(|service| service.price.is_some());
    asks_price(reading) && reading.faq.is_none() && reading.requested_time.is_none() && !is_priced()
}

/// Whether it asks for the price of what was spoken of, and of more than that: "how much would it be for a van with a lift?"
fn asks_price_of_more(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let words = Words::new(turn.content.text());
    let telling = words.iter().filter(|word| is_telling(word) && !FEES.contains(word)).count();
    // "Is there a late fee?" asks for no price of a service.
    let is_fee = telling > 0 && words.iter().any(|word| FEES.contains(&word));
    let is_more = telling > MIN_TELLING_WORDS || is_fee;
    asks_price(reading) && asks_only_price(reading) && reading.services.is_empty() && is_more
}

/// Whether it asks what is charged for coming, or, where a change of an appointment was spoken of, for that: no price of a service.
fn asks_fee(turn: &Turn<'_>, reading: &Reading<'_>, words: &Words) -> bool {
    let of_changes = phrases::ALL.into_iter().flat_map(phrases::Phrases::of_changes);
    let is_of_change = || turn.has_said_any(&of_changes.collect::<Vec<_>>());
    let is_named = |word: &str| FEES.contains(&word) && !word.starts_with("charge");
    let is_fee = words.iter().any(is_named) && is_of_change() || reading.intents.has(Intent::CallFee);
    is_fee && reading.services.is_empty() && reading.faq.is_none()
}

/// Whether it asks for nothing else that the business's data answers.
fn asks_only_price(reading: &Reading<'_>) -> bool {
    use Topic::{Address, Booking, Hours, Phone, Services, Website};
    let is_other = [Hours, Address, Phone, Website, Services, Booking].iter().any(|topic| reading.heard.has(*topic));
    !is_other && reading.faq.is_none() && reading.requested_time.is_none()
}

/// Whether it asks for something that is no service we know: "do you offer acupuncture?", and not "what do you offer?".
pub(super) fn asks_for_unknown(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let names_none = reading.services.is_empty() && !reading.intents.asks_to_know();
    names_none && Words::new(turn.content.text()).iter().any(is_telling)
}

/// Whether `word` names a thing, as far as can be told.
pub(super) fn is_telling(word: &str) -> bool {
    word.chars().count() >= MIN_TELLING_CHARS && !language::is_common(word) && !vocabulary::is_of_talk(word)
}

/// The things besides prices, hours and places that it asks about.
fn topics(reading: &Reading<'_>) -> Vec<Intent> {
    // "Et ça prend combien de temps", with no mark.
    let is_short = reading.heard.substance <= MAX_UNMARKED_WORDS;
    let is_asked = |topic: &Intent| asks(reading) || (*topic == Intent::Duration && is_short);
    faqs::TOPICS.into_iter().filter(|topic| is_asked(topic) && reading.intents.has(*topic)).collect()
}

/// How long the services that are spoken of take, what is paid ahead for them, and which languages we read, as asked. A frequent question's answer goes
/// before.
fn details(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>, topics: &[Intent]) -> Vec<String> {
    if reading.faq.is_some() {
        return Vec::new();
    }
    let mut spoken_of = follow_up::spoken_of(turn, &reading.services);
    if reading.intents.has(Intent::Total) {
        // "How long for both?"
        spoken_of = wanted_with(turn, reading, &spoken_of).into_iter().map(|(service, _)| service).collect();
    }
    let name = |service: &Service| tidy(&service.name, service::MAX_NAME_CHARS);
    let takes = |service: &&Service| {
        let minutes = service.duration_minutes?;
        Some((locale.phrases.takes)(&name(service), &locale.phrases.minutes(minutes)))
    };
    let deposit = |service: &&Service| {
        let sum = match service.deposit? {
            Deposit::Cents(cents) => locale.money(cents),
            Deposit::Percent(percent) => format!("{percent}%"),
        };
        Some((locale.phrases.deposit)(&name(service), &sum))
    };
    let languages = reading.intents.has(Intent::Languages).then(|| spoken(turn, locale)).flatten();
    let durations = spoken_of.iter().filter(|_| topics.contains(&Intent::Duration)).filter_map(takes);
    let deposits = spoken_of.iter().filter(|_| topics.contains(&Intent::Deposit)).filter_map(deposit);
    languages.into_iter().chain(durations).chain(deposits).collect()
}

/// What the business itself says of languages; else that they can write in those that they ask about.
fn spoken(turn: &Turn<'_>, locale: &Locale<'_>) -> Option<String> {
    let phrases = locale.phrases;
    let tells = |faq: &&Faq| Intents::read(&faq.question).has(Intent::Languages);
    if let Some(faq) = turn.tenant.faqs.iter().find(tells) {
        return Some(answer(faq, locale));
    }
    let asked = languages_named(&Words::new(turn.content.text()));
    let names = ["en", "es", "fr", "de", "pt"].iter().zip(phrases.languages);
    let names: Vec<&str> = names.filter(|(code, _)| asked.contains(code)).map(|(_, name)| name).collect();
    service::listed(&names, phrases.and).map(|names| (phrases.speaks)(&names))
}

/// Whether it asks how long something takes, what is paid ahead or which languages we read, and the data says so.
pub(super) fn tells_more(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>) -> bool {
    !details(turn, reading, locale, &topics(reading)).is_empty()
}

/// Who answers when: open, shortly; else at the next opening.
pub(super) fn contact_time(locale: &Locale<'_>, now: Timestamp) -> String {
    let zone = locale.tenant.time_zone();
    let hours = &locale.tenant.hours;
    if hours.is_open_at(now, &zone) {
        return locale.phrases.contact_shortly.to_owned();
    }
    match hours.next_opening(now, &zone) {
        Some(at) => (locale.phrases.contact_when_open)(&locale.moment(at, &now.to_zoned(zone))),
        None => locale.phrases.contact_soon.to_owned(),
    }
}

/// The hours of one day, in a sentence.
pub(super) fn hours_of(date: Date, locale: &Locale<'_>, now: Timestamp) -> String {
    let today = now.to_zoned(locale.tenant.time_zone()).date();
    day(AskedDay { date, by_name: false, day: None }, today, locale)
}

/// For a day that was named, its hours; else whether it is open now, and the week unless only "now" was asked.
fn hours(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>, now: Timestamp) -> Vec<String> {
    let phrases = locale.phrases;
    let zone = locale.tenant.time_zone();
    let Some(opening) = locale.tenant.hours.next_opening(now, &zone) else {
        return vec![phrases.by_appointment.to_owned()];
    };
    let local = now.to_zoned(zone);
    let (text, tenant, today) = (turn.content.text(), locale.tenant, local.date());
    match days::asked(text, reading, &tenant.hours, &tenant.region, &turn.route.language, today) {
        Some(asked) if asked.date == today => vec![day(asked, today, locale), status(opening, &local, locale)],
        Some(asked) => vec![day(asked, today, locale)],
        None if reading.heard.has(Topic::OpenNow) => vec![status(opening, &local, locale)],
        None => {
            let soon = tenant.hours.specials(today, SOON_DAYS).take(MAX_SPECIALS);
            let soon = soon.map(|(date, ..)| day(AskedDay { date, by_name: false, day: None }, today, locale));
            let week = [status(opening, &local, locale), (phrases.weekly)(&locale.week())];
            week.into_iter().chain(soon).collect()
        }
    }
}

fn status(opening: Timestamp, now: &Zoned, locale: &Locale<'_>) -> String {
    if opening > now.timestamp() {
        return (locale.phrases.closed_until)(&locale.moment(opening, now));
    }
    match closing_time(locale.tenant, now) {
        Some(time) => (locale.phrases.open_until)(&locale.clock(time)),
        None => locale.phrases.open_now.to_owned(),
    }
}

/// The hours of one day. Of a holiday for which nothing is noted nobody can tell: a business that is open on it says so.
fn day(asked: AskedDay, today: Date, locale: &Locale<'_>) -> String {
    let special = locale.tenant.hours.special_on(asked.date);
    let day = asked.day.map_or_else(|| locale.date(asked.date, today), |day| locale.day(day).to_owned());
    let day = special.map_or(day.clone(), |(name, _)| format!("{day} ({})", tidy(name, MAX_NAME_CHARS)));
    match locale.tenant.hours.spans_on(asked.date) {
        [] => (locale.phrases.closed_on)(&day),
        _ if special.is_none() && (asked.by_name || days::is_holiday(asked.date, &locale.tenant.region)) => {
            (locale.phrases.holiday_not_noted)(&day)
        }
        [span] if span.open == span.close => (locale.phrases.open_all_on)(&day),
        spans => (locale.phrases.open_on)(&day, &locale.spans(spans)),
    }
}

/// Address, number and site, as asked. What the tenant did not give is answered once, with "here".
fn contact(reading: &Reading<'_>, locale: &Locale<'_>) -> Vec<String> {
    let (business, phrases) = (&locale.tenant.business, locale.phrases);
    let line = |text: &str| tidy(text, MAX_LINE_CHARS);
    let asked = [
        (Topic::Address, business.address.as_deref().map(|address| (phrases.address)(&line(address)))),
        (Topic::Phone, business.phone.as_ref().map(|phone| (phrases.phone)(phone.as_str()))),
        (Topic::Website, business.website.as_deref().map(|site| (phrases.website)(&line(site)))),
    ];
    let asked: Vec<_> =
        asked.into_iter().filter(|(topic, _)| reading.heard.has(*topic)).map(|(_, answer)| answer).collect();
    let unknown = asked.iter().any(Option::is_none).then(|| phrases.reach_us_here.to_owned());
    asked.into_iter().flatten().chain(unknown).collect()
}

/// Prices of the services that are spoken of, else of the first few.
fn prices(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>) -> Vec<String> {
    let spoken_of = follow_up::spoken_of(turn, &reading.services);
    if spoken_of.is_empty() {
        return vec![service::prices(locale)];
    }
    let wanted = || wanted_with(turn, reading, &spoken_of);
    if reading.intents.has(Intent::Total) && !counts_others(turn, reading) {
        let wanted = wanted();
        // What a dinner costs depends on how many come.
        let is_plain = !wishes::is_lodging(turn.tenant) || wanted.iter().all(|(one, _)| service::offer(one).is_bed());
        if let Some(total) = is_plain.then(|| service::total(&wanted, locale)).flatten() {
            return vec![total];
        }
    }
    spoken_of.into_iter().map(|service| service::price(service, locale)).collect()
}

/// Whether the message counts something else than nights: people, rooms, cars. What that costs is not known.
fn counts_others(turn: &Turn<'_>, reading: &Reading<'_>) -> bool {
    let words = Words::new(turn.content.text());
    let nights = reading.wish.and_then(|wish| wish.nights);
    let is_other = |word: &str| word.parse::<u8>().is_ok_and(|count| Some(count) != nights && count > 1);
    words.contains_any(&COUNTED) || words.iter().any(is_other)
}

/// These services and those of the lead, each once; a bed for every night.
fn wanted_with<'t>(turn: &Turn<'t>, reading: &Reading<'_>, named: &[&'t Service]) -> Vec<(&'t Service, u64)> {
    let known: Vec<&str> = turn.lead.map(|lead| lead.qualification.services().collect()).unwrap_or_default();
    let is_meant = |one: &&Service| known.contains(&one.name.as_str()) || named.iter().any(|other| other.id == one.id);
    let nights = reading.wish.and_then(|wish| wish.nights).map_or(1, u64::from);
    let times = |service: &Service| if service::offer(service).is_bed() { nights } else { 1 };
    turn.tenant.services.iter().filter(is_meant).map(|service| (service, times(service))).collect()
}

/// That services named for the first time can be had; the list of all where it was asked for.
fn services(turn: &Turn<'_>, reading: &Reading<'_>, locale: &Locale<'_>) -> Option<String> {
    let known: Vec<&str> = turn.lead.map(|lead| lead.qualification.services().collect()).unwrap_or_default();
    let asked = reading.heard.has(Topic::Services);
    let names: Vec<&str> = reading.services.iter().map(|service| service.name.as_str()).collect();
    let new: Vec<&str> = names.into_iter().filter(|name| asked || !known.contains(name)).collect();
    if let Some(list) = service::listed(&new, locale.phrases.and) {
        return Some((locale.phrases.we_do)(&list));
    }
    (asked && reading.services.is_empty() && reading.faq.is_none()).then(|| service::list(locale)).flatten()
}
