//! Looks into a prompt that fails too often: has a model propose a better version, stores it as a draft, and tells those who run the platform.
//!
//! Reads the queue `PromptReviews`. What it proposes goes to no conversation: a person tries it or puts it live. A review is looked into
//! under a lease, so that a model is asked once though two have its record. The proposal of a review has
//! one version, so that a record that is handled again finds it. Mails are asked for after the result is stored, and noted after that: a
//! record that dies in between is handled again and may send a second mail. Without a model they are told of the figures alone.

use ai::{ANALYZE_BUDGET, Analyzed, Assistant, Proposal};
use domain::failure::Rejection;
use domain::identity::{AccountMail, Actor};
use domain::prompts::{DueReview, PromptReview, ReviewState, StoredPrompt};
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use runtime::queue::Queue;
use std::time::{Duration, Instant};
use store::{Store, Trace, Versioned};

/// The most time one record takes: the models', and the table's calls.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(80);

/// How long one invocation has a review: as long as the function has, so that whoever died with it is gone when it is over.
const LEASE: SignedDuration = SignedDuration::from_secs(90);

/// What looking into a review needs.
#[derive(Debug)]
pub struct Analyst {
    /// The table.
    pub store: Store,
    /// The models, or none.
    pub assistant: Assistant,
    /// The queue `AccountMail`.
    pub mails: Queue<AccountMail>,
}

impl Analyst {
    /// Looks into a review and tells of it, each once.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver it again; [`Failure::Permanent`]: no retry can help.
    pub async fn handle(&self, due: &DueReview, now: Timestamp) -> Result<(), Failure> {
        let correlation_id = format!("prompt-review-{}", due.night);
        let trace = Trace { actor: Actor::System, at: now, address: None, correlation_id };
        let Some(mut review) = self.store.prompts().review(due).await? else { return Ok(()) };
        if review.value.state == ReviewState::Asked {
            if !self.store.prompts().lease_review(due, now, now + LEASE).await? {
                return Err(Failure::Retryable("another one looks into this review".into()));
            }
            let done = self.look_into(review.value, &trace).await?;
            review = self.store.prompts().note_review(&done, review.version, &trace).await?;
        }
        if review.value.told_at.is_none() {
            self.tell(&review, &trace).await?;
        }
        Ok(())
    }

    /// The review with what came of it.
    async fn look_into(&self, review: PromptReview, trace: &Trace) -> Result<PromptReview, Failure> {
        let prompts = self.store.prompts();
        let next = review.next_version();
        let live: StoredPrompt =
            match (prompts.version(review.task, &next).await, prompts.version(review.task, &review.of).await) {
                // It was proposed before, and that was not noted.
                (Ok(_), _) => return Ok(PromptReview { state: ReviewState::Proposed, proposed: Some(next), ..review }),
                (Err(Failure::Rejected { kind: Rejection::NotFound, .. }), live) => live?,
                (Err(failure), _) => return Err(failure),
            };
        let deadline = Instant::now() + ANALYZE_BUDGET;
        let asked = self.assistant.analyze_failures(&live.content, &review.figures, &next, deadline).await;
        let Some(Analyzed { proposal, spent, counted }) = asked else {
            return Ok(PromptReview { state: ReviewState::NoModel, ..review });
        };
        let took = (spent.as_slice(), counted.as_slice());
        self.store.usage().count(&TenantId::platform(), took, &next.to_string(), trace.at).await?;
        match proposal {
            Ok(Proposal { content, reasons }) => {
                let proposed = prompts.propose(content, reasons, trace).await?;
                tracing::info!(task = %review.task, version = %proposed, "a version is proposed as a draft");
                Ok(PromptReview { state: ReviewState::Proposed, proposed: Some(proposed), ..review })
            }
            Err(reason) => {
                tracing::warn!(task = %review.task, %reason, "no version is proposed");
                Ok(PromptReview { state: ReviewState::Failed, reason: Some(reason.to_string()), ..review })
            }
        }
    }

    /// Has every super admin of the platform told.
    async fn tell(&self, review: &Versioned<PromptReview>, trace: &Trace) -> Result<(), Failure> {
        let team = self.store.members().team(&TenantId::platform()).await?;
        for member in team.iter().filter(|member| member.role.runs_the_platform()) {
            let PromptReview { task, night, .. } = review.value;
            let mail = AccountMail::PromptReview { task, night, email: member.email.clone() };
            self.mails.send_traced(&mail, &trace.correlation_id).await?;
        }
        let told = PromptReview { told_at: Some(trace.at), ..review.value.clone() };
        self.store.prompts().note_review(&told, review.version, trace).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Else a second one asks a model while the first still waits for it, or the record comes back while the dead one's lease holds.
    #[test]
    fn a_lease_lasts_as_long_as_the_function_and_is_over_when_the_record_comes_again() {
        let template = include_str!("../../../../template.yaml");
        let seconds = |resource: &str, name: &str| {
            let (_, own) = template.split_once(&format!("\n  {resource}:\n")).unwrap();
            let (_, value) = own.split_once(&format!("{name}: ")).unwrap();
            let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
            SignedDuration::from_secs(digits.parse().unwrap())
        };
        assert_eq!(seconds("AiAnalyzePromptFailures", "Timeout"), LEASE);
        assert!(seconds("PromptReviewsQueue", "VisibilityTimeout") > LEASE);
    }
}
