//! Records that are due later, such as steps of sequences: one-time schedules that put each on its queue.
//!
//! A schedule's name is derived from the record and its time, so asking for it twice makes one. It deletes itself once
//! it has fired; one that is not needed any more fires all the same, and whoever gets its message finds nothing to do.
//! What is due within minutes goes to the queue at once, with a delay.

use aws_sdk_scheduler::operation::create_schedule::CreateScheduleError;
use aws_sdk_scheduler::types::{
    ActionAfterCompletion, DeadLetterConfig, FlexibleTimeWindow, FlexibleTimeWindowMode, RetryPolicy, Target,
};
use domain::journeys::DueStep;
use domain::webhooks::DueDelivery;
use domain::{EventId, Failure};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::marker::PhantomData;

use crate::queue::Queued;

/// The longest that SQS holds a message back, in seconds.
const LONGEST_DELAY_SECONDS: i64 = 900;

/// A record that comes to its queue when it is due.
pub trait Scheduled: Queued {
    /// The environment variable with the queue's ARN.
    const ARN: &'static str;

    /// When.
    fn due(&self) -> Timestamp;

    /// The schedule's name: the same record at the same time has the same.
    fn schedule(&self) -> String;
}

/// Steps of sequences.
impl Scheduled for DueStep {
    const ARN: &'static str = "SEQUENCE_STEPS_QUEUE_ARN";

    fn due(&self) -> Timestamp {
        self.due
    }

    fn schedule(&self) -> String {
        let (run, step, due) = (self.run.to_string(), self.step.as_str(), self.due.as_second().to_string());
        format!("touch-{}", EventId::derive(&self.tenant, &["schedule", &run, step, &due]))
    }
}

/// Tries of webhooks.
impl Scheduled for DueDelivery {
    const ARN: &'static str = "WEBHOOKS_QUEUE_ARN";

    fn due(&self) -> Timestamp {
        self.due
    }

    fn schedule(&self) -> String {
        let (delivery, due) = (self.delivery.to_string(), self.due.as_second().to_string());
        format!("webhook-{}", EventId::derive(&self.tenant, &["webhook schedule", &delivery, &due]))
    }
}

/// Where what is due later is scheduled.
#[derive(Debug, Clone)]
pub struct Schedules<T = DueStep> {
    scheduler: aws_sdk_scheduler::Client,
    sqs: aws_sdk_sqs::Client,
    settings: Settings,
    carries: PhantomData<fn(T)>,
}

/// What a schedule is made with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The group that the schedules are in.
    pub group: String,
    /// The role by which the scheduler puts messages on the queue.
    pub role_arn: String,
    /// The queue.
    pub queue_arn: String,
    /// The same queue, as SQS calls it.
    pub queue_url: String,
    /// Where goes what the scheduler could not put on the queue.
    pub dead_letters_arn: String,
}

impl<T: Scheduled> Schedules<T> {
    /// As the environment says: `SCHEDULE_GROUP`, `SCHEDULER_ROLE_ARN`, `SCHEDULES_DLQ_ARN`, and the ARN and URL of the
    /// queue.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when one of them is not set.
    pub fn from_env(config: &aws_config::SdkConfig) -> Result<Self, Failure> {
        let settings = Settings {
            group: crate::env::required("SCHEDULE_GROUP")?,
            role_arn: crate::env::required("SCHEDULER_ROLE_ARN")?,
            queue_arn: crate::env::required(T::ARN)?,
            queue_url: crate::env::required(T::URL)?,
            dead_letters_arn: crate::env::required("SCHEDULES_DLQ_ARN")?,
        };
        Ok(Self::new(aws_sdk_scheduler::Client::new(config), aws_sdk_sqs::Client::new(config), settings))
    }

    /// With these clients and settings.
    #[must_use]
    pub fn new(scheduler: aws_sdk_scheduler::Client, sqs: aws_sdk_sqs::Client, settings: Settings) -> Self {
        Self { scheduler, sqs, settings, carries: PhantomData }
    }

    /// Has every one of `points` come to the queue when it is due.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when one of them was not taken; asking again for those that were changes nothing.
    pub async fn make(&self, points: &[T], now: Timestamp) -> Result<(), Failure> {
        for point in points {
            let body = serde_json::to_string(point).map_err(|error| Failure::Permanent(error.to_string()))?;
            let wait = point.due().duration_since(now).as_secs();
            if wait <= LONGEST_DELAY_SECONDS {
                self.delay(body, wait).await?;
            } else {
                self.schedule(point, body).await?;
            }
        }
        Ok(())
    }

    async fn delay(&self, body: String, seconds: i64) -> Result<(), Failure> {
        // Rounded up, so that it does not come a moment too early.
        let seconds = i32::try_from(seconds.clamp(-1, LONGEST_DELAY_SECONDS - 1) + 1).unwrap_or(0);
        let send = self.sqs.send_message().queue_url(&self.settings.queue_url).message_body(body);
        let sent = send.delay_seconds(seconds).send().await;
        sent.map(|_| ()).map_err(|error| Failure::Retryable(format!("{}: {}", T::QUEUE, crate::aws::reason(&error))))
    }

    async fn schedule(&self, point: &T, body: String) -> Result<(), Failure> {
        let name = point.schedule();
        let build = |error: aws_sdk_scheduler::error::BuildError| Failure::Permanent(error.to_string());
        let window = FlexibleTimeWindow::builder().mode(FlexibleTimeWindowMode::Off).build().map_err(build)?;
        let target = Target::builder()
            .arn(&self.settings.queue_arn)
            .role_arn(&self.settings.role_arn)
            .input(body)
            .retry_policy(
                RetryPolicy::builder().maximum_retry_attempts(185).maximum_event_age_in_seconds(86_400).build(),
            )
            .dead_letter_config(DeadLetterConfig::builder().arn(&self.settings.dead_letters_arn).build())
            .build()
            .map_err(build)?;
        let created = self
            .scheduler
            .create_schedule()
            .name(&name)
            .client_token(&name)
            .group_name(&self.settings.group)
            .schedule_expression(expression(point.due()))
            .flexible_time_window(window)
            .action_after_completion(ActionAfterCompletion::Delete)
            .target(target)
            .send()
            .await;
        match created {
            Ok(_) => Ok(()),
            // It was made before.
            Err(error) if error.as_service_error().is_some_and(CreateScheduleError::is_conflict_exception) => Ok(()),
            Err(error) => Err(Failure::Retryable(format!("schedule: {}", crate::aws::reason(&error)))),
        }
    }
}

/// `at(2026-11-23T16:00:00)`, in UTC and rounded up to the second.
fn expression(due: Timestamp) -> String {
    let second = due.as_second() + i64::from(due.subsec_nanosecond() > 0);
    let due = Timestamp::from_second(second).unwrap_or(due).to_zoned(TimeZone::UTC);
    format!("at({})", due.strftime("%Y-%m-%dT%H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{RunId, StepId};
    use domain::{ContactId, TenantId};

    fn point(due: &str) -> DueStep {
        let tenant = TenantId::new("acme").unwrap();
        DueStep {
            contact: ContactId::derive(&tenant, &["c"]),
            run: RunId::derive(&tenant, &["r"]),
            step: StepId::new("day-3").unwrap(),
            due: due.parse().unwrap(),
            tenant,
        }
    }

    #[test]
    fn the_same_step_at_the_same_time_is_one_schedule_and_another_time_another() {
        let (one, later) = (point("2026-11-23T16:00:00Z"), point("2026-11-23T16:00:01Z"));
        assert_eq!(one.schedule(), one.clone().schedule());
        assert_ne!(one.schedule(), later.schedule());
        assert!(one.schedule().len() <= 64, "the longest name that the scheduler takes");
    }

    #[test]
    fn a_schedule_never_fires_before_its_time() {
        assert_eq!(expression("2026-11-23T16:00:00Z".parse().unwrap()), "at(2026-11-23T16:00:00)");
        assert_eq!(expression("2026-11-23T15:59:59.001Z".parse().unwrap()), "at(2026-11-23T16:00:00)");
        assert_eq!(expression("2028-02-29T09:30:00+01:00".parse().unwrap()), "at(2028-02-29T08:30:00)");
    }
}
