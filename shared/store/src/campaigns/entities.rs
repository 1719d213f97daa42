//! What is declared of campaigns and weather rules, which are the tenant's, and of those whom a campaign is for.

use crate::table::entity::{Entity, of_contact, of_tenant};
use crate::table::tolerant::{Instead, SYSTEM, Tolerance};

const CAMPAIGN: &str = "id name rule event condition first_day last_day peak hail_tenths_mm place location services audience reach \
                        keep_free_percent take_rate_permille capacity spread most_a_day suggestions texts template edited state automatic decided_at \
                        ended created_at updated_at useful_until";

pub(crate) const ENTITIES: &[Entity] = &[
    // A rule of a newer version does nothing in this one: it cannot be read.
    of_tenant(
        "weather_rule",
        "id name active condition thresholds days lead_days months services audience keep_free_percent template automatic",
    ),
    Entity {
        tenant_only: "decided_by",
        tolerance: Tolerance::rewritten(&[
            // What it cannot tell is not sent, and not decided about.
            ("state", Instead::As("failed")),
            ("suggestions.*", Instead::LeftOut),
            ("decided_by", Instead::As(SYSTEM)),
        ]),
        ..of_tenant("campaign", CAMPAIGN)
    },
    Entity {
        stays: "next_page",
        ..of_tenant(
            "campaign_figures",
            "invited not_sent held_* day_* answered booked lost done revenue_cents done_cents told",
        )
    },
    Entity {
        tolerance: Tolerance::rewritten(&[("state", Instead::As("left_out"))]),
        ..of_contact(
            "campaign_invitee",
            "campaign contact rank last_visit state why message invited_at answered_at booked worth_cents lost done",
        )
    },
];
