//! All words that we know in any of the lexicons. A word that is in none may be a name.

use crate::words::Words;
use crate::{appointments, intents, services, tone};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static STEMS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let all = [tone::LEXICON.stems(), appointments::LEXICON.stems(), intents::stems(), services::known_stems()];
    all.into_iter().flatten().collect()
});

/// Whether some phrase has the first word of `text`, in any language.
#[must_use]
pub fn is_known(text: &str) -> bool {
    let words = Words::new(text);
    words.stem(0).is_some_and(|stem| STEMS.contains(stem))
}

#[cfg(test)]
mod tests {
    use super::is_known;

    #[test]
    fn words_of_a_trade_or_a_danger_are_known_and_first_names_are_not() {
        for word in ["Gas", "House", "Burst", "Carbon", "Fuga", "Gasgeruch", "Terrible", "Real", "Engine", "Rücken"] {
            assert!(is_known(word), "{word}");
        }
        for word in ["Kate", "Tom", "Meg", "Ed", "Sabine", "Léa", "Otto", "Pablo", "Jens"] {
            assert!(!is_known(word), "{word}");
        }
    }
}
