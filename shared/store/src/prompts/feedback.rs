//! What staff made of a version's texts, a day: counters for the nightly review, which hold no text.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::Update;
use domain::conversations::suggestion::{Settled, Suggestion};
use domain::prompts::{PromptFeedback, PromptTask, PromptVersion};
use domain::{Failure, TenantId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::keys::SHARDS;
use crate::Prompts;
use crate::table::item::{Item, get_text, number, readable, text};
use crate::table::keys;
use crate::table::writes::Writes;

/// How long a day's counters are kept.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(35 * 24);

impl Prompts<'_> {
    /// What staff of each business made of a version's texts on the days from `first` to `last` (UTC). One call a MB: a day takes some
    /// hundred bytes a business. A page and one sum a business are held.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn feedback(
        self,
        task: PromptTask,
        version: &PromptVersion,
        (first, last): (Date, Date),
    ) -> Result<BTreeMap<TenantId, PromptFeedback>, Failure> {
        let query = self
            .store
            .query()
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", text(keys::platform().prompt_feedbacks(task)))
            .expression_attribute_values(":from", text(first.to_string()))
            // After all of the last day.
            .expression_attribute_values(":to", text(format!("{last}$")));
        let mut by_tenant: BTreeMap<TenantId, PromptFeedback> = BTreeMap::new();
        let version = version.to_string();
        let count = |item: &Item| {
            let mut place = get_text(item, "sk").split('#').skip(1);
            let (of, tenant) = (place.next().unwrap_or_default(), place.next().unwrap_or_default());
            let Ok(tenant) = TenantId::new(tenant) else { return };
            for counted in readable::<PromptFeedback>("prompt_feedback", Some(item).filter(|_| of == version)) {
                by_tenant.entry(tenant.clone()).or_default().add(&counted);
            }
        };
        self.store.each("prompt feedback", query, count).await?;
        Ok(by_tenant)
    }
}

impl Writes {
    /// Counts what became of a suggestion, on the day of UTC on which it did; `sent` is what was sent. To be written with the outcome, which
    /// is recorded once.
    pub(crate) fn prompt_feedback(
        &mut self,
        tenant: &TenantId,
        suggestion: &Suggestion,
        settled: &Settled,
        sent: Option<&str>,
    ) -> Result<(), Failure> {
        let Some(feedback) = suggestion.feedback(settled, sent) else { return Ok(()) };
        let shard = suggestion.id.to_string().bytes().fold(0_u8, u8::wrapping_add) % SHARDS;
        let day = settled.at.to_zoned(TimeZone::UTC).date();
        let counts: Vec<_> = feedback.named().into_iter().filter(|(_, count)| *count > 0).collect();
        let adds: Vec<String> = counts.iter().map(|(name, _)| format!("{name} :{name}")).collect();
        let mut update = Update::builder()
            .update_expression(format!("ADD {} SET entity = :entity, expires_at = :expires_at", adds.join(", ")))
            .expression_attribute_values(":entity", text("prompt_feedback"))
            .expression_attribute_values(":expires_at", number(gone_at(day, settled.at).as_second()));
        for (name, count) in counts {
            update = update.expression_attribute_values(format!(":{name}"), number(count));
        }
        let key = keys::platform().prompt_feedback(PromptTask::Suggest, day, &suggestion.basis.prompt, tenant, shard);
        self.update_at(&key, update)
    }
}

/// When a day's counters go: the same time whoever counts.
fn gone_at(day: Date, at: Timestamp) -> Timestamp {
    let begin = day.to_zoned(TimeZone::UTC).map_or(at, |begin| begin.timestamp());
    begin.saturating_add(KEPT_FOR).unwrap_or(Timestamp::MAX)
}
