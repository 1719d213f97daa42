//! A key that stands in a page or in a telephone system, by which its tenant is known.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::ApiKeyId;

/// A key that stands in a page or in a telephone system, by which its tenant is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SiteKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Where it stands.
    pub kind: SiteKeyKind,
    /// What it is for, in the tenant's words.
    pub name: String,
    /// Sites whose browsers may use it, such as `https://www.example.com`; none: any.
    #[serde(default)]
    pub origins: Vec<String>,
    /// Of a form: the words beside its telephone field by which whoever submits it agrees to be texted. Without them, only
    /// a form that says so itself (`consent`) is answered by text message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000, example = "By sending this form you agree that we text you about your request.")]
    pub consent_wording: Option<String>,
    /// The key, where it is public; a telephone system's is secret and shown once.
    #[serde(default)]
    pub key: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SiteKeyKind {
    /// In a form: public.
    Form,
    /// In the chat widget: public.
    Widget,
    /// In a telephone system that reports missed calls: secret.
    Call,
}

impl SiteKeyKind {
    /// Whether anybody may see the key.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Call)
    }

    /// What its keys begin with.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Form => "pl_form_",
            Self::Widget => "pl_widget_",
            Self::Call => "pl_call_",
        }
    }
}
