use proptest::prelude::*;

use super::market::{Dice, TODAY, in_days, item, offer, supplier, terms, with_weather};
use crate::{Incoming, Item, LeftOut, LeftOutReason, Line, Plan, Reason, Supplier, plan};

fn lines(plan: &Plan) -> Vec<(&str, &str, i64)> {
    let all = plan.orders.iter().flat_map(|order| order.lines.iter().map(|line| (order.supplier.as_str(), line)));
    all.map(|(supplier, line)| (supplier, line.item.as_str(), line.quantity)).collect()
}

fn units(reason: &Reason) -> i64 {
    match reason {
        Reason::BookedJobs { units, .. }
        | Reason::ExpectedDemand { units, .. }
        | Reason::Weather { units, .. }
        | Reason::SafetyStock { units }
        | Reason::ReorderPoint { units, .. }
        | Reason::OnHand { units }
        | Reason::OnOrder { units }
        | Reason::FromAnother { units, .. }
        | Reason::Bridge { units, .. }
        | Reason::PackRounding { units }
        | Reason::LeastQuantity { units }
        | Reason::PriceTier { units, .. }
        | Reason::MinimumOrder { units }
        | Reason::FreeShipping { units }
        | Reason::Ahead { units }
        | Reason::BudgetCut { units } => *units,
        Reason::InTime { .. } => 0,
    }
}

fn ordered(items: &[Item], suppliers: &[Supplier]) -> Plan {
    plan(items, suppliers, &terms(None))
}

/// 20 units until the next order is there (ten days), 2 more in reserve, less 6 that are there.
fn filters(offers: Vec<crate::Offer>) -> Item {
    item("filter", 6, 2.0, offers)
}

#[test]
fn what_is_needed_is_ordered_and_the_sum_is_explained() {
    let plan = ordered(&[filters(vec![offer("depot", 3, 1, &[(1, 500)])])], &[supplier("depot", 0, 0, None)]);
    assert_eq!(lines(&plan), [("depot", "filter", 16)]);
    let line: &Line = &plan.orders[0].lines[0];
    assert_eq!((line.cents, line.arrives, plan.orders[0].goods_cents), (8_000, in_days(3), 8_000));
    let until = in_days(9);
    let why = [
        Reason::BookedJobs { units: 5, until },
        Reason::ExpectedDemand { units: 15, until },
        Reason::SafetyStock { units: 2 },
        Reason::OnHand { units: -6 },
    ];
    assert_eq!(line.reasons, why);
    assert_eq!((plan.left_out, plan.reorder_points["filter"]), (vec![], 22));
}

#[test]
fn what_the_weather_adds_is_ordered_and_said() {
    let mut filters = filters(vec![offer("depot", 3, 1, &[(1, 500)])]);
    filters.forecast = with_weather(&filters.forecast, (1, 4), 1.5);
    let plan = ordered(&[filters.clone()], &[supplier("depot", 0, 0, None)]);
    assert_eq!(lines(&plan), [("depot", "filter", 19)], "half of 1.5 a day more on four days");
    let (from, to) = (in_days(1), in_days(4));
    let of_weather =
        |units, percent| Reason::Weather { units, weather: "heat_wave".to_owned(), from, to, percent, days: 9 };
    assert!(plan.orders[0].lines[0].reasons.contains(&of_weather(3, 50)), "{plan:?}");
    filters.forecast = with_weather(&super::market::steady(2.0), (1, 4), 0.5);
    let plan = ordered(&[filters], &[supplier("depot", 0, 0, None)]);
    assert_eq!(lines(&plan), [("depot", "filter", 13)]);
    assert!(plan.orders[0].lines[0].reasons.contains(&of_weather(-3, -50)), "{plan:?}");
}

#[test]
fn what_is_there_or_on_its_way_is_not_ordered_again() {
    let mut filters = filters(vec![offer("depot", 3, 1, &[(1, 500)])]);
    filters.on_order = vec![Incoming { date: in_days(2), quantity: 16 }];
    assert_eq!(ordered(std::slice::from_ref(&filters), &[supplier("depot", 0, 0, None)]).orders, vec![]);
    // After the horizon it is no help.
    filters.on_order = vec![Incoming { date: in_days(10), quantity: 16 }];
    assert_eq!(lines(&ordered(&[filters], &[supplier("depot", 0, 0, None)])), [("depot", "filter", 16)]);
}

#[test]
fn a_cheap_supplier_who_is_late_is_bridged_by_one_who_is_not() {
    let offers = vec![offer("far", 14, 1, &[(1, 500)]), offer("near", 1, 1, &[(1, 800)])];
    let plan = ordered(&[filters(offers)], &[supplier("far", 0, 0, None), supplier("near", 0, 0, None)]);
    // 28 in fourteen days, and 6 are there; 42 and 2 in three weeks.
    let [(_, _, far), (_, _, near)] = lines(&plan)[..] else { panic!("{:?}", lines(&plan)) };
    assert!((22..=28).contains(&near) && far + near == 38, "{far} {near}");
    let bridge = &plan.orders[1].lines[0].reasons;
    assert_eq!(bridge[0], Reason::Bridge { units: near, until: in_days(14) });
    assert!(
        plan.orders[0].lines[0].reasons.contains(&Reason::FromAnother { units: -near, supplier: "near".to_owned() })
    );
}

#[test]
fn who_is_late_is_left_out_when_the_other_is_paid_for_anyway() {
    let offers = vec![offer("far", 14, 1, &[(1, 500)]), offer("near", 1, 1, &[(1, 510)])];
    let plan = ordered(&[filters(offers)], &[supplier("far", 0, 3_000, None), supplier("near", 0, 0, None)]);
    assert_eq!(lines(&plan), [("near", "filter", 38)]);
    let why = Reason::InTime { cheapest: "far".to_owned(), late: in_days(14) };
    assert!(plan.orders[0].lines[0].reasons.contains(&why), "{:?}", plan.orders[0].lines[0].reasons);
}

#[test]
fn a_price_tier_is_reached_where_it_is_worth_it() {
    let at =
        |tiers: &[(i64, i64)]| ordered(&[filters(vec![offer("depot", 3, 1, tiers)])], &[supplier("depot", 0, 0, None)]);
    let plan = at(&[(1, 500), (20, 350), (400, 340)]);
    assert_eq!(lines(&plan), [("depot", "filter", 20)]);
    let why = Reason::PriceTier { units: 4, from: 20, saved_cents: 3_000 };
    assert!(plan.orders[0].lines[0].reasons.contains(&why), "{:?}", plan.orders[0].lines[0].reasons);
    // One cent less does not pay for keeping five times as much.
    assert_eq!(lines(&at(&[(1, 500), (80, 499)])), [("depot", "filter", 16)]);
}

#[test]
fn packs_and_least_quantities_are_whole() {
    let of = |offer| ordered(&[filters(vec![offer])], &[supplier("depot", 0, 0, None)]).orders[0].lines[0].clone();
    let packs = of(offer("depot", 3, 6, &[(1, 3_000)]));
    assert_eq!((packs.packs, packs.quantity), (3, 18));
    assert!(packs.reasons.contains(&Reason::PackRounding { units: 2 }));
    let least = of(offer("depot", 3, 1, &[(25, 500)]));
    assert_eq!(least.quantity, 25);
    assert!(least.reasons.contains(&Reason::LeastQuantity { units: 9 }));
}

#[test]
fn a_least_value_is_reached_by_what_is_used_soonest_or_the_order_is_left_out() {
    let items = || {
        let depot = |cents| vec![offer("depot", 3, 1, &[(1, cents)])];
        [item("filter", 6, 2.0, depot(500)), item("valve", 3, 0.05, depot(900))]
    };
    let plan = ordered(&items(), &[supplier("depot", 12_000, 0, None)]);
    assert_eq!(lines(&plan), [("depot", "filter", 24)]);
    assert!(plan.orders[0].lines[0].reasons.contains(&Reason::MinimumOrder { units: 8 }));
    // A year of everything is not bought for it.
    let plan = ordered(&items(), &[supplier("depot", 900_000, 0, None)]);
    let reason = LeftOutReason::BelowMinimum { supplier: "depot".to_owned() };
    assert_eq!((plan.orders, plan.left_out), (vec![], vec![LeftOut { item: "filter".to_owned(), units: 16, reason }]));
}

#[test]
fn free_shipping_is_reached_where_it_saves_more_than_keeping_costs() {
    let of = |free| {
        let plan =
            ordered(&[filters(vec![offer("depot", 3, 1, &[(1, 500)])])], &[supplier("depot", 0, 1_500, Some(free))]);
        (plan.orders[0].lines[0].quantity, plan.orders[0].shipping_cents)
    };
    assert_eq!(of(9_000), (18, 0));
    assert!(of(200_000).1 == 1_500);
}

#[test]
fn where_shipping_is_paid_more_is_bought_at_once() {
    let of = |shipping| {
        let plan =
            ordered(&[filters(vec![offer("depot", 3, 1, &[(1, 500)])])], &[supplier("depot", 0, shipping, None)]);
        plan.orders[0].lines[0].clone()
    };
    assert_eq!(of(5).quantity, 16);
    // The square root rule: 10 dollars a day, a fifth a year; 20 dollars of shipping are worth 85 days, and 60 are the most.
    let line = of(2_000);
    assert!(
        line.quantity > 16 + 100 && line.reasons.contains(&Reason::Ahead { units: line.quantity - 16 }),
        "{line:?}"
    );
}

#[test]
fn the_shops_own_reorder_point_holds() {
    let of = |on_hand| {
        let mut slow = item("valve", on_hand, 0.1, vec![offer("depot", 3, 1, &[(1, 900)])]);
        slow.reorder_point = Some(5);
        ordered(&[slow], &[supplier("depot", 0, 0, None)])
    };
    assert_eq!(of(6).orders, vec![]);
    let plan = of(5);
    assert_eq!((lines(&plan), plan.reorder_points["valve"]), (vec![("depot", "valve", 1)], 5));
    assert!(plan.orders[0].lines[0].reasons.contains(&Reason::ReorderPoint { units: 1, point: 5 }), "{plan:?}");
    // What is booked comes first: the point was set for other weeks.
    let mut busy = item("valve", 6, 1.0, vec![offer("depot", 3, 1, &[(1, 900)])]);
    busy.reorder_point = Some(5);
    assert_eq!(lines(&ordered(&[busy], &[supplier("depot", 0, 0, None)])), [("depot", "valve", 6)]);
}

#[test]
fn what_cannot_be_had_or_comes_too_late_is_said() {
    let orphan = item("relay", 0, 0.5, vec![offer("unknown", 3, 1, &[(1, 900)])]);
    let late = item("motor", 1, 0.5, vec![offer("far", 10, 1, &[(1, 9_000)])]);
    let plan = ordered(&[orphan, late], &[supplier("far", 0, 0, None)]);
    assert_eq!(plan.left_out[0].reason, LeftOutReason::NoSupplier);
    let LeftOutReason::TooLate { runs_out, first } = &plan.left_out[1].reason else { panic!("{plan:?}") };
    assert!(*runs_out > TODAY && *first == in_days(10) && plan.left_out[1].units == 4, "{plan:?}");
}

#[test]
fn a_budget_keeps_what_is_missed_most_and_says_what_it_cut() {
    let depot = |cents| vec![offer("depot", 3, 1, &[(1, cents)])];
    let mut spare = item("valve", 1, 0.05, depot(1_000));
    spare.safety = crate::Safety::Units(6);
    let items = [item("filter", 0, 1.0, depot(500)), spare];
    let plan = plan(&items, &[supplier("depot", 0, 300, None)], &terms(Some(6_000)));
    let spent: i64 = plan.orders.iter().map(|order| order.goods_cents + order.shipping_cents).sum();
    let filters = lines(&plan).iter().find(|(_, item, _)| *item == "filter").map_or(0, |(.., quantity)| *quantity);
    assert!(spent <= 6_000 && filters >= 10, "{plan:?}");
    let cut: i64 =
        plan.left_out.iter().filter(|left| left.reason == LeftOutReason::Budget).map(|left| left.units).sum();
    assert!(cut > 0, "{plan:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn every_plan_adds_up(
        seed in any::<u64>(), budget in proptest::option::of(0..20_000_i64), factor in 0.3..3.5_f64,
    ) {
        let mut dice = Dice(seed);
        let (mut items, suppliers) = dice.market(6, 4, 3);
        for item in items.iter_mut().step_by(2) {
            item.forecast = with_weather(&item.forecast, (1, 4), factor);
        }
        let plan = plan(&items, &suppliers, &terms(budget));
        let mut spent = 0;
        for order in &plan.orders {
            let seller = suppliers.iter().find(|supplier| supplier.key == order.supplier).unwrap();
            prop_assert_eq!(order.goods_cents, order.lines.iter().map(|line| line.cents).sum::<i64>());
            prop_assert!(order.goods_cents >= seller.minimum_cents);
            spent += order.goods_cents + order.shipping_cents;
            for line in &order.lines {
                let item = items.iter().find(|item| item.key == line.item).unwrap();
                let offer = item.offers.iter().find(|offer| offer.supplier == order.supplier).unwrap();
                let tier = offer.tiers.iter().filter(|tier| tier.from <= line.quantity).max_by_key(|tier| tier.from).unwrap();
                prop_assert_eq!((line.quantity, line.pack_cents), (line.packs * offer.pack, tier.pack_cents));
                prop_assert_eq!(line.cents, line.packs * line.pack_cents);
                prop_assert!(line.packs > 0 && line.arrives == in_days(i64::from(offer.lead_days)));
                let explained: i64 = line.reasons.iter().map(units).sum();
                prop_assert_eq!(explained, line.quantity, "{:?}", line);
                let positive = |reason: &Reason| units(reason) >= 0 || matches!(reason,
                    Reason::OnHand { .. } | Reason::OnOrder { .. } | Reason::FromAnother { .. } | Reason::BudgetCut { .. })
                    || factor < 1.0 && matches!(reason, Reason::Weather { .. });
                prop_assert!(line.reasons.iter().all(positive), "{:?}", line);
            }
        }
        prop_assert!(budget.is_none_or(|budget| spent <= budget));
    }
}
