//! What is refused, and why.

use crate::samples::{add_up, line, order};
use pdf::{Error, LOGO_BYTES, OrderDocument, limits, purchase_order};

fn refused(change: impl Fn(&mut OrderDocument)) -> String {
    let mut order = order(2);
    change(&mut order);
    let refused = purchase_order(&order).unwrap_err();
    assert!(matches!(refused, Error::Invalid { .. }), "{refused}");
    refused.to_string().split_once(": ").unwrap().0.to_owned()
}

#[test]
fn everything_has_a_limit_and_says_where_it_is_passed() {
    let long = |characters: usize| "ä".repeat(characters + 1);
    assert_eq!(refused(|order| order.lines.clear()), "lines");
    assert_eq!(refused(|order| order.lines = vec![line(1); limits::LINES + 1]), "lines");
    assert_eq!(refused(|order| order.lines[1].sku = long(limits::SKU)), "lines[1].sku");
    assert_eq!(refused(|order| order.lines[1].sku.clear()), "lines[1].sku");
    assert_eq!(refused(|order| order.lines[0].description = long(limits::DESCRIPTION)), "lines[0].description");
    assert_eq!(refused(|order| order.lines[0].reason = Some(long(limits::DESCRIPTION))), "lines[0].reason");
    assert_eq!(refused(|order| order.lines[0].unit = long(limits::UNIT)), "lines[0].unit");
    assert_eq!(refused(|order| order.lines[0].quantity = -1), "lines[0].quantity");
    assert_eq!(refused(|order| order.lines[0].total_cents = limits::NUMBER + 1), "lines[0].total_cents");
    assert_eq!(refused(|order| order.note = Some(long(limits::NOTE))), "note");
    assert_eq!(refused(|order| order.number.clear()), "number");
    assert_eq!(refused(|order| order.supplier.name = long(limits::NAME)), "supplier.name");
    assert_eq!(refused(|order| order.ship_to.lines = vec![String::new(); 11]), "ship_to.lines");
    assert_eq!(refused(|order| order.currency = "usd".into()), "currency");
    assert_eq!(refused(|order| order.region = "USA".into()), "region");
    let reasons = |order: &mut OrderDocument| {
        order.lines = vec![line(1); 600];
        order.lines.iter_mut().for_each(|line| line.reason = Some("r".repeat(limits::DESCRIPTION)));
    };
    assert_eq!(refused(reasons), "lines");
}

#[test]
fn sums_are_those_of_the_lines() {
    assert_eq!(refused(|order| order.lines[1].total_cents += 1), "lines[1].total_cents");
    assert_eq!(refused(|order| order.lines[1].quantity += 1), "lines[1].quantity");
    assert_eq!(refused(|order| order.lines[1].pack_size = 0), "lines[1].quantity");
    assert_eq!(refused(|order| order.subtotal_cents -= 1), "subtotal_cents");
    assert_eq!(refused(|order| order.tax_cents = None), "total_cents");
    assert_eq!(refused(|order| order.total_cents -= 1), "total_cents");
}

#[test]
fn a_logo_that_cannot_be_shown_is_told_apart_from_an_order_that_cannot() {
    let mut order = order(1);
    let with = |order: &mut OrderDocument, logo: &[u8]| {
        order.business.logo = Some(logo.to_vec());
        purchase_order(order).map(|pdf| pdf.len())
    };
    let plain = purchase_order(&order).unwrap().len();
    assert!(with(&mut order, PIXEL).unwrap() > plain);
    // Its head is good, and what follows is not.
    let broken = [&PIXEL[..40], &[0xff; 60]].concat();
    for logo in [&broken, &b"<svg/>"[..], &vec![0; LOGO_BYTES + 1]] {
        assert!(matches!(with(&mut order, logo), Err(Error::Logo(_))));
    }
    order.business.logo = None;
    assert_eq!(purchase_order(&order).unwrap().len(), plain);
}

#[test]
fn a_language_is_found_by_its_code() {
    let of = pdf::Language::of;
    assert_eq!((of("pt-BR"), of("DE"), of("it")), (pdf::Language::Pt, pdf::Language::De, pdf::Language::En));
}

#[test]
#[ignore = "a minute without optimisation"]
fn the_largest_order_is_made() {
    let mut order = order(i64::try_from(limits::LINES).unwrap());
    add_up(&mut order);
    assert!(purchase_order(&order).unwrap().len() > 1_000_000);
}

/// A red pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";
