//! What contacts are found by: the words of their names and mailboxes, the digits of their numbers, tags, and whose they are.
//!
//! Text and question are read by the same rules, so that what is typed finds what is stored: words are folded (case, accents), a
//! number is its digits however it is grouped, zeros in front left out. Each keyword is one entry of an index; a contact has a
//! bounded number, and says itself which are stored ([`Contact::found_by`]).

use language::Words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

use super::{Contact, card};
use crate::Failure;
use crate::ids::AccountId;
use crate::messaging::{Address, Phone, Strength};

/// The most words and numbers that a contact is found by.
const MAX_WORDS: usize = 24;
/// So many of them may come of names; the rest is for addresses.
const MAX_OF_NAMES: usize = 12;
/// The longest keyword, in characters; longer words are found by their beginning.
const MAX_CHARS: usize = 40;
/// The shortest beginning of a word that is looked for, in characters: entries lie by these.
const MIN_CHARS: usize = 2;
/// The longest question, in characters.
const MAX_QUESTION_CHARS: usize = 100;
/// Words that many mailboxes have: they are looked up where nothing else is asked for.
const COMMON: [&str; 12] =
    ["com", "net", "org", "gmail", "googlemail", "hotmail", "outlook", "yahoo", "icloud", "gmx", "mail", "live"];
/// The most words of a question that count.
const MAX_ASKED: usize = 8;

/// One entry of the index that finds contacts: `word:vale`, `tag:vip`, `assignee:<account>`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keyword(String);

impl Keyword {
    fn word(word: &str) -> Self {
        Self(format!("word:{word}"))
    }

    /// What a tag is found by.
    #[must_use]
    pub fn tag(tag: &str) -> Self {
        Self(format!("tag:{}", card::folded(tag)))
    }

    /// What is found by whose it is.
    #[must_use]
    pub fn assignee(account: AccountId) -> Self {
        Self(format!("assignee:{account}"))
    }

    /// Where it lies: its kind and its first two characters.
    #[must_use]
    pub fn shelf(&self) -> String {
        let kind = self.0.split_inclusive(':').next().unwrap_or_default();
        kind.chars().chain(self.text().chars().take(MIN_CHARS)).collect()
    }

    /// What it says, without its kind.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, text)| text)
    }

    /// Whether it is a keyword of the same kind that begins so.
    #[must_use]
    pub fn begins_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }
}

// Words of names and addresses are personal data: a debug print shows none.
impl fmt::Debug for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyword(…)")
    }
}

/// What is to be written so that a contact is found by what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordChanges {
    /// Entries that are missing.
    pub added: Vec<Keyword>,
    /// Entries that lead to it no more.
    pub removed: Vec<Keyword>,
    /// What it is found by then.
    pub found_by: BTreeSet<Keyword>,
}

impl Contact {
    /// What the contact is to be found by.
    #[must_use]
    pub fn keywords(&self) -> BTreeSet<Keyword> {
        let mut found: Vec<String> = Vec::new();
        let mut take = |words: Vec<String>, limit: usize| {
            for word in words {
                if found.len() < limit && !found.contains(&word) && word.chars().count() >= MIN_CHARS {
                    found.push(word);
                }
            }
        };
        for name in self.name.iter().chain(&self.other_names) {
            take(words(name), MAX_OF_NAMES);
        }
        // What is proven comes first: what anybody types beside it does not crowd it out.
        for strength in [Strength::Proven, Strength::Given] {
            for known in self.addresses.iter().filter(|known| known.strength == strength) {
                match &known.address {
                    Address::Phone(phone) => take(numbers(phone), MAX_WORDS),
                    Address::Email(email) => take(words(email.as_str()), MAX_WORDS),
                    Address::Chat(_) | Address::WhatsappUser(_) => {}
                }
            }
        }
        let words = found.iter().map(|word| Keyword::word(word));
        let tags = self.card.tags.iter().map(|tag| Keyword::tag(tag));
        words.chain(tags).chain(self.assignee.map(Keyword::assignee)).collect()
    }

    /// What is to be written so that the contact is found, at most `room` entries; the rest is left to the next write.
    #[must_use]
    pub fn keyword_changes(&self, room: usize) -> KeywordChanges {
        let wanted = self.keywords();
        let added: Vec<Keyword> = wanted.difference(&self.found_by).take(room).cloned().collect();
        let left = room.saturating_sub(added.len());
        let removed: Vec<Keyword> = self.found_by.difference(&wanted).take(left).cloned().collect();
        let stay = self.found_by.iter().filter(|keyword| !removed.contains(keyword));
        let found_by = stay.chain(&added).cloned().collect();
        KeywordChanges { added, removed, found_by }
    }
}

/// What someone looks for, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    words: Vec<Keyword>,
}

impl Question {
    /// Reads what was typed: names, beginnings of words, numbers in any form, mailboxes.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `q`, where it is too long, or has no word of two letters or digits.
    pub fn read(typed: &str) -> Result<Self, Failure> {
        if typed.chars().count() > MAX_QUESTION_CHARS {
            return Err(Failure::invalid("q", format!("q may have at most {MAX_QUESTION_CHARS} characters")));
        }
        let mut words: Vec<String> = words(typed);
        words.retain(|word| word.chars().count() >= MIN_CHARS);
        words.truncate(MAX_ASKED);
        if words.is_empty() {
            let what = "q must have a word or number of at least two letters or digits, such as ana or 0101";
            return Err(Failure::invalid("q", what));
        }
        Ok(Self { words: words.iter().map(|word| Keyword::word(word)).collect() })
    }

    /// The word that is looked up: the longest one finds the fewest, unless it is one of many mailboxes.
    #[must_use]
    pub fn sharpest(&self) -> Option<&Keyword> {
        self.words.iter().max_by_key(|word| (!COMMON.contains(&word.text()), word.text().chars().count()))
    }

    /// Its words, as they are looked for.
    #[must_use]
    pub fn text(&self) -> String {
        self.words.iter().map(Keyword::text).collect::<Vec<_>>().join(" ")
    }

    /// Whether a contact has every word of it.
    #[must_use]
    pub fn finds(&self, contact: &Contact) -> bool {
        let keywords = contact.keywords();
        self.words.iter().all(|word| keywords.iter().any(|keyword| keyword.begins_with(word)))
    }
}

/// Text as the words that it is found by; digits that are written in groups are one.
fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut digits = String::new();
    // In `+49 (0)30` the zero is no part of the number.
    for piece in text.replace("(0)", " ").split_whitespace() {
        if piece.bytes().all(|sign| sign.is_ascii_digit() || b"+()-./".contains(&sign)) {
            digits.extend(piece.chars().filter(char::is_ascii_digit));
            continue;
        }
        found.extend(keyword_of(&std::mem::take(&mut digits)));
        found.extend(Words::new(piece).iter().filter_map(keyword_of));
    }
    found.extend(keyword_of(&digits));
    found
}

/// A number as it may be asked for: whole, without its country, without its area, by its last four digits.
fn numbers(number: &Phone) -> Vec<String> {
    let national = phone::national(number.as_str()).unwrap_or_default();
    let last = |count: usize| national.len().checked_sub(count).and_then(|at| national.get(at..)).unwrap_or_default();
    [number.as_str(), national, last(7), last(4)].into_iter().flat_map(words).collect()
}

fn keyword_of(word: &str) -> Option<String> {
    let is_number = word.bytes().all(|sign| sign.is_ascii_digit());
    let word = if is_number { word.trim_start_matches('0') } else { word };
    (!word.is_empty()).then(|| word.chars().take(MAX_CHARS).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leads::{Card, KnownAddress};
    use crate::messaging::Email;
    use crate::{ContactId, TenantId};

    fn contact(name: &str, phones: &[&str], emails: &[&str]) -> Contact {
        let phones = phones.iter().map(|phone| Address::Phone(Phone::e164(phone, "phone").unwrap()));
        let emails = emails.iter().map(|email| Address::Email(Email::new(email, "email").unwrap()));
        Contact {
            name: Some(name.to_owned()),
            addresses: phones.chain(emails).map(KnownAddress::given).collect(),
            ..Contact::new(ContactId::derive(&TenantId::new("acme").unwrap(), &[name]), jiff::Timestamp::UNIX_EPOCH)
        }
    }

    fn finds(typed: &str, contact: &Contact) -> bool {
        Question::read(typed).unwrap().finds(contact)
    }

    #[test]
    fn a_person_is_found_by_the_beginnings_of_their_names_in_any_order_and_spelling() {
        let ana = contact("Ana María O'Brien-Núñez", &[], &[]);
        for typed in ["ana", "AN", "maria", "nunez", "Núñ", "brien ana", "o'brien", "mar bri nun"] {
            assert!(finds(typed, &ana), "{typed}");
        }
        for typed in ["na", "anabel", "ana smith", "rien"] {
            assert!(!finds(typed, &ana), "{typed}");
        }
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        let ana = contact("Ana", &["+13035550101"], &[]);
        for typed in
            ["+1 303 555 0101", "(303) 555-0101", "303.555.0101", "3035550101", "1-303", "303", "555-0101", "0101"]
        {
            assert!(finds(typed, &ana), "{typed}");
        }
        assert!(finds("ana (303) 555", &ana));
        for typed in ["0102", "3035550102", "bo 303"] {
            assert!(!finds(typed, &ana), "{typed}");
        }
        let jan = contact("Jan", &["+493012345678"], &[]);
        for typed in ["030 1234 5678", "+49 (0)30 12345678", "0049 30 12345678", "5678"] {
            assert!(finds(typed, &jan), "{typed}");
        }
        // An Italian number keeps its zero after the country's code.
        assert!(finds("06 1234 5678", &contact("Ugo", &["+390612345678"], &[])));
    }

    #[test]
    fn a_mailbox_is_found_by_its_words() {
        let ana = contact("A", &[], &["ana.vale+roof@example-homes.com"]);
        for typed in ["ana.vale+roof@example-homes.com", "vale", "ANA.VALE", "example-homes", "@example", "roof"] {
            assert!(finds(typed, &ana), "{typed}");
        }
        assert!(!finds("ana@other.com", &ana));
    }

    #[test]
    fn a_question_that_would_find_everybody_is_refused() {
        for typed in ["", " ", "a", "!?", "0", "a b c", &"x".repeat(101)] {
            let refused = Question::read(typed).unwrap_err();
            assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "q"), "{typed:?}");
        }
        let question = Question::read("j ana vale").unwrap();
        assert_eq!(question.sharpest().unwrap().text(), "vale");
        assert_eq!(question.sharpest().unwrap().shelf(), "word:va");
        assert_eq!(Question::read("bo@hotmail.com").unwrap().sharpest().unwrap().text(), "bo");
        assert_eq!(Question::read("hotmail.com").unwrap().sharpest().unwrap().text(), "hotmail");
    }

    #[test]
    fn the_number_of_keywords_is_bounded_and_names_leave_room_for_addresses() {
        let phones: Vec<String> = (0..24).map(|n| format!("+1303555{:04}", 1_000 + n)).collect();
        let phones: Vec<&str> = phones.iter().map(String::as_str).collect();
        let mut contact = contact("one two three four five six seven eight nine ten", &phones, &["z@example.com"]);
        contact.other_names = vec!["eleven twelve thirteen fourteen".to_owned()];
        let keywords = contact.keywords();
        assert_eq!(keywords.len(), MAX_WORDS);
        assert!(finds("one twelve 13035551000", &contact) && !finds("thirteen", &contact));
    }

    #[test]
    fn what_is_proven_is_not_crowded_out_by_what_is_typed() {
        let many: Vec<String> = (0..8).map(|n| format!("first{n}.last{n}@mail{n}.example.org")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let mut contact = contact("Ana", &[], &many);
        contact.addresses.push(KnownAddress::proven(Address::Phone(Phone::e164("+13035550101", "phone").unwrap())));
        assert!(finds("0101", &contact));
    }

    #[test]
    fn what_is_written_is_what_changed_and_what_has_no_room_is_written_next_time() {
        let mut ana = contact("Ana Vale", &["+13035550101"], &[]);
        let first = ana.keyword_changes(usize::MAX);
        assert_eq!((first.added.len(), first.removed.len()), (6, 0));
        ana.found_by = first.found_by;
        assert_eq!(ana.keyword_changes(usize::MAX).added, []);
        ana.name = Some("Ana Wood".to_owned());
        ana.card = Card { tags: vec!["VIP".to_owned()], ..Card::default() };
        let little = ana.keyword_changes(1);
        assert_eq!((little.added.len(), little.removed.len()), (1, 0));
        ana.found_by = little.found_by;
        let rest = ana.keyword_changes(usize::MAX);
        assert_eq!((rest.added.len(), rest.removed.as_slice()), (1, [Keyword::word("vale")].as_slice()));
        assert_eq!(rest.found_by, ana.keywords());
    }

    #[test]
    fn a_tag_and_a_word_lie_apart() {
        let (tag, word) = (Keyword::tag("Tango"), Keyword::word("tango"));
        assert_eq!((tag.shelf(), tag.text()), ("tag:ta".to_owned(), "tango"));
        assert!(!tag.begins_with(&word) && !word.begins_with(&tag));
        assert_eq!(Keyword::tag("É"), Keyword::tag("e"));
        assert!(!format!("{word:?}").contains("tango"));
    }
}
