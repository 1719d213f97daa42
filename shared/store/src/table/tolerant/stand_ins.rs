//! What this version does with a value that it does not know, by where it is.
//!
//! A place is listed where doing without is safe: nothing goes out for it, no one gains a right, no condition gets wider.
//! What is not listed is needed as it is, and an item without it is left to a version that can read it.

/// What is read in the place of an unknown value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instead {
    /// Nothing: a field that may be absent, an entry of a list or map.
    LeftOut,
    /// This one: a name, or a JSON object.
    As(&'static str),
}

/// No one in particular, where it is not known who did something.
pub(crate) const SYSTEM: &str = r#"{"type":"system"}"#;

/// How a kind of item is read when a newer version wrote it. In a place, `*` is any entry of a list or map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tolerance {
    /// Whether it is read, changed and written again as a whole: what is not known is put back then.
    pub(crate) is_rewritten: bool,
    /// Places where a value may be unknown, and what is read there.
    pub(crate) places: &'static [(&'static str, Instead)],
    /// Places in which a field that is not known may be a condition: without it, something would happen to more people.
    pub(crate) narrowing: &'static [&'static str],
}

impl Tolerance {
    pub(crate) const fn of(places: &'static [(&'static str, Instead)]) -> Self {
        Self { is_rewritten: false, places, narrowing: &[] }
    }

    pub(crate) const fn rewritten(places: &'static [(&'static str, Instead)]) -> Self {
        Self { is_rewritten: true, ..Self::of(places) }
    }

    /// Whether a field at `path` that is not known must not be passed over.
    pub(super) fn is_narrowing(self, path: &[String]) -> bool {
        self.narrowing.iter().any(|place| leads(place, path).is_some())
    }

    /// Whether `path` leads to an entry of a list or map that the list of places has.
    pub(super) fn is_entry(self, path: &[String]) -> bool {
        self.places.iter().any(|(place, _)| place.ends_with(".*") && leads(place, path) == Some(path.len()))
    }

    /// What is read at `path` or around it, the nearest place of the list, and how many of the path's keys lead there.
    pub(super) fn instead_of(self, path: &[String]) -> Option<(usize, Instead)> {
        let around = self.places.iter().filter_map(|(place, instead)| Some((leads(place, path)?, *instead)));
        around.max_by_key(|(length, _)| *length)
    }
}

/// How many keys of `path` it takes to come to `place`; `None`: it does not lead there.
fn leads(place: &str, path: &[String]) -> Option<usize> {
    let keys: Vec<&str> = place.split('.').collect();
    let leads = keys.len() <= path.len() && keys.iter().zip(path).all(|(key, at)| *key == "*" || key == at);
    leads.then_some(keys.len())
}
