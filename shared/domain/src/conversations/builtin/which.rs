//! The answer to "Which of these do you mean: Coupe femme or Coupe homme?": its place among them, or whom it is for.

use language::{Intent, Intents, Words};

use super::vocabulary::Phrases;
use super::vocabulary::who::{self, Who, says};
use super::{Turn, picks, service};
use crate::conversations::{Question, Role};
use crate::tenancy::Service;

/// How many of the customer's last lines are looked at for what was unclear.
const MAX_LINES_BACK: usize = 4;
/// An answer has no more words; in another language than the talk's, no more than so many.
const MAX_WORDS: usize = 8;
const MAX_WORDS_OF_ANY: usize = 4;
/// One of all services is chosen in no more words.
const MAX_WORDS_FROM_LIST: usize = 3;
/// "Damenschnitt" begins with a word of so many letters.
const MIN_FIRST_CHARS: usize = 5;

/// Those of the services among which the reply before asked to choose that `words` choose: one, or both.
pub(super) fn chosen<'t>(turn: &Turn<'t>, words: &Words) -> Vec<&'t Service> {
    let options = options(turn, words);
    if options.len() < 2 || words.len() > MAX_WORDS {
        return Vec::new();
    }
    if options.len() == 2 && says(words, |who| who.both) {
        return options;
    }
    let by_place = || picks::ordinal(words, turn.language(), options.len());
    let by_figure = || words.iter().next().filter(|_| words.len() == 1)?.parse::<usize>().ok()?.checked_sub(1);
    let found = by_place().or_else(by_figure).and_then(|at| options.get(at).copied());
    let by_price = || {
        let priced = options.iter().filter(|service| says(words, |who| who.cheaper) && service.price.is_some());
        priced.min_by_key(|service| service.price.map(|price| price.from_cents)).copied()
    };
    let found = found.or_else(|| by_sex(&options, words, turn.language().as_str()));
    found.or_else(by_price).into_iter().collect()
}

/// The services among which the reply before asked to choose, in its order.
fn options<'t>(turn: &Turn<'t>, words: &Words) -> Vec<&'t Service> {
    let Some((reply, thread)) = turn.last_reply().zip(turn.conversation) else { return Vec::new() };
    if turn.just_asked() != Some(&Question::Service) {
        return Vec::new();
    }
    let theirs = thread.recent.iter().rev().filter(|line| line.role == Role::Customer).take(MAX_LINES_BACK);
    let unclear =
        theirs.map(|line| service::mentions(turn.tenant, &line.text).unclear).find(|unclear| unclear.len() > 1);
    // Without such a line, the reply may list what there is: "the first one", and not "first available please".
    let asks_free = || Intents::read(turn.content.text()).has(Intent::Availability);
    if unclear.is_none() && (words.len() > MAX_WORDS_FROM_LIST || asks_free()) {
        return Vec::new();
    }
    let named = unclear.unwrap_or_else(|| (0..turn.tenant.services.len()).collect());
    let named = named.into_iter().filter_map(|at| turn.tenant.services.get(at));
    let mut placed: Vec<(usize, &Service)> = named.filter_map(|one| Some((reply.rfind(&one.name)?, one))).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, service)| service).collect()
}

/// The only one that is for women, or for men, where the answer is about one of these: "for my husband".
fn by_sex<'t>(options: &[&'t Service], words: &Words, code: &str) -> Option<&'t Service> {
    let own = who::ALL.into_iter().filter(|who| who.code == code);
    // "Son" is his in French, and a boy in English.
    let others = Some(who::ALL.to_vec()).filter(|_| words.len() <= MAX_WORDS_OF_ANY);
    let lists = own.map(|who| vec![who]).chain(others);
    let is_for_women = lists.filter_map(|lists| sex(&lists, words)).next()?;
    let fits = |service: &&&Service| {
        let terms = std::iter::once(&service.name).chain(&service.keywords);
        terms.filter_map(|term| of_term(&Words::new(term))).next() == Some(is_for_women)
    };
    let mut fitting = options.iter().filter(fits);
    let only = fitting.next()?;
    fitting.next().is_none().then_some(*only)
}

/// Whether a name of a service is one for women, and not for men: "Coupe femme", "Damenschnitt".
fn of_term(term: &Words) -> Option<bool> {
    let begins = |list: fn(&Who) -> Phrases| {
        let mut phrases = who::ALL.into_iter().flat_map(list).filter(|phrase| phrase.len() >= MIN_FIRST_CHARS);
        phrases.any(|phrase| term.iter().any(|word| word.starts_with(phrase)))
    };
    sex(&who::ALL, term).or_else(|| match (begins(|who| who.women), begins(|who| who.men)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    })
}

/// Whether `words` speak of women, and not of men; `None`: of neither or of both.
fn sex(lists: &[&Who], words: &Words) -> Option<bool> {
    let says = |list: fn(&Who) -> Phrases| lists.iter().any(|who| words.contains_any(list(who)));
    match (says(|who| who.women), says(|who| who.men)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}
