//! What staff made of texts, as numbers that say nothing of anyone: how often they sent, changed or dismissed one, and what kind of change
//! it was. Code compares the two texts where both are at hand ([`crate::conversations::suggestion`]), in the business's own transaction;
//! only counts of yes and no leave it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::*;
    use TextChange::{Longer, PriceDropped, Shorter};

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
