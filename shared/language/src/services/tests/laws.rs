use super::*;
use crate::services::data::TABLE;
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn what_the_trade_does_and_the_business_does_not_is_said_in_the_customers_language() {
    for (shop, text, label) in [
        (TINT, "do you do windshields? windshield replacement", "windshield replacement"),
        (DENTIST, "do you do braces", "clear aligners"),
        (DENTIST, "¿hacen ortodoncia?", "ortodoncia"),
        (GARAGE, "faites-vous le pare-brise ?", "pare brise"),
        (SALON, "machen Sie auch Dauerwelle?", "Dauerwelle"),
        (PLUMBER, "vocês instalam tomada?", "tomada"),
    ] {
        assert_eq!(read(shop, text).not_offered, [label], "{text}");
    }
    for (shop, text) in
        [(DENTIST, "oil change"), (GARAGE, "how are the brakes"), (ROOFER, "hello"), (GARAGE, "new tires")]
    {
        assert!(read(shop, text).not_offered.is_empty(), "{text}");
    }
}

#[test]
fn a_name_of_the_business_decides_nothing() {
    let offers = ["Hair test", "Auto polish"].map(|name| Offer { name, keywords: &[] });
    let catalogue = Catalogue::new("hair", "Auto Test Hair", offers);
    assert_eq!(catalogue.read("is this auto test hair"), Mentions::default());
    assert_eq!(catalogue.read("a hair test please").offered, [0]);
}

#[test]
fn keywords_name_an_offer_and_the_fuller_name_wins() {
    let keywords = ["cleaning".to_owned(), "Zahnreinigung".to_owned()];
    let offers = [Offer { name: "Prophylaxe", keywords: &keywords }, Offer { name: "Deep cleaning", keywords: &[] }];
    let catalogue = Catalogue::new("dental", "Alamo", offers);
    assert_eq!(catalogue.read("deep cleaning").offered, [1]);
    assert_eq!(catalogue.read("eine zahnreinigung").offered, [0]);
}

#[test]
fn every_concept_has_a_plain_name_in_every_language() {
    let concepts: BTreeSet<&str> = TABLE.lexicon.keys().iter().copied().filter(|key| key.contains('.')).collect();
    assert!(concepts.len() > 140, "{}", concepts.len());
    for file in crate::services::data::FILES {
        for key in &concepts {
            let line = file.lines().find(|line| line.split(':').next() == Some(*key));
            let name = line.and_then(|line| line.split_once(':')?.1.split([',', ';']).next());
            let is_plain =
                name.is_some_and(|name| !name.trim().is_empty() && !name.contains(['*', '|', '.', '(', '=']));
            assert!(is_plain, "{key}: {name:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_index_is_an_offers(text in "\\PC{0,300}", name in "\\PC{0,40}", trade in "\\PC{0,20}") {
        let offers = [name.as_str(), "Brake repair"].map(|name| Offer { name, keywords: &[] });
        let read = Catalogue::new(&trade, &name, offers).read(&text);
        prop_assert!(read.offered.iter().chain(&read.unclear).all(|offer| *offer < 2));
        prop_assert!(!read.offered.iter().any(|offer| read.unclear.contains(offer)));
    }
}

#[test]
fn what_is_refused_is_named_apart() {
    let shop = ("physiotherapy", &["Manual therapy", "Massage", "Lymph drainage"][..]);
    for (text, offered, refused) in [
        ("manual therapy thursday, no massage", &[0][..], &[1][..]),
        ("manual therapy and massage", &[0, 1], &[]),
        ("skip the massage", &[], &[1]),
        ("a massage is not needed", &[], &[1]),
        ("el masaje no", &[], &[1]),
        ("sin masaje", &[], &[1]),
        ("enlevez le massage", &[], &[1]),
        ("ohne Massage bitte, lieber Lymphdrainage", &[2], &[1]),
        ("pas de massage", &[], &[1]),
        ("a massagem não", &[], &[1]),
        ("no, a massage please", &[1], &[]),
        ("is there no earlier massage?", &[1], &[]),
        ("this is my third message", &[], &[]),
    ] {
        let read = read(shop, text);
        let sorted = |mut list: Vec<usize>| {
            list.sort_unstable();
            list
        };
        assert_eq!((sorted(read.offered).as_slice(), read.refused.as_slice()), (offered, refused), "{text}");
    }
}

#[test]
fn a_word_of_every_day_is_no_slip_and_no_part_of_a_keyword() {
    let hvac = ("hvac", &["AC not cooling", "Tune-up"][..]);
    for text in ["not friday", "not before 10", "do you service Scottsdale"] {
        assert!(read(hvac, text).offered.is_empty(), "{text}");
    }
    let garage = ("auto repair", &["Battery", "Oil change"][..]);
    assert!(read(garage, "10 would be better").offered.is_empty());
    let tires = ("auto repair", &["Tires", "Brakes"][..]);
    assert_eq!(read(tires, "tires and brakes, they are quite worn").offered.len(), 2);
    assert_eq!(read(garage, "my batery is dead").offered, [0]);
    assert_eq!(read(hvac, "the ac needs a tuneup").offered.len(), 2);
    let tint = ("auto tint", &["Window tint", "Tint removal"][..]);
    assert_eq!(read(tint, "tint removal and new window tint").offered.len(), 2);
    let gutters = ("roofing", &["Gutter cleaning"][..]);
    assert!(read(gutters, "do you install gutters").offered.is_empty());
    assert_eq!(read(gutters, "my gutters are full").offered, [0]);
}
