//! What is declared of journeys, of the sequences they go through, and of tasks.

use crate::table::entity::{Entity, of_contact, of_tenant};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        stays: "tenant",
        tolerance: Tolerance::rewritten(&[
            ("stage", Instead::As("dormant")),
            ("preferences.channel", Instead::LeftOut),
            ("preferences.frequency", Instead::As("minimal")),
            // A word about a channel or purpose that nothing here asks for.
            ("consents.*", Instead::LeftOut),
            ("quotes.*", Instead::LeftOut),
            ("appointments.*", Instead::LeftOut),
            ("invoices.*", Instead::LeftOut),
            ("ledger.*", Instead::LeftOut),
            ("waiting.*", Instead::LeftOut),
            ("runs.*", Instead::LeftOut),
            ("engagement.channels.*", Instead::LeftOut),
        ]),
        ..of_contact(
            "journey",
            "contact stage stage_since preferences consents location location_zone quotes appointments \
             invoices ledger waiting runs engagement log seen",
        )
    },
    Entity {
        tenant_only: "assignee",
        tolerance: Tolerance::rewritten(&[("kind", Instead::As("other")), ("done.by", Instead::As(SYSTEM))]),
        ..of_contact("task", "id contact conversation kind title note urgent status due_at created_at done")
    },
    Entity {
        tolerance: Tolerance {
            narrowing: &[
                "enters_on.*",
                "converts_on.*",
                "stops_on.*",
                "hands_over_on.*",
                "pauses_on.*",
                "accelerates_on.*",
                "steps.*",
            ],
            ..Tolerance::rewritten(&[])
        },
        ..of_tenant(
            "sequence",
            "id name enabled kind enters_on about_the_person rest_days converts_on stops_on hands_over_on \
             pauses_on accelerates_on steps",
        )
    },
    of_tenant("tally", "step variant sent converted opted_out"),
    of_tenant("touches", "sent"),
];
