//! Once a time is known, only a wish moves it: a clause of the time and of nothing else, or one that says that it changes. "My train is
//! at 12" and "call me after 5" are remarks, which staff read.

use std::borrow::Cow;

use ::language::{Intent, Intents, OfAppointment, Words};
use dates::{Named, Part, Time, Wish};
use jiff::civil::Date;

use super::{Conversation, Question, is_lodging};
use crate::conversations::builtin;
use crate::tenancy::Tenant;

/// So many words say an hour and nothing else: "sorry, can we make it 10 please".
const MAX_WORDS: usize = 8;
/// Words with which something is wished for, folded: "my tooth hurts, Friday please".
const WANTS: [&str; 55] = [
    "need",
    "needs",
    "want",
    "wants",
    "wanna",
    "would",
    "please",
    "pls",
    "plz",
    "looking",
    "hoping",
    "like",
    "help",
    "necesito",
    "quiero",
    "quisiera",
    "quiere",
    "puede",
    "pueden",
    "por favor",
    "besoin",
    "veux",
    "voudrais",
    "peut",
    "pouvez",
    "svp",
    "plait",
    "brauche",
    "brauchen",
    "mochte",
    "ich will",
    "will ich",
    "er will",
    "sie will",
    "kann",
    "konnen",
    "bitte",
    "preciso",
    "quero",
    "gostaria",
    "pode",
    "can",
    "free",
    "works",
    "fine",
    "come",
    "viene bien",
    "puedo",
    "passt",
    "geht",
    "ginge",
    "ca me va",
    "da para",
    "posso",
    "je peux",
];
/// Words before a day on which something happened, folded.
const BEFORE_TOLD: [&str; 14] =
    ["on", "since", "last", "desde", "pasado", "el", "depuis", "le", "dernier", "am", "seit", "letzten", "na", "no"];
/// A number to dial has so many figures.
const MIN_DIGITS: usize = 7;
/// Words that say no at the beginning of a correction, folded.
const NO: [&str; 7] = ["no", "nope", "nah", "non", "nein", "nee", "nao"];
/// Words behind which the reason stands, or what follows from it, where no comma does.
const REASONS: [&str; 13] =
    ["so", "also", "because", "cause", "cuz", "porque", "que", "parce", "donc", "weil", "denn", "pois", "entonces"];

/// Between two things that are both said, folded.
const ANDS: [&str; 5] = ["and", "y", "et", "und", "e"];

/// `text` without the clauses that `read` finds a time in and that wish for none: while a time is arranged or booked on `thread` and
/// no one asked for one, and where they tell what has been the matter.
pub(super) fn left_out<'t>(
    tenant: &Tenant,
    text: &'t str,
    thread: Option<&Conversation>,
    today: Date,
    read: impl Fn(&str) -> Option<Wish>,
) -> Cow<'t, str> {
    let is_known = is_known(tenant, thread);
    if !is_known && is_lodging(tenant) {
        return Cow::Borrowed(text);
    }
    let before = thread.and_then(|thread| thread.wish.as_ref());
    let asks_who = thread.is_some_and(|thread| matches!(thread.asked, Some(Question::Contact | Question::Name)));
    let asks_when = thread.is_some_and(|thread| matches!(thread.asked, Some(Question::Day | Question::BookingTime)));
    let all: Vec<&str> = builtin::clauses(text).flat_map(|clause| reasons_apart(tenant, clause)).collect();
    // "We leave Friday at 9" tells when, where it was asked and nothing else does.
    let is_only = || asks_when && all.iter().filter(|clause| read(clause).is_some()).count() == 1;
    let is_remark = |clause: &str| {
        let Some(wish) = read(clause) else { return false };
        if is_of_their_life(tenant, clause) {
            return !is_only();
        }
        if !is_known {
            return is_symptom(tenant, clause, &wish, today);
        }
        let clause = if asks_who && wish.time.is_some() { without_names(clause) } else { Cow::Borrowed(clause) };
        !is_wished_in(tenant, &clause, &wish) && !before.is_some_and(|before| narrows(&wish, before))
    };
    let kept: Vec<&str> = all.iter().copied().filter(|clause| !is_remark(clause)).collect();
    if kept.len() == all.len() { Cow::Borrowed(text) } else { Cow::Owned(kept.concat()) }
}

/// Whether `clause` tells what has been the matter, and wishes for nothing: "my car won't start this morning", "shingles blew off on
/// Monday night". A day with nothing before it is a wish: "broken tooth, Thursday".
fn is_symptom(tenant: &Tenant, clause: &str, wish: &Wish, today: Date) -> bool {
    let is_loose = matches!(wish.time, None | Some(Time::Part(_))) && !wish.soon;
    let before = clause.split(&wish.words).next().unwrap_or_default();
    let is_told_of = Words::new(before).iter().next_back().is_some_and(|word| BEFORE_TOLD.contains(&word));
    let is_weekday = wish.day.as_ref().is_some_and(|day| day.named == Named::Weekday && day.dates.len() == 1);
    let is_past = is_weekday && (is_told_of || wish.time == Some(Time::Part(Part::Night)));
    let is_of_now = wish.date() == Some(today) && wish.time.is_some();
    is_loose && (is_past || is_of_now) && !asks(clause) && builtin::tells_symptom(tenant, clause)
}

/// Whether `clause` tells what happens at its writer's, and wishes for nothing: "we have a party on Sunday".
fn is_of_their_life(tenant: &Tenant, clause: &str) -> bool {
    OfAppointment::Happens.is_in(clause) && !asks(clause) && !builtin::names_service(tenant, clause)
}

/// Whether `clause` asks for anything.
fn asks(clause: &str) -> bool {
    let intents = Intents::read(clause);
    let wishes = [Intent::Book, Intent::Availability].iter().any(|wish| intents.has(*wish)) || intents.is_question();
    wishes || Words::new(clause).contains_any(&WANTS)
}

/// Whether `text` can be a bare hour or day in place of the one on `thread`: "11", "no 11", "830 is better".
pub(super) fn is_bare(tenant: &Tenant, text: &str, thread: Option<&Conversation>) -> bool {
    let is_asked_else = |thread: &Conversation| matches!(thread.asked, Some(Question::Location | Question::Intake(_)));
    is_known(tenant, thread)
        && !thread.is_some_and(is_asked_else)
        && Words::new(text).len() <= MAX_WORDS
        && OfAppointment::is_all_of(text)
}

/// The one figure of `text` that may be an hour: "4" of "could we say 4 instead?"
pub(super) fn figure(text: &str) -> Option<&str> {
    let mut found = text.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_digit()));
    let only = found.next().filter(|_| found.next().is_none())?;
    Some(only.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether `text` is one question for a price, and ends with a number of things: "how much for all 4?"
pub(super) fn prices_a_count(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['?', '.', '!', ' ']);
    let last = text.rsplit(' ').next().unwrap_or_default();
    let is_number = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    is_number && !text.contains([',', ';', '.', '?', '!', ':']) && builtin::asks_for_price(text)
}

/// What stands behind a "no" that begins `text`, with no comma between, where `read` finds in it another day or hour than that of
/// `before` and nothing else: "no saturday", of a visit on Friday, refuses no Saturday.
pub(super) fn behind_no<'t>(text: &'t str, before: &Wish, read: impl Fn(&str) -> Option<Wish>) -> Option<&'t str> {
    let (first, rest) = text.trim_start().split_once(char::is_whitespace)?;
    let is_no = NO.contains(&&*first.to_lowercase().replace('ã', "a"));
    let other = read(rest).filter(|other| is_no && is_other(other, before))?;
    is_plain(rest, &other).then_some(rest)
}

/// Whether `said` is an hour other than `agreed`, and so near to it that who will be there then comes for the same visit.
pub(super) fn is_near(said: Option<Time>, agreed: jiff::civil::Time) -> bool {
    const HALF_A_DAY: i32 = 12 * 60;
    const EARLIER: i32 = 30;
    const LATER: i32 = 60;
    let Some(Time::At(clock)) = said else { return false };
    let apart = i32::from(clock.minute) - i32::from(agreed.hour()) * 60 - i32::from(agreed.minute());
    let is_near = |apart: i32| apart != 0 && (-EARLIER..=LATER).contains(&apart);
    is_near(apart) || clock.either && is_near(apart + HALF_A_DAY)
}

/// Whether `later` names a day or an hour other than those of `before`.
fn is_other(later: &Wish, before: &Wish) -> bool {
    const HALF_A_DAY: u16 = 12 * 60;
    let is_other_hour = match (later.time, before.time) {
        (Some(Time::At(later)), Some(Time::At(before))) => later.minute % HALF_A_DAY != before.minute % HALF_A_DAY,
        (later, before) => later.is_some() && before.is_some() && later != before,
    };
    match (&later.day, &before.day) {
        (Some(later), Some(before)) => !later.dates.iter().any(|date| before.dates.contains(date)),
        (None, _) => is_other_hour,
        (Some(_), None) => false,
    }
}

/// Whether a day is known on `thread`, or a visit is booked, and the last question was not when.
fn is_known(tenant: &Tenant, thread: Option<&Conversation>) -> bool {
    use Question::{BookingTime, Day, Departure, Hour, Timeline, Waitlist};
    let Some(thread) = thread.filter(|_| !is_lodging(tenant)) else { return false };
    let asks_when = matches!(thread.asked, Some(BookingTime | Timeline | Day | Hour | Departure | Waitlist));
    let has_day = thread.wish.as_ref().is_some_and(|wish| wish.day.is_some());
    (has_day || thread.booked.is_some()) && !asks_when
}

/// Whether `clause`, which says `wish` of when, wishes for it.
fn is_wished_in(tenant: &Tenant, clause: &str, wish: &Wish) -> bool {
    let intents = Intents::read(clause);
    let has = |wishes: [Intent; 2]| wishes.iter().any(|intent| intents.has(*intent));
    let is_of_others = OfAppointment::Others.begins(clause);
    // "Can you see if there is anything at 2:15?", "please book it for three", and neither "the neighbors come over" nor "can my son
    // drop the keys off?"
    let asks_for_it = !is_of_others && has([Intent::Book, Intent::Availability]);
    let changes = asks_for_it
        || has([Intent::Move, Intent::Cancel])
        || [OfAppointment::Instead, OfAppointment::Shift].iter().any(|words| words.is_in(clause))
        || builtin::corrects(clause)
        || wish.change.is_some()
        || wish.has_refused();
    changes || is_plain(clause, wish) || !builtin::services_meant(tenant, clause).is_empty()
}

/// Whether `text`, which says `wish` of when, says nothing else.
pub(in crate::conversations) fn is_plain(text: &str, wish: &Wish) -> bool {
    let (said, words) = (Words::new(&wish.words), Words::new(text));
    let of_time: Vec<&str> = said.iter().collect();
    OfAppointment::is_all_of(&words.iter().filter(|word| !of_time.contains(word)).collect::<Vec<_>>().join(" "))
}

/// Whether `later` says an hour of a day of which none is known: "tomorrow afternoon", then "she has to leave by 4".
fn narrows(later: &Wish, before: &Wish) -> bool {
    let is_its_day = match (&later.day, &before.day) {
        (Some(later), Some(before)) => later.dates.iter().all(|date| before.dates.contains(date)),
        (later, _) => later.is_none(),
    };
    later.time.is_some() && !matches!(before.time, Some(Time::At(_))) && is_its_day
}

/// `clause` without names, where it tells how its writer is reached: "Tuesday at 10 Ana Gil 555 0100". A name alone may be that of a
/// day: Noël, Freitag.
fn without_names(clause: &str) -> Cow<'_, str> {
    let reaches = clause.bytes().filter(u8::is_ascii_digit).count() >= MIN_DIGITS || clause.contains('@');
    let is_name = |word: &str| word.contains('@') || word.starts_with(char::is_uppercase);
    if !reaches {
        return Cow::Borrowed(clause);
    }
    Cow::Owned(clause.split_whitespace().filter(|word| !is_name(word)).collect::<Vec<_>>().join(" "))
}

/// The parts of `clause` before and from the word behind which a reason stands, or a wish beside what happens: "we have a party on
/// Sunday and need the rug cleaned".
fn reasons_apart<'t>(tenant: &Tenant, clause: &'t str) -> Vec<&'t str> {
    let places = |words: &'static [&str]| words.iter().filter_map(|word| clause.find(&format!(" {word} ")));
    let begins_wish = |at: &usize| {
        let (before, behind) = clause.split_at(*at);
        let (told, rest) = if OfAppointment::Happens.is_in(before) { (before, behind) } else { (behind, before) };
        OfAppointment::Happens.is_in(told) && (asks(rest) || builtin::names_service(tenant, rest))
    };
    let found = places(&REASONS).chain(places(&ANDS).filter(begins_wish)).filter(|at| *at > 0).min();
    let parts = found.map(|at| clause.split_at(at));
    parts.map_or_else(|| vec![clause], |(before, behind)| vec![before, behind])
}

#[cfg(test)]
mod tests {
    use super::super::tests::now;
    use super::super::{When, requested};
    use super::*;
    use crate::samples::roofer;
    use crate::tenancy::Language;

    /// The day and the hour after `text`, of a visit that was wished for on Thursday, 3 December, at 3 PM (22:00 in UTC).
    fn after(text: &str, code: &str) -> String {
        let (tenant, language) = (roofer(), Language::new(code).unwrap());
        let mut thread = crate::samples::thread(&tenant);
        thread.asked = Some(Question::Contact);
        thread.wish = When::read(&tenant, "Thursday at 3", &Language::english(), None, &[], &[], now()).wish;
        let when = When::read(&tenant, text, &language, Some(&thread), &[], &[], now());
        let visit = requested(&tenant, &when.wish.unwrap(), now()).unwrap();
        visit.from.map_or_else(String::new, |from| from.to_string().chars().skip(5).take(8).collect())
    }

    #[test]
    fn a_remark_moves_nothing() {
        for (text, code) in [
            ("my flight lands at 1", "en"),
            ("the neighbors come over on Friday", "en"),
            ("I have to be at the bank at 1", "en"),
            ("can my son drop the keys off on Friday?", "en"),
            ("ring me after 1", "en"),
            ("can I pick it up at 5?", "en"),
            ("is someone at the shop at 5?", "en"),
            ("hago un curso a las 11", "es"),
            ("je finis le boulot à 11h", "fr"),
            ("mein Zug geht um 11", "de"),
            ("o meu turno acaba às 11h", "pt"),
            ("Ralf Freitag, 303 555 0142", "de"),
            ("François Noël 303 555 0142", "fr"),
        ] {
            assert_eq!(after(text, code), "12-03T22", "{text}");
        }
    }

    #[test]
    fn what_happens_in_their_life_is_no_wish_and_time_that_they_have_is() {
        let date = |text: &str, code: &str| {
            let said = When::read(&roofer(), text, &Language::new(code).unwrap(), None, &[], &[], now()).said;
            said.and_then(|said| said.date()).map(Date::day)
        };
        for (code, texts, day) in [
            ("en", &["we have a party on sunday", "its snowing friday", "my in-laws arrive thursday"][..], None),
            ("en", &["the inspector comes monday", "it's my mom's birthday friday and the gutters are full"], None),
            ("en", &["we have guests friday and need you thursday", "we leave friday, is thursday ok?"], Some(3)),
            ("en", &["I have time on Friday", "we're free friday"], Some(4)),
            ("es", &["tenemos una fiesta el viernes"], None),
            ("fr", &["mes beaux-parents arrivent jeudi"], None),
            ("de", &["am Freitag kommen unsere Gäste"], None),
            ("pt", &["meus sogros chegam na sexta"], None),
        ] {
            texts.iter().for_each(|text| assert_eq!(date(text, code), day, "{text}"));
        }
    }

    #[test]
    fn an_hour_near_the_agreed_one_is_of_the_same_visit() {
        let at = |minute: u16, either: bool| Some(Time::At(dates::Clock { minute, either }));
        let agreed = jiff::civil::time(15, 0, 0, 0);
        for said in [at(3 * 60 + 15, true), at(2 * 60 + 45, true), at(16 * 60, false)] {
            assert!(is_near(said, agreed), "{said:?}");
        }
        for said in [at(3 * 60, true), at(15 * 60, false), at(3 * 60 + 15, false), at(4 * 60 + 15, true), None] {
            assert!(!is_near(said, agreed), "{said:?}");
        }
    }

    #[test]
    fn a_wish_moves_it_in_few_words_or_many() {
        for (text, code, expected) in [
            ("1", "en", "12-03T20"),
            ("no 1", "en", "12-03T20"),
            ("not 3, 1", "en", "12-03T20"),
            ("not thursday sorry friday", "en", "12-04T22"),
            ("hmm, could we say 1 instead?", "en", "12-03T20"),
            ("no friday please", "en", "12-04T22"),
            ("Friday works better for me", "en", "12-04T22"),
            ("my wife would like to book Friday", "en", "12-04T22"),
            ("my appointment should be on Friday", "en", "12-04T22"),
            ("No, let's do it on 11th of December somewhen about one pm.", "en", "12-11T20"),
            ("Can you see if there is anything at 1?", "en", "12-03T20"),
            ("machen wir es um 11", "de", "12-03T18"),
            ("my son has a game then so make it 11", "en", "12-03T18"),
            ("my flight lands at 1, Friday at 10 then", "en", "12-04T17"),
            ("Friday at 10 Ana Gil 303 555 0142", "en", "12-04T17"),
            ("mejor a las 11", "es", "12-03T18"),
            ("11h ce serait mieux", "fr", "12-03T18"),
            ("dann lieber 11", "de", "12-03T18"),
            ("pode ser às 11?", "pt", "12-03T18"),
        ] {
            assert_eq!(after(text, code), expected, "{text}");
        }
    }
}
