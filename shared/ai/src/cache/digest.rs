//! What tells one request from another: a hash of every part of it, and of who is asked.

use sha2::{Digest as _, Sha256};

use crate::prompt::{Prompt, Speaker};
use crate::tool::Tool;

/// Another number whenever answers that are kept are no longer to be used.
const VERSION: &str = "1";

/// The parts of a request.
#[derive(Debug)]
pub(crate) struct Digest {
    /// The form, who is asked and how much they may write: the same for like questions.
    common: Vec<String>,
    /// What they are told.
    prompt: Vec<String>,
}

impl Digest {
    /// The parts of a request to `models`, in the order in which they are asked, with that `version` of the instructions.
    pub(crate) fn new(models: &[String], tool: &Tool, max_tokens: u32, version: &str, prompt: &Prompt) -> Self {
        let mut common = vec![VERSION.to_owned(), version.to_owned(), max_tokens.to_string()];
        common.extend([tool.name.to_owned(), tool.description.to_owned(), tool.schema.to_string()]);
        common.extend(models.iter().cloned());
        let mut parts = vec![prompt.tenant.clone(), prompt.turn.clone()];
        for message in &prompt.messages {
            let role = if message.role == Speaker::User { "user" } else { "assistant" };
            parts.extend([role.to_owned(), message.content.clone()]);
        }
        Self { common, prompt: parts }
    }

    /// The hash of the request as `whose` make it.
    pub(crate) fn of(&self, whose: &[&str]) -> String {
        sha256(whose.iter().copied().chain(self.common.iter().chain(&self.prompt).map(String::as_str)))
    }

    /// The hash of all that like questions share.
    pub(crate) fn of_shelf(&self, versions: &[String]) -> String {
        sha256(self.common.iter().chain(versions).map(String::as_str))
    }
}

/// The SHA-256 of texts, each with its length before it, in hex.
fn sha256<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text.len().to_be_bytes());
        hasher.update(text);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompt::Message;

    fn digest(tenant: &str, turn: &str, content: &str, version: &str) -> Digest {
        let messages = vec![Message { role: Speaker::User, content: content.to_owned() }];
        let (tenant, turn) = (tenant.to_owned(), turn.to_owned());
        let prompt = Prompt { tenant, turn, instructions: String::new(), messages };
        let tool = Tool { name: "t", description: "d", schema: "{}".into(), nullable_schema: "{}".into() };
        Digest::new(&["m".to_owned()], &tool, 100, version, &prompt)
    }

    #[test]
    fn every_part_counts_and_so_does_where_it_ends() {
        let one = digest("ab", "c", "d", "1").of(&["acme"]);
        assert_eq!(one, digest("ab", "c", "d", "1").of(&["acme"]));
        let others = [digest("a", "bc", "d", "1"), digest("ab", "c", "e", "1"), digest("ab", "c", "d", "2")];
        let mut all: Vec<String> = others.iter().map(|other| other.of(&["acme"])).collect();
        all.extend([digest("ab", "c", "d", "1").of(&["bolt"]), one]);
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 5);
    }
}
