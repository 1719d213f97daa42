//! Questions of customers that the business's data had no answer for, and what is made of them: every week, those that several people
//! asked are offered to the business as frequent questions, with what its staff answered as a draft.
//!
//! A [kept question](UnansweredQuestion) is its customer's, and goes with them. A [`Gap`] quotes several customers for as long as no one
//! has decided about it; from then on it holds no more than the words by which the same question is known again.

mod asked;
mod draft;
mod keywords;
#[cfg(test)]
mod tests;

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use utoipa::ToSchema;

use super::clusters;
use crate::conversations::faqs;
use crate::ids::GapId;
use crate::messaging::MessageRef;
use crate::tenancy::{Faq, Language, Tenant};
use crate::{ContactId, Failure};

pub use asked::asked_in;
pub use draft::{StaffAnswer, draft};

/// For how long a question is kept, unless the tenant keeps its messages for less.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);
/// For how long a suggestion waits that no later week renews.
pub const WAITS_FOR: SignedDuration = SignedDuration::from_hours(28 * 24);
/// So many people have to have asked.
pub const MIN_ASKERS: usize = 2;
/// The most suggestions of a week.
pub const MAX_SUGGESTED: usize = 10;
/// The most questions that are compared, the latest.
pub const MAX_COMPARED: usize = 500;
/// The most examples of a suggestion.
const MAX_EXAMPLES: usize = 5;
/// From this hour of Monday on the week's suggestions are made, by the tenant's clock.
const FROM_HOUR: i8 = 4;

/// A question that the business's data had no answer for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnansweredQuestion {
    /// The message that asked it.
    #[serde(rename = "ref")]
    pub reference: MessageRef,
    /// Who asked.
    pub contact: ContactId,
    /// The question, without names and addresses: at most 300 characters.
    pub text: String,
    /// The language of the message.
    pub language: Language,
}

impl UnansweredQuestion {
    /// Until when it is kept.
    #[must_use]
    pub fn kept_until(&self, tenant: &Tenant) -> Timestamp {
        let days = tenant.retention.messages_days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
        let kept_for = days.map_or(KEPT_FOR, |days| days.min(KEPT_FOR));
        self.reference.at.checked_add(kept_for).unwrap_or(Timestamp::MAX)
    }
}

/// A question that several customers asked and the business's data does not answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Derived from the first message that asked it.
    pub id: GapId,
    /// What was decided about it.
    pub state: GapState,
    /// The question, as one of them asked it.
    #[serde(default)]
    pub question: String,
    /// How often it was asked.
    pub times: u32,
    /// By how many people.
    pub askers: u32,
    /// Other ways in which it was asked.
    #[serde(default)]
    pub examples: Vec<String>,
    /// When it was last asked (UTC).
    pub last_asked_at: Timestamp,
    /// What staff answered one of them, without what is theirs alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
    /// The language of the question.
    pub language: Language,
    /// Words by which the same question is found among the frequent ones.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// What it is about, by which it is known again.
    #[serde(default)]
    pub terms: BTreeSet<String>,
    /// Who asked.
    #[serde(default)]
    pub contacts: Vec<ContactId>,
    /// Since when it waits (UTC).
    pub since: Timestamp,
    /// Until when it waits, unless a later week renews it (UTC).
    pub until: Timestamp,
}

/// What was decided about a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GapState {
    /// Nothing yet.
    Open,
    /// It is among the frequent questions.
    Added,
    /// It is no question for that list, and is not suggested again.
    Dismissed,
}

/// A suggestion for the frequent questions, as the business sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KnowledgeGap {
    /// Which: what `answer` and `dismiss` take.
    pub id: GapId,
    /// The question, as a customer asked it, without names and addresses.
    #[schema(max_length = 300, example = "Do you also charge electric cars?")]
    pub question: String,
    /// How often it was asked in the last 90 days.
    #[schema(example = 5)]
    pub times: u32,
    /// By how many people.
    #[schema(example = 4)]
    pub askers: u32,
    /// Other ways in which it was asked, at most five.
    #[schema(max_items = 5, example = json!(["Is there a charger for my electric car?"]))]
    pub examples: Vec<String>,
    /// When it was last asked (UTC).
    pub last_asked_at: Timestamp,
    /// What staff answered one of them; absent where they did not, or where nothing was left of it that is not about that customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000, example = "Yes, there are two chargers behind the house.")]
    pub draft: Option<String>,
    /// The language of the question.
    pub language: Language,
    /// Since when it waits (UTC).
    pub since: Timestamp,
}

impl From<Gap> for KnowledgeGap {
    fn from(gap: Gap) -> Self {
        let Gap { id, question, times, askers, examples, last_asked_at, draft, language, since, .. } = gap;
        Self { id, question, times, askers, examples, last_asked_at, draft, language, since }
    }
}

impl Gap {
    /// Whether it waits for a decision at `now`.
    #[must_use]
    pub fn waits(&self, now: Timestamp) -> bool {
        self.state == GapState::Open && self.until > now
    }

    /// It, decided: what customers wrote is gone from it, and who they are.
    #[must_use]
    pub fn decided(self, state: GapState) -> Self {
        Self {
            state,
            question: String::new(),
            examples: Vec::new(),
            draft: None,
            keywords: Vec::new(),
            contacts: Vec::new(),
            ..self
        }
    }

    /// The tenant with `question` and `answer` among its frequent questions, found by the words of those who asked. `None`: it has them
    /// already.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `question` or `answer` where one is empty or too long, or `faqs` where there are too many.
    pub fn added_to(&self, tenant: &Tenant, question: &str, answer: &str) -> Result<Option<Tenant>, Failure> {
        let (question, answer) = (question.trim().to_owned(), answer.trim().to_owned());
        if tenant.faqs.iter().any(|faq| faq.question == question && faq.answer == answer) {
            return Ok(None);
        }
        let faq = Faq { question, answer, keywords: self.keywords.clone() };
        faq.validate()?;
        let mut with = Tenant { faqs: [tenant.faqs.clone(), vec![faq]].concat(), ..tenant.clone() };
        if let Some(faq) = with.faqs.last_mut() {
            // What is answered today is answered so tomorrow.
            faq.keywords = keywords::harmless(tenant, faq);
        }
        Ok(Some(with))
    }
}

/// The week (ISO 8601) whose suggestions are made at `now`, where it is Monday morning or later on Monday by the clocks of `zone`.
#[must_use]
pub fn week_due(now: Timestamp, zone: &TimeZone) -> Option<String> {
    let here = now.to_zoned(zone.clone());
    let is_due = here.weekday() == Weekday::Monday && here.hour() >= FROM_HOUR;
    let week = here.date().iso_week_date();
    is_due.then(|| format!("{:04}-W{:02}", week.year(), week.week()))
}

/// What a week's questions come to: the suggestions, each with the questions behind it, the most asked first. `known` is what was
/// suggested before.
///
/// What the frequent questions answer by now is left out, and what was dismissed.
#[must_use]
pub fn suggestions<'q>(
    tenant: &Tenant,
    questions: &'q [UnansweredQuestion],
    known: &[Gap],
    now: Timestamp,
) -> Vec<(Gap, Vec<&'q UnansweredQuestion>)> {
    let is_open = |question: &&UnansweredQuestion| faqs::asked(tenant, &question.text).is_none();
    let open: Vec<&UnansweredQuestion> = questions.iter().filter(is_open).collect();
    let mut about: Vec<BTreeSet<String>> = open.iter().map(|question| clusters::terms(&question.text)).collect();
    let dismissed = known.iter().filter(|gap| gap.state == GapState::Dismissed);
    // What was dismissed is grouped with what asks it again.
    about.extend(dismissed.map(|gap| gap.terms.clone()));
    let groups = clusters::groups(&about);
    let is_dismissed = |group: &clusters::Group| group.members.iter().any(|at| *at >= open.len());
    let mut found: Vec<(Gap, Vec<&UnansweredQuestion>)> = groups
        .iter()
        .filter(|group| !is_dismissed(group))
        .filter_map(|group| suggestion(tenant, &open, &about, group, now))
        .filter(|(gap, _)| !known.iter().any(|other| other.id == gap.id && other.state != GapState::Open))
        .collect();
    found.sort_by_key(|(gap, _)| (Reverse((gap.askers, gap.times, gap.last_asked_at)), gap.id));
    found.truncate(MAX_SUGGESTED);
    for (gap, _) in &mut found {
        let before = known.iter().find(|before| before.id == gap.id);
        gap.since = before.map_or(now, |before| before.since);
    }
    found
}

fn suggestion<'q>(
    tenant: &Tenant,
    open: &[&'q UnansweredQuestion],
    about: &[BTreeSet<String>],
    group: &clusters::Group,
    now: Timestamp,
) -> Option<(Gap, Vec<&'q UnansweredQuestion>)> {
    let members: Vec<&UnansweredQuestion> = group.members.iter().filter_map(|at| open.get(*at).copied()).collect();
    let contacts: BTreeSet<ContactId> = members.iter().map(|question| question.contact).collect();
    if contacts.len() < MIN_ASKERS {
        return None;
    }
    let centre = *open.get(group.centre)?;
    let first = members.iter().min_by_key(|question| (question.reference.at, question.reference.message))?;
    let mut latest = members.clone();
    latest.sort_by_key(|question| (Reverse(question.reference.at), question.reference.message));
    let mut said = vec![centre.text.as_str()];
    for question in &latest {
        let is_said = said.iter().any(|text| text.to_lowercase() == question.text.to_lowercase());
        if !is_said && said.len() <= MAX_EXAMPLES {
            said.push(&question.text);
        }
    }
    let others: Vec<&str> = open
        .iter()
        .enumerate()
        .filter(|(at, _)| !group.members.contains(at))
        .map(|(_, other)| other.text.as_str())
        .collect();
    let texts: Vec<&str> = members.iter().map(|question| question.text.as_str()).collect();
    let own: Vec<&BTreeSet<String>> = group.members.iter().filter_map(|at| about.get(*at)).collect();
    let is_shared = |term: &&String| own.iter().filter(|terms| terms.contains(*term)).count() * 2 >= own.len();
    let shared = own.iter().flat_map(|terms| terms.iter()).filter(is_shared);
    let gap = Gap {
        id: GapId::derive(&tenant.id, &[&first.reference.message.to_string()]),
        state: GapState::Open,
        question: centre.text.clone(),
        times: u32::try_from(members.len()).unwrap_or(u32::MAX),
        askers: u32::try_from(contacts.len()).unwrap_or(u32::MAX),
        examples: said.iter().skip(1).map(|text| (*text).to_owned()).collect(),
        last_asked_at: latest.first()?.reference.at,
        draft: None,
        language: centre.language.clone(),
        keywords: keywords::of(tenant, &texts, contacts.len(), &others),
        terms: shared.chain(about.get(group.centre)?).cloned().collect(),
        contacts: contacts.into_iter().collect(),
        since: now,
        until: now.checked_add(WAITS_FOR).unwrap_or(Timestamp::MAX),
    };
    Some((gap, latest))
}
