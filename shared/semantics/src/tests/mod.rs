//! Laws of the crate, and the classifier as it is shipped.

mod sentences;

use crate::*;

#[test]
fn the_shipped_classifiers_are_those_that_our_sentences_give() {
    for (name, model) in [("triage", sentences::seen()), ("language", sentences::language())] {
        let path = format!("{}/data/{name}.linear", env!("CARGO_MANIFEST_DIR"));
        let trained = model.to_bytes();
        if std::env::var_os("UPDATE_TRIAGE").is_some() {
            std::fs::write(&path, &trained).unwrap();
        }
        let shipped = std::fs::read(&path).unwrap();
        assert!(trained == shipped, "{name}: UPDATE_TRIAGE=1 cargo test -p semantics writes it anew");
    }
}

#[test]
fn a_model_outlives_its_bytes_and_bytes_that_are_none_are_refused() {
    let model = sentences::seen();
    let bytes = model.to_bytes();
    assert_eq!(Linear::from_bytes(&bytes).as_ref(), Ok(&model));
    for cut in [0, 7, 30, bytes.len() - 1] {
        assert_eq!(Linear::from_bytes(bytes.get(..cut).unwrap()), Err(Malformed));
    }
}
