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

#[test]
fn everyday_words_and_several_wishes_in_german() {
    check(&[
        (DENTIST, "ich brauche einen Kontrolltermin", &["Exam and cleaning"]),
        (DENTIST, "mir ist ein Zahn abgebrochen", &["Emergency visit"]),
        (GARAGE, "eine Warnleuchte ist an", &["Engine diagnostic"]),
        (GARAGE, "komisches Geräusch beim Fahren", &["Engine diagnostic"]),
        (ROOFER, "bei uns tropft es durchs Dach", &["Roof repair"]),
        (ROOFER, "Wasserfleck an der Decke", &["Roof repair"]),
        (ROOFER, "Ziegel sind vom Dach gefallen", &["Roof repair"]),
        (HVAC, "eine Wartung für die Klimaanlage", &["Seasonal tune-up"]),
        (HVAC, "Lüftungskanäle reinigen", &["Duct cleaning"]),
        (TINT, "was kostet es die Scheiben zu tönen", &["Window tint"]),
        (TINT, "alte Folie entfernen", &["Tint removal"]),
        (INN, "einen Tisch für zwei bitte", &["Dinner"]),
        (BARBER, "ich bräuchte einen Damenhaarschnitt", &["Women's cut"]),
        (BARBER, "Herrenhaarschnitt bitte", &["Men's cut"]),
    ]);
}
