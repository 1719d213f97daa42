//! Words by which a question that customers asked is found among the frequent ones the next time.
//!
//! A keyword decides alone which frequent question is meant, so it has to be narrow: two or three words in a row that those who asked
//! have in common, and one word only where everyone used it, or nothing else. None is taken that anyone used who asked something else.

use std::collections::BTreeSet;

use ::language::Words;

use super::super::clusters::is_telling;
use crate::conversations::faqs;
use crate::tenancy::{Faq, Tenant};

/// The most keywords of a question.
const MAX_KEYWORDS: usize = 12;
/// The most words of one.
const MAX_WORDS: usize = 3;
/// A keyword of one word has so many letters, and so many people used it.
const MIN_CHARS: usize = 4;
const MIN_USERS: usize = 3;

/// The keywords of a question that was asked as `texts` by so many people, where others asked `others`.
pub(super) fn of(tenant: &Tenant, texts: &[&str], askers: usize, others: &[&str]) -> Vec<String> {
    let said: Vec<Words> = texts.iter().map(|text| Words::new(text)).collect();
    let elsewhere: Vec<Words> = others.iter().map(|text| Words::new(text)).collect();
    let taken = taken(tenant);
    let may_be_one = |word: &str| {
        let is_everyones = askers >= MIN_USERS && said.iter().all(|words| words.contains_phrase(word));
        let is_alone = |words: &Words| {
            let telling: BTreeSet<&str> = words.iter().filter(|word| is_telling(word)).collect();
            telling.len() == 1 && telling.contains(word)
        };
        word.chars().count() >= MIN_CHARS && !taken.contains(word) && (is_everyones || said.iter().any(is_alone))
    };
    let mut candidates: BTreeSet<String> = BTreeSet::new();
    for words in &said {
        let words: Vec<&str> = words.iter().collect();
        for length in 1..=MAX_WORDS {
            for row in words.windows(length) {
                let ends_tell = [row.first(), row.last()].into_iter().flatten().all(|word| is_telling(word));
                let is_narrow = length > 1 || row.iter().all(|word| may_be_one(word));
                if ends_tell && is_narrow {
                    candidates.insert(row.join(" "));
                }
            }
        }
    }
    // What one of them said besides is not what is asked: "we arrive with two kids".
    let has = |words: &Words, stem: &str| words.stems().any(|(_, other)| other == stem);
    let is_shared = |stem: &str| said.iter().filter(|words| has(words, stem)).count() > 1;
    candidates.retain(|candidate| {
        let words = Words::new(candidate);
        words.stems().filter(|(word, _)| is_telling(word)).all(|(_, stem)| is_shared(stem))
    });
    candidates.retain(|candidate| !elsewhere.iter().any(|words| words.contains_phrase(candidate)));
    let mut left: Vec<&Words> = said.iter().collect();
    let mut keywords = Vec::new();
    while keywords.len() < MAX_KEYWORDS {
        let finds = |candidate: &String| left.iter().filter(|words| words.contains_phrase(candidate)).count();
        // Of those that find as many the shortest, which finds more to come.
        let best = candidates.iter().map(|candidate| (finds(candidate), candidate)).fold(
            None,
            |best: Option<(usize, &String)>, next| match best {
                Some(best) if best.0 > next.0 || best.0 == next.0 && best.1.len() <= next.1.len() => Some(best),
                _ => Some(next),
            },
        );
        let Some((_, best)) = best.filter(|(found, _)| *found > 0) else { break };
        left.retain(|words| !words.contains_phrase(best));
        keywords.push(best.clone());
    }
    keywords
}

/// The keywords of `faq` that take no message away from what answers it today: the questions that the tenant has already, and its
/// services.
pub(super) fn harmless(tenant: &Tenant, faq: &Faq) -> Vec<String> {
    let is_harmless = |keyword: &&String| {
        let alone = Faq { keywords: vec![(*keyword).clone()], ..faq.clone() };
        let with = Tenant { faqs: [tenant.faqs.clone(), vec![alone]].concat(), ..tenant.clone() };
        let goes_on = |other: &Faq| {
            let asked = |tenant| faqs::asked(tenant, &other.question).map(|faq| faq.answer.clone());
            asked(tenant) == asked(&with)
        };
        tenant.faqs.iter().all(goes_on)
            && !tenant.services.iter().any(|service| Words::new(&service.name).contains_phrase(keyword))
    };
    faq.keywords.iter().filter(is_harmless).cloned().collect()
}

/// Words that the business uses of other things, folded.
fn taken(tenant: &Tenant) -> BTreeSet<String> {
    let services = tenant.services.iter().flat_map(|service| std::iter::once(&service.name).chain(&service.keywords));
    let faqs = tenant.faqs.iter().flat_map(|faq| std::iter::once(&faq.question).chain(&faq.keywords));
    let texts = services.chain(faqs).chain([&tenant.name, &tenant.industry]);
    texts.flat_map(|text| Words::new(text).iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}
