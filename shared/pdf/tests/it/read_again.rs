//! What an order says is what its PDF says, in the order of reading.

use crate::samples::{add_up, blocks, letters, line, order, party, rows, text};
use pdf::{Language, OrderDocument, OrderLine, purchase_order};

/// Cents as an American reads them.
fn dollars(cents: i64) -> String {
    let whole = (cents / 100).to_string();
    let groups: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().map(|digits| std::str::from_utf8(digits).unwrap()).collect();
    format!("${}.{:02}", groups.join(","), cents % 100)
}

/// The cells that a line of an American order must have.
fn cells_of(line: &OrderLine) -> [String; 6] {
    [
        line.sku.clone(),
        line.supplier_sku.clone().unwrap(),
        format!("{} Reason: {}", line.description, line.reason.as_deref().unwrap()),
        format!("{} pcs {} × {} pcs", thousands(line.quantity), line.quantity / line.pack_size, line.pack_size),
        format!("{} per {} pcs", dollars(line.price_cents), line.pack_size),
        dollars(line.total_cents),
    ]
}

fn thousands(number: i64) -> String {
    dollars(number * 100).trim_start_matches('$').trim_end_matches(".00").to_owned()
}

/// Every word of `said` is in `text`, each behind the one before it.
#[track_caller]
fn assert_in_order(text: &str, said: &[&str]) {
    let mut rest = letters(text);
    for one in said {
        let one = letters(one);
        let at = rest.find(&one);
        assert!(at.is_some(), "{one} is not behind what comes before it: {text}");
        let at = at.unwrap();
        rest = rest.split_off(at + one.len());
    }
}

#[test]
fn each_line_is_read_again_as_a_row_with_its_values() {
    for count in [1, 20, 300] {
        let order = order(count);
        let read = blocks(&purchase_order(&order).unwrap());
        let goods = rows(&read, 6);
        assert_eq!(goods.len(), order.lines.len());
        for (line, cells) in order.lines.iter().zip(goods) {
            assert_eq!(cells, cells_of(line));
        }
        let (subtotal, total) = (dollars(order.subtotal_cents), dollars(order.total_cents));
        let sums = [["Subtotal", &subtotal], ["Shipping", "$45.00"], ["Tax", "$123.45"], ["Total", &total]];
        let read = rows(&read, 2);
        assert_eq!(read[read.len() - 4..], sums, "{count} lines");
    }
}

#[test]
fn what_is_around_the_table_is_read_in_its_order() {
    let order = OrderDocument { draft: true, ..order(2) };
    let read = text(&blocks(&purchase_order(&order).unwrap()));
    let said = ["Summit Heating & Air", "Purchase order", "Draft: not ordered yet"];
    assert_in_order(&read, &said);
    let said = [
        "Order number",
        "PO-2026-0049",
        "Date",
        "November 30, 2026",
        "Expected by",
        "December 4, 2026",
        "Customer number",
        "K-20817",
        "Supplier",
    ];
    assert_in_order(&read, &said);
    let supplier = ["Frontier Supply Co.", "410 Depot Street", "Aurora, CO 80011", "orders@frontier.example", "SKU"];
    assert_in_order(&read, &supplier);
    let after =
        ["Ship to", "Warehouse, dock 3", "Denver, CO 80205", "SKU", "FLT-0000", "FLT-0001", "Subtotal", "Total"];
    assert_in_order(&read, &after);
    assert_in_order(&read, &["Total", "Note", "Please ring the bell at dock 3.", "No deliveries after 3 PM."]);
}

#[test]
fn what_an_order_has_not_it_does_not_show() {
    let mut order = OrderDocument { expected: None, note: Some(" \n ".to_owned()), shipping_cents: None, ..order(2) };
    order.tax_cents = None;
    for line in &mut order.lines {
        (line.supplier_sku, line.reason) = (None, None);
        (line.quantity, line.pack_size) = (line.quantity / line.pack_size, 1);
    }
    add_up(&mut order);
    let read = blocks(&purchase_order(&order).unwrap());
    let cells: Vec<String> = rows(&read, 5)[0].to_vec();
    assert_eq!(cells, ["FLT-0000", "Pleated air filter, size 0, MERV 11", "1 pcs", "$10.50", "$10.50"]);
    let read = text(&read);
    for word in ["Draft", "Expected", "Supplier SKU", "Reason", "×", "per", "Shipping", "Tax", "Note"] {
        assert!(!read.contains(word), "{word}: {read}");
    }
}

#[test]
fn every_language_has_its_words_and_writes_sums_its_way() {
    let cases = [
        (
            Language::Es,
            "ES",
            ["Orden de compra", "30 de noviembre de 2026", "Proveedor", "Enviar a", "Motivo:", "Importe"],
            "1.259,00 €",
        ),
        (
            Language::Fr,
            "FR",
            ["Bon de commande", "30 novembre 2026", "Fournisseur", "Adresse de livraison", "Motif :", "Montant"],
            "1 259,00 €",
        ),
        (
            Language::De,
            "DE",
            ["Bestellung", "30. November 2026", "Lieferant", "Lieferadresse", "Grund:", "Betrag"],
            "1.259,00 €",
        ),
        (
            Language::Pt,
            "PT",
            ["Pedido de compra", "30 de novembro de 2026", "Fornecedor", "Entregar em", "Motivo:", "Valor"],
            "€ 1.259,00",
        ),
    ];
    for (language, region, words, sum) in cases {
        let mut order = OrderDocument { language, region: region.into(), currency: "EUR".into(), ..order(1) };
        order.supplier = party("Großhandel Łódź – Peças & Énergie", &["Calle Núñez 12", "České Budějovice"]);
        (order.lines[0].price_cents, order.lines[0].total_cents) = (125_900, 125_900);
        add_up(&mut order);
        let read = text(&blocks(&purchase_order(&order).unwrap()));
        let read = letters(&read);
        for said in
            words.iter().chain(&[sum, "Großhandel Łódź – Peças & Énergie", "Calle Núñez 12", "České Budějovice"])
        {
            assert!(read.contains(&letters(said)), "{said}: {read}");
        }
    }
}

/// What a customer could write, and how it is read again.
const HOSTILE: [(&str, &str); 9] = [
    ("#eval(\"1+1\") #sys.inputs", "#eval(\"1+1\") #sys.inputs"),
    ("$x^2$ = /* no */ // end", "$x^2$ = /* no */ // end"),
    ("*bold* _it_ `raw` <a> @b = h - l + e", "*bold* _it_ `raw` <a> @b = h - l + e"),
    ("\"straight\" 'quotes' -- --- ...", "\"straight\" 'quotes' -- --- ..."),
    ("] } ) \\ \\u{41} #panic()", "] } ) \\ \\u{41} #panic()"),
    ("left \u{202e}thgir\u{202c} \u{200f}left\u{2066}", "left thgir left"),
    ("\u{0}nul\u{7} and\ttab", "nul and tab"),
    ("fire \u{1f525}\u{fe0f} snow ☃ 冷气", "fire □ snow ☃ □□"),
    ("ﬁ and Cafe\u{301}", "fi and Café"),
];

#[test]
fn text_stays_text_whatever_it_looks_like() {
    let mut order = order(9);
    for (line, (written, _)) in order.lines.iter_mut().zip(HOSTILE) {
        (line.description, line.reason) = (written.to_owned(), None);
    }
    let all: Vec<&str> = HOSTILE.iter().map(|(written, _)| *written).collect();
    order.note = Some(all.join("\n"));
    (order.supplier.name, order.number) = (all[0].to_owned(), "#4$*".to_owned());
    let read = blocks(&purchase_order(&order).unwrap());
    let cells: Vec<&str> = rows(&read, 6).iter().map(|cells| cells[2].as_str()).collect();
    let shown: Vec<&str> = HOSTILE.iter().map(|(_, shown)| *shown).collect();
    assert_eq!(cells, shown);
    assert_in_order(&text(&read), &["#4$*", shown[0]]);
    let note = text(&read);
    assert_in_order(note.rsplit_once("Note").unwrap().1, &shown);
}

#[test]
fn a_hebrew_name_is_read_from_right_to_left() {
    let order = OrderDocument { supplier: party("שלום קירור", &[]), ..order(1) };
    assert!(text(&blocks(&purchase_order(&order).unwrap())).contains("שלום קירור"));
}

#[test]
fn words_without_end_stay_in_their_column_and_on_their_pages() {
    let mut order = order(3);
    let endless = |letters: &str, length: usize| letters.chars().cycle().take(length).collect::<String>();
    order.lines[1].sku = endless("ABCDEFGH", 80);
    order.lines[1].supplier_sku = Some(endless("WXYZ", 80));
    order.lines[1].description = endless("abcdefghij", 1_000);
    order.lines[1].reason = Some(endless("klmnopqrst", 1_000));
    order.lines[2].description = endless("one two three four five six. ", 1_000);
    order.note = Some(endless("uvwxyz", 10_000));
    let read = blocks(&purchase_order(&order).unwrap());
    let cells = rows(&read, 6);
    let long = cells.iter().find(|cells| cells[0].starts_with("ABC")).unwrap();
    let OrderLine { sku, supplier_sku, description, reason, .. } = &order.lines[1];
    assert_eq!((letters(&long[0]), letters(&long[1])), (sku.clone(), supplier_sku.clone().unwrap()));
    // What is left of it is on the next page.
    let whole = format!("{description}Reason:{}", reason.as_deref().unwrap());
    assert!(letters(&long[2]).len() > 500 && whole.starts_with(&letters(&long[2])), "{}", long[2]);
    let last = cells.iter().find(|cells| cells[0] == "FLT-0002").unwrap();
    assert_eq!(last[5], dollars(line(2).total_cents));
    let all = letters(&text(&read));
    assert_eq!((all.matches("klmnopqrst").count(), all.matches("uvwxyz").count()), (1_000 / 10, 10_000 / 6));
}

#[test]
fn the_widest_numbers_leave_room_for_the_description() {
    let mut order = order(2);
    let dear = OrderLine {
        sku: "CODE-OF-THIRTY-LETTERS-01234567".to_owned(),
        supplier_sku: Some("THEIR-CODE-OF-THIRTY-LETTERS-01".to_owned()),
        quantity: 1_000_000,
        unit: "kilogrammes".to_owned(),
        pack_size: 1,
        price_cents: 9_999_999,
        total_cents: 9_999_999_000_000,
        ..line(1)
    };
    order.lines[1] = dear.clone();
    add_up(&mut order);
    let read = blocks(&purchase_order(&order).unwrap());
    let cells: Vec<String> = rows(&read, 6)[1].iter().map(|cell| letters(cell)).collect();
    let said = [&dear.sku, dear.supplier_sku.as_ref().unwrap()].map(|code| letters(code));
    assert_eq!(cells[..2], said);
    assert!(cells[2].starts_with("Pleatedairfilter,size1,MERV11"), "{cells:?}");
    assert_eq!(cells[3..], ["1,000,000kilogrammes", "$99,999.99", "$99,999,990,000.00"].map(str::to_owned));
}
