//! A list of items dropped in: tried, and then taken.

use domain::identity::Permission;
use maud::{Markup, html};

use super::Shown;
use crate::settings::fields::{line, lines, tick};

/// The columns that lists call differently: the field, and its words.
const COLUMNS: [(&str, &str); 8] = [
    ("mapping.sku", "item-sku"),
    ("mapping.name", "item-name"),
    ("mapping.supplier", "offer-supplier"),
    ("mapping.pack_size", "offer-pack"),
    ("mapping.pack_price", "items-import-price"),
    ("mapping.lead_days", "offer-lead"),
    ("mapping.place", "stock-places"),
    ("mapping.quantity", "stock-on-hand"),
];
/// The figures of an answer, and their words.
const FIGURES: [(&str, &str); 7] = [
    ("lines", "items-import-lines"),
    ("made", "items-import-made"),
    ("updated", "items-import-updated"),
    ("unchanged", "items-import-unchanged"),
    ("kept", "items-import-kept"),
    ("counted", "items-import-counted"),
    ("refused", "items-import-refused"),
];

/// The form, and where `inventory.js` puts what became of the list.
pub(super) fn form(shown: &Shown<'_>) -> Markup {
    let words = shown.reader.words;
    html! {
        @if shown.reader.permits(Permission::WriteOrders) && shown.reader.permits(Permission::WriteInventory) {
            details #items-import {
                summary { (shown.t("items-import")) }
                form method="post" data-call="POST /v1/inventory/item-imports" data-import="items-import-told"
                    data-reveal="items-import-lines" data-field="lines" data-done=(shown.t("done-items-import")) {
                    p.quiet { (shown.t("items-import-text")) }
                    div.field {
                        label for="items-file" { (shown.t("items-import-file")) }
                        input #items-file type="file" accept=".csv,text/csv,text/plain" data-fills="import-csv" aria-describedby="items-file-problem";
                        p.problem #items-file-problem {}
                    }
                    (lines("items-import-csv", "csv", "").rows(6).within("import-").required().hint("items-import-hint").show(words))
                    details {
                        summary { (shown.t("items-import-columns")) }
                        p.quiet { (shown.t("items-import-columns-text")) }
                        @for (field, label) in COLUMNS {
                            (line(label, field, "").limit(100).reads("empty-null").within("import-").show(words))
                        }
                    }
                    (tick("items-import-update", "update", false).within("import-").show(words))
                    (tick("items-import-try", "dry_run", true).within("import-").show(words))
                    button type="submit" { (shown.t("do-items-import")) }
                    p.problem role="alert" {}
                }
                div #items-import-told role="status" hidden {
                    dl {
                        @for (figure, label) in FIGURES {
                            dt { (shown.t(label)) }
                            dd id=(format!("items-import-{figure}")) data-figure=(figure) {}
                        }
                    }
                    ul.entries data-line=(shown.t("items-import-line")) {}
                }
            }
        }
    }
}
