use super::written;

#[test]
fn numbers_in_words_are_typed() {
    for (text, typed) in [
        ("my number is seven two zero five five five zero one six six", "my number is 7205550166"),
        ("it's seven two oh, five fifty five, oh one six six ok", "it's 7205550166 ok"),
        ("three oh three double five five oh one four two", "3035550142"),
        ("call me at eight hundred five five five zero one nine nine", "call me at 8005550199"),
        ("seven two zero uh five five five dash zero one six six", "7205550166"),
        ("mi teléfono es seis doce cuarenta y cinco sesenta y siete ochenta y nueve", "mi teléfono es 612456789"),
        ("seiscientos doce, tres cuatro cinco, seis siete ocho", "612345678"),
        ("es el seis uno dos doble tres cuatro cinco seis siete", "es el 612334567"),
        ("mon numéro c'est le zéro six douze trente-quatre vingt et un douze", "mon numéro c'est le 0612342112"),
        ("zéro six soixante-dix-sept quatre-vingt-douze vingt onze", "0677922011"),
        (
            "meine Nummer ist null eins fünf zwo zwo acht acht eins sieben drei fünf fünf",
            "meine Nummer ist 015228817355",
        ),
        ("null eins fünf zwei fünfundvierzig dreiundzwanzig elf null neun", "015245231109"),
        ("plus vier neun eins fünf zwei zwei acht acht eins sieben drei fünf fünf", "+4915228817355"),
        ("meu número é nove um dois três três quatro quatro cinco cinco", "meu número é 912334455"),
        ("onze nove oito meia cinco quatro três dois um zero zero", "119865432100"),
    ] {
        assert_eq!(written(text), typed, "{text}");
    }
}

#[test]
fn what_is_no_number_to_dial_stays() {
    for text in [
        "two adults and one child at three thirty pm",
        "monday the seventh at like three thirty",
        "a las diez y media o a las once",
        "zwischen acht und neun, für zwei Personen",
        "one two three",
        "de duas a três pessoas às oito e meia",
        "entre dix et onze heures pour deux",
        "+ 12 34",
    ] {
        assert_eq!(written(text), text);
    }
}

#[test]
fn mailboxes_are_typed() {
    for (text, typed) in [
        ("ana at example dot com", "ana@example.com"),
        ("it's dan dot ortiz at example dot com, thanks", "it's dan.ortiz@example.com, thanks"),
        ("my email is ana at example.com", "my email is ana@example.com"),
        ("my email is ana lopez at example dot co dot uk", "my email is analopez@example.co.uk"),
        ("ana underscore lopez at example dot com", "ana_lopez@example.com"),
        ("mi correo es ana punto lópez arroba example punto es", "mi correo es ana.lopez@example.es"),
        ("ana guion bajo", "ana guion bajo"),
        ("anna punkt müller ät example punkt de", "anna.muller@example.de"),
        ("anna Klammeraffe example.de", "anna@example.de"),
        ("luc point morel arobase example point fr", "luc.morel@example.fr"),
        ("celia arroba example ponto com ponto br", "celia@example.com.br"),
        ("ana (at) example.com", "ana@example.com"),
        ("ana @ example.com", "ana@example.com"),
        ("ana@ example.com", "ana@example.com"),
        ("ana at gmail com", "ana@gmail.com"),
    ] {
        assert_eq!(written(text), typed, "{text}");
    }
}

#[test]
fn what_is_no_mailbox_stays() {
    for text in
        ["I looked at example.com", "see you at noon", "meet @ 3.30", "I saw it at the dot on the map", "Thursday @ 3"]
    {
        assert_eq!(written(text), text);
    }
}
