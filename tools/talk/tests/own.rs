//! Every dialogue of ours ends as it must, but for those that are known to fail (`dialogues/known_failures.toml`): each of
//! those still fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use talk::dialogue::{Book, Miss};

const KNOWN: &str = "known_failures";

/// The books, by the trade that their file is named after.
fn books() -> anyhow::Result<BTreeMap<String, String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogues");
    let mut books = BTreeMap::new();
    for file in std::fs::read_dir(folder)? {
        let path = file?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        books.insert(name, std::fs::read_to_string(&path)?);
    }
    Ok(books)
}

fn row(misses: &[Miss]) -> String {
    let shown = misses.iter().map(|miss| format!("{}: wanted {}, came {}", miss.what, miss.wanted, miss.came));
    shown.collect::<Vec<_>>().join("; ")
}

#[test]
fn our_dialogues_end_as_they_must() {
    let mut books = books().unwrap();
    let known: BTreeMap<String, String> = toml::from_str(&books.remove(KNOWN).unwrap()).unwrap();
    let (mut failed, mut report, mut seen) = (BTreeSet::new(), String::new(), BTreeSet::new());
    for (trade, text) in &books {
        let book = Book::read(text).unwrap_or_else(|error| panic!("{trade}: {error:#}"));
        for dialogue in &book.talk {
            let id = format!("{trade}/{}", dialogue.id);
            let (script, misses) = dialogue.hold(&book).unwrap();
            assert!(seen.insert(id.clone()), "{id} is there twice");
            if misses.is_empty() {
                continue;
            }
            if !known.contains_key(&id) {
                let _ = writeln!(report, "{id:?} = {:?}\n{script}", row(&misses));
            }
            failed.insert(id);
        }
    }
    let mended: Vec<_> = known.keys().filter(|id| !failed.contains(*id)).collect();
    assert!(report.is_empty(), "of {} dialogues, these fail and are not known to:\n{report}", seen.len());
    assert!(mended.is_empty(), "these are known to fail and do not, or are gone; take them off the list: {mended:?}");
}

#[test]
fn every_language_has_its_share() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, text) in books().unwrap().iter().filter(|(name, _)| *name != KNOWN) {
        for dialogue in Book::read(text).unwrap().talk {
            *counts.entry(dialogue.language).or_default() += 1;
        }
    }
    for language in ["de", "en", "es", "fr", "pt"] {
        assert!(counts.get(language).is_some_and(|count| *count >= 25), "{counts:?}");
    }
    assert!(counts.values().sum::<usize>() >= 200, "{counts:?}");
}
