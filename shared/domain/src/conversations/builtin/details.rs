//! What a customer says of themselves inside a message: name, e-mail, number, budget, who decides.
//!
//! Everything found is checked: an address by the domain's own types, a name by [`given_name`], a sum by its
//! currency. What is not certain is not taken.

use super::place::starts_upper;
use super::tokens::{Tokens, tidy};
use super::vocabulary::Said;
use crate::conversations::language;
use crate::leads::GivenDetails;
use crate::messaging::{Email, Phone};
use crate::words::Words;

/// The longest name shown or kept, in characters.
const MAX_NAME_CHARS: usize = 40;
/// How many words a name may have.
const MAX_NAME_WORDS: usize = 3;
/// The longest budget kept, in characters.
const MAX_BUDGET_CHARS: usize = 40;
/// Fewest digits of a number that has no leading `+`; fewer are dates, codes and counts.
const MIN_LOCAL_DIGITS: usize = 9;
/// Most digits of a number (ITU-T E.164).
const MAX_DIGITS: usize = 15;
/// Words for currencies, folded.
const CURRENCIES: [&str; 18] = [
    "dollar", "dollars", "bucks", "usd", "euro", "euros", "eur", "pesos", "mxn", "reais", "brl", "pounds", "gbp",
    "dolar", "dolares", "libras", "francs", "chf",
];

/// Name and addresses in a message. In a completed form (`is_form`) every address stands in a field of the writer's.
pub(super) fn given(tokens: &Tokens<'_>, region: &str, is_form: bool) -> GivenDetails {
    let is_own = |at: usize| is_form || is_own(tokens, at);
    GivenDetails { name: name(tokens), email: email(tokens, is_own), phone: phone(tokens, region, is_own) }
}

/// `name` if it can be one: at most [`MAX_NAME_CHARS`] letters, marks (not
/// more than letters), spaces, hyphens and apostrophes.
///
/// Names come from vendors' profiles and from newcomers; nothing else of theirs is repeated in a reply.
pub(super) fn given_name(name: &str) -> Option<&str> {
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

/// The name at the beginning of a clause of an answer: letters until a figure or an address, one to three words of them.
pub(super) fn leading_name(text: &str) -> Option<String> {
    let line = text.trim();
    let mut words: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        if word.contains(|c: char| c.is_ascii_digit() || c == '@' || c == '+' || c == '(') {
            break;
        }
        words.push(word.trim_end_matches('.'));
    }
    while words.last().is_some_and(|word| NOT_IN_NAMES.contains(&word.to_lowercase().as_str())) {
        words.pop();
    }
    let start = words.iter().rposition(|word| LEADS_TO_NAME.contains(&word.to_lowercase().as_str()));
    let words = words.get(start.map_or(0, |at| at + 1)..).unwrap_or_default();
    // "so much", "as above": a name that is not capitalised begins with no common word.
    let is_common = |word: &&str| word.starts_with(char::is_lowercase) && language::is_common(&word.to_lowercase());
    if !(1..=MAX_NAME_WORDS).contains(&words.len()) || words.first().is_some_and(is_common) {
        return None;
    }
    let capital = |word: &&str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    let name = words.iter().map(capital).collect::<Vec<_>>().join(" ");
    given_name(&name).map(str::to_owned)
}

/// What stands before a name in an answer, in five languages.
const LEADS_TO_NAME: [&str; 20] = [
    "is",
    "i'm",
    "im",
    "am",
    "it's",
    "its",
    "name's",
    "soy",
    "es",
    "llamo",
    "suis",
    "m'appelle",
    "appelle",
    "bin",
    "heiße",
    "heisse",
    "ist",
    "sou",
    "é",
    "chamo",
];
/// What stands behind one, before a number.
const NOT_IN_NAMES: [&str; 14] =
    ["and", "at", "my", "number", "phone", "email", "y", "et", "und", "e", "tel", "cell", "here", "please"];

/// "My name is Ana López", "this is Ana": capitalised words, or after "my name is" one word that ends the clause.
fn name(tokens: &Tokens<'_>) -> Option<String> {
    let announced = |at: usize| tokens.phrase_before(at, |list| list.name_follows);
    let capitalised =
        |at: usize| starts_upper(tokens, at) && tokens.phrase_before(at, |list| list.capital_name_follows);
    let start = (1..tokens.len()).find(|at| announced(*at) || capitalised(*at))?;
    let ends = |at: usize| at + 1 == tokens.len() || tokens.get(at).is_some_and(|token| token.ends_clause);
    if !starts_upper(tokens, start) {
        let mut letters = tokens.get(start).filter(|_| ends(start))?.text.chars();
        let name: String = letters.next()?.to_uppercase().chain(letters).collect();
        return given_name(&name).map(str::to_owned);
    }
    let mut end = start + 1;
    while end < start + MAX_NAME_WORDS && !ends(end - 1) && starts_upper(tokens, end) {
        end += 1;
    }
    given_name(tokens.slice(&(start..end))).map(str::to_owned)
}

/// Whether the words before the token at `at` say that what follows is the writer's own. An address without such words may
/// be anybody's: "I wrote to info@…", "call my husband at …", "claim 4471829305".
fn is_own(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.phrase_before(at, |list| list.reach_follows)
}

/// The first mailbox that they say is their own.
fn email(tokens: &Tokens<'_>, is_own: impl Fn(usize) -> bool) -> Option<Email> {
    let written = |at: &usize| tokens.get(*at).is_some_and(|token| token.text.contains('@')) && is_own(*at);
    let read = |at: usize| Email::new(tokens.get(at)?.text, "email").ok();
    (0..tokens.len()).filter(written).find_map(read)
}

/// The first run of tokens without letters that reads as a number and that they say is their own.
fn phone(tokens: &Tokens<'_>, region: &str, is_own: impl Fn(usize) -> bool) -> Option<Phone> {
    let is_figures = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.text.contains(|c: char| c.is_ascii_digit())
                && token.text.chars().all(|c| c.is_ascii_digit() || "+()-./".contains(c))
        })
    };
    let mut at = 0;
    while at < tokens.len() {
        let end = (at..tokens.len()).find(|index| !is_figures(*index)).unwrap_or(tokens.len());
        let written = tokens.slice(&(at..end));
        let digits = written.bytes().filter(u8::is_ascii_digit).count();
        let enough = written.starts_with('+') || digits >= MIN_LOCAL_DIGITS;
        if enough && digits <= MAX_DIGITS && !written.contains('/') && is_own(at) {
            let phone = Phone::typed(written, region, "phone").ok();
            if phone.is_some() {
                return phone;
            }
        }
        at = end + 1;
    }
    None
}

/// The sum a customer means to spend: with a currency, or a bare one beside a word of spending (or after our question).
pub(super) fn budget(tokens: &Tokens<'_>, asked: bool) -> Option<String> {
    let sum = (0..tokens.len()).find(|at| is_sum(tokens, *at));
    let named = || (0..tokens.len()).find(|at| tokens.phrase_at(*at, |list| list.budget).is_some());
    let bare_after =
        |start: usize| (start..tokens.len()).find(|at| is_amount(tokens, *at) && (asked || is_large(tokens, *at)));
    let at = sum.or_else(|| bare_after(if asked { 0 } else { named()? }))?;
    let currency_before = usize::from(at.checked_sub(1).is_some_and(|before| is_currency(tokens, before)));
    let first = at - currency_before;
    let about = (1..=3.min(first)).find(|taken| tokens.phrase_at(first - taken, |list| list.about) == Some(*taken));
    let currency_after = usize::from(is_currency(tokens, at + 1));
    let range = first - about.unwrap_or(0)..at + 1 + currency_after;
    Some(tidy(tokens.slice(&range), MAX_BUDGET_CHARS))
}

/// Whether `words` speak of spending.
pub(super) fn names_budget(words: &Words) -> bool {
    Said::new(words).has(|list| list.budget)
}

/// Whether the token at `at` is a sum of money: an amount with its currency.
pub(super) fn is_sum(tokens: &Tokens<'_>, at: usize) -> bool {
    let signed =
        tokens.get(at).is_some_and(|token| token.text.contains(['$', '€', '£']) || token.text.starts_with("R$"));
    let named = is_currency(tokens, at + 1) || at.checked_sub(1).is_some_and(|before| is_currency(tokens, before));
    is_amount(tokens, at) && (signed || named)
}

fn is_currency(tokens: &Tokens<'_>, at: usize) -> bool {
    CURRENCIES.contains(&tokens.folded(at))
        || tokens.get(at).is_some_and(|token| matches!(token.text, "$" | "€" | "£" | "R$"))
}

/// `500`, `$1,250.00`, `1.250€`, `5k`, `$500-800`.
fn is_amount(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let bare = token.text.trim_start_matches(['R', '$', '€', '£']).trim_end_matches(['k', 'K', '$', '€', '£']);
    bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.len() <= 16
        && bare.chars().all(|c| c.is_ascii_digit() || ".,-$€£".contains(c))
}

/// Three digits or a `k`: a bare number that can be a sum.
fn is_large(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.text.ends_with(['k', 'K']) || token.text.len() >= 3)
}

/// Whether they decide themselves, read from the answer to that very question.
pub(super) fn decision_maker(words: &Words) -> Option<bool> {
    let said = Said::new(words);
    if said.has(|list| list.others_decide) || said.is_any(|list| list.not_now.alone) {
        return Some(false);
    }
    (said.has(|list| list.decides) || said.is_any(|list| list.yes.alone)).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> GivenDetails {
        given(&Tokens::new(text), "US", false)
    }

    #[test]
    fn names_are_taken_only_where_they_are_given() {
        for (text, name) in [
            ("Hi, my name is Ana López and I need help", Some("Ana López")),
            ("my name is ana", Some("Ana")),
            ("soy Ana", Some("Ana")),
            ("je m'appelle Jean-Luc", Some("Jean-Luc")),
            ("ich heiße Jürgen", Some("Jürgen")),
            ("me chamo João", Some("João")),
            ("this is Dave O'Neil, hello", Some("Dave O'Neil")),
            ("my name is not important", None),
            ("this is urgent", None),
            ("soy alérgica", None),
            ("my name is <script>", None),
            ("my name is 1; DROP TABLE", None),
        ] {
            assert_eq!(read(text).name.as_deref(), name, "{text}");
        }
    }

    #[test]
    fn a_name_is_letters_and_short() {
        assert_eq!(given_name(" María José "), Some("María José"));
        for bad in ["", "-", "a@b", "Ignore all\ninstructions", &"a".repeat(41), "x1", "\u{202e}ab"] {
            assert_eq!(given_name(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn addresses_in_a_text_are_read_by_the_domains_own_types() {
        let given = read("My email is Ana@Example.com, or call me at (303) 555-0142!");
        assert_eq!(given.email.unwrap().as_str(), "ana@example.com");
        assert_eq!(given.phone.unwrap().as_str(), "+13035550142");
        let none = read("ana@, on 2026-10-10 at 10:30, zip 80202, 4111 1111 1111 1111");
        assert_eq!((none.email, none.phone), (None, None));
    }

    #[test]
    fn an_address_that_is_not_said_to_be_their_own_is_nobodys() {
        for text in [
            "I wrote to info@acme-example.com",
            "Call my husband at 303 555 0142",
            "My husband's number is 303 555 0142",
            "claim 4471829305",
            "my claim number is 4471829305",
            "Is ana@example.com still your address?",
            "escribí a info@acme-example.com",
            "ich habe an info@acme-example.com geschrieben",
            "the plumber said reach him at 303 555 0142",
        ] {
            let given = read(text);
            assert_eq!((given.email, given.phone), (None, None), "{text}");
        }
        for (text, address) in [
            ("my cell is 303-555-0142", "+13035550142"),
            ("you can reach me at ana@example.com", "ana@example.com"),
            ("mi teléfono es el 303 555 0142", "+13035550142"),
            ("Sie erreichen mich unter ana@example.com", "ana@example.com"),
            ("mon numéro est le 303 555 0142", "+13035550142"),
            ("meu e-mail é ana@example.com", "ana@example.com"),
        ] {
            let addresses = read(text).addresses();
            assert_eq!(
                addresses.iter().filter_map(crate::messaging::Address::text).collect::<Vec<_>>(),
                [address],
                "{text}"
            );
        }
    }

    #[test]
    fn budgets_keep_their_words() {
        for (text, asked, budget_found) in [
            ("I can pay $500", false, Some("$500")),
            ("around 2000 euros", false, Some("around 2000 euros")),
            ("unos 3.000 €", false, Some("unos 3.000 €")),
            ("até R$ 1.500", false, Some("até R$ 1.500")),
            ("my budget is 5k", false, Some("5k")),
            ("up to 800", true, Some("up to 800")),
            ("call (303) 555-0142, I can spend 800", false, Some("800")),
            ("the house has 3 floors", false, None),
        ] {
            let found = budget(&Tokens::new(text), asked);
            assert_eq!(found.as_deref(), budget_found, "{text}");
        }
    }

    #[test]
    fn who_decides_is_read_from_the_answer() {
        for (text, decides) in [
            ("yes", Some(true)),
            ("I'm the owner", Some(true)),
            ("I have to ask my wife", Some(false)),
            ("no", Some(false)),
            ("what a day", None),
        ] {
            assert_eq!(decision_maker(&Words::new(text)), decides, "{text}");
        }
    }
}
