//! From tokens to wishes: parts of a time, one after the other, with joining words between them.

mod day;
mod hour;
mod number;

use crate::calendar::{self, Said};
use crate::lexicon::{self, Atom, Hit, Lexicon, ends_sentence};
use crate::tokens::{self, Token};
use crate::wish::{Clock, Part, Shift, Time, Wish};
use crate::{Asked, Context, Language};

/// How many joining words may stand between two parts of one time: "Tuesday, in the morning".
const MAX_LINKS: usize = 4;
/// What has been is said within so many words before the time.
const BEEN_WITHIN: usize = 5;

/// One part of a time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Piece {
    Day(Said),
    DayAndPart(Said, Part),
    Time(Time, Sure),
    About,
    Soon,
    AnyTime,
    Shift(Shift),
    /// A moment counted from now: a day and an hour.
    Moment(Said, Clock),
    OrLater,
    OrEarlier,
    Noise,
}

/// Whether a number is an hour by itself, or only beside a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sure {
    Yes,
    BesideADay,
}

pub(crate) struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    hits: Vec<Vec<Hit>>,
    /// `am` and `pm` are written everywhere.
    english: Vec<Vec<Hit>>,
    lexicon: &'static Lexicon,
    context: &'t Context,
}

/// A piece and where it stands.
struct Placed {
    piece: Piece,
    from: usize,
    to: usize,
}

impl<'t> Parser<'t> {
    pub(crate) fn new(text: &'t str, language: Language, context: &'t Context) -> Self {
        let (tokens, lexicon) = (tokens::read(text), lexicon::of(language));
        let hits = lexicon.hits(&tokens);
        let english = if language == Language::En { Vec::new() } else { lexicon::of(Language::En).hits(&tokens) };
        Self { text, tokens, hits, english, lexicon, context }
    }

    pub(crate) fn wishes(&self) -> Vec<Wish> {
        let mut wishes = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let run = self.run_at(at);
            let Some(last) = run.last() else {
                at += 1;
                continue;
            };
            at = last.to.max(at + 1);
            wishes.extend(self.wish(&run));
        }
        wishes
    }

    /// The pieces that begin at `start` and belong together.
    fn run_at(&self, start: usize) -> Vec<Placed> {
        let mut run: Vec<Placed> = Vec::new();
        let mut at = start;
        while let Some((length, piece)) = self.piece_at(at, !run.is_empty()) {
            run.push(Placed { piece, from: at, to: at + length });
            if matches!(piece, Piece::Noise) {
                break;
            }
            at = self.next_piece(at + length);
        }
        run
    }

    /// Where the next piece begins, past at most [`MAX_LINKS`] joining words and commas.
    fn next_piece(&self, from: usize) -> usize {
        let mut at = from;
        for _ in 0..MAX_LINKS {
            if self.piece_at(at, true).is_some() {
                break;
            }
            match self.link(at) {
                Some(length) => at += length,
                None => break,
            }
        }
        at
    }

    fn piece_at(&self, at: usize, goes_on: bool) -> Option<(usize, Piece)> {
        let noise = self.is(at, Atom::Noise).map(|length| (length, Piece::Noise));
        let found = [self.shift(at), self.day(at), self.time(at), self.flag(at, goes_on)].into_iter().flatten();
        let best = found.reduce(|best, other| if other.0 > best.0 { other } else { best });
        match (noise, best) {
            (Some(noise), Some(best)) if best.0 > noise.0 => Some(best),
            (Some(noise), _) if !goes_on => Some(noise),
            (Some(_), _) => None,
            (None, best) => best,
        }
    }

    fn shift(&self, at: usize) -> Option<(usize, Piece)> {
        let found = self.find(at, |atom| match atom {
            Atom::ShiftDays(days) => Some(Piece::Shift(Shift::Days(days))),
            Atom::ShiftMinutes(minutes) => Some(Piece::Shift(Shift::Minutes(minutes))),
            _ => None,
        })?;
        // "The day after tomorrow", "the week after Easter" are no changes.
        self.day(at + found.0).is_none().then_some(found)
    }

    fn flag(&self, at: usize, goes_on: bool) -> Option<(usize, Piece)> {
        self.find(at, |atom| match atom {
            Atom::WeekdayPart(day, part) => Some(Piece::DayAndPart(Said::Weekday(day), part)),
            Atom::About => Some(Piece::About),
            Atom::AsSoonAsPossible => Some(Piece::Soon),
            Atom::AnyTime => Some(Piece::AnyTime),
            Atom::OrLater if goes_on => Some(Piece::OrLater),
            Atom::OrEarlier if goes_on => Some(Piece::OrEarlier),
            _ => None,
        })
    }

    /// A joining word, or a comma.
    fn link(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        if token.is_mark(&[',', '@', '/', '(', ')']) {
            return Some(1);
        }
        self.find(at, |atom| {
            matches!(atom, Atom::Link | Atom::And | Atom::Or | Atom::Of | Atom::At | Atom::AtPerhaps).then_some(())
        })
        .map(|(length, ())| length)
    }

    /// The wish that a run is; `None` where it is none after all.
    fn wish(&self, run: &[Placed]) -> Option<Wish> {
        let (first, last) = (run.first()?, run.last()?);
        if run.iter().any(|placed| matches!(placed.piece, Piece::Noise)) || self.has_been(first.from, last.to) {
            return None;
        }
        let mut wish = Wish::default();
        let (mut said, mut parts, mut times) = (Vec::new(), Vec::new(), Vec::new());
        for placed in run {
            match placed.piece {
                Piece::Day(day) => said.push(day),
                Piece::DayAndPart(day, part) => {
                    said.push(day);
                    parts.push(part);
                }
                Piece::Time(Time::Part(part), _) => parts.push(part),
                Piece::Time(time, sure) => times.push((time, sure, placed)),
                Piece::Moment(day, clock) => {
                    said.push(day);
                    wish.about = true;
                    wish.time = Some(Time::At(clock));
                }
                Piece::About => wish.about = true,
                Piece::Soon => wish.soon = true,
                Piece::AnyTime => wish.any_time = true,
                Piece::Shift(shift) => wish.shift = Some(shift),
                Piece::OrLater | Piece::OrEarlier => {}
                Piece::Noise => return None,
            }
        }
        let beside = !said.is_empty() || !parts.is_empty() || wish.about;
        times.retain(|(_, sure, placed)| {
            *sure == Sure::Yes || (beside && self.stands_alone(placed)) || self.answers(run)
        });
        wish.days = calendar::days(&said, self.context.now.date());
        wish.time = wish.time.or_else(|| time_of(&times.iter().map(|(time, ..)| *time).collect::<Vec<_>>(), &parts));
        if let Some(Time::At(clock)) = wish.time {
            if run.iter().any(|placed| matches!(placed.piece, Piece::OrLater)) {
                wish.time = Some(Time::From(clock));
            } else if run.iter().any(|placed| matches!(placed.piece, Piece::OrEarlier)) {
                wish.time = Some(Time::Until(clock));
            }
        }
        let says = wish.days.is_some() || wish.time.is_some() || wish.soon || wish.any_time || wish.shift.is_some();
        if !says {
            return None;
        }
        let span = self.tokens.get(first.from)?.span.start..self.tokens.get(last.to - 1)?.span.end;
        wish.words = self.text.get(span.clone())?.to_owned();
        wish.span = span;
        Some(wish)
    }

    /// A number beside a day is an hour where no other word follows it: "Monday 10", and not "Monday 10 people".
    fn stands_alone(&self, placed: &Placed) -> bool {
        let next = placed.to;
        let Some(token) = self.tokens.get(next) else { return true };
        token.begins_line || token.word().is_none_or(|_| self.ends_time(next))
    }

    /// Whether no noun follows that a number before could count.
    fn ends_time(&self, at: usize) -> bool {
        self.link(at).is_some() || self.is(at, Atom::GoesOn).is_some() || self.piece_at(at, true).is_some()
    }

    /// A number is the whole answer to "when?".
    fn answers(&self, run: &[Placed]) -> bool {
        let covered: usize = run.iter().map(|placed| placed.to - placed.from).sum();
        let words = self.tokens.iter().filter(|token| token.word().is_some()).count();
        self.context.asked == Asked::When && words <= covered + 2
    }

    /// Whether the words before or after say that it has been.
    fn has_been(&self, from: usize, to: usize) -> bool {
        let before = (from.saturating_sub(BEEN_WITHIN)..from)
            .rev()
            .take_while(|at| self.tokens.get(*at).is_some_and(|token| !ends_sentence(token) && !token.is_mark(&[','])));
        let been = before.into_iter().any(|at| self.find(at, Some).is_some_and(|(_, atom)| atom == Atom::Been));
        let last = from.checked_sub(1).is_some_and(|at| self.is(at, Atom::Last).is_some());
        been || last
            || self.is(to, Atom::Ago).is_some()
            || self.is(to, Atom::Street).is_some_and(|_| self.is_address(from, to))
    }

    /// "25 May Street": figures, a name and a street.
    fn is_address(&self, from: usize, to: usize) -> bool {
        let is_figures =
            |at: usize| matches!(self.tokens.get(at).map(|token| &token.kind), Some(tokens::Kind::Number(..)));
        (from..to).any(is_figures) || from.checked_sub(1).is_some_and(is_figures)
    }

    /// The longest phrase at `at` that means what `pick` picks.
    fn find<T>(&self, at: usize, pick: impl Fn(Atom) -> Option<T>) -> Option<(usize, T)> {
        let of = |hits: &'_ [Vec<Hit>]| {
            let found = hits.get(at)?.iter().filter_map(|hit| Some((hit.length, pick(hit.atom)?)));
            found.max_by_key(|(length, _)| *length)
        };
        of(&self.hits)
    }

    /// How many tokens a phrase takes that means `atom`.
    fn is(&self, at: usize, atom: Atom) -> Option<usize> {
        self.find(at, |found| (found == atom).then_some(())).map(|(length, ())| length)
    }

    fn is_any(&self, at: usize, atoms: &[Atom]) -> Option<usize> {
        self.find(at, |found| atoms.contains(&found).then_some(())).map(|(length, ())| length)
    }

    /// Whether a phrase that means one of `atoms` ends right before `at`, with joining words in between.
    fn preceded_by(&self, at: usize, atoms: &[Atom]) -> bool {
        (at.saturating_sub(MAX_LINKS)..at)
            .any(|start| self.is_any(start, atoms).is_some_and(|length| start + length == at))
    }

    /// Past one optional joining word of these.
    fn past(&self, at: usize, atoms: &[Atom]) -> usize {
        at + self.is_any(at, atoms).unwrap_or_default()
    }
}

/// The time that hours and parts of a day make together.
fn time_of(times: &[Time], parts: &[Part]) -> Option<Time> {
    let within = |clock: &Clock| parts.first().map_or(*clock, |part| clock.in_part(*part));
    match (times, parts) {
        ([], []) => None,
        ([], [part, ..]) => Some(Time::Part(*part)),
        ([Time::At(from), Time::At(to), ..], _) if from == to => Some(Time::At(within(from))),
        ([time, ..], _) => Some(match time {
            Time::At(clock) => Time::At(within(clock)),
            Time::Between(from, to) => Time::Between(within(from), within(to)),
            Time::From(clock) => Time::From(within(clock)),
            Time::Until(clock) => Time::Until(within(clock)),
            Time::Part(part) => Time::Part(*part),
        }),
    }
}
