//! What moved of an item: the form that reports it, and the latest lines of the ledger.

use domain::identity::Permission;
use domain::inventory::{Item, Movement, MovementKind};
use maud::{Markup, html};

use super::{Shown, rows};
use crate::settings::fields::{choice, line, number, options};
use crate::show::moment;

/// The kinds that staff report here: the most frequent first.
const KINDS: [MovementKind; 7] = [
    MovementKind::Use,
    MovementKind::Receive,
    MovementKind::Transfer,
    MovementKind::Count,
    MovementKind::Waste,
    MovementKind::Return,
    MovementKind::SendBack,
];

/// The form that reports a movement of `item`. Its key is made when it is sent, and stays until it was answered: sent again, it is the same movement.
pub(super) fn form(shown: &Shown<'_>, item: &Item) -> Markup {
    let words = shown.reader.words;
    html! {
        @if shown.reader.permits(Permission::WriteInventory) {
            section aria-labelledby="move-title" {
                h2 #move-title { (shown.t("move-title")) }
                form method="post" data-call="POST /v1/inventory/movements" data-results="results" data-done=(shown.t("done-report-move")) {
                    (rows("movements"))
                    input type="hidden" name="movements[0].key" value="" data-type="key";
                    input type="hidden" name="movements[0].item" value=(item.id);
                    (choice("move-kind", "movements[0].kind", options(words, "move-kind", &KINDS), "use").chooses().within("move-").show(words))
                    (choice("move-place", "movements[0].place", shown.places.clone(), "").within("move-").show(words))
                    fieldset data-when="transfer" hidden disabled {
                        (choice("move-to", "movements[0].to", shown.places.clone(), "").within("move-").show(words))
                    }
                    (number("move-quantity", "movements[0].quantity", None::<i64>).required().within("move-").show(words))
                    (line("move-note", "movements[0].note", "").limit(300).within("move-").show(words))
                    button type="submit" { (shown.t("do-report-move")) }
                    p.problem role="alert" {}
                }
            }
        }
    }
}

/// The latest movements.
pub(super) fn ledger(shown: &Shown<'_>, movements: &[Movement]) -> Markup {
    html! {
        section #ledger aria-labelledby="ledger-title" data-live {
            h2 #ledger-title { (shown.t("ledger-title")) }
            @if movements.is_empty() { p.empty { (shown.t("ledger-empty")) } }
            ul.timeline { @for movement in movements { li { (entry(shown, movement)) } } }
        }
    }
}

fn entry(shown: &Shown<'_>, movement: &Movement) -> Markup {
    let words = shown.reader.words;
    html! {
        p dir="auto" {
            strong { (words.value("move-kind", &movement.kind)) } " " (movement.quantity) " · " (shown.place(movement.place.as_str()))
            @if let Some(to) = &movement.to { " → " (shown.place(to.as_str())) }
            @if movement.short > 0 { " " span.tag.alert { (words.with("move-short", "count", movement.short)) } }
        }
        p.quiet dir="auto" {
            (moment(movement.at, shown.reader.zone))
            @if !movement.note.is_empty() { " · " (movement.note) }
        }
    }
}
