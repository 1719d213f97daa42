//! What customers text, language by language, and how it is taken.

use super::Danger::{None as Safe, Now, Soon};
use super::Mood::{Happy, Neutral, Unhappy};
use super::*;
use proptest::prelude::*;

pub(super) fn check(rows: &[(&str, Mood, Danger)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, mood, danger)| (tone(text).mood, tone(text).danger) != (*mood, *danger))
        .map(|(text, mood, danger)| format!("{text}: {:?}, not {mood:?} {danger:?}", tone(text)))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn one_sign_of_an_attack_is_an_everyday_complaint_and_two_or_a_sudden_one_are_not() {
    for text in [
        "I can't move my arm above my shoulder",
        "my arm goes numb when I sleep",
        "no puedo mover el brazo",
        "no puedo controlar la orina desde el parto",
        "je ne peux plus bouger mon bras",
        "não consigo mexer o braço",
        "Das Flachdach kann das Wasser nicht mehr halten",
        "Der Boiler kann das Wasser nicht warm halten",
        "Meine Mutter ist gelähmt, ist die Praxis barrierefrei",
        "Die Straße ist halbseitig gesperrt",
    ] {
        assert_ne!(tone(text).danger, Now, "{text}");
    }
    for text in [
        "suddenly I can't move my arm",
        "my arm is numb and my speech is slurred",
        "de repente no puedo mover el brazo",
        "d'un coup je ne peux plus bouger mon bras",
        "de repente não consigo mexer o braço",
        "plötzlich ist mein Arm taub",
        "beide Beine sind taub und ich kann das Wasser nicht mehr halten",
    ] {
        assert_eq!(tone(text).danger, Now, "{text}");
    }
}

#[test]
fn a_fault_of_what_the_business_did_is_a_complaint() {
    for text in [
        "you tinted my car last week and it is already peeling",
        "the tint you put on is bubbling",
        "your guy fixed the furnace on Monday and it stopped again",
        "la llave que me instalaron gotea",
        "vous m'avez posé une porte et elle ne ferme pas",
        "Sie haben mir letzte Woche den Boiler repariert und er tropft",
        "o ar que vocês instalaram não gela",
    ] {
        assert_eq!(tone(text).mood, Unhappy, "{text}");
    }
    for text in [
        "my kitchen faucet is leaking, can you come?",
        "you fixed my neighbor's roof and she loves it",
        "could you fix what is broken?",
        "can you guys replace a cracked windshield",
        "el calentador no funciona",
        "ma chaudière est en panne",
        "Die Heizung geht nicht",
        "minha geladeira não gela",
    ] {
        assert_ne!(tone(text).mood, Unhappy, "{text}");
    }
    assert!(tone("the wifi in our room is not working").is_faulty && !tone("is the room big?").is_faulty);
}

#[test]
fn what_customers_text_in_english() {
    check(&[
        ("the brake pedal is soft and it smokes", Neutral, Now),
        ("there is water coming through the ceiling light", Neutral, Now),
        ("no heat and we have a baby", Neutral, Now),
        ("it smells like gas in the kitchen", Neutral, Now),
        ("my gums wont stop bleeding after the extraction", Neutral, Now),
        ("I have chest pain and cant breathe", Neutral, Now),
        ("outlet is sparking", Neutral, Now),
        ("how much to fix a gas leak", Neutral, Safe),
        ("no smoke or fire, just a stain", Neutral, Safe),
        ("we had a fire last year and need a new roof", Neutral, Safe),
        ("do you install smoke detectors", Neutral, Safe),
        ("i need new spark plugs", Neutral, Safe),
        ("my tooth hurts", Neutral, Soon),
        ("not urgent, whenever you can", Neutral, Safe),
        ("third time I'm writing", Unhappy, Safe),
        ("STILL WAITING", Unhappy, Safe),
        ("you people never called me back", Unhappy, Safe),
        ("nobody came", Unhappy, Safe),
        ("he was supposed to be here at nine", Unhappy, Safe),
        ("hello? anyone there? i already told you my address", Unhappy, Safe),
        ("I'm not angry at all", Neutral, Safe),
        ("thank you so much, great job", Happy, Safe),
        ("I'd like a haircut on Tuesday at 3", Neutral, Safe),
        ("do you have something later", Neutral, Safe),
    ]);
}

#[test]
fn what_customers_text_in_spanish() {
    check(&[
        ("huele mucho a gas", Neutral, Now),
        ("el pedal del freno se va al fondo", Neutral, Now),
        ("está cayendo agua por la lámpara del techo, sale agua del techo", Neutral, Now),
        ("el enchufe echa chispas", Neutral, Now),
        ("no deja de sangrar la encía", Neutral, Now),
        ("me duele el pecho, dolor en el pecho", Neutral, Now),
        ("cuánto cuesta reparar una fuga de gas", Neutral, Safe),
        ("el año pasado hubo una inundación", Neutral, Safe),
        ("instalan detector de humo?", Neutral, Safe),
        ("me duele una muela", Neutral, Soon),
        ("no es urgente", Neutral, Safe),
        ("nadie vino esta mañana", Unhappy, Safe),
        ("es la tercera vez que escribo", Unhappy, Safe),
        ("sigo esperando la llamada", Unhappy, Safe),
        ("quedaron en llegar a las nueve", Unhappy, Safe),
        ("muchas gracias, excelente trabajo", Happy, Safe),
        ("quisiera una cita el martes", Neutral, Safe),
    ]);
}

#[test]
fn what_customers_text_in_french() {
    check(&[
        ("ça sent le gaz dans la cuisine", Neutral, Now),
        ("la pédale de frein est molle", Neutral, Now),
        ("de l'eau coule du plafond", Neutral, Now),
        ("il y a des étincelles à la prise", Neutral, Now),
        ("plus de chauffage et on a un bébé", Neutral, Now),
        ("j'ai une douleur à la poitrine", Neutral, Now),
        ("combien pour réparer une fuite de gaz", Neutral, Safe),
        ("l'année dernière on a eu un incendie", Neutral, Safe),
        ("vous installez des détecteurs de fumée", Neutral, Safe),
        ("j'ai mal à une dent", Neutral, Soon),
        ("ce n'est pas urgent", Neutral, Safe),
        ("personne n'est venu ce matin", Unhappy, Safe),
        ("c'est la troisième fois que j'écris", Unhappy, Safe),
        ("j'attends toujours votre appel", Unhappy, Safe),
        ("vous deviez passer à neuf heures", Unhappy, Safe),
        ("merci beaucoup, c'est parfait", Happy, Safe),
        ("je voudrais une coupe mardi", Neutral, Safe),
    ]);
}

#[test]
fn what_customers_text_in_german() {
    check(&[
        ("es riecht stark nach Gas", Neutral, Now),
        ("das Bremspedal ist weich und es qualmt", Neutral, Now),
        ("Wasser kommt durch die Lampe", Neutral, Now),
        ("aus der Steckdose kommen Funken", Neutral, Now),
        ("die Heizung ist ausgefallen, wir haben ein Baby", Neutral, Now),
        ("mein Vater hat Schmerzen in der Brust", Neutral, Now),
        ("was kostet es ein Gasleck zu reparieren", Neutral, Safe),
        ("letztes Jahr gab es Feuer", Neutral, Safe),
        ("bauen Sie Rauchmelder ein", Neutral, Safe),
        ("mein Zahn tut weh", Neutral, Soon),
        ("ist nicht dringend", Neutral, Safe),
        ("heute Morgen ist niemand gekommen", Unhappy, Safe),
        ("ich schreibe zum dritten Mal", Unhappy, Safe),
        ("ich warte immer noch", Unhappy, Safe),
        ("er sollte um neun kommen", Unhappy, Safe),
        ("vielen Dank, super Arbeit", Happy, Safe),
        ("einen Termin am Dienstag bitte", Neutral, Safe),
    ]);
}

#[test]
fn what_customers_text_in_portuguese() {
    check(&[
        ("está com cheiro de gás", Neutral, Now),
        ("o pedal do freio está mole e sai fumaça", Neutral, Now),
        ("caindo água pelo lustre", Neutral, Now),
        ("a tomada está soltando faísca", Neutral, Now),
        ("a gengiva está sangrando muito", Neutral, Now),
        ("estou com dor no peito", Neutral, Now),
        ("quanto custa consertar vazamento de gás", Neutral, Safe),
        ("ano passado teve um incêndio", Neutral, Safe),
        ("vocês instalam detector de fumaça?", Neutral, Safe),
        ("dente doendo", Neutral, Soon),
        ("não é urgente", Neutral, Safe),
        ("ninguém veio hoje", Unhappy, Safe),
        ("é a terceira vez que escrevo", Unhappy, Safe),
        ("ainda estou esperando", Unhappy, Safe),
        ("ficaram de vir às nove", Unhappy, Safe),
        ("muito obrigada, adorei", Happy, Safe),
        ("queria um horário na terça", Neutral, Safe),
    ]);
}

fn all_are(expected: bool, is_so: impl Fn(Tone) -> bool, texts: &[&str]) {
    let wrong: Vec<_> =
        texts.iter().filter(|text| is_so(tone(text)) != expected).map(|text| (text, tone(text))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pain_that_bothers_is_no_complaint() {
    all_are(
        false,
        |tone| tone.mood == Unhappy,
        &[
            "me molesta un poco al masticar",
            "me molesta la rodilla con el frío",
            "el dolor va a peor",
            "es peor por la noche",
            "ça me gêne un peu quand je mâche",
            "la douleur est pire la nuit",
            "der Zahn stört etwas beim Kauen",
            "die Füllung drückt, das nervt beim Zahn",
            "die Matratze ist mir zu hart",
            "Freitag reicht mir auch",
            "me incomoda um pouco ao mastigar",
            "a dor é pior à noite",
            "tenho uma dor horrível",
            "my knee is bothering me",
            "there is an annoying squeak when I brake",
            "it is the worst toothache ever",
        ],
    );
    all_are(
        true,
        |tone| tone.mood == Unhappy,
        &[
            "estoy muy molesto con el servicio",
            "me molesta que nadie conteste",
            "estoy harta de esperar",
            "c'est pire qu'avant, vous avez mal fait",
            "das nervt langsam",
            "mir reicht es jetzt",
            "péssimo atendimento",
            "I am really annoyed with you guys",
            "worst company ever",
        ],
    );
}

#[test]
fn cold_or_heat_with_somebody_frail_is_for_today() {
    all_are(
        true,
        |tone| tone.danger == Soon,
        &[
            "house is 55 degrees and i have a newborn",
            "it's so cold. my grandmother is 88",
            "its 30 degrees in here with children",
            "there's a baby in the house",
            "the heater is off and we have kids, it's freezing",
            "la casa está a 12 grados y tengo un bebé",
            "hace mucho frío, mi abuela vive aquí",
            "il fait 12 degrés dans la maison",
            "il fait très froid et on a un bébé",
            "es sind nur 14 Grad in der Wohnung",
            "es ist so kalt, wir haben ein Baby",
            "está muito frio e temos um bebê",
            "estão 12 graus em casa com uma idosa",
        ],
    );
    all_are(
        true,
        |tone| tone.danger == Safe,
        &[
            "I have a newborn and would like family photos",
            "a haircut for the kids",
            "keep the house at 70 degrees",
            "it's cold outside today",
            "un corte para niños",
            "une coupe pour enfants",
            "ein Termin für die Kinder bitte",
            "queria marcar para as crianças",
        ],
    );
}

#[test]
fn every_language_has_every_kind_of_sign() {
    for file in FILES {
        let keys: Vec<&str> = file.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
        for key in
            ["hazard", "trouble", "no_heat", "frail", "climate", "past", "asked", "unhappy", "upset", "happy", "not"]
        {
            assert!(keys.contains(&key), "{key}: {}", file.lines().next().unwrap_or_default());
        }
    }
}

proptest! {
    #[test]
    fn a_text_without_words_of_any_sign_is_calm(text in "[0-9 .,?]{0,200}") {
        prop_assert_eq!(tone(&text), Tone { mood: Neutral, danger: Safe, is_faulty: false, is_sure: false, in_house: None });
    }
}

#[test]
fn a_house_without_heat_is_trouble_of_today_and_danger_to_the_frail() {
    all_are(
        true,
        |tone| tone.danger == Soon,
        &[
            "no heat and it's freezing",
            "our heat is out since last night",
            "we don't have heat",
            "estamos sin calefacción y hace mucho frío",
            "no hay calefacción en la oficina",
            "on n'a plus de chauffage et il gèle",
            "die Heizung ist ausgefallen",
            "wir haben keine Heizung",
            "estamos sem aquecimento",
        ],
    );
    all_are(
        true,
        |tone| tone.danger == Now,
        &[
            "no heat and a newborn in the house",
            "sin calefacción y mi abuela vive aquí",
            "sem aquecimento e temos um bebê",
        ],
    );
}

#[test]
fn a_tooth_that_somebody_broke_is_for_today_whoever_it_is() {
    all_are(
        true,
        |tone| tone.danger == Soon,
        &[
            "my son broke his tooth at soccer",
            "mi hijo se ha roto un diente jugando",
            "a mi hija se le partió una muela",
            "mon fils s'est cassé une dent",
            "meinem Sohn ist ein Stück vom Zahn abgebrochen",
            "meu filho quebrou um dente",
        ],
    );
}

#[test]
fn who_was_charged_twice_waits_for_money_or_was_treated_badly_complains() {
    all_are(
        true,
        |tone| tone.mood == Unhappy,
        &[
            "why was i charged twice for the same visit",
            "you billed my card two times",
            "theres a duplicate charge on my card",
            "I've been charged more than once",
            "where is my money",
            "wheres my refund??",
            "I never got my deposit money back",
            "the guy at the desk yelled at me",
            "she hung up on me",
            "me cobraron dos veces la misma limpieza",
            "tengo un cargo duplicado de ustedes",
            "¿dónde está mi dinero?",
            "todavía no me han devuelto el depósito",
            "la recepcionista me trató muy mal",
            "me gritó delante de todos",
            "j'ai été débitée deux fois",
            "vous m'avez facturé en double",
            "où est mon remboursement ?",
            "je n'ai jamais été remboursé",
            "on m'a raccroché au nez",
            "votre collègue est malpoli",
            "mir wurde zweimal abgebucht",
            "Sie haben doppelt berechnet",
            "wo bleibt mein Geld?",
            "die Dame am Empfang war sehr unfreundlich",
            "er hat mich angeschrien",
            "vocês me cobraram duas vezes",
            "tem uma cobrança em dobro no meu cartão",
            "cadê meu dinheiro?",
            "onde está o meu reembolso",
            "fui muito mal atendida",
            "gritaram comigo no balcão",
        ],
    );
    all_are(
        false,
        |tone| tone.mood == Unhappy,
        &[
            "do you charge extra for a suv",
            "can i pay in two payments",
            "my deposit is paid, where is the shop",
            "i charged the battery twice a day",
            "¿puedo pagar en dos veces?",
            "¿me cobran el doble los domingos?",
            "je peux payer en deux fois ?",
            "kann ich in zwei Raten bezahlen?",
            "doppelt verglaste Fenster putzen",
            "posso pagar em duas vezes?",
        ],
    );
}

#[test]
fn who_is_called_something_is_on_fire_in_no_language() {
    all_are(
        true,
        |tone| tone.danger == Safe,
        &["se llama Lucía, yo soy Marta", "me llamo Ana", "ella se chama Rita", "me chamo João", "ich heiße Brand"],
    );
    all_are(true, |tone| tone.danger == Now, &["hay llamas en la cocina", "o forno está em chamas"]);
}

#[test]
fn who_collapsed_or_does_not_wake_up_is_in_danger_and_a_thing_is_not() {
    for text in [
        "someone collapsed in the waiting room",
        "my husband won't wake up",
        "she passed out in the chair",
        "mi padre perdió el conocimiento",
        "ela perdeu os sentidos",
        "il a perdu connaissance",
        "sie wacht nicht mehr auf",
    ] {
        assert_eq!(tone(text).danger, Now, "{text}");
    }
    for text in ["my laptop won't wake up", "leider ist das Bett zusammengebrochen", "the deal collapsed"] {
        assert_ne!(tone(text).danger, Now, "{text}");
    }
}
