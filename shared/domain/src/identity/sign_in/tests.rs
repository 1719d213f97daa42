use super::*;
use crate::identity::{AccountStatus, OneTimeCodes};
use crate::ids::AccountId;
use crate::messaging::Email;
use crate::samples;
use jiff::Timestamp;

#[test]
fn every_sign_in_there_can_be() {
    let mut table = Vec::new();
    for locked in [false, true] {
        for password in [true, false] {
            for second_factor in
                [SecondFactor::NotSetUp, SecondFactor::Right, SecondFactor::Missing, SecondFactor::Wrong]
            {
                for welcome in [true, false] {
                    let verdict = SignIn { locked, password, second_factor, welcome }.judge();
                    let word = |yes: bool, word: &'static str| if yes { word } else { "-" };
                    let facts = [word(locked, "locked"), word(password, "password"), word(welcome, "welcome")];
                    table.push(format!("{} {second_factor:?}: {verdict:?}", facts.join(" ")));
                }
            }
        }
    }
    insta::assert_snapshot!(table.join("\n"), @r"
    - password welcome NotSetUp: Welcome
    - password - NotSetUp: Refused { counts: false }
    - password welcome Right: Welcome
    - password - Right: Refused { counts: false }
    - password welcome Missing: CodeNeeded
    - password - Missing: CodeNeeded
    - password welcome Wrong: Refused { counts: true }
    - password - Wrong: Refused { counts: true }
    - - welcome NotSetUp: Refused { counts: true }
    - - - NotSetUp: Refused { counts: true }
    - - welcome Right: Refused { counts: true }
    - - - Right: Refused { counts: true }
    - - welcome Missing: Refused { counts: true }
    - - - Missing: Refused { counts: true }
    - - welcome Wrong: Refused { counts: true }
    - - - Wrong: Refused { counts: true }
    locked password welcome NotSetUp: Refused { counts: false }
    locked password - NotSetUp: Refused { counts: false }
    locked password welcome Right: Refused { counts: false }
    locked password - Right: Refused { counts: false }
    locked password welcome Missing: Refused { counts: false }
    locked password - Missing: Refused { counts: false }
    locked password welcome Wrong: Refused { counts: false }
    locked password - Wrong: Refused { counts: false }
    locked - welcome NotSetUp: Refused { counts: false }
    locked - - NotSetUp: Refused { counts: false }
    locked - welcome Right: Refused { counts: false }
    locked - - Right: Refused { counts: false }
    locked - welcome Missing: Refused { counts: false }
    locked - - Missing: Refused { counts: false }
    locked - welcome Wrong: Refused { counts: false }
    locked - - Wrong: Refused { counts: false }
    ");
}

fn id(slug: &str) -> TenantId {
    TenantId::new(slug).unwrap()
}

fn client() -> Tenant {
    Tenant { id: id("client"), parent: Some(id("agency")), ..samples::roofer() }
}

fn account() -> Account {
    let at = Timestamp::UNIX_EPOCH;
    Account {
        id: AccountId::derive(&TenantId::platform(), &["ana"]),
        email: Email::new("ana@example.com", "email").unwrap(),
        name: "Ana Vale".to_owned(),
        status: AccountStatus::Active,
        email_verified_at: Some(at),
        password: String::new(),
        password_set_at: at,
        second_factor: None,
        created_at: at,
    }
}

fn member(tenant: &str, role: Role) -> Member {
    let Account { id: account, email, name, created_at: joined_at, .. } = account();
    Member { account, tenant: id(tenant), name, email, role, locations: Vec::new(), joined_at }
}

#[test]
fn a_member_an_admin_of_the_agency_and_a_super_admin_get_into_a_tenant_and_nobody_else() {
    let role = |memberships: &[Member]| role_in(&client(), memberships);
    assert_eq!(role(&[]), None);
    assert_eq!(role(&[member("other", Role::Admin)]), None);
    for given in Role::ALL {
        assert_eq!(role(&[member("other", Role::Admin), member("client", given)]), Some(given));
        let from_agency = (given >= Role::Admin).then_some(Role::Admin);
        assert_eq!(role(&[member("agency", given)]), from_agency, "{given}");
        let from_platform = (given == Role::SuperAdmin).then_some(Role::Admin);
        assert_eq!(role(&[member("porchlight-platform", given)]), from_platform, "{given}");
    }
    let both = [member("agency", Role::Admin), member("client", Role::Viewer)];
    assert_eq!(role(&both), Some(Role::Viewer), "a membership of one's own goes first");
}

#[test]
fn a_paused_tenant_is_entered_and_a_closed_one_is_not() {
    let members =
        [member("client", Role::Admin), member("agency", Role::Admin), member("porchlight-platform", Role::SuperAdmin)];
    let role = |status| role_in(&Tenant { status, ..client() }, &members);
    assert_eq!(role(TenantStatus::Paused), Some(Role::Admin));
    assert_eq!(role(TenantStatus::Closed), None);
}

#[test]
fn a_second_factor_is_demanded_of_administrators_where_the_tenant_says_so() {
    let with = Account {
        second_factor: Some(OneTimeCodes {
            since: Timestamp::UNIX_EPOCH,
            last_step: 1,
            backup_codes: std::collections::BTreeSet::new(),
        }),
        ..account()
    };
    for role in Role::ALL {
        for require_second_factor in [false, true] {
            let tenant = Tenant { require_second_factor, ..client() };
            assert_eq!(must_enrol(&tenant, role, &account()), require_second_factor && role >= Role::Admin, "{role}");
            assert!(!must_enrol(&tenant, role, &with));
        }
    }
}
