//! What a run promises, over pages in memory.

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

const PAGE: usize = 10;

/// A page of the numbers below `count`.
fn page(count: usize, from: Option<usize>) -> (Vec<usize>, Option<usize>) {
    let from = from.unwrap_or(0);
    let end = (from + PAGE).min(count);
    ((from..end).collect(), (end < count).then_some(end))
}

fn soon(seconds: u64) -> SystemTime {
    SystemTime::now() + RESERVE + Duration::from_secs(seconds)
}

#[tokio::test]
async fn everything_is_done_however_many_pages_there_are() {
    let seen = RefCell::new(Vec::new());
    let handle = async |item: (u8, usize)| {
        seen.borrow_mut().push(item);
        Ok(())
    };
    let pages = async |shard: u8, from| {
        let (items, next) = page(25 * usize::from(shard), from);
        Ok((items.into_iter().map(|item| (shard, item)).collect(), next))
    };
    assert_eq!(sweep(4, soon(60), pages, handle).await, Swept { done: 150, failed: 0, out_of_time: false });
    let mut seen = seen.into_inner();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 150);
}

#[tokio::test]
async fn what_fails_stops_nothing_else() {
    let refused = || Failure::Retryable("not now".into());
    let pages = async |shard, from| if shard == 1 { Err(refused()) } else { Ok(page(30, from)) };
    let handle = async |item: usize| if item.is_multiple_of(3) { Err(refused()) } else { Ok(()) };
    assert_eq!(sweep(3, soon(60), pages, handle).await, Swept { done: 40, failed: 21, out_of_time: false });
}

#[tokio::test]
async fn many_are_worked_on_at_a_time_and_not_too_many() {
    let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let handle = async |_: usize| {
        most.fetch_max(now.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        now.fetch_sub(1, Ordering::Relaxed);
        Ok(())
    };
    let pages = async |_: u8, _: Option<()>| Ok(((0..100).collect(), None));
    assert_eq!(sweep(2, soon(60), pages, handle).await.done, 200);
    assert_eq!(most.into_inner(), 2 * AT_ONCE);
}

#[tokio::test]
async fn nothing_is_begun_when_the_time_is_over_and_the_run_says_so() {
    let done = RefCell::new(0);
    let handle = async |_: usize| {
        *done.borrow_mut() += 1;
        Ok(())
    };
    let late = SystemTime::now() + RESERVE / 2;
    let swept = sweep(2, late, async |_, from| Ok(page(30, from)), &handle).await;
    assert_eq!((swept, *done.borrow()), (Swept { out_of_time: true, ..Swept::default() }, 0));
    // Half of it takes all the time there is.
    let handle = async |item: usize| {
        let pause = if item == 10 { Duration::from_millis(400) } else { Duration::ZERO };
        tokio::time::sleep(pause).await;
        Ok(())
    };
    let deadline = SystemTime::now() + RESERVE + Duration::from_millis(200);
    let swept = sweep(1, deadline, async |_, from| Ok(page(30, from)), handle).await;
    assert!(swept.out_of_time && (10..30).contains(&swept.done), "{swept:?}");
}
