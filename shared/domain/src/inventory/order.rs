//! A purchase order: what is bought from one supplier, and how far that is.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Item, LineReason, Offer, Supplier};
use crate::TenantId;
use crate::identity::Actor;
use crate::ids::{ItemId, OrderDigest, PlaceId, PurchaseOrderId, SupplierId};
use crate::messaging::Email;

/// The most lines of an order.
pub const MAX_ORDER_LINES: usize = 200;
/// How long the call that hands a mail over may take, with its tries.
pub(super) const UNDER_WAY: SignedDuration = SignedDuration::from_mins(15);

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// It waits for a person's yes, and can be changed.
    Draft,
    /// A person said yes; it goes out as soon as its document is there.
    Approved,
    /// The supplier has it.
    Sent,
    /// Some of it came in.
    PartlyReceived,
    /// All of it came in.
    Received,
    /// It was taken back, or a newer draft took its place.
    Cancelled,
    /// A person said no.
    Declined,
}

/// What is ordered from one supplier. Documents of it and approvals name its [`digest`](PurchaseOrder::digest): they are of what it said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PurchaseOrder {
    /// Which.
    pub id: PurchaseOrderId,
    /// The number by which both sides know it.
    #[schema(example = "PO-2026-W49-7C3A1E")]
    pub number: String,
    /// From whom.
    pub supplier: SupplierId,
    /// What the supplier is called.
    #[schema(example = "Front Range Supply")]
    pub supplier_name: String,
    /// How far it is.
    pub state: OrderState,
    /// What is ordered.
    pub lines: Vec<OrderLine>,
    /// The lines together, in cents.
    #[schema(example = 17_800)]
    pub goods_cents: i64,
    /// Shipping, in cents.
    #[schema(example = 1_500)]
    pub shipping_cents: i64,
    /// All of it, in cents.
    #[schema(example = 19_300)]
    pub total_cents: i64,
    /// ISO 4217 code.
    #[schema(example = "USD")]
    pub currency: String,
    /// Where it is to be delivered.
    pub deliver_to: PlaceId,
    /// The address of that place as it was when the order was drafted or changed, line by line; of older orders none.
    #[serde(default)]
    pub deliver_lines: Vec<String>,
    /// When all of it is expected.
    pub expected_on: Option<Date>,
    /// The week whose order it is, such as `2026-W49`.
    #[serde(default)]
    pub week: Option<String>,
    /// Its day, where the business is.
    pub ordered_on: Date,
    /// What the supplier should know.
    #[serde(default)]
    pub note: String,
    /// The document of it that was made last.
    #[serde(default)]
    pub pdf: Option<OrderPdf>,
    /// Who approved or declined it.
    #[serde(default)]
    pub decided_by: Option<Actor>,
    /// When that was (UTC).
    #[serde(default)]
    pub decided_at: Option<Timestamp>,
    /// What became of the mail to the supplier.
    #[serde(default)]
    pub mail: Option<OrderMail>,
    /// Why it was cancelled.
    #[serde(default)]
    pub cancelled: Option<WhyCancelled>,
    /// When it was made (UTC).
    pub created_at: Timestamp,
    /// When it last changed (UTC).
    pub updated_at: Timestamp,
}

/// One thing that is ordered. What it is called is kept as it was when it was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PurchaseOrderLine)]
pub struct OrderLine {
    /// Which item.
    pub item: ItemId,
    /// The business's number for it.
    #[schema(example = "CAP-45-5")]
    pub sku: String,
    /// The supplier's number for it.
    #[serde(default)]
    #[schema(example = "97F9834")]
    pub supplier_sku: String,
    /// What it is called.
    #[schema(example = "Capacitor 45/5 µF")]
    pub name: String,
    /// What it is counted in.
    #[schema(example = "pcs")]
    pub unit: String,
    /// Units in a pack.
    #[schema(example = 10)]
    pub pack_size: i64,
    /// How many packs.
    #[schema(example = 2)]
    pub packs: i64,
    /// How many units.
    #[schema(example = 20)]
    pub quantity: i64,
    /// Cents for a pack.
    #[schema(example = 8_900)]
    pub pack_cents: i64,
    /// Cents for the line.
    #[schema(example = 17_800)]
    pub cents: i64,
    /// When it is expected.
    pub expected_on: Option<Date>,
    /// Why so many, and why from there.
    #[serde(default)]
    pub reasons: Vec<LineReason>,
    /// How many units came in.
    #[serde(default)]
    pub received: i64,
    /// When the last of them came in (UTC); of older receipts it is not known.
    #[serde(default)]
    pub received_at: Option<Timestamp>,
}

/// A document of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderPdf {
    /// What the order said when it was made: the order's `digest` then.
    pub digest: OrderDigest,
    /// Whether it is for who approves, with reasons and a mark; else it is for the supplier.
    pub draft: bool,
    /// Its name among the order's objects.
    pub name: String,
    /// When it was made (UTC).
    pub made_at: Timestamp,
}

/// The mail by which an order goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderMail {
    /// To which address.
    pub to: Email,
    /// When it was handed over (UTC).
    pub at: Timestamp,
    /// How often it was handed over at a person's word: 1 as a rule.
    pub times: u32,
    /// Whether it is known to have been taken; none: it is under way, or no one knows.
    #[serde(default)]
    pub taken: Option<bool>,
    /// Why it was not taken.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Why an order was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyCancelled {
    /// A newer week's draft took its place.
    Replaced,
    /// A person took it back, or closed it: what has not come in is not waited for.
    ByPerson,
}

impl OrderState {
    /// All there are.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Approved,
        Self::Sent,
        Self::PartlyReceived,
        Self::Received,
        Self::Cancelled,
        Self::Declined,
    ];

    /// The name used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::PartlyReceived => "partly_received",
            Self::Received => "received",
            Self::Cancelled => "cancelled",
            Self::Declined => "declined",
        }
    }

    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether what it lacks is on its way.
    #[must_use]
    pub fn is_incoming(self) -> bool {
        matches!(self, Self::Approved | Self::Sent | Self::PartlyReceived)
    }
}

impl OrderLine {
    /// Of `packs` packs at what the offer asks for so many.
    #[must_use]
    pub fn of(item: &Item, offer: &Offer, packs: i64) -> Self {
        let quantity = packs.saturating_mul(offer.pack_size);
        let pack_cents = offer.pack_cents(quantity);
        Self {
            item: item.id.clone(),
            sku: item.sku.clone(),
            supplier_sku: offer.sku.clone(),
            name: item.name.clone(),
            unit: item.unit.clone(),
            pack_size: offer.pack_size,
            packs,
            quantity,
            pack_cents,
            cents: packs.saturating_mul(pack_cents),
            expected_on: None,
            reasons: Vec::new(),
            received: 0,
            received_at: None,
        }
    }

    /// How many units have not come in.
    #[must_use]
    pub fn open(&self) -> i64 {
        self.quantity.saturating_sub(self.received).max(0)
    }

    /// What a unit costs, in cents, rounded down.
    #[must_use]
    pub fn unit_cents(&self) -> i64 {
        self.pack_cents / self.pack_size.max(1)
    }
}

impl PurchaseOrder {
    /// The id of a week's order from a supplier.
    #[must_use]
    pub fn id_of_week(tenant: &TenantId, week: &str, supplier: &SupplierId) -> PurchaseOrderId {
        PurchaseOrderId::derive(tenant, &["week", week, supplier.as_str()])
    }

    /// The number of a week's order: the week, and the beginning of the order's id.
    #[must_use]
    pub fn number_of_week(id: PurchaseOrderId, week: &str) -> String {
        let id = id.to_string().replace('-', "");
        let short: String = id.chars().take(6).collect();
        format!("PO-{week}-{}", short.to_ascii_uppercase())
    }

    /// What it says, as one value: to whom, what, at what price, where to. What is learned of it later (a document, a receipt) does
    /// not change it.
    #[must_use]
    pub fn digest(&self, tenant: &TenantId) -> OrderDigest {
        let mut parts = vec![
            self.id.to_string(),
            self.number.clone(),
            self.supplier.to_string(),
            self.supplier_name.clone(),
            self.currency.clone(),
            self.deliver_to.to_string(),
            self.ordered_on.to_string(),
            self.note.clone(),
            [self.goods_cents, self.shipping_cents, self.total_cents].map(|cents| cents.to_string()).join(" "),
        ];
        // Without one, what was approved before addresses were kept stays approved.
        parts.extend(self.deliver_lines.iter().cloned());
        for line in &self.lines {
            parts.extend([&line.sku, &line.supplier_sku, &line.name, &line.unit].map(Clone::clone));
            parts.push(line.item.to_string());
            let figures = [line.pack_size, line.packs, line.quantity, line.pack_cents, line.cents];
            parts.push(figures.map(|figure| figure.to_string()).join(" "));
            parts.push(line.expected_on.map(|day| day.to_string()).unwrap_or_default());
        }
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        OrderDigest::derive(tenant, &parts)
    }

    /// The document of what it says now, where there is one: the supplier's where `draft` is not asked for.
    #[must_use]
    pub fn document(&self, tenant: &TenantId, draft: bool) -> Option<&OrderPdf> {
        self.pdf.as_ref().filter(|pdf| pdf.draft == draft && pdf.digest == self.digest(tenant))
    }

    /// Whether nothing but its mail is left to do before it is at the supplier.
    #[must_use]
    pub fn is_ready_to_send(&self, tenant: &TenantId) -> bool {
        self.state == OrderState::Approved && self.mail.is_none() && self.document(tenant, false).is_some()
    }

    /// Sums the lines up, and adds what the supplier asks for shipping.
    #[must_use]
    pub fn summed(self, supplier: &Supplier) -> Self {
        let goods_cents = self.lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.cents));
        let shipping_cents = supplier.shipping_of(goods_cents);
        Self {
            goods_cents,
            shipping_cents,
            total_cents: goods_cents.saturating_add(shipping_cents),
            expected_on: self.lines.iter().filter_map(|line| line.expected_on).max(),
            ..self
        }
    }
}
