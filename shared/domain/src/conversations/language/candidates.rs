//! The words by which each language is told, folded and sorted. Those with phrases of our own have a file each.

mod de;
mod en;
mod es;
mod fr;
mod pt;

use whatlang::Lang;

use super::Candidate;

/// Those with phrases of our own come first.
pub(super) static CANDIDATES: [Candidate; 12] = [
    en::CANDIDATE,
    es::CANDIDATE,
    fr::CANDIDATE,
    de::CANDIDATE,
    pt::CANDIDATE,
    Candidate {
        lang: Lang::Ita,
        code: "it",
        telling: &[
            "avete",
            "bisogno",
            "buonasera",
            "buongiorno",
            "ciao",
            "come",
            "costa",
            "domani",
            "dove",
            "grazie",
            "oggi",
            "prego",
            "quando",
            "quanto",
            "salve",
            "siete",
            "vorrei",
        ],
        common: &[
            "al", "alla", "anche", "c", "che", "con", "d", "da", "dal", "dei", "del", "della", "delle", "di", "e",
            "gli", "ha", "ho", "i", "il", "in", "l", "la", "le", "lo", "ma", "mia", "mio", "nel", "nella", "no", "non",
            "o", "per", "piu", "questa", "questo", "si", "sono", "sua", "suo", "un", "una", "uno",
        ],
    },
    Candidate {
        lang: Lang::Nld,
        code: "nl",
        telling: &[
            "alstublieft",
            "bedankt",
            "dank",
            "goedemiddag",
            "goedemorgen",
            "graag",
            "hallo",
            "hoe",
            "hoi",
            "kost",
            "morgen",
            "nodig",
            "vandaag",
            "veel",
            "waar",
            "wanneer",
            "wat",
        ],
        common: &[
            "aan", "als", "bij", "dat", "de", "die", "dit", "door", "een", "en", "er", "geen", "heb", "heeft", "het",
            "ik", "in", "is", "ja", "jij", "jullie", "kan", "kunt", "maar", "met", "mijn", "naar", "nee", "niet", "of",
            "om", "ook", "op", "over", "te", "ten", "u", "uit", "uw", "van", "voor", "was", "werden", "wil", "worden",
            "wordt", "zijn",
        ],
    },
    Candidate {
        lang: Lang::Pol,
        code: "pl",
        telling: &[
            "chce",
            "czesc",
            "dobry",
            "dziekuje",
            "dzien",
            "dzis",
            "gdzie",
            "ile",
            "jak",
            "jutro",
            "kiedy",
            "kosztuje",
            "potrzebuje",
            "prosze",
        ],
        common: &[
            "ale", "co", "czy", "dla", "do", "i", "ich", "jako", "jego", "jej", "jest", "mam", "moj", "moja", "na",
            "nie", "o", "od", "oraz", "po", "przez", "sa", "sie", "tak", "to", "u", "w", "we", "z", "za", "ze",
        ],
    },
    Candidate {
        lang: Lang::Vie,
        code: "vi",
        telling: &["bao", "cam", "chao", "gia", "nhieu", "xin"],
        common: &["cho", "cua", "duoc", "khong", "la", "mot", "nguoi", "toi", "trong", "va"],
    },
    Candidate { lang: Lang::Rus, code: "ru", telling: &[], common: &[] },
    Candidate { lang: Lang::Ara, code: "ar", telling: &[], common: &[] },
    Candidate { lang: Lang::Cmn, code: "zh", telling: &[], common: &[] },
];
