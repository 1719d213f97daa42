//! The business's own questions in a conversation: which one comes next, and what a message answers.
//!
//! A question is asked at most twice. What is no answer then is passed over ([`Answer::Skipped`]), as is what the customer
//! says not to know. What answers another question of the business's is taken for that one.

use jiff::civil::Date;

use super::builtin::kinds::{self, Kind};
use super::builtin::{asks_or_announces, is_unsure};
use super::wishes::When;
use super::{Conversation, Question};
use crate::ids::{QuestionId, ServiceId};
use crate::leads::Lead;
use crate::messaging::{Content, MediaKind};
use crate::tenancy::intake::{self, Answer, QuestionKind};
use crate::tenancy::{Language, Tenant};
use ::language::Words;

/// The longest reference to a picture that is kept, in characters.
const MAX_REFERENCE_CHARS: usize = 2_000;
/// A message that says when, and at most so many words besides, says nothing else.
const MAX_WORDS_BESIDE: usize = 2;

/// The question to ask now, if any; never one that the last two replies have asked.
#[must_use]
pub fn next<'t>(tenant: &'t Tenant, lead: &Lead, thread: Option<&Conversation>) -> Option<&'t intake::Question> {
    let question = intake::next(&tenant.intake, &lead.intake, service(tenant, lead))?;
    let asked_twice = thread.is_some_and(|thread| thread.asked_again && thread.asked_intake() == Some(&question.id));
    (!asked_twice).then_some(question)
}

/// The questions that concern this lead and are not answered.
pub fn open<'t>(tenant: &'t Tenant, lead: &Lead) -> impl Iterator<Item = &'t intake::Question> {
    let applicable = intake::applicable(&tenant.intake, &lead.intake, service(tenant, lead));
    applicable.into_iter().filter(|question| !lead.intake.contains_key(&question.id))
}

/// What `content`, written in `language` on `today`, says to the question that `thread` asked last; `when` is what it says of
/// when they would like to come.
///
/// A picture answers the question for one even where it was not asked, and so does a vehicle. Nothing is taken for an answer
/// that has no words, and no free text that asks or announces something itself, or is plainly of another sort.
#[must_use]
pub fn read_answer(
    tenant: &Tenant,
    lead: &Lead,
    thread: &Conversation,
    content: &Content,
    language: &Language,
    when: &When,
    today: Date,
) -> Option<(QuestionId, Answer)> {
    let open: Vec<_> = open(tenant, lead).collect();
    let asked = open.iter().copied().find(|question| thread.asked_intake() == Some(&question.id));
    if let Some(media) = picture(content) {
        let wants_photo = |question: &&intake::Question| question.kind == QuestionKind::Photo;
        let question = asked.filter(wants_photo).or_else(|| open.iter().copied().find(wants_photo));
        if let Some(question) = question {
            return Some((question.id.clone(), Answer::Photo { media }));
        }
    }
    let (Content::Text { text } | Content::Choice { title: text, .. } | Content::Media { caption: text, .. }) = content
    else {
        return None;
    };
    if text.trim().is_empty() {
        return None;
    }
    let about_vehicle = |question: &&intake::Question| wants(question, Kind::Vehicle);
    let other = open.iter().copied().find(about_vehicle).filter(|question| asked != Some(question));
    let elsewhere = || Some((other?.id.clone(), Answer::Text(kinds::vehicle(text)?)));
    let Some(question) = asked else { return elsewhere() };
    let is_free = question.kind == QuestionKind::Text;
    let is_other_talk = is_free && (asks_or_announces(text) || is_of_another_sort(question, text, when));
    let read = if is_other_talk || is_unsure(text) { None } else { question.read(text, language, today).ok() };
    read.map(|answer| (question.id.clone(), answer)).or_else(elsewhere).or_else(|| {
        let asked_twice = thread.asked_again
            || thread.questions.iter().filter(|asked| **asked == Question::Intake(question.id.clone())).count() > 1;
        (asked_twice || is_unsure(text)).then(|| (question.id.clone(), Answer::Skipped))
    })
}

/// Whether a question asks for a day or a time, so that what answers it is no wish for an appointment.
#[must_use]
pub fn asks_for_time(question: &intake::Question) -> bool {
    question.kind == QuestionKind::Date || wants(question, Kind::Time)
}

/// Whether a free question asks for that sort of thing.
fn wants(question: &intake::Question, kind: Kind) -> bool {
    question.kind == QuestionKind::Text && kinds::wanted(&question.text) == Some(kind)
}

/// Whether `text` plainly answers something else: a vehicle or a tale where a person is
/// asked for, a day and an hour where neither is.
fn is_of_another_sort(question: &intake::Question, text: &str, when: &When) -> bool {
    let is_vehicle = kinds::is_vehicle(text) && !wants(question, Kind::Vehicle);
    let names_person_or_time = kinds::wanted(&question.text).is_some();
    let says_when = when.said.as_ref().filter(|wish| wish.day.is_some() || wish.time.is_some());
    let beside = |words: &str| Words::new(text).len().saturating_sub(Words::new(words).len());
    let is_time = says_when.is_some_and(|wish| beside(&wish.words) <= MAX_WORDS_BESIDE);
    let is_no_person = wants(question, Kind::Person) && !kinds::can_be_person(text);
    is_no_person || (is_vehicle && names_person_or_time) || (is_time && !asks_for_time(question))
}

/// The reference under which the vendor keeps the picture that was sent.
fn picture(content: &Content) -> Option<String> {
    let Content::Media { kind: MediaKind::Image, references, .. } = content else { return None };
    let reference = references.first()?;
    (!reference.is_empty() && reference.chars().count() <= MAX_REFERENCE_CHARS).then(|| reference.clone())
}

/// The tenant's service that the lead is about.
fn service<'t>(tenant: &'t Tenant, lead: &Lead) -> Option<&'t ServiceId> {
    let name = lead.qualification.service_interest.as_deref()?;
    tenant.services.iter().find(|service| service.name == name).map(|service| &service.id)
}

impl Conversation {
    /// The business's own question that the last reply asked, if it was one.
    #[must_use]
    pub fn asked_intake(&self) -> Option<&QuestionId> {
        match &self.asked {
            Some(Question::Intake(id)) => Some(id),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
