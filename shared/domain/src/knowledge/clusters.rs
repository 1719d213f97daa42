//! Which of many short questions ask the same, by the words that tell what they are about.
//!
//! A question is its telling words, as stems, and the narrow topics that `language` reads in any of five languages: so "do you take
//! dogs?" and "¿aceptan mascotas?" are alike. A word that many questions have weighs less. Groups are joined for as long as their
//! questions are alike enough on average (average linkage), so that two of them are not held together by one question between them.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ::language::{Intents, Words};

use crate::conversations::faqs::narrow_topics;

/// From this similarity on, on average, two groups are one.
const ALIKE: f32 = 0.25;
/// A topic weighs so many words.
const TOPIC_WEIGHT: f32 = 1.6;
/// Counts as so many questions with other words, so that with few questions a word's weight hangs little on how often it is said.
const PRIOR: f32 = 10.0;
/// A stem of so many letters stands for longer ones that begin with it...
const MIN_COMMON_STEM: usize = 4;
/// ... and go on for at most so many.
const MAX_ENDING: usize = 3;
/// What a topic's term begins with: no word does.
const TOPIC: char = '#';

/// Words that say nothing of what a question is about, folded, in five languages.
const PLAIN: &str = include_str!("clusters/plain.txt");
static PLAIN_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| PLAIN.split_whitespace().collect());

/// Whether a folded word tells what a question is about.
#[must_use]
pub fn is_telling(word: &str) -> bool {
    let is_word = word.chars().count() >= 2 && word.chars().all(char::is_alphabetic);
    is_word && !PLAIN_WORDS.contains(word)
}

/// What a question is about: the stems of its telling words, and its narrow topics.
#[must_use]
pub fn terms(text: &str) -> BTreeSet<String> {
    let words = Words::new(text);
    let stems = words.stems().filter(|(word, _)| is_telling(word)).map(|(_, stem)| stem.to_owned());
    let topics = narrow_topics(&Intents::of(&words)).into_iter().map(|topic| format!("{TOPIC}{topic:?}"));
    stems.chain(topics).collect()
}

/// Some of the questions, by their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// All of them, in order.
    pub members: Vec<usize>,
    /// The one that is most like the others; of several the first.
    pub centre: usize,
}

/// Groups `questions`, each given by its [`terms`], so that those of a group ask the same. Each is in one group; one that is like no
/// other is alone, and one without terms too.
#[must_use]
pub fn groups(questions: &[BTreeSet<String>]) -> Vec<Group> {
    let alike = Similarities::of(questions);
    let groups = joined(&alike);
    let centre = |members: &[usize]| {
        let sum = |one: usize| members.iter().map(|other| alike.get(one, *other)).sum::<f32>();
        let first_of_best = |best: Option<(usize, f32)>, one: &usize| match (best, sum(*one)) {
            (Some((at, most)), sum) if sum <= most => Some((at, most)),
            (_, sum) => Some((*one, sum)),
        };
        members.iter().fold(None, first_of_best).map_or(0, |(at, _)| at)
    };
    groups.into_iter().map(|members| Group { centre: centre(&members), members }).collect()
}

/// How alike every two of some questions are: 0 (they share nothing) to 1.
struct Similarities {
    count: usize,
    values: Vec<f32>,
}

impl Similarities {
    fn of(questions: &[BTreeSet<String>]) -> Self {
        let same = same_stems(questions);
        let weighed = weighed(questions, &same);
        let count = questions.len();
        let mut values = Vec::with_capacity(count * count);
        for one in &weighed {
            values.extend(weighed.iter().map(|other| cosine(one, other)));
        }
        Self { count, values }
    }

    fn get(&self, one: usize, other: usize) -> f32 {
        self.values.get(one * self.count + other).copied().unwrap_or_default()
    }

    fn set(&mut self, one: usize, other: usize, value: f32) {
        for at in [one * self.count + other, other * self.count + one] {
            if let Some(place) = self.values.get_mut(at) {
                *place = value;
            }
        }
    }
}

/// The stems that stand for longer ones: `insur` for `insuranc`.
fn same_stems(questions: &[BTreeSet<String>]) -> BTreeMap<&str, &str> {
    let all: BTreeSet<&str> = questions.iter().flatten().map(String::as_str).collect();
    let mut same = BTreeMap::new();
    let mut short = "";
    // In order, those that begin alike follow one another, the shortest first.
    for stem in all.into_iter().filter(|stem| !stem.starts_with(TOPIC)) {
        let ending = stem.strip_prefix(short).map(str::len);
        if short.len() >= MIN_COMMON_STEM && ending.is_some_and(|ending| ending <= MAX_ENDING) {
            same.insert(stem, short);
        } else {
            short = stem;
        }
    }
    same
}

/// The terms of each question with their weights, as vectors of length one.
fn weighed<'q>(questions: &'q [BTreeSet<String>], same: &BTreeMap<&'q str, &'q str>) -> Vec<BTreeMap<&'q str, f32>> {
    let stands_for = |term: &'q String| same.get(term.as_str()).copied().unwrap_or(term.as_str());
    let plain: Vec<BTreeSet<&str>> = questions.iter().map(|terms| terms.iter().map(stands_for).collect()).collect();
    let mut said: BTreeMap<&str, f32> = BTreeMap::new();
    for term in plain.iter().flatten() {
        *said.entry(term).or_default() += 1.0;
    }
    let all = plain.len() as f32 + PRIOR;
    let weight = |term: &str| {
        let rare = (all / (said.get(term).copied().unwrap_or_default() + 0.5)).ln();
        if term.starts_with(TOPIC) { rare * TOPIC_WEIGHT } else { rare }
    };
    let vector = |terms: &BTreeSet<&'q str>| {
        let mut vector: BTreeMap<&str, f32> = terms.iter().map(|term| (*term, weight(term))).collect();
        let length = vector.values().map(|weight| weight * weight).sum::<f32>().sqrt();
        vector.values_mut().filter(|_| length > 0.0).for_each(|weight| *weight /= length);
        vector
    };
    plain.iter().map(vector).collect()
}

fn cosine(one: &BTreeMap<&str, f32>, other: &BTreeMap<&str, f32>) -> f32 {
    one.iter().filter_map(|(term, weight)| Some(weight * other.get(term)?)).sum()
}

/// Joins the two groups that are most alike until none are alike enough; each group in order, the groups by their first member.
fn joined(alike: &Similarities) -> Vec<Vec<usize>> {
    let mut between = Similarities { count: alike.count, values: alike.values.clone() };
    let mut groups: BTreeMap<usize, Vec<usize>> = (0..alike.count).map(|at| (at, vec![at])).collect();
    // The best partner behind each group that is still there.
    let best = |between: &Similarities, groups: &BTreeMap<usize, Vec<usize>>, at: usize| {
        let behind = groups.range(at + 1..).map(|(other, _)| (*other, between.get(at, *other)));
        behind.fold(None, |best: Option<(usize, f32)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
    };
    let mut partners: BTreeMap<usize, (usize, f32)> =
        groups.keys().filter_map(|at| Some((*at, best(&between, &groups, *at)?))).collect();
    loop {
        let next = partners.iter().fold(None, |most: Option<(usize, usize, f32)>, (at, (other, alike))| match most {
            Some(most) if most.2 >= *alike => Some(most),
            _ => Some((*at, *other, *alike)),
        });
        let Some((one, other, _)) = next.filter(|(_, _, alike)| *alike >= ALIKE) else { break };
        let taken = groups.remove(&other).unwrap_or_default();
        let sizes = (groups.get(&one).map_or(0, Vec::len) as f32, taken.len() as f32);
        for at in groups.keys().filter(|at| **at != one) {
            let sum = sizes.0 * between.get(one, *at) + sizes.1 * between.get(other, *at);
            between.set(one, *at, sum / (sizes.0 + sizes.1));
        }
        groups.entry(one).or_default().extend(taken);
        partners.remove(&other);
        let touched = |(at, (partner, _)): (&usize, &(usize, f32))| {
            (*at == one || *partner == one || *partner == other || *at < one).then_some(*at)
        };
        let again: Vec<usize> = partners.iter().filter_map(touched).collect();
        for at in again {
            match best(&between, &groups, at) {
                Some(partner) => partners.insert(at, partner),
                None => partners.remove(&at),
            };
        }
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.iter_mut().for_each(|members| members.sort_unstable());
    groups
}
