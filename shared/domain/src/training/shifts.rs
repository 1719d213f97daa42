//! What someone changed in the wording of a text: the same for examples and for edits of suggestions.

use std::collections::BTreeSet;

use super::reading::{GREETINGS, address, exclaims, greeting, has_emoji};
use crate::tenancy::StyleAddress;

/// A text is shorter or longer where it has at most, or at least, so many of a hundred characters of what it was.
const SHORTER: usize = 70;
const LONGER: usize = 140;

/// One thing that was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shift {
    /// It greets with one of the greetings that are known, and did not; by its place in the list.
    Greeting(usize),
    /// It has emoji, and had none.
    EmojiAdded,
    /// It had emoji, and has none.
    EmojiRemoved,
    /// It has exclamation marks, and had none.
    ExclamationsAdded,
    /// It had exclamation marks, and has none.
    ExclamationsRemoved,
    /// It is a good deal shorter.
    Shorter,
    /// It is a good deal longer.
    Longer,
    /// It addresses the customer informally, and did not.
    Informal,
    /// It addresses the customer formally, and did not.
    Formal,
}

impl Shift {
    const PLAIN: [Self; 8] = [
        Self::EmojiAdded,
        Self::EmojiRemoved,
        Self::ExclamationsAdded,
        Self::ExclamationsRemoved,
        Self::Shorter,
        Self::Longer,
        Self::Informal,
        Self::Formal,
    ];

    /// The name under which it is counted: `greeting_hey`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Greeting(index) => {
                let greeting = GREETINGS.get(index).copied().unwrap_or_default();
                format!("greeting_{}", ::language::fold(greeting).replace(' ', "_"))
            }
            Self::EmojiAdded => "emoji_added".to_owned(),
            Self::EmojiRemoved => "emoji_removed".to_owned(),
            Self::ExclamationsAdded => "exclamations_added".to_owned(),
            Self::ExclamationsRemoved => "exclamations_removed".to_owned(),
            Self::Shorter => "shorter".to_owned(),
            Self::Longer => "longer".to_owned(),
            Self::Informal => "informal".to_owned(),
            Self::Formal => "formal".to_owned(),
        }
    }

    /// The shift of that name; `None`: a newer version counts more than is known here.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let greetings = (0..GREETINGS.len()).map(Self::Greeting);
        Self::PLAIN.into_iter().chain(greetings).find(|shift| shift.name() == name)
    }
}

/// What was changed from `before` to `after`.
#[must_use]
pub fn shifts(before: &str, after: &str) -> BTreeSet<Shift> {
    let mut found = BTreeSet::new();
    let mut note = |is_so: bool, shift: Shift| {
        if is_so {
            found.insert(shift);
        }
    };
    if let Some(index) = greeting(after).filter(|index| greeting(before) != Some(*index)) {
        note(true, Shift::Greeting(index));
    }
    let (was, is) = (has_emoji(before), has_emoji(after));
    note(!was && is, Shift::EmojiAdded);
    note(was && !is, Shift::EmojiRemoved);
    let (was, is) = (exclaims(before), exclaims(after));
    note(!was && is, Shift::ExclamationsAdded);
    note(was && !is, Shift::ExclamationsRemoved);
    let [old, new] = [before, after].map(|text| text.trim().chars().count());
    note(new.saturating_mul(100) <= old.saturating_mul(SHORTER), Shift::Shorter);
    note(old > 0 && new.saturating_mul(100) >= old.saturating_mul(LONGER), Shift::Longer);
    let (was, is) = (address(before), address(after));
    note(was != is && is == Some(StyleAddress::Informal), Shift::Informal);
    note(was != is && is == Some(StyleAddress::Formal), Shift::Formal);
    found
}
