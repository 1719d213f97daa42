//! Events of purchase orders.

macro_rules! inventory {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// A purchase order was drafted or changed: its document is to be made for who approves it.
    OrderDrafted = "order.drafted" {
        /// Which order.
        order: PurchaseOrderId,
        /// What it says.
        digest: OrderDigest,
    }
    /// The orders of a week wait for a yes.
    OrdersWaiting = "orders.waiting" {
        /// Which week, such as `2026-W49`.
        week: String,
    }
    /// A purchase order was approved: its document is to be made for the supplier.
    OrderApproved = "order.approved", shows [order] {
        /// Which order.
        order: PurchaseOrderId,
        /// What it says.
        digest: OrderDigest,
    }
    /// A purchase order is approved and its document is there: it is to be mailed to the supplier.
    OrderReady = "order.ready" {
        /// Which order.
        order: PurchaseOrderId,
        /// What it says.
        digest: OrderDigest,
    }
    /// A purchase order went to the supplier.
    OrderSent = "order.sent", shows [order] {
        /// Which order.
        order: PurchaseOrderId,
    }
    } };
}
