//! Rate limits: a token bucket in one number, by the generic cell rate algorithm (ITU-T I.371, annex A).
//!
//! An item keeps `tat`, the moment (in microseconds) at which its bucket will be full again. A call that is let through moves it on by one
//! interval. A call is refused if that would put it further ahead than a burst is long. The move is one conditional update, so any number
//! of callers at once never get more than the bucket holds. If there is a credential, its own item is used: the same update says whether
//! the credential is still valid, and when it was used.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::Failure;
use jiff::{SignedDuration, Timestamp};

use crate::Limits;
use crate::table::documents::get_number;
use crate::table::error::failure;
use crate::table::item::{Item, number, text};
use crate::table::keys::{self, TableKey};

/// How often a call looks again at a bucket that was in another state than it thought. Three are enough: it was in use and
/// rests, it rests and is in use, and then the answer is final.
const MAX_MOVES: usize = 8;

/// How often someone may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// In the long run.
    pub per_minute: u32,
    /// At once, after a rest.
    pub burst: u32,
}

/// How much someone may have whose share does not come back within minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// At once, after a rest.
    pub at_once: u32,
    /// One more after each of these.
    pub every: SignedDuration,
}

/// A bucket's measures, in microseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// In which one call flows back.
    interval: i64,
    /// How far ahead of now `tat` may be, after a call that is let through.
    depth: i64,
}

/// What a bucket says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Whether the call may go on.
    pub allowed: bool,
    /// The limit.
    pub limit: Limit,
    /// How many calls are left at once.
    pub remaining: u32,
    /// In how many seconds there is at least one (when refused), or all of them (when allowed).
    pub reset_seconds: u32,
}

/// What must hold of the item besides, and what is written with it.
pub(crate) struct BucketUpdate {
    /// A condition, such as `attribute_exists(pk)`; with a bucket of its own, none.
    pub(crate) condition: Option<&'static str>,
    /// What is set, such as `, last_used_at = :at`.
    pub(crate) sets: &'static str,
    /// The values both name.
    pub(crate) values: Vec<(&'static str, AttributeValue)>,
    /// Who takes, so that a repeat by the same one takes nothing: the item remembers who took since it last rested.
    pub(crate) by: Option<String>,
}

/// What the bucket itself says: whether it let the call through, its `tat`, the item as it is now.
enum Poured {
    Told(bool, i64, Item),
    Gone,
}

/// What happened to a call.
pub(crate) enum Taken {
    /// The bucket's word, and the item as it is now.
    Told(Grant, Item),
    /// There is no such item, or the condition does not hold.
    Gone,
}

impl Pace {
    fn of(interval: i64, calls: u32) -> Self {
        let interval = interval.max(1);
        Self { interval, depth: interval.saturating_mul(i64::from(calls.max(1))) }
    }

    /// When a bucket that was used at `now` is full again at the latest, and an hour more, in seconds.
    fn forgotten_at(self, now: Timestamp) -> i64 {
        now.as_second() + self.depth / 1_000_000 + 3600
    }
}

impl From<Quota> for Pace {
    fn from(quota: Quota) -> Self {
        Self::of(i64::try_from(quota.every.as_micros()).unwrap_or(i64::MAX), quota.at_once)
    }
}

impl From<Limit> for Pace {
    fn from(limit: Limit) -> Self {
        Self::of(60_000_000 / i64::from(limit.per_minute.max(1)), limit.burst)
    }
}

impl Limit {
    fn grant(self, allowed: bool, tat: i64, now: i64) -> Grant {
        let Pace { interval, depth } = self.into();
        let ahead = (tat - now).clamp(0, depth);
        let remaining = u32::try_from((depth - ahead) / interval).unwrap_or(0);
        let wait = if allowed { ahead } else { (tat + interval - depth - now).max(0) };
        let reset_seconds = u32::try_from(wait.saturating_add(999_999) / 1_000_000).unwrap_or(u32::MAX);
        Grant { allowed, limit: self, remaining: if allowed { remaining } else { 0 }, reset_seconds }
    }
}

impl Limits<'_> {
    /// Takes a token for someone who has shown no credential, under a name such as `auth|<hash of an address>`.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn take_token(self, name: &str, limit: Limit, now: Timestamp) -> Result<Grant, Failure> {
        let (allowed, tat) = self.take_of_bucket(name, limit.into(), None, now).await?;
        Ok(limit.grant(allowed, tat, now.as_microsecond()))
    }

    /// Takes one of a quota, under a name as for [`crate::Limits::take_token`]; `false` where there is none left. `by` is what it is
    /// taken for: a request that died and comes again gets what it got, and takes nothing more. Where a quota never rests for
    /// long and is large, `None` keeps its item small: a repeat is counted again.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn take_quota(self, name: &str, quota: Quota, by: Option<&str>, now: Timestamp) -> Result<bool, Failure> {
        Ok(self.take_of_bucket(name, quota.into(), by, now).await?.0)
    }

    /// Whether the bucket let it through, and its `tat`.
    async fn take_of_bucket(
        self,
        name: &str,
        pace: Pace,
        by: Option<&str>,
        now: Timestamp,
    ) -> Result<(bool, i64), Failure> {
        let update = BucketUpdate {
            condition: None,
            sets: ", expires_at = :expires, entity = :entity",
            values: vec![(":expires", number(pace.forgotten_at(now))), (":entity", text("bucket"))],
            by: by.map(ToOwned::to_owned),
        };
        match self.pour(&keys::platform().bucket(name), &update, pace, now.as_microsecond()).await? {
            Poured::Told(allowed, tat, _) => Ok((allowed, tat)),
            Poured::Gone => Err(Failure::Permanent("a bucket without a condition cannot be gone".into())),
        }
    }

    /// Takes a token of the bucket in the item at `key`.
    pub(crate) async fn take(
        self,
        key: &TableKey,
        update: &BucketUpdate,
        limit: Limit,
        now: Timestamp,
    ) -> Result<Taken, Failure> {
        let at = now.as_microsecond();
        Ok(match self.pour(key, update, limit.into(), at).await? {
            Poured::Told(allowed, tat, item) => Taken::Told(limit.grant(allowed, tat, at), item),
            Poured::Gone => Taken::Gone,
        })
    }

    /// Takes of the bucket in the item at `key`: one call, or a second where the first guessed the bucket's state wrong. A
    /// warm function remembers the state, and so guesses right unless others call too.
    async fn pour(self, key: &TableKey, update: &BucketUpdate, pace: Pace, at: i64) -> Result<Poured, Failure> {
        let name = format!("{}|{}", key.pk, key.sk);
        let mut resting = self.store.tenancy.buckets.get(&name).is_none_or(|tat| tat <= at);
        for _ in 0..MAX_MOVES {
            let item = match self.move_on(key, update, pace, at, resting).await? {
                Ok(item) => {
                    let tat = get_number(&item, "tat").unwrap_or(at);
                    self.store.tenancy.buckets.put(name, tat);
                    return Ok(Poured::Told(true, tat, item));
                }
                Err(item) => item,
            };
            let Some(item) = item else {
                if update.condition.is_some() {
                    return Ok(Poured::Gone);
                }
                resting = true;
                continue;
            };
            let tat = get_number(&item, "tat");
            self.store.tenancy.buckets.put(name.clone(), tat.unwrap_or_default());
            if update.by.as_ref().is_some_and(|by| has_taken(&item, by)) {
                return Ok(Poured::Told(true, tat.unwrap_or(at), item));
            }
            let rests = tat.is_none_or(|tat| tat <= at);
            if let Some(tat) = tat.filter(|tat| *tat > at + pace.depth - pace.interval) {
                return Ok(Poured::Told(false, tat, item));
            }
            if rests == resting && update.condition.is_some() {
                // The bucket would have let it through: what refused is the other condition.
                return Ok(Poured::Gone);
            }
            resting = rests;
        }
        Err(Failure::Retryable("rate limit: the bucket keeps changing".into()))
    }

    /// One conditional update: of a bucket that rests (it is full), or of one in use. `Err` with the item where it is refused.
    async fn move_on(
        self,
        key: &TableKey,
        update: &BucketUpdate,
        pace: Pace,
        at: i64,
        resting: bool,
    ) -> Result<Result<Item, Option<Item>>, Failure> {
        let (set, mut condition) = if resting {
            ("SET tat = :fresh", "(attribute_not_exists(tat) OR tat <= :at)".to_owned())
        } else {
            ("SET tat = tat + :interval", "tat > :at AND tat <= :latest".to_owned())
        };
        if let Some(besides) = update.condition {
            condition = format!("{condition} AND {besides}");
        }
        let mut change = format!("{set}{}", update.sets);
        if update.by.is_some() {
            condition.push_str(" AND (attribute_not_exists(taken) OR NOT contains(taken, :by))");
            change.push_str(if resting { ", taken = :only" } else { " ADD taken :only" });
        }
        let mut request = self
            .store
            .update_item(key)
            .update_expression(change)
            .condition_expression(condition)
            .expression_attribute_values(":at", number(at))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        request = if resting {
            request.expression_attribute_values(":fresh", number(at + pace.interval))
        } else {
            request
                .expression_attribute_values(":interval", number(pace.interval))
                .expression_attribute_values(":latest", number(at + pace.depth - pace.interval))
        };
        if let Some(by) = &update.by {
            request = request
                .expression_attribute_values(":by", text(by))
                .expression_attribute_values(":only", AttributeValue::Ss(vec![by.clone()]));
        }
        for (name, value) in &update.values {
            request = request.expression_attribute_values(*name, value.clone());
        }
        match request.send().await {
            Ok(answer) => Ok(Ok(answer.attributes.unwrap_or_default())),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => Ok(Err(refused.item.clone())),
                _ => Err(failure("rate limit", &error)),
            },
        }
    }
}

fn has_taken(item: &Item, by: &String) -> bool {
    item.get("taken").and_then(|taken| taken.as_ss().ok()).is_some_and(|taken| taken.contains(by))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { per_minute: 60, burst: 5 };

    #[test]
    fn what_is_left_is_counted_from_the_moment_it_will_be_full() {
        let second = 1_000_000;
        let told = |tat: i64| {
            let grant = LIMIT.grant(true, tat, 0);
            (grant.remaining, grant.reset_seconds)
        };
        assert_eq!([told(0), told(second), told(5 * second)], [(5, 0), (4, 1), (0, 5)]);
    }

    #[test]
    fn a_refusal_says_when_one_call_is_possible() {
        let refused = LIMIT.grant(false, 4_500_000, 0);
        assert_eq!((refused.allowed, refused.remaining, refused.reset_seconds), (false, 0, 1));
    }

    proptest::proptest! {
        /// Over any stretch of time no more calls pass than a burst and what flows in meanwhile.
        #[test]
        fn it_never_grants_more_than_it_holds(
            per_minute in 1_u32..1_000,
            burst in 1_u32..100,
            gaps in proptest::collection::vec(0_i64..3_000_000, 1..200),
        ) {
            let pace = Pace::from(Limit { per_minute, burst });
            let (mut now, mut tat, mut granted) = (0_i64, 0_i64, Vec::new());
            for gap in gaps {
                now += gap;
                if tat <= now {
                    tat = now + pace.interval;
                    granted.push(now);
                } else if tat <= now + pace.depth - pace.interval {
                    tat += pace.interval;
                    granted.push(now);
                }
            }
            for (index, start) in granted.iter().enumerate() {
                for (more, end) in granted.iter().skip(index).enumerate() {
                    let passed = i64::try_from(more).unwrap() + 1;
                    let held = i64::from(burst) + (end - start) / pace.interval;
                    proptest::prop_assert!(passed <= held.max(1), "{passed} in {}", end - start);
                }
            }
        }
    }
}
