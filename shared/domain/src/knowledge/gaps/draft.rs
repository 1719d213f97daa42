//! A draft of an answer: what staff wrote to one of those who asked, without what is that customer's alone.

use std::collections::BTreeSet;

use super::asked::{is_about_theirs, name_words, says_name, sentences};
use crate::ContactId;
use crate::conversations::builtin::is_courtesy;
use crate::conversations::claims::{Grounds, Unfit, figures};
use crate::tenancy::Tenant;

/// The most characters of a draft: those of an answer.
const MAX_CHARS: usize = 1_000;
/// A draft of fewer words says nothing.
const MIN_WORDS: usize = 2;

/// What staff answered one of those who asked.
#[derive(Debug, Clone, Copy)]
pub struct StaffAnswer<'a> {
    /// Whom.
    pub contact: ContactId,
    /// What they wrote.
    pub text: &'a str,
    /// What the customer is called.
    pub names: &'a [String],
}

/// The draft that `answers` give, the latest first: of the first of which something is left. Nothing is worded here: what is left are
/// whole sentences of the staff's.
///
/// A sentence is left out that greets, names the customer, or is about what they have with the business; so is one with an address, a
/// figure, a day or a time that the business's own data does not have and staff told no one else.
#[must_use]
pub fn draft(tenant: &Tenant, answers: &[StaffAnswer<'_>]) -> Option<String> {
    let own = own_words(tenant);
    answers.iter().find_map(|answer| {
        let told = answers.iter().filter(|other| other.contact != answer.contact).map(|other| other.text);
        let known = std::iter::once(own.as_str()).chain(told).collect::<Vec<_>>().join("\n");
        let names = answer.names.iter().map(String::as_str).collect::<Vec<_>>();
        let names = name_words(&names);
        let left = sentences(answer.text).into_iter().filter(|sentence| is_for_all(sentence, &known, &names));
        let mut draft = String::new();
        for sentence in left {
            let gap = usize::from(!draft.is_empty());
            if draft.chars().count() + gap + sentence.chars().count() > MAX_CHARS {
                break;
            }
            draft.extend((gap == 1).then_some(' '));
            draft.push_str(sentence);
        }
        (draft.split_whitespace().count() >= MIN_WORDS).then_some(draft)
    })
}

/// Whether a sentence holds for whoever asks.
fn is_for_all(sentence: &str, known: &str, names: &BTreeSet<String>) -> bool {
    let figures_known = figures(known);
    let has_figure = figures(sentence).iter().any(|figure| !figures_known.iter().any(|known| known.covers(figure)));
    let claims = Grounds::new(known, "", "").accept(sentence, MAX_CHARS);
    // Whoever may write to customers may promise them something.
    let is_known = matches!(claims, Ok(()) | Err(Unfit::Promise));
    is_known && !has_figure && !is_courtesy(sentence) && !says_name(sentence, names) && !is_about_theirs(sentence)
}

/// What the business says of itself.
fn own_words(tenant: &Tenant) -> String {
    let business = &tenant.business;
    let mut lines: Vec<String> = [&business.address, &business.website].into_iter().flatten().cloned().collect();
    lines.extend(business.phone.as_ref().map(|phone| phone.as_str().to_owned()));
    lines.push(business.description.clone());
    lines.extend(tenant.faqs.iter().flat_map(|faq| [faq.question.clone(), faq.answer.clone()]));
    for service in &tenant.services {
        let prices = service.price.iter().flat_map(|price| [Some(price.from_cents), price.to_cents]).flatten();
        let prices = prices.map(|cents| format!("{}.{:02} {}", cents / 100, cents % 100, tenant.currency));
        lines.push(std::iter::once(service.name.clone()).chain(prices).collect::<Vec<_>>().join(" "));
        // Whole amounts are said without their cents too.
        let whole = service.price.iter().flat_map(|price| [Some(price.from_cents), price.to_cents]).flatten();
        lines
            .extend(whole.filter(|cents| cents % 100 == 0).map(|cents| format!("{} {}", cents / 100, tenant.currency)));
    }
    lines.join("\n")
}
