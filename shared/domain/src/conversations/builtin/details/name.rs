//! Names: where they are announced ("my name is"), beside an address ("Dan Ortiz 720 555 0148"), or the answer to who it is.

use std::ops::Range;

use language::Intents;

use super::others;
use super::reach::{self, Found};
use crate::conversations::builtin::heard;
use crate::conversations::builtin::kinds;
use crate::conversations::builtin::place::starts_upper;
use crate::conversations::builtin::tokens::Tokens;
use crate::conversations::builtin::vocabulary::{self, who};
use crate::conversations::language::is_common;
use ::language::Words;

/// The longest name shown or kept, in characters.
const MAX_NAME_CHARS: usize = 40;
/// How many words a name may have, particles aside.
const MAX_NAME_WORDS: usize = 3;
/// How many with them.
const MAX_NAME_TOKENS: usize = 7;
/// Small words within names, folded.
const PARTICLES: [&str; 20] = [
    "de", "la", "las", "los", "del", "da", "das", "do", "dos", "di", "van", "von", "zu", "der", "den", "el", "al",
    "le", "du", "bin",
];
/// Who says so says what they are as well: "I'm pregnant", "soy vegana".
const OF_STATES: [&str; 8] = ["i'm", "im", "i’m", "am", "soy", "suis", "bin", "sou"];
/// Fewer digits behind a name are no number to dial: "better 11", "flight TP 1123".
const MIN_DIGITS_BEHIND: usize = 7;
/// An hour in figures has at most so many characters: "10:30", "10h30".
const MAX_HOUR_CHARS: usize = 5;
/// What an hour can end with, folded.
const ENDS_OF_HOURS: [&str; 10] =
    ["am", "pm", "uhr", "h", "anytime", "morning", "afternoon", "noon", "midi", "mediodia"];
/// First names that are words too.
const SHORT_NAMES: [&str; 4] = ["Jo", "Al", "Bo", "Ed"];
/// What begins with one of these in small letters says what something looks like.
const COLOURS: [&str; 27] = [
    "silver", "black", "white", "grey", "gray", "blue", "green", "yellow", "beige", "orange", "purple", "gris",
    "negro", "blanco", "azul", "rojo", "plateado", "noir", "bleu", "rouge", "schwarz", "weiß", "grau", "blau", "preto",
    "prata", "cinza",
];
/// What stands before a name and is none alone, folded.
const TITLES: [&str; 30] = [
    "dr", "dra", "doctor", "mr", "mrs", "ms", "miss", "sr", "sra", "herr", "frau", "madame", "familie", "family",
    "familia", "famille", "m", "mme", "mlle", "monsieur", "don", "dona", "senor", "senora", "hr", "fr", "eng", "prof",
    "fco", "doutora",
];
/// Of these, the ones by which customers hardly call themselves.
const DOCTORS: [&str; 4] = ["dr", "dra", "doctor", "doctora"];
/// What stands before names and things, folded: one word behind it is no name.
const BEFORE_THINGS: [&str; 4] = ["auf", "für", "pour", "para"];
/// What stands before a name in an answer, in five languages.
const LEADS_TO_NAME: [&str; 35] = [
    "under",
    "unter",
    "auf",
    "hier",
    "für",
    "pour",
    "para",
    "bajo",
    "sob",
    "is",
    "i'm",
    "im",
    "am",
    "it's",
    "its",
    "name's",
    "name",
    "soy",
    "es",
    "llamo",
    "nombre",
    "suis",
    "m'appelle",
    "appelle",
    "c'est",
    "nom",
    "bin",
    "heiße",
    "heisse",
    "ist",
    "sou",
    "é",
    "chamo",
    "nome",
    "fala",
];
/// What stands behind one, before a number.
const NOT_IN_NAMES: [&str; 18] = [
    "and", "at", "my", "number", "phone", "email", "y", "et", "und", "e", "tel", "cell", "here", "please", "aqui",
    "aquí", "ici", "hier",
];

/// `name` if it can be one: at most [`MAX_NAME_CHARS`] letters, marks (not
/// more than letters), spaces, hyphens and apostrophes.
///
/// Names come from vendors' profiles and from newcomers; nothing else of theirs is repeated in a reply.
pub(in crate::conversations::builtin) fn given_name(name: &str) -> Option<&str> {
    let name = name.trim();
    let is_mark = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let marks = name.chars().filter(|c| is_mark(*c)).count();
    let ok = name.starts_with(char::is_alphabetic)
        && name.chars().count() <= MAX_NAME_CHARS
        && marks <= letters
        && name.chars().all(|c| c.is_alphabetic() || is_mark(c) || " -'’".contains(c));
    ok.then_some(name)
}

/// What someone is called by: `Ana` of `Ana López`, and the whole of `Familie Albrecht`.
pub(in crate::conversations::builtin) fn called(name: &str) -> &str {
    let first = name.split_whitespace().next().unwrap_or(name);
    if TITLES.contains(&folded(first).as_str()) { name } else { first }
}

/// Whether a word stands before a name and is none alone: "Sra."
pub(in crate::conversations::builtin) fn is_titled(word: &str) -> bool {
    TITLES.contains(&folded(word).as_str())
}

/// Whether the whole message is two or three small words, none of which is of every sentence: "dave kowalski".
pub(in crate::conversations::builtin) fn is_small_name(tokens: &Tokens<'_>) -> bool {
    (2..=MAX_NAME_WORDS).contains(&tokens.len())
        && (0..tokens.len()).all(|at| is_name_word(tokens, at) && !is_particle(tokens, at))
        && may_begin(tokens, 0)
}

/// Whether the whole message is one name with a capital: "Hélène".
pub(in crate::conversations::builtin) fn is_first_name(tokens: &Tokens<'_>) -> bool {
    tokens.len() == 1 && starts_upper(tokens, 0) && is_name_word(tokens, 0) && may_begin(tokens, 0)
}

/// Whether the whole message is a first and a last name with capitals: "Greg Hanley".
pub(in crate::conversations::builtin) fn is_whole_name(tokens: &Tokens<'_>) -> bool {
    let is_name = |at: usize| is_particle(tokens, at) || (starts_upper(tokens, at) && is_name_word(tokens, at));
    (2..=MAX_NAME_WORDS + 1).contains(&tokens.len()) && (0..tokens.len()).all(is_name) && may_begin(tokens, 0)
}

/// The name at the beginning of a clause of an answer: letters until a figure or an address, one to three words of them.
pub(in crate::conversations::builtin) fn leading_name(text: &str) -> Option<String> {
    let is_figure = |word: &&str| word.contains(|c: char| c.is_ascii_digit() || c == '@' || c == '+' || c == '(');
    let mut words: Vec<&str> =
        text.split_whitespace().take_while(|word| !is_figure(word)).map(|word| word.trim_end_matches('.')).collect();
    let figures: Vec<&str> = text.split_whitespace().skip(words.len()).collect();
    let digits = figures.iter().flat_map(|word| word.bytes()).filter(u8::is_ascii_digit).count();
    let leads_to_count =
        !figures.is_empty() && digits < MIN_DIGITS_BEHIND && !figures.iter().any(|word| word.contains('@'));
    while words.last().is_some_and(|word| NOT_IN_NAMES.contains(&word.to_lowercase().as_str())) {
        words.pop();
    }
    let start = words.iter().rposition(|word| LEADS_TO_NAME.contains(&word.to_lowercase().as_str()));
    let lead = start.and_then(|at| words.get(at)).map(|word| word.to_lowercase());
    // "My insurance is DKV" tells no name.
    let is_subject = |word: &&str| {
        who::has(&[folded(word).as_str()], |who| who.subjects) || LEADS_TO_NAME.contains(&word.to_lowercase().as_str())
    };
    let is_of_another_thing = !words.iter().take(start.unwrap_or_default()).all(is_subject);
    let words = words.get(start.map_or(0, |at| at + 1)..).unwrap_or_default();
    let is_state = matches!(words, [only] if who::has(&[folded(only).as_str()], |who| who.states));
    let is_state = is_state && lead.as_ref().is_some_and(|lead| OF_STATES.contains(&lead.as_str()));
    // "It's a jeep. Silver", where a name was asked for.
    let is_letter = matches!(words, [only] if only.chars().count() == 1)
        || words.first().is_some_and(|word| COLOURS.contains(word));
    let is_count =
        leads_to_count && !(words.len() > 1 && words.iter().all(|word| word.starts_with(char::is_uppercase)));
    // "Für Hagelschaden" names a thing, "für Karin Müller" and "pour Jean-Marc" a person.
    let is_thing = matches!(words, [only] if !only.contains('-'))
        && lead.is_some_and(|lead| BEFORE_THINGS.contains(&lead.as_str()));
    if is_of_another_thing || is_state || is_letter || is_count || is_thing {
        return None;
    }
    let count = words.iter().filter(|word| !PARTICLES.contains(&word.to_lowercase().as_str())).count();
    // "so much", "as above": a name that is not capitalised begins with no common word.
    let is_small = |word: &&str| word.starts_with(char::is_lowercase) && is_common(&folded(word));
    // "That's correct" begins with no name, and "Ana's" is none.
    let is_short_for = |word: &&str| is_contraction(word);
    // "Try changing day" and "well done" are no names, and "Dr." alone is none.
    let is_lower = |word: &&&str| word.starts_with(char::is_lowercase) && !PARTICLES.contains(*word);
    let small = words.iter().skip(1).filter(is_lower);
    let is_begun = words.first().is_some_and(|word| word.starts_with(char::is_uppercase));
    let is_sentence = small.clone().any(is_small) || (is_begun && small.count() > 1);
    let is_title = matches!(words, [only] if TITLES.contains(&folded(only).as_str()));
    // "Dr. Johnson" is whom they want to see; "Dr. Anna Weber" says who writes.
    let is_doctor =
        count < MAX_NAME_WORDS && words.first().is_some_and(|word| DOCTORS.contains(&folded(word).as_str()));
    let is_none = untitled(words)
        .iter()
        .any(|word| !PARTICLES.contains(&word.to_lowercase().as_str()) && is_no_name(&folded(word)))
        || is_sentence
        || is_title
        || is_doctor
        || words.first().is_some_and(is_small)
        || words.iter().any(is_short_for);
    if !(1..=MAX_NAME_WORDS).contains(&count) || is_none {
        return None;
    }
    capitalised(words)
}

/// The words of a name without a title before it.
fn untitled<'w>(words: &'w [&'w str]) -> &'w [&'w str] {
    match words {
        [first, rest @ ..] if !rest.is_empty() && TITLES.contains(&folded(first).as_str()) => rest,
        _ => words,
    }
}

/// The name in an answer that has the last one first: "Müller, Karin".
pub(in crate::conversations::builtin) fn last_name_first(text: &str) -> Option<String> {
    let (last, rest) = text.split_once(',')?;
    let (first, behind) = rest.split_once(',').unwrap_or((rest, ""));
    let one = |part: &str| leading_name(part).filter(|name| !name.contains(' ') && part.contains(name.as_str()));
    (!behind.contains(char::is_alphabetic)).then_some(format!("{} {}", one(first)?, one(last)?))
}

/// A name at the end of a message, behind a courtesy: "... on Saturday. Thanks, Ana Gil".
pub(super) fn signed(tokens: &Tokens<'_>) -> Option<Range<usize>> {
    let begins = |end: usize| (0..end).rev().find(|at| *at == 0 || ends_clause(tokens, *at)).unwrap_or_default();
    let start = begins(tokens.len());
    let courtesy = begins(start)..start;
    let is_name = |at: usize| is_particle(tokens, at) || starts_upper(tokens, at) && is_name_word(tokens, at);
    let is_one = (1..=MAX_NAME_WORDS).contains(&(tokens.len() - start)) && (start..tokens.len()).all(is_name);
    // "Thanks. Denver Colorado", "Danke, Grüße".
    let is_other = TITLES.contains(&tokens.folded(start))
        || start > 0 && tokens.between(start - 1).contains('.')
        || language::is_known(tokens.slice(&(start..tokens.len())))
        || kinds::names_vehicle(&Words::new(tokens.slice(&(start..tokens.len()))));
    (is_one
        && !is_other
        && courtesy.start > 0
        && heard::is_reply_word(tokens.slice(&courtesy))
        && may_begin(tokens, start))
    .then_some(start..tokens.len())
}

/// Whether a word is two in short: "Ana's", "we're", and not "O'Neil".
fn is_contraction(word: &str) -> bool {
    let tail = word.rsplit_once(['\'', '’']).map(|(_, tail)| tail.to_lowercase());
    tail.is_some_and(|tail| ["s", "re", "ve", "ll", "d", "m", "t"].contains(&tail.as_str()))
}

/// "d'Aubigny".
fn is_noble(word: &str) -> bool {
    let rest = word.strip_prefix("d'").or(word.strip_prefix("d’"));
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// A name that is spelled, in one piece: "S-i-o-b-h-a-n".
fn unspelled(word: &str) -> Option<String> {
    let letters: Vec<&str> = word.split('-').collect();
    let is_spelled = letters.len() > 2 && letters.iter().all(|letter| letter.chars().count() == 1);
    is_spelled.then(|| letters.concat().to_lowercase())
}

fn folded(word: &str) -> String {
    Words::new(word).iter().collect::<Vec<_>>().join(" ")
}

/// The words as a name, each with a capital, if they can be one.
fn capitalised(words: &[&str]) -> Option<String> {
    let capital = |word: &&str| {
        let spelled = unspelled(word);
        let mut letters = spelled.as_deref().unwrap_or(word).chars();
        if PARTICLES.contains(word) || is_noble(word) {
            (*word).to_owned()
        } else {
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
        }
    };
    let name = words.iter().map(capital).collect::<Vec<String>>().join(" ");
    given_name(&name).map(str::to_owned)
}

/// A name as it is kept.
pub(super) fn shown(tokens: &Tokens<'_>, name: &Range<usize>) -> Option<String> {
    let words: Vec<&str> = name.clone().filter_map(|at| Some(tokens.get(at)?.text)).collect();
    capitalised(&words)
}

/// A name beside an address, with nothing else in its clause: "Dan Ortiz 720 555 0148", "ana@example.com, Ana López". Where they
/// were asked who they are, or say nothing else, one word is enough, in small letters too.
pub(super) fn beside(tokens: &Tokens<'_>, found: &[Found], is_asked: bool) -> Option<Range<usize>> {
    let names = found.iter().flat_map(|one| {
        let (end, _) = reach::before_labels(tokens, one.at.start);
        let behind = one.at.end..end_of_name(tokens, one.at.end);
        [start_of_name(tokens, end)..end, behind]
    });
    let enough = |name: &Range<usize>| {
        let is_behind = found.iter().any(|one| one.at.end == name.start);
        // "Friday 9:30 Lena Fox 303 555 0111", "samedi 9h Lea 06 12 34 56 78".
        let is_behind_time = !is_behind
            && name.start.checked_sub(1).is_some_and(|before| is_of_time(tokens, before))
            && is_of_people(tokens, name)
            && !kinds::names_vehicle(&Words::new(tokens.slice(name)));
        let stands = match is_behind {
            true => ends_clause(tokens, name.end),
            false => is_behind_time || reach::begins_clause(tokens, name.start),
        };
        let is_lead = is_lead_in(tokens, name.start);
        let is_capitalised = name.clone().all(|at| starts_upper(tokens, at) || is_particle(tokens, at));
        // "Kim, 303 555 0122. Around 7:45."
        let ends = |one: &Found| one.at.end.checked_sub(1).is_some_and(|last| ends_clause(tokens, last + 1));
        let is_first = name.start == 0 && !is_behind && found.iter().any(ends);
        let mut others = (0..tokens.len()).filter(|at| !name.contains(at));
        let is_whole = is_asked || others.all(|at| reach::says_nothing(tokens, at, found));
        let is_writers = stands && may_begin(tokens, name.start) && !others::is_anothers(tokens, name.start);
        is_writers && (is_whole || is_capitalised && (name.len() > 1 || is_lead || is_first || is_behind_time))
    };
    names.filter(|name| !name.is_empty()).find(enough)
}

/// A message that is a few words and a number or mailbox: small letters are enough where one of the words is
/// none of every sentence: "dan ortiz 303 555 0142", of which "dan" is a Spanish word.
pub(super) fn card(tokens: &Tokens<'_>, found: &[Found]) -> Option<Range<usize>> {
    let [one] = found else { return None };
    let (end, _) = reach::before_labels(tokens, one.at.start);
    let is_plain = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            given_name(token.text).is_some() && !is_no_name(&token.folded) && !heard::is_reply_word(token.text)
        })
    };
    let is_telling = (0..end).any(|at| is_name_word(tokens, at) && !is_particle(tokens, at));
    // "Tenant: Kim Lee" is no name of the writer's.
    let goes_on = |at: usize| tokens.get(at).is_some_and(|token| !token.ends_clause);
    let is_whole = one.at.end == tokens.len() && (1..end).all(|at| goes_on(at - 1));
    let fits = (2..=MAX_NAME_WORDS).contains(&end) && is_whole && (0..end).all(is_plain);
    (fits && is_telling && may_begin(tokens, 0) && !others::is_anothers(tokens, end)).then_some(0..end)
}

/// Where a name begins that ends before `end`.
fn start_of_name(tokens: &Tokens<'_>, end: usize) -> usize {
    let (mut start, mut words) = (end, 0);
    while let Some(before) = start.checked_sub(1).filter(|_| end - start < MAX_NAME_TOKENS) {
        let ends = start < end && tokens.get(before).is_some_and(|token| token.ends_clause);
        let is_begun = is_lead_in(tokens, start) || (start < end && others::is_anothers(tokens, start));
        if ends || words == MAX_NAME_WORDS || !is_name_word(tokens, before) || is_begun {
            break;
        }
        words += usize::from(!is_particle(tokens, before));
        start = before;
    }
    (start..end).find(|at| !is_particle(tokens, *at)).unwrap_or(end)
}

/// Where a name ends that begins at `start`.
pub(super) fn end_of_name(tokens: &Tokens<'_>, start: usize) -> usize {
    let (mut end, mut words) = (start, 0);
    while words < MAX_NAME_WORDS
        && end - start < MAX_NAME_TOKENS
        && is_name_word(tokens, end)
        && !(end > start && ends_clause(tokens, end) && !TITLES.contains(&tokens.folded(end - 1)))
    {
        words += usize::from(!is_particle(tokens, end));
        end += 1;
    }
    (start..end).rev().find(|at| !is_particle(tokens, *at)).map_or(start, |last| last + 1)
}

/// Whether a clause ends before the token at `at`.
pub(super) fn ends_clause(tokens: &Tokens<'_>, at: usize) -> bool {
    at >= tokens.len() || at.checked_sub(1).and_then(|last| tokens.get(last)).is_some_and(|last| last.ends_clause)
}

pub(super) fn is_particle(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| PARTICLES.contains(&token.text))
}

/// Whether the token at `at` can be a word of a name: letters, and no word of every sentence.
pub(super) fn is_name_word(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    if is_particle(tokens, at) {
        return true;
    }
    let is_small = !starts_upper(tokens, at);
    let is_letter = token.text.chars().count() == 1;
    given_name(token.text).is_some()
        && !is_contraction(token.text)
        && !((is_small || is_letter) && is_common(&token.folded))
        && !is_no_name(&token.folded)
        && (!heard::is_reply_word(token.text) || is_short_name(tokens, at))
}

/// Whether what stands at `name` can hardly be anything but a name: with capitals, and its first word is in none of our lexicons.
pub(super) fn is_of_people(tokens: &Tokens<'_>, name: &Range<usize>) -> bool {
    let is_capitalised = name.clone().all(|at| starts_upper(tokens, at) || is_particle(tokens, at));
    let first = tokens.get(name.start).map(|token| token.text).unwrap_or_default();
    is_capitalised && !::language::is_known(first) && !is_common(tokens.folded(name.start))
}

/// Whether the token at `at` ends a day or an hour.
fn is_of_time(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_hour = |text: &str| text.len() <= MAX_HOUR_CHARS && text.contains(|c: char| c.is_ascii_digit());
    tokens.get(at).is_some_and(|token| {
        is_hour(token.text) || dates::is_weekday(&token.folded) || ENDS_OF_HOURS.contains(&token.folded.as_str())
    })
}

/// Whether the token at `at` is a short first name with its last name behind it, and no "yes": "Jo Barker".
fn is_short_name(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_one = tokens.get(at).is_some_and(|token| SHORT_NAMES.contains(&token.text) && !token.ends_clause);
    is_one && starts_upper(tokens, at + 1)
}

/// Whether a name can begin with the token at `at`: what asks or announces something is none, nor is a make of cars.
pub(super) fn may_begin(tokens: &Tokens<'_>, at: usize) -> bool {
    is_short_name(tokens, at) || tokens.get(at).is_some_and(|token| Intents::read(token.text).iter().next().is_none())
}

/// Whether a folded word is never part of a name: a day of the week, or what customers say first.
fn is_no_name(word: &str) -> bool {
    let is_listed = |word: &str| vocabulary::ALL.into_iter().any(|language| language.no_name.contains(&word));
    is_listed(word) || who::is_no_name(word) || word.split(' ').any(dates::is_weekday)
}

/// Whether words that announce a name end before the token at `at`.
pub(super) fn is_lead_in(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.phrase_before(at, |list| list.name_follows)
        || is_spelled_behind(tokens, at)
        || tokens.phrase_before(at, |list| list.capital_name_follows)
        || tokens.phrase_before(at, |list| list.full_name_follows)
        || others::is_own_relation(tokens, at)
}

/// Whether the word before `at` says how a name is spelled: "my name is spelled".
fn is_spelled_behind(tokens: &Tokens<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|before| who::has(&[tokens.folded(*before)], |who| who.spelled));
    before.is_some_and(|before| tokens.phrase_before(before, |list| list.name_follows))
}

/// Where the words begin that lead to the name at `start`: `start`, where there are none.
pub(super) fn lead_start(tokens: &Tokens<'_>, start: usize) -> usize {
    let lists = [
        tokens.phrase_start(start, |list| list.name_follows),
        tokens.phrase_start(start, |list| list.capital_name_follows),
        tokens.phrase_start(start, |list| list.full_name_follows),
    ];
    lists.into_iter().flatten().min().unwrap_or(start)
}

/// "My name is Ana López", "this is Ana", "I'm Dan Ortiz": after "my name is" in any letters, after "this is" with a capital, and
/// after what begins many sentences only whole, or with an address behind.
pub(super) fn announced(tokens: &Tokens<'_>, found: &[Found], is_asked: bool) -> Option<Range<usize>> {
    (1..tokens.len()).find_map(|start| {
        let name = start..end_of_name(tokens, start);
        if name.is_empty() || others::is_anothers(tokens, start) {
            return None;
        }
        let capitals = name.clone().filter(|at| starts_upper(tokens, *at)).count();
        let is_vehicle = kinds::names_vehicle(&Words::new(tokens.slice(&name)));
        let has_address = found.iter().any(|one| reach::before_labels(tokens, one.at.start).0 == name.end);
        let is_state = name.len() == 1 && who::has(&[tokens.folded(start)], |who| who.states);
        // "12:30. I'm Charlotte", and not "ich bin im Sommer hergezogen".
        let ends = |before: usize| tokens.get(before).is_some_and(|token| token.ends_clause);
        let begins = |start: usize| start == 1 || start.checked_sub(2).is_some_and(ends);
        let is_named = tokens.phrase_before(start, |list| list.name_follows) || is_spelled_behind(tokens, start);
        let is_certain =
            is_named && (capitals > 0 || ends_clause(tokens, name.end) || is_common(tokens.folded(name.end)));
        let is_likely = starts_upper(tokens, start)
            && (tokens.phrase_before(start, |list| list.capital_name_follows)
                || others::is_own_relation(tokens, start)
                || tokens.phrase_before(start, |list| list.full_name_follows)
                    && (capitals > 1 || has_address || is_asked && begins(start)))
            && may_begin(tokens, start);
        let end = if capitals > 0 { until_small(tokens, &name) } else { name.end };
        (!is_vehicle && (is_certain || is_likely && !is_state)).then_some(start..end)
    })
}

/// The end of the capitalised words at the beginning of a name: "Ana and", "Bob Keller calling".
fn until_small(tokens: &Tokens<'_>, name: &Range<usize>) -> usize {
    let upper = |at: usize| starts_upper(tokens, at) || tokens.get(at).is_some_and(|token| is_noble(token.text));
    let last = name.clone().take_while(|at| upper(*at) || is_particle(tokens, *at)).filter(|at| upper(*at)).last();
    last.map_or(name.end, |last| last + 1)
}
