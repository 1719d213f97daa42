//! The lines of a file, sorted into calendars with their events, free-busy lists and zones.

use super::lines::Line;

/// The longest id, in bytes: RFC 7986, 5.3, asks for less than 255 characters.
const MAX_UID: usize = 255;
/// Parts within parts. A sound file has three; events that nobody ended count too.
const MAX_DEPTH: usize = 100;

/// The lines between one `BEGIN` and its `END`, without those of the parts inside.
#[derive(Debug, Default)]
pub(crate) struct Component {
    pub(crate) name: String,
    pub(crate) lines: Vec<Line>,
    /// The line of its `BEGIN`.
    pub(crate) number: usize,
    /// Of a zone: its `STANDARD` and `DAYLIGHT`.
    pub(crate) parts: Vec<Component>,
    /// Whether its `END` was there. Without, we cannot know what of it is missing.
    pub(crate) closed: bool,
}

impl Component {
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.name == name)
    }

    /// Its id, empty if it has none; one that is longer than any program makes is ignored.
    pub(crate) fn uid(&self) -> String {
        let uid = self.first("UID").map(|line| line.value.trim()).filter(|uid| uid.len() <= MAX_UID);
        uid.unwrap_or_default().to_owned()
    }

    pub(crate) fn first<'a>(&'a self, name: &'a str) -> Option<&'a Line> {
        self.all(name).next()
    }
}

/// One `VCALENDAR`.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    /// `X-WR-TIMEZONE`: the zone of what names none. Not in the standard; Google and Apple write it.
    pub(crate) zone: Option<String>,
    /// Whether the whole file calls its events off (`METHOD:CANCEL`).
    pub(crate) cancels: bool,
    /// Whether its `END` was there.
    pub(crate) closed: bool,
    pub(crate) events: Vec<Component>,
    pub(crate) busy: Vec<Component>,
    pub(crate) zones: Vec<Component>,
}

impl Calendar {
    fn take(&mut self, component: Component) {
        match component.name.as_str() {
            "VEVENT" => self.events.push(component),
            "VFREEBUSY" => self.busy.push(component),
            "VTIMEZONE" => self.zones.push(component),
            _ => {}
        }
    }
}

/// The calendars of a file; `None` where parts stand in each other too deep. Events outside of any (some exports have no `VCALENDAR`) are
/// in one of their own.
pub(crate) fn sort(lines: Vec<Line>) -> Option<Vec<Calendar>> {
    let mut calendars: Vec<Calendar> = Vec::new();
    let mut open: Vec<Component> = Vec::new();
    for line in lines {
        match line.name.as_str() {
            "BEGIN" if line.word() == "VCALENDAR" => {
                close(&mut open, &mut calendars, None);
                calendars.push(Calendar::default());
            }
            "BEGIN" if open.len() == MAX_DEPTH => return None,
            "BEGIN" => open.push(Component { name: line.word(), number: line.number, ..Component::default() }),
            "END" => {
                close(&mut open, &mut calendars, Some(&line.word()));
                if let Some(calendar) = calendars.last_mut() {
                    calendar.closed |= line.word() == "VCALENDAR";
                }
            }
            _ => match open.last_mut() {
                Some(component) => component.lines.push(line),
                None => header(calendars.last_mut(), &line),
            },
        }
    }
    close(&mut open, &mut calendars, None);
    Some(calendars)
}

fn header(calendar: Option<&mut Calendar>, line: &Line) {
    let Some(calendar) = calendar else { return };
    match line.name.as_str() {
        "X-WR-TIMEZONE" => calendar.zone = Some(line.value.trim().to_owned()),
        "METHOD" => calendar.cancels = line.word() == "CANCEL",
        _ => {}
    }
}

/// Ends the innermost component of this name; those inside it that nobody ended too. Without a name, or at the end of a
/// calendar: all of them.
fn close(open: &mut Vec<Component>, calendars: &mut Vec<Calendar>, name: Option<&str>) {
    let whole = name.is_none_or(|name| name == "VCALENDAR");
    let from = match open.iter().rposition(|component| Some(component.name.as_str()) == name) {
        Some(at) => at,
        None if whole => 0,
        None => return,
    };
    for mut component in open.split_off(from).into_iter().rev() {
        component.closed = Some(component.name.as_str()) == name;
        let zone = open.last_mut().filter(|parent| parent.name == "VTIMEZONE");
        match zone {
            Some(zone) if component.closed => zone.parts.push(component),
            _ => {
                // Anything else outside a calendar, a list of addresses say, makes none.
                if calendars.is_empty() && matches!(component.name.as_str(), "VEVENT" | "VFREEBUSY") {
                    calendars.push(Calendar { closed: true, ..Calendar::default() });
                }
                if let Some(calendar) = calendars.last_mut() {
                    calendar.take(component);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    fn names(text: &str) -> Vec<(String, bool, usize)> {
        let calendars = sort(lines::read(text)).unwrap();
        calendars
            .iter()
            .flat_map(|calendar| &calendar.events)
            .map(|event| {
                (event.first("UID").map(|line| line.value.clone()).unwrap_or_default(), event.closed, event.number)
            })
            .collect()
    }

    #[test]
    fn the_lines_of_an_alarm_are_not_the_events() {
        let text =
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nUID:alarm\nEND:VALARM\nUID:a\nEND:VEVENT\nEND:VCALENDAR";
        assert_eq!(names(text), [("a".to_owned(), true, 2)]);
    }

    #[test]
    fn an_event_that_nobody_ends_is_known_as_such_and_the_next_is_read() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nBEGIN:VEVENT\nUID:b\nEND:VEVENT\nEND:VCALENDAR";
        assert_eq!(names(text), [("b".to_owned(), true, 4), ("a".to_owned(), false, 2)]);
    }

    #[test]
    fn events_without_a_calendar_around_them_are_read() {
        assert_eq!(names("BEGIN:VEVENT\nUID:a\nEND:VEVENT\n"), [("a".to_owned(), true, 1)]);
    }
}
