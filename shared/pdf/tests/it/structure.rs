//! What a reader that speaks or reflows finds: PDF/UA-1.

use crate::samples::order;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Name, Object, Stream};
use pdf::{Language, OrderDocument, purchase_order};
use std::collections::BTreeMap;

/// The order's file in a language; 40 lines are three pages.
fn made(language: Language) -> Vec<u8> {
    purchase_order(&OrderDocument { language, ..order(40) }).unwrap()
}

fn name(dict: &Dict<'_>, key: &str) -> String {
    dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned()).unwrap_or_default()
}

fn string(dict: &Dict<'_>, key: &str) -> String {
    let text = dict.get::<hayro_syntax::object::String<'_>>(key).unwrap();
    String::from_utf8(text.as_bytes().to_vec()).unwrap()
}

/// The dictionaries of a file.
fn dicts<'a>(pdf: &'a Pdf) -> Vec<Dict<'a>> {
    let dicts = pdf.objects().into_iter().filter_map(|object| match object {
        Object::Dict(dict) => Some(dict),
        _ => None,
    });
    dicts.collect()
}

#[test]
fn the_file_says_that_it_is_tagged_its_language_and_its_title() {
    for (language, code) in Language::ALL.into_iter().zip(["en", "es", "fr", "de", "pt"]) {
        let pdf = Pdf::new(made(language)).unwrap();
        let all = dicts(&pdf);
        let catalog = all.iter().find(|dict| name(dict, "Type") == "Catalog").unwrap();
        assert_eq!(string(catalog, "Lang"), code);
        assert_eq!(catalog.get::<Dict<'_>>("MarkInfo").unwrap().get::<bool>("Marked"), Some(true));
        let shown = catalog.get::<Dict<'_>>("ViewerPreferences").unwrap().get::<bool>("DisplayDocTitle");
        assert_eq!(shown, Some(true));
        assert!(catalog.contains_key("StructTreeRoot"));
        let metadata = catalog.get::<Stream<'_>>("Metadata").unwrap().decoded().unwrap();
        let metadata = String::from_utf8(metadata.into_owned()).unwrap();
        assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
        assert!(metadata.contains("PO-2026-0049"), "{metadata}");
    }
}

#[test]
fn the_table_is_a_table_with_heads_and_what_a_page_repeats_is_not_read_twice() {
    let pdf = Pdf::new(made(Language::En)).unwrap();
    assert_eq!(pdf.pages().len(), 3);
    let mut tags: BTreeMap<String, usize> = BTreeMap::new();
    for element in dicts(&pdf).iter().filter(|dict| dict.contains_key("S") && dict.contains_key("P")) {
        *tags.entry(name(element, "S")).or_default() += 1;
    }
    let count = |tag: &str| tags.get(tag).copied().unwrap_or_default();
    assert_eq!((count("Table"), count("THead"), count("TH"), count("TR")), (1, 1, 6, 41), "{tags:?}");
    assert_eq!(count("TD"), 40 * 6);
    // The heading; supplier, address and note.
    assert_eq!((count("H1"), count("H2")), (1, 3));
}

#[test]
fn the_same_order_gives_the_same_bytes_and_another_one_others() {
    let first = made(Language::En);
    // Between them, another document leaves nothing behind.
    let other = made(Language::De);
    assert!(first == made(Language::En), "the bytes differ");
    assert_ne!(first, other);
    let info = String::from_utf8_lossy(&first).into_owned();
    assert!(info.contains("/CreationDate(D:20261130"), "the date is the order's");
}

#[test]
fn the_business_finds_its_colour_on_the_page() {
    // The numbers before an operator that sets a colour to fill with.
    let filled = |pdf: &Pdf| -> Vec<[f64; 3]> {
        let page = String::from_utf8_lossy(pdf.pages()[0].page_stream().unwrap()).into_owned();
        let words: Vec<&str> = page.split_whitespace().collect();
        let sets = words.windows(4).filter(|words| ["rg", "scn", "sc"].contains(&words[3]));
        let numbers = |words: &[&str]| Some([words[0].parse().ok()?, words[1].parse().ok()?, words[2].parse().ok()?]);
        sets.filter_map(numbers).collect()
    };
    let has = |order: &OrderDocument, [red, green, blue]: [u8; 3]| {
        let pdf = Pdf::new(purchase_order(order).unwrap()).unwrap();
        let wanted = [red, green, blue].map(|part| f64::from(part) / 255.0);
        filled(&pdf).iter().any(|found| found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 0.01))
    };
    let own = order(1);
    assert_eq!(own.business.colour.as_deref(), Some("#1A4D8F"));
    assert!(has(&own, [0x1a, 0x4d, 0x8f]));
    let mut green = own.clone();
    green.business.colour = Some("#0B5D1E".to_owned());
    assert!(has(&green, [0x0b, 0x5d, 0x1e]) && !has(&green, [0x1a, 0x4d, 0x8f]));
}
