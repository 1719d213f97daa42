//! Rate limits: a token bucket in one number, by the generic cell rate algorithm (ITU-T I.371, annex A).
//!
//! An item keeps `tat`, the moment (in microseconds) at which its bucket will be full again. A call that is let through
//! moves it on by one interval; a call is refused when that would put it further ahead than a burst is long. The move is
//! one conditional update, so that any number of callers at once never get more than the bucket holds. The item is the
//! credential's own where there is one: the same update says whether the credential still stands, and when it was used.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::Failure;
use jiff::Timestamp;

use crate::Store;
use crate::documents::get_number;
use crate::error::failure;
use crate::item::{Item, key_item, number, text};
use crate::keys::{self, TableKey};

/// How often somebody may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// In the long run.
    pub per_minute: u32,
    /// At once, after a rest.
    pub burst: u32,
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
pub(crate) struct Standing {
    /// A condition, such as `attribute_exists(pk)`; with a bucket of its own, none.
    pub(crate) condition: Option<&'static str>,
    /// What is set, such as `, last_used_at = :at`.
    pub(crate) sets: &'static str,
    /// The values both name.
    pub(crate) values: Vec<(&'static str, AttributeValue)>,
}

/// What became of a call.
pub(crate) enum Taken {
    /// The bucket's word, and the item as it is now.
    Told(Grant, Item),
    /// The item does not stand: there is none, or the condition does not hold.
    Gone,
}

impl Limit {
    fn interval(self) -> i64 {
        60_000_000 / i64::from(self.per_minute.max(1))
    }

    /// How far ahead of now `tat` may be, after a call that is let through.
    fn depth(self) -> i64 {
        self.interval() * i64::from(self.burst.max(1))
    }

    fn grant(self, allowed: bool, tat: i64, now: i64) -> Grant {
        let ahead = (tat - now).clamp(0, self.depth());
        let remaining = u32::try_from((self.depth() - ahead) / self.interval()).unwrap_or(0);
        let wait = if allowed { ahead } else { (tat + self.interval() - self.depth() - now).max(0) };
        let reset_seconds = u32::try_from(wait.saturating_add(999_999) / 1_000_000).unwrap_or(u32::MAX);
        Grant { allowed, limit: self, remaining: if allowed { remaining } else { 0 }, reset_seconds }
    }
}

impl Store {
    /// Takes a token for somebody who has shown no credential, under a name such as `auth|<hash of an address>`.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn take_token(&self, name: &str, limit: Limit, now: Timestamp) -> Result<Grant, Failure> {
        let standing = Standing {
            condition: None,
            sets: ", expires_at = :expires, entity = :entity",
            values: vec![(":expires", number(now.as_second() + 3600)), (":entity", text("bucket"))],
        };
        match self.take(&keys::bucket(name), &standing, limit, now).await? {
            Taken::Told(grant, _) => Ok(grant),
            Taken::Gone => Err(Failure::Permanent("a bucket without a condition cannot be gone".into())),
        }
    }

    /// Takes a token of the bucket in the item at `key`: one call, or a second where the first guessed the bucket's state
    /// wrong. A warm function remembers the state, and so guesses right unless others call too.
    pub(crate) async fn take(
        &self,
        key: &TableKey,
        standing: &Standing,
        limit: Limit,
        now: Timestamp,
    ) -> Result<Taken, Failure> {
        let at = now.as_microsecond();
        let name = format!("{}|{}", key.pk, key.sk);
        let mut resting = self.buckets.get(&name).is_none_or(|tat| tat <= at);
        for _ in 0..4 {
            let item = match self.move_on(key, standing, limit, at, resting).await? {
                Ok(item) => {
                    let tat = get_number(&item, "tat").unwrap_or(at);
                    self.buckets.put(name, tat);
                    return Ok(Taken::Told(limit.grant(true, tat, at), item));
                }
                Err(item) => item,
            };
            let Some(item) = item else {
                if standing.condition.is_some() {
                    return Ok(Taken::Gone);
                }
                resting = true;
                continue;
            };
            let tat = get_number(&item, "tat");
            self.buckets.put(name.clone(), tat.unwrap_or_default());
            let rests = tat.is_none_or(|tat| tat <= at);
            if let Some(tat) = tat.filter(|tat| *tat > at + limit.depth() - limit.interval()) {
                return Ok(Taken::Told(limit.grant(false, tat, at), item));
            }
            if rests == resting {
                // The bucket would have let it through: what refused is the other condition.
                return Ok(if standing.condition.is_some() {
                    Taken::Gone
                } else {
                    Taken::Told(limit.grant(false, tat.unwrap_or(at) + limit.depth(), at), item)
                });
            }
            resting = rests;
        }
        // Others were quicker four times over: that is more than any limit allows.
        Ok(Taken::Told(limit.grant(false, at + limit.depth(), at), Item::new()))
    }

    /// One conditional update: of a bucket that rests (it is full), or of one in use. `Err` with the item where it is refused.
    async fn move_on(
        &self,
        key: &TableKey,
        standing: &Standing,
        limit: Limit,
        at: i64,
        resting: bool,
    ) -> Result<Result<Item, Option<Item>>, Failure> {
        let (set, mut condition) = if resting {
            ("SET tat = :fresh", "(attribute_not_exists(tat) OR tat <= :at)".to_owned())
        } else {
            ("SET tat = tat + :interval", "tat > :at AND tat <= :latest".to_owned())
        };
        if let Some(besides) = standing.condition {
            condition = format!("{condition} AND {besides}");
        }
        let mut update = self
            .dynamo
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key_item(key)))
            .update_expression(format!("{set}{}", standing.sets))
            .condition_expression(condition)
            .expression_attribute_values(":at", number(at))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        update = if resting {
            update.expression_attribute_values(":fresh", number(at + limit.interval()))
        } else {
            update
                .expression_attribute_values(":interval", number(limit.interval()))
                .expression_attribute_values(":latest", number(at + limit.depth() - limit.interval()))
        };
        for (name, value) in &standing.values {
            update = update.expression_attribute_values(*name, value.clone());
        }
        match update.send().await {
            Ok(answer) => Ok(Ok(answer.attributes.unwrap_or_default())),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => Ok(Err(refused.item.clone())),
                _ => Err(failure("rate limit", &error)),
            },
        }
    }
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
            let limit = Limit { per_minute, burst };
            let (mut now, mut tat, mut granted) = (0_i64, 0_i64, Vec::new());
            for gap in gaps {
                now += gap;
                if tat <= now {
                    tat = now + limit.interval();
                    granted.push(now);
                } else if tat <= now + limit.depth() - limit.interval() {
                    tat += limit.interval();
                    granted.push(now);
                }
            }
            for (index, start) in granted.iter().enumerate() {
                for (more, end) in granted.iter().skip(index).enumerate() {
                    let passed = i64::try_from(more).unwrap() + 1;
                    let held = i64::from(burst) + (end - start) / limit.interval();
                    proptest::prop_assert!(passed <= held.max(1), "{passed} in {}", end - start);
                }
            }
        }
    }
}
