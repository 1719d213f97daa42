//! A text as words, figures and marks, each with its place.

use std::ops::Range;

/// No more than so many tokens are read.
const MAX_TOKENS: usize = 400;
/// A telephone number in groups has at least so many figures, and so many groups.
const MIN_TELEPHONE: usize = 9;
const MIN_GROUPS: usize = 4;
/// Stands for what is certainly no time.
const HIDDEN: char = '\u{fffd}';

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, in small letters and without accents.
    Word(String),
    /// Figures: their value and how many there are.
    Number(u32, usize),
    /// Anything else that is no space.
    Mark(char),
}

/// One piece of a text.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// Bytes of the text.
    pub(crate) span: Range<usize>,
    /// White space stands before it.
    pub(crate) spaced: bool,
    /// A line break stands before it.
    pub(crate) begins_line: bool,
    /// A hyphen stands between it and the word before: "Mon-Fri".
    pub(crate) hyphened: bool,
}

impl Token {
    pub(crate) fn word(&self) -> Option<&str> {
        if let Kind::Word(word) = &self.kind { Some(word) } else { None }
    }

    pub(crate) fn is_mark(&self, marks: &[char]) -> bool {
        matches!(self.kind, Kind::Mark(mark) if marks.contains(&mark))
    }
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Letter,
    Figure,
    Mark,
    Space,
}

fn class(c: char) -> Class {
    match c {
        _ if c.is_whitespace() => Class::Space,
        '0'..='9' => Class::Figure,
        _ if c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) => Class::Letter,
        _ => Class::Mark,
    }
}

/// Reads a text. A hyphen between two words, an apostrophe and the point after a single letter (`a.m.`) part words and are no
/// tokens; `30,000` is one number.
pub(crate) fn read(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut rest, mut spaced, mut begins_line, mut hyphened) = (text, true, true, false);
    while let Some(first) = rest.chars().next() {
        if tokens.len() == MAX_TOKENS {
            break;
        }
        let start = text.len() - rest.len();
        let kind_of = class(first);
        let length = match kind_of {
            Class::Mark => first.len_utf8(),
            _ => rest.find(|c| class(c) != kind_of).unwrap_or(rest.len()),
        };
        let (piece, tail) = rest.split_at(length);
        rest = tail;
        let kind = match kind_of {
            Class::Space => {
                begins_line |= piece.contains('\n');
                spaced = true;
                continue;
            }
            Class::Letter => Kind::Word(folded(piece)),
            Class::Figure => Kind::Number(piece.parse().unwrap_or(u32::MAX), piece.len()),
            Class::Mark if is_silent(first, tokens.last(), spaced, rest) => {
                // What it parted is two words.
                hyphened = first != '.' && !matches!(first, '\'' | '’' | '‘' | '`' | '"');
                continue;
            }
            Class::Mark => Kind::Mark(first),
        };
        tokens.push(Token { kind, span: start..start + length, spaced, begins_line, hyphened });
        (spaced, begins_line, hyphened) = (false, false, false);
        join_thousands(&mut tokens);
        join_two(&mut tokens);
    }
    hide_telephones(&mut tokens);
    hide_addresses(&mut tokens);
    tokens
}

/// The figures of a telephone number are no time, whatever stands between them.
fn hide_telephones(tokens: &mut [Token]) {
    let mut from = 0;
    while from < tokens.len() {
        let mut groups: Vec<usize> = Vec::new();
        let mut to = from;
        for token in tokens.iter().skip(from) {
            match token.kind {
                Kind::Number(_, figures) => groups.push(figures),
                Kind::Mark('-' | '.' | '(' | ')' | '+' | '/') => {}
                _ => break,
            }
            to += 1;
        }
        let begins = tokens.get(from).is_some_and(|token| token.is_mark(&['+'])) && !groups.is_empty();
        let follow = |wanted: &[usize]| groups.windows(wanted.len()).any(|found| found == wanted);
        // "6 0 2 5 5 5 0 1 2 2", "93 111 22 33": more figures than a date and an hour have, parted by spaces alone.
        let bare = |token: &Token| matches!(token.kind, Kind::Number(..)) || token.is_mark(&['-', '(', ')']);
        let has_year =
            tokens.iter().take(to).skip(from).any(|token| matches!(token.kind, Kind::Number(1900..=2100, 4)));
        let is_spaced = !has_year
            && groups.len() >= MIN_GROUPS
            && groups.iter().sum::<usize>() >= MIN_TELEPHONE
            && tokens.iter().take(to).skip(from).all(bare);
        let telephone = is_spaced
            || begins
            || follow(&[3, 4])
            || follow(&[3, 3, 3])
            || follow(&[2, 2, 2, 2, 2])
            || follow(&[4, 3, 3])
            || [[2, 3, 2, 2], [3, 2, 2, 2], [3, 3, 2, 2]].iter().any(|found| follow(found));
        if telephone {
            for token in tokens.iter_mut().take(to).skip(from) {
                token.kind = Kind::Mark(HIDDEN);
            }
        }
        from = to.max(from) + 1;
    }
}

/// Nothing of an e-mail address or a link is a time.
fn hide_addresses(tokens: &mut [Token]) {
    let is_inside = |at: usize| {
        let whole =
            |at: usize| tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Word(_) | Kind::Number(..)));
        let glued = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
        tokens.get(at).is_some_and(|token| token.is_mark(&['@', '_', '~', '=', '&', '\\']))
            && glued(at)
            && glued(at + 1)
            && whole(at + 1)
    };
    let marks: Vec<usize> = (0..tokens.len()).filter(|at| is_inside(*at)).collect();
    for at in marks {
        let mut from = at;
        while from > 0 && tokens.get(from).is_some_and(|token| !token.spaced) {
            from -= 1;
        }
        let rest = tokens.iter().skip(at + 1).take_while(|token| !token.spaced).count();
        for token in tokens.iter_mut().take(at + 1 + rest).skip(from) {
            token.kind = Kind::Mark(HIDDEN);
        }
    }
}

/// `text` on one line.
pub(crate) fn tidy(text: &str) -> String {
    let visible = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'));
    let plain: String = visible.map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a mark only parts words.
fn is_silent(mark: char, before: Option<&Token>, spaced: bool, rest: &str) -> bool {
    let follows_letter = before.is_some_and(|token| matches!(token.kind, Kind::Word(_))) && !spaced;
    let leads_to_letter = rest.chars().next().is_some_and(|c| class(c) == Class::Letter);
    match mark {
        '\'' | '’' | '‘' | '`' => true,
        // "W/c 4 February": the week that begins then.
        '/' => {
            let ends = |rest: &str| rest.chars().nth(1).is_none_or(|c| class(c) != Class::Letter);
            follows_letter
                && before.and_then(Token::word) == Some("w")
                && rest.starts_with(['c', 'b', 'C', 'B'])
                && ends(rest)
        }
        '-' | '‐' | '‑' | '"' => follows_letter && leads_to_letter,
        '.' => {
            // "9 a.m.", "St. Patrick's day".
            let single = before.and_then(Token::word).is_some_and(|word| word.len() == 1 || word == "st");
            // "Ca. 2 Wochen".
            let about = before.and_then(Token::word) == Some("ca")
                && rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
            follows_letter && (single && !rest.trim_start().is_empty() || about)
        }
        _ => false,
    }
}

/// `30` `,` `000` is thirty thousand.
fn join_thousands(tokens: &mut Vec<Token>) {
    let [.., whole, comma, part] = tokens.as_slice() else { return };
    let (Kind::Number(high, figures), Kind::Number(low, 3)) = (&whole.kind, &part.kind) else { return };
    if !comma.is_mark(&[',']) || comma.spaced || part.spaced || *figures > 3 {
        return;
    }
    let joined = Token {
        kind: Kind::Number(high.saturating_mul(1_000).saturating_add(*low), figures + 3),
        span: whole.span.start..part.span.end,
        ..whole.clone()
    };
    tokens.truncate(tokens.len() - 3);
    tokens.push(joined);
}

/// `2morrow`, `2nite`, `b4`: the figure is read aloud.
fn join_two(tokens: &mut Vec<Token>) {
    let [.., two, rest] = tokens.as_slice() else { return };
    let whole = match (&two.kind, &rest.kind, rest.spaced) {
        (Kind::Number(2, 1), Kind::Word(word), false) => match word.as_str() {
            "morrow" | "morow" | "moro" => "tomorrow",
            "nite" | "night" => "tonight",
            "day" => "today",
            _ => return,
        },
        (Kind::Word(word), Kind::Number(4, 1), false) if word == "b" => "before",
        _ => return,
    };
    let joined = Token { kind: Kind::Word(whole.to_owned()), span: two.span.start..rest.span.end, ..two.clone() };
    tokens.truncate(tokens.len() - 2);
    tokens.push(joined);
}

/// Small letters without accents.
fn folded(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'ª' => plain.push('a'),
            'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
            'í' | 'ì' | 'î' | 'ï' => plain.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'º' => plain.push('o'),
            'ú' | 'ù' | 'û' | 'ü' => plain.push('u'),
            'ñ' => plain.push('n'),
            'ç' => plain.push('c'),
            'ß' => plain.push_str("ss"),
            'œ' => plain.push_str("oe"),
            '\u{300}'..='\u{36f}' => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |token: &Token| match &token.kind {
            Kind::Word(word) => word.clone(),
            Kind::Number(value, figures) => format!("{value:0figures$}"),
            Kind::Mark(mark) => mark.to_string(),
        };
        read(text).iter().map(show).collect()
    }

    #[test]
    fn words_figures_and_marks_stand_apart() {
        for (text, expected) in [
            ("Mañana a las 15h30", vec!["manana", "a", "las", "15", "h", "30"]),
            ("9 a.m. on the 19th", vec!["9", "a", "m", "on", "the", "19", "th"]),
            ("l'après-midi, five-thirty", vec!["l", "apres", "midi", ",", "five", "thirty"]),
            ("6-8 o'clock", vec!["6", "-", "8", "o", "clock"]),
            ("30,000 miles", vec!["30000", "miles"]),
            ("2morrow at 2 days", vec!["tomorrow", "at", "2", "days"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
