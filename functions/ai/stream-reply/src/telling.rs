//! The events: `tool`, `token`, `usage`, `error`, `done`. The id of one says how much was told when it was sent.

use axum::response::sse::Event;
use domain::conversations::suggestion::Suggestion;
use domain::conversations::suggestion::stream::{HeardSoFar, Told};
use domain::tenancy::usage::Spent;
use serde::Serialize;
use tokio::sync::mpsc;

/// The code of a stream that was cancelled.
pub(crate) const CANCELLED: &str = "cancelled";
/// The code of one whose writer died.
pub(crate) const INTERRUPTED: &str = "interrupted";

#[derive(Serialize)]
struct Tool {
    state: &'static str,
}

#[derive(Serialize)]
struct Token<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Usage<'a> {
    model: &'a str,
    input_tokens: u64,
    output_tokens: u64,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Done<'a> {
    suggestion: &'a Suggestion,
    /// Whether it says something else than was heard, which is to be taken back.
    replaced: bool,
}

/// Tells one listener what they have not heard.
#[derive(Debug)]
pub(crate) struct Teller {
    out: mpsc::UnboundedSender<Event>,
    told: Told,
}

impl Teller {
    /// `told`: what they have heard before.
    pub(crate) fn new(out: mpsc::UnboundedSender<Event>, told: Told) -> Self {
        Self { out, told }
    }

    /// What is new of `heard`.
    pub(crate) fn hear(&mut self, heard: &HeardSoFar) {
        let (begins, text) = self.told.next(heard);
        if begins {
            self.say("tool", &Tool { state: "started" });
        }
        if !text.is_empty() {
            self.say("token", &Token { text: &text });
        }
    }

    /// The model has written all of it.
    pub(crate) fn finished(&self) {
        self.say("tool", &Tool { state: "finished" });
    }

    /// What models took over all tries: as it is kept with a text, else what was `spent`.
    pub(crate) fn used(&self, suggestion: &Suggestion, spent: &[Spent]) {
        let (model, input_tokens, output_tokens) = match &suggestion.author {
            Some(author) => (author.model.as_str(), author.input_tokens, author.output_tokens),
            None => (
                spent.last().map(|last| last.model.as_str()).unwrap_or_default(),
                spent.iter().map(|spent| spent.tokens.input()).sum(),
                spent.iter().map(|spent| spent.tokens.output).sum(),
            ),
        };
        if input_tokens > 0 {
            self.say("usage", &Usage { model, input_tokens, output_tokens });
        }
    }

    /// What is proposed, after what was `heard`.
    pub(crate) fn done(&self, suggestion: &Suggestion, heard: &HeardSoFar) {
        // Where the writer died, the beginning alone is stored: what no model wrote is something else in any case.
        let goes_on = |text: &str| text.starts_with(heard.text.trim());
        let is_heard = suggestion.without_model.is_none() && suggestion.text.as_deref().is_some_and(goes_on);
        let replaced = self.told.tries > 0 && !is_heard;
        self.say("done", &Done { suggestion, replaced });
    }

    /// There is none.
    pub(crate) fn failed(&self, code: &str, message: Option<&str>) {
        let message = message.unwrap_or(match code {
            CANCELLED => "it was cancelled",
            INTERRUPTED => "it broke off: ask again",
            _ => "it could not be written: try again in a moment",
        });
        self.say("error", &Problem { code, message });
    }

    fn say(&self, name: &str, data: &impl Serialize) {
        match Event::default().event(name).id(self.told.id()).json_data(data) {
            // Whoever hung up may follow what is stored.
            Ok(event) => drop(self.out.send(event)),
            Err(error) => tracing::error!(%error, name, "an event could not be written"),
        }
    }
}
