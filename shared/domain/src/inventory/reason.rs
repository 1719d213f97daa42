//! Why a line has its quantity and its supplier, as data: pages and documents word it in their language.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stock::Reason;
use utoipa::ToSchema;
use weather::Condition;

use crate::ids::{ItemId, SupplierId};

/// What a reason is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// Booked jobs will use `units` up to `until`.
    BookedJobs,
    /// What comes unbooked will use `units` up to `until`.
    ExpectedDemand,
    /// Because of `weather` from `from` to `until`, `percent` more comes unbooked, or less where it is below zero.
    Weather,
    /// Kept against the unforeseen.
    SafetyStock,
    /// Stock is at or below the reorder point `point` that the business has set.
    ReorderPoint,
    /// There already; `units` are below zero.
    OnHand,
    /// On its way already; `units` are below zero.
    OnOrder,
    /// Ordered today from `supplier`; `units` are below zero.
    FromAnother,
    /// Stock would run out before a cheaper delivery is there on `until`.
    Bridge,
    /// Whole packs.
    PackRounding,
    /// The least that the supplier sells of it.
    LeastQuantity,
    /// From `point` units on the price is lower, and the line costs `saved_cents` less.
    PriceTier,
    /// To reach the supplier's least order value.
    MinimumOrder,
    /// To reach free shipping.
    FreeShipping,
    /// Bought ahead, since one order now is cheaper than two.
    Ahead,
    /// Less than wanted, for the budget; `units` are below zero.
    BudgetCut,
    /// `supplier` is cheaper, and would deliver on `until`, which is too late.
    InTime,
    /// `supplier` takes `days` days as a rule, by what its deliveries took, and not what it says.
    LeadTime,
    /// A person changed the quantity by `units`.
    Changed,
}

/// A reason of a line. Those with units add up to the line's quantity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineReason {
    /// What it is.
    pub kind: ReasonKind,
    /// How many of the line's units come from it.
    #[serde(default)]
    pub units: i64,
    /// The day that it looks to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The quantity that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<i64>,
    /// What is saved by it, in cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved_cents: Option<i64>,
    /// The supplier that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<SupplierId>,
    /// The weather that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weather: Option<Condition>,
    /// The first day on which the weather is felt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// How much more comes unbooked, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 30)]
    pub percent: Option<i64>,
    /// How many days a delivery takes as a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// By how many days of such weather, or how many lines that came in, it was learned; 0: it is assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 14)]
    pub seen: Option<u32>,
}

/// Why something that is wanted is not ordered, or comes too late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// The budget is spent.
    Budget,
    /// No one sells it, as far as is known.
    NoSupplier,
    /// The order would be below the least value of `supplier`.
    BelowMinimum,
    /// Ordered, but no delivery is there before `runs_out`.
    TooLate,
    /// The order of `supplier` has as many lines as one takes.
    OrderFull,
}

/// What is wanted and not ordered, or comes too late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftOut {
    /// Which item.
    pub item: ItemId,
    /// How many units.
    pub units: i64,
    /// Why.
    pub reason: LeftOutReason,
    /// The supplier that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<SupplierId>,
    /// The day on which it is likely to run out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub runs_out: Option<Date>,
    /// The first delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Date>,
}

impl LineReason {
    /// One that is about units alone.
    #[must_use]
    pub fn of(kind: ReasonKind, units: i64) -> Self {
        Self {
            kind,
            units,
            until: None,
            point: None,
            saved_cents: None,
            supplier: None,
            weather: None,
            from: None,
            percent: None,
            days: None,
            seen: None,
        }
    }
}

fn supplier(key: &str) -> Option<SupplierId> {
    SupplierId::new(key).ok()
}

impl From<&Reason> for LineReason {
    fn from(reason: &Reason) -> Self {
        use ReasonKind as Kind;
        let of = Self::of;
        match reason {
            Reason::BookedJobs { units, until } => Self { until: Some(*until), ..of(Kind::BookedJobs, *units) },
            Reason::ExpectedDemand { units, until } => Self { until: Some(*until), ..of(Kind::ExpectedDemand, *units) },
            Reason::Weather { units, weather, from, to, percent, days } => Self {
                weather: Condition::ALL.into_iter().find(|condition| condition.as_str() == weather),
                from: Some(*from),
                until: Some(*to),
                percent: Some(*percent),
                seen: Some(*days),
                ..of(Kind::Weather, *units)
            },
            Reason::SafetyStock { units } => of(Kind::SafetyStock, *units),
            Reason::ReorderPoint { units, point } => Self { point: Some(*point), ..of(Kind::ReorderPoint, *units) },
            Reason::OnHand { units } => of(Kind::OnHand, *units),
            Reason::OnOrder { units } => of(Kind::OnOrder, *units),
            Reason::FromAnother { units, supplier: other } => {
                Self { supplier: supplier(other), ..of(Kind::FromAnother, *units) }
            }
            Reason::Bridge { units, until } => Self { until: Some(*until), ..of(Kind::Bridge, *units) },
            Reason::PackRounding { units } => of(Kind::PackRounding, *units),
            Reason::LeastQuantity { units } => of(Kind::LeastQuantity, *units),
            Reason::PriceTier { units, from, saved_cents } => {
                Self { point: Some(*from), saved_cents: Some(*saved_cents), ..of(Kind::PriceTier, *units) }
            }
            Reason::MinimumOrder { units } => of(Kind::MinimumOrder, *units),
            Reason::FreeShipping { units } => of(Kind::FreeShipping, *units),
            Reason::Ahead { units } => of(Kind::Ahead, *units),
            Reason::BudgetCut { units } => of(Kind::BudgetCut, *units),
            Reason::InTime { cheapest, late } => {
                Self { supplier: supplier(cheapest), until: Some(*late), ..of(Kind::InTime, 0) }
            }
        }
    }
}

impl LeftOut {
    /// As the plan says it; `None` where its item is none of ours.
    #[must_use]
    pub fn of(left_out: &stock::LeftOut) -> Option<Self> {
        let item = ItemId::new(left_out.item.as_str()).ok()?;
        let (reason, about, runs_out, first) = match &left_out.reason {
            stock::LeftOutReason::Budget => (LeftOutReason::Budget, None, None, None),
            stock::LeftOutReason::NoSupplier => (LeftOutReason::NoSupplier, None, None, None),
            stock::LeftOutReason::BelowMinimum { supplier: key } => {
                (LeftOutReason::BelowMinimum, supplier(key), None, None)
            }
            stock::LeftOutReason::TooLate { runs_out, first } => {
                (LeftOutReason::TooLate, None, Some(*runs_out), Some(*first))
            }
        };
        Some(Self { item, units: left_out.units, reason, supplier: about, runs_out, first })
    }
}
