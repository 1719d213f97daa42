//! `docs/security.md` answers every requirement, and what it names exists: a test that is renamed or a file that moves fails
//! here, so that the page cannot promise what is gone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::stage::root;

/// How many requirements of ASVS 5.0.0 are of level 1 or 2, by section. They are numbered from 1 without a gap.
const SECTIONS: [(&str, usize); 19] = [
    ("6.1", 3),
    ("6.2", 12),
    ("6.3", 4),
    ("6.4", 4),
    ("6.5", 5),
    ("6.6", 3),
    ("6.8", 4),
    ("7.1", 3),
    ("7.2", 4),
    ("7.3", 2),
    ("7.4", 5),
    ("7.5", 2),
    ("7.6", 2),
    ("8.1", 2),
    ("8.2", 3),
    ("8.3", 1),
    ("8.4", 1),
    ("9.1", 3),
    ("9.2", 4),
];

/// One requirement.
struct Row<'a> {
    id: &'a str,
    status: &'a str,
    how: &'a str,
    test: &'a str,
}

fn page() -> String {
    fs::read_to_string(root().join("docs/security.md")).unwrap()
}

/// `| id | L | requirement | status | how | test |`, where the id is a number with two points.
fn rows(page: &str) -> Vec<Row<'_>> {
    page.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
            let is_id = |id: &str| id.split('.').count() == 3 && id.split('.').all(|part| part.parse::<u8>().is_ok());
            match cells.as_slice() {
                [id, _, _, status, how, test] if is_id(id) => Some(Row { id, status, how, test }),
                [id, ..] => {
                    assert!(!is_id(id), "{line}: a row has six cells");
                    None
                }
                [] => None,
            }
        })
        .collect()
}

/// What stands in backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The names of all functions in Rust files under `folder`.
fn functions(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && name != "node_modules" && name != "target" {
            functions(&path, found);
        } else if name.ends_with(".rs") {
            for after in fs::read_to_string(&path).unwrap().split("fn ").skip(1) {
                let name: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.insert(name);
            }
        }
    }
}

#[test]
fn every_requirement_of_level_1_and_2_has_one_row() {
    let page = page();
    let mut wanted: Vec<String> =
        SECTIONS.iter().flat_map(|(section, count)| (1..=*count).map(move |n| format!("{section}.{n}"))).collect();
    let mut given: Vec<&str> = rows(&page).iter().map(|row| row.id).collect();
    wanted.sort_unstable();
    given.sort_unstable();
    assert_eq!(given, wanted);
}

#[test]
fn what_is_met_names_a_test_and_what_is_not_says_how() {
    for Row { id, status, how, test } in rows(&page()) {
        assert!(["met", "partly", "not met", "n/a"].contains(&status), "{id}: {status}");
        let shown = code(test).next().is_some();
        let told = ["this page", "by reading"].contains(&test);
        assert!(shown != told, "{id}: name tests, or say `this page` or `by reading`");
        assert!(!how.is_empty(), "{id}: how?");
        assert!(status != "partly" || how.split_whitespace().count() > 8, "{id}: what is missing?");
    }
}

/// All Rust sources of the folders in which secrets are made.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "toml") {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn secrets_come_from_one_csprng() {
    let mut all = Vec::new();
    for folder in
        ["shared/auth", "shared/store", "shared/api", "functions/api", "functions/workers/account-mail", "tools/cli"]
    {
        sources(&root().join(folder), &mut all);
    }
    assert!(all.len() > 100, "only {}", all.len());
    for (path, text) in &all {
        for other in
            ["fastrand", "getrandom", "rand::rng", "rand::random", "thread_rng", "OsRng", "new_v4", "rand.workspace"]
        {
            assert!(!text.contains(other), "{path} takes randomness from {other}: shared/auth/src/secrets.rs has it");
        }
    }
    let of_aws_lc: Vec<&str> =
        all.iter().filter(|(_, text)| text.contains("aws_lc_rs::rand::")).map(|(path, _)| path.as_str()).collect();
    assert!(matches!(of_aws_lc.as_slice(), [path] if path.ends_with("shared/auth/src/secrets.rs")), "{of_aws_lc:?}");
}

#[test]
fn every_test_it_names_exists() {
    let mut found = BTreeSet::new();
    for folder in ["functions", "shared", "tests", "tools"] {
        functions(&root().join(folder), &mut found);
    }
    let page = page();
    let rows = rows(&page);
    let named: Vec<(&str, &str)> = rows.iter().flat_map(|row| code(row.test).map(|test| (row.id, test))).collect();
    assert!(named.len() > 80, "only {}", named.len());
    for (id, test) in named {
        assert!(found.contains(test), "{id}: there is no test {test}");
    }
}

#[test]
fn every_file_and_section_it_names_exists() {
    let page = page();
    let folders = ["functions/", "shared/", "tests/", "tools/", "docs/"];
    for path in code(&page).filter(|text| folders.iter().any(|folder| text.starts_with(folder))) {
        assert!(root().join(path).exists(), "{path}");
    }
    let headings = page.lines().filter(|line| line.starts_with('#'));
    let slug = |heading: &str| {
        let text = heading.trim_start_matches('#').trim().to_lowercase();
        text.chars().filter(|c| c.is_alphanumeric() || *c == ' ' || *c == '-').collect::<String>().replace(' ', "-")
    };
    let slugs: Vec<String> = headings.map(slug).collect();
    for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        match link.strip_prefix('#') {
            Some(section) => assert!(slugs.iter().any(|slug| slug == section), "#{section} of {slugs:?}"),
            None => assert!(root().join("docs").join(link).exists(), "{link}"),
        }
    }
}
