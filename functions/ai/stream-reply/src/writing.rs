//! The one invocation that writes: it tells what a model writes, stores it now and then, and hears there whether it is still wanted.

use ai::{Heard, Stop};
use domain::Failure;
use domain::conversations::suggestion::stream::{HeardSoFar, Place, SuggestionStream};
use std::pin::pin;
use std::time::Duration;
use tokio::sync::watch;

use crate::desk::Desk;
use crate::telling::{CANCELLED, Teller};

/// Writes to the end, whoever listens. The table is called once to end it, and once `every` so often before.
pub(crate) async fn write<D: Desk>(
    desk: D,
    place: Place,
    stream: SuggestionStream,
    mut teller: Teller,
    every: Duration,
) {
    let (listener, mut heard, stop) = ai::listening();
    let (progress, seen) = watch::channel(HeardSoFar::default());
    let storing = tokio::spawn(store_now_and_then(desk.clone(), place.clone(), seen, stop, every));
    let mut take = |heard: Heard| {
        progress.send_modify(|so_far| match &heard {
            Heard::Began => *so_far = HeardSoFar { tries: so_far.tries.saturating_add(1), text: String::new() },
            Heard::Piece(text) => so_far.text.push_str(text),
            Heard::Ended => {}
        });
        teller.hear(&progress.borrow());
        if heard == Heard::Ended {
            teller.finished();
        }
    };
    let outcome = {
        let mut proposed = pin!(desk.propose(&place, &stream, &listener));
        loop {
            tokio::select! {
                biased;
                Some(heard) = heard.recv() => take(heard),
                outcome = &mut proposed => break outcome,
            }
        }
    };
    while let Ok(heard) = heard.try_recv() {
        take(heard);
    }
    storing.abort();
    let heard = progress.borrow().clone();
    let problem = outcome.as_ref().err().map(runtime::http::code);
    let is_wanted = desk.end(&place, &heard, problem).await.unwrap_or_else(|reason| {
        // The suggestion is kept. Who follows finds it when the lease is over.
        tracing::warn!(%reason, "the end of a stream was not stored");
        true
    });
    if let Ok((suggestion, spent)) = &outcome {
        teller.used(suggestion, spent);
    }
    match outcome {
        _ if !is_wanted => teller.failed(CANCELLED, None),
        Ok((suggestion, _)) => teller.done(&suggestion, &heard),
        Err(failure) => {
            tracing::warn!(tenant = %place.tenant, conversation = %place.conversation, reason = %failure, "no suggestion");
            let message = match &failure {
                Failure::Rejected { message, .. } => Some(message.as_str()),
                Failure::Retryable(_) | Failure::Permanent(_) => None,
            };
            teller.failed(runtime::http::code(&failure), message);
        }
    }
}

/// Stores what was heard until it is told that it is not wanted any more.
async fn store_now_and_then<D: Desk>(
    desk: D,
    place: Place,
    seen: watch::Receiver<HeardSoFar>,
    stop: Stop,
    every: Duration,
) {
    loop {
        tokio::time::sleep(every).await;
        let heard = seen.borrow().clone();
        match desk.note(&place, &heard).await {
            Ok(true) => {}
            Ok(false) => return stop.now(),
            Err(reason) => tracing::warn!(%reason, "the progress of a stream was not stored"),
        }
    }
}
