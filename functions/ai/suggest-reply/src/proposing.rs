//! What a reply is proposed from, and what is kept of it: for whoever waits for the whole of it, and whoever hears it while it is written.

use ai::prompt::Script;
use ai::{Assistant, Draft, Listener, SUGGEST_BUDGET, Suggested};
use domain::conversations::Conversation;
use domain::conversations::suggestion::{Basis, Suggestion, TASK};
use domain::failure::Rejection;
use domain::ids::SuggestionId;
use domain::prompts::{PromptTask, PromptTrial};
use domain::tenancy::usage::Spent;
use domain::tenancy::{CostMode, Tenant};
use domain::turns::suggesting::Draftable;
use domain::{ConversationId, Failure};
use jiff::{SignedDuration, Timestamp};
use library::Library;
use std::sync::Arc;
use std::time::Instant;
use store::{Quota, Store, Trace};

/// How many suggestions a tenant's staff get: so many at once, and one more every few seconds. Whoever holds the button down pays for no
/// more than these.
const SUGGESTIONS: Quota = Quota { at_once: 20, every: SignedDuration::from_secs(4) };

/// Proposes replies.
#[derive(Debug, Clone)]
pub struct Proposer {
    /// The table.
    pub store: Store,
    /// The models, or the built-in responder.
    pub assistant: Arc<Assistant>,
    /// What the businesses' documents say; without it they are not looked at.
    pub library: Option<Library>,
}

/// For what a reply is wanted, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The business.
    pub tenant: &'a Tenant,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Of what is proposed.
    pub id: SuggestionId,
    /// The one before, where another one is wanted in its place.
    pub instead_of: Option<SuggestionId>,
    /// Who asks, and when.
    pub trace: &'a Trace,
}

impl Proposer {
    /// What is proposed, kept and counted, and what models took for it; what was kept under the id before, where there is something.
    /// `listener` hears it while a model writes it, and may stop that: then nothing is proposed, and what was begun is counted.
    ///
    /// # Errors
    /// [`Failure::Rejected`] where the asker may not write to the customer now, or asks too often; else as the table answers.
    pub async fn propose(
        &self,
        wanted: Wanted<'_>,
        listener: Option<&Listener>,
    ) -> Result<(Suggestion, Vec<Spent>), Failure> {
        let Wanted { tenant, conversation, id, instead_of, trace } = wanted;
        let conversations = self.store.conversations();
        if let Some(made) = conversations.suggestion(&tenant.id, conversation, id).await? {
            return Ok((made, Vec::new()));
        }
        let (person, thread) = conversations.writable(tenant, conversation, trace).await?;
        self.demand_quota(tenant, trace.at).await?;
        let (started, now) = (Instant::now(), trace.at);
        let cost_mode = self.cost_mode(tenant, &thread, now).await?;
        let own = self.store.tenants().own(tenant).await?;
        let mut draftable = Draftable::new(tenant, &own, &person, &thread, now);
        let mut searched = Vec::new();
        if let Some((library, lookup)) = self.library.as_ref().zip(draftable.lookup())
            && let Some(index) = library.to_answer_from(&tenant.id).await
        {
            let (found, spent) = self.assistant.look_up(tenant, cost_mode, &index, &lookup).await;
            draftable = draftable.with_findings(&lookup, found);
            searched = spent;
        }
        if self.assistant.may_ask(tenant, cost_mode) {
            let found = conversations.summaries(&tenant.id, &draftable.recalls()).await?;
            draftable = draftable.recalling(found);
        }
        let deadline = started + SUGGEST_BUDGET;
        let suggested = self.assistant.suggest_aloud(tenant, &draftable, cost_mode, now, deadline, listener).await;
        log(tenant, conversation, cost_mode, &suggested, started);
        let Suggested { draft, spent, without_model, tried } = suggested;
        let spent = [searched, spent].concat();
        let (text, language, author) = match draft {
            Some(Draft { text, language, author }) => (Some(text), Some(language), Some(author)),
            None => (None, None, None),
        };
        let suggestion = Suggestion {
            id,
            conversation,
            text,
            language,
            author,
            without_model,
            cost_mode,
            basis: basis(&thread, without_model.is_none().then_some(tried.as_ref()).flatten()),
            asked_by: trace.actor.clone(),
            at: now,
            day: now.to_zoned(tenant.time_zone()).date(),
            settled: None,
        };
        let kept = conversations.keep_suggestion(&tenant.id, &suggestion, (&spent, tried.as_ref()), instead_of).await?;
        Ok((kept, spent))
    }

    async fn demand_quota(&self, tenant: &Tenant, now: Timestamp) -> Result<(), Failure> {
        let name = format!("suggestions|{}", tenant.id);
        if self.store.limits().take_quota(&name, SUGGESTIONS, None, now).await? {
            return Ok(());
        }
        let every = SUGGESTIONS.every.as_secs();
        let message = format!("too many suggestions: your team gets one every {every} s, try again then");
        Err(Failure::rejected(Rejection::TooManyRequests, message))
    }

    /// How much to save on models.
    async fn cost_mode(&self, tenant: &Tenant, thread: &Conversation, now: Timestamp) -> Result<CostMode, Failure> {
        if !self.assistant.has_model() {
            return Ok(CostMode::None);
        }
        let of_month = self.store.usage().cost_mode(tenant, now).await?;
        Ok(of_month.in_conversation(thread.message_count, &tenant.cost_control))
    }
}

/// `tried`: the question to the model that wrote it.
fn basis(thread: &Conversation, tried: Option<&PromptTrial>) -> Basis {
    let built_in = || Script::built_in(PromptTask::Suggest).used().version.clone();
    Basis {
        task: TASK.to_owned(),
        prompt: tried.map_or_else(built_in, |tried| tried.used.version.clone()),
        test: tried.map(|tried| tried.used.test),
        messages: thread.message_count,
        last_message_at: thread.last_message_at,
    }
}

/// Never what was written.
fn log(tenant: &Tenant, conversation: ConversationId, cost_mode: CostMode, suggested: &Suggested, started: Instant) {
    let tokens = |count: fn(&Spent) -> u64| suggested.spent.iter().map(count).sum::<u64>();
    tracing::info!(
        tenant = %tenant.id,
        %conversation,
        ?cost_mode,
        has_text = suggested.draft.is_some(),
        without_model = ?suggested.without_model,
        input_tokens = tokens(|spent| spent.tokens.input()),
        output_tokens = tokens(|spent| spent.tokens.output),
        duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        "suggested"
    );
}
