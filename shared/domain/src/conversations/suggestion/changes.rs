//! What kind of change staff made of a suggestion: told by its kind and never by its words.

use std::collections::BTreeSet;

use crate::conversations::claims::names_money;
use crate::conversations::language::detect;
use crate::prompts::TextChange;

/// Words that greetings begin with, in the five languages of the pages.
const GREETINGS: [&str; 26] = [
    "hi", "hello", "hey", "dear", "good", "hola", "buenos", "buenas", "estimado", "estimada", "bonjour", "bonsoir",
    "salut", "cher", "chère", "hallo", "guten", "liebe", "lieber", "sehr", "olá", "oi", "bom", "boa", "prezado",
    "prezada",
];

/// What kind of change makes `sent` of `proposed`, of which `distance_percent` of a hundred characters differ.
#[must_use]
pub(super) fn text_changes(proposed: &str, sent: &str, distance_percent: u8) -> BTreeSet<TextChange> {
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
    use crate::conversations::suggestion::distance_percent;
    use TextChange::{
        ExclamationAdded, ExclamationDropped, GreetingAdded, GreetingDropped, LanguageChanged, LinkAdded, Longer,
        NumbersChanged, PriceAdded, PriceDropped, QuestionAdded, QuestionDropped, Rewritten, Shorter, TouchedUp,
    };

    fn changed(proposed: &str, sent: &str) -> Vec<TextChange> {
        let distance = distance_percent(proposed, sent);
        text_changes(proposed, sent, distance).into_iter().collect()
    }

    #[test]
    fn a_change_is_told_by_its_kind_and_never_by_its_words() {
        assert_eq!(changed("We open at eight.", "We open at eight!"), [TouchedUp, ExclamationAdded]);
        assert_eq!(
            changed("A roof inspection takes an hour.", "Hello Ana, a roof inspection takes an hour. Which day suits?"),
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
}
