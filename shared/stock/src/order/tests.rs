//! Beside the best of all baskets, where there are few enough to try each.

use super::basket::{Basket, Market};
use super::need::Need;
use super::{Terms, budget, split};
use crate::tests::market::{Dice, item, offer, supplier, terms};

/// A choice of an item: its score and what it costs at each supplier.
struct Tried {
    score: f64,
    goods: Vec<i64>,
}

/// Every choice of an item up to so many packs of each source.
fn every(need: &Need<'_>, most: &dyn Fn(usize) -> i64) -> Vec<Vec<i64>> {
    let mut all = vec![Vec::new()];
    for place in 0..need.sources.len() {
        let longer = |packs: Vec<i64>| (0..=most(place)).map(move |more| [packs.clone(), vec![more]].concat());
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

fn tried(need: &Need<'_>, market: &Market<'_>) -> Vec<Tried> {
    let most = |place: usize| need.most_packs(&need.sources[place], market.terms.most_days_ahead);
    let can_be = |packs: &Vec<i64>| need.quantity(packs) == 0 || need.is_met_by(packs);
    let all = every(need, &most).into_iter().filter(can_be);
    let tried = all.map(|packs| {
        let mut goods = vec![0; market.suppliers.len()];
        for (source, packs) in need.sources.iter().zip(&packs) {
            goods[source.supplier] += source.offer.cents(*packs).unwrap();
        }
        Tried { score: Market::item_score(need, &packs), goods }
    });
    let mut tried: Vec<Tried> = tried.collect();
    tried.sort_by(|a, b| a.score.total_cmp(&b.score));
    tried
}

/// The best of all baskets.
fn best(market: &Market<'_>) -> f64 {
    let all: Vec<Vec<Tried>> = market.needs.iter().map(|need| tried(need, market)).collect();
    let mut best = f64::INFINITY;
    visit(market, &all, 0.0, &vec![0; market.suppliers.len()], &mut best);
    best
}

fn visit(market: &Market<'_>, rest: &[Vec<Tried>], score: f64, goods: &[i64], best: &mut f64) {
    let Some((first, rest)) = rest.split_first() else {
        let places = market.suppliers.iter().zip(goods).filter(|(_, goods)| **goods > 0);
        if places.clone().all(|(supplier, goods)| *goods >= supplier.minimum_cents) {
            *best = best.min(score + places.map(|(supplier, goods)| supplier.shipping(*goods)).sum::<i64>() as f64);
        }
        return;
    };
    let least: f64 = rest.iter().map(|tried| tried[0].score).sum();
    // By score: all that come after are no better, whatever the rest.
    for tried in first {
        if score + tried.score + least >= *best {
            return;
        }
        let goods: Vec<i64> = goods.iter().zip(&tried.goods).map(|(held, more)| held + more).collect();
        visit(market, rest, score + tried.score, &goods, best);
    }
}

#[test]
fn the_split_is_beside_the_best_of_all() {
    let terms = Terms { most_days_ahead: 30, ..terms(None) };
    let (mut gaps, mut exact) = (Vec::new(), 0);
    for seed in 0..120 {
        let mut dice = Dice(seed);
        let (items, suppliers) = if seed % 2 == 0 { dice.market(3, 3, 2) } else { dice.market(2, 3, 3) };
        let market = Market::new(&items, &suppliers, &terms);
        let found = split::Split::new(&market).cheapest();
        let (score, best) = (market.score(&found), best(&market));
        let gap = (score - best) / (market.cents(&found).max(1_000)) as f64;
        assert!(gap > -1e-6, "seed {seed}: {score} is better than the best, {best}");
        exact += i32::from(gap < 1e-6);
        gaps.push(gap);
    }
    let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
    let worst = gaps.iter().copied().fold(0.0, f64::max);
    println!(
        "split: {exact} of {} are the best of all; the cost gap is {:.3} % in the mean, {:.2} % at worst",
        gaps.len(),
        mean * 100.0,
        worst * 100.0
    );
    assert!(exact >= 114 && mean < 0.001 && worst < 0.05, "{exact} {mean} {worst}");
}

#[test]
fn the_budget_is_beside_the_best_of_all() {
    let terms = terms(None);
    let (mut ratios, mut exact) = (Vec::new(), 0);
    for seed in 1_000..1_080 {
        let mut dice = Dice(seed);
        let (items, suppliers) = dice.market(3, 2, 1);
        let market = Market::new(&items, &suppliers, &terms);
        let wanted = split::Split::new(&market).cheapest();
        let money = market.cents(&wanted) * (30 + dice.below(60)) / 100;
        let of = |basket: &Basket| budget::lacking(&market, basket);
        let mut nothing = wanted.clone();
        nothing.packs.iter_mut().for_each(|packs| packs.fill(0));
        let mut best = of(&nothing);
        let mut baskets = vec![nothing.clone()];
        for (item, need) in market.needs.iter().enumerate() {
            let choices = every(need, &|place| wanted.packs[item][place]);
            let with = |basket: &Basket, packs: &Vec<i64>| {
                let mut basket = basket.clone();
                basket.put(item, packs.clone());
                basket
            };
            baskets = baskets
                .iter()
                .flat_map(|basket| choices.iter().map(|packs| with(basket, packs)).collect::<Vec<_>>())
                .collect();
        }
        let can_be =
            |basket: &&Basket| market.lines(basket).all(|(_, _, source, packs)| source.offer.cents(packs).is_some());
        for basket in baskets
            .iter()
            .filter(can_be)
            .filter(|basket| market.cents(basket) <= money && market.below_minimum(basket).is_empty())
        {
            best = best.min(of(basket));
        }
        let found = budget::within(&market, &wanted, money);
        assert!(market.cents(&found) <= money && market.below_minimum(&found).is_empty());
        let (could, did) = (of(&nothing) - best, of(&nothing) - of(&found));
        if could > 1.0 {
            ratios.push(did / could);
            exact += i32::from(did / could > 1.0 - 1e-6);
        }
    }
    let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
    let worst = ratios.iter().copied().fold(1.0, f64::min);
    println!(
        "budget: {exact} of {} are the best of all; {:.2} % of what could be saved is, {:.1} % at worst",
        ratios.len(),
        mean * 100.0,
        worst * 100.0
    );
    assert!(ratios.len() > 30 && mean > 0.99 && worst > 0.9, "{} {mean} {worst}", ratios.len());
}

/// Items that are used fast, each sold by three suppliers with price tiers, least values and free shipping.
fn thousand() -> (Vec<crate::Item>, Vec<crate::Supplier>) {
    let mut dice = Dice(7);
    let items = (0..1_000).map(|key| {
        let offers = (0..3).map(|place| {
            let price = 500 + dice.below(4_000);
            let tiers = [(1, price), (20, price * 9 / 10), (100, price * 8 / 10)];
            offer(&format!("s{place}"), u16::try_from(2 + 3 * place).unwrap(), 1 + dice.below(12), &tiers)
        });
        let offers = offers.collect();
        item(
            &format!("item-{key}"),
            dice.below(30),
            [0.5, 3.0, 20.0, 200.0][usize::try_from(dice.below(4)).unwrap()],
            offers,
        )
    });
    let suppliers = (0..3).map(|place| supplier(&format!("s{place}"), 50_000, 2_500, Some(900_000_000)));
    (items.collect(), suppliers.collect())
}

#[test]
fn a_thousand_items_are_planned_within_a_counted_bound() {
    let (items, suppliers) = thousand();
    let begun = std::time::Instant::now();
    let (free, looks) = super::counted(&items, &suppliers, &terms(None));
    println!("a thousand items: {looks} looks, {:?}", begun.elapsed());
    assert!(looks < 200_000_000, "{looks}");
    let lines: usize = free.orders.iter().map(|order| order.lines.len()).sum();
    assert!(
        lines > 900 && free.left_out.iter().all(|left| matches!(left.reason, crate::LeftOutReason::TooLate { .. }))
    );
    let all: i64 = free.orders.iter().map(|order| order.goods_cents + order.shipping_cents).sum();
    let begun = std::time::Instant::now();
    let (half, looks) = super::counted(&items, &suppliers, &terms(Some(all / 2)));
    println!("with half of the money: {looks} looks, {:?}", begun.elapsed());
    assert!(looks < 350_000_000, "{looks}");
    let cost: i64 = half.orders.iter().map(|order| order.goods_cents + order.shipping_cents).sum();
    assert!(cost <= all / 2 && cost > all / 3, "{cost} of {all}");
}
