//! The words of one message: a model is asked, and asked again only when the thread is another by then.

use ai::Assistant;
use domain::ConversationId;
use domain::conversations::{Answer, Conversation, EscalationReason, Route, route};
use domain::messaging::Inbound;
use domain::tenancy::usage::Spent;
use domain::tenancy::{CostMode, Tenant};
use domain::turns::Turn;
use std::time::Instant;

/// What was asked and said so far, over all decisions about one message.
#[derive(Debug)]
pub(crate) struct Words {
    deadline: Instant,
    /// What models took.
    pub(crate) spent: Vec<Spent>,
    said: Option<Said>,
}

/// An answer, and whether somebody is to be called besides.
#[derive(Debug, Clone)]
pub(crate) struct Worded {
    pub(crate) answer: Answer,
    pub(crate) escalate: Option<EscalationReason>,
}

/// An answer and the thread that it was given in, as it was then.
#[derive(Debug)]
struct Said {
    thread: (ConversationId, u64),
    route: Route,
    words: Worded,
}

impl Words {
    /// None yet; no model is waited for after `deadline`.
    pub(crate) fn until(deadline: Instant) -> Self {
        Self { deadline, spent: Vec::new(), said: None }
    }

    /// The answer to `inbound`, and `turn` hears what it was taken for. Where the thread is as it was when it was given, it is
    /// the one that was given before.
    pub(crate) async fn of(
        &mut self,
        assistant: &Assistant,
        tenant: &Tenant,
        inbound: &Inbound,
        turn: &mut Turn<'_>,
        saving: CostMode,
    ) -> Worded {
        let thread = version(&turn.thread);
        if let Some(said) = self.said.as_ref().filter(|said| said.thread == thread) {
            turn.read_message(&said.route);
            return said.words.clone();
        }
        let (route, words) = self.ask(assistant, tenant, inbound, turn, saving).await;
        self.said = Some(Said { thread, route, words: words.clone() });
        words
    }

    async fn ask(
        &mut self,
        assistant: &Assistant,
        tenant: &Tenant,
        inbound: &Inbound,
        turn: &mut Turn<'_>,
        saving: CostMode,
    ) -> (Route, Worded) {
        let (text, now) = (inbound.content.text(), runtime::clock::now());
        let rules = route(tenant, text, Some(&turn.thread), now);
        let routed = assistant.route(tenant, text, rules, saving, self.deadline).await;
        turn.read_message(&routed.route);
        let reply_context = turn.reply_context();
        let asked = turn.asked(&reply_context, &routed.route);
        let turned = assistant.answer(&asked, &[], saving, now, self.deadline).await;
        let mut answer = turned.answer;
        if let Some(router) = &routed.spent {
            answer.author.input_tokens += router.tokens.input();
            answer.author.output_tokens += router.tokens.output;
        }
        self.spent.extend(routed.spent.into_iter().chain(turned.spent));
        let unavailable = turned.degraded.map(|reason| {
            tracing::warn!(tenant = %tenant.id, %reason, "the built-in responder answered for the model");
            EscalationReason::AiUnavailable
        });
        let escalate = routed.route.escalate.or(unavailable);
        (routed.route, Worded { answer, escalate })
    }
}

fn version(thread: &Conversation) -> (ConversationId, u64) {
    (thread.id, thread.version)
}
