//! From words to offers: evidence is collected, the fuller one kept, and what fits several offers narrowed down.

use super::data::{Refusal, TABLE};
use super::{Catalogue, Mentions};
use crate::lexicon::Hit;
use crate::words::Words;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many words may stand between "I don't need" and what is not needed.
const REFUSAL_REACH: usize = 2;
/// How many words may stand between two things of one list: "tires and also an alignment".
const MAX_LIST_GAP: usize = 4;

/// Some words, and the offers that they may mean.
struct Evidence {
    words: Range<usize>,
    sureness: Sureness,
    offers: BTreeSet<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    /// What customers say who need it, where a keyword of the offer says no more.
    Need,
    /// A word of a name.
    Word,
    /// What customers say who need it.
    Said,
    /// What it may be called.
    Called,
    /// The name or keyword itself.
    Term,
}

pub(super) fn read(catalogue: &Catalogue, words: &Words) -> Mentions {
    let hits = TABLE.hits(words);
    let mut evidence = by_terms(catalogue, words);
    evidence.extend(by_concepts(catalogue, &hits));
    evidence.extend(by_words(catalogue, words));
    let (denied, mut evidence): (Vec<Evidence>, Vec<Evidence>) =
        evidence.into_iter().partition(|one| is_refused(&one.words, &hits, words));
    let elsewhere: Vec<&Hit> = hits.iter().filter(|hit| TABLE.is_elsewhere(hit)).collect();
    let is_part = |one: &Evidence| {
        let mut others = elsewhere.iter().filter(|hit| hit.words.len() > one.words.len());
        others.any(|hit| hit.words.start < one.words.end && one.words.start < hit.words.end)
    };
    evidence.retain(|one| !is_part(one));
    let spans: Vec<(Range<usize>, Sureness)> = evidence.iter().map(|one| (one.words.clone(), one.sureness)).collect();
    // "Tint removal and new window tint" names both, and "banho e tosa" is one thing.
    let is_one_thing = |span: &Range<usize>, one: &Evidence| {
        let is_whole = one.sureness == Sureness::Term && one.words.len() > 1;
        !is_whole || !span.clone().filter(|at| !one.words.contains(at)).any(|at| is_join(words, at))
    };
    evidence.retain(|one| {
        !spans.iter().any(|(span, sureness)| is_covered(one, span, *sureness) && is_one_thing(span, one))
    });
    drop_mere_words(&mut evidence, words);
    let missing = not_offered(catalogue, words, &hits, &evidence);
    let is_beside = |hit: &Hit| evidence.iter().any(|one| are_listed(&one.words, &hit.words, words));
    let not_offered_beside = labels(missing.iter().copied().filter(|hit| is_beside(hit)));
    let not_offered = labels(missing.iter().copied());
    let (offered, unclear) = decide(evidence);
    let refused = denied.iter().filter(|one| one.offers.len() == 1).flat_map(|one| one.offers.iter().copied());
    let refused: BTreeSet<usize> = refused.filter(|offer| !offered.contains(offer)).collect();
    Mentions {
        offered,
        unclear,
        refused: refused.into_iter().collect(),
        sounds_alike: !elsewhere.is_empty(),
        not_offered,
        not_offered_beside,
    }
}

/// A mere word of a name counts beside something surer only where it stands in one list with it: who asks for a dentist because of
/// their teeth wants no "Teeth cleaning" besides.
fn drop_mere_words(evidence: &mut Vec<Evidence>, words: &Words) {
    let surer = evidence.iter().filter(|one| one.sureness > Sureness::Word);
    let surer: Vec<(Range<usize>, BTreeSet<usize>)> =
        surer.map(|one| (one.words.clone(), one.offers.clone())).collect();
    let counts = |one: &Evidence| {
        let fits = |(span, offers): &(Range<usize>, BTreeSet<usize>)| {
            !offers.is_disjoint(&one.offers) || are_joined(&one.words, span, words)
        };
        surer.is_empty() || surer.iter().any(fits)
    };
    evidence.retain(|one| one.sureness != Sureness::Word || counts(one));
}

/// Whether other evidence says the same and more.
fn is_covered(one: &Evidence, span: &Range<usize>, sureness: Sureness) -> bool {
    let is_within = span.start <= one.words.start && one.words.end <= span.end;
    is_within && (span.len() > one.words.len() || sureness > one.sureness)
}

/// Names and keywords that stand in the text.
fn by_terms(catalogue: &Catalogue, words: &Words) -> Vec<Evidence> {
    let mut found = Vec::new();
    for (offer, known) in catalogue.offers.iter().enumerate() {
        for term in &known.terms {
            if let [only] = term.as_slice()
                && catalogue.is_weak(only)
            {
                continue;
            }
            for at in 0..words.len() {
                if words.has_stems_at(at, term) {
                    found.push(Evidence {
                        words: at..at + term.len(),
                        sureness: Sureness::Term,
                        offers: BTreeSet::from([offer]),
                    });
                }
            }
        }
    }
    found
}

fn by_concepts(catalogue: &Catalogue, hits: &[Hit]) -> Vec<Evidence> {
    let offers = |is_known: &dyn Fn(&super::Known) -> bool| {
        let offers = catalogue.offers.iter().enumerate().filter(|(_, known)| is_known(known));
        offers.map(|(offer, _)| offer).collect()
    };
    let of = |hit: &Hit| {
        let sureness = if hit.is_second { Sureness::Said } else { Sureness::Called };
        [
            (sureness, offers(&|known| known.concepts.contains(&hit.entry))),
            (Sureness::Need, offers(&|known| known.by_need.contains(&hit.entry))),
        ]
        .map(|(sureness, offers)| Evidence { words: hit.words.clone(), sureness, offers })
    };
    hits.iter().filter(|hit| TABLE.trade(hit).is_some()).flat_map(of).filter(|one| !one.offers.is_empty()).collect()
}

/// Words of names that say something.
fn by_words(catalogue: &Catalogue, words: &Words) -> Vec<Evidence> {
    let of = |at: usize| {
        let stem = words.stem(at).filter(|stem| !catalogue.is_weak(stem))?;
        let named = |offer: &&(usize, &super::Known)| offer.1.terms.iter().flatten().any(|word| word == stem);
        let offers: BTreeSet<usize> =
            catalogue.offers.iter().enumerate().filter(|offer| named(&offer)).map(|(offer, _)| offer).collect();
        (!offers.is_empty()).then_some(Evidence { words: at..at + 1, sureness: Sureness::Word, offers })
    };
    (0..words.len()).filter_map(of).collect()
}

/// Whether what stands at `span` is said not to be wanted: before it, near ("don't need a") or next to it ("no"), or right behind it
/// ("not needed").
fn is_refused(span: &Range<usize>, hits: &[Hit], words: &Words) -> bool {
    let is_before = |refusal: &Hit, reach: usize| {
        let end = refusal.words.end;
        end <= span.start && span.start - end <= reach && words.clause(end - 1) == words.clause(span.start)
    };
    let is_behind = |refusal: &Hit| {
        refusal.words.start == span.end && words.clause(span.end - 1) == words.clause(refusal.words.start)
    };
    hits.iter().any(|hit| match TABLE.refusal(hit) {
        Some(Refusal::Near) => is_before(hit, REFUSAL_REACH),
        Some(Refusal::Next) => is_before(hit, 0),
        Some(Refusal::Behind) => is_behind(hit),
        None => false,
    })
}

fn is_join(words: &Words, at: usize) -> bool {
    words.stem(at).is_some_and(|stem| TABLE.joins(stem))
}

/// The offers that are named, and those between which the words do not decide.
fn decide(mut evidence: Vec<Evidence>) -> (Vec<usize>, Vec<usize>) {
    evidence.sort_by_key(|one| std::cmp::Reverse((one.sureness, one.words.len())));
    let mut offered: Vec<usize> = Vec::new();
    let (certain, mut open): (Vec<Evidence>, Vec<Evidence>) =
        evidence.into_iter().partition(|one| one.offers.len() == 1);
    for offer in certain.iter().flat_map(|one| &one.offers) {
        if !offered.contains(offer) {
            offered.push(*offer);
        }
    }
    open.retain(|one| !one.offers.iter().any(|offer| offered.contains(offer)));
    let mut groups: Vec<BTreeSet<usize>> = Vec::new();
    for one in open {
        match groups.iter_mut().find(|group| !group.is_disjoint(&one.offers)) {
            Some(group) => group.retain(|offer| one.offers.contains(offer)),
            None => groups.push(one.offers),
        }
    }
    let mut unclear = Vec::new();
    for group in groups {
        let list = if group.len() == 1 { &mut offered } else { &mut unclear };
        list.extend(group);
    }
    (offered, unclear)
}

/// What is called by its name without a slip, belongs to the trade, and that no offer has anything to do with.
fn not_offered<'h>(catalogue: &Catalogue, words: &Words, hits: &'h [Hit], evidence: &[Evidence]) -> Vec<&'h Hit> {
    let is_named =
        |hit: &&Hit| !hit.is_second && TABLE.trade(hit).is_some_and(|trade| catalogue.trades.contains(trade));
    let is_ours = |hit: &Hit| {
        evidence.iter().any(|one| one.words.start < hit.words.end && hit.words.start < one.words.end)
            || catalogue
                .offers
                .iter()
                .any(|known| known.concepts.contains(&hit.entry) || known.by_need.contains(&hit.entry))
            || hit.words.clone().any(|at| words.is_corrected(at))
            || hit.words.clone().filter_map(|at| words.stem(at)).any(|stem| catalogue.says(stem))
    };
    let is_part = |hit: &Hit| {
        hits.iter().any(|other| is_named(&other) && other.words.len() > hit.words.len() && other.overlaps(hit))
    };
    let named = hits.iter().filter(is_named).filter(|hit| !is_refused(&hit.words, hits, words) && !is_ours(hit));
    named.filter(|hit| !is_part(hit)).collect()
}

/// What the hits are called, each once.
fn labels<'h>(hits: impl Iterator<Item = &'h Hit>) -> Vec<&'static str> {
    let mut labels: Vec<&'static str> = Vec::new();
    for label in hits.filter_map(|hit| TABLE.lexicon.label(hit)) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// Whether an "and" stands between two things, or they are listed.
fn are_joined(one: &Range<usize>, other: &Range<usize>, words: &Words) -> bool {
    let gap = if one.start < other.start { one.end..other.start } else { other.end..one.start };
    gap.len() <= MAX_LIST_GAP && gap.clone().any(|at| is_join(words, at)) || are_listed(one, other, words)
}

/// Whether two things stand in one list: "tires and an alignment", "alignment, new tires".
fn are_listed(one: &Range<usize>, other: &Range<usize>, words: &Words) -> bool {
    let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
    let gap = first.end..second.start;
    let is_join = |at: usize| is_join(words, at);
    let is_comma = words.clause(first.end - 1) != words.clause(second.start);
    let is_small = |at: usize| is_join(at) || words.stem(at).is_some_and(|stem| TABLE.is_common(stem));
    let is_joined = gap.clone().any(is_join) || is_comma;
    first.end <= second.start && gap.len() <= MAX_LIST_GAP && is_joined && gap.clone().all(is_small)
}

impl Catalogue {
    /// The stems of all names and keywords.
    pub(super) fn stems(&self) -> impl Iterator<Item = &str> {
        self.offers.iter().flat_map(|known| known.terms.iter().flatten()).map(String::as_str)
    }

    /// Whether some offer has this telling word.
    fn says(&self, stem: &str) -> bool {
        !self.is_weak(stem) && self.stems().any(|known| known == stem)
    }
}
