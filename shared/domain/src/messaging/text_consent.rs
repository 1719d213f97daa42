//! What someone said on a form about being written to by text message, with what proves it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Source;

/// The longest wording and page that are kept, in characters.
pub const MAX_PROOF_CHARS: usize = 1_000;

/// A yes or a no to text messages, and its proof: when, where, and beside which words.
///
/// A form that says nothing about text messages gives none of this, and no one is texted because of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TextConsent {
    /// Whether they agreed.
    pub granted: bool,
    /// When it happened (UTC).
    pub at: Timestamp,
    /// Where it came in.
    pub source: Source,
    /// The words they agreed to: as the form sent them, or as the settings of its key have them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<String>,
    /// The page the form stands on, without its query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

impl TextConsent {
    /// How it can be shown, in one line.
    #[must_use]
    pub fn evidence(&self) -> String {
        let what = if self.granted { "Agreed to text messages" } else { "Did not agree to text messages" };
        let page = self.page.as_deref().map(|page| format!(", {page}")).unwrap_or_default();
        let wording = self.wording.as_deref().map(|wording| format!(": \"{wording}\"")).unwrap_or_default();
        let line = format!("{what} ({}{page}){wording}", self.source.as_str());
        line.chars().take(MAX_PROOF_CHARS).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_evidence_names_source_page_and_words() {
        let mut consent = TextConsent {
            granted: true,
            at: Timestamp::UNIX_EPOCH,
            source: Source::WebForm,
            wording: Some("You may answer me by text message".to_owned()),
            page: Some("https://example.com/quote".to_owned()),
        };
        let line =
            "Agreed to text messages (web_form, https://example.com/quote): \"You may answer me by text message\"";
        assert_eq!(consent.evidence(), line);
        (consent.granted, consent.wording, consent.page) = (false, None, None);
        assert_eq!(consent.evidence(), "Did not agree to text messages (web_form)");
    }
}
