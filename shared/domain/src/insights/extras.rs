//! What is counted of extras: by the month in which it happened, in the tenant's zone, and by extra.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Increment, Known, Range};
use crate::EventId;
use crate::conversations::{ExtraMention, ExtraStep, Message, Role};
use crate::ids::ExtraId;
use crate::leads::LeadExtra;
use crate::tenancy::Tenant;

/// What is counted of one extra in one month.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExtraMonth {
    /// The first day of the month.
    pub month: Date,
    /// Which.
    pub extra: ExtraId,
}

impl ExtraMonth {
    /// The month as it is written: `2026-11`.
    #[must_use]
    pub fn written(&self) -> String {
        written(self.month)
    }
}

/// Counts, which add up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ExtraFigures)]
pub struct ExtraCounts {
    /// Conversations in which it was suggested, and the message left.
    #[schema(example = 40)]
    pub suggested: u64,
    /// Conversations in which the customer took it.
    #[schema(example = 9)]
    pub taken: u64,
    /// Conversations in which the customer did not want it.
    #[schema(example = 12)]
    pub declined: u64,
    /// Leads that took it and for which a visit was booked.
    #[schema(example = 7)]
    pub booked: u64,
    /// What those bring in that have a price, in cents of the tenant's currency: at least, where the price is "from".
    #[schema(example = 17_500)]
    pub revenue_cents: u64,
}

impl ExtraCounts {
    /// Each count with the name under which it is stored.
    #[must_use]
    pub fn named(&self) -> [(&'static str, u64); 5] {
        [
            ("suggested", self.suggested),
            ("taken", self.taken),
            ("declined", self.declined),
            ("booked", self.booked),
            ("revenue_cents", self.revenue_cents),
        ]
    }

    /// Adds `other`.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.suggested, other.suggested),
            (&mut self.taken, other.taken),
            (&mut self.declined, other.declined),
            (&mut self.booked, other.booked),
            (&mut self.revenue_cents, other.revenue_cents),
        ];
        for (sum, more) in pairs {
            *sum = sum.saturating_add(more);
        }
    }
}

impl Known<'_> {
    /// What a message says of an extra. A repeat in the same conversation counts nothing, whoever answered.
    pub(super) fn extra_in(&self, message: &Message, at: Date) -> Vec<Increment> {
        let Some(mention) = &message.extra else { return Vec::new() };
        let conversation = message.reference.conversation.to_string();
        let one =
            |name, counts| self.of_extra(&["extra", name, &conversation, mention.id.as_str()], at, &mention.id, counts);
        match (mention.step, message.role) {
            (ExtraStep::Suggested, Role::Assistant) => {
                vec![one("suggested", ExtraCounts { suggested: 1, ..ExtraCounts::default() })]
            }
            (ExtraStep::Taken, Role::Customer) => {
                let taken = one("taken", ExtraCounts { taken: 1, ..ExtraCounts::default() });
                let ExtraMention { id, price_cents, with_visit, .. } = mention;
                let lead = message.lead.to_string();
                let booked = with_visit.then(|| self.extra_booked(&lead, id, *price_cents, at));
                std::iter::once(taken).chain(booked).collect()
            }
            (ExtraStep::Declined, Role::Customer) => {
                vec![one("declined", ExtraCounts { declined: 1, ..ExtraCounts::default() })]
            }
            _ => Vec::new(),
        }
    }

    /// That a visit was booked for a lead, of those extras that it takes.
    pub(super) fn extras_booked(&self, lead: &str, at: Date) -> impl Iterator<Item = Increment> {
        let taken = self.extras.iter().filter(|extra| extra.taken);
        taken.map(move |LeadExtra { id, price_cents, .. }| self.extra_booked(lead, id, *price_cents, at))
    }

    fn extra_booked(&self, lead: &str, id: &ExtraId, price_cents: Option<u64>, at: Date) -> Increment {
        let counts =
            ExtraCounts { booked: 1, revenue_cents: price_cents.unwrap_or_default(), ..ExtraCounts::default() };
        self.of_extra(&["extra", "booked", lead, id.as_str()], at, id, counts)
    }

    fn of_extra(&self, what: &[&str], at: Date, id: &ExtraId, counts: ExtraCounts) -> Increment {
        let mark: Vec<&str> = std::iter::once("counted").chain(what.iter().copied()).collect();
        let place = ExtraMonth { month: at.first_of_month(), extra: id.clone() };
        Increment { once: EventId::derive(&self.tenant.id, &mark), adds: Vec::new(), extras: vec![(place, counts)] }
    }
}

/// What became of one extra in one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExtraFiguresOfMonth)]
pub struct ExtraFigures {
    /// The month, in the tenant's zone.
    #[schema(example = "2026-11")]
    pub month: String,
    /// Which.
    pub extra: ExtraId,
    /// What it is called now; absent where it was taken out of the settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Late checkout until 2 PM")]
    pub name: Option<String>,
    /// What became of it.
    #[serde(flatten)]
    pub figures: ExtraCounts,
}

/// What became of extras in some months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExtraReport {
    /// The first month, in the tenant's zone.
    #[schema(example = "2026-09")]
    pub from: String,
    /// The last month.
    #[schema(example = "2026-11")]
    pub to: String,
    /// The currency of `revenue_cents`.
    #[schema(example = "USD")]
    pub currency: String,
    /// Of all of them.
    pub totals: ExtraCounts,
    /// By month and extra, in this order; what never happened is missing.
    pub months: Vec<ExtraFigures>,
}

impl ExtraReport {
    /// Adds up what was counted in the months of `range`.
    #[must_use]
    pub fn of(tenant: &Tenant, range: Range, counted: BTreeMap<ExtraMonth, ExtraCounts>) -> Self {
        let mut totals = ExtraCounts::default();
        counted.values().for_each(|sum| totals.add(sum));
        let of_month = |(place, figures): (ExtraMonth, ExtraCounts)| ExtraFigures {
            month: place.written(),
            name: tenant.extras.iter().find(|extra| extra.id == place.extra).map(|extra| extra.name.clone()),
            extra: place.extra,
            figures,
        };
        Self {
            from: written(range.from()),
            to: written(range.to()),
            currency: tenant.currency.clone(),
            totals,
            months: counted.into_iter().map(of_month).collect(),
        }
    }
}

fn written(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}
