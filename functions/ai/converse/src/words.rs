//! The words of one message: a model is asked, and asked again only when the thread is another by then.

use ai::Assistant;
use domain::ConversationId;
use domain::conversations::{Answer, Conversation, EscalationReason, Route, builtin, route};
use domain::messaging::Inbound;
use domain::prompts::PromptTrial;
use domain::tenancy::usage::{Feature, RESPONDER, Spent};
use domain::tenancy::{CostMode, Tenant};
use domain::turns::Turn;
use jiff::{SignedDuration, Timestamp};
use std::time::Instant;

/// How long the time at which a message came stands for the present.
const FRESH_FOR: SignedDuration = SignedDuration::from_mins(15);

/// What was asked and said so far, over all decisions about one message.
#[derive(Debug)]
pub(crate) struct Words {
    deadline: Instant,
    /// When the message came (UTC).
    received_at: Timestamp,
    /// What models took.
    pub(crate) spent: Vec<Spent>,
    /// The question to a model that the answer comes from, or would have.
    pub(crate) tried: Option<PromptTrial>,
    said: Option<Said>,
}

/// An answer, and whether someone is to be called besides.
#[derive(Debug, Clone)]
pub(crate) struct Worded {
    pub(crate) answer: Answer,
    pub(crate) escalate: Option<EscalationReason>,
}

/// A thread as it was, what the message was taken for in it, and the answer that it was given.
#[derive(Debug)]
struct Said {
    thread: (ConversationId, u64),
    route: Route,
    /// What the router took.
    routed: Vec<Spent>,
    words: Option<Worded>,
}

impl Words {
    /// None yet; no model is waited for after `deadline`.
    pub(crate) fn until(deadline: Instant, received_at: Timestamp) -> Self {
        Self { deadline, received_at, spent: Vec::new(), tried: None, said: None }
    }

    /// What `inbound` is taken for. Where the thread is as it was, it is taken for the same again.
    pub(crate) async fn route(
        &mut self,
        assistant: &Assistant,
        tenant: &Tenant,
        inbound: &Inbound,
        turn: &Turn<'_>,
        saving: CostMode,
    ) -> Route {
        let thread = version(&turn.thread);
        if let Some(said) = self.said.as_ref().filter(|said| said.thread == thread) {
            return said.route.clone();
        }
        let (text, now) = (inbound.content.text(), runtime::clock::now());
        let rules = route(tenant, text, Some(&turn.thread), now);
        let routed = assistant.route(tenant, text, rules, saving, self.deadline).await;
        self.spent.extend(routed.spent.clone());
        let route = routed.route.clone();
        self.said = Some(Said { thread, route: routed.route, routed: routed.spent, words: None });
        route
    }

    /// The answer to the message that `turn` has read. Where the thread is as it was when one was given, it is that one, unless
    /// the calendar has the last word.
    pub(crate) async fn answer(
        &mut self,
        assistant: &Assistant,
        tenant: &Tenant,
        turn: &Turn<'_>,
        route: &Route,
        saving: CostMode,
    ) -> Worded {
        let now = runtime::clock::now();
        let reply_context = turn.reply_context();
        let asked = turn.asked(&reply_context, route);
        if let Some(answer) = builtin::decided(&asked, now) {
            let unasked = Spent::unasked(Feature::Converse, RESPONDER);
            // However often it is decided, it is one message.
            if assistant.may_ask(tenant, saving) && !self.spent.contains(&unasked) {
                self.spent.push(unasked);
            }
            return Worded { answer: self.with_tokens(answer), escalate: route.escalate };
        }
        if let Some(words) = self.said.as_ref().and_then(|said| said.words.clone()) {
            return words;
        }
        let turned = assistant.answer(&asked, saving, self.told_at(now), self.deadline).await;
        let answer = self.with_tokens(turned.answer);
        self.tried = turned.tried;
        self.spent.extend(turned.spent);
        let unavailable = turned.degraded.map(|reason| {
            tracing::warn!(tenant = %tenant.id, %reason, "the built-in responder answered for the model");
            EscalationReason::AiUnavailable
        });
        let words = Worded { answer, escalate: route.escalate.or(unavailable) };
        if let Some(said) = &mut self.said {
            said.words = Some(words.clone());
        }
        words
    }

    /// The time that a model is told: when the message came, unless that was too long ago. So a message that is delivered again, because
    /// whoever answered it died, makes the same request, and its answer is not paid for again.
    fn told_at(&self, now: Timestamp) -> Timestamp {
        let is_fresh = (SignedDuration::ZERO..FRESH_FOR).contains(&now.duration_since(self.received_at));
        if is_fresh { self.received_at } else { now }
    }

    /// With what the router took.
    fn with_tokens(&self, mut answer: Answer) -> Answer {
        for router in self.said.iter().flat_map(|said| &said.routed) {
            answer.author.input_tokens += router.tokens.input();
            answer.author.output_tokens += router.tokens.output;
        }
        answer
    }
}

fn version(thread: &Conversation) -> (ConversationId, u64) {
    (thread.id, thread.version)
}
