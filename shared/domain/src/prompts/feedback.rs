//! What staff made of texts, as numbers that say nothing of anyone: how often they sent, changed or dismissed one, and what kind of change
//! it was. Code compares the two texts where both are at hand, in the business's own transaction; only counts of yes and no leave it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::conversations::claims::names_money;
use crate::conversations::language::detect;

/// Words that greetings begin with, in the five languages of the pages.
const GREETINGS: [&str; 26] = [
    "hi", "hello", "hey", "dear", "good", "hola", "buenos", "buenas", "estimado", "estimada", "bonjour", "bonsoir",
    "salut", "cher", "chère", "hallo", "guten", "liebe", "lieber", "sehr", "olá", "oi", "bom", "boa", "prezado",
    "prezada",
];

macro_rules! feedback {
    ($($(#[$doc:meta])* $change:ident: $name:ident, $words:literal;)+) => {
        /// A kind of change that staff made, or of how they turned a text down.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum TextChange {
            $($(#[$doc])* $change,)+
        }

        impl TextChange {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$change),+];

            /// The name used in JSON and tables.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$change => stringify!($name),)+
                }
            }

            /// What it is, for a model and for mails.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self {
                    $(Self::$change => $words,)+
                }
            }
        }

        /// What became of texts of a version: flat counters that add up.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct PromptFeedback {
            /// Sent as they were.
            pub accepted: u64,
            /// Sent in other words.
            pub edited: u64,
            /// Dismissed.
            pub rejected: u64,
            /// Replaced by another one that was asked for.
            pub regenerated: u64,
            /// How much was changed of those that were edited, in percent, together.
            pub distance_percent: u64,
            $($(#[$doc])* pub $name: u64,)+
        }

        impl PromptFeedback {
            /// Each count with the name under which it is stored.
            #[must_use]
            pub fn named(&self) -> Vec<(&'static str, u64)> {
                let Self { accepted, edited, rejected, regenerated, distance_percent, .. } = *self;
                vec![
                    ("accepted", accepted),
                    ("edited", edited),
                    ("rejected", rejected),
                    ("regenerated", regenerated),
                    ("distance_percent", distance_percent),
                    $((stringify!($name), self.$name)),+
                ]
            }

            /// How often a change was made.
            #[must_use]
            pub const fn of(&self, change: TextChange) -> u64 {
                match change {
                    $(TextChange::$change => self.$name,)+
                }
            }

            /// Adds `other`.
            pub fn add(&mut self, other: &Self) {
                for (sum, more) in [
                    (&mut self.accepted, other.accepted),
                    (&mut self.edited, other.edited),
                    (&mut self.rejected, other.rejected),
                    (&mut self.regenerated, other.regenerated),
                    (&mut self.distance_percent, other.distance_percent),
                    $((&mut self.$name, other.$name)),+
                ] {
                    *sum = sum.saturating_add(more);
                }
            }

            /// With one of each of `changes`.
            #[must_use]
            pub fn with(mut self, changes: &BTreeSet<TextChange>) -> Self {
                $(self.$name = u64::from(changes.contains(&TextChange::$change));)+
                self
            }
        }
    };
}

feedback! {
    /// At most a tenth of the characters was changed.
    TouchedUp: touched_up, "at most a tenth of the characters was changed";
    /// More than half of the characters were changed.
    Rewritten: rewritten, "more than half of the characters were changed";
    /// A third or more was taken out.
    Shorter: shorter, "it was made a third shorter or more";
    /// It became half as long again, or longer.
    Longer: longer, "it was made half as long again or longer";
    /// It begins with a greeting, and did not.
    GreetingAdded: greeting_added, "a greeting was added";
    /// It began with a greeting, and does not.
    GreetingDropped: greeting_dropped, "the greeting was taken out";
    /// An amount of money stands in it, and did not.
    PriceAdded: price_added, "a price was added";
    /// An amount of money stood in it, and does not.
    PriceDropped: price_dropped, "a price was taken out";
    /// Other numbers stand in it than before.
    NumbersChanged: numbers_changed, "numbers such as dates and times were changed";
    /// It asks something, and did not.
    QuestionAdded: question_added, "a question was added";
    /// It asked something, and does not.
    QuestionDropped: question_dropped, "the question was taken out";
    /// It has a link, and did not.
    LinkAdded: link_added, "a link was added";
    /// An exclamation mark stands in it, and did not.
    ExclamationAdded: exclamation_added, "an exclamation mark was added";
    /// An exclamation mark stood in it, and does not.
    ExclamationDropped: exclamation_dropped, "exclamation marks were taken out";
    /// It is surely in another language than before.
    LanguageChanged: language_changed, "it was written in another language";
    /// It was turned down within ten seconds.
    AtOnce: at_once, "it was turned down within ten seconds";
}

/// What kind of change makes `sent` of `proposed`, of which `distance_percent` of a hundred characters differ.
#[must_use]
pub fn text_changes(proposed: &str, sent: &str, distance_percent: u8) -> BTreeSet<TextChange> {
    let (before, after) = (proposed.trim().chars().count(), sent.trim().chars().count());
    let mut changes = BTreeSet::new();
    let mut note = |is: bool, change: TextChange| {
        if is {
            changes.insert(change);
        }
    };
    note(distance_percent <= 10, TextChange::TouchedUp);
    note(distance_percent > 50, TextChange::Rewritten);
    note(after * 3 <= before * 2, TextChange::Shorter);
    note(after * 2 >= before * 3, TextChange::Longer);
    let mut differs = |has: fn(&str) -> bool, added: TextChange, dropped: Option<TextChange>| {
        let (had, has) = (has(proposed), has(sent));
        note(has && !had, added);
        if let Some(dropped) = dropped {
            note(had && !has, dropped);
        }
    };
    differs(greets, TextChange::GreetingAdded, Some(TextChange::GreetingDropped));
    differs(names_money, TextChange::PriceAdded, Some(TextChange::PriceDropped));
    differs(|text| text.contains(['?', '？', '؟']), TextChange::QuestionAdded, Some(TextChange::QuestionDropped));
    differs(|text| text.contains("://") || text.contains("www."), TextChange::LinkAdded, None);
    differs(|text| text.contains(['!', '！']), TextChange::ExclamationAdded, Some(TextChange::ExclamationDropped));
    note(numbers(proposed) != numbers(sent), TextChange::NumbersChanged);
    let (from, to) = (detect(proposed), detect(sent));
    note(from.reliable && to.reliable && from.language != to.language, TextChange::LanguageChanged);
    changes
}

fn greets(text: &str) -> bool {
    let first: String = text.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    GREETINGS.contains(&first.to_lowercase().as_str())
}

fn numbers(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use TextChange::{
        ExclamationDropped, GreetingAdded, GreetingDropped, LanguageChanged, LinkAdded, Longer, NumbersChanged,
        PriceAdded, PriceDropped, QuestionAdded, QuestionDropped, Rewritten, Shorter, TouchedUp,
    };

    fn changed(proposed: &str, sent: &str) -> Vec<TextChange> {
        let distance = crate::conversations::suggestion::distance_percent(proposed, sent);
        text_changes(proposed, sent, distance).into_iter().collect()
    }

    #[test]
    fn a_change_is_told_by_its_kind_and_never_by_its_words() {
        assert_eq!(changed("We open at eight.", "We open at eight!"), [TouchedUp, TextChange::ExclamationAdded]);
        assert_eq!(
            changed(
                "A roof inspection takes an hour.",
                "Hello Ana, a roof inspection takes an hour. Which day would suit you?"
            ),
            [Longer, GreetingAdded, QuestionAdded]
        );
        assert_eq!(
            changed(
                "Guten Tag, die Inspektion kostet 149 € und dauert eine Stunde!",
                "Die Inspektion dauert eine Stunde."
            ),
            [Shorter, GreetingDropped, PriceDropped, NumbersChanged, ExclamationDropped]
        );
        assert_eq!(
            changed("Would Thursday at 3 suit you?", "It is $50, see https://example.com/prices for what is in it."),
            [Rewritten, Longer, PriceAdded, NumbersChanged, QuestionDropped, LinkAdded]
        );
        assert!(
            changed(
                "We would be happy to help you with your roof tomorrow.",
                "Mañana le ayudamos con mucho gusto con su tejado."
            )
            .contains(&LanguageChanged)
        );
    }

    #[test]
    fn counters_add_up_under_the_names_that_they_are_stored_by() {
        let one = PromptFeedback { edited: 1, distance_percent: 40, ..PromptFeedback::default() };
        let one = one.with(&[Shorter, PriceDropped].into());
        let mut sum = one;
        sum.add(&one);
        assert_eq!((sum.edited, sum.distance_percent, sum.of(Shorter), sum.of(Longer)), (2, 80, 2, 0));
        let named: serde_json::Map<_, _> =
            sum.named().into_iter().map(|(name, count)| (name.to_owned(), count.into())).collect();
        assert_eq!(serde_json::from_value::<PromptFeedback>(named.into()).unwrap(), sum);
        let names = sum.named().into_iter().map(|(name, _)| name).skip(5).collect::<Vec<_>>();
        assert_eq!(names, TextChange::ALL.iter().map(|change| change.as_str()).collect::<Vec<_>>());
    }
}
