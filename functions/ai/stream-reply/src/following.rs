//! Whoever comes while another invocation writes, or after it did: they are told what is stored, and no model is asked.

use domain::conversations::suggestion::stream::{LEASE, Place, StreamState, SuggestionStream};
use std::time::Duration;
use tokio::time::Instant;

use crate::desk::Desk;
use crate::telling::{CANCELLED, INTERRUPTED, Teller};

/// Tells what is stored until there is no more, but no longer than someone may write.
pub(crate) async fn follow<D: Desk>(desk: D, place: Place, mut teller: Teller, every: Duration) {
    let until = Instant::now() + LEASE.unsigned_abs();
    while Instant::now() < until {
        match desk.find(&place).await {
            Ok(Some(stream)) => {
                teller.hear(&stream.heard);
                if end(&desk, &place, &stream, &teller).await {
                    return;
                }
            }
            Ok(None) => break,
            Err(reason) => tracing::warn!(%reason, "a stream could not be followed for a moment"),
        }
        tokio::time::sleep(every).await;
    }
    teller.failed(INTERRUPTED, None);
}

/// Tells how it ended, if it has.
async fn end<D: Desk>(desk: &D, place: &Place, stream: &SuggestionStream, teller: &Teller) -> bool {
    match stream.state {
        StreamState::Asked => return false,
        StreamState::Writing if !stream.is_abandoned(runtime::clock::now()) => return false,
        StreamState::Cancelled => teller.failed(CANCELLED, None),
        StreamState::Failed => teller.failed(stream.problem.as_deref().unwrap_or_default(), None),
        // Whoever wrote may have died after it was kept and before that was said.
        StreamState::Writing | StreamState::Done => match desk.made(place).await {
            Ok(Some(suggestion)) => teller.done(&suggestion, &stream.heard),
            Ok(None) => teller.failed(INTERRUPTED, None),
            Err(_) => return false,
        },
    }
    true
}
