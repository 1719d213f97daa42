//! Rules out of examples, without a model: what was changed in most of them.

use std::collections::{BTreeMap, BTreeSet};

use ::language::Words;

use super::check::{check_rule, normal};
use super::reading::GREETINGS;
use super::session::{TrainingExample, Verdict};
use super::shifts::{Shift, shifts};
use crate::tenancy::{MAX_STYLE_RULES, StyleAddress, StyleLength, StyleRule, StyleSaying, StyleTone, StyleUse, Tenant};

/// Fewer examples than these say nothing.
const LEAST: usize = 2;
/// What is so in this share of the rewritten examples is a rule, in percent: our choice.
const MOST_OF_THEM: usize = 60;
/// What is so in this share of them is done now and then, in percent.
const SOME_OF_THEM: usize = 20;
/// The most words of which a rule is made that were put in, or taken out.
const MAX_WORDS: usize = 2;
/// A word that tells something has so many letters.
const WORD_CHARS: usize = 4;
/// The longest last line that is taken for a sign-off, in characters.
const MAX_SIGN_OFF: usize = 60;

/// What people say of a draft, and the tone that they want then: stems, folded. Behind "too" it is what they do not want.
#[rustfmt::skip]
const TONES: &[(&[&str], StyleTone, StyleTone)] = &[
    (&["formal", "stiff", "cold", "steif", "foermlich", "formlich", "froid", "frio"], StyleTone::Formal, StyleTone::Casual),
    (&["casual", "relaxed", "locker", "informal", "decontract", "descontra"], StyleTone::Casual, StyleTone::Formal),
    (&["friendly", "warm", "amable", "freundlich", "chaleureu", "simpatic", "amiga", "herzlich", "calid"], StyleTone::Friendly, StyleTone::Calm),
    (&["enthusias", "excit", "entusias", "begeister", "enthousias"], StyleTone::Enthusiastic, StyleTone::Calm),
    (&["personal", "personnel", "pessoal", "persoenlich", "personlich"], StyleTone::Personal, StyleTone::Plain),
    (&["plain", "simple", "clear", "einfach", "klar", "sencill", "claro", "complicat", "complicad", "compliqu", "kompliziert"], StyleTone::Plain, StyleTone::Plain),
];
const TOO: [&str; 6] = ["too", "zu", "trop", "demasiado", "muy", "demais"];
const NOT: [&str; 8] = ["not", "less", "no", "nicht", "weniger", "moins", "menos", "nao"];

/// A rule about how often something is used.
type Says = fn(StyleUse) -> StyleSaying;

/// In how many texts something was changed, and in which.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) times: usize,
    pub(super) examples: Vec<u8>,
}

/// The rules that the examples of a session come to; none where they say nothing.
#[must_use]
pub fn extract(tenant: &Tenant, examples: &[TrainingExample]) -> Vec<StyleRule> {
    let pairs: Vec<(u8, &str, &str)> = examples
        .iter()
        .filter(|example| example.verdict == Verdict::Rewritten)
        .filter_map(|example| Some((example.number, example.draft.as_str(), example.version.as_deref()?)))
        .collect();
    let mut counted: BTreeMap<Shift, Found> = BTreeMap::new();
    for (number, draft, version) in &pairs {
        for shift in shifts(draft, version) {
            add(counted.entry(shift).or_default(), *number);
        }
    }
    let mut rules = tones(examples);
    rules.extend(of_shifts(pairs.len(), &counted));
    rules.extend(sign_off(&pairs));
    rules.extend(words(tenant, &pairs));
    rules.retain(|rule| check_rule(&rule.says).is_ok());
    numbered(rules)
}

/// What was counted, and behind it what a model made of the `examples` examples: its rules where they may stand, of each kind of choice one.
#[must_use]
pub fn with_model(counted: Vec<StyleRule>, proposed: Vec<StyleRule>, examples: u8) -> Vec<StyleRule> {
    let mut rules: Vec<StyleRule> = Vec::new();
    // What was counted is certain; what is worded says more.
    for mut rule in counted.into_iter().chain(proposed) {
        rule.says = match rule.says.text().map(normal) {
            Some(text) => rule.says.with_text(text),
            None => rule.says,
        };
        rule.examples.retain(|number| (1..=examples).contains(number));
        rule.examples.sort_unstable();
        rule.examples.dedup();
        let is_known = rules.iter().any(|known| is_same_kind(&known.says, &rule.says));
        if !is_known && check_rule(&rule.says).is_ok() {
            rules.push(rule);
        }
    }
    numbered(rules)
}

/// The first rules, numbered from 1.
pub(super) fn numbered(mut rules: Vec<StyleRule>) -> Vec<StyleRule> {
    rules.truncate(MAX_STYLE_RULES);
    (1..).zip(&mut rules).for_each(|(number, rule)| rule.number = number);
    rules
}

/// Whether two rules cannot stand beside each other: the same, or two choices of one thing.
fn is_same_kind(one: &StyleSaying, other: &StyleSaying) -> bool {
    let may_repeat = matches!(one, StyleSaying::Tone(_) | StyleSaying::Always(_) | StyleSaying::Never(_));
    one == other || !may_repeat && std::mem::discriminant(one) == std::mem::discriminant(other)
}

fn add(found: &mut Found, number: u8) {
    found.times = found.times.saturating_add(1);
    found.examples.push(number);
}

/// Rules out of what was changed in `total` texts.
pub(super) fn of_shifts(total: usize, counted: &BTreeMap<Shift, Found>) -> Vec<StyleRule> {
    let none = Found::default();
    let of = |shift: Shift| counted.get(&shift).unwrap_or(&none);
    let reaches = |found: &Found, share: usize| {
        found.times >= LEAST && found.times.saturating_mul(100) >= total.saturating_mul(share)
    };
    let rule = |says: StyleSaying, found: &Found| StyleRule { number: 0, says, examples: found.examples.clone() };
    let mut rules = Vec::new();
    let greetings = counted.iter().filter_map(|(shift, found)| match shift {
        Shift::Greeting(index) => Some((GREETINGS.get(*index)?, found)),
        _ => None,
    });
    if let Some((greeting, found)) = greetings.max_by_key(|(_, found)| found.times)
        && reaches(found, MOST_OF_THEM)
    {
        rules.push(rule(StyleSaying::Greeting((*greeting).to_owned()), found));
    }
    let marks: [(Shift, Shift, Says); 2] = [
        (Shift::EmojiAdded, Shift::EmojiRemoved, StyleSaying::Emoji),
        (Shift::ExclamationsAdded, Shift::ExclamationsRemoved, StyleSaying::Exclamations),
    ];
    for (added, removed, says) in marks {
        let (added, removed) = (of(added), of(removed));
        if added.times > removed.times && reaches(added, MOST_OF_THEM) {
            rules.push(rule(says(StyleUse::Yes), added));
        } else if added.times > removed.times && reaches(added, SOME_OF_THEM) {
            rules.push(rule(says(StyleUse::Rare), added));
        } else if removed.times > added.times && reaches(removed, SOME_OF_THEM) {
            rules.push(rule(says(StyleUse::No), removed));
        }
    }
    for (shift, says) in [
        (Shift::Shorter, StyleSaying::Length(StyleLength::Shorter)),
        (Shift::Longer, StyleSaying::Length(StyleLength::Longer)),
        (Shift::Informal, StyleSaying::Address(StyleAddress::Informal)),
        (Shift::Formal, StyleSaying::Address(StyleAddress::Formal)),
    ] {
        if reaches(of(shift), MOST_OF_THEM) {
            rules.push(rule(says, of(shift)));
        }
    }
    rules
}

/// The tones that the reasons name, each once; of two that say the opposite the one that is named more often.
fn tones(examples: &[TrainingExample]) -> Vec<StyleRule> {
    let mut wanted: BTreeMap<StyleTone, Found> = BTreeMap::new();
    for example in examples {
        let why = Words::new(example.why.as_deref().unwrap_or_default());
        let mut named = BTreeSet::new();
        let mut before = "";
        for word in why.iter() {
            let tone = TONES.iter().find(|(stems, ..)| stems.iter().any(|stem| word.starts_with(stem)));
            if let Some((_, tone, opposite)) = tone {
                named.insert(if TOO.contains(&before) || NOT.contains(&before) { *opposite } else { *tone });
            }
            before = word;
        }
        for tone in named {
            add(wanted.entry(tone).or_default(), example.number);
        }
    }
    let times = |tone: StyleTone| wanted.get(&tone).map_or(0, |found| found.times);
    let opposed = [(StyleTone::Casual, StyleTone::Formal), (StyleTone::Enthusiastic, StyleTone::Calm)];
    let loses = |tone: StyleTone| {
        opposed.iter().any(|(one, other)| {
            tone == *one && times(*other) >= times(*one) || tone == *other && times(*one) > times(*other)
        })
    };
    let kept = wanted.iter().filter(|(tone, _)| !loses(**tone));
    kept.map(|(tone, found)| StyleRule { number: 0, says: StyleSaying::Tone(*tone), examples: found.examples.clone() })
        .collect()
}

/// The last line that several versions have and their drafts have not.
fn sign_off(pairs: &[(u8, &str, &str)]) -> Option<StyleRule> {
    let mut lines: BTreeMap<String, Found> = BTreeMap::new();
    for (number, draft, version) in pairs {
        let mut written = version.trim().lines().filter(|line| !line.trim().is_empty());
        let Some(last) = written.next_back().filter(|_| written.next().is_some()).map(normal) else { continue };
        if last.chars().count() <= MAX_SIGN_OFF && !last.ends_with('?') && !draft.contains(&last) {
            add(lines.entry(last).or_default(), *number);
        }
    }
    let (line, found) = lines.into_iter().max_by_key(|(_, found)| found.times)?;
    (found.times >= LEAST).then_some(StyleRule {
        number: 0,
        says: StyleSaying::SignOff(line),
        examples: found.examples,
    })
}

/// Words that were put in, or taken out, in most of the examples where that could be.
fn words(tenant: &Tenant, pairs: &[(u8, &str, &str)]) -> Vec<StyleRule> {
    let own = Words::new(&format!("{} {}", tenant.name, tenant.known_as()));
    let greetings: Vec<Words> = GREETINGS.iter().map(|greeting| Words::new(greeting)).collect();
    let tells = |word: &str| {
        let is_greeting = greetings.iter().any(|greeting| greeting.iter().any(|one| one == word));
        let is_word = word.chars().count() >= WORD_CHARS && word.chars().all(char::is_alphabetic);
        is_word && !is_greeting && !own.iter().any(|one| one == word) && !COMMON.contains(&word)
    };
    let of = |text: &str| -> BTreeSet<String> {
        Words::new(text).iter().filter(|word| tells(word)).map(ToOwned::to_owned).collect()
    };
    let (mut added, mut removed): (BTreeMap<String, Found>, BTreeMap<String, Found>) = Default::default();
    let mut had: BTreeMap<String, usize> = BTreeMap::new();
    for (number, draft, version) in pairs {
        let (draft, version) = (of(draft), of(version));
        for word in &draft {
            let count = had.entry(word.clone()).or_default();
            *count = count.saturating_add(1);
        }
        version.difference(&draft).for_each(|word| add(added.entry(word.clone()).or_default(), *number));
        draft.difference(&version).for_each(|word| add(removed.entry(word.clone()).or_default(), *number));
    }
    let enough = |found: &Found, of: usize, least: usize| {
        found.times >= least && found.times.saturating_mul(100) >= of.saturating_mul(MOST_OF_THEM)
    };
    added.retain(|_, found| enough(found, pairs.len(), LEAST));
    // A word goes with everything around it where a text is written again: only what never stays is not wanted.
    removed.retain(|word, found| enough(found, pairs.len(), LEAST) && had.get(word) == Some(&found.times));
    let most = |found: BTreeMap<String, Found>, says: fn(String) -> StyleSaying| {
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by_key(|(_, found)| std::cmp::Reverse(found.times));
        found.into_iter().take(MAX_WORDS).map(move |(word, found)| StyleRule {
            number: 0,
            says: says(word),
            examples: found.examples,
        })
    };
    most(added, StyleSaying::Always).chain(most(removed, StyleSaying::Never)).collect()
}

/// Words that tell nothing of a style, folded.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "about", "also", "been", "from", "have", "just", "like", "more", "that", "then", "there", "they", "this", "what", "when", "will",
    "with", "would", "your", "para", "como", "esta", "este", "pero", "porque", "usted", "nosotros", "aber", "auch", "dass", "dein", "deine",
    "eine", "einen", "haben", "ihre", "ihnen", "kann", "nach", "oder", "sind", "wenn", "wird", "avec", "cette", "dans", "nous", "pour",
    "vous", "votre", "voce", "isso", "mais", "nossa", "nosso",
];
