//! Documents of their own, such as locations: a form for each and one to add another, a page at a time.

use domain::identity::Permission;
use maud::{Markup, html};
use store::{Document, Page, Versioned};

use super::Reader;
use crate::shell::next;

/// Documents of one kind.
pub(crate) struct Documents<'a> {
    /// Their path in the API, such as `/v1/locations`.
    pub(crate) path: &'static str,
    /// The page that they stand on.
    pub(crate) page: &'static str,
    /// The words for adding one.
    pub(crate) add: &'static str,
    /// What is said where there is none.
    pub(crate) empty: &'static str,
    /// The right that one must have to change them.
    pub(crate) right: Permission,
    pub(crate) reader: Reader<'a>,
}

impl Documents<'_> {
    /// A page of them: `line` says in a line what one is, `fields` are those of one, or of a new one, whose ids begin as they are told.
    pub(crate) fn show<T: Document>(
        &self,
        page: &Page<Versioned<T>>,
        line: impl Fn(&T) -> Markup,
        fields: impl Fn(Option<&T>, &str) -> Markup,
    ) -> Markup {
        let reader = self.reader;
        let may = reader.permits(self.right);
        let taken = page.items.iter().map(|stored| stored.value.id()).collect::<Vec<_>>().join(" ");
        html! {
            section #entries data-fresh {
                @if page.items.is_empty() { p.empty { (reader.t(self.empty)) } }
                ul.entries {
                    @for stored in &page.items { (self.entry(stored, may, &line, &fields)) }
                }
                (next(reader.words, self.page, &[], page.cursor.as_deref()))
                @if may {
                    details.add #entry-new name="entry" {
                        summary { (reader.t(self.add)) }
                        form method="post" data-call=(format!("POST {}", self.path)) data-done=(reader.t("done-save")) {
                            input type="hidden" name="id" value="" data-type="slug" data-of="name" data-taken=(taken);
                            (fields(None, "new-"))
                            button type="submit" { (reader.t("do-save")) }
                            p.problem role="alert" {}
                        }
                    }
                }
            }
        }
    }

    fn entry<T: Document>(
        &self,
        stored: &Versioned<T>,
        may: bool,
        line: &impl Fn(&T) -> Markup,
        fields: &impl Fn(Option<&T>, &str) -> Markup,
    ) -> Markup {
        let (reader, id) = (self.reader, stored.value.id());
        let path = format!("{}/{id}", self.path);
        html! {
            li {
                details id=(format!("entry-{id}")) name="entry" {
                    summary { (line(&stored.value)) }
                    form method="post" data-call=(format!("PUT {path}")) data-whole data-version=(stored.version)
                        data-done=(reader.t("done-save")) {
                        fieldset disabled[!may] { (fields(Some(&stored.value), &format!("{id}-"))) }
                        @if may { button type="submit" { (reader.t("do-save")) } }
                        p.problem role="alert" {}
                    }
                    @if may {
                        form.button method="post" data-call=(format!("DELETE {path}")) data-version=(stored.version)
                            data-done=(reader.t("done-remove")) {
                            button.second type="submit" { (reader.t("do-remove")) }
                            p.problem role="alert" {}
                        }
                    }
                }
            }
        }
    }
}
