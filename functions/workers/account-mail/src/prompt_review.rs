//! What those who run the platform are told of a prompt that fails too often. In English, as all mail in the name of the platform.

use domain::Failure;
use domain::messaging::Email;
use domain::prompts::{DueReview, PromptReview, ReviewState};

use crate::AccountMailer;
use crate::email_templates::EmailTemplate;

impl AccountMailer {
    /// Tells one of those who run the platform of a review.
    pub(super) async fn tell_of_review(
        &self,
        due: &DueReview,
        email: &Email,
        correlation_id: &str,
    ) -> Result<(), Failure> {
        let Some(review) = self.store.prompts().review(due).await? else { return Ok(()) };
        let platform = domain::TenantId::platform();
        let host = self.host(&platform).await?;
        let page = format!("{}/app/prompts", self.app_url.as_str().trim_end_matches('/'));
        self.mail(&host.sender_name, email, &written(&review.value, &page), correlation_id).await
    }
}

fn written(review: &PromptReview, page: &str) -> EmailTemplate {
    let PromptReview { task, of, figures, .. } = review;
    let outcome = match (review.state, &review.proposed, &review.reason) {
        (ReviewState::Proposed, Some(version), _) => {
            format!(
                "A draft is proposed: {version}. No conversation gets it. Read it and try it, or leave it:\n\n{page}/{task}/{version}"
            )
        }
        (ReviewState::Failed, _, Some(reason)) => format!("No draft is proposed: {reason}."),
        (ReviewState::NoModel, ..) => "No draft is proposed: no model is configured.".to_owned(),
        _ => "No draft is proposed.".to_owned(),
    };
    let text = format!(
        "Hello,\n\n\
         staff changed or turned down {} of {} texts of the prompt {task} {of} in seven days, which is {} percent.\n\n{}\n\n{outcome}\n\n\
         You get this mail because you run Porchlight.\n",
        figures.failures(),
        figures.settled(),
        figures.failed_percent(),
        figures.lines().join("\n"),
    );
    EmailTemplate {
        subject: format!("The prompt {task} fails in {} of a hundred texts", figures.failed_percent()),
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::prompts::{PromptTask, PromptTraffic, PromptVersion, ReviewFigures};
    use jiff::civil::date;

    #[test]
    fn it_says_the_figures_and_what_came_of_looking_into_them() {
        let traffic = PromptTraffic::begin(PromptTask::Suggest, PromptVersion::new(3, 0, 0));
        let figures = ReviewFigures { tenants: 4, accepted: 20, edited: 15, rejected: 5, ..ReviewFigures::default() };
        let mut review = PromptReview::begin(&traffic, date(2026, 11, 30), figures);
        review.state = ReviewState::NoModel;
        let page = "https://app.example.com/app/prompts";
        let alone = written(&review, page);
        assert_eq!(alone.subject, "The prompt suggest fails in 50 of a hundred texts");
        assert!(
            alone.text.contains("20 of 40 texts") && alone.text.contains("no model is configured"),
            "{}",
            alone.text
        );
        (review.state, review.proposed) = (ReviewState::Proposed, Some(review.next_version()));
        let link = format!("{page}/suggest/3.1.0-review.20261130");
        assert!(written(&review, page).text.lines().any(|line| line == link));
    }
}
