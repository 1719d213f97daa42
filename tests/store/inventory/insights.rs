//! What the owner hears of the stock, from two years of recorded movements.

use domain::ids::StaffId;
use domain::inventory::{Movement, MovementKind, StockInsight};
use jiff::Timestamp;
use jiff::civil::date;
use serde_json::json;

use super::{acme, furnish, item, line, record};
use crate::stage::Stage;

/// A movement of `item` on a day, by someone of the staff.
fn on(
    day: &str,
    item: &str,
    kind: MovementKind,
    (place, to): (&str, Option<&str>),
    (quantity, staff): (i64, &str),
) -> Movement {
    let at: Timestamp = format!("{day}T18:00:00Z").parse().unwrap();
    let key = format!("{day}/{item}/{kind:?}/{place}");
    let staff = Some(StaffId::new(staff).unwrap());
    Movement { at, recorded_at: at, staff, ..line(item, kind, (place, to), quantity, (key.as_str(), 0)) }
}

fn received(day: &str, item: &str, quantity: i64, unit_cents: i64) -> Movement {
    let movement = on(day, item, MovementKind::Receive, ("shop", None), (quantity, "ana"));
    Movement { unit_cents: Some(unit_cents), ..movement }
}

fn used(day: &str, item: &str, quantity: i64, (place, staff): (&str, &str)) -> Movement {
    on(day, item, MovementKind::Use, (place, None), (quantity, staff))
}

#[tokio::test]
async fn two_years_of_movements_tell_of_use_margin_idle_stock_and_waste() {
    let stage = Stage::new().await;
    let items = [
        item("cap", &json!({"price_cents": 1_000})),
        item("filter", &json!({"price_cents": 10_000})),
        item("belt", &json!({})),
    ];
    furnish(&stage, &items).await;
    let (ana, ben) = (("shop", "ana"), ("van-2", "ben"));
    let movements = [
        received("2024-12-02", "belt", 12, 2_500),
        received("2025-08-01", "cap", 400, 900),
        received("2025-08-01", "filter", 100, 1_000),
        // The autumn of the year before: a hundred.
        used("2025-08-15", "cap", 5, ana),
        used("2025-09-10", "cap", 50, ana),
        used("2025-10-05", "filter", 30, ana),
        used("2025-10-20", "cap", 50, ana),
        // This one: 140, of which Ben used twenty, and he broke fifteen.
        on("2026-08-20", "cap", MovementKind::Transfer, ("shop", Some("van-2")), (50, "ben")),
        used("2026-09-15", "cap", 60, ana),
        used("2026-10-05", "filter", 30, ana),
        used("2026-10-20", "cap", 60, ana),
        used("2026-11-05", "cap", 20, ben),
        on("2026-11-10", "cap", MovementKind::Waste, ("van-2", None), (15, "ben")),
    ];
    for movement in &movements {
        let recorded = record(&stage.store, movement).await.unwrap();
        assert_eq!(recorded.movement.short, 0, "{movement:?}");
    }

    let waste = |by: &str| StockInsight::Waste { by: by.to_owned(), cents: 13_500, percent: 43, shop_percent: 8 };
    let margin = |item: &str, earned_cents, markup_percent| StockInsight::Margin {
        item: item.to_owned(),
        earned_cents,
        markup_percent,
    };
    let expected = [
        StockInsight::Usage { item: "cap".to_owned(), used: 140, before: 100, percent: 40 },
        margin("filter", 270_000, 900),
        margin("cap", 14_000, 11),
        StockInsight::DeadStock { item: "belt".to_owned(), units: 12, cents: 30_000, days: Some(728) },
        waste("ben"),
        waste("van-2"),
    ];
    let (_, told) = stage.cold().inventory().insights(&acme(), date(2026, 11, 30)).await.unwrap();
    assert_eq!(told, expected);
}
