//! What words say the same, and which tell what a text is about.

use ::language::Words;

/// Words of every question and every price, folded, in five languages: they tell nothing of what a text is about.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "about", "all", "als", "also", "and", "any", "anything", "aos", "are", "auch", "auf",
    "aus", "aux", "avec", "average", "avez", "before", "bei", "bin", "bitte", "bonjour", "can",
    "ces", "cette", "charge", "charged", "charges", "com", "combien", "comment", "como", "con", "cost",
    "costs", "coute", "coutent", "cual", "cuando", "cuanta", "cuanto", "cuantos", "cuesta", "cuestan", "custa",
    "custam", "danke", "dans", "das", "del", "dem", "den", "der", "des", "die", "dir",
    "does", "donde", "dos", "ein", "eine", "einen", "einer", "elle", "ese", "essa", "est",
    "esta", "este", "estimate", "etes", "exactly", "fee", "for", "from", "fur", "geralmente", "get",
    "gibt", "give", "gracias", "guys", "haben", "hallo", "has", "hat", "have", "hay", "hello",
    "here", "hola", "how", "ich", "ihnen", "ihr", "ihre", "isso", "ist", "its", "just",
    "kann", "know", "kosten", "kostet", "las", "leistung", "leistungen", "les", "leur", "like", "list",
    "lista", "liste", "los", "mais", "make", "mas", "mein", "merci", "meu", "minha", "mit",
    "mon", "more", "much", "muito", "muy", "nach", "nao", "nas", "need", "nicht", "noch",
    "normalement", "normalerweise", "normally", "normalmente", "nos", "not", "notre", "nous", "nur", "obrigada", "obrigado",
    "oder", "offer", "offers", "oi", "ola", "onde", "one", "only", "our", "par", "para",
    "pas", "pela", "pelo", "per", "pero", "please", "plus", "por", "pour", "precio", "precios",
    "preco", "precos", "preis", "preise", "price", "prices", "pricing", "prix", "qual", "quand", "quando",
    "quanto", "que", "quel", "quelle", "qui", "quote", "rate", "rates", "roughly", "sao", "sem",
    "ser", "service", "services", "servicio", "servicios", "servico", "servicos", "seu", "sie", "sind", "some",
    "something", "son", "sont", "sua", "sur", "sus", "take", "takes", "tarif", "tarifa", "tarifas",
    "tarife", "tell", "tem", "thank", "thanks", "that", "the", "them", "then", "there", "they",
    "this", "tiene", "tienen", "too", "total", "uma", "umas", "una", "und", "une", "ungefahr",
    "uno", "unos", "uns", "unser", "usted", "ustedes", "usually", "voce", "voces", "vom", "von",
    "vor", "vos", "votre", "vous", "wann", "want", "was", "welche", "wenn", "wer", "what",
    "when", "where", "which", "who", "wie", "will", "wir", "wird", "with", "work", "would",
    "you", "your", "zum", "zur",
];
/// A shorter word tells nothing.
const MIN_CHARS: usize = 3;

/// Forms of one word have this much at least of their beginning in common,
const MIN_COMMON: usize = 4;
/// and at most so much behind it.
const MAX_ENDING: usize = 3;
/// A word that is the whole beginning or end of another has at least so many letters.
const MIN_PART: usize = 5;

/// The words of `text` that tell what it is about, folded, each once.
pub(super) fn telling(text: &str) -> Vec<String> {
    let words = Words::new(text);
    let is_telling = |word: &str| {
        let is_word = word.chars().count() >= MIN_CHARS && word.chars().any(char::is_alphabetic);
        is_word && COMMON.binary_search(&word).is_err()
    };
    let mut telling: Vec<String> = Vec::new();
    for word in words.iter().filter(|word| is_telling(word)) {
        if !telling.iter().any(|known| is_alike(known, word)) {
            telling.push(word.to_owned());
        }
    }
    telling
}

/// Those of `asked` that `said` has, as places in `asked`.
pub(super) fn covered(asked: &[String], said: &[String]) -> Vec<usize> {
    let is_said = |word: &String| said.iter().any(|other| is_alike(word, other));
    asked.iter().enumerate().filter(|(_, word)| is_said(word)).map(|(at, _)| at).collect()
}

/// Whether two folded words are forms of one: `cancel` and `cancellations`, `folie` and `tonungsfolie`.
pub(in crate::conversations) fn is_alike(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (shorter, longer) = if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    let (short, long) = (shorter.chars().count(), longer.chars().count());
    let has_number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    if has_number(one) || has_number(other) {
        return false;
    }
    let is_form = common >= MIN_COMMON && short - common <= MAX_ENDING && long - common <= MAX_ENDING;
    let is_part = short >= MIN_PART && (common == short || longer.ends_with(shorter));
    is_form || is_part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_in_order_and_folded() {
        assert!(COMMON.is_sorted());
        assert!(COMMON.iter().all(|word| Words::new(word).iter().eq([*word])));
        assert_eq!(telling("How much does a roof inspection cost, and roof inspections?"), ["roof", "inspection"]);
    }

    #[test]
    fn forms_and_parts_of_words_are_alike() {
        for (one, other, alike) in [
            ("cancel", "cancellations", true),
            ("folie", "tonungsfolie", true),
            ("skylights", "skylight", true),
            ("roof", "root", false),
            ("2019", "2019s", false),
            ("car", "cargo", false),
        ] {
            assert_eq!((is_alike(one, other), is_alike(other, one)), (alike, alike), "{one} {other}");
        }
    }
}
