//! What looks like a time and is no wish: what has been, what does not fit, greetings, addresses.

use super::run::{Placed, Run};
use super::{MAX_LINKS, Parser, Piece};
use crate::LastQuestion;
use crate::calendar::{Said, days};
use crate::lexicon::{Atom, ends_sentence};
use crate::resolve::minutes;
use crate::wish::{Part, Time, Wish};

/// What has been is said within so many words before the time.
const BEEN_WITHIN: usize = 3;
/// Behind these, "change" is what someone does, and no oil change.
const VERB_LEADS: [&str; 18] = [
    "to", "please", "can", "could", "you", "we", "i", "and", "or", "lets", "just", "must", "should", "would", "may",
    "might", "will", "pls",
];
/// Before what is changed, folded: no possessive, which stands before appointments.
const ARTICLES: [&str; 16] =
    ["the", "el", "la", "los", "las", "le", "les", "l", "un", "une", "una", "o", "a", "os", "as", "die"];
/// How words for an appointment and its time begin, folded.
const APPOINTMENTS: [&str; 24] = [
    "appointment",
    "appt",
    "booking",
    "visit",
    "time",
    "date",
    "day",
    "hour",
    "reserv",
    "cita",
    "hora",
    "turno",
    "fecha",
    "dia",
    "sesion",
    "rdv",
    "rendez",
    "heure",
    "jour",
    "creneau",
    "seance",
    "consult",
    "marcac",
    "termin",
];

impl Parser<'_> {
    /// "This morning", in the afternoon, is no wish. An hour that is over is one: [`Wish::resolve`] says that it has been.
    pub(super) fn is_over(&self, wish: &Wish) -> bool {
        let minute = minutes(self.today.now.time());
        let over = matches!(wish.time, Some(Time::Part(part)) if part.window().1 <= minute);
        over && wish.date() == Some(self.today.now.date())
    }

    /// "I tried it this morning": words of what was done stand anywhere before, in the same clause.
    pub(super) fn is_done_today(&self, wish: &Wish, from: usize) -> bool {
        let is_done = |at: usize| self.is(at, Atom::DoneToday).is_some() || self.is_been(at);
        wish.date() == Some(self.today.now.date()) && self.clause_before(from).any(is_done)
    }

    /// The tokens before `from`, backwards, to where the clause or a request begins: "it broke, can you come today".
    pub(super) fn clause_before(&self, from: usize) -> impl Iterator<Item = usize> {
        let is_clause = |at: &usize| {
            let token = self.tokens.get(*at);
            token.is_some_and(|token| !ends_sentence(token) && !token.is_mark(&[',']))
                // "Would", and not "would've".
                && self.is(*at, Atom::Asks).is_none_or(|asks| self.is(*at, Atom::Been) > Some(asks))
        };
        (0..from).rev().take_while(is_clause)
    }

    pub(super) fn is_been(&self, at: usize) -> bool {
        self.is_any(at, &[Atom::Been, Atom::Happened]).is_some() && self.is(at, Atom::Wishing).is_none()
    }

    /// "Morning, I need a quote", "Morgen!": a part of the day alone at the beginning, unless it answers when.
    pub(super) fn is_greeting(&self, run: &Run) -> bool {
        let [only] = run.parts.as_slice() else { return false };
        let is_part = self.find(0, |atom| matches!(atom, Atom::Part(_)).then_some(())).is_some();
        let marked = self.tokens.get(only.to).is_some_and(|token| token.is_mark(&[',', '!']));
        only.from == 0 && only.to == 1 && is_part && marked && self.today.asked == LastQuestion::Nothing
    }

    /// Something is moved from one time to another. "Between 9 and 11" and "9-11" are where they stand.
    pub(super) fn is_move(&self, from: usize, to: usize) -> bool {
        let moves = |at: usize| self.is(at, Atom::Moves).is_some() && !self.changes_a_thing(at);
        let is_span = (from..to).any(|at| self.is(at, Atom::Between).is_some() || self.is_dash(at));
        !is_span && (self.clause_before(from).any(moves) || (to..to + 3).any(moves))
    }

    /// "An oil change", "cambiar el aceite": the work, and no appointment, is what the word at `at` is about.
    fn changes_a_thing(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.word(before));
        let is_noun = self.word(at) == Some("change") && before.is_some_and(|word| !VERB_LEADS.contains(&word));
        let has_article = self.word(at + 1).is_some_and(|word| ARTICLES.contains(&word));
        let is_thing = |word: &str| !APPOINTMENTS.iter().any(|begin| word.starts_with(begin));
        is_noun || has_article && self.word(at + 2).is_some_and(is_thing)
    }

    /// "Night" alone, in the middle of other words.
    pub(super) fn is_bare_night(&self, run: &Run) -> bool {
        let [only] = run.parts.as_slice() else { return false };
        let is_night = matches!(only.piece, Piece::Time(Time::Part(Part::Night)));
        let begins = only.from == 0 || self.word(only.from - 1).is_none();
        is_night && only.to - only.from == 1 && !begins && self.today.asked == LastQuestion::Nothing
    }

    /// "It gets full sun in the afternoon": where the sun stands at a part of the day.
    pub(super) fn is_of_the_sun(&self, run: &Run) -> bool {
        let is_part = |placed: &Placed| matches!(placed.piece, Piece::Time(Time::Part(_)));
        let Some(first) = run.parts.first().filter(|_| run.parts.iter().all(is_part)) else { return false };
        self.is_near(first.from, run.parts.last().map_or(first.to, |last| last.to), Atom::Sunlight)
    }

    /// "You can call me after 6": an hour at which somebody can be called, and no visit.
    pub(super) fn is_of_a_call(&self, run: &Run) -> bool {
        let (Some(first), Some(last)) = (run.parts.first(), run.parts.last()) else { return false };
        let is_span =
            |placed: &Placed| matches!(placed.piece, Piece::Time(Time::From(_) | Time::Until(_) | Time::Between(..)));
        // "During business hours" is no hour of theirs.
        let is_daytime = (first.from..last.to).any(|at| self.is(at, Atom::Daytime).is_some());
        run.parts.iter().all(is_span) && !is_daytime && self.is_near(first.from, last.to, Atom::Calls)
    }

    /// "I work until 5", "bis 17 Uhr muss ich arbeiten".
    pub(super) fn works_until(&self, run: &Run) -> bool {
        let (Some(first), Some(last)) = (run.parts.first(), run.parts.last()) else { return false };
        self.is_near(first.from, last.to, Atom::Works)
    }

    /// Whether `atom` stands right before or behind what is from `from` to `to`, in the same clause.
    fn is_near(&self, from: usize, to: usize, atom: Atom) -> bool {
        let is_it = |at: usize| self.is(at, atom).is_some();
        let goes_on = |at: &usize| self.word(*at).is_some();
        self.clause_before(from).take(BEEN_WITHIN).any(is_it) || (to..to + BEEN_WITHIN).take_while(goes_on).any(is_it)
    }

    /// "We had that hail storm Monday": a weekday without an hour at the end of a statement that tells what happened, however long
    /// it is. A question asks of a day to come.
    pub(super) fn tells_what_happened(&self, run: &Run) -> bool {
        let [Placed { piece: Piece::Day(Said::Weekday(_)), from, to }] = run.parts.as_slice() else { return false };
        let goes_on = |at: &usize| self.is_any(*at, &[Atom::And, Atom::But, Atom::Or, Atom::Rather]).is_none();
        let end = self.tokens.get(*to);
        let states = end.is_none_or(|token| ends_sentence(token) && !token.is_mark(&['?']));
        let happened = |at: usize| self.is(at, Atom::Happened).is_some() && self.is(at, Atom::Wishing).is_none();
        states && self.clause_before(*from).take_while(goes_on).any(happened)
    }

    /// Whether the words before or after say that it has been, or that it is no time at all.
    pub(super) fn has_been(&self, from: usize, to: usize) -> bool {
        self.clause_before(from).take(BEEN_WITHIN).any(|at| self.is_been(at))
            || self.is_last(from)
            || self.is_any(to, &[Atom::Ago, Atom::Last]).is_some()
            || self.is_address(from, to)
    }

    /// "It has not come after two weeks", "immer noch nicht nach 3 Tagen": how long they have waited.
    pub(super) fn has_waited(&self, from: usize) -> bool {
        let Some(after) = self.is(from, Atom::After) else { return false };
        let is_length = self.number(from + after).is_some_and(|(length, _)| self.counts(from + after + length));
        let goes_on = |at: &usize| self.tokens.get(*at).is_some_and(|token| !ends_sentence(token));
        is_length && (0..from).rev().take_while(goes_on).any(|at| self.is(at, Atom::Waited).is_some())
    }

    /// "Last Monday", "in the last week of July": the word stands before, with nothing but units and joining words between.
    pub(super) fn is_last(&self, from: usize) -> bool {
        let passes = [Atom::Link, Atom::Of, Atom::Weeks, Atom::Months, Atom::Days, Atom::Weekend, Atom::Opens];
        let mut at = from;
        while let Some(before) = at.checked_sub(1).filter(|before| from - before <= MAX_LINKS) {
            if self.is(before, Atom::Last).is_some() {
                return true;
            }
            if self.is_any(before, &passes).is_none() && self.number(before).is_none() {
                return false;
            }
            at = before;
        }
        false
    }

    /// "25 May Street", "at 12 Main Street": figures, at most one name, and a street.
    pub(super) fn is_address(&self, from: usize, to: usize) -> bool {
        let street =
            |at: usize| self.is(at, Atom::Street).is_some() && self.tokens.get(at).is_some_and(|token| token.spaced);
        let near = street(to) || (self.word(to).is_some() && !self.ends_time(to) && (street(to + 1) || street(to + 2)));
        near && ((from..to).any(|at| self.is_figures(at)) || from.checked_sub(1).is_some_and(|at| self.is_figures(at)))
    }

    /// The hour right behind a day that does not fit: "any day but Tuesday at 6". With a comma it is of the others.
    pub(super) fn refused_time(&self, run: &Run, at: usize) -> Option<Time> {
        let (before, part) = (run.parts.get(at.checked_sub(1)?)?, run.parts.get(at)?);
        let is_refused = matches!(before.piece, Piece::Day(said) if said.refuses());
        let time = match part.piece {
            Piece::Time(time) => time,
            Piece::PerhapsHour(clock) | Piece::About(Some(clock)) => Time::At(clock),
            _ => return None,
        };
        (is_refused && !(before.to..part.from).any(|at| self.is_comma(at))).then_some(time)
    }

    /// "Not Monday or Tuesday", "weder Montag noch Dienstag": the second does not fit either.
    pub(super) fn refused_too(&self, run: &Run, at: usize) -> Option<Said> {
        let (before, part) = (run.parts.get(at.checked_sub(1)?)?, run.parts.get(at)?);
        let (Piece::Day(Said::Not(_)), Piece::Day(Said::Weekday(day))) = (before.piece, part.piece) else {
            return None;
        };
        let joins = |at: usize| self.is_any(at, &[Atom::Or, Atom::And]).is_some();
        let parts = |at: usize| self.is_comma(at) || self.is_any(at, &[Atom::But, Atom::Rather]).is_some();
        let mut gap = before.to..part.from;
        (gap.clone().any(joins) && !gap.any(parts)).then_some(Said::Not(day))
    }

    /// "Tuesday does not work", "next week is out": none of these days. Whoever speaks of today may tell what does not work.
    pub(super) fn all_refused(&self, said: &[Said]) -> Vec<Said> {
        const WEEK: usize = 7;
        let today = self.today.now.date();
        let dates = |said: Said| days(&[said], today).map(|day| day.dates).filter(|dates| dates.len() <= WEEK);
        let refused = |said: &Said| match *said {
            Said::Weekday(day) => vec![Said::Not(day)],
            said if said.refuses() => vec![said],
            said => dates(said).unwrap_or_default().into_iter().map(Said::NotDate).collect(),
        };
        said.iter().flat_map(refused).filter(|one| *one != Said::NotDate(today)).collect()
    }

    pub(super) fn is_unfit(&self, at: usize) -> bool {
        let next = self.past(at, &[Atom::Link]);
        let unfit = |at: usize| {
            // "Monday I can't before 5" is a Monday.
            let length = self.is(at, Atom::Unfit).filter(|length| self.bounded_hour(at + length).is_none())?;
            // "Dienstag nicht." is one, "Dienstag nicht vor zehn" is none.
            (length > 1 || self.word(at + length).is_none() && !self.is_figures(at + length)).then_some(())
        };
        unfit(at).or_else(|| unfit(next)).is_some()
    }
}
