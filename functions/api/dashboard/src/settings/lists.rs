//! Lists within the tenant's document, such as its services: a form for each entry and one to add another, a page at a time.

use domain::identity::Permission;
use maud::{Markup, html};

use super::{FORMS_ON_A_PAGE, Reader};

/// A list within the tenant's document.
pub(super) struct List<'a> {
    /// Its path in the document, such as `hours.exceptions`.
    pub(super) path: &'static str,
    /// The id of the region that it stands in.
    pub(super) region: &'static str,
    /// The page it stands on, as far as the number of the first entry that it shows: `/app/settings/services?from=`.
    pub(super) page: &'static str,
    /// The words for adding an entry.
    pub(super) add: &'static str,
    /// What is said where there is none.
    pub(super) empty: &'static str,
    /// Whether its order means something.
    pub(super) is_ordered: bool,
    /// The version of the document.
    pub(super) version: u64,
    /// The first entry that is shown.
    pub(super) from: usize,
    pub(super) reader: Reader<'a>,
}

impl List<'_> {
    /// The list of `items`: `line` says in a line what an entry is, `fields` are those of an entry, or of a new one, whose ids begin as
    /// they are told.
    pub(super) fn show<T>(
        &self,
        items: &[T],
        line: impl Fn(&T) -> Markup,
        fields: impl Fn(Option<&T>, &str) -> Markup,
    ) -> Markup {
        let reader = self.reader;
        let may = reader.permits(Permission::WriteSettings);
        let name = self.path.replace('.', "-");
        html! {
            @if items.is_empty() { p.empty { (reader.t(self.empty)) } }
            ul.entries {
                @for (index, item) in items.iter().enumerate().skip(self.from).take(FORMS_ON_A_PAGE) {
                    li {
                        details id=(format!("{name}-{index}")) name=(name) {
                            summary { (line(item)) }
                            @let prefix = format!("{name}-{index}-");
                            (self.form("change", Some(index), may, &html! {
                                (fields(Some(item), &prefix))
                            }))
                            @if may {
                                div.actions {
                                    @if self.is_ordered && index > 0 { (self.button("up", index, "do-up", "done-save")) }
                                    (self.button("remove", index, "do-remove", "done-remove"))
                                }
                            }
                        }
                    }
                }
            }
            (self.more(items.len()))
            @if may {
                details.add id=(format!("{name}-new")) name=(name) {
                    summary { (reader.t(self.add)) }
                    (self.form("add", None, may, &fields(None, &format!("{name}-new-"))))
                }
            }
        }
    }

    fn form(&self, what: &str, at: Option<usize>, may: bool, fields: &Markup) -> Markup {
        html! {
            form method="post" data-call="PATCH /v1/tenant" data-patch data-version=(self.version) data-list=(self.path) data-do=(what)
                data-at=[at] data-done=(self.reader.t("done-save")) {
                fieldset disabled[!may] { (fields) }
                @if may { button type="submit" { (self.reader.t("do-save")) } }
                p.problem role="alert" {}
            }
        }
    }

    fn button(&self, what: &str, at: usize, label: &str, done: &str) -> Markup {
        html! {
            form.button method="post" data-call="PATCH /v1/tenant" data-patch data-version=(self.version) data-list=(self.path)
                data-do=(what) data-at=(at) data-within=(self.region) data-done=(self.reader.t(done)) {
                button.second type="submit" { (self.reader.t(label)) }
                p.problem role="alert" {}
            }
        }
    }

    fn more(&self, count: usize) -> Markup {
        let next = self.from.saturating_add(FORMS_ON_A_PAGE);
        html! {
            @if self.from > 0 { p.more { a href=(format!("{}0", self.page)) { (self.reader.t("first-page")) } } }
            @if next < count { p.more { a href=(format!("{}{next}", self.page)) rel="next" { (self.reader.t("next-page")) } } }
        }
    }
}
