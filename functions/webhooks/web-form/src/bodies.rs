//! What comes and goes, as the OpenAPI document describes it.

use serde::Serialize;
use utoipa::ToSchema;

/// A submitted form. Any other field is kept as data.
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "the body is read field by field, as JSON or as a form, so that an error names the one at fault"
)]
pub(crate) struct FormSubmission {
    /// The public key of the site; the header `X-Form-Key` may carry it instead.
    #[schema(example = "pk_web_form_2bb8")]
    form_key: Option<String>,
    #[schema(example = "My roof leaks.", min_length = 1, max_length = 4000)]
    message: String,
    name: Option<String>,
    /// One of `email` and `phone` is required.
    #[schema(example = "ana@example.com")]
    email: Option<String>,
    phone: Option<String>,
    /// `true`, `on`, `yes` or `1`: the person agrees to be answered by text message.
    consent: Option<String>,
    /// The words beside that box, kept as proof.
    #[schema(max_length = 1000)]
    consent_text: Option<String>,
    /// The page the form stands on, kept as proof.
    page: Option<String>,
    /// An id of the form's own making: the same id is the same submission.
    submission_id: Option<String>,
    /// A field that people do not see and robots fill in: it stays empty.
    website_url: Option<String>,
}

/// A form was taken.
#[derive(Serialize, ToSchema)]
#[schema(as = FormAccepted)]
pub(crate) struct Accepted {
    /// `accepted`.
    #[schema(example = "accepted")]
    pub(crate) status: &'static str,
    /// The submission's id, its own or ours.
    #[schema(example = "94e1f0c102cdeca2a28c58bab4db6e85")]
    pub(crate) submission_id: String,
}
