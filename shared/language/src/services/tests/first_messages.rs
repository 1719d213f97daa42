//! What people write first, who do not know what the work is called.

use super::super::Sought;
use super::*;

const ROOFS: Shop = ("roofing", &["Roof inspection", "Roof repair", "Roof replacement"]);

#[test]
fn first_messages_in_english() {
    check(&[
        (
            ROOFS,
            "hail storm yesterday, neighbor says my roof got hit, can someone look at it",
            &["Roof inspection", "Roof repair"],
        ),
        (ROOFS, "shingles all over the yard", &["Roof repair"]),
        (ROOFS, "storm took off part of the roof", &["Roof repair"]),
        (ROOFS, "insurance wants someone to look at the roof", &["Roof inspection"]),
        (ROOFER, "my roof got hit by hail", &["Roof repair"]),
        (ROOFER, "a branch came through the roof", &["Roof repair"]),
        (GARAGE, "car is making a grinding sound when i slow down", &["Brake repair"]),
        (GARAGE, "pedal goes almost all the way to the floor", &["Brake repair"]),
        (GARAGE, "car wont turn over this morning", &["Engine diagnostic"]),
        (GARAGE, "temp gauge is in the red", &["Engine diagnostic"]),
        (GARAGE, "theres a puddle of oil under my car", &["Engine diagnostic"]),
        (GARAGE, "its been 6000 miles since my last service", &["Oil change"]),
        (GARAGE, "my sticker runs out this month", &["State inspection"]),
        (GARAGE, "it jerks and loses power going up hills", &["Engine diagnostic"]),
        (GARAGE, "tread is pretty much gone", &["Tire mounting"]),
        (GARAGE, "failed emissions last week", &["State inspection"]),
        (DENTIST, "half my tooth just came off", &["Emergency visit"]),
        (DENTIST, "theres a lump on my gum", &["Emergency visit"]),
        (DENTIST, "hurts when i bite down", &["Emergency visit"]),
        (DENTIST, "its been like 3 years since i saw a dentist", &["Exam and cleaning"]),
        (DENTIST, "my gums bleed when i brush", &["Exam and cleaning"]),
        (DENTIST, "food gets stuck in a hole in my tooth", &["Filling"]),
        (DENTIST, "my cap popped off", &["Crown"]),
        (DENTIST, "teeth are kinda stained from coffee", &["Whitening"]),
        (DENTIST, "i lost a tooth playing hockey", &["Emergency visit"]),
        (DENTIST, "missing two teeth on top", &["Dental implant"]),
        (SALON, "just need a little off the ends", &["Haircut"]),
        (SALON, "my grays are showing", &["Hair color"]),
        (SALON, "some lighter pieces around my face", &["Highlights"]),
        (SALON, "i did box dye and its bad", &["Hair color"]),
        (SALON, "line up and my beard cleaned up", &["Haircut", "Beard trim"]),
        (SALON, "want to go short, like a bob", &["Haircut"]),
        (SALON, "can you take off like 2 inches", &["Haircut"]),
        (SALON, "thinking of going red", &["Hair color"]),
        (SALON, "my bangs are in my eyes", &["Haircut"]),
        (SALON, "it turned out brassy", &["Hair color"]),
        (PHYSIO, "my back is stiff from lifting boxes", &["Physiotherapy"]),
        (PHYSIO, "rolled my ankle playing soccer", &["Physiotherapy"]),
        (PHYSIO, "cant lift my arm over my head", &["Physiotherapy"]),
        (PHYSIO, "woke up with a stiff neck", &["Physiotherapy"]),
        (PHYSIO, "had a knee replacement 3 weeks ago", &["Physiotherapy"]),
        (PHYSIO, "whiplash from a crash last week", &["Physiotherapy"]),
        (PHYSIO, "slipped disc, doctor said to call", &["Physiotherapy"]),
        (PHYSIO, "need exercises for my hip", &["Physiotherapy"]),
        (PHYSIO, "me and my husband, we keep fighting", &["Couples therapy"]),
        (PHYSIO, "legs are dead after the marathon", &["Sports massage"]),
        (HOTEL, "any vacancies tonight", &["Double room"]),
        (HOTEL, "passing through saturday, need a bed", &["Double room"]),
        (HOTEL, "can we spend the night saturday", &["Double room"]),
        (HOTEL, "2 adults 1 kid", &["Double room"]),
        (HOTEL, "looking for somewhere to sleep", &["Double room"]),
        (HOTEL, "do u guys do food in the mornings", &["Breakfast"]),
        (HOTEL, "our flight lands at 11pm", &["Airport transfer"]),
        (HOTEL, "can you pick us up", &["Airport transfer"]),
        (HOTEL, "is it ok to stay in the room until 2", &["Late check-out"]),
        (HOTEL, "can we keep the room a bit longer", &["Late check-out"]),
        (HVAC, "it just blows room temperature", &["Air conditioning repair"]),
        (HVAC, "upstairs is so hot we cant sleep", &["Air conditioning repair"]),
        (HVAC, "unit outside is frozen over", &["Air conditioning repair"]),
        (HVAC, "woke up to a cold house", &["Heating repair"]),
        (HVAC, "heat isnt coming on", &["Heating repair"]),
        (HVAC, "no heat since last night and it's freezing", &["Heating repair"]),
        (HVAC, "house is 55 degrees and i have a newborn", &["Heating repair"]),
        (HVAC, "our unit is like 20 years old and on its last legs", &["New system"]),
        (HVAC, "dust blowing out of the vents", &["Duct cleaning"]),
        (HVAC, "want it checked before winter hits", &["Seasonal tune-up"]),
        (TINT, "sun is killing me on my commute", &["Window tint"]),
        (TINT, "want my truck blacked out", &["Window tint"]),
        (TINT, "need the back windows darker", &["Window tint"]),
        (TINT, "baby gets the sun in her eyes", &["Window tint"]),
        (TINT, "windows are peeling and purple", &["Tint removal"]),
        (TINT, "got a ticket for my windows", &["Tint removal"]),
        (TINT, "water doesnt bead anymore", &["Ceramic coating"]),
        (TINT, "just want to keep the paint nice", &["Ceramic coating"]),
        (TINT, "kid threw up in my car", &["Full detail"]),
        (TINT, "inside is totally trashed", &["Full detail"]),
    ]);
}

#[test]
fn first_messages_in_spanish() {
    check(&[
        (ROOFS, "hay tejas por todo el patio", &["Roof repair"]),
        (ROOFS, "la tormenta se llevó parte del techo", &["Roof repair"]),
        (ROOFS, "el seguro quiere que alguien vea el techo", &["Roof inspection"]),
        (GARAGE, "hace ruido al frenar", &["Brake repair"]),
        (GARAGE, "no quiere arrancar", &["Engine diagnostic"]),
        (DENTIST, "me molesta un poco al masticar", &["Emergency visit"]),
        (DENTIST, "me sangran las encías", &["Exam and cleaning"]),
        (SALON, "tapar las canas", &["Hair color"]),
        (PHYSIO, "me torcí el tobillo", &["Physiotherapy"]),
        (HOTEL, "es para pasar la noche del sábado", &["Double room"]),
        (HVAC, "hace frío en casa", &["Heating repair"]),
        (TINT, "salieron burbujas en los vidrios", &["Tint removal"]),
    ]);
}

#[test]
fn first_messages_in_french() {
    check(&[
        (ROOFS, "il y a des tuiles dans le jardin", &["Roof repair"]),
        (ROOFS, "la tempête a emporté une partie du toit", &["Roof repair"]),
        (ROOFS, "l'assurance veut quelqu'un pour regarder le toit", &["Roof inspection"]),
        (GARAGE, "ça grince quand je freine", &["Brake repair"]),
        (GARAGE, "elle perd de l'huile", &["Engine diagnostic"]),
        (DENTIST, "ça me gêne quand je mâche", &["Emergency visit"]),
        (DENTIST, "mes gencives saignent", &["Exam and cleaning"]),
        (SALON, "rafraîchir un peu", &["Haircut"]),
        (PHYSIO, "j'ai le dos bloqué", &["Physiotherapy"]),
        (HOTEL, "on cherche à dormir samedi", &["Double room"]),
        (HVAC, "il fait très froid dans la maison", &["Heating repair"]),
        (TINT, "des bulles sur les vitres", &["Tint removal"]),
    ]);
}

#[test]
fn first_messages_in_german() {
    check(&[
        (ROOFS, "Ziegel liegen im Garten", &["Roof repair"]),
        (ROOFS, "ein Teil vom Dach ist weg", &["Roof repair"]),
        (ROOFS, "die Versicherung will dass jemand das Dach ansieht", &["Roof inspection"]),
        (GARAGE, "es quietscht beim Bremsen", &["Brake repair"]),
        (GARAGE, "er ruckelt und verliert Leistung", &["Engine diagnostic"]),
        (DENTIST, "es stört beim Kauen", &["Emergency visit"]),
        (DENTIST, "mein Zahnfleisch blutet", &["Exam and cleaning"]),
        (SALON, "an den Seiten kürzer bitte", &["Haircut"]),
        (PHYSIO, "bin umgeknickt", &["Physiotherapy"]),
        (HOTEL, "noch was frei für eine Nacht?", &["Double room"]),
        (HVAC, "es ist kalt in der Wohnung", &["Heating repair"]),
        (TINT, "da sind Blasen in der Folie", &["Tint removal"]),
    ]);
}

#[test]
fn first_messages_in_portuguese() {
    check(&[
        (ROOFS, "há telhas no quintal", &["Roof repair"]),
        (ROOFS, "o vento levou parte do telhado", &["Roof repair"]),
        (ROOFS, "o seguro quer alguém para ver o telhado", &["Roof inspection"]),
        (GARAGE, "faz barulho ao frear", &["Brake repair"]),
        (GARAGE, "está a perder óleo e não quer pegar", &["Engine diagnostic"]),
        (DENTIST, "incomoda um pouco ao mastigar", &["Emergency visit"]),
        (DENTIST, "a gengiva sangra", &["Exam and cleaning"]),
        (SALON, "queria aparar", &["Haircut"]),
        (PHYSIO, "torci o pé", &["Physiotherapy"]),
        (HOTEL, "preciso de um lugar para dormir", &["Double room"]),
        (HVAC, "está frio em casa", &["Heating repair"]),
        (TINT, "os vidros têm bolhas", &["Tint removal"]),
    ]);
}

#[test]
fn what_is_certain_and_what_is_unclear_stand_beside_each_other() {
    let salon: Shop = ("coiffure", &["Coupe femme", "Coupe homme", "Couleur"]);
    let barber: Shop = ("hair salon", &["Women's cut", "Men's cut", "Hair color"]);
    check(&[
        (salon, "une couleur et une coupe", &["Couleur", "?Coupe femme", "?Coupe homme"]),
        (salon, "une coupe femme et une couleur", &["Couleur", "Coupe femme"]),
        (barber, "color and a cut please", &["Hair color", "?Women's cut", "?Men's cut"]),
        (GARAGE, "an oil change and something for the tires", &["Oil change", "?Tire mounting", "?Tire rotation"]),
    ]);
}

#[test]
fn what_sounds_like_need_and_is_none() {
    check(&[
        (SALON, "hi this is Bob", &[]),
        (INN, "a table for three of us", &["Dinner"]),
        (INN, "Tisch für vier Personen", &["Dinner"]),
        (INN, "una mesa, somos cuatro", &["Dinner"]),
        (INN, "une table, on est quatre", &["Dinner"]),
        (INN, "uma mesa para três pessoas", &["Dinner"]),
        (GARAGE, "my brakes make a noise when i stop", &["Brake repair"]),
        (DENTIST, "are you taking new patients", &[]),
        (HVAC, "my ac unit is freezing up", &["Air conditioning repair"]),
        (ROOFS, "do you work when it rains", &[]),
        (PHYSIO, "i lift weights at your gym", &[]),
        (TINT, "are you open when the sun is out", &[]),
    ]);
}

#[test]
fn who_looks_for_a_business_of_the_trade_and_says_no_more_is_told_from_who_needs_something() {
    let sought = |(trade, offers): Shop, text: &str| {
        Catalogue::new(trade, "Corner", offers.iter().map(|name| Offer { name, keywords: &[] })).sought(text)
    };
    for (shop, text) in [
        (SALON, "I'm looking for a salon"),
        (SALON, "I want to find a unisex salon in Denver"),
        (GARAGE, "looking for an auto repair shop near me"),
        (DENTIST, "hi, I need a good dentist near Lakewood"),
        (SALON, "Busco una peluquería cerca de Sol"),
        (DENTIST, "necesito un dentista"),
        (DENTIST, "Bonjour, je cherche un dentiste"),
        (SALON, "Ich suche einen Friseur in der Nähe"),
        (DENTIST, "Preciso de um dentista"),
    ] {
        assert_eq!(sought(shop, text), Some(Sought::Plainly), "{text}");
    }
    for (shop, text) in [
        (GARAGE, "looking for an auto repair shop that opens early"),
        (DENTIST, "I'm looking for a dentist that takes Delta Dental"),
        (SALON, "busco una peluquería que haga trenzas africanas"),
        (SALON, "Ich suche einen Friseur mit Parkplatz"),
    ] {
        assert_eq!(sought(shop, text), Some(Sought::WithMore), "{text}");
    }
    for (shop, text) in [
        (DENTIST, "I need a tooth pulled"),
        (DENTIST, "I need a dentist appointment for my crown"),
        (GARAGE, "I need a mechanic my car makes a noise"),
        (GARAGE, "my car is looking for trouble"),
        (SALON, "I need a haircut"),
        (ROOFER, "looking for a dentist"),
        (DENTIST, "Ich brauche einen Zahnarzttermin"),
    ] {
        assert_eq!(sought(shop, text), None, "{text}");
    }
}
