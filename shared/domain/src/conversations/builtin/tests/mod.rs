//! The responder as a whole. [`Desk`] keeps a conversation going as `ai-converse` does.

mod answering;
mod besides;
mod dialogues;
mod documents;
mod hostile;
mod intake;
mod laws;
mod rules;

use jiff::Timestamp;

use super::*;
use crate::leads::{Qualification, Urgency};
use crate::messaging::Channel;
use crate::samples;
use crate::tenancy::Language;
use crate::{ContactId, ConversationId, LeadId};

/// Friday, 10:00 in Denver and 11:00 in San Antonio: both tenants are open.
const FRIDAY_MORNING: &str = "2026-11-20T17:00:00Z";
/// Friday, 20:00 in Denver and 21:00 in San Antonio: both are closed.
const FRIDAY_NIGHT: &str = "2026-11-21T03:00:00Z";

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn language(code: &str) -> Language {
    Language::new(code).unwrap()
}

fn route(code: &str) -> Route {
    Route { language: language(code), urgency: None, escalate: None, certain: true }
}

fn text(text: &str) -> Content {
    Content::Text { text: text.to_owned() }
}

/// One conversation with one tenant.
struct Desk {
    tenant: Tenant,
    source: Source,
    name: Option<&'static str>,
    now: Timestamp,
    route: Route,
    lead: Lead,
    conversation: Conversation,
    /// What is said answers the business's question for a day, and is no wish.
    answers_since_when: bool,
    /// What the documents say to what is said next.
    findings: Findings,
}

impl Desk {
    fn new(tenant: Tenant, code: &str) -> Self {
        let now = at(FRIDAY_MORNING);
        let contact = ContactId::derive(&tenant.id, &["test"]);
        let lead = Lead::new(LeadId::derive(&tenant.id, &["test"]), contact, Source::Sms, now);
        let conversation = Conversation {
            id: ConversationId::derive(&tenant.id, &["test"]),
            contact,
            lead: lead.id,
            // A channel without a register of its own.
            channel: Channel::Chat,
            session: None,
            peer: None,
            stated: Default::default(),
            status: ConversationStatus::Active,
            escalation: None,
            language: language(code),
            recent: Vec::new(),
            asked: None,
            asked_again: false,
            questions: Vec::new(),
            wish: None,
            extra: None,
            earlier: Vec::new(),
            prompt: None,
            invited: None,
            offer: None,
            booked: None,
            proof: None,
            sla: crate::conversations::SlaClock::default(),
            replied_at: None,
            repeats: Default::default(),
            alarmed_at: None,
            resolved_count: 0,
            handling: crate::conversations::Handling::default(),
            message_count: 0,
            started_at: now,
            last_message_at: now,
            version: 0,
        };
        let answers_since_when = false;
        Self {
            tenant,
            source: Source::Sms,
            name: None,
            now,
            route: route(code),
            lead,
            conversation,
            answers_since_when,
            findings: Findings::NONE.clone(),
        }
    }

    /// The answer to `content`, without any effect.
    fn peek(&self, content: &Content) -> Answer {
        let when = self.when(content);
        respond(&Turn { when: Some(&when), ..self.turn(content) }, self.now)
    }

    fn when(&self, content: &Content) -> When {
        let thread = Some(&self.conversation);
        if self.answers_since_when {
            return When { wish: self.conversation.wish.clone(), ..When::default() };
        }
        let wanted: Vec<&str> = self.lead.qualification.services().collect();
        When::read(&self.tenant, &said(content), &self.route.language, thread, &wanted, &[], self.now)
    }

    fn turn<'a>(&'a self, content: &'a Content) -> Turn<'a> {
        Turn {
            contact_name: self.name,
            lead: Some(&self.lead),
            conversation: Some(&self.conversation),
            findings: &self.findings,
            ..Turn::new(&self.tenant, content, self.source, &self.route)
        }
    }

    /// The answer to `content`, taken over into lead and conversation.
    fn hear(&mut self, content: &Content) -> Answer {
        let answer = self.peek(content);
        self.lead.qualification =
            std::mem::take(&mut self.lead.qualification).updated_with(answer.qualification.clone());
        self.lead.score = answer.score;
        if let Some(name) = &answer.given.name {
            self.conversation.stated.name = Some(name.clone());
        }
        for address in answer.given.addresses() {
            self.conversation.stated.mention(address);
        }
        self.conversation.wish = self.when(content).wish;
        self.conversation.questions.extend(answer.asked.clone());
        self.lead.requested_time = answer.requested_time.clone().or(self.lead.requested_time.take());
        if answer.action == Action::Escalate {
            self.conversation.status = ConversationStatus::Escalated;
        }
        self.conversation.asked_again = answer.asked.is_some() && answer.asked == self.conversation.asked;
        self.conversation.asked = answer.asked.clone();
        self.conversation.language = answer.language.clone();
        self.conversation.message_count += 2;
        self.conversation.remember(Role::Customer, content.text());
        self.conversation.remember(Role::Assistant, &answer.reply);
        answer
    }

    fn say(&mut self, words: &str) -> Answer {
        self.hear(&text(words))
    }
}
