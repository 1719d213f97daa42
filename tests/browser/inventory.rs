//! Stock and orders in a browser: a supplier and a part are entered, parts come and go, an order is drafted, changed, approved and received.

use domain::identity::Role;

use crate::stage::{Tenant, address, orders_of_this_week};
use crate::workday::at_work;

#[test]
fn a_part_is_entered_ordered_approved_and_received() {
    let roofer = Tenant::opened(|_| {});
    let manager = at_work(&roofer, Role::Manager, "Mo Reyes");
    manager.open("/app/inventory");
    manager.shows("#stock", "Nothing is kept in stock yet.");
    manager.pictures("inventory-empty");

    manager.open("/app/inventory/suppliers");
    manager.press("#entry-new summary");
    manager.fill("new-name", "Front Range Supply");
    manager.fill("new-email", &address());
    manager.fill("new-shipping_cents", "15");
    manager.send("#entry-new form");
    manager.shows("#entries", "Front Range Supply");
    manager.pictures("inventory-suppliers");

    // A part with an offer: what is wrong with a price is said at its field.
    manager.open("/app/inventory/new");
    manager.fill("name", "Capacitor 45/5");
    manager.fill("sku", "CAP-45-5");
    manager.fill("reorder_point", "30");
    manager.fill("safety_stock", "10");
    manager.press("details summary");
    manager.run("const list = document.getElementById('offers-0-supplier'); list.value = 'front-range-supply'; list.dispatchEvent(new Event('input', { bubbles: true }))", "");
    manager.fill("offers-0-pack_size", "10");
    manager.fill("offers-0-prices", "ten for 89");
    manager.send("main form");
    manager.shows("#offers-0-prices-problem", "Write each price in a line of its own");
    manager.fill("offers-0-prices", "10: 89.00\n50: 80");
    manager.send("main form");
    manager.shows("#stock", "Capacitor 45/5");
    manager.pictures("inventory-item-new");

    // Five come in; more than is there cannot be sent back, and what was typed stays.
    manager.press("#stock tbody a");
    manager.shows("h1", "Capacitor 45/5");
    let kind = |kind: &str| {
        let script = "const list = document.getElementById('move-movements-0-kind'); list.value = arguments[0]; list.dispatchEvent(new Event('change', { bubbles: true }))";
        manager.run(script, kind);
    };
    kind("receive");
    manager.fill("move-movements-0-quantity", "5");
    manager.send("form[data-results]");
    manager.shows("#toast", "Reported.");
    manager.shows("#there", "5 pcs");
    kind("send_back");
    manager.fill("move-movements-0-quantity", "9");
    manager.send("form[data-results]");
    manager.shows("form[data-results]", "too few");
    manager.shows_value("move-movements-0-quantity", "9");
    manager.shows("#ledger", "came in 5");
    manager.pictures("inventory-item");
    manager.open("/app/inventory?state=low");
    manager.shows("#stock", "low");
    manager.pictures("inventory");

    // The draft of the week, with its reason; another quantity, another price.
    orders_of_this_week(roofer.id());
    manager.open("/app/inventory/orders");
    manager.shows("#orders", "waiting for a yes");
    manager.pictures("inventory-orders");
    let viewer = at_work(&roofer, Role::Viewer, "Cy Ode");
    viewer.open("/app/inventory/orders");
    viewer.press("#orders .row-link");
    viewer.shows("#order", "Capacitor 45/5");
    assert!(!viewer.has("#approve") && !viewer.has("#change form"), "a viewer orders nothing");

    manager.press("#orders .row-link");
    manager.shows("#order", "Front Range Supply");
    manager.press("#change-lines summary");
    manager.fill("packs-0", "6");
    manager.fill("po-note", "Dock 3");
    manager.send("#change form");
    manager.shows("#toast", "Saved.");
    manager.shows("#order", "60 pcs (6 × 10)");
    manager.shows("#order", "Dock 3");
    manager.shows("#order", "changed by hand");
    manager.pictures("inventory-order");

    // One click; the document follows, and the mail.
    manager.send("#approve");
    manager.shows("#toast", "Approved.");
    let is_sent = manager.within(90, || manager.text_of("#order").contains("Mailed to"));
    assert!(is_sent, "{}", manager.text_of("#order"));
    assert!(!manager.has("#approve"), "it is approved once");

    // The goods come in two deliveries.
    manager.press("#receive-lines summary");
    for (quantity, state) in [("20", "partly received"), ("40", "received")] {
        manager.fill("quantity-0", quantity);
        manager.send("#receive form");
        manager.shows("#toast", "It is in stock now.");
        manager.shows("#order", state);
    }
    manager.shows("#order", "60 / 60");
    manager.pictures("inventory-order-received");
    manager.open("/app/inventory");
    manager.shows("#stock", "65 pcs");

    manager.open("/app/inventory/insights");
    manager.shows("main", "Nothing stands out.");
    manager.pictures("inventory-insights");
}
