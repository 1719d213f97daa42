use super::*;

#[test]
fn what_customers_text_in_french() {
    check(&[
        (HVAC, "la clim ne refroidit plus", &["Air conditioning repair"]),
        (HVAC, "ma chaudière est en panne", &["Heating repair"]),
        (HVAC, "un entretien annuel svp", &["Seasonal tune-up"]),
        (GARAGE, "mes freins grincent", &["Brake repair"]),
        (GARAGE, "je voudrais une vidange", &["Oil change"]),
        (GARAGE, "changer les pneus", &["Tire mounting"]),
        (GARAGE, "vidange et plaquettes de frein", &["Oil change", "Brake repair"]),
        (GARAGE, "le voyant moteur est allumé", &["Engine diagnostic"]),
        (GARAGE, "contrôle technique possible mardi ?", &["State inspection"]),
        (ROOFER, "le toit fuit", &["Roof repair"]),
        (ROOFER, "refaire la toiture", &["Roof replacement"]),
        (PLUMBER, "l'évier est bouché", &["Drain cleaning"]),
        (PLUMBER, "plus d'eau chaude depuis hier", &["Water heater"]),
        (ELECTRICIAN, "le disjoncteur saute", &["Panel upgrade"]),
        (DENTIST, "j'ai mal à une dent", &["Emergency visit"]),
        (DENTIST, "un détartrage", &["Exam and cleaning"]),
        (DENTIST, "ma couronne et un blanchiment", &["Crown", "Whitening"]),
        (TINT, "faire teinter les vitres", &["Window tint"]),
        (SALON, "une coupe et un balayage", &["Haircut", "Highlights"]),
        (SALON, "une coloration racines", &["Hair color"]),
        (BEAUTY, "un massage relaxant", &["Massage"]),
        (BEAUTY, "soin du visage et manucure", &["Facial", "Manicure"]),
        (CLEANER, "faire nettoyer mon appartement", &["House cleaning"]),
        (GARDENER, "tondre la pelouse et tailler la haie", &["Lawn mowing", "Hedge trimming"]),
        (PEST, "on a des souris", &["Rodent control"]),
        (PEST, "punaises de lit", &["Bed bug treatment"]),
        (HOTEL, "une chambre avec petit déjeuner", &["Double room", "Breakfast"]),
        (GARAGE, "bonjour c'est bien le garage ?", &[]),
    ]);
}

#[test]
fn everyday_words_and_several_wishes_in_french() {
    check(&[
        (DENTIST, "j'ai super mal aux dents depuis hier", &["Emergency visit"]),
        (DENTIST, "rage de dents depuis ce matin", &["Emergency visit"]),
        (GARAGE, "un voyant moteur s'est allumé", &["Engine diagnostic"]),
        (GARAGE, "bruit bizarre quand je freine", &["Brake repair", "Engine diagnostic"]),
        (ROOFER, "tache d'eau au plafond", &["Roof repair"]),
        (ROOFER, "il manque des tuiles", &["Roof repair"]),
        (ROOFER, "on voudrait un toit neuf", &["Roof replacement"]),
        (HVAC, "entretien de la clim", &["Seasonal tune-up"]),
        (INN, "une table pour deux demain", &["Dinner"]),
        (BARBER, "une coupe homme", &["Men's cut"]),
        (BARBER, "coupe femme", &["Women's cut"]),
        (TINT, "teinter les vitres", &["Window tint"]),
    ]);
}
