//! Contexts depend one way: each knows only those that stand before it in [`ORDER`].

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The contexts from the lowest to the highest.
const ORDER: [&str; 22] = [
    "failure",
    "circuits",
    "ids",
    "language",
    "money",
    "phrases",
    "rating",
    "quotes",
    "billing",
    "messaging",
    "tenancy",
    "identity",
    "scheduling",
    "rights",
    "leads",
    "approvals",
    "events",
    "webhooks",
    "conversations",
    "journeys",
    "turns",
    "insights",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The product's own source files: those of tests and of what tests share are left out.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        match path.is_dir() {
            _ if ["tests", "samples", "lib"].contains(&name.as_str()) => {}
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

/// The context of a file: its folder, or its own name.
fn context(path: &Path) -> String {
    let below = path.strip_prefix(source()).unwrap_or(path);
    below.iter().next().unwrap_or_default().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The contexts that `code` names by `crate::`, outside of comments and of the tests at its end.
fn named(code: &str) -> BTreeSet<String> {
    let product = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code: String =
        product.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let path = match after.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default(),
            None => after.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default(),
        };
        let firsts = path.split(',').map(|part| part.trim().split("::").next().unwrap_or_default().to_owned());
        names.extend(firsts.filter(|name| ORDER.contains(&name.as_str())));
    }
    names
}

#[test]
fn every_context_knows_only_those_below_it() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    let mut wrong = Vec::new();
    for path in &all {
        let own = context(path);
        let Some(mine) = rank(&own) else {
            wrong.push(format!("{own} has no place in ORDER"));
            continue;
        };
        let code = std::fs::read_to_string(path).unwrap();
        for other in named(&code).into_iter().filter(|other| *other != own) {
            if rank(&other) > Some(mine) {
                wrong.push(format!("{} uses {other}", path.strip_prefix(source()).unwrap().display()));
            }
        }
    }
    assert!(all.len() > 100, "the sources were not found");
    assert!(wrong.is_empty(), "move what is shared below, or the rule above:\n{}", wrong.join("\n"));
}

#[test]
fn a_use_against_the_order_is_seen() {
    let code = "use crate::{Failure, journeys::Stage};\n// crate::turns\nfn f() -> crate::leads::Lead {}\n#[cfg(test)]\nmod tests {\n use crate::turns;";
    assert_eq!(named(code), BTreeSet::from(["journeys".to_owned(), "leads".to_owned()]));
}
