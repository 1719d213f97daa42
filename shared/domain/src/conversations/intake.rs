//! The business's own questions in a conversation: which one comes next, and what a message answers.
//!
//! A question is asked at most twice running. What is no answer then is passed over ([`Answer::Skipped`]), as is what the
//! customer says not to know.

use jiff::civil::Date;

use super::builtin::{asks_or_announces, is_unsure};
use super::{Conversation, Question};
use crate::ids::{QuestionId, ServiceId};
use crate::leads::Lead;
use crate::messaging::{Content, MediaKind};
use crate::tenancy::intake::{self, Answer, QuestionKind};
use crate::tenancy::{Language, Tenant};

/// The longest reference to a picture that is kept, in characters.
const MAX_REFERENCE_CHARS: usize = 2_000;

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

/// What `content`, written in `language` on `today`, says to the question that `thread` asked last.
///
/// A picture answers the question for one even where it was not asked. Nothing is taken for an answer that has no words,
/// and no free text that asks or announces something itself.
#[must_use]
pub fn hear(
    tenant: &Tenant,
    lead: &Lead,
    thread: &Conversation,
    content: &Content,
    language: &Language,
    today: Date,
) -> Option<(QuestionId, Answer)> {
    let open: Vec<_> = open(tenant, lead).collect();
    let asked = open.iter().find(|question| thread.asked_intake() == Some(&question.id));
    if let Some(media) = picture(content) {
        let wants_photo = |question: &&&intake::Question| question.kind == QuestionKind::Photo;
        let question = asked.filter(wants_photo).or_else(|| open.iter().find(wants_photo));
        if let Some(question) = question {
            return Some((question.id.clone(), Answer::Photo { media }));
        }
    }
    let question = asked?;
    let (Content::Text { text } | Content::Choice { title: text, .. } | Content::Media { caption: text, .. }) = content
    else {
        return None;
    };
    if text.trim().is_empty() {
        return None;
    }
    let is_other_talk = question.kind == QuestionKind::Text && asks_or_announces(text);
    let read = if is_other_talk || is_unsure(text) { None } else { question.read(text, language, today).ok() };
    let answer = read.or_else(|| (thread.asked_again || is_unsure(text)).then_some(Answer::Skipped))?;
    Some((question.id.clone(), answer))
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
