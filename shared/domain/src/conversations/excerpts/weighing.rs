//! Excerpts against the catalogue and against each other: what contradicts the catalogue, or another document, is not used.

use super::quoting::Wanted;
use super::wording::{covered, is_alike, telling};
use super::{Citation, Excerpt, ExcerptKind, Lookup};
use crate::conversations::claims::{Counted, counted, gives_orders};
use crate::tenancy::{Service, Tenant};

/// What was found for a message and may be used, best first; and what of it did not agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    pub(super) wanted: Wanted,
    excerpts: Vec<Excerpt>,
    /// The first of those that do not agree with another document.
    disputed: Option<Excerpt>,
    disagreement: Option<Disagreement>,
    index: String,
}

/// Figures that do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disagreement {
    /// Two documents name other figures for the same thing: neither is said.
    OfDocuments(Citation, Citation),
    /// A document names another price than the catalogue: the catalogue's is said.
    WithCatalogue {
        /// The document.
        document: Citation,
        /// The name of the service.
        service: String,
    },
}

impl Findings {
    /// Nothing was looked for, or nothing was found.
    pub const NONE: &'static Self = &Self {
        wanted: Wanted::NOTHING,
        excerpts: Vec::new(),
        disputed: None,
        disagreement: None,
        index: String::new(),
    };

    /// Weighs what was `found` for `lookup`, best first. `tenant` is as customers of the location that is meant find it.
    #[must_use]
    pub fn weigh(tenant: &Tenant, lookup: &Lookup, mut found: Vec<Excerpt>) -> Self {
        // What gives orders is no knowledge, whoever would answer with it.
        found.retain(|one| ![&one.citation.name, &one.heading, &one.text].into_iter().any(|text| gives_orders(text)));
        let mut findings = Self {
            wanted: Wanted::of(lookup),
            excerpts: found,
            disputed: None,
            disagreement: None,
            index: String::new(),
        };
        findings.hold_against_catalogue(tenant);
        findings.hold_against_each_other();
        findings
    }

    /// As they were found in the index of that name, or not found.
    pub fn set_index(&mut self, index: &str) {
        index.clone_into(&mut self.index);
    }

    /// The name of the index that was looked in, which is another one after every change; empty where none was.
    #[must_use]
    pub fn index(&self) -> &str {
        &self.index
    }

    /// What may be used, best first.
    #[must_use]
    pub fn excerpts(&self) -> &[Excerpt] {
        &self.excerpts
    }

    /// What did not agree.
    #[must_use]
    pub fn disagreement(&self) -> Option<&Disagreement> {
        self.disagreement.as_ref()
    }

    /// Whether two documents do not agree about what is asked.
    #[must_use]
    pub fn are_disputed(&self) -> bool {
        self.disputed.is_some()
    }

    /// Whether the documents were looked at, and the question names something.
    pub(in crate::conversations) fn is_about_something(&self) -> bool {
        !self.wanted.telling.is_empty()
    }

    /// The first of two excerpts that do not agree with each other.
    pub(in crate::conversations) fn disputed(&self) -> Option<&Excerpt> {
        self.disputed.as_ref()
    }

    /// Leaves out what names another price for a service than the catalogue.
    fn hold_against_catalogue(&mut self, tenant: &Tenant) {
        let (wanted, mut disagreement) = (&self.wanted, None);
        self.excerpts.retain(|excerpt| {
            let other = tenant.services.iter().find_map(|service| {
                let is_plain = other_price(service, excerpt, wanted)?;
                Some((service, is_plain))
            });
            if let Some((service, true)) = &other {
                let (document, service) = (excerpt.citation.clone(), service.name.clone());
                disagreement.get_or_insert(Disagreement::WithCatalogue { document, service });
            }
            other.is_none()
        });
        self.disagreement = disagreement;
    }

    /// Leaves out both of two that name other figures for the same thing, and what is about all locations where the other is about
    /// the one that is meant.
    fn hold_against_each_other(&mut self) {
        let wanted = &self.wanted;
        let said: Vec<Said> = self.excerpts.iter().map(|excerpt| Said::of(excerpt, wanted)).collect();
        let pairs = (0..said.len()).flat_map(|one| (one + 1..said.len()).map(move |other| (one, other)));
        let (mut left_out, mut pair) = (Vec::new(), None);
        for (one, other) in pairs {
            let Some(both) = said.get(one).zip(said.get(other)).filter(|(a, b)| a.contradicts(b, wanted)) else {
                continue;
            };
            match (both.0.is_local, both.1.is_local) {
                (true, false) => left_out.push(other),
                (false, true) => left_out.push(one),
                _ => {
                    left_out.extend([one, other]);
                    pair = pair.or(Some((both.0.excerpt.clone(), both.1.excerpt.citation.clone())));
                }
            }
        }
        if let Some((one, other)) = pair {
            self.disagreement = Some(Disagreement::OfDocuments(one.citation.clone(), other));
            self.disputed = Some(one);
        }
        let all = std::mem::take(&mut self.excerpts).into_iter().enumerate();
        self.excerpts = all.filter(|(at, _)| !left_out.contains(at)).map(|(_, excerpt)| excerpt).collect();
    }
}

/// What an excerpt says about the question.
struct Said<'e> {
    excerpt: &'e Excerpt,
    counted: Counted,
    /// The words of the question that it has.
    covered: Vec<usize>,
    /// What else it is about.
    own: Vec<String>,
    is_local: bool,
}

impl<'e> Said<'e> {
    fn of(excerpt: &'e Excerpt, wanted: &Wanted) -> Self {
        let said = subject(excerpt);
        let within = covered(&wanted.telling, &[said.clone(), telling(&excerpt.heading)].concat());
        let own = said.into_iter().filter(|word| !wanted.telling.iter().any(|asked| is_alike(asked, word))).collect();
        let words = wanted.words_of(excerpt).unwrap_or_else(|| excerpt.best_words().to_owned());
        Self { excerpt, counted: counted(&words), covered: within, own, is_local: excerpt.location.is_some() }
    }

    /// Whether both speak of the same thing, and name figures of which none is the same.
    fn contradicts(&self, other: &Self, wanted: &Wanted) -> bool {
        let is_other_document = self.excerpt.citation.document != other.excerpt.citation.document;
        let is_same_thing = !self.covered.is_empty() && self.covered == other.covered;
        // "Men's haircut" and "kids' haircut" are two things, and so are the places for cars and the minutes to walk from there. Of two
        // prices for what is asked the words around them say nothing.
        let are_rows = [self, other].iter().all(|said| said.excerpt.kind == ExcerptKind::Row);
        let are_two = (are_rows || !wanted.price) && !(self.is_within(other) || other.is_within(self));
        is_other_document && is_same_thing && !are_two && self.counted.differs(&other.counted, wanted.price)
    }

    fn is_within(&self, other: &Self) -> bool {
        self.own.iter().all(|word| other.own.iter().any(|own| is_alike(word, own)))
    }
}

/// What the best words of an excerpt are about. The heads of a table's columns are not what a row is about.
fn subject(excerpt: &Excerpt) -> Vec<String> {
    if excerpt.kind == ExcerptKind::Faq {
        return telling(&excerpt.text);
    }
    let words = excerpt.best_words();
    if excerpt.kind != ExcerptKind::Row {
        return telling(words);
    }
    let cells = words.split(", ").map(|cell| cell.split_once(": ").map_or(cell, |(_, cell)| cell));
    telling(&cells.collect::<Vec<_>>().join(" "))
}

/// Whether `excerpt` names `service` with a price that the catalogue does not have: `Some(true)` where it is about nothing else,
/// `None` where it is not so, or where it is about more of what is asked ("oil change for a diesel").
fn other_price(service: &Service, excerpt: &Excerpt, wanted: &Wanted) -> Option<bool> {
    let price = service.price?;
    let (said, name) = (subject(excerpt), telling(&service.name));
    let names_it = !name.is_empty() && covered(&name, &said).len() == name.len();
    let money = counted(excerpt.best_words()).money;
    let fits = |cents: &u64| *cents >= price.from_cents && price.to_cents.is_none_or(|to| *cents <= to);
    if !names_it || money.is_empty() || money.iter().any(fits) {
        return None;
    }
    let is_own = |word: &&String| name.iter().any(|own| is_alike(own, word));
    let asked_besides: Vec<String> = wanted.telling.iter().filter(|word| !is_own(word)).cloned().collect();
    if !covered(&asked_besides, &said).is_empty() {
        return None;
    }
    Some(said.iter().all(|word| is_own(&word)))
}
