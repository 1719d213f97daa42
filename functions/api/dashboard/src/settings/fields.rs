//! The fields of the settings' forms: each with its label, a hint where one helps, and the place where a problem with it is told.

use domain::tenancy::Span;
use maud::{Markup, html};

use crate::words::Words;

/// A field of a form.
pub(crate) struct Field<'a> {
    /// Where it stands in what is sent, such as `business.phone`.
    name: &'a str,
    /// The words of its label.
    label: String,
    control: Control,
    /// What its id begins with, where several forms of a page have a field of that name.
    within: &'a str,
    hint: Option<&'static str>,
    reads: Option<&'static str>,
    /// What is said of a text that cannot be read.
    wrong: Option<&'static str>,
    /// What its reader has to know, as JSON.
    before: Option<String>,
    limit: Option<u32>,
    pattern: Option<&'static str>,
    is_required: bool,
}

enum Control {
    Line { kind: &'static str, value: String },
    Lines { rows: u8, value: String },
    Choice { options: Vec<(String, String)>, chosen: String, chooses: bool },
    Tick(bool),
}

/// A line of text.
pub(crate) fn line<'a>(label: &str, name: &'a str, value: impl Into<String>) -> Field<'a> {
    Field::new(label, name, Control::Line { kind: "text", value: value.into() })
}

/// Several lines of text.
pub(crate) fn lines<'a>(label: &str, name: &'a str, value: impl Into<String>) -> Field<'a> {
    Field::new(label, name, Control::Lines { rows: 4, value: value.into() })
}

/// One of several: values with the words for them.
pub(crate) fn choice<'a>(
    label: &str,
    name: &'a str,
    options: Vec<(String, String)>,
    chosen: impl Into<String>,
) -> Field<'a> {
    Field::new(label, name, Control::Choice { options, chosen: chosen.into(), chooses: false })
}

/// Yes or no.
pub(crate) fn tick<'a>(label: &str, name: &'a str, is: bool) -> Field<'a> {
    Field::new(label, name, Control::Tick(is))
}

/// A number, which may be left out.
pub(crate) fn number<'a>(label: &str, name: &'a str, value: Option<impl ToString>) -> Field<'a> {
    line(label, name, value.map(|value| value.to_string()).unwrap_or_default()).kind("number").reads("number")
}

/// Opening hours as people write them.
pub(crate) fn spans<'a>(label: &str, name: &'a str, spans: &[Span]) -> Field<'a> {
    line(label, name, shown(spans)).reads("spans").wrong("spans-wrong")
}

impl<'a> Field<'a> {
    fn new(label: &str, name: &'a str, control: Control) -> Self {
        Self {
            name,
            label: label.to_owned(),
            control,
            within: "",
            hint: None,
            reads: None,
            wrong: None,
            before: None,
            limit: None,
            pattern: None,
            is_required: false,
        }
    }

    /// What a browser takes it for, such as `email`.
    pub(crate) fn kind(mut self, of: &'static str) -> Self {
        if let Control::Line { kind, .. } = &mut self.control {
            *kind = of;
        }
        self
    }

    /// So many lines are seen at once.
    pub(crate) fn rows(mut self, seen: u8) -> Self {
        if let Control::Lines { rows, .. } = &mut self.control {
            *rows = seen;
        }
        self
    }

    /// What is chosen decides which other fields there are.
    pub(crate) fn chooses(mut self) -> Self {
        if let Control::Choice { chooses, .. } = &mut self.control {
            *chooses = true;
        }
        self
    }

    /// What its id begins with.
    pub(crate) fn within(mut self, form: &'a str) -> Self {
        self.within = form;
        self
    }

    /// A sentence that helps to fill it in.
    pub(crate) fn hint(mut self, words: &'static str) -> Self {
        self.hint = Some(words);
        self
    }

    /// As what `app.js` reads it, where it is not text.
    pub(crate) fn reads(mut self, reader: &'static str) -> Self {
        self.reads = Some(reader);
        self
    }

    /// What is said where it cannot be read.
    pub(crate) fn wrong(mut self, words: &'static str) -> Self {
        self.wrong = Some(words);
        self
    }

    /// What its reader has to know.
    pub(crate) fn before(mut self, json: String) -> Self {
        self.before = Some(json);
        self
    }

    /// The most characters.
    pub(crate) fn limit(mut self, characters: u32) -> Self {
        self.limit = Some(characters);
        self
    }

    /// What it must look like.
    pub(crate) fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// It cannot be left out.
    pub(crate) fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// The field as it stands on the page.
    pub(crate) fn show(&self, words: &Words) -> Markup {
        let id = id(self.within, self.name);
        let problem = format!("{id}-problem");
        let described = self.hint.map_or_else(|| problem.clone(), |_| format!("{id}-hint {problem}"));
        let label = html! { label for=(id) { (words.t(&self.label)) } };
        let control = self.control(words, &id, &described);
        let is_tick = matches!(self.control, Control::Tick(_));
        html! {
            div.field.tick[is_tick] {
                @if is_tick { (control) (label) } @else { (label) (control) }
                @if let Some(hint) = self.hint { p.quiet.hint id=(format!("{id}-hint")) { (words.t(hint)) } }
                p.problem id=(problem) {}
            }
        }
    }

    fn control(&self, words: &Words, id: &str, described: &str) -> Markup {
        let (name, reads, wrong) = (self.name, self.reads, self.wrong.map(|wrong| words.t(wrong)));
        match &self.control {
            Control::Line { kind, value } => html! {
                input id=(id) name=(name) type=(kind) value=(value) aria-describedby=(described) data-type=[reads] dir="auto"
                    data-wrong=[wrong] maxlength=[self.limit] pattern=[self.pattern] required[self.is_required]
                    autocomplete="off";
            },
            Control::Lines { rows, value } => html! {
                textarea id=(id) name=(name) rows=(rows) aria-describedby=(described) data-type=[reads] dir="auto"
                    data-wrong=[wrong] data-before=[&self.before] maxlength=[self.limit] required[self.is_required] { (value) }
            },
            Control::Choice { options, chosen, chooses } => html! {
                select id=(id) name=(name) aria-describedby=(described) data-type=[reads] data-chooses[*chooses] {
                    @for (value, shown) in options {
                        option value=(value) selected[value == chosen] { (shown) }
                    }
                }
            },
            Control::Tick(is) => html! {
                input id=(id) name=(name) type="checkbox" checked[*is] aria-describedby=(described);
            },
        }
    }
}

/// A box to tick: its value, what is read beside it, and whether it is ticked.
pub(crate) type TickBox = (String, String, bool);

/// A list of those that are ticked, named `locations` where the boxes are named `locations[]`.
pub(crate) fn boxes(legend: &str, name: &str, within: &str, reads: Option<&str>, boxes: &[TickBox]) -> Markup {
    let list = id(within, name);
    let problem = format!("{list}-problem");
    html! {
        fieldset.field id=(list) name=(name) tabindex="-1" aria-describedby=(problem) {
            legend { (legend) }
            @for (index, (value, shown, is_ticked)) in boxes.iter().enumerate() {
                @let id = format!("{list}-{index}");
                div.tick {
                    input id=(id) name=(format!("{name}[]")) type="checkbox" value=(value) data-type=[reads] checked[*is_ticked];
                    label for=(id) dir="auto" { (shown) }
                }
            }
            p.problem id=(problem) {}
        }
    }
}

/// The id of a field.
pub(crate) fn id(within: &str, name: &str) -> String {
    format!("{within}{}", name.replace(['.', '['], "-").replace(']', ""))
}

/// Opening hours as people write them: `09:00-12:00, 13:00-17:00`.
pub(crate) fn shown(spans: &[Span]) -> String {
    let time = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    spans.iter().map(|span| format!("{}-{}", time(span.open), time(span.close))).collect::<Vec<_>>().join(", ")
}

/// The values of an enumeration with the words for them.
pub(crate) fn options<T: serde::Serialize>(words: &Words, prefix: &str, values: &[T]) -> Vec<(String, String)> {
    values.iter().map(|value| (value_of(value), words.value(prefix, value))).collect()
}

/// The value of an enumeration as the API takes it.
pub(crate) fn value_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}
