use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::{JobUse, Lead, Typical, learn};

fn job(service: &str, used: &[(&str, i64)]) -> JobUse {
    JobUse {
        service: service.to_owned(),
        used: used.iter().map(|(item, quantity)| ((*item).to_owned(), *quantity)).collect(),
    }
}

#[test]
fn the_habit_of_a_service_is_learned() {
    let mut jobs = vec![job("ac-repair", &[("capacitor", 1)]); 60];
    jobs.extend(vec![job("ac-repair", &[]); 40]);
    jobs.extend(vec![job("cleaning", &[("filter", 2)]); 50]);
    let usage = learn(&jobs, &BTreeMap::new());
    let capacitor = usage["ac-repair"]["capacitor"];
    assert!((capacitor.mean - 60.0 / 103.0).abs() < 1e-9 && capacitor.jobs == 100, "{capacitor:?}");
    assert!((0.2..0.3).contains(&capacitor.variance), "{capacitor:?}");
    assert!(!usage["cleaning"].contains_key("capacitor"));
}

#[test]
fn one_job_is_no_habit() {
    assert!((Typical::learn(&[4], 0.0).mean - 1.0).abs() < 1e-9);
    assert!((Typical::learn(&[4], 2.0).mean - 2.5).abs() < 1e-9);
    let by_default =
        learn(&[], &BTreeMap::from([("cleaning".to_owned(), BTreeMap::from([("filter".to_owned(), 2.0)]))]));
    assert_eq!(by_default["cleaning"]["filter"], Typical { mean: 2.0, variance: 3.0, jobs: 0 });
}

#[test]
fn a_slip_of_the_pen_does_not_fill_the_shelf() {
    let mut quantities = vec![1, 2, 1, 1, 2, 1, 1, 1, 2, 1];
    let mean = Typical::learn(&quantities, 1.0).mean;
    quantities.push(400);
    assert!(Typical::learn(&quantities, 1.0).mean < mean + 0.5);
    // What is measured by the ounce differs by itself, and nothing is cut.
    let ounces = [16, 24, 40, 32, 64, 48, 20, 36, 80, 28];
    let mean = Typical::learn(&ounces, 0.0).mean;
    assert!((mean - ounces.iter().sum::<i64>() as f64 / 13.0).abs() < 1e-9);
}

#[test]
fn a_supplier_takes_as_long_as_it_took() {
    assert_eq!(Lead::learn(&[], 5), Lead { days: 5, late_days: 0 });
    assert_eq!(Lead::learn(&[7, 7, 8, 7, 6, 7, 7, 12, 11], 5), Lead { days: 7, late_days: 4 });
    // One that was late once is not always late.
    assert_eq!(Lead::learn(&[30], 5).days, 5);
}

#[test]
fn a_lead_is_learned_from_four_deliveries_on_and_one_that_was_lost_makes_none() {
    assert_eq!(Lead::learned(&[4, 4, 4], 5), None);
    assert_eq!(Lead::learned(&[4, 4, 4, 4], 5), Some(Lead { days: 9, late_days: 0 }));
    let lost = [4, 4, 4, 4, 4, 4, 4, 4, 60];
    assert_eq!(Lead::learned(&lost, 5), Some(Lead { days: 9, late_days: 0 }));
    assert_eq!(Lead::learned(&[-9; 20], 5).unwrap().days, 0, "no delivery is there before its order");
}

proptest! {
    #[test]
    fn a_learned_lead_lies_between_what_is_stated_and_what_was_seen(
        over in prop::collection::vec(-20..60_i32, 0..40), stated in 0..60_u16, later in 0..20_i32,
    ) {
        let learned = Lead::learned(&over, stated);
        prop_assert_eq!(learned.is_some(), over.len() >= 4);
        let Some(lead) = learned else { return Ok(()) };
        let of = |over: i32| u16::try_from((i32::from(stated) + over).max(0)).unwrap();
        let (least, most) = (over.iter().copied().min().unwrap().min(0), over.iter().copied().max().unwrap().max(0));
        prop_assert!(of(least) <= lead.days && lead.days + lead.late_days <= of(most));
        // Deliveries that all take longer make no lead shorter.
        let slower: Vec<i32> = over.iter().map(|over| over + later).collect();
        let slower = Lead::learned(&slower, stated).unwrap();
        prop_assert!(slower.days >= lead.days && slower.days + slower.late_days >= lead.days + lead.late_days);
    }

    #[test]
    fn the_order_of_jobs_does_not_matter(
        (first, second) in prop::collection::vec(-2..40_i64, 0..30).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        default in 0.0..5.0_f64,
    ) {
        let learned = Typical::learn(&first, default);
        prop_assert_eq!(learned, Typical::learn(&second, default));
        prop_assert!(learned.mean >= 0.0 && learned.variance >= 0.0 && learned.mean.is_finite() && learned.variance.is_finite());
    }
}
