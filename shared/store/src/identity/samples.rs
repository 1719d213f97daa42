//! A sample of every kind of item of this context: accounts and who belongs where.

use domain::identity::{Account, Invitation, Member};
use domain::ids::{AccountId, SessionId};
use domain::messaging::Email;
use serde_json::json;

use crate::table::keys;
use crate::table::samples::{ACCOUNT, AT, ID, Place, Stored, acme, stored};

pub(crate) fn places() -> Vec<Place> {
    let (acme, account, platform) = (acme(), AccountId::parse(ACCOUNT).unwrap(), keys::platform());
    let session = SessionId::parse(ID).unwrap();
    let own = keys::of(&acme);
    vec![
        ("member", own.document("member", ACCOUNT), "T#acme#MEMBER|{account}"),
        ("invitation", own.document("invitation", ID), "T#acme#INVITATION|{id}"),
        ("admins", own.admins(), "T#acme#ADMINS|ADMINS"),
        ("account", platform.account(account), "P#ACCOUNT#{account}|ACCOUNT"),
        ("membership", platform.membership(account, &acme), "P#ACCOUNT#{account}|MEMBER#acme"),
        ("session", platform.session(account, session), "P#ACCOUNT#{account}|SESSION#{id}"),
        ("sessions", platform.sessions_mark(account), "P#ACCOUNT#{account}|SESSIONS"),
        (
            "login",
            platform.login(&Email::new("ana@example.com", "email").unwrap()),
            "P#LOGIN#8e43ca37701228e74983efdbd0cff5c16b3b1e5d4e29a7c05626d4d25a018e11|LOGIN",
        ),
        ("failures", platform.failures("5f"), "P#FAILURES#5f|FAILURES"),
        ("device", platform.device("5f"), "P#DEVICE#5f|DEVICE"),
        ("link", platform.link("5f"), "P#LINK#5f|LINK"),
        ("signing-key", platform.signing_key(7), "P#SIGNING_KEY|0000000007"),
    ]
}

pub(crate) fn values() -> Vec<Stored> {
    let member = json!({
        "account": ID, "tenant": "acme", "name": "Ana", "email": "ana@example.com", "role": "admin",
        "locations": ["lakewood"], "joined_at": AT,
    });
    vec![
        stored::<Account>(
            "account",
            json!({
                "id": ID, "email": "ana@example.com", "name": "Ana", "status": "active", "password": "hash",
                "password_set_at": AT, "created_at": AT,
                "second_factor": {"since": AT, "last_step": 7, "backup_codes": ["5f"]},
            }),
        ),
        stored::<Member>("member", member.clone()),
        stored::<Member>("membership", member),
        stored::<Invitation>(
            "invitation",
            json!({
                "id": ID, "tenant": "acme", "email": "ana@example.com", "role": "admin", "locations": ["lakewood"],
                "status": "pending", "invited_by": ID, "created_at": AT, "expires_at": AT,
            }),
        ),
    ]
}
