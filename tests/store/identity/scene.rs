//! Invented people.

use domain::failure::Rejection;
use domain::identity::{
    Account, AccountStatus, Actor, AuditAction, Invitation, InvitationStatus, Member, Role, Session,
};
use domain::ids::{AccountId, InvitationId, SessionId};
use domain::messaging::Email;
use domain::{Failure, TenantId};
use jiff::ToSpan as _;
use store::{Link, LinkPurpose, Trace, Versioned};

use crate::stage::{Stage, noon};

pub fn tenant(id: &str) -> TenantId {
    TenantId::new(id).unwrap()
}

pub fn address(name: &str) -> Email {
    Email::new(&format!("{name}@example.com"), "email").unwrap()
}

pub fn trace(seconds: i64) -> Trace {
    Trace { actor: Actor::System, at: noon(seconds), address: Some("192.0.2.7".into()), correlation_id: "c".into() }
}

pub fn account(name: &str) -> Account {
    Account {
        id: AccountId::derive(&TenantId::platform(), &[name]),
        email: address(name),
        name: name.to_owned(),
        status: AccountStatus::Active,
        email_verified_at: Some(noon(0)),
        password: "$argon2id$first".to_owned(),
        password_set_at: noon(0),
        second_factor: None,
        created_at: noon(0),
    }
}

pub fn invitation(name: &str, into: &str, role: Role) -> Invitation {
    Invitation {
        id: InvitationId::derive(&tenant(into), &[name]),
        tenant: tenant(into),
        email: address(name),
        role,
        locations: Vec::new(),
        status: InvitationStatus::Pending,
        invited_by: None,
        created_at: noon(0),
        expires_at: noon(0) + 168.hours(),
    }
}

pub fn session(name: &str, into: &str, role: Role, device: &str, seconds: i64) -> Session {
    Session {
        id: SessionId::derive(&tenant(into), &[name, device]),
        account: account(name).id,
        tenant: tenant(into),
        role,
        second_factor: false,
        device: device.to_owned(),
        address: "192.0.2.7".to_owned(),
        started_at: noon(seconds),
        refreshed_at: noon(seconds),
    }
}

impl Stage {
    /// An invitation and its link, whose hash is `<name>-<into>`.
    pub async fn invited(&self, name: &str, into: &str, role: Role) -> (Versioned<Invitation>, String) {
        let invited = self.store.invitations().invite(&invitation(name, into, role), &trace(1)).await.unwrap();
        let hash = format!("{name}-{into}");
        let (invitation, version) = (invited.value.id, Some(invited.version));
        let purpose = LinkPurpose::Invitation { tenant: tenant(into), invitation, version };
        let link = Link { purpose, email: address(name), made_at: noon(1), expires_at: noon(3600) };
        self.store.links().put(&hash, &link).await.unwrap();
        (invited, hash)
    }

    /// A new account that is a member.
    pub async fn joined(&self, name: &str, into: &str, role: Role) -> Member {
        let (invitation, hash) = self.invited(name, into, role).await;
        self.store.invitations().accept(&invitation, &account(name), true, &hash, &trace(2)).await.unwrap()
    }

    /// An account that is there already becomes a member of one more tenant.
    pub async fn joined_too(&self, name: &str, into: &str, role: Role) -> Member {
        let (invitation, hash) = self.invited(name, into, role).await;
        self.store.invitations().accept(&invitation, &account(name), false, &hash, &trace(3)).await.unwrap()
    }

    /// A new account where there was one with this address.
    pub async fn joined_too_new(&self, name: &str, into: &str) -> Member {
        let again = Invitation {
            id: InvitationId::derive(&tenant(into), &[name, "again"]),
            ..invitation(name, into, Role::Agent)
        };
        let invited = self.store.invitations().invite(&again, &trace(1)).await.unwrap();
        let purpose = LinkPurpose::Invitation { tenant: tenant(into), invitation: again.id, version: Some(1) };
        let link = Link { purpose, email: address(name), made_at: noon(1), expires_at: noon(3600) };
        self.store.links().put("again", &link).await.unwrap();
        self.store.invitations().accept(&invited, &account(name), true, "again", &trace(2)).await.unwrap()
    }

    /// Signs in as the account is now.
    pub async fn signed_in(&self, session: &Session) {
        let version = self.store.accounts().get(session.account).await.unwrap().version;
        let trace = trace(4);
        self.store.sessions().open(session, version, "family", "turn-0", None, &trace).await.unwrap();
    }

    /// The devices on which someone is signed in.
    pub async fn devices(&self, name: &str) -> Vec<String> {
        let sessions = self.store.sessions().list(account(name).id).await.unwrap();
        let mut devices: Vec<String> = sessions.into_iter().map(|session| session.device).collect();
        devices.sort_unstable();
        devices
    }

    /// How often something was done, by the record of a tenant.
    pub async fn recorded(&self, in_tenant: &TenantId, action: AuditAction) -> usize {
        let record = self.store.audit().list(in_tenant, 100, None).await.unwrap();
        record.items.iter().filter(|entry| entry.action == action).count()
    }
}

/// Which rejection this is.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, Failure>) -> Rejection {
    match result {
        Err(Failure::Rejected { kind, .. }) => kind,
        other => panic!("{other:?}"),
    }
}
