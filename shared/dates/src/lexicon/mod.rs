//! The words of time, a table a language.
//!
//! A language is a file: groups of phrases, each with what it means ([`Atom`]), and a few switches where its grammar differs
//! ([`Lexicon`]). Phrases are written as [`crate::tokens`] folds them: small letters without accents, no marks. One phrase may
//! stand in several groups; the grammar picks the meaning that fits. The compiler sorts them by their first letter, so
//! that nothing is built when the program starts.

mod de;
mod en;
mod es;
mod fr;
mod pt;
mod slip;
mod table;

use jiff::civil::Weekday;

use slip::{MIN_WORD, is_slip};
pub(crate) use table::{Entry, Starts, Words, count, sorted, starts};

use crate::tokens::{Kind, Token};
use crate::{Language, Part};

/// What a word or a phrase can mean. One phrase may stand in a table several times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Atom {
    /// A number in words.
    Number(u8),
    /// nine `oh` five.
    Zero,
    /// `a` week: one, and never an hour.
    Article,
    /// `third`.
    Ordinal(u8),
    /// An ordinal that is something else by itself, and counts within a month: `segunda` semana.
    Nth(i8),
    /// What makes an ordinal of the figures before it: `th`.
    OrdinalEnd,
    Weekday(Weekday),
    /// A weekday whose name means something else in other languages; found as a weekday in its own.
    WeekdayHere(Weekday),
    /// A weekday in so few letters that it is one only before a point or figures: `jeu.`, `Mo 9`.
    WeekdayShort(Weekday),
    /// A weekday in letters that are a common word: one only among other short names, and in its place before an hour: seg, `ter` e qua.
    WeekdayListed(Weekday),
    /// A weekday that is a common word too: `sun`, `sat`.
    WeekdayOrWord(Weekday),
    /// 2ª `feira` is Monday.
    NumberedWeekday,
    Month(i8),
    /// A month that is a common word too: `may`.
    MonthOrWord(i8),
    /// Days from today.
    Day(i8),
    /// The same, where nothing else stands in its clause: mañana no, `pasado`.
    DayAlone(i8),
    /// A month and a day of every year.
    Feast(i8, i8),
    /// The n-th weekday of a month, and so many days after.
    MovingFeast(i8, i8, Weekday, i8),
    /// So many days after Easter Sunday.
    EasterFeast(i8),
    /// One of the days of a feast, by its number: 2. `Weihnachtstag`. The date is that of the first.
    FeastDay(i8, i8),
    /// One of the Sundays before Christmas, by its number: 3. `Advent`.
    AdventSunday,
    Part(Part),
    /// A part of the day in so few letters that it is one only before a point: `vorm.`, and not "vorm Haus".
    PartShort(Part),
    /// A part of today: `tonight`.
    TodaysPart(Part),
    Noon,
    Midnight,
    /// `during business hours`.
    Daytime,
    /// From eight in the evening.
    AfterDinner,
    /// Until nine in the morning.
    BeforeWork,
    /// `in the afternoon`, right behind an hour or a day.
    PartBehind(Part),
    Minutes,
    Hours,
    /// The first `half` of a month.
    HalfMonth,
    Nights,
    /// So many minutes: `an hour and a half`.
    Lasts(u8),
    Days,
    Weeks,
    /// `KW` 49, `week` 49.
    CalendarWeek,
    /// The end of the year in one phrase: `eoy`.
    YearEnd,
    /// `w/c` 4 February: the week that begins then.
    WeekStarting,
    /// In `more than` two weeks.
    AtLeast,
    /// In two `more` weeks.
    More,
    /// A number that counts and is no hour: `a few`.
    Vague,
    /// In two `working days`: Saturdays and Sundays do not count.
    WorkingDays,
    /// Two weeks: `fortnight`.
    Fortnights,
    /// `midweek`.
    MidWeek,
    /// `in the new year`.
    NewYear,
    /// `between now and` 5.
    FromNowTo,
    /// In the seven days to come: `within the week`.
    WithinWeek,
    /// Not this Friday `but` the next.
    Instead,
    /// Next `work week`: from Monday to Friday.
    WorkingWeek,
    Months,
    Years,
    /// `dia` 15.
    DayWord,
    /// el 21 `del` 3.
    OfNumber,
    /// `mes` de marzo.
    MonthWord,
    ThisYear,
    NextYear,
    /// The end of the month in one phrase: `eom`.
    MonthEnd,
    Weekend,
    /// `working days`.
    Weekdays,
    /// The word before or after a day, a week, a month.
    Next,
    AfterNext,
    /// Mercredi `suivant`: that of next week, where [`Atom::Next`] is simply the coming one.
    Following,
    This,
    /// `coming`: the next one, and of weeks the one after this.
    Coming,
    /// The Friday `closest to` Christmas.
    Nearest,
    /// It is twelve: `il est` 7 heures.
    ItIs,
    Last,
    /// `in` two weeks.
    In,
    /// `in` March.
    InMonth,
    /// `within` two weeks.
    Within,
    /// `for` two nights.
    Lasting,
    /// two weeks `from now`.
    FromNow,
    /// Of another day: a week `after`, `from` tomorrow.
    FromThen,
    /// `at` 5.
    At,
    /// `for` 5, `by` 5: an hour where no noun follows.
    AtPerhaps,
    /// What may follow an hour and is no noun: `works`, `is`.
    GoesOn,
    /// `around` 5.
    About,
    Between,
    /// `on` the 15th: before a weekday or a day of the month.
    OnDay,
    /// `starting` Monday.
    StartingOn,
    From,
    /// `das` 9 às 11: from, where an end follows.
    Opens,
    To,
    And,
    Or,
    Not,
    /// Weder Montag `noch` Dienstag.
    Nor,
    /// rather `than`.
    Than,
    /// What they do then, so that they cannot come: I `have a` wedding on Saturday.
    Busy,
    /// What they do until then, so that they come after: I `work` until 5.
    Works,
    /// Takes back what was said before: `sorry`.
    Corrects,
    /// What follows "no" where it corrects: no, `better` at 11.
    Rather,
    /// any day `but`.
    But,
    After,
    Before,
    /// `by` Friday: that day or earlier.
    Until,
    OrLater,
    OrEarlier,
    /// quarter `past`.
    Past,
    /// quarter `to`.
    MinutesTo,
    /// four `less` a quarter.
    Less,
    Quarter,
    Half,
    ThreeQuarters,
    /// `viertel` vier is a quarter past three.
    QuarterOf,
    /// `halb` vier is half past three.
    HalfTo,
    /// `half` three is half past three.
    HalfAfter,
    /// `dreiviertel` vier is a quarter to four.
    ThreeQuartersTo,
    Oclock,
    Am,
    Pm,
    /// `rest of` the week.
    RestOf,
    /// `early` on Friday, Friday `early`.
    Early,
    Late,
    Begin,
    Middle,
    End,
    Of,
    /// May stand between two parts of one time.
    Link,
    AsSoonAsPossible,
    AnyTime,
    AnyDay,
    /// The same, so much later: `the week after`.
    MoveDays(i8),
    /// Two hours `later`.
    Later,
    Earlier,
    /// `something later`.
    LaterThanThat,
    EarlierThanThat,
    /// What looks like a time and is none: `good morning`, `one moment`.
    Noise,
    /// What comes after it has been: `since`.
    Been,
    /// It has `still not` come: what says how long after it is over.
    Waited,
    /// A verb of what happened: the roof `broke`.
    Happened,
    /// `move` it from Monday to Wednesday.
    Moves,
    /// `can` you come: from here on it is a request.
    Asks,
    /// What was done, of today: `tried` it this morning.
    DoneToday,
    /// What looks as if it had been and is wished: `was hoping`.
    Wishing,
    /// The day before it does not fit: `does not work`.
    Unfit,
    /// lundi `en` 8: that of the week after.
    CountsWeeks,
    /// Tuesday `week`: so many weeks after the coming one.
    WeeksOn(i8),
    /// What comes before it has been: `ago`.
    Ago,
    /// How far it is: 2 heures `de route`.
    Distance,
    /// When somebody can be called: `call` me after 6.
    Calls,
    /// The hour that was spoken of: Friday, `same` time.
    Same,
    /// Where the sun stands: `full sun` in the afternoon.
    Sunlight,
    /// A street: the number or month before it is an address.
    Street,
    /// The day that a guest comes: `arriving` on the 10th.
    Arrives,
    /// The day that a guest goes: `check out` on Sunday.
    Leaves,
    /// What says by its last word which of the two it is: wir `reisen` am 21. ab.
    Travels,
    /// `only` one night.
    Only,
    /// One night `more`.
    Extra,
    /// The number behind it is that of a room.
    Room,
}

/// A language: its words, and how it differs.
pub(crate) struct Lexicon {
    /// `next Monday` is simply the coming one, and not that of next week.
    pub(crate) next_is_coming: bool,
    /// `15.3.` is a date.
    pub(crate) dates_with_points: bool,
    /// In figures the day is before the month: `5 12`, `el 5-12`. Where it is not, such figures are rather hours.
    pub(crate) day_comes_first: bool,
    /// `viernes 5` is the fifth; elsewhere it is an hour unless it can only be a day.
    pub(crate) number_after_weekday_is_day: bool,
    /// Words are written together: `Dienstagabend`, `fünfundvierzig`.
    pub(crate) joins_words: bool,
    /// `6a` is the sixth day of the week, Sunday first.
    pub(crate) counts_weekdays: bool,
    /// `dans quinze jours` is in two weeks: the first day is counted with the last.
    pub(crate) counts_first_day: bool,
    /// By their first letter.
    pub(crate) entries: &'static [Entry],
    pub(crate) starts: Starts,
}

/// A phrase that was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) atom: Atom,
    /// How many tokens.
    pub(crate) length: usize,
}

/// All that was found in a text, by token.
pub(crate) struct Hits {
    all: Vec<Hit>,
    /// Where those of each token begin, and where the last end.
    begins: Vec<usize>,
}

impl Hits {
    /// What begins at a token.
    pub(crate) fn at(&self, token: usize) -> &[Hit] {
        let range = self.begins.get(token).zip(self.begins.get(token + 1));
        range.and_then(|(from, to)| self.all.get(*from..*to)).unwrap_or_default()
    }
}

pub(crate) fn of(language: Language) -> &'static Lexicon {
    match language {
        Language::En => &en::LEXICON,
        Language::Es => &es::LEXICON,
        Language::Fr => &fr::LEXICON,
        Language::De => &de::LEXICON,
        Language::Pt => &pt::LEXICON,
    }
}

impl Lexicon {
    /// Everything that begins at each token. `forgiving`: names with a slip in them are known too, and those that are
    /// common words as well.
    pub(crate) fn hits(&self, tokens: &[Token], forgiving: bool) -> Hits {
        let mut hits = Hits { all: Vec::with_capacity(tokens.len() * 2), begins: Vec::with_capacity(tokens.len() + 1) };
        hits.begins.push(0);
        for at in 0..tokens.len() {
            self.add_hits(tokens.get(at..).unwrap_or_default(), forgiving, &mut hits.all);
            hits.begins.push(hits.all.len());
        }
        hits
    }

    fn add_hits(&self, tokens: &[Token], forgiving: bool, found: &mut Vec<Hit>) {
        let Some(word) = tokens.first().and_then(Token::word) else { return };
        let before = found.len();
        found.extend(self.beginning_like(word).iter().filter_map(|entry| {
            let length = matched(entry.phrase, word, tokens)?;
            let atom = match entry.atom {
                Atom::WeekdayOrWord(_)
                | Atom::MonthOrWord(_)
                | Atom::WeekdayHere(_)
                | Atom::WeekdayShort(_)
                | Atom::WeekdayListed(_)
                    if !forgiving =>
                {
                    return None;
                }
                Atom::WeekdayHere(day) => Atom::Weekday(day),
                Atom::PartShort(part) => {
                    tokens.get(length).filter(|token| token.is_mark(&['.'])).map(|_| Atom::Part(part))?
                }
                atom => atom,
            };
            Some(Hit { atom, length })
        }));
        if found.len() == before && forgiving {
            found.extend(self.misspelt(word));
        }
    }

    /// The entries with the first letter of `word`.
    fn beginning_like(&self, word: &str) -> &'static [Entry] {
        let letter = word.bytes().next().filter(u8::is_ascii_lowercase).map(|byte| usize::from(byte - b'a'));
        let range =
            letter.and_then(|letter| self.starts.get(letter).copied().zip(self.starts.get(letter + 1).copied()));
        range.and_then(|(from, to)| self.entries.get(from..to)).unwrap_or_default()
    }

    /// What a word means by itself.
    pub(crate) fn meanings(&self, word: &str) -> impl Iterator<Item = Atom> {
        self.beginning_like(word).iter().filter(move |entry| entry.phrase == word).map(|entry| entry.atom)
    }

    /// What begins `word`, and the rest of it.
    pub(crate) fn beginnings<'w>(&self, word: &'w str) -> impl Iterator<Item = (Atom, &'w str)> {
        let entries = self.beginning_like(word).iter();
        entries.filter_map(move |entry| {
            Some((entry.atom, word.strip_prefix(entry.phrase).filter(|rest| !rest.is_empty())?))
        })
    }

    /// Names of days and months, and longer words of time, are known with a slip in them.
    fn misspelt(&self, word: &str) -> Option<Hit> {
        let is_known = |entry: &&Entry| match entry.atom {
            Atom::Weekday(_) | Atom::Month(_) => is_slip(entry.phrase, word),
            Atom::Part(_) | Atom::TodaysPart(_) | Atom::Weekend | Atom::Next | Atom::Coming => {
                entry.phrase.len() >= MIN_WORD && is_slip(entry.phrase, word)
            }
            Atom::Day(_) => entry.phrase.len() > MIN_WORD && is_slip(entry.phrase, word),
            _ => false,
        };
        let entry = self.beginning_like(word).iter().find(is_known)?;
        Some(Hit { atom: entry.atom, length: 1 })
    }
}

/// How many tokens `phrase` takes at the beginning of `tokens`, whose first word is `first`.
fn matched(phrase: &str, first: &str, tokens: &[Token]) -> Option<usize> {
    let mut rest = phrase.strip_prefix(first)?;
    let mut taken = 1;
    while !rest.is_empty() {
        let token = tokens.get(taken).filter(|token| !token.begins_line)?;
        rest = rest.strip_prefix(' ')?.strip_prefix(token.word()?)?;
        taken += 1;
    }
    Some(taken)
}

/// Marks that end a sentence.
pub(crate) fn ends_sentence(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('.' | '!' | '?' | ';' | '¿' | '¡'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_written_as_tokens_are() {
        for language in Language::ALL {
            for entry in of(language).entries {
                let words: Vec<Token> = crate::tokens::read(entry.phrase);
                let joined: Vec<&str> = words.iter().filter_map(Token::word).collect();
                assert_eq!(joined.join(" "), entry.phrase, "{language:?}");
            }
        }
    }

    #[test]
    fn every_phrase_is_found_where_it_begins() {
        for language in Language::ALL {
            let lexicon = of(language);
            for entry in lexicon.entries {
                let hits = lexicon.hits(&crate::tokens::read(&format!("{}.", entry.phrase)), true);
                let atom = match entry.atom {
                    Atom::WeekdayHere(day) => Atom::Weekday(day),
                    Atom::PartShort(part) => Atom::Part(part),
                    atom => atom,
                };
                assert!(hits.at(0).iter().any(|hit| hit.atom == atom), "{language:?}: {}", entry.phrase);
            }
        }
    }
}
