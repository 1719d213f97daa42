use super::*;

#[test]
fn what_customers_text_in_german() {
    check(&[
        (DENTIST, "Zahn abgebrochen", &["Emergency visit"]),
        (DENTIST, "hätte gern eine Zahnreinigung", &["Exam and cleaning"]),
        (DENTIST, "was kostet ein Bleaching", &["Whitening"]),
        (DENTIST, "Füllung und Krone", &["Filling", "Crown"]),
        (GARAGE, "die Bremsen quietschen", &["Brake repair"]),
        (GARAGE, "Ölwechsel und TÜV bitte", &["Oil change", "State inspection"]),
        (GARAGE, "reifen wechseln", &["Tire mounting"]),
        (GARAGE, "Motorleuchte ist an", &["Engine diagnostic"]),
        (GARAGE, "hallo sind sie die autowerkstatt", &[]),
        (ROOFER, "das Dach ist undicht", &["Roof repair"]),
        (ROOFER, "wir brauchen ein neues Dach", &["Roof replacement"]),
        (ROOFER, "Dachrinne verstopft", &["Gutter cleaning"]),
        (HVAC, "die Klima kühlt nicht mehr", &["Air conditioning repair"]),
        (HVAC, "heizung kaputt", &["Heating repair"]),
        (PLUMBER, "Abfluss verstopft", &["Drain cleaning"]),
        (PLUMBER, "kein warmes Wasser", &["Water heater"]),
        (ELECTRICIAN, "Steckdose geht nicht", &["Outlets"]),
        (ELECTRICIAN, "das Licht flackert", &["Lighting"]),
        (TINT, "ich will die Scheiben tönen lassen, Scheibentönung", &["Window tint"]),
        (SALON, "Haarschnitt und Strähnchen Strähnen", &["Haircut", "Highlights"]),
        (SALON, "Ansatz färben", &["Hair color"]),
        (BEAUTY, "Maniküre am Freitag", &["Manicure"]),
        (BEAUTY, "ich bin total verspannt, Massage", &["Massage"]),
        (CLEANER, "suche Putzfrau für die Wohnung", &["House cleaning"]),
        (GARDENER, "Rasen mähen und Hecke schneiden", &["Lawn mowing", "Hedge trimming"]),
        (PEST, "wir haben Mäuse im Keller", &["Rodent control"]),
        (HOTEL, "Doppelzimmer mit Frühstück", &["Double room", "Breakfast"]),
        (PHYSIO, "ich habe Rückenschmerzen", &["Physiotherapy"]),
    ]);
}
