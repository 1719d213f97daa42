//! `bench langid FOLDER`: how often a text's language is told, beside whatlang and lingua, on the texts that lingua is measured by.
//!
//! All choose among the same twelve languages.

use anyhow::{Context, Result, ensure};
use clap::Args;
use domain::conversations::language::detect;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use whatlang::{Detector, Lang};

use crate::peers;

/// Which texts.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// A folder with `en_sentences.txt`, `en_word-pairs.txt` and so on, a text a line.
    folder: PathBuf,
    /// Print the texts that whatlang tells and we do not.
    #[arg(long)]
    misses: bool,
}

const LANGUAGES: [(&str, Lang); 12] = [
    ("en", Lang::Eng),
    ("es", Lang::Spa),
    ("fr", Lang::Fra),
    ("de", Lang::Deu),
    ("pt", Lang::Por),
    ("it", Lang::Ita),
    ("nl", Lang::Nld),
    ("pl", Lang::Pol),
    ("vi", Lang::Vie),
    ("ru", Lang::Rus),
    ("ar", Lang::Ara),
    ("zh", Lang::Cmn),
];

/// In whole sentences, in two words and in one.
const KINDS: [&str; 3] = ["sentences", "word-pairs", "single-words"];

/// Prints a line for each kind of text and language. `root` is the repository.
pub(crate) fn run(root: &Path, options: &Options) -> Result<()> {
    let lingua = lingua(root, &options.folder)?;
    let whatlang = Detector::with_allowlist(LANGUAGES.iter().map(|(_, lang)| *lang).collect());
    for kind in KINDS {
        for (code, lang) in LANGUAGES {
            let path = options.folder.join(format!("{code}_{kind}.txt"));
            let file = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let (mut ours, mut theirs, mut sure, mut sure_and_right, mut all) = (0, 0, 0, 0, 0);
            for text in file.lines().filter(|text| !text.trim().is_empty()) {
                let told = detect(text);
                let is_right = told.language.as_ref().is_some_and(|language| language.as_str() == code);
                let is_theirs = whatlang.detect_lang(text) == Some(lang);
                all += 1;
                ours += usize::from(is_right);
                theirs += usize::from(is_theirs);
                sure += usize::from(told.reliable);
                sure_and_right += usize::from(told.reliable && is_right);
                if options.misses && is_theirs && !is_right {
                    println!("    {text}");
                }
            }
            let by_lingua = lingua.get(&format!("{kind} {code}")).copied().unwrap_or_default();
            println!(
                "{kind} {code}: {:.1} % right, whatlang {:.1} %, lingua {:.1} %; {:.1} % reliable, {:.1} % of these right; {all} texts",
                percent(ours, all),
                percent(theirs, all),
                percent(by_lingua, all),
                percent(sure, all),
                percent(sure_and_right, sure),
            );
        }
    }
    Ok(())
}

/// How many texts of each kind and language lingua tells.
fn lingua(root: &Path, folder: &Path) -> Result<HashMap<String, usize>> {
    let dir = root.join("tests/bench/peers/langid");
    let (_, python) = peers::environment(&dir)?;
    let codes = LANGUAGES.map(|(code, _)| code).join(",");
    let output = Command::new(python).arg(dir.join("tell.py")).arg(folder).args([KINDS.join(","), codes]).output()?;
    ensure!(output.status.success(), "tell.py: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).context("tell.py printed no counts")
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}
