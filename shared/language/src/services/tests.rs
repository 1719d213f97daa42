//! What customers text, language by language, at shops that call their offers in English or their own language.

use super::{Catalogue, Mentions, Offer};

/// Trade and offers.
pub(super) type Shop = (&'static str, &'static [&'static str]);

pub(super) const ROOFER: Shop = ("roofing", &["Roof repair", "Roof replacement", "Gutter cleaning"]);
pub(super) const HVAC: Shop =
    ("hvac", &["Air conditioning repair", "Heating repair", "Seasonal tune-up", "New system", "Duct cleaning"]);
pub(super) const PLUMBER: Shop = ("plumbing", &["Drain cleaning", "Leak repair", "Water heater", "Sewer line"]);
pub(super) const ELECTRICIAN: Shop = ("electrician", &["Panel upgrade", "Outlets", "Lighting"]);
pub(super) const DENTIST: Shop =
    ("dental", &["Exam and cleaning", "Emergency visit", "Filling", "Crown", "Whitening", "Dental implant"]);
pub(super) const GARAGE: Shop = (
    "auto repair",
    &["Brake repair", "Oil change", "Tire mounting", "Tire rotation", "State inspection", "Engine diagnostic"],
);
pub(super) const TINT: Shop = ("auto tint", &["Window tint", "Tint removal", "Ceramic coating", "Full detail"]);
pub(super) const SALON: Shop = ("hair salon", &["Haircut", "Hair color", "Highlights", "Beard trim"]);
pub(super) const BEAUTY: Shop = ("beauty", &["Manicure", "Pedicure", "Facial", "Massage", "Waxing"]);
pub(super) const CLEANER: Shop =
    ("cleaning", &["House cleaning", "Deep cleaning", "Carpet cleaning", "Window cleaning"]);
pub(super) const GARDENER: Shop = ("landscaping", &["Lawn mowing", "Tree trimming", "Hedge trimming"]);
pub(super) const PEST: Shop =
    ("pest control", &["General pest control", "Rodent control", "Termite treatment", "Bed bug treatment"]);
pub(super) const HOTEL: Shop = ("boutique hotel", &["Double room", "Breakfast", "Airport transfer", "Late check-out"]);
pub(super) const INN: Shop = ("hotel", &["Double room", "Dinner", "Airport transfer"]);
pub(super) const BARBER: Shop = ("hair salon", &["Women's cut", "Men's cut", "Hair color"]);
pub(super) const PETS: Shop = ("pet grooming", &["Full groom", "Bath and brush", "Nail trim"]);
pub(super) const PHYSIO: Shop = ("physiotherapy", &["Physiotherapy", "Sports massage", "Couples therapy"]);

/// What a customer texts, where, and the offers that are named, `?` before those that are unclear.
pub(super) type Row = (Shop, &'static str, &'static [&'static str]);

pub(super) fn read((trade, offers): Shop, text: &str) -> Mentions {
    Catalogue::new(trade, "Corner", offers.iter().map(|name| Offer { name, keywords: &[] })).read(text)
}

pub(super) fn check(rows: &[Row]) {
    let named = |(shop, text, _): &Row| {
        let mentions = read(*shop, text);
        let name = |mark: &str, offer: &usize| format!("{mark}{}", shop.1[*offer]);
        let mut names: Vec<String> = mentions.offered.iter().map(|offer| name("", offer)).collect();
        names.extend(mentions.unclear.iter().map(|offer| name("?", offer)));
        names.sort_unstable();
        names
    };
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let mut expected = row.2.to_vec();
            expected.sort_unstable();
            let found = named(row);
            (found != expected).then(|| format!("{}: {found:?}, not {expected:?}", row.1))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

mod english;
mod first_messages;
mod french;
mod german;
mod laws;
mod portuguese;
mod spanish;

#[test]
fn a_mere_word_of_a_name_counts_beside_something_surer_only_in_a_list() {
    let keyword = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let (dentist, none) = (keyword(&["dentist"]), Vec::new());
    let offers = [
        Offer { name: "Dental checkup", keywords: &dentist },
        Offer { name: "Teeth cleaning", keywords: &none },
        Offer { name: "Ear specialist", keywords: &none },
    ];
    let named = |text: &str| Catalogue::new("health center", "Corner", offers).read(text).offered;
    assert_eq!(named("My teeth are sore since Monday, I want a dentist"), [0]);
    assert_eq!(named("Is there a dentist who specializes in crowns?"), [0]);
    assert_eq!(named("something for my teeth"), [1]);
    assert_eq!(named("dental checkup and teeth"), [0, 1]);
}

#[test]
fn a_month_is_no_mistyped_offer() {
    const INN: Shop = ("hotel", &["Quarto duplo", "Jantar", "Marcha", "Juliana"]);
    for text in
        ["vom 12. bis 15. Januar", "in March", "im Juli", "de janeiro a março", "fin janvier", "a mediados de junio"]
    {
        assert!(read(INN, text).offered.is_empty(), "{text}");
    }
    assert_eq!(read(INN, "queremos jantar").offered, [1]);
}
