//! What someone shows who wants in.

use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

/// Who wants in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInRequest {
    #[schema(example = "ana@example.com")]
    pub(crate) email: String,
    #[schema(value_type = String, example = "correct-horse-battery-staple")]
    pub(crate) password: SecretString,
    /// The six digits of the authenticator app, where a second factor is set up.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "492039")]
    pub(crate) code: Option<SecretString>,
    /// Or one of the backup codes.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = json!(null))]
    pub(crate) backup_code: Option<SecretString>,
    /// Which tenant, for someone in several; the one joined first where absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "summit-roofing")]
    pub(crate) tenant: Option<String>,
    /// For browsers: the tokens go into cookies that no script can read.
    #[serde(default)]
    #[schema(example = false)]
    pub(crate) cookies: bool,
}
