//! From a text to its wishes, in the language given first and then in the others.

use std::cell::OnceCell;

use crate::grammar::Parser;
use crate::tokens::{self, Token};
use crate::wish::{Choice, Named, Time, Wish};
use crate::{Language, Today, lexicon};

/// How many bytes may stand between two halves of one wish in two languages: "tomorrow a las 3".
const MAX_GAP_BYTES: usize = 6;
/// How many bytes may stand between a day and its hour in one sentence.
const MAX_SENTENCE_GAP: usize = 60;

/// Every wish that `text` names, in its order; empty where it names none.
///
/// The words of `language` are read first. Where they leave a day or an hour open, those of the other languages complete
/// them, if they can hardly mean anything else.
#[must_use]
pub fn read(text: &str, language: Language, today: &Today) -> Vec<Wish> {
    Source::new(text, today).wishes(language)
}

/// How many nights `text` speaks of, and its words for them: "2 nights", "drei Nächte"; where they were asked for, a small number is enough.
/// "A night", as in a price, is none.
#[must_use]
pub fn nights(text: &str, today: &Today, is_asked: bool) -> Option<(u8, String)> {
    let tokens = tokens::read(text);
    let of = |language| Parser::new(text, &tokens, lexicon::of(language), today, true).nights(is_asked);
    Language::ALL.into_iter().find_map(of)
}

/// A text, of which each language's words are looked for once.
pub(crate) struct Source<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    today: &'t Today,
    /// What each language says to a text in another, in the order of [`Language::ALL`].
    foreign: [OnceCell<Vec<Wish>>; Language::ALL.len()],
}

impl<'t> Source<'t> {
    pub(crate) fn new(text: &'t str, today: &'t Today) -> Self {
        Self { text, tokens: tokens::read(text), today, foreign: Default::default() }
    }

    /// See [`read`].
    pub(crate) fn wishes(&self, language: Language) -> Vec<Wish> {
        let own = Parser::new(self.text, &self.tokens, lexicon::of(language), self.today, true);
        let mut wishes = own.wishes();
        for (other, cell) in Language::ALL.into_iter().zip(&self.foreign) {
            if other == language || wishes.iter().any(is_complete) {
                continue;
            }
            let foreign = cell.get_or_init(|| self.foreign(other));
            for wish in foreign.iter().filter(|wish| !own.is_noise(&wish.span)) {
                add(&mut wishes, wish.clone(), self.text);
            }
        }
        wishes.sort_by_key(|wish| wish.span.start);
        joined(wishes, self.text)
    }

    /// What a language surely says that is not that of the text.
    fn foreign(&self, language: Language) -> Vec<Wish> {
        let found = Parser::new(self.text, &self.tokens, lexicon::of(language), self.today, false).wishes();
        found.into_iter().filter(|wish| is_certain(self.text, wish)).collect()
    }
}

/// A day and an hour in one sentence are one wish, with other words between them: "Friday for a haircut, around 3"; and so are a day that
/// does not fit and the one instead of it: "not Friday sorry Saturday".
fn joined(wishes: Vec<Wish>, text: &str) -> Vec<Wish> {
    let mut joined: Vec<Wish> = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let gap = joined.last().and_then(|last| text.get(last.span.end..wish.span.start));
        let is_near = gap.is_some_and(|gap| gap.len() <= MAX_SENTENCE_GAP && !gap.contains(['.', '!', '?', ';', '\n']));
        match joined.last_mut().filter(|last| is_near && (are_halves(last, &wish) || is_instead(last, &wish))) {
            Some(last) => complete(last, wish),
            None => joined.push(wish),
        }
    }
    joined
}

/// One names the day and the other the hour.
fn are_halves(one: &Wish, other: &Wish) -> bool {
    let is_day = |wish: &Wish| wish.day.is_some() && wish.time.is_none() && wish.change.is_none();
    let is_hour = |wish: &Wish| wish.day.is_none() && wish.time.is_some() && wish.change.is_none();
    // "Thursday or Friday for a haircut, whichever is earlier".
    let are_several = one.day.as_ref().is_some_and(|day| day.dates.len() > 1);
    let is_soon = other.soon && other.day.is_none() && other.time.is_none() && other.change.is_none();
    // "Tuesday morning, drop off around 9".
    let is_of_part = || one.day.is_some() && other.day.is_none() && hour_of_part(one.time, other.time).is_some();
    !other.alternative
        && ((is_day(one) && is_hour(other))
            || (is_hour(one) && is_day(other))
            || are_several && is_soon
            || is_of_part())
}

/// One only says which days do not fit, and the other names one that does.
fn is_instead(one: &Wish, other: &Wish) -> bool {
    let is_any = |wish: &Wish| wish.day.as_ref().is_some_and(|day| day.named == Named::Any);
    let only_refuses = is_any(one) && one.has_refused() && one.time.is_none() && !(one.soon || one.any_time);
    only_refuses && !other.alternative && other.change.is_none() && other.day.is_some() && !is_any(other)
}

/// The hour that is in the part of the day that was named before it.
fn hour_of_part(part: Option<Time>, hour: Option<Time>) -> Option<Time> {
    let (Some(Time::Part(part)), Some(Time::At(clock))) = (part, hour) else { return None };
    let exact = clock.in_part(part);
    let (from, to) = part.window();
    (from..to).contains(&exact.minute).then_some(Time::At(exact))
}

/// What `other` says goes into `wish`, which is before it.
fn complete(wish: &mut Wish, other: Wish) {
    wish.day = if is_instead(wish, &other) { other.day } else { wish.day.take().or(other.day) };
    wish.time = hour_of_part(wish.time, other.time).or(wish.time).or(other.time);
    wish.about |= other.about;
    wish.soon |= other.soon;
    wish.any_time |= other.any_time;
    wish.except.extend(other.except);
    // "Any day but Monday. Well, Monday": who names a day takes back that it does not fit.
    let dates = wish.day.iter().flat_map(|day| &day.dates);
    let named: Vec<_> = dates.map(|date| date.weekday()).collect();
    wish.except.retain(|day| !named.contains(day));
    wish.refused.extend(other.refused);
    wish.span.end = other.span.end;
    wish.words.push(' ');
    wish.words.push_str(&other.words);
}

/// The wish of `text` that says most; of equals the last, which corrects those before it, and of choices the first.
///
/// A day and an hour in two sentences are one wish here: "Can I come on Thursday? 3 pm would be great."
#[must_use]
pub fn read_best(text: &str, language: Language, today: &Today) -> Option<Wish> {
    best(read(text, language, today))
}

/// See [`read_best`].
pub(crate) fn best(mut wishes: Vec<Wish>) -> Option<Wish> {
    if let [one, other] = wishes.as_mut_slice()
        && are_halves(one, other)
    {
        let mut whole = std::mem::take(one);
        complete(&mut whole, std::mem::take(other));
        return Some(whole);
    }
    let choices = choices(&wishes);
    let best = wishes.into_iter().max_by_key(|wish| (wish.weight(), !wish.alternative))?;
    Some(Wish { choices, ..best })
}

/// The days of `wishes`, where there are several and an hour was said of one at least.
fn choices(wishes: &[Wish]) -> Vec<Choice> {
    let choice = |wish: &Wish| Some(Choice { date: wish.date()?, time: wish.time });
    let all: Vec<Choice> = wishes.iter().filter_map(choice).collect();
    // "Friday at 9. No, Monday at 10" are none.
    if !wishes.iter().skip(1).all(|wish| wish.alternative) {
        return Vec::new();
    }
    // "Friday at 10 or 11".
    let is_one_day = |pair: &[Choice]| matches!(pair, [one, other] if one.date == other.date && one.time != other.time);
    if all.len() > 1 && all.len() == wishes.len() && all.windows(2).all(is_one_day) {
        return all;
    }
    let differ = all.windows(2).any(|pair| matches!(pair, [one, other] if one.date != other.date));
    if differ && all.iter().any(|choice| choice.time.is_some()) { all } else { Vec::new() }
}

fn is_complete(wish: &Wish) -> bool {
    wish.day.is_some() && wish.time.is_some()
}

/// Words of another language count where they are long enough, or several, and name a day or an hour.
fn is_certain(text: &str, wish: &Wish) -> bool {
    let words = || text.get(wish.span.clone()).unwrap_or_default().split(|c: char| !c.is_alphanumeric());
    let long = words().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 5);
    let several = words().filter(|word| !word.is_empty()).count() >= 3;
    (wish.day.is_some() || wish.time.is_some()) && (long || several)
}

/// A wish in another language completes the one beside it, or stands for itself where nothing was read before.
fn add(wishes: &mut Vec<Wish>, foreign: Wish, text: &str) {
    let overlaps = |wish: &Wish| wish.span.start < foreign.span.end && foreign.span.start < wish.span.end;
    if let Some(wish) = wishes.iter_mut().find(|wish| overlaps(wish)) {
        // It says all that was read before, and more.
        let says_all = (wish.day.is_none() || foreign.day.is_some()) && (wish.time.is_none() || foreign.time.is_some());
        let says_more =
            (wish.day.is_none() && foreign.day.is_some()) || (wish.time.is_none() && foreign.time.is_some());
        // "Más tarde" is later, and has an afternoon in it for whoever reads Portuguese.
        let is_part = wish.span.start <= foreign.span.start
            && foreign.span.end <= wish.span.end
            && foreign.span.len() < wish.span.len();
        if says_all && says_more && !is_part {
            *wish = foreign;
        }
        return;
    }
    let is_beside = |wish: &Wish| {
        let gap = if wish.span.end <= foreign.span.start {
            wish.span.end..foreign.span.start
        } else {
            foreign.span.end..wish.span.start
        };
        gap.len() <= MAX_GAP_BYTES && text.get(gap).is_some_and(|gap| !gap.contains(['.', '!', '?', ';', '\n']))
    };
    let completes =
        |wish: &Wish| (wish.day.is_none() || foreign.day.is_none()) && (wish.time.is_none() || foreign.time.is_none());
    if let Some(wish) = wishes.iter_mut().find(|wish| is_beside(wish) && completes(wish)) {
        wish.day = wish.day.take().or(foreign.day);
        wish.time = wish.time.or(foreign.time);
        wish.about |= foreign.about;
        wish.span = wish.span.start.min(foreign.span.start)..wish.span.end.max(foreign.span.end);
        wish.words = tokens::tidy(text.get(wish.span.clone()).unwrap_or_default());
        return;
    }
    wishes.push(foreign);
}

/// Whether a word is the name of a weekday, in whatever language.
#[must_use]
pub fn is_weekday(word: &str) -> bool {
    let tokens = tokens::read(word);
    let [token] = tokens.as_slice() else { return false };
    let is_day = |atom| matches!(atom, lexicon::Atom::Weekday(_) | lexicon::Atom::WeekdayHere(_));
    token
        .word()
        .is_some_and(|word| Language::ALL.into_iter().any(|language| lexicon::of(language).meanings(word).any(is_day)))
}
