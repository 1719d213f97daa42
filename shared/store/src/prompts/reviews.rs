//! Reviews of versions that fail too often, and the drafts that they propose.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::failure::Rejection;
use domain::prompts::{
    DueReview, PromptContent, PromptReview, PromptTask, PromptTraffic, PromptVersion, ReviewFigures, ReviewState,
    StoredPrompt, reviewed_days,
};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::review_id;
use crate::table::documents::{Document as _, readable_documents};
use crate::table::error::failure;
use crate::table::item::{number, text};
use crate::table::keys;
use crate::{Prompts, Trace, Versioned};

impl Prompts<'_> {
    /// Looks at the live version of a task on the days before `night`, and gives the review that is to be looked into: one that begins now,
    /// or one that was begun and is not done.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn review_due(self, task: PromptTask, night: Date, trace: &Trace) -> Result<Option<DueReview>, Failure> {
        let traffic = match self.traffic_of(task).await {
            Ok(traffic) => traffic.value,
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let reviews = self.reviews(task).await?;
        let against = reviews.iter().find(|review| review.stands_against(&traffic, night));
        if let Some(review) = against {
            let is_begun = review.state == ReviewState::Asked || review.told_at.is_none();
            return Ok(is_begun.then_some(DueReview { task, night: review.night }));
        }
        let figures = ReviewFigures::of(&self.feedback(task, &traffic.live, reviewed_days(night)).await?);
        tracing::info!(
            %task,
            version = %traffic.live,
            failures = figures.failures(),
            of = figures.settled(),
            too_much = figures.is_too_much(),
            "a prompt was reviewed"
        );
        if !figures.is_too_much() {
            return Ok(None);
        }
        self.begin_review(&traffic, night, figures, trace).await.map(Some)
    }

    async fn begin_review(
        self,
        traffic: &PromptTraffic,
        night: Date,
        figures: ReviewFigures,
        trace: &Trace,
    ) -> Result<DueReview, Failure> {
        let due = DueReview { task: traffic.task, night };
        let review = PromptReview::begin(traffic, night, figures);
        match self.store.documents().create(&TenantId::platform(), &review, trace).await {
            // Another run of this night was first.
            Ok(_) | Err(Failure::Rejected { kind: Rejection::Conflict, .. }) => Ok(due),
            Err(failure) => Err(failure),
        }
    }

    /// The reviews of a task, the latest first.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn reviews(self, task: PromptTask) -> Result<Vec<PromptReview>, Failure> {
        let platform = TenantId::platform();
        let partition = keys::of(&platform).document(PromptReview::NAME, "").pk;
        let items = self.store.partition(&partition, &format!("{task}#")).await?;
        let read = readable_documents::<PromptReview>(items).into_iter().map(|review| review.value);
        Ok(read.rev().collect())
    }

    /// A review; `None`: there is none of that night.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn review(self, due: &DueReview) -> Result<Option<Versioned<PromptReview>>, Failure> {
        match self.store.documents().get(&TenantId::platform(), &review_id(due.task, due.night)).await {
            Ok(review) => Ok(Some(review)),
            Err(Failure::Rejected { kind: Rejection::NotFound, .. }) => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Takes the lease of a review that is to be looked into, until `until`; `false`: another one has it, or it was looked into. Who dies
    /// with it has it no longer; what becomes of the review ends it.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn lease_review(self, due: &DueReview, now: Timestamp, until: Timestamp) -> Result<bool, Failure> {
        let key = keys::of(&TenantId::platform()).document(PromptReview::NAME, &review_id(due.task, due.night));
        let update = self
            .store
            .update_item(&key)
            .update_expression("SET leased_until = :until")
            .condition_expression("#state = :asked AND (attribute_not_exists(leased_until) OR leased_until <= :now)")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":asked", text("asked"))
            .expression_attribute_values(":now", number(now.as_millisecond()))
            .expression_attribute_values(":until", number(until.as_millisecond()));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(false),
                _ => Err(failure(PromptReview::NAME, &error)),
            },
        }
    }

    /// Stores what became of a review, from version `read` of it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] where someone else stored something first, and as the table answers.
    pub async fn note_review(
        self,
        review: &PromptReview,
        read: u64,
        trace: &Trace,
    ) -> Result<Versioned<PromptReview>, Failure> {
        match self.store.documents().replace(&TenantId::platform(), review, read, trace).await {
            Err(Failure::Rejected { kind: Rejection::PreconditionFailed, .. }) => {
                Err(Failure::Retryable("the review was changed meanwhile".into()))
            }
            noted => noted,
        }
    }

    /// Stores a draft with the reasons for it. It must have been rendered on trial. Where a version of that name is there, it stays, and so
    /// do its reasons.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn propose(
        self,
        content: PromptContent,
        reasons: Vec<String>,
        trace: &Trace,
    ) -> Result<PromptVersion, Failure> {
        let version = content.version.clone();
        let wanted = StoredPrompt { content, author: trace.actor.clone(), reasons, created_at: trace.at };
        match self.store.documents().create(&TenantId::platform(), &wanted, trace).await {
            Ok(_) | Err(Failure::Rejected { kind: Rejection::Conflict, .. }) => Ok(version),
            Err(failure) => Err(failure),
        }
    }
}
