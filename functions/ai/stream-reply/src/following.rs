//! Whoever comes while another invocation writes, or after it did: they are told what is stored, and no model is asked.

use domain::conversations::suggestion::stream::{Place, StreamState, SuggestionStream};
use std::time::Duration;
use tokio::time::Instant;

use crate::desk::Desk;
use crate::telling::{CANCELLED, INTERRUPTED, Teller};

/// How long one invocation follows: less than the function has. Who then still waits comes back.
pub(crate) const FOLLOWS_FOR: Duration = Duration::from_secs(18);

/// Tells what is stored until there is no more, and that is when the lease of whoever writes is over.
pub(crate) async fn follow<D: Desk>(desk: D, place: Place, mut teller: Teller, every: Duration) {
    let until = Instant::now() + FOLLOWS_FOR;
    while Instant::now() < until {
        match desk.find(&place).await {
            Ok(Some(stream)) => {
                teller.hear(&stream.heard);
                if end(&desk, &place, &stream, &teller).await {
                    return;
                }
            }
            Ok(None) => return teller.failed(INTERRUPTED, None),
            Err(reason) => tracing::warn!(%reason, "a stream could not be followed for a moment"),
        }
        tokio::time::sleep(every).await;
    }
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
            Ok(Some(suggestion)) => {
                teller.used(&suggestion, &[]);
                teller.done(&suggestion, &stream.heard);
            }
            Ok(None) => teller.failed(INTERRUPTED, None),
            Err(_) => return false,
        },
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::conversations::suggestion::stream::LEASE;

    /// Else a follower says that it broke off while the suggestion is still written.
    #[test]
    fn whoever_writes_is_gone_when_the_lease_is_over_and_whoever_follows_ends_by_themselves() {
        let template = include_str!("../../../../template.yaml");
        let (_, own) = template.split_once("\n  AiStreamReply:\n").unwrap();
        let (_, timeout) = own.split_once("\n      Timeout: ").unwrap();
        let timeout = Duration::from_secs(timeout.split_once('\n').unwrap().0.parse().unwrap());
        assert!(FOLLOWS_FOR < timeout && timeout <= LEASE.unsigned_abs(), "{timeout:?}");
    }
}
