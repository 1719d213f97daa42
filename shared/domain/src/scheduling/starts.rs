//! When a visit may begin at one resource: within its working time, and clear of what it is booked for.
//!
//! Instants are counted in seconds here: thousands of them are compared for one answer.

use jiff::Timestamp;

/// A stretch of time in seconds: `from` is in it, `to` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Stretch {
    /// The whole seconds that a stretch touches.
    pub(super) fn new(from: Timestamp, to: Timestamp) -> Self {
        let partial = i64::from(to.subsec_nanosecond() > 0);
        Self { from: from.as_second(), to: to.as_second() + partial }
    }
}

/// How long a visit takes, and how long nothing else takes place before and after it, in seconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct VisitLength {
    pub(super) lasts: i64,
    pub(super) before: i64,
    pub(super) after: i64,
}

/// Moments at which a visit may begin, the last one included.
pub(super) type Starts = std::ops::RangeInclusive<i64>;

/// What both have in common. Both are in order, and no two stretches of one overlap.
pub(super) fn common(some: &[Stretch], others: &[Stretch]) -> Vec<Stretch> {
    let (mut mine, mut theirs) = (some.iter().peekable(), others.iter().peekable());
    let mut both = Vec::new();
    while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
        let shared = Stretch { from: a.from.max(b.from), to: a.to.min(b.to) };
        if shared.from < shared.to {
            both.push(shared);
        }
        let first_to_end = if a.to < b.to { &mut mine } else { &mut theirs };
        first_to_end.next();
    }
    both
}

/// What is left of `whole` without `parts`, which may overlap. Both are in order.
pub(super) fn without(whole: &[Stretch], parts: &[Stretch]) -> Vec<Stretch> {
    let mut left = Vec::new();
    for stretch in whole {
        let mut from = stretch.from;
        for part in parts.iter().filter(|part| part.to > stretch.from && part.from < stretch.to) {
            if from < part.from {
                left.push(Stretch { from, to: part.from });
            }
            from = from.max(part.to);
        }
        if from < stretch.to {
            left.push(Stretch { from, to: stretch.to });
        }
    }
    left
}

/// When a visit may begin: within one stretch of `work` from beginning to end, its buffers clear of `busy`. Both are in
/// order.
pub(super) fn starts(work: &[Stretch], busy: &[Stretch], visit: VisitLength) -> Vec<Starts> {
    let mut found = Vec::new();
    let mut busy = busy;
    for stretch in work {
        let (mut from, last) = (stretch.from, stretch.to - visit.lasts);
        while let [first, rest @ ..] = busy
            && first.to + visit.before <= stretch.from
        {
            busy = rest;
        }
        for taken in busy {
            let latest_before = taken.from - visit.after - visit.lasts;
            if latest_before >= last {
                break;
            }
            if from <= latest_before {
                found.push(from..=latest_before);
            }
            from = from.max(taken.to + visit.before);
        }
        if from <= last {
            found.push(from..=last);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
        // Gaps and lengths in turn: in order, without overlaps.
        prop::collection::vec((0_i64..20, 1_i64..30), 0..8).prop_map(|steps| {
            let mut at = 0;
            let next = |(gap, length): (i64, i64)| {
                let from = at + gap;
                at = from + length;
                Stretch { from, to: at }
            };
            steps.into_iter().map(next).collect()
        })
    }

    fn is_in(stretches: &[Stretch], second: i64) -> bool {
        stretches.iter().any(|stretch| stretch.from <= second && second < stretch.to)
    }

    proptest! {
        #[test]
        fn they_are_what_asking_second_by_second_says(
            work in stretches(), busy in stretches(),
            (lasts, before, after) in (1_i64..20, 0_i64..6, 0_i64..6),
        ) {
            let (visit, found) = (VisitLength { lasts, before, after }, common(&work, &busy));
            let found_left = without(&work, &busy);
            let found_starts = starts(&work, &busy, visit);
            for second in 0..420 {
                prop_assert_eq!(is_in(&found, second), is_in(&work, second) && is_in(&busy, second));
                prop_assert_eq!(is_in(&found_left, second), is_in(&work, second) && !is_in(&busy, second));
                let fits = work.iter().any(|stretch| stretch.from <= second && second + lasts <= stretch.to);
                let clear = (second - before..second + lasts + after).all(|second| !is_in(&busy, second));
                let may_begin = found_starts.iter().any(|range| range.contains(&second));
                prop_assert_eq!(may_begin, fits && clear, "{}", second);
            }
        }
    }
}
