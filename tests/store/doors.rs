//! Every door that someone's telephone number comes in by. It is read alike at each; one that there cannot be is kept nowhere;
//! the business's own number is no customer's, whoever types it.

mod house;

use std::collections::BTreeSet;

use house::House;

/// Numbers as people in the United States write them, and what they are.
const NUMBERS: [(&str, &str); 15] = [
    ("+49 151 23456720", "+4915123456720"),
    ("+33 1 42 68 53 00", "+33142685300"),
    ("+86 138 0013 8000", "+8613800138000"),
    ("+44 1634 567890", "+441634567890"),
    ("+55 11 98765-4399", "+5511987654399"),
    ("+54 11 2345-6789", "+541123456789"),
    ("+353 1 679 9000", "+35316799000"),
    ("+48 12 345 67 89", "+48123456789"),
    ("+45 32 12 34 56", "+4532123456"),
    ("+36 1 234 5678", "+3612345678"),
    ("+234 803 123 4567", "+2348031234567"),
    ("+44 (0)7911 123456", "+447911123456"),
    ("0044 7911 123457", "+447911123457"),
    ("303-555-0133 (cell)", "+13035550133"),
    ("(303) 555-0134", "+13035550134"),
];
/// Numbers that no one can have.
const NOBODYS: [&str; 6] =
    ["555-0125", "0044 7700 900125", "447700900124", "+44 (0)7700 900137", "+44 1632 960001", "+45 12 34 56 78"];
/// The business's own: its telephone, the number it texts from, a location's, one of its staff's.
const OWN: [&str; 4] = ["303 555 0180", "303 555 0181", "303 555 0182", "303 555 0183"];

/// A way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// The field of a form.
    Form,
    /// The contact field of the chat.
    Chat,
    /// Words in the chat, as the built-in responder reads them.
    Words,
    /// Words in the chat, as a model reads them.
    Model,
    /// Another telephone system's report of a call.
    Call,
    /// Twilio, which writes E.164.
    Sms,
    /// Meta, which writes E.164 without its `+`.
    Whatsapp,
    NewContact,
    ChangedContact,
    Lead,
    Import,
    Booking,
}

impl Door {
    const ALL: [Self; 12] = [
        Self::Form,
        Self::Chat,
        Self::Words,
        Self::Model,
        Self::Call,
        Self::Sms,
        Self::Whatsapp,
        Self::NewContact,
        Self::ChangedContact,
        Self::Lead,
        Self::Import,
        Self::Booking,
    ];

    /// Whether someone types the number, as people write numbers.
    fn is_typed(self) -> bool {
        !matches!(self, Self::Sms | Self::Whatsapp)
    }

    /// Whether a number is a field that can be refused; in words it is passed over.
    fn has_a_field(self) -> bool {
        self.is_typed() && !matches!(self, Self::Words | Self::Model)
    }

    /// Whether who types is told that a number is the business's own. Whoever writes to it hears nothing of whose it is.
    fn tells_whose(self) -> bool {
        matches!(self, Self::NewContact | Self::ChangedContact | Self::Lead | Self::Import | Self::Booking)
    }
}

#[tokio::test]
async fn a_number_is_read_alike_at_every_door() {
    for door in Door::ALL {
        let house = House::new().await;
        let written = |(typed, read): (&'static str, &'static str)| if door.is_typed() { typed } else { read };
        let numbers = NUMBERS.map(written);
        assert_eq!(house.bring(door, &numbers).await, Vec::<String>::new(), "{door:?}");
        let expected: BTreeSet<String> = NUMBERS.iter().map(|(_, read)| (*read).to_owned()).collect();
        assert_eq!(house.kept().await, expected, "{door:?}");
    }
}

#[tokio::test]
async fn a_number_that_no_one_can_have_is_kept_at_no_door() {
    for door in Door::ALL.into_iter().filter(|door| door.is_typed()) {
        let house = House::new().await;
        let refused = house.bring(door, &NOBODYS).await;
        assert_eq!(refused, if door.has_a_field() { NOBODYS.to_vec() } else { Vec::new() }, "{door:?}");
        assert_eq!(house.kept().await, BTreeSet::new(), "{door:?}");
    }
}

#[tokio::test]
async fn what_the_business_is_reached_by_is_no_customers_at_any_door() {
    for door in Door::ALL.into_iter().filter(|door| door.is_typed()) {
        let house = House::new().await;
        let refused = house.bring(door, &OWN).await;
        assert_eq!(refused, if door.tells_whose() { OWN.to_vec() } else { Vec::new() }, "{door:?}");
        assert_eq!(house.kept().await, BTreeSet::new(), "{door:?}");
    }
}
