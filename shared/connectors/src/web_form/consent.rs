//! What a form says about text messages.

use domain::messaging::{Address, Channel, MAX_PROOF_CHARS, Source, TextConsent};
use jiff::Timestamp;
use std::collections::BTreeMap;

use super::Submission;
use crate::body::clip;

/// Fields that hold the page the form stands on, the first that is there counts.
const PAGES: [&str; 3] = ["page", "page_url", "url"];

/// What the fields say about text messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Yes or no, where the form has such a field and its value is either.
    pub agrees: Option<bool>,
    /// The words beside it, where the form sends them.
    pub wording: Option<String>,
    /// The page, where the form sends it.
    pub page: Option<String>,
}

impl Said {
    /// Takes the fields about text messages out of `fields`; the page stays there as data.
    pub(super) fn take(fields: &mut BTreeMap<String, String>) -> Self {
        let (general, by_text) = (fields.remove("consent"), fields.remove("sms_consent"));
        let wording = fields.remove("consent_text").map(|text| clip(&text, MAX_PROOF_CHARS));
        let page = PAGES.iter().find_map(|name| fields.get(*name)).map(|page| without_query(page));
        Self { agrees: by_text.or(general).and_then(|value| yes_or_no(&value)), wording, page }
    }
}

impl Submission {
    /// Reads what it says about text messages together with what the settings of its key say: `wording` are the words beside
    /// the telephone field of every form with that key, by which whoever submits it agrees to be texted. A "no" in the form
    /// still counts. `referer` is the page where the form does not name it.
    ///
    /// A form that says nothing, with a key that says nothing, agrees to nothing.
    #[must_use]
    pub fn under(mut self, wording: Option<&str>, referer: Option<&str>, at: Timestamp) -> Self {
        let Some(granted) = self.said.agrees.or(wording.map(|_| true)) else { return self };
        if granted && self.channel != Channel::Sms {
            self.answer_by_text();
        }
        let said = self.said.clone();
        let words = said.wording.or_else(|| wording.map(|wording| clip(wording, MAX_PROOF_CHARS)));
        let page = said.page.or_else(|| referer.map(without_query));
        let has_phone = self.addresses().any(|address| matches!(address, Address::Phone(_)));
        let source = Source::WebForm;
        self.consent = has_phone.then_some(TextConsent { granted, at, source, wording: words, page });
        self
    }

    /// The number goes first, where there is one, and the answer to it.
    fn answer_by_text(&mut self) {
        let message = &mut self.message;
        if let Some(number) = message.also.iter_mut().find(|address| matches!(address, Address::Phone(_))) {
            std::mem::swap(&mut message.from, number);
        }
        if matches!(message.from, Address::Phone(_)) {
            self.channel = Channel::Sms;
        }
    }

    fn addresses(&self) -> impl Iterator<Item = &Address> {
        std::iter::once(&self.message.from).chain(&self.message.also)
    }
}

/// A page's address without what may be about the person.
fn without_query(page: &str) -> String {
    clip(page.split(['?', '#']).next().unwrap_or_default(), MAX_PROOF_CHARS)
}

/// Anything but a plain yes or no is neither.
fn yes_or_no(value: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    if is(&["true", "on", "yes", "1"]) {
        Some(true)
    } else if is(&["false", "off", "no", "0"]) {
        Some(false)
    } else {
        None
    }
}
