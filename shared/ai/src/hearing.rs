//! Hears a text while a model writes it, and can stop the model.
//!
//! What is heard is not checked: it may be shown to whoever waits for it, and never used. Each try begins its text again, so a
//! [`Heard::Began`] takes back what came before it.

use tokio::sync::{mpsc, watch};

use crate::field::FieldReader;

/// What was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A model began to write: whatever was heard before is void.
    Began,
    /// It wrote the next characters of the text.
    Piece(String),
    /// It has written all of it.
    Ended,
}

/// The end that the assistant tells.
#[derive(Debug, Clone)]
pub struct Listener {
    tell: mpsc::UnboundedSender<Heard>,
    stopped: watch::Receiver<bool>,
}

/// Stops whatever a model is writing.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

impl Listener {
    /// Whether it wants no more.
    pub(crate) fn is_stopped(&self) -> bool {
        *self.stopped.borrow()
    }
}

/// Both ends, and what stops the model. What no one listens to any more is written to its end all the same.
#[must_use]
pub fn listening() -> (Listener, mpsc::UnboundedReceiver<Heard>, Stop) {
    let (tell, heard) = mpsc::unbounded_channel();
    let (stop, stopped) = watch::channel(false);
    (Listener { tell, stopped }, heard, Stop(stop))
}

impl Stop {
    /// The vendor's connection is dropped at once. What was begun counts as spent.
    pub fn now(&self) {
        self.0.send_replace(true);
    }
}

/// One try, as it is told to a listener.
#[derive(Debug)]
pub(crate) struct Hearing {
    listener: Listener,
    reader: FieldReader,
    has_begun: bool,
}

impl Hearing {
    /// Tells `listener` what is written into `field` of the tool's input.
    pub(crate) fn new(listener: &Listener, field: &'static str) -> Self {
        Self { listener: listener.clone(), reader: FieldReader::new(field), has_begun: false }
    }

    /// The next part of the input of the call.
    pub(crate) fn part(&mut self, json: &str) {
        if !std::mem::replace(&mut self.has_begun, true) {
            self.tell(Heard::Began);
        }
        let text = self.reader.push(json);
        if !text.is_empty() {
            self.tell(Heard::Piece(text));
        }
    }

    /// The call is whole.
    pub(crate) fn end(&self) {
        if self.has_begun {
            self.tell(Heard::Ended);
        }
    }

    /// Ends when the model is to stop; never, where no one can stop it any more.
    pub(crate) fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopped = self.listener.stopped.clone();
        async move {
            if stopped.wait_for(|stopped| *stopped).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    fn tell(&self, heard: Heard) {
        // Whoever no longer listens misses nothing that is kept.
        drop(self.listener.tell.send(heard));
    }
}
