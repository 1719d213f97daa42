//! People who signed in.

use auth::access_tokens::{self, Claims};
use auth::refresh_tokens::RefreshToken;
use auth::{passwords, secrets};
use domain::TenantId;
use domain::identity::{Account, AccountStatus, Actor, Invitation, InvitationStatus, Role, Session};
use domain::ids::{AccountId, InvitationId, SessionId};
use domain::messaging::Email;
use jiff::ToSpan as _;
use secrecy::{ExposeSecret as _, SecretString};
use store::{Link, LinkPurpose, Trace};
use xtask::http::{Answer, Header};

use super::{Tenant, address, stage, unique};

/// What every person of the tests signs in with.
pub const PASSWORD: &str = "Seventeen blue kettles";

/// Someone with an account, a role and a session.
pub struct Person {
    /// Who.
    pub account: AccountId,
    /// Their address.
    pub email: Email,
    /// In which session.
    pub session: SessionId,
    /// What shows it.
    pub access_token: String,
    tenant: TenantId,
    role: Role,
}

/// As an operator does it.
fn trace() -> Trace {
    Trace { actor: Actor::Operator, at: runtime::clock::now(), address: None, correlation_id: unique() }
}

/// An invitation with a link, as if its mail had come: the link's text.
pub fn invited(tenant: &TenantId, email: &Email, role: Role) -> (Invitation, String) {
    let now = runtime::clock::now();
    let invitation = Invitation {
        id: InvitationId::derive(tenant, &[&unique()]),
        tenant: tenant.clone(),
        email: email.clone(),
        role,
        locations: Vec::new(),
        status: InvitationStatus::Pending,
        invited_by: None,
        created_at: now,
        expires_at: now + 48.hours(),
    };
    let token = secrets::random_token("pl_link_").unwrap().expose_secret().to_owned();
    let purpose = LinkPurpose::Invitation { tenant: tenant.clone(), invitation: invitation.id, version: Some(1) };
    let link = Link { purpose, email: email.clone(), made_at: now, expires_at: invitation.expires_at };
    stage().block_on(async {
        stage().store.invitations().invite(&invitation, &trace()).await.unwrap();
        stage().store.links().put(&secrets::sha256_hex(&token), &link).await.unwrap();
    });
    (invitation, token)
}

impl Tenant {
    /// A new member of this tenant, signed in. Made through the store: the way in over HTTPS has tests of its own.
    pub fn person(&self, role: &str) -> Person {
        Person::new(&self.id(), Role::parse(role).unwrap())
    }
}

impl Person {
    /// A new member of a tenant, signed in.
    pub fn new(tenant: &TenantId, role: Role) -> Self {
        let email = Email::new(&address(), "email").unwrap();
        let (invitation, link) = invited(tenant, &email, role);
        let now = runtime::clock::now();
        let account = Account {
            id: AccountId::derive(&TenantId::platform(), &[&unique()]),
            email: email.clone(),
            name: "Kim Vale".to_owned(),
            status: AccountStatus::Active,
            email_verified_at: Some(now),
            password: passwords::hash(&SecretString::from(PASSWORD)).unwrap(),
            password_set_at: now,
            second_factor: None,
            created_at: now,
        };
        stage().block_on(async {
            let store = &stage().store;
            let stored = store.invitations().get(tenant, invitation.id).await.unwrap();
            let link = secrets::sha256_hex(&link);
            store.invitations().accept(&stored, &account, true, &link, &trace()).await.unwrap();
        });
        let mut person = Self {
            account: account.id,
            email,
            session: SessionId::derive(tenant, &[&unique()]),
            access_token: String::new(),
            tenant: tenant.clone(),
            role,
        };
        person.sign_in_again();
        person
    }

    /// Opens a new session, in place of the one there was.
    pub fn sign_in_again(&mut self) {
        let now = runtime::clock::now();
        self.session = SessionId::derive(&self.tenant, &[&unique()]);
        let session = Session {
            id: self.session,
            account: self.account,
            tenant: self.tenant.clone(),
            role: self.role,
            second_factor: false,
            device: "test".to_owned(),
            address: "127.0.0.1".to_owned(),
            started_at: now,
            refreshed_at: now,
        };
        let refresh = RefreshToken::begin(self.account, self.session).unwrap();
        let stage = stage();
        self.access_token = stage.block_on(async {
            let version = stage.store.accounts().get(self.account).await.unwrap().version;
            let (family, turn) = (refresh.family_hash(), refresh.turn_hash());
            stage.store.sessions().open(&session, version, &family, &turn, None, &trace()).await.unwrap();
            let key = stage.store.signing_keys().current(now, stage.output("CredentialsKeyId")).await.unwrap();
            let claims = Claims::of(&session, stage.output("Issuer"), now).unwrap();
            access_tokens::sign(&key, &claims).unwrap().expose_secret().to_owned()
        });
    }

    /// The header that shows the session.
    pub fn bearer(&self) -> Header {
        ("authorization".to_owned(), format!("Bearer {}", self.access_token))
    }

    /// A request with the session and a JSON body.
    pub fn call(&self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> Answer {
        let mut headers = vec![self.bearer(), ("content-type".to_owned(), "application/json".to_owned())];
        headers.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Tenant::call(method, path, &headers, body)
    }
}
