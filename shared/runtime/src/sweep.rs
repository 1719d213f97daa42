//! Doing what is due, as much of it as fits into one run.
//!
//! Promises: the shards go side by side, and in each up to [`AT_ONCE`] items; page follows page until nothing is left or the
//! time is over; one item that fails, or one page that cannot be read, stops nothing else.

#[cfg(test)]
mod tests;

use domain::Failure;
use futures::future::join_all;
use futures::stream::{self, StreamExt as _};
use std::time::{Duration, SystemTime};

/// How many items of a shard are worked on at a time.
pub const AT_ONCE: usize = 16;
/// Nothing is begun when less than this is left of a function's time: what is begun ends, and is reported.
const RESERVE: Duration = Duration::from_secs(8);

/// What became of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Items that are done.
    pub done: usize,
    /// Items and pages that failed: they come up again.
    pub failed: usize,
    /// The time was over before everything had been looked at.
    pub out_of_time: bool,
}

/// Hands everything that `page` finds in each of `shards` to `handle`, as the module says. `deadline` is when the function is
/// stopped.
pub async fn sweep<T, C>(
    shards: u8,
    deadline: SystemTime,
    page: impl AsyncFn(u8, Option<C>) -> Result<(Vec<T>, Option<C>), Failure>,
    handle: impl AsyncFn(T) -> Result<(), Failure>,
) -> Swept {
    let swept = join_all((0..shards).map(|shard| sweep_shard(shard, deadline, &page, &handle))).await;
    swept.into_iter().fold(Swept::default(), |sum, shard| Swept {
        done: sum.done + shard.done,
        failed: sum.failed + shard.failed,
        out_of_time: sum.out_of_time || shard.out_of_time,
    })
}

async fn sweep_shard<T, C>(
    shard: u8,
    deadline: SystemTime,
    page: &impl AsyncFn(u8, Option<C>) -> Result<(Vec<T>, Option<C>), Failure>,
    handle: &impl AsyncFn(T) -> Result<(), Failure>,
) -> Swept {
    let mut swept = Swept::default();
    let mut from = None;
    loop {
        if !has_time(deadline) {
            return Swept { out_of_time: true, ..swept };
        }
        let (items, next) = match page(shard, from).await {
            Ok(page) => page,
            Err(failure) => {
                tracing::warn!(shard, reason = %failure, "what is due cannot be read");
                return Swept { failed: swept.failed + 1, ..swept };
            }
        };
        let outcomes = stream::iter(items).map(async |item| {
            if !has_time(deadline) {
                return None;
            }
            Some(handle(item).await)
        });
        let outcomes: Vec<Option<Result<(), Failure>>> = outcomes.buffer_unordered(AT_ONCE).collect().await;
        for outcome in outcomes {
            match outcome {
                None => swept.out_of_time = true,
                Some(Ok(())) => swept.done += 1,
                Some(Err(failure)) => {
                    tracing::warn!(shard, reason = %failure, "what is due stays");
                    swept.failed += 1;
                }
            }
        }
        match next {
            Some(next) if !swept.out_of_time => from = Some(next),
            _ => return swept,
        }
    }
}

fn has_time(deadline: SystemTime) -> bool {
    deadline.duration_since(SystemTime::now()).is_ok_and(|left| left >= RESERVE)
}
