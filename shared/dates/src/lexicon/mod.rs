//! The words of time, a table a language. Adding a language is adding a file.

mod de;
mod en;
mod es;
mod fr;
mod pt;

use jiff::civil::Weekday;

use crate::tokens::{Kind, Token};
use crate::{Language, Part};

/// What a word or a phrase can mean. One phrase may stand in a table several times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Atom {
    /// A number in words.
    Number(u8),
    /// `third`.
    Ordinal(u8),
    /// What makes an ordinal of the figures before it: `th`.
    OrdinalEnd,
    Weekday(Weekday),
    /// A weekday that is a common word too: `sun`, `sat`.
    WeekdayOrWord(Weekday),
    Month(i8),
    /// A month that is a common word too: `may`.
    MonthOrWord(i8),
    /// A weekday and a part of it in one word.
    WeekdayPart(Weekday, Part),
    /// Days from today.
    Day(i8),
    /// A month and a day of every year.
    Feast(i8, i8),
    /// The n-th weekday of a month, and so many days after.
    MovingFeast(i8, i8, Weekday, i8),
    Part(Part),
    /// A part of today: `tonight`.
    TodaysPart(Part),
    Noon,
    Midnight,
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Weekend,
    /// `working days`.
    Weekdays,
    /// The word before or after a day, a week, a month.
    Next,
    AfterNext,
    This,
    /// `coming`: the next one, and of weeks the one after this.
    Coming,
    Last,
    /// `in` two weeks.
    In,
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
    From,
    To,
    And,
    Or,
    Not,
    /// any day `but`.
    But,
    After,
    Before,
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
    /// `halb` vier is half past three.
    HalfTo,
    /// `dreiviertel` vier is a quarter to four.
    ThreeQuartersTo,
    Oclock,
    Am,
    Pm,
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
    ShiftDays(i8),
    ShiftMinutes(i16),
    LaterThanThat,
    EarlierThanThat,
    /// What looks like a time and is none: `good morning`, `one moment`.
    Noise,
    /// What comes after it has been: `since`.
    Been,
    /// What comes before it has been: `ago`.
    Ago,
    /// A street: the number or month before it is an address.
    Street,
}

/// A language.
pub(crate) struct Lexicon {
    pub(crate) entries: &'static [(&'static str, Atom)],
    /// `next Monday` is simply the coming one; in English it is that of next week.
    pub(crate) next_is_coming: bool,
    /// `15.3.` and `15.30`: a point may stand in a date.
    pub(crate) dates_with_points: bool,
    /// `Donnerstagnachmittag`.
    pub(crate) joins_weekday_and_part: bool,
}

/// A phrase that was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) atom: Atom,
    /// How many tokens.
    pub(crate) length: usize,
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
    /// Everything that begins at each token.
    pub(crate) fn hits(&self, tokens: &[Token]) -> Vec<Vec<Hit>> {
        (0..tokens.len()).map(|at| self.hits_at(tokens.get(at..).unwrap_or_default())).collect()
    }

    fn hits_at(&self, tokens: &[Token]) -> Vec<Hit> {
        let Some(word) = tokens.first().and_then(Token::word) else { return Vec::new() };
        let exact = |(phrase, atom): &(&str, Atom)| {
            let length = matched(phrase, word, tokens)?;
            Some(Hit { atom: *atom, length })
        };
        let found: Vec<Hit> = self.entries.iter().filter_map(exact).collect();
        if !found.is_empty() {
            return found;
        }
        self.joined(word).or_else(|| self.misspelt(word)).into_iter().collect()
    }

    /// `donnerstagnachmittag`: a weekday with a part of the day behind it.
    fn joined(&self, word: &str) -> Option<Hit> {
        if !self.joins_weekday_and_part {
            return None;
        }
        self.entries.iter().find_map(|(name, atom)| {
            let Atom::Weekday(day) = atom else { return None };
            let rest = word.strip_prefix(name)?;
            let (_, part) =
                self.entries.iter().find(|(phrase, atom)| *phrase == rest && matches!(atom, Atom::Part(_)))?;
            let Atom::Part(part) = part else { return None };
            Some(Hit { atom: Atom::WeekdayPart(*day, *part), length: 1 })
        })
    }

    /// Names of days and months, and "tomorrow", are known with one slip in them.
    fn misspelt(&self, word: &str) -> Option<Hit> {
        if word.len() < MIN_MISSPELT {
            return None;
        }
        let is_name = |atom: Atom| matches!(atom, Atom::Weekday(_) | Atom::Month(_) | Atom::Day(1));
        let near = |phrase: &str| phrase.len() >= MIN_MISSPELT && is_one_slip(phrase.as_bytes(), word.as_bytes());
        let entry = self.entries.iter().find(|(phrase, atom)| is_name(*atom) && near(phrase))?;
        Some(Hit { atom: entry.1, length: 1 })
    }
}

/// A name is known in spite of a slip from so many letters on.
const MIN_MISSPELT: usize = 6;

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

/// One letter more, less or other, or two of them changed about; the first is right.
fn is_one_slip(right: &[u8], written: &[u8]) -> bool {
    if right.first() != written.first() || right.len().abs_diff(written.len()) > 1 {
        return false;
    }
    let same = right.iter().zip(written).take_while(|(a, b)| a == b).count();
    let (right, written) = (right.get(same..).unwrap_or_default(), written.get(same..).unwrap_or_default());
    let after = |from: &'_ [u8], count: usize| from.get(count..).unwrap_or_default().to_vec();
    let swapped = || {
        let pair = (right.first(), right.get(1)) == (written.get(1), written.first());
        right.len() > 1 && pair && after(right, 2) == after(written, 2)
    };
    after(right, 1) == after(written, 1) || after(right, 1) == written || right == after(written, 1) || swapped()
}

/// Marks that end a sentence.
pub(crate) fn ends_sentence(token: &Token) -> bool {
    matches!(token.kind, Kind::Mark('.' | '!' | '?' | ';' | '¿' | '¡'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_and_two_are_not() {
        for (right, written, near) in [
            ("wednesday", "wendesday", true),
            ("tomorrow", "tommorow", false),
            ("tomorrow", "tommorrow", true),
            ("tomorrow", "tomorow", true),
            ("thursday", "thrusday", true),
            ("saturday", "satruday", true),
            ("november", "novemeber", true),
            ("friday", "fryday", true),
            ("friday", "frydai", false),
            ("monday", "sunday", false),
        ] {
            assert_eq!(is_one_slip(right.as_bytes(), written.as_bytes()), near, "{written}");
        }
    }

    #[test]
    fn every_entry_is_written_as_tokens_are() {
        for language in [Language::En, Language::Es, Language::Fr, Language::De, Language::Pt] {
            for (phrase, _) in of(language).entries {
                let words: Vec<Token> = crate::tokens::read(phrase);
                let joined: Vec<&str> = words.iter().filter_map(Token::word).collect();
                assert_eq!(joined.join(" "), *phrase, "{language:?}");
            }
        }
    }
}
