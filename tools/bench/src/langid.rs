//! `bench langid FOLDER`: how often a text's language is told, beside whatlang, on the texts that lingua is measured by.
//!
//! Both choose among the same twelve languages.

use anyhow::{Context, Result};
use clap::Args;
use domain::conversations::language::detect;
use std::path::PathBuf;
use whatlang::{Detector, Lang};

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

/// Prints a line for each kind of text and language.
pub(crate) fn run(options: &Options) -> Result<()> {
    let whatlang = Detector::with_allowlist(LANGUAGES.iter().map(|(_, lang)| *lang).collect());
    for kind in ["sentences", "word-pairs", "single-words"] {
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
            println!(
                "{kind} {code}: {:.1} % right, whatlang {:.1} %; {:.1} % reliable, {:.1} % of these right; {all} texts",
                percent(ours, all),
                percent(theirs, all),
                percent(sure, all),
                percent(sure_and_right, sure),
            );
        }
    }
    Ok(())
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}
