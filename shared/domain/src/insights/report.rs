//! All that a page or a program shows of a range of days.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Assumptions, Bucket, Counter, Counts, Figures, MissedRevenue, Return, Step, Value, Waits, percent};
use crate::Failure;
use crate::conversations::Intent;
use crate::ids::LocationId;
use crate::messaging::{Channel, Source};
use crate::tenancy::Tenant;

/// The most days of a range: a leap year.
const MAX_DAYS: i32 = 366;

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    from: Date,
    to: Date,
}

impl Range {
    /// Checks that the days are in order, and not more than a year.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field `from`.
    pub fn new(from: Date, to: Date) -> Result<Self, Failure> {
        let days = to.since(from).map_or(i32::MAX, |span| span.get_days());
        let fits = (0..MAX_DAYS).contains(&days);
        let message = || Failure::invalid("from", format!("from must be at most {} days before to", MAX_DAYS - 1));
        fits.then_some(Self { from, to }).ok_or_else(message)
    }

    /// The first day.
    #[must_use]
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day.
    #[must_use]
    pub fn to(self) -> Date {
        self.to
    }

    /// The days, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        self.from.series(1.day()).take_while(move |day| *day <= self.to)
    }
}

/// What happened in a range of days: all that a page of insights shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Insights)]
pub struct Insights {
    /// The first day, in `zone`.
    #[schema(value_type = String, format = Date, example = "2026-11-01")]
    pub from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date, example = "2026-11-30")]
    pub to: Date,
    /// The tenant's zone, in which days begin and end.
    #[schema(example = "America/Denver")]
    pub zone: String,
    /// The one location that it is about; absent: the whole tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationId>,
    /// Of the whole range.
    pub totals: Figures,
    /// Of each of its days, also of those on which nothing happened.
    pub days: Vec<DayFigures>,
    /// By the way that leads came in.
    pub sources: Vec<SourceFigures>,
    /// The way in that brought most: won leads, then booked, qualified, all; absent where none came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best_source: Option<Source>,
    /// By the channel that was written on.
    pub channels: Vec<ChannelFigures>,
    /// How far the leads of these days have come.
    pub funnel: Vec<FunnelStep>,
    /// The step before which most of them stopped; absent where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_off: Option<Step>,
    /// How many of a hundred leads of these days were qualified; absent where none came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 62)]
    pub qualification_rate_percent: Option<u8>,
    /// How long customers waited for the first answer of a conversation; absent where no one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_response: Option<Waits>,
    /// How long customers waited for the person who was called; absent where no one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_response: Option<Waits>,
    /// What was asked most, the most first.
    pub questions: Vec<Question>,
    /// Figures in money; absent for who may not see usage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

/// One day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InsightDay)]
pub struct DayFigures {
    /// Which, in the tenant's zone.
    #[schema(value_type = String, format = Date, example = "2026-11-20")]
    pub day: Date,
    /// What happened.
    pub figures: Figures,
}

/// One way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InsightSource)]
pub struct SourceFigures {
    /// The source.
    pub source: Source,
    /// Leads that came in this way.
    pub leads: u64,
    /// Of these, how many were qualified.
    pub qualified: u64,
    /// Of these, for how many a time was agreed.
    pub booked: u64,
    /// Of these, how many bought.
    pub won: u64,
}

/// One channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InsightChannel)]
pub struct ChannelFigures {
    /// The channel.
    pub channel: Channel,
    /// Conversations that customers began on it.
    pub conversations: u64,
    /// Messages of customers.
    pub messages_in: u64,
    /// Messages to customers.
    pub messages_out: u64,
}

/// One step of the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = FunnelStep)]
pub struct FunnelStep {
    /// The step.
    pub step: Step,
    /// Leads of these days that have come so far, or further.
    pub leads: u64,
    /// How many of a hundred that is; absent where none came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// Those that got to the step before and not to this one.
    pub stopped_before: u64,
}

/// What customers asked, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AskedQuestion)]
pub struct Question {
    /// The intent.
    pub intent: Intent,
    /// Messages that asked it.
    pub count: u64,
}

impl Insights {
    /// Of `range`, from what was counted on each day; days may be missing.
    #[must_use]
    pub fn of(tenant: &Tenant, location: Option<LocationId>, range: Range, days: &BTreeMap<Date, Counts>) -> Self {
        let days = days.range(range.from..=range.to);
        let counted: BTreeMap<Date, &Counts> = days.map(|(day, counts)| (*day, counts)).collect();
        let mut sum = Counts::default();
        counted.values().for_each(|counts| sum.add_all(counts));
        let figures = |day| counted.get(&day).map(|counts| Figures::of(counts)).unwrap_or_default();
        let sources = Counter::sources().map(|source| SourceFigures::of(&sum, source));
        let funnel = funnel(&sources);
        Self {
            from: range.from,
            to: range.to,
            zone: tenant.zone.clone(),
            location,
            totals: Figures::of(&sum),
            days: range.days().map(|day| DayFigures { day, figures: figures(day) }).collect(),
            best_source: best(&sources),
            sources: sources.to_vec(),
            channels: Counter::channels().map(|channel| ChannelFigures::of(&sum, channel)).to_vec(),
            drop_off: drop_off(&funnel),
            qualification_rate_percent: funnel.iter().find(|step| step.step == Step::Qualified).and_then(|s| s.percent),
            funnel,
            first_response: waits(&sum, Counter::FirstResponse, Counter::FirstResponseSeconds),
            staff_response: waits(&sum, Counter::StaffResponse, Counter::StaffResponseSeconds),
            questions: questions(&sum),
            value: None,
        }
    }

    /// With what it is worth, for who may see that. `model_cost_microdollars` is not known of one location; neither is what comes back
    /// for the price, which is the whole business's.
    #[must_use]
    pub fn with_value(self, tenant: &Tenant, model_cost_microdollars: Option<u64>) -> Self {
        let all = Assumptions::of(tenant);
        let monthly_price_cents = all.monthly_price_cents.filter(|_| self.location.is_none());
        let assumptions = Assumptions { monthly_price_cents, ..all };
        let days = u64::try_from(self.days.len()).unwrap_or(u64::MAX);
        let value = Value {
            currency: tenant.currency.clone(),
            assumptions,
            missed_revenue: MissedRevenue::of(self.totals.after_hours, &assumptions),
            roi: Return::of(&self.totals, days, &assumptions),
            model_cost_microdollars,
        };
        Self { value: Some(value), ..self }
    }
}

impl SourceFigures {
    fn of(counts: &Counts, source: Source) -> Self {
        let reached = |step| counts.get(Counter::Reached(step, source));
        // A step that was counted later than the lead never shows more than came in.
        let leads = reached(Step::Leads);
        let qualified = reached(Step::Qualified).min(leads);
        let booked = reached(Step::Booked).min(qualified);
        Self { source, leads, qualified, booked, won: reached(Step::Won).min(booked) }
    }

    fn at(&self, step: Step) -> u64 {
        match step {
            Step::Leads => self.leads,
            Step::Qualified => self.qualified,
            Step::Booked => self.booked,
            Step::Won => self.won,
        }
    }
}

impl ChannelFigures {
    fn of(counts: &Counts, channel: Channel) -> Self {
        Self {
            channel,
            conversations: counts.get(Counter::Conversations(channel)),
            messages_in: counts.get(Counter::MessagesIn(channel)),
            messages_out: counts.get(Counter::MessagesOut(channel)),
        }
    }
}

fn best(sources: &[SourceFigures]) -> Option<Source> {
    let came = sources.iter().filter(|figures| figures.leads > 0);
    let best = came.max_by_key(|figures| (figures.won, figures.booked, figures.qualified, figures.leads));
    best.map(|figures| figures.source)
}

fn funnel(sources: &[SourceFigures]) -> Vec<FunnelStep> {
    let at = |step| sources.iter().map(|figures| figures.at(step)).sum::<u64>();
    let all = at(Step::Leads);
    let mut before = all;
    let steps = Step::ALL.into_iter().map(|step| {
        let leads = at(step);
        let stopped_before = before.saturating_sub(leads);
        before = leads;
        FunnelStep { step, leads, percent: percent(leads, all), stopped_before }
    });
    steps.collect()
}

/// Of two steps at which equally many stopped, the earlier.
fn drop_off(funnel: &[FunnelStep]) -> Option<Step> {
    let stops = funnel.iter().rev().filter(|step| step.stopped_before > 0);
    stops.max_by_key(|step| step.stopped_before).map(|step| step.step)
}

pub(super) fn waits(counts: &Counts, in_bucket: impl Fn(Bucket) -> Counter, seconds: Counter) -> Option<Waits> {
    let buckets: Vec<(Bucket, u64)> = Bucket::all().map(|bucket| (bucket, counts.get(in_bucket(bucket)))).collect();
    Waits::of(&buckets, counts.get(seconds))
}

fn questions(counts: &Counts) -> Vec<Question> {
    let asked = Counter::questions().map(|intent| Question { intent, count: counts.get(Counter::Asked(intent)) });
    let mut asked: Vec<Question> = asked.filter(|question| question.count > 0).collect();
    asked.sort_by_key(|question| std::cmp::Reverse(question.count));
    asked
}
