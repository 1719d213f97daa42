use super::*;
use dates::{LastQuestion, Today};
use jiff::civil::date;

/// Thursday at 9, 11:30 and 15:00, offered on the Tuesday before.
fn picked(text: &str, code: &str) -> Option<usize> {
    let day = date(2026, 12, 3);
    let offered = [day.at(9, 0, 0, 0), day.at(11, 30, 0, 0), day.at(15, 0, 0, 0)];
    let today = Today { now: date(2026, 12, 1).at(10, 0, 0, 0), month_first: true, asked: LastQuestion::When };
    let said = dates::read_best(text, dates::Language::from_code(code).unwrap(), &today);
    pick(text, &Language::new(code).unwrap(), said.as_ref(), &offered)
}

#[test]
fn an_offered_time_is_taken_by_its_hour_its_place_or_any_of_them() {
    for (text, code, index) in [
        ("11:30", "en", Some(1)),
        ("3", "en", Some(2)),
        ("the second", "en", Some(1)),
        ("The last one, please", "en", Some(2)),
        ("the earliest", "en", Some(0)),
        ("either is fine", "en", Some(0)),
        ("in the afternoon", "en", Some(2)),
        ("Thursday at 9 works", "en", Some(0)),
        ("la segunda", "es", Some(1)),
        ("a las tres", "es", Some(2)),
        ("le deuxième", "fr", Some(1)),
        ("11h30 c'est bien", "fr", Some(1)),
        ("der zweite passt", "de", Some(1)),
        ("ok the 2nd one", "en", Some(1)),
        ("le 2eme", "fr", Some(1)),
        ("um 15 Uhr", "de", Some(2)),
        ("o segundo", "pt", Some(1)),
        ("a segunda opção", "pt", Some(1)),
        ("I think the second one would be best for us", "en", Some(1)),
        ("the 3rd one works", "en", Some(2)),
        ("às 9h", "pt", Some(0)),
        ("the 3 one", "en", Some(2)),
        ("the 9 one please", "en", Some(0)),
        ("the 3 pm one", "en", Some(2)),
    ] {
        assert_eq!(picked(text, code), index, "{text}");
    }
}

#[test]
fn of_two_the_other_is_the_second() {
    let offered = [date(2026, 12, 7).at(9, 0, 0, 0), date(2026, 12, 8).at(9, 0, 0, 0)];
    let picked =
        |text: &str, code: &str, offered: &[DateTime]| pick(text, &Language::new(code).unwrap(), None, offered);
    for (text, code) in [
        ("the other one", "en"),
        ("la otra por favor", "es"),
        ("plutôt l'autre", "fr"),
        ("den anderen bitte", "de"),
        ("o outro", "pt"),
    ] {
        assert_eq!(picked(text, code, &offered), Some(1), "{text}");
        assert_eq!(picked(text, code, offered.get(..1).unwrap()), None, "{text}");
    }
    for (text, code) in [("l'autre jour", "fr"), ("la otra hora", "es"), ("the other guy said so", "en")] {
        assert_eq!(picked(text, code, &offered), None, "{text}");
    }
}

#[test]
fn what_takes_none_of_them_picks_none() {
    for (text, code) in [
        ("neither, Friday?", "en"),
        ("Friday", "en"),
        ("4:30", "en"),
        ("in the morning", "en"),
        ("how much is it?", "en"),
        ("segunda-feira", "pt"),
        ("keiner passt", "de"),
        ("aucun", "fr"),
        ("", "en"),
        ("the seventh one", "en"),
        ("la sixième", "fr"),
        ("la sexta opción", "es"),
        ("der achte Termin", "de"),
        ("a sexta opção", "pt"),
        ("12 Main St, 2nd floor", "en"),
        ("Apartment number 1", "en"),
        ("I live at number 2", "en"),
        ("it's for my 2nd car", "en"),
        ("this is my 3rd visit", "en"),
        ("the number 1 thing is price", "en"),
        ("The 3rd works", "en"),
        ("the 4 one", "en"),
        ("2e étage, porte gauche", "fr"),
        ("1er étage", "fr"),
        ("c'est ma 3e séance", "fr"),
        ("vivo en el 2do piso", "es"),
    ] {
        assert_eq!(picked(text, code), None, "{text}");
    }
}
