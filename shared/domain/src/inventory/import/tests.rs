use proptest::prelude::*;
use serde_json::{from_value, json};

use super::super::{Item, Supplier};
use super::*;
use crate::Failure;
use crate::samples::roofer;

const HEAD: &str = "SKU,Name,Unit,Supplier,Pack size,Cost,Lead days,Reorder point,Place,Quantity\n";

fn mapping() -> ItemMapping {
    ItemMapping { pack_price: Some("cost".to_owned()), ..ItemMapping::default() }
}

fn suppliers() -> Vec<Supplier> {
    let supplier =
        |id: &str, name: &str| from_value(json!({"id": id, "name": name, "email": "o@frs.example"})).unwrap();
    vec![supplier("frs", "Front Range Supply"), supplier("acme", "Acme")]
}

fn lines_of(csv: &str, mapping: &ItemMapping, items: &[Item], update: bool) -> Result<Vec<ItemLine>, Failure> {
    let (tenant, suppliers) = (roofer(), suppliers());
    let known = ImportKnown { tenant: &tenant, items, suppliers: &suppliers, locations: &[], resources: &[] };
    import_items(csv, mapping, known, update)
}

fn lines(rows: &str, items: &[Item], update: bool) -> Vec<ItemLine> {
    lines_of(&format!("{HEAD}{rows}"), &mapping(), items, update).unwrap()
}

fn item(line: &ItemLine) -> &Item {
    match line.outcome.as_ref().unwrap() {
        ItemOutcome::Made(item, _) | ItemOutcome::Updated(item, _) | ItemOutcome::Unchanged(item, _) => item,
        ItemOutcome::Kept(id) => panic!("{id}"),
    }
}

fn field_of(failure: &Failure) -> &str {
    match failure {
        Failure::Rejected { field: Some(field), .. } => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_line_becomes_an_item_with_its_offer_and_a_count() {
    let found = lines("CAP-45/5,\"Capacitor, 45/5\",pcs,front range supply,10,\"$1,089.50\",3,6,shop,12\n", &[], false);
    let Ok(ItemOutcome::Made(item, Some(count))) = &found[0].outcome else { panic!("{found:?}") };
    assert_eq!((found[0].line, item.id.as_str(), item.name.as_str()), (2, "cap-45-5", "Capacitor, 45/5"));
    let offer = item.offers.first().unwrap();
    assert_eq!((offer.supplier.as_str(), offer.pack_size, offer.prices[0].pack_cents), ("frs", 10, 108_950));
    assert_eq!((item.reorder_point, count.place.as_str(), count.quantity), (Some(6), "shop", 12));
}

#[test]
fn lines_of_one_sku_are_one_item_with_two_suppliers() {
    let found = lines("CAP,Capacitor,,frs,10,90,3,,,\nCAP,,,Acme,5,50,1,,,\n", &[], false);
    assert!(matches!(found[1].outcome, Ok(ItemOutcome::Updated(..))));
    assert_eq!(item(&found[1]).offers.len(), 2);
    assert_eq!(item(&found[1]).name, "Capacitor", "an empty cell changes nothing");
}

#[test]
fn the_same_file_again_changes_nothing_and_another_one_only_where_it_may() {
    let row = "CAP,Capacitor,,frs,10,90,3,6,,12\n";
    let made = item(&lines(row, &[], false)[0]).clone();
    for update in [false, true] {
        let again = lines(row, std::slice::from_ref(&made), update);
        assert!(matches!(&again[0].outcome, Ok(ItemOutcome::Unchanged(_, Some(_)))), "{again:?}");
    }
    let dearer = "CAP,Capacitor,,frs,10,95,3,6,,12\n";
    let kept = lines(dearer, std::slice::from_ref(&made), false);
    assert_eq!(kept[0].outcome, Ok(ItemOutcome::Kept(made.id.clone())));
    let updated = lines(dearer, &[made], true);
    assert_eq!(item(&updated[0]).offers[0].prices[0].pack_cents, 9_500);
}

#[test]
fn one_bad_line_is_told_by_its_column_and_loses_nothing_else() {
    let rows = ",No number,,,,,,,,\n\
        A,Good,,,,,,,,\n\
        B,,,,,,,,,\n\
        C,Cap,,Nobody,1,5,3,,,\n\
        D,Cap,,frs,ten,5,3,,,\n\
        E,Cap,,frs,1,a lot,3,,,\n\
        F,Cap,,frs,1,,3,,,\n\
        G,Cap,,frs,1,5,,,,\n\
        H,Cap,,frs,0,5,3,,,\n\
        I,Cap,,,,,,,the moon,\n\
        J,Cap,,,,,,-1,,\n\
        K,Cap,,,,5,,,,\n\
        ~,Cap,,,,,,,,\n\
        L,Good,,,,,,,,,too,many\n\
        M,Good,,,,,,,,\n";
    let found = lines(rows, &[], false);
    let told: Vec<(u64, &str)> =
        found.iter().map(|line| (line.line, line.outcome.as_ref().err().map_or("", field_of))).collect();
    let expected = [
        (2, "SKU"),
        (3, ""),
        (4, "Name"),
        (5, "Supplier"),
        (6, "Pack size"),
        (7, "Cost"),
        (8, "Cost"),
        (9, "Lead days"),
        (10, "Pack size"),
        (11, "Place"),
        (12, "Reorder point"),
        (13, "Supplier"),
        (14, "SKU"),
        (15, "csv"),
        (16, ""),
    ];
    assert_eq!(told, expected);
    let Err(Failure::Rejected { message, .. }) = &found[3].outcome else { panic!("{found:?}") };
    assert!(message.contains("Front Range Supply"), "it says what to write: {message}");
}

#[test]
fn two_numbers_that_read_alike_are_two_items() {
    let found = lines("CAP 1,One,,,,,,,,\nCAP/1,Two,,,,,,,,\nCAP-1,Three,,,,,,,,\n", &[], false);
    let ids: Vec<&str> = found.iter().map(|line| item(line).id.as_str()).collect();
    assert_eq!(ids, ["cap-1", "cap-1-2", "cap-1-3"]);
}

#[test]
fn a_file_that_cannot_be_read_as_a_whole_is_refused() {
    let field =
        |csv: &str, mapping: &ItemMapping| field_of(&lines_of(csv, mapping, &[], false).unwrap_err()).to_owned();
    assert_eq!(field("", &ItemMapping::default()), "csv");
    assert_eq!(field("Name\nCap\n", &ItemMapping::default()), "mapping.sku");
    assert_eq!(field(HEAD, &ItemMapping { name: Some("What".to_owned()), ..mapping() }), "mapping.name");
    let long = format!("{HEAD}{}", "A,B,,,,,,,,\n".repeat(MAX_IMPORT_LINES + 1));
    assert_eq!(field(&long, &mapping()), "csv");
    let semicolons = lines_of("sku;name\nA;Cap\n", &ItemMapping::default(), &[], false).unwrap();
    assert_eq!(item(&semicolons[0]).name, "Cap");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_file_makes_reading_it_panic_and_every_item_of_it_can_be_kept(csv in "(SKU|a|,|\n|\"|;|[0-9]|frs|é|~){0,120}") {
        let csv = format!("{HEAD}{csv}");
        for line in lines_of(&csv, &mapping(), &[], true).unwrap() {
            if let Ok(ItemOutcome::Made(item, _) | ItemOutcome::Updated(item, _)) = line.outcome {
                let places = crate::inventory::Places::default();
                prop_assert_eq!(item.validate(&roofer(), &suppliers(), &places), Ok(()));
            }
        }
    }
}
