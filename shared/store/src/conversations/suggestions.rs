//! Replies that are proposed to staff, and what they made of them.
//!
//! One is stored with what models took for it and with its count, in one transaction. What becomes of it is one more: under the condition
//! that nothing became of it before, with its count, and where it was sent, with the message. So a repeat changes and counts nothing.

use std::time::Duration;

use aws_sdk_dynamodb::types::Update;
use domain::conversations::suggestion::{
    Counts, DayAndPrompt, KEPT_FOR, Outcome, Settled, Suggestion, SuggestionReport,
};
use domain::conversations::{Conversation, Message};
use domain::ids::SuggestionId;
use domain::insights::Range;
use domain::journeys::Person;
use domain::prompts::{PromptCount, PromptCounts, PromptTask, PromptTrial, PromptVersion};
use domain::tenancy::Tenant;
use domain::tenancy::usage::Spent;
use domain::turns::replying::Words;
use domain::{ConversationId, Failure, MessageId, TenantId};
use jiff::civil::Date;
use serde::Deserialize;

use crate::Conversations;
use crate::table::documents::{Trace, busy};
use crate::table::item::{from_item, number, readable, text, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::usage::lines;

/// How long to wait before each try to write where others count too, in milliseconds.
pub(super) const PAUSES_MS: [u64; 5] = [0, 20, 60, 200, 600];
/// Stands for a reply that is not written yet.
const ANY_REPLY: &str = "…";

/// The counts of a day as they are stored.
#[derive(Deserialize)]
struct Counted {
    day: Date,
    task: String,
    prompt: PromptVersion,
    #[serde(flatten)]
    sum: Counts,
}

/// The question to a model, and whether its text is proposed.
fn of_trial(suggestion: &Suggestion, tried: &PromptTrial) -> PromptCount {
    let suggested = u64::from(suggestion.text.is_some() && suggestion.without_model.is_none());
    let counts = PromptCounts { suggested, ..PromptCounts::call(tried) };
    PromptCount { task: PromptTask::Suggest, used: tried.used.clone(), counts }
}

impl Conversations<'_> {
    /// A thread in which `trace`'s actor may write to its customer now, and who that is: what a reply is proposed from.
    ///
    /// # Errors
    /// As [`Conversations::demand_reply`].
    pub async fn writable(
        self,
        tenant: &Tenant,
        id: ConversationId,
        trace: &Trace,
    ) -> Result<(Person, Conversation), Failure> {
        let nothing = MessageId::derive(&tenant.id, &["proposed", &id.to_string()]);
        self.replied(tenant, id, Words::Own(ANY_REPLY), nothing, trace)
            .await
            .map(|(open, _)| (open.person, open.thread))
    }

    /// What was proposed; `None`: nothing of that id in this thread, or it is gone by now.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn suggestion(
        self,
        tenant: &TenantId,
        thread: ConversationId,
        id: SuggestionId,
    ) -> Result<Option<Suggestion>, Failure> {
        let item = self.store.item("suggestion", &keys::of(tenant).suggestion(thread, id)).await?;
        item.map(|item| from_item("suggestion", &item)).transpose()
    }

    /// Keeps what was proposed, counts it, what models took for it and what came of their instructions, and settles the one that it is `instead` of, if there is
    /// something to propose instead. Where one of its id is kept already, that one is given and nothing is counted.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer, or too many write at once.
    pub async fn keep_suggestion(
        self,
        tenant: &TenantId,
        suggestion: &Suggestion,
        (spent, tried): (&[Spent], Option<&PromptTrial>),
        instead: Option<SuggestionId>,
    ) -> Result<Suggestion, Failure> {
        let spent = lines(spent, suggestion.at);
        for pause in PAUSES_MS {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let (thread, at) = (suggestion.conversation, suggestion.at);
            let replaced = match instead.filter(|_| suggestion.text.is_some()) {
                Some(instead) => self.suggestion(tenant, thread, instead).await?,
                None => None,
            };
            let mut item = to_item("suggestion", &keys::of(tenant).suggestion(thread, suggestion.id), suggestion)?;
            item.insert("expires_at".to_owned(), number((at + KEPT_FOR).as_second()));
            let mut writes = Writes::new(&self.store.table);
            writes.put_new(item)?;
            writes.usage(tenant, &spent, &suggestion.id.to_string())?;
            let mut counts = Vec::new();
            let mut prompt_counts: Vec<PromptCount> =
                tried.map(|tried| of_trial(suggestion, tried)).into_iter().collect();
            if suggestion.text.is_some() {
                counts.push((suggestion.counted_at(), Counts::SUGGESTED));
            }
            let unused = |old: &Suggestion| old.unused(Outcome::Regenerated, &suggestion.asked_by, at);
            if let Some((old, settled)) = replaced.and_then(|old| unused(&old).map(|settled| (old, settled))) {
                writes.settled(tenant, &old, &settled)?;
                writes.prompt_feedback(tenant, &old, &settled, None)?;
                counts.push((old.counted_at(), Counts::settled(&settled)));
                prompt_counts.extend(old.prompt_count(settled.outcome));
            }
            writes.add_counts(tenant, counts)?;
            writes.prompt_counts(tenant, prompt_counts, &suggestion.id.to_string())?;
            match self.store.run(writes).await? {
                Ran::Done => return Ok(suggestion.clone()),
                Ran::Refused(_) => {
                    if let Some(kept) = self.suggestion(tenant, thread, suggestion.id).await? {
                        return Ok(kept);
                    }
                }
                Ran::Raced => {}
            }
        }
        Err(busy("suggestion"))
    }

    /// What becomes of a suggestion where staff send `message` of it; `None`: it is gone, or something became of it before.
    pub(crate) async fn used(
        self,
        tenant: &TenantId,
        suggestion: Option<SuggestionId>,
        message: &Message,
        trace: &Trace,
    ) -> Result<Option<(Suggestion, Settled)>, Failure> {
        let Some(id) = suggestion else { return Ok(None) };
        let reference = message.reference;
        let proposed = self.suggestion(tenant, reference.conversation, id).await?;
        let sent = |it: &Suggestion| it.sent(&message.text, reference.message, &trace.actor, trace.at);
        Ok(proposed.and_then(|it| sent(&it).map(|settled| (it, settled))))
    }

    /// Notes that staff do not want what was proposed. Again, or where something became of it before, changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found): nothing of that id in this thread. [`Failure::Retryable`] as the table answers.
    pub async fn dismiss_suggestion(
        self,
        tenant: &TenantId,
        thread: ConversationId,
        id: SuggestionId,
        trace: &Trace,
    ) -> Result<(), Failure> {
        for pause in PAUSES_MS {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let suggestion = self.suggestion(tenant, thread, id).await?;
            let suggestion = suggestion.ok_or_else(|| Failure::not_found("suggestion"))?;
            let Some(settled) = suggestion.unused(Outcome::Rejected, &trace.actor, trace.at) else { return Ok(()) };
            let mut writes = Writes::new(&self.store.table);
            writes.settle(tenant, &suggestion, &settled, None)?;
            if self.store.run(writes).await? == Ran::Done {
                return Ok(());
            }
        }
        Err(busy("suggestion"))
    }

    /// What became of the suggestions that were asked for on the days of `range`. One call a MB: a day takes some hundred bytes.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn suggestion_report(self, tenant: &TenantId, range: Range) -> Result<SuggestionReport, Failure> {
        let query = self
            .store
            .query()
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", text(keys::of(tenant).suggestion_days()))
            .expression_attribute_values(":from", text(range.from().to_string()))
            // After all of the last day.
            .expression_attribute_values(":to", text(format!("{}$", range.to())));
        let counted = readable::<Counted>("suggestion_day", &self.store.all("suggestions", query).await?);
        let counted =
            counted.into_iter().map(|Counted { day, task, prompt, sum }| (DayAndPrompt { day, task, prompt }, sum));
        Ok(SuggestionReport::of((range.from(), range.to()), counted.collect()))
    }
}

impl Writes {
    /// What became of a suggestion, and its counts; `sent` is what was sent.
    pub(crate) fn settle(
        &mut self,
        tenant: &TenantId,
        suggestion: &Suggestion,
        settled: &Settled,
        sent: Option<&str>,
    ) -> Result<(), Failure> {
        self.settled(tenant, suggestion, settled)?;
        self.prompt_feedback(tenant, suggestion, settled, sent)?;
        let prompt_count = suggestion.prompt_count(settled.outcome);
        self.prompt_counts(tenant, prompt_count, &suggestion.id.to_string())?;
        self.add_counts(tenant, vec![(suggestion.counted_at(), Counts::settled(settled))])
    }

    /// What became of a suggestion, of which nothing became before.
    fn settled(&mut self, tenant: &TenantId, suggestion: &Suggestion, settled: &Settled) -> Result<(), Failure> {
        let settled = serde_dynamo::to_attribute_value(settled)
            .map_err(|error| Failure::Permanent(format!("suggestion: {error}")))?;
        let update = Update::builder()
            .update_expression("SET settled = :settled")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(settled)")
            .expression_attribute_values(":settled", settled);
        self.update_at(&keys::of(tenant).suggestion(suggestion.conversation, suggestion.id), update)
    }

    /// Adds counts, one write a day and version: a transaction writes each item once.
    fn add_counts(&mut self, tenant: &TenantId, counts: Vec<(DayAndPrompt, Counts)>) -> Result<(), Failure> {
        let mut sums: std::collections::BTreeMap<DayAndPrompt, Counts> = std::collections::BTreeMap::new();
        for (place, sum) in counts {
            sums.entry(place).or_default().add(&sum);
        }
        for (place, sum) in sums {
            let counts: Vec<_> = sum.named().into_iter().filter(|(_, count)| *count > 0).collect();
            let adds: Vec<String> = counts.iter().map(|(name, _)| format!("{name} :{name}")).collect();
            let mut update = Update::builder()
                .update_expression(format!(
                    "ADD {} SET entity = :entity, #day = :day, task = :task, prompt = :prompt",
                    adds.join(", ")
                ))
                .expression_attribute_names("#day", "day")
                .expression_attribute_values(":entity", text("suggestion_day"))
                .expression_attribute_values(":day", text(place.day.to_string()))
                .expression_attribute_values(":task", text(&place.task))
                .expression_attribute_values(":prompt", text(place.prompt.to_string()));
            for (name, count) in counts {
                update = update.expression_attribute_values(format!(":{name}"), number(count));
            }
            self.update_at(&keys::of(tenant).suggestion_day(&place), update)?;
        }
        Ok(())
    }
}
