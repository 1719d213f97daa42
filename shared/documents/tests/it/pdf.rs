//! PDFs: what is read of them, and in which order.

use crate::samples::{Sheet, blocks, faq, heading, of, pdf, pdf_of, row, sheet, stream, text};
use documents::Unreadable;
use knowledge::Unread;

#[test]
fn lines_become_paragraphs_and_a_word_that_was_cut_is_joined() {
    let page = sheet(&[
        (50.0, 760.0, 20.0, "Our prices"),
        (50.0, 730.0, 11.0, "We cut hair at your home, in the whole of the town and in the villages a-"),
        (50.0, 716.0, 11.0, "round it. Prices are those of 2026 and include what it takes to come to you."),
        (50.0, 690.0, 11.0, "Cash and cards are both fine."),
    ]);
    let around = "We cut hair at your home, in the whole of the town and in the villages around it. Prices are those of 2026 and include \
                  what it takes to come to you.";
    assert_eq!(
        blocks("a.pdf", &pdf(&[page])),
        [heading(1, "Our prices"), text(around), text("Cash and cards are both fine.")]
    );
}

/// Two columns whose lines are not on the same heights, under a title across both.
fn two_columns() -> Sheet {
    let mut words = vec![(50.0, 770.0, 18.0, "Everything that our two salons offer to guests".to_owned())];
    for line in 0..8 {
        let y = 740.0 - 14.0 * f64::from(line);
        words.push((50.0, y, 10.0, format!("left {line} goes on with words that fill the column")));
        words.push((310.0, y - 3.0, 10.0, format!("right {line} goes on with words that fill its own")));
    }
    let words: Vec<_> = words.iter().map(|(x, y, size, words)| (*x, *y, *size, words.as_str())).collect();
    sheet(&words)
}

#[test]
fn columns_are_read_one_after_the_other() {
    let read = blocks("a.pdf", &pdf(&[two_columns()]));
    let all: String = read.iter().map(|block| format!("{block:?}")).collect();
    let places: Vec<usize> = (0..8).map(|line| all.find(&format!("left {line} ")).unwrap()).collect();
    assert!(places.is_sorted() && all.find("right 0 ").unwrap() > places[7], "{all}");
    assert_eq!(read[0], heading(1, "Everything that our two salons offer to guests"));
}

#[test]
fn a_price_list_is_read_row_by_row_with_its_head() {
    let page = sheet(&[
        (50.0, 700.0, 11.0, "Service"),
        (250.0, 700.0, 11.0, "Duration"),
        (400.0, 700.0, 11.0, "Price"),
        (50.0, 684.0, 11.0, "Women, with wash"),
        (250.0, 684.0, 11.0, "60 min"),
        (400.0, 684.0, 11.0, "$55"),
        (50.0, 668.0, 11.0, "Men"),
        (250.0, 668.0, 11.0, "30 min"),
        (400.0, 668.0, 11.0, "$25"),
    ]);
    let head = ["Service", "Duration", "Price"];
    let rows = [row(head, ["Women, with wash", "60 min", "$55"]), row(head, ["Men", "30 min", "$25"])];
    assert_eq!(blocks("a.pdf", &pdf(&[page])), rows);
}

#[test]
fn lines_around_cells_say_which_words_are_one_cell() {
    let mut page = sheet(&[
        (55.0, 685.0, 11.0, "Service"),
        (205.0, 685.0, 11.0, "Price"),
        (55.0, 665.0, 11.0, "Full colour, with"),
        (55.0, 652.0, 11.0, "wash and cut"),
        // In the middle of the two lines beside it.
        (205.0, 658.0, 11.0, "$85"),
        (55.0, 631.0, 11.0, "Beard"),
        (205.0, 631.0, 11.0, "$10"),
    ]);
    for (y, height) in [(680.0, 20.0), (645.0, 35.0), (625.0, 20.0)] {
        page.content += &format!("50 {y} 150 {height} re S 200 {y} 100 {height} re S\n");
    }
    let head = ["Service", "Price"];
    let rows = [row(head, ["Full colour, with wash and cut", "$85"]), row(head, ["Beard", "$10"])];
    assert_eq!(blocks("a.pdf", &pdf(&[page])), rows);
}

#[test]
fn dots_lead_from_a_name_to_its_price_and_small_raised_digits_are_not_part_of_it() {
    let page = sheet(&[
        (50.0, 700.0, 11.0, "Beard trim ................ $10"),
        (50.0, 684.0, 11.0, "Full shave ................ $15"),
        (50.0, 600.0, 12.0, "A cut costs $25"),
        (132.5, 605.0, 6.0, "1"),
    ]);
    let read = blocks("a.pdf", &pdf(&[page]));
    assert_eq!(read, [row([], ["Beard trim", "$10"]), row([], ["Full shave", "$15"]), text("A cut costs $25¹")]);
}

#[test]
fn items_of_lists_are_paragraphs_and_no_table() {
    let page = sheet(&[
        (50.0, 700.0, 11.0, "\\225"),
        (70.0, 700.0, 11.0, "Free coffee and tea"),
        (50.0, 686.0, 11.0, "\\225"),
        (70.0, 686.0, 11.0, "Parking behind the house"),
        (50.0, 672.0, 11.0, "1."),
        (70.0, 672.0, 11.0, "Ring twice"),
    ]);
    let read = blocks("a.pdf", &pdf(&[page]));
    assert_eq!(read, [text("Free coffee and tea"), text("Parking behind the house"), text("1. Ring twice")]);
}

#[test]
fn a_heading_that_asks_has_its_answer_below_it() {
    let page = sheet(&[
        (50.0, 700.0, 14.0, "Do I have to book?"),
        (50.0, 682.0, 10.0, "Please do, at least two hours ahead, and longer ahead before public holidays."),
        (50.0, 660.0, 14.0, "Is there parking?"),
        (50.0, 642.0, 10.0, "Yes, behind the house."),
    ]);
    let book = "Please do, at least two hours ahead, and longer ahead before public holidays.";
    let read = blocks("a.pdf", &pdf(&[page]));
    assert_eq!(read, [faq("Do I have to book?", book), faq("Is there parking?", "Yes, behind the house.")]);
}

#[test]
fn what_every_page_repeats_is_read_once_and_numbers_of_pages_never() {
    let pages: Vec<Sheet> = (1..=4)
        .map(|page| {
            let (body, number) = (format!("What chapter {page} says of prices."), format!("Page {page} of 4"));
            let title = format!("Chapter {page}");
            sheet(&[
                (50.0, 780.0, 9.0, "River Salon, 12 River Street"),
                (50.0, 750.0, 16.0, &title),
                (50.0, 700.0, 11.0, &body),
                (50.0, 686.0, 11.0, "It is the same in both of our salons and does not change with the season."),
                (50.0, 600.0, 11.0, "Cards are fine."),
                (280.0, 20.0, 9.0, &number),
            ])
        })
        .collect();
    let document = of("a.pdf", &pdf(&pages)).unwrap();
    let all = format!("{document:?}");
    assert_eq!(all.matches("River Street").count(), 1);
    assert_eq!(all.matches("Page 1 of 4").count() + all.matches("Page 4 of 4").count(), 0);
    assert_eq!((all.matches("Chapter").count(), all.matches("What chapter").count()), (4, 4), "{all}");
    assert_eq!(document.pages.iter().map(|page| page.number).collect::<Vec<_>>(), [Some(1), Some(2), Some(3), Some(4)]);
}

#[test]
fn a_page_that_is_turned_reads_as_one_that_is_not() {
    let upright = blocks("a.pdf", &pdf(&[two_columns()]));
    for entries in ["/Rotate 90", "/Rotate 180", "/Rotate 270"] {
        let turned = Sheet { entries, ..two_columns() };
        assert_eq!(blocks("a.pdf", &pdf(&[turned])), upright, "{entries}");
    }
    // Text that is turned on a page that is not.
    let content = format!("0 1 -1 0 600 0 cm {}", two_columns().content);
    assert_eq!(blocks("a.pdf", &pdf(&[Sheet { content, entries: "" }])), upright);
}

#[test]
fn hebrew_is_read_from_right_to_left_and_its_numbers_from_left_to_right() {
    // Each code stands for itself plus what makes it a letter of Hebrew; digits and spaces stay.
    let map =
        "1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfrange <61> <7a> <05d0> <20> <40> <0020> endbfrange";
    let font = "<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 32/Widths[250]/ToUnicode 5 0 R/FontDescriptor<</MissingWidth 500>>>>";
    let content = "BT /F 12 Tf 50 700 Td (cba 55 fed) Tj ET";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>>>/Contents 6 0 R>>";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into(),
        font.into(),
        stream("", map.as_bytes()),
        stream("", content.as_bytes()),
    ];
    assert_eq!(blocks("a.pdf", &pdf_of(&objects)), [text("דהו 55 אבג")]);
}

#[test]
fn pages_that_are_pictures_are_named() {
    let picture = Sheet { content: "500 0 0 700 50 50 cm /I Do".into(), entries: "" };
    let blank = Sheet { content: String::new(), entries: "" };
    let words = sheet(&[(50.0, 700.0, 11.0, "Words on the second page.")]);
    let document = of("a.pdf", &pdf(&[picture.clone(), words, blank.clone()])).unwrap();
    assert_eq!(document.pages.len(), 1);
    assert_eq!(
        (document.pages[0].number, document.unread[0].number, document.unread[0].reason),
        (Some(2), 1, Unread::Image)
    );
    assert_eq!(document.unread.len(), 1);
    // All of them, and none.
    assert_eq!(of("a.pdf", &pdf(&[picture])).unwrap().unread.len(), 1);
    assert_eq!(of("a.pdf", &pdf(&[blank])), Err(Unreadable::Empty));
}

#[test]
fn what_was_filled_into_a_form_is_read() {
    let entries = "/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/T(n1)/TU(Your name)/V(Ana Vale)>>\
                   <</Type/Annot/Subtype/Widget/FT/Btn/T(news)/V/Off>>\
                   <</Type/Annot/Subtype/Widget/Parent<</FT/Ch/T(size)/V<FEFF004C0061007200670065>>>>>]";
    let page = Sheet { entries, ..sheet(&[(50.0, 700.0, 11.0, "Booking form")]) };
    let read = blocks("a.pdf", &pdf(&[page]));
    assert_eq!(read, [text("Booking form"), text("Your name: Ana Vale"), text("size: Large")]);
}

#[test]
fn ligatures_are_letters() {
    let font = "<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 65/Widths[500 500]/Encoding<</Differences[65/fi/f_f_l]>>\
                /FontDescriptor<</MissingWidth 500>>>>";
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>";
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into(),
        font.into(),
        stream("", b"BT /F 12 Tf 50 700 Td (A B) Tj ET"),
    ];
    assert_eq!(blocks("a.pdf", &pdf_of(&objects)), [text("fi ffl")]);
}

#[test]
fn a_table_of_objects_that_is_wrong_or_missing_is_made_again() {
    let good = pdf(&[two_columns()]);
    let cut = good.len() - 60;
    assert_eq!(blocks("a.pdf", &good[..cut]), blocks("a.pdf", &good));
}
