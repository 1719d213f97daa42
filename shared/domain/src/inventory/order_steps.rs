//! What is done to an order, and when that is possible.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Item, LineReason, MAX_ORDER_LINES, OrderLine, OrderMail, OrderPdf, OrderState, PurchaseOrder, ReasonKind, Supplier,
    WhyCancelled,
};
use crate::failure::Rejection;
use crate::identity::Actor;
use crate::ids::{ItemId, OrderDigest};
use crate::messaging::Email;
use crate::tenancy::{ensure, text, unique};
use crate::{Failure, TenantId};

/// The most packs of a line: a slip of the keyboard is more.
const MAX_PACKS: i64 = 100_000;
/// The most units of a line, and the most that an order costs in cents: what its document has room for.
const MAX_FIGURE: i64 = 10_000_000_000_000;

/// A line as a person wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedOrderLine)]
pub struct NewLine {
    /// Which item; the supplier must have an offer for it.
    pub item: ItemId,
    /// How many packs.
    #[schema(minimum = 1, maximum = 100_000, example = 2)]
    pub packs: i64,
}

fn conflict(what: &str) -> Failure {
    Failure::rejected(Rejection::Conflict, what)
}

impl PurchaseOrder {
    /// With these lines and this note in the place of its own, and with the address of its place as it is now; the sums follow. Lines that
    /// stay as they are keep their reasons.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: a conflict where it is no draft any more, or the line that cannot be, by its field.
    pub fn changed(
        &self,
        lines: &[NewLine],
        note: &str,
        (items, supplier, deliver_lines): (&[Item], &Supplier, &[String]),
        now: Timestamp,
    ) -> Result<Self, Failure> {
        if self.state != OrderState::Draft {
            return Err(conflict("only a draft can be changed"));
        }
        text("note", note, 0..=500)?;
        let some = (1..=MAX_ORDER_LINES).contains(&lines.len());
        ensure(some, "lines", format!("an order has 1 to {MAX_ORDER_LINES} lines: decline it if nothing is wanted"))?;
        unique(lines.iter().enumerate().map(|(index, line)| (format!("lines[{index}].item"), &line.item)))?;
        let lines = lines
            .iter()
            .enumerate()
            .map(|(index, line)| self.line(line, items).map_err(|failure| failure.within(&format!("lines[{index}]"))));
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        let (note, deliver_lines) = (note.trim().to_owned(), deliver_lines.to_vec());
        let changed = Self { lines, note, deliver_lines, updated_at: now, ..self.clone() }.summed(supplier);
        ensure(changed.total_cents <= MAX_FIGURE, "lines", "all lines together cost more than an order can")?;
        Ok(changed)
    }

    fn line(&self, wanted: &NewLine, items: &[Item]) -> Result<OrderLine, Failure> {
        ensure((1..=MAX_PACKS).contains(&wanted.packs), "packs", format!("packs must be 1 to {MAX_PACKS}"))?;
        let before = self.lines.iter().find(|line| line.item == wanted.item);
        if let Some(before) = before.filter(|before| before.packs == wanted.packs) {
            return Ok(before.clone());
        }
        let item = items.iter().find(|item| item.id == wanted.item);
        let offer = item.and_then(|item| item.offer_of(&self.supplier));
        let (Some(item), Some(offer)) = (item, offer) else {
            return Err(Failure::invalid("item", format!("{} has no offer of {}", wanted.item, self.supplier)));
        };
        let line = OrderLine::of(item, offer, wanted.packs);
        let fits = line.quantity <= MAX_FIGURE && line.cents <= MAX_FIGURE;
        ensure(fits, "packs", "so many packs are more, or cost more, than an order can say")?;
        let usual = || self.ordered_on.checked_add(jiff::Span::new().days(i64::from(offer.lead_days))).ok();
        let expected_on = before.and_then(|before| before.expected_on).or_else(usual);
        let by_hand = line.quantity.saturating_sub(before.map_or(0, |before| before.quantity));
        let mut reasons = before.map(|before| before.reasons.clone()).unwrap_or_default();
        reasons.push(LineReason::of(ReasonKind::Changed, by_hand));
        Ok(OrderLine { expected_on, reasons, ..line })
    }

    /// Approved as it was shown: `shown` is the digest that the person saw. `None`: it was approved so before.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict): it says something else by now, or it was declined or cancelled.
    pub fn approved(
        &self,
        tenant: &TenantId,
        shown: OrderDigest,
        (by, now): (&Actor, Timestamp),
    ) -> Result<Option<Self>, Failure> {
        if self.digest(tenant) != shown {
            return Err(conflict(
                "the order has changed since it was shown: read it again, and approve what it says now",
            ));
        }
        match self.state {
            OrderState::Draft => Ok(Some(self.decided(OrderState::Approved, by, now))),
            OrderState::Cancelled => Err(conflict("the order was cancelled")),
            OrderState::Declined => Err(conflict("the order was declined")),
            _ => Ok(None),
        }
    }

    /// Declined. `None`: it was declined before.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where it is no draft any more.
    pub fn declined(&self, by: &Actor, now: Timestamp) -> Result<Option<Self>, Failure> {
        match self.state {
            OrderState::Draft => Ok(Some(self.decided(OrderState::Declined, by, now))),
            OrderState::Declined => Ok(None),
            _ => Err(conflict("the order is no draft any more: cancel it instead")),
        }
    }

    fn decided(&self, state: OrderState, by: &Actor, now: Timestamp) -> Self {
        Self { state, decided_by: Some(by.clone()), decided_at: Some(now), updated_at: now, ..self.clone() }
    }

    /// Cancelled: what has not come in is not waited for. `None`: it is over already.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where all of it came in, or its mail may be on its way this minute.
    pub fn cancelled(&self, why: WhyCancelled, now: Timestamp) -> Result<Option<Self>, Failure> {
        if self.state == OrderState::Approved && self.is_handed_over(now) {
            return Err(conflict("its mail is being handed over: look again in some minutes"));
        }
        match self.state {
            OrderState::Cancelled | OrderState::Declined => Ok(None),
            OrderState::Received => Err(conflict("all of it came in")),
            OrderState::Draft | OrderState::Approved | OrderState::Sent | OrderState::PartlyReceived => {
                Ok(Some(Self { state: OrderState::Cancelled, cancelled: Some(why), updated_at: now, ..self.clone() }))
            }
        }
    }

    /// With a document of it. `None`: it says something else by now, or it has this one.
    #[must_use]
    pub fn with_document(&self, tenant: &TenantId, pdf: &OrderPdf, now: Timestamp) -> Option<Self> {
        let is_of_now = pdf.digest == self.digest(tenant) && pdf.draft == (self.state == OrderState::Draft);
        let is_known = self.document(tenant, pdf.draft).is_some();
        (is_of_now && !is_known).then(|| Self { pdf: Some(pdf.clone()), updated_at: now, ..self.clone() })
    }

    /// Claimed for its mail: who claims it hands the mail over, once. `None`: another one did, or there is nothing to send.
    #[must_use]
    pub fn mail_claimed(&self, tenant: &TenantId, to: &Email, now: Timestamp) -> Option<Self> {
        let mail = OrderMail { to: to.clone(), at: now, times: 1, taken: None, reason: None };
        self.is_ready_to_send(tenant).then(|| Self { mail: Some(mail), updated_at: now, ..self.clone() })
    }

    /// With what became of its mail: `Ok` where it was taken, else why it was not; `None` where no one knows.
    #[must_use]
    pub fn mailed(&self, taken: Option<Result<(), String>>, now: Timestamp) -> Self {
        let (is_taken, reason) = match taken {
            Some(Ok(())) => (Some(true), None),
            Some(Err(reason)) => (Some(false), Some(reason)),
            None => (None, None),
        };
        let mail = self.mail.clone().map(|mail| OrderMail { taken: is_taken, reason, ..mail });
        let is_sent = is_taken == Some(true) && self.state == OrderState::Approved;
        let state = if is_sent { OrderState::Sent } else { self.state };
        Self { mail, state, updated_at: now, ..self.clone() }
    }

    /// To be sent again, at a person's word: its mail was not taken, or no one knows. Who presses this accepts that the supplier may
    /// get it twice.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where it was taken, or is not approved, or its mail is being handed over just now.
    pub fn to_send_again(&self, now: Timestamp) -> Result<Self, Failure> {
        if self.mail.is_none() || self.state != OrderState::Approved {
            return Err(conflict("there is no mail of it that failed"));
        }
        if self.is_handed_over(now) {
            return Err(conflict("its mail is being handed over: look again in some minutes"));
        }
        Ok(Self { mail: None, updated_at: now, ..self.clone() })
    }

    /// Whether its mail may be on its way this minute.
    fn is_handed_over(&self, now: Timestamp) -> bool {
        let claimed = self.mail.as_ref().filter(|mail| mail.taken.is_none());
        claimed.is_some_and(|mail| now.duration_since(mail.at) < super::order::UNDER_WAY)
    }

    /// Whether what comes in of it is taken.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) where it was never sent, or is not mailed yet.
    pub fn receivable(&self, now: Timestamp) -> Result<(), Failure> {
        let was_sent = self.state.is_incoming() || matches!(self.state, OrderState::Received | OrderState::Cancelled);
        if !was_sent || self.decided_at.is_none() {
            return Err(conflict("the order was not sent"));
        }
        // A receipt would end what is left to do for its mail, and the supplier would never have the order.
        let is_unsent = self.mail.as_ref().is_none_or(|mail| mail.taken == Some(false));
        if self.state == OrderState::Approved && (is_unsent || self.is_handed_over(now)) {
            return Err(conflict("the order is not mailed to the supplier yet: receive it once it is sent"));
        }
        Ok(())
    }

    /// With `quantity` units of an item more that came in at `at`.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: it has no such line, or as [`PurchaseOrder::receivable`] says.
    pub fn received(&self, item: &ItemId, (quantity, at): (i64, Timestamp), now: Timestamp) -> Result<Self, Failure> {
        self.receivable(now)?;
        let mut order = self.clone();
        let line = order.lines.iter_mut().find(|line| line.item == *item);
        let line = line.ok_or_else(|| Failure::invalid("item", format!("{item} is not in this order")))?;
        line.received = line.received.saturating_add(quantity);
        line.received_at = line.received_at.max(Some(at));
        if order.state != OrderState::Cancelled {
            let is_all = order.lines.iter().all(|line| line.open() == 0);
            order.state = if is_all { OrderState::Received } else { OrderState::PartlyReceived };
        }
        Ok(Self { updated_at: now, ..order })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::order::UNDER_WAY;
    use crate::inventory::{PurchaseOrder, WhyCancelled};
    use jiff::civil::date;
    use serde_json::{from_value, json};

    fn acme() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    fn now() -> Timestamp {
        "2026-11-30T15:00:00Z".parse().unwrap()
    }

    fn supplier() -> Supplier {
        from_value(json!({"id": "frs", "name": "Front Range", "email": "o@frs.example", "shipping_cents": 1500,
            "free_shipping_from_cents": 50000}))
        .unwrap()
    }

    fn item(id: &str) -> Item {
        from_value(json!({"id": id, "sku": id, "name": id, "offers": [
            {"supplier": "frs", "pack_size": 10, "lead_days": 3, "prices": [{"from": 10, "pack_cents": 9000}]}]}))
        .unwrap()
    }

    fn order() -> PurchaseOrder {
        let (cap, supplier) = (item("cap"), supplier());
        let id = PurchaseOrder::id_of_week(&acme(), "2026-W49", &supplier.id);
        let line = OrderLine::of(&cap, cap.offers.first().unwrap(), 2);
        let order: PurchaseOrder =
            from_value(json!({"id": id, "number": PurchaseOrder::number_of_week(id, "2026-W49"),
            "supplier": "frs", "supplier_name": "Front Range", "state": "draft", "lines": [line], "goods_cents": 0,
            "shipping_cents": 0, "total_cents": 0, "currency": "USD", "deliver_to": "shop", "expected_on": null,
            "ordered_on": date(2026, 11, 30), "created_at": now(), "updated_at": now()}))
            .unwrap();
        order.summed(&supplier)
    }

    fn pdf(order: &PurchaseOrder, draft: bool) -> OrderPdf {
        OrderPdf { digest: order.digest(&acme()), draft, name: "x.pdf".to_owned(), made_at: now() }
    }

    #[test]
    fn an_approval_is_of_what_was_shown() {
        let (order, by) = (order(), Actor::Operator);
        assert_eq!((order.goods_cents, order.total_cents), (18_000, 19_500));
        let shown = order.digest(&acme());
        let new = [NewLine { item: ItemId::new("cap").unwrap(), packs: 6 }];
        let changed = order.changed(&new, "", (&[item("cap")], &supplier(), &[]), now()).unwrap();
        assert_eq!((changed.goods_cents, changed.shipping_cents), (54_000, 0), "free from 50,000 on");
        assert!(changed.approved(&acme(), shown, (&by, now())).is_err());
        let elsewhere = PurchaseOrder { deliver_lines: vec!["2 Sample Street".to_owned()], ..order.clone() };
        assert!(elsewhere.approved(&acme(), shown, (&by, now())).is_err(), "where it goes is part of what was shown");
        let approved = order.approved(&acme(), shown, (&by, now())).unwrap().unwrap();
        assert_eq!(approved.state, OrderState::Approved);
        assert_eq!(approved.approved(&acme(), shown, (&by, now())), Ok(None), "a repeat");
        assert!(approved.changed(&new, "", (&[item("cap")], &supplier(), &[]), now()).is_err());
        assert!(approved.declined(&by, now()).is_err());
    }

    #[test]
    fn a_line_that_stays_keeps_its_reasons_and_one_that_changes_says_so() {
        let mut order = order();
        order.lines.first_mut().unwrap().reasons = vec![LineReason::of(ReasonKind::SafetyStock, 20)];
        let lines = |packs, other: Option<i64>| -> Vec<NewLine> {
            let cap = NewLine { item: ItemId::new("cap").unwrap(), packs };
            let fan = other.map(|packs| NewLine { item: ItemId::new("fan").unwrap(), packs });
            [Some(cap), fan].into_iter().flatten().collect()
        };
        let items = [item("cap"), item("fan")];
        let same = order.changed(&lines(2, Some(1)), "Dock 3", (&items, &supplier(), &[]), now()).unwrap();
        assert_eq!(same.lines.first().unwrap().reasons, order.lines.first().unwrap().reasons);
        assert_eq!(same.lines.get(1).unwrap().expected_on, Some(date(2026, 12, 3)));
        let more = order.changed(&lines(3, None), "", (&items, &supplier(), &[]), now()).unwrap();
        let sum: i64 = more.lines.first().unwrap().reasons.iter().map(|reason| reason.units).sum();
        assert_eq!(sum, more.lines.first().unwrap().quantity, "reasons add up");
        let mut dear = item("cap");
        dear.offers.first_mut().unwrap().prices.first_mut().unwrap().pack_cents = 1_000_000_000;
        assert!(
            order.changed(&lines(100_000, None), "", (&[dear], &supplier(), &[]), now()).is_err(),
            "no document has room"
        );
        for wrong in [lines(0, None), lines(1, Some(0)), vec![]] {
            assert!(order.changed(&wrong, "", (&items, &supplier(), &[]), now()).is_err());
        }
    }

    #[test]
    fn an_order_goes_out_once_and_only_with_the_suppliers_document() {
        let (order, to) = (order(), supplier().email);
        let with_draft = order.with_document(&acme(), &pdf(&order, true), now()).unwrap();
        let shown = order.digest(&acme());
        let approved = with_draft.approved(&acme(), shown, (&Actor::Operator, now())).unwrap().unwrap();
        assert_eq!(approved.mail_claimed(&acme(), &to, now()), None, "its document is the draft's");
        assert_eq!(approved.with_document(&acme(), &pdf(&order, true), now()), None);
        let ready = approved.with_document(&acme(), &pdf(&order, false), now()).unwrap();
        let claimed = ready.mail_claimed(&acme(), &to, now()).unwrap();
        assert_eq!(claimed.mail_claimed(&acme(), &to, now()), None, "another one has it");
        assert!(claimed.to_send_again(now()).is_err(), "under way");
        let sent = claimed.mailed(Some(Ok(())), now());
        assert_eq!(sent.state, OrderState::Sent);
        assert!(sent.to_send_again(now() + UNDER_WAY).is_err());
        let unknown = claimed.mailed(None, now());
        assert_eq!(unknown.state, OrderState::Approved);
        let again = unknown.to_send_again(now() + UNDER_WAY).unwrap();
        assert!(again.is_ready_to_send(&acme()));
        let refused = claimed.mailed(Some(Err("no".to_owned())), now());
        assert!(refused.to_send_again(now()).is_ok());
    }

    #[test]
    fn receipts_bring_it_to_its_end() {
        let order = order();
        let cap = ItemId::new("cap").unwrap();
        assert!(order.received(&cap, (5, now()), now()).is_err(), "a draft");
        let shown = order.digest(&acme());
        let approved = order.approved(&acme(), shown, (&Actor::Operator, now())).unwrap().unwrap();
        assert!(approved.received(&cap, (5, now()), now()).is_err(), "it would never be mailed");
        let to = supplier().email;
        let ready = approved.with_document(&acme(), &pdf(&approved, false), now()).unwrap();
        let claimed = ready.mail_claimed(&acme(), &to, now()).unwrap();
        assert!(claimed.received(&cap, (5, now()), now()).is_err(), "its mail is under way");
        assert!(claimed.cancelled(WhyCancelled::ByPerson, now()).is_err(), "its mail is under way");
        assert!(claimed.cancelled(WhyCancelled::ByPerson, now() + UNDER_WAY).unwrap().is_some());
        assert!(
            claimed.received(&cap, (5, now()), now() + UNDER_WAY).is_ok(),
            "no one knows, and goods say that it came"
        );
        assert!(claimed.mailed(Some(Err("no".to_owned())), now()).received(&cap, (5, now()), now()).is_err());
        let sent = claimed.mailed(Some(Ok(())), now());
        let part = sent.received(&cap, (5, now()), now()).unwrap();
        assert_eq!((part.state, part.lines.first().unwrap().open()), (OrderState::PartlyReceived, 15));
        assert!(part.received(&ItemId::new("fan").unwrap(), (1, now()), now()).is_err());
        let all = part.received(&cap, (16, now()), now()).unwrap();
        assert_eq!((all.state, all.lines.first().unwrap().open()), (OrderState::Received, 0));
        assert_eq!(all.digest(&acme()), order.digest(&acme()), "what it says is the same");
        assert!(all.cancelled(WhyCancelled::ByPerson, now()).is_err());
        let closed = part.cancelled(WhyCancelled::ByPerson, now()).unwrap().unwrap();
        assert_eq!(closed.cancelled(WhyCancelled::ByPerson, now()), Ok(None));
        assert_eq!(
            closed.received(&cap, (1, now()), now()).unwrap().state,
            OrderState::Cancelled,
            "it came in all the same"
        );
    }
}
