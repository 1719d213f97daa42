//! Laws of the crate, and the classifier as it is shipped.

mod likeness;

use crate::*;
use proptest::prelude::*;

#[test]
fn the_shipped_classifiers_are_those_that_our_sentences_give() {
    for (name, examples) in [("triage", sentences::seen()), ("language", sentences::language())] {
        let path = format!("{}/data/{name}.linear", env!("CARGO_MANIFEST_DIR"));
        let trained = train(&examples, sentences::SETTINGS).to_bytes();
        if std::env::var_os("UPDATE_TRIAGE").is_some() {
            std::fs::write(&path, &trained).unwrap();
        }
        let shipped = std::fs::read(&path).unwrap();
        assert!(trained == shipped, "{name}: UPDATE_TRIAGE=1 cargo test -p semantics writes it again");
    }
}

/// How far chances and what came true lie apart, on average: ten bins of chances, each as heavy as what is in it.
fn calibration_error(judged: &[HeldOut]) -> f64 {
    let mut gaps = [0.0_f64; 10];
    for HeldOut { is_right, confidence } in judged {
        let gap = &mut gaps[((confidence * 10.0) as usize).min(9)];
        *gap += f64::from(*confidence) - f64::from(u8::from(*is_right));
    }
    gaps.iter().map(|gap| gap.abs()).sum::<f64>() / judged.len() as f64
}

#[test]
fn chances_of_the_shipped_classifiers_hold_on_patterns_that_were_held_out() {
    for (name, examples, least_right, most_error) in
        [("triage", sentences::seen(), 0.58, 0.05), ("language", sentences::language(), 0.9, 0.05)]
    {
        let judged = hold_out(&examples, sentences::SETTINGS);
        assert_eq!(judged.len(), examples.len(), "{name}");
        let right = judged.iter().filter(|judged| judged.is_right).count() as f64 / judged.len() as f64;
        let error = calibration_error(&judged);
        let sure: Vec<HeldOut> = judged.iter().copied().filter(|judged| judged.confidence >= 0.8).collect();
        let right_of_sure = sure.iter().filter(|judged| judged.is_right).count() as f64 / sure.len() as f64;
        println!(
            "{name}: {} texts, {right:.4} right, calibration error {error:.4}; {} are sure, {right_of_sure:.4} of these right",
            judged.len(),
            sure.len(),
        );
        assert!(right >= least_right && error <= most_error, "{name}: {right:.4} right, calibration error {error:.4}");
        let boasting: Vec<HeldOut> = judged.iter().map(|judged| HeldOut { confidence: 1.0, ..*judged }).collect();
        assert!(calibration_error(&boasting) > error, "{name}: chances that are always one are worse");
    }
}

#[test]
fn a_model_outlives_its_bytes_and_bytes_that_are_none_are_refused() {
    let model = train(&sentences::seen(), Settings { held_out: 0, ..sentences::SETTINGS });
    let bytes = model.to_bytes();
    assert_eq!(Linear::from_bytes(&bytes).as_ref(), Ok(&model));
    for cut in [0, 7, 30, bytes.len() - 1] {
        assert_eq!(Linear::from_bytes(bytes.get(..cut).unwrap()), Err(Malformed));
    }
}

fn space(model: &str) -> Space {
    Space { model: model.to_owned(), version: 1, dimensions: 2 }
}

#[test]
fn vectors_of_different_spaces_are_never_compared() {
    let vector = |space| Embedding::new(space, vec![3.0, 4.0]).unwrap();
    let one = vector(space("a"));
    assert!((one.similarity(&one).unwrap() - 1.0).abs() < 1e-6);
    for other in [space("b"), Space { version: 2, ..space("a") }] {
        assert_eq!(one.similarity(&vector(other)), None);
    }
    for values in [vec![], vec![1.0], vec![0.0, 0.0], vec![f32::NAN, 1.0], vec![1.0; 3]] {
        assert_eq!(Embedding::new(space("a"), values), None);
    }
}

#[test]
fn a_model_that_reads_embeddings_wants_one_of_its_own_space() {
    let example = |text: &str, label: &str, values: Vec<f32>, group| Example {
        text: text.to_owned(),
        label: label.to_owned(),
        group,
        embedding: Embedding::new(space("a"), values),
    };
    let examples = [
        example("a dog barks", "dog", vec![1.0, 0.0], 0),
        example("the dog ran", "dog", vec![1.0, 0.1], 1),
        example("a cat sleeps", "cat", vec![0.0, 1.0], 2),
        example("the cat ran", "cat", vec![0.1, 1.0], 3),
    ];
    let model = train(&examples, Settings { bits: 10, cost: 1.0, least: 1, held_out: 0 });
    let told = |text, embedding: Option<Embedding>| model.classify(text, embedding.as_ref()).map(|guess| guess.label);
    assert_eq!(told("the dog", Embedding::new(space("a"), vec![1.0, 0.0])), Some("dog"));
    assert_eq!(told("the pet", Embedding::new(space("a"), vec![0.0, 1.0])), Some("cat"));
    assert_eq!(told("the dog", Embedding::new(space("b"), vec![1.0, 0.0])), None);
    assert_eq!(told("the dog", None), None);
    assert_eq!(Linear::from_bytes(&model.to_bytes()), Ok(model.clone()));
}

#[test]
fn the_built_in_table_holds_alike_what_means_alike() {
    let table = Table::built_in().unwrap();
    let alike = |one: &str, other: &str| table.embed(one).unwrap().similarity(&table.embed(other).unwrap()).unwrap();
    let asked = "how much does it cost to fix my car";
    assert!(alike(asked, "price of repairing a vehicle") > alike(asked, "the children sang a song in the garden"));
    assert_eq!(table.embed("Naïve!"), table.embed("naive !"));
    for text in ["", "  ", "你好"] {
        assert_eq!(table.embed(text), None, "{text:?}");
    }
    assert_eq!(table.space(), table.embed("hello").unwrap().space());
}

#[test]
fn a_table_of_two_pieces_sums_them() {
    let mut bytes = b"TABLE001".to_vec();
    for number in [7_u32, 2, 2] {
        bytes.extend(number.to_le_bytes());
    }
    for text in ["toy", "##ed", "own"] {
        bytes.push(text.len() as u8);
        bytes.extend(text.as_bytes());
    }
    bytes.extend([1.0_f32, 0.5].into_iter().flat_map(f32::to_le_bytes));
    bytes.extend([1_i8, 0, 0, 2].map(i8::cast_unsigned));
    let table = Table::from_bytes(&bytes).unwrap();
    assert_eq!(table.space(), &Space { model: "toy".to_owned(), version: 7, dimensions: 2 });
    assert_eq!(table.embed("own").unwrap().values(), [0.0, 1.0]);
    assert_eq!(table.embed("Owned"), Embedding::new(table.space().clone(), vec![1.0, 1.0]));
    assert_eq!(table.embed("owner"), None, "what cannot be put together is left out");
    for cut in [0, 8, 20, 30, bytes.len() - 1] {
        assert!(Table::from_bytes(bytes.get(..cut).unwrap()).is_err());
    }
}

#[test]
fn messages_are_sorted_in_five_languages_and_in_no_other() {
    use triage::{Seen, sort};
    for (language, text, seen) in [
        ("en", "could somebody from your team get in touch, the bot does not understand me", Seen::Person),
        ("en", "i want to file a complaint about the technician you sent", Seen::Complaint),
        ("en", "what is your cancellation policy", Seen::Nobody),
        ("es", "necesito hablar con una persona real por favor", Seen::Person),
        ("es", "quiero cambiar mi cita para el viernes", Seen::Nobody),
        ("fr", "je veux parler à un conseiller tout de suite", Seen::Person),
        ("fr", "il y a de la fumée qui sort du mur de la cuisine", Seen::Emergency),
        ("de", "ich will mit einem echten Menschen reden", Seen::Person),
        ("de", "ich möchte mich über Ihren Techniker beschweren", Seen::Complaint),
        ("pt", "quero falar com um atendente humano", Seen::Person),
        ("pt", "quanto custa a limpeza e a revisão", Seen::Nobody),
    ] {
        let sorted = sort(text, language).unwrap();
        assert_eq!(sorted.seen, seen, "{text}");
        assert!(sorted.confidence > 0.5, "{text}: {}", sorted.confidence);
        assert_eq!(sort(text, if language == "en" { "de" } else { "en" }), None, "{text}");
    }
    for text in ["", "👍", "posso parlare con una persona", "mag ik iemand spreken", "Καλημέρα σας"] {
        assert_eq!(sort(text, "en"), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_sorted_and_embedded_and_always_the_same_way(text in "\\PC*") {
        prop_assert_eq!(triage::sort(&text, "en"), triage::sort(&text, "en"));
        let table = Table::built_in().unwrap();
        prop_assert_eq!(table.embed(&text), table.embed(&text));
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes: Vec<u8>) {
        for magic in [&b"TABLE001"[..], b"LINEAR01"] {
            let bytes = [magic, &bytes].concat();
            let _ = (Table::from_bytes(&bytes).is_ok(), Linear::from_bytes(&bytes).is_ok());
        }
    }
}
