use super::*;

/// What is given in a message, dictated or typed, by a customer of that region.
fn read_in(text: &str, region: &str, is_asked: bool) -> GivenDetails {
    let text = written(text);
    given(&Tokens::new(&text), &Context { region, is_own: is_asked, is_asked, may_be_place: false }).0
}

fn read(text: &str) -> GivenDetails {
    read_in(text, "US", false)
}

#[test]
fn names_are_taken_only_where_they_are_given() {
    for (text, name) in [
        ("Hi, my name is Ana López and I need help", Some("Ana López")),
        ("my name is ana", Some("Ana")),
        ("soy Ana", Some("Ana")),
        ("je m'appelle Jean-Luc", Some("Jean-Luc")),
        ("ich heiße Jürgen", Some("Jürgen")),
        ("me chamo João", Some("João")),
        ("this is Dave O'Neil, hello", Some("Dave O'Neil")),
        ("my name is not important", None),
        ("this is urgent", None),
        ("soy alérgica", None),
        ("my name is <script>", None),
        ("my name is 1; DROP TABLE", None),
    ] {
        assert_eq!(read(text).name.as_deref(), name, "{text}");
    }
}

#[test]
fn a_name_is_letters_and_short() {
    assert_eq!(given_name(" María José "), Some("María José"));
    for bad in ["", "-", "a@b", "Ignore all\ninstructions", &"a".repeat(41), "x1", "\u{202e}ab"] {
        assert_eq!(given_name(bad), None, "{bad:?}");
    }
}

#[test]
fn addresses_in_a_text_are_read_by_the_domains_own_types() {
    let given = read("My email is Ana@Example.com, or call me at (303) 555-0142!");
    assert_eq!(given.email.unwrap().as_str(), "ana@example.com");
    assert_eq!(given.phone.unwrap().as_str(), "+13035550142");
    let none = read("ana@, on 2026-10-10 at 10:30, zip 80202, 4111 1111 1111 1111");
    assert_eq!((none.email, none.phone), (None, None));
}

#[test]
fn an_address_that_is_not_said_to_be_their_own_is_nobodys() {
    for text in [
        "I wrote to info@acme-example.com",
        "Call my husband at 303 555 0142",
        "My husband's number is 303 555 0142",
        "claim 4471829305",
        "my claim number is 4471829305",
        "Is ana@example.com still your address?",
        "escribí a info@acme-example.com",
        "ich habe an info@acme-example.com geschrieben",
        "the plumber said reach him at 303 555 0142",
    ] {
        let given = read(text);
        assert_eq!((given.email, given.phone), (None, None), "{text}");
    }
    for (text, address) in [
        ("my cell is 303-555-0142", "+13035550142"),
        ("you can reach me at ana@example.com", "ana@example.com"),
        ("mi teléfono es el 303 555 0142", "+13035550142"),
        ("Sie erreichen mich unter ana@example.com", "ana@example.com"),
        ("mon numéro est le 303 555 0142", "+13035550142"),
        ("meu e-mail é ana@example.com", "ana@example.com"),
    ] {
        let addresses = read(text).addresses();
        assert_eq!(addresses.iter().filter_map(Address::text).collect::<Vec<_>>(), [address], "{text}");
    }
}

#[test]
fn budgets_keep_their_words() {
    for (text, asked, budget_found) in [
        ("I can pay $500", false, Some("$500")),
        ("around 2000 euros", false, Some("around 2000 euros")),
        ("unos 3.000 €", false, Some("unos 3.000 €")),
        ("até R$ 1.500", false, Some("até R$ 1.500")),
        ("my budget is 5k", false, Some("5k")),
        ("up to 800", true, Some("up to 800")),
        ("call (303) 555-0142, I can spend 800", false, Some("800")),
        ("the house has 3 floors", false, None),
    ] {
        let found = budget(&Tokens::new(text), asked);
        assert_eq!(found.as_deref(), budget_found, "{text}");
    }
}

#[test]
fn who_decides_is_read_from_the_answer() {
    for (text, decides) in [
        ("yes", Some(true)),
        ("I'm the owner", Some(true)),
        ("I have to ask my wife", Some(false)),
        ("no", Some(false)),
        ("what a day", None),
    ] {
        assert_eq!(decision_maker(&Words::new(text)), decides, "{text}");
    }
}

/// Name, number and mailbox.
fn card(text: &str, region: &str, is_asked: bool) -> [Option<String>; 3] {
    let GivenDetails { name, email, phone } = read_in(text, region, is_asked);
    [name, phone.map(|phone| phone.as_str().to_owned()), email.map(|email| email.as_str().to_owned())]
}

#[test]
fn a_name_and_an_address_beside_it_are_the_writers_in_any_order() {
    for (text, region, expected) in [
        ("Dan Ortiz 720 555 0148", "US", ["Dan Ortiz", "+17205550148", ""]),
        ("cool. its Grace Lin 303 555 0128", "US", ["Grace Lin", "+13035550128", ""]),
        ("ok good. Ellen Brooks, ellen.brooks@example.com", "US", ["Ellen Brooks", "", "ellen.brooks@example.com"]),
        ("works. DeShawn Price, deshawn.price@example.com", "US", ["DeShawn Price", "", "deshawn.price@example.com"]),
        ("ppf for a new tacoma, monday 9 am. Chris Wu 713-555-0162", "US", ["Chris Wu", "+17135550162", ""]),
        ("beto garza 713 555 0139", "US", ["Beto Garza", "+17135550139", ""]),
        ("720 555 0148, Dan Ortiz", "US", ["Dan Ortiz", "+17205550148", ""]),
        ("ana@example.com Ana López", "US", ["Ana López", "", "ana@example.com"]),
        ("Dan Ortiz, 720 555 0148 or dan@example.com", "US", ["Dan Ortiz", "+17205550148", "dan@example.com"]),
        ("Dan Ortiz 720 555 0148, 1420 Larimer St", "US", ["Dan Ortiz", "+17205550148", ""]),
        ("Mary Ann de la Cruz, cell 720 555 0148", "US", ["Mary Ann de la Cruz", "+17205550148", ""]),
        ("Soy Andrés Molina, andres.molina@example.es", "ES", ["Andrés Molina", "", "andres.molina@example.es"]),
        ("Gonzalo Rey, +34 612 11 22 33", "PT", ["Gonzalo Rey", "+34612112233", ""]),
        ("vale, Lucía Pérez, tel 612 45 67 89", "ES", ["Lucía Pérez", "+34612456789", ""]),
        ("perfecto. Juan de la Fuente 612 45 67 89 gracias", "ES", ["Juan de la Fuente", "+34612456789", ""]),
        ("a nombre de Marta Gil, 612456789", "ES", ["Marta Gil", "+34612456789", ""]),
        ("Sabine Vogt, +49 152 28817386", "ES", ["Sabine Vogt", "+4915228817386", ""]),
        ("ok. Jürgen Hoffmann, j.hoffmann@example.de", "DE", ["Jürgen Hoffmann", "", "j.hoffmann@example.de"]),
        ("Anke Sommer +49 (0)152 28817399", "DE", ["Anke Sommer", "+4915228817399", ""]),
        ("super, Ludwig van Dyk, Handy 0152 28817399", "DE", ["Ludwig van Dyk", "+4915228817399", ""]),
        ("Luc Morel, luc.morel@example.com", "FR", ["Luc Morel", "", "luc.morel@example.com"]),
        ("parfait. Léa Fontaine, 06 12 34 21 12", "FR", ["Léa Fontaine", "+33612342112", ""]),
        ("Au nom de Benoît Carlier, 06 12 34 21 12 merci", "FR", ["Benoît Carlier", "+33612342112", ""]),
        ("ótimo, Carla Reis, carla.reis@example.pt", "PT", ["Carla Reis", "", "carla.reis@example.pt"]),
        ("Célia Rocha 912 334 455", "PT", ["Célia Rocha", "+351912334455", ""]),
        ("em nome de João da Silva, 912334455", "PT", ["João da Silva", "+351912334455", ""]),
        ("João Pinto, telemóvel 912 334 455", "PT", ["João Pinto", "+351912334455", ""]),
    ] {
        let expected = expected.map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
        assert_eq!(card(text, region, false), expected, "{text}");
    }
}

#[test]
fn what_is_dictated_is_given_too() {
    for (text, region, expected) in [
        (
            "this is Bob Keller I was wondering if you could come out my number is seven two zero five five five zero one six six",
            "US",
            ["Bob Keller", "+17205550166", ""],
        ),
        (
            "soy Pilar mi teléfono es seis doce cuarenta y cinco sesenta y siete ochenta y nueve",
            "ES",
            ["Pilar", "+34612456789", ""],
        ),
        (
            "hier ist Monika Schuster meine Nummer ist null eins fünf zwo zwo acht acht eins sieben drei fünf fünf",
            "DE",
            ["Monika Schuster", "+4915228817355", ""],
        ),
        (
            "meu nome é Sandra Melo e meu número é nove um dois três três quatro quatro cinco cinco",
            "PT",
            ["Sandra Melo", "+351912334455", ""],
        ),
        (
            "my name is ana lopez and my email is ana dot lopez at example dot com",
            "US",
            ["Ana Lopez", "", "ana.lopez@example.com"],
        ),
        ("je m'appelle Luc, mon mail est luc arobase example point fr", "FR", ["Luc", "", "luc@example.fr"]),
    ] {
        let expected = expected.map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
        assert_eq!(card(text, region, false), expected, "{text}");
    }
}

#[test]
fn a_courtesy_a_day_or_a_thing_is_no_name() {
    for text in [
        "Thanks",
        "Ótimo",
        "Genial",
        "Parfait, merci",
        "Super, danke",
        "Tomorrow, 720 555 0148",
        "Claim 4471829305",
        "Call 720 555 0148",
        "I'm Interested",
        "I'm Looking for a new roof",
        "It's Friday",
        "Ich bin Patient bei Ihnen",
        "soy alérgica",
        "my name is none of your business",
        "It's Honda Civic",
        "je suis Patient",
        "estou Doente",
        "wrong number",
        "this is Wrong",
        "my husband Dan Ortiz is at 720 555 0148",
        "Call Bob Keller 303 555 0142",
        "Done, 303 555 0142",
        "All set",
        "nvm",
        "Anonymous",
        "Hecho, 303 555 0142",
        "C'est fait",
        "Fertig, 0151 23456789",
        "Feito",
    ] {
        assert_eq!(read(text).name, None, "{text}");
    }
}

#[test]
fn who_was_asked_says_it_in_any_way() {
    for (text, name) in [
        ("Dana Whitfield", "Dana Whitfield"),
        ("720 555 0148 beto", "Beto"),
        ("beto, 720 555 0148", "Beto"),
        ("thanks, it's Rosa Vega 720 555 0190", "Rosa Vega"),
        ("claro, Rosa Vega: 720 555 0190", "Rosa Vega"),
        ("gerne, mein Name ist Rosa Vega", "Rosa Vega"),
        ("name: Rosa Vega", "Rosa Vega"),
    ] {
        let given = read_in(text, "US", true).name.or_else(|| leading_name(text));
        assert_eq!(given.as_deref(), Some(name), "{text}");
    }
}

#[test]
fn the_name_and_number_of_somebody_else_are_not_the_writers() {
    for (text, region) in [
        ("My husband, Dan Ortiz, 720 555 0148", "US"),
        ("my wife Ana Ortiz 720 555 0148", "US"),
        ("Call Dan at 720 555 0148", "US"),
        ("please text my boss Kim Lee at 720 555 0148", "US"),
        ("our neighbor, Kim Lee 720-555-0148", "US"),
        ("tenant: Kim Lee 720-555-0148", "US"),
        ("mi marido, Dan Ortiz, 612 34 50 67 89", "US"),
        ("Mi madre Ana Ruiz 612 345 067", "ES"),
        ("llame a Dan al 612 345 067", "ES"),
        ("Mon mari, Dan Roche, 06 39 98 21 40", "FR"),
        ("appelez Dan au 06 39 98 21 40", "FR"),
        ("Mein Mann Dan Brandt 0152 28817312", "DE"),
        ("rufen Sie Dan Brandt an, 0152 28817312", "DE"),
        ("meu marido, Dan Costa, 912 345 678", "PT"),
        ("ligue para o Dan Costa 912 345 678", "PT"),
    ] {
        for is_asked in [false, true] {
            assert_eq!(card(text, region, is_asked)[0], None, "{text}, asked: {is_asked}");
        }
        assert_eq!(card(text, region, true)[1], None, "{text}");
    }
}

#[test]
fn whom_something_is_for_and_who_is_called_something_are_named_and_do_not_write() {
    for text in [
        "it is for my son Leo",
        "my daughter's name is Mia",
        "her name is Mia Park",
        "es para mi hijo Leo",
        "mi hija se llama Mia",
        "c'est pour mon fils Léo",
        "ma fille s'appelle Mia",
        "für meinen Sohn Leo",
        "meine Tochter heißt Mia",
        "é para o meu filho Leo",
        "minha filha se chama Mia",
    ] {
        assert_eq!(card(text, "US", true)[0], None, "{text}");
        assert!(is_of_another(text, None), "{text}");
    }
    assert_eq!(card("for my son Leo, 720 555 0148", "US", true)[1].as_deref(), Some("+17205550148"));
    assert!(is_of_another("Dan Ortiz", Some("my husband")) && !is_of_another("Dan Ortiz", Some("thanks")));
}

#[test]
fn who_tells_whose_relation_they_are_writes() {
    for (text, region, name) in [
        ("Leo's mother, Ana Ruiz, 720 555 0148", "US", "Ana Ruiz"),
        ("I'm Ana Ruiz, 720 555 0148, my husband will be there", "US", "Ana Ruiz"),
        ("I come with my wife. Dan Ortiz 720 555 0148", "US", "Dan Ortiz"),
        ("Soy la mamá de Leo, Ana Ruiz, 612 345 067", "ES", "Ana Ruiz"),
    ] {
        assert_eq!(card(text, region, true)[0].as_deref(), Some(name), "{text}");
    }
}

#[test]
fn of_two_people_the_writer_is_who_says_so() {
    for text in [
        "His name is Leo, mine is Anna",
        "Él se llama Leo y yo Anna",
        "Il s'appelle Leo et moi Anna",
        "Er heißt Leo und ich Anna",
        "O nome dele é Leo e eu sou Anna",
    ] {
        assert_eq!(read(text).name.as_deref(), Some("Anna"), "{text}");
    }
}

#[test]
fn a_name_in_small_letters_is_one_beside_a_number_and_nothing_else() {
    let card = read("dan ortiz 303-555-0142");
    assert_eq!((card.name.as_deref(), card.phone.is_some()), (Some("Dan Ortiz"), true));
    assert_eq!(read("call dan ortiz 303-555-0142").name, None);
    for text in ["Try changing day", "Well done", "Dr.", "hmm"] {
        assert_eq!(leading_name(text), None, "{text}");
    }
}

#[test]
fn a_number_of_another_country_is_completed_by_its_code_or_name() {
    let typed = "Pilar Otero 612 33 44 55";
    assert_eq!(foreign_number(&Tokens::new(typed), "PT"), Some("612 33 44 55"));
    assert_eq!(foreign_number(&Tokens::new(typed), "ES"), None);
    assert_eq!(foreign_number(&Tokens::new("room 12, 2026-12-04"), "PT"), None);
    for said in ["+34", "34", "0034", "Spain", "es de España", "Espagne", "aus Spanien", "é espanhol"] {
        let phone = with_country(typed, said, "PT").unwrap();
        assert_eq!(phone.as_str(), "+34612334455", "{said}");
    }
    let german = with_country("0152 28817312", "Germany", "PT").unwrap();
    assert_eq!(german.as_str(), "+4915228817312");
    assert_eq!(with_country(typed, "thanks", "PT"), None);
}

#[test]
fn who_writes_stands_as_a_clause_of_its_own_in_a_message_about_something_else() {
    for (text, region, expected) in [
        ("cleaning friday 10am please, Ben, ben@example.com", "ES", ["Ben", "", "ben@example.com"]),
        ("cleaning friday 10am please, ben@example.com", "ES", ["", "", "ben@example.com"]),
        ("batería mañana a las 9, Ana 303 555 0119", "US", ["Ana", "+13035550119", ""]),
        ("frenos mañana a las 9, mi cel es 303-555-0119", "US", ["", "+13035550119", ""]),
        ("o meu contacto é 912 345 678", "PT", ["", "+351912345678", ""]),
        ("602 555 0143 me llamo Yesenia", "US", ["Yesenia", "+16025550143", ""]),
        ("brushing mardi 10h, 0612345678", "FR", ["", "+33612345678", ""]),
        ("my name is spelled S-i-o-b-h-a-n Murphy", "US", ["Siobhan Murphy", "", ""]),
        ("mein Name ist Dr. Heidemarie von der Leine", "DE", ["Dr Heidemarie von der Leine", "", ""]),
        ("inspection friday, Hector Ruiz 303.555.0166, 88 Pearl Denver", "US", ["Hector Ruiz", "+13035550166", ""]),
        // Not the writer's, or no name.
        ("can my husband drop it off, 303 555 0119", "US", ["", "", ""]),
        ("I called this number, 303 555 0119", "US", ["", "", ""]),
        ("oil change, Honda, 303 555 0119", "US", ["", "+13035550119", ""]),
        ("llamad a mi hijo, Leo, 612 345 678", "ES", ["", "", ""]),
    ] {
        let expected = expected.map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
        assert_eq!(card(text, region, false), expected, "{text}");
    }
}

#[test]
fn who_was_asked_names_the_one_it_is_for_or_says_it_beside_other_things() {
    for (text, region, expected) in [
        ("se llama Juan Otero, 612345678", "ES", ["Juan Otero", "+34612345678", ""]),
        ("mi mujer se llama Eva Sanz y su telefono es 612345678", "ES", ["Eva Sanz", "+34612345678", ""]),
        ("für meine Mutter, Ingrid Baumann, 0171 2345678", "DE", ["Ingrid Baumann", "+491712345678", ""]),
        ("Nina Park, call me at 303 555 0174", "US", ["Nina Park", "+13035550174", ""]),
        ("Bo Diaz, 85018, 602-555-0145", "US", ["Bo Diaz", "+16025550145", ""]),
        ("85018 602-555-0145 Bo Diaz", "US", ["Bo Diaz", "+16025550145", ""]),
        ("Eva Klein, Hauptstr. 5, 0151 22334455", "DE", ["Eva Klein", "+4915122334455", ""]),
    ] {
        let expected = expected.map(|part| Some(part.to_owned()).filter(|part| !part.is_empty()));
        assert_eq!(card(text, region, true), expected, "{text}");
    }
}

#[test]
fn what_somebody_is_or_has_is_no_name() {
    for text in [
        "I'm pregnant",
        "we're vegan",
        "im Canadian",
        "flight is TP 1123",
        "flight number BA499",
        "insurance is DKV",
        "k",
        "better 11",
        "doch 4 Personen",
        "plutôt 4 personnes",
        "Tor ist offen",
        "soy vegana",
    ] {
        assert_eq!(leading_name(text), None, "{text}");
    }
    for (text, name) in
        [("I'm Rosa", "Rosa"), ("soy ana", "Ana"), ("Moira O'Neil", "Moira O'Neil"), ("Dan Ortiz 85018", "Dan Ortiz")]
    {
        assert_eq!(leading_name(text).as_deref(), Some(name), "{text}");
    }
}
