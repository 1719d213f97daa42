//! The words by which customers say things, once per language.
//!
//! A message is read with all five vocabularies at once: short messages are often mixed, and their language is a
//! guess. So a phrase is listed only if it means nothing else in another of the languages (`mon` is Monday and "my").
//! Every phrase is written as [`Words`] folds it: lower case, no accents, no
//! punctuation (a test holds them to it).

use ::language::Words;

mod de;
mod en;
mod es;
mod fr;
mod pt;
pub(super) mod who;

/// Every vocabulary.
pub(super) const ALL: [&Vocabulary; 5] =
    [&en::VOCABULARY, &es::VOCABULARY, &fr::VOCABULARY, &de::VOCABULARY, &pt::VOCABULARY];

/// A list of folded phrases.
pub(super) type Phrases = &'static [&'static str];

/// What stands for one topic.
pub(super) struct Cues {
    /// Enough anywhere in a message.
    pub(super) anywhere: Phrases,
    /// Enough only if the message says nothing else but courtesies.
    pub(super) alone: Phrases,
}

/// One language's words.
pub(super) struct Vocabulary {
    // Topics.
    pub(super) greeting: Cues,
    pub(super) thanks: Cues,
    pub(super) goodbye: Cues,
    pub(super) yes: Cues,
    pub(super) not_now: Cues,
    pub(super) unsure: Cues,
    pub(super) hours: Cues,
    pub(super) price: Cues,
    pub(super) address: Cues,
    pub(super) phone: Cues,
    pub(super) website: Cues,
    pub(super) services: Cues,
    pub(super) booking: Cues,
    pub(super) ready: Cues,
    pub(super) open_now: Cues,
    /// "My address", "my number": given, not asked for.
    pub(super) own: Phrases,
    pub(super) please: Phrases,

    // Sentiment.
    pub(super) positive: Phrases,
    pub(super) negative: Phrases,

    // Details.
    /// Before a name.
    pub(super) name_follows: Phrases,
    /// Before a name, if it is capitalised: "this is Ana", and not "this is urgent".
    pub(super) capital_name_follows: Phrases,
    /// Before a whole name, and before much else: "I'm Dan Ortiz", "I'm Dan, 303 …".
    pub(super) full_name_follows: Phrases,
    /// Before what the writer is: "I am her son Frank".
    pub(super) i_am: Phrases,
    /// Who somebody is to the writer: what stands behind is that person's name, and their number.
    pub(super) relations: Phrases,
    /// Before a relation: "my", "our".
    pub(super) possessives: Phrases,
    /// Before them, where the writer asks for somebody else: "for my son".
    pub(super) on_behalf: Phrases,
    /// Before the name of somebody who is to be called.
    pub(super) calls: Phrases,
    /// Between these words and the name.
    pub(super) call_links: Phrases,
    /// Before the name of somebody spoken of: "her name is".
    pub(super) other_name_follows: Phrases,
    /// Words that stand where a name could, and are none.
    pub(super) no_name: Phrases,
    /// Before a number or mailbox that is the writer's own: "my number is", "reach me at", and not "I wrote to".
    pub(super) reach_follows: Phrases,
    /// Before a place.
    pub(super) place_follows: Phrases,
    /// Words of spending.
    pub(super) budget: Phrases,
    /// Before a sum: "around", "up to".
    pub(super) about: Phrases,
    pub(super) decides: Phrases,
    pub(super) others_decide: Phrases,
}

/// Enough anywhere.
const fn anywhere(phrases: Phrases) -> Cues {
    Cues { anywhere: phrases, alone: &[] }
}

/// Enough alone.
const fn alone(phrases: Phrases) -> Cues {
    Cues { anywhere: &[], alone: phrases }
}

/// A message's words as one line, to look for phrases that are folded already without folding them again.
pub(super) struct Said(String);

impl Said {
    pub(super) fn new(words: &Words) -> Self {
        Self(words.iter().collect::<Vec<_>>().join(" "))
    }

    /// Whether any language's `list` has a phrase that stands in the message, on word boundaries.
    pub(super) fn has(&self, list: fn(&Vocabulary) -> Phrases) -> bool {
        ALL.into_iter().flat_map(list).any(|phrase| self.contains(phrase))
    }

    /// Whether any language's `list` has a phrase that is the whole message.
    pub(super) fn is_any(&self, list: fn(&Vocabulary) -> Phrases) -> bool {
        ALL.into_iter().any(|language| list(language).contains(&self.0.as_str()))
    }

    /// Without every phrase of `list`.
    pub(super) fn without(self, list: fn(&Vocabulary) -> Phrases) -> Self {
        let spaced = format!(" {} ", self.0);
        let rest = ALL.into_iter().flat_map(list).fold(spaced, |line, phrase| {
            if line.contains(phrase) { line.replace(&format!(" {phrase} "), " ") } else { line }
        });
        Self(rest.trim().to_owned())
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.0.split_ascii_whitespace().count()
    }

    fn contains(&self, phrase: &str) -> bool {
        self.0.match_indices(phrase).any(|(at, _)| {
            let (before, rest) = self.0.split_at(at);
            let after = rest.strip_prefix(phrase).unwrap_or_default();
            (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
        })
    }
}

/// Whether `word` stands in what announces a price, an appointment or a courtesy, and so names no thing.
pub(super) fn is_of_talk(word: &str) -> bool {
    let lists = |language: &'static Vocabulary| {
        let cues = [&language.price, &language.booking, &language.services, &language.hours];
        let cues = cues.into_iter().flat_map(|cues| [cues.anywhere, cues.alone]);
        cues.chain([language.please, language.about, language.budget])
    };
    ALL.into_iter().flat_map(lists).flatten().any(|phrase| phrase.split(' ').any(|part| part == word))
}

/// Every phrase of a language.
#[cfg(test)]
pub(super) fn all_phrases(language: &Vocabulary) -> Vec<&'static str> {
    let cues = [
        &language.greeting,
        &language.thanks,
        &language.goodbye,
        &language.yes,
        &language.not_now,
        &language.unsure,
        &language.hours,
        &language.price,
        &language.address,
        &language.phone,
        &language.website,
        &language.services,
        &language.booking,
        &language.ready,
        &language.open_now,
    ];
    let lists = [
        language.own,
        language.please,
        language.positive,
        language.negative,
        language.name_follows,
        language.capital_name_follows,
        language.full_name_follows,
        language.i_am,
        language.relations,
        language.possessives,
        language.on_behalf,
        language.calls,
        language.call_links,
        language.other_name_follows,
        language.no_name,
        language.reach_follows,
        language.place_follows,
        language.budget,
        language.about,
        language.decides,
        language.others_decide,
    ];
    let of_cues = cues.into_iter().flat_map(|cues| [cues.anywhere, cues.alone]);
    of_cues.chain(lists).flatten().copied().collect()
}
