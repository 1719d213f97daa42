//! The words of one message: a model is asked unless the answer is sure without one, and asked again only when the thread is another by
//! then.

use ai::Assistant;
use domain::ConversationId;
use domain::conversations::{Answer, Conversation, EscalationReason, Route, builtin, route};
use domain::messaging::Inbound;
use domain::prompts::{PromptCount, PromptTrial};
use domain::tenancy::usage::{Feature, RESPONDER, Saved, Spent, Tokens};
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
    /// What models took for answers to the thread as it was before, and to find documents.
    lost: Vec<Spent>,
    /// The question to a model that the answer comes from, or would have.
    pub(crate) tried: Option<PromptTrial>,
    /// What is counted of the questions to models that sorted the message.
    pub(crate) sorted: Vec<PromptCount>,
    said: Option<Said>,
}

/// An answer, and whether someone is to be called besides.
#[derive(Debug, Clone)]
pub(crate) struct Worded {
    pub(crate) answer: Answer,
    pub(crate) escalate: Option<EscalationReason>,
}

/// A thread as it was, what the message was taken for in it, and the answer that it was given.
#[derive(Debug, Clone)]
struct Said {
    thread: (ConversationId, u64),
    route: Route,
    /// What the router took.
    routed: Vec<Spent>,
    /// The answer, and what it took.
    words: Option<(Worded, Vec<Spent>)>,
    /// Whether the calendar had the last word, last.
    is_decided: bool,
}

impl Words {
    /// None yet; no model is waited for after `deadline`.
    pub(crate) fn until(deadline: Instant, received_at: Timestamp) -> Self {
        Self { deadline, received_at, lost: Vec::new(), tried: None, sorted: Vec::new(), said: None }
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
        let route = routed.route.clone();
        self.sorted.extend(routed.counted);
        let said = Said { thread, route: routed.route, routed: routed.spent, words: None, is_decided: false };
        self.lost.extend(self.said.replace(said).into_iter().flat_map(Said::spent));
        route
    }

    /// The answer to the message that `turn` has read. Where the thread is as it was when one was given, it is that one, unless
    /// the calendar has the last word, or it is sure without a model.
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
        let decided = builtin::decided(&asked, now).or_else(|| assistant.answer_surely(&asked, saving, now));
        if let Some(said) = &mut self.said {
            said.is_decided = decided.is_some() && assistant.may_ask(tenant, saving);
        }
        if let Some(answer) = decided {
            return Worded { answer: self.with_tokens(answer), escalate: route.escalate };
        }
        if let Some((words, _)) = self.said.as_ref().and_then(|said| said.words.clone()) {
            return words;
        }
        let turned = assistant.answer(&asked, saving, self.told_at(now), self.deadline).await;
        let answer = self.with_tokens(turned.answer);
        self.tried = turned.tried;
        let unavailable = turned.degraded.map(|reason| {
            tracing::warn!(tenant = %tenant.id, %reason, "the built-in responder answered for the model");
            EscalationReason::AiUnavailable
        });
        let words = Worded { answer, escalate: route.escalate.or(unavailable) };
        if let Some(said) = &mut self.said {
            said.words = Some((words.clone(), turned.spent));
        }
        words
    }

    /// What was paid for in this decision, whatever comes of it.
    pub(crate) fn paid(&mut self, spent: Vec<Spent>) {
        self.lost.extend(spent);
    }

    /// What models took over all decisions, and what the last one, which is stored, saved.
    pub(crate) fn spent(&self) -> Vec<Spent> {
        let last: Vec<Spent> = self.said.iter().flat_map(|said| said.clone().spent()).collect();
        counted(&self.lost, last)
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

impl Said {
    /// What it took, and what it saved.
    fn spent(self) -> Vec<Spent> {
        let is_unasked = self.is_decided && self.words.is_none();
        let unasked = is_unasked.then(|| Spent::unasked(Feature::Converse, RESPONDER));
        let words = self.words.into_iter().flat_map(|(_, spent)| spent);
        self.routed.into_iter().chain(words).chain(unasked).collect()
    }
}

/// All tokens count. What is saved counts in the last decision alone, and not where a model was asked for the same before.
fn counted(lost: &[Spent], last: Vec<Spent>) -> Vec<Spent> {
    let took = |spent: &&Spent| spent.tokens != Tokens::default();
    let asked: Vec<Spent> =
        lost.iter().filter(took).map(|spent| Spent { saved: Saved::default(), ..spent.clone() }).collect();
    let counts = |spent: &Spent| took(&spent) || asked.iter().all(|asked| asked.feature != spent.feature);
    let last: Vec<Spent> = last.into_iter().filter(counts).collect();
    [asked, last].concat()
}

fn version(thread: &Conversation) -> (ConversationId, u64) {
    (thread.id, thread.version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::tenancy::usage::CLASSIFIER;

    fn spent(feature: Feature) -> Spent {
        let tokens = Tokens { uncached: 11, output: 7, ..Tokens::default() };
        Spent { feature, model: "model".to_owned(), tokens, saved: Saved::default() }
    }

    #[test]
    fn what_no_model_was_asked_counts_once_however_often_it_is_decided() {
        let without = || vec![Spent::unasked(Feature::Route, CLASSIFIER), Spent::unasked(Feature::Converse, RESPONDER)];
        assert_eq!(counted(&[], without()), without());
        assert_eq!(counted(&without(), without()), without(), "the race was lost");
        assert_eq!(counted(&[without(), without()].concat(), without()), without());
    }

    #[test]
    fn what_a_model_was_asked_in_any_decision_was_not_saved() {
        let (asked, unasked) = (spent(Feature::Converse), Spent::unasked(Feature::Converse, RESPONDER));
        let kept =
            Spent { tokens: Tokens::default(), saved: Saved { calls: 1, tokens: asked.tokens }, ..asked.clone() };
        for saved in [&unasked, &kept] {
            assert_eq!(
                counted(std::slice::from_ref(saved), vec![asked.clone()]),
                std::slice::from_ref(&asked),
                "saved, then asked"
            );
            assert_eq!(
                counted(std::slice::from_ref(&asked), vec![saved.clone()]),
                std::slice::from_ref(&asked),
                "asked, then saved"
            );
        }
        let route = Spent::unasked(Feature::Route, CLASSIFIER);
        assert_eq!(counted(&[], vec![route.clone(), asked.clone()]), [route, asked.clone()]);
        assert_eq!(counted(std::slice::from_ref(&asked), vec![asked.clone()]), [asked.clone(), asked]);
    }
}
