//! Of whom a message speaks, once per language: what people are and are not called, men and women, and what is theirs. Every
//! phrase is folded as in the vocabularies beside.

use super::Phrases;

mod de;
mod en;
mod es;
mod fr;
mod pt;

/// Every language.
pub(in super::super) const ALL: [&Who; 5] = [&en::WHO, &es::WHO, &fr::WHO, &de::WHO, &pt::WHO];

/// One language's words.
pub(in super::super) struct Who {
    pub(in super::super) code: &'static str,
    /// Words that stand where a name could, and are part of none: "better at 11".
    pub(in super::super) no_names: Phrases,
    /// What people are: behind "I'm", alone, it is no name.
    pub(in super::super) states: Phrases,
    /// Before how a name is spelled.
    pub(in super::super) spelled: Phrases,
    /// What may stand before "is" where a name follows: "the full name is".
    pub(in super::super) subjects: Phrases,
    /// What the writer says of what is theirs: "mine is 303 555 0142", "text me at".
    pub(in super::super) mine: Phrases,
    /// Before what the writer has.
    pub(in super::super) my: Phrases,
    pub(in super::super) women: Phrases,
    pub(in super::super) men: Phrases,
    /// One more is wanted, and nothing replaced.
    pub(in super::super) adds: Phrases,
    /// Nothing else is wanted any more.
    pub(in super::super) narrows: Phrases,
    /// They have made up their mind after having asked.
    pub(in super::super) settles: Phrases,
    /// Of several, the one that costs least, and of two both.
    pub(in super::super) cheaper: Phrases,
    pub(in super::super) both: Phrases,
}

/// Whether `words` say one of `list`, in any language.
pub(in super::super) fn says(words: &language::Words, list: fn(&Who) -> Phrases) -> bool {
    ALL.into_iter().any(|who| words.contains_any(list(who)))
}

/// Whether a folded word is no name.
pub(in super::super) fn is_no_name(word: &str) -> bool {
    has(&[word], |who| who.no_names) || has(&[word], |who| who.spelled)
}

/// Whether one of `words` is a phrase of any language's list.
pub(in super::super) fn has(words: &[&str], list: fn(&Who) -> Phrases) -> bool {
    ALL.into_iter().flat_map(list).any(|phrase| words.contains(phrase))
}

/// Every phrase of a language.
#[cfg(test)]
pub(in super::super) fn all_phrases(who: &Who) -> Vec<&'static str> {
    let names = [who.no_names, who.states, who.spelled, who.subjects, who.mine, who.my];
    let others = [who.women, who.men, who.adds, who.narrows, who.settles, who.cheaper, who.both];
    names.into_iter().chain(others).flatten().copied().collect()
}
