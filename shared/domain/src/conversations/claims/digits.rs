//! Digits of all scripts as the ones that figures are read in.

/// The zeros of the scripts that have digits of their own; the other nine follow each.
#[rustfmt::skip]
const ZEROS: [u32; 65] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040,
    0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0,
    0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2,
    0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// Currencies in other scripts.
#[rustfmt::skip]
const CURRENCIES: &[&str] = &[
    "доллар", "долар", "евро", "євро", "рубл", "руб.", "гривен", "гривн", "тенге", "美元", "欧元", "人民币", "块钱", "ドル", "ユーロ",
    "달러", "유로", "دولار", "يورو", "ريال", "درهم", "دينار", "डॉलर", "यूरो", "रुपये", "रुपए", "דולר", "יורו", "שקל", "ดอลลาร์", "บาท",
];
/// Currencies behind a figure; elsewhere they may be part of other words.
const BEHIND_A_FIGURE: [char; 5] = ['元', '円', '块', '원', '圓'];

/// `text` with its digits, and what separates them, in ASCII, and with its currencies as codes. Square and cubic metres are no
/// figures.
pub(super) fn in_ascii(text: &str) -> String {
    let text: String = text.chars().map(ascii).collect();
    let text = text.replace("m²", "m2").replace("m³", "m3");
    if text.is_ascii() { text } else { with_codes(&text) }
}

/// Any currency will do: it is its figure that must be known.
fn with_codes(text: &str) -> String {
    const CODE: &str = " usd ";
    let named = CURRENCIES.iter().filter(|name| text.contains(**name));
    let text = named.fold(text.to_owned(), |text, name| text.replace(name, CODE));
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if BEHIND_A_FIGURE.contains(&c) && written.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
            written.push_str(CODE);
        } else {
            written.push(c);
        }
    }
    written
}

fn ascii(c: char) -> char {
    match c {
        '٫' | '．' => '.',
        '٬' | '，' => ',',
        '：' => ':',
        '／' => '/',
        '－' => '-',
        _ if c.is_ascii() || !c.is_numeric() => c,
        _ => decimal(c).unwrap_or(c),
    }
}

fn decimal(c: char) -> Option<char> {
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}
